"""Bookings: what is taken of a day, what is still free within the opening hours, and what does not go together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer, FollowUp
from desktop.i18n import _, formats, ngettext
from desktop.services.follow_ups import LONGEST, USUAL, read_follow_up, title_of, zone_of
from desktop.services.hours import read_schedule
from desktop.services.opening import ONE_DAY, Schedule, instant

# When bookings are offered on days without hours to go by: by appointment, or where no hours are set at all.
BY_APPOINTMENT = 8 * 60, 20 * 60  # minutes after midnight
STEP = 30  # minutes between two times that are offered
TOLD = 3  # bookings that a warning names

Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Booked:
    """A booking: from when to when, in the shop's zone, and what it is called."""

    id: int
    begins: dt.datetime
    ends: dt.datetime
    words: str


@dataclass(frozen=True)
class Day:
    """A day to book on: when the shop is open, what is taken, and when something else may begin."""

    date: dt.date
    open: tuple[Stretch, ...]
    booked: tuple[Booked, ...]
    free: tuple[dt.datetime, ...]
    stretch: str = ""  # the name of the special hours that hold


def read_day(
    session: Session,
    date: dt.date,
    minutes: int = 60,
    pause: int = 0,
    after: dt.datetime | None = None,
    but: int | None = None,
) -> Day:
    """Return a day with the times at which a booking of so many minutes may begin, with a pause around it.

    Times up to `after` are past; the booking `but` does not stand in its own way. Raises OverflowError at the ends of
    the calendar.
    """
    schedule = read_schedule(session)
    begin = instant(dt.datetime.combine(date, dt.time()), schedule.zone)
    end = instant(dt.datetime.combine(date + ONE_DAY, dt.time()), schedule.zone)
    hours = open_hours(schedule, date)
    if hours:
        end = max(end, hours[-1][1].astimezone(dt.UTC))
    booked = _between(session, begin - dt.timedelta(minutes=pause), end + dt.timedelta(minutes=pause), but)
    free = free_slots(hours, [(one.begins, one.ends) for one in booked], minutes, pause=pause, after=after)
    stretch = schedule.stretch_on(date)
    today = [one for one in booked if one.ends > begin and one.begins < end]
    return Day(date, tuple(hours), tuple(today), tuple(free), stretch.name if stretch else "")


def next_free(session: Session, minutes: int = USUAL) -> int | None:
    """Return when a booking of so many minutes may begin next, in the two weeks to come, or None."""
    now = formats.now()
    today = now.astimezone(read_schedule(session).zone).date()
    for days in range(15):
        if free := read_day(session, today + days * ONE_DAY, minutes, after=now).free:
            return int(free[0].timestamp())
    return None


def open_hours(schedule: Schedule, date: dt.date) -> list[Stretch]:
    """Return when bookings may be on a day: the opening hours, those of special days included.

    By appointment, and in a shop that has set no hours, that is most of the day.
    """
    found = schedule.open_on(date)
    by_appointment = any(span.kind == "appointment" for span in schedule.hours_on(date))
    if not found and (by_appointment or not (schedule.week or schedule.stretches)):
        midnight = dt.datetime.combine(date, dt.time())
        ends = (instant(midnight + dt.timedelta(minutes=at), schedule.zone) for at in BY_APPOINTMENT)
        first, last = (end.astimezone(schedule.zone) for end in ends)
        return [(first, last)]
    return found


def free_slots(
    hours: Sequence[Stretch],
    taken: Sequence[Stretch],
    minutes: int,
    step: int = STEP,
    pause: int = 0,
    after: dt.datetime | None = None,
) -> list[dt.datetime]:
    """Return when something of so many minutes may begin: every `step` minutes from each opening on.

    It ends before the closing, and keeps a pause of so many minutes to what is taken. Times are in the zone of the
    hours; what is not later than `after` is left out.
    """
    long, gap, further = (dt.timedelta(minutes=each) for each in (max(minutes, 1), pause, max(step, 1)))
    found: list[dt.datetime] = []
    busy = sorted((begins.astimezone(dt.UTC) - gap, ends.astimezone(dt.UTC) + gap) for begins, ends in taken)
    for opens, closes in hours:
        at, last = opens.astimezone(dt.UTC), closes.astimezone(dt.UTC) - long  # steps are of time that passes
        while at <= last:
            if (after is None or at > after) and not any(begins < at + long and at < ends for begins, ends in busy):
                found.append(at.astimezone(opens.tzinfo))
            at += further
    return found


