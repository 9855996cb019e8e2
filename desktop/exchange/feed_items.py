"""The items of a shop as a feed meets them: thousands at a time, in a few large statements."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.history import journal
from desktop.data.many import Tell, among, batches, insert_rows, inserting, silent, write_rows
from desktop.data.models import CollectionItem, Picture, Product, ProductText, Variant
from desktop.data.position import after
from desktop.data.search import fold
from desktop.exchange.feed_cells import BLANK
from desktop.exchange.feed_known import Known, options_text, read_texts, read_variants
from desktop.exchange.feed_shown import Shown, arranged, item_columns, read_shown
from desktop.exchange.incoming import SAID
from desktop.i18n.folding import keys
from desktop.services.collections import add_collection, list_collections

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
    extra: str = ""  # JSON


class Kept(NamedTuple):
    """A picture that the shop keeps already, and the address on the web whose picture it is, if any."""

    digest: str
    address: str = ""


class More(NamedTuple):
    """What comes with an item beside its columns: pictures on the web, kept ones, ways, collections, other languages.

    `texts` has the name and the description by language, None where nothing is said.
    """

    image: str = ""
    more_images: Sequence[str] = ()
    images: Sequence[Kept] = ()
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
        self.met: set[int] = set()  # the ids of items that were found, and, once they are written, of new ones
        self._shown: list[int] = []  # of items that customers see
        self._codes: set[str] = set(session.scalars(select(Variant.code).where(Variant.code != "")))
        for row in session.execute(select(*item_columns()).order_by(Product.id)):
            if row.code:
                self._by_code.setdefault(row.code, row)
                self._codes.add(row.code)
            if by_name or not row.code:
                self._by_name[row.name].append(row)
            if not row.hidden:
                self._shown.append(row.id)
        self._pictures = read_shown(session)
        self._variants = read_variants(session)
        self._texts = read_texts(session)
        self._groups = {fold(group.name): group.id for group in list_collections(session)}
        self._places = set(map(tuple, session.execute(select(CollectionItem.collection_id, CollectionItem.product_id))))
        self._new: list[tuple[Any, ...]] = []  # those that are not on their way into the shop yet
        self._count = 0  # of all that are new
        self._new_more: dict[int, More] = {}  # by place among those, where there is any
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
        self.met.add(row.id)
        return dict(row._asdict())

    def has_code(self, code: str) -> bool:
        """Say whether an item or a variant has this code, or one that is to be added."""
        return code in self._codes

    def way(self, product: int, options: Mapping[str, str]) -> Known | None:
        """Return the way of an item that has these options."""
        return self._variants.get(product, {}).get(options_text(options))

    def add(self, values: Mapping[str, Any], more: More) -> None:
        """Add an item of the columns of BLANK, in their order, at the end of the owner's order."""
        if more is not NOTHING:
            self._new_more[self._count] = more
        self._count += 1
        self._new.append(tuple(values.values()))
        if values["code"]:
            self._codes.add(values["code"])
        if more.ways:
            self._codes.update(way.code for way in more.ways if way.code)

    def added(self) -> dict[str, tuple[Any, ...]]:
        """Return the columns of the items that were added and have a code, by that."""
        code = list(BLANK).index("code")
        return {values[code]: values for values in self._new if values[code]}

    def change(self, item: Mapping[str, Any], values: dict[str, Any], more: More) -> dict[str, tuple[Any, Any]]:
        """Give an item what comes in, and return each field that changes with what it had and has."""
        product = item["id"]
        self._codes.update(filter(None, (values["code"], *(way.code for way in more.ways))))
        new = {name: value for name, value in values.items() if value != item[name]}
        fields = {name: (item[name], value) for name, value in new.items()}
        if self._show(product, more):
            pictures = (more.image, *more.more_images, *(kept.digest for kept in more.images))
            fields["pictures"] = (None, ", ".join(filter(None, pictures)))
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
        here = {kept.address: kept.digest for kept in more.images if kept.address}
        addresses = {each if isinstance(each, str) else each.url for each in shown}
        new = [kept.digest for kept in more.images if not kept.address or kept.address not in addresses]
        new = [digest for digest in new if all(picture.sha256 != digest for picture in current)]
        kept = next((n for n, each in enumerate(shown) if isinstance(each, str) or not each.file), len(shown))
        shown[kept:kept] = [Shown(0, "", digest, "", digest) for digest in dict.fromkeys(new)]
        came = [each for each in current if each.sha256 is None and each.url in here]
        self._moved += [{"id": each.id, "sha256": here[each.url]} for each in came]
        if shown == current:
            return bool(came)
        self._gone += [picture.id for picture in current if picture not in shown]
        last = ""
        for each in shown:
            last = after(last)
            if isinstance(each, str):
                row = {"product_id": product, "sha256": here.get(each), "url": each, "position": last}
                self._added.append(row)
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
            elif new := {k: v for k, v in values.items() if v != getattr(variant, k)}:
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
        unseen = [item for item in self._shown if item not in self.met]
        self._changes += [{"id": item, "hidden": True} for item in unseen]
        return unseen

    def write(self, session: Session, tell: Tell = silent, taking: Iterable[object] = (), most: int = 0) -> None:
        """Write it all, once. While new items are written `taking` is gone through, which may add more, up to `most`.

        It must not ask the session anything.
        """
        most = most or self._count
        if most:
            self._write_new(session, tell, taking, most)
        write_rows(session, Product, self._changes)
        if self._gone:
            session.execute(delete(Picture).where(among(session, Picture.id, self._gone)))
        write_rows(session, Picture, self._moved)
        write_rows(session, Variant, self._way_changes)
        write_rows(session, ProductText, self._said_changes)
        for model, rows in ((Picture, self._added), (Variant, self._ways), (ProductText, self._said)):
            insert_rows(session, model, rows)
        self._write_groups(session)
        session.expire_all()

    def _write_new(self, session: Session, tell: Tell, taking: Iterable[object], most: int) -> None:
        """Write the new items, those that are there and those that come by `taking`, each with its pictures."""
        names = (*BLANK, "position", "search_key", "sort_key")
        columns = ("product_id", "sha256", "url", "position")
        new = self._new_rows(session, taking)
        done = 0
        with (  # the history is to note the items first, for it takes back what it noted last first
            inserting(session, Picture, columns, most) as insert_pictures,
            inserting(session, Product, names, most) as insert_items,
        ):
            for some in batches(new):
                ids = insert_items(some)
                more = [
                    (id, self._new_more.pop(place)) for place, id in enumerate(ids, done) if place in self._new_more
                ]
                for pictures in batches(_picture_rows(more)):
                    insert_pictures(pictures)
                for id, each in more:
                    self._sell(id, each.ways)
                    self._group(id, each.groups)
                    self._say(id, each.texts)
                self.met.update(ids)
                done += len(ids)
                tell(done, most)

    def _new_rows(self, session: Session, taking: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """Yield the new items as they are kept."""
        last = session.scalar(select(func.max(Product.position))) or ""
        searched = itemgetter(*(list(BLANK).index(name) for name in SEARCHED))
        places = count()
        for _pause in chain([None], taking):
            new, self._new = self._new, []
            for values, place in zip(new, places, strict=False):
                last = after(last)
                more = self._new_more.get(place, NOTHING)
                words = self._words(0, more) if more.ways or more.texts else ()
                yield (*values, last, *keys(*searched(values), *words))

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


def _picture_rows(new: Iterable[tuple[int, More]]) -> Iterator[tuple[Any, ...]]:
    """Yield the pictures of new items, each given by its id, as they are kept."""
    for id, more in new:
        last = ""
        for picture in _pictures(more):
            last = after(last)
            yield (id, *picture, last)


def _pictures(more: More) -> list[tuple[str | None, str]]:
    """Return the digests and addresses of the pictures of a new item: those first that the shop keeps already."""
    addresses = [address for address in (more.image, *more.more_images) if address]
    here = {kept.address: kept.digest for kept in more.images if kept.address}
    own = dict.fromkeys(kept.digest for kept in more.images if kept.address not in addresses)
    return [*((digest, "") for digest in own), *((here.get(address), address) for address in addresses)]


def _way_values(way: Way) -> dict[str, Any]:
    return {
        "options": options_text(way.options),
        "code": way.code,
        "price": way.price,
        "sale_price": way.sale_price,
        "availability": way.availability,
        "quantity": way.quantity,
        "extra": way.extra,
    }


def _last_entry(session: Session) -> int:
    return session.scalar(select(func.max(journal.c.seq))) or 0


def _keys(values: Mapping[str, Any], more: Sequence[str]) -> dict[str, str]:
    return dict(zip(("search_key", "sort_key"), keys(*(values[name] for name in SEARCHED), *more), strict=True))
