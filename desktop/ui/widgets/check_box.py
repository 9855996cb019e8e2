"""Boxes to tick and discs to choose by, drawn in the theme's colours: Fusion's own can hardly be seen on the dark."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from desktop.ui import icons, theme
from desktop.ui.mirror import mirrored

MARKS = {Qt.CheckState.Checked: "check", Qt.CheckState.PartiallyChecked: "minus"}


class CheckBox(QCheckBox):
    """A check box with its text, which is plain; connect `toggled` or `checkStateChanged`. Space ticks it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return _size(self)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _draw_words(self, painter)
        mark = MARKS.get(self.checkState())
        tint = _tint(self, bool(mark))
        painter.setPen(QPen(theme.colour(tint), 1))
        painter.setBrush(theme.colour(tint if mark else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if mark:
            inside = box.adjusted(2, 2, -2, -2)
            painter.drawPixmap(inside, icons.pixmap(mark, "on-accent", inside.width(), self.devicePixelRatioF()))
        if self.hasFocus():
            theme.ring(painter, QRectF(box).adjusted(-4, -4, 4, 4), 7)


class RadioButton(QRadioButton):
    """One of several to choose from, with its text, which is plain and ends in … where there is no room."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(_edge() + self.fontMetrics().horizontalAdvance("MM…"), _size(self).height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(_draw_words(self, painter))
        tint = _tint(self, self.isChecked())
        painter.setPen(QPen(theme.colour(tint), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.isChecked():
            inset = disc.width() / 4
            painter.setBrush(theme.colour(tint))
            painter.drawEllipse(disc.adjusted(inset, inset, -inset, -inset))
        if self.hasFocus():
            theme.ring(painter, disc.adjusted(-4, -4, 4, 4), disc.width() / 2 + 4)


def _edge() -> int:
    """Return where the words begin."""
    return theme.pixels(18) + theme.pixels(12)


def _size(button: QAbstractButton) -> QSize:
    words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, button.text())
    return QSize(_edge() + words.width(), max(theme.pixels(18) + 8, words.height() + 4))


def _tint(button: QAbstractButton, on: bool) -> str:
    return "line" if not button.isEnabled() else "accent" if on else "border"


def _draw_words(button: QAbstractButton, painter: QPainter) -> QRect:
    """Draw what stands beside the box or disc, and return where that is to be drawn."""
    side, style, direction = theme.pixels(18), button.style(), button.layoutDirection()
    box = QRect(4, (button.height() - side) // 2, side, side)
    words = QRect(_edge(), 0, button.width() - _edge(), button.height())
    box, words = (mirrored(rect, button.rect(), direction) for rect in (box, words))
    flags = style.visualAlignment(direction, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
    text = button.fontMetrics().elidedText(
        button.text(), Qt.TextElideMode.ElideRight, words.width(), Qt.TextFlag.TextShowMnemonic.value
    )
    flags |= Qt.TextFlag.TextShowMnemonic
    role = QPalette.ColorRole.WindowText
    style.drawItemText(painter, words, flags.value, button.palette(), button.isEnabled(), text, role)
    return box
