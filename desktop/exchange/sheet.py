"""A sheet of a workbook, as calamine reads it. Also a program: `python -I sheet.py [NAME] < book > rows.json`.

Damage in a workbook of Excel 97 can make calamine ask for more memory than there is, which ends its process. So those
are read by such a program. It imports nothing of Dukkan's, which `-I` does not find.
"""

import datetime as dt
import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MOST_CELLS = 10_000_000  # of a sheet from its first to its last, empty or not
MEMORY = 2_000_000_000  # bytes that the program may have, where the system can say so
LOOKED_AT = 20  # sheets

Why = Literal["empty", "large", "locked", "damaged"]


class Refused(Exception):
    """A workbook that was not read, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Sheet:
    """The cells of a sheet, the names of those that it was chosen from, and how many of these have any rows."""

    name: str
    names: list[str]
    filled: int
    rows: list[list[Any]]


def read_sheet(data: bytes, wanted: str = "") -> Sheet:
    """Return the sheet that is wanted, or of those that are not hidden the one that has most cells. Raises Refused."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            names = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
            names = (names or list(book.sheet_names))[:LOOKED_AT]
            sheet, filled = _chosen(book, [wanted] if wanted in names else names)
            return Sheet(sheet.name, names, filled, _rows(sheet))
    except PasswordError as error:
        raise Refused("locked") from error
    except (CalamineError, ValueError, OSError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise Refused("damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a mistake in calamine shows; it is no Exception
            raise
        raise Refused("damaged") from error


def as_text(cell: Any) -> str:
    """Return a cell as people see it: numbers in 15 digits as Excel has them, never in powers of ten; dates ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return format(Decimal(f"{cell:.15g}"), "f") if abs(cell) < 1e100 else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _chosen(book: CalamineWorkbook, names: list[str]) -> tuple[CalamineSheet, int]:
    best, most, filled = None, 1, 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        size = sheet.height * sheet.width
        filled += size > 1
        if size > most:
            best, most = sheet, size
    if best is None:
        raise Refused("empty")
    if most > MOST_CELLS:
        raise Refused("large")
    return best, filled


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Return the cells of a sheet; one that goes over several rows stands in each of them."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    room = MOST_CELLS
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        room -= bottom - top
        if first == last and room > 0 and top < len(rows) and first < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[first] = row[first] or rows[top][first]
    return rows


def main() -> None:
    """Read a workbook from the standard input, and write what it has, or why it was refused, as JSON."""
    if sys.platform != "win32":  # which has no such limit
        import resource

        with suppress(ValueError, OSError):  # macOS does not keep it
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    said: dict[str, Any]
    try:
        sheet = read_sheet(sys.stdin.buffer.read(), "".join(sys.argv[1:]))
        said = {**vars(sheet), "rows": [list(map(as_text, row)) for row in sheet.rows]}
    except Refused as refused:
        said = {"why": refused.why}
    sys.stdout.buffer.write(json.dumps(said).encode())


if __name__ == "__main__":
    main()
