"""Is the shop open? Hours of a usual week, stretches of days with hours of their own, and a moment: no database, no Qt.

How it is decided:
- A span belongs to the day it begins on. One that ends past midnight runs on into the next day, whatever that day's
  own hours are: who opened on Thursday evening is open until 1:00 on a closed Friday.
- On a day of several stretches the shortest decides (a day off in Ramadan is a day off); among equally long ones the
  one that begins later, and then the one that was added later.
- In a stretch the hours of a weekday come before those for each of its days. A weekday that it says nothing of keeps
  its usual hours, but a stretch without any hours at all is closed.
- Where the clock is set back, a time that comes twice opens the shop the first time and closes it the second: whoever
  reads the clock within the hours finds it open. A time that a clock set forward skips is the moment of the change.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Literal, NamedTuple

DAY = 1440  # minutes
WEEKDAYS = range(7)  # Monday is 0
ONE_DAY = dt.timedelta(days=1)
SETTLED = 9  # days that show all of a week, and what runs into it from the day before

Minutes = tuple[tuple[int, int], ...]
Kind = Literal["open", "all_day", "appointment", "closed"]
Reason = Literal["hours", "all_day", "appointment", "outside_hours", "closed_day"]


@dataclass(frozen=True)
class Span:
    """When the shop is open on `weekday` (0 is Monday), in minutes after its midnight; past 1440 is the next day.

    `weekday` is None in a stretch, for each of its days. The kind "closed" is for a weekday within a stretch.
    """

    weekday: int | None
    opens: int = 0
    closes: int = DAY
    kind: Kind = "open"


@dataclass(frozen=True)
class Stretch:
    """Days with hours of their own, the first and the last included: Ramadan, a holiday, a day off."""

    name: str
    first: dt.date
    last: dt.date
    spans: tuple[Span, ...] = ()
    kind: str = ""  # what it was made from: see `overlays`
    id: int = 0
    version: int = 0

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def own_hours(self, weekday: int) -> tuple[Span, ...] | None:
        """Return what it says of a weekday, () for closed and None for the usual hours."""
        if not self.spans:
            return ()
        return _of(self.spans, weekday) or _of(self.spans, None) or None


class Run(NamedTuple):
    """The shop open without a break, both ends in UTC; `closes` is None where that never ends."""

    opens: dt.datetime
    closes: dt.datetime | None


@dataclass(frozen=True)
class State:
    """Whether the shop is open at a moment, and what comes next; every moment is in the shop's zone.

    `until` is when `open` changes, None for never. The next opening and closing are those after the moment.
    """

    open: bool
    until: dt.datetime | None
    reason: Reason
    stretch: Stretch | None
    next_opening: dt.datetime | None
    next_closing: dt.datetime | None


class Rule(NamedTuple):
    """Which minutes of each weekday the shop is open, on the days from `first` to `last`."""

    first: dt.date
    last: dt.date
    minutes: list[Minutes]
    stretch: Stretch | None
    never: bool  # on no weekday
    always: bool  # on each from midnight to midnight


def _rule(first: dt.date, last: dt.date, minutes: list[Minutes], stretch: Stretch | None = None) -> Rule:
    whole = all(any(opens <= 0 and closes >= DAY for opens, closes in day) for day in minutes)
    return Rule(first, last, minutes, stretch, not any(minutes), whole)


@dataclass(frozen=True)
class Schedule:
    """All that the answer depends on. Stretches may overlap; of the week only spans with a weekday count."""

    week: tuple[Span, ...]
    stretches: tuple[Stretch, ...]
    zone: dt.tzinfo

    def state(self, moment: dt.datetime) -> State:
        """Say how it is at `moment`, which knows its zone. Raises OverflowError at the ends of the calendar."""
        here, now = moment.astimezone(self.zone), moment.astimezone(dt.UTC)
        today = here.date()
        runs = self._runs(today - ONE_DAY)
        run = next((run for run in runs if run.closes is None or run.closes > now), None)
        if run is None or run.opens > now:
            reason: Reason = "outside_hours"
            kinds = {span.kind for span in self.hours_on(today)}
            if not kinds & {"open", "all_day"}:
                reason = "appointment" if "appointment" in kinds else "closed_day"
            opens, closes = (self._local(run.opens), self._local(run.closes)) if run else (None, None)
            return State(False, opens, reason, self.stretch_on(today), opens, closes)
        following = next(runs, None) if run.closes else None
        day = today if any(first <= now < last for first, last in self._instants(today)) else today - ONE_DAY
        reason = "all_day" if any(span.kind == "all_day" for span in self.hours_on(day)) else "hours"
        closes = self._local(run.closes)
        opens = self._local(following.opens) if following else None
        return State(True, closes, reason, self.stretch_on(day), opens, closes)

    def hours_on(self, day: dt.date) -> tuple[Span, ...]:
        """Return the spans that begin on a day, in order; none where it is closed."""
        stretch = self.stretch_on(day)
        own = stretch.own_hours(day.weekday()) if stretch else None
        return _of(self.week, day.weekday()) if own is None else own

    def stretch_on(self, day: dt.date) -> Stretch | None:
        """Return the stretch that decides on a day."""
        return self._rule_on(day).stretch

    def open_on(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """Return when the shop is open by the hours of one day, in its zone and in order."""
        return [(opens.astimezone(self.zone), closes.astimezone(self.zone)) for opens, closes in self._instants(day)]

    def skipped(self, day: dt.date) -> list[tuple[int, dt.datetime]]:
        """Return the times of a day's hours that the clock skips, and the moment of the change, in the shop's zone."""
        found = []
        for minutes in chain.from_iterable(self._minutes_on(day)):
            wall = _wall(day, minutes)
            if self._offset(wall) < self._offset(wall.replace(fold=1)):
                found.append((minutes, self._instant(day, minutes).astimezone(self.zone)))
        return found

    @cached_property
    def _changes(self) -> list[dt.date]:
        """The days on which other rules begin to hold; the first of all days is one of them."""
        days = {day for s in self.stretches for day in (s.first, s.last + ONE_DAY)}
        return sorted({dt.date.min, *days})

    @cached_property
    def _deciding(self) -> list["Rule"]:
        """The rule that decides from each of `_changes` until the next: found once, asked for every day."""
        return [next(rule for rule in self._rules if rule.first <= day <= rule.last) for day in self._changes]

    @cached_property
    def _until(self) -> list[dt.date | None]:
        """For each of `_changes` the next day from which the hours themselves are otherwise, None for never."""
        found: list[dt.date | None] = [None]
        for (before, after), day in zip(
            reversed(list(pairwise(self._deciding))), reversed(self._changes), strict=False
        ):
            found.append(found[-1] if before.minutes == after.minutes else day)
        return found[::-1]

    def _runs(self, day: dt.date) -> Iterator[Run]:
        """Yield the runs that begin on `day` or later, in order: joined where one ends as the next begins."""
        opens: dt.datetime | None = None
        closes = dt.datetime.min.replace(tzinfo=dt.UTC)
        quiet = 0  # days since anything began, or might have begun to be otherwise
        while True:
            place = bisect_right(self._changes, day)
            if self._changes[place - 1] == day:
                quiet = 0
            rule = self._deciding[place - 1]
            change = self._until[place - 1]
            if rule.never and opens is None:  # nothing begins, and nothing runs on
                if change is None:
                    return
                day = change
                continue
            if rule.always and opens and closes >= self._instant(day, 0):
                if change is None:
                    yield Run(opens, None)
                    return
                if change - ONE_DAY > day:  # whose night reaches into the other rules
                    day = change - ONE_DAY
                    closes, quiet = max(closes, self._instant(day, 0, last=True)), 0
            for first, last in self._instants(day):
                if opens is None or first > closes:
                    if opens:
                        yield Run(opens, closes)
                    opens, closes, quiet = first, last, 0
                closes = max(closes, last)
            quiet += 1
            day += ONE_DAY
            if quiet < SETTLED:
                continue
            # Every weekday was seen, and nothing begins: it is open or closed throughout, until other rules hold.
            lasting = opens is not None and closes >= self._instant(day, 0)
            if change is None:
                if opens:
                    yield Run(opens, None if lasting else closes)
                return
            if lasting:
                closes = max(closes, self._instant(change, 0, last=True))
            day = max(day, change - ONE_DAY)  # whose night reaches into the other rules
            quiet = 0

    def _instants(self, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Yield when the shop is open by the hours of one day, in UTC and in order."""
        minutes = self._minutes_on(day)
        if not minutes:
            return
        midnight = dt.datetime.combine(day, dt.time())
        offset = self._offset(midnight)
        if offset == self._offset(midnight.replace(fold=1) + 2 * ONE_DAY):  # no clock changes twice in two days
            start = midnight.replace(tzinfo=dt.UTC) - offset
            for opens, closes in minutes:
                yield start + dt.timedelta(minutes=opens), start + dt.timedelta(minutes=closes)
            return
        for opens, closes in minutes:
            first, last = self._instant(day, opens), self._instant(day, closes, last=True)
            if first < last:  # not within an hour that is skipped
                yield first, last

    def _instant(self, day: dt.date, minutes: int, last: bool = False) -> dt.datetime:
        return instant(_wall(day, minutes), self.zone, last)

    def _minutes_on(self, day: dt.date) -> Minutes:
        return self._rule_on(day).minutes[day.weekday()]

    def _rule_on(self, day: dt.date) -> "Rule":
        return self._deciding[bisect_right(self._changes, day) - 1]

    @cached_property
    def _rules(self) -> list["Rule"]:
        """What may decide on a day, the first that holds before the others; the usual week comes last."""
        usual = [_minutes(_of(self.week, day)) for day in WEEKDAYS]
        rules = []
        for stretch in sorted(self.stretches, key=lambda s: (s.days, -s.first.toordinal(), -s.id)):
            own = [stretch.own_hours(day) for day in WEEKDAYS]
            minutes = [usual[day] if spans is None else _minutes(spans) for day, spans in enumerate(own)]
            rules.append(_rule(stretch.first, stretch.last, minutes, stretch))
        return [*rules, _rule(dt.date.min, dt.date.max, usual)]

    def _offset(self, wall: dt.datetime) -> dt.timedelta:
        return _offset(self.zone, wall)

    def _local(self, moment: dt.datetime | None) -> dt.datetime | None:
        return moment.astimezone(self.zone) if moment else None


