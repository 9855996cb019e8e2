"""The first rows of a file as they are, before anybody says what they mean."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.i18n import bidi
from desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
LONGEST = 200  # letters of a cell
WIDEST = 300  # points of a column to begin with
MEASURED = 40  # columns whose width follows what is in them


class RawTable(QTableView):
    """Rows of texts under their headers; nothing in them is anything but text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = _Cells(self)
        self.setModel(self.cells)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.font_pixels("body") * 2 + theme.pixels(4))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setDefaultSectionSize(theme.pixels(120))
        self.verticalHeader().setHighlightSections(False)

    def show_rows(self, header: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show rows of cells, each with the number that it has in the file."""
        self.cells.show_rows(header, rows)
        metrics = self.fontMetrics()
        for place in range(min(len(header), MEASURED)):
            texts = [header[place], *(cells[place][:LONGEST] for _number, cells in rows if place < len(cells))]
            width = max(metrics.horizontalAdvance(text.replace("\n", " ")) for text in texts) + theme.pixels(24)
            self.setColumnWidth(place, min(max(width, theme.pixels(64)), theme.pixels(WIDEST)))
        self.scrollToTop()


class _Cells(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._header: Sequence[str] = ()
        self._rows: Sequence[tuple[str, Sequence[str]]] = ()

    def show_rows(self, header: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        self.beginResetModel()
        self._header, self._rows = header, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._header)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._rows[section][0]
        return bidi.isolate(self._header[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            cells = self._rows[index.row()][1]
            text = cells[index.column()] if index.column() < len(cells) else ""
            return bidi.isolate(text[:LONGEST].replace("\n", " ")) if text else ""
        return None
