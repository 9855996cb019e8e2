"""Backups of the open shop, in a thread: now and then while it changes, before large changes, and when it closes."""

import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop import config
from desktop.i18n import _, formats
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.data.backups import Snapshot
    from desktop.data.notice import Notice
    from desktop.ui.context import Context

TICK = 60_000  # ms between two looks at whether a backup is due
EVERY = 1800  # seconds from one backup to the next, at least


class Made(NamedTuple):
    """What came of a backup: when the last good one was made (UTC seconds, 0 for never), and what is wrong, or ""."""

    at: int
    trouble: str


class Backups(QObject):
    """Does nothing until `start`, and nothing at all for a shop on a server or one that is only read.

    What cannot be done is `trouble`, a sentence, and never stops anybody.
    """

    changed = Signal()  # of `at` or `trouble`
    rested = Signal()  # nothing is being backed up any more
    _large = Signal(object)  # a Snapshot, in the thread that writes

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self.trouble = ""
        self._at = 0
        self._synced = ""
        self._recalled = True  # what backups there are already
        self._context = context
        self._shop: Path | None = None
        self._behind = False  # something has changed since the last backup
        self._tried = 0.0
        self._waiting: Snapshot | None = None
        self._job: Job | None = None
        self._telling = False
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._on_tick)
        self._large.connect(self._begin)

    @property
    def at(self) -> int:
        """When the last good backup was made, in UTC seconds; 0 if there is none."""
        self._recall()
        return self._at

    @property
    def synced(self) -> str:
        """The name of the service in whose folder the shop lies, or ""."""
        self._recall()
        return self._synced

    @property
    def possible(self) -> bool:
        """Say whether this shop is backed up by this program."""
        return self._shop is not None

    @property
    def busy(self) -> bool:
        """Say whether a backup is being made; `rested` follows."""
        return self._job is not None

    def start(self) -> None:
        """Look after the shop from now on."""
        where = self._context.database.where
        if not isinstance(where, Path) or self._context.read_only:
            return
        self._shop = where
        self._recalled = False
        self._context.changed.connect(self._on_changed)
        self._context.database.on_large = self._on_large
        self._timer.start()
        self.changed.emit()

    def _recall(self) -> None:
        """See which backups there are, with the first question: only Home asks while the shop is opening."""
        if self._recalled or not self._shop:
            return
        from desktop.data.backups import folder_of, last_good, migrated
        from desktop.data.engines import Damaged
        from desktop.data.synced import synced_by

        self._recalled = True
        self._synced = synced_by(self._shop)
        last = last_good(folder_of(config.backup_roots()[0], self._shop))
        self._at = last.at if last else 0
        self._behind = self._behind or not last or bool(migrated(self._shop))
        with suppress(Damaged):  # a shop that cannot be read says so elsewhere
            self._behind = self._behind or self._context.get(_last_change) > self._at

    def make(self, tell: bool = False) -> None:
        """Make a backup of this moment; with `tell`, say at the foot of the window what came of it."""
        self._telling = self._telling or tell
        if self._shop:
            self._begin(self._look(self._shop))

    def close(self) -> None:
        """Make the last backup of the shop, if one is due, and look after it no longer; the thread may outlive it."""
        if not self._shop:
            return
        if self._is_due():
            self.make()
        elif self._waiting:
            Job(partial(_write, self._waiting), self._keeper()).start()
        self._waiting = None
        self.stop()

    def stop(self) -> None:
        """Look after the shop no longer."""
        if self._shop:
            self._shop = None
            self._timer.stop()
            self._context.changed.disconnect(self._on_changed)
            self._context.database.on_large = lambda: None

    def _is_due(self) -> bool:
        now = time.time()
        self._recall()
        return self._behind and not self._job and min(abs(now - self.at), abs(now - self._tried)) >= EVERY

    def _keeper(self) -> QObject:
        """Return what keeps a thread: the window, whose end waits for it; the shop may be closed before."""
        return self._context.parent() or self._context

    def _look(self, shop: Path) -> "Snapshot | None":
        """Hold this moment of the shop, in any thread."""
        from desktop.data.backups import NotBackedUp, Snapshot

        try:
            return Snapshot(shop)
        except NotBackedUp as error:
            self.trouble = str(error)
            return None

    def _on_large(self) -> None:
        """Hold the shop as it is before a large change (in the thread that writes it)."""
        if self._shop and (snapshot := self._look(self._shop)):
            self._large.emit(snapshot)

    @Slot(object)
    def _begin(self, snapshot: "Snapshot | None") -> None:
        """Write a moment of the shop, or after what is being written; a third one is in the second."""
        self._recall()
        self._tried = time.time()
        if snapshot is None:
            self.changed.emit()
        elif self._job is None:
            self._behind = False
            self._job = Job(partial(_write, snapshot), self._keeper()).begin(self._on_made)
        elif self._waiting is None:
            self._waiting = snapshot
        else:
            snapshot.close()

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self._job = None
        self._behind = self._behind or bool(made.trouble)
        self._at, self.trouble = made
        if self._telling:
            self._telling = False
            self._context.say(made.trouble or _("Backed up."))
        self.changed.emit()
        if self._waiting:
            snapshot, self._waiting = self._waiting, None
            self._begin(snapshot)
        else:
            self.rested.emit()

    @Slot(object)
    def _on_changed(self, notice: "Notice") -> None:
        self._behind = self._behind or bool(notice.changes)

    @Slot()
    def _on_tick(self) -> None:
        if self._is_due():
            self.make()


def told(at: int) -> str:
    """Say when the last good backup was made."""
    if not at:
        return _("There is no backup yet.")
    # TRANSLATORS: {when} is as in "today 9:40 am".
    return _("Last backup: {when}").format(when=formats.datetime(at))


def warned(service: str) -> str:
    """Say what is wrong with a shop that lies in the folder of a service that syncs it, or ""."""
    if not service:
        return ""
    sentence = _(
        "This shop lies in a folder of {service}, which can damage it while it is open. Keep the shop in another "
        "folder, and choose that one for your backups in the settings."
    )
    return sentence.format(service=formats.auto(service))


def _write(snapshot: "Snapshot", token: Token) -> Made:
    """Write a moment of the shop where its backups are, and let go of it; a job that is not wanted any more ends it."""
    from desktop.data.backups import NotBackedUp, folder_of, last_good, make_backup

    root, second = config.backup_roots()
    trouble = ""
    try:
        make_backup(snapshot, root, second, token.cancelled)
    except NotBackedUp as error:
        trouble = str(error)
    finally:
        snapshot.close()
    last = last_good(folder_of(root, snapshot.shop))
    return Made(last.at if last else 0, trouble)


def _last_change(session: "Session") -> int:
    """Return when the shop was last changed, in UTC seconds; 0 if never."""
    from sqlalchemy import select

    from desktop.data.history import action

    return session.scalar(select(action.c.at).order_by(action.c.id.desc()).limit(1)) or 0
