"""Opening the shop that a command names."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.failures import BAD_DATA, NOT_FOUND, UNAVAILABLE, Failure
from desktop.cli.output import say
from desktop.i18n import _

if TYPE_CHECKING:  # loaded when a command opens a shop, not to read its arguments
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.orm import Session

    from desktop.data.database import Database

SCHEMES = ("postgresql:", "postgres:", "postgresql+psycopg:")


def where(shop: str) -> Path | str:
    """Return what SHOP means: the URL of a database as it is, anything else as a path."""
    return shop if shop.startswith(SCHEMES) else Path(shop)


@contextmanager
def opened(shop: str, *, read_only: bool = False) -> Iterator["Database"]:
    """Open a shop for a block: with its lock to write, without it to read only. Raises what `failures` knows."""
    from sqlalchemy.exc import DBAPIError

    from desktop.data.database import Database

    place = where(shop)
    if isinstance(place, str):
        _check_address(place)
    try:
        database = Database(place, read_only=read_only)
        if isinstance(place, Path):
            database.on_large = partial(_back_up, place)
        try:
            yield database
        finally:
            database.close()
    except DBAPIError as error:
        raise _explained(error, place) from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        message = _("A shop on a server needs one more part of Dukkan: pip install 'dukkan[postgres]'")
        raise Failure(UNAVAILABLE, message) from error


@contextmanager
def reading(shop: str) -> Iterator["Session"]:
    """Read one moment of a shop, whoever else has it open."""
    with opened(shop, read_only=True) as database, database.reader() as session:
        yield session


def note_export(
    shop: str, kind: str, path: Path, options: Mapping[str, object], phone: str = "", items: int = 0
) -> None:
    """Note in a shop what was made of it, unless it cannot be written now: somebody else has it open, say."""
    from sqlalchemy.exc import DBAPIError

    from desktop.data.database import NotWritten, ReadOnly
    from desktop.data.engines import Refused
    from desktop.data.lock import Locked
    from desktop.services.exports import record

    with suppress(DBAPIError, Locked, NotWritten, ReadOnly, Refused), opened(shop) as database:
        database.run_unrecorded(record, kind, path, options, phone, items)


def _back_up(shop: Path) -> None:
    """Keep a shop as it is before a large change; that this cannot be done is said, and stops nothing."""
    from desktop import config
    from desktop.data.backups import NotBackedUp, Snapshot, make_backup

    try:
        with closing(Snapshot(shop)) as snapshot:
            make_backup(snapshot, *config.backup_roots())
    except NotBackedUp as error:
        say(str(error))


def _check_address(url: str) -> None:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number is the latter
        message = _("This is no address of a database. It looks like postgresql://user@host/shop.")
        raise Failure(BAD_DATA, message) from error


def _explained(error: "DBAPIError", place: Path | str) -> Exception:
    """Return what to tell about a database that does not answer as it should; the very error if it is our own."""
    import sqlite3

    from desktop.data import engines

    if isinstance(place, Path):
        code = int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF
        return engines.damaged(place) if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else error
    state = getattr(error.orig, "sqlstate", None)
    if state == "42P01":  # no such table
        return Failure(NOT_FOUND, _("There is no shop in this database yet; “dukkan new” starts one."))
    if state is None or state[:2] in ("08", "28", "3D", "57"):  # no connection, login, database or server
        return Failure(
            NOT_FOUND, _("The database cannot be reached. Check its address, and that its server is running.")
        )
    return error
