"""The shop's business hours: read, changed, and asked whether it is open. How they decide is in `opening`."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.data.models import Hours, Overlay, OverlayHours
from desktop.i18n import N_, _, formats
from desktop.i18n.bidi import strip
from desktop.services import hours_text
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.hours_input import check_day, with_break
from desktop.services.opening import ONE_DAY, WEEKDAYS, Schedule, Span, State, Stretch
from desktop.services.overlays import FRIDAY, FRIDAY_BREAK
from desktop.services.profile import computer_zone, read_profile

KEYS = ("hours_today", "hours_week", "next_opening", "closing_time")
LONGEST = 1000  # days of a stretch; more is a slip of the hand
CHANGED = N_("This has been changed elsewhere meanwhile. Yours is kept here, and not saved yet.")


def read_hours(session: Session) -> list[Span]:
    """Return the spans of a usual week, in order; a weekday without one is closed."""
    rows = session.scalars(select(Hours).order_by(Hours.weekday, Hours.opens, Hours.id))
    return [_span(row) for row in rows]


def set_hours(session: Session, spans: Iterable[Span]) -> None:
    """Make these the hours of a usual week; days that stay as they are keep their rows. Raises Invalid."""
    spans = list(spans)
    for day in WEEKDAYS:
        set_day(session, day, [span for span in spans if span.weekday == day])


def set_day(session: Session, weekday: int, spans: Sequence[Span], base: Sequence[Span] | None = None) -> None:
    """Make these the hours of a weekday, those of kind "closed" counting for none.

    `base` is what they were typed over. Raises Invalid for hours that overlap, Stale if the day is otherwise by now.
    """
    check_day(spans)
    rows = session.scalars(select(Hours).where(Hours.weekday == weekday)).all()
    wanted = _ordered(span for span in spans if span.kind != "closed")
    _replace(session, rows, wanted, base, lambda span: Hours(weekday=weekday, **_columns(span)))


def copy_day(session: Session, weekday: int, days: Iterable[int]) -> None:
    """Give other days the hours of one."""
    spans = [span for span in read_hours(session) if span.weekday == weekday]
    for day in days:
        set_day(session, day, [Span(day, span.opens, span.closes, span.kind) for span in spans])


def add_friday_break(session: Session) -> None:
    """Close on Fridays from 12 noon to 2 pm. Raises Invalid where the shop is closed then anyway."""
    spans = [span for span in read_hours(session) if span.weekday == FRIDAY]
    kept = with_break(spans, *FRIDAY_BREAK)
    if kept == spans:
        raise Invalid(
            "hours", _("On Fridays the shop is not open between 12 noon and 2 pm: there is nothing to break.")
        )
    set_day(session, FRIDAY, kept)


def read_stretches(session: Session) -> list[Stretch]:
    """Return the stretches with hours of their own, by date."""
    spans: dict[int, list[Span]] = {}
    for row in session.scalars(select(OverlayHours).order_by(OverlayHours.weekday, OverlayHours.opens)):
        spans.setdefault(row.overlay_id, []).append(_span(row))
    overlays = session.scalars(select(Overlay).order_by(Overlay.starts, Overlay.ends, Overlay.id))
    return [_stretch(row, spans.get(row.id, ())) for row in overlays]


def read_stretch(session: Session, overlay_id: int) -> Stretch:
    """Return one stretch. Raises NotFound."""
    row = _overlay(session, overlay_id)
    return _stretch(row, [_span(span) for span in _overlay_rows(session, overlay_id)])


def add_stretch(session: Session, stretch: Stretch) -> int:
    """Add a stretch and return its id. Raises Invalid."""
    return add_overlay(
        session, stretch.name, stretch.first.isoformat(), stretch.last.isoformat(), stretch.spans, stretch.kind
    )


def add_overlay(session: Session, name: str, starts: str, ends: str, spans: Sequence[Span], kind: str = "") -> int:
    """Add a stretch of days (ISO dates, both included) with hours of its own, and return its id. Raises Invalid."""
    _check_dates(dt.date.fromisoformat(starts), dt.date.fromisoformat(ends))
    overlay = Overlay(name=_name(name), kind=kind, starts=starts, ends=ends)
    session.add(overlay)
    session.flush()
    set_overlay_hours(session, overlay.id, spans)
    return overlay.id


def update_overlay(session: Session, overlay_id: int, base: int | None = None, **changed: Any) -> None:
    """Change the `name`, or the dates `first` and `last`, of a stretch; `base` is the version they were typed over.

    Raises Invalid, Stale, NotFound.
    """
    row = _overlay(session, overlay_id)
    values: dict[str, str] = {}
    if "name" in changed:
        values["name"] = _name(changed["name"])
    first = changed.get("first") or dt.date.fromisoformat(row.starts)
    last = changed.get("last") or dt.date.fromisoformat(row.ends)
    if "first" in changed and "last" not in changed:
        last = max(last, first)  # who enters the first day first is not to be stopped
    _check_dates(first, last)
    values |= {"starts": first.isoformat(), "ends": last.isoformat()}
    change_row(session, Overlay, overlay_id, base, values)
    session.flush()


def shift_overlay(session: Session, overlay_id: int, days: int) -> None:
    """Move a stretch by so many days, as the sighting of the moon may. Raises NotFound, Invalid."""
    stretch = read_stretch(session, overlay_id)
    try:
        first, last = stretch.first + days * ONE_DAY, stretch.last + days * ONE_DAY
    except OverflowError:
        raise Invalid("first", _("There is no such date.")) from None
    update_overlay(session, overlay_id, first=first, last=last)


def set_overlay_hours(
    session: Session, overlay_id: int, spans: Sequence[Span], base: Sequence[Span] | None = None
) -> None:
    """Make these the hours of a stretch; none at all is closed. Raises Invalid and Stale as `set_day` does."""
    for day in (None, *WEEKDAYS):
        check_day([span for span in spans if span.weekday == day])
    rows = _overlay_rows(session, overlay_id)
    _replace(
        session,
        rows,
        _ordered(spans),
        base,
        lambda span: OverlayHours(overlay_id=overlay_id, weekday=span.weekday, **_columns(span)),
    )


def remove_overlay(session: Session, overlay_id: int) -> None:
    """Delete a stretch; undo brings it back."""
    session.execute(delete(Overlay).where(Overlay.id == overlay_id))


def read_schedule(session: Session) -> Schedule:
    """Return all that decides whether the shop is open."""
    zone = shop_zone(read_profile(session).time_zone)
    return Schedule(tuple(read_hours(session)), tuple(read_stretches(session)), zone)


def shop_zone(name: str) -> dt.tzinfo:
    """Return a time zone by its name: this computer's for "", and UTC where neither is known."""
    for candidate in (name, computer_zone()):
        try:
            if candidate:
                return ZoneInfo(candidate)
        except (KeyError, ValueError, OSError):  # not known, no name of a zone, a folder of zones
            continue
    return dt.UTC


