"""`dukkan backup SHOP`: one whole file of a shop, whoever has it open."""

import argparse
from pathlib import Path

from desktop.cli.failures import BAD_DATA, CANNOT_WRITE, DONE, Failure
from desktop.cli.output import put, say
from desktop.cli.parsing import add_shop, check_ending, to_write
from desktop.cli.shops import is_there, where
from desktop.i18n import _, formats


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    text = _("write it here, instead of among the shop's backups")
    parser.add_argument("--out", metavar=_("FILE"), type=to_write, help=text)


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
    if options.out:
        _check_place(options.out, shop)
    with closing(Snapshot(shop)) as snapshot:
        if options.out:
            snapshot.write(options.out)
            path = options.out
        else:
            path = make_backup(snapshot, *config.backup_roots()).path
    say(_("Backed up."))
    put(str(path))
    return DONE


def _check_place(out: Path, shop: Path) -> None:
    """Raise Failure where a copy would take the place of another shop; that of an earlier copy it may take."""
    if not is_there(out) or not out.is_file():
        return
    if out.samefile(shop):
        raise Failure(BAD_DATA, _("This is the shop itself. Choose another name for the copy."))
    from desktop.data.backups import is_another_shop

    if is_another_shop(out, shop):
        message = _("{path} exists already and was left as it is. Choose another name.")
        raise Failure(CANNOT_WRITE, message.format(path=formats.ltr(str(out))))


def file_of(shop: str) -> Path:
    """Return the file that SHOP means. Raises Failure for a shop that has none."""
    place = where(shop)
    if isinstance(place, Path):
        return place
    raise Failure(BAD_DATA, _("This shop is kept in a database on a server. Its backups are made there."))
