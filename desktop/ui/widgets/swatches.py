"""The twenty colours of labels and collections: each has a name, as nobody is to tell things apart by colour alone."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop.i18n import N_, _
from desktop.ui import theme

COLOURS = (  # as WhatsApp has twenty; the first is what has not been coloured
    (N_("Gray"), "#7A8489"),
    (N_("Red"), "#C8372D"),
    (N_("Orange"), "#D9691E"),
    (N_("Amber"), "#C98A00"),
    (N_("Yellow"), "#D6B400"),
    (N_("Lime"), "#8FA81A"),
    (N_("Green"), "#3E8E41"),
    (N_("Mint"), "#35A57C"),
    (N_("Teal"), "#12857A"),
    (N_("Turquoise"), "#1497A8"),
    (N_("Sky blue"), "#2F8FD0"),
    (N_("Blue"), "#2C62C0"),
    (N_("Navy"), "#2B3A77"),
    (N_("Violet"), "#6A4BC0"),
    (N_("Purple"), "#8E3FA8"),
    (N_("Magenta"), "#B83280"),
    (N_("Pink"), "#D8668F"),
    (N_("Brown"), "#7A5230"),
    (N_("Olive"), "#6B6B2A"),
    (N_("Black"), "#2A2F31"),
)


def name_of(number: int) -> str:
    """Return what a colour is called."""
    return _(COLOURS[number % len(COLOURS)][0])


def colour_of(number: int) -> QColor:
    """Return a colour, the same in light and dark."""
    return QColor(COLOURS[number % len(COLOURS)][1])


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
