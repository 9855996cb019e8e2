"""One change to many items at once. Each function is one step of an action, and returns how many items it changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from desktop.data.many import Tell, among, silent, write_rows
from desktop.data.models import Collection, CollectionItem, Product
from desktop.data.position import after
from desktop.i18n import _, formats
from desktop.i18n.folding import keys
from desktop.services.catalog import (
    AVAILABILITIES,
    check_code,
    clean_fields,
    duplicate_product,
    forget_word,
    more_words,
    shop_currency,
)
from desktop.services.errors import Invalid, NotFound
from desktop.services.prices import check_sale
from desktop.services.sale import check_span

SEARCHED = ("name", "code", "description", "brand")  # what `catalog.keys` is made of
OF_ONE = ("code", "link", "whatsapp_id")  # what no two items share
products = Product.metadata.tables["product"]


def set_fields(session: Session, ids: Sequence[int], tell: Tell = silent, **fields: Any) -> int:
    """Give items the same values, as `catalog.update_product` takes them; rows that have them already stay as they are.

    Raises Invalid with the column as its field, naming the first item that it cannot be for; then nothing is changed.
    """
    if len(ids) > 1 and (shared := next((name for name in OF_ONE if fields.get(name)), None)):
        raise Invalid(shared, _("This belongs to one item only. Choose that item alone to change it."))
    values = clean_fields(fields)
    if values.get("code"):
        check_code(session, values["code"], product_id=next(iter(ids), 0))
    if values.keys() & {"price", "sale_price"}:
        _check_sales(session, ids, values)
    if values.keys() & {"sale_starts", "sale_ends"}:
        _check_spans(session, ids, values)
    if "availability" in values:
        keeping = Product.extra.contains('"availability"')  # hardly any
        for product in session.scalars(select(Product).where(among(session, Product.id, ids), keeping)).all():
            forget_word(product)
    here = _others(session, ids, values)
    session.flush()
    if values.keys() & set(SEARCHED):
        return _set_searched(session, here, values, tell)
    changed = session.connection().execute(update(products).where(*here).values(values)).rowcount
    session.expire_all()
    return changed


def count_others(session: Session, ids: Sequence[int], **fields: Any) -> int:
    """Return how many of these items have other values: those that `set_fields` would change."""
    here = _others(session, ids, clean_fields(fields))
    return session.scalar(select(func.count()).select_from(Product).where(*here)) or 0


def hide(session: Session, ids: Sequence[int]) -> int:
    """Hide items from customers."""
    return set_fields(session, ids, hidden=True)


def show(session: Session, ids: Sequence[int]) -> int:
    """Let customers see items again."""
    return set_fields(session, ids, hidden=False)


def set_availability(session: Session, ids: Sequence[int], availability: str) -> int:
    """Say of items that they are in stock or out of stock, in one of AVAILABILITIES. Raises Invalid for other words."""
    if availability not in AVAILABILITIES:
        raise Invalid("availability", _("Items are either in stock or out of stock."))
    return set_fields(session, ids, availability=availability)


def put_into(session: Session, ids: Sequence[int], collection_id: int) -> int:
    """Put items at the end of a collection, in the order given, unless they are in it. Raises NotFound."""
    if session.get(Collection, collection_id) is None:
        raise NotFound("", _("This collection has been deleted. Undo brings it back."))
    session.flush()
    inside = CollectionItem.collection_id == collection_id
    there = set(session.scalars(select(CollectionItem.product_id).where(inside)))
    known = set(session.scalars(select(Product.id).where(among(session, Product.id, ids))))
    last = session.scalar(select(func.max(CollectionItem.position)).where(inside)) or ""
    new = [item for item in dict.fromkeys(ids) if item in known and item not in there]
    rows = [
        {"collection_id": collection_id, "product_id": item, "position": after(last, step)}
        for step, item in enumerate(new, 1)
    ]
    if rows:
        session.connection().execute(insert(CollectionItem.metadata.tables["collection_item"]), rows)
        session.expire_all()
    return len(rows)


def take_out(session: Session, ids: Sequence[int], collection_id: int) -> int:
    """Take items out of a collection."""
    session.flush()
    places = CollectionItem.metadata.tables["collection_item"]
    here = (CollectionItem.collection_id == collection_id, among(session, CollectionItem.product_id, ids))
    changed = session.connection().execute(delete(places).where(*here)).rowcount
    session.expire_all()
    return changed


def count_inside(session: Session, ids: Sequence[int], collection_id: int) -> int:
    """Return how many of these items are in a collection: those that `take_out` would change."""
    inside = (CollectionItem.collection_id == collection_id, among(session, CollectionItem.product_id, ids))
    return session.scalar(select(func.count()).select_from(CollectionItem).where(*inside)) or 0


def remove(session: Session, ids: Sequence[int]) -> int:
    """Delete items with all that hangs on them; undo brings them back."""
    session.flush()
    changed = session.connection().execute(delete(products).where(among(session, Product.id, ids))).rowcount
    session.expire_all()
    return changed


def duplicate(session: Session, ids: Sequence[int], tell: Tell = silent) -> int:
    """Add a copy of each item after the last, with its pictures and collections and the next free code."""
    known = set(session.scalars(select(Product.id).where(among(session, Product.id, ids))))
    wanted = [item for item in dict.fromkeys(ids) if item in known]
    for step, item in enumerate(wanted, 1):
        duplicate_product(session, item)
        tell(step, len(wanted))
    return len(wanted)


def _others(session: Session, ids: Sequence[int], values: dict[str, Any]) -> Sequence[Any]:
    """Return the conditions of those of the items that have other values."""
    differs = or_(*(getattr(Product, name).is_distinct_from(value) for name, value in values.items()))
    return among(session, Product.id, ids), differs


def _set_searched(session: Session, here: Sequence[Any], values: dict[str, Any], tell: Tell) -> int:
    """Set what is searched by, and with it, in the same change of each row, the keys that follow from it."""
    rows = []
    more = more_words(session)
    for row in session.execute(select(Product.id, *(getattr(Product, name) for name in SEARCHED)).where(*here)):
        texts = {name: values.get(name, getattr(row, name)) or "" for name in SEARCHED}
        search_key, sort_key = keys(*texts.values(), *more.get(row.id, ()))
        rows.append({"id": row.id, **values, "search_key": search_key, "sort_key": sort_key})
    return write_rows(session, Product, rows, tell)


def _check_spans(session: Session, ids: Sequence[int], values: dict[str, Any]) -> None:
    """Raise Invalid if the sale of an item would end before it begins."""
    field = "sale_ends" if "sale_ends" in values else "sale_starts"
    query = select(func.max(Product.sale_starts), func.min(Product.sale_ends)).where(among(session, Product.id, ids))
    latest, soonest = session.execute(query).one()
    check_span(values.get("sale_starts", latest), values.get("sale_ends", soonest), field)


def _check_sales(session: Session, ids: Sequence[int], values: dict[str, Any]) -> None:
    """Raise Invalid if the sale price of an item would not be below its price, naming the first."""
    price = literal(values["price"], Product.price.type) if "price" in values else Product.price
    sale = literal(values["sale_price"], Product.sale_price.type) if "sale_price" in values else Product.sale_price
    wrong = case((sale.is_(None), False), (price.is_(None), True), else_=sale >= price)
    columns = (Product.name, price.label("price"), sale.label("sale"), Product.currency)
    query = select(*columns).where(among(session, Product.id, ids), wrong).order_by(Product.position, Product.id)
    if (found := session.execute(query.limit(1)).first()) is None:
        return
    field = "sale_price" if "sale_price" in values else "price"
    try:
        check_sale(field, found.price, found.sale, values.get("currency") or found.currency or shop_currency(session))
    except Invalid as invalid:
        # TRANSLATORS: the name of an item, and what is wrong with it.
        sentence = _("{name}: {sentence}").format(name=formats.auto(found.name), sentence=invalid.message)
        raise Invalid(field, sentence) from invalid
