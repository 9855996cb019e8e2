"""Several items at once: what they have in common, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Product
from desktop.services.collections import collections_of

COLUMNS = (
    *("price", "sale_price", "sale_starts", "sale_ends", "currency", "availability", "quantity", "hidden"),
    *("condition", "brand", "origin_country", "description"),
)


class Mixed(Enum):
    """The type of MIXED."""

    MIXED = "not the same in all"


MIXED: Final = Mixed.MIXED


@dataclass(frozen=True)
class Shared:
    """How many items there are, what each of COLUMNS says in all of them (or MIXED), and how many of them are in a
    collection, by its id.
    """

    count: int
    values: dict[str, Any]
    collections: dict[int, int]


def read_shared(session: Session, ids: Sequence[int]) -> Shared:
    """Return what those of `ids` that still exist have in common, in two passes over them."""
    sums = []
    for name in COLUMNS:
        column = cast(Product.hidden, Integer) if name == "hidden" else getattr(Product, name)
        sums += [func.min(column), func.max(column), func.count(column)]
    count, *found = session.execute(select(func.count(), *sums).where(among(session, Product.id, ids))).one()
    values = {name: _value(count, *found[at * 3 : at * 3 + 3]) for at, name in enumerate(COLUMNS)}
    if values["hidden"] is not MIXED:
        values["hidden"] = bool(values["hidden"])
    return Shared(count, values, collections_of(session, ids))


def _value(count: int, least: object, most: object, given: int) -> object:
    """Return the value of all, of which some may be NULL."""
    if not given:
        return None
    return least if least == most and given == count else MIXED
