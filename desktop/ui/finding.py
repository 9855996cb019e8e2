"""Finding while somebody types: at once where that takes a moment, else behind the window, the quick answers first."""

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.data.search import LONGEST, needs_scan
from desktop.services.catalog import count_products
from desktop.services.finder import Found, find_at_once, find_everything
from desktop.ui.context import Context
from desktop.ui.tasks import Job

SMALL = 20_000  # items: among fewer, whatever the index finds is there within 10 ms
WAIT = 10  # ms that the window waits for an answer; one that comes later takes the place of what is shown


class Finding(QObject):
    """Asks `find_everything` for what is typed; `found` tells what is known at once, and again once all of it is.

    What is typed meanwhile takes the place of what was; `is_busy` says that more is coming.
    """

    found = Signal(object)  # Found

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._large = False

    @property
    def is_busy(self) -> bool:
        """Say whether more is coming."""
        return self._job is not None

    def begin(self) -> None:
        """Look how large the shop is: to be called when the line to type in is opened."""
        self._large = self._context.get(count_products) > SMALL

    def find(self, typed: str) -> None:
        """Look for `typed`; of a whole text, for its beginning."""
        typed = typed[:LONGEST]
        self.stop()
        among_items = bool(typed) and not typed.startswith("/")
        if not among_items or not (self._large or needs_scan(typed)):
            self.found.emit(self._context.get(find_everything, typed))
            return
        self._job = job = self._context.read(find_everything, typed)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        if self._large and needs_scan(typed):  # which takes its time
            self.found.emit(self._context.get(find_at_once, typed))
            job.start()
            return
        job.start()
        if job.wait(WAIT):
            QCoreApplication.sendPostedEvents(job)  # what it found, which would come with the next turn

    def stop(self) -> None:
        """Want no more answers."""
        if self._job:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_done(self, found: Found) -> None:
        self._job = None
        self.found.emit(found)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error
