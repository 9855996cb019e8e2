"""What the phone's catalog lists: the shop's front, headings of collections and items, painted as rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop.ui import theme
from desktop.ui.widgets.card_painter import Painted

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
EDGE = 14  # points beside what is on the screen
SIDE = 64  # of an item's picture in a list
PORTRAIT = 68
COVER = 9 / 20  # of the width; without a picture, half as high


@dataclass(frozen=True)
class FrontRow:
    """The top of the catalog: the shop's name, a line about it, and the digests of its logo and cover."""

    name: str
    about: str = ""
    logo: str | None = None
    cover: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.name, self.about) if part)


@dataclass(frozen=True)
class HeadingRow:
    """The name of a collection; with `more` ("See all"), a click on it opens the collection `key`."""

    key: int | None
    name: str
    more: str = ""

    @property
    def text(self) -> str:
        return f"{self.name}\n{self.more}" if self.more else self.name


@dataclass(frozen=True)
class ArticleRow:
    """An item: `note` is a word such as "Out of stock", and `price` is what it costs now."""

    key: int
    name: str
    line: str = ""
    price: str = ""
    old_price: str = ""
    note: str = ""
    picture: str | None = None

    @property
    def faded(self) -> bool:
        return bool(self.note)

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.name, self.line, self.price, self.old_price, self.note) if part)


Row = FrontRow | HeadingRow | ArticleRow


class PhoneList(QListView):
    """Rows to scroll through; a click, or Enter, opens one. It lays itself out in its own direction."""

    opened = Signal(object)  # a row

    def __init__(self, picture: Callable[[str | None], QPixmap | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = _Rows(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowPainter(picture, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)  # the cover is as high as the phone is wide
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these, from the place that was scrolled to and with the same row chosen as far as it is there."""
        place, at = self.verticalScrollBar().value(), self.currentIndex().row()
        self.rows.set_rows(rows)
        self.setCurrentIndex(self.rows.index(min(at, len(rows) - 1)) if at >= 0 else QModelIndex())
        self.verticalScrollBar().setValue(place)

    def row_at(self, index: Index) -> Row | None:
        """Return the row of an index, or None."""
        return self.rows.rows[index.row()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Backspace:
            event.ignore()  # whoever holds the list goes back
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        leads = _leads(self.row_at(self.indexAt(event.position().toPoint())))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        if _leads(row := self.row_at(index)):
            self.opened.emit(row)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        return row.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class RowPainter(Painted):
    """Paints each kind of row as a phone does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, view = index.data(ROW), self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 0
        if isinstance(row, FrontRow):
            return QSize(width, _cover_height(row, width) + theme.pixels(PORTRAIT // 2 + 12) + self._words(row))
        if isinstance(row, HeadingRow):
            return QSize(width, QFontMetrics(theme.font("strong")).height() + theme.pixels(22))
        lines = QFontMetrics(theme.font("body")).height() * 2 + QFontMetrics(theme.font("small")).height()
        return QSize(width, max(theme.pixels(SIDE), lines) + theme.pixels(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect
        if option.state & QStyle.StateFlag.State_MouseOver and _leads(row):
            painter.fillRect(place, theme.colour("sunken"))
        if isinstance(row, FrontRow):
            self._front(painter, option, row)
        elif isinstance(row, HeadingRow):
            self._heading(painter, option, row)
        else:
            self._article(painter, option, row)
        view = self.parent()
        current = isinstance(view, QListView) and index.row() == view.currentIndex().row() and view.hasFocus()
        if current and _leads(row):
            theme.ring(painter, QRectF(place).adjusted(2, 2, -2, -2))
        painter.restore()

    def _words(self, row: FrontRow) -> int:
        small = QFontMetrics(theme.font("small")).height() * bool(row.about)
        return QFontMetrics(theme.font("heading")).height() + small + theme.pixels(8)

    def _front(self, painter: QPainter, option: QStyleOptionViewItem, row: FrontRow) -> None:
        place = option.rect
        cover = QRect(place.x(), place.y(), place.width(), _cover_height(row, place.width()))
        painter.fillRect(cover, theme.colour("accent-soft"))
        if row.cover:
            self._draw_picture(painter, cover, _Face(row.cover), 0)
        side = theme.pixels(PORTRAIT)
        circle = QRect(place.center().x() - side // 2, cover.bottom() - side // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(circle.adjusted(-3, -3, 3, 3))
        if row.logo:
            shape = QPainterPath()
            shape.addEllipse(QRectF(circle))
            painter.fillPath(shape, Qt.GlobalColor.black)  # behind what is transparent, as the phone does
            self._draw_picture(painter, circle, _Face(row.logo), side / 2)
        else:
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(circle)
            self._middle(painter, circle, next((c for c in row.name if c.isalnum()), "").upper(), "title", "on-accent")
        line = circle.adjusted(0, 0, 0, 0)
        line.setRect(place.x(), circle.bottom() + theme.pixels(8), place.width(), 0)
        for text, look, tint in ((row.name, "heading", "text"), (row.about, "small", "muted")):
            line.setHeight(QFontMetrics(theme.font(look)).height())
            self._middle(painter, line.adjusted(theme.pixels(EDGE), 0, -theme.pixels(EDGE), 0), text, look, tint)
            line.translate(0, line.height())

    def _middle(self, painter: QPainter, place: QRect, text: str, look: str, tint: str) -> None:
        painter.setFont(theme.font(look))
        painter.setPen(theme.colour(tint))
        shown = QFontMetrics(painter.font()).elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter.value), shown)

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, row: HeadingRow) -> None:
        edge = theme.pixels(EDGE)
        place = option.rect.adjusted(edge, theme.pixels(8), -edge, 0)
        end = QFontMetrics(theme.font("strong")).horizontalAdvance(row.more) if row.more else 0
        name = place.adjusted(0, 0, -end - theme.pixels(12) * bool(end), 0)
        self._text(painter, option, name, row.name, "strong", "text")
        if row.more:
            more = QRect(place.right() - end, place.y(), end + 1, place.height())
            self._text(painter, option, more, row.more, "strong", "accent")

    def _article(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow) -> None:
        edge = theme.pixels(EDGE)
        place = option.rect.adjusted(edge, 0, -edge, 0)
        side = theme.pixels(SIDE)
        picture = QRect(place.x(), place.center().y() - side // 2, side, side)
        self._draw_picture(painter, self._mirrored(option, picture), row, theme.RADIUS)
        start = picture.right() + theme.pixels(12)
        body = QFontMetrics(theme.font("body")).height()
        small = QFontMetrics(theme.font("small")).height()
        prices = bool(row.price or row.note)
        high = body + small * bool(row.line) + body * prices
        line = QRect(start, place.center().y() - high // 2, place.right() - start, body)
        self._text(painter, option, line, row.name, "strong", "muted" if row.faded else "text")
        line.translate(0, body)
        if row.line:
            line.setHeight(small)
            self._text(painter, option, line, row.line, "small", "muted")
            line.translate(0, small)
        line.setHeight(body)
        if row.note:
            self._text(painter, option, line, row.note, "small", "warn")
        else:
            self._prices(painter, option, line, row)


@dataclass(frozen=True)
class _Face:
    picture: str | None
    faded: bool = False


def _cover_height(row: FrontRow, width: int) -> int:
    return round(width * COVER / (1 if row.cover else 2))


def _leads(row: Row | None) -> bool:
    """Say whether a click on a row opens something."""
    return isinstance(row, ArticleRow) or (isinstance(row, HeadingRow) and bool(row.more))
