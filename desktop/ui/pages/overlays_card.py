"""The card of special hours: stretches of days, ready-made or the owner's own, with hours of their own."""

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats
from desktop.services.hours import add_stretch, read_schedule
from desktop.services.opening import ONE_DAY, Stretch
from desktop.services.overlays import day_off, holiday, proposals
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.overlay_row import OverlayRow
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import Label

NEAR = 20  # days between what is proposed and what is there already under the same kind


class OverlaysCard(Card):
    """Rows that are unfolded to change them; those that are over come last."""

    rearranged = Signal()  # other things to go to by keyboard than before

    def __init__(self, context: Context) -> None:
        super().__init__(_("Special hours"))
        self.context = context
        self.rows: dict[int, OverlayRow] = {}
        self._width = 0
        self.hint = Label(
            _("Ramadan, holidays, a day off: on these days other hours hold, and then the usual ones again."),
            "muted",
            wrap=True,
        )
        self.button = quiet(_("Add special hours"), "plus")
        self.menu = QMenu(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.pixels(12))
        self.add(self.hint)
        self.add(self._list)
        self.body.addWidget(self.button)
        self.button.setMenu(self.menu)
        self.button.setSizePolicy(self.button.sizePolicy().Policy.Maximum, self.button.sizePolicy().verticalPolicy())
        self.button.setVisible(not context.read_only)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.reload()

    def reload(self) -> None:
        """Show what is stored now, without disturbing what is being typed."""
        with self.context.reader() as session:
            schedule = read_schedule(session)
            territory = read_profile(session).territory
        stretches = list(schedule.stretches)
        today = formats.today()
        stretches.sort(key=lambda stretch: stretch.last < today)
        for gone in set(self.rows) - {stretch.id for stretch in stretches}:
            row = self.rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, stretch in enumerate(stretches):
            row = self.rows.get(stretch.id) or self._make(stretch.id)
            if self._list.indexOf(row) != place:
                self._list.insertWidget(place, row)
            row.show_stretch(stretch, schedule, territory)
        self.fold(self._width)
        self.hint.setVisible(not stretches)
        self.rearranged.emit()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes to, in order."""
        rows = sorted(self.rows.values(), key=self._list.indexOf)
        return [stop for row in rows for stop in row.stops() if not stop.isHidden()] + [self.button]

    def fold(self, width: int) -> None:
        """Arrange the rows for a card of this width."""
        self._width = width
        for row in self.rows.values():
            row.fold(width - self.body.contentsMargins().left() - self.body.contentsMargins().right())

    def _make(self, overlay: int) -> OverlayRow:
        row = OverlayRow(self.context, overlay)
        row.rearranged.connect(self.rearranged)
        self.rows[overlay] = row
        return row

    @Slot()
    def _fill_menu(self) -> None:
        """Offer what comes next in the shop's country, and in a menu of its own what comes a year later."""
        self.menu.clear()
        today = formats.today()
        self.menu.addAction(_("Day off"), partial(self._add, day_off(today + ONE_DAY)))
        self.menu.addAction(_("Holiday"), partial(self._add, holiday(today + ONE_DAY)))
        self.menu.addSeparator()
        here = [(row.stretch.kind, row.stretch.first) for row in self.rows.values()]
        territory = self.context.get(read_profile).territory
        later = QMenu(_("A year later"), self.menu)
        seen = set[str]()
        for stretch in proposals(territory, today):
            again = stretch.kind in seen
            seen.add(stretch.kind)
            if any(kind == stretch.kind and abs((first - stretch.first).days) < NEAR for kind, first in here):
                continue
            # TRANSLATORS: what is kept, and when it begins: "Ramadan · 8 February 2027".
            text = _("{name} · {date}").format(name=formats.auto(stretch.name), date=formats.date(stretch.first))
            (later if again else self.menu).addAction(text.replace("&", "&&"), partial(self._add, stretch))
        self.menu.addSeparator()
        self.menu.addMenu(later)

    def _add(self, stretch: Stretch) -> None:
        added = self.context.act(N_("Add special hours"), add_stretch, stretch)
        if added is not None:
            QTimer.singleShot(0, self, partial(self._unfold, added))  # its notice comes first

    def _unfold(self, overlay: int) -> None:
        if row := self.rows.get(overlay):
            row.edit.setChecked(True)
            row.edit.setFocus()
