"""What can still be read of a damaged shop file, as a new shop; the damaged file is only read, from a copy of it."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import NullPool, Table, insert
from sqlalchemy.exc import SQLAlchemyError

from desktop.data import engines, kept_pictures
from desktop.data.files import draft_of, sync_file, sync_folder
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.models import Blob, Profile, all_tables
from desktop.data.orphans import mend
from desktop.data.restore import Contents, read_contents
from desktop.data.search import rebuild
from desktop.i18n import _, formats

BATCH = 500  # rows
LAST = 1 << 62  # above every id
PATIENCE = 5_000  # ids that are tried one by one where a table is damaged, before they are skipped by leaps
LEFT_OUT = {"action", "journal", "export", "alembic_version"}  # the new shop has a history, and a version, of its own


class Salvaged(NamedTuple):
    """The new shop, and what is in it; `whole` says whether every table could be read to its end."""

    path: Path
    contents: Contents
    whole: bool


def salvage(shop: Path, into: Path) -> Salvaged:
    """Make a shop at `into` of every row of `shop` that can be read; what names a lost row names none.

    Raises engines.Refused if there is nothing to be read, or no room, and FileExistsError rather than write over
    anything.
    """
    if into.exists():
        raise FileExistsError(into)
    try:
        with draft_of(into) as draft:
            with tempfile.TemporaryDirectory(prefix="dukkan-", ignore_cleanup_errors=True) as folder:
                copy = _copy(shop, Path(folder))
                create_sqlite(draft)
                whole = _bring_over(copy, draft, shop)
            contents = read_contents(draft)
            sync_file(draft)
            draft.rename(into)
            sync_folder(into.parent)
    except (OSError, sqlite3.OperationalError) as error:
        message = _("What is readable in {name} cannot be written: there is no room, or the folder may not be changed.")
        raise engines.NotWritable(message.format(name=formats.auto(shop.name))) from error
    return Salvaged(into, contents, whole)


def _copy(shop: Path, folder: Path) -> Path:
    """Copy the file and its log, and fill up what was cut off: SQLite reads no file that is shorter than it says."""
    copy = folder / "damaged.db"
    shutil.copyfile(shop, copy)
    with suppress(FileNotFoundError):
        shutil.copyfile(shop.with_name(f"{shop.name}-wal"), folder / "damaged.db-wal")
    with copy.open("r+b") as file:
        head = file.read(100)
        page = int.from_bytes(head[16:18]) or 4096
        said = int.from_bytes(head[28:32]) * (65_536 if page == 1 else page)
        size = file.seek(0, os.SEEK_END)
        if head[:16] == engines.MAGIC and size < said <= max(size * 100, 1 << 20):
            file.truncate(said)
    return copy


def _bring_over(copy: Path, draft: Path, shop: Path) -> bool:
    tables = [table for table in all_tables().sorted_tables if table.name not in LEFT_OUT]
    engine = engines.sqlite_engine(draft, "BEGIN IMMEDIATE", ("foreign_keys = OFF",), poolclass=NullPool)
    found, whole = 0, True
    try:
        with closing(_open(copy)) as old, engine.begin() as new:
            new.exec_driver_sql("DELETE FROM profile")
            for table in tables:
                names = _columns(old, table)
                if not names:
                    whole = False
                    continue
                reader = _Reader(old, table, names)
                batch: list[dict[str, Any]] = []
                for row in reader.rows():
                    if kept := _sound(table, dict(zip(names, row, strict=True)), shop):
                        batch.append(kept)
                    if len(batch) == BATCH:
                        found += _insert(new, table, batch)
                        batch = []
                found += _insert(new, table, batch)
                whole = whole and reader.whole
            if not found:
                raise engines.damaged(shop)
            if not new.exec_driver_sql("SELECT 1 FROM profile").first():
                new.execute(insert(Profile).values(id=1, version=1))
            raw: Any = new.connection.driver_connection
            mend(raw)
            rebuild(new)
    except sqlite3.DatabaseError as error:  # not even the names of the tables
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise engines.damaged(shop) from error
    except SQLAlchemyError as error:
        raise engines.damaged(shop) from error
    finally:
        engine.dispose()
    return whole


def _open(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA writable_schema = ON")  # go on reading where the names of some tables are damaged
    return connection


def _columns(old: sqlite3.Connection, table: Table) -> list[str]:
    """Return the columns of a table that both files have; none if the old one has no such table."""
    try:
        there = {row[1] for row in old.execute(f'PRAGMA table_info("{table.name}")')}
    except sqlite3.DatabaseError:
        return []
    return [column.name for column in table.columns if column.name in there]


class _Reader:
    """Reads a table from its beginning; where it is damaged, also from its end, and then on behind the damage."""

    def __init__(self, connection: sqlite3.Connection, table: Table, names: list[str]) -> None:
        self.whole = True
        self._connection = connection
        columns = ", ".join(f'"{name}"' for name in names)
        self._query = f'SELECT rowid, {columns} FROM "{table.name}" NOT INDEXED WHERE rowid > ? AND rowid < ?'

    def rows(self) -> Iterator[list[Any]]:
        """Yield each readable row once."""
        last, end, tries, leap = 0, LAST, 0, 1
        while last < end:
            try:
                for rowid, *row in self._connection.execute(f"{self._query} ORDER BY rowid", (last, end)):
                    yield row
                    last = rowid
                return
            except sqlite3.DatabaseError:
                if self.whole:
                    self.whole = False
                    tail = []
                    with suppress(sqlite3.DatabaseError):
                        for rowid, *row in self._connection.execute(f"{self._query} ORDER BY rowid DESC", (last, end)):
                            tail.append(row)
                            end = rowid
                    yield from tail
                tries += 1
                leap = 1 if tries < PATIENCE else leap * 2
                last += leap


def _sound(table: Table, row: dict[str, Any], shop: Path) -> dict[str, Any] | None:
    """Return a row as the models want it, or None if damage has made nonsense of it."""
    for column in table.columns:
        if column.name in row:
            value = row[column.name]
            if value is None:
                if not column.nullable:
                    return None
            elif not isinstance(value, column.type.python_type):
                if not (column.type.python_type is bool and value in (0, 1)):
                    return None
                row[column.name] = bool(value)
    if table is Blob.__table__:
        folder = shop.parent / kept_pictures.FOLDER
        data = kept_pictures.read(row["data"], folder)
        if data is None or hashlib.sha256(data).hexdigest() != row["sha256"]:
            return None
        row["data"], row["thumbnail"] = data, kept_pictures.read(row["thumbnail"], folder) or data
    return row


def _insert(new: Any, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert what can be inserted of `rows`, and return how many those are."""
    if not rows:
        return 0
    try:
        with new.begin_nested():
            new.execute(insert(table), rows)
        return len(rows)
    except SQLAlchemyError:
        done = 0
        for row in rows:
            with suppress(SQLAlchemyError), new.begin_nested():
                new.execute(insert(table), row)
                done += 1
        return done
