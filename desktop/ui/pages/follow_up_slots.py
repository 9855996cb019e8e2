"""The times at which a booking may begin, as chips to click."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.labels import Label

MOST = 24  # times that are offered at once


class Slots(QWidget):
    """Offers the first times that are free; `chosen` says which one was clicked."""

    chosen = Signal(object)  # a datetime in the shop's zone

    def __init__(self, title: str) -> None:
        super().__init__()
        self._shown: list[tuple[dt.datetime, bool]] = []
        self.buttons: list[Button] = []
        self.label = Label(title, "section")
        self.none = Label("", "small", wrap=True)
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips, theme.pixels(6))
        self._choices: list[QWidget] = []
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.pixels(4))
        self._head.addWidget(self.label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(6))
        column.addLayout(self._head)
        for widget in (self.chips, self.none):
            column.addWidget(widget)

    def add_choice(self, choice: QWidget) -> None:
        """Have something to choose above the times, which depend on it."""
        self._choices.append(choice)
        self._head.addWidget(choice)

    def show_slots(self, free: Sequence[dt.datetime], current: dt.time | None = None, most: int = MOST) -> None:
        """Show the first times when it is free; `current` is the time that is taken now."""
        shown = [(at, at.time() == current) for at in free[:most]]
        if shown == self._shown and self.buttons:
            return
        self._shown = shown
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for at, now in shown:
            button = Button(formats.time(at.time(), words=False), look="chip")
            button.setCheckable(True)
            button.setChecked(now)
            button.clicked.connect(partial(self._on_clicked, at, now))
            self._flow.addWidget(button)
            button.show()
            self.buttons.append(button)
        tab_here(self.label, [*self._choices, *self.buttons])
        more = len(free) - len(shown)
        words = ngettext("and {n} later time", "and {n} later times", more).format(n=formats.number(more))
        self.none.setText(words if more else "" if shown else _("Nothing is free any more."))
        self.none.setVisible(bool(self.none.text()))
        self.chips.setVisible(bool(shown))

    def _on_clicked(self, at: dt.datetime, now: bool, _checked: bool = False) -> None:
        button = self.sender()
        if isinstance(button, Button):
            button.setChecked(now)
        self.chosen.emit(at)
