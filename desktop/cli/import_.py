"""`dukkan import SHOP FILE…`: items from spreadsheets, feeds and exports of other shops."""

import argparse
import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop.cli.failures import DONE, NOT_FOUND, PROBLEMS, Failure
from desktop.cli.output import plain, put_json, say
from desktop.cli.parsing import add_json, add_shop, check_ending, to_write
from desktop.cli.shops import opened
from desktop.i18n import N_, _, formats, language, ngettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.data.database import Database
    from desktop.exchange.feed_items import Kept
    from desktop.exchange.importing import Change, Plan, Rules
    from desktop.exchange.incoming import Feed
    from desktop.exchange.tables import Problem, Table

COUNTS = ("new", "changed", "unchanged", "skipped")
TOLD = 30  # problems that are read on a screen
FORMATS = ("auto", "meta", "shopify", "woocommerce", "wix", "plain")


class Report(Protocol):
    """What became of the rows of a file."""

    problems: "list[Problem]"

    @property
    def complete(self) -> bool:
        """Whether every row and cell was taken."""


@dataclass
class Source:
    """One of the files: what is in it, and the pictures that came with it, by row."""

    path: Path
    table: "Table"
    feed: "Feed"
    images: "Mapping[int, list[Kept]]"
    troubles: "list[Problem]"  # with its pictures
    currency: str = ""  # that its headers name


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    files = _("tables (CSV, XLSX, XLS, ODS), feeds (XML), lists (JSON): only rows without a name are refused")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help=files)
    parser.add_argument(
        "--format", choices=FORMATS, default="auto", help=_("what the files are (told by their headers)")
    )
    parser.add_argument("--mapping", metavar="FILE", type=Path, help=_("a JSON file with the field of each column"))
    parser.add_argument("--currency", metavar="AED", default="", help=_("of prices that name none (the shop's)"))
    parser.add_argument(
        "--images", metavar="DIR|ZIP", type=Path, help=_("pictures, called after the codes or the names of the items")
    )
    parser.add_argument(
        "--match", choices=("code", "name"), default="code", help=_("what an item of the shop is known by (code)")
    )
    parser.add_argument(
        "--found", choices=("update", "skip", "new"), default="update", help=_("what is done with those (update)")
    )
    parser.add_argument(
        "--empty", choices=("keep", "clear"), default="keep", help=_("what an empty cell does to them (keep)")
    )
    parser.add_argument(
        "--missing", choices=("keep", "hide"), default="keep", help=_("what is done with items not in the files (keep)")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("write nothing, and tell what would change"))
    parser.add_argument(
        "--problems", metavar="FILE.csv", type=to_write, help=_("write the rows with problems into a table to mend")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Import the files in one action, tell what became of them, and return PROBLEMS if not all was taken."""
    if options.problems:
        check_ending(options.problems, ".csv")
    from desktop.exchange.importing import Rules
    from desktop.services.codes import check_code

    gc.disable()  # nothing of an import goes round in circles, and looking for that is a tenth of its time
    mapped = _mapping(options.mapping)
    currency = options.currency.upper() or (mapped.currency if mapped else "")
    check_code("currency", currency)
    rules = Rules(options.match, options.found, options.empty, options.missing, currency)
    sources = [_read(path, options.format, mapped) for path in options.files]
    with opened(options.shop, read_only=options.dry_run) as database:
        if options.images:
            _bring_pictures(database, sources, options.images, options.dry_run)
        if options.dry_run:
            with database.reader() as session:
                plans = _plan(session, sources, rules)
                shop_currency = _currency(session)
        else:
            plans = database.run(N_("Import items"), _carry_out, sources, rules)
    for source, plan in zip(sources, plans, strict=True):
        plan.report.problems = sorted([*plan.report.problems, *source.troubles], key=lambda problem: problem.row)
    if options.problems:
        pairs = zip(sources, plans, strict=True)
        lost = [(of.table, [each for each in plan.report.problems if not each.warning]) for of, plan in pairs]
        write_problems(options.problems, lost)
    changes = None
    if options.dry_run and options.json:
        named = zip(sources, plans, strict=True)
        changes = [
            {"file": str(source.path), **each} for source, plan in named for each in _changes(plan, shop_currency)
        ]
    elif options.dry_run:
        _tell_changes(plans, shop_currency)
    return _conclude(sources, plans, options.json, changes)


def _read(path: Path, format: str, mapped: Any) -> Source:
    from desktop.exchange.mapping import WHOLE, chosen, read_items
    from desktop.exchange.recognise import recognise
    from desktop.exchange.sources import read_source

    table = read_source(read_file(path), language())
    found = recognise(table, format, language())  # type: ignore[arg-type]
    if mapped and found.format in WHOLE:
        sentence = _("{file} is read as a whole, so the mapping was not used. To use it, add {option}.")
        say(sentence.format(file=formats.auto(path.name), option=formats.ltr("--format plain")))
    elif mapped:
        found = chosen(found, mapped)
    feed = read_items(table, found, mapped.decimals if mapped else "auto")
    return Source(path, table, feed, {}, [], found.currency)


def _mapping(path: Path | None) -> Any:
    from desktop.exchange.mapping import load

    if path is None:
        return None
    read_file(path)
    return load(path)


def _bring_pictures(database: "Database", sources: list[Source], place: Path, dry_run: bool) -> None:
    """Find the pictures of each file, and keep them in the shop unless nothing is to be written."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.cli.window import need_qt
    from desktop.exchange.picture_sources import keep_pictures, match_pictures, open_pictures, without_files

    need_qt()
    with reading(place):
        place.stat()
    pictures = open_pictures(place)
    for sentence in pictures.refused:
        say(sentence)
    for source in sources:
        matched = match_pictures(source.feed, pictures.names)
        count = sum(map(len, matched.rows.values()))
        sentence = ngettext("{n} picture belongs to an item.", "{n} pictures belong to items.", count)
        say(sentence.format(n=formats.number(count)))
        if not dry_run:
            source.images, source.troubles = keep_pictures(database, pictures, matched)
        source.feed = without_files(source.feed, matched.rows.keys())


def _plan(session: "Session", sources: list[Source], rules: "Rules") -> "list[Plan]":
    from desktop.exchange.importing import count_once, plan_import

    plans = [
        plan_import(session, source.feed, _alone(rules, source, sources), images=source.images) for source in sources
    ]
    count_once(plans)
    _hide(session, plans, rules)
    return plans


def _carry_out(session: "Session", sources: list[Source], rules: "Rules") -> "list[Plan]":
    """Import one file after the other, so that a later one may say more of an item."""
    from desktop.exchange.importing import import_feed
    from desktop.services.bulk import hide

    plans = [
        import_feed(session, source.feed, _alone(rules, source, sources), images=source.images) for source in sources
    ]
    if hidden := _hide(session, plans, rules):
        hide(session, hidden)
    return plans


def _alone(rules: "Rules", source: Source, sources: list[Source]) -> "Rules":
    """Return the rules for one of the files; what is missing is known after the last."""
    missing = rules.missing if len(sources) == 1 else "keep"
    return replace(rules, missing=missing, currency=rules.currency or source.currency)


def _hide(session: "Session", plans: "list[Plan]", rules: "Rules") -> list[int]:
    """Return what is in none of several files and is to be hidden, and count it to the last one."""
    from desktop.exchange.importing import missing_items

    if rules.missing == "keep" or len(plans) == 1:
        return []
    hidden = missing_items(session, plans)
    plans[-1].report.hidden = len(hidden)
    return hidden


def _currency(session: "Session") -> str:
    from desktop.services.catalog import shop_currency

    return shop_currency(session)


def _changes(plan: "Plan", currency: str) -> list[dict[str, Any]]:
    """Return what would be new and what would change, for other programs."""
    added = [{"row": row, "code": code, "name": name, "new": True} for row, code, name in plan.names]
    return added + [
        {"row": each.row, "code": each.code, "name": each.name, "new": False, "fields": _fields(each, currency)}
        for each in plan.changes
    ]


def _fields(change: "Change", currency: str) -> dict[str, Any]:
    named = change.fields.get("currency", (currency, currency))
    before, after = (code or currency for code in named)

    def told(name: str, value: Any, code: str) -> Any:
        return formats.decimal_text(value, code) if name in ("price", "sale_price") and value is not None else value

    return {
        name: {"before": told(name, old, before), "after": told(name, new, after)}
        for name, (old, new) in change.fields.items()
    }


def _tell_changes(plans: "list[Plan]", currency: str) -> None:
    """Say what would change, to a person: that much of it that is read on a screen."""
    for each in [each for plan in plans for each in plan.changes][:TOLD]:
        for field, pair in _fields(each, currency).items():
            told = {when: formats.auto(str("" if pair[when] is None else pair[when])[:60]) for when in pair}
            say(_("{name}, {field}: {before} → {after}").format(name=formats.auto(each.name), field=field, **told))


def _conclude(sources: list[Source], plans: "list[Plan]", as_json: bool, changes: list[dict[str, Any]] | None) -> int:
    reports = [plan.report for plan in plans]
    hidden = sum(report.hidden for report in reports)
    if hidden:
        sentence = ngettext("{n} item that is not in the file: hidden.", "{n} items not in the file: hidden.", hidden)
        say(sentence.format(n=formats.number(hidden)))
    problems = [
        ({"file": str(source.path)} | asdict(each) if len(sources) > 1 else asdict(each), each.message)
        for source, report in zip(sources, reports, strict=True)
        for each in report.problems
    ]
    counts = {name: sum(getattr(report, name) for report in reports) for name in COUNTS}
    more = {"hidden": hidden} | ({"dry_run": True, "changes": changes} if changes is not None else {})
    _tell(counts, [message for _each, message in problems])
    if as_json:
        put_json({**counts, **more, "problems": [each | {"message": plain(text)} for each, text in problems]})
    return DONE if all(report.complete for report in reports) else PROBLEMS


def conclude(report: Report, as_json: bool) -> int:
    """Tell what an import of one table did, also as JSON if wanted, and return its exit code."""
    counts = {name: getattr(report, name) for name in COUNTS}
    _tell(counts, [problem.message for problem in report.problems])
    if as_json:
        problems = [{**asdict(each), "message": plain(each.message)} for each in report.problems]
        put_json({**counts, "problems": problems})
    return DONE if report.complete else PROBLEMS


def _tell(counts: Mapping[str, int], sentences: list[str]) -> None:
    for sentence in sentences[:TOLD]:
        say(sentence)
    if more := len(sentences[TOLD:]):
        sentence = ngettext("And {n} more; --json lists it.", "And {n} more; --json lists them.", more)
        say(sentence.format(n=formats.number(more)))
    told = {name: formats.number(count) for name, count in counts.items()}
    say(_("New: {new}. Changed: {changed}. Unchanged: {unchanged}. Left out: {skipped}.").format(**told))


def write_problems(path: Path, found: "Iterable[tuple[Table, list[Problem]]]") -> None:
    """Write the rows with problems of each file into a table, that of the second one beside it as "…-2", and say so.

    Raises CannotWrite.
    """
    from desktop.exchange import problem_rows

    for number, (table, problems) in enumerate(found, 1):
        place = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if problem_rows.write_problems(place, table, problems) or number == 1:
            say(_("Written: {path}").format(path=formats.ltr(str(place))))


def read_file(path: Path) -> bytes:
    """Return what a file holds. Raises Failure."""
    with reading(path):
        return path.read_bytes()


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raise Failure where a file that is read in this block is not there, or cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        message = _("There is no file at {path}.")
        raise Failure(NOT_FOUND, message.format(path=formats.ltr(str(path)))) from error
    except OSError as error:
        message = _("{path} cannot be read. Check that it is a file and that you may open it.")
        raise Failure(NOT_FOUND, message.format(path=formats.ltr(str(path)))) from error
