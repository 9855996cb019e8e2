"""What the owner sends to customers of an item: its link, and the answer to "how much is it?"."""

from collections.abc import Iterable

from desktop.data.models import Product, Profile
from desktop.i18n import _, formats, language, speaking
from desktop.services.errors import Invalid
from desktop.services.links import chat_link, item_link
from desktop.services.sale import paid


def customers_language(profile: Profile) -> str:
    """Return the language of what customers read: the shop's own, or the interface's while it has none."""
    return profile.language or language()


def price_text(product: Product, profile: Profile) -> str:
    """Return the price as a customer reads it, a sale that is on before the price it replaces; "" without a price."""
    currency, (price, before) = product.currency or profile.currency, paid(product)
    if price is None:
        return ""
    with speaking(customers_language(profile)):
        said = formats.money_text(price, currency)
        if before is None:
            return said
        return _("{sale} instead of {price}").format(sale=said, price=formats.money_text(before, currency))


def order_text(product: Product, profile: Profile) -> str:
    """Return what a customer who follows an item's link has ready to send, in the shop's language."""
    with speaking(customers_language(profile)):
        if product.code:
            return _("Hello, I would like to order: {name} ({code})").format(name=product.name, code=product.code)
        return _("Hello, I would like to order: {name}").format(name=product.name)


def share_link(product: Product, profile: Profile, compat: bool = False) -> str:
    """Return the link to send for an item: its page in the catalog on WhatsApp, once Meta's number of it is known,
    else a chat with the order text ready. Raises Invalid without a phone number of the shop.
    """
    if not profile.phone:
        raise Invalid("phone", _("Links need the shop's phone number. Add it in the business profile."))
    if product.whatsapp_id:
        return item_link(product.whatsapp_id, profile.phone)
    return chat_link(profile.phone, order_text(product, profile), compat)


def link_to(product: Product, profile: Profile) -> str:
    """Return where a customer sees an item: the page the owner gave it, else `share_link`. Raises Invalid as that."""
    return product.link or share_link(product, profile)


def price_answer(product: Product, profile: Profile) -> str:
    """Return the finished answer to "how much is it?": the name, the price and the link, each on a line of its own."""
    price = price_text(product, profile)
    lines = [product.name]
    if price:
        with speaking(customers_language(profile)):
            lines.append(_("Price: {price}").format(price=price))
    if product.link or profile.phone:
        lines.append(link_to(product, profile))
    return "\n".join(lines)


def price_list(products: Iterable[Product], profile: Profile, links: bool = True) -> str:
    """Return several items as one text to paste into a chat: each its name with the price, and its link below.

    Without a phone number of the shop there are no links but those the owner gave.
    """
    parts = []
    with speaking(customers_language(profile)):
        for product in products:
            price = price_text(product, profile)
            # TRANSLATORS: a line of a price list in a chat.
            line = _("{name}: {price}").format(name=product.name, price=price) if price else product.name
            linked = links and (product.link or profile.phone)
            parts.append(f"{line}\n{link_to(product, profile)}" if linked else line)
    return ("\n\n" if links else "\n").join(parts)
