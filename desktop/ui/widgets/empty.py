"""What an empty page says: what it is for, in one sentence, and the one thing to do, or two."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label


class Badge(QWidget):
    """An icon on a soft disc."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedSize(QSize(theme.pixels(64), theme.pixels(64)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent-soft"))
        painter.drawEllipse(self.rect())
        side = self.width() * 7 // 16
        picture = icons.pixmap(self._icon, "accent", side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)


class Empty(QWidget):
    """An icon, a title, one sentence, and at most one button and a quiet one below it (the page connects them)."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        button: Button | None = None,
        parent: QWidget | None = None,
        *,
        other: Button | None = None,
    ) -> None:
        super().__init__(parent)
        self.button = button
        self.other = other
        self.title = Label(title, "heading")
        self.sentence = Label(sentence, "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sentence.setMaximumWidth(theme.pixels(360))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.pixels(8))
        layout.addStretch(2)
        for widget in (Badge(icon), self.title):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()  # aligned like the others, its height would be that of the whole page's width
        row.addStretch(1)
        row.addWidget(self.sentence, 100)  # all of its width where there is room
        row.addStretch(1)
        layout.addLayout(row)
        if button:
            layout.addSpacing(theme.pixels(8))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        if other:
            layout.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
