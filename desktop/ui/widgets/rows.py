"""Rows that lead somewhere: a sign, words and what stands at their end, the whole of it one button."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import ElidedLabel, Label

PADDING = 8  # of a row, so that its words stand clear of the ground it gets under the mouse


class Tile(QWidget):
    """A small square with round corners: a picture, cut to fill it, or else an icon on a quiet ground."""

    def __init__(
        self, icon: str, side: int = 40, tint: str = "muted", ground: str = "sunken", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tint = tint
        self._ground = ground
        self._picture: QPixmap | None = None
        self.setFixedSize(QSize(theme.pixels(side), theme.pixels(side)))

    def set_picture(self, picture: QPixmap | None) -> None:
        """Show a picture; without one, the icon."""
        self._picture = picture if picture and not picture.isNull() else None
        self.update()

    def has_picture(self) -> bool:
        """Say whether a picture is shown."""
        return self._picture is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.fillPath(shape, theme.colour(self._ground))
        if self._picture:
            painter.setClipPath(shape)
            part = QRect(0, 0, min(self._picture.width(), self._picture.height()), 0)
            part.setHeight(part.width())
            part.moveCenter(self._picture.rect().center())
            painter.drawPixmap(self.rect(), self._picture, part)
            return
        side = self.width() // 2
        sign = icons.pixmap(self._icon, self._tint, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, sign)


class Row(Button):
    """A button with a title over a quiet note; `act` is called when it is pressed.

    With `wrap` the words take as many lines as they need, else each takes one and ends in … where there is no room.
    At the end stands `end`: an `arrow`, or what else there is to say.
    """

    def __init__(
        self,
        sign: Tile | None,
        title: str,
        note: str,
        act: Callable[[], object],
        *,
        look: str = "strong",
        wrap: bool = False,
        end: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", look="icon", parent=parent)
        self._act = act
        self.title: Label = Label(title, look, wrap=True) if wrap else ElidedLabel(title, look)
        self.note: Label = Label(note, "small", wrap=True) if wrap else ElidedLabel(note, "small")
        if not note:
            self.note.hide()
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)  # and not an alignment in the middle, which leaves words no more lines than they would like
        words.addWidget(self.title)
        words.addWidget(self.note)
        words.addStretch(1)
        self._line = QHBoxLayout(self)
        around = theme.pixels(PADDING)
        self._line.setContentsMargins(around, theme.pixels(6), around, theme.pixels(6))
        self._line.setSpacing(theme.pixels(12))
        middle = Qt.AlignmentFlag.AlignVCenter
        if sign:
            self._line.addWidget(sign, 0, middle)
        self._line.addLayout(words, 1)
        if end:
            self._line.addWidget(end, 0, middle)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()

    def event(self, event: QEvent) -> bool:
        result = super().event(event)
        if event.type() == QEvent.Type.Polish and not self._line.hasHeightForWidth():
            self.setMinimumHeight(self._line.minimumSize().height())  # the stylesheet has just set that of one line
        return result

    @Slot()
    def _on_clicked(self) -> None:
        self._act()


def arrow() -> QLabel:
    """Return the sign of a row that leads to another page."""
    side = theme.pixels(16)
    label = QLabel()
    label.setPixmap(icons.icon("chevron-right").pixmap(side, side))
    return label
