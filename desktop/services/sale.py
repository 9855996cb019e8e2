"""The days of a sale, in the shop's time zone, whether it is on, and what is paid then."""

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from desktop.data.models import now
from desktop.i18n import _
from desktop.services.errors import Invalid

if TYPE_CHECKING:
    from desktop.data.models import Product, Variant

State = Literal["none", "coming", "on", "over"]
LAST_MINUTE = dt.time(23, 59, fold=1)  # the end of a day, as Meta's feed writes it; where it comes twice, the second


class OnSale(Protocol):
    """What has a sale price: an item, or a row of it."""

    @property
    def sale_price(self) -> int | None: ...
    @property
    def sale_starts(self) -> int | None: ...
    @property
    def sale_ends(self) -> int | None: ...


class Paid(NamedTuple):
    """What something costs, None without a price, and what it did before the sale that is on, None without one."""

    price: int | None
    before: int | None = None


def first_moment(day: dt.date, shop: dt.tzinfo) -> int:
    """Return when a day begins where the shop is, in UTC seconds."""
    return _moment(day, dt.time(0, 0), shop)


def last_moment(day: dt.date, shop: dt.tzinfo) -> int:
    """Return when a sale ends whose last day this is, in UTC seconds."""
    return _moment(day, LAST_MINUTE, shop)


def day_of(moment: int | None, shop: dt.tzinfo) -> dt.date | None:
    """Return the day that a moment in UTC seconds falls on where the shop is."""
    if moment is None:
        return None
    return dt.datetime.fromtimestamp(moment, dt.UTC).astimezone(shop).date()


def check_span(starts: int | None, ends: int | None, field: str = "sale_ends") -> None:
    """Raise Invalid(field, …) for a sale that ends before it begins."""
    if starts is not None and ends is not None and ends < starts:
        raise Invalid(field, _("The sale ends before it begins. Choose a later last day, or an earlier first one."))


def is_on(starts: int | None, ends: int | None, moment: int) -> bool:
    """Say whether a sale between two moments, UTC seconds or open, is on; its end is no longer in it."""
    return (starts is None or starts <= moment) and (ends is None or moment < ends)


def state(item: OnSale, moment: int | None = None) -> State:
    """Return whether an item's sale price is valid at a moment in UTC seconds, by default at this one."""
    if item.sale_price is None:
        return "none"
    at = now() if moment is None else moment
    if item.sale_ends is not None and item.sale_ends <= at:
        return "over"
    return "on" if is_on(item.sale_starts, item.sale_ends, at) else "coming"


def paid(product: "Product", variant: "Variant | None" = None, moment: int | None = None) -> Paid:
    """Return what an item costs, or a variant of it, at a moment in UTC seconds, by default at this one.

    A variant with a price or a sale price of its own has no sale of the item's, whose days count for both.
    """
    price, sale_price = product.price, product.sale_price
    if variant is not None and (variant.price is not None or variant.sale_price is not None):
        price, sale_price = variant.price if variant.price is not None else price, variant.sale_price
    at = now() if moment is None else moment
    if price is None or sale_price is None or not is_on(product.sale_starts, product.sale_ends, at):
        return Paid(price)
    return Paid(sale_price, price)


def _moment(day: dt.date, time: dt.time, shop: dt.tzinfo) -> int:
    here = dt.datetime.combine(day, time, shop)
    return int(here.timestamp())
