"""The sentences of the shop's web page, in the language that is being spoken."""

from desktop.i18n import _, bidi, formats


def page_words() -> dict[str, str]:
    """Return what stands on the pages themselves."""
    return {
        "skip": _("Skip to the content"),
        "search": _("Search"),
        "collections": _("Collections"),
        "hours": _("Opening hours"),
        "contact": _("Contact"),
        "chat": _("Chat with us on WhatsApp"),
        "qr": _("QR code that opens the chat"),
        "order_on_whatsapp": _("Order on WhatsApp"),
        "add": _("Add to basket"),
        "basket": _("Basket"),
        "basket_empty": _("Nothing in the basket yet."),
        "note": _("Note for the shop"),
        "too_long": _("This order is long: send it in two parts, so that WhatsApp takes all of it."),
        "close": _("Close"),
        # TRANSLATORS: above a list of sizes or colours.
        "choose": _("Choose"),
        "code": _("Item code"),
        "more": _("More about this item"),
        "out_of_stock": _("Out of stock"),
    }


def script_words() -> dict[str, str]:
    """Return what the page says by itself while it is used."""
    return {
        "out_of_stock": _("Out of stock"),
        # TRANSLATORS: {n} is the number of items found.
        "found": _("Found: {n}"),
        "open": _("Open now · closes {when}"),
        "always_open": formats.shown(_("Open now · 24 hours, every day")),
        "closed_until": _("Closed · opens {when}"),
        "closed": _("Closed"),
        "hello": _("Hello, I would like to order:"),
        # TRANSLATORS: a line of an order, as in "2 × Canvas bag".
        "line": bidi.strip(_("{n} × {name}")),  # it is sent
        "total": _("Total: {total}"),
        "note_line": _("Note: {note}"),
        "fewer": _("One fewer"),
        "another": _("One more"),
    }


def all_of(n: str) -> str:
    """Return the words of the link to all items of a collection, of which there are `n`."""
    return _("See all ({n})").format(n=n)
