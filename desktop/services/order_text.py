"""An order in words, to be sent to whoever ordered it: what, how many, what it costs, what is paid and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.i18n import _, bidi, formats, speaking
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid
from desktop.services.marks import bold

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
    """An order. Amounts are in the smallest unit of `currency`; None is not agreed yet, a delivery of 0 is free.

    `number` is what it is called by, 0 for none; `settled` says that all of it is paid.
    """

    lines: Sequence[Line]
    currency: str
    shop: str = ""
    customer: str = ""
    delivery: int | None = None
    deposit: int | None = None
    note: str = ""
    number: int = 0
    discount: int = 0
    settled: bool = False

    @property
    def total(self) -> int | None:
        """What it costs with delivery; None while a price is missing."""
        if any(line.price is None for line in self.lines):
            return None
        sold = sum((line.price or 0) * line.quantity for line in self.lines)
        return sold + (self.delivery or 0) - self.discount


def order_text(order: Order, language: str) -> str:
    """Return the order as a message in a customer's language, with WhatsApp's marks and without marks of direction.

    Raises Invalid with the field where nothing is ordered, a quantity is none, or the deposit is more than the total.
    """
    _check(order)
    with speaking(language):
        parts = [_greeting(order), heading(order)]
        parts = ["\n".join(filter(None, parts)), lines_text(order), "\n".join(sums(order)), note_text(order)]
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


def _greeting(order: Order) -> str:
    customer = one_line(clean(order.customer))
    return _("Hello {name},").format(name=customer) if customer else ""


def heading(order: Order) -> str:
    """Return what stands above an order that a shop sends to its customer, in the language in use."""
    shop, number = one_line(clean(order.shop)), formats.number(order.number)
    if order.number:
        # TRANSLATORS: above an order that a shop sends to its customer, as in "Your order 12 from Noor's bakery".
        words = _("Your order {number} from {shop}") if shop else _("Your order {number}")
    else:
        words = _("Your order from {shop}") if shop else _("Your order")
    return bold(words.format(shop=shop, number=number))


def lines_text(order: Order) -> str:
    """Return what is ordered, each on a line of its own, in the language in use."""
    return "\n".join(_line(line, order.currency) for line in order.lines)


def _line(line: Line, currency: str) -> str:
    name, way = one_line(clean(line.name)), one_line(clean(line.way))
    if way:
        # TRANSLATORS: an item and its size or colour, as in "T-shirt (M, red)".
        name = _("{name} ({way})").format(name=name, way=way)
    text = _("{n} × {name}").format(n=formats.number(line.quantity), name=name)
    if line.price is None:
        return text
    return _("{name}: {price}").format(name=text, price=formats.money_text(line.price * line.quantity, currency))


def sums(order: Order) -> list[str]:
    """Return what an order costs, and what of it is paid and left to pay, line by line in the language in use."""

    def money(amount: int) -> str:
        return formats.money_text(amount, order.currency)

    lines = []
    if order.delivery is not None:
        free = _("Delivery: free")
        lines.append(_("Delivery: {price}").format(price=money(order.delivery)) if order.delivery else free)
    if order.discount:
        lines.append(_("Discount: {price}").format(price=money(order.discount)))
    if order.total is not None:
        lines.append(bold(_("Total: {total}").format(total=money(order.total))))
    if order.settled:
        # TRANSLATORS: of an order: nothing is left to pay.
        lines.append(bold(_("Paid in full")))
    elif order.deposit:
        lines.append(_("Deposit: {price}").format(price=money(order.deposit)))
        if order.total is not None:
            # TRANSLATORS: what a customer still has to pay.
            lines.append(bold(_("Left to pay: {price}").format(price=money(order.total - order.deposit))))
    return lines


def note_text(order: Order) -> str:
    """Return the note of an order in the language in use, or ""."""
    note = clean(order.note).strip()
    return _("Note: {note}").format(note=note) if note else ""
