"""A lock that one program at a time holds on a file, and that the system drops when the program dies."""

import json
import os
import platform
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from desktop.i18n import _, formats

LAST = 1 << 36  # seconds: a year that no clock shows

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # past the text, which others must be able to read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_path(shop: Path) -> Path:
    """Return where the lock of a shop file is."""
    return shop.with_name(f".{shop.name}.lock")


class Holder(NamedTuple):
    """Who holds a lock: the name of the computer, the process, and since when (UTC seconds); empty if not known."""

    computer: str = ""
    process: int = 0
    since: int = 0


class Locked(Exception):
    """Another program holds the lock; `holder` says which."""

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        if holder.computer:
            message = _("The shop is already open on {computer} since {time}. Close it there, or open it to read only.")
            message = message.format(computer=formats.auto(holder.computer), time=formats.datetime(holder.since))
        else:
            message = _("The shop is already open in another program. Close it there, or open it to read only.")
        super().__init__(message)


class Lock:
    """Held from creation to `release()`. Its small file stays behind: removing it would let two programs in.

    `unclean` says that whoever held it before did not release it, but died.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _seize(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise Locked(read_holder(path)) from error
        self.unclean = os.fstat(self._descriptor).st_size > 0
        holder = {"computer": platform.node(), "process": os.getpid(), "since": int(time.time())}
        try:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, json.dumps(holder).encode())
        except OSError:  # a full disk, say: who makes room tries again
            os.close(self._descriptor)
            raise

    def release(self) -> None:
        """Let others in, also where the disk is gone: then whoever comes next finds it `unclean`."""
        for let_go in (partial(os.ftruncate, self._descriptor, 0), partial(os.close, self._descriptor)):
            with suppress(OSError):
                let_go()


def read_holder(path: Path) -> Holder:
    """Return who last held the lock, as far as its file tells: anybody may write it who may write the shop."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        found = Holder(**json.loads(path.read_text("utf-8")))
        if [type(value) for value in found] == [str, int, int] and 0 <= found.since < LAST:
            return found
    return Holder()
