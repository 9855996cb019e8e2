"""The catalog as rows of Meta's feed: an item, or each way in which it is sold, by the columns that anything needs."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.data.many import among, tuples
from desktop.data.models import CollectionItem, Picture, Product, Variant
from desktop.exchange.columns import says
from desktop.exchange.feed_cells import ALWAYS, COLUMNS, FOREVER, REQUIRED, home_of
from desktop.exchange.feed_pictures import Addresses
from desktop.exchange.feed_variants import GROUP, OURS, PRICES, option_cells, ours, way_cells
from desktop.exchange.offer import Choice, given_price
from desktop.i18n import _, formats
from desktop.services.catalog import taken_codes
from desktop.services.errors import Invalid
from desktop.services.variants import options_of

QUANTITY = "quantity_to_sell_on_facebook"
SPAN = "sale_price_effective_date"
SALE = ("sale_price", SPAN)
MONEY = ("price", *SALE)
MORE_PICTURES = "additional_image_link"
AS_IT_IS = {  # the fields that are cells as they are
    "id": "code",
    "title": "name",
    **{name: name for name in ("description", "availability", "condition", "link", "brand", "origin_country")},
}
ALWAYS_READ = ("id", *AS_IT_IS.values(), "price", "currency", "hidden")
AT_TIMES = {  # the fields that are read where a column is written
    "sale_price": ("sale_price",),
    SPAN: ("sale_starts", "sale_ends"),
    QUANTITY: ("quantity",),
}
STATUS = ("active", "archived")  # by whether an item is hidden
ORDER = (Product.position, Product.id)
DEFAULTS = {"availability": "in stock", "condition": "new", "status": "active"}
Cells = Sequence[str]
Way = tuple[Any, dict[str, str]]  # the columns of a variant, and its options


@dataclass(frozen=True)
class Places:
    """Where an upload will be on the web: the folder of its pictures, and the page of an item; "" for nowhere.

    `page` has {id} where the item's id stands; what is hidden from customers has the address `front` instead.
    """

    pictures: str = ""
    page: str = ""
    front: str = ""


@dataclass(frozen=True)
class Block:
    """Some rows in their order, the item that each is of, and the same cells by their columns."""

    items: Sequence[int]
    rows: Sequence[Cells]
    table: Mapping[str, Cells]


class FeedRows:
    """The rows of a catalog at one moment, made column by column: twice as fast as item by item.

    Of a `choice` the collections and the percentage count: another one than 0 is of the usual price, without sales.
    `first` is how many items are wanted, 0 for all. Raises Invalid("prices") for a choice without prices.
    """

    def __init__(
        self, session: Session, web: Places | None = None, first: int = 0, choice: Choice | None = None
    ) -> None:
        choice = choice or Choice()
        if choice.percent is None:
            raise Invalid("prices", _("Meta takes no item without a price: choose retail prices, or a percentage."))
        self._session = session
        self._ids = chosen_items(session, choice, first) if choice.collections or first else None
        self._web = web or Places()
        self._home = home_of(session)
        self._others = choice.percent != 0  # the prices are others than the shop's own
        self._money = _Prices(self._home.currency, choice.percent)
        self._span = lru_cache(maxsize=4096)(self._dates)

    @property
    def items(self) -> int:
        """How many items the rows are of."""
        return self._counts["status"]

    @cached_property
    def columns(self) -> list[str]:
        """What Meta requires, and what any row has, in Meta's order; then the columns of others."""
        used = {*REQUIRED, *self._used(), *self._kept}
        if self._ways:
            used |= {GROUP, OURS, *(c for ways in self._ways.values() for way in ways for c in option_cells(way[1]))}
        known = [column for column in COLUMNS if column in used]
        return [*known, *sorted(used.difference(known, {OURS})), *([OURS] if OURS in used else [])]

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in the owner's order, some thousands at a time."""
        used = set(self.columns)
        names = [*ALWAYS_READ, *(name for column, some in AT_TIMES.items() if column in used for name in some), "extra"]
        query = select(*(getattr(Product, name) for name in names)).where(self._wanted(Product.id)).order_by(*ORDER)
        for some in tuples(self._session, query):
            fields = dict(zip(names, zip(*some, strict=True), strict=True))
            items: Sequence[int] = fields["id"]
            nothing = ("",) * len(items)
            own = self._own(fields)
            table: dict[str, Cells] = {column: own.get(column, nothing) for column in self.columns}
            rows: Sequence[Cells] = list(zip(*table.values(), strict=True))
            if any(fields["extra"]) or not self._ways.keys().isdisjoint(items):
                pairs = list(self._spelt_out(names, some, rows, own))
                items, rows = [item for item, _row in pairs], [row for _item, row in pairs]
                table = dict(zip(self.columns, zip(*rows, strict=True), strict=True))
            yield Block(items, rows, table)

    def _wanted(self, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        return true() if self._ids is None else among(self._session, column, self._ids)

    def _own(self, fields: Mapping[str, Sequence[Any]]) -> dict[str, Cells]:
        """Return the columns that Dukkan has fields for, of those that are written."""
        used, items, currencies = set(self.columns), fields["id"], fields["currency"]
        own: dict[str, Cells] = {column: fields[field] for column, field in AS_IT_IS.items()}
        own["price"] = [self._money[pair] for pair in zip(fields["price"], currencies, strict=True)]
        own["status"] = [STATUS[hidden] for hidden in fields["hidden"]]
        own["image_link"] = [self._pictures.first.get(item, "") for item in items]
        if self._web.page:
            pages = zip(fields["link"], fields["hidden"], items, strict=True)
            own["link"] = [link or self._page(item, hidden) for link, hidden, item in pages]
        if MORE_PICTURES in used:
            own[MORE_PICTURES] = [self._pictures.further.get(item, "") for item in items]
        if "sale_price" in used:
            own["sale_price"] = [self._money[pair] for pair in zip(fields["sale_price"], currencies, strict=True)]
        if SPAN in used:
            own[SPAN] = [self._span(*ends) for ends in zip(fields["sale_starts"], fields["sale_ends"], strict=True)]
        if QUANTITY in used:
            own[QUANTITY] = ["" if n is None else str(n) for n in fields["quantity"]]
        return own

    def _page(self, item: int, hidden: bool) -> str:
        return self._web.front if hidden else self._web.page.replace("{id}", str(item))

    def _spelt_out(
        self, names: Sequence[str], some: Sequence[Sequence[Any]], rows: Sequence[Cells], own: Mapping[str, Cells]
    ) -> Iterator[tuple[int, Cells]]:
        """Yield the rows of each item, those of what is sold in several ways or has other columns made one by one.

        What an import kept aside is written where no field has anything else to say.
        """
        for place, (item, row) in enumerate(zip(some, rows, strict=True)):
            ways, extra = self._ways.get(item[0]), item[-1]
            if not ways and not extra:
                yield item[0], row
                continue
            cells = {column: column_cells[place] for column, column_cells in own.items() if column_cells[place]}
            cells |= {
                c: cell for c, cell in self._extra(extra).items() if c not in cells or cells[c] == DEFAULTS.get(c)
            }
            for found in self._of_ways(cells, dict(zip(names, item, strict=True)), ways) if ways else [cells]:
                yield item[0], [found.get(column, "") for column in self.columns]

    def _of_ways(self, base: dict[str, str], item: Mapping[str, Any], ways: Sequence[Way]) -> Iterator[dict[str, str]]:
        """Yield the row of each way of an item; what it does not say of itself is the item's."""
        stem = item["code"] or f"item-{item['id']}"
        for place, (way, options) in enumerate(ways, 1):
            extra = self._extra(way.extra)
            own = {**extra, "id": way.code or self._free_code(f"{stem}-{place}")}
            own["availability"] = said_availability(way.availability, extra)
            own[QUANTITY] = "" if way.quantity is None else str(way.quantity)
            if way.price is not None:
                own["price"] = self._money[way.price, item["currency"]]
            if not self._others and (way.price is not None or way.sale_price is not None):
                own["sale_price"] = self._money[way.sale_price, item["currency"]]
            pictures = self._pictures.digests.get(item["id"], ())
            if first := next((address for address, digest in pictures if digest and digest == way.picture), ""):
                others = [address for address, digest in pictures if address and digest != way.picture]
                own |= {"image_link": first, MORE_PICTURES: ",".join(others)}
            cells = way_cells(base, own, options, stem)
            said = (("id", way.code or None), *((column, getattr(way, column)) for column in PRICES))
            cells[OURS] = ours(base, cells, options, [*(c for c, value in said if value is not None), *extra])
            yield cells

    def _free_code(self, wanted: str) -> str:
        code, n = wanted, 1
        while code in self._codes:
            n += 1
            code = f"{wanted}-{n}"
        self._codes.add(code)  # the ways of another item may come to want the same
        return code

    @cached_property
    def _codes(self) -> set[str]:
        return taken_codes(self._session)

    @cached_property
    def _pictures(self) -> Addresses:
        return Addresses(self._session, self._wanted(Picture.product_id), self._web.pictures, self._ways)

    @cached_property
    def _ways(self) -> dict[int, list[Way]]:
        """The ways of the items that are sold in several, each with its options."""
        columns = (Variant.product_id, Variant.options, Variant.code, Variant.price, Variant.sale_price)
        query = select(*columns, Variant.availability, Variant.quantity, Variant.extra, Variant.picture)
        found: dict[int, list[Way]] = defaultdict(list)
        row: Any  # with the columns of a Variant
        query = query.where(self._wanted(Variant.product_id))
        for row in self._session.execute(query.order_by(Variant.product_id, Variant.position, Variant.id)):
            found[row.product_id].append((row, options_of(row)))
        return dict(found)

    @cached_property
    def _kept(self) -> set[str]:
        """The columns that imports kept, or that were filled in by hand, of all items.

        A feed may lie on the web for everybody: what things cost the shop is in none.
        """
        extras = {way.extra for ways in self._ways.values() for way, _options in ways}
        if self._counts["extra"]:
            query = select(Product.extra).where(Product.extra != "", self._wanted(Product.id)).distinct()
            extras.update(self._session.scalars(query))
        kept = {column for extra in extras for column in self._extra(extra)}
        return {column for column in kept if not says(column, "private")}

    def _extra(self, text: str) -> Mapping[str, str]:
        """Return what an import kept aside, without what it could not read of prices where others are given."""
        kept = _extra(text)
        return {column: cell for column, cell in kept.items() if column not in MONEY} if self._others else kept

    def _used(self) -> Iterator[str]:
        """Yield which of the columns that not every feed has are used by any item."""
        columns = (*(() if self._others else SALE), QUANTITY, "origin_country", "status")
        yield from (column for column in columns if self._counts[column])
        ways = [way for ways in self._ways.values() for way, _options in ways]
        if not self._others and any(way.sale_price is not None for way in ways):
            yield "sale_price"
        if any(way.quantity is not None for way in ways):
            yield QUANTITY
        if self._pictures.further:
            yield MORE_PICTURES

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many items have something in a column, or in those of others; all have a status."""
        counted = {
            "sale_price": Product.sale_price,
            SPAN: func.coalesce(Product.sale_starts, Product.sale_ends),
            QUANTITY: Product.quantity,
            "origin_country": func.nullif(Product.origin_country, ""),
            "extra": func.nullif(Product.extra, ""),
            "status": Product.id,
        }
        query = select(*map(func.count, counted.values())).where(self._wanted(Product.id))
        return dict(zip(counted, self._session.execute(query).one(), strict=True))

    def _dates(self, starts: int | None, ends: int | None) -> str:
        """Return when a sale begins and ends, as Meta writes it; an end that is open is one that no sale ever has."""
        if starts is None and ends is None:
            return ""
        zone = self._home.zone
        first = dt.datetime.fromisoformat(ALWAYS) if starts is None else dt.datetime.fromtimestamp(starts, zone)
        last = dt.datetime.fromisoformat(f"{FOREVER}T23:59") if ends is None else dt.datetime.fromtimestamp(ends, zone)
        moments = (moment.replace(tzinfo=zone, fold=moment.fold) for moment in (first, last))
        return "/".join(moment.isoformat(timespec="seconds" if moment.second else "minutes") for moment in moments)


class _Prices(dict[tuple[int | None, str], str]):
    """Amounts with their currency as Meta reads them, in the shortest form: 60 AED, 75.50 AED; each made once.

    They have so many `percent` added.
    """

    def __init__(self, currency: str, percent: Decimal) -> None:
        self._currency, self._percent = currency, percent

    def __missing__(self, pair: tuple[int | None, str]) -> str:
        minor, currency = pair[0], pair[1] or self._currency
        if minor is not None and self._percent:
            minor = given_price(minor, self._percent, currency)
        text = "" if minor is None else f"{formats.decimal_text(minor, currency)} {currency}".rstrip()
        if len(self) < 100_000:
            self[pair] = text
        return text


def said_availability(availability: str, extra: Mapping[str, str]) -> str:
    """Return what a feed says of what is in stock or not: more, if an import kept more of what is in stock."""
    return extra.get("availability", availability) if availability == DEFAULTS["availability"] else availability


def chosen_items(session: Session, choice: Choice, first: int = 0) -> Sequence[int]:
    """Return the items of the collections that are chosen, hidden ones too, of all where none is; `first` as above."""
    query = select(Product.id).order_by(*ORDER).limit(first or None)
    if choice.collections:
        inside = select(CollectionItem.product_id).where(CollectionItem.collection_id.in_(choice.collections))
        query = query.where(Product.id.in_(inside))
    return session.scalars(query).all()


@lru_cache(maxsize=64)  # items that came from one feed often have the same there
def _extra(text: str) -> Mapping[str, str]:
    return json.loads(text) if text else {}
