"""A stretch of days with hours of their own: when, which hours, and unfolded all that can be changed of it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats
from desktop.services.editing import changed_elsewhere
from desktop.services.hours import read_stretch, remove_overlay, set_overlay_hours, shift_overlay, update_overlay
from desktop.services.hours_text import dates_text, ordered_weekdays, stretch_lines
from desktop.services.opening import Schedule, Span, Stretch
from desktop.services.overlays import may_shift
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.pages.hours_day import DayRow, align_names
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.field import Field, LineField
from desktop.ui.widgets.focus import reveal
from desktop.ui.widgets.labels import Label

ONE_LINE = 560  # points, from which the name and the dates stand side by side
TITLES = {
    "name": N_("Change the name of special hours"),
    "first": N_("Change the days of special hours"),
    "last": N_("Change the days of special hours"),
}


class OverlayRow(QFrame):
    """One stretch: its name, its days and hours in words; a pencil unfolds the fields, which save themselves."""

    rearranged = Signal()

    def __init__(self, context: Context, overlay: int) -> None:
        super().__init__()
        self.context = context
        self.overlay = overlay
        self.stretch: Stretch = context.get(read_stretch, overlay)
        self._schedule: Schedule | None = None
        self._bases = Bases()
        self.title = Label("", "strong", wrap=True)
        self.dates = Label("", "", wrap=True)
        self.hours = Label("", "muted", wrap=True)
        self.moon = Label(_("May shift by a day with the sighting of the moon."), "small", wrap=True)
        self.earlier = icon_button("chevron-left", _("A day earlier"))
        self.later = icon_button("chevron-right", _("A day later"))
        self.edit = icon_button("pencil", _("Change these hours"))
        self.delete = icon_button("trash-2", _("Delete these hours"))
        self.name = LineField(_("Name"), partial(self._save, "name"))
        self.first = DateField(_("First day"), partial(self._save, "first"))
        self.last = DateField(_("Last day"), partial(self._save, "last"))
        self.fields: dict[str, Field] = {"name": self.name, "first": self.first, "last": self.last}
        self.every = DayRow(_("Every day"), None, partial(self._store, None))
        self.days = {day: DayRow(formats.weekday_name(day), day, partial(self._store, day)) for day in range(7)}
        self.split = flat(_("Other hours on some weekdays"))
        self.join = flat(_("The same hours every day"))
        self._lay_out()
        self.edit.setCheckable(True)
        self.edit.toggled.connect(self._on_unfolded)
        self.earlier.clicked.connect(partial(self._shift, -1))
        self.later.clicked.connect(partial(self._shift, 1))
        self.delete.clicked.connect(self._on_delete)
        self.split.clicked.connect(self._on_split)
        self.join.clicked.connect(self._on_join)
        for row in self._day_rows():
            row.copy.hide()
            row.rearranged.connect(self.rearranged)

    def show_stretch(self, stretch: Stretch, schedule: Schedule, territory: str) -> None:
        """Show what is stored, where nothing is being typed."""
        self.stretch, self._schedule = stretch, schedule
        today = formats.today()
        self.title.setText(stretch.name)
        dates = dates_text(stretch, today)
        # TRANSLATORS: special hours that have ended: {dates} is as in "2 December – 3 December".
        self.dates.setText(dates if stretch.last >= today else _("{dates} (over)").format(dates=dates))
        self.hours.setText("\n".join(stretch_lines(stretch, schedule, territory)))
        moves = may_shift(stretch.kind) and stretch.last >= today
        self.moon.setVisible(moves)
        for button in (self.earlier, self.later):
            button.setVisible(moves and not self.context.read_only)
        for button in (self.edit, self.delete):
            button.setVisible(not self.context.read_only)
        for name, field in self.fields.items():
            if not field.is_unsaved():
                self._bases.show(name, stretch.version)
            field.update_value(getattr(stretch, name))
        self._show_hours(territory)

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes to, in order."""
        head: list[QWidget] = [self.earlier, self.later, self.edit, self.delete]
        if not self.edit.isChecked():
            return head
        fields: list[QWidget] = [field.editor for field in self.fields.values()]
        rows = [stop for row in self._day_rows() if not row.isHidden() for stop in row.stops()]
        return [*head, *fields, *rows, self.split, self.join]

    def fold(self, width: int) -> None:
        """Arrange it for this much room: times beside their days and dates beside the name, or below."""
        rows = self._day_rows()
        align_names(rows)
        folded = any(row.line_width() > width for row in rows)
        for row in rows:
            row.fold(folded)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._entries.setDirection(down if width < theme.pixels(ONE_LINE) else across)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(2))
        for label in (self.title, self.dates, self.hours, self.moon):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addLayout(words, 1)
        for button in (self.earlier, self.later, self.edit, self.delete):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._entries = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._entries.setSpacing(theme.pixels(12))
        for field in self.fields.values():
            self._entries.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.inside = QWidget()
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, theme.pixels(4), 0, theme.pixels(8))
        self._column.setSpacing(theme.pixels(8))
        self._column.addLayout(self._entries)
        for row in self._day_rows():
            self._column.addWidget(row)
        for button in (self.split, self.join):
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.inside.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addLayout(head)
        layout.addWidget(self.inside)

    def _day_rows(self) -> list[DayRow]:
        return [self.every, *self.days.values()]

    def _show_hours(self, territory: str) -> None:
        same = all(span.weekday is None for span in self.stretch.spans)
        self.every.show_spans(self._of_row(None))
        self.every.setVisible(same)
        self.split.setVisible(same)
        self.join.setVisible(not same)
        for place, day in enumerate(ordered_weekdays(territory), 2):  # below the fields, and the row of every day
            row = self.days[day]
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
            row.show_spans(self._hours_of(day))
            row.setVisible(not same)

    def _of_row(self, day: int | None) -> Sequence[Span]:
        """Return what the row of a weekday shows, or, of None, the row of every day."""
        if day is not None:
            return self._hours_of(day)
        return self.stretch.spans if all(span.weekday is None for span in self.stretch.spans) else ()

    def _hours_of(self, day: int) -> list[Span]:
        """Return what holds on a weekday of the stretch, as hours of that weekday."""
        own = self.stretch.own_hours(day)
        if own is None:
            own = tuple(span for span in (self._schedule.week if self._schedule else ()) if span.weekday == day)
        return [Span(day, span.opens, span.closes, span.kind) for span in own]

    def _by_weekday(self) -> list[Span]:
        """Return the hours with every weekday written out."""
        return [span for day in range(7) for span in self._hours_of(day) or [Span(day, 0, 0, "closed")]]

    # Saving

    def _save(self, name: str, value: object, group: object) -> str:
        def store(base: int | None) -> None:
            self.context.run(TITLES[name], update_overlay, self.overlay, base, group=group, **{name: value})

        return self._bases.save(name, value, group, store, lambda: self.context.get(read_stretch, self.overlay).version)

    def _store(self, day: int | None, spans: Sequence[Span], base: Sequence[Span], group: object) -> str:
        if list(base) != [span for span in self._of_row(day) if span.kind != "closed"]:
            return str(changed_elsewhere("hours"))
        whole = list(spans)
        if day is None:
            whole = [span for span in spans if span.kind != "closed"]
        else:
            whole = [span for span in self._by_weekday() if span.weekday != day]
            whole += spans or [Span(day, 0, 0, "closed")]
        return self._set_hours(whole, group)

    def _set_hours(self, spans: Sequence[Span], group: object = None) -> str:
        title = N_("Change special hours")
        sentence = self.context.save(title, set_overlay_hours, self.overlay, spans, self.stretch.spans, group=group)
        if not sentence:
            self.stretch = self.context.get(read_stretch, self.overlay)
        return sentence

    @Slot(bool)
    def _on_unfolded(self, unfolded: bool) -> None:
        self.inside.setVisible(unfolded)
        self.rearranged.emit()
        if unfolded:
            QTimer.singleShot(0, self, partial(reveal, self))  # the last row's fields open below what is in sight

    def _shift(self, days: int) -> None:
        self.context.act(N_("Shift special hours"), shift_overlay, self.overlay, days)

    @Slot()
    def _on_delete(self) -> None:
        self.context.act(N_("Delete special hours"), remove_overlay, self.overlay, done=_("Deleted"))

    @Slot()
    def _on_split(self) -> None:
        self._set_hours(self._by_weekday())

    @Slot()
    def _on_join(self) -> None:
        first = self.stretch.first.weekday()
        spans = [Span(None, span.opens, span.closes, span.kind) for span in self._hours_of(first)]
        self._set_hours([span for span in spans if span.kind != "closed"])
