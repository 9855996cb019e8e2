"""The figures that lists are full of, without Babel: plain numbers, and money of the Arab countries.

Loading Babel's tables costs a start 15 ms and 4 MB, for two separators. What stands here is CLDR's, as Babel has it;
the tests hold it to Babel for every territory, and whatever is not here is asked of Babel.
"""

from decimal import Decimal
from functools import lru_cache

COMMA_TERRITORIES = {  # where 1234.5 is written 1.234,5
    "ar": frozenset({"DZ", "LB", "LY", "MA", "MR", "TN"}),
    "en": frozenset({"AT", "BE", "DE", "DK", "ES", "ID", "IT", "NL", "PL", "RO", "SI"}),
}
OTHER_TERRITORIES = {  # where it is neither 1.234,5 nor 1,234.5
    "ar": frozenset[str](),
    "en": frozenset({"CH", "CZ", "FI", "FR", "HU", "IN", "NO", "PT", "SE", "SK", "ZA"}),
}
CURRENCIES = {  # the sign in Arabic, where English has the code, and how many decimals there are in use
    "AED": ("د.إ", 2),
    "BHD": ("د.ب", 3),
    "DZD": ("د.ج", 2),
    "EGP": ("ج.م", 2),
    "IQD": ("د.ع", 0),
    "JOD": ("د.أ", 3),
    "KWD": ("د.ك", 3),
    "LBP": ("ل.ل", 0),
    "LYD": ("د.ل", 3),
    "MAD": ("د.م", 2),
    "MRU": ("أ.م", 2),
    "OMR": ("ر.ع", 3),
    "QAR": ("ر.ق", 2),
    "SAR": ("ر.س", 2),
    "SDG": ("ج.س", 2),
    "SYP": ("ل.س", 0),
    "TND": ("د.ت", 3),
    "YER": ("ر.ي", 0),
}

_SWAPPED = str.maketrans(".,", ",.")


def figure(n: int | float | Decimal, places: int | None, language: str, territory: str) -> str | None:
    """Return a number in ASCII digits, grouped, with `places` decimals or as many as it needs up to three.

    None where its separators are not known here.
    """
    if language not in OTHER_TERRITORIES or territory in OTHER_TERRITORIES[language]:
        return None
    exact = Decimal(str(n)) if isinstance(n, float) else n
    text = f"{exact:,.{3 if places is None else places}f}"
    if places is None:
        text = text.rstrip("0").removesuffix(".")
    return text.translate(_SWAPPED) if territory in COMMA_TERRITORIES[language] else text


def currency_sign(code: str, language: str) -> str | None:
    """Return what stands beside an amount of a currency, or None where it is not known here."""
    if code not in CURRENCIES or language not in OTHER_TERRITORIES:
        return None
    return CURRENCIES[code][0] if language == "ar" else code


@lru_cache
def exponent(currency: str) -> int:
    """Return how many decimals a currency has by CLDR: 2 for AED and for codes it does not know, 3 for KWD, 0 for JPY.

    CLDR follows use, not the law: IQD, SYP and LBP have none. A shop that prices otherwise keeps its own choice.
    """
    if currency in CURRENCIES:
        return CURRENCIES[currency][1]
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)
