"""The table of a web page, as older programs save it under the name of a workbook (.xls)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from desktop.exchange.encoding import decode
from desktop.exchange.problems import BadTable
from desktop.exchange.tables import Table, guessed_as, not_a_page, table_of

LONG_TAG = re.compile("<[A-Za-z][^<]{5000,}")
BREAK = "\x00"  # no text has it
WIDEST = 1_000  # columns that one cell can take


def read_page(data: bytes, language: str = "", encoding: str = "") -> Table:
    """Return the longest table of a web page, a row for each of its rows; line ends in cells stay. Raises BadTable."""
    text, used, guessed = decode(data, language, encoding)
    warnings = [guessed_as(used)] if guessed else []
    if LONG_TAG.search(text):
        raise BadTable(not_a_page())  # so many attributes would take the parser hours
    try:
        root = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]{0,200}\?>|\0", "", text), html.HTMLParser(huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise BadTable(not_a_page()) from error
    tables = [list(_rows(table)) for table in root.iter("table")]
    rows = max(tables, key=len, default=[])
    table = table_of([_cells(row) for row in rows], warnings, titled=True)
    return replace(table, encoding=used)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the rows of a table itself, not those of tables in its cells."""
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        yield from [part] if part.tag == "tr" else part.iterchildren("tr")


def _cells(row: html.HtmlElement) -> list[str]:
    """Return the cells of a row; what is as wide as several has empty ones behind it."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        lines = (" ".join(line.split()) for line in "".join(_pieces(cell)).split(BREAK))
        width = cell.get("colspan", "1")
        more = min(int(width), WIDEST) - 1 if width.isdecimal() and len(width) < 6 else 0
        cells += ["\n".join(filter(None, lines)), *[""] * more]
    return cells


def _pieces(cell: html.HtmlElement) -> Iterator[str]:
    """Yield what a cell says, with a mark where a line of it ends."""
    for event, element in etree.iterwalk(cell, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield BREAK if element.tag in ("br", "p", "div", "li") else ""
            yield element.text or ""
        elif element is not cell:
            yield element.tail or ""