def instant(wall: dt.datetime, zone: dt.tzinfo, last: bool = False) -> dt.datetime:
    """Return, in UTC, when the clock of a zone shows a time: the first of two, or the last.

    Where a clock set forward never shows it, that is the moment of the change.
    """
    before, after = _offset(zone, wall), _offset(zone, wall.replace(fold=1))
    here = wall.replace(tzinfo=dt.UTC)
    if before >= after:
        return here - (after if last else before)
    early, late = here - after, here - before
    while late - early > dt.timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def overlap(spans: Sequence[Span]) -> tuple[Span, Span] | None:
    """Return two spans of the same day that overlap, or None."""
    ordered = sorted((span for span in spans if span.kind == "open"), key=lambda span: (span.opens, span.closes))
    return next(((one, other) for one, other in pairwise(ordered) if other.opens < one.closes), None)


def _offset(zone: dt.tzinfo, wall: dt.datetime) -> dt.timedelta:
    """Return how far a zone is ahead of UTC when its clock shows `wall`, which bears no zone."""
    return zone.utcoffset(wall) or dt.timedelta()


def _of(spans: Sequence[Span], weekday: int | None) -> tuple[Span, ...]:
    return tuple(sorted((s for s in spans if s.weekday == weekday), key=lambda s: (s.opens, s.closes)))


def _minutes(spans: Sequence[Span]) -> Minutes:
    whole = [(0, DAY) for span in spans if span.kind == "all_day"]
    return (*whole, *((span.opens, span.closes) for span in spans if span.kind == "open"))


def _wall(day: dt.date, minutes: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
