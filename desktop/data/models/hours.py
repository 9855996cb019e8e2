"""When the shop is open: in a week, and on days of their own."""

from sqlalchemy.orm import Mapped, mapped_column

from desktop.data.models.base import Row, parent


class Hours(Row):
    """One span of the week in which the shop is open; a weekday without one is closed."""

    __tablename__ = "hours"

    weekday: Mapped[int] = mapped_column(index=True)  # 0 is Monday
    kind: Mapped[str] = mapped_column(default="open")  # open, all_day, appointment
    opens: Mapped[int] = mapped_column(default=0)  # minutes after midnight
    closes: Mapped[int] = mapped_column(default=0)  # minutes after midnight of `weekday`; past 1440 is the next day


class Overlay(Row):
    """A stretch of days with hours of their own: Ramadan, a holiday, a day off."""

    __tablename__ = "overlay"

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")  # what it was made from: ramadan, eid_al_fitr, …
    starts: Mapped[str]  # ISO dates, both included
    ends: Mapped[str]


class OverlayHours(Row):
    """One span of an overlay's days; `weekday` is empty where it holds for all of them."""

    __tablename__ = "overlay_hours"

    overlay_id: Mapped[int] = mapped_column(parent("overlay.id"), index=True)
    weekday: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default="open")
    opens: Mapped[int] = mapped_column(default=0)
    closes: Mapped[int] = mapped_column(default=0)
