"""The lines of an order: what, how many and for how much, each saved as it is typed; and the line that adds another."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import OrderLine
from desktop.i18n import N_, _, formats
from desktop.i18n.numbers import parse_decimal
from desktop.services.catalog import cards, find_products, read_product
from desktop.services.errors import Invalid
from desktop.services.order_lines import add_line, line_name, move_lines, remove_line, update_line
from desktop.services.prices import read_price
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.item_form import Form
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.field import Field, LineField
from desktop.ui.widgets.focus import stops, tab_here
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.picker import OFFERED, Offer, Picker


class OrderItem(QWidget):
    """One line of an order. Its menu moves it, opens its note and takes it off."""

    def __init__(self, context: Context, currency: str) -> None:
        super().__init__()
        self._context = context
        self._currency = currency
        self.line: OrderLine | None = None
        self._writing = False  # a note
        self.form = Form(context, update_line, self)
        form = self.form
        self.name = LineField(_("What"), form.saver("name", N_("Change what is ordered")))
        self.quantity = LineField(
            _("Quantity"), form.saver("quantity", N_("Change quantity"), _read_quantity), ltr=True, prefix="×"
        )
        sign = formats.currency_sign(currency) if currency else ""
        self.price = LineField(
            # TRANSLATORS: the price of one piece.
            _("Price of one"),
            form.saver("price", N_("Change price"), self._read_price),
            ltr=True,
            placeholder=_("Price"),
            suffix=sign,
        )
        self.note = LineField(
            _("Note"), form.saver("note", N_("Change note")), placeholder=_("Without nuts, blue ribbon…")
        )
        for column, field in self.columns().items():
            form.add(column, field)
            _bare(field)
        self.sum = Label("", "muted")
        self.more = icon_button("ellipsis", _("More for this line"))
        self.menu = QMenu(self)
        self.up = QAction(_("Move up"), self)
        self.down = QAction(_("Move down"), self)
        self.write = QAction(_("Write a note"), self)
        self.remove = QAction(_("Take it off the order"), self)
        self.menu.addActions([self.up, self.down, self.write, self.remove])
        self.more.setMenu(self.menu)
        self.more.setDisabled(context.read_only)
        self._lay_out()
        self.write.triggered.connect(self._on_write)

    def columns(self) -> dict[str, Field]:
        """Return the fields by the columns of the line."""
        return {"name": self.name, "quantity": self.quantity, "price": self.price, "note": self.note}

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(4))
        top.addWidget(self.name, 1)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.setSpacing(theme.pixels(8))
        below.addWidget(self.quantity, 2, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.price, 3, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.sum, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.pixels(4))
        column.setSpacing(theme.pixels(4))
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self.note)

    def show_line(self, line: OrderLine) -> None:
        """Show a line, but nothing over what is being typed of the same one."""
        shown: Mapping[str, object] = {
            "name": line.name,
            "quantity": formats.typed_number(line.quantity),
            "price": formats.typed_amount(line.price, self._currency),
            "note": line.note,
        }
        if self.line is not None and self.line.id == line.id:
            self.form.update(line.version, shown)
        else:
            self.form.start(line.id, line.version, shown)
        self.line = line
        cost = None if line.price is None or line.quantity == 1 else line.price * line.quantity
        self.sum.setText("" if cost is None else formats.money(cost, self._currency))
        self.note.setVisible(bool(line.note) or self._writing)

    @Slot()
    def _on_write(self) -> None:
        self._writing = True
        self.note.show()
        self.note.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_price(self, typed: str) -> Mapping[str, object]:
        return {"price": read_price(typed, self._currency)}


class OrderItems(QWidget):
    """The lines of the order that is shown, and a search of the catalog; Enter adds what is found, or what is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._order: int | None = None
        self._currency = ""
        self.rows: list[OrderItem] = []
        self._lines = QWidget(self)
        self.picker = Picker(_("Add an item"), _("An item, or anything else"), self._offer)
        self.picker.unsaved = True  # Ctrl+Z is about these letters
        self.add = icon_button("plus", _("Add it to the order"))
        self.none = Label(_("Nothing is ordered yet. Add an item first."), "muted", wrap=True)
        self._list = QVBoxLayout(self._lines)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.pixels(8))
        adding = QHBoxLayout()
        adding.setSpacing(theme.pixels(4))
        adding.addWidget(self.picker, 1)
        adding.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addWidget(Label(_("Items"), "section"))
        column.addWidget(self.none)
        column.addWidget(self._lines)
        column.addLayout(adding)
        self.picker.picked.connect(self._on_picked)
        self.picker.returnPressed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        for widget in (self.picker, self.add):
            widget.setDisabled(context.read_only)

    def show_order(self, order: int | None, currency: str, lines: Sequence[OrderLine]) -> None:
        """Show the lines of an order; those that are there already keep what is being typed in them."""
        same = order == self._order and currency == self._currency
        self._order, self._currency = order, currency
        if not same or [row.line.id for row in self.rows if row.line] != [line.id for line in lines]:
            kept = {row.line.id: row for row in self.rows if row.line and same}
            for row in self.rows:
                self._list.removeWidget(row)
            rows = [kept.get(line.id) or self._row() for line in lines]
            for gone in [row for row in self.rows if row not in rows]:
                gone.hide()
                gone.deleteLater()
            self.rows = rows
            for row in rows:
                self._list.addWidget(row)
                row.show()
        for place, (row, line) in enumerate(zip(self.rows, lines, strict=True)):
            row.show_line(line)
            row.up.setEnabled(place > 0)
            row.down.setEnabled(place < len(lines) - 1)
        self.none.setVisible(not lines)
        self._lines.setVisible(bool(lines))
        tab_here(self._lines, [stop for row in self.rows for stop in stops(row)])

    def commit(self) -> bool:
        """Save what is being typed, and say whether nothing is left unsaved."""
        return not [row for row in self.rows if row.form.commit()]

    def is_unsaved(self) -> bool:
        """Say whether something is entered that is not stored."""
        return any(row.form.is_unsaved() for row in self.rows)

    def _row(self) -> OrderItem:
        row = OrderItem(self._context, self._currency)
        row.up.triggered.connect(partial(self._move, row, -1))
        row.down.triggered.connect(partial(self._move, row, 1))
        row.remove.triggered.connect(partial(self._remove, row))
        return row

    def _move(self, row: OrderItem, step: int) -> None:
        place = self.rows.index(row) + step
        if row.line is None or self._order is None or not 0 <= place < len(self.rows):
            return
        target = place if step < 0 else place + 1
        before = self.rows[target].line if target < len(self.rows) else None
        ids = [row.line.id]
        self._context.act(N_("Move line"), move_lines, self._order, ids, before.id if before else None)

    def _remove(self, row: OrderItem) -> None:
        if row.line is not None:
            self._context.act(N_("Take item off the order"), remove_line, row.line.id, done=_("Taken off the order"))

    def _offer(self, typed: str) -> Sequence[Offer]:
        return self._context.get(_find_items, typed)

    @Slot()
    def _on_picked(self) -> None:
        """Add an item as soon as it is chosen."""
        if isinstance(self.picker.value(), tuple):
            self._on_add()

    @Slot()
    def _on_add(self) -> None:
        chosen, typed = self.picker.value(), self.picker.text().strip()
        if self._order is None or not (typed or chosen):
            return
        title = N_("Add item to the order")
        if isinstance(chosen, tuple):
            added = self._context.act(title, add_line, self._order, *chosen)
        else:
            added = self._context.act(title, add_line, self._order, name=typed)
        if added is not None:
            self.picker.clear()
            self.picker.setFocus(Qt.FocusReason.OtherFocusReason)


def _bare(field: Field) -> None:
    """Show a field without its label, which is still said to those who hear the screen."""
    policy = field.gauge.sizePolicy()
    policy.setRetainSizeWhenHidden(False)
    field.gauge.setSizePolicy(policy)
    field.label.hide()


def _read_quantity(typed: str) -> Mapping[str, object]:
    try:
        number = parse_decimal(typed)
    except ValueError as error:
        raise Invalid("quantity", _("A quantity is a whole number, like 12.")) from error
    if number != number.to_integral_value():
        raise Invalid("quantity", _("A quantity is a whole number, like 12."))
    return {"quantity": int(number)}


def _find_items(session: Session, typed: str) -> list[Offer]:
    """Return the items that are meant, and each of their variants."""
    offers: list[Offer] = []
    for card in cards(session, find_products(session, typed, OFFERED)):
        price = card.price if card.sale_price is None else card.sale_price
        detail = "" if price is None else formats.money(price, card.currency)
        product = read_product(session, card.id)
        offers += [((card.id, v.id), line_name(product, v), formats.ltr(v.code)) for v in product.variants] or [
            ((card.id, None), card.name, detail)
        ]
    return offers
