"""Tables as spreadsheets and other shops save them: CSV in any encoding, with any delimiter, whole or damaged."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import chain, dropwhile, islice

from desktop.exchange.encoding import HEAD, UNKEPT, Text, open_text
from desktop.exchange.headers import LOOKED_AT, find_header, is_total, names_columns, with_one_header
from desktop.exchange.problems import BadTable as BadTable
from desktop.exchange.problems import Problem as Problem
from desktop.exchange.problems import may_tell
from desktop.i18n import _, formats

DELIMITERS = ",;\t|"
LONGEST_CELL = 100_000  # characters; ten times the longest text of a feed
MOST_COLUMNS = 16_384  # of a sheet in Excel
MOST_CELLS = 20_000_000  # 100,000 items in the 80 columns of Shopify are 8 million
KINDS = {  # the first bytes of files that are no tables, in small letters
    b"pk\x03\x04": "workbook",
    b"\xd0\xcf\x11\xe0": "workbook",
    b"<?xml": "web",
    b"<rss": "web",
    b"<!doctype": "web",
    b"<html": "web",
    b"%pdf": "other",
    b"\x89png": "other",
    b"\xff\xd8\xff": "other",
    b"gif8": "other",
    b"sqlite format 3": "other",
    b"\x1f\x8b": "other",
    b"rar!": "other",
    b"7z\xbc\xaf": "other",
}
SHARED = 2_000  # different cells among which those that come again are looked for: no more than stay at hand
SEPARATOR = re.compile('"?sep=(.)"?[\r\n]+', re.IGNORECASE)  # what Excel writes and wants above other delimiters


@dataclass(frozen=True)
class Table:
    """What a file says: `header`, then `rows` of as many cells, each with its number as in Problem.

    Columns are named once each; empty rows, and empty columns without a name, are left out. `warnings` holds what was
    put right or lost while reading. `encoding` and `delimiter` are what text was read by, `sheet` which of the `sheets`
    of a workbook: `sources.read_source` reads the file again by others.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    delimiter: str
    warnings: list[Problem] = field(default_factory=list)
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read_table(
    data: bytes, language: str = "", encoding: str = "", delimiter: str = "", *, titled: bool = False
) -> Table:
    """Read a CSV file; `language` is of the person whose older programs may have written it.

    A cell keeps its text but for what no text holds (NUL, controls, halves of characters), which is reported.
    Comment rows before the header (cells with "# …", as in Meta's template) are passed over, and so are what stands
    above a header further down and totals at the end if the table may be `titled`. `encoding` and `delimiter` are
    found out if they are not said. Raises BadTable.
    """
    _refuse_strangers(data)
    warnings: list[Problem] = []
    text, encoding, guessed = open_text(data, language, encoding)
    if guessed:
        warnings.append(guessed_as(encoding))
    controls = len(UNKEPT.findall(text.head))
    if controls * 10 > len(text.head):
        raise BadTable(_not_a_table())
    said = SEPARATOR.match(text.head)
    delimiter = delimiter or (said[1] if said else _delimiter(text.head))
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise BadTable(_("Between cells stands one character, such as a comma or a tab."))
    records = enumerate(_records(text.lines(said.end() if said else 0), delimiter), 2 if said else 1)
    header, rows = _assembled(records, warnings, titled, clean=not controls and text.is_clean(), text=text)
    if rows and _is_unclosed(text, rows[-1][1]):
        number, cells = rows.pop()
        column = next(name for name, cell in zip(header, cells, strict=True) if "\n" in cell)
        warnings.append(Problem(number, column, "quote_unclosed", _unclosed(number, column)))
    return Table(header, rows, encoding, delimiter, warnings)


def table_of(records: Iterable[list[str]], warnings: list[Problem], *, titled: bool = False) -> Table:
    """Return the table that these rows of cells make, the first with letters being the header. Raises BadTable.

    What was wrong while they were read is in `warnings`, and what is wrong with the rows is added there. A list that
    people made to be read may be `titled`, as for `read_table`.
    """
    header, rows = _assembled(enumerate(records, 1), warnings, titled)
    return Table(header, rows, "", "", warnings)


