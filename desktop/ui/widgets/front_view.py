"""A web page as a small drawing: its head, its chapters and the first items, in its own direction."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme

BAR = 26  # of the browser
COVER = 84
GAP = 10
NARROW = 150  # of an item, at least


class Tile(Protocol):
    """An item; texts are "" where there is none, the picture b""."""

    @property
    def name(self) -> str: ...
    @property
    def price(self) -> str: ...
    @property
    def old_price(self) -> str: ...
    @property
    def picture(self) -> bytes: ...


class Front(Protocol):
    """What is seen first of the page. `order` are the words of the button that orders, or ""."""

    @property
    def name(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def cover(self) -> bytes: ...
    @property
    def chapters(self) -> Sequence[str]: ...
    @property
    def tiles(self) -> Sequence[Tile]: ...
    @property
    def terms(self) -> Sequence[str]: ...
    @property
    def order(self) -> str: ...
    @property
    def rtl(self) -> bool: ...


class FrontView(QWidget):
    """Draws what `show_front` is given, as high as its items need at the width that it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._front: Front | None = None
        self._cover = QPixmap()
        self._pictures: list[QPixmap] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("The web page"))

    def show_front(self, front: Front) -> None:
        """Show the front of another page, or of this one after a change."""
        self._front = front
        self._cover = _decoded(front.cover)
        self._pictures = [_decoded(tile.picture) for tile in front.tiles]
        self.setAccessibleDescription("\n".join([front.name, *(tile.name for tile in front.tiles)]))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._front is None:
            return theme.pixels(200)
        columns = _columns(width)
        lines = -(-len(self._front.tiles) // columns)
        return round(self._top() + lines * (self._tile_height(width) + theme.pixels(GAP)) + theme.pixels(6))

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(420), self.heightForWidth(theme.pixels(420)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(220), theme.pixels(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._front is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), theme.colour("background"))
        self._draw_bar(painter)
        self._draw_head(painter, self._front)
        for place, tile in enumerate(self._front.tiles):
            self._draw_tile(painter, self._front, place, tile)
        painter.restore()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(shape)

    def _draw_bar(self, painter: QPainter) -> None:
        high, dot = theme.pixels(BAR), theme.pixels(7)
        painter.fillRect(QRectF(0, 0, self.width(), high), theme.colour("sunken"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        for number in range(3):
            painter.drawEllipse(QRectF(theme.pixels(10) + number * dot * 1.8, (high - dot) / 2, dot, dot))

    def _draw_head(self, painter: QPainter, front: Front) -> None:
        top = float(theme.pixels(BAR))
        if not self._cover.isNull():
            _fill(painter, QRectF(0, top, self.width(), theme.pixels(COVER)), self._cover)
            top += theme.pixels(COVER)
        inside = QRectF(theme.pixels(GAP), top + theme.pixels(8), self.width() - 2 * theme.pixels(GAP), 0)
        lines = [(front.name, "heading", "text"), (front.about, "small", "muted")]
        lines += [("  ·  ".join(front.chapters), "small", "accent")]
        lines += [(line, "small", "muted") for line in front.terms]
        for text, size, tint in lines:
            if text:
                inside.setHeight(QFontMetricsF(theme.font(size)).lineSpacing())
                _write(painter, inside, text, theme.font(size), tint, front.rtl)
                inside.translate(0, inside.height())

    def _draw_tile(self, painter: QPainter, front: Front, place: int, tile: Tile) -> None:
        columns, gap = _columns(self.width()), theme.pixels(GAP)
        wide, high = _tile_width(self.width()), self._tile_height(self.width())
        row, column = divmod(place, columns)
        column = columns - 1 - column if front.rtl else column
        rect = QRectF(gap + column * (wide + gap), self._top() + row * (high + gap), wide, high)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        photo = rect.adjusted(5, 5, -5, 0)
        photo.setHeight(photo.width() * 0.75)
        picture = self._pictures[place]
        if picture.isNull():
            painter.fillRect(photo, theme.colour("sunken"))
        else:
            _fill(painter, photo, picture)
        line = QRectF(photo.x() + 3, photo.bottom() + theme.pixels(5), photo.width() - 6, 0)
        for text, size, tint in self._words(front, tile):
            line.setHeight(QFontMetricsF(theme.font(size)).lineSpacing())
            _write(painter, line, text, theme.font(size), tint, front.rtl)
            line.translate(0, line.height())

    def _words(self, front: Front, tile: Tile) -> list[tuple[str, str, str]]:
        return [(tile.name, "body", "text"), (tile.price, "strong", "accent"), (front.order, "small", "accent")]

    def _top(self) -> float:
        """Return where the items begin."""
        assert self._front, "there is a page"
        small = QFontMetricsF(theme.font("small")).lineSpacing()
        lines = sum(bool(line) for line in (self._front.about, self._front.chapters, *self._front.terms))
        cover = 0 if self._cover.isNull() else theme.pixels(COVER)
        name = QFontMetricsF(theme.font("heading")).lineSpacing() if self._front.name else 0.0
        return theme.pixels(BAR) + cover + name + lines * small + theme.pixels(20)

    def _tile_height(self, width: int) -> float:
        words = ("body", "strong", *(["small"] if self._front and self._front.order else []))
        lines = sum(QFontMetricsF(theme.font(size)).lineSpacing() for size in words)
        return (_tile_width(width) - 10) * 0.75 + lines + theme.pixels(18)


def _columns(width: int) -> int:
    return max(1, min(3, width // theme.pixels(NARROW)))


def _tile_width(width: int) -> float:
    columns = _columns(width)
    return (width - (columns + 1) * theme.pixels(GAP)) / columns


def _decoded(data: bytes) -> QPixmap:
    picture = QPixmap()
    if data:
        picture.loadFromData(data)
    return picture


def _fill(painter: QPainter, place: QRectF, picture: QPixmap) -> None:
    """Draw the middle of a picture, as large as fills the place."""
    size = picture.size().scaled(place.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    target = QRectF(QPointF(), size.toSizeF())
    target.moveCenter(place.center())
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(target, picture, QRectF(picture.rect()))
    painter.restore()


def _write(painter: QPainter, place: QRectF, text: str, font: QFont, tint: str, rtl: bool) -> None:
    """Write one line at the page's leading edge, in the text's own direction, ending in … where there is no room."""
    shown = QFontMetricsF(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, place.width())
    layout = QTextLayout(shown, font)
    edge = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(edge | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(place.width())
    layout.endLayout()
    painter.setPen(theme.colour(tint))
    line.draw(painter, place.topLeft())
