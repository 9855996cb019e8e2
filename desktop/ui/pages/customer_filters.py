"""The filters of the customers: words, labels, status, what needs attention, and the order."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.data.models import Customer, CustomerLabel, FollowUp, Label, Order
from desktop.data.notice import Notice
from desktop.i18n import _, formats
from desktop.services.terms import Search
from desktop.services.who import count_terms, label_terms
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.customer_terms import ATTENTION, ORDERS, STATUS, label
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button, flat, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.flow import FlowLayout, tab_here
from desktop.ui.widgets.search_field import SearchField

SHOWN = 8  # labels that are chips at most: the phone has twenty, and more would push the customers out of sight
LINES = 2
LISTED = 40  # further labels in the menu: nobody reads more
ICONS: Mapping[object, str] = {"duplicate": "merge"}
COUNTED = (Customer, CustomerLabel, Label, FollowUp, Order)


class CustomerFilters(QWidget):
    """Whom one is looking for, as a `Search`. `changed` says that it was changed here; setting it tells nobody."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._terms: tuple[str, ...] = ()
        self._sort = ""
        self._names: dict[str, str] = {}  # of the labels, by their terms
        self._counts: Mapping[str, int] = {}
        self._rows: list[tuple[object, str, str]] = []  # what the chips were made of
        self._active: object = None  # what is shown of the filters that are no chips above
        self._job: Job | None = None
        self._counting = False
        self.field = SearchField(_("Search name, number, note or username"))
        self.filter = quiet(_("Filter"), "list-filter")
        self.sort = quiet("", "arrow-up-down")  # the order that is chosen is told below
        self.filters, self.orders = QMenu(self), QMenu(self)
        self.filter.setMenu(self.filters)
        self.sort.setMenu(self.orders)
        self.chips = Chips(_("Labels"), exclusive=False)
        self.active = QWidget()
        self.active.setAccessibleName(_("What is filtered by"))
        self.clear = flat(_("Clear filters"), "x")
        self._removable: list[Button] = []
        self._lay_out()
        self.field.searched.connect(self._on_typed)
        self.chips.chosen.connect(self._on_chips)
        self.filters.aboutToShow.connect(self._on_filters)
        self.orders.aboutToShow.connect(self._on_orders)
        self.clear.clicked.connect(self._on_clear)
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(8))
        top.addWidget(self.field, 1)
        top.addWidget(self.filter)
        top.addWidget(self.sort)
        self._flow = FlowLayout(self.active)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.active)

    # Whom one looks for

    def search(self) -> Search:
        """Return whom one is looking for."""
        return Search(self.field.text().strip(), self._terms, self._sort)

    def set_search(self, search: Search) -> None:
        """Look for somebody else."""
        self.field.show_text(search.typed)
        self._terms, self._sort = tuple(dict.fromkeys(search.terms)), search.sort
        self._show()

    def label(self) -> int | None:
        """Return the label that is looked at, if it is one: new customers get it."""
        chosen = [int(term.partition("#")[2]) for term in self._terms if term in self._names]
        return chosen[0] if len(chosen) == 1 else None

    def is_empty(self) -> bool:
        """Say whether all customers are shown."""
        return not (self.field.text().strip() or self._terms)

    # What there is

    def on_changed(self, notice: Notice) -> bool:
        """Follow what was changed, and say whether another search is meant now: its label may be gone."""
        if any(notice.of(model) is not None for model in COUNTED):
            self._count()
        if notice.of(Label) is None:
            return False
        before = self._terms
        self.refresh()
        return self._terms != before

    def refresh(self) -> None:
        """Show the labels that there are."""
        self._names = self._context.get(label_terms)
        self._terms = tuple(term for term in self._terms if not term.startswith("label=#") or term in self._names)
        self._show()

    def count_once(self) -> None:
        """Count whom each filter finds, unless that has begun: to be called once the customers are there."""
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

    def _near(self) -> list[str]:
        """Return the terms that are chips above: the labels that there is room for, and always duplicates."""
        doubled = ["duplicate"] if self._counts.get("duplicate") else []
        return [*list(self._names)[:SHOWN], *doubled]

    def _show(self) -> None:
        near = self._near()
        while self.chips.lines(rows := self._rows_of(near), ICONS) > LINES and len(near) > 1:
            near.pop(-2 if near[-1] == "duplicate" else -1)
        if rows != self._rows:
            self._rows = rows
            self.chips.set_chips(rows, ICONS)
        on: list[object] = [term for term in near if term in self._terms]
        self.chips.set_values(on or [None])
        words = _("Sorted by: {order}").format(order=_(ORDERS[self._sort]))
        self.sort.setAccessibleName(words)
        self.sort.set_hint(words)
        self._show_active([term for term in self._terms if term not in near])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _rows_of(self, near: list[str]) -> list[tuple[object, str, str]]:
        rows: list[tuple[object, str, str]] = [(None, _("All"), self._number("all"))]
        return rows + [(term, label(term, self._names), self._number(term)) for term in near]

    def _show_active(self, terms: list[str]) -> None:
        """Show every filter that is no chip above as a chip that takes it away."""
        shown = ([(term, label(term, self._names), self._number(term)) for term in terms], self._sort, self.is_empty())
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
        for button in (*self._removable, self.clear):
            self._flow.addWidget(button)
            button.show()
        self.clear.setVisible(not self.is_empty())
        self.active.setVisible(bool(self._removable))  # not while one types: the customers would jump
        tab_here(self.active, [*self._removable, self.clear])
        if focused:
            self.field.setFocus()

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

    # What one does

    @Slot()
    def _on_typed(self) -> None:
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_chips(self, values: list[object]) -> None:
        before: set[object] = {term for term, _words, _number in self._rows if term in self._terms} or {None}
        (value,) = set(values) ^ before
        if isinstance(value, str):
            self._toggle(value)
        else:
            self._look_for(Search(self.field.text(), (), self._sort))

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
        self._section(_("Status"), list(STATUS))
        self._section(_("Needs attention"), list(ATTENTION))
        near = [term for term, _words, _number in self._rows]
        self._section(_("Labels"), [term for term in self._names if term not in near][:LISTED])
        if not self.is_empty():
            self.filters.addSeparator()
            self.filters.addAction(_("Clear filters"), self._on_clear)

    def _section(self, title: str, terms: list[str]) -> None:
        """List what is filtered by, or might be: what nobody is, is left out once that is known."""
        wanted = [term for term in terms if term in self._terms or self._counts.get(term, 1)]
        if not wanted:
            return
        self.filters.addAction(title).setEnabled(False)
        for term in wanted:
            number = self._number(term)
            words = label(term, self._names).replace("&", "&&")
            action = self.filters.addAction(f"{words}\t{number}" if number else words)
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
