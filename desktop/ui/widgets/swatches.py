"""The twenty colours of labels and collections, as they are seen."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop.i18n.colours import name_of as name_of  # whoever shows them finds it here
from desktop.ui import theme

COLOURS = (  # as WhatsApp has twenty; `i18n.colours` says what they are called
    "#7A8489",  # Gray
    "#C8372D",  # Red
    "#D9691E",  # Orange
    "#C98A00",  # Amber
    "#D6B400",  # Yellow
    "#8FA81A",  # Lime
    "#3E8E41",  # Green
    "#35A57C",  # Mint
    "#12857A",  # Teal
    "#1497A8",  # Turquoise
    "#2F8FD0",  # Sky blue
    "#2C62C0",  # Blue
    "#2B3A77",  # Navy
    "#6A4BC0",  # Violet
    "#8E3FA8",  # Purple
    "#B83280",  # Magenta
    "#D8668F",  # Pink
    "#7A5230",  # Brown
    "#6B6B2A",  # Olive
    "#2A2F31",  # Black
)


def colour_of(number: int) -> QColor:
    """Return a colour, the same in light and dark."""
    return QColor(COLOURS[number % len(COLOURS)])


def tile(number: int, side: int) -> QPixmap:
    """Return a square of a colour, for where a picture would stand."""
    square = QPixmap(side, side)
    square.fill(colour_of(number))
    return square


def dot(number: int) -> QIcon:
    """Return a colour as a round sign, for menus and lists to choose from."""
    side = theme.pixels(16)
    disc = QPixmap(side * 2, side * 2)
    disc.setDevicePixelRatio(2)
    disc.fill(Qt.GlobalColor.transparent)
    painter = QPainter(disc)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("border"))
    painter.setBrush(colour_of(number))
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
    painter.end()
    return QIcon(disc)
