"""`dukkan tour --out DIR`: the real program on a sample shop, without a screen, leaving pictures and files."""

import argparse
import os

from desktop.cli.failures import CANNOT_WRITE, Failure
from desktop.cli.parsing import check_ending, to_write
from desktop.cli.window import need_qt
from desktop.i18n import _, formats


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--out", type=to_write, required=True, metavar="DIR", help=_("the folder for what it makes"))


def run(options: argparse.Namespace) -> int:
    """Go on the tour and return its exit code."""
    check_ending(options.out, folder=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    need_qt()
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("{path} cannot be made into a folder. Choose another one.")
        raise Failure(CANNOT_WRITE, message.format(path=formats.ltr(str(options.out)))) from error
    from desktop import app

    return app.tour(options.out)
