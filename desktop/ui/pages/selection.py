"""The bar that takes the place of a page's header while several rows are chosen: what can be done with all of them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.i18n import N_, _, formats, ngettext
from desktop.ui import theme
from desktop.ui.context import Context, Written
from desktop.ui.icons import icon
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button, icon_button
from desktop.ui.widgets.labels import ElidedLabel

AT_ONCE = 50  # rows; more are changed behind the window
GAP = 8

SO_ALREADY = N_("Nothing to change: it is so already.")

Told = Callable[[int], str]  # what to say of so many rows


class Selection(QWidget):
    """Says how many rows are chosen, and does one thing to all of them: each an action that can be taken back.

    The first few things have a button where there is room; the rest is under "More". A kind of rows makes its actions
    with `action`, says with `lay_out` where they stand, and does them with `do`.
    """

    cleared = Signal()  # they are to be chosen no more
    delete_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ids: Sequence[int] = ()
        self._job: Job | None = None
        self._inline: Sequence[tuple[Button, QAction]] = ()
        self._groups: Sequence[Sequence[QAction]] = ()
        self.clear = icon_button("x", _("Clear the selection"))
        self.count = ElidedLabel("", "heading")
        self.more_menu = QMenu(self)
        self.more = icon_button("ellipsis", _("More"))
        self.more.setMenu(self.more_menu)
        self.clear.clicked.connect(self.cleared)
        self.more_menu.aboutToShow.connect(self._fill_more)

    def lay_out(self, inline: Sequence[tuple[Button, QAction]], groups: Sequence[Sequence[QAction]]) -> None:
        """Show these buttons while there is room, and these actions, group by group, under "More"."""
        self._inline, self._groups = inline, groups
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(GAP))
        for widget in (self.clear, self.count, *(button for button, _action in inline), self.more):
            row.addWidget(widget, int(widget is self.count))
        row.addStrut(theme.pixels(36))  # as high as the header

    def show_items(self, ids: Sequence[int]) -> None:
        """Be about these rows."""
        self.ids = ids
        # TRANSLATORS: how many items, or customers, are chosen.
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

    def action(self, sign: str, words: str, slot: Callable[[], object], writes: bool = True) -> QAction:
        """Return an action; where nothing can be written, one that `writes` is not to be had."""
        action = QAction(icon(sign), words, self)
        action.setDisabled(writes and self.context.read_only)
        action.triggered.connect(slot)
        return action

    def button(self, sign: str, action: QAction, menu: QMenu | None = None) -> Button:
        """Return a button for an action, or for a menu."""
        button = Button(action.text(), sign)
        button.setEnabled(action.isEnabled())
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
        for group in self._groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(list(group))

    # What is done

    def remove(self) -> None:
        """Delete the rows."""
        raise NotImplementedError

    def do(self, title: str, fn: "Callable[..., int]", *args: Any, told: Told) -> None:
        """Call `fn(session, ids, *args)`, which returns how many it changed, as one action, and tell of it."""
        if self._job:
            return
        if len(self.ids) <= AT_ONCE:
            changed = self.context.act(title, fn, self.ids, *args)
            if changed is not None:
                self.context.say(told(changed) if changed else _(SO_ALREADY), undo=changed > 0)
            return
        self.setDisabled(True)
        self._job = self.context.act_behind(title, fn, self.ids, *args, done=partial(_if_any, told))
        self._job.done.connect(self._on_done)
        self._job.over.connect(self._on_over)

    @Slot(object)
    def _on_done(self, written: Written) -> None:
        if not written.result:
            self.context.say(_(SO_ALREADY))

    @Slot()
    def _on_over(self) -> None:
        self._job = None
        self.setEnabled(True)


def _if_any(told: Told, n: int) -> str:
    return told(n) if n else ""
