"""`dukkan redo SHOP`: as `undo`, the other way."""

import argparse

from desktop.cli.failures import DONE
from desktop.cli.shops import opened
from desktop.cli.undo import add, tell
from desktop.i18n import _

__all__ = ["add", "run"]


def run(options: argparse.Namespace) -> int:
    """Do again what was last taken back."""
    with opened(options.shop) as database:
        title = database.redo()
    tell(options, title, _("Done again: {title}"), _("There is nothing to do again."))
    return DONE
