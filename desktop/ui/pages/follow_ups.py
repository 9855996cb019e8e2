"""Follow-ups: what is to be done today and later; one click opens the chat with the text in it."""

import datetime as dt
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeySequence, QShortcut, QShowEvent

from desktop.data.models import Customer, FollowUp, Hours, Order, Overlay, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services import follow_ups
from desktop.services.bookings import has_bookings, next_free
from desktop.services.due import GROUPS, Due, Group, counts, letter, list_due, read_due, when_words
from desktop.services.errors import NotFound
from desktop.services.follow_ups import LATER, Kind, Later, on_the_wall
from desktop.ui import theme
from desktop.ui.chats import open_chat
from desktop.ui.context import Context
from desktop.ui.pages.follow_up_calendar import CalendarFile
from desktop.ui.pages.follow_up_day import DayCard
from desktop.ui.pages.follow_up_editor import FollowUpEditor
from desktop.ui.pages.follow_up_groups import Groups, late_words
from desktop.ui.pages.follow_up_row import row_of
from desktop.ui.pages.list_page import ListPage
from desktop.ui.saving import Opener
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.copy_list import Act, CopyList
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.search_field import SearchField

INSPECTOR = 350  # px, to begin with
SHOWN = 200  # of each group
LEAST = 110  # px high: what is empty may be cut, the day above the list may not
TICK = 30_000  # ms between two looks at the clock


class Where(NamedTuple):
    """What one was looking at; the group "" is all that is still to be done."""

    follow_up: int | None = None
    typed: str = ""
    group: str = ""
    day: dt.date | None = None


