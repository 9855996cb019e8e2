"""History: everything that was done, the last first, and what was deleted; any of it is taken back from here."""

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.deleted import DAYS, Deleted, bring_back, list_deleted
from desktop.services.past import Detail, list_actions, read_actions, read_detail, told_in_a_line
from desktop.services.past_rows import Entry
from desktop.services.things import BY_TABLE, THINGS
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.pages.history_panel import HistoryPanel
from desktop.ui.pages.page import Page
from desktop.ui.tasks import Job
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.preview_table import PAGE, Cell, Line, PreviewTable
from desktop.ui.widgets.search_field import SearchField

PAUSE = 200  # ms after a change before the list is read again
INSPECTOR = 320  # px, to begin with
SHARES = (0.27, 0.27)
DONE, GONE = "done", "deleted"
Told = tuple[Entry, str]


class Where(NamedTuple):
    """What one was looking at."""

    shown: str = DONE
    kind: str = ""
    typed: str = ""


class HistoryPage(Page):
    """A list of actions, or of deleted things, and beside it what the one that is chosen did, and taking it back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._ids: list[int] = []
        self._gone: list[Deleted] = []
        self._lines: dict[int, Told] = {}
        self._job: Job | None = None
        self._detail: Job | None = None
        self._chosen: object = None  # an Entry, or a Deleted
        self._stale = False
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self.header = PageHeader(_("History"))
        self.shown = Chips(_("What to show"))
        deleted = ngettext("Deleted in the last {n} day", "Deleted in the last {n} days", DAYS)
        self.shown.set_chips([(DONE, _("What was done"), ""), (GONE, deleted.format(n=formats.number(DAYS)), "")])
        self.search = SearchField(_("Search by name"))
        self.kind = Choice([("", _("Everything")), *((thing.table, _(thing.title)) for thing in THINGS)])
        self.kind.set_value("")
        self.kind.setAccessibleName(_("What was changed"))
        self.done = PreviewTable(_("What was done"), [_("When"), _("What was done"), _("Changed")], shares=SHARES)
        self.gone = PreviewTable(_("Deleted"), [_("When"), _("What it was"), _("Name")], shares=SHARES)
        sentence = _("What is done in the shop is listed here, the last first.")
        self.nothing = Empty("history", _("Nothing here"), sentence)
        self.lists = QStackedWidget()
        self.panel = HistoryPanel()
        self._lay_out()
        self._soon.timeout.connect(self._fill)
        self.shown.chosen.connect(self._on_shown)
        self.search.searched.connect(self._on_wanted)
        self.kind.activated.connect(self._on_wanted)
        self.panel.take_back.clicked.connect(self._on_take_back)
        for table in (self.done, self.gone):
            table.selectionModel().currentRowChanged.connect(self._on_row)
            table.activated.connect(self._on_activated)
        self._fill()

    def _lay_out(self) -> None:
        for widget in (self.done, self.gone):
            theme.look(widget, "preview")
            self.lists.addWidget(widget)
        self.lists.addWidget(self.nothing)
        bar = QHBoxLayout()
        bar.setSpacing(theme.pixels(8))
        bar.addWidget(self.search, 1)
        bar.addWidget(self.kind)
        main = QWidget()
        column = QVBoxLayout(main)
        around = theme.pixels(24)
        column.setContentsMargins(around, theme.pixels(16), around, theme.pixels(16))
        column.setSpacing(theme.pixels(12))
        column.addWidget(self.header)
        column.addWidget(self.shown)
        column.addLayout(bar)
        column.addWidget(self.lists, 1)
        self.lay_beside(main, self.panel, INSPECTOR, least=400)

    # What is shown

    def show_target(self, target: object) -> None:
        """Show what was deleted for "deleted", or what `state` returned."""
        where = target if isinstance(target, Where) else Where(GONE) if target == GONE else None
        if where:
            self.shown.set_value(where.shown)
            self.kind.set_value(where.kind)
            self.search.show_text(where.typed)
            self._on_shown()

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(str(self.shown.value()), str(self.kind.value() or ""), self.search.text())

    def on_changed(self, notice: Notice) -> None:
        """Read the list again in a moment, or when it comes into sight."""
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._fill()

    def is_settled(self) -> bool:
        """Say whether all is read that is to be shown."""
        return self._job is None and self._detail is None and not self._soon.isActive()

    @Slot()
    @Slot(object)
    def _on_shown(self, _value: object = None) -> None:
        self._chosen = None
        self.panel.show_nothing()
        self._fill()

    @Slot()
    @Slot(str)
    @Slot(int)
    def _on_wanted(self, _value: object = None) -> None:
        self._fill()

    @Slot()
    def _fill(self) -> None:
        """Read what is to be listed, behind the window."""
        self._stale = False
        kind, typed = str(self.kind.value() or ""), self.search.text()
        read: Any = _read_done if self.shown.value() == DONE else list_deleted
        self._job = self.context.read(read, kind, typed).begin(self._on_read, self._on_failed, instead_of=self._job)

    @Slot(object)
    def _on_read(self, found: Any) -> None:
        self._job = None
        if self.shown.value() == DONE:
            self._ids, self._lines = found
            count, table = len(self._ids), self.done
            table.show_lines(count, self._load_done)
            words = ngettext("{n} action", "{n} actions", count)
        else:
            self._gone = found
            count, table = len(self._gone), self.gone
            table.show_lines(count, self._load_gone)
            words = ngettext("{n} thing", "{n} things", count)
        self.header.set_count(words.format(n=formats.number(count)) if count else "")
        self.lists.setCurrentWidget(table if count else self.nothing)
        self.panel.setVisible(bool(count))
        if count:
            # not selectRow, which in Arabic finds no column before the table has been laid out
            table.setCurrentIndex(table.model().index(self._place(), 0))
            self._on_row(table.currentIndex())

    def _place(self) -> int:
        """Return the row of what was chosen before, the first where it has gone."""
        if isinstance(self._chosen, Entry) and self._chosen.id in self._ids[: PAGE * 4]:
            return self._ids.index(self._chosen.id)
        return 0

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.context.say(complaint(error))

    def _load_done(self, first: int, count: int) -> list[Line]:
        ids = self._ids[first : first + count]
        missing = [id for id in ids if id not in self._lines]
        if missing:
            self._lines.update(self.context.get(_tell, missing))
        return [_row(*self._lines[id]) if id in self._lines else [Cell("")] * 3 for id in ids]

    def _load_gone(self, first: int, count: int) -> list[Line]:
        return [
            (Cell(formats.datetime(one.at)), Cell(_(BY_TABLE[one.table].one)), Cell(one.name))
            for one in self._gone[first : first + count]
        ]

    # The one that is chosen

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if self._detail:
            self._detail.cancel()
            self._detail = None
        row = index.row()
        if row < 0:
            return
        if self.sender() is self.gone.selectionModel() or self.lists.currentWidget() is self.gone:
            if row < len(self._gone):
                self._chosen = self._gone[row]
                self.panel.show_deleted(self._gone[row], self.context.read_only)
            return
        if row >= len(self._ids) or self._ids[row] not in self._lines:
            self.panel.show_nothing()
            return
        entry, line = self._lines[self._ids[row]]
        self._chosen = entry
        self.panel.show_entry(entry, line, self.context.read_only)
        self._detail = self.context.read(read_detail, entry)
        self._detail.done.connect(self._on_detail)
        self._detail.failed.connect(self._on_failed)
        self._detail.start()

    @Slot(object)
    def _on_detail(self, detail: Detail) -> None:
        self._detail = None
        self.panel.show_detail(detail)

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self.panel.take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_take_back(self) -> None:
        chosen = self._chosen
        if isinstance(chosen, Deleted):
            done = _("{name} is back.").format(name=chosen.name)
            self.context.act(N_("Bring back what was deleted"), bring_back, chosen.seq, done=done)
        elif isinstance(chosen, Entry):
            job = self.context.work(partial(_reverse, self.context, chosen))
            job.done.connect(self._on_reversed)
            job.failed.connect(self._on_failed)
            job.start()

    @Slot(object)
    def _on_reversed(self, sentence: str) -> None:
        self._lines.clear()
        self._soon.start()
        self.context.say(sentence)


def _reverse(context: Context, entry: Entry, token: Any) -> str:
    """Take an action back, or do it again, and return what to say."""
    title = context.database.reverse(entry.id, entry.undone, cancelled=token.cancelled)
    if title is None:
        return _("The history no longer knows how to do that.")
    words = _("Done again: {title}") if entry.undone else _("Taken back: {title}")
    return words.format(title=_(title))


def _read_done(session: Session, kind: str, typed: str) -> tuple[list[int], dict[int, Told]]:
    """Return what to list, and the first lines of it."""
    ids = list_actions(session, kind, typed)
    return ids, _tell(session, ids[:PAGE])


def _tell(session: Session, ids: list[int]) -> dict[int, Told]:
    return {entry.id: (entry, told_in_a_line(session, entry)) for entry in read_actions(session, ids)}


def _row(entry: Entry, line: str) -> Line:
    title = _(entry.title)
    # TRANSLATORS: an action that was taken back: {title} is for example "Change price".
    title = _("{title} (taken back)").format(title=title) if entry.undone else title
    return (Cell(formats.datetime(entry.at)), Cell(title), Cell(line))
