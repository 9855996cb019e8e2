"""What is copied to be pasted into a chat, and what is said about it: a reply, a price, a link, a picture."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QGuiApplication, QImage

from desktop.data.models import Product
from desktop.data.notice import Notice
from desktop.i18n import _, formats
from desktop.services.catalog import read_product
from desktop.services.pictures import read_picture
from desktop.services.placeholders import Filled
from desktop.services.profile import read_profile
from desktop.services.replies import count_use, fill_message, read_reply
from desktop.services.share import link_to, price_answer
from desktop.ui.context import Context, complaint

T = TypeVar("T")


def copy_reply(context: Context, reply_id: int) -> None:
    """Copy the text of a reply, filled with what is known, and count that."""
    if reply := _read(context, read_reply, reply_id):
        copy_message(context, reply_id, context.get(fill_message, reply.text))


def copy_message(context: Context, reply_id: int, filled: Filled) -> None:
    """Copy a reply that is filled already, say what is missing in it, and count that."""
    if not filled.text:
        context.say(_("This reply has no text yet."))
        return
    look = _("Copied. Look at it before you send it. {why}").format(why=" ".join(filled.sentences))
    context.copy(filled.text, look if filled.sentences else "")
    try:
        context.database.run_unrecorded(count_use, reply_id)
    except Exception as error:  # a shop that is open to read only is no reason not to copy
        if not complaint(error):
            raise
    else:
        context.changed.emit(Notice())  # no row that is recorded: pages that show the count look again


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
            if not (sentence := complaint(error)):
                raise
            context.say(sentence)
        else:
            context.copy(link, _("The link to {name} is copied.").format(name=formats.auto(product.name)))


def copy_picture(context: Context, product_id: int) -> None:
    """Copy the first picture of an item, or the price answer where it has none."""
    if not (product := _read(context, read_product, product_id)):
        return
    image = _first_picture(context, product)
    if image.isNull():
        context.copy(price_answer(product, context.get(read_profile)), _("Copied without the picture"))
        return
    QGuiApplication.clipboard().setImage(image)
    context.say(_("The picture of {name} is copied.").format(name=formats.auto(product.name)))


def _first_picture(context: Context, product: Product) -> QImage:
    digest = next((picture.sha256 for picture in product.pictures if picture.sha256), None)
    return QImage.fromData(context.get(read_picture, digest) or b"") if digest else QImage()


def _read(context: Context, read: Callable[..., T], row_id: int) -> T | None:
    """Return what `read(session, row_id)` does, or None after saying that it is gone."""
    try:
        return context.get(read, row_id)
    except Exception as error:
        if not (sentence := complaint(error)):
            raise
        context.say(sentence)
        return None
