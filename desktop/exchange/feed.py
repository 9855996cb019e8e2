"""Meta's catalog feed: read from a table, brought into the shop, and written from it."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from desktop.exchange.feed_cells import (
    COLUMNS,
    REQUIRED,
    Home,
    column_name,
    picture_address,
    write_cells,
)
from desktop.exchange.feed_items import items_with_pictures
from desktop.exchange.feed_rules import Cause, Tally
from desktop.exchange.files import write_file
from desktop.exchange.incoming import Feed
from desktop.exchange.tables import BadTable, Problem, Table
from desktop.i18n import _, formats
from desktop.services.profile import read_profile
from desktop.services.web import web_address

CHUNK = 65_536  # characters written at a time


def read_feed(table: Table) -> Feed:
    """Find Meta's columns in a table, whatever their case and however their words are joined.

    Columns that Meta does not know are kept under their own names. A column that Meta requires and that is missing is
    a warning. Raises BadTable where no column is known.
    """
    names: list[str] = []
    for header in table.header:
        name = column_name(header)
        names.append(header if name in names else name)
    if not set(names) & set(COLUMNS):
        message = _("No column of this file is known. Name them as Meta does: {columns}…")
        raise BadTable(message.format(columns=formats.ltr(", ".join(("id", "title", "price", "image_link")))))
    problems = list(table.warnings)
    for column in REQUIRED:
        if column not in names:
            message = _("There is no column {column}. The items are taken without it, but Meta's catalog asks for it.")
            message = message.format(column=formats.ltr(column))
            problems.append(Problem(1, column, "column_missing", message, warning=True))
    rank = {column: place for place, column in enumerate(COLUMNS)}
    order = sorted(range(len(names)), key=lambda place: rank.get(names[place], len(rank)))
    rows = [(row, {names[i]: cells[i] for i in order if cells[i].strip()}) for row, cells in table.rows]
    return Feed(rows, problems)


# Writing it


def home_of(session: Session) -> Home:
    """Return what items take from this shop."""
    profile = read_profile(session)
    try:
        zone = ZoneInfo(profile.time_zone or "UTC")
    except (KeyError, ValueError, OSError):  # no name of a zone
        zone = ZoneInfo("UTC")
    return Home(profile.currency, zone)


def write_feed(session: Session, out: Path | BinaryIO, base_url: str = "") -> list[Cause]:
    """Write the whole catalog as CSV in UTF-8 (RFC 4180, no mark at the start), and return what Meta will not like.

    There is a column for all that Meta requires, for `status`, and for what any item has; the texts are those of the
    shop, not made harmless for spreadsheets. Pictures without an address are given the one that they have once their
    files (`picture_name`) are at `base_url`. Item links are only the owner's own: Meta wants the shop's domain there.
    Raises CannotWrite, and Invalid for a `base_url` that is none.
    """
    base_url = web_address("base_url", base_url).rstrip("/")
    tally = Tally()
    pieces = _pieces(session, base_url, tally)
    if isinstance(out, Path):
        write_file(out, pieces)
    else:
        out.writelines(pieces)
    return tally.causes()


def _pieces(session: Session, base_url: str, tally: Tally) -> Iterator[bytes]:
    home = home_of(session)
    used: dict[str, None] = {}
    for cells in _rows(session, home, base_url):
        used |= dict.fromkeys(cells)
    columns = [column for column in COLUMNS if column in used or column in REQUIRED]
    columns += [column for column in used if column not in COLUMNS]
    buffer = StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for cells in _rows(session, home, base_url):
        tally.add(cells)
        writer.writerow(cells)
        if buffer.tell() > CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _rows(session: Session, home: Home, base_url: str) -> Iterator[dict[str, str]]:
    """Return the filled cells of every item, in the owner's order."""
    for item, pictures in items_with_pictures(session):
        addresses = [picture_address(picture.url, picture.file, base_url) for picture in pictures]
        yield write_cells(item, addresses, home)
