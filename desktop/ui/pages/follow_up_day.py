"""A day of bookings: the strip of what is taken, the times that are free, and the days around it."""

import datetime as dt

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import _, formats
from desktop.services.bookings import Day, read_day
from desktop.services.follow_ups import USUAL
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.follow_up_slots import Slots
from desktop.ui.pages.follow_up_when import LENGTHS, length
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.day_strip import Block, DayStrip
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import ElidedLabel, Label

OFFERED = 10  # free times
SHORT = 720  # px of a window, in which there are fewer, so that the list below has room
FEW = 4
PAUSES = (0, 5, 10, 15, 30, 60)  # minutes between two bookings


class DayCard(Card):
    """Shows the bookings of one day; a click on a free time wants a new one then."""

    slot_wanted = Signal(object, int)  # when, a datetime in the shop's zone, and for how many minutes
    booking_wanted = Signal(object)  # the id of a booking

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName(_("Bookings of a day"))
        self._context = context
        self._day = formats.today()
        self._is_short = False
        self.current: int | None = None  # the booking that is shown elsewhere
        self.title = ElidedLabel("", "heading")
        self.back = icon_button("chevron-left", _("The day before"))
        self.next = icon_button("chevron-right", _("The next day"))
        self.today = flat(_("Today"))
        self.minutes = Choice([(minutes, length(minutes)) for minutes in LENGTHS])
        self.minutes.setAccessibleName(_("Length of a booking"))
        self.minutes.set_value(USUAL)
        # TRANSLATORS: how long to rest between two bookings.
        self.pause = Choice([(n, _("{time} between").format(time=length(n)) if n else _("No pause")) for n in PAUSES])
        self.pause.setAccessibleName(_("Pause between two bookings"))
        self.pause.set_value(0)
        self.hours = Label("", "small", wrap=True)
        self.strip = DayStrip(_("Bookings of the day"))
        self.slots = Slots(_("Free: click to book"))
        for choice in (self.minutes, self.pause):
            choice.setMinimumContentsLength(6)
            choice.activated.connect(self.refresh)
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(4))
        for button in (self.back, self.next):
            head.addWidget(button)
        head.addWidget(self.title, 1)
        head.addWidget(self.today)
        for choice in (self.minutes, self.pause):
            self.slots.add_choice(choice)
        self.body.setSpacing(theme.pixels(8))
        self.add(head)
        for part in (self.hours, self.strip, self.slots):
            self.add(part)
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)
        self.today.clicked.connect(self._on_today)
        self.strip.chosen.connect(self.booking_wanted)
        self.slots.chosen.connect(self._on_slot)
        self.slots.setDisabled(context.read_only)

    def day(self) -> dt.date:
        """Return the day that is shown."""
        return self._day

    def show_day(self, day: dt.date) -> None:
        """Show another day."""
        self._day = day
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_short = self.window().height() < theme.pixels(SHORT)
        if is_short != self._is_short:
            self._is_short = is_short
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the day as it is now."""
        long, pause = int(str(self.minutes.value())), int(str(self.pause.value()))
        try:
            day = self._context.get(read_day, self._day, long, pause, formats.now())
        except OverflowError:  # the ends of the calendar
            return
        date = formats.date(self._day, weekday=True)
        # TRANSLATORS: as in "Today · Friday, 27 November".
        self.title.setText(_("Today · {date}").format(date=date) if self._day == formats.today() else date)
        self.today.setVisible(self._day != formats.today())
        self._tell_hours(day)
        blocks = [self._block(one.id, one.begins, one.ends, one.words) for one in day.booked]
        opens = [(self._minutes(begins), self._minutes(ends)) for begins, ends in day.open]
        ends = [*(end for span in opens for end in span), *(one.ends for one in blocks)]
        hours = range(0, max([1440, *ends]) + 1, 60)
        self.strip.setVisible(bool(blocks or opens))
        self.strip.set_day(opens, blocks, [(at, _hour(at)) for at in hours], self.current)
        self.slots.setVisible(bool(day.open) and self._day >= formats.today())
        self.slots.show_slots(day.free, most=FEW if self._is_short else OFFERED)
        if self._is_short and day.free:
            self.slots.none.hide()

    def _tell_hours(self, day: Day) -> None:
        words = ""
        if not day.open:
            words = _("Closed on this day: {name}.").format(name=formats.auto(day.stretch)) if day.stretch else ""
            words = words or _("Closed on this day.")
        elif day.stretch:
            # TRANSLATORS: {name} are special hours, such as Ramadan.
            words = _("Special hours: {name}").format(name=formats.auto(day.stretch))
        self.hours.setText(words)
        self.hours.setVisible(bool(words))

    def _block(self, key: int, begins: dt.datetime, ends: dt.datetime, words: str) -> Block:
        spoken = f"{formats.auto(words)}  {formats.span(begins.time(), ends.time())}"
        return Block(key, self._minutes(begins), self._minutes(ends), words, spoken)

    def _minutes(self, at: dt.datetime) -> int:
        """Return when something is by the clock of the day that is shown, in minutes after its midnight."""
        return (at.date() - self._day).days * 1440 + at.hour * 60 + at.minute

    @Slot()
    def _on_back(self) -> None:
        if self._day > dt.date(1900, 1, 2):
            self.show_day(self._day - dt.timedelta(days=1))

    @Slot()
    def _on_next(self) -> None:
        if self._day < dt.date(2199, 12, 30):
            self.show_day(self._day + dt.timedelta(days=1))

    @Slot()
    def _on_today(self) -> None:
        self.show_day(formats.today())
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_slot(self, at: dt.datetime) -> None:
        self.slot_wanted.emit(at, int(str(self.minutes.value())))


def _hour(at: int) -> str:
    return formats.time(at % 1440, words=False)
