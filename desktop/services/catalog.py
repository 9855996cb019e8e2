"""The catalog: items, as the owner edits them and as lists show them."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from desktop.data.models import CollectionItem, Picture, Product, Profile, Variant
from desktop.data.position import after
from desktop.data.search import find_ids, fold, search_key, sort_key
from desktop.i18n import _, formats
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.prices import check_sale
from desktop.services.web import web_address

AVAILABILITIES = ("in stock", "out of stock")  # the words of Meta's feed
CONDITIONS = ("new", "refurbished", "used")
COPIED = (
    *("name", "description", "price", "sale_price", "sale_starts", "sale_ends", "currency", "link", "hidden"),
    *("availability", "quantity", "condition", "brand", "origin_country", "extra"),
)


@dataclass(frozen=True)
class Card:
    """What a list shows of one item. Prices are in the smallest unit of `currency`; `picture` names its first blob."""

    id: int
    version: int
    code: str
    name: str
    price: int | None
    sale_price: int | None
    currency: str
    hidden: bool
    available: bool
    picture: str | None


def find_products(session: Session, typed: str = "", limit: int | None = None) -> list[int]:
    """Return the ids of the items that `typed` means, the best first; of all of them in the owner's order.

    `services.where` finds by more than words.
    """
    return find_ids(session, typed, limit)


def count_products(session: Session) -> int:
    """Return how many items there are."""
    return session.scalar(select(func.count()).select_from(Product)) or 0


def cards(session: Session, ids: Sequence[int]) -> list[Card]:
    """Return the cards of those of `ids` that still exist, in the order of `ids`."""
    picture = (
        select(Picture.sha256)
        .where(Picture.product_id == Product.id, Picture.sha256.is_not(None))
        .order_by(Picture.position, Picture.id)
        .limit(1)
        .scalar_subquery()
    )
    columns = (Product.id, Product.version, Product.code, Product.name, Product.price, Product.sale_price)
    query = select(*columns, Product.currency, Product.hidden, Product.availability, picture)
    shop = shop_currency(session)
    rows = session.execute(query.where(Product.id.in_(ids)))
    found = {
        id: Card(id, version, code, name, price, sale, currency or shop, hidden, here == AVAILABILITIES[0], blob)
        for id, version, code, name, price, sale, currency, hidden, here, blob in rows
    }
    return [found[i] for i in ids if i in found]


def read_product(session: Session, product_id: int) -> Product:
    """Return an item with its texts, variants, pictures and places in collections. Raises NotFound."""
    found = session.get(Product, product_id, options=_WHOLE)
    if found is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    return found


def read_products(session: Session, ids: Sequence[int]) -> list[Product]:
    """Return those of `ids` that still exist, as `read_product` does, in the order of `ids`."""
    found = {p.id: p for p in session.scalars(select(Product).where(Product.id.in_(ids)).options(*_WHOLE))}
    return [found[i] for i in ids if i in found]


def find_by_code(session: Session, code: str) -> Product:
    """Return the item with this very code. Raises NotFound."""
    found = session.scalar(select(Product).where(Product.code == code).options(*_WHOLE).order_by(Product.id).limit(1))
    if found is None:
        raise NotFound("code", _("No item has the code {code}.").format(code=formats.ltr(code)))
    return found


def find_by_whatsapp_id(session: Session, number: str) -> int | None:
    """Return the id of the item of which this is Meta's number, or None."""
    query = select(Product.id).where(Product.whatsapp_id == number, Product.whatsapp_id != "")
    return session.scalar(query.order_by(Product.id).limit(1))


_WHOLE = [
    selectinload(Product.texts),
    selectinload(Product.variants),
    selectinload(Product.pictures),
    selectinload(Product.places),
]


def add_product(session: Session, name: str, **fields: Any) -> int:
    """Add an item at the end of the owner's order and return its id; `fields` are as in `update_product`."""
    product = Product(position=after(session.scalar(select(func.max(Product.position))) or ""))
    values = _cleaned(session, product, {"name": name, **fields})
    for key, value in values.items():
        setattr(product, key, value)
    _note(product)
    session.add(product)
    session.flush()
    return product.id


