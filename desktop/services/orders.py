"""Orders: what a customer has ordered, by when, what it costs, and how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from desktop.data.many import among
from desktop.data.models import Customer, Order, OrderLine, Profile
from desktop.data.search import search_key
from desktop.i18n import N_, _, formats
from desktop.services.customers import add_customer, holders
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.labels import put_labels, state_label, take_labels
from desktop.services.links import read_phone
from desktop.services.profile import read_profile

STATES = {  # how far an order is, in its usual course, and what that is called
    # TRANSLATORS: how far an order is; these stand on buttons and cards.
    "new": N_("New order"),
    "pending": N_("Pending payment"),
    "paid": N_("Paid"),
    "done": N_("Order complete"),
    "cancelled": N_("Cancelled"),
}
OPEN = ("new", "pending", "paid")  # there is still something to do
SETTLED = ("paid", "done")  # nothing is left to pay
ROLES = {"new": "new_order", "pending": "pending_payment", "paid": "paid", "done": "order_complete"}  # of labels
WAYS = ("pickup", "delivery")
LINES = ("name", "recipient", "currency")
TEXTS = ("address", "card", "note", "source")
PHONES = ("phone", "recipient_phone")
AMOUNTS = ("fee", "discount", "deposit")
ORDERS = Order.metadata.tables["customer_order"]
MOST = 10**12  # of an amount, in the smallest unit
COPIED = (
    *("customer_id", "name", "phone", "way", "recipient", "recipient_phone", "address", "card", "note"),
    *("currency", "fee", "discount"),
)
COPIED_LINE = ("product_id", "variant_id", "code", "name", "quantity", "price", "note", "position")


@dataclass(frozen=True)
class Totals:
    """What an order comes to, in the smallest unit of its currency. `unpriced` is how many of its lines have no price:
    they are counted as nothing.
    """

    items: int
    total: int
    left: int
    unpriced: int = 0


def totals(order: Order, lines: Sequence[OrderLine] | None = None) -> Totals:
    """Return what an order with these lines, or those it was read with, comes to.

    What is paid or done has nothing left to pay.
    """
    lines = order.lines if lines is None else lines
    items = sum((line.price or 0) * line.quantity for line in lines)
    total = items + order.fee - order.discount
    left = 0 if order.state in SETTLED else total - order.deposit
    return Totals(items, total, left, sum(line.price is None for line in lines))


def read_order(session: Session, order_id: int) -> Order:
    """Return an order with its lines. Raises NotFound."""
    options = [selectinload(Order.lines)]
    found = session.get(Order, order_id, options=options, populate_existing=True)
    if found is None:
        raise NotFound("", _("This order has been deleted. Undo brings it back."))
    return found


def add_order(session: Session, lines: Sequence[Mapping[str, Any]] = (), **fields: Any) -> int:
    """Add an order with the next number and return its id; `lines` are as in `order_lines.add_line`.

    Of a customer it has the name, the phone and the address, unless `fields` say others. Raises
    Invalid as `update_order` does.
    """
    from desktop.services.order_lines import add_line

    state = fields.pop("state", "new")
    _check_state(state)
    values = _cleaned(session, fields)
    if customer := session.get(Customer, values.get("customer_id") or 0):
        known = {"name": customer.name, "phone": customer.phone, "address": customer.address}
        values = known | values
    values.setdefault("currency", read_profile(session).currency)
    order = Order(number=next_number(session), state=state, **values)
    session.add(order)
    session.flush()
    order.number = max(order.number, order.id)  # ids are never used again, nor is the number of a deleted order
    for line in lines:
        add_line(session, order.id, **line)
    note_order(session, order.id)
    _move_label(session, order)
    return order.id


def next_number(session: Session) -> int:
    """Return the number after the highest; two programs that write at once do not get the same."""
    session.execute(select(Profile.id).with_for_update())  # where there are several writers: one at a time
    return (session.scalar(select(func.max(Order.number))) or 0) + 1


def update_order(session: Session, order_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of an order; `base` is the version they were typed over. A state goes through `set_state`.

    Another customer brings name and phone along. Raises Invalid, with the column as its field, Stale and NotFound.
    """
    values = _cleaned(session, changed)
    if customer := session.get(Customer, values.get("customer_id") or 0):
        values = {"name": customer.name, "phone": customer.phone} | values
    before = session.scalar(select(Order.customer_id).where(Order.id == order_id))
    order = change_row(session, Order, order_id, base, values)
    session.flush()
    note_order(session, order_id)
    if before != order.customer_id:
        if before is not None:
            _take_label(session, before)
        _move_label(session, order)


def set_state(session: Session, order_id: int, base: int | None, state: str) -> None:
    """Say how far an order is, one of STATES; its customer's label moves along, by the labels' roles.

    Raises Invalid for no such state, Stale if another was set since the version `base`, and NotFound.
    """
    _check_state(state)
    order = change_row(session, Order, order_id, base, {"state": state})
    session.flush()
    _move_label(session, order)


def set_states(session: Session, ids: Sequence[int], state: str) -> None:
    """Do as `set_state` for those of many orders that still exist, whatever their versions, in a few statements."""
    _check_state(state)
    session.flush()
    these = among(session, Order.id, ids)
    session.connection().execute(update(ORDERS).where(these, Order.state != state).values(state=state))
    session.expire_all()
    buyers = session.scalars(select(Order.customer_id).where(these, Order.customer_id.is_not(None)).distinct())
    _move_labels(session, [one for one in buyers if one is not None], state)


