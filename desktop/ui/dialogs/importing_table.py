"""The columns of a file and the field that each becomes, as a table that is changed in place."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.exchange.mapping import LEFT_OUT
from desktop.exchange.recognise import Column
from desktop.exchange.tables import Table
from desktop.i18n import _, bidi
from desktop.ui import icons, theme
from desktop.ui.dialogs.importing_reading import rows_of
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.editors import Choice

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HEADER, FIELD, WHY = range(3)
SHARES = (0.28, 0.32)  # of the width; the last column takes the rest
LONGEST = 120  # letters of a cell


class Fields(NamedTuple):
    """What the columns can become: what each is called, all of them in order, those for several columns, and why."""

    words: Callable[[str], str]
    offered: Callable[[str], list[tuple[object, str]]]
    joined: Collection[str]
    reasons: Mapping[str, str]


class ColumnModel(QAbstractTableModel):
    """A row for each column of the file. A field that is given to one is taken from the column that had it."""

    changed = Signal()

    def __init__(self, parent: QWidget, fields: Fields) -> None:
        super().__init__(parent)
        self.fields = fields
        self.columns: list[Column] = []
        self._examples: list[list[str]] = []
        self.whole = False  # read as a whole: no column is chosen by itself

    def show_columns(self, table: Table, columns: Sequence[Column], whole: bool = False) -> None:
        """Show the columns of a table with their fields, of which none is to be chosen if it is read as a `whole`."""
        self.beginResetModel()
        self.columns = list(columns)
        self._examples = [rows_of(table, place) for place in range(len(self.columns))]
        self.whole = whole
        self.endResetModel()

    def examples(self, place: int) -> list[str]:
        """Return the first cells of a column."""
        return self._examples[place] if 0 <= place < len(self._examples) else []

    def set_field(self, place: int, field: str) -> None:
        """Say what a column is."""
        if self.columns[place].field == field:
            return
        if field not in ("", LEFT_OUT) and field not in self.fields.joined:
            for other, column in enumerate(self.columns):
                if column.field == field:
                    self.columns[other] = Column(column.header, "", "chosen")
        self.columns[place] = Column(self.columns[place].header, field, "chosen")
        self.dataChanged.emit(self.index(0, FIELD), self.index(len(self.columns) - 1, WHY))
        self.changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            # TRANSLATORS: headings over the columns of a file: what they are called there, what they become here, why.
            return (_("In the file"), _("Becomes"), _("Why"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == FIELD and not self.whole else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.row()]
        if role == Role.EditRole and index.column() == FIELD:
            return column.field
        if role == Role.ForegroundRole and (index.column() == WHY or (index.column() == FIELD and not column.field)):
            return theme.colour("muted")
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        if index.column() == HEADER:
            return bidi.isolate(column.header[:LONGEST])
        if self.whole:
            return "" if index.column() == FIELD else _("Known from such exports.")
        if index.column() == FIELD:
            return self.fields.words(column.field)
        return _(self.fields.reasons[column.reason])

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or index.column() != FIELD or self.whole:
            return False
        self.set_field(index.row(), str(value))
        return True


class _FieldDelegate(QStyledItemDelegate):
    """Shows that a field can be changed, and changes it with a list to choose from."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        table = self.parent()
        assert isinstance(table, QTableView)
        side = theme.pixels(14)
        place = QRect(0, 0, side, side)
        place.moveCenter(option.rect.center())
        place.moveRight(option.rect.right() - theme.pixels(8))
        place = mirrored(place, option.rect, table.layoutDirection())
        painter.drawPixmap(place, icons.pixmap("chevron-down", "muted", side, table.devicePixelRatioF()))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, ColumnModel)
        choice = Choice(model.fields.offered(str(index.data(Role.EditRole))), parent)
        choice.setAccessibleName(_("What the column becomes"))
        choice.activated.connect(self._on_activated)
        return choice

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, Choice)
        editor.set_value(index.data(Role.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, Choice)
        if editor.value() is not None:
            model.setData(model.index(index.row(), FIELD), editor.value())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def _on_activated(self) -> None:
        editor = self.sender()
        assert isinstance(editor, Choice)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


class ColumnTable(QTableView):
    """Shows a ColumnModel: Enter, F2 or a click opens the list of fields of a column."""

    def __init__(self, model: ColumnModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(_("Columns of the file"))
        self.setItemDelegateForColumn(FIELD, _FieldDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.font_pixels("body") * 2 + theme.pixels(12))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        self.clicked.connect(self._on_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for place, share in enumerate(SHARES):
            self.setColumnWidth(place, round(self.viewport().width() * share))

    def choose(self, place: int) -> None:
        """Go to a column and open the list of its fields."""
        index = self.model().index(place, FIELD)
        self.setCurrentIndex(index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == FIELD and self.state() != QAbstractItemView.State.EditingState:
            self.choose(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.choose(self.currentIndex().row())  # rather than that the dialog goes on
        else:
            super().keyPressEvent(event)
