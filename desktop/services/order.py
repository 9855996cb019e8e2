"""The order that the owner gives to rows of a list: moving some of them changes the keys of those alone."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, tuple_, update
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import CollectionItem, Product
from desktop.data.position import after, between

if TYPE_CHECKING:
    from desktop.data.models import Collection, Label, OrderLine

    Ordered = type[Product] | type[Collection] | type[CollectionItem] | type[Label] | type[OrderLine]

LONGEST = 24  # characters of a key; beyond, its neighbours make room
ROOMY = 32  # neighbours to begin with that make room


class Place(NamedTuple):
    """Where a row stands: rows with one key stand by their ids."""

    position: str
    id: int


def move_products(session: Session, ids: Sequence[int], before: int | None) -> None:
    """Put items before another one, or after the last, together and in the order they stand in."""
    move_rows(session, Product, ids, before)


def move_in_collection(session: Session, collection: int, ids: Sequence[int], before: int | None) -> None:
    """Do as `move_products` within one collection, whose order is its own; `ids` and `before` are those of items."""
    here = CollectionItem.collection_id == collection
    rows = session.scalars(select(CollectionItem.id).where(here, among(session, CollectionItem.product_id, ids))).all()
    target = None
    if before is not None:
        target = session.scalar(select(CollectionItem.id).where(here, CollectionItem.product_id == before))
    move_rows(session, CollectionItem, rows, target, here)


def move_rows(
    session: Session, model: "Ordered", ids: Sequence[int], before: int | None, *conditions: ColumnElement[bool]
) -> None:
    """Put rows before another row of the list that `conditions` choose, or after its last.

    They stand together then, in the order they had. Ids that are gone are left out; a `before` that is gone is the
    end, and one that is moved itself is the next that is not. Only the rows that move are changed, but where there is
    no room for a key of LONGEST characters some of their neighbours as well. No row's time of change is touched.
    """
    query = select(model.position, model.id).where(*conditions)
    moved = sorted(Place(*row) for row in session.execute(query.where(among(session, model.id, ids))))
    line = _Line(session, model, query, moved)
    high = line.first_from(before)
    low = line.last_before(high)
    if not moved or ((low is None or low < moved[0]) and (high is None or moved[-1] < high)):
        return  # nothing, or it stands there already
    rows, keys = moved, _keys(low, high, len(moved))
    room = ROOMY
    while keys is None:  # at the latest when all rows make room
        lower, upper = line.around(low, -room), line.around(high, room)
        rows = [*reversed(lower[:room]), *moved, *upper[:room]]
        bottom, top = (side[room] if len(side) > room else None for side in (lower, upper))
        keys = _keys(bottom, top, len(rows))
        room *= 8
    table = model.metadata.tables[model.__tablename__]
    values: dict[str, Any] = {"position": bindparam("key")}
    if model is Product:
        values["changed_at"] = Product.changed_at  # to stand elsewhere is no news of an item
    changed = [{"row": row.id, "key": key} for row, key in zip(rows, keys, strict=True) if row.position != key]
    session.connection().execute(update(table).where(table.c.id == bindparam("row")).values(values), changed)
    session.expire_all()


class _Line:
    """The rows that stay, in order, read no further than somebody looks."""

    def __init__(self, session: Session, model: "Ordered", query: "Select[str, int]", moved: Sequence[Place]) -> None:
        self._session = session
        self._model = model
        self._query = query
        self._stays = ~among(session, model.id, [place.id for place in moved])

    def first_from(self, row: int | None) -> Place | None:
        """Return the first row that stays, from this one on; None is the end."""
        found = self._session.execute(self._query.where(self._model.id == row)).first() if row is not None else None
        if found is None or self._session.scalar(select(self._model.id).where(self._model.id == row, self._stays)):
            return Place(*found) if found else None
        return next(iter(self._from(Place(*found), 1)), None)

    def last_before(self, place: Place | None) -> Place | None:
        """Return the last row that stays before a place, or before the end."""
        return next(iter(self._from(place, -1)), None)

    def around(self, place: Place | None, count: int) -> list[Place]:
        """Return a place and up to `count` behind it, or before it (the nearest first) where `count` is below 0."""
        return [place, *self._from(place, count)] if place else []

    def _from(self, place: Place | None, count: int) -> list[Place]:
        back = count < 0
        row = tuple_(self._model.position, self._model.id)
        query = self._query.where(self._stays)
        if place is not None:
            query = query.where(row < place if back else row > place)
        columns = (self._model.position, self._model.id)
        query = query.order_by(*(column.desc() if back else column for column in columns))
        return [Place(*found) for found in self._session.execute(query.limit(abs(count)))]


def _keys(low: Place | None, high: Place | None, count: int) -> list[str] | None:
    """Return `count` keys between two places, short and rising, or None where there is no room for such."""
    try:
        if high is None:
            keys = [after(low.position if low else "", step) for step in range(1, count + 1)]
        else:
            keys = _spread(low.position if low else "", high.position, count)
    except ValueError:  # digits that are not ours, from a file of somebody's
        return None
    ends = [low.position] if low else []
    ends += [*keys, *([high.position] if high else [])]
    rising = all(one < other for one, other in pairwise(ends))
    return keys if rising and max(map(len, keys), default=0) <= LONGEST else None


def _spread(low: str, high: str, count: int) -> list[str]:
    """Return keys between two others, halving the room again and again so that none gets long."""
    if not count:
        return []
    middle = between(low, high)
    first = (count - 1) // 2
    return [*_spread(low, middle, first), middle, *_spread(middle, high, count - 1 - first)]
