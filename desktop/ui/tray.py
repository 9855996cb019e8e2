"""The sign beside the clock, where the desktop has such a place: what is due, quick replies, the window, the end."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.i18n import _
from desktop.resources import resource


class Tray(QObject):
    """Says `palette_wanted`, `window_wanted`, `end_wanted` or `due_wanted`. Made again when the language changes."""

    palette_wanted = Signal()
    window_wanted = Signal()
    end_wanted = Signal()
    due_wanted = Signal(int)  # a follow-up

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.due: list[QAction] = []
        self._first = self.menu.addAction(_("Quick replies…"), self.palette_wanted.emit)
        self.menu.addAction(_("Open Dukkan"), self.window_wanted.emit)
        self.menu.addSeparator()
        self.menu.addAction(_("Quit"), self.end_wanted.emit)
        self.icon = QSystemTrayIcon(QIcon(str(resource("icon.svg"))), self)
        self.icon.setToolTip(_("Dukkan"))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.show()

    def show_due(self, entries: Sequence[tuple[int, str]]) -> None:
        """Put what is due at the head of the menu: follow-ups, and what is said of each."""
        for action in self.due:
            self.menu.removeAction(action)
            action.deleteLater()
        self.due = []
        for key, words in entries:
            action = QAction(words.replace("&", "&&"), self.menu)
            action.triggered.connect(partial(self._on_due, key))
            self.due.append(action)
        if self.due:
            self.due.append(self.menu.insertSeparator(self._first))
            self.menu.insertActions(self.due[-1], self.due[:-1])
        # TRANSLATORS: what the sign beside the clock says when the mouse is on it.
        tip = "\n".join([_("Dukkan"), *(words for _key, words in entries)])
        self.icon.setToolTip(tip)

    def tell(self, title: str, words: str) -> None:
        """Let the desktop show a message, where it does that."""
        if self.icon.supportsMessages():
            self.icon.showMessage(title, words, self.icon.icon())

    def _on_due(self, key: int, _checked: bool = False) -> None:
        self.due_wanted.emit(key)

    @staticmethod
    def is_possible() -> bool:
        """Say whether this desktop shows such signs; some show none without an extension."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.palette_wanted.emit()
