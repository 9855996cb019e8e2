"""Tables as spreadsheets and other shops save them: CSV in any encoding, with any delimiter, whole or damaged."""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO

from desktop.i18n import _, formats

DELIMITERS = ",;\t|"
LONGEST_CELL = 100_000  # characters; ten times the longest text of a feed
MOST_COLUMNS = 16_384  # of a sheet in Excel
PAGES = {"ar": "cp1256", "en": "cp1252"}  # what programs write that know no UTF-8, where the language is spoken
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
}
BOMS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
UNKEPT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what no text holds
WORD = re.compile(r"[^\W\d_]+")
HEAD = 65_536  # bytes and characters that decide how the rest is read


class BadTable(Exception):
    """A file that cannot be read as a table. Its text is one sentence: what it is, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Problem:
    """Something about one place of a table. `row` counts from 1, the header, as spreadsheets do.

    `column` is "" where all of the row is meant. `code` is a stable word, `message` one translated sentence
    that need not be read beside the others: it names the row and the column itself where there is one.
    A `warning` is worth knowing, and took nothing away.
    """

    row: int
    column: str
    code: str
    message: str
    warning: bool = False


@dataclass(frozen=True)
class Table:
    """What a file says: `header`, then `rows` of as many cells, each with its number as in Problem.

    Columns are named once each; empty rows are left out. `warnings` holds what was put right or lost while reading.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    delimiter: str
    warnings: list[Problem] = field(default_factory=list)


def read_table(data: bytes, language: str = "") -> Table:
    """Read a CSV file; `language` is of the person whose older programs may have written it.

    A cell keeps its text but for what no text holds (NUL, controls, halves of characters), which is reported.
    Comment rows before the header (cells with "# …", as in Meta's template) are passed over. Raises BadTable.
    """
    _refuse_strangers(data)
    warnings: list[Problem] = []
    text, encoding = _decode(data, language)
    if not encoding.startswith("utf"):
        warnings.append(Problem(1, "", "encoding_guessed", _guessed(encoding), warning=True))
    controls = len(UNKEPT.findall(text[:HEAD]))
    if controls * 10 > len(text[:HEAD]):
        raise BadTable(_not_a_table())
    delimiter = _delimiter(text[:HEAD])
    records = enumerate(_records(text, delimiter), 1)
    header = _header(records, text, warnings)
    rows = []
    dirty = bool(controls or UNKEPT.search(text))
    for number, cells in records:
        if any(cells):
            rows.append((number, _fitted(number, cells, header, warnings, dirty)))
    if rows and _is_unclosed(text, rows[-1][1]):
        number, cells = rows.pop()
        column = next(name for name, cell in zip(header, cells, strict=True) if "\n" in cell)
        warnings.append(Problem(number, column, "quote_unclosed", _unclosed(number, column)))
    return Table(header, rows, encoding, delimiter, warnings)


def table_of(records: Iterable[list[str]], warnings: list[Problem]) -> Table:
    """Return the table that these rows of cells make, the first with letters being the header. Raises BadTable.

    What was wrong while they were read is in `warnings`, and what is wrong with the rows is added there.
    """
    numbered = enumerate(records, 1)
    header = _header(numbered, "", warnings)
    rows = [
        (number, _fitted(number, cells, header, warnings, dirty=any(map(UNKEPT.search, cells))))
        for number, cells in numbered
        if any(cells)
    ]
    return Table(header, rows, "", "", warnings)


def _refuse_strangers(data: bytes) -> None:
    """Raise BadTable for what is known at first sight to be something else."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise BadTable(_("This file is empty. Choose the file with your items."))
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = next((kind for magic, kind in KINDS.items() if start.startswith(magic)), "")
    if kind == "workbook":
        raise BadTable(_("This is a workbook or a zip file. Open it in the spreadsheet and save it as CSV UTF-8."))
    if kind == "web":
        raise BadTable(_("This is a web page or an XML file. Save your items as CSV, and choose that file."))
    if kind:
        raise BadTable(_not_a_table())


def _not_a_table() -> str:
    return _("This file is not a table. Save it as CSV, and choose that file.")


# Encoding


def _decode(data: bytes, language: str) -> tuple[str, str]:
    """Return the text of a file, and what it was read as. Bytes that mean nothing become lone surrogates."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "surrogateescape"), "utf-8"
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            return _wide(data, encoding)
    if wide := _wide_order(data[:HEAD]):
        return _wide(data, wide)
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in text)
    if sum(char > "\x7f" for char in text) - broken > 3 * broken:  # a few bytes were lost on the way
        return text, "utf-8"
    return _older(data, language)


def _wide(data: bytes, encoding: str) -> tuple[str, str]:
    unit = 4 if encoding == "utf-32" else 2
    whole = data[: len(data) - len(data) % unit]  # the last character may have been cut
    try:
        text = whole.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = whole.decode(encoding, "replace")
    return text.removeprefix("\ufeff"), encoding


def _wide_order(head: bytes) -> str:
    """Return the UTF-16 that `head` is in although no mark says so: every delimiter has a zero on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = max(2, len(head) // 40)
    if odd >= enough and even * 20 < odd:
        return "utf-16-le"
    return "utf-16-be" if even >= enough and odd * 20 < even else ""


def _older(data: bytes, language: str) -> tuple[str, str]:
    """Read what was written before UTF-8: by the language's own page if the letters then look like it, else guessed."""
    for page in (PAGES.get(language, PAGES["en"]), *PAGES.values()):
        with suppress(UnicodeDecodeError):
            text = data.decode(page)
            if _looks_right(text[:HEAD], page):
                return text, page
    import charset_normalizer  # only such files need it

    best = charset_normalizer.from_bytes(data[:HEAD]).best()
    if best is None:
        raise BadTable(_("The letters of this file cannot be read. Save it as CSV UTF-8, and choose that file."))
    return data.decode(best.encoding, "replace"), best.encoding


