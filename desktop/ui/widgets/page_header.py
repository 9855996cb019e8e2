"""The head of a page: its title, how much there is, and its buttons on the trailing side."""

from functools import cached_property

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import ElidedLabel, Label


class _Count(ElidedLabel):
    """All of what it says, or nothing where there is no room: half a number misleads. Its tool tip has it then."""

    def shown(self) -> str:
        words = super().shown()
        return words if words == self._line() else ""


class PageHeader(QWidget):
    """A title with a quiet count beside it; `add` puts buttons, the main one last."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, "title")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.pixels(12))
        self._row.addWidget(self.title)
        self._row.addStretch()
        self._row.addStrut(theme.pixels(36))  # a page too low for all it has would cut buttons off by a minimum height

    @cached_property
    def count(self) -> ElidedLabel:
        """What is said beside the title; made when it is known, in its look at once: to dress it anew takes 10 ms."""
        label = _Count()
        label.setMinimumWidth(1)  # it gives way before the title and the buttons do
        self._row.insertWidget(1, label)
        return label

    def set_count(self, words: str, state: str = "ok") -> None:
        """Show "128 of 500 items" or the like; `state` is "ok", "near" or "over"."""
        theme.look(self.count, "muted" if state == "ok" else "warn")
        self.count.setText(words)

    def add(self, *buttons: QWidget) -> None:
        """Put `buttons` at the trailing end, in this order."""
        for button in buttons:
            self._row.addWidget(button)
