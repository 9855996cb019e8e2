"""Workbooks of Excel and LibreOffice (XLSX, XLS, ODS) as tables."""

import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from functools import reduce
from io import BytesIO
from pathlib import Path

from lxml import etree

from desktop.exchange import sheet as apart
from desktop.exchange.problems import BadTable, Problem
from desktop.exchange.sheet import MOST_CELLS, Refused, Sheet, Why, as_text, read_sheet
from desktop.exchange.tables import Table, table_of
from desktop.i18n import _, formats

PROGRAM = str(Path(apart.__file__))
LONGEST = 60  # seconds that it may take
LARGEST = 200_000_000  # bytes of text that a workbook unpacks to: a shop of 100,000 items has 60 million
STEEPEST = 200  # times that a part may grow; those of real workbooks grow 5 to 50 times
SMALL = 20_000_000  # bytes that are unpacked however steeply they grow
MOST_PARTS = 10_000
TEXTS = (".xml", ".rels", "mimetype")  # the parts that are read; pictures and macros are not
COLUMN = re.compile(rb"""[\s"']r\s*=\s*["']([A-Za-z]+)""")  # of the place of a cell: AB12
ROW = re.compile(rb"""[\s"']r\s*=\s*["'][A-Za-z]*([0-9]+)""")
SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})\s*<""")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_workbook(data: bytes, sheet: str = "") -> Table:
    """Return a sheet: the one that is said, or of those that are not hidden the one that has most cells.

    Numbers are as Excel shows them (15 digits), never in powers of ten, dates ISO. A formula gives what the program
    that saved it computed, an error nothing. A cell that goes over several rows stands in each of them. All that a
    workbook unpacks to is measured before calamine is given it, and it is given nothing else: a single cell far away
    from the others would otherwise take all memory, and the program down. Raises BadTable.
    """
    try:
        found = read_sheet(_measured(data), sheet) if data.startswith(b"PK") else _read_apart(data, sheet)
    except Refused as error:
        raise BadTable(refusal(error.why)) from error
    return table_from(found, sheet, [])


def table_from(found: Sheet, wanted: str, warnings: list[Problem], encoding: str = "") -> Table:
    """Return a sheet as a table, which tells that there are others unless this is the one that was wanted."""
    if found.filled > 1 and not wanted:
        message = _("The workbook has several sheets. Read was {name}.").format(name=formats.auto(found.name))
        warnings.append(Problem(1, "", "sheet_chosen", message, warning=True))
    table = table_of((list(map(as_text, row)) for row in found.rows), warnings, titled=True)
    return Table(table.header, table.rows, encoding, "", table.warnings, found.name, tuple(found.names))


def _read_apart(data: bytes, sheet: str) -> Sheet:
    """Read a workbook of Excel 97 in a program of its own, which may end as it likes. Raises Refused."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", PROGRAM, sheet],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=True,
        )
        said = json.loads(done.stdout)
        if "why" in said:
            raise Refused(said["why"])
        return Sheet(**said)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise Refused("damaged") from error


def refusal(why: Why) -> str:
    """Say why a workbook was not read."""
    return {
        "empty": _("This workbook has no rows. Choose the file with your items."),
        "locked": _("This workbook is locked with a password. Open it in the spreadsheet, and save it without one."),
        "large": _("This workbook has more cells than any catalog. Delete what is not needed, and save it again."),
        "damaged": _("This workbook is damaged. Open it in the spreadsheet, and save it again."),
    }[why]


# Measuring


def _measured(data: bytes) -> bytes:
    """Return an archive of the texts in a workbook, unpacked, once they are known to fit. Raises BadTable, Refused."""
    packed = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(packed, "w") as stored:
            parts = [part for part in archive.infolist() if part.filename.endswith(TEXTS)]
            if not any(part.filename in ("[Content_Types].xml", "content.xml") for part in parts):
                raise BadTable(_("This is a zip file and no workbook. Unpack it, and choose the file with your items."))
            _check_sizes(parts)
            strings = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in archive.namelist() else b""
            lengths = [len(piece) for piece in re.split(rb"<(?:\w+:)?si\b", strings)[1:]]
            for name in dict.fromkeys(part.filename for part in parts):  # of two with one name the last counts
                text = archive.read(name)
                if name == "content.xml":
                    _check_repeats(text)
                elif name.startswith("xl/") and not name.endswith(("sharedStrings.xml", "styles.xml")):
                    _check_cells(text, lengths)
                stored.writestr(name, text)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, KeyError, EOFError) as error:
        raise Refused("damaged") from error
    except RuntimeError as error:  # a part that wants a password, or is packed in an unknown way
        raise Refused("damaged") from error
    return packed.getvalue()


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Raise BadTable where the parts say that they grow too large; Python's zipfile reads no more than they say."""
    whole = sum(part.file_size for part in parts)
    steep = any(part.file_size > max(STEEPEST * part.compress_size, SMALL) for part in parts)
    if whole > LARGEST or steep or len(parts) > MOST_PARTS:
        sentence = _("This workbook grows to {size} when it is opened, so it was left alone. Save it again, or as CSV.")
        raise BadTable(sentence.format(size=formats.file_size(whole)))


def _check_cells(text: bytes, lengths: list[int]) -> None:
    """Raise Refused where a sheet reaches too far, or repeats texts too often."""
    columns, rows = set(COLUMN.findall(text)), set(ROW.findall(text))
    if any(len(letters) > 3 for letters in columns) or any(len(digits) > 7 for digits in rows):
        raise Refused("damaged")
    wide = max((len(letters), letters.upper()) for letters in (*columns, b"A"))[1]
    high = max(map(int, rows), default=0)
    if high * reduce(lambda number, letter: number * 26 + letter - 64, wide, 0) > MOST_CELLS:
        raise Refused("large")
    if text.count(b"<c") + text.count(b":c") > MOST_CELLS:
        raise Refused("large")
    times = text.count(b"<") if lengths else 0
    if times * max(lengths, default=0) > LARGEST:  # otherwise no need to look
        said = Counter(map(int, SHARED.findall(text)))
        if sum(lengths[place] * n for place, n in said.items() if place < len(lengths)) > LARGEST:
            raise Refused("large")


def _check_repeats(text: bytes) -> None:
    """Raise Refused where the rows and cells of an ODS, of which many are written once, are too many."""
    high = wide = filled = empty = 0
    row: list[tuple[int, bool]] = []  # how many cells, and whether they say anything
    try:
        for _event, element in etree.iterparse(BytesIO(text), resolve_entities=False, no_network=True):
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in ("table-cell", "covered-table-cell"):
                row.append((_number(element.get(f"{TABLE}number-columns-repeated")), len(element) > 0))
            elif name == "table-row":
                times = _number(element.get(f"{TABLE}number-rows-repeated"))
                while row and not row[-1][1]:
                    row.pop()
                if row:
                    high, empty = high + empty + times, 0
                    wide = max(wide, sum(cells for cells, _says in row))
                    filled += times * sum(cells for cells, says in row if says)
                else:
                    empty += times  # at the end of a sheet they are a million, and count for nothing
                row = []
                element.clear()
            elif name == "table":
                high = wide = filled = empty = 0
            if high * wide > MOST_CELLS or filled > MOST_CELLS // 2:
                raise Refused("large")
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1
