"""What CLDR and the time zone database know about a territory: its names, money, week, clock and zones.

Territories are ISO 3166 codes ("AE"); one that is not known behaves as the world ("001"), and never raises.
Days of the week count from Monday = 0, as `date.weekday()` does. Names are in the language in use.
"""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop import i18n

if TYPE_CHECKING:
    from babel import Locale

WORLD = "001"

# Where CLDR's name is not the one that people of the place use.
_OWN_NAMES = {("ar", "LBP"): "ليرة لبنانية"}


@lru_cache
def locale(language: str, territory: str) -> "Locale":
    """Return how `language` is written in `territory`, or in the world where CLDR does not say.

    Never the bare language: for Arabic that means Egypt to one library and the world to another.
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(language, territory.upper() or WORLD)
    except (UnknownLocaleError, ValueError):
        return Locale(language, WORLD)


@lru_cache
def _home(territory: str) -> "Locale":
    """Return the locale of a territory in the language spoken most there."""
    from babel import Locale, UnknownLocaleError

    known = territory.upper() if territory.upper() in _countries() else WORLD
    try:
        return Locale.parse(f"und_{known}")
    except UnknownLocaleError:  # nobody lives there
        return locale("en", WORLD)


def _names() -> "Locale":
    return locale(i18n.language(), WORLD)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """Return the codes of ISO 3166, and Kosovo's."""
    return frozenset({"XK", *(row[0] for row in _table("iso3166.tab"))})


def country_name(territory: str) -> str:
    """Return the territory's name, or its code where it has none."""
    return str(_names().territories.get(territory.upper(), territory))


def currency_name(currency: str) -> str:
    """Return the currency's name, such as "UAE Dirham", or its code where it has none."""
    code = currency.upper()
    own = _OWN_NAMES.get((i18n.language(), code))
    return own or _names().currencies.get(code) or locale("en", WORLD).currencies.get(code, currency)


def language_name(language: str) -> str:
    """Return the name of a language ("ar") or of its use in a territory ("ar_EG"), or its code where it has none."""
    names = _names().languages
    base, _, territory = language.replace("-", "_").partition("_")
    name = names.get(f"{base}_{territory}") or names.get(base, base)
    return f"{name} ({country_name(territory)})" if territory and f"{base}_{territory}" not in names else name


def languages() -> list[tuple[str, str]]:
    """Return the code and the name of every language that CLDR has a name of, by name."""
    none = ("mul", "und", "zxx")  # many, unknown, and no language at all
    return _by_name(
        {code: str(name) for code, name in _names().languages.items() if code not in none and "_" not in code}
    )


def zone_name(zone: str) -> str:
    """Return the city that a time zone is named after, or the zone's own name: "Dubai" for "Asia/Dubai"."""
    from babel.dates import get_timezone_location

    try:
        return str(get_timezone_location(zone, locale=_names(), return_city=True))
    except (LookupError, ValueError):  # not known, or no name of a zone at all
        return zone


def weekday_name(day: int) -> str:
    """Return the name of a day of the week, Monday = 0."""
    return str(_names().days["stand-alone"]["wide"][day])


def territories() -> list[tuple[str, str]]:
    """Return the code and the name of every territory, by name."""
    return list(_territories(i18n.language()))


@lru_cache(maxsize=2)
def _territories(_language: str) -> list[tuple[str, str]]:
    return _by_name({code: country_name(code) for code in _countries()})


def currencies() -> list[tuple[str, str]]:
    """Return the code and the name of every currency in use today, by name."""
    return list(_named_currencies(i18n.language()))


@lru_cache(maxsize=2)
def _named_currencies(_language: str) -> list[tuple[str, str]]:
    return _by_name({code: currency_name(code) for code in _currencies()})


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    from babel.numbers import get_territory_currencies

    return frozenset(str(code) for country in _countries() for code in get_territory_currencies(country))


def currency_of(territory: str) -> str:
    """Return the currency that prices of a territory are in, USD where none is known."""
    from babel.numbers import get_territory_currencies

    known = get_territory_currencies(territory.upper()) if territory.upper() in _countries() else []
    return str(known[0]) if known else "USD"


def first_weekday(territory: str) -> int:
    """Return the day that weeks begin with."""
    return _home(territory).first_week_day


def weekend(territory: str) -> tuple[int, ...]:
    """Return the days of the weekend in their order; CLDR knows one for each country, so an owner may differ."""
    home = _home(territory)
    return tuple(range(home.weekend_start, home.weekend_end + 1))


def uses_12_hours(territory: str) -> bool:
    """Tell whether a day has twice twelve hours there, as in 10:00 pm."""
    return "h" in _home(territory).time_formats["short"].pattern


def time_zones(territory: str) -> list[str]:
    """Return the names of a territory's time zones, the one of most people first as a rule; none where unknown."""
    return list(_zones().get(territory.upper(), ()))


@lru_cache(maxsize=1)
def _zones() -> dict[str, list[str]]:
    zones: dict[str, list[str]] = {}
    for territory, _, name, *_comment in _table("zone.tab"):
        zones.setdefault(territory, []).append(name)
    return zones


def _table(name: str) -> list[list[str]]:
    """Return the rows of a table of the time zone database."""
    from importlib.resources import files  # 2 ms, which a start need not wait for

    text = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    """Sort codes by their names, ا أ إ آ and accented letters together, names without a translation last."""

    def key(pair: tuple[str, str]) -> tuple[bool, str, str]:
        letters = unicodedata.normalize("NFKD", pair[1]).casefold()
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return i18n.is_rtl() and plain.isascii(), plain, pair[0]

    return sorted(names.items(), key=key)
