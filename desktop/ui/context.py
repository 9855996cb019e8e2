"""What every page is given: the open shop, news of what changed in it, and the ways to say something."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.i18n import _, bidi
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:  # the window is painted before these are loaded
    from sqlalchemy.orm import Session

    from desktop.data.database import Database

T = TypeVar("T")


class Saying(NamedTuple):
    """A short sentence at the foot of the window, with or without a button to take back what it tells."""

    sentence: str
    undo: bool = False


class Context(QObject):
    """The open shop, as pages and dialogs use it. Reading is `reader` or `read`; the one way to write is `run`."""

    changed = Signal(object)  # a Notice, once for each commit, in the GUI thread
    said = Signal(object)  # a Saying
    wanted = Signal(str, object)  # a page to go to by its name, and what to show on it

    def __init__(self, database: "Database", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.database = database
        database.on_notice = self.changed.emit

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
        **values: object,
    ) -> T:
        """Call `fn(session, *args, **values)` as one action, which can be undone under `title` (marked by N_)."""
        return self.database.run(title, fn, *args, origin=origin, group=group, **values)

    def save(self, title: str, fn: "Callable[..., object]", *args: object, **values: Any) -> str:
        """Do as `run`, and return what is wrong in one sentence, or "" once it is stored: for fields."""
        try:
            self.run(title, fn, *args, **values)
        except Exception as error:
            if sentence := complaint(error):
                return sentence
            raise
        return ""

    def act(self, title: str, fn: "Callable[..., T]", *args: object, done: str = "", **values: Any) -> T | None:
        """Do as `run`, and say at the foot of the window what is wrong, if anything: for buttons.

        `done` is what to say, with Undo beside it, once it is done.
        """
        try:
            result = self.run(title, fn, *args, **values)
        except Exception as error:
            if sentence := complaint(error):
                self.say(sentence)
                return None
            raise
        if done:
            self.say(done, undo=True)
        return result

    def say(self, sentence: str, undo: bool = False) -> None:
        """Show a short sentence at the foot of the window, with a button to take the last action back if wanted."""
        self.said.emit(Saying(sentence, undo))

    def copy(self, text: str, sentence: str = "") -> None:
        """Put a text on the clipboard as it is to be pasted, without marks of direction, and say so."""
        QGuiApplication.clipboard().setText(bidi.strip(text))
        self.say(sentence or _("Copied. Ready to paste into the chat."))

    def go(self, page: str, target: object = None) -> None:
        """Open a page by its name, with something selected on it."""
        self.wanted.emit(page, target)

    def close(self) -> None:
        """Stop what is being read, and close the shop."""
        jobs = self.findChildren(Job)
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.wait()
        self.database.close()


def complaint(error: Exception) -> str:
    """Return what an owner can do something about in one sentence, or "" for a slip of the program."""
    from desktop.data.database import NotWritten, ReadOnly
    from desktop.data.history import Conflict
    from desktop.services.errors import Invalid

    return str(error) if isinstance(error, (Invalid, ReadOnly, NotWritten, Conflict)) else ""