def named_table(rows: Sequence[Mapping[str, str]], warnings: list[Problem], encoding: str) -> Table:
    """Return the table of rows whose cells have names, in the order in which these come. Raises BadTable."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if len(columns) * len(rows) > MOST_CELLS:
        raise BadTable(_too_many())
    records = chain([columns], ([row.get(name, "") for name in columns] for row in rows))
    return replace(table_of(records, warnings), encoding=encoding)


def _refuse_strangers(data: bytes) -> None:
    """Raise BadTable for what is known at first sight to be something else."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise BadTable(_empty())
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = next((kind for magic, kind in KINDS.items() if start.startswith(magic)), "")
    if kind == "workbook":
        raise BadTable(_("This is a workbook or a zip file. Open it in the spreadsheet and save it as CSV UTF-8."))
    if kind == "web":
        raise BadTable(not_a_page())
    if kind:
        raise BadTable(_not_a_table())


# Records


def _records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)  # one for the whole process; cells are measured by `_fitted`
    return csv.reader(lines, delimiter=delimiter)


def _delimiter(head: str) -> str:
    """Return what stands between cells: what cuts the header into most columns, and the rows into as many."""
    lines = head.splitlines(keepends=True)
    whole = "".join(lines[:-1]) if len(lines) > 1 and len(head) == HEAD else head

    def fit(delimiter: str) -> tuple[bool, float, int]:
        cut = _records(StringIO(whole, newline=""), delimiter)
        records = [cells for cells in cut if any(cells) and not _is_comment(cells)][:100]
        width = len(records[0]) if records else 0
        return width > 1, sum(len(cells) == width for cells in records) / max(len(records), 1), width

    return max(DELIMITERS, key=fit)


