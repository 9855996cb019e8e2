"""When a follow-up is due: its day and time, how it repeats, what it comes after, and what is free for a booking."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import FollowUp
from desktop.i18n import N_, _, formats
from desktop.i18n.numbers import parse_decimal
from desktop.services import bookings, follow_ups
from desktop.services.due import past_words, read_due
from desktop.services.errors import Invalid
from desktop.services.hours_input import parse_time
from desktop.services.opening import WEEKDAYS
from desktop.services.repeating import Repeat, Unit, check, parse
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.follow_up_slots import Slots
from desktop.ui.pages.hours_day import TimeField
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.field import ChoiceField, Field
from desktop.ui.widgets.labels import Label

Store = Callable[..., str]  # field, title of the action, fn, group, values -> complaint
LENGTHS = (15, 20, 30, 45, 60, 75, 90, 120, 180, 240)  # minutes of a booking that are offered
UNITS: dict[Unit, str] = {"day": N_("days"), "week": N_("weeks"), "month": N_("months")}
SPANS = {3600: N_("hours"), 86_400: N_("days"), 604_800: N_("weeks")}  # in seconds
CHANGE_TIME = N_("Change when it is due")
CHANGE_REPEAT = N_("Change how it repeats")
CHANGE_AFTER = N_("Change what it comes after")


class When(QWidget):
    """Shows and saves the time of one follow-up through `store`, which knows which one and over what it is typed."""

    moved = Signal()  # something has been stored here
    wanted = Signal(int)  # another follow-up is to be shown

    def __init__(self, context: Context, store: Store) -> None:
        super().__init__()
        self._context = context
        self._store = store
        self._row: FollowUp | None = None
        self._remark = ""
        self._words: list[str] = []
        self.day = DateField(_("Day"), self._save_day)
        self._ways = QVBoxLayout()
        self.time = TimeField(_("Time"), self._save_time, self._ways)
        self.minutes = ChoiceField(_("Takes"), [], self._save_minutes)
        self.told = Label("", "warn", wrap=True)
        self.slots = Slots(_("Free on that day"))
        self.unit = Choice([("", _("Does not repeat")), *((unit, _every(unit)) for unit in UNITS)])
        self.unit.setAccessibleName(_("Repeats"))
        self.every = TimeField(_("Every"), self._save_every, self._ways)
        self.weekdays = Chips(_("On these days"), exclusive=False)
        self.after_label = Label("", "", wrap=True)
        self.delay = TimeField(_("How long"), self._save_delay, self._ways)
        self.span = Choice([(seconds, _(words)) for seconds, words in SPANS.items()])
        # TRANSLATORS: a follow-up is due so many days after another one, or before it.
        self.side = Choice([(1, _("after it")), (-1, _("before it"))])
        self.detach = icon_button("unlink", _("Leave it at this time, whatever happens to the other"))
        self.show_after = icon_button("corner-up-left", _("Show the other one"))
        self._lay_out()
        for field in (self.time, self.every, self.delay):
            field.complained.connect(self._tell)
        self.unit.activated.connect(self._on_unit)
        self.weekdays.chosen.connect(self._on_weekdays)
        self.span.activated.connect(self._on_delay)
        self.side.activated.connect(self._on_delay)
        self.detach.clicked.connect(self._on_detach)
        self.show_after.clicked.connect(self._on_show_after)
        self.slots.chosen.connect(self._on_slot)

    def _lay_out(self) -> None:
        for choice, words in ((self.span, _("Unit of time")), (self.side, _("After or before"))):
            choice.setAccessibleName(words)
            choice.setMinimumContentsLength(5)
        first = QHBoxLayout()
        first.setSpacing(theme.pixels(8))
        at = QVBoxLayout()
        at.setSpacing(theme.pixels(4))
        label = Label(_("Time"), "section")
        label.set_buddy(self.time.editor)
        at.addWidget(label)
        at.addWidget(self.time)
        at.addStretch()
        first.addWidget(self.day, 1, Qt.AlignmentFlag.AlignTop)
        first.addLayout(at)
        self.repeating = QWidget()
        repeat = QVBoxLayout(self.repeating)
        repeat.setContentsMargins(0, 0, 0, 0)
        repeat.setSpacing(theme.pixels(6))
        title = Label(_("Repeats"), "section")
        title.set_buddy(self.unit)
        line = QHBoxLayout()
        line.setSpacing(theme.pixels(8))
        line.addWidget(self.unit, 1)
        line.addWidget(self.every)
        self.every.editor.setFixedWidth(theme.pixels(64))
        repeat.addWidget(title)
        repeat.addLayout(line)
        repeat.addWidget(self.weekdays)
        self.following = QWidget()
        after = QVBoxLayout(self.following)
        after.setContentsMargins(0, 0, 0, 0)
        after.setSpacing(theme.pixels(6))
        head = QHBoxLayout()
        head.addWidget(self.after_label, 1)
        head.addWidget(self.show_after)
        head.addWidget(self.detach)
        after.addLayout(head)
        how = QHBoxLayout()
        how.setSpacing(theme.pixels(6))
        self.delay.editor.setFixedWidth(theme.pixels(56))
        how.addWidget(self.delay)
        how.addWidget(self.span, 1)
        how.addWidget(self.side, 1)
        after.addLayout(how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        column.addLayout(first)
        for widget in (self.minutes, self.told, self.slots, self.repeating, self.following):
            column.addWidget(widget)
        column.insertLayout(column.indexOf(self.told) + 1, self._ways)

    # What is shown

    def fields(self) -> list[Field]:
        """Return its fields."""
        return [self.day, self.time, self.minutes, self.every, self.delay]

    def lock(self) -> None:
        """Let it be read, but not changed."""
        for field in self.fields():
            field.lock()
        for widget in (self.unit, self.weekdays, self.span, self.side, self.detach, self.slots):
            widget.setDisabled(True)

    def show_row(self, row: FollowUp, start: bool) -> None:
        """Show what is stored; with `start` it is another follow-up than before, and nothing is being typed."""
        if start:
            self._remark = ""
        self._row = row
        wall = self._context.get(follow_ups.on_the_wall, row.due_at)
        values = (wall.date(), formats.time(wall.time(), words=False), row.minutes)
        self._offer_minutes(row.minutes)
        for field, value in zip((self.day, self.time, self.minutes), values, strict=True):
            field.start(value) if start else field.update_value(value)
        booking = row.kind == "booking"
        self.minutes.setVisible(booking)
        repeat = parse(row.repeat)
        self.repeating.setVisible(row.after_id is None)
        self.unit.set_value(repeat.unit if repeat else "")
        every = formats.number(repeat.every) if repeat else "1"
        self.every.start(every) if start else self.every.update_value(every)
        self.every.setVisible(repeat is not None)
        self.weekdays.setVisible(repeat is not None and repeat.unit == "week")
        if repeat and repeat.unit == "week":
            self._show_weekdays(repeat.weekdays)
        self._show_after(row, start)
        self.refresh()

    def refresh(self) -> None:
        """Show what speaks against the time, and what is free on that day."""
        row = self._row
        if row is None:
            return
        told = [self._remark]
        with self._context.reader() as session:
            told.append(past_words(session, row))
            told += bookings.warnings(session, row.id)
            self.slots.setVisible(row.kind == "booking" and row.done_at is None)
            if row.kind == "booking":
                wall = follow_ups.on_the_wall(session, row.due_at)
                free = bookings.read_day(session, wall.date(), row.minutes, after=formats.now(), but=row.id).free
                self.slots.show_slots(free, wall.time())
        self._words = [words for words in told if words]
        self._tell()

    @Slot()
    def _tell(self) -> None:
        complaints = [field.complaint() for field in (self.time, self.every, self.delay)]
        words = [complaint for complaint in complaints if complaint] or self._words
        self.told.setText("\n".join(words))
        self.told.setVisible(bool(words))

    def _offer_minutes(self, now: int) -> None:
        offered = sorted({*LENGTHS, *([now] if now else [])})
        self.minutes.set_choices([(minutes, length(minutes)) for minutes in offered])

    def _show_weekdays(self, on: tuple[int, ...]) -> None:
        first = formats.first_weekday(formats.settings().territory)
        days = [(first + place) % 7 for place in WEEKDAYS]
        self.weekdays.set_chips([(day, formats.weekday_name(day), "") for day in days])
        self.weekdays.set_values(on)

    def _show_after(self, row: FollowUp, start: bool) -> None:
        self.following.setVisible(row.after_id is not None)
        if row.after_id is None:
            return
        title = self._context.get(read_due, row.after_id).words
        self.after_label.setText(_("Moves along with: {title}").format(title=formats.auto(title)))
        seconds = abs(row.delay)
        unit = next((unit for unit in sorted(SPANS, reverse=True) if seconds % unit == 0 and seconds), 3600)
        self.span.set_value(unit)
        self.side.set_value(-1 if row.delay < 0 else 1)
        amount = seconds / unit
        words = formats.number(int(amount) if amount == int(amount) else round(amount, 2))
        self.delay.start(words) if start else self.delay.update_value(words)

    # What is saved

    def _save_day(self, day: dt.date, group: object) -> str:
        assert self._row, "one is shown"
        wall = self._context.get(follow_ups.on_the_wall, self._row.due_at)
        return self._save_wall("day", dt.datetime.combine(day, wall.time()), group)

    def _save_time(self, typed: str, group: object) -> str:
        assert self._row, "one is shown"
        wall = self._context.get(follow_ups.on_the_wall, self._row.due_at)
        try:
            at = parse_time(typed) % 1440
        except Invalid as invalid:
            return invalid.message
        return self._save_wall("time", dt.datetime.combine(wall.date(), dt.time(*divmod(at, 60))), group)

    def _save_wall(self, field: str, wall: dt.datetime, group: object) -> str:
        remarks: list[str] = []
        complaint = self._store(field, CHANGE_TIME, follow_ups.set_time, group, wall, then=remarks.append)
        if not complaint:
            self._remark = "".join(remarks)
            self.moved.emit()
        return complaint

    def _save_minutes(self, minutes: object, group: object) -> str:
        title = N_("Change how long it takes")
        complaint = self._store("minutes", title, follow_ups.update_follow_up, group, minutes=minutes)
        self.moved.emit()
        return complaint

    def _save_every(self, typed: str, group: object) -> str:
        repeat = parse(self._row.repeat) if self._row else None
        if repeat is None:
            return ""
        try:
            every = int(parse_decimal(typed))
            return self._keep_repeat(check(Repeat(repeat.unit, every, repeat.weekdays, at=repeat.at)), group)
        except (ValueError, OverflowError):
            return _("Enter a number, like 2.")
        except Invalid as invalid:
            return invalid.message

    def _keep_repeat(self, repeat: Repeat | None, group: object = None) -> str:
        complaint = self._store("repeat", CHANGE_REPEAT, follow_ups.set_repeat, group, repeat)
        self.moved.emit()
        return complaint

    @Slot()
    def _on_unit(self) -> None:
        unit = self.unit.value()
        before = parse(self._row.repeat) if self._row else None
        if unit != (before.unit if before else ""):
            units = [each for each in UNITS if each == unit]
            self._say(self._keep_repeat(Repeat(units[0], before.every if before else 1) if units else None))

    @Slot(object)
    def _on_weekdays(self, days: list[int]) -> None:
        before = parse(self._row.repeat) if self._row else None
        if before:
            self._say(self._keep_repeat(Repeat("week", before.every, tuple(sorted(days)), at=before.at)))

    def _save_delay(self, typed: str, group: object) -> str:
        try:
            amount = parse_decimal(typed)
            seconds = int(amount * int(str(self.span.value()))) * int(str(self.side.value()))
        except (ValueError, OverflowError):
            return _("Enter a number, like 2.")
        if not self._row or self._row.after_id is None:
            return ""
        if abs(seconds) > 10**9:
            return _("There is no such date.")
        complaint = self._store("delay", CHANGE_AFTER, follow_ups.set_after, group, self._row.after_id, seconds)
        self.moved.emit()
        return complaint

    @Slot()
    def _on_delay(self) -> None:
        self._say(self._save_delay(self.delay.value(), None))

    @Slot()
    def _on_detach(self) -> None:
        self._say(self._store("delay", CHANGE_AFTER, follow_ups.set_after, None, None))
        self.moved.emit()

    @Slot()
    def _on_show_after(self) -> None:
        if self._row and self._row.after_id is not None:
            self.wanted.emit(self._row.after_id)

    @Slot(object)
    def _on_slot(self, at: dt.datetime) -> None:
        self._say(self._save_wall("day", at.replace(tzinfo=None, fold=0), None))

    def _say(self, complaint: str) -> None:
        if complaint:
            self._context.say(complaint)


def length(minutes: int) -> str:
    """Return how long something takes: "45 min", "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    # TRANSLATORS: short for minutes and hours, as in "1 h 30 min".
    short, long = _("{n} min"), _("{n} h")
    parts = [long.format(n=formats.number(hours))] if hours else []
    return " ".join([*parts, *([short.format(n=formats.number(rest))] if rest or not hours else [])])


def _every(unit: Unit) -> str:
    match unit:
        case "day":
            return _("Every so many days")
        case "week":
            return _("Every so many weeks")
        case _:
            return _("Every so many months")
