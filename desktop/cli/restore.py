"""`dukkan restore SHOP BACKUP`: the shop as it was in a backup, with the present one kept beside it."""

import argparse
from pathlib import Path

from desktop.cli.backup import file_of
from desktop.cli.failures import DONE
from desktop.cli.output import put, say
from desktop.cli.parsing import add_shop
from desktop.i18n import _, formats, ngettext


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("backup", metavar=_("BACKUP"), type=Path, help=_("a backup, or any other copy of a shop"))


def run(options: argparse.Namespace) -> int:
    """Restore, say what is in the shop now, and print where the shop is kept as it was."""
    from desktop.data.restore import restore
    from desktop.services.things import counted

    done = restore(file_of(options.shop), options.backup)
    held = done.contents
    for sentence in counted(held.items, held.replies, held.customers):
        say(sentence)
    if held.changed:
        say(_("Last changed: {when}").format(when=formats.datetime(held.changed)))
    if held.missing:
        lost = ngettext(
            "{n} picture was missing beside the backup.", "{n} pictures were missing beside the backup.", held.missing
        )
        say(lost.format(n=formats.number(held.missing)))
    say(_("The shop is restored."))
    if done.kept:
        say(_("As it was before, it is kept in {path}").format(path=formats.ltr(str(done.kept))))
        put(str(done.kept))
    return DONE
