"""The one way in which numbers, money, dates, times and phone numbers are shown.

What a person sees is isolated where its direction could be broken by what stands around it; `bidi.strip` takes that
away again for the clipboard. The language is the one in use (`i18n.speaking` for texts in another), the rest is
set with `configure`. Eastern digits are used only in languages of the Arabic script.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from desktop import i18n
from desktop.i18n import _, bidi, figures
from desktop.i18n.figures import exponent
from desktop.i18n.places import (
    country_name,
    currencies,
    currency_name,
    currency_of,
    first_weekday,
    language_name,
    locale,
    territories,
    time_zones,
    uses_12_hours,
    weekday_name,
    weekend,
    zone_name,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from babel import Locale

__all__ = [
    "Settings", "auto", "configure", "country_name", "currencies", "currency_name", "currency_of", "date", "datetime",
    "day", "decimal_text", "file_size", "first_weekday", "hours", "language_name", "listing", "ltr",
    "money", "money_text", "month", "now", "number", "of", "percent", "phone", "settings", "span", "territories",
    "time", "time_zones", "today", "uses_12_hours", "weekday_name", "weekend", "zone_name",
]  # fmt: skip

Digits = Literal["latn", "arab"]
Clock = Literal["auto", "12", "24"]
Money = Literal["sign", "word", "code"]

NBSP = "\u00a0"
_EASTERN = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")
_FIGURES = re.compile(r"[0-9](?:[0-9.,]*[0-9])?%?")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Settings:
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
    given = {"territory": territory, "digits": digits, "clock": clock, "money": money, "zone": zone}
    _settings = replace(_settings, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def settings() -> Settings:
    """Return what `configure` has set."""
    return _settings


def auto(text: str) -> str:
    """Return a person's own text set apart, its direction that of its first letter: names, shortcuts, notes."""
    return bidi.isolate(text)


def ltr(text: str) -> str:
    """Return `text` set apart from left to right: codes, links, file names, keys."""
    return bidi.ltr(text)


# Numbers


def number(n: int | float | Decimal, places: int | None = None) -> str:
    """Return a number with its thousands grouped, and `places` decimals, or as many as it needs up to three."""
    return _signed(_figure(n, places))


def percent(n: int | float | Decimal) -> str:
    """Return a percentage: 20 is 20%."""
    return _signed(_shown(f"{_plain(n)}%"))


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
    return _shown(format_unit(value, f"digital-{unit}", "short", pattern, _numeric()))


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
    if _settings.money == "sign":
        sign = _money_sign(code, i18n.language(), _settings.territory)
    else:
        sign = code if _settings.money == "code" else _money_word(code, abs(amount))
    if i18n.is_rtl() or _settings.money == "word" or not sign:
        return f"{figure}{NBSP}{sign}".rstrip(NBSP)
    space = "" if unicodedata.category(sign[-1]) == "Sc" else NBSP
    return f"{'-' if minor < 0 else ''}{sign}{space}{figure.removeprefix('-')}"


def decimal_text(minor: int, currency: str) -> str:
    """Return an amount in minor units as fields and machines have it: "75" or "75.50", in ASCII."""
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
    return _shown(_plain(n, places))


def _plain(n: int | float | Decimal, places: int | None = None) -> str:
    """Return a number with the locale's marks in ASCII digits."""
    known = figures.figure(n, places, i18n.language(), "" if _eastern() else _settings.territory.upper())
    if known is not None:
        return known
    from babel.numbers import format_decimal

    numeric = _numeric()
    pattern: str = numeric.decimal_formats[None].pattern
    if places is not None:
        pattern = f"{pattern.partition('.')[0]}.{'0' * places}".rstrip(".")
    return format_decimal(n, pattern, numeric)


def _signed(figure: str) -> str:
    """Keep the sign of a negative number on its left, also in right-to-left text."""
    return bidi.ltr(figure) if figure.startswith("-") and i18n.is_rtl() else figure


def _shown(text: str) -> str:
    """Return Babel's text without direction marks and in the digits of the shop's choice."""
    text = bidi.strip(text)
    return _FIGURES.sub(lambda found: found.group().translate(_EASTERN), text) if _eastern() else text


def _eastern() -> bool:
    return _settings.digits == "arab" and i18n.is_rtl()


def _numeric() -> "Locale":
    """Return the locale of separators: eastern digits are made of 1,234.5, whatever the territory does."""
    return locale(i18n.language(), "") if _eastern() else _locale()


def _locale() -> "Locale":
    return locale(i18n.language(), _settings.territory)


# Dates and times


def now() -> dt.datetime:
    """Return the moment as the shop's clock shows it."""
    return _here(dt.datetime.now(dt.UTC))


def today() -> dt.date:
    """Return the day it is where the shop is."""
    return now().date()


def date(day: dt.date, *, weekday: bool = False, today: dt.date | None = None) -> str:
    """Return a date with its month's name: "27 November", with the year if it is not this year's."""
    from babel.dates import format_date

    here = _locale()
    same_year = day.year == (today or _today()).year
    pattern = here.datetime_skeletons["MMMMd"] if same_year else here.date_formats["long"]
    text = _shown(format_date(day, pattern.pattern, here))
    if not weekday:
        return text
    # TRANSLATORS: a day, as in "Friday, 27 November".
    return _("{weekday}, {date}").format(weekday=weekday_name(day.weekday()), date=text)


