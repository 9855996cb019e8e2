"""The line of the home page that says how old the last backup is, or why there is none, and leads to the history."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.backups import told, warned
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.labels import Label


class BackupLine(QWidget):
    """For a shop that is not backed up from here (on a server, to read only, a sample) it has the history alone."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._backups = context.backups
        self.last = Label("", "small")
        self.trouble = Label("", "warn", wrap=True)
        self.synced = Label("", "warn", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.history = flat(_("History"), "history")
        line = QHBoxLayout()
        line.setSpacing(theme.pixels(12))
        line.addWidget(self.last)
        line.addWidget(self.history)
        line.addStretch()
        column.addLayout(line)
        column.addWidget(self.trouble)
        column.addWidget(self.synced)
        self.history.clicked.connect(partial(context.go, "history"))
        self._backups.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say it as of now: what was today becomes yesterday."""
        self.last.setText(told(self._backups.at))
        self.trouble.setText(self._backups.trouble)
        self.trouble.setVisible(bool(self._backups.trouble))
        self.synced.setText(warned(self._backups.synced))
        self.synced.setVisible(bool(self._backups.synced))
        self.last.setVisible(self._backups.possible)