class FollowUpsPage(ListPage):
    """Groups by when things are due, a day of bookings above them, and the one that is chosen in the inspector."""

    model = FollowUp
    editor: FollowUpEditor

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._opener = opener
        self._found: dict[Group, int] = {}
        self._job: Job | None = None
        self._left = False
        keys = QKeySequence("Ctrl+N")
        self.header = PageHeader(_("Follow-ups"))
        self.add = quiet(_("New follow-up"), "plus", shortcut=keys)
        self.book = icon_button("calendar-plus", _("New booking"))
        self.calendar = icon_button("calendar-days", _("Show a day of bookings"))
        self.calendar.setCheckable(True)
        self.files = CalendarFile(context, opener)
        self.more = icon_button("ellipsis", _("More"))
        self.more.setMenu(self.files.menu)
        self.search = SearchField(_("Search what is to be done, customers and notes"))
        self.groups = Groups()
        self.card = DayCard(context)
        act = Act(_("Open chat"), _("Opened"), "message-circle")
        self.list = CopyList(_("Follow-ups"), several=True, act=act)
        self.add_first = primary(_("New follow-up"), "plus", shortcut=keys)
        self.book_first = quiet(_("New booking"), "calendar-plus")
        sentence = _(
            "Remind yourself to write to a customer: the cake is ready, the session is tomorrow. "
            "One click opens the chat with the text in it. WhatsApp sends it."
        )
        self.empty = Empty("bell", _("Nothing to follow up yet"), sentence, self.add_first, other=self.book_first)
        self.nothing = Empty("check", _("Nothing here"), _("Nothing of this kind is to be done."))
        self.more_of = Label("", "small", wrap=True)
        self.editor = FollowUpEditor(context)
        self._clock = QTimer(self, interval=TICK)
        self._lay_out()
        self._connect()
        for button in (self.add, self.add_first, self.book, self.book_first):
            button.setDisabled(context.read_only)
        self.calendar.setChecked(context.get(has_bookings))
        self._on_calendar()
        self._fill()

    def _lay_out(self) -> None:
        self.header.add(self.more, self.calendar, self.book, self.add)
        for widget in (self.list, self.empty, self.nothing):
            self.shown.addWidget(widget)
        self.shown.setMinimumHeight(theme.pixels(LEAST))
        above = (self.header, self.files, self.card, self.search, self.groups)
        self._lay_out_list(INSPECTOR, above, below=[self.more_of])

    def _connect(self) -> None:
        for add in (self.add, self.add_first):
            add.clicked.connect(self._on_add)
        for book in (self.book, self.book_first):
            book.clicked.connect(self._on_book)
        self.calendar.toggled.connect(self._on_calendar)
        self.search.searched.connect(self._fill)
        self.search.moved_down.connect(self._on_down)
        self.groups.chosen.connect(self._on_narrowed)
        self.list.chosen.connect(self._on_chosen)
        self.list.copy_wanted.connect(self._on_open)
        self.list.delete_wanted.connect(self._on_delete)
        self.card.slot_wanted.connect(self._on_slot)
        self.card.booking_wanted.connect(self._on_chosen)
        self.editor.open_wanted.connect(self._on_open)
        self.editor.done_wanted.connect(self._on_done)
        self.editor.snooze_wanted.connect(self._on_snooze)
        self.editor.delete_wanted.connect(self._on_delete)
        self.editor.duplicate_wanted.connect(self._on_duplicate)
        self.editor.wanted.connect(self._on_chosen)
        self.editor.added.connect(self._edit_new)
        self.go_by(self._clock, self._fill)
        pairs = (("Ctrl+N", self._on_add), ("Ctrl+Return", self._on_open), ("Ctrl+D", self._on_duplicate))
        for keys, slot in pairs:
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.editor.open_chat.set_hint("", QKeySequence("Ctrl+Return"))

    # What is shown

    def show_target(self, target: object) -> None:
        """Show a follow-up by its id, a group by its name, or what `state` returned."""
        if isinstance(target, Where):
            self.groups.set_value(target.group)
            self.search.show_text(target.typed)
            if target.day:
                self.card.show_day(target.day)
            self._fill()
            target = target.follow_up
        elif target in GROUPS:
            self.groups.set_value(target)
            self._fill()
        elif target is not None:
            self.search.show_text("")
            self.groups.set_value("")
            self._fill()
        if isinstance(target, int):
            self._show(target)

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self.editor.row(), self.search.text(), str(self.groups.value() or ""), self.card.day())

    def on_changed(self, notice: Notice) -> None:
        """Follow what has changed of the follow-ups, and of whom and what they are about."""
        if any(map(notice.of, (FollowUp, Customer, Order, Hours, Overlay, Profile))):
            self.editor.refresh(notice)
            self._fill()
        self._bring_back(notice)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._left:  # time has gone on meanwhile
            self._left = False
            self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self._left = True

    @Slot()
    def _fill(self) -> None:
        """Show what is looked for, and the first of it where none was chosen."""
        found = self.context.get(counts)
        self._found = found
        self.groups.show_counts(found)
        self.header.set_count(late_words(found), "near" if found["overdue"] else "ok")
        groups, typed = self.groups.groups(), self.search.text()
        if self._job:
            self._job.cancel()
            self._job = None
        if typed and sum(found.values()) > 10_000:  # every row may be read
            self._job = self.context.read(list_due, groups, typed, SHOWN).begin(self._on_read, self._on_failed)
            return
        self._show_rows(self.context.get(list_due, groups, typed, SHOWN))

    @Slot(object)
    def _on_read(self, rows: list[Due]) -> None:
        self._job = None
        self._show_rows(rows)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _show_rows(self, rows: list[Due]) -> None:
        with self.context.reader() as session:
            heads = len({row.group for row in rows}) > 1
            lines = []
            for place, row in enumerate(rows):
                first = heads and (not place or rows[place - 1].group != row.group)
                when = when_words(session, row.due_at, row.minutes if row.kind == "booking" else 0)
                lines.append(row_of(row, when, first))
        self._list_rows(lines)
        total = sum(self._found.values())
        self._show_found(len(rows), total)
        for widget in (self.search, self.groups, self.more, self.add, self.book, self.calendar):
            widget.setVisible(bool(total))
        self.card.setVisible(bool(total) and self.calendar.isChecked())
        self._tell_more(rows)
        self._refresh_card()

    def _tell_more(self, rows: list[Due]) -> None:
        whole = sum(self._found[group] for group in self.groups.groups())
        more = max(0, whole - len(rows)) if not self.search.text() else 0
        words = ngettext("{n} more: the search finds it.", "{n} more: the search finds them.", more)
        self.more_of.setText(words.format(n=formats.number(more)) if more else "")
        self.more_of.setVisible(bool(more))

    def _refresh_card(self) -> None:
        if self.card.isVisibleTo(self):
            self.card.current = self.editor.row()
            self.card.refresh()

    def _show(self, follow_up: int) -> bool:
        """Show one in the inspector; False if what is typed there cannot be saved yet, which then stays."""
        done = super()._show(follow_up)
        try:
            row = self.context.get(read_due, follow_up)
        except NotFound:
            return done
        if done and row.kind == "booking":
            self.card.show_day(self.context.get(on_the_wall, row.due_at).date())
        self._refresh_card()
        return done

    # What one does

    @Slot()
    def _on_calendar(self) -> None:
        self.card.setVisible(self.calendar.isChecked())
        self._refresh_card()

    @Slot()
    def _on_add(self) -> None:
        self._new("task")

    @Slot()
    def _on_book(self) -> None:
        self.calendar.setChecked(True)
        self._new("booking", self.context.get(next_free))

    @Slot(object, int)
    def _on_slot(self, at: dt.datetime, minutes: int) -> None:
        self._new("booking", int(at.timestamp()), minutes=minutes)

    def _new(self, kind: Kind, due_at: int | None = None, **fields: Any) -> None:
        if not self._may_add():
            return
        title = N_("New follow-up") if kind == "task" else N_("New booking")
        new = self.context.act(title, follow_ups.add_follow_up, kind, due_at, origin=self, **fields)
        self._edit_new(new)

    @Slot()
    @Slot(object)
    def _on_open(self, follow_up: int | None = None) -> None:
        """Open the chat of one, or of the one that is shown, and note that it was opened."""
        if follow_up is not None and not self._show(follow_up):
            return
        shown = self.editor.row()
        if shown is None or not self.editor.commit():
            return
        if open_chat(self.context, self.context.get(letter, shown), self._opener):
            self.list.show_copied(shown)
            if not self.context.read_only:
                said = N_("Open chat")
                self.context.act(said, follow_ups.note_opened, shown, origin=self)

    @Slot()
    def _on_done(self) -> None:
        shown = self.editor.row()
        if shown is None or self.context.read_only or not self.editor.commit():
            return
        row = self.context.get(follow_ups.read_follow_up, shown)
        if row.done_at is not None:
            self.context.act(N_("Mark as not done"), follow_ups.reopen, shown, origin=self)
            return
        keys = self.list.order()
        place = keys.index(shown) if shown in keys else 0
        following = self.context.act(N_("Mark as done"), follow_ups.finish, shown, origin=self)
        said = _("Done")
        if following is not None:
            again = self.context.get(follow_ups.read_follow_up, following)
            said = _("Done. The next one is {when}.").format(when=formats.auto(formats.datetime(again.due_at)))
        if (rest := self.list.order()) and shown not in rest:
            self._show(rest[min(place, len(rest) - 1)])
        self.context.say(said, undo=True)

    @Slot(str)
    def _on_snooze(self, choice: Later) -> None:
        shown = self.editor.row()
        if shown is None or choice not in LATER or not self.editor.commit():
            return
        until = self.context.act(N_("Put off"), follow_ups.snooze, shown, choice, origin=self)
        if until is not None:
            when = formats.auto(formats.datetime(until))
            self.context.say(_("Put off until {when}").format(when=when), undo=True)

    @Slot()
    def _on_duplicate(self) -> None:
        new = self._duplicate(N_("Duplicate follow-up"), follow_ups.duplicate_follow_up)
        self._edit_new(new)

    @Slot()
    @Slot(object)
    def _on_delete(self, _key: object = None) -> None:
        n = len(self.list.selected())
        several = ngettext("{n} follow-up deleted", "{n} follow-ups deleted", n).format(n=formats.number(n))
        self._delete(N_("Delete follow-up"), follow_ups.remove_follow_ups, several)
