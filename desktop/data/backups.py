"""Backups of a shop file: made while it is open, checked, with pictures kept once, and let go when they are old."""

import datetime as dt
import errno
import hashlib
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from desktop.data import engines, kept_pictures
from desktop.data.files import draft_of, sync_file, sync_folder
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
    `revision` is that of its tables. Its pictures may be kept beside it, and are not counted in `size`.
    """

    path: Path
    number: int
    at: int
    size: int
    good: bool = True
    revision: int = engines.HEAD


class Snapshot:
    """One moment of a shop file, held from creation until `close()`: later writes do not touch it, nor wait for it.

    It may be made in one thread and written in another. Raises NotBackedUp where the shop cannot be read.
    """

    def __init__(self, shop: Path) -> None:
        self.shop = shop
        self.at = int(time.time())
        try:
            self._connection = engines.hold_moment(shop)
        except sqlite3.Error as error:
            raise NotBackedUp(_reason(error, shop, shop)) from error

    def close(self) -> None:
        """Let go of the moment."""
        self._connection.close()

    def write(self, path: Path, cancelled: Event | None = None, pictures: Path | None = None) -> None:
        """Write one whole shop file under the name `path`, in the place of what is there: all of it, or nothing.

        With `pictures`, a folder, those are kept there if they are much of the file. It is read through before it has
        its name, only its owner may read it, and it is safe from a loss of power. Raises NotBackedUp, also once
        `cancelled` is set.
        """
        try:
            if path.exists() and not path.is_file():  # a folder, or what is no file at all, such as /dev/null
                raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
            with draft_of(path) as draft, draft_of(path) as smaller:
                _make_empty(draft)
                if self._copy(draft, cancelled, pictures):
                    _make_empty(smaller)
                    with closing(_open_draft(draft)) as copy:
                        copy.execute("VACUUM INTO ?", (str(smaller),))
                    smaller.replace(draft)
                _check(draft)
                draft.replace(path)
                sync_folder(path.parent)
        except (OSError, sqlite3.Error) as error:
            raise NotBackedUp(_reason(error, self.shop, path)) from error

    def _copy(self, draft: Path, cancelled: Event | None, pictures: Path | None) -> bool:
        """Copy the pages, and say whether pictures were taken out of them."""

        def look(_status: int, _remaining: int, _total: int) -> None:
            if cancelled and cancelled.is_set():
                raise NotBackedUp(_("The backup was stopped."))

        with closing(_open_draft(draft)) as copy:
            self._connection.backup(copy, pages=STEP, progress=look)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
            if pictures is None or not kept_pictures.are_many(copy, draft.stat().st_size):
                return False
            kept_pictures.take_out(copy, pictures)
            look(0, 0, 0)
            return True


def _make_empty(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _open_draft(draft: Path) -> sqlite3.Connection:
    """Open a file that is nobody else's, and is made safe as a whole at the end."""
    copy = sqlite3.connect(draft, isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "synchronous = OFF", "journal_mode = OFF", "secure_delete = OFF"):
        copy.execute(f"PRAGMA {pragma}")
    return copy


def _check(draft: Path) -> None:
    """Read a file through, while the disk writes it down: the one waits for the processor, the other for the disk.

    It is not mapped into memory, which is no quicker: a stick that is pulled meanwhile would end the program (SIGBUS).
    """
    failed: list[OSError] = []
    writing = Thread(target=_sync, args=(draft, failed))
    writing.start()
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            copy.execute("PRAGMA locking_mode = EXCLUSIVE")
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("quick_check")
    finally:
        writing.join()
    if failed:
        raise failed[0]


def _sync(path: Path, failed: list[OSError]) -> None:
    try:
        sync_file(path)
    except OSError as error:
        failed.append(error)


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
                    revision = _revision(path)
                    size = path.stat().st_size
                    found.append(Backup(path, int(name[1]), at, size, revision is not None, revision or 0))
    return sorted(found, key=lambda backup: (backup.number, backup.at), reverse=True)


