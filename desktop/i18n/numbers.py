"""Numbers as people type and paste them, in any digits and with any separators, read into exact values.

How separators are read:
- `٫` is always the decimal mark; `٬`, spaces and apostrophes always group thousands.
- Where both `.` and `,` stand, the last one is the decimal mark: `1.234,50` and `1,234.50` are 1234.50.
- One that stands more than once groups: `1.234.567`. Groups are of three digits, or of two as in India: `12,34,567`.
- One that stands once is the decimal mark (`12,5`, `0.500`, `1234,567`), unless one to three digits stand before it
  and exactly three after it. Then it groups: `1,234` and `1.234` are 1234. Only in a currency of three decimals is
  `1.234` 1.234; and `1,234` too in the currencies of Tunisia and Libya, where prices are written so.
"""

import re
import unicodedata
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from desktop.i18n.bidi import strip
from desktop.i18n.figures import exponent

__all__ = [
    "COMMA_CURRENCIES", "LARGEST", "NotANumber", "OtherCurrency", "TooLarge", "TooPrecise", "exponent", "parse_decimal",
    "parse_money",
]  # fmt: skip

LARGEST = 10**15
"""The largest amount of money that is taken, in minor units: more is a slip of the hand."""

COMMA_CURRENCIES = frozenset({"TND", "LYD"})
"""Currencies of three decimals that are written with a decimal comma (CLDR, ar_TN and ar_LY)."""


class NotANumber(ValueError):
    """The text is not one number, or none at all."""


class OtherCurrency(NotANumber):
    """The text names another currency than the one it should be in: `currency`, "" where it could be several.

    `written` is how the text names it, which is also what this exception says: "$", "USD", "درهم".
    """

    def __init__(self, currency: str, written: str) -> None:
        super().__init__(written)
        self.currency = currency
        self.written = written


class TooPrecise(ValueError):
    """The amount has more decimals than its currency, which has `places` of them."""

    def __init__(self, places: int) -> None:
        super().__init__(places)
        self.places = places


class TooLarge(ValueError):
    """The amount is beyond LARGEST."""


def parse_decimal(text: str, exponent: int = 2, comma: bool = False) -> Decimal:
    """Return the number in `text`, which may name a currency before or after it and be negative.

    `exponent` is how many decimals are expected, `comma` whether `1,234` is then a decimal comma: see above.
    Raises NotANumber.
    """
    figure, _ = _split(text)
    return _value(figure, exponent, comma)


def parse_money(text: str, currency: str) -> int:
    """Return the amount of `currency` in `text`, in minor units; it may be negative.

    Raises NotANumber, OtherCurrency where a code, a sign or a word names another one, TooPrecise, TooLarge.
    """
    figure, words = _split(text)
    _check_currency(words, currency.upper())
    places = exponent(currency.upper())
    whole, parts = _value(figure, places, currency.upper() in COMMA_CURRENCIES).as_integer_ratio()
    units: int = 10**places
    minor, rest = divmod(whole * units, parts)  # exactly, however long it is
    if abs(minor) > LARGEST:
        raise TooLarge(text)
    if rest:
        raise TooPrecise(places)
    return minor


_MOST = 100  # characters; a number that people mean is shorter
_SEPARATORS = str.maketrans(dict.fromkeys("'’‘", "٬") | {"،": ","} | dict.fromkeys("−‐–", "-"))
# A dot after a letter belongs to an abbreviation, such as Rs.500, and not to the figure.
_FIGURE = re.compile(r"(?:(?<![^\W\d_])[.,٫])?[0-9](?:[0-9.,٫٬ ]*[0-9])?[.,٫]?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,٬ ])[0-9]{3}(?:\1[0-9]{3})*)?|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}|[0-9]+")


def _split(text: str) -> tuple[str, list[str]]:
    """Return the figure in `text` with an ASCII sign and ASCII digits, and the words of money beside it."""
    if len(text) > _MOST:
        raise NotANumber(text[:_MOST])
    plain = " ".join(strip(text).translate(_SEPARATORS).split())
    plain = "".join(_ascii(character) for character in plain).replace("/-", "").replace("/=", "")  # "1,250/-"
    found = _FIGURE.search(plain)
    if found is None:
        raise NotANumber(text)
    before, after = plain[: found.start()], plain[found.end() :].strip()
    if after.startswith("-"):  # in right-to-left text the sign is often typed last
        before, after = f"-{before}", after[1:]
    words = before.replace("-", " ").removeprefix("+").split() + after.split()
    if not all(map(_names_money, words)):
        raise NotANumber(text)
    return before.count("-") * "-" + found.group(), words


def _check_currency(words: list[str], currency: str) -> None:
    """Raise OtherCurrency unless each word may mean `currency`; a shop without one takes what may be several."""
    meant = [codes for word in words if (codes := _currencies(word))]
    if not meant or all(currency in codes for codes in meant):
        return
    agreed = frozenset.intersection(*meant)
    if currency or len(agreed) == 1:
        raise OtherCurrency(next(iter(agreed)) if len(agreed) == 1 else "", " ".join(words))


