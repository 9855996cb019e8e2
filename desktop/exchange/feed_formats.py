"""The file formats of a feed: rows of text as CSV, TSV, XLSX or RSS, piece by piece."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import chain
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from desktop.exchange.feed_cells import COLUMNS
from desktop.exchange.inert import fitting

Format = Literal["csv", "tsv", "xlsx", "xml"]
Cells = Sequence[str]
Blocks = Iterable[Sequence[Cells]]  # rows, some thousands at a time
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
PLAIN = re.compile(r"[a-z_][a-z0-9_.-]*")  # names of elements that mean the same however they are read
TAKEN = ("title", "link", "description", "item", "entry", "column")
MARKUP = re.compile(r"[<>&\s](?<! )|^\s|\s\s|\s$")  # what somebody could take for markup, or for spaces in it
PRESERVED = ' xml:space="preserve">'
GOOGLE = "http://base.google.com/ns/1.0"
ADDRESSES = re.compile(r",(?=https?://)")


class Head(NamedTuple):
    """What a file says of the shop: its name, its address on the web, and whether its texts run right to left."""

    name: str = ""
    link: str = ""
    rtl: bool = False


def write_csv(head: Head, columns: Cells, blocks: Blocks) -> Iterator[bytes]:
    """Write CSV as RFC 4180 has it, in UTF-8 without a mark at the start."""
    return _separated(columns, blocks, ",")


def write_tsv(head: Head, columns: Cells, blocks: Blocks) -> Iterator[bytes]:
    """Write columns with tabs between them; what has a tab, a quote or a line end in it is quoted as in CSV."""
    return _separated(columns, blocks, "\t")


def _separated(columns: Cells, blocks: Blocks, delimiter: str) -> Iterator[bytes]:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for rows in blocks:
        writer.writerows(rows)
        yield buffer.getvalue().encode(errors="replace")
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode(errors="replace")


def write_xlsx(head: Head, columns: Cells, blocks: Blocks) -> Iterator[bytes]:
    """Write one sheet of cells that are all text, so no program computes or rewrites any of them."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Items")
        if head.rtl:
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column)
        for line, row in enumerate(chain.from_iterable(blocks), 1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(line, place, fitting(cell))
    yield out.getvalue()


def write_xml(head: Head, columns: Cells, blocks: Blocks) -> Iterator[bytes]:
    """Write RSS 2.0 with Google's names, an element for each filled cell, and one for each further picture.

    What XML cannot hold, such as control characters, is left out; that a text is no markup is said by `xml:space`.
    A column whose name no element can have is an element `column` with that name.
    """
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="{GOOGLE}">\n<channel>\n'
    start += f"<title>{_text(head.name)}</title>\n<link>{_text(head.link)}</link>\n<description/>\n"
    yield start.encode()
    tags = [_tags(column) for column in columns]
    several = columns.index("additional_image_link") if "additional_image_link" in columns else -1
    for rows in blocks:
        lines = []
        for row in rows:
            lines.append("<item>\n")
            for place, cell in enumerate(row):
                if cell:
                    opening, closing = tags[place]
                    parts = ADDRESSES.split(cell) if place == several else (cell,)
                    kept = PRESERVED if MARKUP.search(cell) else ">"
                    lines += [f"{opening}{kept}{_text(part)}{closing}\n" for part in parts]
            lines.append("</item>\n")
        yield "".join(lines).encode()
    yield b"</channel>\n</rss>\n"


def _tags(column: str) -> tuple[str, str]:
    if column in COLUMNS:
        return f"<g:{column}", f"</g:{column}>"
    if PLAIN.fullmatch(column) and column not in TAKEN and not column.startswith("xml"):
        return f"<{column}", f"</{column}>"
    return f"<column name={quoteattr(ILLEGAL.sub('', column))}", "</column>"


def _text(cell: str) -> str:
    if not cell.isprintable():
        cell = ILLEGAL.sub("", cell)
    return escape(cell, {"\r": "&#13;"})


FORMATS: dict[Format, Callable[[Head, Cells, Blocks], Iterator[bytes]]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "xlsx": write_xlsx,
    "xml": write_xml,
}
