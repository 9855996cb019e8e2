"""The one place where a slip of the program ends up: written down, told once, and nothing of the owner's lost."""

import logging
import sys
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import log, report
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.clipboard import put_text
from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.labels import Label

QUIET = 10  # seconds after something was told in which nothing more is: one slip brings others along
MANY = 1_000  # different slips that are remembered
REPEAT = 20  # of one and the same slip, written down; a list that is painted can repeat it hundreds of times


class CrashHandler(QObject):
    """Takes exceptions that nobody caught, from whichever thread, as `sys.excepthook`."""

    caught = Signal()
    interrupted = Signal()
    failed = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._seen: dict[str, int] = {}
        self._told = -QUIET * 1.0
        self.caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(window.tell, Qt.ConnectionType.QueuedConnection)
        self.interrupted.connect(window.close, Qt.ConnectionType.QueuedConnection)

    def catch(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        """Write it down, and have the window say so the first time."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            self.interrupted.emit()
            return
        if kind.__name__ in ("NotReached", "Damaged"):  # the shop's server or file: no slip, and the window lives on
            self.failed.emit(str(error))
            return
        place = f"{kind.__name__} {traceback.tb_lineno if traceback else ''} {error}"
        if len(self._seen) >= MANY:
            self._seen.clear()
        self._seen[place] = self._seen.get(place, 0) + 1
        if self._seen[place] <= REPEAT:
            logging.getLogger("desktop").error("A slip of the program", exc_info=(kind, error, traceback))
        if self._seen[place] == 1:
            self.caught.emit()

    @Slot()
    def _on_caught(self) -> None:
        if (moment := monotonic()) - self._told < QUIET:
            return
        self._told = moment
        assert QThread.currentThread() is self.thread(), "windows are touched in their own thread only"
        sentence = _("Something in Dukkan went wrong, and nothing you saved is lost.")
        if path := log.start():
            sentence = _(
                "Something in Dukkan went wrong, and nothing you saved is lost. What is known stands in {path}"
            )
        self._window.tell(sentence.format(path=formats.ltr(str(path))))


class CrashDialog(QDialog):
    """The report of a crash, shown once, to be copied if somebody is to look into it. It is sent to nobody."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Dukkan stopped unexpectedly"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = text
        self.words = Label(_("Dukkan stopped unexpectedly last time. What was saved is there."), wrap=True)
        privacy = _(
            "This report helps whoever looks into it. Numbers and passwords are left out, and it is sent nowhere."
        )
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.report.setAccessibleName(_("Report"))
        self.copy = primary(_("Copy report"), "copy")
        self.close_ = quiet(_("Close"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.pixels(8))
        foot.addStretch()
        foot.addWidget(self.close_)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(12))
        column.addWidget(Label(_("Dukkan stopped unexpectedly"), "title"))
        column.addWidget(self.words)
        column.addWidget(Label(privacy, "muted", wrap=True))
        column.addWidget(self.report, 1)
        column.addLayout(foot)
        self.resize(theme.pixels(640), theme.pixels(460))
        self.copy.clicked.connect(self._on_copy)
        self.close_.clicked.connect(self.accept)

    @Slot()
    def _on_copy(self) -> None:
        said = put_text(self._text) or _("Copied.")
        self.words.setText(said)
        announce(self, said)


def show_last(window: MainWindow) -> None:
    """Show the report of the last crash, if there was one, and listen for the next."""
    if text := report.take():
        CrashDialog(text, window).open()
    report.listen()
