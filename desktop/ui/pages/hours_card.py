"""The card of the usual week: a row for each day, what customers read of it, and whether the shop is open now."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats
from desktop.services.hours import add_friday_break, copy_day, read_schedule, set_day, set_hours
from desktop.services.hours_input import lacks_break, runs_into
from desktop.services.hours_text import ordered_weekdays, skipped_text, state_text, week_lines, week_text
from desktop.services.opening import WEEKDAYS, Schedule, Span
from desktop.services.overlays import FRIDAY, FRIDAY_BREAK, usual_week
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.hours_day import DayRow, align_names
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import Label

TICK = 15_000  # ms between two looks at the clock


class HoursCard(Card):
    """Seven rows that save themselves, in the order of the territory's week."""

    rearranged = Signal()  # other things to go to by keyboard than before
    told = Signal()  # what customers read of the hours is otherwise than before

    def __init__(self, context: Context) -> None:
        super().__init__(_("Business hours"))
        self.context = context
        self.schedule: Schedule
        self.territory = ""
        self.status = Label("", "accent")
        self.week = Label("", "muted", wrap=True)
        self.advice = Label("", "warn", wrap=True)
        self.rows = {day: DayRow(formats.weekday_name(day), day, partial(self._store, day)) for day in WEEKDAYS}
        self.friday = flat(_("Add a break for the Friday prayer"), "moon")
        self.start = flat(_("Start with open daily from 10 to 10"), "clock")
        self._order: list[int] = []
        self._width = 0
        self._clock = QTimer(self, interval=TICK)
        self._lay_out()
        self._clock.timeout.connect(self._on_tick)
        self.friday.clicked.connect(self._on_friday)
        self.start.clicked.connect(self._on_start)
        for row in self.rows.values():
            row.rearranged.connect(self.rearranged)
        self.reload()

    def reload(self) -> None:
        """Show what is stored now."""
        with self.context.reader() as session:
            self.schedule = read_schedule(session)
            self.territory = read_profile(session).territory
        order = ordered_weekdays(self.territory)
        if order != self._order:
            self._order = order
            for place, day in enumerate(order):
                self._days.insertWidget(place, self.rows[day])
        for day, row in self.rows.items():
            row.show_spans([span for span in self.schedule.week if span.weekday == day])
            if self.context.read_only:
                row.lock()
        friday = [span for span in self.schedule.week if span.weekday == FRIDAY]
        self.friday.setVisible(lacks_break(friday, FRIDAY_BREAK[0]) and not self.context.read_only)
        self.start.setVisible(not self.schedule.week and not self.context.read_only)
        self._advise()
        self._on_tick()
        self.fold(self._width)
        self.rearranged.emit()

    def text(self) -> str:
        """Return what customers read, on several lines; "" where no hours are set."""
        if not self.schedule.week and not self.schedule.stretches:
            return ""
        return "\n".join([self.status.text(), *week_lines(self.schedule.week, self.territory)])

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes to, in order."""
        days = [stop for day in self._order for stop in self.rows[day].stops()]
        return [stop for stop in (*days, self.friday, self.start) if not stop.isHidden()]

    def menu_of(self, day: int) -> QMenu:
        """Return the menu of where to copy a day's hours."""
        menu = QMenu(self)
        others = [other for other in self._order if other != day]
        menu.addAction(_("To all other days"), partial(self._copy, day, others))
        menu.addSeparator()
        for other in others:
            # TRANSLATORS: {day} is a day of the week that hours are copied to.
            menu.addAction(_("To {day}").format(day=formats.weekday_name(other)), partial(self._copy, day, [other]))
        return menu

    def fold(self, width: int) -> None:
        """Arrange the days for a card of this width: their times beside them, or below where there is no room."""
        self._width = width
        align_names(self.rows.values())
        room = width - self.body.contentsMargins().left() - self.body.contentsMargins().right()
        folded = any(row.line_width() > room for row in self.rows.values())
        for row in self.rows.values():
            row.fold(folded)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_tick()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(4))
        words.addWidget(self.status)
        words.addWidget(self.week)
        self._days = QVBoxLayout()
        self._days.setSpacing(theme.pixels(8))
        for day, row in self.rows.items():
            row.copy.clicked.connect(partial(self._on_copy, day))
        foot = QHBoxLayout()
        foot.addWidget(self.start)
        foot.addWidget(self.friday)
        foot.addStretch()
        self.add(words)
        self.add(self._days)
        self.add(self.advice)
        self.add(foot)

    def _store(self, day: int, spans: Sequence[Span], base: Sequence[Span], group: object) -> str:
        return self.context.save(N_("Change business hours"), set_day, day, spans, base, group=group)

    def _advise(self) -> None:
        """Say what is worth knowing of hours that can be kept as they are."""
        days = formats.listing(formats.weekday_name(day) for day in runs_into(self.schedule.week))
        # TRANSLATORS: {days} are weekdays whose night hours reach into the hours of the next morning.
        late = _("The hours of {days} run into those of the next day: they count as one.").format(days=days)
        told = [late if days else "", skipped_text(self.schedule, formats.today())]
        self.advice.setText(formats.sentences(told))
        self.advice.setVisible(bool(self.advice.text()))

    @Slot()
    def _on_tick(self) -> None:
        now = formats.now()
        known = bool(self.schedule.week or self.schedule.stretches)
        state = self.schedule.state(now)
        status = state_text(state, now) if known else ""
        week = week_text(self.schedule.week, self.territory)
        if not known:
            week = _("Customers ask when you are open. Set the hours once: replies and the phone's text use them.")
        changed = (status, week) != (self.status.text(), self.week.text())
        self.status.setText(status)
        self.status.setVisible(bool(status))
        theme.look(self.status, "accent" if state.open else "strong")
        self.week.setText(week)
        self.week.setVisible(bool(week))
        if changed:
            self.told.emit()

    def _on_copy(self, day: int) -> None:
        button = self.rows[day].copy
        self.menu_of(day).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _copy(self, day: int, others: Sequence[int]) -> None:
        self.context.act(N_("Copy hours"), copy_day, day, others, done=_("Hours copied"))

    @Slot()
    def _on_friday(self) -> None:
        self.context.act(N_("Add a break for the Friday prayer"), add_friday_break)

    @Slot()
    def _on_start(self) -> None:
        self.context.act(N_("Change business hours"), set_hours, usual_week(self.territory))
