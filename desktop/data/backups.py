"""Backups of a shop file: made while it is open, each one whole file, and let go when they are old."""

import datetime as dt
import errno
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple

from desktop.data import engines
from desktop.i18n import _, formats

STEP = 1_000  # pages that are copied between two looks at whether it is cancelled
NAME = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)\.dukkan")
STAMP = "%Y%m%dT%H%M%SZ"
HOUR, DAY, MONTH, YEAR = 3600, 86_400, 31 * 86_400, 366 * 86_400  # seconds
ROOM = 4 << 30  # bytes for all backups of one shop
LEAST = 3  # backups that are kept whatever room they take


class NotBackedUp(Exception):
    """A backup that was not made; nothing of it is left. Its text says why, and what to do."""


class Backup(NamedTuple):
    """One backup: `number` counts on whatever the clock says, `at` is UTC seconds, `size` in bytes.

    `good` says that it is whole and of a version that this program knows; what is in it was read when it was made.
    """

    path: Path
    number: int
    at: int
    size: int
    good: bool = True


class Snapshot:
    """One moment of a shop file, held from creation until `close()`: later writes do not touch it, nor wait for it.

    It may be made in one thread and written in another. Raises NotBackedUp where the shop cannot be read.
    """

    def __init__(self, shop: Path) -> None:
        self.shop = shop
        self.at = int(time.time())
        try:
            self._connection = sqlite3.connect(shop, isolation_level=None, check_same_thread=False)
            try:
                self._connection.execute("PRAGMA query_only = ON")
                self._connection.execute("BEGIN")
                self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is this one
            except sqlite3.Error:
                self._connection.close()
                raise
        except sqlite3.Error as error:
            raise NotBackedUp(_reason(error, shop, shop)) from error

    def close(self) -> None:
        """Let go of the moment."""
        self._connection.close()

    def write(self, path: Path, cancelled: Event | None = None) -> None:
        """Write one whole shop file under the name `path`, in the place of what is there: all of it, or nothing.

        It is read through before it has its name, only its owner may read it, and it is safe from a loss of power.
        Raises NotBackedUp, also once `cancelled` is set.
        """
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            self._copy(draft, cancelled)
            with draft.open("r+b") as file:
                os.fsync(file.fileno())
            draft.replace(path)
            sync_folder(path.parent)
        except (OSError, sqlite3.Error) as error:
            raise NotBackedUp(_reason(error, self.shop, path)) from error
        finally:
            for end in ("", "-journal", "-wal", "-shm"):
                with suppress(OSError):
                    draft.with_name(draft.name + end).unlink(missing_ok=True)

    def _copy(self, draft: Path, cancelled: Event | None) -> None:
        def look(_status: int, _remaining: int, _total: int) -> None:
            if cancelled and cancelled.is_set():
                raise NotBackedUp(_("The backup was stopped."))

        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            copy.execute("PRAGMA locking_mode = EXCLUSIVE")
            copy.execute("PRAGMA synchronous = OFF")  # it is made safe as a whole, at the end
            self._connection.backup(copy, pages=STEP, progress=look)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("quick_check")


def folder_of(root: Path, shop: Path) -> Path:
    """Return the folder of a shop's backups below `root`: the same for the same path, and for no other."""
    place = str(shop.absolute())
    digest = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return root / f"{shop.stem[:40]}-{digest}"


def read_backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the last one first; none if there is no such folder."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if (name := NAME.fullmatch(path.name)) and (at := _time(name[2])) is not None:
                with suppress(OSError):
                    found.append(Backup(path, int(name[1]), at, path.stat().st_size, _is_good(path)))
    return sorted(found, key=lambda backup: (backup.number, backup.at), reverse=True)


def last_good(folder: Path) -> Backup | None:
    """Return the last backup that can be restored."""
    return next((backup for backup in read_backups(folder) if backup.good), None)


def make_backup(
    snapshot: Snapshot, root: Path, second: Path | None = None, cancelled: Event | None = None, room: int = ROOM
) -> Backup:
    """Write a backup below `root`, and below `second` where that folder is there now; let old ones go in both.

    Raises NotBackedUp. What is said of `second` alone means that the backup below `root` is there.
    """
    backup = _add(snapshot, folder_of(root, snapshot.shop), cancelled, room)
    if second and second.is_dir():
        _add(snapshot, folder_of(second, snapshot.shop), cancelled, room)
    return backup


def superfluous(backups: Sequence[Backup], now: int, room: int = ROOM) -> list[Backup]:
    """Return which backups to let go: all of the last hour stay, then the last of each hour for a day, of each day
    for a month, of each month for a year; and of these the last ones that fit into `room` bytes, but LEAST in any case.

    The last one always stays. One from the future, as a clock that went wrong makes it, is as one of now.
    """
    kept: set[object] = set()
    taken = count = 0
    gone = []
    for backup in sorted(backups, key=lambda backup: (backup.number, backup.at), reverse=True):
        period = _period(backup.at, now)
        wanted = count == 0 or (period is not None and period not in kept)
        if wanted and (count < LEAST or taken + backup.size <= room):
            kept.add(period or backup)
            count += 1
            taken += backup.size
        else:
            gone.append(backup)
    return gone


def _period(at: int, now: int) -> object:
    """Return the hour, day or month of which one backup is enough; something unique for the last hour; else None."""
    age = max(now - at, 0)
    if age < HOUR:
        return object()
    if age < DAY:
        return "hour", at // HOUR
    if age < MONTH:
        return "day", at // DAY
    day = dt.datetime.fromtimestamp(at, dt.UTC)
    return ("month", day.year, day.month) if age < YEAR else None


def _add(snapshot: Snapshot, folder: Path, cancelled: Event | None, room: int) -> Backup:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sweep(folder)
        size = snapshot.shop.stat().st_size
        if shutil.disk_usage(folder).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise NotBackedUp(_reason(error, snapshot.shop, folder / "backup")) from error
    number = max((backup.number for backup in read_backups(folder)), default=0) + 1
    stamp = dt.datetime.fromtimestamp(snapshot.at, dt.UTC).strftime(STAMP)
    path = folder / f"{number:06}-{stamp}.dukkan"
    snapshot.write(path, cancelled)
    for old in superfluous(read_backups(folder), snapshot.at, room):
        with suppress(OSError):
            old.path.unlink()
    return Backup(path, number, snapshot.at, path.stat().st_size)


def _sweep(folder: Path) -> None:
    """Remove what a backup left behind that was killed; not what somebody else may be writing just now."""
    for path in folder.glob(".*.part*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > HOUR:
                path.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe from a loss of power, where they are kept in its own bytes."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _time(stamp: str) -> int | None:
    try:
        return int(dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC).timestamp())
    except ValueError:
        return None


def _is_good(path: Path) -> bool:
    try:
        engines.check_file(path)
    except engines.Refused:
        return False
    return True


def _reason(error: Exception, shop: Path, path: Path) -> str:
    """Say in the owner's words why there is no backup, and what to do."""
    code = int(getattr(error, "sqlite_errorcode", 0))
    folder = formats.ltr(str(path.parent))
    if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or type(error) is sqlite3.DatabaseError:
        message = _("No backup was made, because {name} is damaged. Restore it from an earlier backup.")
        return message.format(name=formats.auto(shop.name))
    if getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or code & 0xFF == sqlite3.SQLITE_FULL:
        return _("No backup was made, because the disk is full. Make room on it.")
    return _("No backup was made, because {folder} cannot be written. Check that folder and its disk.").format(
        folder=folder
    )
