"""What needs attention in the catalog, by its cause: how many items, what comes of it, and one way to mend them all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.data.models import CollectionItem, Picture, Product, ProductText, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.problems import Problem, Weight, problems
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.dialogs.problem_row import PAUSE, ProblemRow
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.scroll import Scroll

COUNTED = (Product, Picture, ProductText, CollectionItem, Profile)  # what the numbers depend on
WEIGHTS: dict[Weight, str] = {
    # TRANSLATORS: headings of lists of problems: what the phone or Meta's shop refuses, what customers miss, the rest.
    "refused": N_("The phone or Meta's shop refuses"),
    "missed": N_("Customers miss"),
    "tidy": N_("To tidy up"),
}


class ProblemsDialog(QDialog):
    """Counts in a job, again after every change. `wanted` is told which items to show in the catalog, and it closes.

    What is mended is one action, made in a job that can be stopped.
    """

    wanted = Signal(object)  # a services.where.Search

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What needs attention"))
        self._context = context
        self._job: Job | None = None
        self.rows: list[ProblemRow] = []
        self.title = Label(_("What needs attention"), "title")
        self.summary = Label(_("Counting…"), "muted", wrap=True)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.pixels(8), 0)
        self._column.setSpacing(theme.pixels(8))
        self.area = area = Scroll(focus=True)
        area.setWidget(inside)
        self.nothing = Empty(
            "circle-check", _("Nothing needs attention"), _("Every item has what the phone and Meta's shop ask for.")
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(area)
        self.pages.addWidget(self.nothing)
        self.close_button = quiet(_("Close"))
        self.close_button.clicked.connect(self.reject)
        layout = column_of(self)
        layout.addWidget(self.title)
        layout.addWidget(self.summary)
        layout.addWidget(self.pages, 1)
        layout.addLayout(foot(self.close_button))
        self.resize(theme.pixels(640), theme.pixels(600))
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self._count)
        context.changed.connect(self._on_changed)
        self._count()

    def reject(self) -> None:
        """Close; what is being mended is stopped, and leaves nothing."""
        for row in self.rows:
            row.stop()
        super().reject()

    @Slot()
    def _count(self) -> None:
        self._job = self._context.read(problems).begin(self._on_counted, instead_of=self._job)

    @Slot(object)
    def _on_counted(self, found: Sequence[Problem]) -> None:
        self._job = None
        if [problem.kind for problem in found] == [row.problem.kind for row in self.rows]:
            for row, problem in zip(self.rows, found, strict=True):
                row.set_problem(problem)
        else:
            self._make_rows(found)
        self.pages.setCurrentWidget(self.area if found else self.nothing)
        n = len(found)
        words = ngettext("{n} thing to put right in the catalog.", "{n} things to put right in the catalog.", n)
        self.summary.setText(words.format(n=formats.number(n)) if n else "")

    def _make_rows(self, found: Sequence[Problem]) -> None:
        """Make what is new, and keep the rows of what is still there, with what is typed in them."""
        known = {row.problem.kind: row for row in self.rows}
        while part := self._column.takeAt(0):
            widget = part.widget()
            if widget and widget not in known.values():
                widget.deleteLater()
        self.rows = []
        weight: Weight | None = None
        for problem in found:
            if problem.weight != weight:
                weight = problem.weight
                self._column.addWidget(Label(_(WEIGHTS[weight]), "section"))
            row = known.pop(problem.kind, None)
            if row:
                row.set_problem(problem)
            else:
                row = ProblemRow(self._context, problem)
                row.show_wanted.connect(self._on_show)
                row.opened.connect(self._on_opened)
                row.grown.connect(self._on_grown, Qt.ConnectionType.QueuedConnection)
            self._column.addWidget(row)
            row.show()  # Qt would wait for its next turn, and what is not shown takes no focus
            self.rows.append(row)
        self._column.addStretch()
        for row in known.values():
            row.hide()
            row.deleteLater()

    @Slot(object)
    def _on_show(self, problem: Problem) -> None:
        self.wanted.emit(problem.search)
        self.reject()

    @Slot(object)
    def _on_opened(self, opened: ProblemRow) -> None:
        for row in self.rows:  # one filled button at a time
            if row is not opened and not row.is_busy():
                row.fold()

    @Slot(object)
    def _on_grown(self, row: ProblemRow) -> None:
        self._column.activate()
        self.area.ensureWidgetVisible(row, 0, theme.pixels(8))

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if any(notice.of(model) is not None for model in COUNTED):
            self._soon.start()
