"""What of an automatic message is only here: texts for languages and special hours, and further times."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import AutomaticText
from desktop.i18n import N_, _, formats
from desktop.services.automatic import (
    add_period,
    add_text,
    list_periods,
    list_texts,
    remove_period,
    remove_text,
    update_period,
    update_text,
)
from desktop.services.hours import read_stretches
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.pages.automatic_period import PeriodRow
from desktop.ui.pages.reply_part import LANGUAGES
from desktop.ui.placeholder_marks import highlight
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.field import TextField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import stops, tab_here
from desktop.ui.widgets.inspector import Section
from desktop.ui.widgets.labels import Label

DAY = 86400  # seconds


class TextRow(QWidget):
    """One further text: for which language, for which days, and what it says."""

    def __init__(self, context: Context, row: AutomaticText) -> None:
        super().__init__()
        self._context = context
        self._id = row.id
        self._bases = Bases()
        self._bases.show("text", row.version)
        self.language = Choice()
        self.language.setAccessibleName(_("Language"))
        self.overlay = Choice()
        self.overlay.setAccessibleName(_("Special hours"))
        self.remove = icon_button("x", _("Remove this text"))
        self.text = TextField(_("Message"), self._save, lines=(2, 8))
        self.text.label.hide()
        self.marks = highlight(self.text.editor.document())
        self.message = Label("", "warn", wrap=True)
        self.message.hide()
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(8))
        head.addWidget(self.language, 1)
        head.addWidget(self.overlay, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addLayout(head)
        column.addWidget(self.message)
        column.addWidget(self.text)
        self.language.activated.connect(self._on_chosen)
        self.overlay.activated.connect(self._on_chosen)
        self.remove.clicked.connect(self._on_remove)
        if context.read_only:
            self.text.lock()
            for widget in (self.language, self.overlay, self.remove):
                widget.setDisabled(True)

    def show_row(self, row: AutomaticText, overlays: list[tuple[object, str]]) -> None:
        """Show what is stored, but for a text that is being typed."""
        codes = dict.fromkeys([*LANGUAGES, *([row.language] if row.language else [])])
        languages = [(code, formats.language_name(code)) for code in codes]
        self.language.set_choices([("", _("Any language")), *languages])
        self.overlay.set_choices([(None, _("Any day")), *overlays])
        self.language.set_value(row.language)
        self.overlay.set_value(row.overlay_id)
        self._version = row.version
        if not self.text.is_unsaved():
            self._bases.show("text", row.version)
        self.text.update_value(row.text)

    def _save(self, value: str, group: object) -> str:
        def store(base: int | None) -> None:
            self._context.run(TEXT, update_text, self._id, base, text=value, group=group)

        return self._bases.save("text", value, group, store, lambda: self._version)

    @Slot()
    def _on_chosen(self) -> None:
        fields = {"language": self.language.value(), "overlay_id": self.overlay.value()}
        words = self._context.save(TEXT, update_text, self._id, **fields)
        self.message.setText(words)
        self.message.setVisible(bool(words))

    @Slot()
    def _on_remove(self) -> None:
        self._context.act(N_("Remove further text"), remove_text, self._id, done=_("Removed"))


TEXT = N_("Change further text")
TIMES = N_("Change set times")


class Extra(Section):
    """A section that is folded until something is in it."""

    def __init__(self, context: Context, kind: str, zone: dt.tzinfo) -> None:
        super().__init__(_("Only here, not on the phone"), folded=True)
        self._context = context
        self._kind = kind
        self.zone = zone
        self.texts: dict[int, TextRow] = {}
        self.periods: dict[int, PeriodRow] = {}
        self.hint = Label(
            _("The phone has one text and one stretch of time. What is added here is used in the answers shown here."),
            "small",
            wrap=True,
        )
        self._texts, self._periods = QVBoxLayout(), QVBoxLayout()
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.pixels(12))
        for column in (self._periods, self._texts):
            column.setSpacing(theme.pixels(12))
            rows.addLayout(column)
        self.add_text = flat(_("Text for a language or special hours"), "plus")
        self.add_period = flat(_("Another stretch of time"), "plus")
        self.add(self.hint)
        self.add(self._rows)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.pixels(8))
        flow.addWidget(self.add_text)
        flow.addWidget(self.add_period)
        self.add(buttons)
        self.add_text.clicked.connect(self._on_add_text)
        self.add_period.clicked.connect(self._on_add_period)
        for button in (self.add_text, self.add_period):
            button.setDisabled(context.read_only)

    def reload(self, custom: bool) -> None:
        """Show what is stored now; `custom` is whether it answers at set times."""
        with self._context.reader() as session:
            texts, periods = list_texts(session, self._kind), list_periods(session, self._kind)
            stretches = read_stretches(session)
        names: list[tuple[object, str]] = [(one.id, formats.auto(one.name)) for one in stretches]
        for gone in set(self.texts) - {row.id for row in texts}:
            _drop(self._texts, self.texts.pop(gone))
        for row in texts:
            if row.id not in self.texts:
                self.texts[row.id] = TextRow(self._context, row)
                self._texts.addWidget(self.texts[row.id])
            self.texts[row.id].show_row(row, names)
        shown = periods if custom else []
        for gone in set(self.periods) - {row.id for row in shown}:
            _drop(self._periods, self.periods.pop(gone))
        for period in shown:
            if period.id not in self.periods:
                self.periods[period.id] = self._new_period(period.id)
            self.periods[period.id].show_period(period.starts, period.ends)
        self.add_period.setVisible(custom)
        self._rows.setVisible(bool(texts or shown))
        rows = [*(self.periods[row.id] for row in shown), *(self.texts[row.id] for row in texts)]
        tab_here(self._rows, [stop for row in rows for stop in stops(row)])
        if rows:
            self.set_folded(False)

    def _new_period(self, period: int) -> PeriodRow:
        row = PeriodRow(partial(self._store_period, period), self.zone, removable=True)
        row.removed.connect(partial(self._remove_period, period))
        if self._context.read_only:
            row.lock()
        self._periods.addWidget(row)
        return row

    def _store_period(self, period: int, starts: int, ends: int) -> str:
        return self._context.save(TIMES, update_period, period, starts=starts, ends=ends)

    def _remove_period(self, period: int) -> None:
        self._context.act(N_("Remove set times"), remove_period, period, done=_("Removed"))

    @Slot()
    def _on_add_text(self) -> None:
        with self._context.reader() as session:
            home = customers_language(read_profile(session))
            taken = {(row.language, row.overlay_id) for row in list_texts(session, self._kind)}
            stretches = read_stretches(session)
        free: list[tuple[str, int | None]] = [(code, None) for code in LANGUAGES if code != home]
        free += [("", one.id) for one in stretches]
        free += [(code, one.id) for code in LANGUAGES for one in stretches]
        choice = next((one for one in free if one not in taken), (home, None))
        added = self._context.act(N_("Add further text"), add_text, self._kind, *choice)
        if added in self.texts:
            self.texts[added].text.editor.setFocus()

    @Slot()
    def _on_add_period(self) -> None:
        start = formats.now().replace(minute=0, second=0, microsecond=0)
        with self._context.reader() as session:
            last = max((row.ends for row in list_periods(session, self._kind)), default=int(start.timestamp()))
        starts = last + DAY
        self._context.act(N_("Add set times"), add_period, self._kind, starts, starts + DAY)


def _drop(column: QVBoxLayout, row: QWidget) -> None:
    column.removeWidget(row)
    row.hide()
    row.deleteLater()
