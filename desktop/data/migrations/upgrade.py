"""Running the migrations: imported only when a shop is not up to date."""

import os
import secrets
import sqlite3
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, NullPool

from desktop.data import engines, triggers
from desktop.data.files import draft_of, sync_file, sync_folder
from desktop.data.refusals import wrapped
from desktop.data.search import rebuild

_turn = Lock()  # Alembic keeps what it is working on in globals


def config(connection: Connection) -> Config:
    """Return Alembic's settings for a run over `connection`."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def create_sqlite(path: Path) -> None:
    """Make the file of an empty shop. What exists under that name is never written over: FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _upgrade_sqlite(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def upgrade_sqlite(path: Path, current: int) -> None:
    """Bring the file up to date in one transaction, keeping a copy of the old one beside it."""
    copy = path.with_name(f"{path.stem}-{current:04}-{secrets.token_hex(4)}.bak")
    with draft_of(copy) as draft:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # SQLite would let everybody read it
        raw = engines.sqlite_engine(path, "BEGIN", (), poolclass=NullPool).raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(draft),))
        except sqlite3.Error as error:
            raise wrapped(error) from error
        finally:
            raw.close()
        sync_file(draft)  # which SQLite leaves to the system
        draft.replace(copy)
        sync_folder(copy.parent)
    _upgrade_sqlite(path)


def upgrade_postgresql(engine: Engine) -> None:
    """Bring a database up to date, in one transaction, whoever else starts at the same time."""
    with engine.begin() as connection:
        prepare_postgresql(connection)


def prepare_postgresql(connection: Connection) -> None:
    """Make the tables and triggers of a shop on a server, or bring them up to date, in the transaction that runs."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4)")  # two computers may start at once
    _upgrade(connection)
    triggers.install_postgresql(connection)


def _upgrade(connection: Connection) -> None:
    with _turn:
        command.upgrade(config(connection), "head")


def _upgrade_sqlite(path: Path) -> None:
    # With foreign keys on, rebuilding a table would delete its children; so they are checked at the end.
    engine = engines.sqlite_engine(path, "BEGIN IMMEDIATE", ("foreign_keys = OFF",), poolclass=NullPool)
    with engine.begin() as connection:
        _upgrade(connection)
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError(f"the migration left a row without its parent: {broken}")
        rebuild(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {engines.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {engines.HEAD}")
