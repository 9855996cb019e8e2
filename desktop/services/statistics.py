"""What numbers tell of the catalog: how much there is, at which prices, and what nobody has touched for long."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem, Product
from desktop.i18n import formats
from desktop.services.catalog import Card, cards, shop_currency
from desktop.services.where import Search, count_terms, find, month, on_sale

COUNTED = ("all", "shown", "hidden", "on-sale", "no-picture", "no-price", "out-of-stock", "unchanged-year")  # terms
MONTHS = 12
RECENT = 5


@dataclass(frozen=True)
class Prices:
    """What `items` items cost now, in the smallest unit of one currency; the median is rounded to it."""

    currency: str
    items: int
    lowest: int
    middle: int
    highest: int


@dataclass(frozen=True)
class Shelf:
    """The prices of a collection, one for each currency, the most frequent first; `id` is None for all items."""

    id: int | None
    name: str
    items: int
    prices: tuple[Prices, ...]


@dataclass(frozen=True)
class Month:
    """How many of the items there are were added in a month of the shop's calendar."""

    first: dt.date
    items: int


@dataclass(frozen=True)
class Statistics:
    """All of it. `counts` are by the words of `services.where`; `recent` are the last that were changed, and when."""

    counts: dict[str, int]
    shelves: tuple[Shelf, ...]
    months: tuple[Month, ...]
    recent: tuple[tuple[Card, int], ...]


def read_statistics(session: Session) -> Statistics:
    """Read all of it: about a second for 100,000 items, so away from the window."""
    counts = count_terms(session, COUNTED)
    return Statistics(counts, tuple(_shelves(session, counts["all"])), tuple(_months(session)), _recent(session))


def _shelves(session: Session, items: int) -> Iterator[Shelf]:
    """Yield the shop as a whole, and every collection in the owner's order."""
    yield Shelf(None, "", items, _prices(session, None))
    held = select(func.count()).where(CollectionItem.collection_id == Collection.id).scalar_subquery()
    groups = select(Collection.id, Collection.name, held).order_by(Collection.position, Collection.id)
    for id, name, count in session.execute(groups).all():
        yield Shelf(id, name, count, _prices(session, id))


def _prices(session: Session, collection: int | None) -> tuple[Prices, ...]:
    """Return what items cost now. The middle one is found here: SQLite knows no median."""
    paid = case((on_sale(), Product.sale_price), else_=Product.price)
    query = select(Product.currency, paid).where(paid.is_not(None))
    if collection is not None:
        place = (CollectionItem.product_id == Product.id) & (CollectionItem.collection_id == collection)
        query = query.join(CollectionItem, place)
    shop = shop_currency(session)
    by_currency: dict[str, list[int]] = defaultdict(list)
    for currency, price in session.execute(query):
        by_currency[currency or shop].append(price)
    found = [_summary(currency, prices) for currency, prices in by_currency.items()]
    return tuple(sorted(found, key=lambda prices: (-prices.items, prices.currency)))


def _summary(currency: str, prices: Sequence[int]) -> Prices:
    return Prices(currency, len(prices), min(prices), round(median(prices)), max(prices))


def _months(session: Session) -> Iterator[Month]:
    """Yield the last twelve months, this one last, as the shop's clock has them."""
    today = formats.today()
    this = today.year * 12 + today.month - 1
    firsts = [dt.date(at // 12, at % 12 + 1, 1) for at in range(this - MONTHS + 1, this + 1)]
    spans = [month(first) for first in firsts]
    columns = [func.count().filter(Product.created_at >= begins, Product.created_at < ends) for begins, ends in spans]
    counted = session.execute(select(*columns).select_from(Product)).one()
    for first, items in zip(firsts, counted, strict=True):
        yield Month(first, items)


def _recent(session: Session) -> tuple[tuple[Card, int], ...]:
    ids = find(session, Search("", (), "changed"), RECENT)
    times = dict(session.execute(select(Product.id, Product.changed_at).where(Product.id.in_(ids))).all())
    return tuple((card, times[card.id]) for card in cards(session, ids))
