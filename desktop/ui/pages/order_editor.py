"""The order that is chosen: its state, its fields and lines, and below them the message that is sent next."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Customer, Order, OrderLine, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats
from desktop.services.errors import NotFound
from desktop.services.order_messages import Kind
from desktop.services.orders import STATES, currency_of, read_order, set_state, totals
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.order_form import OrderForm
from desktop.ui.pages.order_items import OrderItems
from desktop.ui.pages.order_message import OrderMessageBlock
from desktop.ui.reminding import new_follow_up
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label

NEXT: dict[str, Kind] = {"new": "confirmation", "pending": "confirmation", "paid": "reminder"}  # else the receipt


class OrderEditor(QWidget):
    """Shows one order; what is typed is saved as everywhere."""

    duplicate_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__()
        self.context = context
        self._order: Order | None = None
        self.title = Label("", "heading")
        self.remind = icon_button("bell-plus", _("Remind me…"))
        self.duplicate = icon_button("copy-plus", _("Duplicate order"))
        self.delete = icon_button("trash-2", _("Delete order"))
        self.states = Chips(_("State of the order"))
        self.states.set_chips([(state, _(name), "") for state, name in STATES.items()])
        self.form = OrderForm(context, self)
        self.items = OrderItems(context)
        self.sums = Label("", "strong", wrap=True)
        self.message = OrderMessageBlock(context, opener)
        self.panel = Inspector(_("Details of the order"))
        self._lay_out()
        self.states.chosen.connect(self._on_state)
        self.remind.clicked.connect(self._on_remind)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        for widget in (self.states, self.remind, self.duplicate, self.delete):
            widget.setDisabled(context.read_only)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(4))
        head.addWidget(self.title, 1)
        head.addWidget(self.remind)
        head.addWidget(self.duplicate)
        head.addWidget(self.delete)
        self.panel.add(head)
        self.panel.add(self.states)
        self.form.lay_out(self.panel, self.items, self.sums)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.panel, 1)
        layout.addWidget(self.message)
        theme.look(self, "surface")
        self.setMinimumWidth(theme.pixels(320))

    # What is shown

    def order(self) -> int | None:
        """Return the id of the order that is shown, or None."""
        return self._order.id if self._order else None

    def show_order(self, order_id: int | None) -> bool:
        """Show another order; False if what is typed of the one before cannot be saved, which then stays."""
        if self._order and self._order.id == order_id:
            return True
        if not self.commit():
            return False
        self._order = None
        self.form.forget()
        order = self._read(order_id)
        if order:
            self._show(order)
            self.message.show_order(order.id, NEXT.get(order.state, "receipt"))
            self.panel.area.verticalScrollBar().setValue(0)
        return True

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the order and of the shop, but in no field that is being typed in."""
        if self._order is None or not any(map(notice.of, (Order, OrderLine, Customer, Profile, Product))):
            return
        order = self._read(self._order.id)
        if order:
            self._show(order)
            self.message.refresh()
        elif not self.is_unsaved():  # else what is typed stays in sight, and saving it tells what has happened
            self.abandon()

    def commit(self) -> bool:
        """Save what is being typed; False, and the cursor there, if something cannot be saved as it is."""
        if self._order is None:
            return True
        field = self.form.form.commit()
        if (field is None and self.items.commit()) or self._read(self._order.id) is None:
            return True
        if field:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def is_unsaved(self) -> bool:
        """Say whether something is entered that is not stored."""
        return self.form.form.is_unsaved() or self.items.is_unsaved()

    def abandon(self) -> None:
        """Show no order, and want nothing of what is typed: it is about to go."""
        for field in self.form.form.fields.values():
            field.editor.unsaved = False
        self.items.show_order(None, "", ())
        self.form.forget()
        self._order = None

    @Slot()
    def _on_remind(self) -> None:
        if self._order and self.commit():
            new_follow_up(self.context, order_id=self._order.id)

    def edit_items(self) -> None:
        """Go to where items are added."""
        self.items.picker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _read(self, order_id: int | None) -> Order | None:
        try:
            return None if order_id is None else self.context.get(read_order, order_id)
        except NotFound:
            return None

    def _show(self, order: Order) -> None:
        self._order = order
        self.title.setText(_("Order {number}").format(number=formats.number(order.number)))
        self.states.set_value(order.state)
        with self.context.reader() as session:
            currency = currency_of(session, order)
            self.form.show_order(session, order)
        self.items.show_order(order.id, currency, order.lines)
        self.sums.setText(self._sums(order, currency))

    def _sums(self, order: Order, currency: str) -> str:
        sums = totals(order)
        total = _("Total: {total}").format(total=formats.money(sums.total, currency))
        if sums.unpriced:
            return "\n".join([total, _("Something has no price yet.")])
        if not sums.total:
            return ""
        if not sums.left:
            return "\n".join([total, _("Paid in full")])
        left = _("Left to pay: {price}").format(price=formats.money(sums.left, currency))
        return "\n".join([total, left]) if order.deposit else total

    @Slot(object)
    def _on_state(self, state: str) -> None:
        order = self._order
        if order is None or state == order.state:
            return
        self.commit()
        self.context.act(N_("Change state of order"), set_state, order.id, None, state, origin=self)
        if self._order:
            self.states.set_value(self._order.state)
            self.message.show_order(self._order.id, NEXT.get(self._order.state, "receipt"))
