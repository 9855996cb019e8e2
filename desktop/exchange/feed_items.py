"""The items of a shop as a feed meets them: thousands at a time, in a few large statements."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from desktop.data.models import Blob, Picture, Product
from desktop.data.position import after
from desktop.exchange.feed_cells import BLANK, picture_name
from desktop.services.catalog import find_products, keys, more_words

CHUNK = 1000  # items in memory while they are written to a file
SEARCHED = ("name", "code", "description", "brand")


class Items:
    """The items as they are, and what is to be written of them in a few large statements."""

    def __init__(self, session: Session) -> None:
        self._connection = session.connection()
        self._by_code: dict[str, dict[str, Any]] = {}
        self._by_name: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
        for row in self._connection.execute(select(*_columns()).order_by(Product.id)):
            item = row._asdict()
            if item["code"]:
                self._by_code.setdefault(item["code"], item)
            else:
                self._by_name[item["name"]].append(item)
        self._pictures = _pictures(session, None) if self._by_code or self._by_name else {}
        self._words = more_words(session) if self._by_code or self._by_name else {}
        self._last = self._connection.scalar(select(func.max(Product.position))) or ""
        self._new: list[dict[str, Any]] = []
        self._new_links: list[list[str]] = []
        self._changes: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        self._gone: list[dict[str, Any]] = []
        self._moved: list[dict[str, Any]] = []
        self._added: list[dict[str, Any]] = []

    def find(self, code: str, name: str) -> dict[str, Any] | None:
        """Return the item with this code; without a code, the next item of this name that has none either."""
        if code:
            return self._by_code.get(code)
        return self._by_name[name].popleft() if self._by_name.get(name) else None

    def add(self, values: dict[str, Any], links: list[str]) -> None:
        """Add an item at the end of the owner's order, with pictures that are on the web."""
        self._new.append(values | _keys(values))
        self._new_links.append(links)

    def change(self, item: Mapping[str, Any], values: dict[str, Any]) -> bool:
        """Give an item new values and return whether any is new."""
        new = {name: value for name, value in values.items() if value != item[name]}
        if not new:
            return False
        if new.keys() & set(SEARCHED):
            new |= _keys(values, self._words.get(item["id"], ()))
        self._changes[tuple(new)].append({"row_id": item["id"]} | {f"new_{name}": new[name] for name in new})
        return True

    def show(self, product: int, image: str, more: list[str]) -> bool:
        """Give an item its pictures and return whether anything is new; "" and [] leave what it has."""
        current = self._pictures.get(product, [])
        shown = arranged(current, image, more)
        if shown == current:
            return False
        self._gone += [{"row_id": picture.id} for picture in current if picture not in shown]
        last = ""
        for picture in shown:
            last = after(last)
            if isinstance(picture, str):
                self._added.append({"product_id": product, "url": picture, "position": last})
            elif picture.position != last:
                self._moved.append({"row_id": picture.id, "new_position": last})
        return True

    def write(self) -> None:
        """Write it all."""
        for values in self._new:
            values["position"] = self._position()
        for names, rows in self._changes.items():
            self._update(Product, names, rows)
        if self._new:
            first = self._new[0]["position"]
            self._connection.execute(insert(Product), self._new)
            # An insert of many rows does not tell their ids on every database, but their places are new.
            ids = self._connection.scalars(
                select(Product.id).where(Product.position >= first).order_by(Product.position)
            ).all()
            for product, links in zip(ids, self._new_links, strict=True):
                self.show(product, links[0] if links else "", links[1:])
        if self._gone:
            self._connection.execute(delete(Picture).where(Picture.id == bindparam("row_id")), self._gone)
        self._update(Picture, ("position",), self._moved)
        if self._added:
            self._connection.execute(insert(Picture), self._added)

    def _position(self) -> str:
        self._last = after(self._last)
        return self._last

    def _update(self, model: type[Product] | type[Picture], names: Iterable[str], rows: list[dict[str, Any]]) -> None:
        if rows:
            statement = update(model).where(model.id == bindparam("row_id"))
            self._connection.execute(statement.values({name: bindparam(f"new_{name}") for name in names}), rows)


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