def last_good(folder: Path) -> Backup | None:
    """Return the last backup that can be restored with all of its pictures."""
    return next((backup for backup in read_backups(folder) if backup.good and _is_complete(backup)), None)


def make_backup(
    snapshot: Snapshot, root: Path, second: Path | None = None, cancelled: Event | None = None, room: int = ROOM
) -> Backup:
    """Write a backup below `root`, and below `second`; let old ones go in both.

    What a migration left beside the shop comes among them (`adopt`). Each is tried whatever becomes of the other.
    Raises NotBackedUp; what is said of `second` alone means that the backup below `root` is there.
    """
    adopt(root, snapshot.shop)
    try:
        backup = _add(snapshot, folder_of(root, snapshot.shop), cancelled, room)
    except NotBackedUp:
        if second and second.is_dir() and not (cancelled and cancelled.is_set()):
            with suppress(NotBackedUp):
                _add(snapshot, folder_of(second, snapshot.shop), cancelled, room)
        raise
    if second is None:
        return backup
    if not second.is_dir():
        message = _("The backup is made, but not in your second folder, because {folder} is not there.")
        raise NotBackedUp(message.format(folder=formats.ltr(str(second))))
    try:
        _add(snapshot, folder_of(second, snapshot.shop), cancelled, room)
    except NotBackedUp as error:
        message = _("The backup is made, but not in your second folder, because {folder} is full or cannot be written.")
        raise NotBackedUp(message.format(folder=formats.ltr(str(second)))) from error
    return backup


def migrated(shop: Path) -> list[Path]:
    """Return the copies of a shop that its migrations have left beside it. Raises OSError."""
    pattern = re.compile(re.escape(shop.stem) + r"-\d{4}-[0-9a-f]{8}\.bak")
    return [path for path in shop.parent.iterdir() if pattern.fullmatch(path.name)]


def adopt(root: Path, shop: Path) -> list[Backup]:
    """Bring the copies that a migration left beside a shop among its backups below `root`; return them.

    What cannot be brought there stays where it is.
    """
    folder = folder_of(root, shop)
    adopted = []
    with suppress(OSError):
        for copy in sorted(migrated(shop), key=lambda path: path.stat().st_mtime):
            if (revision := _revision(copy)) is None:
                continue
            _make_folder(folder)
            number, at = _next_number(folder), int(copy.stat().st_mtime)
            path = folder / _name(number, at)
            with draft_of(path) as draft:
                shutil.copyfile(copy, draft)
                draft.chmod(0o600)
                sync_file(draft)
                draft.replace(path)
                sync_folder(folder)
            adopted.append(Backup(path, number, at, path.stat().st_size, True, revision))
            copy.unlink()
    return adopted


def superfluous(
    backups: Sequence[Backup],
    now: int,
    room: int = ROOM,
    pictures: Callable[[Backup], Mapping[str, int]] = lambda backup: {},
) -> list[Backup]:
    """Return which backups to let go: all of the last hour stay, then the last of each hour for a day, of each day
    for a month, of each month for a year; and of these the last ones that fit into `room` bytes, but LEAST in any case.

    `pictures` tells how many bytes each of the pictures of a backup takes; what several have in common counts once.
    The last one always stays, and those from before a migration are counted apart, so that what follows it does not
    push them out. One from the future, as a clock that went wrong makes it, is as one of now.
    """
    kept: set[object] = set()
    held: set[str] = set()
    taken = count = 0
    gone = []
    for backup in sorted(backups, key=lambda backup: (backup.number, backup.at), reverse=True):
        period = _period(backup.at, now)
        wanted = count == 0 or (period is not None and (backup.revision, period) not in kept)
        if wanted:
            own = pictures(backup)
            size = backup.size + sum(size for digest, size in own.items() if digest not in held)
            if count < LEAST or taken + size <= room:
                kept.add((backup.revision, period or backup))
                held.update(own)
                count += 1
                taken += size
                continue
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
        _make_folder(folder)
        _sweep(folder)
        size = snapshot.shop.stat().st_size
        if shutil.disk_usage(folder).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise NotBackedUp(_reason(error, snapshot.shop, folder / "backup")) from error
    number = _next_number(folder)
    path = folder / _name(number, snapshot.at)
    snapshot.write(path, cancelled, folder / kept_pictures.FOLDER)
    _thin(folder, snapshot.at, room)
    return Backup(path, number, snapshot.at, path.stat().st_size)


