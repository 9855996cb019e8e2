"""`dukkan shot`: a real page of a shop, drawn into a picture without a screen."""

import argparse
import os
import re
import tempfile
from pathlib import Path

from desktop.cli.failures import DONE
from desktop.cli.parsing import add_shop, check_ending, to_write
from desktop.cli.shops import opened, where
from desktop.cli.window import need_qt
from desktop.i18n import _, language

PAGES = (  # as the sidebar has them; its table is part of the window, which no command loads to read its arguments
    *("home", "profile", "catalog", "replies", "automatic"),
    *("customers", "orders", "board", "follow-ups", "send-lists"),
    *("links", "publish", "phone", "history", "settings"),
)
SMALLEST, LARGEST = 200, 8000  # pixels of a side


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("--page", choices=PAGES, default="home", help=_("the page (home)"))
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help=_("its colours (light)"))
    parser.add_argument(
        "--size", type=_size, default=(1320, 840), metavar="1320x840", help=_("width and height in pixels")
    )
    parser.add_argument("--out", type=to_write, required=True, metavar="FILE.png", help=_("the picture to write"))


def run(options: argparse.Namespace) -> int:
    """Draw the page; in another language with --lang."""
    check_ending(options.out, ".png")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    need_qt()
    from desktop import app
    from desktop.exchange.files import write_file

    width, height = options.size
    # What is no shop, or a damaged one, is told here, not painted.
    with opened(options.shop, read_only=True), tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "shot.png"
        app.shot(where(options.shop), options.page, language(), options.theme, width, height, picture)
        write_file(options.out, picture.read_bytes())
    return DONE


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise argparse.ArgumentTypeError(_("a size is like 1320x840"))
    return width, height
