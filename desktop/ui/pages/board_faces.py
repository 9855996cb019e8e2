"""What the cards of the board say of a customer, and of an order."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop.i18n import _, formats
from desktop.services.customers import Person, called, read_people
from desktop.services.hours import shop_zone
from desktop.services.order_list import Face, faces
from desktop.services.profile import read_profile
from desktop.ui.pages.order_row import title_of
from desktop.ui.widgets.lane import LaneFace


def customer_faces(session: Session, ids: Sequence[int], but: str = "") -> dict[int, LaneFace]:
    """Return the cards of customers by their ids, with all of their labels but the one whose column they stand in."""
    zone = shop_zone(read_profile(session).time_zone)
    return {person.id: _customer(person, zone, but) for person in read_people(session, ids)}


def order_faces(session: Session, ids: Sequence[int]) -> dict[int, LaneFace]:
    """Return the cards of orders by their ids: whose and what they are, when they are due, what is left to pay."""
    now = formats.now().astimezone(shop_zone(read_profile(session).time_zone))
    return {order.id: _order(order, now.date()) for order in faces(session, ids, now)}


def _customer(person: Person, zone: dt.tzinfo, but: str) -> LaneFace:
    reach = formats.phone(person.phone) if person.phone else formats.ltr(f"@{person.username}") * bool(person.username)
    last = ""
    if person.last_contact_at is not None:
        last = formats.day(dt.datetime.fromtimestamp(person.last_contact_at, zone).date())
    # TRANSLATORS: how to reach a customer, and the day of the last contact.
    under = _("{reach} · {day}").format(reach=reach, day=last) if reach and last else reach or last
    return LaneFace(
        formats.auto(called(person)),
        code=under,
        badges=(_("asked to stop"),) if person.stopped else (),
        labels=tuple(label for label in person.labels if label[0] != but),
    )


def _order(order: Face, today: dt.date) -> LaneFace:
    money = formats.money(order.total, order.currency) if order.total or not order.unpriced else ""
    due = ""
    if order.due is not None:
        due = _due(order.due, today)
    # TRANSLATORS: what an order costs, and when it is due.
    last = _("{money} · {due}").format(money=money, due=due) if money and due else money or due
    badges = (_("overdue"),) if order.section == "overdue" else ()
    return LaneFace(title_of(order), price=last, code=order.things, badges=badges, faded=order.section == "over")


def _due(due: dt.datetime, today: dt.date) -> str:
    """Say when an order is due: today's time, a near day, or the date."""
    days = (due.date() - today).days
    if days == 0:
        return formats.datetime(due, today=today)
    return formats.day(due.date(), today=today) if -2 < days < 7 else formats.date(due.date(), today=today)
