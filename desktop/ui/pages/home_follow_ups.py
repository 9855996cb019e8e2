"""The card of the home page that says which follow-ups are overdue or due today."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.i18n import _, formats, ngettext
from desktop.services.due import Due
from desktop.services.overview import Overview
from desktop.ui.context import Context
from desktop.ui.pages.follow_up_row import name_of
from desktop.ui.pages.home_rows import RowsCard
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.rows import Row, Tile


class FollowUpsCard(RowsCard):
    """Each follow-up on a row that goes to it, the earliest first; hidden where none is due."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Follow-ups for today"))
        self._context = context
        self.hide()

    def show_overview(self, overview: Overview) -> None:
        """Show what is due, once it is read."""
        if overview.whole:
            day = formats.today()  # "today" is another word tomorrow
            self.set_rows((overview.follow_ups, day), partial(self._rows, overview.follow_ups))

    def _rows(self, rows: Sequence[Due]) -> list[QWidget]:
        return self.first(rows, self._row, _more, partial(self._context.go, "follow-ups"))

    def _row(self, row: Due) -> Row:
        late = row.group == "overdue"
        icon = "calendar-clock" if row.kind == "booking" else "bell"
        sign = Tile(icon, tint="warn", ground="warn-soft") if late else Tile(icon)
        notes = [_("Overdue")] if late else []
        if row.opened_at is not None:
            notes.append(_("opened"))
        end = Label(formats.datetime(row.due_at), "warn" if late else "accent")
        return Row(sign, name_of(row), " · ".join(notes), partial(self._context.go, "follow-ups", row.id), end=end)


def _more(n: int) -> str:
    return ngettext("{n} more follow-up", "{n} more follow-ups", n).format(n=formats.number(n))
