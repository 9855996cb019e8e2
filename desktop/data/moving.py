"""Moving a whole shop between a file and a server: every row and picture, compared before any of it counts."""

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from sqlalchemy import Connection, NullPool, Table, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from desktop.data import engines, history, passwords, search, server
from desktop.data.database import Cancelled
from desktop.data.engines import HEAD, Refused
from desktop.data.files import draft_of, sync_file, sync_folder
from desktop.data.lock import Lock, lock_path
from desktop.data.many import Tell, silent
from desktop.data.models import Blob, Profile, all_tables
from desktop.i18n import _, formats

ROWS = 1_000  # rows on their way at once; of pictures fewer, as each is large
PICTURES = 16


class Moved(NamedTuple):
    """What came of it: the rows of each table, and where the shop is kept as it was (a file or an address)."""

    tables: dict[str, int]
    kept: Path | str


class Sums(NamedTuple):
    """How many rows a table has, and the sum of the digests of each, in whatever order they come."""

    rows: int = 0
    digest: int = 0


def move(source: Path | str, target: Path | str, tell: Tell = silent, cancelled: Event | None = None) -> Moved:
    """Put the shop `source`, which nobody may have open, into `target`: a new file or an empty database.

    All tables go with their ids, the history too. What has arrived is read again and compared, row by row, before any
    of it counts; then the source is kept as it was, under a name or with a note that says so. Raises Refused or
    lock.Locked, and Cancelled once `cancelled` is set, with nothing changed on either side. `tell` hears of rows done,
    and of how many.
    """
    if isinstance(source, Path) and isinstance(target, Path):
        raise Refused(_("One of the two has to be on a server. To copy a shop, copy its file."))
    with ExitStack() as stack:
        try:
            old, mark = stack.enter_context(_leaving(source, target))
            new, finish = stack.enter_context(_arriving(target))
            counted = _copy(old, new, tell, cancelled)
            finish()
            kept = mark()
        except DBAPIError as error:
            raise _explained(error, source, target) from error
        except OSError as error:
            raise engines.not_writable(target if isinstance(target, Path) else Path(source), error) from error
    return Moved(counted, kept)


def _explained(error: DBAPIError, source: Path | str, target: Path | str) -> Exception:
    """Return what to tell of a database that stopped answering, or has no room."""
    if isinstance(error.orig, sqlite3.Error):
        place = target if isinstance(target, Path) else Path(source)
        return engines.not_writable(place, error)
    if getattr(error.orig, "sqlstate", None) == "53100":
        return Refused(_("The disk of the server is full. Nothing was moved, and the shop is as it was."))
    return server.refusal(error, target if isinstance(target, str) else str(source)) or error


