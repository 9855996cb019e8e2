"""The catalog: items, as the owner edits them and as lists show them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, delete, func, select
from sqlalchemy.orm import Session, selectinload

from desktop.data.many import among
from desktop.data.models import CollectionItem, Picture, Product, ProductText, Profile, Variant
from desktop.data.position import after
from desktop.data.search import find_ids, fold
from desktop.i18n import _, formats
from desktop.i18n.folding import keys
from desktop.services.editing import change_row, changed_elsewhere, clean, code_of, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.prices import check_sale
from desktop.services.sale import check_span, state
from desktop.services.web import web_address

AVAILABILITIES = ("in stock", "out of stock")  # the words of Meta's feed
CONDITIONS = ("new", "refurbished", "used")
EXEMPT = "exempt"  # the country of origin of what needs none
MOST = 10**9  # of one item in stock
COPIED = (
    *("name", "description", "price", "sale_price", "sale_starts", "sale_ends", "currency", "link", "hidden"),
    *("availability", "quantity", "condition", "brand", "origin_country", "extra"),
)


class Card(NamedTuple):
    """What a list shows of one item. Prices are in the smallest unit of `currency`; `picture` names its first blob.

    `sale_price` is that of a sale which is on today.
    """

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


def first_picture() -> ScalarSelect[str | None]:
    """Return, as a column of a query of items, the digest of the picture that is shown of each, or NULL."""
    own = select(Picture.sha256).where(Picture.product_id == Product.id, Picture.sha256.is_not(None))
    return own.order_by(Picture.position, Picture.id).limit(1).scalar_subquery()


def cards(session: Session, ids: Sequence[int]) -> list[Card]:
    """Return the cards of those of `ids` that still exist, in the order of `ids`."""
    columns = (Product.id, Product.version, Product.code, Product.name, Product.price, Product.sale_price)
    dates = (Product.sale_starts, Product.sale_ends)
    query = select(
        *columns, *dates, Product.currency, Product.hidden, Product.availability, first_picture().label("blob")
    )
    shop = shop_currency(session)
    found = {}
    for row in session.execute(query.where(Product.id.in_(ids))):
        sale = row.sale_price if state(row) == "on" else None
        here = row.availability == AVAILABILITIES[0]
        found[row.id] = Card(*row[:5], sale, row.currency or shop, row.hidden, here, row.blob)
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
    """Return the item with this very code, or with that without marks that nobody sees. Raises NotFound."""
    typed = clean(code)
    query = select(Product).where(Product.code.in_({typed, code_of(typed)}) & (Product.code != "")).options(*_WHOLE)
    found = session.scalar(query.order_by(Product.code != typed, Product.id).limit(1))
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
    product.search_key, product.sort_key = keys(*_texts(product))
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
    if "availability" in changed:
        forget_word(product)
    note(session, product)
    session.flush()


def update_extra(session: Session, product_id: int, shown: Mapping[str, str] | None = None, **changed: str) -> None:
    """Change columns of a feed that Dukkan has no field for; "" takes one away.

    `shown` is what these columns said when they were typed over, None for whatever they say. Raises Stale if one of
    them has changed since, NotFound if the item is gone.
    """
    product = session.get(Product, product_id)
    if product is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    columns = extra_columns(product)
    for column, typed in changed.items():
        value, stored = one_line(clean(typed)), columns.get(column, "")
        if shown is not None and stored not in (shown.get(column, ""), value):
            raise changed_elsewhere(column)
        columns[column] = value
    kept = {column: value for column, value in columns.items() if value}
    if extra_columns(product) != kept:
        product.extra = _extra(kept)
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
    for text in source.texts:
        session.add(ProductText(product_id=new, language=text.language, name=text.name, description=text.description))
    session.flush()
    note(session, read_product(session, new))
    session.flush()
    return new


def remove_products(session: Session, ids: Sequence[int]) -> None:
    """Delete items with all that hangs on them, which the database takes along; undo brings them back."""
    session.execute(delete(Product).where(among(session, Product.id, ids)))


def next_code(session: Session, code: str) -> str:
    """Return the first free code after `code`, its last number counted up: BAG-0107 → BAG-0108; "" for ""."""
    if not code:
        return ""
    taken = taken_codes(session, _counted(code)[0])
    return next(free for free in codes_after(code) if free not in taken)


def codes_after(code: str) -> Iterator[str]:
    """Yield the codes after `code`, its last number counted up, without an end: BAG-0107 → BAG-0108, BAG-0109, …"""
    head, digits, tail = _counted(code)
    for number in count(int(digits) + 1):
        yield f"{head}{str(number).zfill(len(digits))}{tail}"


def _counted(code: str) -> tuple[str, str, str]:
    """Return the last number of a code, and what stands before and after it; a code without one is the first."""
    match = re.search(r"\d+(?=\D*$)", code)
    return (code[: match.start()], match[0], code[match.end() :]) if match else (f"{code}-", "1", "")


def taken_codes(session: Session, start: str = "") -> set[str]:
    """Return the codes of all items and of their variants that begin with `start`, in small letters or capitals."""
    columns = (Product.code, Variant.code)
    queries = (select(column).where(column.startswith(start, autoescape=True)) for column in columns)
    return {code for query in queries for code in session.scalars(query) if code}


def shop_currency(session: Session) -> str:
    """Return the currency of items that have none of their own."""
    return session.scalar(select(Profile.currency)) or ""


def clean_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are stored, or raise Invalid for what no item can have, whichever it is."""
    values: dict[str, Any] = {key: clean(v) if isinstance(v, str) else v for key, v in fields.items()}
    for key, value in values.items():
        if key == "code":
            values[key] = code_of(value)
        elif key in ("brand", "whatsapp_id", "name"):
            values[key] = one_line(value)
        elif key == "description":
            values[key] = paragraphs(value)
    for key, known in (("availability", AVAILABILITIES), ("condition", CONDITIONS)):
        if key in values and values[key] not in known:
            raise Invalid(key, _("Choose one of: {words}.").format(words=formats.listing(known)))
    if values.get("quantity") is not None and not 0 <= values["quantity"] <= MOST:
        raise Invalid("quantity", _("How many are left is a whole number, like 12, or 0."))
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
        check_code(session, values["code"], product_id=product.id or 0)
    if "price" in values or "sale_price" in values:
        price = values.get("price", product.price)
        sale = values.get("sale_price", product.sale_price)
        currency = values.get("currency", product.currency) or shop_currency(session)
        check_sale("sale_price" if "sale_price" in values else "price", price, sale, currency)
    if "sale_starts" in values or "sale_ends" in values:
        starts = values.get("sale_starts", product.sale_starts)
        ends = values.get("sale_ends", product.sale_ends)
        check_span(starts, ends, "sale_ends" if "sale_ends" in values else "sale_starts")
    return values


