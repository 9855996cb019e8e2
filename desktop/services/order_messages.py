"""What a shop writes to whoever ordered: the confirmation, the reminder and the receipt of an order, ready to be sent.

The sentences are templates of `placeholders`, so that a translation can say them to a woman or to a man.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from sqlalchemy.orm import Session

from desktop.data.models import Customer, Order, OrderLine, Profile
from desktop.i18n import N_, _, bidi, formats, speaking
from desktop.services import order_text
from desktop.services.editing import clean, one_line
from desktop.services.hours import shop_zone
from desktop.services.links import chat_link, contact_link
from desktop.services.marks import bold
from desktop.services.order_due import due_warning, local
from desktop.services.orders import SETTLED, buyer, currency_of, read_order, totals
from desktop.services.placeholders import fill, written_name
from desktop.services.profile import read_profile
from desktop.services.share import customers_language

Kind = Literal["confirmation", "reminder", "receipt"]
KINDS: dict[Kind, str] = {
    # TRANSLATORS: the messages of an order, on buttons.
    "confirmation": N_("Confirmation"),
    "reminder": N_("Reminder"),
    "receipt": N_("Receipt"),
}
LIVING = ("customer", "order_items", "left", "due")  # of a reminder that is written before it is sent


@dataclass(frozen=True)
class OrderMessage:
    """A message as it is copied, without marks of direction; `warnings` are sentences to read before it is sent."""

    text: str
    phone: str
    warnings: list[str]

    def link(self, text: str = "") -> str:
        """Return the link that opens the chat with this text, or another one, ready in it; it sends nothing."""
        words = text or self.text
        return chat_link(self.phone, words) if self.phone else contact_link(words)


@dataclass(frozen=True)
class _Written:
    """All that a message is written from, in the language of whom it is written to."""

    order: Order
    text: order_text.Order
    profile: Profile
    values: Mapping[str, str]
    gender: str
    paid: int

    def say(self, template: str) -> str:
        """Return a sentence with its placeholders filled; "" where one of them has no value."""
        filled = fill(template, self.values, gender=self.gender)
        return "" if filled.missing else filled.text


def order_message(session: Session, order_id: int, kind: Kind) -> OrderMessage:
    """Return a message of an order in its customer's language, else the shop's. Raises NotFound.

    An order that lacks something gives a text all the same, and a warning for what it lacks.
    """
    order, profile = read_order(session, order_id), read_profile(session)
    customer = buyer(session, order)
    warnings = [*_warnings(session, order, customer), *_warnings_of(session, order, kind)]
    with speaking(language_of(customer, profile)):
        written = _written(session, order, profile, customer)
        parts = {"confirmation": _confirmation, "reminder": _reminder, "receipt": _receipt}[kind](written)
        text = bidi.strip("\n\n".join(filter(None, [written.say(_("Hello {customer},")), *parts])))
    phone = order.phone or (customer.phone if customer else "")
    if not phone:
        warnings.append(_("This order has no phone number: the chat to open is to be chosen in WhatsApp."))
    return OrderMessage(text, phone, warnings)


def reminder_template(session: Session, order_id: int) -> str:
    """Return the reminder of an order, with placeholders for what may still change until it is sent. Raises NotFound.

    `order_values` are what they become.
    """
    order, profile = read_order(session, order_id), read_profile(session)
    customer = buyer(session, order)
    with speaking(language_of(customer, profile)):
        written = _written(session, order, profile, customer)
        living = {key: written_name(key) for key in LIVING if written.values[key]}
        written = replace(written, values={**written.values, **living})
        return bidi.strip("\n\n".join(filter(None, [written.say(_("Hello {customer},")), *_reminder(written)])))


def order_values(session: Session, order_id: int) -> dict[str, str]:
    """Return what an order says for the placeholders of a message, by their keys, in the language in use.

    They are customer, order_items, order_total, paid, left, due and address. Raises NotFound.
    """
    order, profile = read_order(session, order_id), read_profile(session)
    customer = buyer(session, order)
    return dict(_written(session, order, profile, customer).values)


def language_of(customer: Customer | None, profile: Profile) -> str:
    """Return the language to write to whoever ordered."""
    return (customer.language if customer else "") or customers_language(profile)


def due_text(order: Order, profile: Profile) -> str:
    """Return when an order is due as a customer reads it, any day: "Saturday, 28 November, 4:00 pm"; "" for never."""
    if order.due_at is None:
        return ""
    when = local(order.due_at, shop_zone(profile.time_zone))
    day = formats.date(when.date(), weekday=True)
    # TRANSLATORS: a date and a time, as in "27 November, 9:40 am".
    return bidi.strip(_("{date}, {time}").format(date=day, time=formats.time(when.time())))


def _written(session: Session, order: Order, profile: Profile, customer: Customer | None) -> _Written:
    currency = currency_of(session, order)
    text = order_text.Order(
        [_line(line) for line in order.lines],
        currency,
        profile.name,
        delivery=order.fee if order.fee or order.way == "delivery" else None,
        deposit=order.deposit or None,
        note=order.note,
        number=order.number,
        discount=order.discount,
        settled=order.state in SETTLED,
    )
    sums = totals(order)
    paid = sums.total if order.state in SETTLED else order.deposit
    money = partial(formats.money_text, currency=currency)
    values = {
        "customer": one_line(clean(order.name or (customer.name if customer else ""))),
        "shop": profile.name,
        "order_items": order_text.lines_text(text),
        "order_total": "" if sums.unpriced else money(sums.total),
        "paid": money(paid) if paid else "",
        "left": "" if sums.unpriced else money(sums.left),
        "due": due_text(order, profile),
        "address": order.address if order.way == "delivery" else profile.address,
    }
    return _Written(order, text, profile, values, customer.gender if customer else "", paid)


def _line(line: OrderLine) -> order_text.Line:
    name = _("{name} ({way})").format(name=line.name, way=line.note) if line.note else line.name
    return order_text.Line(name, line.quantity, line.price)


def _confirmation(written: _Written) -> list[str]:
    text = written.text
    thanks = _("Thank you! Your order is confirmed.")
    return [
        thanks,
        "\n".join(filter(None, [order_text.heading(text), order_text.lines_text(text)])),
        "\n".join(order_text.sums(text)),
        "\n".join(_where(written)),
        order_text.note_text(text),
    ]


def _reminder(written: _Written) -> list[str]:
    order, number = written.order, formats.number(written.order.number)
    if order.due_at is None:
        said = _("A reminder of your order {number}.").format(number=number)
    elif order.way == "delivery":
        said = _("A reminder: your order {number} will be delivered on {when}.")
        said = said.format(number=number, when=bold(written.values["due"]))
    else:
        said = _("A reminder: your order {number} is ready for pick-up on {when}.")
        said = said.format(number=number, when=bold(written.values["due"]))
    left = totals(order).left
    owed = ""
    if left > 0 and not totals(order).unpriced:
        owed = bold(_("Left to pay: {price}").format(price=written.values["left"]))
    return [
        said,
        written.values["order_items"],
        owed,
        "\n".join(_place(written)),
        # TRANSLATORS: {customer} may be given the forms of a woman and a man: {customer:f=…|m=…|…}
        "" if order.way == "delivery" else written.say(_("See you soon, {customer}.")),
    ]


def _receipt(written: _Written) -> list[str]:
    number = formats.number(written.order.number)
    text = written.text
    if written.paid:
        said = _("We have received {paid} for your order {number}. Thank you!")
        said = said.format(paid=bold(written.values["paid"]), number=number)
    else:
        said = _("Nothing has been paid for your order {number} yet.").format(number=number)
    return [said, order_text.lines_text(text), "\n".join(order_text.sums(text))]


def _where(written: _Written) -> list[str]:
    """Return when and where the order is handed over, and to whom with which card."""
    order, due = written.order, written.values["due"]
    lines = []
    if due:
        words = _("Delivery: {when}") if order.way == "delivery" else _("Pick-up: {when}")
        lines.append(bold(words.format(when=due)))
    lines += _place(written)
    if recipient := one_line(clean(order.recipient)):
        who = recipient
        if order.recipient_phone:
            who = _("{name}, {phone}").format(name=recipient, phone=formats.phone(order.recipient_phone))
        # TRANSLATORS: who gets what somebody else has ordered.
        lines.append(_("For: {name}").format(name=who))
    if card := order.card.strip():
        lines.append(_("On the card: “{text}”").format(text=card))
    return lines


def _place(written: _Written) -> list[str]:
    order, profile = written.order, written.profile
    if order.way == "delivery":
        return [_("Address: {address}").format(address=order.address)] if order.address else []
    place = [_("Address: {address}").format(address=profile.address)] if profile.address else []
    return [*place, profile.map_link] if profile.map_link else place


def _warnings(session: Session, order: Order, customer: Customer | None) -> list[str]:
    warnings = []
    if not order.lines:
        warnings.append(_("This order has no items yet: the message does not say what is ordered."))
    sums = totals(order)
    if sums.unpriced:
        warnings.append(_("Something in this order has no price yet: the message says no total."))
    elif sums.total < 0:
        warnings.append(_("The discount is more than the order costs."))
    elif order.deposit > sums.total:
        currency = currency_of(session, order)
        sentence = _("The deposit {deposit} is more than the total {total}.")
        deposit, total = (formats.money(amount, currency) for amount in (order.deposit, sums.total))
        warnings.append(sentence.format(deposit=deposit, total=total))
    if order.way == "delivery" and not order.address:
        warnings.append(_("There is no address to deliver to yet."))
    if customer and customer.stopped_at is not None:
        warnings.append(_("This customer has asked for no more messages."))
    return warnings


def _warnings_of(session: Session, order: Order, kind: Kind) -> list[str]:
    if kind == "receipt":
        return []
    if order.due_at is None:
        return [_("This order has no date yet.")]
    warning = due_warning(session, order.due_at)
    return [warning] if warning else []
