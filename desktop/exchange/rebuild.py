"""A shop made anew from what `shop_folder` wrote: no database is needed, and every file is taken for a stranger's."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.many import Tell, silent, write_rows
from desktop.data.models import CALENDAR, Blob, Customer, FollowUp, Order, Product, Profile, Reply, ReplyUse
from desktop.data.position import after
from desktop.data.search import search_key
from desktop.exchange.files import ENDINGS, with_ending
from desktop.exchange.shop_folder import DOCUMENT, PICTURES
from desktop.exchange.shop_json import MOMENTS
from desktop.i18n import _, formats, numbers
from desktop.i18n.folding import keys
from desktop.services.catalog import more_words
from desktop.services.customers import customer_keys
from desktop.services.orders import note_order
from desktop.services.replies import note_reply
from desktop.services.shop import create_shop
from desktop.services.things import links_of, owner_column, table_of

LARGEST = 2**63 - 1
LARGEST_PDF = 100_000_000  # bytes
DIGEST = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# Where the rows of each table are in the document: lists of it, and lists within their entries.
LISTS: dict[str, tuple[str, Mapping[str, str]]] = {
    "hours": ("hours", {}),
    "overlays": ("overlay", {"hours": "overlay_hours"}),
    "labels": ("label", {}),
    "items": ("product", {"texts": "product_text", "variants": "variant", "pictures": "picture"}),
    "collections": ("collection", {}),
    "saved_searches": ("saved_search", {}),
    "synonyms": ("synonym", {}),
    "replies": ("reply", {"parts": "reply_part"}),
    "customers": ("customer", {}),
    "orders": ("customer_order", {"lines": "order_line"}),
    "follow_ups": ("follow_up", {}),
    "send_lists": ("send_list", {"entries": "send_entry"}),
    "automatic_messages": (
        "automatic_message",
        {"texts": "automatic_text", "periods": "automatic_period", "named": "automatic_recipient"},
    ),
    "practice_chats": ("practice_chat", {"messages": "practice_message"}),
    "campaigns": ("campaign", {}),
    "phone_copies": ("phone_copy", {}),
}
PRICES = {"price", "sale_price", "fee", "discount", "deposit"}
MADE = {"position", "search_key", "sort_key", "version"}  # which the document leaves out
Said = dict[str, Any]


class NotRebuilt(Exception):
    """A folder of which no shop can be made. Its text says why."""


class NothingThere(NotRebuilt):
    """There is no such folder, or it may not be read."""


class Rebuilt(NamedTuple):
    """What is in the shop now; `missing` counts the pictures that were not in the folder, or damaged."""

    items: int
    replies: int
    customers: int
    missing: int


@dataclass
class _Shop:
    """The rows of a document, by table, ready to be inserted."""

    profile: Said = field(default_factory=dict)
    rows: dict[str, list[Said]] = field(default_factory=dict)
    uses: list[Said] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)

    def place(self, table: str) -> str:
        self.last[table] = after(self.last.get(table, ""))
        return self.last[table]


def rebuild_shop(folder: Path, path: Path, tell: Tell = silent) -> Rebuilt:
    """Make the shop file `path` of a folder that `write_shop` wrote, or of its shop.json alone.

    Raises NotRebuilt, and FileExistsError rather than write over anything; then there is no shop. Pictures that are
    lost or damaged are left out, and counted.
    """
    document = folder if folder.is_file() else folder / DOCUMENT
    shop = _read(_load(document))
    found: list[Rebuilt] = []
    try:
        create_shop(path, lambda session: found.append(_fill(session, shop, document.parent, tell)))
    except (DBAPIError, OverflowError, UnicodeEncodeError) as error:
        raise _broken(document) from error
    return found[0]


def _load(path: Path) -> Said:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        if not path.parent.exists():
            message = _("There is no file at {path}.").format(path=formats.ltr(str(path.parent)))
            raise NothingThere(message) from error
        message = _("There is no {name} in this folder. Choose a folder that Dukkan exported a whole shop to.")
        raise NotRebuilt(message.format(name=formats.ltr(DOCUMENT))) from error
    except OSError as error:
        message = _("{name} cannot be read. Check that you may open it.")
        raise NothingThere(message.format(name=formats.ltr(path.name))) from error
    except (ValueError, RecursionError) as error:
        raise _broken(path) from error
    if not isinstance(found, dict) or found.get("format") != "dukkan":
        message = _("{name} is not the export of a shop. Choose a folder that Dukkan exported a whole shop to.")
        raise NotRebuilt(message.format(name=formats.ltr(path.name)))
    return found


def _broken(path: Path) -> NotRebuilt:
    message = _("{name} is damaged, or was changed by hand: no whole shop can be made of it.")
    return NotRebuilt(message.format(name=formats.ltr(path.name)))


def _read(document: Said) -> _Shop:
    """Turn the document into rows. Raises NotRebuilt where it says something that no shop holds."""
    try:
        shop = _Shop(_row("profile", document["profile"], ""))
        currency = shop.profile["currency"]
        for name, (table, parts) in LISTS.items():
            for said in document.get(name, []):
                _take(shop, table, parts, said, currency)
        labels = {row["name"]: row["id"] for row in reversed(shop.rows.get("label", []))}
        _tie(shop, document, labels)
        _check_links(shop)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _broken(Path(DOCUMENT)) from error
    return shop


def _take(shop: _Shop, table: str, parts: Mapping[str, str], said: Said, shop_currency: str) -> None:
    currency = said.get("currency") or shop_currency
    row = _row(table, said, currency)
    if table == "product" and row["currency"] == shop_currency:
        row["currency"] = ""
    if table == "reply" and said.get("uses"):
        used_at = _whole(_moment(said.get("used_at") or 0))
        shop.uses.append({"reply_id": row["id"], "uses": _whole(said["uses"]), "used_at": used_at})
    _add(shop, table, row)
    for name, part in parts.items():
        owner = owner_column(part)
        assert owner, "the hours are no part of a list"
        for held in said.get(name, []):
            _add(shop, part, {**_row(part, held, currency), owner: row["id"]})


def _add(shop: _Shop, table: str, row: Said) -> None:
    if "position" in row:
        row["position"] = shop.place(table)
    shop.rows.setdefault(table, []).append(row)


def _row(table: str, said: Said, currency: str) -> Said:
    """Return a row of what is said of it; what is not said has its default."""
    if not isinstance(said, dict):
        raise TypeError(said)
    row: Said = {}
    for column in table_of(table).columns:
        name = column.name
        if name in MADE or name not in said:
            default = getattr(column.default, "arg", None)
            row[name] = 1 if name == "version" else default if isinstance(default, (str, int)) else None
            if name in ("search_key", "sort_key", "position"):
                row[name] = ""
            continue
        row[name] = _value(table, name, said[name], currency)
        kind = column.type.python_type
        if not (row[name] is None and column.nullable) and type(row[name]) is not kind:
            raise TypeError(name)
    if table != "profile" and not 0 < row["id"] <= LARGEST:
        raise ValueError(row["id"])
    return row


def _value(table: str, name: str, value: Any, currency: str) -> Any:
    if name in PRICES and isinstance(value, str):
        return _minor(value, currency)
    if name in ("options", "extra") and isinstance(value, dict):
        empty = "{}" if name == "options" else ""
        return json.dumps(value, ensure_ascii=False) if value else empty
    if table == "send_list" and name == "terms" and isinstance(value, list):
        return "\n".join(value)
    if table_of(table).c[name].type.python_type is int:
        value = _moment(value)
        if value is not None and name.endswith(MOMENTS) and _whole(value) not in CALENDAR:
            raise ValueError(name)
        return value if value is None else _whole(value)
    if isinstance(value, str) and "\0" in value:
        raise ValueError(name)
    return value


def _minor(written: str, currency: str) -> int:
    try:
        amount = Decimal(written).scaleb(numbers.exponent(currency))
        if abs(amount) <= LARGEST and amount == amount.to_integral_value():
            return int(amount)
    except ArithmeticError as error:  # no number, or one beyond all
        raise ValueError(written) from error
    raise ValueError(written)


def _moment(value: Any) -> Any:
    """Return a moment as seconds, if it is written as one."""
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return int(dt.datetime.fromisoformat(value).timestamp())
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > LARGEST:
        raise TypeError(value)
    return value


def _tie(shop: _Shop, document: Said, labels: Mapping[str, int]) -> None:
    """Add the rows that the document says by names: items in collections, labels on customers."""
    places = ((group["id"], item) for group in document.get("collections", []) for item in group.get("items", []))
    for id, (group, item) in enumerate(places, 1):
        row = {"id": id, "version": 1, "collection_id": group, "product_id": item, "position": ""}
        _add(shop, "collection_item", row)
    put = ((who["id"], labels[name]) for who in document.get("customers", []) for name in who.get("labels", []))
    for id, (who, label) in enumerate(put, 1):
        _add(shop, "customer_label", {"id": id, "version": 1, "customer_id": who, "label_id": label})


def _check_links(shop: _Shop) -> None:
    """See that no row names another that is not there."""
    ids = {table: {row["id"] for row in rows} for table, rows in shop.rows.items()}
    for table, rows in shop.rows.items():
        keys = {c.name: links_of(table)[c.name] for c in table_of(table).columns if c.name in links_of(table)}
        for column, other in keys.items():
            if not table_of(table).c[column].foreign_keys:
                continue
            for row in rows:
                if row[column] is not None and row[column] not in ids.get(other, ()):
                    raise ValueError(column)


def _fill(session: Session, shop: _Shop, folder: Path, tell: Tell) -> Rebuilt:
    """Write the rows into a new shop."""
    renamed, missing = _bring_pictures(session, shop, folder, tell)
    _rename(shop, renamed)
    profile = {name: value for name, value in shop.profile.items() if name not in ("id", "version")}
    session.execute(update(Profile).where(Profile.id == 1).values(profile))
    for table, rows in shop.rows.items():
        session.execute(insert(table_of(table)), rows)
    if shop.uses:
        session.execute(insert(ReplyUse), shop.uses)
    _note(session, shop)
    _keep_ids(session, shop)
    items, replies, customers = (len(shop.rows.get(table, ())) for table in ("product", "reply", "customer"))
    return Rebuilt(items, replies, customers, missing)


def _digests(shop: _Shop) -> Iterator[tuple[Said, str]]:
    """Yield every row that names a picture, and the column."""
    for table, rows in [("profile", [shop.profile]), *shop.rows.items()]:
        for column in table_of(table).columns:
            if any(key.column.table.name == "blob" for key in column.foreign_keys):
                yield from ((row, column.name) for row in rows if row[column.name] is not None)


def _bring_pictures(session: Session, shop: _Shop, folder: Path, tell: Tell) -> tuple[dict[str, str], int]:
    """Keep the pictures that rows name, and return what each is called here, and how many are lost."""
    wanted = sorted({row[column] for row, column in _digests(shop)})
    kept: dict[str, str] = {}
    for done, digest in enumerate(wanted, 1):
        if found := _picture(session, folder / PICTURES, digest):
            kept[digest] = found
        tell(done, len(wanted))
    session.flush()
    return kept, len(wanted) - len(kept)


def _picture(session: Session, folder: Path, digest: str) -> str:
    """Keep a picture or a PDF of the folder and return its digest, "" where it is lost or not what it was."""
    from desktop.data.image_kinds import LARGEST_FILE, Unreadable
    from desktop.data.images import normalise

    if not DIGEST.fullmatch(digest):
        return ""
    for format in ENDINGS:
        path = folder / with_ending(digest, format)
        try:
            if not path.is_file() or path.stat().st_size > max(LARGEST_FILE, LARGEST_PDF):
                continue
            data = path.read_bytes()
        except OSError:
            return ""
        if sha256(data).hexdigest() != digest:
            return ""
        if format == "pdf":
            if not data.startswith(b"%PDF-"):
                return ""
            blob = {"data": data, "thumbnail": b"", "format": "pdf", "width": 0, "height": 0}
            session.execute(insert(Blob), [{"sha256": digest, **blob}])
            return digest
        try:
            return blobs.store(session, normalise(data))
        except Unreadable:
            return ""
    return ""


def _rename(shop: _Shop, kept: Mapping[str, str]) -> None:
    for row, column in _digests(shop):
        row[column] = kept.get(row[column])
    pictures = shop.rows.get("picture", [])
    pictures[:] = [row for row in pictures if row["sha256"] or row["url"]]
    if not pictures:
        shop.rows.pop("picture", None)


def _note(session: Session, shop: _Shop) -> None:
    """Write what rows are found and sorted by, which the document does not say; moments of change stay."""
    more = more_words(session)
    found = []
    for row in shop.rows.get("product", ()):
        texts = (row["name"], row["code"], row["description"], row["brand"])
        search, sort = keys(*texts, *more.get(row["id"], ()))
        found.append(_keyed(row, search, sort))
    write_rows(session, Product, found)
    people = [_keyed(row, *customer_keys(row)) for row in shop.rows.get("customer", ())]
    write_rows(session, Customer, people)
    due = shop.rows.get("follow_up", ())
    write_rows(
        session, FollowUp, [{"id": row["id"], "search_key": search_key(row["title"], row["note"])} for row in due]
    )
    for reply in session.scalars(select(Reply)):
        note_reply(session, reply)
    session.flush()
    orders: Sequence[Said] = shop.rows.get("customer_order", ())
    for row in orders:
        note_order(session, row["id"])
    write_rows(session, Order, [{"id": row["id"], "changed_at": row["changed_at"]} for row in orders])


def _keyed(row: Said, search: str, sort: str) -> Said:
    return {"id": row["id"], "search_key": search, "sort_key": sort, "changed_at": row["changed_at"]}


def _keep_ids(session: Session, shop: _Shop) -> None:
    """Give out no id that a row names though it has gone: what comes next is something else."""
    named: dict[str, int] = {}
    for table, rows in shop.rows.items():
        for column, other in links_of(table).items():
            named[other] = max(named.get(other, 0), *(row[column] or 0 for row in rows), 0)
    for row in shop.rows.get("phone_copy", ()):
        if row["model"] in shop.rows:
            named[row["model"]] = max(named.get(row["model"], 0), row["row_id"])
    for table, id in named.items():
        known = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = session.scalar(known, {"table": table})
        if last is None:
            session.execute(text("INSERT INTO sqlite_sequence VALUES (:table, :id)"), {"table": table, "id": id})
        elif last < id:
            session.execute(
                text("UPDATE sqlite_sequence SET seq = :id WHERE name = :table"), {"table": table, "id": id}
            )
