"""The items of a shop as a feed meets them: thousands at a time, in a few large statements."""

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.history import journal
from desktop.data.many import among, insert_rows, write_rows
from desktop.data.models import Blob, CollectionItem, Picture, Product, Variant
from desktop.data.position import after
from desktop.data.search import fold
from desktop.exchange.feed_cells import BLANK, picture_name
from desktop.services.catalog import find_products, keys, more_words
from desktop.services.collections import add_collection, list_collections

CHUNK = 1000  # items in memory while they are written to a file
SEARCHED = ("name", "code", "description", "brand")


@dataclass(frozen=True)
class Way:
    """One way in which an item is sold, as it is kept. Prices are None where they are the item's."""

    options: dict[str, str]
    code: str
    price: int | None
    sale_price: int | None
    availability: str
    quantity: int | None


class Items:
    """The items as they are, and what is to be written of them in a few large statements.

    Whatever is asked of it before `write` reads nothing and writes nothing: it can be made by one session and written
    by another, as long as the shop is not `is_stale`.
    """

    def __init__(self, session: Session) -> None:
        self.seen = _last_entry(session)
        self._by_code: dict[str, dict[str, Any]] = {}
        self._by_name: dict[str, deque[dict[str, Any]]] = defaultdict(deque)  # of those without a code
        self._by_any_name: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
        self._met: set[int] = set()
        self._shown: dict[int, bool] = {}  # by id, of items that customers see
        for row in session.execute(select(*_columns()).order_by(Product.id)):
            item = row._asdict()
            if item["code"]:
                self._by_code.setdefault(item["code"], item)
            else:
                self._by_name[item["name"]].append(item)
            self._by_any_name[item["name"]].append(item)
            self._shown[item["id"]] = not item["hidden"]
        self._codes = set(self._by_code) | set(session.scalars(select(Variant.code).where(Variant.code != "")))
        self._pictures = _pictures(session, None) if self._shown else {}
        self._words = more_words(session) if self._shown else {}
        self._variants = _variants(session) if self._shown else {}
        self._groups = {fold(group.name): group.id for group in list_collections(session)}
        self._places = set(map(tuple, session.execute(select(CollectionItem.collection_id, CollectionItem.product_id))))
        self._new: list[dict[str, Any]] = []
        self._new_links: list[list[str]] = []
        self._new_ways: list[Sequence[Way]] = []
        self._new_groups: list[Sequence[str]] = []
        self._changes: list[dict[str, Any]] = []
        self._gone: list[int] = []
        self._moved: list[dict[str, Any]] = []
        self._added: list[dict[str, Any]] = []
        self._ways: list[dict[str, Any]] = []
        self._way_changes: list[dict[str, Any]] = []
        self._grouped: list[tuple[int, str]] = []

    def is_stale(self, session: Session) -> bool:
        """Say whether the shop is no longer what it was when this was made."""
        return _last_entry(session) != self.seen

    def find(self, code: str, name: str) -> dict[str, Any] | None:
        """Return the item with this code; else the next item of this name that has none, each only once."""
        found = self._by_code.get(code) if code else None
        if found is None:
            found = self._next(self._by_name, name)
        return self._meet(found)

    def find_by_name(self, name: str) -> dict[str, Any] | None:
        """Return the next item of this name, whatever its code, each only once."""
        return self._meet(self._next(self._by_any_name, name))

    def _next(self, known: Mapping[str, deque[dict[str, Any]]], name: str) -> dict[str, Any] | None:
        return known[name].popleft() if known.get(name) else None

    def _meet(self, item: dict[str, Any] | None) -> dict[str, Any] | None:
        if item is not None:
            self._met.add(item["id"])
        return item

    def has_code(self, code: str) -> bool:
        """Say whether an item or a variant has this code, or one that is to be added."""
        return code in self._codes

    def add(self, values: dict[str, Any], links: list[str], ways: Sequence[Way], groups: Sequence[str]) -> None:
        """Add an item at the end of the owner's order, with pictures that are on the web."""
        self._new.append(values)
        self._new_links.append(links)
        self._new_ways.append(ways)
        self._new_groups.append(groups)
        self._codes.update(filter(None, (values["code"], *(way.code for way in ways))))

    def change(self, item: Mapping[str, Any], values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Give an item new values, and return each field that changes with what it had and has."""
        new = {name: value for name, value in values.items() if value != item[name]}
        if not new:
            return {}
        fields = {name: (item[name], value) for name, value in new.items()}
        if new.keys() & set(SEARCHED):
            new |= _keys(values, self._words.get(item["id"], ()))
        self._changes.append({"id": item["id"]} | new)
        return fields

    def show(self, product: int, image: str, more: list[str]) -> bool:
        """Give an item its pictures and return whether anything is new; "" and [] leave what it has."""
        current = self._pictures.get(product, [])
        shown = arranged(current, image, more)
        if shown == current:
            return False
        self._gone += [picture.id for picture in current if picture not in shown]
        last = ""
        for picture in shown:
            last = after(last)
            if isinstance(picture, str):
                self._added.append({"product_id": product, "url": picture, "position": last})
            elif picture.position != last:
                self._moved.append({"id": picture.id, "position": last})
        return True

    def sell(self, product: int, ways: Sequence[Way]) -> bool:
        """Give an item its ways, known by their options, and return whether anything is new; others stay."""
        known = self._variants.get(product, {})
        changed = False
        last = max((variant["position"] for variant in known.values()), default="")
        for way in ways:
            variant = known.get(options_text(way.options))
            values = _way_values(way)
            if variant is None:
                last = after(last)
                self._ways.append({"product_id": product, "position": last} | values)
                changed = True
            elif new := {name: value for name, value in values.items() if value != variant[name]}:
                self._way_changes.append({"id": variant["id"]} | new)
                changed = True
        return changed

    def group(self, product: int, names: Sequence[str]) -> bool:
        """Put an item into collections, made where there is none of that name; return whether it was in all of them."""
        new = [name for name in names if (self._groups.get(fold(name), 0), product) not in self._places]
        self._grouped += [(product, name) for name in new]
        return bool(new)

    def hide_unseen(self) -> int:
        """Hide the items that were never found, and return how many those are."""
        unseen = [item for item, shown in self._shown.items() if shown and item not in self._met]
        self._changes += [{"id": item, "hidden": True} for item in unseen]
        return len(unseen)

    def write(self, session: Session) -> None:
        """Write it all."""
        write_rows(session, Product, self._changes)
        if self._new:
            for product, links, ways, groups in zip(
                self._insert_new(session), self._new_links, self._new_ways, self._new_groups, strict=True
            ):
                self.show(product, links[0] if links else "", links[1:])
                self.sell(product, ways)
                self.group(product, groups)
        if self._gone:
            session.execute(delete(Picture).where(among(session, Picture.id, self._gone)))
        write_rows(session, Picture, self._moved)
        write_rows(session, Variant, self._way_changes)
        for model, rows in ((Picture, self._added), (Variant, self._ways)):
            insert_rows(session, model, rows)
        self._write_groups(session)
        session.expire_all()

    def _insert_new(self, session: Session) -> Sequence[int]:
        """Add the new items and return their ids, in their order."""
        last = session.scalar(select(func.max(Product.position))) or ""
        for values in self._new:
            last = after(last)
            values |= _keys(values) | {"position": last}
        return insert_rows(session, Product, self._new)

    def _write_groups(self, session: Session) -> None:
        """Put items at the end of their collections."""
        last: dict[int, str] = {}
        rows = []
        for product, name in self._grouped:
            group = self._groups.get(fold(name))
            if group is None:
                group = self._groups[fold(name)] = add_collection(session, name)
            if (group, product) in self._places:
                continue
            self._places.add((group, product))
            if group not in last:
                end = select(func.max(CollectionItem.position)).where(CollectionItem.collection_id == group)
                last[group] = session.scalar(end) or ""
            last[group] = after(last[group])
            rows.append({"collection_id": group, "product_id": product, "position": last[group]})
        insert_rows(session, CollectionItem, rows)


def options_text(options: Mapping[str, str]) -> str:
    """Return the options of a variant as they are kept, by which it is known."""
    return json.dumps(dict(options), ensure_ascii=False)


def _way_values(way: Way) -> dict[str, Any]:
    return {
        "options": options_text(way.options),
        "code": way.code,
        "price": way.price,
        "sale_price": way.sale_price,
        "availability": way.availability,
        "quantity": way.quantity,
    }


def _variants(session: Session) -> dict[int, dict[str, dict[str, Any]]]:
    """Return the variants of every item, each by its options."""
    columns = (Variant.options, Variant.code, Variant.price, Variant.sale_price, Variant.availability, Variant.quantity)
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in session.execute(select(Variant.id, Variant.product_id, Variant.position, *columns)):
        options = json.loads(row.options) if row.options else {}
        found[row.product_id][options_text(options)] = row._asdict() | {"options": options_text(options)}
    return found


def _last_entry(session: Session) -> int:
    return session.scalar(select(func.max(journal.c.seq))) or 0


@dataclass(frozen=True)
class Shown:
    """A picture of an item; `file` is its name in an upload, "" if the shop has only its address."""

    id: int
    url: str
    file: str
    position: str

    def is_at(self, address: str) -> bool:
        """Tell whether this picture is what the address shows: its own, or one that an export gave it."""
        # The end of a name is made of the picture's digest; what stands before it may have changed.
        return self.url == address or (self.file != "" and address.endswith(self.file[self.file.rindex("-") :]))


def arranged(current: list[Shown], image: str, more: list[str]) -> list[Shown | str]:
    """Return the pictures of an item after a feed named the first one and the others, "" and [] being silence.

    What the shop keeps itself always stays, at the end if it is not named.
    """
    left = list(current)

    def named(address: str) -> Shown | str:
        found = next((picture for picture in left if picture.is_at(address)), None)
        if found is None:
            return address
        left.remove(found)
        return found

    first: list[Shown | str] = []
    if image:
        first = [named(image)]
    elif left and not any(left[0].is_at(address) for address in more):
        first = [left.pop(0)]
    others = [named(address) for address in more]
    if more:
        left = [picture for picture in left if picture.file]
    elif isinstance(first[0] if first else None, str) and left and not left[0].file:
        left.pop(0)  # the address that the new one replaces
    return [*first, *others, *left]


def _pictures(session: Session, products: Sequence[int] | None) -> dict[int, list[Shown]]:
    """Return the pictures of these items, or of all, in their order."""
    columns = (Picture.id, Picture.product_id, Picture.url, Picture.position, Picture.sha256, Blob.format, Product.code)
    query = select(*columns).join(Product, Product.id == Picture.product_id)
    query = query.outerjoin(Blob, Blob.sha256 == Picture.sha256)
    if products is not None:
        query = query.where(Picture.product_id.in_(products))
    found: dict[int, list[Shown]] = defaultdict(list)
    for row in session.execute(query.order_by(Picture.product_id, Picture.position, Picture.id)):
        file = picture_name(row.code, row.sha256, row.format) if row.sha256 else ""
        found[row.product_id].append(Shown(row.id, row.url, file, row.position))
    return found


def items_with_pictures(session: Session) -> Iterator[tuple[Mapping[str, Any], list[Shown]]]:
    """Return every item (the columns of BLANK, and its id) with its pictures, in the owner's order."""
    ids = find_products(session)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        pictures = _pictures(session, some)
        query = select(*_columns()).where(Product.id.in_(some)).order_by(Product.position, Product.id)
        for row in session.execute(query):
            yield row._asdict(), pictures.get(row.id, [])


def _columns() -> list[Any]:
    return [Product.id, *(getattr(Product, name) for name in BLANK)]


def _keys(values: Mapping[str, Any], more: Sequence[str] = ()) -> dict[str, str]:
    return dict(zip(("search_key", "sort_key"), keys(*(values[name] for name in SEARCHED), *more), strict=True))
