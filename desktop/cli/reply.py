"""`dukkan reply SHORTCUT`: a quick reply in the small window of the Dukkan that runs, or printed, ready to send."""

import argparse

from desktop import config
from desktop.cli.failures import DONE, NOT_FOUND, Failure
from desktop.cli.output import put, put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import reading
from desktop.i18n import _, formats


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("shortcut", metavar="SHORTCUT", help=_("as it is typed after the / on the phone"))
    add_shop(parser, optional=True)
    parser.add_argument("--print", action="store_true", dest="printed", help=_("print the text, whatever is open"))
    parser.add_argument("--customer", metavar="NAME", default="", help=_("whom it is for"))
    parser.add_argument("--item", metavar="CODE", default="", help=_("the code of the item it is about"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Have a running Dukkan show the reply; where none runs, print its text, and say what is missing in it."""
    from desktop.door import knock

    shortcut = options.shortcut.strip().removeprefix("/")
    shown = not (options.printed or options.json or options.shop or options.customer or options.item)
    if shown and knock("palette", f"/{shortcut}"):
        return DONE
    shop = options.shop or config.load().last_shop
    if not shop:
        raise Failure(NOT_FOUND, _("No shop was open yet. Name one: dukkan reply SHORTCUT SHOP"))
    with reading(shop) as session:
        from desktop.services.catalog import find_by_code
        from desktop.services.messages import fill_message
        from desktop.services.replies import find_replies

        reply = next(iter(find_replies(session, f"/{shortcut}")), None)
        if reply is None:
            message = _("There is no reply {shortcut} in this shop.")
            raise Failure(NOT_FOUND, message.format(shortcut=formats.auto(f"/{shortcut}")))
        item = find_by_code(session, options.item).id if options.item else None
        filled = fill_message(session, reply.text, options.customer, item)
    if options.json:
        put_json({"shortcut": reply.shortcut, "text": filled.text, "missing": filled.missing})
    else:
        put(filled.text)
    for sentence in filled.sentences:
        say(sentence)
    return DONE
