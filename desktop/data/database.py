"""One open shop: reading it, and the one way to write it."""

import platform
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, RLock, current_thread, main_thread
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.data import actions, blobs, engines, history, notice, passwords, search
from desktop.data.lock import Lock, lock_path
from desktop.data.notice import MANY, Changes, Notice
from desktop.data.refusals import Busy as Busy
from desktop.data.refusals import Cancelled as Cancelled
from desktop.data.refusals import NotReached as NotReached
from desktop.data.refusals import NotWritten as NotWritten
from desktop.data.refusals import ReadOnly as ReadOnly
from desktop.data.refusals import refusal
from desktop.i18n import _, formats

if TYPE_CHECKING:  # for shops on a server
    from desktop.data.link import Link

T = TypeVar("T")
TRIES = 5
TRY_AGAIN = ("40001", "40P01")  # PostgreSQL: another computer got in the way
PATIENCE = 0.1  # seconds that the main thread, the window's, waits for a write of another thread
TURN = (1.0, 300.0)  # seconds that the main thread, or another one, waits for a write of another computer
LARGE = 20  # rows: what changes more of them is worth a backup of how it was
MANY_ROWS = 1_000  # that an action touched: more are not taken back in a moment


class Database:
    """Reads in any thread with `reader()`; writes only with `run()`, `undo()` and `redo()`.

    After each commit that changed something, `on_notice` hears about it once, in the writing thread. Any thread may
    write; one waits for the other, but for the main thread, which is told that something is being written (Busy).
    `on_large` is called within an action that changes more than LARGE rows, before they can be seen: what reads the
    shop there finds it as it was. `on_damaged` is called when part of the file turns out to be damaged, by whichever
    thread has met it; who asked for that part is told by engines.Damaged each time.
    A shop on a server tells more once it is asked to `listen`. Its password is held apart: `where` is without.
    Raises engines.Refused or lock.Locked if the shop cannot be opened; it is never created here.
    """

    def __init__(self, where: Path | str, computer: str = "", *, read_only: bool = False) -> None:
        where = where if isinstance(where, Path) else passwords.hold(where)
        self.where = where
        self._shared = isinstance(where, str)
        self.computer = computer or platform.node()
        self.read_only = read_only
        self.unclean = False  # whoever wrote the shop before did not close it
        self.on_notice: Callable[[Notice], None] = lambda notice: None
        self.on_large: Callable[[], None] = lambda: None
        self.on_reached: Callable[[bool], None] = lambda there: None
        self.damaged = False  # part of the file, as reading or writing it has shown
        self.on_damaged: Callable[[], None] = lambda: None
        self._link: Link | None = None
        self._signature = secrets.token_hex(8)  # of our own notices on a server
        self._group: tuple[object, int] | None = None
        self._turn = RLock()  # one action at a time, whichever thread it comes from
        self._lock: Lock | None = None
        self._writer: Engine | None = None
        self._file: tuple[int, int] | None = None  # which file it is, whatever its name
        if read_only:
            self._readers = engines.open_readers(where)
            return
        if isinstance(where, Path):
            engines.check_to_write(where)  # first: a lock's file has no place beside what is no shop
            try:
                self._lock = Lock(lock_path(where))
                self.unclean = self._lock.unclean
            except OSError as error:
                raise engines.not_writable(where, error) from error
        try:
            self._writer, self._readers = engines.open_engines(where)
            self._file = _identity(where)
        except BaseException:
            self._unlock()
            raise

    def close(self) -> None:
        """Forget what is too old to be undone, and let others in."""
        lost = self.lost
        if self._link:
            self._link.close()
        self._readers.dispose()
        try:
            if self._writer and not lost:
                self._tidy(self._writer)
        finally:
            if self._writer:
                self._writer.dispose()
            self._unlock()

    def _unlock(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None

    def _tidy(self, writer: Engine) -> None:
        try:
            with writer.begin() as connection:
                self._take_turn(connection, 1)
                history.prune(connection)
                blobs.collect(connection)
        except (DBAPIError, ValueError):  # a full disk, say, or a damaged one: it can wait, closing cannot
            pass

    @contextmanager
    def reader(self, cancelled: Event | None = None) -> Iterator[Session]:
        """Open a session that sees one moment of the shop, and cannot change it; `cancelled` stops a query."""
        self._need_server()
        session = Session(self._readers, autoflush=False, expire_on_commit=False)
        try:
            with session, engines.interrupted_by(session.connection(), cancelled):
                yield session
        except DBAPIError as error:
            stopped = cancelled is not None and cancelled.is_set()
            if not stopped and (failure := self._failure(error)):
                raise failure from error
            raise

    def listen(self) -> None:
        """Hear from now on what others change in a shop on a server: `on_notice` is told, from another thread.

        `on_reached` is told there when the server is lost, and when it is back.
        """
        if self._shared and self._link is None:
            from desktop.data.link import Link

            connect = self._readers.dialect.loaded_dbapi.connect
            arguments, named = self._readers.dialect.create_connect_args(self._readers.url)
            hear = lambda news: self.on_notice(news)  # noqa: E731 - whoever is listening by then
            self._link = Link(partial(connect, *arguments, **named), self._signature, hear, self._turn_link)
            self._link.start()

    @property
    def lost(self) -> bool:
        """Say whether the server of the shop is known not to answer; then nothing is asked of it."""
        return self._link is not None and self._link.lost

    def retry(self) -> None:
        """Try now to reach the server that was lost."""
        if self._link:
            self._link.retry()

    def _turn_link(self, there: bool) -> None:
        if there:  # connections from before are of no use
            self._readers.dispose()
            if self._writer:
                self._writer.dispose()
        self.on_reached(there)

    def _need_server(self) -> None:
        if self.lost:
            raise NotReached(_("The server of the shop cannot be reached now. Dukkan goes on trying."))

    def _failure(self, error: DBAPIError, writing: bool = False) -> NotReached | engines.Damaged | None:
        """Return what to raise if the file is damaged, or it is the server that does not answer, or not in time."""
        if isinstance(self.where, Path):
            if not engines.is_damage(error):
                return None
            if not self.damaged:
                self.damaged = True
                self.on_damaged()
            return engines.damaged(self.where, writing)
        from desktop.data import server

        if getattr(error.orig, "sqlstate", None) == "57014":  # what is read has its time
            return NotReached(_("The server of the shop takes too long to answer. Try again in a moment."))
        if not server.is_lost(error):
            return None
        if self._link:
            self._link.lose()
        return NotReached(_("The server of the shop cannot be reached now, so this was not done. Try again later."))

    def _take_turn(self, connection: Connection, patience: float) -> None:
        """Wait until no other computer writes."""
        if self._shared:
            from desktop.data import server

            server.take_turn(connection, patience)

    def run(
        self,
        title: str,
        fn: Callable[..., T],
        *args: object,
        origin: object = None,
        group: object = None,
        cancelled: Event | None = None,
        **values: object,
    ) -> T:
        """Call `fn(session, *args, **values)` as one action that can be undone, and return what it returned.

        `title` is an English msgid, as marked by N_. Runs with the same `group`, with nothing
        between them, are one action. `fn` may be called again after a clash with another
        computer, so it must only touch the session. Raises ReadOnly or NotWritten, and Cancelled
        once `cancelled` is set, with nothing changed.
        """

        def body(session: Session) -> tuple[T, int, Changes]:
            connection = session.connection()
            action_id, since = self._start(connection, title, group)
            result = fn(session, *args, **values)
            session.flush()
            changes = self._finish(connection, action_id, since)
            if _is_large(changes):
                self.on_large()
            if changes:
                actions.remove_undone(connection, self.computer)
            elif not since:
                actions.remove(connection, action_id)
            return result, action_id, changes

        with self._my_turn():
            result, action_id, changes = self._transact(body, cancelled)
            if changes:
                self._group = (group, action_id)
        if changes:
            self.on_notice(Notice(changes, origin))
        return result

    def run_unrecorded(self, fn: Callable[..., T], *args: object) -> T:
        """Call `fn(session, *args)` to write what is not history: counts, bytes. Journaled tables refuse it."""
        with self._my_turn():
            return self._transact(lambda session: fn(session, *args))

    def undo(self, origin: object = None, cancelled: Event | None = None) -> str | None:
        """Take back this computer's last action and return its title, or None if there is none.

        Raises history.Conflict, with nothing changed, if others have built on it; Cancelled as `run` does.
        """
        return self._reverse(False, origin, cancelled)

    def redo(self, origin: object = None, cancelled: Event | None = None) -> str | None:
        """Do again what was last taken back; as `undo`."""
        return self._reverse(True, origin, cancelled)

    def reverse(
        self, action_id: int, redo: bool = False, origin: object = None, cancelled: Event | None = None
    ) -> str | None:
        """Take back one action of whichever computer, or do it again; as `undo`, None if it is not there to be."""
        return self._reverse(redo, origin, cancelled, action_id)

    def next_title(self, redo: bool = False) -> str | None:
        """Return the title (an English msgid) of what `undo()`, or `redo()`, would reverse."""
        if self.read_only:
            return None
        with self.reader() as session:
            found = actions.find_next(session.connection(), self.computer, redo)
            return found.title if found else None

    def next_is_long(self, redo: bool = False) -> bool:
        """Say whether `undo()`, or `redo()`, would touch so many rows that nobody should wait for it at the window."""
        if self.read_only:
            return False
        with self.reader() as session:
            found = actions.find_next(session.connection(), self.computer, redo)
            return found is not None and actions.touches_more(session.connection(), found.id, MANY_ROWS)

    def begin_history(self) -> None:
        """Forget every action so far: a new shop starts as it is."""
        self.run_unrecorded(lambda session: history.forget(session.connection()))

    def is_whole(self) -> bool:
        """Say whether the pages of the shop file fit together: less than `problems`, in a fraction of the time."""
        with self.reader() as session:
            try:
                return session.execute(text("PRAGMA quick_check(1)")).scalar() == "ok"
            except DBAPIError:
                return False

    def problems(self) -> list[str]:
        """Read the whole shop and return what the database finds wrong with it, in its own words."""
        with self.reader() as session:
            if session.connection().dialect.name != "sqlite":
                return []
            try:
                found = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check"))]
                broken = session.execute(text("PRAGMA foreign_key_check")).all()
            except DBAPIError as error:  # instead of a row, for some kinds of damage
                return [str(error.orig)]
        return [line for line in found if line != "ok"] + [f"{row[0]} {row[1]}: {row[2]}" for row in broken]

    def _start(self, connection: Connection, title: str, group: object) -> tuple[int, int]:
        """Begin an action, or go on with the last one; return its id and its last journal entry so far."""
        last = None if group is None else actions.find_next(connection, self.computer, redo=False)
        if last and self._group == (group, last.id):
            history.running(connection, last.id)
            return last.id, actions.last_entry(connection, last.id)
        action_id = actions.add(connection, title, self.computer)
        history.running(connection, action_id)
        return action_id, 0

    def _finish(self, connection: Connection, action_id: int, since: int) -> Changes:
        search.reindex(connection, action_id, since)
        history.running(connection, None)
        changes = history.changes(connection, action_id, since)
        if changes and self._shared:
            connection.execute(
                text("SELECT pg_notify('dukkan', :news)"), {"news": notice.pack(self._signature, changes)}
            )
        return changes

    def _reverse(self, redo: bool, origin: object, cancelled: Event | None, action_id: int | None = None) -> str | None:
        def body(session: Session) -> tuple[str | None, Changes]:
            connection = session.connection()
            if action_id is None:
                found = actions.find_next(connection, self.computer, redo)
            else:
                found = actions.find(connection, action_id, redo)
            if found is None:
                return None, {}
            history.check(connection, found.id, redo)
            history.reverse(connection, found.id)
            actions.mark(connection, found.id, undone=not redo)
            return found.title, self._finish(connection, found.id, 0)

        with self._my_turn():
            title, changes = self._transact(body, cancelled)
            self._group = None
        if changes:
            self.on_notice(Notice(changes, origin))
        return title

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """Wait until no other thread writes; the main thread not for long: it raises Busy."""
        wait = PATIENCE if current_thread() is main_thread() else -1
        if not self._turn.acquire(timeout=wait):
            raise Busy(_("Dukkan is still writing a large change. Try again in a moment."))
        try:
            yield
        finally:
            self._turn.release()

    def _transact(self, body: Callable[[Session], T], cancelled: Event | None = None) -> T:
        """Call `body` in a transaction, again if another computer got in the way."""
        if self._writer is None:
            raise ReadOnly(_("The shop is open to read only, so nothing was changed."))
        if isinstance(self.where, Path) and _identity(self.where) != self._file:
            message = _(
                "{name} was moved, deleted or replaced, or its disk is gone, so the last change was not saved. "
                "Bring it back to where it was and try again."
            )
            raise NotWritten(message.format(name=formats.auto(self.where.name)))
        self._need_server()
        patience = TURN[current_thread() is not main_thread()]
        for left in reversed(range(TRIES)):
            committing = False
            try:
                with Session(self._writer, expire_on_commit=False) as session:
                    self._take_turn(session.connection(), patience)
                    with engines.interrupted_by(session.connection(), cancelled):
                        result = body(session)
                    if cancelled and cancelled.is_set():
                        raise Cancelled
                    committing = True
                    session.commit()
                    return result
            except DBAPIError as error:
                if cancelled and cancelled.is_set():
                    raise Cancelled from error
                if left and getattr(error.orig, "sqlstate", None) in TRY_AGAIN:
                    continue
                if failure := self._failure(error, writing=True):
                    if self._shared and left == TRIES - 1 and not committing and self._link is None:
                        continue  # the server may have been restarted since, and nothing has been done
                    raise failure from error
                if refused := refusal(error):
                    raise refused from error
                raise
        raise AssertionError("unreachable")


def _identity(where: Path | str) -> tuple[int, int] | None:
    """Return which file has this name now: None if there is none. What is written into a nameless file is lost."""
    if isinstance(where, str):
        return None
    try:
        found = where.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_large(changes: Changes) -> bool:
    rows = 0
    for change in changes.values():
        if change is MANY:
            return True
        rows += len(change.inserted) + len(change.updated) + len(change.deleted)
    return rows > LARGE
