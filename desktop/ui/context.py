"""What every page is given: the open shop, news of what changed in it, and the ways to say something."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QMimeData, QObject, Signal, Slot

from desktop.i18n import _, bidi
from desktop.ui.backups import Backups
from desktop.ui.clipboard import put_data, put_text
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:  # the window is painted before these are loaded
    from sqlalchemy.orm import Session

    from desktop.data.database import Database
    from desktop.data.notice import Notice

T = TypeVar("T")


class Saying(NamedTuple):
    """A short sentence at the foot of the window, with or without a button to take back what it tells.

    `place` is the page where what it tells is seen, and what to show there.
    """

    sentence: str
    undo: bool = False
    place: tuple[str, object] | None = None


class Written(NamedTuple):
    """What a write behind the window returned, and what was said of it."""

    result: Any
    sentence: str


class Context(QObject):
    """The open shop, as pages and dialogs use it.

    Reading is `reader` or `read`; the one way to write is `run`, or `write` where it takes longer than a moment.
    """

    changed = Signal(object)  # a Notice, once for each commit, in the GUI thread
    _noticed = Signal(object)  # the same, in the thread that wrote
    reached = Signal(bool)  # whether the server of the shop, if it is on one, can be reached from now on
    damaged = Signal()  # once, when part of the shop's file turns out to be
    said = Signal(object)  # a Saying
    wanted = Signal(str, object)  # a page to go to by its name, and what to show on it

    def __init__(self, database: "Database", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.database = database
        self._last: Notice | None = None
        self.backups = Backups(self)
        self._noticed.connect(self._on_noticed)
        database.on_notice = self._noticed.emit
        database.on_reached = self.reached.emit
        database.on_damaged = self.damaged.emit
        database.listen()

    @property
    def read_only(self) -> bool:
        """Say whether nothing here can be changed: somebody else has the shop, or the disk does not let us."""
        return self.database.read_only

    def reader(self) -> "AbstractContextManager[Session]":
        """Open a session to read a screenful with; anything longer is for `read`."""
        return self.database.reader()

    def get(self, fn: "Callable[..., T]", *args: object, **values: object) -> T:
        """Return `fn(session, *args, **values)`: for what is read in a moment."""
        with self.database.reader() as session:
            return fn(session, *args, **values)

    def read(self, fn: "Callable[..., Any]", *args: object) -> Job:
        """Return a job that will call `fn(session, *args)`; connect to its signals, then start it."""

        def work(token: Token) -> Any:
            with self.database.reader(token.cancelled) as session:
                return fn(session, *args)

        return Job(work, self)

    def work(self, fn: Callable[[Token], Any]) -> Job:
        """Return a job that will call `fn(token)` away from the window; connect to its signals, then start it."""
        return Job(fn, self)

    def run(
        self,
        title: str,
        fn: "Callable[..., T]",
        *args: object,
        origin: object = None,
        group: object = None,
        **values: Any,
    ) -> T:
        """Call `fn(session, *args, **values)` as one action, which can be undone under `title` (marked by N_)."""
        return self.database.run(title, fn, *args, origin=origin, group=group, **values)

    def save(self, title: str, fn: "Callable[..., object]", *args: object, **values: Any) -> str:
        """Do as `run`, and return what is wrong in one sentence, or "" once it is stored: for fields."""
        try:
            self.run(title, fn, *args, **values)
        except Exception as error:
            return complaint(error)
        return ""

    def act(self, title: str, fn: "Callable[..., T]", *args: object, done: str = "", **values: Any) -> T | None:
        """Do as `run`, and say at the foot of the window what is wrong, if anything: for buttons.

        `done` is what to say, with Undo beside it, once it is done.
        """
        try:
            result = self.run(title, fn, *args, **values)
        except Exception as error:
            self.say(complaint(error))
            return None
        if done:
            self.say(done, undo=True)
        return result

    def write(
        self, title: str, fn: "Callable[..., Any]", *args: object, progress: bool = False, **values: object
    ) -> Job:
        """Return a job that will do as `run` away from the window; connect to its signals, then start it.

        With `progress` the function is also given `tell`, to call with the steps done and of how many. Meanwhile other
        writes are told to come back in a moment. Cancelled, it leaves nothing, like a slip.
        """

        def work(token: Token) -> Any:
            more: dict[str, Any] = {**values, "tell": token.report} if progress else values
            return self.database.run(title, fn, *args, cancelled=token.cancelled, **more)

        return Job(work, self)

    def act_behind(
        self,
        title: str,
        fn: "Callable[..., T]",
        *args: object,
        done: "Callable[[T], str]",
        progress: bool = False,
        **values: object,
    ) -> Job:
        """Start what `act` does, away from the window, and return its job: for buttons that change many rows.

        `done(result)` is what to say, with Undo beside it, once it is done; it is called in the worker's thread. The
        job's own `done` tells a Written.
        """
        job = self.write(title, _said, fn, done, *args, progress=progress, **values)
        job.done.connect(self._on_written)
        job.failed.connect(self._on_not_written)
        job.start()
        return job

    def reverse(self, redo: bool = False) -> None:
        """Take back what was done last, or do it again, and say so; away from the window if it was very much."""
        turn = self.database.redo if redo else self.database.undo
        done = self._on_redone if redo else self._on_undone
        if self.database.next_is_long(redo):
            self.say(_("Doing it again…") if redo else _("Taking it back…"))
            job = Job(lambda token: turn(cancelled=token.cancelled), self)
            job.done.connect(done)
            job.failed.connect(self._on_not_written)
            job.start()
            return
        try:
            title = turn()
        except Exception as error:
            self._on_not_written(error)
        else:
            done(title)

    def say(self, sentence: str, undo: bool = False) -> None:
        """Show a short sentence at the foot of the window, with a button to take the last action back if wanted."""
        self.said.emit(Saying(sentence, undo))

    def copy(self, text: str, sentence: str = "") -> None:
        """Put a text on the clipboard as it is to be pasted, without marks of direction, and say so, or why not."""
        self.say(put_text(bidi.strip(text)) or sentence or _("Copied. Ready to paste into the chat."))

    def copy_data(self, data: QMimeData, sentence: str) -> bool:
        """Put a picture or a file on the clipboard and say `sentence`, or why not; return whether it is there."""
        refused = put_data(data)
        self.say(refused or sentence)
        return not refused

    def go(self, page: str, target: object = None) -> None:
        """Open a page by its name, with something selected on it."""
        self.wanted.emit(page, target)

    @Slot(object)
    def _on_noticed(self, notice: "Notice") -> None:
        if not notice.elsewhere:
            self._last = notice
        self.changed.emit(notice)

    @Slot(object)
    def _on_written(self, written: Written) -> None:
        if written.sentence:
            self.say(written.sentence, undo=True)

    @Slot(object)
    def _on_undone(self, title: str | None) -> None:
        if title:
            self._say_where(_("Taken back: {title}").format(title=_(title)))

    @Slot(object)
    def _on_redone(self, title: str | None) -> None:
        if title:
            self._say_where(_("Done again: {title}").format(title=_(title)))

    def _say_where(self, sentence: str) -> None:
        from desktop.ui.places import place_of

        self.said.emit(Saying(sentence, place=place_of(self._last) if self._last else None))

    @Slot(object)
    def _on_not_written(self, error: Exception) -> None:
        self.say(complaint(error))

    def close(self) -> None:
        """Stop what is being read or written, and close the shop."""
        jobs = self.findChildren(Job)
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.wait()
            job.setParent(None)  # what it calls may be the last to know this context, which would delete it once more
        self.backups.close()
        self.database.close()


def _said(
    session: "Session", fn: "Callable[..., T]", done: "Callable[[T], str]", *args: object, **values: object
) -> Written:
    result = fn(session, *args, **values)
    return Written(result, done(result))


def complaint(error: Exception) -> str:
    """Return in one sentence what an owner can do something about; a slip of the program is raised again.

    Of two people at one value it is a Clash.
    """
    from desktop.data.backups import NotBackedUp
    from desktop.data.database import NotWritten, ReadOnly
    from desktop.data.engines import Refused
    from desktop.data.history import Conflict
    from desktop.data.lock import Locked
    from desktop.exchange.files import CannotWrite
    from desktop.exchange.problems import BadTable
    from desktop.services.errors import Invalid, Stale

    if isinstance(error, Stale):
        from desktop.ui.widgets.clash import Clash

        return Clash(error)
    told = (Invalid, ReadOnly, NotWritten, Conflict, Refused, Locked, NotBackedUp, CannotWrite, BadTable)
    if not isinstance(error, told):
        raise error
    return str(error)
