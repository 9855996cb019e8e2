"""The one way in which numbers, money, dates, times and phone numbers are shown.

What a person sees is isolated where its direction could be broken by what stands around it; `bidi.strip` takes that
away again for the clipboard. The language is the one in use (`i18n.speaking` for texts in another), the rest is
set with `configure`. Eastern digits are used only in languages of the Arabic script.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop import i18n
from desktop.i18n import _, bidi
from desktop.i18n.amounts import (
    currency_sign,
    decimal_text,
    file_size,
    money,
    money_text,
    number,
    of,
    percent,
    typed_amount,
    typed_number,
)
from desktop.i18n.choices import Settings, configure, is_twelve, locale, settings, shown
from desktop.i18n.places import (
    country_name,
    currencies,
    currency_name,
    currency_of,
    first_weekday,
    language_name,
    territories,
    time_zones,
    uses_12_hours,
    weekday_name,
    weekend,
    zone_name,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = [
    "Settings", "auto", "configure", "country_name", "currencies", "currency_name", "currency_of", "currency_sign",
    "date", "datetime", "day", "decimal_text", "file_size", "first_weekday", "hours", "language_name", "listing",
    "ltr", "money", "money_text", "month", "now", "number", "of", "percent", "phone", "sentences", "settings",
    "short", "shown", "span", "territories", "time", "time_zones", "today", "typed_amount", "typed_number",
    "uses_12_hours", "weekday_name", "weekend", "zone_name",
]  # fmt: skip

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


# Texts


def auto(text: str) -> str:
    """Return a person's own text set apart, its direction that of its first letter: names, shortcuts, notes."""
    return bidi.isolate(text)


def ltr(text: str) -> str:
    """Return `text` set apart from left to right: codes, links, file names, keys."""
    return bidi.ltr(text)


def short(text: str, most: int) -> str:
    """Return a text, of a long one its first `most` characters and … behind them."""
    return text if len(text) <= most else f"{text[:most]}…"


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
    return format_list([bidi.isolate(item) for item in led], locale=locale())


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after the other; where one has no full stop, as in Arabic, it gets one before the next."""
    said = [part for part in parts if part]
    ends = [part if bidi.strip(part).endswith((".", "…", "?", "؟", ":")) else f"{part}." for part in said[:-1]]
    return " ".join([*ends, *said[-1:]])


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

    here = locale()
    same_year = day.year == (today or _today()).year
    pattern = here.datetime_skeletons["MMMMd"] if same_year else here.date_formats["long"]
    text = shown(format_date(day, pattern.pattern, here))
    if not weekday:
        return text
    # TRANSLATORS: a day, as in "Friday, 27 November".
    return _("{weekday}, {date}").format(weekday=weekday_name(day.weekday()), date=text)


def month(day: dt.date, *, short: bool = False) -> str:
    """Return the month of a day: "November 2026", or alone and as short as the language has it: "Nov"."""
    from babel.dates import format_date

    here = locale()
    return shown(format_date(day, "LLL" if short else here.datetime_skeletons["yMMMM"].pattern, here))


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
    if not is_twelve():
        return shown(f"{hour:02d}:{minute:02d}")
    text = shown(f"{(hour + 11) % 12 + 1}:{minute:02d}")
    if words and minute == 0 and hour == 12:
        # TRANSLATORS: {time} is always 12:00; the word tells that it is in the middle of the day.
        return _("{time} noon").format(time=text)
    if words and minute == 0 and hour == 0:
        # TRANSLATORS: {time} is always 12:00; the word tells that it is in the middle of the night.
        return _("{time} midnight").format(time=text)
    halves = locale().day_periods["format"]["abbreviated"]
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


def _end(end: str | dt.time | dt.date) -> str:
    if isinstance(end, dt.time):
        return time(end)
    return date(end) if isinstance(end, dt.date) else end


_today = today  # where a parameter has its name


def _here(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(_zone(settings().zone))


@lru_cache
def _zone(name: str) -> "ZoneInfo | None":
    """Return a time zone, None standing for the computer's own."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # not known, no name of a zone, a folder of zones
        return None
