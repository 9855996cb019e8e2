"""The customers as a table (CSV or XLSX) to work in, which comes back as it was written."""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, BinaryIO, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer
from desktop.exchange.contact_cells import MOMENTS, shown_number
from desktop.exchange.contact_tables import OWN
from desktop.exchange.encoding import UNKEPT
from desktop.exchange.files import write_file
from desktop.exchange.inert import fitting, inert
from desktop.services.labels import labels_of

Kind = Literal["csv", "xlsx"]
NUMBERS = re.compile(r"\+\d{7,15}(?:\n\+\d{7,15})*")  # begin like a formula, and are none


def write_customers(session: Session, out: Path | BinaryIO, kind: Kind = "csv") -> int:
    """Write a row for each customer, and return how many. Nothing in it is a formula, and numbers are text.

    A text that no cell of a workbook holds is left out of it, which importing leaves alone. Raises CannotWrite.
    """
    rows = list(_rows(session))
    data = _workbook(rows) if kind == "xlsx" else _table(rows)
    if isinstance(out, Path):
        write_file(out, data)
    else:
        out.write(data)
    return len(rows)


def _rows(session: Session) -> Iterator[list[str]]:
    customers = list(session.scalars(select(Customer).order_by(Customer.sort_key, Customer.id)))
    labels = labels_of(session, [customer.id for customer in customers])
    for customer in customers:
        names = "\n".join(name for name, _colour in labels.get(customer.id, ()))
        yield [names if column == "labels" else _cell(column, getattr(customer, column)) for column in OWN]


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in MOMENTS:
        return dt.datetime.fromtimestamp(value, dt.UTC).isoformat()
    if column == "saved":
        return "yes" if value else ""
    if column in ("phone", "more_phones"):
        value = "\n".join(map(shown_number, value.split("\n")))
    return UNKEPT.sub("", str(value))


def _table(rows: list[list[str]]) -> bytes:
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(OWN)
    for cells in rows:
        writer.writerow([cell if NUMBERS.fullmatch(cell) else inert(cell) for cell in cells])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _workbook(rows: list[list[str]]) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(OWN) - 1, 18, text)
        for place, column in enumerate(OWN):
            sheet.write_string(0, place, column, bold)
        for number, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                if cell and fitting(cell) == cell:
                    sheet.write_string(number, place, cell, text)
    return out.getvalue()
