"""What a link of the shop leads to: its chat, its catalog, an item, a collection, a quick reply."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.data.models import Collection, Product, Profile
from desktop.i18n import N_, _, speaking
from desktop.services.catalog import read_product, read_products
from desktop.services.errors import Invalid, NotFound
from desktop.services.links import catalog_link, chat_link, contact_link, item_link
from desktop.services.messages import fill_message
from desktop.services.placeholders import Filled
from desktop.services.profile import read_profile
from desktop.services.replies import read_reply
from desktop.services.share import customers_language, order_text, price_text, share_link

PART = 1_000  # items read at once
KINDS = {
    # TRANSLATORS: where a link leads: a chat, the catalog, one item of it.
    "chat": N_("Chat with a text"),
    "catalog": N_("The catalog"),
    "item": N_("One item"),
    # TRANSLATORS: where a link leads: a collection (named group of items), a quick reply.
    "collection": N_("A collection"),
    "reply": N_("A quick reply"),
}


@dataclass(frozen=True)
class Made:
    """A link, the text that it holds ("" for none), and a name to save its code under.

    `filled` is what became of the placeholders in a text of the owner's: its `sentences` are worth telling.
    """

    url: str
    text: str
    name: str
    filled: Filled


@dataclass(frozen=True)
class Coded:
    """One of many links, with what a printed caption says of it; `price` is text ready to be read, or ""."""

    url: str
    name: str
    price: str
    code: str


def make_link(
    session: Session,
    kind: str,
    target: int | None = None,
    text: str = "",
    reference: str = "",
    phone: str = "",
    compat: bool = False,
) -> Made:
    """Return the link of one of KINDS to `target`, the id of an item, a collection or a reply.

    `text` is the owner's, with placeholders; without one an item or a collection is asked for. `reference` is put on
    a line of its own below it, so that an order can be told apart. A catalog's link holds neither, nor does that of
    an item whose number of Meta's is known, unless there is one of the two. `phone` is digits, "" for the shop's.
    Raises Invalid, and NotFound where the target is gone.
    """
    profile = read_profile(session)
    phone = phone or profile.phone
    if not phone and kind != "reply":
        raise Invalid("phone", _("Links need the shop's phone number. Add it in the business profile."))
    shop = profile.name or phone
    if kind == "catalog":
        return Made(catalog_link(phone), "", _("QR code, catalog of {name}").format(name=shop), Filled("", [], []))
    if kind == "reply":
        reply = read_reply(session, _chosen(target, _("Choose a quick reply to see its link.")))
        filled = _written(session, text or reply.text, reference, profile)
        if not filled.text:
            raise Invalid("text", _("This reply has no text yet."))
        name = _("QR code, {item}").format(item=f"/{reply.shortcut}")
        return Made(contact_link(filled.text, compat), filled.text, name, filled)
    name = _("QR code, chat with {name}").format(name=shop)
    default, item = "", None
    if kind == "item":
        product = read_product(session, _chosen(target, _("Choose an item to see its link.")))
        name, item, default = _("QR code, {item}").format(item=product.name), product.id, order_text(product, profile)
        if product.whatsapp_id and not (text or reference):
            return Made(item_link(product.whatsapp_id, phone), "", name, Filled("", [], []))
    elif kind == "collection":
        group = session.get(Collection, _chosen(target, _("Choose a collection to see its link.")))
        if group is None:
            raise NotFound("", _("This collection has been deleted. Undo brings it back."))
        name, default = _("QR code, {item}").format(item=group.name), collection_text(group, profile)
    filled = _written(session, text, reference, profile, item, default)
    return Made(chat_link(phone, filled.text, compat), filled.text, name, filled)


def collection_text(group: Collection, profile: Profile) -> str:
    """Return what a customer who follows a collection's link has ready to send, in the shop's language."""
    with speaking(customers_language(profile)):
        # TRANSLATORS: a customer's message; {name} is a collection, as in "I would like to see: Gift boxes".
        return _("Hello, I would like to see: {name}").format(name=group.name)


def item_links(session: Session, ids: Sequence[int], compat: bool = False) -> list[Coded]:
    """Return the links of items in the order of `ids`, those that are gone left out. Raises Invalid without a phone."""
    profile = read_profile(session)
    parts = (ids[first : first + PART] for first in range(0, len(ids), PART))
    return [_coded(product, profile, compat) for part in parts for product in read_products(session, part)]


def _coded(product: Product, profile: Profile, compat: bool) -> Coded:
    return Coded(share_link(product, profile, compat), product.name, price_text(product, profile), product.code)


def _chosen(target: int | None, sentence: str) -> int:
    if target is None:
        raise Invalid("target", sentence)
    return target


def _written(
    session: Session, text: str, reference: str, profile: Profile, item: int | None = None, default: str = ""
) -> Filled:
    """Return the owner's text filled, or else `default` as it is, and the reference below."""
    filled = fill_message(session, text, product_id=item) if text else Filled(default, [], [])
    if not reference or reference in filled.text:
        return filled
    with speaking(customers_language(profile)):
        # TRANSLATORS: the last line of a customer's message, a short code that tells where they found the link.
        line = _("Reference: {code}").format(code=reference)
    return Filled(f"{filled.text}\n{line}".lstrip(), filled.missing, filled.unknown)
