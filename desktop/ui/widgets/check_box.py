"""A box to tick, drawn in the theme's colours: Fusion's own can hardly be seen on a dark surface."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui import icons, theme

MARKS = {Qt.CheckState.Checked: "check", Qt.CheckState.PartiallyChecked: "minus"}


class CheckBox(QCheckBox):
    """A check box with its text, which is plain; connect `toggled` or `checkStateChanged`. Space ticks it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, self.text())
        side = theme.pixels(18)
        return QSize(side + theme.pixels(12) + words.width(), max(side + 8, words.height() + 4))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.pixels(18)
        box = QRect(4, (self.height() - side) // 2, side, side)
        words = QRect(side + theme.pixels(12), 0, self.width() - side - theme.pixels(12), self.height())
        box, words = (self.style().visualRect(self.layoutDirection(), self.rect(), rect) for rect in (box, words))
        mark = MARKS.get(self.checkState())
        tint = "line" if not self.isEnabled() else "accent" if mark else "border"
        painter.setPen(QPen(theme.colour(tint), 1))
        painter.setBrush(theme.colour(tint if mark else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if mark:
            inside = box.adjusted(2, 2, -2, -2)
            painter.drawPixmap(inside, icons.pixmap(mark, "on-accent", inside.width(), self.devicePixelRatioF()))
        if self.hasFocus():
            theme.ring(painter, QRectF(box).adjusted(-4, -4, 4, 4), 7)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        flags = self.style().visualAlignment(self.layoutDirection(), flags) | Qt.TextFlag.TextShowMnemonic
        self.style().drawItemText(
            painter, words, flags.value, self.palette(), self.isEnabled(), self.text(), QPalette.ColorRole.WindowText
        )
