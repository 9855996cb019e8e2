"""Asking for a name."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.labels import Label


class NameDialog(QDialog):
    """A line, and a button that keeps what is in it: `keep(name)` returns what is wrong, or "" and it closes."""

    def __init__(
        self, title: str, prompt: str, name: str, button: str, keep: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self.line = Line()
        self.line.setText(name)
        self.line.selectAll()
        self.line.setMaxLength(200)
        self.line.setAccessibleName(prompt)
        label = Label(prompt, "section")
        label.setBuddy(self.line)
        self.complaint = Label("", "warn", wrap=True)
        self.complaint.hide()
        self.go = primary(button)
        self.cancel = quiet(_("Cancel"))
        self.go.clicked.connect(self._on_go)
        self.line.returnPressed.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        layout = column_of(self)
        for widget in (label, self.line, self.complaint):
            layout.addWidget(widget)
        layout.addSpacing(theme.pixels(8))
        layout.addLayout(foot(self.cancel, self.go))
        self.resize(theme.pixels(380), self.sizeHint().height())

    @Slot()
    def _on_go(self) -> None:
        if complaint := self._keep(self.line.text()):
            self.complaint.setText(complaint)
            self.complaint.show()
            self.line.setFocus()
        else:
            self.accept()
