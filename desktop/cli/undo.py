"""`dukkan undo SHOP`: this computer's last action, taken back."""

import argparse

from desktop.cli.failures import DONE
from desktop.cli.output import put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened
from desktop.i18n import _


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Take the last action back. Nothing to take back is no failure: the shop is as it should be."""
    with opened(options.shop) as database:
        title = database.undo()
    tell(options, title, _("Taken back: {title}"), _("There is nothing to take back."))
    return DONE


def tell(options: argparse.Namespace, title: str | None, done: str, nothing: str) -> None:
    """Say what was reversed; in JSON an object with its title in English, or null."""
    say(nothing if title is None else done.format(title=_(title)))
    if options.json:
        put_json({"title": title})
