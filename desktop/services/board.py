"""The board: labels as columns, and in them customers, or orders by how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import CustomerLabel, Label, Order
from desktop.i18n import _
from desktop.services.customers import find_customers
from desktop.services.labels import put_labels, state_label, take_labels
from desktop.services.order_list import count_states, find_orders
from desktop.services.orders import ROLES, STATES

Kind = Literal["customers", "orders"]
MOST = 40  # columns: more are not chosen by anybody, and would not be seen
LONG = 3_000  # orders
ALL = 1_000_000  # cards of a column that are looked for where no limit is given


@dataclass(frozen=True)
class Lane:
    """A column: `key` is the id of its label, of orders their state. `cards` are ids, the first of `total`."""

    key: int | str
    name: str
    colour: int
    cards: Sequence[int]
    total: int


def read_lanes(session: Session, kind: Kind, typed: str = "", limit: int | None = None) -> list[Lane]:
    """Return the columns with the cards that say every word of `typed`, `limit` of each at most.

    Customers stand in the columns that the owner has chosen, and in each that they have the label of, the last to come
    first. Orders stand in four: in each as `order_list` has them.
    """
    return _customer_lanes(session, typed, limit) if kind == "customers" else _order_lanes(session, typed, limit)


def first_kind(session: Session) -> Kind:
    """Return what to show to begin with: orders, unless the shop has none."""
    return "customers" if session.scalar(select(Order.id).limit(1)) is None else "orders"


def is_long(session: Session, kind: Kind) -> bool:
    """Say whether the columns take more than a moment to read: orders are sorted by when they are due."""
    return kind == "orders" and session.scalar(select(Order.id).offset(LONG).limit(1)) is not None


def move_customers(session: Session, ids: Sequence[int], source: int, target: int) -> None:
    """Take the label `source` off those of the customers who have it, and put `target` on them instead.

    Raises NotFound if the label has been deleted.
    """
    here = (CustomerLabel.label_id == source, among(session, CustomerLabel.customer_id, ids))
    theirs = list(session.scalars(select(CustomerLabel.customer_id).where(*here)))
    if source != target:
        put_labels(session, theirs, [target])
        take_labels(session, theirs, [source])


def _customer_lanes(session: Session, typed: str, limit: int | None) -> list[Lane]:
    labels = session.execute(
        select(Label.id, Label.name, Label.colour).where(Label.on_board).order_by(Label.position, Label.id).limit(MOST)
    ).all()
    among_those = [among(session, CustomerLabel.customer_id, find_customers(session, typed))] if typed.strip() else []
    of_board = CustomerLabel.label_id.in_([row.id for row in labels])
    counts = select(CustomerLabel.label_id, func.count()).where(of_board, *among_those)
    totals = dict(session.execute(counts.group_by(CustomerLabel.label_id)).all())
    lanes = []
    for row in labels:
        query = select(CustomerLabel.customer_id).where(CustomerLabel.label_id == row.id, *among_those)
        cards = session.scalars(query.order_by(CustomerLabel.id.desc()).limit(limit)).all()
        lanes.append(Lane(row.id, row.name, row.colour, cards, totals.get(row.id, 0)))
    return lanes


def _order_lanes(session: Session, typed: str, limit: int | None) -> list[Lane]:
    totals = count_states(session, typed)
    lanes = []
    for state, role in ROLES.items():
        label = session.get(Label, state_label(session, role) or 0)
        cards = find_orders(session, typed, state, limit or ALL)
        name, colour = (label.name, label.colour) if label else (_(STATES[state]), 0)
        lanes.append(Lane(state, name, colour, cards, max(totals[state], len(cards))))
    return lanes
