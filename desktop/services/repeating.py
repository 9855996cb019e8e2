"""What comes again: every few days, on weekdays, every few months. Kept as an RRULE of RFC 5545, decided here.

A rule is one of these, and nothing else of that standard:

    FREQ=DAILY;INTERVAL=3
    FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH
    FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15
    FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30,31;BYSETPOS=-1      the 31st, or the last day of a shorter month

BYHOUR and BYMINUTE may follow, where the clock skipped the time once: the next ones are at the time that was meant.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from desktop.i18n import _, formats, ngettext
from desktop.services.errors import Invalid
from desktop.services.opening import ONE_DAY

Unit = Literal["day", "week", "month"]

FREQUENCIES: dict[str, Unit] = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}
NAMES = {unit: name for name, unit in FREQUENCIES.items()}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 999  # days, weeks or months between two of them
SHORTEST = 28  # days of a month
PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")


@dataclass(frozen=True)
class Repeat:
    """Every so many units. `weekdays` (0 is Monday) are of a week, `day` is of a month; `at` is minutes after midnight.

    Without weekdays a week's is that of the day before; `at` is None for the time of the one before.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = 0
    at: int | None = None

    @property
    def rule(self) -> str:
        """It as an RRULE."""
        parts = [f"FREQ={NAMES[self.unit]}", f"INTERVAL={self.every}"]
        if self.weekdays:
            parts.append(f"BYDAY={','.join(DAYS[day] for day in self.weekdays)}")
        if self.day > SHORTEST:
            parts += [f"BYMONTHDAY={','.join(map(str, range(SHORTEST, self.day + 1)))}", "BYSETPOS=-1"]
        elif self.day:
            parts.append(f"BYMONTHDAY={self.day}")
        if self.at is not None:
            parts += [f"BYHOUR={self.at // 60}", f"BYMINUTE={self.at % 60}"]
        return ";".join(parts)

    @property
    def words(self) -> str:
        """It in a few translated words: "every 2 weeks on Monday and Thursday"."""
        n = self.every
        match self.unit:
            case "day":
                words = ngettext("every day", "every {n} days", n)
            case "week":
                words = ngettext("every week", "every {n} weeks", n)
            case _:
                words = ngettext("every month", "every {n} months", n)
        words = words.format(n=formats.number(n))
        if not self.weekdays:
            return words
        days = formats.listing(formats.weekday_name(day) for day in self.weekdays)
        # TRANSLATORS: {every} is as in "every 2 weeks", {days} are weekdays.
        return _("{every} on {days}").format(every=words, days=days)

    def fixed(self, wall: dt.datetime, at: int | None = None) -> "Repeat":
        """Return it for something that is at `wall` first: it keeps the day that was meant, the 31st, or Thursday.

        `at` is the time that was meant, where the clock skips it on that day.
        """
        day = wall.day if self.unit == "month" else 0
        weekdays = (self.weekdays or (wall.weekday(),)) if self.unit == "week" else ()
        return replace(self, day=day, at=at, weekdays=weekdays)

    def next(self, last: dt.datetime, after: dt.datetime) -> dt.datetime:
        """Return the first one after `last`, which was one itself, that is later than `after` too.

        All are times as the clock on the wall shows them. Raises OverflowError at the end of the calendar.
        """
        floor = max(last, after)
        time = last.time() if self.at is None else dt.time(*divmod(self.at, 60))
        if self.unit == "month":
            return self._next_month(last, floor, time)
        if self.unit == "week" and self.weekdays:
            return self._next_weekday(last, floor, time)
        step = self.every * (7 if self.unit == "week" else 1)
        day = last.date()
        day += dt.timedelta(days=max(1, (floor.date() - day).days // step) * step)
        while (found := dt.datetime.combine(day, time)) <= floor or day == last.date():
            day += dt.timedelta(days=step)
        return found

    def _next_weekday(self, last: dt.datetime, floor: dt.datetime, time: dt.time) -> dt.datetime:
        monday = last.date() - dt.timedelta(days=last.weekday())
        week = (floor.date() - monday).days // 7 // self.every * self.every
        while True:
            for weekday in sorted(self.weekdays):
                day = monday + dt.timedelta(days=week * 7 + weekday)
                found = dt.datetime.combine(day, time)
                if found > floor and day > last.date():
                    return found
            week += self.every

    def _next_month(self, last: dt.datetime, floor: dt.datetime, time: dt.time) -> dt.datetime:
        passed = (floor.year - last.year) * 12 + floor.month - last.month
        months = passed // self.every * self.every
        while True:
            year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
            if year > dt.MAXYEAR:
                raise OverflowError
            day = _in_month(year, month + 1, self.day or last.day)
            found = dt.datetime.combine(day, time)
            if found > floor and day > last.date():
                return found
            months += self.every


def parse(rule: str) -> Repeat | None:
    """Return what a rule of this module means, None for "". Raises Invalid("repeat") for every other."""
    if not rule:
        return None
    parts = {found[1]: found[2] for part in rule.split(";") if (found := PART.fullmatch(part))}
    try:
        if len(parts) != rule.count(";") + 1:
            raise ValueError(rule)
        unit = FREQUENCIES[parts["FREQ"]]
        days = parts.get("BYMONTHDAY", "0").split(",")
        at = int(parts["BYHOUR"]) * 60 + int(parts["BYMINUTE"]) if "BYHOUR" in parts else None
        weekdays = tuple(sorted(DAYS.index(day) for day in parts["BYDAY"].split(","))) if "BYDAY" in parts else ()
        repeat = Repeat(unit, int(parts.get("INTERVAL", "1")), weekdays, int(days[-1]), at)
    except (KeyError, ValueError):
        raise _not_known() from None
    return check(repeat)


def check(repeat: Repeat) -> Repeat:
    """Return it as it is. Raises Invalid("repeat") where it cannot be."""
    if not 1 <= repeat.every <= MOST:
        message = _("Repeat it every 1 to {most} days, weeks or months.")
        raise Invalid("repeat", message.format(most=formats.number(MOST)))
    if not (0 <= repeat.day <= 31 and (repeat.at is None or 0 <= repeat.at < 1440)):
        raise _not_known()
    return repeat


def _not_known() -> Invalid:
    return Invalid("repeat", _("Choose how it repeats: every so many days, weeks or months, or on weekdays."))


def _in_month(year: int, month: int, day: int) -> dt.date:
    """Return a day of a month, its last one where it has none of that number."""
    following = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (dt.MAXYEAR, 12) else dt.date.max
    return dt.date(year, month, min(day, (following - ONE_DAY).day))
