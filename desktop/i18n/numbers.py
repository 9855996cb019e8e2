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
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from desktop.i18n.bidi import strip

LARGEST = 10**15
"""The largest amount of money that is taken, in minor units: more is a slip of the hand."""

COMMA_CURRENCIES = frozenset({"TND", "LYD"})
"""Currencies of three decimals that are written with a decimal comma (CLDR, ar_TN and ar_LY)."""


class NotANumber(ValueError):
    """The text is not one number, or none at all."""


class OtherCurrency(NotANumber):
    """The text names another currency than the one it should be in."""

    def __init__(self, currency: str) -> None:
        super().__init__(currency)
        self.currency = currency


class TooPrecise(ValueError):
    """The amount has more decimals than its currency, which has `places` of them."""

    def __init__(self, places: int) -> None:
        super().__init__(places)
        self.places = places


class TooLarge(ValueError):
    """The amount is beyond LARGEST."""


@lru_cache
def exponent(currency: str) -> int:
    """Return how many decimals a currency has by CLDR: 2 for AED and for codes it does not know, 3 for KWD, 0 for JPY.

    CLDR follows use, not the law: IQD, SYP and LBP have none. A shop that prices otherwise keeps its own choice.
    """
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def parse_decimal(text: str, exponent: int = 2, comma: bool = False) -> Decimal:
    """Return the number in `text`, which may name a currency before or after it and be negative.

    `exponent` is how many decimals are expected, `comma` whether `1,234` is then a decimal comma: see above.
    Raises NotANumber.
    """
    figure, _ = _split(text)
    return _value(figure, exponent, comma)


def parse_money(text: str, currency: str) -> int:
    """Return the amount of `currency` in `text`, in minor units; it may be negative.

    Raises NotANumber, OtherCurrency where another ISO code is named, TooPrecise, TooLarge.
    """
    figure, named = _split(text)
    if named and named != currency.upper():
        raise OtherCurrency(named)
    places = exponent(currency.upper())
    minor = Fraction(_value(figure, places, currency.upper() in COMMA_CURRENCIES)) * 10**places
    if abs(minor) > LARGEST:
        raise TooLarge(text)
    if minor.denominator != 1:
        raise TooPrecise(places)
    return int(minor)


_MOST = 100  # characters; a number that people mean is shorter
_SEPARATORS = str.maketrans(dict.fromkeys("'’‘", "٬") | {"،": ","} | dict.fromkeys("−‐–", "-"))
# A dot after a letter belongs to an abbreviation, such as Rs.500, and not to the figure.
_FIGURE = re.compile(r"(?:(?<![^\W\d_])[.,٫])?[0-9](?:[0-9.,٫٬ ]*[0-9])?[.,٫]?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,٬ ])[0-9]{3}(?:\1[0-9]{3})*)?|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}|[0-9]+")


def _split(text: str) -> tuple[str, str]:
    """Return the figure in `text` with an ASCII sign and ASCII digits, and the ISO code named beside it or nothing."""
    if len(text) > _MOST:
        raise NotANumber(text[:_MOST])
    plain = " ".join(strip(text).translate(_SEPARATORS).split())
    plain = "".join(_ascii(character) for character in plain)
    found = _FIGURE.search(plain)
    if found is None:
        raise NotANumber(text)
    before, after = plain[: found.start()], plain[found.end() :].strip()
    if after.startswith("-"):  # in right-to-left text the sign is often typed last
        before, after = f"-{before}", after[1:]
    words = before.replace("-", " ").removeprefix("+").split() + after.split()
    if not all(map(_names_money, words)):
        raise NotANumber(text)
    named = next((word.upper() for word in words if word.upper() in _codes()), "")
    return before.count("-") * "-" + found.group(), named


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


# What shops write that CLDR has no name for.
_SHORT = (
    *("dh", "dhs", "dirham", "sr", "qr", "kd", "bd", "ro", "jd", "le", "rs", "tl", "da", "dt", "only"),
    *("درهما", "دراهم", "ريالا", "ريالات", "دينارا", "دنانير", "جنيها", "جنيهات", "ليرات", "دولارات", "ج", "فقط"),
)


def _names_money(word: str) -> bool:
    if all(unicodedata.category(character) == "Sc" or "\u20a0" <= character <= "\u20cf" for character in word):
        return True  # any sign of a currency, the newest too, which Python may not know yet
    return _fold(word) in _money_words()


def _fold(word: str) -> str:
    """Reduce a word to its bare letters: `د.إ.` and `دإ`, `درهمًا` and `درهم` are one."""
    plain = unicodedata.normalize("NFKC", strip(word)).replace("ًا", "").replace("اً", "")
    plain = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(character for character in plain if character not in ".ـ" and not unicodedata.combining(character))


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


@lru_cache(maxsize=1)
def _money_words() -> frozenset[str]:
    """Every word of every currency's code, sign and names in Arabic and English, folded."""
    from babel import Locale
    from babel.numbers import get_currency_name

    texts = {*_SHORT, *_codes()}
    for locale in (Locale("ar"), Locale("en")):
        texts.update(locale.currency_symbols.values())
        texts.update(get_currency_name(code, count, locale) for code in _codes() for count in (1, 2, 3, 11, 100))
    words = {_fold(word) for text in texts for word in text.split()}
    return frozenset(word for word in words if any(map(str.isalpha, word)) and not any(map(str.isdigit, word)))
