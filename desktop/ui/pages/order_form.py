"""The fields of an order: who, when, where to and what is paid; each stores itself."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Order
from desktop.i18n import N_, _, formats
from desktop.services.customers import called, find_customers, read_customers
from desktop.services.hours import read_schedule, shop_zone
from desktop.services.hours_input import parse_time
from desktop.services.order_due import due_moment, due_parts, due_warning, proposed_minutes
from desktop.services.orders import currency_of, make_customer, update_order
from desktop.services.prices import read_price
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.item_form import Form
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.date_field import OptionalDateField
from desktop.ui.widgets.field import ChoiceField, Field, LineField, TextField
from desktop.ui.widgets.inspector import Inspector, Section, side_by_side
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.phone_field import PhoneField
from desktop.ui.widgets.picker import OFFERED, Offer, Picker

AMOUNTS = {"fee": N_("Delivery fee"), "discount": N_("Discount"), "deposit": N_("Deposit")}
HOUR = 60  # minutes


class OrderForm:
    """Makes the fields of an order, puts them into an inspector, and shows an order in them."""

    def __init__(self, context: Context, origin: QWidget) -> None:
        self._context = context
        self._order: Order | None = None
        self._currency = ""
        self._zone: dt.tzinfo = dt.UTC
        form = self.form = Form(context, update_order, origin)
        self.find = Picker(_("Customer"), _("Find a customer"), self._offer_customers)
        self.find.unsaved = True  # Ctrl+Z is about these letters
        self.known = ElidedLabel("", "strong")
        self.let_go = icon_button("x", _("Not this customer"))
        self.make = flat(_("Make a customer"), "user-plus")
        self.name = LineField(_("Name"), form.saver("name", N_("Change who ordered")))
        self.phone = PhoneField(_("Phone"), form.saver("phone", N_("Change who ordered")))
        self.day = OptionalDateField(_("Due"), form.saver("day", N_("Change when the order is due"), self._read_day))
        self.time = LineField(_("Time"), form.saver("time", N_("Change when the order is due"), self._read_time))
        ways = [("pickup", _("Pick-up")), ("delivery", _("Delivery"))]
        self.way = ChoiceField(_("How it is handed over"), ways, form.saver("way", N_("Change pick-up or delivery")))
        self.address = TextField(_("Address"), form.saver("address", N_("Change address")), lines=(1, 4))
        self.amounts = {
            column: LineField(
                _(name),
                form.saver(column, N_("Change what is to be paid"), partial(self._read_amount, column)),
                ltr=True,
            )
            for column, name in AMOUNTS.items()
        }
        self.note = TextField(
            _("Note"),
            form.saver("note", N_("Change note")),
            hint=_("The confirmation says it, and the preparation list."),
            lines=(1, 5),
        )
        # TRANSLATORS: who gets what somebody else has ordered, such as a gift.
        self.recipient = LineField(_("Recipient"), form.saver("recipient", N_("Change recipient")))
        self.recipient_phone = PhoneField(_("Recipient's phone"), form.saver("recipient_phone", N_("Change recipient")))
        self.card = TextField(_("Gift card text"), form.saver("card", N_("Change gift card text")), lines=(1, 4))
        fields: dict[str, Field] = {
            "name": self.name,
            "phone": self.phone,
            "day": self.day,
            "time": self.time,
            "way": self.way,
            "address": self.address,
            **self.amounts,
            "note": self.note,
            "recipient": self.recipient,
            "recipient_phone": self.recipient_phone,
            "card": self.card,
        }
        self.source = Label("", "muted", wrap=True)
        self.gift = Section("")
        self.message = Section("")
        for column, field in fields.items():
            form.add(column, field)
        self.find.picked.connect(self._on_found)
        self.let_go.clicked.connect(self._on_let_go)
        self.make.clicked.connect(self._on_make)
        for widget in (self.find, self.let_go, self.make):
            widget.setDisabled(context.read_only)

    def lay_out(self, panel: Inspector, items: QWidget, sums: QWidget) -> None:
        """Put everything into the panel, in the order in which an order is taken."""
        who = QHBoxLayout()
        who.addWidget(self.known, 1)
        who.addWidget(self.let_go)
        people = QVBoxLayout()
        people.setSpacing(theme.pixels(8))
        people.addWidget(self.find)
        people.addLayout(who)
        people.addLayout(side_by_side(self.name, self.phone))
        people.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeading)
        panel.add(side_by_side(self.day, self.time, shares=(3, 2)))
        panel.add(items)
        panel.add(people)
        panel.add(self.way)
        panel.add(self.address)
        panel.add(side_by_side(self.amounts["fee"], self.amounts["discount"]))
        panel.add(self.amounts["deposit"])
        panel.add(sums)
        panel.add(self.note)
        self.gift = panel.add_section(_("For somebody else, with a card"), folded=True)
        for field in (self.recipient, self.recipient_phone, self.card):
            self.gift.add(field)
        self.message = panel.add_section(_("The message it was read from"), folded=True)
        self.message.add(self.source)

    def show_order(self, session: Session, order: Order) -> None:
        """Show an order, but nothing over what is being typed of the same one."""
        profile = read_profile(session)
        self._zone, self._currency = shop_zone(profile.time_zone), currency_of(session, order)
        new = self._order is None or self._order.id != order.id
        self._order = order
        shown = self._shown(order)
        sign = formats.currency_sign(self._currency) if self._currency else ""
        for field in self.amounts.values():
            field.editor.set_suffix(sign)
        if new:
            self.form.start(order.id, order.version, shown)
            self.find.clear()
            self.gift.set_folded(not (order.recipient or order.recipient_phone or order.card))
        else:
            self.form.update(order.version, shown)
        self.day.advise(due_warning(session, order.due_at))
        self.time.setVisible(order.due_at is not None)
        self.address.setVisible(order.way == "delivery" or bool(order.address))
        customer = next(iter(read_customers(session, [order.customer_id])), None) if order.customer_id else None
        self.known.setText(formats.auto(called(customer)) if customer else "")
        for widget in (self.known, self.let_go):
            widget.setVisible(customer is not None)
        self.find.setVisible(customer is None)
        self.make.setVisible(customer is None and bool(order.name or order.phone))
        self.source.setText(order.source)
        self.message.setVisible(bool(order.source))

    def forget(self) -> None:
        """Show no order any more; nothing of what is typed is wanted."""
        self._order = None

    def _shown(self, order: Order) -> Mapping[str, object]:
        day, minutes = (None, None) if order.due_at is None else due_parts(order.due_at, self._zone)
        money = {column: formats.typed_amount(getattr(order, column) or None, self._currency) for column in AMOUNTS}
        return {
            "name": order.name,
            "phone": f"+{order.phone}" if order.phone else "",
            "day": day,
            "time": "" if minutes is None else formats.time(minutes),
            "way": order.way,
            "address": order.address,
            **money,
            "note": order.note,
            "recipient": order.recipient,
            "recipient_phone": f"+{order.recipient_phone}" if order.recipient_phone else "",
            "card": order.card,
        }

    # What is entered, as it is kept

    def _read_day(self, day: dt.date | None) -> Mapping[str, object]:
        if day is None:
            return {"due_at": None}
        if self._order and self._order.due_at is not None:
            minutes = due_parts(self._order.due_at, self._zone)[1]
        else:
            minutes = proposed_minutes(self._context.get(read_schedule), day)
            now = formats.now()
            if day == now.date() and minutes <= now.hour * HOUR + now.minute:
                minutes = min((now.hour + 2) * HOUR, 23 * HOUR)
        return {"due_at": due_moment(day, minutes, self._zone)}

    def _read_time(self, typed: str) -> Mapping[str, object]:
        if self._order is None or self._order.due_at is None:
            return {}
        day = due_parts(self._order.due_at, self._zone)[0]
        return {"due_at": due_moment(day, parse_time(typed, after=7 * HOUR), self._zone)}

    def _read_amount(self, column: str, typed: str) -> Mapping[str, object]:
        return {column: read_price(typed, self._currency, column) or 0}

    # Who ordered

    def _offer_customers(self, typed: str) -> list[Offer]:
        return self._context.get(_find_people, typed)

    @Slot()
    def _on_found(self) -> None:
        customer = self.find.value()
        if isinstance(customer, int) and self._order:
            order = self._order.id
            self._context.act(N_("Change who ordered"), update_order, order, customer_id=customer)
            self.find.clear()

    @Slot()
    def _on_let_go(self) -> None:
        if self._order:
            self._context.act(N_("Change who ordered"), update_order, self._order.id, customer_id=None)

    @Slot()
    def _on_make(self) -> None:
        if self._order and self.form.commit() is None:
            done = _("Customer made")
            self._context.act(N_("Make a customer of an order"), make_customer, self._order.id, done=done)


def _find_people(session: Session, typed: str) -> list[Offer]:
    found = read_customers(session, find_customers(session, typed, limit=OFFERED))
    return [(one.id, called(one), formats.phone(one.phone) if one.name else "") for one in found]
