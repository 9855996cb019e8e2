"""Quick replies: found by a /shortcut, filled, and copied into a chat."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.data.models import Hours, Overlay, Reply, ReplyPart
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.counts import count_replies
from desktop.services.limits import measure
from desktop.services.replies import (
    Order,
    folders,
    is_open_now,
    list_replies,
    move_replies,
    new_reply,
    remove_replies,
    rename_folder,
)
from desktop.services.reply_parts import duplicate_reply
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
from desktop.ui.pages.list_page import ListPage
from desktop.ui.pages.reply_editor import ReplyEditor
from desktop.ui.pages.reply_files import ReplyFiles
from desktop.ui.pages.reply_row import row_of
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.copy_list import CopyList
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.editors import Line as Editor
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.search_field import SearchField

INSPECTOR = 340  # px, to begin with
ORDERS: tuple[tuple[Order, str], ...] = (
    ("shortcut", N_("By shortcut")),
    ("uses", N_("Most used first")),
    ("used", N_("Last used first")),
)


class Where(NamedTuple):
    """What one was looking at; the folder None is all of them, and "" none."""

    reply: int | None = None
    typed: str = ""
    order: Order = "shortcut"
    folder: str | None = None


class RepliesPage(ListPage):
    """Search, a list with a Copy button on every row; the reply that is chosen is edited in the inspector."""

    model = Reply
    editor: ReplyEditor

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._chips: list[tuple[object, str, str]] = []
        keys = QKeySequence("Ctrl+N")
        self.header = PageHeader(_("Quick replies"))
        self.add = quiet(_("New reply"), "plus", shortcut=keys)
        self.search = SearchField(_("Search shortcuts and texts"))
        self.order = Choice([(order, _(words)) for order, words in ORDERS])
        self.order.setAccessibleName(_("Order of the replies"))
        self.order.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)  # the search gives way
        self.order.set_value("shortcut")
        self.folders = Chips(_("Folders"))
        self.rename = icon_button("folder-pen", _("Rename this folder"))
        self.folder_name = Editor()
        self.folder_name.setAccessibleName(_("New name of the folder"))
        self.files = ReplyFiles(context, opener)
        self.more = icon_button("ellipsis", _("Import and export"))
        self.more.setMenu(self.files.menu)
        self.too_many = Label("", "warn", wrap=True)
        self.list = CopyList(_("Quick replies"), several=True)
        self.add_first = primary(_("New reply"), "plus", shortcut=keys)
        sentence = _(
            "Write an answer once, and copy it whenever it is asked for: the price, the address, how to pay. "
            "On the phone, typing / in a chat brings it up."
        )
        self.empty = Empty("zap", _("No replies yet"), sentence, self.add_first)
        self.nothing = Empty("search-x", _("Nothing found"), _("Try another word, or fewer letters of it."))
        self.editor = ReplyEditor(context, opener)
        self._lay_out()
        self._connect()
        for button in (self.add, self.add_first, self.rename):
            button.setDisabled(context.read_only)
        self._fill()

    def _lay_out(self) -> None:
        self.header.add(self.more, self.add)
        for widget in (self.list, self.empty, self.nothing):
            self.shown.addWidget(widget)
        tools = QHBoxLayout()
        tools.setSpacing(theme.pixels(8))
        tools.addWidget(self.search, 1)
        tools.addWidget(self.order)
        self.folder_row = QWidget()
        row = QHBoxLayout(self.folder_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.folders, 1)
        row.addWidget(self.folder_name, 1)
        row.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignTop)
        self.folder_name.hide()
        self._lay_out_list(INSPECTOR, (self.header, self.files, tools, self.folder_row, self.too_many))

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
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.folders.chosen.connect(self._on_narrowed)
        self.rename.clicked.connect(self._on_rename)
        self.folder_name.returnPressed.connect(self._on_renamed)
        self.folder_name.left.connect(self._on_rename_left)
        self.folder_name.escaped.connect(self._on_rename_left)
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
            self.order.set_value(target.order)
            self.folders.set_value(target.folder)
            self.search.setText(target.typed)
            self._fill()
            target = target.reply
        elif target is not None:
            self._show_all()
        if isinstance(target, int):
            self._show(target)

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self.editor.row(), self.search.text(), self._order(), self._folder())

    def on_changed(self, notice: Notice) -> None:
        """Follow what has changed of the replies; a notice of nothing says that one was copied."""
        self.editor.refresh(notice)
        if any(notice.of(model) for model in (Reply, ReplyPart, Hours, Overlay)) or not notice.changes:
            self._fill()
        self._bring_back(notice)

    def _order(self) -> Order:
        return next(order for order, _words in ORDERS if order == self.order.value())

    def _folder(self) -> str | None:
        folder = self.folders.value()
        return folder if isinstance(folder, str) else None

    def _show_all(self) -> None:
        """Look for nothing any more, in all of the folders."""
        if self.search.text() or self._folder() is not None:
            self.search.clear()
            self.folders.set_value(None)
            self._fill()

    @Slot()
    def _fill(self) -> None:
        """Show the replies that are looked for, and the first of them where none was chosen."""
        with self.context.reader() as session:
            total, there, is_open = count_replies(session), folders(session), is_open_now(session)
            self._fill_folders(there, total)
            found = list_replies(session, self.search.text(), self._folder(), self._order(), is_open)
        order = self._order()
        self._list_rows([row_of(line, is_open, order) for line in found])
        self._show_found(len(found), total)
        for widget in (self.search, self.order, self.add):
            widget.setVisible(bool(total))
        gauge = measure("reply.replies", total)
        sentence = ngettext("{of} reply", "{of} replies", gauge.limit)
        self.header.set_count(sentence.format(of=formats.of(total, gauge.limit)), gauge.state)
        self.too_many.setText(gauge.sentence)
        self.too_many.setVisible(gauge.state == "over")

    def _fill_folders(self, there: list[tuple[str, int]], total: int) -> None:
        """Show the folders with what is in them, if there are any; "" is what is in none."""
        # TRANSLATORS: of the folders of quick replies: all of them; and what is in none of them.
        everything, loose = _("All"), _("No folder")
        chips: list[tuple[object, str, str]] = [(None, everything, formats.number(total))]
        chips += [(name, formats.auto(name) if name else loose, formats.number(count)) for name, count in there]
        if chips != self._chips:
            self._chips = chips
            self.folders.set_chips(chips)
        self.folder_row.setVisible(any(name for name, _count in there))
        self.rename.setVisible(bool(self._folder()))

    # What one does

    @Slot()
    def _on_return(self) -> None:
        """Enter in the search copies what was found first."""
        if self.search.text() and self.list.order():
            self._on_copy(self.list.order()[0])

    @Slot()
    @Slot(object)
    def _on_copy(self, reply: int | None = None) -> None:
        """Copy a reply, or the one that is shown: filled with the customer and the item of the inspector."""
        if reply is None or self._show(reply):
            self.editor.copy.click()
        else:  # what is typed of another one cannot be saved yet: that is no reason not to copy
            if copy_reply(self.context, reply):
                self.list.show_copied(reply)

    @Slot()
    def _on_add(self) -> None:
        if not self._may_add():
            return
        # TRANSLATORS: the shortcut of a new quick reply, to be written over: one word.
        shortcut, folder = _("reply"), self._folder() or ""
        self._edit_new(self.context.act(N_("New reply"), new_reply, shortcut, folder, origin=self))

    @Slot()
    def _on_duplicate(self) -> None:
        self._edit_new(self._duplicate(N_("Duplicate reply"), duplicate_reply))

    def _edit_new(self, reply: int | None) -> None:
        if reply is not None:
            self.search.clear()
            self._fill()
            self._show(reply)
            self.editor.edit_name(whole=True)

    @Slot()
    def _on_delete(self) -> None:
        n = len(self.list.selected())
        several = ngettext("{n} reply deleted", "{n} replies deleted", n).format(n=formats.number(n))
        self._delete(N_("Delete reply") if n < 2 else N_("Delete replies"), remove_replies, several)

    # Folders

    @Slot()
    def _on_rename(self) -> None:
        """Write the folder's name in the place of the folders."""
        self.folder_name.setText(self._folder() or "")
        self.folder_name.unsaved = True  # Escape is for this line
        self.folders.hide()
        self.folder_name.show()
        self.folder_name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.folder_name.selectAll()

    @Slot()
    def _on_renamed(self) -> None:
        old, new = self._folder(), " ".join(self.folder_name.text().split())
        if old and new != old and self.editor.commit():
            self.context.act(N_("Rename folder"), rename_folder, old, new, origin=self)
            self.folders.set_value(new or None)
            self._fill()
        self.folders.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_rename_left()

    @Slot()
    def _on_rename_left(self) -> None:
        self.folder_name.hide()
        self.folders.show()

    def menu_of(self, reply: int) -> QMenu:
        """Return the menu of a row."""
        menu = QMenu(self)
        count = len(self._meant(reply))
        copy = menu.addAction(_("Copy"), partial(self._on_copy, reply))
        duplicate = menu.addAction(_("Duplicate reply"), self._on_duplicate)
        for action in (copy, duplicate):  # of one only
            action.setVisible(count == 1)
        places = menu.addMenu(_("Move to folder"))
        there = [name for name, _count in self.context.get(folders) if name]
        for name in there:
            places.addAction(name.replace("&", "&&"), partial(self._move, reply, name))
        places.addAction(_("No folder"), partial(self._move, reply, ""))
        places.addSeparator()
        places.addAction(_("New folder…"), partial(self.editor.folder.setFocus, Qt.FocusReason.OtherFocusReason))
        menu.addSeparator()
        words = ngettext("Delete {n} reply", "Delete {n} replies", count).format(n=formats.number(count))
        delete = menu.addAction(_("Delete reply") if count == 1 else words, self._on_delete)
        for action in (duplicate, places.menuAction(), delete):
            action.setDisabled(self.context.read_only)
        return menu

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        reply = self.list.order()[index.row()] if index.isValid() else None
        if reply is not None and (len(self._meant(reply)) > 1 or self._show(reply)):
            menu = self.menu_of(self.list.order()[index.row()])
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _move(self, reply: int, folder: str) -> None:
        if self.editor.commit():
            ids = self._meant(reply)
            title = N_("Move reply to folder") if len(ids) == 1 else N_("Move replies to folder")
            self.context.act(title, move_replies, ids, folder, done=_("Moved"), origin=self)

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(1108), theme.pixels(840))
