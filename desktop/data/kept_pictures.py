"""Pictures of backups, kept once: a folder beside the backups holds each under the digest of its bytes.

A backup that is thin holds, in the place of the bytes, the name of their file. It has an application id of its own, so
that nobody takes it for a whole shop; `fill` makes it one again.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from desktop.data import engines
from desktop.data.files import draft_of, sync
from desktop.data.orphans import mend

FOLDER = "pictures"
MARK = b"sha256:"  # before a digest in hexadecimal: no picture begins like that
LENGTH = len(MARK) + 64
# Pictures that are less than one in so many bytes stay in the backup: taking them out costs more than it saves.
SHARE = 4
YOUNG = 3600  # seconds: a picture that another program may have kept for a backup which it is still making
SOUGHT = "SELECT data, length(data) FROM blob UNION ALL SELECT thumbnail, length(thumbnail) FROM blob"


def are_many(connection: sqlite3.Connection, size: int) -> bool:
    """Say whether the pictures of a shop file of `size` bytes are worth being kept beside its backups."""
    kept = connection.execute("SELECT coalesce(sum(length(data) + length(thumbnail)), 0) FROM blob").fetchone()[0]
    return bool(kept * SHARE > size)


def take_out(connection: sqlite3.Connection, folder: Path) -> None:
    """Put every picture of a copy into `folder`, unless it is there, and its name into the copy. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    digests = [digest for (digest,) in connection.execute("SELECT sha256 FROM blob")]
    connection.execute("BEGIN")
    for digest in digests:
        found = connection.execute("SELECT data, thumbnail FROM blob WHERE sha256 = ?", (digest,)).fetchone()
        names = [_keep(bytes(data), folder) for data in found]
        connection.execute("UPDATE blob SET data = ?, thumbnail = ? WHERE sha256 = ?", (*names, digest))
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id = {engines.THIN_ID}")


def _keep(data: bytes, folder: Path) -> bytes:
    """Keep some bytes under their digest, and return what stands for them."""
    name = hashlib.sha256(data).hexdigest()
    path = folder / name
    try:
        os.utime(path)  # it is wanted again, and not to be collected meanwhile
        there = path.stat().st_size == len(data)
    except FileNotFoundError:
        there = False
    if not there:
        with draft_of(path) as draft:
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                sync(file)
            draft.replace(path)
    return MARK + name.encode()


def wanted(backup: Path) -> dict[str, Path]:
    """Return where each picture of a thin backup should be, by its digest; nothing for a whole one.

    Raises sqlite3.Error where it cannot be read.
    """
    if not is_thin(backup):
        return {}
    with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        names = [bytes(found) for found, length in connection.execute(SOUGHT) if length == LENGTH]
    folder = backup.parent / FOLDER
    found = (name[len(MARK) :].decode("ascii", "replace") for name in names if name.startswith(MARK))
    return {name: folder / name for name in found if name.isalnum()}


def missing(backup: Path) -> int:
    """Return how many pictures of a backup are not where they should be; raises sqlite3.Error as `wanted`."""
    return sum(not path.exists() for path in wanted(backup).values())


def is_thin(backup: Path) -> bool:
    """Say whether the pictures of a backup are kept beside it."""
    try:
        with backup.open("rb") as file:
            return int.from_bytes(file.read(72)[68:]) == engines.THIN_ID
    except OSError:
        return False


def fill(connection: sqlite3.Connection, folder: Path) -> int:
    """Make a copy of a thin backup a whole shop again, and return how many of its pictures are lost.

    Each is read and compared with its digest. What named one that is lost names none, and an entry that was nothing but
    that picture goes with it.
    """
    lost = []
    rows = connection.execute("SELECT sha256 FROM blob").fetchall()
    connection.execute("BEGIN")
    for (digest,) in rows:
        data, thumbnail = connection.execute("SELECT data, thumbnail FROM blob WHERE sha256 = ?", (digest,)).fetchone()
        whole, small = read(bytes(data), folder), read(bytes(thumbnail), folder)
        if whole is None:
            lost.append(digest)
        else:  # a thumbnail that is lost is the picture itself, only slower to show
            connection.execute(
                "UPDATE blob SET data = ?, thumbnail = ? WHERE sha256 = ?", (whole, small or whole, digest)
            )
    connection.executemany("DELETE FROM blob WHERE sha256 = ?", [(digest,) for digest in lost])
    if lost:
        mend(connection)
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id = {engines.APPLICATION_ID}")
    return len(lost)


def read(stored: bytes, folder: Path) -> bytes | None:
    """Return what a name stands for, None if that is lost; what is no name is returned as it is."""
    if len(stored) != LENGTH or not stored.startswith(MARK):
        return stored
    name = stored[len(MARK) :].decode("ascii", "replace")
    try:
        data = (folder / name).read_bytes() if name.isalnum() else b""
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == name else None


def sizes(pictures: Mapping[str, Path]) -> dict[str, int]:
    """Return how many bytes each of these pictures takes on the disk: none if it is not there."""
    found = {}
    for digest, path in pictures.items():
        with suppress(OSError):
            found[digest] = path.stat().st_size
    return found


def collect(folder: Path, names: Iterable[str]) -> None:
    """Remove from `folder` what is not one of `names`, unless it is so young that another backup may be about it."""
    kept = set(names)
    now = time.time()
    with suppress(OSError):
        for entry in os.scandir(folder):
            with suppress(OSError):
                if entry.name not in kept and now - entry.stat().st_mtime > YOUNG:
                    Path(entry.path).unlink()
