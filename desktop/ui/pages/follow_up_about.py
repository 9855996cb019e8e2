"""Whom a follow-up is for, and which order it is about: both are chosen here, and stored at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Customer, FollowUp, Order
from desktop.i18n import N_, _, formats
from desktop.services.customers import called
from desktop.services.follow_ups import update_follow_up
from desktop.services.letters import Letter
from desktop.services.order_reminders import make_customer_of, offer_orders, set_order
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.reply_sending import offer_customers
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.picker import Offer, Picker

Store = Callable[..., str]  # field, title of the action, fn, group, values -> complaint
NONE = 0  # the choice of no order


class About(QWidget):
    """Shows and saves the customer and the order of one follow-up through `store`, which knows which one it is."""

    def __init__(self, context: Context, store: Store) -> None:
        super().__init__()
        self._context = context
        self._store = store
        self._row: FollowUp | None = None
        self._showing = False
        self.customer = Picker(_("Customer"), _("Name or number"), self._offer)
        self.no_customer = icon_button("x", _("Without a customer"))
        self.named = Label("", "small", wrap=True)
        self.make = flat(_("Make a customer"), "user-plus")
        self.warning = Label("", "warn", wrap=True)
        self.order = Choice()
        self.show_order = icon_button("shopping-bag", _("Show the order"))
        self._lay_out()
        self.customer.picked.connect(self._on_picked)
        self.customer.left.connect(self._on_customer_left)
        self.no_customer.clicked.connect(self._on_no_customer)
        self.make.clicked.connect(self._on_make)
        self.order.activated.connect(self._on_order)
        self.show_order.clicked.connect(self._on_show_order)

    def _lay_out(self) -> None:
        label, about = Label(_("Customer"), "section"), Label(_("About the order"), "section")
        label.set_buddy(self.customer)
        about.set_buddy(self.order)
        person, order = QHBoxLayout(), QHBoxLayout()
        for line, widgets in ((person, (self.customer, self.no_customer)), (order, (self.order, self.show_order))):
            line.setSpacing(theme.pixels(2))
            line.addWidget(widgets[0], 1)
            line.addWidget(widgets[1])
        self.orders = QWidget()
        below = QVBoxLayout(self.orders)
        below.setContentsMargins(0, theme.pixels(8), 0, 0)
        below.setSpacing(theme.pixels(4))
        below.addWidget(about)
        below.addLayout(order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(label)
        column.addLayout(person)
        for widget in (self.named, self.make, self.warning):
            column.addWidget(widget)
        column.setAlignment(self.make, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.orders)

    def lock(self) -> None:
        """Let it be read, but not changed."""
        for widget in (self.customer, self.no_customer, self.make, self.order):
            widget.setDisabled(True)

    # What is shown

    def show_row(self, row: FollowUp, start: bool) -> None:
        """Show what is stored; with `start` it is another follow-up than before, and nothing is being typed."""
        self._row = row
        customer = self._context.get(_read, Customer, row.customer_id)
        if start or not self.customer.hasFocus() or self.customer.value() is not None:
            self._showing = True
            self.customer.set_value(row.customer_id if customer else None, called(customer) if customer else "")
            self._showing = False
        self.no_customer.setVisible(customer is not None)
        offers = self._context.get(offer_orders, row.id)
        order = self._context.get(_read, Order, row.order_id)
        self.order.set_choices([(NONE, _("No order")), *offers])
        self.order.set_value(order.id if order else NONE)
        self.orders.setVisible(bool(offers))
        self.show_order.setVisible(order is not None)
        said = [order.name, formats.phone(order.phone)] if order and not customer else []
        self.named.setText(" · ".join(formats.auto(words) for words in said if words))
        for widget in (self.named, self.make):
            widget.setVisible(any(said))

    def warn(self, letter: Letter) -> None:
        """Say why the customer is not to be written to, or that no number is known."""
        words = letter.refusal
        if not words and letter.name and not letter.phone:
            words = _("No number is known: the text is copied, and the chat is yours to find.")
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    # What is chosen

    def _offer(self, typed: str) -> list[Offer]:
        return list(self._context.get(offer_customers, typed))

    @Slot()
    def _on_picked(self) -> None:
        value = self.customer.value()
        if not self._showing and self._row and isinstance(value, int) and value != self._row.customer_id:
            self._keep_customer(value)

    @Slot()
    def _on_customer_left(self) -> None:
        """A name that was typed and not chosen is no customer: the one there was stands."""
        if self._row and self.customer.value() is None:
            self.show_row(self._row, start=True)

    @Slot()
    def _on_no_customer(self) -> None:
        self._keep_customer(None)

    def _keep_customer(self, customer: int | None) -> None:
        self._keep("customer_id", N_("Change customer"), update_follow_up, customer_id=customer)

    @Slot()
    def _on_order(self) -> None:
        order = self.order.value()
        if self._row and order != (self._row.order_id or NONE):
            self._keep("order_id", N_("Change which order it is about"), set_order, order or None)

    def _keep(self, name: str, title: str, fn: Any, *args: object, **values: object) -> None:
        if complaint := self._store(name, title, fn, None, *args, **values):
            self._context.say(complaint)

    @Slot()
    def _on_make(self) -> None:
        if self._row:
            title, done = N_("Make a customer of an order"), _("Customer made")
            self._context.act(title, make_customer_of, self._row.id, done=done)

    @Slot()
    def _on_show_order(self) -> None:
        if self._row and self._row.order_id is not None:
            self._context.go("orders", self._row.order_id)


def _read(session: Any, model: Any, row_id: int | None) -> Any:
    return session.get(model, row_id) if row_id is not None else None
