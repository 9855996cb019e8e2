"""Bringing what is due into the calendar of a phone or a computer, by a file."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.exchange.ics import write_ics
from desktop.i18n import _
from desktop.services.profile import read_profile
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.saving import Kind, Opener, SaveLine


class CalendarFile(QWidget):
    """Fills a menu, and says below it where the file was written. Nothing is seen until then."""

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__()
        self._context = context
        self.line = SaveLine(opener)
        self.menu = QMenu(self)
        self.saving = self.menu.addAction(icon("calendar-arrow-down"), _("Save for a calendar…"), self._on_save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self.hide()
        self.line.told.connect(self.show)

    @Slot()
    def _on_save(self) -> None:
        # TRANSLATORS: the name of a file with what is to be done, for a calendar.
        name = _("{shop} calendar").format(shop=self._context.get(read_profile).name or _("Dukkan"))
        kinds = [Kind(".ics", _("Calendar"), partial(self._context.get, write_ics))]
        self.line.ask(_("Save for a calendar"), name, kinds)
