"""What is due as an iCalendar file (RFC 5545) for the calendar of a phone or a computer: follow-ups, bookings, orders.

The library icalendar writes it, and so escapes whatever is in a text. Times are those of the shop's zone, which is
described in the file; UIDs stay the same, so that bringing the file in again changes events and doubles none.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer, FollowUp, Order, now
from desktop.i18n import _, bidi, formats
from desktop.services.due import letter
from desktop.services.errors import Invalid
from desktop.services.follow_ups import KINDS, on_the_wall, title_of, zone_of
from desktop.services.links import chat_link
from desktop.services.order_messages import order_values
from desktop.services.orders import OPEN
from desktop.services.profile import read_profile

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Dukkan//Dukkan//EN"
PLACE = "dukkan.invalid"  # of the UIDs: a name that nobody has
EVENT = b"BEGIN:VEVENT"  # where each begins
MOMENT = 15  # minutes that stand in the calendar for what takes no time


def write_ics(session: Session) -> bytes:
    """Return a calendar of all that is still to be done: follow-ups, bookings and orders with a time."""
    from icalendar import Calendar

    profile = read_profile(session)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(profile.name) or _("Dukkan"))
    for event in (*_follow_ups(session), *_orders(session)):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def plain(text: str) -> str:
    """Return a text as a calendar shows it: without marks of direction, and without characters that nobody sees."""
    lines = bidi.strip(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"))


def _follow_ups(session: Session) -> "Iterator[Event]":
    query = select(FollowUp, Customer).outerjoin(Customer, Customer.id == FollowUp.customer_id)
    for row, customer in session.execute(
        query.where(FollowUp.done_at.is_(None)).order_by(FollowUp.due_at, FollowUp.id)
    ):
        name = customer.name if customer else ""
        words = title_of(row.title, row.kind, name)
        if row.title and name:
            words = _("{title} · {name}").format(title=row.title, name=name)
        event = _event(session, f"follow-up-{row.id}-{row.created_at}", row.due_at, row.minutes, words, row.version)
        if event is None:
            continue
        event.add("categories", [_(KINDS["booking" if row.kind == "booking" else "task"])])
        written = letter(session, row.id, at=row.due_at)  # as it is read on that day
        if not written.refusal:
            text = plain(written.filled.text)
            if text:
                event.add("description", text)
            if written.phone:
                event.add("url", chat_link(written.phone, text))
        if row.repeat:
            from icalendar.prop import vRecur

            event.add("rrule", vRecur.from_ical(row.repeat))
        yield event


def _orders(session: Session) -> "Iterator[Event]":
    query = select(Order).where(Order.due_at.is_not(None), Order.state.in_(OPEN)).order_by(Order.due_at, Order.id)
    for order in session.scalars(query):
        words = _("Order {number}").format(number=formats.number(order.number))
        if order.name:
            words = _("{title} · {name}").format(title=words, name=order.name)
        event = _event(session, f"order-{order.id}-{order.number}", order.due_at or 0, 0, words, order.version)
        if event is None:
            continue
        event.add("categories", [_("Order")])
        if things := plain(order_values(session, order.id).get("order_items", "")):
            event.add("description", things)
        if order.phone:
            event.add("url", chat_link(order.phone))
        yield event


def _event(session: Session, uid: str, due_at: int, minutes: int, words: str, version: int) -> "Event | None":
    """Return an event at a time of the shop's zone, None beyond what a calendar can say."""
    from icalendar import Event

    try:
        begins = on_the_wall(session, due_at).replace(tzinfo=zone_of(session))
        if begins.astimezone(dt.UTC).timestamp() != due_at:
            begins = begins.replace(fold=1)  # the second time that the clock shows it
        ends = (begins.astimezone(dt.UTC) + dt.timedelta(minutes=minutes or MOMENT)).astimezone(begins.tzinfo)
    except (Invalid, OverflowError):
        return None
    event = Event()
    event.add("uid", f"{uid}@{PLACE}")
    event.add("dtstamp", dt.datetime.fromtimestamp(now(), dt.UTC))
    event.add("sequence", version)
    event.add("summary", " ".join(plain(words).split()))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    return event