def _copy(old: Connection, new: Connection, tell: Tell, cancelled: Event | None) -> dict[str, int]:
    """Copy every table and compare what has arrived; return how many rows each has."""
    tables = all_tables().sorted_tables
    total = 2 * sum(old.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done += rows
        tell(done, total)
        if cancelled and cancelled.is_set():
            raise Cancelled

    new.execute(delete(Profile))  # the blank one of a new shop
    sums = {table.name: _bring(old, new, table, step) for table in tables}
    for table in tables:
        _number_on(old, new, table)
    for table in tables:
        arrived = Sums()
        with closing(_batches(new, table)) as batches:
            for rows in batches:
                arrived = _add(arrived, rows)
                step(len(rows))
        if arrived != sums[table.name]:
            message = _("What arrived is not the same as what was sent. Nothing was moved, and the shop is as it was.")
            raise Refused(message)
    return {name: found.rows for name, found in sums.items()}


def _bring(old: Connection, new: Connection, table: Table, step: Callable[[int], None]) -> Sums:
    sums = Sums()
    names = [column.name for column in table.columns]
    with _writing(new, table) as write, closing(_batches(old, table)) as batches:
        for rows in batches:
            write(names, rows)
            sums = _add(sums, rows)
            step(len(rows))
    return sums


def _batches(connection: Connection, table: Table) -> Generator[list[tuple[Any, ...]], None, None]:
    """Yield all rows of a table, some at a time: without NUL, which no server keeps."""
    at_once = PICTURES if table.name == Blob.__tablename__ else ROWS
    with connection.execute(select(table), execution_options={"yield_per": at_once}) as found:
        for some in found.partitions():
            yield [
                tuple(value.replace("\0", "") if isinstance(value, str) and "\0" in value else value for value in row)
                for row in some
            ]


@contextmanager
def _writing(connection: Connection, table: Table) -> Iterator[Callable[[list[str], list[tuple[Any, ...]]], None]]:
    """Give a function that adds rows to a table in the quickest way its database has."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "sqlite":
        statement = insert(table)

        def add(columns: list[str], rows: list[tuple[Any, ...]]) -> None:
            connection.execute(statement, [dict(zip(columns, row, strict=True)) for row in rows])

        yield add
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:

        def send(_columns: list[str], rows: list[tuple[Any, ...]]) -> None:
            for row in rows:
                copy.write_row(row)

        yield send


def _add(sums: Sums, rows: list[tuple[Any, ...]]) -> Sums:
    digest = sums.digest
    for row in rows:
        digest += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest())
    return Sums(sums.rows + len(rows), digest % (1 << 64))


def _number_on(old: Connection, new: Connection, table: Table) -> None:
    """Have new rows numbered from where the old ones ended, also where the last of them are gone."""
    key = next(iter(table.primary_key))
    if key.name not in ("id", "seq"):
        return
    if old.dialect.name == "sqlite":
        last = old.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table.name})
    else:
        sequence = old.scalar(
            text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": table.name, "key": key.name}
        )
        last = old.scalar(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"))
    last = max(last or 0, old.scalar(select(func.max(key))) or 0)
    if not last:
        return
    if new.dialect.name == "sqlite":
        new.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table.name})
        new.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), {"table": table.name, "last": last}
        )
    else:
        new.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :key), :last)"),
            {"table": table.name, "key": key.name, "last": last},
        )


# Where it comes from


@contextmanager
def _leaving(source: Path | str, target: Path | str) -> Iterator[tuple[Connection, Callable[[], Path | str]]]:
    """Hold a shop that nobody changes meanwhile; the function marks it as moved, and returns where it is kept."""
    if isinstance(source, str):
        with _leaving_server(passwords.hold(source), target) as held:
            yield held
        return
    engines.check_file(source)
    try:
        lock = Lock(lock_path(source))
    except OSError as error:
        raise engines.not_writable(source, error) from error
    try:
        writer, readers = engines.open_engines(source)
        moved = False

        def mark() -> Path:
            nonlocal moved
            moved = True
            return _kept_name(source)

        try:
            with readers.connect() as connection:
                yield connection, mark
        finally:
            readers.dispose()
            with writer.begin():  # the last to close it takes the log in, and away
                pass
            writer.dispose()
            if moved:
                source.rename(_kept_name(source))
                sync_folder(source.parent)
    finally:
        lock.release()


def _kept_name(source: Path) -> Path:
    """Return under which name the file of a shop that has moved is kept beside where it was."""
    # TRANSLATORS: the end of a file's name: {date} as in 2026-11-22.
    words = _("moved {date}").format(date=dt.datetime.now().astimezone().date().isoformat())
    kept = source.with_name(f"{source.stem} ({words}){source.suffix}")
    number = 2
    while kept.exists():
        kept = source.with_name(f"{source.stem} ({words}, {number}){source.suffix}")
        number += 1
    return kept


@contextmanager
def _leaving_server(address: str, target: Path | str) -> Iterator[tuple[Connection, Callable[[], str]]]:
    engine = server.engine(address, isolation_level="REPEATABLE READ", poolclass=NullPool)
    try:
        if engines.server_revision(engine, writing=True) != HEAD:
            raise engines.Missing(_("There is no shop in this database yet; “dukkan new” starts one."))
        with engine.connect() as turn, engine.connect() as connection:
            turn.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            server.take_turn(turn, 5)
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")

            def mark() -> str:
                name = target.name if isinstance(target, Path) else server.plain(target)
                quoted = (server.MOVED + name).replace("'", "''")
                turn.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{quoted}'".replace("%", "%%"))
                turn.commit()
                return address

            yield connection, mark
    finally:
        engine.dispose()


# Where it goes


@contextmanager
def _arriving(target: Path | str) -> Iterator[tuple[Connection, Callable[[], None]]]:
    """Make the tables of an empty shop; what is put into them counts once the function is called."""
    with _arriving_file(target) if isinstance(target, Path) else _arriving_server(passwords.hold(target)) as arriving:
        yield arriving


@contextmanager
def _arriving_file(target: Path) -> Iterator[tuple[Connection, Callable[[], None]]]:
    from desktop.data.migrations.upgrade import create_sqlite

    _need_nothing(target)
    with draft_of(target) as draft:
        create_sqlite(draft)
        pragmas = ("foreign_keys = OFF", "journal_mode = DELETE", "synchronous = OFF", "cache_size = -65536")
        engine = engines.sqlite_engine(draft, "BEGIN IMMEDIATE", pragmas, poolclass=NullPool)
        with engine.connect() as connection:

            def finish() -> None:
                search.rebuild(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Refused(_("Part of the shop on the server belongs to nothing. Nothing was moved."))
                connection.commit()
                connection.close()
                sync_file(draft)
                _need_nothing(target)
                draft.replace(target)
                sync_folder(target.parent)

            yield connection, finish


def _need_nothing(target: Path) -> None:
    if target.exists():
        message = _("{name} exists already and was left as it is. Choose another name.")
        raise server.NotEmpty(message.format(name=formats.auto(target.name)))


@contextmanager
def _arriving_server(address: str) -> Iterator[tuple[Connection, Callable[[], None]]]:
    from desktop.data.migrations.upgrade import prepare_postgresql

    engine = server.engine(address, isolation_level="READ COMMITTED", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            _need_empty(connection, address)
            prepare_postgresql(connection)
            tables = ", ".join(history.journaled())
            _switch_journal(connection, "DISABLE")

            def finish() -> None:
                connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
                _switch_journal(connection, "ENABLE")
                connection.exec_driver_sql(f"ANALYZE {tables}")
                connection.commit()

            yield connection, finish
    finally:
        engine.dispose()


def _switch_journal(connection: Connection, way: str) -> None:
    """Have rows noted in the journal as they come, or not."""
    for name in history.journaled():
        connection.exec_driver_sql(f"ALTER TABLE {name} {way} TRIGGER write_journal")


def _need_empty(connection: Connection, address: str) -> None:
    """Raise NotEmpty unless the database has no tables of such names, or those of a shop that nobody has begun."""
    names = [table.name for table in all_tables().sorted_tables]
    there = connection.execute(
        text(
            "SELECT name FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL"
        ),
        {"names": [*names, "alembic_version"]},
    ).scalars()
    found = set(there)
    filled = bool(found) and found != {*names, "alembic_version"}
    for name in () if filled else found - {"profile", "alembic_version"}:
        filled = filled or connection.exec_driver_sql(f"SELECT 1 FROM {name} LIMIT 1").first() is not None
    if found and not filled:
        filled = connection.exec_driver_sql("SELECT 1 FROM profile WHERE name <> ''").first() is not None
    if filled:
        message = _("There is something in the database {server} already, and it was left as it is. Use an empty one.")
        raise server.NotEmpty(message.format(server=server.shown(address)))
