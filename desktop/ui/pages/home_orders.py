"""The card of the home page that says which orders are overdue or due today."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.i18n import _, formats, ngettext
from desktop.services.order_list import Face
from desktop.services.overview import Overview
from desktop.ui.context import Context
from desktop.ui.pages.home_rows import RowsCard
from desktop.ui.pages.order_row import led, title_of, when_of
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.rows import Row, Tile


class OrdersCard(RowsCard):
    """Each order on a row that goes to it, the earliest first; hidden where none is due."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Orders for today"))
        self._context = context
        self.hide()

    def show_overview(self, overview: Overview) -> None:
        """Show the orders that are due, once they are read."""
        if overview.whole:
            self.set_rows(overview.orders, partial(self._rows, overview.orders))

    def _rows(self, orders: Sequence[Face]) -> list[QWidget]:
        return self.first(orders, self._row, _more, partial(self._context.go, "orders"))

    def _row(self, order: Face) -> Row:
        late = order.section == "overdue"
        sign = Tile("shopping-bag", tint="warn", ground="warn-soft") if late else Tile("shopping-bag")
        things = order.things or _("Nothing yet")
        note = led(" · ".join([_("Overdue"), things]) if late else things)
        end = Label(when_of(order), "warn" if late else "accent")
        return Row(sign, title_of(order), note, partial(self._context.go, "orders", order.id), end=end)


def _more(n: int) -> str:
    return ngettext("{n} more order", "{n} more orders", n).format(n=formats.number(n))
