"""What pages have in common that list what is edited beside the list: orders, replies, follow-ups, send lists."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.data.models import Row
from desktop.data.notice import MANY, Notice
from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.page import Page
from desktop.ui.pages.row_editor import RowEditor
from desktop.ui.widgets.copy_list import CopyList, CopyRow
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.search_field import SearchField


class ListPage(Page):
    """A list, and beside it the inspector of the row that is chosen, the first one to begin with.

    What is deleted goes away with what is typed of it, its neighbour is chosen, and it is chosen again when it comes
    back.
    """

    model: ClassVar[type[Row]]  # what the rows stand for

    list: CopyList
    editor: RowEditor
    search: SearchField
    empty: Empty  # while there are no rows at all
    nothing: Empty  # while none is found

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown = QStackedWidget()  # the list, or why there is nothing in it
        self._deleted: int | None = None

    def commit(self) -> bool:
        """Save what is being typed, and say whether nothing is left unsaved."""
        return self.editor.commit()

    def _lay_out_list(self, width: int, above: Sequence[QWidget | QLayout], below: Sequence[QWidget] = ()) -> None:
        """Lay out what stands above the list and below it, and the inspector, `width` points wide to begin with."""
        around = theme.pixels(24)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(around, theme.pixels(16), around, 0)
        column.setSpacing(theme.pixels(12))
        for part in above:
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
        column.addWidget(self.shown, 1)
        for part in below:
            column.addWidget(part)
        self.lay_beside(main, self.editor, width)

    @Slot()
    def _fill(self) -> None:
        """Show what is looked for now."""
        raise NotImplementedError

    def _list_rows(self, rows: Sequence[CopyRow]) -> None:
        """Show these in the list, and the first of them in the inspector where none was chosen."""
        self.list.set_rows(rows)
        if self.editor.row() is None and rows:
            self.editor.show_row(rows[0].key)
        self._show_chosen()

    def _show_found(self, found: int, total: int) -> None:
        """Show the list, or why there is nothing in it, by how many are found, and how many there are at all."""
        if total:
            self.shown.setCurrentWidget(self.list if found else self.nothing)
        else:
            self.show_empty(self.shown, self.empty)

    def _show(self, row: int) -> bool:
        """Show one in the inspector; False if what is typed there cannot be saved yet, which then stays."""
        done = self.editor.show_row(row)
        self._show_chosen()
        return done

    def _show_chosen(self) -> None:
        self.editor.setVisible(self.editor.row() is not None)
        self.list.set_current(self.editor.row())

    def _bring_back(self, notice: Notice) -> None:
        """Choose again what was deleted here, if it is there again."""
        change = notice.of(self.model)
        if change and change is not MANY and self._deleted in change.inserted:
            self._show(self._deleted)
            self._deleted = None

    def _may_add(self) -> bool:
        """Say whether another one may be added now; what is being typed is saved first."""
        return not self.context.read_only and self.editor.commit()

    def _duplicate(self, title: str, duplicate: Callable[..., int]) -> int | None:
        """Make a copy of the one that is chosen, and return its id, None if there is none."""
        shown = self.editor.row()
        if shown is None or not self._may_add():
            return None
        return self.context.act(title, duplicate, shown, origin=self)

    @Slot(int)
    def _edit_new(self, row: int | None) -> None:
        """Go to what was added, if it was."""
        if row is not None:
            self.show_target(row)
            self.editor.edit_name(whole=True)

    def _delete(self, title: str, remove: Callable[..., Any], several: str) -> None:
        """Delete what is chosen; `several` is what is said of more than one."""
        shown = self.editor.row()
        if shown is None or self.context.read_only:
            return
        keys, ids = self.list.order(), self._meant(shown)
        place = keys.index(ids[0]) if ids[0] in keys else 0
        self.editor.abandon()
        self._deleted = shown
        self.context.act(title, remove, ids, origin=self, done=_("Deleted") if len(ids) == 1 else several)
        rest = self.list.order()
        if rest and shown not in rest:
            self._show(rest[min(place, len(rest) - 1)])

    def _meant(self, row: int) -> Sequence[int]:
        """Return all that are selected where this one is among them, else it alone."""
        selected = self.list.selected()
        return selected if row in selected else [row]

    @Slot(object)
    def _on_chosen(self, row: int) -> None:
        self._show(row)

    @Slot()
    def _on_down(self) -> None:
        """Go from the search to the list."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.current() is None:
            self._show_first()

    @Slot()
    def _on_searched(self) -> None:
        self._fill()
        if self.search.text():
            self._show_first()

    @Slot(object)
    def _on_narrowed(self, _part: object) -> None:
        """Show only a part of all, and one of these in the inspector."""
        self._fill()
        if self.editor.row() not in self.list.order():
            self._show_first()

    def _show_first(self) -> None:
        if keys := self.list.order():
            self._show(keys[0])
