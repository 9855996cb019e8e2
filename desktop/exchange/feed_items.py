"""The items of a shop as a feed meets them: thousands at a time, in a few large statements."""

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.history import journal
from desktop.data.many import Tell, among, insert_many, insert_rows, silent, write_rows
from desktop.data.models import Blob, CollectionItem, Picture, Product, ProductText, Variant
from desktop.data.position import after
from desktop.data.search import fold
from desktop.exchange.feed_cells import BLANK, picture_name
from desktop.exchange.incoming import SAID
from desktop.services.catalog import find_products, keys
from desktop.services.collections import add_collection, list_collections

CHUNK = 1000  # items in memory while they are written to a file
SEARCHED = ("name", "code", "description", "brand")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an item is sold, as it is kept. Prices are None where they are the item's."""

    options: dict[str, str]
    code: str
    price: int | None
    sale_price: int | None
    availability: str
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A way as the shop has it; `picture` is the digest of its own one."""

    id: int
    options: str
    code: str
    price: int | None
    sale_price: int | None
    availability: str
    quantity: int | None
    picture: str | None
    position: str


class More(NamedTuple):
    """What comes with an item beside its columns: pictures on the web, kept ones, ways, collections, other languages.

    `images` are digests. `texts` has the name and the description by language, None where nothing is said.
    """

    image: str = ""
    more_images: Sequence[str] = ()
    images: Sequence[str] = ()
    ways: Sequence[Way] = ()
    groups: Sequence[str] = ()
    texts: Mapping[str, tuple[str | None, str | None]] = {}


NOTHING = More()


class Items:
    """The items as they are, and what is to be written of them in a few large statements.

    Whatever is asked of it before `write` reads nothing and writes nothing: it can be made by one session and written
    by another, as long as the shop is not `is_stale`. Items that are found `by_name` may have a code.
    """

    def __init__(self, session: Session, by_name: bool = False) -> None:
        self.seen = _last_entry(session)
        self._by_code: dict[str, Any] = {}
        self._by_name: dict[str, deque[Any]] = defaultdict(deque)
        self._met: set[int] = set()
        self._shown: list[int] = []  # of items that customers see
        self._codes: set[str] = set(session.scalars(select(Variant.code).where(Variant.code != "")))
        for row in session.execute(select(*_columns()).order_by(Product.id)):
            if row.code:
                self._by_code.setdefault(row.code, row)
                self._codes.add(row.code)
            if by_name or not row.code:
                self._by_name[row.name].append(row)
            if not row.hidden:
                self._shown.append(row.id)
        self._pictures = _pictures(session, None)
        self._variants = _variants(session)
        self._texts = _texts(session)
        self._groups = {fold(group.name): group.id for group in list_collections(session)}
        self._places = set(map(tuple, session.execute(select(CollectionItem.collection_id, CollectionItem.product_id))))
        self._new: list[tuple[Any, ...]] = []
        self._new_more: dict[int, More] = {}  # by place in _new, of those that have any
        self._changes: list[dict[str, Any]] = []
        self._gone: list[int] = []
        self._moved: list[dict[str, Any]] = []
        self._added: list[dict[str, Any]] = []
        self._ways: list[dict[str, Any]] = []
        self._way_changes: list[dict[str, Any]] = []
        self._said: list[dict[str, Any]] = []
        self._said_changes: list[dict[str, Any]] = []
        self._grouped: list[tuple[int, str]] = []

    def is_stale(self, session: Session) -> bool:
        """Say whether the shop is no longer what it was when this was made."""
        return _last_entry(session) != self.seen

    def find(self, code: str, name: str) -> dict[str, Any] | None:
        """Return the item with this code; else the next item of this name that has none, each only once."""
        found = self._by_code.get(code) if code else None
        return self._meet(found) if found is not None else self.find_by_name(name)

    def find_by_name(self, name: str) -> dict[str, Any] | None:
        """Return the next item of this name, each only once."""
        return self._meet(self._by_name[name].popleft() if self._by_name.get(name) else None)

    def _meet(self, row: Any) -> dict[str, Any] | None:
        if row is None:
            return None
        self._met.add(row.id)
        return dict(row._asdict())

    def has_code(self, code: str) -> bool:
        """Say whether an item or a variant has this code, or one that is to be added."""
        return code in self._codes

    def known_ways(self, product: int) -> Mapping[str, Known]:
        """Return the ways in which an item is sold, by the text of their options."""
        return self._variants.get(product, {})

    def add(self, values: Mapping[str, Any], more: More) -> None:
        """Add an item of the columns of BLANK, in their order, at the end of the owner's order."""
        if more is not NOTHING:
            self._new_more[len(self._new)] = more
        self._new.append(tuple(values.values()))
        self._codes.update(filter(None, (values["code"], *(way.code for way in more.ways))))

    def change(self, item: Mapping[str, Any], values: dict[str, Any], more: More) -> dict[str, tuple[Any, Any]]:
        """Give an item what comes in, and return each field that changes with what it had and has."""
        product = item["id"]
        new = {name: value for name, value in values.items() if value != item[name]}
        fields = {name: (item[name], value) for name, value in new.items()}
        if self._show(product, more):
            fields["pictures"] = (None, ", ".join(filter(None, (more.image, *more.more_images, *more.images))))
        if self._sell(product, more.ways):
            fields["variants"] = (None, ", ".join(options_text(way.options) for way in more.ways))
        if self._group(product, more.groups):
            fields["collections"] = (None, ", ".join(more.groups))
        for (language, column), pair in self._say(product, more.texts).items():
            fields[f"{column}:{language}"] = pair
        words = self._words(product, more)
        if new.keys() & set(SEARCHED) or words != self._words(product, NOTHING):
            new |= _keys(values, words)
        if new:
            self._changes.append({"id": product} | new)
        return fields

    def _words(self, product: int, more: More) -> list[str]:
        """Return what an item is found by beside its columns once it has what comes in (see catalog.more_words)."""
        texts = {language: (name, about) for language, (_id, name, about) in self._texts.get(product, {}).items()}
        for language, said in more.texts.items():
            old = texts.get(language, ("", ""))
            texts[language] = (old[0] if said[0] is None else said[0], old[1] if said[1] is None else said[1])
        codes = {options: way.code for options, way in self._variants.get(product, {}).items()}
        codes |= {options_text(way.options): way.code for way in more.ways}
        return list(filter(None, (*(word for pair in texts.values() for word in pair), *codes.values())))

    def _show(self, product: int, more: More) -> bool:
        """Give an item its pictures and return whether anything is new; "" and () leave what it has."""
        current = self._pictures.get(product, [])
        own = {way.picture[:12] for way in self._variants.get(product, {}).values() if way.picture}
        links = [link for link in more.more_images if not any(f"-{digest}." in link[-20:] for digest in own)]
        shown = arranged(current, more.image, links)
        new = [digest for digest in more.images if all(picture.sha256 != digest for picture in current)]
        kept = next((n for n, each in enumerate(shown) if isinstance(each, str) or not each.file), len(shown))
        shown[kept:kept] = [Shown(0, "", digest, "", digest) for digest in dict.fromkeys(new)]
        if shown == current:
            return False
        self._gone += [picture.id for picture in current if picture not in shown]
        last = ""
        for each in shown:
            last = after(last)
            if isinstance(each, str):
                self._added.append({"product_id": product, "sha256": None, "url": each, "position": last})
            elif not each.id:
                self._added.append({"product_id": product, "sha256": each.sha256, "url": "", "position": last})
            elif each.position != last:
                self._moved.append({"id": each.id, "position": last})
        return True

    def _sell(self, product: int, ways: Sequence[Way]) -> bool:
        """Give an item its ways, known by their options, and return whether anything is new; others stay."""
        known = self._variants.get(product, {})
        changed = False
        last = max((variant.position for variant in known.values()), default="")
        for way in ways:
            variant = known.get(options_text(way.options))
            values = _way_values(way)
            if variant is None:
                last = after(last)
                self._ways.append({"product_id": product, "position": last} | values)
                changed = True
            elif new := {name: value for name, value in values.items() if value != getattr(variant, name)}:
                self._way_changes.append({"id": variant.id} | new)
                changed = True
        return changed

    def _say(
        self, product: int, texts: Mapping[str, tuple[str | None, str | None]]
    ) -> dict[tuple[str, str], tuple[str, str]]:
        """Give an item what it says in other languages; return what changes, by language and column of a feed."""
        known = self._texts.get(product, {})
        changed: dict[tuple[str, str], tuple[str, str]] = {}
        for language, said in texts.items():
            row, *old = known.get(language, (0, "", ""))
            new = {
                name: (column, before, text)
                for name, column, before, text in zip(("name", "description"), SAID, old, said, strict=True)
                if text is not None and text != before
            }
            changed |= {(language, column): (before, text) for column, before, text in new.values()}
            values = {name: text for name, (_column, _before, text) in new.items()}
            if values and row:
                self._said_changes.append({"id": row} | values)
            elif values:
                whole = {"name": "", "description": ""} | values
                self._said.append({"product_id": product, "language": language} | whole)
        return changed

    def _group(self, product: int, names: Sequence[str]) -> bool:
        """Put an item into collections, made where there is none of that name; return whether it was in all of them."""
        new = [name for name in names if (self._groups.get(fold(name), 0), product) not in self._places]
        self._grouped += [(product, name) for name in new]
        return bool(new)

    def hide_unseen(self) -> list[int]:
        """Hide the items that were never found, and return which."""
        unseen = [item for item in self._shown if item not in self._met]
        self._changes += [{"id": item, "hidden": True} for item in unseen]
        return unseen

    def write(self, session: Session, tell: Tell = silent) -> None:
        """Write it all, once."""
        write_rows(session, Product, self._changes)
        if self._new:
            names = (*BLANK, "position", "search_key", "sort_key")
            ids = insert_many(session, Product, names, self._new_rows(session), len(self._new), tell)
            for place, more in self._new_more.items():
                self._show(ids[place], more)
                self._sell(ids[place], more.ways)
                self._group(ids[place], more.groups)
                self._say(ids[place], more.texts)
        if self._gone:
            session.execute(delete(Picture).where(among(session, Picture.id, self._gone)))
        write_rows(session, Picture, self._moved)
        write_rows(session, Variant, self._way_changes)
        write_rows(session, ProductText, self._said_changes)
        for model, rows in ((Picture, self._added), (Variant, self._ways), (ProductText, self._said)):
            insert_rows(session, model, rows)
        self._write_groups(session)
        session.expire_all()

    def _new_rows(self, session: Session) -> Iterator[tuple[Any, ...]]:
        """Yield the new items as they are kept."""
        last = session.scalar(select(func.max(Product.position))) or ""
        searched = itemgetter(*(list(BLANK).index(name) for name in SEARCHED))
        for place, values in enumerate(self._new):
            last = after(last)
            more = self._words(0, self._new_more[place]) if place in self._new_more else ()
            yield (*values, last, *keys(*searched(values), *more))

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