def _value(figure: str, exponent: int, comma: bool) -> Decimal:
    whole, fraction = _halves(figure.removeprefix("-"), exponent, comma)
    if (whole and not _GROUPED.fullmatch(whole)) or (fraction and not fraction.isdigit()):
        raise NotANumber(figure)
    sign = "-" if figure.startswith("-") else ""
    return Decimal(f"{sign}{re.sub('[^0-9]', '', whole) or 0}" + (f".{fraction}" if fraction else ""))


def _halves(figure: str, exponent: int, comma: bool) -> tuple[str, str]:
    """Split a figure at its decimal mark."""
    marks = [mark for mark in "٫.," if mark in figure]
    if not marks:
        return figure, ""
    mark = "٫" if "٫" in marks else max(marks, key=figure.rindex)
    whole, _, fraction = figure.rpartition(mark)
    if mark != "٫" and len(marks) == 1 and "٬" not in whole and " " not in whole:
        one_group = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
        if mark in whole or (one_group and not (exponent == 3 and (mark == "." or comma))):
            return figure, ""
    if mark in whole:
        raise NotANumber(figure)
    return whole, fraction


def _ascii(character: str) -> str:
    """Return the ASCII digit of any script's decimal digit, and anything else as it is."""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


# Words that mean the same, with those that shops write and CLDR has no name for.
_SAME = (
    ("dirham", "dirhams", "dh", "dhs", "درهم", "درهما", "دراهم"),
    ("riyal", "riyals", "rial", "rials", "ريال", "ريالا", "ريالات", "﷼"),
    ("dinar", "dinars", "دينار", "دينارا", "دنانير"),
    ("pound", "pounds", "lira", "liras", "جنيه", "جنيها", "جنيهات", "ج", "ليرة", "ليرات"),
    ("dollar", "dollars", "دولار", "دولارات"),
    ("rupee", "rupees", "روبية", "rs", "₨"),
    *(("sar", "sr", "\u20c1"), ("aed", "\u20c3"), ("qar", "qr"), ("kwd", "kd"), ("bhd", "bd"), ("omr", "ro")),
    *(("jod", "jd"), ("egp", "le"), ("try", "tl"), ("dzd", "da"), ("tnd", "dt")),
)
_SHARED = ("XAF", "XCD", "XCG", "XOF", "XPF")  # of several countries; other codes with X are metals, funds and tests
_EMPTY = ("only", "فقط")  # beside an amount, they name no currency
_SIGNS = {"$": ("dollar", "peso", "real"), "£": ("pound",), "¥": ("yen", "yuan")}  # of several countries


def _names_money(word: str) -> bool:
    return _is_sign(word) or _fold(word) in _EMPTY or _fold(word) in _money_words()


def _is_sign(word: str) -> bool:
    """Say whether a word is a sign of a currency; there are newer ones than Python knows."""
    return bool(word) and all(
        unicodedata.category(character) == "Sc" or "\u20a0" <= character <= "\u20cf" for character in word
    )


def _currencies(word: str) -> frozenset[str]:
    """Return the codes of the currencies that a word of money may mean; none for one that fits all of them."""
    if word.upper() in _codes():
        return frozenset({word.upper()})
    # With its hamza: د.إ is of the Emirates, and د.أ of Jordan.
    if word not in _SIGNS and (codes := _money_words().get(_bare(word))):
        return codes
    names = _SIGNS.get(word, (_fold(word),))
    return frozenset(code for name in names for code in _money_words().get(name, ()))


def _fold(word: str) -> str:
    """Reduce a word to its bare letters without what is left out in haste: `د.إ.` and `دا`, `درهمًا` and `درهم`."""
    if _is_sign(word):
        return word
    plain = unicodedata.normalize("NFKD", _bare(word))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _bare(word: str) -> str:
    """Return a word without dots, lengthening and the ending of one that is counted; signs as they are."""
    plain = unicodedata.normalize("NFKC", strip(word)).replace("ًا", "").replace("اً", "").casefold()
    return word if _is_sign(word) else plain.translate({ord("."): None, ord("ـ"): None})


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


@lru_cache(maxsize=1)
def _money_words() -> dict[str, frozenset[str]]:
    """Every word of the currencies' codes, signs and names in Arabic and English, folded, and the codes it means."""
    from babel import Locale
    from babel.numbers import get_currency_name

    named = [(code, code) for code in _codes()]
    paid = [
        code for code in _codes() if not code.startswith("X") or code in _SHARED
    ]  # none is called "special", "gold"
    for locale in (Locale("ar"), Locale("en")):
        named += locale.currency_symbols.items()
        named += [(code, get_currency_name(code, count, locale)) for code in paid for count in (1, 2, 3, 11, 100)]
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in named:
        for word in {fold(each) for each in name.split() for fold in (_bare, _fold)}:
            if _is_sign(word) or (any(map(str.isalpha, word)) and not any(map(str.isdigit, word))):
                found[word].add(code)
    for same in _SAME:
        together = set().union(*(found[word] for word in same))
        found |= dict.fromkeys(same, together)
    return {word: frozenset(codes) for word, codes in found.items()}
