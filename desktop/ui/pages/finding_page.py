"""The shape of a page of rows in any number: found as one types, and the one that is chosen edited beside them."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Row
from desktop.data.notice import MANY, Change, Many, Notice
from desktop.i18n import _
from desktop.services.hits import hits, needles
from desktop.services.terms import Search, words
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.filters import Filters
from desktop.ui.pages.kind import Kind
from desktop.ui.pages.page import Page
from desktop.ui.pages.row_inspector import RowInspector
from desktop.ui.pages.selection import Selection
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_painter import GAP
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader


class Where(NamedTuple):
    """What one was looking at."""

    row: int | None = None
    search: Search = Search()


class FindingPage(Page):
    """The first rows are there at once, unless even those would take a look at all of them; the rest follows.

    What one looks at stays in sight though it may not be found any more, until one goes on to another row: one may
    not be done with it. A page makes the parts named here, and lays them out with `lay_out`.
    """

    first = 80  # rows found at once: more than are in sight

    header: PageHeader
    add: Button
    add_first: Button
    show_all: Button
    filters: Filters
    grid: CardGrid
    empty: Empty  # while there are no rows at all
    nothing: Empty  # while none is found
    several: Selection  # in the place of the header
    inspector: RowInspector
    together: QWidget  # in the place of the inspector

    def __init__(self, context: Context, kind: Kind) -> None:
        super().__init__(context)
        self.kind = kind
        self._job: Job | None = None
        self._wanted: int | None = None  # to choose as soon as it is among the ids
        self._deleted: int | None = None  # here, so that undo comes back to it
        self._behind = False  # what is shown has changed, and may not be found any more
        self.shown, self.head, self.side = QStackedWidget(), QStackedWidget(), QStackedWidget()

    def lay_out(self, width: int, least: int) -> None:
        """Lay out all parts, the inspector `width` points wide to begin with, what is beside it `least` at least."""
        self.search = self.filters.field
        around = theme.pixels(24 - GAP)  # which every row has around it
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(around, theme.pixels(16), around, 0)
        column.setSpacing(theme.pixels(12))
        for stack, parts in (
            (self.shown, (self.grid, self.empty, self.nothing)),
            (self.head, (self.header, self.several)),
            (self.side, (self.inspector, self.together)),
        ):
            for part in parts:
                stack.addWidget(part)
        for head in (self.head, self.filters):
            row = QHBoxLayout()
            row.setContentsMargins(theme.pixels(GAP), 0, theme.pixels(GAP), 0)
            row.addWidget(head)
            column.addLayout(row)
        self.shown.setMinimumHeight(theme.pixels(120))  # rather than that chips are cut off
        column.addWidget(self.shown, 1)
        self.lay_beside(main, self.side, width, least=least)
        self._connect()

    def _connect(self) -> None:
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_add)
        for button in (self.add, self.add_first):
            button.clicked.connect(self._on_add)
            button.setDisabled(self.context.read_only)
        self.filters.changed.connect(self.search_again)
        self.search.moved_down.connect(self._on_down)
        self.show_all.clicked.connect(self.filters.clear.click)
        self.grid.current_changed.connect(self._on_current)
        self.grid.selection_changed.connect(self._on_selection)
        self.grid.opened.connect(self._on_opened)
        self.grid.typed.connect(self._on_typed)
        self.several.cleared.connect(self._on_cleared)
        for part in (self.grid, self.several, self.inspector):
            part.delete_wanted.connect(self._on_delete)

    # What a kind of rows does its own way

    def show_total(self, total: int) -> None:
        """Show how many rows there are at all, now that all that are meant are shown."""
        raise NotImplementedError

    def is_stale(self, notice: Notice) -> bool:
        """Say whether other rows may be found, or in another order, by what else was changed."""
        return False

    def beside(self, several: Sequence[int]) -> QWidget:
        """Return which part is to be seen at the side while these rows are chosen, or one at most."""
        raise NotImplementedError

    def add_row(self) -> int | None:
        """Add a row, and return its id, or None where that was not to be."""
        raise NotImplementedError

    def remove_row(self, row: int) -> None:
        """Delete a row."""
        raise NotImplementedError

    def abandon(self) -> None:
        """Want nothing of what is typed."""
        self.inspector.abandon()

    # What is shown

    def show_target(self, target: object) -> None:
        """Show a row by its id, what a Search finds, or what `state` returned."""
        if isinstance(target, Where):
            self.filters.set_search(target.search)
            self._wanted = target.row
        elif isinstance(target, Search):
            self.filters.set_search(target)
        elif isinstance(target, int):
            self.filters.set_search(Search(sort=self.filters.search().sort))
            self._wanted = target
        self.search_again()

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self._wanted or self.inspector.row(), self.filters.search())

    def commit(self) -> bool:
        return self.inspector.commit()

    @Slot()
    def search_again(self) -> None:
        """Show the first rows at once where that can be, and all of them soon."""
        search = self.filters.search()
        first = self.context.get(self.kind.find_first, search, self.first)
        self._mark(search)
        if first is not None:
            self.show_ids(first, first=True)
        self.find_all()

    def _mark(self, search: Search) -> None:
        self.grid.mark(partial(hits, self.context.get(needles, words(search)[0], self.kind.read)))

    def find_all(self) -> None:
        """Find all rows that are meant behind the window, and show them."""
        self._behind = False
        self._job = self.context.read(_find, self.kind, self.filters.search()).begin(
            self._on_found, self._on_failed, instead_of=self._job
        )

    @Slot(object)
    def _on_found(self, found: tuple[Sequence[int], int]) -> None:
        self._job = None
        ids, total = found
        self.show_ids(ids)
        self.show_total(total)
        self.filters.count_once()
        self._wanted = None

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def show_ids(self, ids: Sequence[int], first: bool = False) -> None:
        """Show these rows; `first` if more may follow."""
        self.grid.set_ids(ids, in_place=not self.search.text(), more=first)
        if self._wanted in ids:
            self.grid.set_current(self._wanted)
        if ids or not first:
            empty = not ids and self.filters.is_empty()
            if empty:
                self.show_empty(self.shown, self.empty)
            else:
                self.shown.setCurrentWidget(self.grid if ids else self.nothing)
            self.add.setVisible(not empty)  # it has a button of its own
            self.filters.setVisible(not empty)

    def on_changed(self, notice: Notice) -> None:
        """Show what is new of the rows in sight; all are only asked for again where other ones may be found."""
        change = notice.of(self.kind.model)
        again = change is not None and self._follow(change)
        again |= self.filters.on_changed(notice)
        again |= self.is_stale(notice)
        if again or (self._behind and self.grid.current() is None):
            self.find_all()
        self.inspector.refresh(notice)

    def _follow(self, change: Change | Many) -> bool:
        """Follow a change of rows, and say whether some came, went, or may be found that were not before."""
        searching = self.filters.search() != Search()
        self._behind |= searching
        if change is MANY:
            self.grid.cards.forget()
            return True
        self.grid.cards.forget(change.updated | change.inserted)
        for row in (self._deleted, self.inspector.row()):
            if row in change.inserted:
                self._wanted = row
        found = searching and not change.updated <= set(self.grid.cards.ids)
        return found or bool(change.inserted or change.deleted)

    # What one does

    @Slot(object)
    def _on_current(self, row: int | None) -> None:
        if not self.inspector.show_row(row):
            self.say_unsaved()
            QTimer.singleShot(0, self._on_stay)  # once the click is over
        elif self._behind:
            self.find_all()

    def say_unsaved(self) -> None:
        """Say why one stays where one is."""
        self.context.say(_("Something here is not saved. Correct it, or press Esc in that field."))

    @Slot()
    def _on_stay(self) -> None:
        self.grid.set_current(self.inspector.row())

    @Slot(object)
    def _on_selection(self, ids: Sequence[int]) -> None:
        """Offer what can be done with several, where the header is: nothing moves."""
        several = len(ids) > 1
        if several:
            self.several.show_items(ids)
        self.head.setCurrentWidget(self.several if several else self.header)
        self.side.setCurrentWidget(self.beside(ids if several else ()))

    @Slot()
    def _on_cleared(self) -> None:
        self.grid.clear_selection()
        self.grid.setFocus()

    @Slot(str)
    def _on_typed(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(letter)

    @Slot(object)
    def _on_opened(self, _row: int) -> None:
        self.inspector.edit_name()

    @Slot()
    def _on_down(self) -> None:
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)
        if self.grid.current() is None and self.grid.cards.ids:
            self.grid.set_current(self.grid.cards.ids[0])

    @Slot()
    def _on_add(self) -> None:
        if self.commit():
            self.edit_new(self.add_row())

    def edit_new(self, row: int | None) -> None:
        """Show a row that has just been made, wherever it is, and go to its name."""
        if row is None:
            return
        search, group = self.filters.search(), self.filters.group()
        if search.typed or len(search.terms) > (group is not None):  # where it may not be found
            self.filters.set_search(Search(sort=search.sort))
            self._mark(self.filters.search())
        self._wanted = row
        self.show_ids(self.context.get(self.kind.find, self.filters.search()))
        self.find_all()
        self.inspector.edit_name(whole=True)

    @Slot()
    def _on_delete(self) -> None:
        row = self.inspector.row()
        if row is None:
            return
        self._deleted = row
        if self.head.currentWidget() is self.several:
            if not self.commit():
                self.abandon()
            self.several.remove()
            return
        if self.context.get(_exists, self.kind.model, row):
            self.remove_row(row)
        if not self.context.get(_exists, self.kind.model, row):
            self.abandon()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(1108), theme.pixels(840))


def _find(session: Session, kind: Kind, search: Search) -> tuple[list[int], int]:
    """Return the rows that are meant, and how many there are at all."""
    return kind.find(session, search), kind.total(session)


def _exists(session: Session, model: type[Row], row: int) -> bool:
    return session.get(model, row) is not None