def status_text(session: Session, now: dt.datetime) -> str:
    """Say how it is now, "Open now · closes 10:00 pm", in the language in use; "" where no hours are set."""
    schedule = read_schedule(session)
    return hours_text.state_text(schedule.state(now), now) if schedule.week or schedule.stretches else ""


def hours_values(session: Session, now: dt.datetime) -> dict[str, str]:
    """Return what the placeholders of KEYS stand for at a moment, in the language in use and ready to be copied.

    What is not known, such as the next opening of a shop without hours, is "".
    """
    schedule, territory = read_schedule(session), read_profile(session).territory
    return {key: hours_value(key, schedule, territory, now) for key in KEYS}


def hours_value(key: str, schedule: Schedule, territory: str, now: dt.datetime, state: State | None = None) -> str:
    """Return what one of the placeholders of KEYS stands for, as `hours_values` does; `state` is of `now`, if known."""
    if not (schedule.week or schedule.stretches):
        return ""
    match key:
        case "hours_today":
            text = hours_text.today_text(schedule, now)
        case "hours_week":
            text = hours_text.week_text(schedule.week, territory)
        case "next_opening":
            text = hours_text.next_opening_text(state or schedule.state(now), now)
        case _:
            text = hours_text.closing_text(state or schedule.state(now), now)
    return strip(text)


def _replace(
    session: Session, rows: Sequence[Any], wanted: Sequence[Span], base: Sequence[Span] | None, make: Any
) -> None:
    """Put `wanted` in the place of what `rows` say, unless that is the same; rows that say the same stay."""
    current = _ordered(_span(row) for row in rows)
    if current == list(wanted):
        return
    if base is not None and current != _ordered(base):
        raise Stale("hours", _(CHANGED))
    left = list(wanted)
    for row in rows:
        span = _span(row)
        if span in left:
            left.remove(span)
        else:
            session.delete(row)
    session.add_all(make(span) for span in left)
    session.flush()


def _overlay(session: Session, overlay_id: int) -> Overlay:
    found = session.get(Overlay, overlay_id)
    if found is None:
        raise NotFound("", _("These hours have been deleted. Undo brings them back."))
    return found


def _overlay_rows(session: Session, overlay_id: int) -> Sequence[OverlayHours]:
    query = select(OverlayHours).where(OverlayHours.overlay_id == overlay_id)
    return session.scalars(query.order_by(OverlayHours.weekday, OverlayHours.opens, OverlayHours.id)).all()


def _stretch(row: Overlay, spans: Sequence[Span]) -> Stretch:
    first, last = dt.date.fromisoformat(row.starts), dt.date.fromisoformat(row.ends)
    return Stretch(row.name, first, last, tuple(spans), row.kind, row.id, row.version)


def _span(row: Hours | OverlayHours) -> Span:
    return Span(row.weekday, row.opens, row.closes, row.kind)  # type: ignore[arg-type]


def _columns(span: Span) -> dict[str, Any]:
    return {"kind": span.kind, "opens": span.opens, "closes": span.closes}


def _ordered(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=lambda s: (-1 if s.weekday is None else s.weekday, s.opens, s.closes, s.kind))


def _name(typed: str) -> str:
    name = one_line(clean(typed))
    if not name:
        raise Invalid("name", _("Give these days a name, like Ramadan or Holiday."))
    return name


def _check_dates(first: dt.date, last: dt.date) -> None:
    if last < first:
        dates = {"last": formats.date(last), "first": formats.date(first)}
        raise Invalid("last", _("The last day, {last}, is before the first, {first}.").format(**dates))
    if (last - first).days >= LONGEST:
        raise Invalid("last", _("That is more than {n} days. Check the year.").format(n=formats.number(LONGEST)))
