"""Whether an item can be had, and how many are left."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.data.models import Product, Variant
from desktop.i18n import N_, _, formats
from desktop.services.catalog import AVAILABILITIES, extra_columns
from desktop.services.stock import read_quantity
from desktop.ui import theme
from desktop.ui.pages.item_form import Form
from desktop.ui.widgets.field import ChoiceField, LineField

AVAILABILITY = dict(zip(AVAILABILITIES, (N_("In stock"), N_("Out of stock")), strict=True))


class StockFields(QWidget):
    """The availability and the quantity of the row that `form` shows, side by side."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.availability = ChoiceField(
            _("Availability"), availabilities(), form.saver("availability", N_("Change availability"))
        )
        self.quantity = LineField(
            _("How many left"), form.saver("quantity", N_("Change quantity"), quantity_column), ltr=True
        )
        self._kept = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(8))
        for name, field in (("availability", self.availability), ("quantity", self.quantity)):
            row.addWidget(form.add(name, field), 1, Qt.AlignmentFlag.AlignTop)
            field.edited.connect(self.weigh)

    def show_item(self, product: Product) -> None:
        """Show what is no field: that an item in stock is, as an import said, one to be ordered before it is there."""
        self._kept = kept_word(product)
        self.weigh()

    @Slot()
    def weigh(self) -> None:
        """Say where the two do not go together, and what a feed says instead."""
        in_stock = self.availability.value() == AVAILABILITIES[0]
        # TRANSLATORS: {word} is what a file for Meta says of an item, such as "Preorder".
        says = _("Meta's feed says: {word}.").format(word=self._kept) if in_stock and self._kept else ""
        self.availability.advise(says)
        gone = self.quantity.value().strip() in ("0", "٠") and in_stock
        self.quantity.advise(_("None are left, but customers see it in stock.") if gone else "")


def kept_word(row: Product | Variant) -> str:
    """Return how a list said that a row can be had, where Dukkan has no word for it: "Preorder"; else ""."""
    word = extra_columns(row).get("availability", "")
    if not word:
        return ""
    from desktop.exchange.spreadsheet_columns import word_of  # few items have such a word

    return formats.auto(word_of("availability", word))


def quantity_column(typed: str) -> Mapping[str, object]:
    """Return a quantity that was typed as it is stored."""
    return {"quantity": read_quantity(typed)}


def availabilities() -> list[tuple[object, str]]:
    """Return the availabilities to choose from."""
    return [(value, _(word)) for value, word in AVAILABILITY.items()]
