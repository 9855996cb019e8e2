"""Text that a person wrote, drawn for reading: each paragraph in its own direction, and nothing in it is markup."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme

# Beside the edge that forms begin at, whatever the text's direction; centred; or where its own direction begins.
EDGE, CENTRE, OWN = "edge", "centre", "own"


def document(font: QFont, align: str = OWN, rtl: bool | None = None) -> QTextDocument:
    """Return an empty text to be filled with a QTextCursor; words too long for a line are broken.

    Forms begin at the right if `rtl`; unless that is said, where those of the program do.
    """
    result = QTextDocument()
    result.setUndoRedoEnabled(False)
    result.setDocumentMargin(0)
    result.setDefaultFont(font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if align == CENTRE:
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    elif align == EDGE:
        if rtl is None:
            rtl = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute)
    result.setDefaultTextOption(option)
    return result


def draw(painter: QPainter, text: QTextDocument, x: float, y: float, tint: str = "text") -> None:
    """Draw a text from its top left corner at (x, y), in a colour of the theme where it has none of its own."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, theme.colour(tint))
    painter.save()
    painter.translate(x, y)
    text.documentLayout().draw(painter, context)
    painter.restore()


class Passage(QWidget):
    """A text as wide as there is room and as high as it needs."""

    def __init__(
        self,
        text: str = "",
        font: str = "body",
        tint: str = "text",
        align: str = EDGE,
        parent: QWidget | None = None,
        rtl: bool | None = None,
    ) -> None:
        super().__init__(parent)
        self._tint = tint
        self._text = document(theme.font(font), align, rtl)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.add(text)

    def add(self, text: str, font: str = "", tint: str = "", strike: bool = False) -> None:
        """Go on with more text, which may have a font and a colour of the theme of its own."""
        style = QTextCharFormat()
        if font:
            style.setFont(theme.font(font))
        if tint:
            style.setForeground(theme.colour(tint))
        style.setFontStrikeOut(strike)
        cursor = QTextCursor(self._text)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, style)
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def text(self) -> str:
        """Return all of the text."""
        return self._text.toPlainText()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._text.setTextWidth(width)
        return math.ceil(self._text.size().height())

    def sizeHint(self) -> QSize:
        self._text.setTextWidth(-1)
        width = math.ceil(self._text.idealWidth())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(40), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._text.setTextWidth(self.width())
        painter.setClipRect(QRectF(event.rect()))
        draw(painter, self._text, 0, 0, self._tint)
