"""A chat as a phone shows it: bubbles with the marks of the text, each paragraph in its own direction, and the time."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.widgets.passage import Passage, document, draw

WIDEST = 0.86  # of the chat
PADDING = 10  # beside the text; above and below 7
RADIUS = 10
FRAME = 4  # around a picture
TALLEST = 180  # of a picture
GAP = 10  # at least, between the last word and the time
READ_MORE = 2000  # characters of a message: what is beyond them a phone shows when it is asked to
LINK = re.compile(r"(?:https?://|www\.|wa\.me/)\S*[^\s.,;:!?)\]}»\"'،؛؟]")
FIXED = ("DejaVu Sans Mono", "Consolas", "Menlo", "Noto Sans Mono")
QUOTE = 0x100000 + 1  # QTextFormat.UserProperty: this paragraph has a bar beside it


class Span(Protocol):
    """A piece of a line; its marks are any of bold, italic, strike, mono and code."""

    @property
    def text(self) -> str: ...
    @property
    def marks(self) -> frozenset[str]: ...


class Block(Protocol):
    """A line of a message; its kind is text, bullet, number (the number is the one typed) or quote."""

    @property
    def kind(self) -> str: ...
    @property
    def spans(self) -> Sequence[Span]: ...
    @property
    def number(self) -> str: ...


@dataclass(frozen=True)
class Bubble:
    """A message of a chat: its lines with their marks already understood, and a time as it is to be shown.

    A `picture` stands above the lines, which are its caption.
    """

    blocks: Sequence[Block]
    time: str = ""
    from_shop: bool = True
    picture: QPixmap | None = None

    @property
    def text(self) -> str:
        """What it says, without marks."""
        return "\n".join(_sign(block) + "".join(span.text for span in block.spans) for block in self.blocks)


class BubbleView(QWidget):
    """One bubble in a row as wide as the chat: mine green at the trailing side, the other's at the leading one."""

    def __init__(self, bubble: Bubble, mine: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mine = mine
        self._time = bubble.time
        self._text = _document(bubble.blocks)
        self._picture = bubble.picture
        self._high = 0  # of the picture
        self._fitted = (-1, QSize())  # the last width that the text was laid out for, and the bubble's size
        picture = _("Picture") if bubble.picture else ""
        self.setAccessibleName("\n".join(part for part in (picture, bubble.text, bubble.time) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._fit(width).height())

    def sizeHint(self) -> QSize:
        width = theme.pixels(260)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(80), 0)

    def bubble_rect(self) -> QRectF:
        """Return where in this widget the bubble is."""
        size = self._fit(self.width())
        at_right = self._mine != self._is_rtl()
        return QRectF(QPointF(self.width() - size.width() if at_right else 0, 0), size.toSizeF())

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.bubble_rect()
        padding = theme.pixels(PADDING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bubble" if self._mine else "surface"))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        self._draw_picture(painter, rect)
        self._draw_bars(painter, rect)
        draw(painter, self._text, rect.x() + padding, rect.y() + self._above())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("bubble-muted"))
        side = Qt.AlignmentFlag.AlignLeft if self._is_rtl() else Qt.AlignmentFlag.AlignRight
        corner = rect.adjusted(padding, 0, -padding, -theme.pixels(4))
        painter.drawText(corner, side | Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignAbsolute, self._time)

    def _draw_picture(self, painter: QPainter, rect: QRectF) -> None:
        if self._picture is None:
            return
        edge = theme.pixels(FRAME)
        place = QRectF(rect.x() + edge, rect.y() + edge, rect.width() - 2 * edge, self._pictured(rect.width()).height())
        shape = QPainterPath()
        shape.addRoundedRect(place, RADIUS - 3, RADIUS - 3)
        whole = self._picture.size().scaled(place.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRectF(QPointF(), whole.toSizeF())
        target.moveCenter(place.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(shape)
        painter.drawPixmap(target, self._picture, QRectF(self._picture.rect()))
        painter.restore()

    def _pictured(self, width: float) -> QSize:
        """Return how large the picture is in a bubble as wide as this at most."""
        if self._picture is None:
            return QSize(0, 0)
        most = QSize(max(1, int(width) - 2 * theme.pixels(FRAME)), theme.pixels(TALLEST))
        return self._picture.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)

    def _draw_bars(self, painter: QPainter, rect: QRectF) -> None:
        painter.setBrush(theme.colour("accent"))
        for block in _blocks(self._text):
            if block.blockFormat().hasProperty(QUOTE):
                place = self._text.documentLayout().blockBoundingRect(block)
                rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
                x = self._text.textWidth() - 3 if rtl else 0
                painter.drawRect(
                    QRectF(
                        rect.x() + theme.pixels(PADDING) + x, rect.y() + self._above() + place.y(), 3, place.height()
                    )
                )

    def _above(self) -> int:
        """Return how far below the bubble's edge its text begins."""
        return theme.pixels(7) + (self._high + theme.pixels(FRAME) if self._high else 0)

    def _is_rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _fit(self, width: int) -> QSize:
        """Lay the text out for a chat so wide, and return the bubble's size.

        The bubble is as narrow as its longest line. The time stands on the last line if there is room, else below.
        """
        if self._fitted[0] == width:
            return self._fitted[1]
        padding = theme.pixels(PADDING)
        room = int(width * WIDEST) - 2 * padding
        text = self._text
        text.setTextWidth(room)
        # A pixel more than needed: a text that is exactly as wide as its line may be wrapped by a rounding.
        longest = min(room, math.ceil(text.idealWidth()) + 1)
        time = QFontMetricsF(theme.font("small"))
        stamp = math.ceil(time.horizontalAdvance(self._time))
        below = 0
        if self._time:
            line = self._last_line()
            begins_there = (text.lastBlock().textDirection() == Qt.LayoutDirection.RightToLeft) == self._is_rtl()
            needed = math.ceil(line) + theme.pixels(GAP) + stamp if begins_there else room + 1
            if needed <= room:
                longest = max(longest, needed)
            else:
                below = math.ceil(time.height())
            longest = min(room, max(longest, stamp))
        pictured = self._pictured(room + 2 * padding)
        self._high = pictured.height()
        longest = max(longest, pictured.width() + 2 * theme.pixels(FRAME) - 2 * padding)
        text.setTextWidth(longest)
        self._fitted = (
            width,
            QSize(
                longest + 2 * padding,
                math.ceil(text.size().height()) + below + self._above() + theme.pixels(7),
            ),
        )
        return self._fitted[1]

    def _last_line(self) -> float:
        """Return how far the last line reaches from the side that it begins at."""
        block = self._text.lastBlock()
        lines = block.layout()
        if not lines.lineCount():
            return 0
        return (
            lines.lineAt(lines.lineCount() - 1).naturalTextWidth()
            + block.blockFormat().indent() * self._text.indentWidth()
        )


class MarkedText(Passage):
    """Lines with their marks and no bubble around them, each in its own direction: the description of an item."""

    def __init__(self, blocks: Sequence[Block], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._text = _document(blocks)
        self.setAccessibleName(self._text.toPlainText())


def shortened(text: str) -> str:
    """Return as much of a message as a phone shows before "Read more", with a … where it goes on."""
    return formats.short(text, READ_MORE)


def _sign(block: Block) -> str:
    return {"bullet": "• ", "number": f"{block.number}. "}.get(block.kind, "")


def _blocks(text: QTextDocument) -> list[QTextBlock]:
    found = []
    block = text.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _document(blocks: Sequence[Block]) -> QTextDocument:
    text = document(theme.font("body"))
    text.setIndentWidth(theme.pixels(16))
    cursor = QTextCursor(text)
    cursor.beginEditBlock()  # otherwise each piece lays out the paragraph anew: 10 s for a very long one
    for at, block in enumerate(blocks):
        paragraph = QTextBlockFormat()
        if block.kind != "text":
            paragraph.setIndent(1)
        if block.kind == "quote":
            paragraph.setProperty(QUOTE, True)
        elif block.kind != "text":
            paragraph.setTextIndent(-QFontMetricsF(theme.font("body")).horizontalAdvance(_sign(block)))
        if at:
            cursor.insertBlock()
        cursor.setBlockFormat(paragraph)
        cursor.insertText(_sign(block), QTextCharFormat())
        for span in block.spans:
            _write(cursor, span)
    cursor.endEditBlock()
    return text


def _write(cursor: QTextCursor, span: Span) -> None:
    style = QTextCharFormat()
    if "bold" in span.marks:
        style.setFontWeight(QFont.Weight.Bold)
    style.setFontItalic("italic" in span.marks)
    style.setFontStrikeOut("strike" in span.marks)
    if not span.marks.isdisjoint(("mono", "code")):
        style.setFontFamilies([*FIXED, *theme.font("body").families()])
        cursor.insertText(span.text, style)
        return
    link = QTextCharFormat(style)
    link.setForeground(theme.colour("accent"))
    end = 0
    for match in LINK.finditer(span.text):
        cursor.insertText(span.text[end : match.start()], style)
        cursor.insertText(match[0], link)
        end = match.end()
    cursor.insertText(span.text[end:], style)
