"""The lines of an order: things from the catalog or by any other name, as they were called and cost then."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.data.models import Order, OrderLine, Product, Variant
from desktop.data.position import after
from desktop.i18n import _, bidi, formats
from desktop.services.catalog import read_product
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid, NotFound
from desktop.services.order import move_rows
from desktop.services.orders import MOST, note_order, read_order
from desktop.services.profile import read_profile
from desktop.services.sale import paid
from desktop.services.variants import options_of

MOST_PIECES = 99_999  # of one thing


def add_line(
    session: Session,
    order_id: int,
    product_id: int | None = None,
    variant_id: int | None = None,
    quantity: int = 1,
    **fields: Any,
) -> int:
    """Add a line after the last and return its id: an item, one of its variants, or whatever `name` says.

    Name, code and price of an item are copied as they are now, unless `fields` say others. An item that is there
    already, with nothing else said of it, is so many more. Raises Invalid and NotFound.
    """
    order = read_order(session, order_id)
    values: dict[str, Any] = {}
    if product_id is not None:
        same = (line for line in order.lines if (line.product_id, line.variant_id) == (product_id, variant_id))
        line = None if fields else next((line for line in same if not line.note), None)
        if line:
            update_line(session, line.id, quantity=line.quantity + quantity)
            return line.id
        values = _of_item(session, order, product_id, variant_id)
    values = {"name": "", **values, **_cleaned({"quantity": quantity, **fields})}
    if not values["name"]:
        raise Invalid("name", _("Write what is ordered."))
    last = max((line.position for line in order.lines), default="")
    line = OrderLine(order_id=order_id, position=after(last), **values)
    session.add(line)
    session.flush()
    note_order(session, order_id)
    return line.id


def update_line(session: Session, line_id: int, base: int | None = None, **changed: Any) -> None:
    """Change `name`, `quantity`, `price` or `note` of a line. Raises Invalid, Stale, NotFound."""
    values = _cleaned(changed)
    if values.get("name") == "":
        raise Invalid("name", _("Write what is ordered."))
    line = change_row(session, OrderLine, line_id, base, values)
    session.flush()
    note_order(session, line.order_id)


def remove_line(session: Session, line_id: int) -> None:
    """Take a line off its order; undo brings it back. Raises NotFound."""
    line = session.get(OrderLine, line_id)
    if line is None:
        raise NotFound("", _("This line has been removed. Undo brings it back."))
    order_id = line.order_id
    session.execute(delete(OrderLine).where(OrderLine.id == line_id))
    session.expire_all()
    note_order(session, order_id)


def move_lines(session: Session, order_id: int, ids: Sequence[int], before: int | None) -> None:
    """Put lines of an order before another one, or at its end."""
    move_rows(session, OrderLine, ids, before, OrderLine.order_id == order_id)


def _of_item(session: Session, order: Order, product_id: int, variant_id: int | None) -> dict[str, Any]:
    """Return what a line says of an item or its variant; no price where that is in another currency."""
    product = read_product(session, product_id)
    variant = next((v for v in product.variants if v.id == variant_id), None)
    if variant_id is not None and variant is None:
        raise NotFound("", _("This variant has been deleted. Undo brings it back."))
    shop = read_profile(session)
    same = (product.currency or shop.currency) == (order.currency or shop.currency)
    return {
        "product_id": product_id,
        "variant_id": variant_id,
        "code": (variant.code if variant else "") or product.code or "",
        "name": line_name(product, variant),
        "price": paid(product, variant).price if same else None,
    }


def line_name(product: Product, variant: Variant | None) -> str:
    """Return what an item is called in an order, its variant in brackets behind: "Cake (Large)"."""
    way = bidi.strip(formats.listing(options_of(variant).values())) if variant else ""
    return _("{name} ({way})").format(name=product.name, way=way) if way else product.name


def lines_of(session: Session, ids: Sequence[int]) -> dict[int, list[OrderLine]]:
    """Return the lines of several orders, by the orders' ids and in their order."""
    query = select(OrderLine).where(OrderLine.order_id.in_(ids)).order_by(OrderLine.position, OrderLine.id)
    found: dict[int, list[OrderLine]] = {order_id: [] for order_id in ids}
    for line in session.scalars(query):
        found[line.order_id].append(line)
    return found


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        key: one_line(clean(value)) if isinstance(value, str) else value for key, value in fields.items()
    }
    if "quantity" in values and not 1 <= (values["quantity"] or 0) <= MOST_PIECES:
        raise Invalid("quantity", _("A quantity is a whole number, like 12."))
    if values.get("price") is not None and not 0 <= values["price"] <= MOST:
        raise Invalid("price", _("An amount is a number like 75.50, not below 0."))
    return values
