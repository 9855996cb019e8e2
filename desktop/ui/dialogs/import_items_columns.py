"""The second step of an import: what each column of the file becomes, and how its prices are written."""

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.exchange.mapping import Decimals, Mapping
from desktop.exchange.recognise import Format, Recognised
from desktop.i18n import _, bidi, formats
from desktop.ui import theme
from desktop.ui.dialogs.import_items_reading import Opened, read_as
from desktop.ui.dialogs.import_items_table import FIELD, ColumnModel, ColumnTable
from desktop.ui.dialogs.import_items_words import KINDS
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Label

DECIMALS: tuple[Decimals, ...] = ("auto", "point", "comma")
LONGEST = 200  # letters of an example


class ColumnsStep(QWidget):
    """The columns with their fields, and what is in the one that is chosen. `changed` follows each change."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened: Opened | None = None
        self._format: Format = "plain"
        self.kind = Choice()
        self.currency = Choice()
        self.decimals = Choice(
            [
                ("auto", _("As the prices show")),
                ("point", formats.ltr("1,234.50")),
                ("comma", formats.ltr("1.234,50")),
            ]
        )
        self.model = ColumnModel(self)
        self.table = ColumnTable(self.model)
        self.examples_of = Label("", "section")
        self.examples = QListView()
        self._examples = QStringListModel(self)
        self.note = Label("", "small", wrap=True)
        self.trouble = Label("", "warn", wrap=True)
        self._lay_out()
        self.kind.activated.connect(self._on_kind)
        for choice in (self.currency, self.decimals):
            choice.activated.connect(self.changed)
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
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(12))
        for words, choice in (
            # TRANSLATORS: what a file is taken for: an export of Shopify, a price list …
            (_("Read as"), self.kind),
            (_("Prices without a currency are in"), self.currency),
            (_("Decimals"), self.decimals),
        ):
            label = Label(words, "section")
            label.set_buddy(choice)
            column = QVBoxLayout()
            column.setSpacing(theme.pixels(4))
            column.addWidget(label)
            column.addWidget(choice)
            top.addLayout(column, 1)
        beside = QVBoxLayout()
        beside.setSpacing(theme.pixels(4))
        beside.addWidget(self.examples_of)
        beside.addWidget(self.examples, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.pixels(16))
        middle.addWidget(self.table, 5)
        middle.addLayout(beside, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addLayout(top)
        layout.addWidget(self.note)
        layout.addWidget(self.trouble)
        layout.addLayout(middle, 1)

    def show_opened(self, opened: Opened, currency: str) -> None:
        """Show the columns of a file, in a shop of this currency."""
        self._opened = opened
        kind = opened.recognised.format
        kinds: list[Format] = [kind] if kind == "plain" else [kind, "plain"]
        self.kind.set_choices(
            [(name, _(KINDS[name]) if name != "plain" else _("Columns chosen here")) for name in kinds]
        )
        self.kind.set_value(kind)
        # TRANSLATORS: the currency of prices in a file that name none: that of the shop, or of the other prices.
        unsaid = (
            _("As in the shop ({currency})").format(currency=formats.ltr(currency)) if currency else _("As most do")
        )
        self.currency.set_choices([("", unsaid), *formats.currencies()])
        self.currency.set_value(opened.mapping.currency)
        self.decimals.set_value(opened.mapping.decimals)
        self._show(opened.recognised)

    def recognised(self) -> Recognised:
        """Return what the file is, with its columns as they are chosen."""
        return Recognised(self._format, list(self.model.columns))

    def mapping(self) -> Mapping:
        """Return what is chosen, as it is remembered."""
        decimals: Decimals = next(each for each in DECIMALS if each == self.decimals.value())
        columns = {column.header: column.field for column in self.model.columns}
        return Mapping(columns, decimals, str(self.currency.value() or ""))

    def complaint(self) -> str:
        """Return what is missing to go on, "" if nothing is."""
        fields = {column.field for column in self.model.columns}
        if self.model.whole or fields & {"title", "id"}:
            return ""
        return _("No column is the item's name. Choose it in the list.")

    def ask_currency(self) -> None:
        """Go to the currency."""
        self.currency.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, recognised: Recognised) -> None:
        assert self._opened, "it has been shown"
        self._format = recognised.format
        self.model.show_columns(self._opened.table, recognised)
        self.note.setText(_("All columns of such an export are known. There is nothing to choose here."))
        self.note.setVisible(self.model.whole)
        self.decimals.setDisabled(self.model.whole)  # such programs write them in one way
        self.table.setColumnHidden(FIELD, self.model.whole)
        if self.model.columns:
            self.table.setCurrentIndex(self.model.index(0, 1))
        self._tell()

    def _tell(self) -> None:
        complaint = self.complaint()
        self.trouble.setText(complaint)
        self.trouble.setVisible(bool(complaint))

    @Slot()
    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    @Slot()
    def _on_kind(self) -> None:
        assert self._opened, "it has been shown"
        kind = self.kind.value()
        if kind == self._format:
            return
        if kind == self._opened.recognised.format:
            self._show(self._opened.recognised)
        else:
            self._show(read_as(self._opened.table, "plain")[0])
        self.changed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        cells = self.model.examples(index.row())
        self._examples.setStringList([bidi.isolate(" ".join(cell[:LONGEST].split())) for cell in cells])
        header = self.model.columns[index.row()].header if index.isValid() else ""
        # TRANSLATORS: over the first cells of one column of a file.
        words = _("First rows of {column}").format(column=formats.auto(header[:40]))
        self.examples_of.setText(words if cells else _("Nothing in the first rows"))
