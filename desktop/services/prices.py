"""Prices as owners type them, and what can be wrong with them."""

from desktop.i18n import _, formats, numbers
from desktop.services.errors import Invalid


def read_price(typed: str, currency: str, field: str = "price") -> int | None:
    """Return what was typed, in any digits and with any separators, in the smallest unit of `currency`; None for "".

    Raises Invalid(field, …) saying what is wrong.
    """
    if not typed.strip():
        return None
    try:
        minor = numbers.parse_money(typed, currency)
    except numbers.TooPrecise as error:
        places = numbers.exponent(currency)
        if places == 0:
            raise Invalid(
                field, _("{currency} has no decimals: write whole numbers.").format(currency=currency)
            ) from error
        message = _("{currency} has {n} decimals, and this has more.")
        raise Invalid(field, message.format(currency=currency, n=formats.number(places))) from error
    except numbers.TooLarge as error:
        raise Invalid(field, _("This price is too large. Check the number of zeros.")) from error
    except numbers.OtherCurrency as error:
        message = _("Prices are in {currency} here. Write the amount in {currency}, without {other}.")
        raise Invalid(field, message.format(currency=currency, other=formats.auto(error.written))) from error
    except ValueError as error:
        raise Invalid(field, _("A price is a number only, like 75.50.")) from error
    if minor < 0:
        raise Invalid(field, _("A price cannot be below zero. Leave out the minus sign."))
    return minor


def check_sale(field: str, price: int | None, sale: int | None, currency: str) -> None:
    """Raise Invalid if the sale price is not below the price, or has no price to be below."""
    if sale is None:
        return
    if price is None:
        raise Invalid(field, _("A sale price needs a price to compare with. Enter the price first."))
    if sale >= price:
        message = _("The sale price {sale} is not below the price {price}.")
        raise Invalid(field, message.format(sale=formats.money(sale, currency), price=formats.money(price, currency)))
