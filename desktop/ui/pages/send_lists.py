"""Send lists: one message for many, chat after chat by hand, with who is left out and how many a day."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.data.models import Customer, CustomerLabel, Profile, SendEntry, SendList
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.customers import count_customers
from desktop.services.send_lists import (
    Listed,
    Plan,
    add_send_list,
    count_unfinished,
    duplicate_send_list,
    list_send_lists,
    plan,
    remove_send_lists,
)
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.pages.list_page import ListPage
from desktop.ui.pages.send_list_editor import SendListEditor
from desktop.ui.pages.send_list_walk import Walk
from desktop.ui.placeholder_marks import isolated
from desktop.ui.saving import Opener
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.copy_list import Act, CopyList, CopyRow
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.focus import reveal
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.scroll import Scroll

LINES, HIGH = 4, 760  # rows of the list that are seen, on a page so many px high
INSPECTOR = 350  # px, to begin with
MANY_PEOPLE = 2_000  # from which whom a list reaches is read behind the window


class Where(NamedTuple):
    """What one was looking at."""

    send_list: int | None = None


class SendListsPage(ListPage):
    """The lists above, the one who comes next below, and the list that is chosen in the inspector."""

    model = SendList
    editor: SendListEditor

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._job: Job | None = None
        keys = QKeySequence("Ctrl+N")
        self.header = PageHeader(_("Send lists"))
        self.add = quiet(_("New send list"), "plus", shortcut=keys)
        # TRANSLATORS: what the button of a send list does: begin with it, or go on where one was.
        self.list = CopyList(_("Send lists"), act=Act(_("Write to them"), _("Write to them"), "play"))
        self.rule = Label(
            _("WhatsApp sends, not Dukkan: write to customers who expect it, a few at a time."), "small", wrap=True
        )
        self.walk = Walk(context, opener)
        self.editor = SendListEditor(context)
        self.add_first = primary(_("New send list"), "plus", shortcut=keys)
        sentence = _(
            "One message for many customers: each chat opens with their own text, you send it and go on to the next. "
            "Who asked for no more messages is left out."
        )
        self.empty = Empty("send", _("No send lists yet"), sentence, self.add_first)
        self._lay_out()
        self._connect()
        for button in (self.add, self.add_first):
            button.setDisabled(context.read_only)
        self._fill()

    def _lay_out(self) -> None:
        self.header.add(self.add)
        both = QWidget()
        inner = QVBoxLayout(both)
        inner.setContentsMargins(0, 0, 0, theme.pixels(16))
        inner.setSpacing(theme.pixels(12))
        self.area = Scroll()
        inside = QWidget()
        holding = QVBoxLayout(inside)
        holding.setContentsMargins(0, 0, 0, 0)
        holding.addWidget(self.walk)
        holding.addStretch()
        self.area.setWidget(inside)
        inner.addWidget(self.list)
        inner.addWidget(self.area, 1)
        inner.addWidget(self.rule)
        self.shown.addWidget(both)
        self.shown.addWidget(self.empty)
        self._lay_out_list(INSPECTOR, [self.header])

    def _connect(self) -> None:
        for add in (self.add, self.add_first):
            add.clicked.connect(self._on_add)
        self.list.chosen.connect(self._on_chosen)
        self.list.copy_wanted.connect(self._on_go_on)
        self.list.delete_wanted.connect(self._on_delete)
        self.walk.moved.connect(self._fill)
        self.walk.message_wanted.connect(self._on_message_wanted)
        self.editor.typed.connect(self.walk.show_typed)
        self.editor.meant.connect(self._look_for)
        self.editor.delete_wanted.connect(self._on_delete)
        self.editor.duplicate_wanted.connect(self._on_duplicate)
        for keys, slot in (("Ctrl+N", self._on_add), ("Ctrl+D", self._on_duplicate)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # What is shown

    def show_target(self, target: object) -> None:
        """Show a send list by its id, or what `state` returned."""
        if isinstance(target, Where):
            target = target.send_list
        if isinstance(target, int):
            self._show(target)
            self._fill()

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self.editor.row())

    def on_changed(self, notice: Notice) -> None:
        """Follow what has changed of the lists, and of whom they are for."""
        if any(map(notice.of, (SendList, SendEntry, Customer, CustomerLabel, Profile))):
            self.editor.refresh(notice)
            self._fill_list()
            if any(map(notice.of, (Customer, CustomerLabel, SendEntry))):
                self._look_for()
            else:
                self.walk.refresh()
        self._bring_back(notice)

    def commit(self) -> bool:
        """Save what is being typed, and say whether nothing is left unsaved."""
        return self.walk.own.commit() and super().commit()

    @Slot()
    def _fill(self) -> None:
        self._fill_list()
        self.walk.refresh()

    def _fill_list(self) -> None:
        """Show the lists, and the first of them where none was chosen."""
        found = self.context.get(list_send_lists)
        self.list.set_rows([_row(one) for one in found])
        if self.editor.row() is None and found:
            self._show(found[0].id)
        self.list.set_current(self.editor.row())
        self._fit_list()
        if found:
            self.shown.setCurrentIndex(0)
        else:
            self.show_empty(self.shown, self.empty)
        self.editor.setVisible(self.editor.row() is not None)
        self.add.setVisible(bool(found))
        unfinished = self.context.get(count_unfinished)
        words = ngettext("{n} not finished", "{n} not finished", unfinished).format(n=formats.number(unfinished))
        self.header.set_count(words if unfinished else "")
        self.walk.choose(self.editor.row())

    def _fit_list(self) -> None:
        """Let the list be as high as a few rows of it, fewer where the window is low."""
        lines = LINES if self.height() >= theme.pixels(HIGH) else 2
        rows = min(max(1, len(self.list.order())), lines)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), theme.pixels(60)) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    @Slot()
    def _look_for(self) -> None:
        """Find out whom the list reaches: at once, or behind the window where there are many customers."""
        shown = self.editor.row()
        if self._job:
            self._job.cancel()
            self._job = None
        if shown is None:
            return
        if self.context.get(count_customers) > MANY_PEOPLE:
            self.editor.show_plan(None)
            self.walk.refresh()
            self._job = self.context.read(plan, shown).begin(self._on_planned, self._on_failed)
            return
        try:
            self._on_planned(self.context.get(plan, shown))
        except Exception as error:
            self._on_failed(error)

    @Slot(object)
    def _on_planned(self, found: Plan) -> None:
        self._job = None
        self.editor.show_plan(found)
        self.walk.show_plan(found)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.editor.show_plan(None, complaint(error))
        self.walk.show_plan(Plan(()))

    def _show(self, send_list: int) -> bool:
        """Show one in the inspector; False if what is typed there cannot be saved yet, which then stays."""
        done = super()._show(send_list)
        self.walk.choose(self.editor.row())
        self._look_for()
        return done

    # What one does

    @Slot(object)
    def _on_go_on(self, send_list: int) -> None:
        """Go on with a list: Enter then opens the chat of the one who comes next."""
        if self._show(send_list):
            first = self.walk.open_chat if self.walk.open_chat.isVisible() else self.walk.start
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_message_wanted(self) -> None:
        self.editor.text.setFocus()
        reveal(self.editor.text)

    @Slot()
    def _on_add(self) -> None:
        if self._may_add():
            name = _("New send list")
            self._edit_new(self.context.act(N_("New send list"), add_send_list, name, origin=self))

    @Slot()
    def _on_duplicate(self) -> None:
        self._edit_new(self._duplicate(N_("Duplicate send list"), duplicate_send_list))

    @Slot()
    @Slot(object)
    def _on_delete(self, _key: object = None) -> None:
        self._delete(N_("Delete send list"), remove_send_lists, _("Deleted"))


def _row(one: Listed) -> CopyRow:
    text = isolated(one.text) or _("No message yet")
    return CopyRow(one.id, formats.auto(one.name), text, one.progress.words)
