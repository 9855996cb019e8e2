"""A day and a time of day side by side: a moment by the shop's clock."""

import datetime as dt

from PySide6.QtCore import QDate, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import formats
from desktop.services.hours_input import parse_time
from desktop.services.opening import DAY
from desktop.ui import theme
from desktop.ui.widgets.date_field import DateEdit
from desktop.ui.widgets.editors import Line


class MomentField(QWidget):
    """`moment` reads what is entered; `changed` comes when a day is chosen, and when a time is entered or left."""

    changed = Signal()

    def __init__(self, name: str, time_name: str) -> None:
        super().__init__()
        self.day = DateEdit()
        self.day.setAccessibleName(name)
        self.time = Line()
        self.time.setAccessibleName(time_name)
        self.time.setMaxLength(20)
        widest = max(self.time.fontMetrics().horizontalAdvance(formats.time(at, words=False)) for at in (0, 720, 1370))
        self.time.setFixedWidth(widest + theme.pixels(32))
        self._shown: dt.datetime | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(6))
        row.addWidget(self.day, 1)
        row.addWidget(self.time)
        self.setFocusProxy(self.day)
        self.day.dateChanged.connect(self._on_changed)
        self.time.editingFinished.connect(self._on_time)

    def set_moment(self, wall: dt.datetime) -> None:
        """Show a moment, without its zone, and tell nothing."""
        self._shown = wall
        with QSignalBlocker(self.day):
            self.day.setDate(QDate(wall.year, wall.month, wall.day))
        self.time.setText(formats.time(wall.time(), words=False))
        theme.look(self.time, "")

    def moment(self) -> dt.datetime:
        """Return what is entered, without a zone. Raises Invalid for what is no time of day."""
        day = self.day.date()
        minutes = parse_time(self.time.text())
        start = dt.datetime.combine(dt.date(day.year(), day.month(), day.day()), dt.time())
        return start + dt.timedelta(minutes=min(minutes, DAY))

    def lock(self) -> None:
        """Let it be read, but not changed."""
        self.day.setReadOnly(True)
        self.time.setReadOnly(True)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_time(self) -> None:
        if self._shown is None or self.time.text() != formats.time(self._shown.time(), words=False):
            self.changed.emit()
