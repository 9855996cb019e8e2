"""Workbooks of Excel 2003 in XML ("XML Spreadsheet"), which programs still write, mostly under the name .xls."""

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from desktop.exchange.problems import BadTable, Problem
from desktop.exchange.sheet import LOOKED_AT, MOST_CELLS, Refused, Sheet, as_text
from desktop.exchange.tables import MOST_COLUMNS, Table
from desktop.exchange.workbook import LARGEST, refusal, table_from
from desktop.exchange.xml_feed import elements, local, parsed, prepared, recovered

MOST_ROWS = 1_048_576  # of a sheet in Excel
DAY_ZERO = dt.date(1899, 12, 31)  # whose times are of no day
NOTHING: list[str] = []  # a row that was left out


def read_excel_xml(data: bytes, language: str = "", encoding: str = "", sheet: str = "") -> Table:
    """Return a sheet, chosen and read as those of other workbooks are (`workbook.read_workbook`).

    Nothing outside the file is ever opened, and no entity is expanded; what is not well-formed is read as far as it
    goes, and told. Raises BadTable.
    """
    warnings: list[Problem] = []
    packed, used = prepared(data, language, encoding, warnings)
    try:
        events = parsed(packed, "start", "end")
        found = _chosen([part for part in _sheets(events) if part.rows], sheet)
        if any(error.level >= etree.ErrorLevels.ERROR for error in events.error_log):
            warnings.append(recovered())
    except Refused as error:
        raise BadTable(refusal(error.why)) from error
    except etree.XMLSyntaxError as error:
        raise BadTable(refusal("damaged")) from error
    return table_from(found, sheet, warnings, used)


class _Part:
    """A sheet while it is read. Excel leaves out cells and rows that are empty, and says where the next one is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden = False
        self.rows: list[list[str]] = []
        self.cells = 0
        self._merged: dict[int, tuple[int, str]] = {}  # by column: the last row that a cell goes down to, its text

    def add(self, element: etree._Element, room: int) -> int:
        """Add a row, and return how many cells there is room for behind it. Raises Refused."""
        said = _attributes(element)
        place = max(_number(said, "Index") - 1, len(self.rows))
        cells: list[str] = []
        for cell in elements(element):
            if local(str(cell.tag)) == "cell":
                self._place(cell, cells, place)
        self._merged = {column: merged for column, merged in self._merged.items() if merged[0] >= place}
        for column, (_last, text) in self._merged.items() if cells else ():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or text
        after = place + 1 + _number(said, "Span")  # rows that look alike, and are empty
        if after > MOST_ROWS:
            raise Refused("damaged")
        self.rows += [NOTHING] * (place - len(self.rows)) + [cells] + [NOTHING] * (after - place - 1)
        self.cells += len(cells)
        if room < len(cells):
            raise Refused("large")
        return room - len(cells)

    def _place(self, element: etree._Element, cells: list[str], row: int) -> None:
        said = _attributes(element)
        column = max(_number(said, "Index") - 1, len(cells))
        across, down = _number(said, "MergeAcross"), _number(said, "MergeDown")
        if column + across >= MOST_COLUMNS:
            raise Refused("damaged")
        text = next((_text(part) for part in elements(element) if local(str(part.tag)) == "data"), "")
        cells += [""] * (column - len(cells)) + [text] + [""] * across
        if down and not across:
            self._merged[column] = (row + down, text)


def _sheets(events: Iterator[tuple[str, etree._Element]]) -> Iterator[_Part]:
    """Yield the sheets of a workbook. Raises Refused for more cells than any catalog has."""
    part: _Part | None = None
    room = MOST_CELLS
    for event, element in events:
        name = local(str(element.tag)) if isinstance(element.tag, str) else ""
        if name == "worksheet" and event == "start":
            part = _Part(_attributes(element).get("Name", ""))
        elif part is None or event == "start":
            continue
        elif name == "row":
            room = part.add(element, room)
            element.clear()
        elif name == "visible":
            part.hidden = (element.text or "").startswith("SheetHidden") or "VeryHidden" in (element.text or "")
        elif name == "worksheet":
            yield part
            part = None
    if part is not None:
        yield part  # the file ends early


def _chosen(parts: list[_Part], wanted: str) -> Sheet:
    """Return the sheet that is wanted, or of those that are not hidden the one that has most cells. Raises Refused."""
    seen = ([part for part in parts if not part.hidden] or parts)[:LOOKED_AT]
    named = [part for part in seen if part.name == wanted]
    best = max(named or seen, key=lambda part: part.cells, default=None)
    if best is None or not best.cells:
        raise Refused("empty")
    if sum(len(cell) for row in best.rows for cell in row) > LARGEST:
        raise Refused("large")
    return Sheet(best.name, [part.name for part in seen], sum(part.cells > 1 for part in seen), best.rows)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Return what is said of an element, without prefixes, which some programs write and never declare."""
    return {str(name).rpartition("}")[2].rpartition(":")[2]: str(value) for name, value in element.attrib.items()}


def _number(said: dict[str, str], name: str) -> int:
    text = said.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _text(data: etree._Element) -> str:
    """Return what a cell says, as people see it; an error is nothing."""
    text, kind = "".join(map(str, data.itertext())), _attributes(data).get("Type", "")
    try:
        if kind == "Number":
            return as_text(float(text)) if len(text) < 100 else text
        if kind == "DateTime":
            moment = dt.datetime.fromisoformat(text.strip())
            return as_text(moment.time() if moment.date() <= DAY_ZERO else moment)
    except (ValueError, OverflowError):
        return text
    if kind == "Boolean":
        return as_text(text.strip() == "1")
    return "" if kind == "Error" else text
