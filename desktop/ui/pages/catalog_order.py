"""Moving items in the catalog: to another place of their order, and into collections."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QObject, Slot
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Product
from desktop.data.notice import MANY, Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services import bulk
from desktop.services.order import move_in_collection, move_products
from desktop.ui.context import Context
from desktop.ui.pages.catalog_selection import drag_text, put_told
from desktop.ui.pages.filters import Filters
from desktop.ui.pages.selection import SO_ALREADY
from desktop.ui.widgets.card_drag import unpack
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_selection import arranged, places_of

AT_ONCE = 1_000  # items; more are moved behind the window


class CatalogOrder(QObject):
    """Stores where cards are put by hand, and takes those that are dropped on the chip of a collection."""

    def __init__(self, context: Context, grid: CardGrid, filters: Filters) -> None:
        super().__init__(grid)
        self._context = context
        self._grid = grid
        self._filters = filters
        self._collection: int | None = None
        self._own = False
        grid.set_drag_text(partial(drag_text, context))
        filters.chips.set_accepts(self._accepts)
        grid.moved.connect(self._on_moved)
        grid.move_refused.connect(self._on_refused)
        filters.chips.dropped.connect(self._on_dropped)

    def follow(self, own: bool, collection: int | None = None) -> None:
        """Say whether the whole of an order of the owner's is shown: that of all items, or of one collection."""
        self._own, self._collection = own, collection
        self._grid.set_arrangeable(own and not self._context.read_only)

    def is_stale(self, notice: Notice) -> bool:
        """Say whether items stand elsewhere than they are shown, as after an undo."""
        changed = notice.of(Product)
        if notice.origin is self or not self._own or self._collection is not None or changed is None or changed is MANY:
            return False
        ids = self._grid.cards.ids
        places = places_of(ids, changed.updated)
        near = sorted({max(place + step, 0) for place in places for step in (-1, 0, 1)})
        shown = [ids[place] for place in near if place < len(ids)]
        return self._context.get(_in_order, shown) != shown

    def _accepts(self, value: object, data: QMimeData) -> bool:
        return self._filters.group_of(value) is not None and not self._context.read_only and bool(unpack(data))

    @Slot(object, object)
    def _on_moved(self, ids: list[int], before: int | None) -> None:
        shown = self._grid.cards.ids
        after = arranged(shown, ids, before)
        if after == list(shown):
            return
        self._grid.set_ids(after)  # at once; the shop follows
        if current := self._grid.current():
            self._grid.set_current(current)
        to = (ids, before, self._collection)
        if len(ids) > AT_ONCE:
            self._context.act_behind(N_("Move items"), _move, *to, done=partial(_told, len(ids)))
        elif sentence := self._context.save(N_("Move items"), _move, *to, origin=self):
            self._context.say(sentence)
            self._grid.set_ids(shown)

    @Slot()
    def _on_refused(self) -> None:
        if not self._context.read_only:
            self._context.say(
                _("Items can be moved when all items, or those of one collection, are shown in your own order.")
            )

    @Slot(object, object)
    def _on_dropped(self, value: object, data: QMimeData) -> None:
        collection = self._filters.group_of(value)
        changed = self._context.act(N_("Put into collection"), bulk.put_into, unpack(data), collection)
        if changed is not None:
            self._context.say(put_told(changed) if changed else _(SO_ALREADY), undo=changed > 0)


def _move(session: Session, ids: Sequence[int], before: int | None, collection: int | None) -> None:
    if collection is None:
        move_products(session, ids, before)
    else:
        move_in_collection(session, collection, ids, before)


def _told(count: int, _result: None) -> str:
    return ngettext("{n} item moved", "{n} items moved", count).format(n=formats.number(count))


def _in_order(session: Session, ids: Sequence[int]) -> list[int]:
    """Return these items as they stand in the owner's order."""
    query = select(Product.id).where(among(session, Product.id, ids))
    return list(session.scalars(query.order_by(Product.position, Product.id)))
