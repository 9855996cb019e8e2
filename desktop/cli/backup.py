"""`dukkan backup SHOP`: one whole file of a shop, whoever has it open."""

import argparse
from pathlib import Path

from desktop.cli.failures import BAD_DATA, DONE, Failure
from desktop.cli.output import put, say
from desktop.cli.parsing import add_shop, check_ending
from desktop.cli.shops import where
from desktop.i18n import _


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    text = _("write it here, instead of among the shop's backups")
    parser.add_argument("--out", metavar=_("FILE"), type=Path, help=text)


def run(options: argparse.Namespace) -> int:
    """Make the backup, and print where it is."""
    if options.out:
        check_ending(options.out, ".dukkan")
    from contextlib import closing

    from desktop import config
    from desktop.data.backups import Snapshot, make_backup
    from desktop.data.engines import check_file

    shop = file_of(options.shop)
    check_file(shop)
    if options.out and options.out.exists() and options.out.samefile(shop):
        raise Failure(BAD_DATA, _("This is the shop itself. Choose another name for the copy."))
    with closing(Snapshot(shop)) as snapshot:
        if options.out:
            snapshot.write(options.out)
            path = options.out
        else:
            path = make_backup(snapshot, *config.backup_roots()).path
    say(_("Backed up."))
    put(str(path))
    return DONE


def file_of(shop: str) -> Path:
    """Return the file that SHOP means. Raises Failure for a shop that has none."""
    place = where(shop)
    if isinstance(place, Path):
        return place
    raise Failure(BAD_DATA, _("This shop is kept in a database on a server. Its backups are made there."))
