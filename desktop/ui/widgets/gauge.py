"""How much of a limit is used: a thin bar with its words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import Label

THICK = 4


class Bar(QWidget):
    """The bar alone: filled from the leading edge, in the warning colour near and over the limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.state = "ok"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(80), theme.pixels(THICK))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        used = QRectF(whole)
        used.setWidth(whole.width() * min(max(self.share, 0.0), 1.0))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            used.moveRight(whole.right())
        painter.setBrush(theme.colour("accent" if self.state == "ok" else "warn"))
        painter.drawRoundedRect(used, whole.height() / 2, whole.height() / 2)


class Gauge(QWidget):
    """Words such as "128 of 500 items" over a bar; hidden until `show_use` says something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", "small")
        self.bar = Bar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(4))
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        self.hide()

    def show_use(self, used: int, limit: int, words: str, state: str = "ok") -> None:
        """Show `used` of `limit`; `state` is "ok", "near" or "over"."""
        self.words.setText(words)
        self.setAccessibleName(words)
        theme.look(self.words, "small" if state == "ok" else "warn")
        self.bar.share = used / limit if limit else 0.0
        self.bar.state = state
        self.bar.update()
        self.show()
