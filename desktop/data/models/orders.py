"""What customers have ordered, and what is to be done for them when."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.data.models.base import ByteOrder, Row, loose, now, parent


class OrderLine(Row):
    """One thing of an order, as it was called and cost then."""

    __tablename__ = "order_line"

    order_id: Mapped[int] = mapped_column(parent("customer_order.id"), index=True)
    product_id: Mapped[int | None]  # no foreign key: an item that comes back by undo is found again
    variant_id: Mapped[int | None]
    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(default=1)
    price: Mapped[int | None]  # of one, in the smallest unit of the order's currency
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Order(Row):
    """What somebody ordered: what, for whom, by when, and what is still to be paid. `customer_order` in the database,
    where ORDER is a word of the language.
    """

    __tablename__ = "customer_order"
    __table_args__ = (Index(None, "due_at", "id"), Index(None, "state", "id"), Row.__table_args__)

    number: Mapped[int] = mapped_column(index=True)  # what people call it; grows by one
    customer_id: Mapped[int | None] = mapped_column(loose("customer.id"), index=True)
    name: Mapped[str] = mapped_column(default="")  # of the buyer, as the order says it
    phone: Mapped[str] = mapped_column(default="")  # of the buyer, digits
    state: Mapped[str] = mapped_column(default="new")  # new, pending, paid, done, cancelled
    way: Mapped[str] = mapped_column(default="pickup")  # pickup, delivery
    recipient: Mapped[str] = mapped_column(default="")  # where somebody else than the buyer gets it
    recipient_phone: Mapped[str] = mapped_column(default="")  # digits
    address: Mapped[str] = mapped_column(default="")
    card: Mapped[str] = mapped_column(default="")  # what is written on the card that goes with it
    note: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="")  # ISO 4217
    fee: Mapped[int] = mapped_column(default=0)  # of the delivery, in the smallest unit of `currency`
    discount: Mapped[int] = mapped_column(default=0)
    deposit: Mapped[int] = mapped_column(default=0)  # what is paid already
    due_at: Mapped[int | None]  # UTC seconds
    placed_at: Mapped[int] = mapped_column(default=now)
    source: Mapped[str] = mapped_column(default="")  # the message it was read from
    search_key: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[int] = mapped_column(default=now, onupdate=now)

    lines: Mapped[list[OrderLine]] = relationship(
        lazy="raise", passive_deletes="all", order_by=[OrderLine.position, OrderLine.id]
    )


class FollowUp(Row):
    """Something to do at a time: write to a customer, or be there for one (a booking, which takes a while)."""

    __tablename__ = "follow_up"
    __table_args__ = (Index(None, "due_at", "id"), Index(None, "done_at", "due_at", "id"), Row.__table_args__)

    kind: Mapped[str] = mapped_column(default="task")  # task, booking
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")  # the message to open, with placeholders
    customer_id: Mapped[int | None] = mapped_column(loose("customer.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(loose("customer_order.id"), index=True)
    due_at: Mapped[int]  # UTC seconds
    minutes: Mapped[int] = mapped_column(default=0)  # that a booking takes
    repeat: Mapped[str] = mapped_column(default="")  # an RRULE of iCalendar, RFC 5545: FREQ=DAILY;INTERVAL=3
    after_id: Mapped[int | None] = mapped_column(index=True)  # the follow-up that this one comes after, and moves with
    delay: Mapped[int] = mapped_column(default=0)  # seconds after that one
    opened_at: Mapped[int | None]  # when its chat was opened last; whether it was sent, nobody here knows
    done_at: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    search_key: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int] = mapped_column(default=now)
