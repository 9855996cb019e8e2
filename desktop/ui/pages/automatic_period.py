"""A stretch of time in which the away message answers: from one moment to another, by the shop's clock."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.services.automatic import check_period, moment_at
from desktop.services.errors import Invalid
from desktop.ui import theme
from desktop.ui.pages.moment_field import MomentField
from desktop.ui.widgets.buttons import announce, icon_button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.labels import Label

Store = Callable[[int, int], str]  # starts, ends -> complaint


class PeriodRow(QWidget):
    """What cannot be kept, such as an end before the start, stays as it was entered, with a sentence below it."""

    removed = Signal()

    def __init__(self, store: Store, zone: dt.tzinfo, removable: bool) -> None:
        super().__init__()
        self._store = store
        self.zone = zone
        self._stored: tuple[int, int] | None = None
        self.starts = MomentField(_("First day"), _("Start time"))
        self.ends = MomentField(_("Last day"), _("End time"))
        self.remove = icon_button("x", _("Remove these times"))
        self.remove.setVisible(removable)
        self.message = Label("", "warn", wrap=True)
        self.message.hide()
        parts = QWidget()
        flow = FlowLayout(parts, theme.pixels(8))
        # TRANSLATORS: before the start and before the end of a stretch of time.
        for words, field in ((_("From"), self.starts), (_("Until"), self.ends)):
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.pixels(6))
            row.addWidget(Label(words, "muted"))
            row.addWidget(field)
            flow.addWidget(both)
        flow.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(parts)
        column.addWidget(self.message)
        for field in (self.starts, self.ends):
            field.changed.connect(self._on_changed)
        self.remove.clicked.connect(self.removed)

    def show_period(self, starts: int, ends: int) -> None:
        """Show what is stored, unless something else is entered that could not be kept."""
        if self._stored == (starts, ends) and self.message.text():
            return
        self._stored = (starts, ends)
        for field, at in ((self.starts, starts), (self.ends, ends)):
            if not field.time.hasFocus():
                field.set_moment(dt.datetime.fromtimestamp(at, self.zone).replace(tzinfo=None))
        self._complain("")

    def lock(self) -> None:
        """Let the times be read, but not changed."""
        for field in (self.starts, self.ends):
            field.lock()
        self.remove.setDisabled(True)

    def _complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            announce(self.message, words)

    @Slot()
    def _on_changed(self) -> None:
        try:
            starts = moment_at(self.starts.moment(), self.zone, "starts")
            ends = moment_at(self.ends.moment(), self.zone, "ends", later=True)
            check_period(starts, ends)
        except Invalid as invalid:
            self._complain(str(invalid))
            return
        self._stored = (starts, ends)
        self._complain(self._store(starts, ends))
