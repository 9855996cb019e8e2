"""What is due when: follow-ups in groups of days, found by words, and the message of each as its customer reads it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.data.models import Customer, FollowUp, Order, now
from desktop.data.search import fold
from desktop.i18n import N_, _, formats, speaking
from desktop.i18n.bidi import strip
from desktop.services.follow_ups import LONGEST, moment, on_the_wall, read_follow_up, title_of
from desktop.services.opening import ONE_DAY
from desktop.services.profile import read_profile
from desktop.services.share import customers_language

if TYPE_CHECKING:  # the window counts what is due as it opens, long before it writes to anybody
    from desktop.services.letters import Letter

Group = Literal["overdue", "today", "soon", "later", "done"]

GROUPS: dict[Group, str] = {
    # TRANSLATORS: groups of follow-ups: what is late, today, on one of the next six days, after those, and done.
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "soon": N_("Coming days"),
    "later": N_("Later"),
    "done": N_("Done"),
}
OPEN: tuple[Group, ...] = ("overdue", "today", "soon", "later")
SOON = 6  # days after today


@dataclass(frozen=True)
class Due:
    """A follow-up as lists show it. `name` is the customer's, else what the order says; times are seconds, UTC."""

    group: Group
    id: int
    kind: str
    title: str
    text: str
    name: str
    customer_id: int | None
    order_id: int | None
    due_at: int
    minutes: int
    repeat: str
    opened_at: int | None
    done_at: int | None

    @property
    def words(self) -> str:
        """What it is called."""
        return title_of(self.title, self.kind, self.name)


def counts(session: Session, at: int | None = None) -> dict[Group, int]:
    """Return how many there are in each group."""
    at = now() if at is None else at
    conditions = _conditions(session, at)
    return {group: _count(session, group, conditions[group], at) for group in GROUPS}


def list_due(
    session: Session,
    groups: Sequence[Group] = OPEN,
    typed: str = "",
    limit: int = 200,
    at: int | None = None,
) -> list[Due]:
    """Return what is in these groups and says every word of `typed`, at most `limit` of each group.

    A group is by time; what is done begins with the last. What the customer and the order are found by is looked in as
    well.
    """
    conditions = _conditions(session, now() if at is None else at)
    found: list[Due] = []
    for group in groups:
        order: tuple[Any, ...] = (
            (FollowUp.done_at.desc(), FollowUp.due_at.desc(), FollowUp.id.desc())
            if group == "done"
            else (FollowUp.due_at, FollowUp.id)
        )
        query = _rows().where(conditions[group], *_saying(typed)).order_by(*order).limit(limit)
        found += (Due(group, *row) for row in session.execute(query))
    return found


def find_titled(session: Session, typed: str, limit: int) -> list[Due]:
    """Return the first that are still to be done whose own words, not their customer's, hold all of `typed`."""
    said = [FollowUp.search_key.contains(word, autoescape=True) for word in fold(typed).split()]
    query = _rows().where(FollowUp.done_at.is_(None), *said).order_by(FollowUp.due_at, FollowUp.id).limit(limit)
    return [Due("later", *row) for row in session.execute(query)] if said else []


def read_due(session: Session, follow_up_id: int, at: int | None = None) -> Due:
    """Return one of them. Raises NotFound."""
    row = session.execute(_rows().where(FollowUp.id == follow_up_id)).first()
    if row is None:
        read_follow_up(session, follow_up_id)  # which says that it is gone
    assert row
    conditions = _conditions(session, now() if at is None else at)
    for group, condition in conditions.items():
        if session.scalar(select(FollowUp.id).where(FollowUp.id == follow_up_id, condition)):
            return Due(group, *row)
    return Due("later", *row)


def became_due(session: Session, since: int, at: int, limit: int = 5) -> list[Due]:
    """Return what has become due after one moment and up to another, the last ones of it, by time."""
    query = _rows().where(FollowUp.done_at.is_(None), FollowUp.due_at > since, FollowUp.due_at <= at)
    rows = session.execute(query.order_by(FollowUp.due_at.desc(), FollowUp.id.desc()).limit(limit)).all()
    return [Due("today", *row) for row in reversed(rows)]


