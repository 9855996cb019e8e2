"""Finding orders: by their numbers, names, phones and things, by day and by state; what is due comes first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Order, OrderLine
from desktop.data.search import fold, meanings
from desktop.i18n import _, formats
from desktop.services.hours import shop_zone
from desktop.services.order_due import day_bounds, local
from desktop.services.orders import OPEN, STATES, totals
from desktop.services.profile import read_profile

Section = Literal["overdue", "today", "tomorrow", "later", "undated", "over"]
MOST = 300  # orders of which there is still something to do
OVER = 100  # orders that are done or cancelled: the latest
COLUMNS = (  # of what a list shows; no objects are made of rows
    *(Order.id, Order.version, Order.number, Order.name, Order.phone, Order.customer_id, Order.state, Order.way),
    *(Order.due_at, Order.currency, Order.fee, Order.discount, Order.deposit),
)
LINE_COLUMNS = (OrderLine.order_id, OrderLine.name, OrderLine.quantity, OrderLine.price)
NAMED = 3  # things of an order that a list names


@dataclass(frozen=True)
class Face:
    """What a list shows of an order. Amounts are in the smallest unit of `currency`; `things` is what was ordered, in
    words; `unpriced` says that something has no price yet. `due` is the shop's clock.
    """

    id: int
    version: int
    number: int
    name: str
    phone: str
    customer_id: int | None
    state: str
    way: str
    due: dt.datetime | None
    section: Section
    things: str
    total: int
    left: int
    currency: str
    unpriced: bool


def find_orders(session: Session, typed: str = "", state: str = "", limit: int | None = None) -> list[int]:
    """Return the ids of the orders that say every word of `typed`, the one of that very number first.

    Those of which there is something to do come by when they are due, then those without a date, then those that are
    over, the latest first. `state` is one of STATES, or "" for all.
    """
    return next(filter(None, (_find(session, meant, state, limit) for meant in meanings(typed))), [])


def list_orders(
    session: Session, typed: str = "", state: str = "", day: dt.date | None = None, now: dt.datetime | None = None
) -> list[Face]:
    """Return what a list shows of the orders that `find_orders` finds, or of those due on one day.

    Of open ones the first MOST, of those that are over the latest OVER.
    """
    zone = shop_zone(read_profile(session).time_zone)
    now = (now or formats.now()).astimezone(zone)
    if day is not None:
        first, last = day_bounds(day, zone)
        here = (Order.due_at >= first, Order.due_at < last)
        return faces(session, _ids(session, _words(typed), state, None, *here), now)
    return faces(session, find_orders(session, typed, state), now)


def faces(session: Session, ids: Sequence[int], now: dt.datetime) -> list[Face]:
    """Return the faces of those of `ids` that still exist, in the order of `ids`; `now` is in the shop's zone."""
    if not ids:
        return []
    currency = read_profile(session).currency
    found = {row.id: row for row in session.execute(select(*COLUMNS).where(among(session, Order.id, ids)))}
    lines: dict[int, list[Any]] = {order_id: [] for order_id in found}
    query = select(*LINE_COLUMNS).where(among(session, OrderLine.order_id, list(found)))
    for line in session.execute(query.order_by(OrderLine.position, OrderLine.id)):
        lines[line.order_id].append(line)
    return [_face(found[i], lines[i], found[i].currency or currency, now) for i in ids if i in found]


def count_states(session: Session, typed: str = "") -> dict[str, int]:
    """Return how many orders there are of each state, of those that say every word of `typed`; "" is all of them."""
    query = select(Order.state, func.count()).where(*_words(typed)).group_by(Order.state)
    counts = dict.fromkeys(STATES, 0) | dict(session.execute(query).all())
    return {"": sum(counts.values()), **counts}


def due_orders(session: Session, now: dt.datetime | None = None, limit: int = 100) -> list[Face]:
    """Return the orders that are overdue or due today, of which there is something to do, in the order of time."""
    zone = shop_zone(read_profile(session).time_zone)
    now = (now or formats.now()).astimezone(zone)
    _first, last = day_bounds(now.date(), zone)
    query = select(Order.id).where(Order.state.in_(OPEN), Order.due_at < last).order_by(Order.due_at, Order.id)
    return faces(session, session.scalars(query.limit(limit)).all(), now)


def things_text(lines: Sequence[Any]) -> str:
    """Say in one line what was ordered, with the names and quantities of `lines`: "2 × Cake, Candles and more"."""
    named = [
        formats.auto(line.name)
        if line.quantity == 1
        else _("{n} × {name}").format(n=formats.number(line.quantity), name=formats.auto(line.name))
        for line in lines[:NAMED]
    ]
    words = _(", ").join(named)
    # TRANSLATORS: some of the things in an order, and that there are more.
    return _("{things} and more").format(things=words) if len(lines) > NAMED else words


def section_of(state: str, due: dt.datetime | None, now: dt.datetime) -> Section:
    """Return under which heading an order stands; both times are the shop's."""
    if state not in OPEN:
        return "over"
    if due is None:
        return "undated"
    days = (due.date() - now.date()).days
    if days < 0:
        return "overdue"
    return "today" if days == 0 else "tomorrow" if days == 1 else "later"


def _face(order: Any, lines: Sequence[Any], currency: str, now: dt.datetime) -> Face:
    due = None if order.due_at is None else local(order.due_at, now.tzinfo or dt.UTC)
    sums = totals(order, lines)
    return Face(
        order.id,
        order.version,
        order.number,
        order.name,
        order.phone,
        order.customer_id,
        order.state,
        order.way,
        due,
        section_of(order.state, due, now),
        things_text(lines),
        sums.total,
        sums.left,
        currency,
        sums.unpriced > 0,
    )


def _find(session: Session, typed: str, state: str, limit: int | None) -> list[int]:
    words = _words(typed)
    ids = _ids(session, words, state, limit)
    number = fold(typed).strip().lstrip("#")
    if number.isdecimal() and len(number) < 19:
        query = select(Order.id).where(Order.number == int(number), *words)
        exact = session.scalar(query.where(Order.state == state) if state else query)
        if exact is not None:  # also one so old that it is not among the latest
            ids = [exact, *(order_id for order_id in ids if order_id != exact)][: limit or None]
    return ids


def _ids(
    session: Session, words: Sequence[ColumnElement[bool]], state: str, limit: int | None, *more: ColumnElement[bool]
) -> list[int]:
    def asked(*conditions: ColumnElement[bool]) -> Select[int]:
        query = select(Order.id).where(*words, *more, *conditions)
        return query.where(Order.state == state) if state else query

    soon = asked(Order.state.in_(OPEN)).order_by(Order.due_at.is_(None), Order.due_at, Order.id.desc())
    over = asked(Order.state.not_in(OPEN))
    over = over.order_by(func.coalesce(Order.due_at, Order.placed_at).desc(), Order.id.desc())
    ids = list(session.scalars(soon.limit(limit or MOST)))
    return [*ids, *session.scalars(over.limit(limit or OVER))][: limit or None]


def _words(typed: str) -> list[ColumnElement[bool]]:
    return [_says(word) for word in (word.lstrip("#+") for word in fold(typed).split()) if word]


def _says(word: str) -> ColumnElement[bool]:
    """Return the condition that an order says a word; a phone is kept without the zero that one dials at home."""
    said = Order.search_key.contains(word, autoescape=True)
    digits = word.lstrip("0")
    if word.isdecimal() and digits and digits != word:
        return or_(said, Order.search_key.contains(digits, autoescape=True))
    return said
