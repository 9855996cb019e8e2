"""What was made of the shop."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from desktop.data.models.base import Base, now


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
