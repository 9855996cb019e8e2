"""The last step of every import before anything is written: what would be new, what would change, what is wrong."""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.tables import Problem
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.importing_reading import Seen
from desktop.ui.dialogs.importing_save import SaveProblems
from desktop.ui.widgets.buttons import announce, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Cell, Line, PreviewTable

SeenT = TypeVar("SeenT", bound="Seen[Any]")


class Columns(NamedTuple):
    """The headings of one of the lists, its name first, and how its width is shared."""

    name: str
    headings: Sequence[str]
    shares: Sequence[float]


class CheckStep(QWidget, Generic[SeenT]):
    """A list at a time: changes before and after, what is new, and problems."""

    def __init__(
        self, context: Context, changed: Columns, new: Columns, wrong: Columns, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.seen: SeenT | None = None
        self._view: object = "new"
        self.summary = Label("", "heading", wrap=True)
        self.rest = Label("", "small", wrap=True)
        self.chips = Chips(_("What to look at"))
        self.save = quiet(_("Save problems as a spreadsheet…"), "file-spreadsheet")
        self.changes, self.added, self.wrong = (
            PreviewTable(name, headings, shares=shares) for name, headings, shares in (changed, new, wrong)
        )
        self.sentence = Label("", "small", wrap=True)
        self.saving = SaveProblems(context)
        self._tables = {"changed": self.changes, "new": self.added, "problems": self.wrong}
        self.column = QVBoxLayout(self)
        self._lay_out()
        self.setFocusProxy(self.chips)
        self.chips.chosen.connect(self.on_view)
        self.save.clicked.connect(self.saving.ask)
        self.wrong.selectionModel().currentChanged.connect(self._on_problem)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(12))
        head.addWidget(self.chips, 1)
        head.addWidget(self.save)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.pixels(8))
        self.column.addWidget(self.summary)
        self.column.addWidget(self.rest)
        self.column.addLayout(head)
        for table in self._tables.values():
            theme.look(table, "preview")
            self.column.addWidget(table, 1)
            table.hide()  # nothing takes room before there is something in it
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.saving)
        self.sentence.hide()

    # What differs

    def nothing(self) -> str:
        """Return what to say where an import would do nothing."""
        raise NotImplementedError

    def rest_of(self, seen: SeenT) -> list[str]:
        """Return what else an import does, and does not, in short sentences."""
        raise NotImplementedError

    def change_lines(self, seen: SeenT, places: slice) -> Sequence[Line]:
        """Return the fields that change, of those in sight."""
        raise NotImplementedError

    def new_lines(self, seen: SeenT, places: slice) -> Sequence[Line]:
        """Return what would be new, of that in sight."""
        raise NotImplementedError

    def problem_line(self, seen: SeenT, problem: Problem) -> Line:
        """Return a problem with where it is."""
        return Cell(formats.number(problem.row) if problem.row else "–"), Cell(problem.message)

    # What is shown

    def show_seen(self, seen: SeenT) -> None:
        """Show what an import would do."""
        self.seen = seen
        report = seen.plan.report
        counts = {"new": formats.number(report.new), "changed": formats.number(report.changed)}
        # TRANSLATORS: how many are new, and how many change.
        words = _("New: {new}. Changed: {changed}.").format(**counts)
        self.summary.setText(words if seen.count else self.nothing())
        self.rest.setText(formats.sentences([*self.rest_of(seen), _("Nothing is written yet.")]))
        # TRANSLATORS: lists of what an import would do, each with how many.
        views = [("changed", _("Changed"), report.changed), ("new", _("New"), report.new)]
        wrong = ("problems", _("To look at"), len(seen.problems))
        views.insert(0 if seen.problems and not seen.problems[0].warning else 2, wrong)
        rows = [(view, words, formats.number(count)) for view, words, count in views if count]
        self.chips.set_chips(rows)
        self.chips.setVisible(bool(rows))
        self.save.setVisible(bool(seen.mend))
        self.changes.show_lines(len(seen.lines), self._changes)
        self.added.show_lines(len(seen.plan.names), self._added)
        self.wrong.show_lines(len(seen.problems), self._problems)
        self.on_view(self.chips.value())
        announce(self, self.summary.text())

    @Slot(object)
    def on_view(self, view: object) -> None:
        """Show one of the lists."""
        self._view = view
        for name, table in self._tables.items():
            table.setVisible(name == view)
        self.sentence.setVisible(False)

    @Slot(QModelIndex, QModelIndex)
    def _on_problem(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self.seen and index.isValid():
            self.sentence.setText(self.seen.problems[index.row()].message)
            self.sentence.setVisible(self._view == "problems")

    # Rows, as they come into sight

    def _changes(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return self.change_lines(self.seen, slice(first, first + count))

    def _added(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return self.new_lines(self.seen, slice(first, first + count))

    def _problems(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return [self.problem_line(self.seen, problem) for problem in self.seen.problems[first : first + count]]
