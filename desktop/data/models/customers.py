"""Who buys: customers and their labels."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.data.models.base import ByteOrder, Row, now, parent


class Label(Row):
    """A coloured word that is put on chats and customers."""

    __tablename__ = "label"

    name: Mapped[str]
    colour: Mapped[int] = mapped_column(default=0)  # 0–19, WhatsApp's fixed colours
    role: Mapped[str] = mapped_column(default="")  # which of WhatsApp's five it was: new_customer, new_order, …
    on_board: Mapped[bool] = mapped_column(default=False)  # whether it is a column there
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Customer(Row):
    """A person who buys: with a phone, a username, or neither."""

    __tablename__ = "customer"
    __table_args__ = (
        Index(None, "sort_key", "id"),
        Index(None, "phone"),
        Index(None, "last_contact_at", "id"),
        Row.__table_args__,
    )

    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")  # digits, country code first
    more_phones: Mapped[str] = mapped_column(default="")  # one a line: digits, or as it was written where it is none
    username: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")  # of the words to write to them: f, m, or unknown
    company: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    more_emails: Mapped[str] = mapped_column(default="")  # one a line
    birthday: Mapped[str] = mapped_column(default="")  # ISO, or --MM-DD
    address: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    consent_at: Mapped[int | None]
    consent_how: Mapped[str] = mapped_column(default="")  # where, and by which words
    stopped_at: Mapped[int | None]  # asked for no more messages
    stopped_how: Mapped[str] = mapped_column(default="")  # where, and by which words
    saved: Mapped[bool] = mapped_column(default=False)  # in the address book of the shop's phone
    last_contact_at: Mapped[int | None]
    search_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(ByteOrder, default="")
    extra: Mapped[str] = mapped_column(default="")  # JSON: what a contact card says and no field keeps
    created_at: Mapped[int] = mapped_column(default=now)
    changed_at: Mapped[int] = mapped_column(default=now, onupdate=now)


class CustomerLabel(Row):
    """A label on a customer."""

    __tablename__ = "customer_label"
    __table_args__ = (UniqueConstraint("customer_id", "label_id"), Row.__table_args__)

    customer_id: Mapped[int] = mapped_column(parent("customer.id"))
    label_id: Mapped[int] = mapped_column(parent("label.id"), index=True)
