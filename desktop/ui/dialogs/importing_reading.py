"""What every import has in common away from the window: a file that was read, and what importing it would do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from desktop import config
from desktop.data.many import Tell
from desktop.exchange.mapping import Mapping
from desktop.exchange.tables import BadTable, Problem, Table
from desktop.i18n import _, formats
from desktop.ui.tasks import Token

Row = tuple[str, Sequence[str]]  # its number as it is shown, and its cells
ChangeT = TypeVar("ChangeT")  # a change of what the shop has
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
    """Files that were read as one, and what was chosen for the columns of such a table the last time.

    Contact cards are no table.
    """

    paths: tuple[Path, ...]
    how: How
    table: Table | None
    mapping: Mapping

    @property
    def path(self) -> Path:
        """The file, or the first of several."""
        return self.paths[0]

    @property
    def is_guessed(self) -> bool:
        """Whether the letters of something that is no table were guessed, or have been said since."""
        return False

    @property
    def warnings(self) -> list[str]:
        """What was put right or lost while reading, a sentence each."""
        return [warning.message for warning in self.table.warnings] if self.table else []

    def first_rows(self) -> tuple[list[str], list[Row]]:
        """Return the header and the first rows."""
        if not self.table:
            return [], []
        return self.table.header, [(formats.number(row), cells) for row, cells in self.table.rows[:FIRST]]


@dataclass(frozen=True)
class Seen(Generic[ChangeT]):
    """What an import would do, ready to be shown: a line for each field that changes, and the problems.

    `mend` are those that a spreadsheet is worth being made of, in which are their rows of `table`.
    """

    plan: Any
    lines: Sequence[tuple[ChangeT, str]]
    problems: Sequence[Problem]  # what was not taken first, then what is worth knowing
    table: Table
    mend: Sequence[Problem]

    @property
    def count(self) -> int:
        """The items or customers that would be written."""
        report = self.plan.report
        return int(report.new + report.changed + report.hidden)


def folder_of_columns(name: str) -> Path:
    """Return where it is kept what an owner has chosen for the columns of files."""
    return config.paths().data / name


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say it as a BadTable where a file cannot be read."""
    try:
        yield
    except OSError as error:
        sentence = _("{name} cannot be read. Check that it is still there, and that you may open it.")
        raise BadTable(sentence.format(name=formats.auto(Path(error.filename or path).name))) from error


def teller(token: Token) -> Tell:
    """Return what tells how far it is, and raises Stopped where nobody waits any more."""

    def tell(done: int, total: int) -> None:
        if token.cancelled.is_set():
            raise Stopped
        token.report(done, total)

    return tell


def rows_of(table: Table, place: int) -> list[str]:
    """Return the first cells of a column, those that are filled."""
    cells = (line[place].strip() for _row, line in table.rows[:FIRST])
    return [cell for cell in cells if cell]