def remove_orders(session: Session, ids: Sequence[int]) -> None:
    """Delete orders with their lines; undo brings them back."""
    session.execute(delete(Order).where(Order.id.in_(ids)))


def duplicate_order(session: Session, order_id: int) -> int:
    """Add an order of the same things for the same people, not due yet and with nothing paid, and return its id."""
    source = read_order(session, order_id)
    fields = {name: getattr(source, name) for name in COPIED}
    copied = [{name: getattr(line, name) for name in COPIED_LINE} for line in source.lines]
    new = add_order(session, **fields)
    session.add_all(OrderLine(order_id=new, **line) for line in copied)
    session.flush()
    note_order(session, new)
    return new


def make_customer(session: Session, order_id: int) -> int:
    """Make a customer of an order's name and phone, or find who has this number, and return the id.

    Raises Invalid where the order says neither.
    """
    order = read_order(session, order_id)
    found = customer_with(session, order.phone)
    if found is None:
        phone = f"+{order.phone}" if order.phone else ""
        found = add_customer(session, order.name, phone, address=order.address)
    order.customer_id = found
    session.flush()
    note_order(session, order_id)
    _move_label(session, order)
    return found


def customer_with(session: Session, phone: str) -> int | None:
    """Return the customer with this number, the first of several, of whom it is the first rather than a further one."""
    if not phone:
        return None
    query = select(Customer.id).where(Customer.phone == phone).order_by(Customer.id).limit(1)
    return session.scalar(query) or next(iter(holders(session, phone)), None)


def buyer(session: Session, order: Order) -> Customer | None:
    """Return the customer who ordered: the one that the order names, else the one with its phone."""
    return session.get(Customer, order.customer_id or customer_with(session, order.phone) or 0)


def note_order(session: Session, order_id: int) -> None:
    """Bring up to date what an order is found by, its lines and its customer's name included."""
    session.flush()
    order = read_order(session, order_id)
    lines = [text for line in order.lines for text in (line.name, line.code, line.note)]
    buyer = session.scalar(select(Customer.name).where(Customer.id == order.customer_id)) or ""
    people = (order.name, buyer if buyer != order.name else "", order.recipient)
    key = search_key(str(order.number), *people, order.phone, order.recipient_phone, *lines, order.note, order.card)
    if order.search_key != key:
        order.search_key = key
    session.flush()


def currency_of(session: Session, order: Order) -> str:
    """Return the currency of an order's amounts: its own, else the shop's."""
    return order.currency or read_profile(session).currency


def _move_label(session: Session, order: Order) -> None:
    if order.customer_id is not None:
        _move_labels(session, [order.customer_id], order.state)


def _take_label(session: Session, customer: int) -> None:
    """Have the label of a customer, one of whose orders is another's now, say how far the other orders are."""
    rest = select(Order.state).where(Order.customer_id == customer)
    newest = rest.order_by(Order.state.in_(OPEN).desc(), Order.changed_at.desc(), Order.id.desc()).limit(1)
    if state := session.scalar(newest):
        _move_labels(session, [customer], state)
    else:
        labels = [state_label(session, role) for role in ROLES.values()]
        take_labels(session, [customer], [label for label in labels if label is not None])


def _move_labels(session: Session, customers: Sequence[int], state: str) -> None:
    """Put the label of a state on customers, one of whose orders is there now, and take those of other states away.

    Where that order is over, the newest one of the customer's that is not decides.
    """
    states = dict.fromkeys(customers, state)
    if state not in OPEN:
        query = select(Order.customer_id, Order.state).where(Order.state.in_(OPEN))
        theirs = query.where(among(session, Order.customer_id, customers)).order_by(Order.changed_at, Order.id)
        states |= {customer: newest for customer, newest in session.execute(theirs) if customer is not None}
    labels = {each: state_label(session, role) for each, role in ROLES.items()}
    for each in set(states.values()):
        alike = [customer for customer in customers if states[customer] == each]
        wanted = labels.get(each)
        take_labels(session, alike, [label for label in labels.values() if label not in (wanted, None)])
        if wanted is not None:
            put_labels(session, alike, [wanted])


def _check_state(state: str) -> None:
    if state not in STATES:
        raise Invalid("state", _("Choose one of: {words}.").format(words=formats.listing(map(_, STATES.values()))))


def _cleaned(session: Session, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns of an order as they are kept. Raises Invalid."""
    values: dict[str, Any] = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    for key in values.keys() & {*LINES}:
        values[key] = one_line(values[key])
    for key in values.keys() & {*TEXTS}:
        values[key] = paragraphs(values[key])
    for key in PHONES:
        if values.get(key):
            try:
                values[key] = read_phone(values[key], read_profile(session).territory)
            except Invalid as invalid:
                raise Invalid(key, invalid.message) from invalid
    for key in AMOUNTS:
        values[key] = values.get(key) or 0
        if not 0 <= values[key] <= MOST:
            raise Invalid(key, _("An amount is a number like 75.50, not below 0."))
        if key not in fields:
            del values[key]
    if values.get("way", WAYS[0]) not in WAYS:
        raise Invalid("way", _("Choose pick-up or delivery."))
    return values
