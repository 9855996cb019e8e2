"""An order in words, to be sent to whoever ordered it: what, how many, what it costs, what is paid and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.exchange.chat_text import bold
from desktop.i18n import _, bidi, formats, speaking
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid

MOST = 99_999  # of one item


@dataclass(frozen=True)
class Line:
    """One thing that is ordered; `way` is its size or colour, `price` that of one piece in the smallest unit."""

    name: str
    quantity: int = 1
    price: int | None = None
    way: str = ""


@dataclass(frozen=True)
class Order:
    """An order. Amounts are in the smallest unit of `currency`; None is not agreed yet, a delivery of 0 is free."""

    lines: Sequence[Line]
    currency: str
    shop: str = ""
    customer: str = ""
    delivery: int | None = None
    deposit: int | None = None
    note: str = ""

    @property
    def total(self) -> int | None:
        """What it costs with delivery; None while a price is missing."""
        if any(line.price is None for line in self.lines):
            return None
        return sum((line.price or 0) * line.quantity for line in self.lines) + (self.delivery or 0)


def order_text(order: Order, language: str) -> str:
    """Return the order as a message in a customer's language, with WhatsApp's marks and without marks of direction.

    Raises Invalid with the field where nothing is ordered, a quantity is none, or the deposit is more than the total.
    """
    _check(order)
    with speaking(language):
        parts = [_heading(order), "\n".join(_line(line, order.currency) for line in order.lines)]
        parts += ["\n".join(_sums(order)), _note(order)]
        return bidi.strip("\n\n".join(filter(None, parts)))


def _check(order: Order) -> None:
    if not order.lines:
        raise Invalid("lines", _("Nothing is ordered yet. Add an item first."))
    if any(not 1 <= line.quantity <= MOST for line in order.lines):
        raise Invalid("quantity", _("A quantity is a whole number, like 12."))
    if order.total is not None and (order.deposit or 0) > order.total:
        sentence = _("The deposit {deposit} is more than the total {total}.")
        deposit, total = (formats.money(amount or 0, order.currency) for amount in (order.deposit, order.total))
        raise Invalid("deposit", sentence.format(deposit=deposit, total=total))


def _heading(order: Order) -> str:
    customer, shop = one_line(clean(order.customer)), one_line(clean(order.shop))
    # TRANSLATORS: above an order that a shop sends to its customer.
    heading = bold(_("Your order from {shop}").format(shop=shop) if shop else _("Your order"))
    return "\n".join(filter(None, (_("Hello {name},").format(name=customer) if customer else "", heading)))


def _line(line: Line, currency: str) -> str:
    name, way = one_line(clean(line.name)), one_line(clean(line.way))
    if way:
        # TRANSLATORS: an item and its size or colour, as in "T-shirt (M, red)".
        name = _("{name} ({way})").format(name=name, way=way)
    text = _("{n} × {name}").format(n=formats.number(line.quantity), name=name)
    if line.price is None:
        return text
    return _("{name}: {price}").format(name=text, price=formats.money_text(line.price * line.quantity, currency))


def _sums(order: Order) -> list[str]:
    def money(amount: int) -> str:
        return formats.money_text(amount, order.currency)

    lines = []
    if order.delivery is not None:
        free = _("Delivery: free")
        lines.append(_("Delivery: {price}").format(price=money(order.delivery)) if order.delivery else free)
    if order.total is not None:
        lines.append(bold(_("Total: {total}").format(total=money(order.total))))
    if order.deposit:
        lines.append(_("Deposit: {price}").format(price=money(order.deposit)))
        if order.total is not None:
            # TRANSLATORS: what a customer still has to pay.
            lines.append(bold(_("Left to pay: {price}").format(price=money(order.total - order.deposit))))
    return lines


def _note(order: Order) -> str:
    note = clean(order.note).strip()
    return _("Note: {note}").format(note=note) if note else ""
