"""`dukkan` and `dukkan SHOP`: the window; and what has to be here before Qt may be loaded."""

import argparse
import gc
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop import __version__
from desktop.cli.failures import DONE, NOT_FOUND, TOLD, UNAVAILABLE, Failure
from desktop.cli.parsing import Parser, add_shop, common
from desktop.cli.shops import is_there, where
from desktop.i18n import _, bidi


def run(arguments: Sequence[str], commands: Mapping[str, str], language: str = "") -> int:
    """Open the window with the shop that is named, or with the last one, and return when it is closed."""
    parser = _parser(commands)
    options, more = parser.parse_known_args(arguments)
    shop = options.shop
    if shop and more and not more[0].startswith("-"):
        # TRANSLATORS: {name} was typed where a command is expected.
        parser.error(_("there is no command {name}").format(name=bidi.ltr(shop)))
    if more:
        parser.error(_("unrecognized arguments: %s") % " ".join(more))
    from desktop.door import announce, knock

    if options.palette is not None and knock("palette", options.palette):
        return DONE
    place = where(shop) if shop is not None else None
    if isinstance(place, Path) and not is_there(place):
        # TRANSLATORS: {name} is what was typed after "dukkan": the name of a file, or a command with a slip in it.
        message = _("There is no shop and no command called {name}. For help: dukkan --help")
        raise Failure(NOT_FOUND, message.format(name=bidi.ltr(shop)))
    wish = ("show", "") if place is None else ("open", str(place.absolute()) if isinstance(place, Path) else shop)
    if options.palette is None and knock(*wish):
        return DONE
    need_qt()
    announce()
    gc.disable()  # what Qt's modules make stays too: see `app.run`
    from desktop import app

    return app.run(place, language, options.palette)


def need_qt() -> None:
    """Raise Failure if Qt cannot start here: it would end the program in words that nobody understands."""
    from desktop import system

    if sentence := system.obstacle():
        raise Failure(UNAVAILABLE, sentence)


def _parser(commands: Mapping[str, str]) -> Parser:
    width = max(map(len, commands)) + 2
    listed = "\n".join(f"  {name:<{width}}{_(summary)}" for name, summary in commands.items())
    title = _("commands:")
    codes = _("exit codes:")
    told = "\n".join(f"  {code:<{width}}{_(meaning)}" for code, meaning in TOLD.items())
    hint = _("Anything that is not a command is a shop. Help with a command: dukkan COMMAND --help")
    parser = Parser(
        "dukkan",
        _("Run the tools of the WhatsApp Business app from your computer."),
        parents=[common()],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="dukkan [SHOP]\n       dukkan COMMAND …",
        epilog=f"{title}\n{listed}\n\n{hint}\n\n{codes}\n{told}",
    )
    parser.add_argument("--version", action="version", version=f"dukkan {__version__}", help=_("print the version"))
    add_shop(parser, optional=True)
    parser.add_argument(
        "--palette",
        nargs="?",
        const="",
        metavar="WORD",
        help=_("open the small window for quick replies, in the Dukkan that runs; for a key of the desktop"),
    )
    return parser
