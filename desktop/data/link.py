"""The link to a shop's server: hears what others change there, and knows whether it can be reached."""

import selectors
import socket
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from desktop.data import notice
from desktop.data.history import journaled
from desktop.data.notice import MANY, Notice

CHANNEL = "dukkan"
BEAT = 2.0  # seconds after which a silent server is asked whether it is there
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds between two tries to reach it again


class Link(Thread):
    """Listens until `close`, in its own thread, from which it calls what it was given.

    `connect()` returns a connection of the driver. `heard` gets a Notice for each change of others: those that were
    signed with `signature` are our own. `turned` gets False when the server is lost, and True when it is back; then
    `heard` is told that anything may have changed.
    """

    def __init__(
        self,
        connect: Callable[[], Any],
        signature: str,
        heard: Callable[[Notice], None],
        turned: Callable[[bool], None],
    ) -> None:
        super().__init__(name="link", daemon=True)
        self._connect = connect
        self._signature = signature
        self._heard = heard
        self._turned = turned
        self._ended = Event()
        self._awake, self._wake = socket.socketpair()
        self._again = Event()
        self.lost = False

    def close(self) -> None:
        """Stop listening, at once."""
        self._ended.set()
        self._again.set()
        self._wake.send(b"x")
        self.join(10)
        self._awake.close()
        self._wake.close()

    def lose(self) -> None:
        """Take note, from any thread, that the server did not answer; it is tried again from now on."""
        self._turn(lost=True)
        self._wake.send(b"x")

    def retry(self) -> None:
        """Try again now, rather than after the pause."""
        self._again.set()

    def run(self) -> None:
        """Listen (called by the thread)."""
        import psycopg

        tries = 0
        while not self._ended.is_set():
            try:
                with self._connect() as connection:
                    connection.autocommit = True
                    connection.add_notify_handler(self._on_notify)
                    connection.execute(f"LISTEN {CHANNEL}")
                    tries = 0
                    self._find()
                    self._listen(connection)
            except (psycopg.Error, OSError):
                self._turn(lost=True)
                self._again.wait(PAUSES[min(tries, len(PAUSES) - 1)])
                self._again.clear()
                tries += 1

    def _listen(self, connection: Any) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._awake, selectors.EVENT_READ)
            while not self._ended.is_set():
                if any(key.fileobj is self._awake for key, _mask in selector.select(BEAT)):
                    self._awake.recv(64)
                    if self.lost:  # others found that it does not answer: so is this connection
                        connection.execute("SELECT 1")
                        self._find()
                else:
                    connection.execute("SELECT 1")  # which hands over what has come, and finds out if nobody is there

    def _find(self) -> None:
        if self.lost:
            self._turn(lost=False)
            self._heard(everything())

    def _turn(self, *, lost: bool) -> None:
        if self.lost is not lost:
            self.lost = lost
            if not self._ended.is_set():
                self._turned(not lost)

    def _on_notify(self, notify: Any) -> None:
        try:
            signature, changes = notice.unpack(notify.payload)
        except (ValueError, TypeError, AttributeError):  # what another version says, or another program
            self._heard(everything())
            return
        if signature != self._signature:
            self._heard(Notice(changes, elsewhere=True))


def everything() -> Notice:
    """Return the news that anything may have changed."""
    return Notice(dict.fromkeys(journaled().values(), MANY), elsewhere=True)
