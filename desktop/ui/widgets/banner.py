"""A line across the top of a page that says what needs attention."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import announce, flat
from desktop.ui.widgets.labels import Label


class Banner(QFrame):
    """A warning with an optional button, whose click is `acted`; hidden while there is nothing to say."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.look(self, "banner")
        side = theme.pixels(18)
        mark = QLabel()
        mark.setPixmap(icons.icon("triangle-alert", "warn").pixmap(side, side))
        self.words = Label("", wrap=True)
        self.button = flat("")
        self.button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.pixels(12), theme.pixels(4), theme.pixels(12), theme.pixels(4))
        row.setSpacing(theme.pixels(10))
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.setMinimumHeight(theme.pixels(40))
        self.hide()

    def say(self, words: str, action: str = "") -> None:
        """Show `words`, and a button named `action` if there is something to do; "" hides the banner."""
        self.words.setText(words)
        self.button.set_text(action)
        self.button.setVisible(bool(action))
        self.setVisible(bool(words))
        if words:
            announce(self, words)
