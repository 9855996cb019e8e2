"""What a change would do: a row for each thing, before and after, of which only those in sight are loaded."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.labels import form_is_rtl
from desktop.ui.widgets.tips import plain

Index = QModelIndex | QPersistentModelIndex
Span = tuple[int, int]
PAGE = 50  # rows that are loaded together
KEPT = 20  # pages
SHARES = (0.28, 0.34)  # of the width, unless others are said; the last column takes the rest
LEAD = 12  # letters before the first mark of a text
LONGEST = 300  # letters of a text that are drawn
CELL = Qt.ItemDataRole.UserRole


class Cell(NamedTuple):
    """A text, and which parts of it are marked."""

    text: str
    marks: Sequence[Span] = ()


Line = Sequence[Cell]  # one for each column
Load = Callable[[int, int], Sequence[Line]]  # first row, how many


class PreviewTable(QTableView):
    """Columns with a heading each; the first names the thing, the last says what it becomes."""

    def __init__(
        self, name: str, headings: Sequence[str], parent: QWidget | None = None, shares: Sequence[float] = SHARES
    ) -> None:
        super().__init__(parent)
        self._shares = shares
        self.lines = _Lines(headings, self)
        self.setAccessibleName(name)
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(self))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.font_pixels("body") * 2 + theme.pixels(6))
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, round(self.viewport().width() * share))

    def show_lines(self, count: int, load: Load) -> None:
        """Show so many rows, which `load` returns when they come into sight."""
        self.lines.reset(count, load)
        self.scrollToTop()


class _Lines(QAbstractTableModel):
    """Asks for a page of rows when one of them is drawn, and forgets those that were drawn long ago."""

    def __init__(self, headings: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._headings = headings
        self._count = 0
        self._load: Load = lambda first, count: ()
        self._pages: dict[int, Sequence[Line]] = {}

    def reset(self, count: int, load: Load) -> None:
        self.beginResetModel()
        self._count, self._load = count, load
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self._cell(index.row(), index.column())
        if role == CELL:
            return cell
        text = cell.text[:LONGEST]
        return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _cell(self, row: int, column: int) -> Cell:
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            while len(self._pages) >= KEPT:
                self._pages.pop(next(iter(self._pages)))
            self._pages[number] = self._load(number * PAGE, min(PAGE, self._count - number * PAGE))
        page = self._pages[number]
        return page[place][column] if place < len(page) else Cell("")  # it has gone meanwhile


class _Painter(QStyledItemDelegate):
    """Draws each text on one line in its own direction, from the form's leading edge, with its marks in colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        table = option.widget
        table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, table)
        last = index.column() == index.model().columnCount() - 1
        middle = not last and index.column() > 0
        area = option.rect.adjusted(theme.pixels(8), 0, -theme.pixels(8), 0)
        font = theme.font("strong" if last else "body")
        cell = _fitted(index.data(CELL), QFontMetrics(font), area.width())
        layout = QTextLayout(cell.text, font)
        choice = QTextOption(Qt.AlignmentFlag.AlignRight if form_is_rtl() else Qt.AlignmentFlag.AlignLeft)
        choice.setAlignment(choice.alignment() | Qt.AlignmentFlag.AlignAbsolute)
        choice.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        choice.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        layout.setTextOption(choice)
        layout.setFormats([_mark(cell.text, span) for span in cell.marks])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(area.width())
        layout.endLayout()
        painter.save()
        painter.setClipRect(area)
        painter.setPen(theme.colour("muted" if middle else "text"))
        top = area.top() + (area.height() - line.height()) / 2
        line.draw(painter, QPointF(area.left(), top))
        painter.restore()


def _fitted(cell: Cell, metrics: QFontMetrics, width: int) -> Cell:
    """Return a cell on one line with … where there is no room: also before its first mark, if that were not seen."""
    text, start, lead = cell.text.replace("\n", " ").replace("\u2028", " "), 0, ""
    if cell.marks and metrics.horizontalAdvance(text[: cell.marks[0][1]][:LONGEST]) > width:
        first = cell.marks[0][0]
        start = max(0, first - LEAD)
        start = text.find(" ", start, first) + 1 or start  # a whole word, where there is one
        lead = "… " if start else ""
    text = metrics.elidedText(f"{lead}{text[start : start + LONGEST]}", Qt.TextElideMode.ElideRight, width)
    moved = len(lead) - start
    marks = [(first + moved, min(last + moved, len(text))) for first, last in cell.marks if first + moved < len(text)]
    return Cell(text, marks)


def _mark(text: str, span: Span) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setBackground(theme.colour("accent-soft"))
    look.setForeground(theme.colour("accent"))
    result.format = look
    result.start, stop = (len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in span)
    result.length = stop - result.start
    return result
