"""Choosing one item of the catalog by typing a part of its name."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.i18n.formats import auto, money
from desktop.services.catalog import Card, cards, count_products, find_products
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.search_field import SearchField

SHOWN = 50  # items found; who does not see theirs among so many types another letter
ROWS = 4  # in sight at once


class ItemPicker(QWidget):
    """A search over a short list of items; `chosen(id)` comes when one is clicked, gone to with the arrow keys, or
    found first when Enter is pressed in the search. The chosen one stays in the list, at its head. The items are read
    with the first `set_item`.
    """

    chosen = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._item: int | None = None
        self._found: list[int] = []
        self.search = SearchField(_("Search name, description or code"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Items"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
        theme.look(self.list, "sunken")
        self.words = Label("", "muted", wrap=True)
        self.button = quiet(_("Open the catalog"), "tags")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        for widget in (self.search, self.list, self.words):
            layout.addWidget(widget)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.search.searched.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_return_pressed)
        self.search.moved_down.connect(self._on_moved_down)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.button.clicked.connect(self._on_open_catalog)

    def item(self) -> int | None:
        """Return the id of the chosen item, which may have been deleted meanwhile, or None."""
        return self._item

    def set_item(self, item: int | None) -> None:
        """Choose an item without telling, whatever is searched for."""
        self._item = item
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the items again."""
        self._found = self._context.get(find_products, self.search.text(), SHOWN)
        wanted = self._found
        if self._item is not None and self._item not in wanted:
            wanted = [self._item, *wanted]
        self._show(self._context.get(cards, wanted))
        empty = not self._context.get(count_products)
        if empty:
            self.words.setText(_("There are no items yet. Add the first one in the catalog."))
        else:
            self.words.setText(_("Nothing found. Try fewer letters."))
        for widget in (self.search, self.list):
            widget.setVisible(not empty)
        self.words.setVisible(not self._found)
        self.button.setVisible(empty)

    def _show(self, items: list[Card]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for card in items:
            # The name's direction must not turn the price around, nor the price the name's.
            price = card.price if card.sale_price is None else card.sale_price
            words = (auto(card.name), "" if price is None else money(price, card.currency), _("Hidden") * card.hidden)
            row = QListWidgetItem("   ".join(filter(None, words)))
            if card.hidden:  # before a long name too, which leaves no room for the word
                row.setIcon(icon("eye-off"))
            row.setData(Qt.ItemDataRole.UserRole, card.id)
            self.list.addItem(row)
            if card.id == self._item:
                self.list.setCurrentItem(row)
        self.list.blockSignals(False)
        height = self.list.sizeHintForRow(0) if items else self.fontMetrics().lineSpacing()
        self.list.setFixedHeight(ROWS * height + 2 * self.list.frameWidth())

    def _choose(self, item: int) -> None:
        if item != self._item:
            self._item = item
            self.chosen.emit(item)

    @Slot()
    def _on_searched(self) -> None:
        self.refresh()

    @Slot()
    def _on_return_pressed(self) -> None:
        if self.search.text().strip() and self._found:
            self._choose(self._found[0])
            self.refresh()

    @Slot()
    def _on_moved_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    @Slot(QListWidgetItem)
    def _on_current_changed(self, row: QListWidgetItem | None) -> None:
        if row is not None:
            self._choose(row.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_open_catalog(self) -> None:
        self._context.go("catalog")
