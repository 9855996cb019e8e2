"""What one action did, thing by thing and field by field, with the button that takes it back."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.services.deleted import Deleted
from desktop.services.past import Detail
from desktop.services.past_rows import Entry
from desktop.services.things import BY_TABLE
from desktop.ui import theme
from desktop.ui.widgets.buttons import primary
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label

SHOWN = 60  # lines; of more, how many
LONGEST = 600  # letters of a value


class HistoryPanel(Inspector):
    """`take_back` is the button; the page says what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What it did"), parent)
        self.title = Label("", "heading", wrap=True)
        self.when = Label("", "small", wrap=True)
        self.body_of = QWidget()
        self.take_back = primary("", "undo-2")
        for widget in (self.title, self.when, self.body_of):
            self.add(widget)
        self.add_action(self.take_back)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that nothing is chosen yet: no button without words."""
        self._clear()
        self.title.setText(_("What it did"))
        self.when.setText(_("What is done in the shop is listed here, the last first."))
        self._bar.hide()
        self._line.hide()

    def show_entry(self, entry: Entry, line: str, read_only: bool) -> None:
        """Show an action, of which only a line is known yet."""
        self.title.setText(_(entry.title))
        self.when.setText(_when(entry.at, entry.computer))
        self._clear()
        self._column.addWidget(Label(line, wrap=True))
        self.take_back.set_text(_("Do it again") if entry.undone else _("Take it back"))
        self.take_back.set_icon("redo-2" if entry.undone else "undo-2")
        self.take_back.setDisabled(read_only)
        self._bar.show()
        self._line.show()

    def show_detail(self, detail: Detail) -> None:
        """Show what it did."""
        self._clear()
        for thing, lines in groupby(detail.lines[:SHOWN], key=lambda line: line.thing):
            self._column.addWidget(Label(thing, "strong", wrap=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.pixels(12))
            grid.setVerticalSpacing(theme.pixels(4))
            grid.setColumnStretch(1, 1)
            for row, line in enumerate(lines):
                if not line.field:
                    words = _("added") if line.after else _("deleted")
                    grid.addWidget(Label(words, "muted"), row, 0, 1, 2)
                    continue
                top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(Label(line.field, "small", wrap=True), row * 2, 0, 1, 2, top)
                grid.addWidget(Label(_change(line.before, line.after), wrap=True), row * 2 + 1, 0, 1, 2, top)
            holder = QWidget()
            holder.setLayout(grid)
            self._column.addWidget(holder)
        if more := detail.more + max(0, len(detail.lines) - SHOWN):
            words = ngettext("and {n} more", "and {n} more", more)
            self._column.addWidget(Label(words.format(n=formats.number(more)), "muted"))

    def show_deleted(self, one: Deleted, read_only: bool) -> None:
        """Show a thing that was deleted."""
        self.title.setText(one.name)
        self.when.setText(_when(one.at, one.computer))
        self._clear()
        self._column.addWidget(Label(_(BY_TABLE[one.table].one), "muted"))
        self._column.addWidget(Label(_("It comes back with all that belonged to it."), "small", wrap=True))
        self.take_back.set_text(_("Bring back"))
        self.take_back.set_icon("undo-2")
        self.take_back.setDisabled(read_only)
        self._bar.show()
        self._line.show()

    def texts(self) -> list[str]:
        """Return what is shown of the action."""
        return [label.text() for label in self.body_of.findChildren(Label)]

    def _clear(self) -> None:
        fresh = QWidget()
        self._column = QVBoxLayout(fresh)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(6))
        self.body.replaceWidget(self.body_of, fresh)
        self.body_of.hide()
        self.body_of.deleteLater()
        self.body_of = fresh


def _when(at: int, computer: str) -> str:
    # TRANSLATORS: when something was done, and on which computer: "today 9:40 am, on Mona's computer".
    return _("{when}, on {computer}").format(when=formats.datetime(at), computer=formats.auto(computer))


def _change(before: str, after: str) -> str:
    # TRANSLATORS: what a field said before, and says now.
    return _("{before} → {after}").format(before=before[:LONGEST] or "—", after=after[:LONGEST] or "—")
