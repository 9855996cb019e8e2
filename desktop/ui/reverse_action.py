"""Undo and Redo of the window, each of which says what it would take back, or do again."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.data.database import Database


class ReverseAction(QAction):
    """Undo, or Redo; off while there is nothing to be reversed."""

    def __init__(self, parent: QWidget, redo: bool) -> None:
        super().__init__(parent)
        self._redo = redo
        self.setShortcuts(QKeySequence.StandardKey.Redo if redo else QKeySequence.StandardKey.Undo)

    def follow(self, database: "Database | None") -> None:
        """Say what is next in a shop, nothing without one."""
        title = database.next_title(self._redo) if database else None
        self.setEnabled(title is not None)
        if title is None:
            self.setText(_("Redo") if self._redo else _("Undo"))
        else:
            sentence = _("Redo: {title}") if self._redo else _("Undo: {title}")
            self.setText(sentence.format(title=_(title)).replace("&", "&&"))
