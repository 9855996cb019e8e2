"""`dukkan import SHOP FILE.csv`: a catalog from a table in Meta's columns."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.failures import DONE, NOT_FOUND, PROBLEMS, Failure
from desktop.cli.output import plain, put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened
from desktop.i18n import N_, _, formats, language, ngettext

if TYPE_CHECKING:
    from desktop.exchange.importing import Report
    from desktop.exchange.replies_file import Plan

COUNTS = ("new", "changed", "unchanged", "skipped")
TOLD = 30  # problems that are read on a screen


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument(
        "file", metavar="FILE.csv", type=Path, help=_("the table: only rows without a name are refused")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Import the table in one action, tell what became of it, and return PROBLEMS if not all of it was taken."""
    from desktop.exchange.importing import import_feed
    from desktop.exchange.mapping import read_items
    from desktop.exchange.sources import read_source

    feed = read_items(read_source(read_file(options.file), language()))
    with opened(options.shop) as database:
        report = database.run(N_("Import items"), import_feed, feed)
    return conclude(report, options.json)


def conclude(report: "Report | Plan", as_json: bool) -> int:
    """Tell what an import did, also as JSON if wanted, and return its exit code."""
    for problem in report.problems[:TOLD]:
        say(problem.message)
    if more := len(report.problems[TOLD:]):
        sentence = ngettext("And {n} more; --json lists it.", "And {n} more; --json lists them.", more)
        say(sentence.format(n=formats.number(more)))
    counts = {name: formats.number(getattr(report, name)) for name in COUNTS}
    say(_("New: {new}. Changed: {changed}. Unchanged: {unchanged}. Left out: {skipped}.").format(**counts))
    if as_json:
        problems = [{**asdict(each), "message": plain(each.message)} for each in report.problems]
        put_json({**{name: getattr(report, name) for name in COUNTS}, "problems": problems})
    return DONE if report.complete else PROBLEMS


def read_file(path: Path) -> bytes:
    """Return what a file holds. Raises Failure."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = _("There is no file at {path}.")
        raise Failure(NOT_FOUND, message.format(path=formats.ltr(str(path)))) from error
    except OSError as error:
        message = _("{path} cannot be read. Check that it is a file and that you may open it.")
        raise Failure(NOT_FOUND, message.format(path=formats.ltr(str(path)))) from error
