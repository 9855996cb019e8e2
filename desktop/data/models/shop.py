"""The shop itself: who it is, and where it is at home."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.data.models.base import Row


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
