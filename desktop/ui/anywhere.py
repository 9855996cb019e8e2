"""Dukkan from anywhere on the desktop: the door at which a second start knocks, the tray, and the small window."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.door import Door
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.pocket import Pocket
from desktop.ui.reminders import Reminders
from desktop.ui.tray import Tray


class Anywhere(QObject):
    """Belongs to the window, from its first paint until `close`."""

    wished = Signal(str, str)  # at the door, in its thread: what, and a text

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self.application = application
        self.window = window
        self.pocket: Pocket | None = None
        self.tray: Tray | None = None
        self.door: Door | None = None
        self.wished.connect(self._on_wish, Qt.ConnectionType.QueuedConnection)
        try:
            self.door = Door(self._hears)
        except OSError:  # no place for it: then a second start opens a second window
            logging.getLogger(__name__).warning("The door could not be opened", exc_info=True)
        self.settle()

    def settle(self) -> None:
        """Take the language and the settings as they are now: make the tray and the small window anew."""
        self._drop_pocket()
        if self.tray:
            self.tray.icon.hide()
            self.tray.deleteLater()
            self.tray = None
        if Tray.is_possible():
            self.tray = Tray(self)
            self.tray.palette_wanted.connect(self._on_palette_wanted)
            self.tray.window_wanted.connect(self.raise_window)
            self.tray.end_wanted.connect(self._on_end_wanted)
            Reminders(self.window, self.tray)
        self.window.stays = self.tray is not None and self.window.settings.stay
        self.application.setQuitOnLastWindowClosed(not self.window.stays)

    def show_pocket(self, typed: str = "") -> None:
        """Show the small window that finds replies, above all others; without a shop, the window itself."""
        context = self.window.context
        if context is None:
            self.raise_window()
            return
        if self.pocket is None or self.pocket.context is not context:
            self._drop_pocket()
            self.pocket = Pocket(context)
            theme.dress(self.pocket, like=self.window)
        self.pocket.open(typed)

    @Slot()
    def raise_window(self) -> None:
        """Bring the window to the front."""
        self.window.show()
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Hear nobody any more."""
        self._drop_pocket()
        if self.door:
            self.door.close()
            self.door = None

    def _hears(self, wish: str, text: str) -> bool:
        """Say whether a wish will be done (in the door's thread); a shop is only opened here if it is the one here."""
        context = self.window.context
        if wish == "palette" and context is None:
            return False
        where = context.database.where if context else None
        if wish == "open" and text != str(where.absolute() if isinstance(where, Path) else where):
            return False
        self.wished.emit(wish, text)
        return True

    def _drop_pocket(self) -> None:
        if self.pocket:
            self.pocket.hide()
            self.pocket.deleteLater()
            self.pocket = None

    @Slot(str, str)
    def _on_wish(self, wish: str, text: str) -> None:
        if wish == "palette":
            self.show_pocket(text)
        else:
            self.raise_window()

    @Slot()
    def _on_palette_wanted(self) -> None:
        self.show_pocket()

    @Slot()
    def _on_end_wanted(self) -> None:
        self.window.stays = False
        if self.window.isHidden() or self.window.close():
            self.application.quit()
