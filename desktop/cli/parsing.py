"""How arguments are read, and what is said of those that cannot be."""

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import NoReturn

from desktop.cli.failures import USAGE, Failure
from desktop.cli.output import say
from desktop.i18n import LANGUAGES, N_, _, formats, ngettext

# argparse looks its words up in gettext's own catalogue; this is the one place where it can be given ours.
argparse._ = _  # type: ignore[attr-defined]
WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
)
PROMISES = (  # endings that everybody knows; any other says nothing of what is in a file: "prices 2026.11"
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".xml", ".json", ".yml", ".yaml", ".txt", ".md", ".html", ".htm"),
    *(".pdf", ".doc", ".docx", ".vcf", ".ics", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".zip", ".dukkan"),
)
MOST = 2**62  # things: more than there are, and what a database still counts
FIGURE = re.compile(r"-[0-9.]+%?$")  # a value, not an option: argparse itself knows that of -15 only, not of -15%


class Parser(argparse.ArgumentParser):
    """A parser whose options cannot be shortened, and that answers a slip with one sentence and exit code 2."""

    def __init__(self, prog: str, description: str, **options: object) -> None:
        super().__init__(prog, description=description, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self._negative_number_matcher = FIGURE

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the arguments and end."""
        say(_("{command}: {problem}. For help: {command} --help").format(command=self.prog, problem=message))
        raise SystemExit(USAGE)


def common() -> argparse.ArgumentParser:
    """Return the options that every command has."""
    parser = Parser("dukkan", "", add_help=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=_("the language of words, new shops and pictures"))
    parser.add_argument("--data-dir", metavar=_("FOLDER"), help=_("keep settings and the log in this folder"))
    return parser


def add_shop(parser: argparse.ArgumentParser, optional: bool = False) -> None:
    """Add the argument SHOP."""
    text = _("a shop file, or the address of a database: postgresql://…")
    parser.add_argument("shop", metavar="SHOP", nargs="?" if optional else None, help=text)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option --json."""
    parser.add_argument("--json", action="store_true", help=_("write JSON, for other programs"))


def check_ending(path: Path, *fits: str, folder: bool = False) -> None:
    """Raise Failure where the name of what is to be written promises something else than the endings that fit it.

    A name without an ending promises nothing. What is written may be a `folder` too; where nothing fits it is one.
    """
    ending = path.suffix.lower()
    if ending not in PROMISES or ending in fits:
        return
    if not fits:
        message = _("{name} is a name for a file, and a folder is written here: leave its ending out.")
    elif folder:
        message = _("{name} promises another kind of file: what fits is {endings}, or no ending for a folder.")
    else:
        message = ngettext(
            "{name} promises another kind of file: the ending that fits is {endings}.",
            "{name} promises another kind of file: endings that fit are {endings}.",
            len(fits),
        )
    raise Failure(USAGE, message.format(name=formats.auto(path.name), endings=formats.listing(fits)))


def day(text: str) -> dt.date:
    """Read a day in ISO 8601."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("a date is written like 2026-12-31")) from None
    if not dt.MINYEAR < found.year < dt.MAXYEAR:  # where there is no day before or behind it
        raise argparse.ArgumentTypeError(_("that date is too far away: check the year"))
    return found


def to_write(text: str) -> Path:
    """Read where something is to be written."""
    if not text:
        raise argparse.ArgumentTypeError(_("the name of a file or a folder is wanted"))
    return Path(text)


def moment(text: str) -> dt.datetime:
    """Read a moment in ISO 8601, with a zone or without."""
    try:
        return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(_("a moment is written like 2026-12-31T18:00")) from None


def count(text: str) -> int:
    """Read a number of things, from 1 on."""
    if not text.isdecimal() or (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(_("a number is wanted, from 1 on"))
    return min(number, MOST)
