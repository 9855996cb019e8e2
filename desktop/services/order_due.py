"""When an order is due: a moment of the shop's clock, and what is to be known of it before it is promised."""

import datetime as dt

from sqlalchemy.orm import Session

from desktop.i18n import _, formats
from desktop.services.errors import Invalid
from desktop.services.hours import read_schedule
from desktop.services.hours_text import next_opening_text
from desktop.services.opening import ONE_DAY, Schedule, instant

NOON = 720  # minutes after midnight
FIRST, LAST = dt.date(1970, 1, 2), dt.date(9999, 12, 30)  # what every zone and computer knows


def due_moment(day: dt.date, minutes: int, zone: dt.tzinfo) -> int:
    """Return when the shop's clock shows a time of a day, the first of two, in UTC seconds.

    Raises Invalid("due", …) for a time that the clock skips, and for a day that no calendar here has.
    """
    if not FIRST <= day <= LAST:
        raise Invalid("due", _("There is no such date."))
    wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
    moment = instant(wall, zone)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        sentence = _("There is no {time} on {date}: the clock is set forward then. Choose another time.")
        raise Invalid("due", sentence.format(time=formats.time(wall.time()), date=formats.date(day)))
    return int(moment.timestamp())


def due_parts(due_at: int, zone: dt.tzinfo) -> tuple[dt.date, int]:
    """Return the day and the minutes after its midnight that the shop's clock shows at a moment."""
    here = local(due_at, zone)
    return here.date(), here.hour * 60 + here.minute


def local(moment: int, zone: dt.tzinfo) -> dt.datetime:
    """Return a moment in UTC seconds as the shop's clock shows it; one beyond the calendar is its end."""
    try:
        return dt.datetime.fromtimestamp(moment, dt.UTC).astimezone(zone)
    except (OverflowError, ValueError, OSError):
        edge = LAST if moment > 0 else FIRST
        return dt.datetime.combine(edge, dt.time(), zone)


def proposed_minutes(schedule: Schedule, day: dt.date) -> int:
    """Return the time to propose for a day: when the shop opens, or noon where it does not."""
    opening = next(iter(schedule.open_on(day)), None)
    if opening is None or opening[0].date() != day:
        return NOON
    return opening[0].hour * 60 + opening[0].minute or NOON


def due_warning(session: Session, due_at: int | None, now: dt.datetime | None = None) -> str:
    """Say what is odd about a time that somebody is to come or to be visited, or ""; it can be kept all the same.

    It is in the past, or the shop is closed then, its special days included.
    """
    if due_at is None:
        return ""
    schedule, now = read_schedule(session), now or formats.now()
    when = local(due_at, schedule.zone)
    if when < now:
        return _("This time has passed.")
    if not (schedule.week or schedule.stretches):
        return ""
    try:
        state = schedule.state(when)
    except OverflowError:
        return ""
    if state.open or any(opens <= when <= closes for opens, closes in schedule.open_on(when.date())):
        return ""
    opens = next_opening_text(state, now)
    if state.stretch and state.reason == "closed_day" and opens:
        sentence = _("The shop is closed then ({name}). It opens {when}.")
        return sentence.format(name=formats.auto(state.stretch.name), when=opens)
    return _("The shop is closed then. It opens {when}.").format(when=opens) if opens else _("The shop is closed then.")


def day_bounds(day: dt.date, zone: dt.tzinfo) -> tuple[int, int]:
    """Return when a day begins and ends where the shop is, in UTC seconds; the end is no longer in it."""
    midnight = dt.datetime.combine(day, dt.time())
    return int(instant(midnight, zone).timestamp()), int(instant(midnight + ONE_DAY, zone).timestamp())
