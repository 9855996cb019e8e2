"""The filters of the catalog: words, collections, status, what needs attention, the order, and saved searches."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.data.models import Collection, CollectionItem, Picture, Product, ProductText, SavedSearch
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats
from desktop.services.searches import Saved, list_searches, remove_search, rename_search, save_search
from desktop.services.where import Search, collection_terms, count_terms
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.pages.catalog_terms import ATTENTION, ORDERS, STATUS, label
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button, flat, icon_button, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.flow import FlowLayout, tab_here
from desktop.ui.widgets.search_field import SearchField

SHOWN = 8  # collections that are chips at most, and on LINES: more would push the items out of sight
LINES = 2
COUNTED = (Product, ProductText, Picture, Collection, CollectionItem)
MORE = "more"  # the value of the chip that opens the rest


class CatalogFilters(QWidget):
    """What one is looking for, as a `Search`. `changed` says that it was changed here; setting it tells nobody."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._terms: tuple[str, ...] = ()
        self._sort = ""
        self._names: dict[str, str] = {}  # of the collections, by their terms
        self._saved: list[Saved] = []
        self._counts: Mapping[str, int] = {}
        self._rows: list[tuple[object, str, str]] = []  # what the chips were made of
        self._on: list[object] = []  # the values of those that are on
        self._far: list[str] = []  # the terms of collections that are no chips
        self._far_saved: list[Saved] = []  # the saved searches that are none
        self._active: object = None  # what is shown of those that are on
        self._job: Job | None = None
        self._counting = False
        self.field = SearchField(_("Search name, description, code or price"))
        # TRANSLATORS: a button that opens a list of filters.
        self.filter = quiet(_("Filter"), "list-filter")
        self.sort = quiet("", "arrow-up-down")  # the order that is chosen is told below
        self.filters, self.orders, self.rest = QMenu(self), QMenu(self), QMenu(self)
        self.filter.setMenu(self.filters)
        self.sort.setMenu(self.orders)
        self.chips = Chips(_("Collections and saved searches"), exclusive=False)
        self.active = QWidget()
        self.active.setAccessibleName(_("What is filtered by"))
        self.save = icon_button("bookmark-plus", _("Save this search…"))
        self.rename = icon_button("pencil", _("Rename this search…"))
        self.forget = icon_button("trash-2", _("Delete this saved search"))
        self.clear = flat(_("Clear filters"), "x")
        self._removable: list[Button] = []
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(8))
        top.addWidget(self.field, 1)
        top.addWidget(self.filter)
        top.addWidget(self.sort)
        top.addWidget(self.save)
        self._flow = FlowLayout(self.active)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.active)
        for button in (self.rename, self.forget):
            button.setDisabled(self._context.read_only)

    def _connect(self) -> None:
        self.field.searched.connect(self._on_typed)
        self.chips.chosen.connect(self._on_chips)
        self.filters.aboutToShow.connect(self._on_filters)
        self.orders.aboutToShow.connect(self._on_orders)
        self.save.clicked.connect(self._on_save)
        self.rename.clicked.connect(self._on_rename)
        self.forget.clicked.connect(self._on_forget)
        self.clear.clicked.connect(self._on_clear)

    # What is looked for

    def search(self) -> Search:
        """Return what one is looking for."""
        return Search(self.field.text().strip(), self._terms, self._sort)

    def set_search(self, search: Search) -> None:
        """Look for something else."""
        self.field.show_text(search.typed)
        self._terms, self._sort = tuple(dict.fromkeys(search.terms)), search.sort
        self._show()

    def collection(self) -> int | None:
        """Return the collection that is looked at, if it is one: new items go into it."""
        chosen = [int(term.partition("#")[2]) for term in self._terms if term in self._names]
        return chosen[0] if len(chosen) == 1 else None

    def is_empty(self) -> bool:
        """Say whether all items are shown."""
        return not (self.field.text().strip() or self._terms)

    def names(self) -> Mapping[str, str]:
        """Return the names of the collections by their terms."""
        return self._names

    # What there is

    def on_changed(self, notice: Notice) -> bool:
        """Follow what was changed, and say whether another search is meant now: its collection may be gone."""
        if any(notice.of(model) is not None for model in COUNTED):
            self._count()
        if notice.of(Collection) is None and notice.of(SavedSearch) is None:
            return False
        before = self._terms
        self.refresh()
        return self._terms != before

    def refresh(self) -> None:
        """Show the collections and saved searches that there are."""
        with self._context.reader() as session:
            self._names = collection_terms(session)
            self._saved = list_searches(session)
        gone = [term for term in self._terms if term.startswith("collection=#") and term not in self._names]
        self._terms = tuple(term for term in self._terms if term not in gone)
        self._show()

    def count_once(self) -> None:
        """Count what each filter finds, unless that has begun: to be called once the items are there, which come first.

        No timer does it: one that goes off when the shop has just been closed would read it again.
        """
        if not self._counting:
            self._count()

    def _count(self) -> None:
        self._counting = True
        if self._job:
            self._job.cancel()
        self._job = self._context.read(count_terms, ("all", *self._names, *STATUS, *ATTENTION))
        self._job.done.connect(self._on_counted)
        self._job.start()

    @Slot(object)
    def _on_counted(self, counts: Mapping[str, int]) -> None:
        self._job = None
        self._counts = counts
        self._show()

    def _show(self) -> None:
        near, rows = self._fitting()
        if rows != self._rows:
            self._rows = rows
            self.chips.set_chips(rows, self._icons())
        self._on = [_number(term) for term in near if term in self._terms]
        if not any(term in self._names for term in self._terms):
            self._on = [None]
        if saved := self._saved_one():
            self._on.append(f"saved {saved.id}")
        self.chips.set_values(self._on)
        order = _(ORDERS[self._sort])
        self.sort.setAccessibleName(_("Sorted by: {order}").format(order=order))
        self.sort.set_hint(_("Sorted by: {order}").format(order=order))
        self.save.setEnabled(not (self.is_empty() or self._saved_one() or self._context.read_only))
        self._show_active([term for term in self._terms if term not in near])

    def _fitting(self) -> tuple[list[str], list[tuple[object, str, str]]]:
        """Return the collections that there is room for, and what the chips are made of.

        Saved searches, which are to be one click away, are the last to give way.
        """
        terms = list(self._names)
        count, saved = (len(terms) if len(terms) <= SHOWN + 1 else SHOWN), len(self._saved)
        while self.chips.lines(rows := self._rows_with(count, saved), self._icons()) > LINES and (count or saved > 1):
            count, saved = (count - 1, saved) if count > 1 or saved < 2 else (count, saved - 1)
        self._far, self._far_saved = terms[count:], self._saved[saved:]
        return terms[:count], rows

    def _rows_with(self, count: int, saved: int) -> list[tuple[object, str, str]]:
        """Return what the chips are made of where so many collections and saved searches are chips."""
        terms = list(self._names)
        rows: list[tuple[object, str, str]] = [(None, _("All"), self._number("all"))]
        rows += [(_number(term), self._names[term], self._number(term)) for term in terms[:count]]
        if far := len(terms) - count + len(self._saved) - saved:
            # TRANSLATORS: a button that opens the list of all other collections and saved searches.
            rows.append((MORE, _("More…"), formats.number(far)))
        return rows + [(f"saved {one.id}", one.name, "") for one in self._saved[:saved]]

    def _icons(self) -> dict[object, str]:
        return {f"saved {saved.id}": "bookmark" for saved in self._saved}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show_active(self, terms: list[str]) -> None:
        """Show every filter that is no chip above as a chip that takes it away."""
        saved = self._saved_one()
        searching = not self.is_empty()
        shown = ([(term, self._number(term)) for term in terms], self._sort, saved, searching, self._names)
        if shown == self._active:
            return
        self._active = shown
        focused = any(button.hasFocus() for button in self._removable)
        while self._flow.count():
            self._flow.takeAt(0)
        for button in self._removable:
            button.hide()
            button.deleteLater()
        self._removable = [self._chip(term) for term in terms]
        if self._sort:
            self._removable.append(self._remover(_(ORDERS[self._sort]), "", partial(self._sort_by, "")))
        for button, wanted in (
            *((button, True) for button in self._removable),
            (self.rename, bool(saved)),
            (self.forget, bool(saved)),
            (self.clear, searching),
        ):
            self._flow.addWidget(button)
            button.setVisible(wanted)
        self.active.setVisible(bool(self._removable or saved))  # not while one types: the items would jump
        tab_here(self.active, [*self._removable, self.rename, self.forget, self.clear])
        if focused:
            (self.clear if searching else self.field).setFocus()

    def _chip(self, term: str) -> Button:
        return self._remover(label(term, self._names), self._number(term), partial(self._toggle, term))

    def _remover(self, words: str, number: str, remove: Callable[[bool], None]) -> Button:
        """Return a chip that takes away what it says."""
        button = Button(f"{words}  {number}" if number else words, "x", "chip", self.active)
        button.setAccessibleName(_("Remove the filter {name}").format(name=words))
        button.clicked.connect(remove)
        return button

    def _number(self, term: str) -> str:
        return formats.number(self._counts[term]) if term in self._counts else ""

    def _saved_one(self) -> Saved | None:
        """Return the saved search that is shown, if it is one."""
        now = self.search()
        return next((saved for saved in self._saved if saved.search == now), None)

    # What one does

    @Slot()
    def _on_typed(self) -> None:
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_chips(self, values: list[object]) -> None:
        (value,) = set(values) ^ set(self._on)
        saved = next((each for each in self._saved if f"saved {each.id}" == value), None)
        if isinstance(value, int):
            self._toggle(f"collection=#{value}")
        elif saved:
            self._use(saved)
        elif value == MORE:
            self._show()
            self.rest.clear()
            self._fill(self.rest, self._far)
            for one in self._far_saved:
                words = one.name.replace("&", "&&")
                self.rest.addAction(icon("bookmark"), words).triggered.connect(partial(self._use, one))
            _below(self.rest, self.chips)
        else:
            terms = tuple(term for term in self._terms if term not in self._names)
            self._look_for(Search(self.field.text(), terms, self._sort))

    def _use(self, saved: Saved, _checked: bool = False) -> None:
        """Look for what was saved, or for everything where it is that already."""
        self._look_for(Search() if saved == self._saved_one() else saved.search)

    def _look_for(self, search: Search) -> None:
        self.set_search(search)
        self.changed.emit()

    def _toggle(self, term: str, _checked: bool = False) -> None:
        terms = [other for other in self._terms if other != term]
        if len(terms) == len(self._terms):
            terms.append(term)
        self._look_for(Search(self.field.text(), tuple(terms), self._sort))

    @Slot()
    def _on_filters(self) -> None:
        self.filters.clear()
        # TRANSLATORS: above a list of filters: hidden, on sale, out of stock …
        self._section(_("Status"), list(STATUS))
        self._section(_("Needs attention"), list(ATTENTION))
        if not self.is_empty():
            self.filters.addSeparator()
            save = self.filters.addAction(_("Save this search…"), self._on_save)
            save.setDisabled(self._context.read_only)
            self.filters.addAction(_("Clear filters"), self._on_clear)

    def _section(self, title: str, terms: list[str]) -> None:
        """List what is filtered by, or might be: what no item is, is left out once that is known."""
        wanted = [term for term in terms if term in self._terms or self._counts.get(term, 1)]
        if wanted:
            self.filters.addAction(title).setEnabled(False)
            self._fill(self.filters, wanted)

    def _fill(self, menu: QMenu, terms: list[str]) -> None:
        for term in terms:
            number = self._number(term)
            words = label(term, self._names).replace("&", "&&")
            action = menu.addAction(f"{words}\t{number}" if number else words)
            action.setCheckable(True)
            action.setChecked(term in self._terms)
            action.triggered.connect(partial(self._toggle, term))

    @Slot()
    def _on_orders(self) -> None:
        self.orders.clear()
        group = QActionGroup(self.orders)
        for order, words in ORDERS.items():
            action = self.orders.addAction(_(words))
            action.setCheckable(True)
            action.setChecked(order == self._sort)
            action.triggered.connect(partial(self._sort_by, order))
            group.addAction(action)

    def _sort_by(self, order: str, _checked: bool = False) -> None:
        self._look_for(Search(self.field.text(), self._terms, order))

    @Slot()
    def _on_clear(self) -> None:
        self._look_for(Search(sort=self._sort))
        self.field.setFocus()

    @Slot()
    def _on_save(self) -> None:
        from desktop.ui.dialogs.name import NameDialog

        words = [self.field.text().strip(), *(label(term, self._names) for term in self._terms)]
        name = _(", ").join(word for word in words if word)
        title = _("Save this search")
        NameDialog(title, _("Name of the search"), name, _("Save"), self._keep_new, self).open()

    def _keep_new(self, name: str) -> str:
        return self._context.save(N_("Save search"), save_search, name, self.search())

    @Slot()
    def _on_rename(self) -> None:
        from desktop.ui.dialogs.name import NameDialog

        if saved := self._saved_one():
            keep = partial(self._keep_name, saved)
            NameDialog(_("Rename"), _("Name of the search"), saved.name, _("Rename"), keep, self).open()

    def _keep_name(self, saved: Saved, name: str) -> str:
        return self._context.save(N_("Rename search"), rename_search, saved.id, saved.version, name)

    @Slot()
    def _on_forget(self) -> None:
        if saved := self._saved_one():
            self._context.act(N_("Delete saved search"), remove_search, saved.id, done=_("Saved search deleted"))


def _number(term: str) -> int | None:
    """Return the id in the term of a collection."""
    head, _sign, number = term.partition("#")
    return int(number) if head == "collection=" and number.isdecimal() else None


def _below(menu: QMenu, widget: QWidget) -> None:
    """Open a menu below a widget, at its leading edge."""
    rtl = widget.isRightToLeft()
    corner = widget.rect().bottomRight() if rtl else widget.rect().bottomLeft()
    place = widget.mapToGlobal(corner)
    if rtl:
        place.setX(place.x() - menu.sizeHint().width())
    menu.popup(place)
