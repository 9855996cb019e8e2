"""The sign beside the clock, where the desktop has such a place: quick replies, the window, and the end."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.i18n import _
from desktop.resources import resource


class Tray(QObject):
    """Says `palette_wanted`, `window_wanted` or `end_wanted`. Made again when the language changes."""

    palette_wanted = Signal()
    window_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.menu.addAction(_("Quick replies…"), self.palette_wanted.emit)
        self.menu.addAction(_("Open Dukkan"), self.window_wanted.emit)
        self.menu.addSeparator()
        self.menu.addAction(_("Quit"), self.end_wanted.emit)
        self.icon = QSystemTrayIcon(QIcon(str(resource("icon.svg"))), self)
        self.icon.setToolTip(_("Dukkan"))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.show()

    @staticmethod
    def is_possible() -> bool:
        """Say whether this desktop shows such signs; some show none without an extension."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.palette_wanted.emit()
