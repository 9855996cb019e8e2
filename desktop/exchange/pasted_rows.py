"""Rows that are copied out of a spreadsheet and pasted: cells between tabs, with or without names of columns."""

import re
from collections.abc import Mapping

from desktop.exchange.feed_cells import line, read_money
from desktop.exchange.recognise import recognise
from desktop.exchange.tables import BadTable, Table, read_table
from desktop.i18n import _, formats
from desktop.services.drafts import Draft
from desktop.services.errors import Invalid

MOST = 5_000  # rows
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9_./-]{2,30}")


def read_rows(text: str, currency: str, language: str = "") -> list[Draft] | None:
    """Return an item for each row, prices without a currency being in `currency`; None if the text is no rows of cells.

    A first row that names its columns, in Arabic or English, is understood; else prices and names are told by what is
    in them.
    """
    text = text.strip("\r\n")
    rows = [row for row in text.splitlines() if row.strip()]
    if not rows or "\t" not in text or sum("\t" in row for row in rows) * 2 < len(rows):
        return None
    try:
        table = read_table(text.encode("utf-8", "replace"), language)
        fields = _fields(table)
        if not fields.keys() & {"title", "price", "id"} or not _is_named(table):
            width = max(row.count("\t") for row in rows) + 1
            names = "\t".join(f"column {number}" for number in range(1, width + 1))
            table = read_table(f"{names}\n{text}".encode("utf-8", "replace"), language)
            fields = _with_code(table, _fields(table))
    except BadTable:
        return None
    if "title" not in fields and "id" not in fields:
        return None
    return [_draft(cells, fields, currency) for _number, cells in table.rows[:MOST]]


def _is_named(table: Table) -> bool:
    return any(column.field and column.reason in ("name", "meaning") for column in recognise(table).columns)


def _fields(table: Table) -> dict[str, int]:
    return {column.field: place for place, column in enumerate(recognise(table).columns) if column.field}


def _with_code(table: Table, fields: dict[str, int]) -> dict[str, int]:
    """Tell codes from names where nothing says which is which: BAG-1 beside "Leather bag"."""
    title = fields.get("title")
    if title is None:
        return fields
    cells = [row[title].strip() for _number, row in table.rows]
    others = [place for place in range(len(table.header)) if place not in fields.values()]
    worded = [place for place in others if any(re.search(r"[^\W\d_]{2}", row[place]) for _number, row in table.rows)]
    if worded and all(_CODE.fullmatch(cell) for cell in cells if cell):
        return fields | {"id": title, "title": worded[0]}
    coded = [place for place in others if all(_CODE.fullmatch(row[place].strip()) for _number, row in table.rows)]
    return fields | {"id": coded[0]} if coded and coded[0] < title else fields


def _draft(cells: list[str], fields: Mapping[str, int], currency: str) -> Draft:
    doubts: list[str] = []
    prices: dict[str, int | None] = {}
    named = ""
    for field in ("price", "sale_price"):
        cell = cells[fields[field]].strip() if field in fields else ""
        prices[field] = None
        if not cell:
            continue
        try:
            prices[field], code = read_money(cell, currency)
            named = code if code and code != currency else named
        except Invalid as error:
            sentence = _("“{text}” was not taken for a price. {reason}")
            doubts.append(sentence.format(text=formats.auto(cell[:40]), reason=error.message))
    if named:
        doubts.append(_("The price is in {currency}.").format(currency=formats.ltr(named)))
    if any(field in fields and cells[fields[field]].strip() for field in ("image_link", "additional_image_link")):
        doubts.append(_("The address of a picture was left out. Import the table as a file to keep it."))
    texts = {field: cells[fields[field]] if field in fields else "" for field in ("title", "id", "description")}
    return Draft(
        name=line(texts["title"]),
        price=prices["price"],
        sale_price=prices["sale_price"],
        currency=named,
        code=line(texts["id"]),
        description=texts["description"].strip(),
        doubts=tuple(doubts),
    )
