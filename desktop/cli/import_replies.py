"""`dukkan import-replies SHOP FILE`: quick replies from a table, or from espanso's match files."""

import argparse
from pathlib import Path

from desktop.cli.import_ import conclude, read_file
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened
from desktop.i18n import N_, _, language


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("a table (.csv), or espanso's matches (.yml)"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Import the replies in one action, tell what became of them, and return PROBLEMS if not all were taken."""
    from desktop.exchange.replies_file import import_replies, read_replies

    incoming = read_replies(options.file.name, read_file(options.file), language())
    with opened(options.shop) as database:
        plan = database.run(N_("Import replies"), import_replies, incoming)
    return conclude(plan, options.json)
