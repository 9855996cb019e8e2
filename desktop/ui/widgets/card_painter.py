"""Painting a card, and a row, of the card grid."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.i18n import bidi
from desktop.ui import icons, theme
from desktop.ui.mirror import edge, mirrored

Index = QModelIndex | QPersistentModelIndex
Spans = Sequence[tuple[int, int]]
FACE = Qt.ItemDataRole.UserRole
CHOSEN = Qt.ItemDataRole.UserRole + 1  # one of several that are: True or False
GAP = 6  # px around a card, so 12 between two
INSIDE = 8
CHECK = 22  # px across
KEPT = 150  # pictures, ready to be painted: some screens full
SHAPE = 0.82  # of a picture: its height by its width


class Covers:
    """Pictures cut to fill a place with round corners: to cut them for every frame is most of what a frame takes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int, int, float], QPixmap] = OrderedDict()

    def get(self, picture: QPixmap, size: QSize, radius: float) -> QPixmap:
        """Return what of `picture` fills `size`, from its middle; all in pixels of the screen."""
        key = (picture.cacheKey(), size.width(), size.height(), radius)
        if key not in self._kept:
            self._kept[key] = _cut(picture, size, radius)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


class Painted(QStyledItemDelegate):
    """What cards and rows share: their frame, texts, prices, pictures and badges, mirrored where the view is.

    `hits` says where in a name or a code to mark what was searched for, as (start, end).
    """

    radius = theme.RADIUS  # of the frame
    hits: Callable[[str], Spans] = staticmethod(lambda _text: ())

    def __init__(self, picture: Callable[[str | None], QPixmap | None], view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._picture = picture
        self._covers = Covers()
        self._fonts: dict[str, tuple[QFont, QFontMetrics]] = {}

    def _font(self, look: str) -> tuple[QFont, QFontMetrics]:
        """Return a font of the theme, made once: another size or language makes another view."""
        if look not in self._fonts:
            self._fonts[look] = theme.font(look), QFontMetrics(theme.font(look))
        return self._fonts[look]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return option.rect.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face = index.data(FACE)
        if face is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell, chosen = QRect(option.rect), bool(index.data(CHOSEN))
        option.rect = self.framed(cell)
        hovered = self._is_hovered(option)
        self._frame(painter, option, QRectF(cell), index, chosen, hovered)
        self.draw(painter, option, face)
        if chosen or hovered:
            self._check(painter, option, cell, chosen)
        painter.restore()

    def framed(self, cell: QRect) -> QRect:
        """Return where in its cell the frame is."""
        raise NotImplementedError

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, face: Any) -> None:
        """Draw what is in the frame, which is `option.rect`."""
        raise NotImplementedError

    def _is_hovered(self, option: QStyleOptionViewItem) -> bool:
        """Say whether the mouse is over a card: what QStyle says of it is asked only where the mouse is in the view."""
        if not self._view.viewport().underMouse():
            return False
        from PySide6.QtWidgets import QStyle

        return bool(option.state & QStyle.StateFlag.State_MouseOver)

    def _frame(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRectF, index: Index, chosen: bool, hovered: bool
    ) -> None:
        """Draw the frame of a card, and the ring of the keyboard around it, as far as `room` goes."""
        current = self._view.selectionModel().isSelected(index)
        focused = current and self._view.hasFocus() and self._view.currentIndex() == index
        painter.setBrush(theme.colour("surface"))
        tint, width = ("accent", 2.0) if current or chosen else ("border" if hovered else "line", 1.0)
        frame = QRectF(option.rect)
        painter.setPen(QPen(theme.colour(tint), width))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), self.radius, self.radius)
        if focused:
            theme.ring(painter, frame.adjusted(-4, -4, 4, 4).intersected(room), self.radius + 4)

    def _draw_picture(self, painter: QPainter, place: QRect, face: Any, radius: float) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), radius, radius)
        picture = self._picture(face.picture)
        if picture is None or picture.isNull():
            painter.fillPath(path, theme.colour("sunken"))
            if face.picture is None:  # one that is on its way needs no sign
                side = min(place.height() // 3, theme.pixels(32))
                corner = place.center().x() - side // 2, place.center().y() - side // 2
                painter.drawPixmap(*corner, icons.pixmap("image", "border", side, theme.density(painter)))
            return
        ratio = theme.density(painter)
        shown = self._covers.get(picture, place.size() * ratio, radius * ratio)
        painter.setOpacity(0.55 if face.faded else 1)
        painter.drawPixmap(QRectF(place), shown, QRectF(shown.rect()))
        painter.setOpacity(1)

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        text: str,
        look: str,
        tint: str,
        hits: Spans = (),
    ) -> int:
        """Draw one line from the leading edge of `place`, with its hits marked, and return its width."""
        font, metrics = self._font(look)
        painter.setFont(font)
        painter.setPen(theme.colour(tint))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        flags = edge(option.direction) | Qt.AlignmentFlag.AlignVCenter
        if option.direction == Qt.LayoutDirection.LeftToRight or bidi.runs_by_itself(shown):
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the … and (…) stand as the text runs
        else:  # figures and names side by side stand as the form does
            painter.setLayoutDirection(option.direction)
        if hits:
            _draw_marked(painter, self._mirrored(option, place), flags, text, shown, hits)
        else:
            painter.drawText(self._mirrored(option, place), int(flags.value), shown)
        return metrics.horizontalAdvance(shown)

    def _title(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, face: Any) -> None:
        tint = "muted" if face.faded else "text"
        self._text(painter, option, place, face.title, "strong", tint, self.hits(face.title))

    def _code(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, face: Any) -> None:
        self._text(painter, option, place, face.code, "small", "muted", self.hits(face.code))

    def _prices(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, face: Any) -> None:
        width = self._text(painter, option, place, face.price, "strong", "accent")
        if face.old_price:
            rest = place.adjusted(width + theme.pixels(8), 0, 0, 0)
            _small, metrics = self._font("small")
            if metrics.horizontalAdvance(face.old_price) <= rest.width():
                width = self._text(painter, option, rest, face.old_price, "small", "muted")
                line = self._mirrored(option, QRect(rest.x(), rest.center().y(), width, 1))
                painter.fillRect(line, theme.colour("muted"))

    def _badges(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, words: tuple[str, ...]) -> None:
        font, metrics = self._font("small")
        painter.setFont(font)
        start = place.x()
        for word in words:
            box = QRect(
                start, place.y(), metrics.horizontalAdvance(word) + theme.pixels(16), metrics.height() + theme.pixels(4)
            )
            if box.right() > place.right():
                return
            shown = self._mirrored(option, box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("warn-soft"))
            painter.drawRoundedRect(QRectF(shown), box.height() / 2, box.height() / 2)
            painter.setPen(theme.colour("warn"))
            painter.drawText(shown, int(Qt.AlignmentFlag.AlignCenter.value), word)
            start = box.right() + theme.pixels(6)

    def check_place(self, cell: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Return where in its cell a card has the check that says it is one of several."""
        side, gap = theme.pixels(CHECK), theme.pixels(GAP + INSIDE) + theme.pixels(4)
        place = QRect(cell.right() - gap - side, cell.top() + gap, side, side)
        return mirrored(place, cell, direction)

    def _check(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect, chosen: bool) -> None:
        """Draw the check of a card that is chosen with others, and the room for one under the mouse."""
        disc = QRectF(self.check_place(cell, option.direction))
        painter.setPen(QPen(theme.colour("surface" if chosen else "border"), 1.5))
        painter.setBrush(theme.colour("accent" if chosen else "surface"))
        painter.drawEllipse(disc)
        if chosen:
            side = round(disc.width() * 0.7)
            sign = icons.pixmap("check", "on-accent", side, theme.density(painter))
            start = disc.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(start, sign)

    def _mirrored(self, option: QStyleOptionViewItem, place: QRect) -> QRect:
        return mirrored(place, option.rect, option.direction)


class CardDelegate(Painted):
    """A card: the picture, the name and the price below it."""

    radius = theme.CARD_RADIUS

    def height_for(self, width: int) -> int:
        """Return how high a card of this width is, both with the gap around it."""
        side = width - 2 * theme.pixels(GAP + INSIDE)
        lines = QFontMetrics(theme.font("strong")).height() + QFontMetrics(theme.font("body")).height()
        return int(side * SHAPE) + lines + 2 * theme.pixels(GAP + INSIDE) + theme.pixels(18)

    def framed(self, cell: QRect) -> QRect:
        gap = theme.pixels(GAP)
        return cell.adjusted(gap, gap, -gap, -gap)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, face: Any) -> None:
        inside = theme.pixels(INSIDE)
        area = option.rect.adjusted(inside, inside, -inside, -inside)
        picture = QRect(area.x(), area.y(), area.width(), int(area.width() * SHAPE))
        self._draw_picture(painter, picture, face, theme.RADIUS)
        line = self._font("strong")[1].height()
        name = QRect(area.x() + 2, picture.bottom() + theme.pixels(8), area.width() - 4, line)
        self._title(painter, option, name, face)
        price = name.translated(0, line + theme.pixels(4))
        self._prices(painter, option, price, face)
        self._badges(painter, option, picture.adjusted(theme.pixels(6), theme.pixels(6), 0, 0), face.badges)


class RowDelegate(Painted):
    """A row: a small picture, the name with the code below it, badges and the price at the far end."""

    def framed(self, cell: QRect) -> QRect:
        return cell.adjusted(theme.pixels(GAP), 4, -theme.pixels(GAP), -4)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, face: Any) -> None:
        area = option.rect.adjusted(theme.pixels(8), theme.pixels(6), -theme.pixels(12), -theme.pixels(6))
        picture = QRect(area.x(), area.y(), area.height(), area.height())
        self._draw_picture(painter, self._mirrored(option, picture), face, theme.RADIUS - 2)
        end = min(theme.pixels(190), area.width() * 2 // 5)
        start = picture.right() + theme.pixels(12)
        room = area.right() - start - end
        half = area.height() // 2
        name = QRect(start, area.y() if face.code else area.y() + half // 2, room, half)
        self._title(painter, option, name, face)
        self._code(painter, option, QRect(start, area.y() + half, room, half), face)
        price = QRect(
            area.right() - end + theme.pixels(8),
            area.y(),
            end - theme.pixels(8),
            half if face.badges else area.height(),
        )
        self._prices(painter, option, price, face)
        badges = QRect(price.x(), area.y() + half, price.width(), half)
        self._badges(painter, option, badges, face.badges)

    def check_place(self, cell: QRect, direction: Qt.LayoutDirection) -> QRect:
        side = theme.pixels(CHECK)
        place = QRect(cell.left() + theme.pixels(GAP) - side // 4, 0, side, side)
        place.moveTop(cell.top() + 4 - side // 4)
        return mirrored(place.translated(theme.pixels(4), theme.pixels(4)), cell, direction)


def _cut(picture: QPixmap, size: QSize, radius: float) -> QPixmap:
    result = QPixmap(size)
    result.fill(Qt.GlobalColor.transparent)
    scale = max(size.width() / picture.width(), size.height() / picture.height())
    width, height = picture.width() * scale, picture.height() * scale
    path = QPainterPath()
    path.addRoundedRect(QRectF(result.rect()), radius, radius)
    painter = QPainter(result)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    place = QRectF((size.width() - width) / 2, (size.height() - height) / 2, width, height)
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
    painter.end()
    return result


def _draw_marked(painter: QPainter, place: QRect, flags: Qt.AlignmentFlag, text: str, shown: str, hits: Spans) -> None:
    """Draw one line of `text`, as much of it as is `shown`, with a soft ground behind the hits.

    As selections, which are painted over whole words: letters of Arabic that are drawn by themselves do not join.
    """
    from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption  # 3 ms: nothing that a start waits for

    layout = QTextLayout(shown, painter.font())
    how = QTextOption(flags)
    how.setTextDirection(painter.layoutDirection())
    how.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(how)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(place.width())
    layout.endLayout()
    most = len(shown) if shown == text else len(shown) - 1  # what is behind the … is not seen
    marks = []
    for start, end in hits:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = _utf16(text[:start]), _utf16(text[start : min(end, most)])
        mark.format = QTextCharFormat()
        mark.format.setBackground(theme.colour("accent-soft"))
        mark.format.setForeground(painter.pen().color())
        if mark.length > 0:
            marks.append(mark)
    layout.draw(painter, QPointF(place.x(), place.y() + (place.height() - line.height()) / 2), marks)


def _utf16(text: str) -> int:
    """Return how long Qt takes a text to be."""
    return len(text) + sum(letter > "\uffff" for letter in text)
