"""How far something long is, and the button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.labels import Label


class Progress(QWidget):
    """A sentence over a bar, and Stop beside it, which says `stopped`: what is done by then stays."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Label("", "small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = quiet(_("Stop"))
        self.stop.clicked.connect(self.stopped)
        column = QVBoxLayout()
        column.setSpacing(theme.pixels(4))
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(12))
        row.addLayout(column, 1)
        row.addWidget(self.stop)

    def show_step(self, sentence: str, done: int, total: int) -> None:
        """Show how far it is: `done` steps of `total`."""
        self.words.setText(sentence)
        self.bar.setAccessibleName(sentence)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
