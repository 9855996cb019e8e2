"""What is due, beside the clock: entries of the tray's menu, and, where one wants that, a word when the time comes."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.i18n import _, formats
from desktop.ui.main_window import MainWindow
from desktop.ui.tray import Tray

SHOWN = 5  # entries of the menu
TICK = 60_000  # ms between two looks at the clock


class Reminders(QObject):
    """Belongs to the tray: looks each minute, and when its menu opens, at what is due in the shop that is open."""

    def __init__(self, window: MainWindow, tray: Tray) -> None:
        super().__init__(tray)
        self._window = window
        self._tray = tray
        self._seen = _now()
        self._told = 0  # the follow-up that was told of last
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self.look)
        tray.menu.aboutToShow.connect(self.look)
        tray.icon.messageClicked.connect(self._on_message)
        tray.due_wanted.connect(self._on_wanted)
        self._clock.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Show what is due, and tell what has become due since the last look."""
        context = self._window.context
        if context is None or context.database.lost or context.database.damaged:  # the window says so, once
            self._tray.show_due([])
            return
        from desktop.services.due import became_due, list_due
        from desktop.ui.pages.follow_up_row import name_of

        rows = context.get(list_due, ("overdue", "today"), "", SHOWN)[:SHOWN]
        self._tray.show_due([(row.id, _words(row.due_at, name_of(row))) for row in rows])
        since, self._seen = self._seen, _now()
        fresh = context.get(became_due, since, self._seen) if self._window.settings.remind else []
        if fresh:
            self._told = fresh[-1].id
            self._tray.tell(_("Follow-ups"), "\n".join(_words(row.due_at, name_of(row)) for row in fresh))

    @Slot(int)
    def _on_wanted(self, follow_up: int) -> None:
        if self._window.context:
            self._window.show()
            self._window.raise_()
            self._window.activateWindow()
            self._window.go("follow-ups", follow_up)

    @Slot()
    def _on_message(self) -> None:
        if self._told:
            self._on_wanted(self._told)


def _now() -> int:
    from time import time

    return int(time())


def _words(due_at: int, name: str) -> str:
    # TRANSLATORS: an entry of a menu: when, and what is to be done, as in "today 4:00 pm · Cake".
    return _("{when} · {what}").format(when=formats.datetime(due_at), what=name)