def code_holder(session: Session, code: str, product_id: int = 0, variant_id: int = 0) -> str | None:
    """Return the name of an item that has this code, or a variant with it, other than these two; None if none has."""
    items = select(Product.name).where(Product.code == code, Product.id != product_id)
    of_variant = (Variant.code == code, Variant.id != variant_id)
    variants = select(Product.name).join(Variant, Variant.product_id == Product.id).where(*of_variant)
    return session.scalar(items.limit(1)) or session.scalar(variants.limit(1))


def check_code(session: Session, code: str, product_id: int = 0, variant_id: int = 0) -> None:
    """Raise Invalid("code", …) if another item or variant than these has this code."""
    other = code_holder(session, code, product_id, variant_id)
    if other is not None:
        message = _("The code {code} is used by {name}. Choose another one.")
        raise Invalid("code", message.format(code=formats.ltr(code), name=formats.auto(other)))


def note(session: Session, product: Product) -> None:
    """Bring up to date what an item, stored already, is searched and sorted by."""
    with session.no_autoflush:  # else what has changed is written twice, and has two versions
        more = more_words(session, [product.id]).get(product.id, ())
    found = keys(*_texts(product), *more)
    if (product.search_key, product.sort_key) != found:
        product.search_key, product.sort_key = found


def _texts(product: Product) -> tuple[str, str, str, str]:
    return product.name, product.code or "", product.description or "", product.brand or ""


def more_words(session: Session, ids: Sequence[int] | None = None) -> dict[int, list[str]]:
    """Return what these items, or all, are found by beside their own columns, of those that have such.

    That is what they are called in other languages, and the codes of their variants.
    """
    found: dict[int, list[str]] = defaultdict(list)
    texts = select(ProductText.product_id, ProductText.name, ProductText.description).order_by(ProductText.id)
    codes = select(Variant.product_id, Variant.code).where(Variant.code != "").order_by(Variant.position, Variant.id)
    if ids is not None:
        texts = texts.where(among(session, ProductText.product_id, ids))
        codes = codes.where(among(session, Variant.product_id, ids))
    for query in (texts, codes):
        for product_id, *words in session.execute(query):
            found[product_id] += filter(None, words)
    return found


def extra_columns(row: Product | Variant) -> dict[str, str]:
    """Return the columns of a feed that Dukkan has no field for, as they were read."""
    return dict(json.loads(row.extra)) if row.extra else {}


def forget_word(row: Product | Variant) -> None:
    """Keep no longer what a list said of when a row can be had (such as "preorder"): its owner has said something."""
    columns = extra_columns(row)
    if columns.pop("availability", ""):
        row.extra = _extra(columns)


def _extra(columns: Mapping[str, str]) -> str:
    return json.dumps(columns, ensure_ascii=False) if columns else ""
