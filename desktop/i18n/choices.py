"""How a shop wants numbers, money and times to be shown: its territory and zone, its digits, clock and signs."""

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from desktop import i18n
from desktop.i18n import bidi, places

if TYPE_CHECKING:
    from babel import Locale

Digits = Literal["latn", "arab"]
Clock = Literal["auto", "12", "24"]
Money = Literal["sign", "word", "code"]

_EASTERN = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")
_FIGURES = re.compile(r"[0-9](?:[0-9.,]*[0-9])?%?")


class Settings(NamedTuple):
    """How things are shown: an ISO 3166 territory, an IANA zone ("" is this computer's), and three choices."""

    territory: str = ""
    digits: Digits = "latn"
    clock: Clock = "auto"
    money: Money = "sign"
    zone: str = ""


_settings = Settings()


def configure(
    *,
    territory: str | None = None,
    digits: Digits | None = None,
    clock: Clock | None = None,
    money: Money | None = None,
    zone: str | None = None,
) -> None:
    """Set what is given and keep the rest.

    An unknown territory behaves as the world, an unknown zone as the computer's.
    Raises ValueError where digits, clock or money is not one of its choices.
    """
    global _settings
    for value, choices in ((digits, Digits), (clock, Clock), (money, Money)):
        if value is not None and value not in get_args(choices):
            raise ValueError(value)
    given: dict[str, Any] = {"territory": territory, "digits": digits, "clock": clock, "money": money, "zone": zone}
    _settings = _settings._replace(**{name: value for name, value in given.items() if value is not None})


def settings() -> Settings:
    """Return what `configure` has set."""
    return _settings


def locale() -> "Locale":
    """Return the locale of the language in use, in the shop's territory."""
    return places.locale(i18n.language(), _settings.territory)


def numeric() -> "Locale":
    """Return the locale of separators: eastern digits are made of 1,234.5, whatever the territory does."""
    return places.locale(i18n.language(), "") if is_eastern() else locale()


def is_eastern() -> bool:
    """Say whether digits are written as in ٧٢: the shop may choose so, and only Arabic does."""
    return _settings.digits == "arab" and i18n.is_rtl()


def is_twelve() -> bool:
    """Say whether the clock has twelve hours."""
    return places.uses_12_hours(_settings.territory) if _settings.clock == "auto" else _settings.clock == "12"


def shown(text: str) -> str:
    """Return Babel's text, or a translation's, without direction marks and in the digits of the shop's choice."""
    text = bidi.strip(text)
    return _FIGURES.sub(lambda found: found.group().translate(_EASTERN), text) if is_eastern() else text
