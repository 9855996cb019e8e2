"""The `dukkan` command: opens the window, or does one job and exits. Importing it loads neither Qt nor SQLAlchemy.

A command is a module here with `add(parser)` and `run(options) -> exit code`, and a line in COMMANDS. What it needs of
the rest of the program it imports when it runs.
"""

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from desktop import config, i18n
from desktop.cli import failures, window
from desktop.cli.output import say, use_utf8
from desktop.cli.parsing import Parser, common
from desktop.i18n import N_, _

COMMANDS = {  # the module of each is called the same, with _ for -
    "new": N_("start a new shop, empty or with a sample in it"),
    "link": N_("make a WhatsApp link, and its QR code"),
    "qr-sheet": N_("draw QR codes of many items, to print"),
    "parse-link": N_("take a WhatsApp link or a phone number apart"),
    "import": N_("bring a catalog in from tables, feeds and exports of other programs"),
    "import-replies": N_("bring quick replies in from a table or from espanso"),
    "import-customers": N_("bring customers in from contact cards, address books or tables"),
    "export": N_("write the catalog for Meta, as a web page, a PDF, messages or a spreadsheet, or the whole shop"),
    "hours": N_("show or change the business hours, or say whether the shop is open"),
    "find": N_("search items, quick replies or customers"),
    "orders": N_("list the orders, by day and by how far they are"),
    "bulk": N_("change many items at once: prices, texts, collections, what is shown"),
    "reply": N_("open a quick reply in the small window, or print it"),
    "automatic": N_("show or change the greeting or the away message"),
    "simulate": N_("say what a message would be answered with by itself, and why"),
    "profile": N_("read or change the business profile"),
    "phone": N_("list what is not on the phone yet"),
    "lint": N_("say what Meta will refuse before it is uploaded, and mend it"),
    "check": N_("read a whole shop and say whether it is sound"),
    "backup": N_("make a backup of a shop, or one whole copy of it anywhere"),
    "restore": N_("put a backup in the place of a shop, which is kept beside it"),
    "move": N_("move a shop to a server, or from there into a file"),
    "rebuild": N_("make a shop anew from the folder that “export shop” wrote"),
    "merge": N_("compare a shop with another copy of it, and take over what is new there"),
    "history": N_("list what was done in a shop, the last first"),
    "undo": N_("take back what was last done on this computer"),
    "redo": N_("do again what was taken back"),
    "shot": N_("draw a page of a shop into a picture"),
    "tour": N_("go through a sample shop and keep pictures of it"),
}
MODULES = {"import": "import_"}  # a word of Python


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code: one of `failures`, with its sentence printed."""
    use_utf8()
    try:
        try:
            return _run(arguments)
        finally:
            if sys.stdout:  # a program without a terminal on Windows has none
                sys.stdout.flush()
    except SystemExit as end:  # argparse, after --help or a slip
        return end.code if isinstance(end.code, int) else failures.DONE
    except KeyboardInterrupt:
        return failures.INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return failures.BROKEN_PIPE
    except Exception as error:
        code = failures.code_of(error)
        if code is None:
            code, sentence = _unexpected(error)
        else:
            sentence = str(error)
        say(sentence)
        return code


def module(command: str) -> ModuleType:
    """Return the module of a command."""
    return importlib.import_module(f"desktop.cli.{MODULES.get(command, command.replace('-', '_'))}")


def _run(arguments: Sequence[str]) -> int:
    shared, rest = common().parse_known_args(arguments)
    if shared.data_dir:
        os.environ[config.HOME] = shared.data_dir
    settings = config.load()
    i18n.set_language(shared.lang or settings.language or config.system_locale()[0])
    if not rest or rest[0] not in COMMANDS:
        return window.run(rest, COMMANDS, shared.lang or "")
    from desktop.data.late import lighten
    from desktop.i18n import formats  # which a window needs only behind its first paint

    lighten()
    formats.configure(digits=settings.digits, clock=settings.clock, money=settings.money)
    name, *words = rest
    command = module(name)
    parser = Parser(f"dukkan {name}", _sentence(COMMANDS[name]), parents=[common()])
    command.add(parser)
    return int(command.run(parser.parse_args(words)))


def _unexpected(error: Exception) -> tuple[int, str]:
    """Return the code and the sentence for what has none of its own; what nobody foresaw is logged."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return failures.CANNOT_WRITE, _("There is no room left on the disk. Make room and try again.")
    import logging

    from desktop import log

    path = log.start()
    logging.getLogger("desktop.cli").error("The command stopped", exc_info=error)
    if path is None:
        return failures.UNEXPECTED, _("Something unexpected happened, and the command was stopped.")
    from desktop.i18n import bidi

    message = _("Something unexpected happened, and the command was stopped. What is known about it stands in {path}")
    return failures.UNEXPECTED, message.format(path=bidi.ltr(str(path)))


def _sentence(summary: str) -> str:
    text = _(summary)
    return f"{text[:1].upper()}{text[1:]}."
