"""Files that are made beside the place they are for, and are safe from a loss of power before they have its name."""

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

NO_SUCH_THING = (errno.EINVAL, errno.EBADF, errno.ENOTSUP)  # what places say that cannot do it for a folder
BESIDE = ("-wal", "-shm", "-journal")  # the ends of what SQLite keeps beside a file that is open

if sys.platform == "darwin":
    from fcntl import F_FULLFSYNC, fcntl

    def _flush(descriptor: int) -> None:
        try:
            fcntl(descriptor, F_FULLFSYNC)  # fsync leaves it in the disk's own memory there
        except OSError:  # a disk that knows no better, such as one in the network
            os.fsync(descriptor)
else:
    _flush = os.fsync


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Give a free name beside `path`; what is left under it afterwards is removed, with what SQLite kept beside it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
    finally:
        for end in ("", *BESIDE):
            with suppress(OSError):
                draft.with_name(draft.name + end).unlink(missing_ok=True)


def sync(file: BinaryIO) -> None:
    """Make what was written to an open file safe from a loss of power. Raises OSError."""
    file.flush()
    _flush(file.fileno())


def sync_file(path: Path) -> None:
    """Make the bytes of a file safe from a loss of power. Raises OSError."""
    with path.open("r+b") as file:
        _flush(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe from a loss of power, where the system can do that. Raises OSError.

    What cannot, such as the folder that a computer shares with one inside it, keeps them as it does all names.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush(descriptor)
    except OSError as error:
        if error.errno not in NO_SUCH_THING:
            raise
    finally:
        os.close(descriptor)
