"""A day, typed or picked in a calendar whose weeks begin as the territory's do, in a field that saves itself."""

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QLocale, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton, QWidget

from desktop import i18n
from desktop.i18n import formats
from desktop.ui import icons, theme
from desktop.ui.widgets.editors import intercepts, report
from desktop.ui.widgets.field import Field, Save


class DateEdit(QDateEdit):
    """A day by its month's name, with a calendar; the wheel scrolls the form, not it."""

    entered = Signal()
    left = Signal()
    escaped = Signal()
    unsaved = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(_locale())
        self.setDisplayFormat("d MMMM yyyy")
        self.setCalendarPopup(True)
        self.setDateRange(QDate(1900, 1, 1), QDate(2199, 12, 31))
        _dress(self.calendarWidget())

    def event(self, event: QEvent) -> bool:
        if intercepts(self, event):  # type: ignore[arg-type]  # it has what those have
            return event.isAccepted()
        result = super().event(event)
        report(self, event)  # type: ignore[arg-type]
        return result

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.pixels(16)
        place = QRect(self.width() - side - theme.pixels(10), (self.height() - side) // 2, side, side)
        place = self.style().visualRect(self.layoutDirection(), self.rect(), place)
        QPainter(self).drawPixmap(place, icons.pixmap("calendar", "muted", side, self.devicePixelRatioF()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + theme.pixels(56)
        return QSize(width, super().minimumSizeHint().height())


class DateField(Field):
    """A day as `datetime.date`; saved after a pause and on leaving, like every field."""

    editor: DateEdit  # type: ignore[assignment]

    def __init__(self, label: str, save: Save[dt.date], *, hint: str = "") -> None:
        super().__init__(label, DateEdit(), save, hint, None)  # type: ignore[arg-type]
        self._showing = False
        self.editor.dateChanged.connect(self._on_date_changed)
        self.editor.editingFinished.connect(self.commit)

    def value(self) -> dt.date:
        day = self.editor.date()
        return dt.date(day.year(), day.month(), day.day())

    def lock(self) -> None:
        self.editor.setReadOnly(True)

    def _show(self, value: object) -> None:
        assert isinstance(value, dt.date)
        self._showing = True
        self.editor.setDate(QDate(value.year, value.month, value.day))
        self._showing = False

    @Slot()
    def _on_date_changed(self) -> None:
        if not self._showing:
            self._on_edited()


def _dress(calendar: QCalendarWidget) -> None:
    """Give a calendar the week of the shop's territory, and the look of the rest."""
    territory = formats.settings().territory
    calendar.setFirstDayOfWeek(Qt.DayOfWeek(formats.first_weekday(territory) + 1))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    weekend = formats.weekend(territory)
    for day in range(7):
        letters = QTextCharFormat()
        letters.setForeground(theme.colour("accent" if day in weekend else "text"))
        calendar.setWeekdayTextFormat(Qt.DayOfWeek(day + 1), letters)
    for name, icon in {"prevmonth": "chevron-left", "nextmonth": "chevron-right"}.items():
        button = calendar.findChild(QToolButton, f"qt_calendar_{name}")
        if isinstance(button, QToolButton):
            button.setIcon(icons.icon(icon))


def _locale() -> QLocale:
    """Return a locale of the language in use, with the digits that `formats` shows."""
    if i18n.language() != "ar":
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    eastern = formats.settings().digits == "arab"
    return QLocale(QLocale.Language.Arabic, QLocale.Country.Egypt if eastern else QLocale.Country.UnitedArabEmirates)
