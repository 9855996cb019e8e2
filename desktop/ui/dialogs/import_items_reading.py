"""A file of items on its way in: read, counted, planned; nothing here touches a widget or an item."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.data.database import Database
from desktop.data.many import Tell
from desktop.exchange.importing import Change, Images, Plan, Rules, plan_import
from desktop.exchange.incoming import Feed
from desktop.exchange.mapping import Mapping as Columns
from desktop.exchange.mapping import mapping_of, propose, read_items
from desktop.exchange.mending import Fix, fix_for, mended
from desktop.exchange.picture_sources import By, Matched, keep_pictures, match_pictures, open_pictures, without_files
from desktop.exchange.recognise import Format, Recognised, recognise
from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable, Problem, Table
from desktop.i18n import language as spoken
from desktop.ui.dialogs.importing_reading import How, readable, teller
from desktop.ui.dialogs.importing_reading import Opened as OpenedFile
from desktop.ui.dialogs.importing_reading import Seen as SeenImport
from desktop.ui.tasks import Token


@dataclass(frozen=True)
class Opened(OpenedFile):
    """A file that was read: its table, what that is, what was chosen for such a table the last time, and how much."""

    table: Table
    recognised: Recognised
    items: int
    ways: int  # in which the items are sold, where a file says so


@dataclass(frozen=True)
class Group:
    """Problems of one cause, and what mends them all, if anything does."""

    code: str
    problems: Sequence[Problem]
    fix: Fix | None


@dataclass(frozen=True)
class Kept:
    """Pictures of a folder or a ZIP that were read for the rows they belong to; no item shows them yet."""

    source: Path
    matched: Matched
    images: Images
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Asked:
    """What is to be looked at: a table, what its columns are, what is to be done, where its pictures are."""

    table: Table
    recognised: Recognised
    columns: Columns
    rules: Rules
    pictures: Path | None = None
    by: By = "auto"  # how those find their rows


@dataclass(frozen=True)
class Seen(SeenImport[Change]):
    """What an import would do, with problems by their causes, what has been mended, and pictures of its rows."""

    plan: Plan
    groups: Sequence[Group]
    fixes: Sequence[Fix]
    kept: Kept | None


def open_file(path: Path, how: How, language: str, folder: Path) -> Opened:
    """Read a file as `how` says, with the columns that were chosen for its headers before, kept in `folder`.

    Raises BadTable with a sentence for the person who chose it.
    """
    with readable(path):
        data = path.read_bytes()
    table = read_source(data, language, how.encoding, how.delimiter, how.sheet)
    recognised, mapping = propose(table, folder, language)
    return opened(path, how, table, recognised, mapping)


def read_as(table: Table, kind: Format) -> tuple[Recognised, Columns]:
    """Return what a table is if it is of that kind, with nothing chosen yet."""
    recognised = recognise(table, kind, spoken())
    return recognised, mapping_of(recognised)


def opened(path: Path, how: How, table: Table, recognised: Recognised, mapping: Columns) -> Opened:
    """Return a file that was read, counted; one whose columns nobody knows yet has an item in each row."""
    try:
        feed = read_items(table, recognised)
    except BadTable:
        return Opened((path,), how, table, mapping, recognised, len(table.rows), 0)
    return Opened((path,), how, table, mapping, recognised, len(feed.rows), sum(map(len, feed.ways.values())))


def look(database: Database, asked: Asked, fixes: Sequence[Fix], kept: Kept | None, token: Token) -> Seen:
    """Return what an import would do, with `fixes` done first; pictures that are `kept` are not read again.

    Raises BadTable where no column is known or no picture can be read, and Stopped.
    """

    tell = teller(token)
    feed = mended(read_items(asked.table, asked.recognised, asked.columns.decimals), frozenset(fixes))
    images: Images = {}
    if asked.pictures and not database.read_only:
        kept = _keep(database, feed, asked.pictures, asked.by, kept, tell, token.cancelled.is_set)
        images = kept.images
        feed = without_files(replace(feed, problems=[*feed.problems, *kept.problems]), images.keys())
    with database.reader(token.cancelled) as session:
        plan = plan_import(session, feed, asked.rules, tell, images)
    problems = sorted(plan.report.problems, key=lambda problem: problem.warning)
    return Seen(
        plan,
        [(change, name) for change in plan.changes for name in change.fields],
        problems,
        asked.table,
        [problem for problem in problems if not problem.warning],
        _grouped(problems),
        fixes,
        kept if asked.pictures else None,
    )


def _keep(
    database: Database,
    feed: Feed,
    source: Path,
    by: By,
    before: Kept | None,
    tell: Tell,
    is_stopped: Callable[[], bool],
) -> Kept:
    with readable(source):
        pictures = open_pictures(source)
        matched = match_pictures(feed, pictures.names, by)
        if before and (before.source, before.matched) == (source, matched):
            return before
        images, problems = keep_pictures(database, pictures, matched, tell, is_stopped)
    refused = [Problem(1, "", "picture_refused", sentence, warning=True) for sentence in pictures.refused]
    return Kept(source, matched, images, [*problems, *refused])


def _grouped(problems: Sequence[Problem]) -> list[Group]:
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[cause(problem)].append(problem)
    return [Group(code, found, fix_for(found[0])) for code, found in groups.items()]


def cause(problem: Problem) -> str:
    """Return what problems are brought together by: their code, and the column where that says more."""
    return f"{problem.code} {problem.column}" if problem.code.endswith(("_unreadable", "_unknown")) else problem.code
