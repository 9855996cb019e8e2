"""The order that is chosen: its state, its fields and lines, and below them the message that is sent next."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.data.models import Customer, Order, OrderLine, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats
from desktop.services.order_messages import Kind
from desktop.services.orders import STATES, currency_of, read_order, set_state, totals
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.order_form import OrderForm
from desktop.ui.pages.order_items import OrderItems
from desktop.ui.pages.order_message import OrderMessageBlock
from desktop.ui.pages.row_editor import RowEditor
from desktop.ui.reminding import new_follow_up
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.focus import reveal
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label

NEXT: dict[str, Kind] = {"new": "confirmation", "pending": "confirmation", "paid": "reminder"}  # else the receipt
SHORT = 720  # px of a window, in which the message takes less room, so that the items are in sight


class OrderEditor(RowEditor):
    """Edits the order of `show_row`; what is typed is saved as everywhere."""

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__(context, read_order)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.message.be_low(self.window().height() < theme.pixels(SHORT))

    # What is shown

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the order and of the shop, but in no field that is being typed in."""
        if self._row and any(map(notice.of, (Order, OrderLine, Customer, Profile, Product))):
            self._follow()

    def fields(self) -> list[Field]:
        return [*self.form.form.fields.values()]

    def commit(self) -> bool:
        if self._row is None:
            return True
        field = self.form.form.commit()
        if (field is None and self.items.commit()) or not self._is_there():
            return True
        if field:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def is_unsaved(self) -> bool:
        return self.form.form.is_unsaved() or self.items.is_unsaved()

    def abandon(self) -> None:
        """Show no order, and want nothing of what is typed: it is about to go."""
        for field in self.fields():
            field.editor.unsaved = False
        self.items.show_order(None, "", ())
        self.form.forget()
        self._row = None

    @Slot()
    def _on_remind(self) -> None:
        if self._row and self.commit():
            new_follow_up(self.context, order_id=self._row.id)

    def edit_name(self, whole: bool = False) -> None:
        """Go to where items are added."""
        picker = self.items.picker
        picker.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, picker, partial(reveal, picker))  # once the message below has taken its room

    def _leave(self) -> None:
        self.abandon()

    def _start(self) -> None:
        self.form.forget()
        super()._start()

    def _show(self, order: Order, start: bool) -> None:
        self._row = order
        self.title.setText(_("Order {number}").format(number=formats.number(order.number)))
        self.states.set_value(order.state)
        with self.context.reader() as session:
            currency = currency_of(session, order)
            self.form.show_order(session, order)
        self.items.show_order(order.id, currency, order.lines)
        self.sums.setText(self._sums(order, currency))
        if start:
            self.message.show_order(order.id, NEXT.get(order.state, "receipt"))
        else:
            self.message.refresh()

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
        order = self._row
        if order is None or state == order.state:
            return
        self.commit()
        self.context.act(N_("Change state of order"), set_state, order.id, None, state, origin=self)
        if self._row:
            self.states.set_value(self._row.state)
            self.message.show_order(self._row.id, NEXT.get(self._row.state, "receipt"))
