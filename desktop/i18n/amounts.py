"""How numbers, percentages, sizes and money are shown, in the digits and by the signs of the shop's choice."""

import unicodedata
from decimal import Decimal
from functools import lru_cache

from desktop import i18n
from desktop.i18n import _, bidi, figures
from desktop.i18n.choices import is_eastern, numeric, settings, shown
from desktop.i18n.figures import exponent
from desktop.i18n.places import currency_name, locale

NBSP = "\u00a0"


def number(n: int | float | Decimal, places: int | None = None) -> str:
    """Return a number with its thousands grouped, and `places` decimals, or as many as it needs up to three."""
    return _signed(_figure(n, places))


def percent(n: int | float | Decimal) -> str:
    """Return a percentage: 20 is 20%."""
    return _signed(shown(f"{_plain(n)}%"))


def of(part: int, whole: int) -> str:
    """Return "72 of 512"; never 72/512, which is read from the wrong end in Arabic."""
    # TRANSLATORS: two numbers, as in "72 of 512".
    return _("{part} of {whole}").format(part=number(part), whole=number(whole))


def file_size(size: int) -> str:
    """Return a number of bytes in the unit that suits it, in thousands and never less than a whole kB: "1.2 MB"."""
    from babel.units import format_unit

    value, unit = Decimal(-(-size // 1000)), "kilobyte"
    for larger, bytes_ in (("megabyte", 10**6), ("gigabyte", 10**9), ("terabyte", 10**12)):
        if size >= bytes_:
            value, unit = Decimal(size) / bytes_, larger
    pattern = "#,##0.#" if value < 10 else "#,##0"
    return shown(format_unit(value, f"digital-{unit}", "short", pattern, numeric()))


def money(minor: int, currency: str) -> str:
    """Return an amount in minor units for the screen, set apart from what surrounds it."""
    text = money_text(minor, currency)
    if minor < 0 and i18n.is_rtl():
        figure, space, sign = text.partition(NBSP)
        text = f"{bidi.ltr(figure)}{space}{sign}"
    return bidi.isolate(text)


def money_text(minor: int, currency: str) -> str:
    """Return an amount in minor units without any direction mark, for texts that are copied: `60 د.إ`, `AED 60`.

    Decimals stand only where they are not zero. A currency that is not known is shown by its code, with two decimals.
    """
    code = currency.strip().upper()
    places = exponent(code)
    whole = minor % 10**places == 0
    amount = Decimal(minor // 10**places) if whole else Decimal(minor).scaleb(-places)
    figure = _figure(amount, 0 if whole else places)
    if settings().money == "sign":
        sign = _money_sign(code, i18n.language(), settings().territory)
    else:
        sign = code if settings().money == "code" else _money_word(code, abs(amount))
    if i18n.is_rtl() or settings().money == "word" or not sign:
        return f"{figure}{NBSP}{sign}".rstrip(NBSP)
    space = "" if unicodedata.category(sign[-1]) == "Sc" else NBSP
    return f"{'-' if minor < 0 else ''}{sign}{space}{figure.removeprefix('-')}"


def typed_amount(minor: int | None, currency: str) -> str:
    """Return an amount in minor units as a field has it, without its currency: "75.50" or "٧٥٫٥٠"; "" for none."""
    return "" if minor is None else shown(decimal_text(minor, currency))


def typed_number(n: int | None) -> str:
    """Return a whole number as a field has it, without grouping: "1200" or "١٢٠٠"; "" for none."""
    return "" if n is None else shown(str(n))


def decimal_text(minor: int, currency: str) -> str:
    """Return an amount in minor units as machines have it: "75" or "75.50", in ASCII."""
    places = exponent(currency.strip().upper())
    whole, fraction = divmod(abs(minor), 10**places)
    decimals = f".{fraction:0{places}d}" if fraction else ""
    return f"{'-' if minor < 0 else ''}{whole}{decimals}"


def currency_sign(currency: str) -> str:
    """Return what stands beside an amount, as the shop has chosen: د.إ or درهم, AED or $."""
    return money_text(0, currency).replace(_figure(0, 0), "", 1).strip(NBSP)


@lru_cache
def _money_sign(code: str, language: str, territory: str) -> str:
    if known := figures.currency_sign(code, language):
        return known
    from babel.numbers import get_currency_symbol

    sign = bidi.strip(get_currency_symbol(code, locale(language, territory))).replace("\u202f", NBSP)
    return sign.rstrip(".") if "\u0600" < sign < "\u0700" else sign


def _money_word(code: str, amount: Decimal) -> str:
    """Return what people call a currency: the first word of its Arabic name, the last of its English one."""
    from babel.numbers import get_currency_name

    if i18n.language() == "ar":  # one form for every number, as shops write it
        return currency_name(code).partition(" ")[0]
    return get_currency_name(code, amount, locale("en", "")).rpartition(" ")[2]


def _figure(n: int | float | Decimal, places: int | None) -> str:
    return shown(_plain(n, places))


def _plain(n: int | float | Decimal, places: int | None = None) -> str:
    """Return a number with the locale's marks in ASCII digits."""
    known = figures.figure(n, places, i18n.language(), "" if is_eastern() else settings().territory.upper())
    if known is not None:
        return known
    from babel.numbers import format_decimal

    here = numeric()
    pattern: str = here.decimal_formats[None].pattern
    if places is not None:
        pattern = f"{pattern.partition('.')[0]}.{'0' * places}".rstrip(".")
    return format_decimal(n, pattern, here)


def _signed(figure: str) -> str:
    """Keep the sign of a negative number on its left, also in right-to-left text."""
    return bidi.ltr(figure) if figure.startswith("-") and i18n.is_rtl() else figure
