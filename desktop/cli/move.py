"""`dukkan move SHOP PLACE`: a whole shop to a server, or from there into a file."""

import argparse
import sys
from pathlib import Path

from desktop.cli.failures import DONE
from desktop.cli.output import put, say
from desktop.cli.parsing import add_shop
from desktop.cli.shops import answering, back_up, where
from desktop.i18n import _, formats, ngettext


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    text = _("where it goes: the address of an empty database, postgresql://…, or the name of a new file")
    parser.add_argument("place", metavar=_("PLACE"), help=text)


def run(options: argparse.Namespace) -> int:
    """Move it, whole or not at all; say how much, and print where the shop is kept as it was."""
    from desktop.data.engines import check_file
    from desktop.data.many import silent
    from desktop.data.moving import move
    from desktop.data.server import plain

    source, target = where(options.shop), where(options.place)
    if isinstance(source, Path) and isinstance(target, str):
        check_file(source)
        back_up(source)
    addresses = [place for place in (source, target) if isinstance(place, str)]
    told = _tell if sys.stderr and sys.stderr.isatty() else silent
    done = answering(addresses, lambda: move(source, target, told))
    rows = sum(done.tables.values())
    for sentence, table in (
        (ngettext("{n} item", "{n} items", done.tables["product"]), "product"),
        (ngettext("{n} customer", "{n} customers", done.tables["customer"]), "customer"),
        (ngettext("{n} order", "{n} orders", done.tables["customer_order"]), "customer_order"),
        (ngettext("{n} picture", "{n} pictures", done.tables["blob"]), "blob"),
    ):
        say(sentence.format(n=formats.number(done.tables[table])))
    words = ngettext(
        "The shop is moved. {n} row was compared, and it is the same.",
        "The shop is moved. {n} rows were compared, and all are the same.",
        rows,
    )
    say(words.format(n=formats.number(rows)))
    kept = str(done.kept) if isinstance(done.kept, Path) else plain(done.kept)
    say(_("As it was before, it is kept in {path}").format(path=formats.ltr(kept)))
    put(str(done.kept))
    return DONE


def _tell(done: int, total: int) -> None:
    """Say how far it is, on a line of its own that changes."""
    end = "\n" if done == total else ""
    print(f"\r{formats.percent(done * 100 // total)} ", end=end, file=sys.stderr, flush=True)
