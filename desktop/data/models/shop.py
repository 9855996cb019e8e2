"""The shop itself: who it is, when it is open, and what was made of it."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.data.models.base import Base, Row, now, parent


class Profile(Row):
    """The shop itself, in one row (id 1) that every shop has: its public profile, and where it is at home."""

    __tablename__ = "profile"

    name: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")  # one of Meta's verticals, or nothing
    address: Mapped[str] = mapped_column(default="")
    map_link: Mapped[str] = mapped_column(default="")
    latitude: Mapped[str] = mapped_column(default="")  # decimal degrees, as text: a journal of JSON keeps 15 digits
    longitude: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")  # digits, country code first
    more_phones: Mapped[str] = mapped_column(default="")  # one a line, digits
    username: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    more_emails: Mapped[str] = mapped_column(default="")  # one a line
    website: Mapped[str] = mapped_column(default="")
    website2: Mapped[str] = mapped_column(default="")
    logo: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    cover: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    territory: Mapped[str] = mapped_column(default="")  # ISO 3166, like AE
    currency: Mapped[str] = mapped_column(default="")  # ISO 4217, like AED
    time_zone: Mapped[str] = mapped_column(default="")  # IANA, like Asia/Dubai
    language: Mapped[str] = mapped_column(default="")  # of what customers read


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


class Export(Base):
    """A file or folder that was made of the shop. Not journaled: what is on the disk cannot be taken back."""

    __tablename__ = "export"
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # feed, json, qr_sheet, site, …
    path: Mapped[str]  # absolute, on the computer that made it
    computer: Mapped[str] = mapped_column(default="")
    options: Mapped[str] = mapped_column(default="{}")  # JSON: how to make the same again
    phone: Mapped[str] = mapped_column(default="")  # the shop's number that is written in it, or nothing
    items: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)  # the last entry of the journal then: what is above has changed since
    made_at: Mapped[int] = mapped_column(default=now)
