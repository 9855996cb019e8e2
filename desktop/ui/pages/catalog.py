"""The catalog page: the items as cards or rows, and what is chosen beside them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from desktop.data.models import CollectionItem, Picture, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.catalog import add_product, duplicate_product, remove_products
from desktop.services.collections import put_into
from desktop.services.limits import measure
from desktop.ui.context import Context
from desktop.ui.pages import catalog_kept
from desktop.ui.pages.catalog_faces import load_faces
from desktop.ui.pages.catalog_filters import CatalogFilters
from desktop.ui.pages.catalog_intake import CatalogIntake
from desktop.ui.pages.catalog_menu import CatalogMenu
from desktop.ui.pages.catalog_order import CatalogOrder
from desktop.ui.pages.catalog_selection import SelectionBar
from desktop.ui.pages.catalog_terms import ITEMS
from desktop.ui.pages.finding_page import FindingPage
from desktop.ui.pages.item import ItemInspector
from desktop.ui.pages.items import ItemsInspector
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.card_grid import CardGrid, Face
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader

SIDE = 300  # points of a thumbnail at most
INSPECTOR = 320  # points, to begin with: in the smallest window the rest is what is left
LIST = 424  # points, with room for all buttons of the head in Arabic
AT_REST = 400  # ms after the items are there, until what the first chosen one needs is imported


class CatalogPage(FindingPage):
    """Search, chips, cards; the item that is chosen is edited in the inspector."""

    several: SelectionBar
    inspector: ItemInspector
    together: ItemsInspector

    def __init__(self, context: Context) -> None:
        super().__init__(context, ITEMS)
        self.thumbnails = Thumbnails(context, round(SIDE * self.devicePixelRatioF()), self)
        self.header = PageHeader(_("Catalog"))
        self.add = primary(_("Add item"), "plus", shortcut=QKeySequence("Ctrl+N"))
        self.as_cards = icon_button("layout-grid", _("Show as cards"))
        self.as_rows = icon_button("list", _("Show as a list"))
        self.more = icon_button("ellipsis", _("More"))
        self.filters = CatalogFilters(context)
        self.menu = CatalogMenu(context, self._shown_items, self.filters.group, self)
        self.grid = CardGrid(_("Items"), self._load, self.thumbnails.get)
        self.add_first = primary(_("Add the first item"), "plus")
        self.bring = quiet(_("Import items…"), "file-input")
        self.empty = Empty(
            "tags",
            _("Your catalog starts here"),
            _("Add what you sell: a picture, a name and a price. Each item gets a link that you can share at once."),
            self.add_first,
            other=self.bring,
        )
        self.show_all = quiet(_("Show all items"))
        self.nothing = Empty(
            "search-x", _("Nothing found"), _("Try another word, fewer letters of it, or fewer filters."), self.show_all
        )
        self.several = SelectionBar(context)
        self.inspector = ItemInspector(context, self.thumbnails)
        self.together = ItemsInspector(context)
        self.order = CatalogOrder(context, self.grid, self.filters)
        self.incoming = CatalogIntake(context, self)
        for button in (self.as_cards, self.as_rows):
            button.setCheckable(True)
        self.more.setMenu(self.menu)
        self.header.add(self.as_cards, self.as_rows, self.more, self.add)
        self.lay_out(INSPECTOR, LIST)
        self._connect_items()
        search, as_list = catalog_kept.restore(context)
        self.filters.set_search(search)
        self._on_view(as_list)
        self.search_again()

    def _connect_items(self) -> None:
        self.bring.clicked.connect(self.incoming.open)
        self.bring.setDisabled(self.context.read_only)
        self.as_cards.clicked.connect(self._on_as_cards)
        self.as_rows.clicked.connect(self._on_as_rows)
        self.menu.wanted.connect(self.show_target)
        self.grid.current_changed.connect(self.menu.follow)
        self.inspector.duplicate_wanted.connect(self._on_duplicate)
        self.thumbnails.ready.connect(self.grid.viewport().update)
        QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(self._on_duplicate)

    # What is shown

    def commit(self) -> bool:
        return self.inspector.commit() and self.together.commit()

    def abandon(self) -> None:
        super().abandon()
        self.together.abandon()

    def show_ids(self, ids: Sequence[int], first: bool = False) -> None:
        self.order.follow(own=False)  # until all of them are here
        super().show_ids(ids, first)

    def show_total(self, total: int) -> None:
        search, group = self.filters.search(), self.filters.group()
        own = not search.typed and not search.sort and len(search.terms) == (group is not None)
        self.order.follow(own, group)
        gauge = measure("catalog.items", total)
        sentence = ngettext("{of} item", "{of} items", gauge.limit)
        self.header.set_count(sentence.format(of=formats.of(total, gauge.limit)), gauge.state)
        self.header.count.setToolTip(gauge.sentence)
        catalog_kept.keep(self.context, search, self.grid.as_list)
        QTimer.singleShot(AT_REST, self.inspector.prepare)

    def beside(self, several: Sequence[int]) -> QWidget:
        left = self.together.show_items(several)
        if not left:
            self.say_unsaved()
        return self.together if several or not left else self.inspector

    def on_changed(self, notice: Notice) -> None:
        if notice.of(Profile) or (notice.of(Picture) and not notice.of(Product)):
            self.grid.cards.forget()
        super().on_changed(notice)
        self.together.refresh(notice)

    def is_stale(self, notice: Notice) -> bool:
        grouped = notice.of(CollectionItem) and any(map(self.filters.group_of, self.filters.search().terms))
        return bool(grouped) or self.order.is_stale(notice)

    def _shown_items(self) -> Sequence[int]:
        return self.grid.cards.ids

    def _load(self, ids: Sequence[int]) -> Mapping[int, Face]:
        return self.context.get(load_faces, ids)

    # What one does

    def add_row(self) -> int | None:
        return self.context.act(N_("Add item"), _add, self.filters.group())

    def remove_row(self, row: int) -> None:
        self.context.act(N_("Delete item"), remove_products, [row], done=_("Item deleted"))

    @Slot()
    def _on_duplicate(self) -> None:
        if self.head.currentWidget() is self.several:
            self.several.duplicate.trigger()
        elif (item := self.inspector.row()) is not None and self.commit():
            self.edit_new(self.context.act(N_("Duplicate item"), duplicate_product, item))

    @Slot()
    def _on_as_cards(self) -> None:
        self._on_view(False)

    @Slot()
    def _on_as_rows(self) -> None:
        self._on_view(True)

    def _on_view(self, as_list: bool) -> None:
        self.as_cards.setChecked(not as_list)
        self.as_rows.setChecked(as_list)
        if self.grid.as_list != as_list:
            self.grid.set_as_list(as_list)
            catalog_kept.keep(self.context, self.filters.search(), as_list)


def _add(session: Session, collection: int | None) -> int:
    """Add an item with a name to write over, in the collection one is looking at."""
    item = add_product(session, _("New item"))
    if collection is not None:
        put_into(session, item, collection)
    return item
