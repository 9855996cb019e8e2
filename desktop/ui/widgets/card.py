"""A rounded surface that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import Label


class Card(QFrame):
    """A card with an optional heading; fill it with `add`, or through its `body` layout."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.look(self, "card")
        self.body = QVBoxLayout(self)
        around = theme.pixels(16)
        self.body.setContentsMargins(around, around, around, around)
        self.body.setSpacing(theme.pixels(12))
        self.setAccessibleName(title)
        if title:
            self.body.addWidget(Label(title, "heading"))

    def add(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        """Put `content` below what is there."""
        if isinstance(content, QWidget):
            self.body.addWidget(content, stretch)
        else:
            self.body.addLayout(content, stretch)