def month(day: dt.date, *, short: bool = False) -> str:
    """Return the month of a day: "November 2026", or alone and as short as the language has it: "Nov"."""
    from babel.dates import format_date

    here = _locale()
    return _shown(format_date(day, "LLL" if short else here.datetime_skeletons["yMMMM"].pattern, here))


def day(day: dt.date, *, today: dt.date | None = None) -> str:
    """Return a day as it is said: yesterday, today, tomorrow, the weekday of the next six days, else the date."""
    distance = (day - (today or _today())).days
    # TRANSLATORS: inside a sentence, as in "opens tomorrow".
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(distance)
    if near:
        return near
    return weekday_name(day.weekday()) if 1 < distance < 7 else date(day, weekday=True, today=today)


def time(at: dt.time | int, *, words: bool = True) -> str:
    """Return a time of day, given as such or in minutes after midnight (1500 is 1:00 of the next day).

    Without `words` 12:00 is am or pm too, not noon or midnight: for narrow fields.
    """
    hour, minute = (at.hour, at.minute) if isinstance(at, dt.time) else divmod(at % 1440, 60)
    if not _twelve():
        return _shown(f"{hour:02d}:{minute:02d}")
    text = _shown(f"{(hour + 11) % 12 + 1}:{minute:02d}")
    if words and minute == 0 and hour == 12:
        # TRANSLATORS: {time} is always 12:00; the word tells that it is in the middle of the day.
        return _("{time} noon").format(time=text)
    if words and minute == 0 and hour == 0:
        # TRANSLATORS: {time} is always 12:00; the word tells that it is in the middle of the night.
        return _("{time} midnight").format(time=text)
    halves = _locale().day_periods["format"]["abbreviated"]
    return f"{text} {halves['am' if hour < 12 else 'pm'].lower()}"


def datetime(when: float | dt.datetime, *, today: dt.date | None = None) -> str:
    """Return a moment, in seconds since 1970 UTC or as a datetime, as it is in the shop's zone: "today 9:40 am".

    A datetime without a zone is taken to be in the shop's already.
    """
    if not isinstance(when, dt.datetime):
        when = _EPOCH + dt.timedelta(seconds=when)
    here = _here(when) if when.tzinfo else when
    date_of, clock = here.date(), time(here.time())
    if -2 < (date_of - (today or _today())).days < 7:
        # TRANSLATORS: a near day and a time, as in "today 9:40 am" or "Saturday 9:40 am".
        return _("{day} {time}").format(day=day(date_of, today=today), time=clock)
    # TRANSLATORS: a date and a time, as in "27 November, 9:40 am".
    return _("{date}, {time}").format(date=date(date_of, today=today), time=clock)


def span(first: str | dt.time | dt.date, last: str | dt.time | dt.date) -> str:
    """Return a range of two times, dates or texts that are formatted already, each end set apart by itself.

    As a whole it must not be: in Arabic the closing time would be read first.
    """
    return f"{bidi.isolate(_end(first))} – {bidi.isolate(_end(last))}"


def hours(opens: int, closes: int) -> str:
    """Return opening hours, in minutes after midnight; past midnight says that it is the next day."""
    text = span(time(opens), time(closes))
    # TRANSLATORS: a shop's hours past midnight, as in "8:30 pm – 1:00 am (next day)".
    return _("{hours} (next day)").format(hours=text) if closes > 1440 or 0 < closes <= opens else text


def phone(digits: str) -> str:
    """Return a phone number, stored as digits with the country's code, grouped for reading and left to right."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

    if not digits:
        return ""
    try:
        return bidi.ltr(format_number(parse(f"+{digits}"), PhoneNumberFormat.INTERNATIONAL))
    except NumberParseException:
        return bidi.ltr(f"+{digits}")


def listing(items: Iterable[str]) -> str:
    """Return names as a list that is read out, each set apart: "a, b and c".

    A range, whose ends are set apart already, runs as the language does: of itself it would run left to right.
    """
    from babel.lists import format_list

    lead = bidi.RLM if i18n.is_rtl() else ""
    led = (item if bidi.PDI not in item or bidi.runs_by_itself(item) else f"{lead}{item}" for item in items)
    return format_list([bidi.isolate(item) for item in led], locale=_locale())


def _end(end: str | dt.time | dt.date) -> str:
    if isinstance(end, dt.time):
        return time(end)
    return date(end) if isinstance(end, dt.date) else end


def _twelve() -> bool:
    return uses_12_hours(_settings.territory) if _settings.clock == "auto" else _settings.clock == "12"


_today = today  # where a parameter has its name


def _here(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(_zone(_settings.zone))


@lru_cache
def _zone(name: str) -> "ZoneInfo | None":
    """Return a time zone, None standing for the computer's own."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # not known, no name of a zone, a folder of zones
        return None


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after the other; where one has no full stop, as in Arabic, it gets one before the next."""
    said = [part for part in parts if part]
    ends = [part if bidi.strip(part).endswith((".", "…", "?", "؟", ":")) else f"{part}." for part in said[:-1]]
    return " ".join([*ends, *said[-1:]])
