"""What can be done with several items at once: the bar that takes the place of the catalog's header."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget
from sqlalchemy.orm import Session

from desktop.i18n import N_, _, formats, ngettext
from desktop.services import bulk
from desktop.services.catalog import AVAILABILITIES, read_products
from desktop.services.collections import collection_named, collections_of, list_collections
from desktop.services.profile import read_profile
from desktop.services.share import price_list
from desktop.ui import theme
from desktop.ui.context import Context, Written
from desktop.ui.icons import icon
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button, icon_button
from desktop.ui.widgets.labels import ElidedLabel

AT_ONCE = 50  # items; more are changed behind the window
COUNTED = 10_000  # items; of more, nobody waits to hear how many each collection has
GAP = 8
IN_STOCK, OUT_OF_STOCK = AVAILABILITIES

SO_ALREADY = N_("Nothing to change: it is so already.")

Told = Callable[[int], str]  # what to say of so many items


class SelectionBar(QWidget):
    """Says how many items are chosen, and does one thing to all of them: each an action that can be taken back.

    The first few things have a button where there is room; the rest is under "More".
    """

    cleared = Signal()  # they are to be chosen no more
    delete_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ids: Sequence[int] = ()
        self._job: Job | None = None
        self.clear = icon_button("x", _("Clear the selection"))
        self.count = ElidedLabel("", "heading")
        self.collections = QMenu(_("Collections"), self)
        self.collections.setIcon(icon("layers"))
        self.prices = self._action("percent", _("Prices and sales…"), self._on_prices)
        self.rewrite = self._action("replace", _("Find and replace…"), self._on_rewrite)
        self.hide_items = self._action("eye-off", _("Hide from customers"), self._on_hide)
        self.show_to_all = self._action("eye", _("Show to customers"), self._on_show)
        self.in_stock = self._action("package-check", _("In stock"), self._on_in_stock)
        self.out_of_stock = self._action("package-x", _("Out of stock"), self._on_out_of_stock)
        self.duplicate = self._action("copy-plus", _("Duplicate"), self._on_duplicate)
        self.copy = self._action("copy", _("Copy as a price list"), self._on_copy, writes=False)
        self.codes = self._action("qr-code", _("QR codes to print"), self._on_codes, writes=False)
        self.publish = self._action("share", _("Publish these…"), self._on_publish, writes=False)
        self.delete = self._action("trash-2", _("Delete"), self.delete_wanted.emit)
        self.more_menu = QMenu(self)
        self.more = icon_button("ellipsis", _("More"))
        self.more.setMenu(self.more_menu)
        self._inline = [
            (self._button("percent", self.prices), self.prices),
            (self._button("layers", self.collections.menuAction(), self.collections), self.collections.menuAction()),
            (self._button("copy", self.copy), self.copy),
            (self._button("trash-2", self.delete), self.delete),
        ]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.pixels(GAP))
        for widget in (self.clear, self.count, *(button for button, _action in self._inline), self.more):
            self._row.addWidget(widget, int(widget is self.count))
        self._row.addStrut(theme.pixels(36))  # as high as the header
        self.clear.clicked.connect(self.cleared)
        self.collections.aboutToShow.connect(self._fill_collections)
        self.more_menu.aboutToShow.connect(self._fill_more)
        self.collections.menuAction().setDisabled(context.read_only)

    def show_items(self, ids: Sequence[int]) -> None:
        """Be about these items."""
        self._ids = ids
        # TRANSLATORS: how many items are chosen.
        words = ngettext("{n} selected", "{n} selected", len(ids))
        self.count.setText(words.format(n=formats.number(len(ids))))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(160), super().minimumSizeHint().height())  # what has no room is under "More"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # What there is

    def _action(self, sign: str, words: str, slot: Callable[[], object], writes: bool = True) -> QAction:
        action = QAction(icon(sign), words, self)
        action.setDisabled(writes and self._context.read_only)
        action.triggered.connect(slot)
        return action

    def _button(self, sign: str, action: QAction, menu: QMenu | None = None) -> Button:
        button = Button(action.text(), sign)
        button.setDisabled(self._context.read_only and action is not self.copy)
        if menu:
            button.setMenu(menu)
        else:
            button.clicked.connect(action.trigger)
        return button

    def _fit(self) -> None:
        """Show as many buttons as there is room for."""
        used = sum(widget.sizeHint().width() + theme.pixels(GAP) for widget in (self.clear, self.count, self.more))
        for button, _action in self._inline:
            used += button.sizeHint().width() + theme.pixels(GAP)
            button.setVisible(used <= self.width())

    @Slot()
    def _fill_more(self) -> None:
        menu = self.more_menu
        menu.clear()
        for button, action in self._inline:
            if button.isHidden():
                menu.addAction(action)
        groups = (
            (self.rewrite, self.duplicate, self.codes, self.publish),
            (self.hide_items, self.show_to_all),
            (self.in_stock, self.out_of_stock),
        )
        for group in groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(group)

    @Slot()
    def _fill_collections(self) -> None:
        """Offer every collection, ticked where all items are in it; where some are, both ways."""
        menu = self.collections
        menu.clear()
        with self._context.reader() as session:
            groups = list_collections(session)
            inside = collections_of(session, self._ids) if len(self._ids) <= COUNTED else {}
        for group in groups:
            name = formats.auto(group.name).replace("&", "&&")
            count = inside.get(group.id, 0)
            whole = count == len(self._ids)
            if 0 < count < len(self._ids):
                # TRANSLATORS: a collection, and how many of the selected items are in it, as in "Bags (3 of 12)".
                name = _("{name} ({of})").format(name=name, of=formats.of(count, len(self._ids)))
            action = menu.addAction(name, partial(self._take_out if whole else self._put_into, group.id))
            action.setCheckable(True)
            action.setChecked(whole)
        menu.addSeparator()
        menu.addAction(icon("plus"), _("New collection…"), self._on_new_collection)
        some = [group for group in groups if 0 < inside.get(group.id, 0) < len(self._ids)]
        if len(self._ids) > COUNTED:
            some = groups
        if some:
            out = menu.addMenu(_("Take out of"))
            for group in some:
                out.addAction(formats.auto(group.name).replace("&", "&&"), partial(self._take_out, group.id))

    # What is done

    def remove(self) -> None:
        """Delete the items."""
        self._do(N_("Delete items"), bulk.remove, told=_deleted)

    def _do(self, title: str, fn: "Callable[..., int]", *args: Any, told: Told) -> None:
        """Call `fn(session, ids, *args)`, which returns how many it changed, as one action, and tell of it."""
        if self._job:
            return
        if len(self._ids) <= AT_ONCE:
            changed = self._context.act(title, fn, self._ids, *args)
            if changed is not None:
                self._context.say(told(changed) if changed else _(SO_ALREADY), undo=changed > 0)
            return
        self.setDisabled(True)
        self._job = self._context.act_behind(title, fn, self._ids, *args, done=partial(_if_any, told))
        self._job.done.connect(self._on_done)
        self._job.finished.connect(self._on_finished)

    @Slot(object)
    def _on_done(self, written: Written) -> None:
        if not written.result:
            self._context.say(_(SO_ALREADY))

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.setEnabled(True)

    @Slot()
    def _on_hide(self) -> None:
        self._do(N_("Hide items"), bulk.hide, told=_hidden)

    @Slot()
    def _on_show(self) -> None:
        self._do(N_("Show items"), bulk.show, told=_shown)

    @Slot()
    def _on_in_stock(self) -> None:
        self._do(N_("Change availability"), bulk.set_availability, IN_STOCK, told=_in_stock)

    @Slot()
    def _on_out_of_stock(self) -> None:
        self._do(N_("Change availability"), bulk.set_availability, OUT_OF_STOCK, told=_out_of_stock)

    @Slot()
    def _on_duplicate(self) -> None:
        self._do(N_("Duplicate items"), bulk.duplicate, told=_duplicated)

    def _put_into(self, group: int) -> None:
        self._do(N_("Put into collection"), bulk.put_into, group, told=put_told)

    def _take_out(self, group: int) -> None:
        self._do(N_("Take out of collection"), bulk.take_out, group, told=_taken)

    @Slot()
    def _on_new_collection(self) -> None:
        from desktop.ui.dialogs.name import NameDialog

        title, prompt, button = _("New collection"), _("Name of the collection"), _("Put into it")
        NameDialog(title, prompt, "", button, self._collect, self.window()).open()

    def _collect(self, name: str) -> str:
        """Put the items into a collection of this name, and return what is wrong with that."""
        if not name.strip():
            return _("The collection needs a name.")
        self._do(N_("Put into collection"), _collect, name, told=put_told)
        return ""

    @Slot()
    def _on_copy(self) -> None:
        job = self._context.read(_price_list, self._ids)
        job.done.connect(partial(self._on_listed, len(self._ids)))
        job.start()

    def _on_listed(self, count: int, text: str) -> None:
        words = ngettext("{n} item copied. Ready to paste into the chat.", "{n} items copied. Ready to paste.", count)
        self._context.copy(text, words.format(n=formats.number(count)))

    @Slot()
    def _on_publish(self) -> None:
        self._context.go("publish", ("text", list(self._ids)))

    @Slot()
    def _on_codes(self) -> None:
        self._context.go("links", ("many", list(self._ids)))

    @Slot()
    def _on_prices(self) -> None:
        from desktop.ui.dialogs.reprice import RepriceDialog

        RepriceDialog(self._context, self._ids, self.window()).open()

    @Slot()
    def _on_rewrite(self) -> None:
        from desktop.ui.dialogs.rewrite import RewriteDialog

        RewriteDialog(self._context, self._ids, self.window()).open()


def drag_text(context: Context, ids: Sequence[int]) -> str:
    """Return what other programs get of items that are dropped on them: names and prices."""
    return context.get(_price_list, ids, False)


def _if_any(told: Told, n: int) -> str:
    return told(n) if n else ""


def _collect(session: Session, ids: Sequence[int], name: str) -> int:
    return bulk.put_into(session, ids, collection_named(session, name))


def _price_list(session: Session, ids: Sequence[int], links: bool = True) -> str:
    parts = (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))
    products = (product for part in parts for product in read_products(session, part))
    return price_list(products, read_profile(session), links)


def _deleted(n: int) -> str:
    return ngettext("{n} item deleted", "{n} items deleted", n).format(n=formats.number(n))


def _hidden(n: int) -> str:
    return ngettext("{n} item is hidden now", "{n} items are hidden now", n).format(n=formats.number(n))


def _shown(n: int) -> str:
    return ngettext("{n} item is shown now", "{n} items are shown now", n).format(n=formats.number(n))


def _in_stock(n: int) -> str:
    return ngettext("{n} item is in stock now", "{n} items are in stock now", n).format(n=formats.number(n))


def _out_of_stock(n: int) -> str:
    return ngettext("{n} item is out of stock now", "{n} items are out of stock now", n).format(n=formats.number(n))


def _duplicated(n: int) -> str:
    return ngettext("{n} item duplicated", "{n} items duplicated", n).format(n=formats.number(n))


def put_told(n: int) -> str:
    """Return what to say of items that were put into a collection."""
    return ngettext("{n} item put into the collection", "{n} items put into the collection", n).format(
        n=formats.number(n)
    )


def _taken(n: int) -> str:
    return ngettext("{n} item taken out of the collection", "{n} items taken out of the collection", n).format(
        n=formats.number(n)
    )
