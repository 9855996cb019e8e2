"""The days of a sale, in the shop's time zone, and whether it is on."""

import datetime as dt
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from desktop.data.models import now
from desktop.i18n import _
from desktop.services.errors import Invalid

State = Literal["none", "coming", "on", "over"]
LAST_MINUTE = dt.time(23, 59)  # the end of a day, as Meta's feed writes it


class OnSale(Protocol):
    """What has a sale price: an item, or a row of it."""

    @property
    def sale_price(self) -> int | None: ...
    @property
    def sale_starts(self) -> int | None: ...
    @property
    def sale_ends(self) -> int | None: ...


def zone(name: str) -> dt.tzinfo | None:
    """Return the time zone of this name, or None for the computer's where it is "" or not known here."""
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, ValueError, OSError):
        return None


def first_moment(day: dt.date, shop: dt.tzinfo | None) -> int:
    """Return when a day begins where the shop is, in UTC seconds."""
    return _moment(day, dt.time(0, 0), shop)


def last_moment(day: dt.date, shop: dt.tzinfo | None) -> int:
    """Return when a sale ends whose last day this is, in UTC seconds."""
    return _moment(day, LAST_MINUTE, shop)


def day_of(moment: int | None, shop: dt.tzinfo | None) -> dt.date | None:
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


def _moment(day: dt.date, time: dt.time, shop: dt.tzinfo | None) -> int:
    here = dt.datetime.combine(day, time, shop)
    return int(here.timestamp())
