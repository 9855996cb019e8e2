"""`dukkan export SHOP feed|replies|json --out FILE`: the catalog in Meta's columns, the quick replies, or all."""

import argparse
import sys
from pathlib import Path

from desktop.cli.failures import DONE
from desktop.cli.output import put_json, say
from desktop.cli.parsing import add_shop
from desktop.cli.shops import note_export, reading
from desktop.i18n import _, formats


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    choices = ("feed", "replies", "json")
    parser.add_argument(
        "format", choices=choices, help=_("a CSV file for Meta's Commerce Manager or of replies, or JSON")
    )
    parser.add_argument("--out", metavar="FILE", required=True, help=_("the file to write, or - for standard output"))
    parser.add_argument(
        "--base-url", metavar="URL", default="", help=_("where the pictures will be found, for the feed's addresses")
    )


def run(options: argparse.Namespace) -> int:
    """Write the file, whole or not at all, note that in the shop, and tell what Meta will not like."""
    from desktop.exchange.feed import write_feed
    from desktop.exchange.remake import of_catalog, of_replies, of_shop
    from desktop.exchange.replies_file import write_replies
    from desktop.exchange.shop_json import read_shop, write_json

    out = None if options.out == "-" else Path(options.out)
    with reading(options.shop) as session:
        holds = {"feed": of_catalog, "replies": of_replies, "json": of_shop}[options.format](session) if out else None
        if options.format == "feed":
            for cause in write_feed(session, out or sys.stdout.buffer, options.base_url):
                say(cause.message)
        elif options.format == "replies":
            write_replies(session, out or sys.stdout.buffer)
        elif out:
            write_json(session, out)
        else:
            put_json(read_shop(session))
    if out and holds:
        how = {"base_url": options.base_url} if options.format == "feed" else {}
        note_export(options.shop, options.format, out, how, *holds)
        say(_("Written: {path}").format(path=formats.ltr(str(out))))
    return DONE
