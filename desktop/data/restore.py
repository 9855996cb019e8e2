"""Going back to a backup: what is in it, and putting it in the place of the shop, whole or not at all."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from desktop.data import engines, kept_pictures
from desktop.data.backups import NotBackedUp, Snapshot
from desktop.data.engines import InUse, Refused
from desktop.data.files import BESIDE, draft_of, sync_file, sync_folder
from desktop.data.lock import Lock, lock_path
from desktop.i18n import _, formats

TABLES = ("product", "reply", "customer", "collection")


class Contents(NamedTuple):
    """What is in a shop file: how much of what, and when it was last changed (UTC seconds; 0 if never).

    `missing` counts the files of pictures that are not beside a backup any more.
    """

    items: int
    replies: int
    customers: int
    collections: int
    changed: int
    missing: int = 0


class Restored(NamedTuple):
    """What came of it: what is in the shop now, and where the shop is kept as it was, if there was one."""

    contents: Contents
    kept: Path | None


def read_contents(path: Path, *, in_use: bool = False) -> Contents:
    """Return what is in a backup, or another shop file that nobody has open; nothing is written beside it.

    With `in_use` it may be open, and what was written last counts.

    Raises Refused where it is no shop, from a newer version, or cannot be read.
    """
    engines.check_file(path, backup=True)
    try:
        way = "mode=ro" if in_use else "immutable=1"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{way}", uri=True)) as connection:
            return _count(connection)._replace(missing=kept_pictures.missing(path))
    except sqlite3.Error as error:
        raise engines.damaged(path) from error


def restore(shop: Path, backup: Path) -> Restored:
    """Put a backup in the place of `shop`, which nobody may have open; another file than a backup will do too.

    It is copied beside the shop first and read from end to end there; then the shop is kept as it is, under a name of
    its own, and replaced in one stroke. Raises Refused or lock.Locked, with nothing changed. Pictures of the backup
    that are lost are left out, and counted.
    """
    engines.check_file(backup, backup=True)
    with suppress(OSError):  # of a name that is too long, which is said below
        if shop.is_dir():
            raise engines.a_folder(shop)
    try:
        lock = Lock(lock_path(shop))
    except OSError as error:
        raise engines.not_writable(shop, error) from error
    try:
        _sweep(shop)
        with draft_of(shop) as draft:
            _copy(backup, draft, shop)
            lost = _fill(draft, backup, shop)
            contents = _verify(draft, backup)._replace(missing=lost)
            kept = _keep(shop) if shop.exists() else None
            _settle(shop)
            draft.replace(shop)
            sync_folder(shop.parent)
    except OSError as error:
        raise engines.not_writable(shop, error) from error
    finally:
        lock.release()
    return Restored(contents, kept)


def _sweep(shop: Path) -> None:
    """Remove what a restore left behind that was killed: under the lock there is no other."""
    for path in shop.parent.iterdir():
        name = path.name.lstrip(".")
        if path.name.startswith(".") and name.startswith(f"{shop.name}.") and ".part" in name:
            path.unlink()


def _copy(backup: Path, draft: Path, shop: Path) -> None:
    try:
        with closing(Snapshot(backup)) as snapshot:
            snapshot.write(draft)
    except NotBackedUp as error:
        cause = error.__cause__
        if isinstance(cause, sqlite3.DatabaseError) and not isinstance(cause, sqlite3.OperationalError):
            raise engines.damaged(backup) from error
        raise _no_room(shop) from error


def unpack(backup: Path, path: Path) -> int:
    """Write a whole shop file of a backup under the name `path`, to look into; return how many pictures are lost.

    Raises Refused, and leaves nothing.
    """
    engines.check_file(backup, backup=True)
    _copy(backup, path, path)
    try:
        return _fill(path, backup, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _fill(draft: Path, backup: Path, shop: Path) -> int:
    """Bring the pictures that are kept beside a backup into the copy of it; return how many are lost."""
    if not kept_pictures.is_thin(draft):
        return 0
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            lost = kept_pictures.fill(connection, backup.parent / kept_pictures.FOLDER)
        sync_file(draft)
        return lost
    except sqlite3.OperationalError as error:
        raise _no_room(shop) from error
    except sqlite3.Error as error:
        raise engines.damaged(backup) from error


def _no_room(shop: Path) -> engines.NotWritable:
    message = _("{name} was left as it is: there is no room for the backup beside it. Make room and try again.")
    return engines.NotWritable(message.format(name=formats.auto(shop.name)))


def _verify(draft: Path, backup: Path) -> Contents:
    """Read all of a file that is about to be the shop."""
    engines.check_file(draft)
    try:
        with closing(sqlite3.connect(draft)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise engines.damaged(backup)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise engines.damaged(backup)
            return _count(connection)
    except sqlite3.Error as error:
        raise engines.damaged(backup) from error


def _count(connection: sqlite3.Connection) -> Contents:
    items, replies, customers, collections = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES
    )
    last = connection.execute("SELECT at FROM action ORDER BY id DESC LIMIT 1").fetchone()
    return Contents(items, replies, customers, collections, last[0] if last else 0)


def _keep(shop: Path) -> Path:
    """Keep the shop as it is beside itself, and return where: as one file, or byte by byte if it is damaged."""
    moment = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    kept = shop.with_name(f"{shop.stem} ({moment}){shop.suffix}")
    try:
        engines.check_file(shop)
        with closing(Snapshot(shop)) as snapshot:
            snapshot.write(kept)
    except (NotBackedUp, Refused):  # it is kept for those who can save something from it
        for end in ("", *BESIDE):
            source, copy = shop.with_name(shop.name + end), kept.with_name(kept.name + end)
            if source.exists():
                shutil.copyfile(source, copy)
                copy.chmod(0o600)
    return kept


def _settle(shop: Path) -> None:
    """Leave nothing beside the shop that belongs to the old file: its log would be read into the new one.

    Raises InUse if somebody has the shop open, to read only.
    """
    whole = True
    try:
        with closing(sqlite3.connect(shop)) as connection:  # closing it as the last one takes the log in, and away
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        whole = False  # nobody reads what cannot be read
    if whole and shop.with_name(f"{shop.name}-wal").exists():
        message = _("{name} is being used by another program. Close that program and try again.")
        raise InUse(message.format(name=formats.auto(shop.name)))
    for end in BESIDE:
        with suppress(FileNotFoundError):
            shop.with_name(shop.name + end).unlink()
