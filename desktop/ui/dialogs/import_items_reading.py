"""A file of items on its way in: read, counted, planned; nothing here touches a widget or an item."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from desktop import config
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
from desktop.i18n import _, formats
from desktop.ui.tasks import Token

FIRST = 20  # rows that are looked at


class Stopped(Exception):
    """Nobody waits for it any more."""


@dataclass(frozen=True)
class How:
    """What a person said of a file's letters, of what stands between its columns, and which sheet; "" is found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Opened:
    """A file that was read: its table, what that is, what was chosen for such a table the last time, and how much."""

    path: Path
    how: How
    table: Table
    recognised: Recognised
    mapping: Columns
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
class Seen:
    """What an import would do, ready to be shown: a line for each field that changes, and problems by their causes."""

    plan: Plan
    lines: Sequence[tuple[Change, str]] = ()
    problems: Sequence[Problem] = ()  # what was not taken first, then what is worth knowing
    groups: Sequence[Group] = ()
    kept: "Kept | None" = None
    headers: Mapping[str, str] = field(default_factory=dict)  # what the file calls the column of a field

    @property
    def count(self) -> int:
        """The items that would be written."""
        report = self.plan.report
        return report.new + report.changed + report.hidden


def folder_of_columns() -> Path:
    """Return where it is kept what an owner has chosen for the columns of files."""
    return config.paths().data / "columns"


def open_file(path: Path, how: How, language: str, folder: Path) -> Opened:
    """Read a file as `how` says, with the columns that were chosen for its headers before, kept in `folder`.

    Raises BadTable with a sentence for the person who chose it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        sentence = _("{name} cannot be read. Check that it is still there, and that you may open it.")
        raise BadTable(sentence.format(name=formats.auto(path.name))) from error
    table = read_source(data, language, how.encoding, how.delimiter, how.sheet)
    recognised, mapping = propose(table, folder)
    return opened(path, how, table, recognised, mapping)


def read_as(table: Table, kind: Format) -> tuple[Recognised, Columns]:
    """Return what a table is if it is of that kind, with nothing chosen yet."""
    recognised = recognise(table, kind)
    return recognised, mapping_of(recognised)


def opened(path: Path, how: How, table: Table, recognised: Recognised, mapping: Columns) -> Opened:
    """Return a file that was read, counted; one whose columns nobody knows yet has an item in each row."""
    try:
        feed = read_items(table, recognised)
    except BadTable:
        return Opened(path, how, table, recognised, mapping, len(table.rows), 0)
    return Opened(path, how, table, recognised, mapping, len(feed.rows), sum(map(len, feed.ways.values())))


def look(database: Database, asked: Asked, fixes: Set[Fix], kept: Kept | None, token: Token) -> Seen:
    """Return what an import would do, with `fixes` done first; pictures that are `kept` are not read again.

    Raises BadTable where no column is known or no picture can be read, and Stopped.
    """

    def tell(done: int, total: int) -> None:
        if token.cancelled.is_set():
            raise Stopped
        token.report(done, total)

    feed = mended(read_items(asked.table, asked.recognised, asked.columns.decimals), fixes)
    images: Images = {}
    if asked.pictures and not database.read_only:
        kept = _keep(database, feed, asked.pictures, asked.by, kept, tell, token.cancelled.is_set)
        images = kept.images
        feed = without_files(Feed(feed.rows, [*feed.problems, *kept.problems], feed.ways), images.keys())
    with database.reader(token.cancelled) as session:
        plan = plan_import(session, feed, asked.rules, tell, images)
    problems = sorted(plan.report.problems, key=lambda problem: problem.warning)
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[cause(problem)].append(problem)
    return Seen(
        plan,
        [(change, name) for change in plan.changes for name in change.fields],
        problems,
        [Group(code, found, fix_for(found[0])) for code, found in groups.items()],
        kept if asked.pictures else None,
        {column.field: column.header for column in reversed(asked.recognised.columns) if column.field},
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
    try:
        pictures = open_pictures(source)
        matched = match_pictures(feed, pictures.names, by)
        if before and (before.source, before.matched) == (source, matched):
            return before
        images, problems = keep_pictures(database, pictures, matched, tell, is_stopped)
    except OSError as error:
        sentence = _("{name} cannot be read. Check that it is still there, and that you may open it.")
        raise BadTable(sentence.format(name=formats.auto(source.name))) from error
    refused = [Problem(1, "", "picture_refused", sentence, warning=True) for sentence in pictures.refused]
    return Kept(source, matched, images, [*problems, *refused])


def cause(problem: Problem) -> str:
    """Return what problems are brought together by: their code, and the column where that says more."""
    return f"{problem.code} {problem.column}" if problem.code.endswith(("_unreadable", "_unknown")) else problem.code


def rows_of(table: Table, place: int) -> list[str]:
    """Return the first cells of a column, those that are filled."""
    cells = (line[place].strip() for _row, line in table.rows[:FIRST])
    return [cell for cell in cells if cell]
