"""How many items would be given out, and what is missing in them, each with a button that leads to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.services.publish import Gap, Outlook
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import Button, flat
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.labels import Label


class GapsView(QWidget):
    """Shows an Outlook; `orders` says whether a shop without a phone number misses something."""

    def __init__(self, context: Context, orders: bool) -> None:
        super().__init__()
        self._context = context
        self._orders = orders
        self.buttons: list[Button] = []
        self.summary = Label("", "muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addLayout(self._rows)

    def say(self, sentence: str) -> None:
        """Say why nothing is known."""
        self.summary.setText(sentence)
        self._clear()

    def show_outlook(self, seen: Outlook) -> None:
        """Say how many items there are, and list what is missing."""
        words = ngettext("{n} item", "{n} items", seen.items).format(n=formats.number(seen.items))
        self.say(words if seen.items else _("There is no item to give out yet."))
        if not seen.items:
            words = _("Items that customers can see stand in the catalog.")
            self._add(words, _("Open the catalog"), partial(self._leave, "catalog"))
        if self._orders and not seen.has_phone:
            words = _("Nothing can be ordered without the shop's phone number.")
            self._add(words, _("Add"), partial(self._leave, "profile"))
        for gap in seen.gaps:
            self._add(gap.problem.sentence, _("Show"), partial(self._show, gap), gap.problem.why)
        tab_here(self, self.buttons)

    def _add(self, words: str, button: str, act: Callable[..., object], hint: str = "") -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(4))
        label = Label(words, "warn", wrap=True)
        label.setToolTip(hint)
        show = flat(button)
        show.setAccessibleName(f"{button}: {words}")
        show.clicked.connect(act)
        row.addWidget(label, 1)
        row.addWidget(show)
        self._rows.addWidget(line)
        line.show()  # now: what is hidden takes no focus
        self.buttons.append(show)

    def _clear(self) -> None:
        self.buttons.clear()
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _leave(self, page: str, _checked: bool = False) -> None:
        self._context.go(page)

    def _show(self, gap: Gap, _checked: bool = False) -> None:
        self._context.go("catalog", gap.search)