def _assembled(
    records: Iterator[tuple[int, list[str]]],
    warnings: list[Problem],
    titled: bool,
    clean: bool = False,
    text: Text | None = None,
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header and the rows that `records` make, each with its number; `clean` ones need no looking at."""
    filled = dropwhile(lambda record: _is_comment(record[1]), (record for record in records if any(record[1])))
    first = list(islice(filled, LOOKED_AT))
    if not first:
        raise BadTable(_empty())
    if len(first) == 1 and text and _is_unclosed(text, first[0][1]):
        raise BadTable(_("A quotation mark in the first row never closes. Close it, and save the file again."))
    first = with_one_header(first) if titled else first
    place = find_header([cells for _number, cells in first]) if titled else 0
    number, named = first[place]
    if place:
        warnings.append(Problem(number, "", "header_found", _found(number), warning=True))
    header = _header(number, named, warnings)
    if titled and len(first) > place + 1 and names_columns(first[place + 1][1]):
        place += 1  # a header in two languages
    rows = []
    width = len(header)
    room = MOST_CELLS
    seen: dict[str, str] = {}
    for number, cells in chain(first[place + 1 :], filled):
        if cells == named:
            continue  # printed lists, and files that were joined, have their header again and again
        room -= width
        if room < 0:
            raise BadTable(_too_many())
        if not clean or len(cells) != width or max(map(len, cells)) > LONGEST_CELL:
            cells = _fitted(number, cells, header, warnings, clean)
        if len(seen) > SHARED:
            seen.clear()
        rows.append((number, list(map(seen.setdefault, cells, cells))))  # what comes again and again is kept once
    if titled:
        _drop_totals(rows, warnings)
    return _without_empty(header, named, rows)


def _is_comment(cells: list[str]) -> bool:
    return bool(cells[0].strip()) and all(not cell.strip() or cell.strip().startswith("# ") for cell in cells)


def _header(number: int, cells: list[str], warnings: list[Problem]) -> list[str]:
    """Return the names of the columns, each given once."""
    width = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    if not any(re.search(r"\w", cell) for cell in cells):
        raise BadTable(_("The first row has no names of columns. Write them there: id, title, price…"))
    if width > MOST_COLUMNS:
        message = _("The first row has {n} columns, more than any spreadsheet. Check what was saved.")
        raise BadTable(message.format(n=formats.number(width)))
    header: list[str] = []
    taken: set[str] = set()
    again: Counter[str] = Counter()
    for place, cell in enumerate(cells[:width], 1):
        name = " ".join(UNKEPT.sub("", cell).split())[:200] or f"column {place}"
        if name.casefold() in taken:
            if may_tell(warnings, number):
                message = _("The column {column} is there twice. The first one is used, and the other kept aside.")
                message = message.format(column=formats.auto(name))
                warnings.append(Problem(number, name, "duplicate_column", message, warning=True))
            again[name] += 1
            while f"{name} {again[name] + 1}".casefold() in taken:
                again[name] += 1
            name = f"{name} {again[name] + 1}"
        taken.add(name.casefold())
        header.append(name)
    return header


def _fitted(number: int, cells: list[str], header: list[str], warnings: list[Problem], clean: bool) -> list[str]:
    """Return a row with one cell for each column; what that takes is told in `warnings`."""
    width = len(header)
    if len(cells) < width:
        if may_tell(warnings, number):
            message = _("Row {row} ends early: it has {n} of the {whole} columns. The rest were taken as empty.")
            numbers = {"row": number, "n": len(cells), "whole": width}
            message = message.format(**{name: formats.number(n) for name, n in numbers.items()})
            warnings.append(Problem(number, "", "row_too_short", message, warning=True))
        cells = cells + [""] * (width - len(cells))
    elif len(cells) > width:
        if any(cells[width:]) and may_tell(warnings, number):
            message = _("Row {row} has more cells than the header. Put texts with a comma in quotation marks.")
            warnings.append(Problem(number, "", "row_too_long", message.format(row=formats.number(number))))
        cells = cells[:width]
    if max(map(len, cells)) > LONGEST_CELL:
        cells = [_short(number, name, cell, warnings) for name, cell in zip(header, cells, strict=True)]
    if not clean and UNKEPT.search("\t".join(cells)):
        cells = [_clean(number, name, cell, warnings) for name, cell in zip(header, cells, strict=True)]
    return cells


def _short(number: int, column: str, cell: str, warnings: list[Problem]) -> str:
    if len(cell) <= LONGEST_CELL:
        return cell
    if may_tell(warnings, number):
        message = _("Row {row}, column {column}: a text of {n} characters is too long to be read, and was left out.")
        message = _at(message, number, column, n=formats.number(len(cell)))
        warnings.append(Problem(number, column, "cell_too_long", message))
    return ""


def _clean(number: int, column: str, cell: str, warnings: list[Problem]) -> str:
    """Return a cell without what no text holds; a byte that meant nothing leaves a �."""
    if not UNKEPT.search(cell):
        return cell
    if may_tell(warnings, number):
        message = _("Row {row}, column {column}: some characters cannot be read. Check this text.")
        message = _at(message, number, column)
        warnings.append(Problem(number, column, "characters_lost", message, warning=True))
    return UNKEPT.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", cell)


def _drop_totals(rows: list[tuple[int, list[str]]], warnings: list[Problem]) -> None:
    """Take away the rows at the end that add up the others."""
    while len(rows) > 1 and is_total(rows[-1][1]):
        number, _cells = rows.pop()
        message = _("Row {row} is a total, and was left out.")
        warnings.append(Problem(number, "", "total_left_out", message.format(row=formats.number(number)), warning=True))


def _without_empty(
    header: list[str], named: list[str], rows: list[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return a table without the columns that have neither a name nor a cell."""
    unnamed = {place for place in range(len(header)) if not named[place].strip()}
    for _number, cells in rows if unnamed else ():
        unnamed = {place for place in unnamed if not cells[place].strip()}
        if not unnamed:
            break
    if not unnamed:
        return header, rows
    kept = [place for place in range(len(header)) if place not in unnamed]
    return [header[place] for place in kept], [(number, [cells[i] for i in kept]) for number, cells in rows]


# Sentences


def _empty() -> str:
    return _("This file is empty. Choose the file with your items.")


def _not_a_table() -> str:
    return _("This file is not a table. Save it as CSV, and choose that file.")


def _too_many() -> str:
    return _("This file has more cells than any catalog. Delete what is not needed, and save it again.")


def not_a_page() -> str:
    """Say that a web page is no table."""
    return _("This is a web page or an XML file. Save your items as CSV, and choose that file.")


def guessed_as(encoding: str) -> Problem:
    """Say that the encoding of a file was guessed."""
    message = _("The file is not in UTF-8. It was read as {encoding}: check the letters of a few names.")
    return Problem(1, "", "encoding_guessed", message.format(encoding=formats.ltr(encoding)), warning=True)


def _found(row: int) -> str:
    message = _("The names of the columns are in row {row}. What stands above them was left out.")
    return message.format(row=formats.number(row))


def _is_unclosed(text: Text, last: list[str]) -> bool:
    """Tell whether a quotation mark that nobody closed has taken the rest of the file into one cell."""
    return any("\n" in cell for cell in last) and text.count('"') % 2 == 1


def _unclosed(row: int, column: str) -> str:
    message = _("Row {row}, column {column}: a quotation mark opens and never closes. Nothing from there on was read.")
    return _at(message, row, column)


def _at(message: str, row: int, column: str, **fields: str) -> str:
    return message.format(row=formats.number(row), column=formats.auto(column), **fields)
