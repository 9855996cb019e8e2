"""Opening engines: one that writes and one that only reads, on a SQLite file or a PostgreSQL server."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from desktop.data import triggers
from desktop.data.refusals import wrapped
from desktop.i18n import _, formats

HEAD = 4  # the migration that the models are written for; `test_migrations` holds the two together
APPLICATION_ID = int.from_bytes(b"Dukn", "big")
THIN_ID = int.from_bytes(b"Dukb", "big")  # of a backup whose pictures are kept beside it: see `data.kept_pictures`
MAGIC = b"SQLite format 3\0"
PRAGMAS = (
    "busy_timeout = 5000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # or REPLACE would delete rows unseen by the journal
)
WRITER = (
    *PRAGMAS,
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",  # for macOS, where a drive keeps to itself for a while what is synced otherwise
    "cache_size = -32768",  # room for what one large action changes, taken when needed: with 2 MB it is written twice
)
READER = (*PRAGMAS, "query_only = ON")


class Refused(Exception):
    """A file that cannot be opened as a shop; it is left as it was found. Its text says what to do."""


class Missing(Refused):
    """There is no such file."""


class NotReadable(Refused):
    """There is a file, which this person may not open."""


class Damaged(Refused):
    """The file is a shop, or was one, and part of it cannot be read."""


class Newer(Refused):
    """The file was written by a newer version of the program."""


class InUse(Refused):
    """Another program than Dukkan holds the file, so that it cannot be changed now."""


class NotWritable(Refused):
    """The file is a shop, but cannot be changed where it is."""


def check_file(path: Path, *, backup: bool = False) -> int:
    """Return the revision of a shop file, or raise Refused. With `backup` it may be one whose pictures are beside it.

    Only bytes are read: a mere PRAGMA can change another program's database, and an empty file
    opens as a healthy one. Sizes are in the header: https://sqlite.org/fileformat.html.
    """
    name = formats.auto(path.name)
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError as error:
        raise Missing(_("There is no shop at {path}.").format(path=formats.ltr(str(path)))) from error
    except IsADirectoryError as error:
        raise a_folder(path) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Missing(_("There is no shop at {path}.").format(path=formats.ltr(str(path)))) from error
        if path.is_dir():  # what Windows calls a PermissionError
            raise a_folder(path) from error
        raise NotReadable(_("{name} cannot be read. Check that you may open it.").format(name=name)) from error
    if not head:
        raise Damaged(_("{name} is empty. Restore it from a copy.").format(name=name))
    kind = int.from_bytes(head[68:72])
    if head[:16] == MAGIC and kind == THIN_ID and not backup:
        message = _("{name} is a backup without its pictures. Restore it from the menu Shop.")
        raise Refused(message.format(name=name))
    if head[:16] != MAGIC or kind not in (APPLICATION_ID, THIN_ID):
        raise Refused(_("{name} is not a Dukkan shop. Choose a file that Dukkan made.").format(name=name))
    revision = int.from_bytes(head[60:64])
    if revision > HEAD:
        raise Newer(_("{name} was saved by a newer version of Dukkan. Update Dukkan to open it.").format(name=name))
    page = int.from_bytes(head[16:18]) or 1
    pages = int.from_bytes(head[28:32])
    counted = head[24:28] == head[92:96]  # else the number of pages is not to be trusted
    if counted and size < pages * (65_536 if page == 1 else page) and not _has_log(path):
        raise damaged(path)
    return revision


def a_folder(path: Path) -> Refused:
    """Return the refusal of a folder."""
    message = _("{name} is a folder. Choose the shop file inside it.")
    return Refused(message.format(name=formats.auto(path.name or str(path))))


def damaged(path: Path, writing: bool = False) -> Damaged:
    """Return the refusal of a file whose contents cannot be read, or in which part of what is there is in the way."""
    message = _("{name} is damaged: part of it is missing or cannot be read. Restore it from a copy.")
    if writing:
        message = _("{name} is damaged, so the last change was not saved. Restore it from a copy.")
    return Damaged(message.format(name=formats.auto(path.name)))


def is_damage(error: BaseException) -> bool:
    """Whether the database has found that what it reads is not what it wrote."""
    code = int(getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def check_to_write(path: Path) -> None:
    """Raise Refused unless this is a shop file that may be changed; only bytes are read."""
    check_file(path)
    if not _may_write(path):
        raise not_writable(path, PermissionError())


def _may_write(path: Path) -> bool:
    """Whether the system lets us change a file, or what is in a folder: it is not opened, which would end its locks."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def no_room(error: BaseException) -> bool:
    """Whether the system refused something because the disk is full."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    code = int(getattr(getattr(error, "orig", error), "sqlite_errorcode", 0))
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)  # the latter: no log for readers to share


def not_writable(path: Path, error: Exception) -> NotWritable:
    """Return the refusal of a shop in a place where nothing can be written, which made the system raise `error`."""
    if no_room(error):
        return NotWritable(_("There is no room left on the disk. Make room and try again."))
    message = _("{name} cannot be changed where it is. Copy it to a folder of your own, or open it to read only.")
    if os.access(path, os.F_OK) and _may_write(path.parent) and not _may_write(path):
        message = _("{name} is protected from changes. Allow them in its properties, or open it to read only.")
    return NotWritable(message.format(name=formats.auto(path.name)))


def open_engines(where: Path | str) -> tuple[Engine, Engine]:
    """Return (writer, readers), after bringing the tables up to date. Raises Refused."""
    return _open_sqlite(where) if isinstance(where, Path) else _open_postgresql(where)


def open_readers(where: Path | str) -> Engine:
    """Return an engine that only reads, and leaves the tables as they are. Raises Refused."""
    if isinstance(where, str):
        return _open_postgresql_readers(where)
    if check_file(where) != HEAD:
        message = _("{name} is from an older version of Dukkan. Open it once to write, and it is brought up to date.")
        raise Refused(message.format(name=formats.auto(where.name)))
    again: dict[str, Any] = {}
    if not _may_write(where):  # each time anew, because its owner may begin to write it
        again = {"poolclass": NullPool, "creator": lambda: _connect(where)}
    engine = sqlite_engine(where, "BEGIN", READER, **again)
    try:
        _probe(engine)
    except DBAPIError as error:
        engine.dispose()
        if no_room(error) and _has_log(where):  # whose changes would not be seen
            raise not_writable(where, error) from error
        if not no_room(error) and _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise damaged(where) from error
        # A place where nothing can be written, not even the log that readers share: then nobody else writes either.
        engine = sqlite_engine(where, "BEGIN", READER, creator=lambda: _connect(where, unchanging=True))
        _probe(engine)
    return engine


def hold_moment(path: Path) -> sqlite3.Connection:
    """Return a connection that reads a shop file as it is now, until it is closed, in any thread.

    Raises sqlite3.Error.
    """
    try:
        return _hold(_connect(path))
    except sqlite3.Error as error:
        code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
        if code not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _has_log(path):
            raise
    return _hold(_connect(path, unchanging=True))  # nothing can be written: as in `open_readers`


def _connect(path: Path, unchanging: bool = False) -> sqlite3.Connection:
    """Open a file to read; as one that nobody changes if we may not and nobody else has it open.

    Otherwise a log comes to lie beside it, which only whoever may change the file takes away again. Whoever writes it
    has a log there for as long.
    """
    logs = (path.with_name(path.name + ending) for ending in ("-wal", "-journal"))
    unchanging = unchanging or not (_may_write(path) or any(log.exists() for log in logs))
    place = path.absolute().as_uri() + ("?immutable=1" if unchanging else "")
    return sqlite3.connect(place, isolation_level=None, check_same_thread=False, uri=True)


def _hold(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        for statement in ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF", "BEGIN"):
            connection.execute(statement)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is this one
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    """Whether the last changes are beside a file, in a log that is not taken in yet."""
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _open_sqlite(path: Path) -> tuple[Engine, Engine]:
    revision = check_file(path)
    try:
        if revision != HEAD:
            from desktop.data.migrations.upgrade import upgrade_sqlite

            upgrade_sqlite(path, revision)
        writer = sqlite_engine(path, "BEGIN IMMEDIATE", WRITER, pool_size=1, max_overflow=0)
        _probe(writer)
        event.listen(writer, "engine_connect", _journal)
    except DBAPIError as error:
        if no_room(error) or _code(error) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise not_writable(path, error) from error
        if _code(error) == sqlite3.SQLITE_BUSY:
            message = _("{name} is being used by another program. Close that program and try again.")
            raise InUse(message.format(name=formats.auto(path.name))) from error
        raise damaged(path) from error
    return writer, sqlite_engine(path, "BEGIN", READER)


def _journal(connection: Connection) -> None:
    """Have journaled what this connection writes, from before its first transaction; opening a shop writes nothing."""
    if not connection.info.get("journaled"):
        driver: Any = connection.connection.driver_connection
        try:
            triggers.journal_writes(driver)
        except sqlite3.Error as error:
            connection.close()  # nobody else gets it
            raise wrapped(error) from error
        connection.info["journaled"] = True


def _open_postgresql(address: str) -> tuple[Engine, Engine]:
    from desktop.data import server

    writer = server.engine(address, isolation_level="READ COMMITTED", pool_size=1, max_overflow=0)
    try:
        if server_revision(writer, writing=True) != HEAD:
            from desktop.data.migrations.upgrade import upgrade_postgresql

            upgrade_postgresql(writer)
        return writer, _open_postgresql_readers(address)
    except BaseException as error:
        writer.dispose()
        if isinstance(error, DBAPIError) and (refused := server.refusal(error, address)):
            raise refused from error
        raise


def _open_postgresql_readers(address: str) -> Engine:
    from desktop.data import server

    engine = server.engine(address, reading=True, isolation_level="REPEATABLE READ")
    try:
        if server_revision(engine) == 0:
            raise Missing(_("There is no shop in this database yet; “dukkan new” starts one."))
    except BaseException as error:
        engine.dispose()
        if isinstance(error, DBAPIError) and (refused := server.refusal(error, address)):
            raise refused from error
        raise
    return engine.execution_options(postgresql_readonly=True)


def sqlite_engine(path: Path, begin: str, pragmas: tuple[str, ...], **options: Any) -> Engine:
    """Make an engine that says BEGIN itself: the driver would leave reads and CREATE TABLE outside."""
    # What a statement carries is the owner's, and has no place in what is told of a statement that went wrong.
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True, **options)

    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _probe(engine: Engine) -> None:
    """Read something, so that a file that cannot be read says so now."""
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM alembic_version")).all()
        connection.execute(text("SELECT name FROM profile")).all()


def _code(error: DBAPIError) -> int:
    """Return SQLite's primary result code."""
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def server_revision(engine: Engine, writing: bool = False) -> int:
    """Return the number of the last migration of a PostgreSQL shop, without loading Alembic to ask; 0 for none."""
    query = "SELECT version_num, obj_description(to_regclass('alembic_version'), 'pg_class') FROM alembic_version"
    with engine.connect() as connection:
        try:
            found, note = connection.execute(text(query)).one()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == "42P01":  # no such table: a new database
                return 0
            raise
    if int(found) > HEAD:
        raise Newer(_("This shop was saved by a newer version of Dukkan. Update Dukkan to open it."))
    if writing and note:
        from desktop.data.server import MOVED, Moved

        if note.startswith(MOVED):
            message = _("This shop has been moved to {place}, and is kept here as it was. Open it there.")
            raise Moved(message.format(place=formats.ltr(note.removeprefix(MOVED))))
    return int(found)


@contextmanager
def interrupted_by(connection: Connection, cancelled: Event | None) -> Iterator[None]:
    """Stop what the database does on a connection as soon as `cancelled` is set: it raises DBAPIError then."""
    driver: Any = connection.connection.driver_connection
    if cancelled is None:
        yield
        return
    if connection.dialect.name != "sqlite":
        from desktop.data import server

        with server.interrupted_by(driver, cancelled):
            yield
        return
    driver.set_progress_handler(cancelled.is_set, 1_000_000)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