def update_product(session: Session, product_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of an item; `base` is the version they were typed over.

    Values are plain: prices in the smallest unit or None, flags, text. Raises Invalid with the column
    as its field, Stale if the same column has changed elsewhere, NotFound if the item is gone.
    """
    product = session.get(Product, product_id)
    if product is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    change_row(session, Product, product_id, base, _cleaned(session, product, changed))
    _note(product)
    session.flush()


def duplicate_product(session: Session, product_id: int) -> int:
    """Add a copy of an item after the last, with its pictures and collections and the next free code."""
    source = read_product(session, product_id)
    fields = {name: getattr(source, name) for name in COPIED}
    new = add_product(session, code=next_code(session, source.code), **fields)
    for picture in source.pictures:
        session.add(Picture(product_id=new, sha256=picture.sha256, url=picture.url, position=picture.position))
    for place in source.places:
        last = select(func.max(CollectionItem.position)).where(CollectionItem.collection_id == place.collection_id)
        position = after(session.scalar(last) or "")
        session.add(CollectionItem(collection_id=place.collection_id, product_id=new, position=position))
    for variant in source.variants:
        kept = {name: getattr(variant, name) for name in ("options", "price", "sale_price", "availability", "quantity")}
        session.add(Variant(product_id=new, picture=variant.picture, position=variant.position, **kept))
    session.flush()
    return new


def remove_products(session: Session, ids: Sequence[int]) -> None:
    """Delete items with all that hangs on them; undo brings them back."""
    for some in _chunks(ids):
        session.execute(delete(Product).where(Product.id.in_(some)))  # the database takes what hangs on them


def set_hidden(session: Session, ids: Sequence[int], hidden: bool) -> None:
    """Hide items from customers, or show them again."""
    for some in _chunks(ids):
        session.execute(update(Product).where(Product.id.in_(some), Product.hidden != hidden).values(hidden=hidden))


def next_code(session: Session, code: str) -> str:
    """Return the first free code after `code`, its last number counted up: BAG-0107 → BAG-0108; "" for ""."""
    if not code:
        return ""
    match = re.search(r"\d+(?=\D*$)", code)
    head, digits, tail = (code[: match.start()], match[0], code[match.end() :]) if match else (code + "-", "1", "")
    number = int(digits)
    while True:
        number += 1
        candidate = f"{head}{str(number).zfill(len(digits))}{tail}"
        if session.scalar(select(Product.id).where(Product.code == candidate).limit(1)) is None:
            return candidate


def shop_currency(session: Session) -> str:
    """Return the currency of items that have none of their own."""
    return session.scalar(select(Profile.currency)) or ""


def clean_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are stored, or raise Invalid for what no item can have, whichever it is."""
    values: dict[str, Any] = {key: clean(v) if isinstance(v, str) else v for key, v in fields.items()}
    for key, value in values.items():
        if key in ("code", "brand", "whatsapp_id", "name"):
            values[key] = one_line(value)
        elif key == "description":
            values[key] = paragraphs(value)
    if "name" in values and not values["name"]:
        raise Invalid("name", _("The item needs a name to appear in the catalog."))
    if values.get("link"):
        values["link"] = web_address("link", values["link"])
    if values.get("whatsapp_id"):
        values["whatsapp_id"] = fold(values["whatsapp_id"])
        if not (values["whatsapp_id"].isascii() and values["whatsapp_id"].isdigit()):
            raise Invalid(
                "whatsapp_id", _("The WhatsApp product id has digits only, as the phone's item link shows it.")
            )
    return values


def _cleaned(session: Session, product: Product, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are stored on this item, or raise Invalid."""
    values = clean_fields(fields)
    if values.get("code") and values["code"] != product.code:
        _check_code(session, product, values["code"])
    if "price" in values or "sale_price" in values:
        price = values.get("price", product.price)
        sale = values.get("sale_price", product.sale_price)
        currency = values.get("currency", product.currency) or shop_currency(session)
        check_sale("sale_price" if "sale_price" in values else "price", price, sale, currency)
    return values


def _check_code(session: Session, product: Product, code: str) -> None:
    other = session.scalar(select(Product.name).where(Product.code == code, Product.id != (product.id or 0)).limit(1))
    if other is not None:
        message = _("The code {code} is used by {name}. Choose another one.")
        raise Invalid("code", message.format(code=formats.ltr(code), name=formats.auto(other)))


def _note(product: Product) -> None:
    """Bring up to date what is searched and sorted by."""
    texts = (product.name, product.code or "", product.description or "", product.brand or "")
    product.search_key, product.sort_key = keys(*texts)


def keys(name: str, code: str, description: str, brand: str) -> tuple[str, str]:
    """Return what an item is searched by, and what it is sorted by."""
    return search_key(name, code, description, brand), sort_key(name)


def extra_columns(product: Product) -> dict[str, str]:
    """Return the columns of a feed that Dukkan has no field for, as they were read."""
    return dict(json.loads(product.extra)) if product.extra else {}


def _chunks(ids: Sequence[int], size: int = 10_000) -> Iterable[Sequence[int]]:
    """Cut a long list into parts that fit into one statement."""
    return (ids[i : i + size] for i in range(0, len(ids), size))