def _make_folder(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def _next_number(folder: Path) -> int:
    return max((backup.number for backup in read_backups(folder)), default=0) + 1


def _name(number: int, at: int) -> str:
    return f"{number:06}-{dt.datetime.fromtimestamp(at, dt.UTC).strftime(STAMP)}.dukkan"


def _thin(folder: Path, now: int, room: int) -> None:
    """Let old backups go, and the pictures that no other one has."""
    backups = read_backups(folder)
    gone = superfluous(backups, now, room, lambda backup: kept_pictures.sizes(_pictures(backup)))
    for old in gone:
        with suppress(OSError):
            old.path.unlink()
    pictures = folder / kept_pictures.FOLDER
    if gone and pictures.is_dir():
        try:
            left = [kept_pictures.wanted(backup.path) for backup in read_backups(folder)]  # also of newer versions
        except sqlite3.Error:  # what that one wants cannot be known: nothing goes as long as it is there
            return
        kept_pictures.collect(pictures, [name for names in left for name in names])


def _pictures(backup: Backup) -> dict[str, Path]:
    """Return the pictures that a backup has kept beside it; none if it cannot be read."""
    try:
        return kept_pictures.wanted(backup.path)
    except sqlite3.Error:
        return {}


def _is_complete(backup: Backup) -> bool:
    try:
        return not kept_pictures.missing(backup.path)
    except sqlite3.Error:
        return False


def _sweep(folder: Path) -> None:
    """Remove what a backup left behind that was killed; not what somebody else may be writing just now."""
    for path in (*folder.glob(".*.part*"), *(folder / kept_pictures.FOLDER).glob(".*.part")):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > HOUR:
                path.unlink()


def _time(stamp: str) -> int | None:
    try:
        return int(dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC).timestamp())
    except ValueError:
        return None


def _revision(path: Path) -> int | None:
    """Return the revision of a backup's tables, None if it cannot be restored."""
    try:
        return engines.check_file(path, backup=True)
    except engines.Refused:
        return None


def is_another_shop(file: Path, shop: Path) -> bool:
    """Say whether a file is a shop of which nothing was ever done in `shop` too: two copies of one share a history."""
    theirs = _actions(file)
    return bool(theirs) and theirs.isdisjoint(_actions(shop))


def _actions(shop: Path) -> set[tuple[object, ...]]:
    """Return what was done in a shop; nothing for what is no shop."""
    try:
        with closing(engines.hold_moment(shop)) as connection:
            return set(connection.execute("SELECT id, at, computer, title FROM action"))
    except sqlite3.Error:
        return set()


def _reason(error: Exception, shop: Path, path: Path) -> str:
    """Say in the owner's words why there is no backup, and what to do."""
    code = int(getattr(error, "sqlite_errorcode", 0))
    folder = formats.ltr(str(path.parent))
    if engines.is_damage(error) or type(error) is sqlite3.DatabaseError:
        message = _("No backup was made, because {name} is damaged. Restore it from an earlier backup.")
        return message.format(name=formats.auto(shop.name))
    if getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or code & 0xFF == sqlite3.SQLITE_FULL:
        return _("No backup was made, because the disk is full. Make room on it.")
    return _("No backup was made, because {folder} cannot be written. Check that folder and its disk.").format(
        folder=folder
    )