def _looks_right(text: str, page: str) -> bool:
    """Tell whether text read by a code page has the letters of its languages, where those are found in words."""
    words: list[str] = [word for word in WORD.findall(text) if not word.isascii()]
    if page == PAGES["ar"]:
        letters = [char for word in words for char in word if char > "\x7f"]
        return sum("\u0600" <= char <= "\u06ff" for char in letters) > 0.9 * len(letters)
    return sum(len(word) > 1 and min(word) > "\x7f" for word in words) < 0.3 * len(words)  # é among e, not ÇÓÚ


def _guessed(encoding: str) -> str:
    message = _("The file is not in UTF-8. It was read as {encoding}: check the letters of a few names.")
    return message.format(encoding=formats.ltr(encoding))


# Records


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)  # one for the whole process; cells are measured by `_fitted`
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(head: str) -> str:
    """Return what stands between cells: what cuts the header into most columns, and the rows into as many."""
    lines = head.splitlines(keepends=True)
    whole = "".join(lines[:-1]) if len(lines) > 1 and len(head) == HEAD else head

    def fit(delimiter: str) -> tuple[bool, float, int]:
        records = [cells for cells in _records(whole, delimiter) if any(cells) and not _is_comment(cells)][:100]
        width = len(records[0]) if records else 0
        return width > 1, sum(len(cells) == width for cells in records) / max(len(records), 1), width

    return max(DELIMITERS, key=fit)


def _is_comment(cells: list[str]) -> bool:
    return bool(cells[0].strip()) and all(not cell.strip() or cell.strip().startswith("# ") for cell in cells)


def _header(records: Iterator[tuple[int, list[str]]], text: str, warnings: list[Problem]) -> list[str]:
    """Read up to the header and return the names of the columns, each given once."""
    number, cells = next((found for found in records if any(found[1]) and not _is_comment(found[1])), (0, []))
    if not number:
        raise BadTable(_("This file is empty. Choose the file with your items."))
    if _is_unclosed(text, cells) and next(records, None) is None:
        raise BadTable(_("A quotation mark in the first row never closes. Close it, and save the file again."))
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if not re.search(r"\w", "".join(cells)):
        raise BadTable(_("The first row has no names of columns. Write them there: id, title, price…"))
    if len(cells) > MOST_COLUMNS:
        message = _("The first row has {n} columns, more than any spreadsheet. Check what was saved.")
        raise BadTable(message.format(n=formats.number(len(cells))))
    header: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        name = " ".join(UNKEPT.sub("", cell).split())[:200] or f"column {place}"
        if name.casefold() in taken:
            message = _("The column {column} is there twice. The first one is used, and the other kept aside.")
            message = message.format(column=formats.auto(name))
            warnings.append(Problem(number, name, "duplicate_column", message, warning=True))
            again = 2
            while f"{name} {again}".casefold() in taken:
                again += 1
            name = f"{name} {again}"
        taken.add(name.casefold())
        header.append(name)
    return header


def _fitted(number: int, cells: list[str], header: list[str], warnings: list[Problem], dirty: bool) -> list[str]:
    """Return a row with one cell for each column; what that takes is told in `warnings`."""
    width = len(header)
    if len(cells) < width:
        message = _("Row {row} ends early: it has {n} of the {whole} columns. The rest were taken as empty.")
        message = message.format(row=formats.number(number), n=formats.number(len(cells)), whole=formats.number(width))
        warnings.append(Problem(number, "", "row_too_short", message, warning=True))
        cells = cells + [""] * (width - len(cells))
    elif len(cells) > width:
        if any(cells[width:]):
            message = _("Row {row} has more cells than the header. Put texts with a comma in quotation marks.")
            warnings.append(Problem(number, "", "row_too_long", message.format(row=formats.number(number))))
        cells = cells[:width]
    if max(map(len, cells)) > LONGEST_CELL:
        cells = [_short(number, name, cell, warnings) for name, cell in zip(header, cells, strict=True)]
    if dirty:
        cells = [_clean(number, name, cell, warnings) for name, cell in zip(header, cells, strict=True)]
    return cells


def _short(number: int, column: str, cell: str, warnings: list[Problem]) -> str:
    if len(cell) <= LONGEST_CELL:
        return cell
    message = _("Row {row}, column {column}: a text of {n} characters is too long to be read, and was left out.")
    warnings.append(Problem(number, column, "cell_too_long", _at(message, number, column, n=formats.number(len(cell)))))
    return ""


def _clean(number: int, column: str, cell: str, warnings: list[Problem]) -> str:
    """Return a cell without what no text holds; a byte that meant nothing leaves a �."""
    if not UNKEPT.search(cell):
        return cell
    message = _("Row {row}, column {column}: some characters cannot be read. Check this text.")
    warnings.append(Problem(number, column, "characters_lost", _at(message, number, column), warning=True))
    return UNKEPT.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", cell)


def _is_unclosed(text: str, last: list[str]) -> bool:
    """Tell whether a quotation mark that nobody closed has taken the rest of the file into one cell."""
    return any("\n" in cell for cell in last) and text.count('"') % 2 == 1


def _unclosed(row: int, column: str) -> str:
    message = _("Row {row}, column {column}: a quotation mark opens and never closes. Nothing from there on was read.")
    return _at(message, row, column)


def _at(message: str, row: int, column: str, **fields: str) -> str:
    return message.format(row=formats.number(row), column=formats.auto(column), **fields)
