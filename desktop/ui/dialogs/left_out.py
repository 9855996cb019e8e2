"""A list of what could not be taken in, and why: read, copied to ask someone, closed."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListView, QWidget

from desktop.i18n import _, bidi, formats, ngettext
from desktop.ui import theme
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.widgets.buttons import CopyButton, quiet
from desktop.ui.widgets.labels import Label


class LeftOutDialog(QDialog):
    """Shows one sentence for each thing that was left out, however many. Show it with `open()`."""

    def __init__(self, troubles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What was left out"))
        words = ngettext("{n} picture was left out", "{n} pictures were left out", len(troubles))
        self.title = Label(words.format(n=formats.number(len(troubles))), "title")
        self.list = QListView()
        self.list.setModel(QStringListModel(list(troubles), self.list))
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.title.text())
        self.copy = CopyButton(_("Copy the list"), lambda: bidi.strip("\n".join(troubles)))
        self.close_button = quiet(_("Close"))
        self.close_button.clicked.connect(self.reject)
        layout = column_of(self)
        layout.addWidget(self.title)
        layout.addWidget(Label(_("Everything else was taken."), "muted"))
        layout.addWidget(self.list, 1)
        layout.addLayout(foot(self.close_button, leading=[self.copy]))
        self.resize(theme.pixels(560), theme.pixels(420))
