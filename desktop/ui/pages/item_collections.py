"""The collections of an item: chips to turn on and off, and a line to make a new one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.i18n import N_, _
from desktop.services.collections import collection_named, list_collections, put_into, take_out
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.labels import Label


class ItemCollections(QWidget):
    """Which collections the item of `show_item` is in; every click is stored."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product: Product | None = None
        self.chips = Chips(_("Collections"), exclusive=False)
        self.new = Line()
        self.new.setAccessibleName(_("New collection"))
        self.new.setPlaceholderText(_("New collection: its name, then Enter"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(6))
        for widget in (Label(_("Collections"), "section"), self.chips, self.new):
            column.addWidget(widget)
        self.chips.setDisabled(context.read_only)
        self.new.setHidden(context.read_only)
        self.chips.chosen.connect(self._on_chosen)
        self.new.returnPressed.connect(self._on_new)
        self.fill()

    def show_item(self, product: Product | None) -> None:
        """Show the collections of an item that was read whole."""
        self._product = product
        self.chips.set_values([place.collection_id for place in product.places] if product else [])

    def fill(self) -> None:
        """Offer the collections that there are now."""
        groups = self._context.get(list_collections)
        self.chips.set_chips([(group.id, group.name, "") for group in groups])
        self.chips.setVisible(bool(groups))
        self.show_item(self._product)

    @Slot(object)
    def _on_chosen(self, chosen: list[int]) -> None:
        if self._product is None:
            return
        before = {place.collection_id for place in self._product.places}
        for group in set(chosen) - before:
            self._context.act(N_("Put into collection"), put_into, self._product.id, group, origin=self)
        for group in before - set(chosen):
            self._context.act(N_("Take out of collection"), take_out, self._product.id, group, origin=self)
        self.show_item(self._product)  # also where it was not done

    @Slot()
    def _on_new(self) -> None:
        """Make a collection of what was typed, or find the one that is called so, and put the item into it."""
        name = self.new.text()
        if name.strip() and self._product:
            done = self._context.act(N_("Put into collection"), _collect, self._product.id, name, origin=self)
            if done:
                self.new.clear()


def _collect(session: Session, item: int, name: str) -> int:
    group = collection_named(session, name)
    put_into(session, item, group)
    return group
