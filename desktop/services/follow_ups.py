"""Follow-ups: what is to be done at a time. A message to a customer, once or again and again, or a booking.

Times are kept as UTC seconds and meant as the shop's clock shows them: what repeats, and what comes so long after
something else, stays at its time of day when the clock is set forward or back.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import FollowUp, Order, now
from desktop.data.search import search_key
from desktop.i18n import N_, _, formats
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.hours import shop_zone
from desktop.services.opening import ONE_DAY, instant
from desktop.services.profile import read_profile
from desktop.services.repeating import Repeat, parse

Kind = Literal["task", "booking"]
Later = Literal["hour", "evening", "tomorrow", "week"]

KINDS: dict[Kind, str] = {"task": N_("Follow-up"), "booking": N_("Booking")}
LATER: dict[Later, str] = {
    # TRANSLATORS: until when a follow-up is put off.
    "hour": N_("In an hour"),
    "evening": N_("This evening"),
    "tomorrow": N_("Tomorrow"),
    "week": N_("In a week"),
}
EVENING = 18  # o'clock
USUAL = 60  # minutes of a booking, to begin with
LONGEST = 1440  # minutes of a booking
EARLY = 7_200  # seconds before an order is due that one is reminded of it
COPIED = ("kind", "title", "text", "customer_id", "order_id", "minutes", "note", "search_key")


def zone_of(session: Session) -> dt.tzinfo:
    """Return the shop's time zone."""
    return shop_zone(read_profile(session).time_zone)


def on_the_wall(session: Session, at: int) -> dt.datetime:
    """Return a moment as the shop's clock shows it, without a zone. Raises Invalid beyond the calendar."""
    try:
        return dt.datetime.fromtimestamp(at, dt.UTC).astimezone(zone_of(session)).replace(tzinfo=None, fold=0)
    except (OverflowError, ValueError, OSError):
        raise no_such_time() from None


def moment(session: Session, wall: dt.datetime) -> tuple[int, bool]:
    """Return when the shop's clock shows a time, and whether it never does: then it is when the clock was changed.

    Raises Invalid beyond the calendar.
    """
    zone = zone_of(session)
    try:
        at = instant(wall, zone)
        return int(at.timestamp()), at.astimezone(zone).replace(tzinfo=None, fold=0) != wall
    except (OverflowError, ValueError):
        raise no_such_time() from None


def no_such_time() -> Invalid:
    """Return what to raise for a time that no calendar has."""
    return Invalid("due_at", _("There is no such date."))


def read_follow_up(session: Session, follow_up_id: int) -> FollowUp:
    """Return a follow-up. Raises NotFound."""
    found = session.get(FollowUp, follow_up_id)
    if found is None:
        raise NotFound("", _("This follow-up has been deleted. Undo brings it back."))
    return found


def add_follow_up(session: Session, kind: Kind = "task", due_at: int | None = None, **fields: Any) -> int:
    """Add a follow-up and return its id; `fields` are as in `update_follow_up`.

    Without a time it is proposed: some hours before the order is due, or the next whole hour but one. Raises Invalid.
    """
    if due_at is None:
        due_at = propose_time(session, fields.get("order_id"))
    on_the_wall(session, due_at)  # which complains of a time that no page could show
    fields.setdefault("minutes", USUAL if kind == "booking" else 0)
    if fields.get("order_id") and not fields.get("customer_id"):
        order = session.get(Order, fields["order_id"])
        fields["customer_id"] = order.customer_id if order else None
    row = FollowUp(kind=kind, due_at=due_at)
    session.add(row)
    session.flush()
    update_follow_up(session, row.id, **fields)
    return row.id


