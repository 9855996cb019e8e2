"""`dukkan rebuild FOLDER SHOP`: a shop made anew from an export of all of it, without its database."""

import argparse
import os
from pathlib import Path

from desktop.cli.failures import CANNOT_WRITE, DONE, PROBLEMS, Failure
from desktop.cli.new import tell_ready
from desktop.cli.output import put_json, say
from desktop.cli.parsing import add_json
from desktop.cli.window import need_qt
from desktop.i18n import _, formats, ngettext


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    folder = _("a folder that “dukkan export SHOP shop” wrote, or the shop.json in it")
    parser.add_argument("folder", metavar=_("FOLDER"), type=Path, help=folder)
    parser.add_argument("shop", metavar="SHOP", type=Path, help=_("the shop file to make; nothing is written over"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the shop and say what is in it; PROBLEMS if pictures were lost."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    need_qt()  # which looks at the pictures
    from desktop.exchange.rebuild import rebuild_shop
    from desktop.services.things import counted

    shown = formats.ltr(str(options.shop))
    try:
        done = rebuild_shop(options.folder, options.shop)
    except FileExistsError as error:
        message = _("{path} exists already and was left as it is. Choose another name.")
        raise Failure(CANNOT_WRITE, message.format(path=shown)) from error
    except OSError as error:
        message = _("{path} cannot be written. Check that its folder exists and that you may write there.")
        raise Failure(CANNOT_WRITE, message.format(path=shown)) from error
    for sentence in counted(done.items, done.replies, done.customers):
        say(sentence)
    if done.missing:
        lost = ngettext(
            "{n} picture was missing in the folder, or damaged.",
            "{n} pictures were missing in the folder, or damaged.",
            done.missing,
        )
        say(lost.format(n=formats.number(done.missing)))
    if options.json:
        put_json({"path": str(options.shop), **done._asdict()})
    tell_ready(str(options.shop))
    return PROBLEMS if done.missing else DONE
