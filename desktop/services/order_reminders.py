"""Reminders of orders: what a follow-up that is made from an order begins with, and which orders one may be about."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from desktop.data.models import FollowUp, Order
from desktop.i18n import _, formats
from desktop.services.editing import change_row
from desktop.services.follow_ups import add_follow_up, read_follow_up, update_follow_up, zone_of
from desktop.services.order_due import local
from desktop.services.order_messages import reminder_template
from desktop.services.orders import OPEN, make_customer, read_order

OFFERED = 30  # orders, of which one is chosen


def remind_of(session: Session, order_id: int) -> int:
    """Add a follow-up that reminds whoever ordered, its message written, and return its id. Raises NotFound."""
    order = read_order(session, order_id)
    return add_follow_up(session, order_id=order_id, title=_title(order), text=reminder_template(session, order_id))


def set_order(session: Session, follow_up_id: int, order_id: int | None, base: int | None = None) -> None:
    """Say which order a follow-up is about, or that it is about none; its time stays.

    Where it has no customer, title or message yet, they become those of the order. Raises Stale, NotFound.
    """
    row = change_row(session, FollowUp, follow_up_id, base, {"order_id": order_id})
    session.flush()
    if order_id is None:
        return
    order = read_order(session, order_id)
    fields: dict[str, Any] = {}
    if row.customer_id is None:
        fields["customer_id"] = order.customer_id
    if not row.title:
        fields["title"] = _title(order)
    if not row.text:
        fields["text"] = reminder_template(session, order_id)
    update_follow_up(session, follow_up_id, **fields)


def make_customer_of(session: Session, follow_up_id: int) -> int | None:
    """Make a customer of what the order of a follow-up says, for both, and return the id; None without an order.

    Raises NotFound, and Invalid where the order says neither a name nor a number.
    """
    row = read_follow_up(session, follow_up_id)
    if row.order_id is not None:
        row.customer_id = make_customer(session, row.order_id)
        session.flush()
    return row.customer_id


def offer_orders(session: Session, follow_up_id: int) -> list[tuple[int, str]]:
    """Return the orders that a follow-up may be about, each in words, what is due first before what is due later.

    They are its own, and those still open of its customer, or of everybody where it has none. Raises NotFound.
    """
    row = read_follow_up(session, follow_up_id)
    wanted: list[ColumnElement[bool]] = [Order.state.in_(OPEN)]
    if row.customer_id is not None:
        wanted.append(Order.customer_id == row.customer_id)
    by_time = (Order.id != row.order_id, Order.due_at.is_(None), Order.due_at, Order.id)
    query = select(Order).where(or_(Order.id == row.order_id, and_(*wanted))).order_by(*by_time).limit(OFFERED)
    return [(order.id, _words(session, order, row.customer_id)) for order in session.scalars(query)]


def _title(order: Order) -> str:
    return _("Order {number}").format(number=formats.number(order.number))


def _words(session: Session, order: Order, customer_id: int | None) -> str:
    """Return the number of an order, who ordered unless that is known, and when it is due."""
    parts = [_title(order)]
    if order.name and (customer_id is None or order.customer_id != customer_id):
        parts.append(formats.auto(order.name))
    if order.due_at is not None:
        parts.append(formats.datetime(local(order.due_at, zone_of(session)).replace(tzinfo=None)))
    return " · ".join(parts)
