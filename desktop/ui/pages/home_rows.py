"""A card of the home page that is a title over rows."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.rows import PADDING, Row, arrow

T = TypeVar("T")
FIRST = 5  # of what is due today: the page it stands on shows the rest


class RowsCard(Card):
    """A title over rows. The rows are made again where `shown` has changed; the keyboard keeps its place."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.heading = Label(title, "heading")
        edge, around = theme.pixels(16), theme.pixels(16 - PADDING)
        self.body.setContentsMargins(around, edge, around, around)
        self.body.setSpacing(0)
        self.heading.setContentsMargins(theme.pixels(PADDING), 0, theme.pixels(PADDING), theme.pixels(4))
        self.add(self.heading)
        self._shown: object = None
        self._lines: list[QWidget] = []

    def set_rows(self, shown: object, make_rows: Callable[[], Sequence[QWidget]]) -> None:
        """Show the rows that `make_rows` returns, unless they are those for `shown` already; none hide the card."""
        if shown == self._shown:
            return
        self._shown = shown
        place = next((i for i, stop in enumerate(self.stops()) if stop.hasFocus()), None)
        for line in self._lines:
            line.hide()
            line.setParent(None)
            line.deleteLater()
        self._lines = list(make_rows())
        for line in self._lines:
            self.add(line)
            line.show()  # Qt would wait for its next turn, and a row that is not there takes no focus
        self.setVisible(bool(self._lines))
        if place is not None and (stops := self.stops()):
            stops[min(place, len(stops) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def first(
        self, rows: Sequence[T], make: Callable[[T], Row], more: Callable[[int], str], go: Callable[[], object]
    ) -> list[QWidget]:
        """Return lines for the first of `rows`, and, where there are more, one that says how many and goes there."""
        lines: list[QWidget] = [make(row) for row in rows[:FIRST]]
        if (rest := len(rows) - FIRST) > 0:
            lines.append(Row(None, more(rest), "", go, end=arrow()))
        return lines

    def stops(self) -> list[Button]:
        """Return what the Tab key stops at, in reading order."""
        return [stop for line in self._lines for stop in buttons_of(line)]


def buttons_of(line: QWidget) -> list[Button]:
    """Return what can be pressed in a line of a card: itself, or what is in it."""
    return [line] if isinstance(line, Button) else line.findChildren(Button)