def clashes(session: Session, follow_up_id: int, pause: int = 0) -> list[Booked]:
    """Return the other bookings at the time of one, in order; none for what is no booking. Raises NotFound."""
    row = read_follow_up(session, follow_up_id)
    if row.kind != "booking" or row.done_at is not None:
        return []
    begins = dt.datetime.fromtimestamp(row.due_at, dt.UTC)
    gap = dt.timedelta(minutes=pause)
    return _between(session, begins - gap, begins + dt.timedelta(minutes=row.minutes) + gap, row.id)


def warnings(session: Session, follow_up_id: int, pause: int = 0) -> list[str]:
    """Return what speaks against the time of a booking, a sentence each: others at that time, the shop closed then."""
    row = read_follow_up(session, follow_up_id)
    if row.kind != "booking" or row.done_at is not None:
        return []
    others = clashes(session, follow_up_id, pause)
    told = [
        _("Another booking is then: {name}, {hours}.").format(
            name=formats.auto(other.words), hours=formats.span(other.begins.time(), other.ends.time())
        )
        for other in others[:TOLD]
    ]
    if more := len(others) - len(told):
        sentence = ngettext("{n} more booking is then.", "{n} more bookings are then.", more)
        told.append(sentence.format(n=formats.number(more)))
    if closed := _closed_words(session, row):
        told.append(closed)
    return told


def _closed_words(session: Session, row: FollowUp) -> str:
    """Say that the shop is not open for all of a booking, or ""."""
    schedule = read_schedule(session)
    if not (schedule.week or schedule.stretches):
        return ""  # nobody has said when the shop is open
    begins = dt.datetime.fromtimestamp(row.due_at, dt.UTC).astimezone(schedule.zone)
    ends = (begins.astimezone(dt.UTC) + dt.timedelta(minutes=row.minutes)).astimezone(schedule.zone)
    try:
        if any(span.kind == "appointment" for span in schedule.hours_on(begins.date())):
            return ""  # which is what a booking is
        for date in (begins.date() - ONE_DAY, begins.date()):  # a night is of the day before
            if any(opens <= begins and ends <= closes for opens, closes in open_hours(schedule, date)):
                return ""
        hours, stretch = open_hours(schedule, begins.date()), schedule.stretch_on(begins.date())
    except OverflowError:
        return ""
    day = formats.date(begins.date(), weekday=True)
    if not hours and stretch:
        sentence = _("The shop is closed on {day}: {name}.")
        return sentence.format(day=formats.auto(day), name=formats.auto(stretch.name))
    if not hours:
        return _("The shop is closed on {day}.").format(day=formats.auto(day))
    spans = formats.listing(formats.span(opens.time(), closes.time()) for opens, closes in hours)
    return _("That is outside the hours of {day}: {hours}.").format(day=formats.auto(day), hours=spans)


def _between(session: Session, begins: dt.datetime, ends: dt.datetime, but: int | None = None) -> list[Booked]:
    """Return the bookings that take any of a time, in order. No booking is longer than a day, so an index finds it."""
    first, last = int(begins.timestamp()), int(ends.timestamp())
    query = (
        select(FollowUp.id, FollowUp.title, FollowUp.due_at, FollowUp.minutes, Customer.name)
        .outerjoin(Customer, Customer.id == FollowUp.customer_id)
        .where(FollowUp.kind == "booking", FollowUp.done_at.is_(None))
        .where(FollowUp.due_at > first - LONGEST * 60, FollowUp.due_at < last)
        .where(FollowUp.due_at + FollowUp.minutes * 60 > first)
        .order_by(FollowUp.due_at, FollowUp.id)
    )
    zone = zone_of(session)
    found = []
    for row, title, due_at, minutes, name in session.execute(query):
        if row != but:
            at = dt.datetime.fromtimestamp(due_at, dt.UTC)
            end = at + dt.timedelta(minutes=minutes)
            words = title_of(title, "booking", name)
            if name and title:
                # TRANSLATORS: a booking: what it is, and who comes.
                words = _("{title} · {name}").format(title=title, name=name)
            found.append(Booked(row, at.astimezone(zone), end.astimezone(zone), words))
    return found


def has_bookings(session: Session) -> bool:
    """Say whether anything was ever booked here."""
    return session.scalar(select(FollowUp.id).where(FollowUp.kind == "booking").limit(1)) is not None
