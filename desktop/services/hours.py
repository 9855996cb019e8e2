"""Business hours: spans of the week, and stretches of days with hours of their own."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.data.models import Hours, Overlay, OverlayHours

DAY = 1440  # minutes


@dataclass(frozen=True)
class Span:
    """When the shop is open on `weekday` (0 is Monday), in minutes after its midnight; past 1440 is the next day.

    `weekday` is None in an overlay, for each of its days.
    """

    weekday: int | None
    opens: int = 0
    closes: int = DAY
    kind: Literal["open", "all_day", "appointment"] = "open"


def read_hours(session: Session) -> list[Span]:
    """Return the spans of a usual week, in order; a weekday without one is closed."""
    rows = session.scalars(select(Hours).order_by(Hours.weekday, Hours.opens, Hours.id))
    return [Span(row.weekday, row.opens, row.closes, row.kind) for row in rows]  # type: ignore[arg-type]


def set_hours(session: Session, spans: list[Span]) -> None:
    """Make these the hours of a usual week."""
    session.execute(delete(Hours))
    session.add_all(Hours(weekday=s.weekday, opens=s.opens, closes=s.closes, kind=s.kind) for s in spans)
    session.flush()


def add_overlay(session: Session, name: str, starts: str, ends: str, spans: list[Span], kind: str = "") -> int:
    """Add a stretch of days (ISO dates, both included) with hours of its own, and return its id."""
    overlay = Overlay(name=name, kind=kind, starts=starts, ends=ends)
    session.add(overlay)
    session.flush()
    session.add_all(
        OverlayHours(overlay_id=overlay.id, weekday=s.weekday, opens=s.opens, closes=s.closes, kind=s.kind)
        for s in spans
    )
    session.flush()
    return overlay.id
