"""The catalog page: the items as cards or rows, and what is chosen beside them."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import CollectionItem, Picture, Product, Profile
from desktop.data.notice import MANY, Change, Many, Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.catalog import (
    add_product,
    cards,
    count_products,
    duplicate_product,
    remove_products,
)
from desktop.services.collections import put_into
from desktop.services.hits import hits, needles
from desktop.services.limits import measure
from desktop.services.terms import words
from desktop.services.where import Search, find, find_first
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages import catalog_kept
from desktop.ui.pages.catalog_faces import load_faces
from desktop.ui.pages.catalog_filters import CatalogFilters
from desktop.ui.pages.catalog_intake import CatalogIntake
from desktop.ui.pages.catalog_kept import Where
from desktop.ui.pages.catalog_menu import CatalogMenu
from desktop.ui.pages.catalog_order import CatalogOrder
from desktop.ui.pages.catalog_selection import SelectionBar
from desktop.ui.pages.item import ItemInspector
from desktop.ui.pages.items import ItemsInspector
from desktop.ui.pages.page import Page
from desktop.ui.tasks import Job
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.card_grid import CardGrid, Face
from desktop.ui.widgets.card_painter import GAP
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader

FIRST = 80  # found at once: more than are in sight; the rest follows
SIDE = 300  # points of a thumbnail at most
INSPECTOR = 330  # points, to begin with


class CatalogPage(Page):
    """Search, chips, cards; the item that is chosen is edited in the inspector."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._job: Job | None = None
        self._wanted: int | None = None  # to choose as soon as it is among the ids
        self._deleted: int | None = None  # here, so that undo comes back to it
        self._behind = False  # something shown has changed, and may not be found any more
        self.thumbnails = Thumbnails(context, round(SIDE * self.devicePixelRatioF()), self)
        self.header = PageHeader(_("Catalog"))
        self.add = primary(_("Add item"), "plus", shortcut=QKeySequence("Ctrl+N"))
        self.as_cards = icon_button("layout-grid", _("Show as cards"))
        self.as_rows = icon_button("list", _("Show as a list"))
        self.more = icon_button("ellipsis", _("More"))
        self.filters = CatalogFilters(context)
        self.menu = CatalogMenu(context, self._shown_items, self.filters.group, self)
        self.search, self.chips = self.filters.field, self.filters.chips
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
        self.shown = QStackedWidget()
        self.several = SelectionBar(context)
        self.head = QStackedWidget()
        self.inspector = ItemInspector(context, self.thumbnails)
        self.together = ItemsInspector(context, self.thumbnails)  # of several items
        self.side = QStackedWidget()
        self.order = CatalogOrder(context, self.grid, self.filters)
        self.incoming = CatalogIntake(context, self)
        self._lay_out()
        self._connect()
        search, as_list = catalog_kept.restore(context)
        self.filters.set_search(search)
        self._on_view(as_list)
        self._on_current(None)
        self.search_again()

    def _lay_out(self) -> None:
        for button in (self.as_cards, self.as_rows):
            button.setCheckable(True)
        self.more.setMenu(self.menu)
        self.header.add(self.as_cards, self.as_rows, self.more, self.add)
        for widget in (self.grid, self.empty, self.nothing):
            self.shown.addWidget(widget)
        around = theme.pixels(24)
        main = QWidget()
        column = QVBoxLayout(main)
        around -= theme.pixels(GAP)  # which every card has around it
        column.setContentsMargins(around, theme.pixels(16), around, 0)
        column.setSpacing(theme.pixels(12))
        self.head.addWidget(self.header)
        self.head.addWidget(self.several)
        for head in (self.head, self.filters):
            row = QHBoxLayout()
            row.setContentsMargins(theme.pixels(GAP), 0, theme.pixels(GAP), 0)
            row.addWidget(head)
            column.addLayout(row)
        self.shown.setMinimumHeight(theme.pixels(120))  # rather than that chips are cut off
        column.addWidget(self.shown, 1)
        for inspector in (self.inspector, self.together):
            self.side.addWidget(inspector)
        self.lay_beside(main, self.side, INSPECTOR, least=380)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.add_first.clicked.connect(self._on_add)
        self.bring.clicked.connect(self.incoming.open)
        self.as_cards.clicked.connect(self._on_as_cards)
        self.as_rows.clicked.connect(self._on_as_rows)
        self.filters.changed.connect(self.search_again)
        self.menu.wanted.connect(self.show_target)
        self.grid.current_changed.connect(self.menu.follow)
        self.search.moved_down.connect(self._on_down)
        self.show_all.clicked.connect(self.filters.clear.click)
        self.grid.current_changed.connect(self._on_current)
        self.grid.selection_changed.connect(self._on_selection)
        self.several.cleared.connect(self._on_cleared)
        self.several.delete_wanted.connect(self._on_delete)
        self.grid.opened.connect(self._on_opened)
        self.grid.delete_wanted.connect(self._on_delete)
        self.inspector.duplicate_wanted.connect(self._on_duplicate)
        self.inspector.delete_wanted.connect(self._on_delete)
        self.grid.typed.connect(self._on_typed)
        self.thumbnails.ready.connect(self.grid.viewport().update)
        for keys, slot in (("Ctrl+N", self._on_add), ("Ctrl+D", self._on_duplicate)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for button in (self.add, self.add_first, self.bring):
            button.setDisabled(self.context.read_only)

    # What is shown

    def show_target(self, target: object) -> None:
        """Show an item by its id, what a Search finds, or what `state` returned."""
        if isinstance(target, Where):
            self._on_view(target.as_list)
            self.filters.set_search(target.search)
            self._wanted = target.item
        elif isinstance(target, Search):
            self.filters.set_search(target)
        elif isinstance(target, int):
            self.filters.set_search(Search(sort=self.filters.search().sort))
            self._wanted = target
        self.search_again()

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self._wanted or self.inspector.item(), self.filters.search(), self.grid.as_list)

    def commit(self) -> bool:
        return self.inspector.commit() and self.together.commit()

    @Slot()
    def search_again(self) -> None:
        """Show the first items at once, unless even those would take a look at everything, and all of them soon."""
        search = self.filters.search()
        with self.context.reader() as session:
            first = find_first(session, search, FIRST)
            self.grid.mark(partial(hits, needles(session, words(search)[0])))
        if first is not None:
            self._show_ids(first, first=True)
        self._find_all()

    def _find_all(self) -> None:
        self._behind = False
        if self._job:
            self._job.cancel()
        self._job = self.context.read(_find, self.filters.search())
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    @Slot(object)
    def _on_found(self, found: tuple[Sequence[int], int]) -> None:
        self._job = None
        ids, total = found
        self._show_ids(ids)
        search, group = self.filters.search(), self.filters.group()
        own = not search.typed and not search.sort and len(search.terms) == (group is not None)
        self.order.follow(own, group)
        self._show_count(total)
        catalog_kept.keep(self.context, search, self.grid.as_list)
        self.filters.count_once()
        QTimer.singleShot(0, self.inspector.prepare)
        self._wanted = None

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _show_ids(self, ids: Sequence[int], first: bool = False) -> None:
        self.order.follow(own=False)  # until all of them are here
        self.grid.set_ids(ids, in_place=not self.search.text(), more=first)
        if self._wanted in ids:
            self.grid.set_current(self._wanted)
        if ids or not first:
            self.shown.setCurrentWidget(self.grid if ids else self.empty if self.filters.is_empty() else self.nothing)
            self.add.setVisible(self.shown.currentWidget() is not self.empty)  # it has a button of its own
            self.filters.setVisible(self.shown.currentWidget() is not self.empty)

    def _shown_items(self) -> Sequence[int]:
        return self.grid.cards.ids

    def _show_count(self, total: int) -> None:
        gauge = measure("catalog.items", total)
        sentence = ngettext("{of} item", "{of} items", gauge.limit)
        self.header.set_count(sentence.format(of=formats.of(total, gauge.limit)), gauge.state)
        self.header.count.setToolTip(gauge.sentence)

    def _load(self, ids: Sequence[int]) -> Mapping[int, Face]:
        return self.context.get(load_faces, ids)

    def on_changed(self, notice: Notice) -> None:
        """Show what is new of the items in sight; the list is only asked for again when items came or went."""
        products, terms = notice.of(Product), self.filters.search().terms
        if notice.of(Profile):
            self.grid.cards.forget()
        if notice.of(Picture) and products is None:
            self.grid.cards.forget()
        if products is not None:
            self.grid.cards.forget(None if products is MANY else products.updated | products.inserted)
        groups = notice.of(CollectionItem) is not None
        came_or_went = products is not None and (products is MANY or products.inserted or products.deleted)
        if products is not None and products is not MANY:
            for item in (self._deleted, self.inspector.item()):
                if item in products.inserted:
                    self._wanted = item
        came_back = products is not None and self._is_behind(products)
        other = self.filters.on_changed(notice)
        if (
            came_or_went
            or came_back
            or other
            or self.order.is_stale(notice)
            or (groups and any(self.filters.group_of(term) for term in terms))
            or (self._behind and self.grid.current() is None)
        ):
            self._find_all()
        self.inspector.refresh(notice)
        self.together.refresh(notice)

    def _is_behind(self, products: Change | Many) -> bool:
        """Say whether another item may be found after a change; note that one shown may not be any more.

        That one stays in sight until one goes on: one may not be done with it.
        """
        if self.filters.search() == Search():
            return False
        self._behind = True
        return products is not MANY and not products.updated <= set(self.grid.cards.ids)

    # What one does

    @Slot(object)
    def _on_current(self, item: int | None) -> None:
        if not self.inspector.show_item(item):
            self.context.say(_("This item has something that is not saved. Correct it, or press Esc in that field."))
            QTimer.singleShot(0, self._on_stay)  # once the click is over
        elif self._behind:
            self._find_all()

    @Slot(object)
    def _on_selection(self, items: Sequence[int]) -> None:
        """Offer what can be done with several, where the header is: nothing moves."""
        several = len(items) > 1
        if several:
            self.several.show_items(items)
        self.head.setCurrentWidget(self.several if several else self.header)
        left = self.together.show_items(items if several else [])
        if not left:
            self.context.say(_("Something is not saved. Correct it, or press Esc in that field."))
        self.side.setCurrentWidget(self.together if several or not left else self.inspector)

    @Slot()
    def _on_cleared(self) -> None:
        self.grid.clear_selection()
        self.grid.setFocus()

    @Slot()
    def _on_stay(self) -> None:
        self.grid.set_current(self.inspector.item())

    @Slot(str)
    def _on_typed(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(letter)

    @Slot(object)
    def _on_opened(self, item: int) -> None:
        self.inspector.edit_name()

    @Slot()
    def _on_down(self) -> None:
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)
        if self.grid.current() is None and self.grid.cards.ids:
            self.grid.set_current(self.grid.cards.ids[0])

    @Slot()
    def _on_add(self) -> None:
        if self.commit():
            self._edit_new(self.context.act(N_("Add item"), _add, self.filters.group()))

    @Slot()
    def _on_duplicate(self) -> None:
        if self.head.currentWidget() is self.several:
            self.several.duplicate.trigger()
        elif (item := self.inspector.item()) is not None and self.commit():
            self._edit_new(self.context.act(N_("Duplicate item"), duplicate_product, item))

    def _edit_new(self, item: int | None) -> None:
        """Show an item that has just been made, wherever it is, and go to its name."""
        if item is None:
            return
        search, group = self.filters.search(), self.filters.group()
        if search.typed or len(search.terms) > (group is not None):  # where it may not be found
            self.filters.set_search(Search(sort=search.sort))
        self._wanted = item
        self._show_ids(self.context.get(find, self.filters.search()))
        self._find_all()
        self.inspector.edit_name(whole=True)

    @Slot()
    def _on_delete(self) -> None:
        if (item := self.inspector.item()) is None:
            return
        self._deleted = item
        if self.head.currentWidget() is self.several:
            if not self.commit():
                self.inspector.abandon()
                self.together.abandon()
            self.several.remove()
            return
        if self._exists(item):
            self.context.act(N_("Delete item"), remove_products, [item], done=_("Item deleted"))
        if not self._exists(item):
            self.inspector.abandon()

    def _exists(self, item: int) -> bool:
        return bool(self.context.get(cards, [item]))

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

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(1108), theme.pixels(840))


def _find(session: Session, search: Search) -> tuple[list[int], int]:
    """Return the items that are meant, and how many there are at all."""
    return find(session, search), count_products(session)


def _add(session: Session, collection: int | None) -> int:
    """Add an item with a name to write over, in the collection one is looking at."""
    item = add_product(session, _("New item"))
    if collection is not None:
        put_into(session, item, collection)
    return item
