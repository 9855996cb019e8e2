"""Work that the window does not wait for: the one door to threads."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any

from PySide6.QtCore import QMetaMethod, QObject, QThread, Signal, Slot

Then = Callable[[Any], object]  # a slot for what a job returns, or raises
EVERY = 0.05  # seconds between two reports of progress: more is not seen, and costs the window time


class Token:
    """What a job looks at and tells while it works: whether it is `cancelled`, and how far it is."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self.cancelled = Event()
        self._tell = tell
        self._told = 0.0

    def report(self, done: int, total: int) -> None:
        """Tell that `done` of `total` steps are done. It may be called as often as one likes."""
        if (moment := monotonic()) - self._told > EVERY or done == total:
            self._told = moment
            self._tell(done, total)


class Job(QThread):
    """Calls `fn(token)` in a thread of its own; `done` or `failed` follows in the thread that made it.

    After `cancel()` neither does, even if the result was already on its way. `fn` touches no widget.
    All of these may be connected after `start()`; not so QThread's own `finished`, which comes out of the thread.
    An exception for which nobody waits at `failed` is raised there, like that of any slot.
    """

    done = Signal(object)
    failed = Signal(object)
    over = Signal()  # however it ended, also if it was cancelled: after `done` or `failed`
    progressed = Signal(object, object)  # steps done, and of how many
    _ended = Signal(object, object)

    def __init__(self, fn: Callable[[Token], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._fn = fn
        self._token = Token(self.progressed.emit)
        self._ended.connect(self._deliver)

    def begin(self, done: Then, failed: Then | None = None, instead_of: "Job | None" = None) -> "Job":
        """Start, and return itself; what comes of it is given to `done`, the exception to `failed`.

        `instead_of` is what was asked before, and is not wanted any more.
        """
        if instead_of:
            instead_of.cancel()
        self.done.connect(done)
        if failed:
            self.failed.connect(failed)
        self.start()
        return self

    def cancel(self) -> None:
        """Ask the work to stop, and want nothing of it any more."""
        self._token.cancelled.set()

    def run(self) -> None:
        """Do the work (called by Qt, in the thread)."""
        try:
            self._ended.emit(self._fn(self._token), None)
        except Exception as error:  # told in the other thread
            self._ended.emit(None, error)

    @Slot(object, object)
    def _deliver(self, result: object, error: Exception | None) -> None:
        self.wait()
        self.deleteLater()
        try:
            self._tell(result, error)
        finally:
            self.over.emit()

    def _tell(self, result: object, error: Exception | None) -> None:
        if self._token.cancelled.is_set():
            return
        if error is None:
            self.done.emit(result)
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.failed)):
            self.failed.emit(error)
        else:
            raise error
