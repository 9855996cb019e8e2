"""The inspector of what a list shows: the fields of one row, each of which saves itself."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.services.errors import NotFound
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.pages.row_inspector import RowInspector
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.inspector import Inspector


class RowEditor(RowInspector):
    """Edits the row of `show_row`, which `read(session, id)` reads; a kind of it lays out `panel` and fills it."""

    panel: Inspector

    def __init__(self, context: Context, read: Callable[..., Any]) -> None:
        super().__init__()
        self.context = context
        self._reader = read
        self._row: Any = None
        self._bases = Bases()

    def row(self) -> int | None:
        return self._row.id if self._row else None

    def show_anew(self, row_id: int | None) -> None:
        self._row = self._read(row_id)
        self._start()
        self.panel.area.verticalScrollBar().setValue(0)

    def fields(self) -> Sequence[Field]:
        """Return its fields, in the order in which they are saved."""
        raise NotImplementedError

    def commit(self) -> bool:
        for field in self.fields():
            if not field.commit() and self._is_there():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def is_unsaved(self) -> bool:
        """Say whether something is entered that is not stored."""
        return any(field.is_unsaved() for field in self.fields())

    def hold(self, panel: Inspector, narrowest: int) -> None:
        """Consist of a panel, never narrower than so many points."""
        self.panel = panel
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.setMinimumWidth(theme.pixels(narrowest))

    def edit_name(self, whole: bool = False) -> None:
        """Go to the first field, all of it selected if it is to be written over."""
        editor = self.fields()[0].editor
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if whole and isinstance(editor, Line):
            editor.selectAll()

    def abandon(self) -> None:
        self._start()

    def _start(self) -> None:
        """Fill everything anew with the row, if there is one."""
        if self._row:
            self._show(self._row, start=True)

    def _follow(self) -> None:
        """Show the row as it is stored now; one that is gone stays in sight as long as something typed is not saved."""
        stored = self._read(self.row())
        if stored:
            self._show(stored, start=False)
        elif not self.is_unsaved():
            self._leave()

    def _leave(self) -> None:
        """Show none."""
        self._row = None

    def _show(self, row: Any, start: bool) -> None:
        """Fill everything with a row: anew, or but for what is being typed."""
        raise NotImplementedError

    def _read(self, row_id: int | None) -> Any:
        try:
            return None if row_id is None else self.context.get(self._reader, row_id)
        except NotFound:
            return None

    def _is_there(self) -> bool:
        return self._read(self.row()) is not None
