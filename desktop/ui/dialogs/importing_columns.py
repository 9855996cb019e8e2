"""The second step of every import: what each column of a table becomes."""

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.exchange.mapping import Mapping
from desktop.i18n import _, bidi, formats
from desktop.ui import theme
from desktop.ui.dialogs.importing_table import ColumnModel, ColumnTable, Fields
from desktop.ui.widgets.labels import Label

LONGEST = 200  # letters of an example


class ColumnsStep(QWidget):
    """The columns with their fields, and what is in the one that is chosen. `changed` follows each change."""

    changed = Signal()

    def __init__(self, fields: Fields, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ColumnModel(self, fields)
        self.table = ColumnTable(self.model)
        self.examples_of = Label("", "section")
        self.examples = QListView()
        self._examples = QStringListModel(self)
        self.trouble = Label("", "warn", wrap=True)
        self.column = QVBoxLayout(self)
        self._lay_out()
        self.setFocusProxy(self.table)
        self.model.changed.connect(self._on_changed)
        self.table.selectionModel().currentChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        theme.look(self.table, "file")
        self.examples.setModel(self._examples)
        self.examples.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.examples.setUniformItemSizes(True)
        self.examples.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.examples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.examples.setAccessibleName(_("The first rows of this column"))
        beside = QVBoxLayout()
        beside.setSpacing(theme.pixels(4))
        beside.addWidget(self.examples_of)
        beside.addWidget(self.examples, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.pixels(16))
        middle.addWidget(self.table, 5)
        middle.addLayout(beside, 2)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.pixels(8))
        self.column.addWidget(self.trouble)
        self.column.addLayout(middle, 1)

    def mapping(self) -> Mapping:
        """Return what is chosen, as it is remembered."""
        return Mapping({column.header: column.field for column in self.model.columns})

    def complaint(self) -> str:
        """Return what is missing to go on, "" if nothing is."""
        raise NotImplementedError

    def tell(self) -> None:
        """Show what is missing, with the first column chosen if none is."""
        complaint = self.complaint()
        self.trouble.setText(complaint)
        self.trouble.setVisible(bool(complaint))
        if self.model.columns and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 1))

    @Slot()
    def _on_changed(self) -> None:
        self.tell()
        self.changed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        cells = self.model.examples(index.row())
        self._examples.setStringList([bidi.isolate(" ".join(cell[:LONGEST].split())) for cell in cells])
        header = self.model.columns[index.row()].header if index.isValid() else ""
        # TRANSLATORS: over the first cells of one column of a file.
        words = _("First rows of {column}").format(column=formats.auto(header[:40]))
        self.examples_of.setText(words if cells else _("Nothing in the first rows"))
