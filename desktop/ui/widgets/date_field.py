"""A day, typed or picked in a calendar whose weeks begin as the territory's do, in a field that saves itself."""

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QLocale, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop import i18n
from desktop.i18n import _, formats
from desktop.ui import icons, theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.buttons import icon_button, quiet
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
        # Qt turns the parts of a format around in forms from the right, as if the letters did not run that way already.
        self.setDisplayFormat("yyyy MMMM d" if self.isRightToLeft() else "d MMMM yyyy")
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
        place = mirrored(place, self.rect(), self.layoutDirection())
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


class OptionalDateField(DateField):
    """A day, or None: then a button offers to choose one. A cross beside a day takes it away."""

    def __init__(self, label: str, save: Save[dt.date | None], *, hint: str = "") -> None:
        self._none = True
        super().__init__(label, save, hint=hint)
        self.choose.clicked.connect(self._on_choose)
        self.clear.clicked.connect(self._on_clear)
        self._arrange()

    def value(self) -> dt.date | None:  # type: ignore[override]  # there may be none here
        return None if self._none else super().value()

    def say_none(self, words: str) -> None:
        """Say on the button something else than to choose a day."""
        self.choose.setText(words)

    def lock(self) -> None:
        super().lock()
        self.choose.setDisabled(True)
        self.clear.setDisabled(True)

    def _show(self, value: object) -> None:
        self._none = value is None
        if value is not None:
            super()._show(value)
        self._arrange()

    def _lay_out(self) -> None:
        self.choose = quiet(_("Choose a day"), "calendar")
        self.choose.setAccessibleName(self.label.text())
        theme.look(self.choose, "field")
        self.clear = icon_button("x", _("Take the day away"))
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(2))
        row.addWidget(self.choose, 1)
        row.addWidget(self.editor, 1)
        row.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(4))
        layout.addWidget(self.label)
        layout.addLayout(row)
        layout.addWidget(self.message)

    def _arrange(self) -> None:
        self.choose.setVisible(self._none)
        self.editor.setVisible(not self._none)
        self.clear.setVisible(not self._none)

    def entrance(self) -> QWidget:
        return self.choose if self._none else self.editor

    @Slot()
    def _on_choose(self) -> None:
        self._show(formats.today())
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()
        self.commit()

    @Slot()
    def _on_clear(self) -> None:
        self._show(None)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()
        self.commit()


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
