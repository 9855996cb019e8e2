"""Whether an item can be had, and how many are left."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.services.catalog import AVAILABILITIES
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(8))
        for name, field in (("availability", self.availability), ("quantity", self.quantity)):
            row.addWidget(form.add(name, field), 1, Qt.AlignmentFlag.AlignTop)
            field.edited.connect(self.weigh)

    @Slot()
    def weigh(self) -> None:
        """Say where the two do not go together."""
        gone = self.quantity.value().strip() in ("0", "٠") and self.availability.value() == AVAILABILITIES[0]
        self.quantity.advise(_("None are left, but customers see it in stock.") if gone else "")


def quantity_column(typed: str) -> Mapping[str, object]:
    """Return a quantity that was typed as it is stored."""
    return {"quantity": read_quantity(typed)}


def availabilities() -> list[tuple[object, str]]:
    """Return the availabilities to choose from."""
    return [(value, _(word)) for value, word in AVAILABILITY.items()]
