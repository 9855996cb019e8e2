"""Quick replies: found by a /shortcut, filled, and copied into a chat."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.data.models import Reply
from desktop.data.notice import MANY, Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.limits import measure
from desktop.services.placeholders import find
from desktop.services.replies import count_replies, find_replies, new_reply, remove_replies, uses
from desktop.services.reply_parts import duplicate_reply
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
from desktop.ui.pages.page import Page
from desktop.ui.pages.reply_editor import ReplyEditor
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.copy_list import CopyList, CopyRow
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.search_field import SearchField

INSPECTOR = 340  # px, to begin with


class Where(NamedTuple):
    """What one was looking at."""

    reply: int | None = None
    typed: str = ""
    by_use: bool = False


class RepliesPage(Page):
    """Search, a list with a Copy button on every row; the reply that is chosen is edited in the inspector."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._deleted: int | None = None
        keys = QKeySequence("Ctrl+N")
        self.header = PageHeader(_("Quick replies"))
        self.add = quiet(_("New reply"), "plus", shortcut=keys)
        self.search = SearchField(_("Search shortcuts and texts"))
        self.order = Choice([(False, _("By shortcut")), (True, _("Most used first"))])
        self.order.setAccessibleName(_("Order of the replies"))
        self.order.set_value(False)
        self.too_many = Label("", "warn", wrap=True)
        self.list = CopyList(_("Quick replies"))
        self.add_first = primary(_("New reply"), "plus", shortcut=keys)
        sentence = _(
            "Write an answer once, and copy it whenever it is asked for: the price, the address, how to pay. "
            "On the phone, typing / in a chat brings it up."
        )
        self.empty = Empty("zap", _("No replies yet"), sentence, self.add_first)
        self.nothing = Empty("search-x", _("Nothing found"), _("Try another word, or fewer letters of it."))
        self.shown = QStackedWidget()
        self.editor = ReplyEditor(context, opener)
        self._lay_out()
        self._connect()
        for button in (self.add, self.add_first):
            button.setDisabled(context.read_only)
        self._fill()

    def _lay_out(self) -> None:
        self.header.add(self.add)
        for widget in (self.list, self.empty, self.nothing):
            self.shown.addWidget(widget)
        around = theme.pixels(24)
        tools = QHBoxLayout()
        tools.setSpacing(theme.pixels(8))
        tools.addWidget(self.search, 1)
        tools.addWidget(self.order)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(around, theme.pixels(16), around, 0)
        column.setSpacing(theme.pixels(12))
        column.addWidget(self.header)
        column.addLayout(tools)
        column.addWidget(self.too_many)
        column.addWidget(self.shown, 1)
        main.setMinimumWidth(theme.pixels(360))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(main)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([10_000, theme.pixels(INSPECTOR)])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.add_first.clicked.connect(self._on_add)
        self.search.searched.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_return)
        self.search.moved_down.connect(self._on_down)
        self.order.activated.connect(self._fill)
        self.list.chosen.connect(self._on_chosen)
        self.list.copy_wanted.connect(self._on_copy)
        self.list.delete_wanted.connect(self._on_delete)
        self.editor.copied.connect(self.list.show_copied)
        self.editor.duplicate_wanted.connect(self._on_duplicate)
        self.editor.delete_wanted.connect(self._on_delete)
        for keys, slot in (("Ctrl+N", self._on_add), ("Ctrl+D", self._on_duplicate), ("Ctrl+Return", self._on_copy)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.editor.copy.set_hint("", QKeySequence("Ctrl+Return"))
        self.editor.duplicate.set_hint(_("Duplicate reply"), QKeySequence("Ctrl+D"))

    # What is shown

    def show_target(self, target: object) -> None:
        """Show a reply by its id, or what `state` returned."""
        if isinstance(target, Where):
            self.order.set_value(target.by_use)
            self.search.setText(target.typed)
            self._fill()
            target = target.reply
        elif self.search.text():
            self.search.clear()
        if isinstance(target, int):
            self._show(target)

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self.editor.reply(), self.search.text(), bool(self.order.value()))

    def on_changed(self, notice: Notice) -> None:
        """Follow what has changed of the replies; a notice of nothing says that one was copied."""
        change = notice.of(Reply)
        self.editor.refresh(notice)
        if change or not notice.changes:
            self._fill()
        if change and change is not MANY and self._deleted in change.inserted:
            self._show(self._deleted)
            self._deleted = None

    @Slot()
    def _fill(self) -> None:
        """Show the replies that are looked for, and the first of them where none was chosen."""
        typed = self.search.text()
        with self.context.reader() as session:
            found, used, total = find_replies(session, typed), uses(session), count_replies(session)
        if self.order.value() and not typed:
            found.sort(key=lambda reply: -used.get(reply.id, 0))
        self.list.set_rows([_row(reply, used.get(reply.id, 0)) for reply in found])
        if self.editor.reply() is None and found:
            self.editor.show_reply(found[0].id)
        self.list.set_current(self.editor.reply())
        self.shown.setCurrentWidget(self.list if found else self.nothing if total else self.empty)
        self.editor.setVisible(self.editor.reply() is not None)
        for widget in (self.search, self.order, self.add):
            widget.setVisible(bool(total))
        gauge = measure("reply.replies", total)
        sentence = ngettext("{of} reply", "{of} replies", gauge.limit)
        self.header.set_count(sentence.format(of=formats.of(total, gauge.limit)), gauge.state)
        self.too_many.setText(gauge.sentence)
        self.too_many.setVisible(gauge.state == "over")

    def _show(self, reply: int) -> bool:
        """Show a reply in the inspector; False if what is typed there cannot be saved yet, which then stays."""
        done = self.editor.show_reply(reply)
        self.editor.setVisible(self.editor.reply() is not None)
        self.list.set_current(self.editor.reply())
        return done

    # What one does

    @Slot()
    def _on_searched(self) -> None:
        self._fill()
        if self.search.text() and self.list.order():
            self._show(self.list.order()[0])

    @Slot()
    def _on_return(self) -> None:
        """Enter in the search copies what was found first."""
        if self.search.text() and self.list.order():
            self._on_copy(self.list.order()[0])

    @Slot()
    def _on_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.current() is None and self.list.order():
            self._show(self.list.order()[0])

    @Slot(object)
    def _on_chosen(self, reply: int) -> None:
        self._show(reply)

    @Slot()
    @Slot(object)
    def _on_copy(self, reply: int | None = None) -> None:
        """Copy a reply, or the one that is shown: filled with the customer and the item of the inspector."""
        if reply is None or self._show(reply):
            self.editor.copy.click()
        else:  # what is typed of another one cannot be saved yet: that is no reason not to copy
            copy_reply(self.context, reply)
            self.list.show_copied(reply)

    @Slot()
    def _on_add(self) -> None:
        if self.context.read_only or not self.editor.commit():
            return
        # TRANSLATORS: the shortcut of a new quick reply, to be written over: one word.
        self._edit_new(self.context.act(N_("New reply"), new_reply, _("reply"), origin=self))

    @Slot()
    def _on_duplicate(self) -> None:
        reply = self.editor.reply()
        if reply is not None and not self.context.read_only and self.editor.commit():
            self._edit_new(self.context.act(N_("Duplicate reply"), duplicate_reply, reply, origin=self))

    def _edit_new(self, reply: int | None) -> None:
        if reply is not None:
            self.search.clear()
            self._show(reply)
            self.editor.edit_shortcut()

    @Slot()
    def _on_delete(self) -> None:
        reply = self.editor.reply()
        if reply is None or self.context.read_only:
            return
        keys = self.list.order()
        place = keys.index(reply) if reply in keys else 0
        self.editor.abandon()
        self.context.act(N_("Delete reply"), remove_replies, [reply], origin=self)
        if reply in self.list.order():
            return
        self._deleted = reply
        if rest := self.list.order():
            self._show(rest[min(place, len(rest) - 1)])
        self.context.say(_("Deleted"), undo=True)

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(1108), theme.pixels(840))


def _row(reply: Reply, used: int) -> CopyRow:
    note = ngettext("used {n} time", "used {n} times", used).format(n=formats.number(used)) if used else ""
    return CopyRow(reply.id, formats.auto(f"/{reply.shortcut}"), _isolated(reply.text), note)


def _isolated(text: str) -> str:
    """Set every placeholder apart, so that an English key neither turns an Arabic line round nor is torn by it."""
    for span in reversed(find(text)):
        text = f"{text[: span.start]}{formats.ltr(text[span.start : span.end])}{text[span.end :]}"
    return text
