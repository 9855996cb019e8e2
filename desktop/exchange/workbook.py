"""Workbooks of Excel and LibreOffice (XLSX, XLS, ODS) as tables."""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from desktop.exchange.tables import BadTable, Problem, Table, table_of
from desktop.i18n import _, formats

LARGEST = 400_000_000  # bytes of a workbook once it is unpacked: a shop of 100,000 items has 60 million
STEEPEST = 1000  # times that a part may grow; real sheets grow 5 to 50 times
MOST_CELLS = 20_000_000
LOOKED_AT = 20  # sheets


def read_workbook(data: bytes) -> Table:
    """Return the sheet that has most columns of those that have rows, and say which if there are several.

    Numbers are as short as they can be written, dates ISO. A formula gives what the program that saved it computed.
    Raises BadTable.
    """
    _measure(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [(name, _size(book, name)) for name in book.sheet_names[:LOOKED_AT]]
        filled = [(name, size) for name, size in sheets if size > 1]
        if not filled:
            raise BadTable(_("This workbook has no rows. Choose the file with your items."))
        name = max(filled, key=lambda sheet: sheet[1])[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise BadTable(_("This workbook is damaged. Open it in the spreadsheet, and save it again.")) from error
    warnings = [Problem(1, "", "sheet_chosen", _chosen(name), warning=True)] if len(filled) > 1 else []
    return table_of((list(map(_text, row)) for row in rows), warnings)


def _size(book: CalamineWorkbook, name: str) -> int:
    sheet = book.get_sheet_by_name(name)
    height, width = sheet.total_height, sheet.total_width
    if height * width > MOST_CELLS:
        raise BadTable(
            _("This workbook has more cells than any catalog. Delete what is not needed, and save it again.")
        )
    return height * width


def _measure(data: bytes) -> None:
    """Refuse an archive that would fill the memory before it is unpacked."""
    if not data.startswith(b"PK"):
        return
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadTable(_("This workbook is damaged. Open it in the spreadsheet, and save it again.")) from error
    whole = sum(part.file_size for part in parts)
    steep = any(part.file_size > STEEPEST * max(part.compress_size, 1) for part in parts)
    if whole > LARGEST or (steep and whole > LARGEST // 10):
        sentence = _("This workbook grows to {size} when it is opened, so it was left alone. Save it again, or as CSV.")
        raise BadTable(sentence.format(size=formats.file_size(whole)))
    if not any(part.filename in ("[Content_Types].xml", "content.xml") for part in parts):
        raise BadTable(_("This is a zip file and no workbook. Unpack it, and choose the file with your items."))


def _chosen(name: str) -> str:
    message = _("The workbook has several sheets. Read was {name}.")
    return message.format(name=formats.auto(name))


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
