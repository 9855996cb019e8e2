"""The one place where a slip of the program ends up: written down, told once, and nothing of the owner's lost."""

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from desktop import log
from desktop.i18n import _, formats
from desktop.ui.main_window import MainWindow

REPEAT = 20  # of one and the same slip, written down; a list that is painted can repeat it hundreds of times


class CrashHandler(QObject):
    """Takes exceptions that nobody caught, from whichever thread, as `sys.excepthook`."""

    caught = Signal()
    interrupted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._seen: dict[str, int] = {}
        self.caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self.interrupted.connect(window.close, Qt.ConnectionType.QueuedConnection)

    def catch(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        """Write it down, and have the window say so the first time."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            self.interrupted.emit()
            return
        place = f"{kind.__name__} {traceback.tb_lineno if traceback else ''} {error}"
        self._seen[place] = self._seen.get(place, 0) + 1
        if self._seen[place] <= REPEAT:
            logging.getLogger("desktop").error("A slip of the program", exc_info=(kind, error, traceback))
        if self._seen[place] == 1:
            self.caught.emit()

    @Slot()
    def _on_caught(self) -> None:
        assert QThread.currentThread() is self.thread(), "windows are touched in their own thread only"
        sentence = _("Something in Dukkan went wrong, and nothing you saved is lost.")
        if path := log.start():
            sentence = _(
                "Something in Dukkan went wrong, and nothing you saved is lost. What is known stands in {path}"
            )
        self._window.tell(sentence.format(path=formats.ltr(str(path))))
