"""The rows of a table that were not wholly taken, as a spreadsheet to mend and to bring in again."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator
from io import StringIO
from pathlib import Path

from desktop.exchange.files import write_file
from desktop.exchange.inert import inert
from desktop.exchange.mapping import TROUBLE
from desktop.exchange.tables import Problem, Table
from desktop.i18n import bidi, formats


def write_problems(path: Path, table: Table, problems: Collection[Problem]) -> int:
    """Write the rows that something is wrong with, what that is in the first column; return how many those are.

    Cells are harmless to a spreadsheet; `mapping.read_items` and `contact_tables.read_people` read them as they were.
    Raises CannotWrite.
    """
    wrong: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        wrong[problem.row].append(bidi.strip(problem.message))
    rows = [(wrong[number], cells) for number, cells in table.rows if number in wrong]
    write_file(path, _pieces(table, rows))
    return len(rows)


def _pieces(table: Table, rows: Collection[tuple[list[str], list[str]]]) -> Iterator[bytes]:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    places = [place for place, header in enumerate(table.header) if header != TROUBLE]
    writer.writerow([TROUBLE, *(table.header[place] for place in places)])
    already = TROUBLE in table.header
    for sentences, cells in rows:
        writer.writerow(
            [
                inert(formats.sentences(sentences)),
                *(cells[place] if already else inert(cells[place]) for place in places),
            ]
        )
    yield b"\xef\xbb\xbf" + out.getvalue().encode()
