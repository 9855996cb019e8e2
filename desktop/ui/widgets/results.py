"""What a search has found, of any kind: an icon, a title with the words looked for in bold, a detail, and the kind."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.i18n import _, bidi
from desktop.ui import icons, theme
from desktop.ui.mirror import mirrored

Index = QModelIndex | QPersistentModelIndex
RESULT = Qt.ItemDataRole.UserRole
ROW = 40  # px high
INSIDE = 16  # px before and behind a row's words


class Result(NamedTuple):
    """Something found: its kind and what it is, for the one who asked; the rest is ready to be shown.

    `bold` are the parts of the title that were looked for, as (start, end).
    """

    kind: str
    target: object
    title: str
    detail: str = ""
    kind_name: str = ""
    icon: str = ""
    bold: Sequence[tuple[int, int]] = ()

    def spoken(self) -> str:
        """Return what is read out of it."""
        return bidi.strip(_(", ").join(part for part in (self.title, self.detail, self.kind_name) if part))


class ResultList(QListView):
    """Results, one of them chosen, which is the first at the beginning. It takes no focus: `step` moves."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = _Results(self)
        self.setAccessibleName(name)
        self.setModel(self._results)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def show_results(self, results: Sequence[Result]) -> None:
        """Show these, the first of them chosen."""
        self._results.show(results)
        self.setCurrentIndex(self._results.index(0) if results else QModelIndex())
        self.scrollToTop()

    def results(self) -> Sequence[Result]:
        """Return what is shown."""
        return self._results.results

    def current(self) -> Result | None:
        """Return the one that is chosen."""
        return self.result_at(self.currentIndex())

    def result_at(self, index: Index) -> Result | None:
        """Return the result at an index."""
        return self._results.results[index.row()] if index.isValid() else None

    def step(self, rows: int) -> None:
        """Choose the one so many rows on, or back; one step past an end comes in at the other."""
        last = len(self._results.results) - 1
        place = self.currentIndex().row() + rows
        if abs(rows) == 1 and not 0 <= place <= last:
            place = last if rows < 0 else 0
        self.setCurrentIndex(self._results.index(min(max(place, 0), last)))

    def fit(self, most: int) -> None:
        """Be as high as the results need, and at most `most` pixels."""
        wanted = len(self._results.results) * _row_height(self)
        self.setFixedHeight(min(wanted, most - most % _row_height(self)))


class _Results(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.results: Sequence[Result] = ()

    def show(self, results: Sequence[Result]) -> None:
        self.beginResetModel()
        self.results = results
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.results)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        result = self.results[index.row()]
        if role == RESULT:
            return result
        return result.spoken() if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: ResultList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.pixels(200), _row_height(self._view))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result: Result = index.data(RESULT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("accent-soft" if selected else "sunken"))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(6, 1, -6, -1), theme.RADIUS, theme.RADIUS)
        inside, side, gap = theme.pixels(INSIDE), theme.pixels(18), theme.pixels(12)
        row = option.rect.adjusted(inside, 0, -inside, 0)
        sign = QRect(row.x(), row.center().y() - side // 2 + 1, side, side)
        if result.icon:
            ratio = theme.density(painter)
            tint = "accent" if selected else "muted"
            painter.drawPixmap(self._mirrored(sign, row), icons.pixmap(result.icon, tint, side, ratio))
        painter.setFont(theme.font("small"))
        kind = painter.fontMetrics().horizontalAdvance(result.kind_name) + 2
        room = row.adjusted(side + gap, 0, -kind - gap, 0)
        self._write(painter, QRect(row.right() - kind + 1, row.y(), kind, row.height()), row, result.kind_name, "muted")
        painter.setFont(theme.font("body"))
        title = self._write_title(painter, room, row, result)
        if result.detail:
            rest = room.adjusted(title + gap, 0, 0, 0)
            self._write(painter, rest, row, result.detail, "muted")
        painter.restore()

    def _write_title(self, painter: QPainter, room: QRect, row: QRect, result: Result) -> int:
        """Write the title with its bold words at the leading edge of `room`, and return how wide it is."""
        most = room.width() * (0.65 if result.detail else 1)
        metrics = painter.fontMetrics()
        # Bold letters are wider: what just fits in plain ones is cut a little earlier.
        words = metrics.elidedText(result.title, Qt.TextElideMode.ElideRight, int(most * (0.94 if result.bold else 1)))
        whole = words == result.title
        layout = QTextLayout(words, painter.font())
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        heavy = QTextCharFormat()
        heavy.setFontWeight(QFont.Weight.Bold)
        end = len(words) if whole else len(words) - 1
        formats = []
        for start, stop in result.bold:
            if start < end:
                piece = QTextLayout.FormatRange()
                piece.start, piece.length, piece.format = start, min(stop, end) - start, heavy
                formats.append(piece)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width())
        layout.endLayout()
        width = math.ceil(line.naturalTextWidth())
        place = self._mirrored(QRect(room.x(), room.y(), width, room.height()), row)
        painter.setPen(theme.colour("text"))
        layout.draw(painter, QPointF(place.x(), place.y() + (place.height() - line.height()) / 2))
        return width

    def _write(self, painter: QPainter, place: QRect, row: QRect, text: str, tint: str) -> None:
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        flags = self._view.style().visualAlignment(self._view.layoutDirection(), leading)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(theme.colour(tint))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        flags |= Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(self._mirrored(place, row), flags | Qt.TextFlag.TextSingleLine, text)

    def _mirrored(self, place: QRect, row: QRect) -> QRect:
        return mirrored(place, row, self._view.layoutDirection())


def _row_height(view: QWidget) -> int:
    return max(theme.pixels(ROW), view.fontMetrics().lineSpacing() + theme.pixels(12))