def _variants(session: Session) -> dict[int, dict[str, Known]]:
    """Return the variants of every item, each by its options."""
    columns = (Variant.options, Variant.code, Variant.price, Variant.sale_price, Variant.availability, Variant.quantity)
    query = select(Variant.product_id, Variant.id, *columns, Variant.picture, Variant.position)
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for product, id, options, *rest in session.execute(query.order_by(Variant.position, Variant.id)):
        options = options_text(json.loads(options) if options else {})
        found[product][options] = Known(id, options, *rest)
    return found


def _texts(session: Session) -> dict[int, dict[str, tuple[int, str, str]]]:
    """Return what items say in other languages: the id of the row, the name and the description."""
    columns = (ProductText.product_id, ProductText.language, ProductText.id, ProductText.name, ProductText.description)
    found: dict[int, dict[str, tuple[int, str, str]]] = defaultdict(dict)
    for product, language, id, name, description in session.execute(select(*columns).order_by(ProductText.id)):
        found[product][language] = (id, name, description)
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
    sha256: str | None = None

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
        found[row.product_id].append(Shown(row.id, row.url, file, row.position, row.sha256))
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


def _keys(values: Mapping[str, Any], more: Sequence[str]) -> dict[str, str]:
    return dict(zip(("search_key", "sort_key"), keys(*(values[name] for name in SEARCHED), *more), strict=True))
