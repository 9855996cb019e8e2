"""Meta's catalog feed: read from a table, brought into the shop, and written from it."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from desktop.exchange.feed_cells import (
    BLANK,
    COLUMNS,
    REQUIRED,
    Home,
    column_name,
    line,
    picture_address,
    read_cells,
    read_money,
    write_cells,
)
from desktop.exchange.feed_items import Items, items_with_pictures
from desktop.exchange.feed_rules import Cause, Tally
from desktop.exchange.files import write_file
from desktop.exchange.incoming import Feed
from desktop.exchange.tables import BadTable, Problem, Table
from desktop.i18n import _, formats
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile, update_profile
from desktop.services.web import web_address

CHUNK = 65_536  # characters written at a time


@dataclass
class Report:
    """What an import did to how many items, and what was wrong with which rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every row and cell was taken; there may be warnings."""
        return not self.skipped and all(problem.warning for problem in self.problems)


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


# Bringing it in


def import_feed(session: Session, feed: Feed) -> Report:
    """Add the items of a feed, and change those whose code (without one: whose name) the shop has already.

    An empty cell leaves what the item has. Pictures are kept as addresses; what a row says of them replaces other
    addresses, never pictures that the shop keeps itself. A shop without a currency takes the one that most prices
    name. Refused are rows without a name for a new item, and those with the code of another row: of rows with one code
    the first with a name counts, whatever the shop has, so that a second import changes nothing.
    """
    _take_currency(session, feed)
    session.flush()
    home = _home(session)
    report = Report(problems=list(feed.problems))
    shop = Items(session)
    counts = _first_rows(feed)
    for row, cells in feed.rows:
        code = line(cells.get("id", ""))
        if code and counts[code] != row:
            report.problems.append(_duplicate(row, code, counts[code]))
            report.skipped += 1
            continue
        item = shop.find(code, line(cells.get("title", "")))
        if item is None and "title" not in cells:
            report.problems.append(_nameless(row))
            report.skipped += 1
            continue
        reading = read_cells(row, cells, item or BLANK, home)
        report.problems += reading.problems
        if item is None:
            shop.add(reading.values, [*filter(None, (reading.image,)), *reading.more_images])
            report.new += 1
        elif shop.change(item, reading.values) | shop.show(item["id"], reading.image, reading.more_images):
            report.changed += 1
        else:
            report.unchanged += 1
    shop.write()
    report.problems.sort(key=lambda problem: problem.row)
    return report


def _first_rows(feed: Feed) -> dict[str, int]:
    """Return the row that counts for each code: the first that names the item, or where none does the first."""
    named: dict[str, int] = {}
    first: dict[str, int] = {}
    for row, cells in feed.rows:
        code = line(cells.get("id", ""))
        first.setdefault(code, row)
        if "title" in cells:
            named.setdefault(code, row)
    return first | named


def _take_currency(session: Session, feed: Feed) -> None:
    """Give a shop without a currency the one that most prices of a feed name."""
    if read_profile(session).currency:
        return
    named: Counter[str] = Counter()
    for cell, count in Counter(cells.get("price", "") for _row, cells in feed.rows).items():
        with suppress(Invalid):
            named[read_money(cell, "")[1]] += count
    named.pop("", None)
    if named:
        update_profile(session, None, currency=named.most_common(1)[0][0])


def _home(session: Session) -> Home:
    profile = read_profile(session)
    try:
        zone = ZoneInfo(profile.time_zone or "UTC")
    except (KeyError, ValueError, OSError):  # no name of a zone
        zone = ZoneInfo("UTC")
    return Home(profile.currency, zone)


def _duplicate(row: int, code: str, first: int) -> Problem:
    message = _("Row {row}: the code {code} is in row {first} already. Give this item a code of its own.").format(
        row=formats.number(row), code=formats.ltr(code), first=formats.number(first)
    )
    return Problem(row, "id", "duplicate_code", message)


def _nameless(row: int) -> Problem:
    message = _("Row {row}: the item has no name. Write one in the column {column}.")
    message = message.format(row=formats.number(row), column=formats.ltr("title"))
    return Problem(row, "title", "name_missing", message)


# Writing it


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
    home = _home(session)
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
