"""The door of a running Dukkan: a second start knocks, says what is wanted, and goes; the first one does it.

A local socket (on Windows a named pipe) with a key that only the user can read, both made anew by whoever opens the
door. What is said is a word of WISHES and a text; anything else is not heard.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from desktop import config

if TYPE_CHECKING:  # loaded where there is somebody to talk to: a start that is the first one need not wait for it
    from multiprocessing.connection import Connection

    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection

        AnyConnection = Connection | PipeConnection
    else:
        AnyConnection = Connection

WISHES = ("show", "palette", "open")  # the window; the small window, with what is typed; a shop, by its whole path
LONGEST = 10_000  # letters of a text
GOODBYE = b"goodbye"
PATIENCE = 4.0  # seconds in which a door that was announced is waited for; on a slow computer it opens within two
AGAIN = 0.03  # seconds between two knocks


def announce() -> None:
    """Say that this process is about to open a door: whoever knocks in its first moments waits for that."""
    with suppress(OSError):  # then they do not wait, and open a window of their own
        folder = config.paths().data
        folder.mkdir(parents=True, exist_ok=True)
        _sign(folder).write_text(str(os.getpid()))


def knock(wish: str, text: str = "") -> bool:
    """Ask a running Dukkan for something, and return whether one has heard it; of one that just starts, soon."""
    while (answer := _ask(wish, text)) is None and _is_announced():
        time.sleep(AGAIN)
    return answer is True


def _is_announced() -> bool:
    """Say whether another process has announced its door a moment ago, and not opened it yet."""
    try:
        sign = _sign(config.paths().data)
        process = int(sign.read_text())
        late = abs(time.time() - sign.stat().st_mtime) >= PATIENCE
    except (OSError, ValueError):
        return False
    return not late and process != os.getpid() and _lives(process)


def _lives(process: int) -> bool:
    """Say whether there is still such a process, else it has crashed; Windows has no signal that only asks for it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except PermissionError:  # it is there, and somebody else's
        return True
    except (OSError, OverflowError):
        return False
    return True


def _ask(wish: str, text: str) -> bool | None:
    """Return whether the wish will be done, None where nobody is there."""
    try:
        address, key = _read()
        with _client(address, key) as connection:
            connection.send_bytes(json.dumps([wish, text]).encode())
            return connection.poll(2) and connection.recv_bytes(16) == b"heard"
    except (OSError, EOFError, ValueError, AssertionError):  # nobody is there, or something else than Dukkan
        return None
    except Exception as error:  # multiprocessing's own AuthenticationError, which is no kind of these
        if type(error).__name__ != "AuthenticationError":
            raise
        return None


class Door:
    """Open from creation to `close()`. `heard(wish, text)` is called in the door's own thread, and says if it will."""

    def __init__(self, heard: Callable[[str, str], bool]) -> None:
        self._heard = heard
        self._key = os.urandom(32)
        folder = config.paths().data
        folder.mkdir(parents=True, exist_ok=True)
        from multiprocessing.connection import Listener

        self._listener = Listener(_free_address(folder), authkey=self._key)
        self._address = str(self._listener.address)
        _write(folder, self._address, self._key)
        with suppress(OSError):
            _sign(folder).unlink()
        self._thread = Thread(target=self._listen, name="door", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear nobody any more."""
        if self._thread.is_alive():
            with suppress(OSError, EOFError), _client(self._address, self._key) as connection:
                connection.send_bytes(GOODBYE)
            self._thread.join(2)
            with suppress(OSError, ValueError):
                if _read() == (self._address, self._key):  # and not that of a later one
                    _file(config.paths().data).unlink()
            with suppress(OSError):
                if Path(self._address).name == "door":
                    Path(self._address).parent.rmdir()

    def _listen(self) -> None:
        with self._listener:
            while True:
                try:
                    with self._listener.accept() as connection:
                        said = connection.recv_bytes(4 * LONGEST)
                        if said == GOODBYE:
                            return
                        wish, text = json.loads(said)
                        if wish in WISHES and isinstance(text, str):
                            connection.send_bytes(b"heard" if self._heard(wish, text[:LONGEST]) else b"no")
                except Exception:  # noqa: S112  (whoever knocks wrongly is not let in, and the next one is)
                    continue


def _client(address: str, key: bytes) -> "AnyConnection":
    from multiprocessing.connection import Client

    return Client(address, authkey=key)


def _free_address(folder: Path) -> str:
    """Return a place for the socket: a path may be no longer than 107 bytes, so a long one gives way to a short one."""
    name = f"dukkan-{os.urandom(6).hex()}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    path = str(folder / f"{name}.door")
    return path if len(path.encode()) < 100 else str(Path(tempfile.mkdtemp(prefix="dukkan-")) / "door")


def _file(folder: Path) -> Path:
    return folder / "door.json"


def _sign(folder: Path) -> Path:
    return folder / "door.coming"


def _write(folder: Path, address: str, key: bytes) -> None:
    path = _file(folder)
    draft = path.with_name(f"door-{os.getpid()}.json")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"address": address, "key": key.hex()}, file)
    draft.replace(path)


def _read() -> tuple[str, bytes]:
    found = json.loads(_file(config.paths().data).read_text("utf-8"))
    return str(found["address"]), bytes.fromhex(found["key"])
