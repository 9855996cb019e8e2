"""`dukkan parse-link URL`: what a WhatsApp link, or a phone number, says."""

import argparse

from desktop.cli.failures import DONE
from desktop.cli.output import put_json
from desktop.cli.parsing import add_json
from desktop.i18n import _


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("url", metavar="URL", help=_("a link in any form that WhatsApp knows, or a phone number"))
    text = _("where a number without country code is from")
    parser.add_argument("--territory", default="", metavar="AE", type=str.upper, help=text)
    add_json(parser)  # which it writes always


def run(options: argparse.Namespace) -> int:
    """Print the parts of the link, "" for those it does not have, and the link as Dukkan writes it."""
    from desktop.services.codes import check_code
    from desktop.services.links import parse_link

    check_code("territory", options.territory)
    link = parse_link(options.url, options.territory)
    put_json({**link._asdict(), "url": link.url()})
    return DONE