def letter(
    session: Session, follow_up_id: int, text: str | None = None, customer_id: int | None = None, at: int | None = None
) -> "Letter":
    """Return the message of a follow-up as its customer is to read it; `text` is what is typed of it and not saved.

    Days are told as of `at`, now by itself: "tomorrow".

    {due} is when the order is due, else what this one comes after or before, else itself. An order that no customer is
    known for is written to by its own name and phone. Raises NotFound.
    """
    from desktop.services.letters import write_to
    from desktop.services.order_messages import language_of, order_values
    from desktop.services.orders import buyer

    row = read_follow_up(session, follow_up_id)
    text = row.text if text is None else text
    customer = session.get(Customer, row.customer_id or customer_id or 0)
    order = session.get(Order, row.order_id) if row.order_id else None
    first = session.get(FollowUp, row.after_id) if row.after_id else None
    values = {"due": due_words(session, (first or row).due_at, customer, at)}
    if order is None:
        return write_to(session, text, customer, values)
    customer = customer or buyer(session, order)
    with speaking(language_of(customer, read_profile(session))):
        said = order_values(session, order.id)
    name = said.pop("customer")
    values |= {key: value for key, value in said.items() if value or key != "due"}
    if customer:
        return write_to(session, text, customer, values)
    written = write_to(session, text, None, values | {"customer": name})
    return replace(written, name=name, phone=order.phone)


def due_words(session: Session, due_at: int, customer: Customer | None = None, at: int | None = None) -> str:
    """Return a time in the language that a customer reads as of `at`, ready to be copied: "Saturday 4:00 pm"."""
    wall, today = on_the_wall(session, due_at), on_the_wall(session, now() if at is None else at).date()
    with speaking((customer.language if customer else "") or customers_language(read_profile(session))):
        return strip(formats.datetime(wall, today=today))


def when_words(session: Session, due_at: int, minutes: int = 0) -> str:
    """Return when something is, for a list: "today 4:00 pm", or until when a booking lasts."""
    wall, today = on_the_wall(session, due_at), on_the_wall(session, now()).date()
    begin = formats.datetime(wall, today=today)
    return formats.span(begin, (wall + dt.timedelta(minutes=minutes)).time()) if minutes else begin


def past_words(session: Session, row: FollowUp, at: int | None = None) -> str:
    """Say that the time of something that is still to be done is past, and that it is kept; "" where it is not."""
    at = now() if at is None else at
    if row.done_at is not None or row.due_at > at:
        return ""
    if on_the_wall(session, row.due_at).date() == on_the_wall(session, at).date():
        return _("This time is past.")
    when = formats.date(on_the_wall(session, row.due_at).date())
    return _("This time is past: it was {when}. It stays among what is overdue.").format(when=formats.auto(when))


def _count(session: Session, group: Group, condition: ColumnElement[bool], at: int) -> int:
    """Count a group by what an index holds alone: only bookings of the last day may be late or not."""
    conditions = [condition]
    if group == "overdue":
        day_ago = at - LONGEST * 60
        conditions = [and_(conditions[0], FollowUp.due_at > day_ago)]
        conditions.append(and_(FollowUp.done_at.is_(None), FollowUp.due_at <= day_ago))
    return sum(session.scalar(select(func.count()).where(condition)) or 0 for condition in conditions)


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        FollowUp.id,
        FollowUp.kind,
        FollowUp.title,
        FollowUp.text,
        func.coalesce(Customer.name, Order.name, ""),
        FollowUp.customer_id,
        FollowUp.order_id,
        FollowUp.due_at,
        FollowUp.minutes,
        FollowUp.repeat,
        FollowUp.opened_at,
        FollowUp.done_at,
    )
    people = select(*columns).outerjoin(Customer, Customer.id == FollowUp.customer_id)
    return people.outerjoin(Order, Order.id == FollowUp.order_id)


def _conditions(session: Session, at: int) -> dict[Group, ColumnElement[bool]]:
    """Return what each group holds; a booking is overdue once it is over."""
    today = on_the_wall(session, at).date()
    tomorrow, beyond = (
        moment(session, dt.datetime.combine(today + days * ONE_DAY, dt.time()))[0] for days in (1, SOON + 1)
    )
    still = FollowUp.done_at.is_(None)
    over = FollowUp.due_at + FollowUp.minutes * 60 <= at
    return {
        "overdue": and_(still, FollowUp.due_at <= at, over),
        "today": and_(still, FollowUp.due_at > at - LONGEST * 60, FollowUp.due_at < tomorrow, ~over),
        "soon": and_(still, FollowUp.due_at >= tomorrow, FollowUp.due_at < beyond),
        "later": and_(still, FollowUp.due_at >= beyond),
        "done": FollowUp.done_at.is_not(None),
    }


def _saying(typed: str) -> list[ColumnElement[bool]]:
    """Return what finds follow-ups that say all of some words, by themselves, by their customer or by their order."""
    found: list[ColumnElement[bool]] = []
    for word in fold(typed).split():
        people, orders = (
            select(model.id).where(model.search_key.contains(word.lstrip("+"), autoescape=True))
            for model in (Customer, Order)
        )
        own = FollowUp.search_key.contains(word, autoescape=True)
        found.append(or_(own, FollowUp.customer_id.in_(people), FollowUp.order_id.in_(orders)))
    return found
