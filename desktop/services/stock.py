"""How many of an item are left, as owners type it and as lists say it."""

from desktop.i18n import _, formats, ngettext, numbers
from desktop.services.catalog import AVAILABILITIES, MOST
from desktop.services.errors import Invalid


def read_quantity(typed: str) -> int | None:
    """Return what was typed, in any digits, as a whole number; None for "". Raises Invalid("quantity", …)."""
    if not typed.strip():
        return None
    try:
        found = numbers.parse_decimal(typed, 0)
    except ValueError as error:
        raise Invalid("quantity", _("How many are left is a whole number, like 12, or 0.")) from error
    if found != found.to_integral_value() or not 0 <= found <= MOST:
        raise Invalid("quantity", _("How many are left is a whole number, like 12, or 0."))
    return int(found)


def stock_text(availability: str, quantity: int | None) -> str:
    """Return what to say of the stock: "3 left", "Out of stock", both, or "" for what is simply there."""
    said = []
    if availability != AVAILABILITIES[0]:
        said.append(_("Out of stock"))
    if quantity is not None:
        # TRANSLATORS: how many of an item the shop still has.
        said.append(ngettext("{n} left", "{n} left", quantity).format(n=formats.number(quantity)))
    return " · ".join(said)
