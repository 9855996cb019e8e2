"""A whole shop as one JSON document, for scripts and for people without Dukkan; pictures are named, not held."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.data.models import (
    AutomaticMessage,
    AutomaticPeriod,
    AutomaticRecipient,
    AutomaticText,
    Blob,
    Campaign,
    Collection,
    CollectionItem,
    Customer,
    CustomerLabel,
    FollowUp,
    Hours,
    Label,
    Order,
    OrderLine,
    Overlay,
    OverlayHours,
    PhoneCopy,
    Picture,
    PracticeChat,
    PracticeMessage,
    Product,
    Reply,
    ReplyPart,
    ReplyUse,
    Row,
    SavedSearch,
    SendEntry,
    SendList,
    Synonym,
    Variant,
)
from desktop.exchange.feed_cells import picture_name
from desktop.exchange.files import write_file
from desktop.i18n.formats import decimal_text
from desktop.services.catalog import find_products, read_products
from desktop.services.order_lines import lines_of
from desktop.services.profile import read_profile

UNSAID = {"version", "position", "search_key", "sort_key"}  # the order of lists says the position, the rest is ours
# Said by the place in the document:
PARENTS = {
    "product_id",
    "overlay_id",
    "collection_id",
    "customer_id",
    "label_id",
    "reply_id",
    "automatic_id",
    "chat_id",
}
MOMENTS = ("_at", "starts", "ends")
CHUNK = 1000  # items read at a time


def write_json(session: Session, path: Path, tell: Tell = silent) -> None:
    """Write everything that the shop holds to a file in UTF-8. Raises CannotWrite.

    `tell(done, items)` is told how far it is, and may raise to stop: then there is what was there before.

    Prices are decimal strings ("75.50") or null, in `currency`, which is always given; times are ISO 8601 in UTC;
    pictures are objects with `sha256` (or null), `url` and `file`, their name in an upload. Lists are in the owner's
    order, names of fields those of the tables; what the document calls `id` is the same in every export.
    """
    write_file(path, json_pieces(session, tell))


def json_pieces(session: Session, tell: Tell = silent) -> Iterator[bytes]:
    """Yield the bytes of the document, of which a few items are held at a time."""
    before = "{"
    for name, value in _document(session, tell):
        yield f'{before}\n  "{name}": '.encode()
        before = ","
        if isinstance(value, Iterator):
            start = "["
            for item in value:
                yield f"{start}\n    {_text(item, 4)}".encode()
                start = ","
            yield b"[]" if start == "[" else b"\n  ]"
        else:
            yield _text(value, 2).encode()
    yield b"\n}\n"


def read_shop(session: Session) -> dict[str, Any]:
    """Return the document of `write_json`."""
    parts = _document(session, silent)
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in parts}


def _text(value: Any, indent: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * indent)


def _document(session: Session, tell: Tell) -> Iterator[tuple[str, Any]]:
    """Yield each part of the document, with its name, as it is read: items one by one."""
    yield "format", "dukkan"
    yield "profile", _said(read_profile(session))
    yield "hours", _all(session, Hours, Hours.weekday, Hours.opens)
    yield "overlays", _overlays(session)
    collections = _collections(session)
    yield "collections", collections
    yield "items", _items(session, {group["id"]: group["name"] for group in collections}, tell)
    yield "saved_searches", _all(session, SavedSearch, SavedSearch.position)
    yield "synonyms", _all(session, Synonym, Synonym.position)
    yield "replies", _replies(session)
    yield "labels", _all(session, Label, Label.position)
    yield "customers", _customers(session)
    yield "orders", _orders(session)
    yield "follow_ups", _follow_ups(session)
    yield "send_lists", _send_lists(session)
    yield "automatic_messages", _automatic(session)
    yield "practice_chats", _practice_chats(session)
    yield "campaigns", _all(session, Campaign, Campaign.id)
    yield "phone_copies", _all(session, PhoneCopy, PhoneCopy.model, PhoneCopy.row_id, PhoneCopy.field)


def _said(row: Row) -> dict[str, Any]:
    """Return the columns of a row that mean something outside the shop file."""
    names = [column.key for column in row.__table__.columns if column.key not in UNSAID | PARENTS]
    return {name: _value(name, getattr(row, name)) for name in names}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith(MOMENTS):
        return dt.datetime.fromtimestamp(value, dt.UTC).isoformat().replace("+00:00", "Z")
    return value


def _all(session: Session, model: type[Row], *order: Any) -> list[dict[str, Any]]:
    return [_said(row) for row in session.scalars(select(model).order_by(*order, model.id))]


def _overlays(session: Session) -> list[dict[str, Any]]:
    hours: dict[int, list[dict[str, Any]]] = defaultdict(list)
    spans = select(OverlayHours).order_by(OverlayHours.weekday, OverlayHours.opens, OverlayHours.id)
    for row in session.scalars(spans):
        hours[row.overlay_id].append(_said(row))
    overlays = session.scalars(select(Overlay).order_by(Overlay.starts, Overlay.id))
    return [_said(row) | {"hours": hours[row.id]} for row in overlays]


def _collections(session: Session) -> list[dict[str, Any]]:
    """Return the collections, each with the ids of its items in their order there."""
    items: dict[int, list[int]] = defaultdict(list)
    query = select(CollectionItem.collection_id, CollectionItem.product_id)
    for collection, product in session.execute(query.order_by(CollectionItem.position, CollectionItem.id)):
        items[collection].append(product)
    return [group | {"items": items[group["id"]]} for group in _all(session, Collection, Collection.position)]


def _replies(session: Session) -> list[dict[str, Any]]:
    used = {use.reply_id: (use.uses, use.used_at) for use in session.scalars(select(ReplyUse))}
    replies = _all(session, Reply, Reply.position)
    parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for part in session.scalars(select(ReplyPart).order_by(ReplyPart.position, ReplyPart.id)):
        parts[part.reply_id].append(_said(part) | {"product_id": part.product_id})
    for reply in replies:
        uses, used_at = used.get(reply["id"], (0, None))
        reply |= {"uses": uses, "used_at": _value("used_at", used_at), "parts": parts[reply["id"]]}
    return replies


def _customers(session: Session) -> list[dict[str, Any]]:
    labels: dict[int, list[str]] = defaultdict(list)
    query = select(CustomerLabel.customer_id, Label.name).join(Label, Label.id == CustomerLabel.label_id)
    for customer, label in session.execute(query.order_by(Label.position, Label.id)):
        labels[customer].append(label)
    customers = _all(session, Customer, Customer.sort_key)
    return [customer | {"labels": labels[customer["id"]]} for customer in customers]


def _orders(session: Session) -> list[dict[str, Any]]:
    """Return the orders with their lines; customers, items and variants by their ids."""
    shop = read_profile(session).currency
    orders = list(session.scalars(select(Order).order_by(Order.number, Order.id)))
    lines = lines_of(session, [order.id for order in orders])
    return [_order(order, lines[order.id], order.currency or shop) for order in orders]


def _order(order: Order, lines: list[OrderLine], currency: str) -> dict[str, Any]:
    amounts = {name: decimal_text(getattr(order, name), currency) for name in ("fee", "discount", "deposit")}
    return _said(order) | {
        **amounts,
        "currency": currency,
        "customer_id": order.customer_id,
        "lines": [_order_line(line, currency) for line in lines],
    }


def _order_line(line: OrderLine, currency: str) -> dict[str, Any]:
    price = None if line.price is None else decimal_text(line.price, currency)
    return _said(line) | {"product_id": line.product_id, "variant_id": line.variant_id, "price": price}


def _follow_ups(session: Session) -> list[dict[str, Any]]:
    """Return what is to be done and what is done; customers, orders and what it comes after by their ids."""
    rows = session.scalars(select(FollowUp).order_by(FollowUp.due_at, FollowUp.id))
    links = ("customer_id", "order_id", "after_id")
    return [_said(row) | {name: getattr(row, name) for name in links} for row in rows]


def _send_lists(session: Session) -> list[dict[str, Any]]:
    """Return the send lists, each with how far it has come with whom."""
    held: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in session.scalars(select(SendEntry).order_by(SendEntry.position, SendEntry.id)):
        held[row.list_id].append(_said(row) | {"customer_id": row.customer_id, "at": _value("set_at", row.at)})
    lists = _all(session, SendList, SendList.position)
    return [one | {"terms": one["terms"].splitlines(), "entries": held[one["id"]]} for one in lists]


def _automatic(session: Session) -> list[dict[str, Any]]:
    """Return the automatic messages with what of them is only here; customers, labels and overlays by their ids."""
    parts: dict[str, Any] = {"texts": AutomaticText, "periods": AutomaticPeriod, "named": AutomaticRecipient}
    held: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for name, model in parts.items():
        for row in session.scalars(select(model).order_by(model.id)):
            links = {key: getattr(row, key) for key in PARENTS if hasattr(row, key)}
            held[name, row.automatic_id].append(_said(row) | links)
    messages = _all(session, AutomaticMessage, AutomaticMessage.kind.desc())
    return [message | {name: held[name, message["id"]] for name in parts} for message in messages]


def _practice_chats(session: Session) -> list[dict[str, Any]]:
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in session.scalars(select(PracticeMessage).order_by(PracticeMessage.id)):
        moment = _value("said_at", row.at)
        said[row.chat_id].append(_said(row) | {"product_id": row.product_id, "at": moment})
    chats = session.scalars(select(PracticeChat).order_by(PracticeChat.position, PracticeChat.id))
    return [_said(chat) | {"customer_id": chat.customer_id, "messages": said[chat.id]} for chat in chats]


def _items(session: Session, collections: dict[int, str], tell: Tell) -> Iterator[dict[str, Any]]:
    shop = read_profile(session).currency
    formats = {row.sha256: row.format for row in session.execute(select(Blob.sha256, Blob.format))}
    ids = find_products(session)
    for start in range(0, len(ids), CHUNK):
        tell(start, len(ids))
        for product in read_products(session, ids[start : start + CHUNK]):
            yield _item(product, product.currency or shop, collections, formats)


def _item(product: Product, currency: str, collections: dict[int, str], formats: dict[str, str]) -> dict[str, Any]:
    groups = {place.collection_id for place in product.places}
    return _said(product) | {
        **_prices(product, currency),
        "currency": currency,
        "extra": json.loads(product.extra) if product.extra else {},
        "collections": [name for group, name in collections.items() if group in groups],
        "pictures": [_picture(picture, product.code, formats) for picture in product.pictures],
        "texts": [_said(text) for text in product.texts],
        "variants": [_variant(variant, currency) for variant in product.variants],
    }


def _picture(picture: Picture, code: str, formats: dict[str, str]) -> dict[str, Any]:
    digest = picture.sha256
    return _said(picture) | {"file": picture_name(code, digest, formats[digest]) if digest else ""}


def _variant(variant: Variant, currency: str) -> dict[str, Any]:
    extra = json.loads(variant.extra) if variant.extra else {}
    return _said(variant) | {**_prices(variant, currency), "options": json.loads(variant.options), "extra": extra}


def _prices(row: Product | Variant, currency: str) -> dict[str, str | None]:
    found = {"price": row.price, "sale_price": row.sale_price}.items()
    return {name: None if minor is None else decimal_text(minor, currency) for name, minor in found}