def propose_time(session: Session, order_id: int | None = None) -> int:
    """Return when something new might be due."""
    order = session.get(Order, order_id) if order_id else None
    if order and order.due_at and order.due_at - EARLY > now():
        return order.due_at - EARLY
    return (now() // 3600 + 2) * 3600


def update_follow_up(session: Session, follow_up_id: int, base: int | None = None, **changed: Any) -> FollowUp:
    """Change fields of a follow-up and return it; `base` is the version they were typed over.

    `repeat` is a rule of `repeating`, which is fixed to the day and the time there are. Those that come so long after
    this one move along. Raises Invalid, Stale, NotFound.
    """
    row = read_follow_up(session, follow_up_id)
    values: dict[str, Any] = {key: clean(value) if isinstance(value, str) else value for key, value in changed.items()}
    if "title" in values:
        values["title"] = one_line(values["title"])
    for key in ("text", "note"):
        if key in values:
            values[key] = paragraphs(values[key])
    if values.get("kind", row.kind) not in KINDS:
        raise Invalid("kind", _("Choose what it is: a follow-up or a booking."))
    if values.get("kind", row.kind) == "booking":
        values.setdefault("minutes", row.minutes or USUAL)
    if not 0 <= values.get("minutes", 0) <= LONGEST:
        raise Invalid("minutes", _("A booking takes a day at most."))
    if "due_at" in values:
        on_the_wall(session, values["due_at"])  # which complains
    if values.get("repeat"):
        repeat = parse(values["repeat"])
        assert repeat, "it says something"
        values["repeat"] = repeat.fixed(on_the_wall(session, values.get("due_at", row.due_at)), repeat.at).rule
    if {"title", "note"} & values.keys():
        values["search_key"] = search_key(values.get("title", row.title), values.get("note", row.note))
    before = row.due_at
    change_row(session, FollowUp, follow_up_id, base, values)
    session.flush()
    if row.due_at != before:
        if row.after_id is not None and "delay" not in changed:
            _take_delay(session, row)
        _move_along(session, row)
    return row


def set_time(session: Session, follow_up_id: int, wall: dt.datetime, base: int | None = None) -> str:
    """Make it due when the shop's clock shows `wall`, and return what to know of that time, or "".

    What repeats goes on from there. Raises Invalid, Stale, NotFound.
    """
    row = read_follow_up(session, follow_up_id)
    at, moved = moment(session, wall)
    values: dict[str, Any] = {"due_at": at}
    if repeat := parse(row.repeat):
        before = on_the_wall(session, row.due_at)
        if repeat.weekdays == (before.weekday(),):  # it follows the day, where it names no others
            repeat = replace(repeat, weekdays=())
        values["repeat"] = repeat.fixed(wall, wall.hour * 60 + wall.minute if moved else None).rule
    change_row(session, FollowUp, follow_up_id, base, values)
    session.flush()
    if row.after_id is not None:
        _take_delay(session, row)
    _move_along(session, row)
    return moved_words(wall, on_the_wall(session, at)) if moved else ""


def moved_words(wanted: dt.datetime, taken: dt.datetime) -> str:
    """Say that the clock skips a time, and which one it is instead."""
    sentence = _("The clock is set forward then: {wanted} does not exist on {day}. It is due at {taken}.")
    day = formats.date(wanted.date())
    return sentence.format(
        wanted=formats.auto(formats.time(wanted.time())), day=day, taken=formats.auto(formats.time(taken.time()))
    )


def set_repeat(session: Session, follow_up_id: int, repeat: Repeat | None, base: int | None = None) -> None:
    """Make it come again, or not any more. Raises Invalid, Stale, NotFound."""
    update_follow_up(session, follow_up_id, base, repeat=repeat.rule if repeat else "")


def set_after(
    session: Session, follow_up_id: int, after_id: int | None, delay: int | None = None, base: int | None = None
) -> None:
    """Make it due so many seconds after another follow-up (before it, if negative), and move along with that one.

    Without `delay` it stays as long after it as it is. None for `after_id` lets it stay where it is. Raises Invalid
    for one that waits for this one itself, Stale, NotFound.
    """
    row = read_follow_up(session, follow_up_id)
    if after_id is None:
        change_row(session, FollowUp, follow_up_id, base, {"after_id": None, "delay": 0})
        session.flush()
        return
    first = read_follow_up(session, after_id)
    seen = {row.id}
    ahead: FollowUp | None = first
    while ahead:
        if ahead.id in seen:
            raise Invalid("after_id", _("That one waits for this one already. Choose another."))
        seen.add(ahead.id)
        ahead = session.get(FollowUp, ahead.after_id) if ahead.after_id is not None else None
    values: dict[str, Any] = {"after_id": after_id, "repeat": ""}
    if delay is not None:
        values |= {"delay": delay, "due_at": _delayed(session, first, delay)}
    if row.customer_id is None:
        values["customer_id"] = first.customer_id
    change_row(session, FollowUp, follow_up_id, base, values)
    session.flush()
    if delay is None:
        _take_delay(session, row)
    _move_along(session, row)


def finish(session: Session, follow_up_id: int, at: int | None = None) -> int | None:
    """Mark it as done, and return the id of the next one where it repeats.

    The next one is the first that is still to come; what comes so long after this one comes after the next one too.
    Raises NotFound.
    """
    row = read_follow_up(session, follow_up_id)
    done = now() if at is None else at
    repeat, row.done_at = parse(row.repeat), done
    if repeat is None:
        session.flush()
        return None
    try:
        wall = repeat.next(on_the_wall(session, row.due_at), on_the_wall(session, done))
        due = moment(session, wall)[0]
    except (OverflowError, Invalid):  # the calendar ends before
        session.flush()
        return None
    following = FollowUp(**{name: getattr(row, name) for name in COPIED}, due_at=due, repeat=row.repeat)
    row.repeat = ""
    session.add(following)
    session.flush()
    _copy_followers(session, row, following)
    return following.id


def reopen(session: Session, follow_up_id: int) -> None:
    """Mark it as not done after all. Raises NotFound."""
    read_follow_up(session, follow_up_id).done_at = None
    session.flush()


def later(session: Session, choice: Later, due_at: int, at: int | None = None) -> int:
    """Return until when `choice` puts off what was due: in the evening, or at its own time of another day."""
    at = now() if at is None else at
    here, due = on_the_wall(session, at), on_the_wall(session, due_at)
    today = here.date()
    match choice:
        case "hour":
            return -(-at // 60) * 60 + 3600
        case "evening":
            day = today if here.hour < EVENING else today + ONE_DAY
            return moment(session, dt.datetime.combine(day, dt.time(EVENING)))[0]
        case "tomorrow":
            return moment(session, dt.datetime.combine(today + ONE_DAY, due.time()))[0]
        case _:
            return moment(session, dt.datetime.combine(today + 7 * ONE_DAY, due.time()))[0]


def snooze(session: Session, follow_up_id: int, choice: Later, at: int | None = None) -> int:
    """Put it off this once, and return until when; what repeats goes on at its own time. Raises NotFound."""
    row = read_follow_up(session, follow_up_id)
    due = later(session, choice, row.due_at, at)
    values: dict[str, Any] = {"due_at": due}
    if (repeat := parse(row.repeat)) and repeat.at is None:
        wall = on_the_wall(session, row.due_at)
        values["repeat"] = replace(repeat, at=wall.hour * 60 + wall.minute).rule
    change_row(session, FollowUp, follow_up_id, None, values)
    session.flush()
    if row.after_id is not None:
        _take_delay(session, row)
    _move_along(session, row)
    return due


def note_opened(session: Session, follow_up_id: int, at: int | None = None) -> None:
    """Note that its chat was opened with the text, which may or may not have been sent. Raises NotFound."""
    row = read_follow_up(session, follow_up_id)
    row.opened_at = now() if at is None else at
    session.flush()


def remove_follow_ups(session: Session, ids: Sequence[int]) -> None:
    """Delete follow-ups; those that come after them stay at their times. Undo brings all back as it was."""
    for row in session.scalars(select(FollowUp).where(FollowUp.after_id.in_(ids))):
        row.after_id, row.delay = None, 0
    for row in session.scalars(select(FollowUp).where(FollowUp.id.in_(ids))):
        session.delete(row)
    session.flush()


def duplicate_follow_up(session: Session, follow_up_id: int) -> int:
    """Add a copy that is still to be done, and return its id. Raises NotFound."""
    row = read_follow_up(session, follow_up_id)
    names = (*COPIED, "due_at", "repeat", "after_id", "delay")
    copy = FollowUp(**{name: getattr(row, name) for name in names})
    session.add(copy)
    session.flush()
    return copy.id


def followers(session: Session, follow_up_id: int) -> list[FollowUp]:
    """Return those that come so long after this one, by time."""
    query = select(FollowUp).where(FollowUp.after_id == follow_up_id).order_by(FollowUp.due_at, FollowUp.id)
    return list(session.scalars(query))


def title_of(title: str, kind: str, name: str | None) -> str:
    """Return what a follow-up is called, from its own title, its kind, and the name of its customer."""
    return title or name or _(KINDS.get(kind, KINDS["task"]))  # type: ignore[call-overload]


def _delayed(session: Session, first: FollowUp, delay: int) -> int:
    try:
        return moment(session, on_the_wall(session, first.due_at) + dt.timedelta(seconds=delay))[0]
    except OverflowError:
        raise no_such_time() from None


def _take_delay(session: Session, row: FollowUp) -> None:
    """Note how long after the one before it is now."""
    first = session.get(FollowUp, row.after_id)
    if first is None:
        row.after_id, row.delay = None, 0
    else:
        span = on_the_wall(session, row.due_at) - on_the_wall(session, first.due_at)
        row.delay = int(span.total_seconds())
    session.flush()


def _move_along(session: Session, row: FollowUp) -> None:
    """Move what is still to be done after this one, and after those; nothing waits for itself, as `set_after` sees."""
    moved = [row]
    while moved:
        first = moved.pop()
        for follower in followers(session, first.id):
            if follower.done_at is None:
                follower.due_at = _delayed(session, first, follower.delay)
                moved.append(follower)
    session.flush()


def _copy_followers(session: Session, row: FollowUp, following: FollowUp) -> None:
    """Give the next of what repeats the same that came after the one before."""
    pairs = [(row, following)]
    while pairs:
        old, new = pairs.pop()
        for follower in followers(session, old.id):
            fields = {name: getattr(follower, name) for name in COPIED}
            due = _delayed(session, new, follower.delay)
            copy = FollowUp(**fields, due_at=due, after_id=new.id, delay=follower.delay)
            session.add(copy)
            session.flush()
            pairs.append((follower, copy))
