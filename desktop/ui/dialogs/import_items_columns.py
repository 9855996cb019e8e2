"""The second step of an import of items: what each column of the file becomes, and how its prices are written."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.exchange.mapping import JOINED, WHOLE, Decimals, Mapping
from desktop.exchange.recognise import REASONS, Format, Recognised
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.dialogs.import_items_reading import Opened, read_as
from desktop.ui.dialogs.import_items_words import KINDS, field_words, fields_offered
from desktop.ui.dialogs.importing_columns import ColumnsStep
from desktop.ui.dialogs.importing_table import FIELD, Fields
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Label, Labelled

DECIMALS: tuple[Decimals, ...] = ("auto", "point", "comma")


class ItemColumnsStep(ColumnsStep):
    """Says too what the file is taken for, and how its prices are meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Fields(field_words, fields_offered, JOINED, REASONS), parent)
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
        self.note = Label("", "small", wrap=True)
        self._lay_out_ways()
        self.kind.activated.connect(self._on_kind)
        for choice in (self.currency, self.decimals):
            choice.activated.connect(self.changed)

    def _lay_out_ways(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(12))
        for words, choice in (
            # TRANSLATORS: what a file is taken for: an export of Shopify, a price list …
            (_("Read as"), self.kind),
            (_("Prices without a currency are in"), self.currency),
            (_("Decimals"), self.decimals),
        ):
            top.addLayout(Labelled(words, choice), 1)
        self.column.insertLayout(0, top)
        self.column.insertWidget(1, self.note)
        before: QWidget = self.kind
        for widget in (self.currency, self.decimals, self.table, self.examples):
            self.setTabOrder(before, widget)
            before = widget

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
        return Mapping(super().mapping().columns, decimals, str(self.currency.value() or ""))

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
        self.model.show_columns(self._opened.table, recognised.columns, recognised.format in WHOLE)
        self.note.setText(_("All columns of such an export are known. There is nothing to choose here."))
        self.note.setVisible(self.model.whole)
        self.decimals.setDisabled(self.model.whole)  # such programs write them in one way
        self.table.setColumnHidden(FIELD, self.model.whole)
        self.tell()

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
