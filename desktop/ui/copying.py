"""What is copied to be pasted into a chat, and what is said about it: a price, a link, a picture, and whole replies."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from desktop.i18n import _, formats
from desktop.services.catalog import read_product
from desktop.services.messages import Enquiry
from desktop.services.pictures import read_picture
from desktop.services.placeholders import Filled
from desktop.services.profile import read_profile
from desktop.services.reply_parts import Message, messages
from desktop.services.share import link_to, price_answer
from desktop.ui.context import Context, complaint
from desktop.ui.picture_files import carried
from desktop.ui.walk import walk_of

T = TypeVar("T")


def copy_reply(context: Context, reply_id: int, enquiry: Enquiry | None = None, typed: str | None = None) -> bool:
    """Copy the first message of a reply, filled for an enquiry, and count that; the next one when it is asked again.

    `typed` is its text where that is not saved yet. Returns False where there was nothing to copy, and says why.
    """
    enquiry = enquiry or Enquiry()
    walk, errand = walk_of(context), (reply_id, enquiry, typed)
    if walk.expects(errand):
        return walk.go_on()
    found = _read(context, messages, reply_id, enquiry, typed)
    return found is not None and walk.begin(errand, found)


def copy_message(context: Context, reply_id: int, filled: Filled) -> bool:
    """Copy the text of a reply that is filled already, say what is missing in it, and count that; its parts follow."""
    found = _read(context, messages, reply_id)
    if found is None:
        return False
    own = [replace(message, filled=filled) for message in found[:1] if message.kind == "text"]
    first = own or [Message("text", filled)]
    return walk_of(context).begin((reply_id, Enquiry(), None), [*first, *found[len(own) :]])


def copy_price_answer(context: Context, product_id: int) -> None:
    """Copy the finished answer to "how much is it?"."""
    if product := _read(context, read_product, product_id):
        name = formats.auto(product.name)
        said = _("The price of {name} is copied. Ready to paste into the chat.").format(name=name)
        if product.price is None:
            said = _("{name} has no price yet. It is copied without one.").format(name=name)
        context.copy(price_answer(product, context.get(read_profile)), said)


def copy_item_link(context: Context, product_id: int) -> None:
    """Copy the link to an item alone, or say why there is none."""
    if product := _read(context, read_product, product_id):
        try:
            link = link_to(product, context.get(read_profile))
        except Exception as error:
            context.say(complaint(error))
        else:
            context.copy(link, _("The link to {name} is copied.").format(name=formats.auto(product.name)))


def copy_picture(context: Context, product_id: int) -> None:
    """Copy the first picture of an item, or the price answer where it has none."""
    if not (product := _read(context, read_product, product_id)):
        return
    digest = next((picture.sha256 for picture in product.pictures if picture.sha256), None)
    picture = context.get(read_picture, digest) if digest else None
    if not picture:
        context.copy(price_answer(product, context.get(read_profile)), _("Copied without the picture"))
        return
    sentence = _("The picture of {name} is copied.").format(name=formats.auto(product.name))
    context.copy_data(carried(picture, product.name), sentence)


def _read(context: Context, read: Callable[..., T], row_id: int, *more: object) -> T | None:
    """Return what `read(session, row_id, …)` does, or None after saying that it is gone."""
    try:
        return context.get(read, row_id, *more)
    except Exception as error:
        context.say(complaint(error))
        return None
