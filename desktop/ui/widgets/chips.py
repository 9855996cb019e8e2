"""A row of chips: one of them chosen, or any number turned on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import bidi
from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.tips import plain

NO_ICONS: Mapping[object, str] = {}
WIDEST = 220  # points of words in a chip, which is to have room in the narrowest panel


def fitting(name: str) -> str:
    """Return a name as a chip shows it: one that is too long ends in …, and is set apart from what surrounds it."""
    metrics = QFontMetrics(theme.font("body"))
    fits = metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.pixels(WIDEST))
    return name if fits == name else bidi.isolate(fits)


class Chip(Button):
    """One chip, which ends in … where its name is too long; arrow keys go to its neighbours.

    What is dropped on it is taken where `accepts` says so.
    """

    moved = Signal(int)  # +1 onwards, -1 back
    dropped = Signal(object)  # a QMimeData

    def __init__(self, text: str, count: str = "") -> None:
        super().__init__("", look="chip")
        self.say(text, count)
        self.accepts: Callable[[QMimeData], bool] = lambda _data: False
        self.setCheckable(True)
        self.setAcceptDrops(True)

    def say(self, text: str, count: str) -> None:
        """Show a name, and how many there are of it."""
        names = (text, fitting(text))
        # Isolated, for "VIP  2" is no word.
        whole, shown = (f"{bidi.isolate(name)}  {count}" if count else name for name in names)
        self.set_text(shown)
        self.setAccessibleName(whole)
        self.setToolTip(plain(text) if shown != whole else "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.accepts(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.setDown(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.setDown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.setDown(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onwards, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            onwards, back = back, onwards
        if event.key() in (onwards, Qt.Key.Key_Down):
            self.moved.emit(1)
        elif event.key() in (back, Qt.Key.Key_Up):
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """Chips made from (value, label, count) rows, count being text ready to show or "".

    Exclusive ones always have one chosen: an arrow key chooses, and `chosen(value)` says so. Others are turned one
    by one with Space or a click, and `chosen(list of values)` says which are on. Tab visits the row once.
    """

    chosen = Signal(object)
    dropped = Signal(object, object)  # the value of a chip, and the QMimeData that was dropped on it

    def __init__(self, name: str, exclusive: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accepts: Callable[[object, QMimeData], bool] = lambda _value, _data: False
        self.setAccessibleName(name)
        self._exclusive = exclusive
        self._values: list[object] = []
        self._chips: list[Chip] = []
        self._flow = FlowLayout(self)
        self._widths: dict[tuple[str, str, bool], int] = {}

    def lines(self, rows: Sequence[tuple[object, str, str]], icons: Mapping[object, str] = NO_ICONS) -> int:
        """Return how many lines these chips would take in the width that there is."""
        lines, x = 1, 0
        for value, label, count in rows:
            width = self._width(label, count, icons.get(value, ""))
            if x and x + width > self.width():
                lines, x = lines + 1, 0
            x += width + self._flow.spacing()
        return lines

    def _width(self, label: str, count: str, icon: str) -> int:
        key = (label, count, bool(icon))
        if key not in self._widths:
            chip = Chip(label, count)
            chip.setParent(self)
            chip.hide()  # else it would be shown with its parent
            chip.set_icon(icon)
            chip.ensurePolished()
            self._widths[key] = chip.sizeHint().width()
            chip.deleteLater()
        return self._widths[key]

    def set_chips(self, rows: Sequence[tuple[object, str, str]], icons: Mapping[object, str] = NO_ICONS) -> None:
        """Show these; what is chosen stays chosen where it is still there, else the first is. `icons` are by value."""
        if [value for value, _label, _count in rows] == self._values:  # each stays what it is, also while it is clicked
            for chip, (value, label, count) in zip(self._chips, rows, strict=True):
                chip.say(label, count)
                chip.set_icon(icons.get(value, ""))
            return
        on = self.values()
        focused = [self._values[self._place()]] if any(chip.hasFocus() for chip in self._chips) else []
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._values = [value for value, _label, _count in rows]
        self._chips = [Chip(label, count) for _value, label, count in rows]
        for value, chip in zip(self._values, self._chips, strict=True):
            chip.set_icon(icons.get(value, ""))
            chip.clicked.connect(self._on_clicked)
            chip.moved.connect(self._on_moved)
            chip.accepts = partial(self._accept, chip)
            chip.dropped.connect(partial(self._on_dropped, chip))
            self._flow.addWidget(chip)
            chip.show()  # now: what is hidden takes no focus
        tab_here(self, self._chips)
        self.set_values(on)
        for value in focused:
            if value in self._values:
                self._chips[self._values.index(value)].setFocus()

    def value(self) -> object:
        """Return the value chosen (the first that is on), or None."""
        return next(iter(self.values()), None)

    def values(self) -> list[object]:
        """Return the values that are on, in the order shown."""
        return [value for value, chip in zip(self._values, self._chips, strict=True) if chip.isChecked()]

    def set_value(self, value: object) -> None:
        """Choose `value` without telling; where it is not there, the first of exclusive ones."""
        self.set_values([value])

    def set_values(self, values: Iterable[object]) -> None:
        """Turn on exactly `values` without telling."""
        wanted = [value for value in values if value in self._values]
        if self._exclusive:
            wanted = wanted[:1] or self._values[:1]
        for value, chip in zip(self._values, self._chips, strict=True):
            chip.setChecked(value in wanted)
        self._let_tab_visit(self._values.index(wanted[0]) if wanted else 0)

    def set_accepts(self, accepts: Callable[[object, QMimeData], bool]) -> None:
        """Take what is dropped on a chip where `accepts(its value, data)` says so; `dropped` then tells."""
        self._accepts = accepts

    def _accept(self, chip: Chip, data: QMimeData) -> bool:
        return self._accepts(self._values[self._chips.index(chip)], data)

    def _on_dropped(self, chip: Chip, data: QMimeData) -> None:
        self.dropped.emit(self._values[self._chips.index(chip)], data)

    def _place(self) -> int:
        return next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), 0)

    def _let_tab_visit(self, place: int) -> None:
        for number, chip in enumerate(self._chips):
            visited = number == place
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if visited else Qt.FocusPolicy.ClickFocus)

    @Slot()
    def _on_clicked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Chip)
        self._choose(self._chips.index(chip))

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        place = min(max(self._place() + step, 0), len(self._chips) - 1)
        self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._let_tab_visit(place)
        if self._exclusive:
            self._choose(place)

    def _choose(self, place: int) -> None:
        if self._exclusive:
            self.set_value(self._values[place])
            self.chosen.emit(self._values[place])
        else:
            self._let_tab_visit(place)
            self.chosen.emit(self.values())
