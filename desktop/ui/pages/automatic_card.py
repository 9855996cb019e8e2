"""The card of the greeting or the away message: whether it answers, what it says, when and to whom."""

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import AutomaticMessage
from desktop.i18n import N_, _, formats, speaking
from desktop.services.automatic import SCHEDULES, WHEN, list_automatic, proposal, set_automatic
from desktop.services.hours import read_hours
from desktop.services.limits import measure
from desktop.services.phone_copy import STATES, State
from desktop.services.placeholders import fill
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.pages.automatic_extra import Extra
from desktop.ui.pages.automatic_period import PeriodRow
from desktop.ui.pages.automatic_recipients import Recipients
from desktop.ui.pages.reply_text import ReplyText
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.field import SwitchField
from desktop.ui.widgets.labels import Label

TITLES = {"greeting": N_("Change greeting message"), "away": N_("Change away message")}
NAMES = {"greeting": N_("Greeting message"), "away": N_("Away message")}
HINTS = {
    "greeting": N_("Answers whoever writes for the first time, or again after 14 days."),
    "away": N_("Answers while you are away or closed."),
}
AT_HAND = {
    "greeting": ("customer", "shop", "catalog_link", "hours_week"),
    "away": ("next_opening", "hours_week", "customer", "catalog_link"),
}
OFFERED = (
    *("customer", "shop", "address", "map_link", "catalog_link", "date", "time", "hours_today", "hours_week"),
    *("next_opening", "closing_time"),
)
NIGHT = 15 * 3600  # seconds of a stretch of time to begin with


class AutomaticCard(Card):
    """Every part saves itself; `typed` tells of a text that is being written."""

    typed = Signal()

    def __init__(self, context: Context, kind: str, zone: dt.tzinfo) -> None:
        super().__init__()
        self.context = context
        self.kind = kind
        self._row: AutomaticMessage | None = None
        self._bases = Bases()
        self.setAccessibleName(_(NAMES[kind]))
        self.switch = SwitchField(_(NAMES[kind]), partial(self._save, "enabled"), hint=_(HINTS[kind]))
        theme.look(self.switch.label, "heading")
        self.writing = ReplyText(partial(self._save, "text"), AT_HAND[kind], OFFERED, lines=3)
        self.text = self.writing.field
        self.propose = flat(_("Use a ready-made text"), "sparkles")
        self.copy = flat("", "smartphone", hint=_("To the phone"))
        # TRANSLATORS: when the away message answers.
        self.when = Chips(_("When"))
        self.when.set_chips([(schedule, _(WHEN[schedule]), "") for schedule in SCHEDULES])
        self.period = PeriodRow(self._store_period, zone, removable=False)
        self.recipients = Recipients(context, kind)
        self.extra = Extra(context, kind, zone)
        self._lay_out()
        self._connect()
        self._lock()
        self._bases.show("enabled", 0)
        self._bases.show("text", 0)
        self.reload()

    def _lay_out(self) -> None:
        self.add(self.switch)
        self.add(self.writing)
        state = QHBoxLayout()
        state.addWidget(self.propose)
        state.addWidget(self.copy)
        state.addStretch()
        self.add(state)
        self.times = QWidget()
        column = QVBoxLayout(self.times)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addWidget(Label(_("When"), "section"))
        column.addWidget(self.when)
        column.addWidget(self.period)
        self.add(self.times)
        self.times.setVisible(self.kind == "away")  # once it has a place: before, it would open as a window
        self.add(self.recipients)
        self.add(self.extra)

    def _connect(self) -> None:
        self.text.edited.connect(self._on_typed)
        self.copy.clicked.connect(self._on_copy)
        self.propose.clicked.connect(self._on_propose)
        self.when.chosen.connect(self._on_when)

    def _lock(self) -> None:
        if self.context.read_only:
            self.writing.lock()
            self.switch.lock()
            self.period.lock()
            for widget in (self.propose, self.when):
                widget.setDisabled(True)

    def reload(self) -> None:
        """Show what is stored now, without disturbing what is being typed."""
        row = self._row = self.context.get(list_automatic).get(self.kind)
        version = row.version if row else 0
        for name, field in (("enabled", self.switch), ("text", self.text)):
            if not field.is_unsaved():
                self._bases.show(name, version)
        self.switch.update_value(row.enabled if row else False)
        self.text.update_value(row.text if row else "")
        schedule = row.schedule if row else "always"
        self.when.set_value(schedule)
        self.period.setVisible(schedule == "custom")
        if row and row.starts is not None and row.ends is not None:
            self.period.show_period(row.starts, row.ends)
        self.recipients.reload()
        self.extra.reload(self.kind == "away" and schedule == "custom")
        self._advise()

    def show_copy(self, state: State | None) -> None:
        """Say beside the text where it stands on the phone; None for a message that is not for it yet."""
        self.copy.setVisible(state is not None)
        if state:
            self.copy.set_text(_(STATES[state]))

    def set_zone(self, zone: dt.tzinfo) -> None:
        """Show the times of this zone from now on."""
        if zone != self.period.zone:
            self.period.zone = self.extra.zone = zone
            for row in self.extra.periods.values():
                row.zone = zone
            self.reload()

    def focus_text(self) -> None:
        """Go to the text."""
        self.text.editor.setFocus()

    def _advise(self) -> None:
        text = self.text.value()
        puzzles = fill(text, {}).puzzles if "{" in text else []
        self.text.advise("\n".join(filter(None, [measure("reply.text", text).sentence, *puzzles])))
        self.propose.setVisible(not text.strip())

    def _save(self, name: str, value: object, group: object) -> str:
        def store(base: int | None) -> None:
            run = partial(self.context.run, TITLES[self.kind], set_automatic, self.kind, base)
            run(origin=self, group=group, **{name: value})

        return self._bases.save(name, value, group, store, self._version)

    def _version(self) -> int:
        row = self.context.get(list_automatic).get(self.kind)
        return row.version if row else 0

    def _store_period(self, starts: int, ends: int) -> str:
        return self.context.save(TITLES[self.kind], set_automatic, self.kind, starts=starts, ends=ends)

    @Slot()
    def _on_typed(self) -> None:
        self._advise()
        self.typed.emit()

    @Slot(object)
    def _on_when(self, schedule: object) -> None:
        """Answer at other times; set times begin with the night that comes."""
        fields: dict[str, Any] = {"schedule": schedule}
        if schedule == "custom" and not (self._row and self._row.starts is not None):
            evening = formats.now().replace(hour=18, minute=0, second=0, microsecond=0)
            fields |= {"starts": int(evening.timestamp()), "ends": int(evening.timestamp()) + NIGHT}
        self.context.act(TITLES[self.kind], set_automatic, self.kind, **fields)

    @Slot()
    def _on_propose(self) -> None:
        """Begin with a ready-made text; that of the away message says that the shop is closed, so it answers then."""
        with speaking(customers_language(self.context.get(read_profile))):
            fields = {"text": proposal(self.kind)}
        if self.kind == "away" and self.when.value() == "always" and self.context.get(read_hours):
            fields["schedule"] = "closed"
        self.context.act(TITLES[self.kind], set_automatic, self.kind, **fields)
        self.focus_text()

    @Slot()
    def _on_copy(self) -> None:
        if self._row:
            self.context.go("phone", ("automatic_message", self._row.id, "text"))
