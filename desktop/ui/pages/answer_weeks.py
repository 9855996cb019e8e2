"""The card of the next two weeks: what is answered hour by hour, and to the simulator from any of them."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import N_, _, formats, pgettext
from desktop.services.answer_strip import Part, StripDay, strip
from desktop.services.answering import Person, Setup
from desktop.ui import theme
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.hour_strip import HOURS, HourStrip, StripPart, StripRow, Swatch
from desktop.ui.widgets.labels import Label

# TRANSLATORS: what holds in an hour of the two weeks: the legend of the picture.
LEGEND = {
    "open": "",  # in a context of its own, see below
    "away": N_("The away message answers"),
    "gap": N_("Closed, nothing answers"),
    "extra": N_("The away message answers while open"),
}


class AnswerWeeks(Card):
    """Rows of days from today on; `chosen` gives the moment of an hour that was clicked."""

    chosen = Signal(object)  # a datetime in the shop's zone

    def __init__(self) -> None:
        super().__init__(_("The next two weeks"))
        self.days: Sequence[StripDay] = ()
        self.words = Label("", "muted", wrap=True)
        self.strip = HourStrip(_("Answers of the next two weeks, hour by hour"), self.describe)
        legend = QWidget()
        flow = FlowLayout(legend, theme.pixels(16))
        self.swatches = {}
        for kind, words in LEGEND.items():
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.pixels(6))
            row.addWidget(Swatch(kind))
            row.addWidget(Label(_(words) if words else pgettext("of a shop", "Open"), "small"))
            flow.addWidget(pair)
            self.swatches[kind] = pair
        self.add(self.words)
        self.add(self.strip)
        self.add(legend)
        self.strip.chosen.connect(self._on_chosen)

    def show_answers(self, setup: Setup, first: dt.date, person: Person, moment: dt.datetime | None) -> None:
        """Show two weeks from `first` on for somebody who writes; `moment` is marked."""
        try:
            self.days = strip(setup, first, person)
        except OverflowError:
            self.days = ()
        words = _("Who writes in which hour is answered. Click an hour, or press Enter on it, to look at it.")
        if not setup.has_hours:
            words = _("No business hours are set: whether the shop is closed is not known.")
        self.words.setText(words)
        rows = [StripRow(_name(day), _parts(day), bool(day.special)) for day in self.days]
        hours = [formats.time(hour * 60, words=False) for hour in (0, 6, 12, 18)]
        self.strip.show_rows(rows, hours)
        self.mark(moment)
        kinds = {part.kind for day in self.days for part in day.parts}
        for kind, swatch in self.swatches.items():
            always = kind == "away" or (kind == "open" and setup.has_hours)
            swatch.setVisible(always or (kind in kinds and setup.has_hours))

    def mark(self, moment: dt.datetime | None) -> None:
        """Mark a moment where it is within the two weeks."""
        for place, day in enumerate(self.days):
            if moment and day.starts <= moment < day.ends:
                self.strip.set_mark(place, _share(day, moment))
                return
        self.strip.set_mark(None)

    def describe(self, row: int, hour: int) -> str:
        """Say in one sentence what holds in an hour, and when the special hours have a name."""
        day, moment = self.days[row], self.moment(row, hour)
        parts = [part for part in day.parts if part.ends > moment and part.starts < self.moment(row, hour + 1)]
        when = formats.datetime(moment.replace(tzinfo=None), today=self.days[0].day)
        told = [_("{when}: {what}").format(when=when, what=_what(parts[0]))]
        if len(parts) > 1:
            change = formats.time(parts[1].starts.time())
            told = [
                _("{when}: {what}; from {time} on: {then}").format(
                    when=when, what=_what(parts[0]), time=change, then=_what(parts[1])
                )
            ]
        if day.special:
            told.append(formats.auto(day.special))
        return formats.sentences(told)

    def moment(self, row: int, hour: int) -> dt.datetime:
        """Return when an hour of a day begins."""
        day = self.days[row]
        length = day.ends.timestamp() - day.starts.timestamp()
        return dt.datetime.fromtimestamp(day.starts.timestamp() + length * hour / HOURS, day.starts.tzinfo)

    @Slot(int, int)
    def _on_chosen(self, row: int, hour: int) -> None:
        self.chosen.emit(self.moment(row, hour))


def _what(part: Part) -> str:
    if part.greeting and part.away:
        return _("greeting and away message")
    if part.greeting:
        return _("greeting, the shop is closed") if part.open is False else _("greeting alone")
    if part.away:
        return _("away message, also while open") if part.open else _("away message")
    return _("closed, nothing answers") if part.open is False else _("open, nothing answers")


def _name(day: StripDay) -> str:
    # TRANSLATORS: a day in a narrow column: the weekday and the day of the month.
    return _("{weekday} {day}").format(weekday=formats.weekday_name(day.day.weekday()), day=formats.number(day.day.day))


def _parts(day: StripDay) -> list[StripPart]:
    return [StripPart(_share(day, part.starts), _share(day, part.ends), part.kind) for part in day.parts]


def _share(day: StripDay, moment: dt.datetime) -> float:
    """Return how much of a day has passed at a moment: of 23 or 25 hours where a clock is set."""
    length = day.ends.timestamp() - day.starts.timestamp()
    return min(1.0, max(0.0, (moment.timestamp() - day.starts.timestamp()) / length))
