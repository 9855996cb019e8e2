"""The steps of an import of customers that are its own: what columns become, and what is done with whom."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.exchange.importing_customers import Rules
from desktop.exchange.mapping import TROUBLE
from desktop.i18n import _, formats, ngettext
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.import_customers_reading import Opened, Seen
from desktop.ui.dialogs.import_customers_words import (
    FIELD_WORDS,
    JOINED,
    REASONS,
    cause_words,
    field_words,
    fields_offered,
    value_words,
)
from desktop.ui.dialogs.importing_check import CheckStep, Columns
from desktop.ui.dialogs.importing_columns import ColumnsStep
from desktop.ui.dialogs.importing_table import Fields
from desktop.ui.widgets.check_box import CheckBox
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Labelled
from desktop.ui.widgets.preview_table import Cell, Line


class PeopleColumnsStep(ColumnsStep):
    """The columns of a table of people; contact cards have none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Fields(field_words, fields_offered, JOINED, REASONS), parent)

    def show_opened(self, opened: Opened) -> None:
        """Show the columns of a table."""
        if opened.table:
            self.model.show_columns(opened.table, opened.columns)
        self.tell()

    def complaint(self) -> str:
        """Return what is missing to go on, "" if nothing is."""
        fields = {column.field.partition(":")[0] for column in self.model.columns}
        if fields & {"name", "first_name", "last_name", "phone", "email", "company"}:
            return ""
        return _("No column is a name or a number. Choose it in the list.")


class PeopleCheckStep(CheckStep[Seen]):
    """What would change, below what is to be done with whom; `changed` if something else is."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Columns(_("What would change"), (_("Customer"), _("Field"), _("Before"), _("After")), (0.32, 0.16, 0.24)),
            Columns(_("New customers"), (_("No."), _("Phone number"), _("Name")), (0.12, 0.28)),
            Columns(_("Problems"), (_("No."), _("What is wrong")), (0.08,)),
            parent,
        )
        self.found = Choice(
            [
                ("update", _("Update them")),
                ("skip", _("Leave everybody as they are")),
                ("new", _("Add everybody as new")),
            ]
        )
        self.labels = Choice(
            [
                ("known", _("Those of the shop")),
                ("all", _("All, new ones too")),
                ("none", _("No labels")),
            ]
        )
        self.found.set_value("update")
        self.labels.set_value("known")
        self.by_name = CheckBox(_("The same name is the same person"))
        self._lay_out_rules()
        for choice in (self.found, self.labels):
            choice.activated.connect(self.changed)
        self.by_name.clicked.connect(self.changed)

    def _lay_out_rules(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(theme.pixels(12))
        for words, choice in (
            (_("Customers that are here already"), self.found),
            (_("Labels of the file"), self.labels),
        ):
            ways.addLayout(Labelled(words, choice), 1)
        ways.addWidget(self.by_name, 1, Qt.AlignmentFlag.AlignBottom)
        self.column.insertLayout(0, ways)
        before: QWidget = self.found
        for widget in (self.labels, self.by_name, self.chips):
            self.setTabOrder(before, widget)
            before = widget

    def rules(self) -> Rules:
        """Return what is to be done."""
        found, labels = self.found.value(), self.labels.value()
        return Rules(found, self.by_name.isChecked(), labels)  # type: ignore[arg-type]

    def show_opened(self, opened: Opened) -> None:
        """Take the names of a file of problems for who they are: their numbers have been mended."""
        if opened.table and TROUBLE in opened.table.header:
            self.by_name.setChecked(True)

    def nothing(self) -> str:
        """Return what to say where an import would do nothing."""
        return _("There is nothing to import: nobody in this file is new or different.")

    def rest_of(self, seen: Seen) -> list[str]:
        """Return what else an import does, and does not, in short sentences."""
        report = seen.plan.report
        sentences = []
        if report.unchanged:
            words = ngettext("{n} customer stays as they are.", "{n} customers stay as they are.", report.unchanged)
            sentences.append(words.format(n=formats.number(report.unchanged)))
        if report.skipped:
            words = ngettext("{n} entry is left out.", "{n} entries are left out.", report.skipped)
            sentences.append(words.format(n=formats.number(report.skipped)))
        causes = Counter(cause_words(problem.code) for problem in seen.problems)
        return sentences + [f"{cause}: {formats.number(n)}" for cause, n in causes.most_common(3)]

    def change_lines(self, seen: Seen, places: slice) -> Sequence[Line]:
        """Return the fields that change."""
        found = []
        for change, field in seen.lines[places]:
            before, after = change.fields[field]
            words = _(FIELD_WORDS[field]) if field in FIELD_WORDS else formats.ltr(field)
            values = (value_words(field, before), value_words(field, after))
            found.append(tuple(map(Cell, (formats.auto(change.name or "–"), words, *values))))
        return found

    def new_lines(self, seen: Seen, places: slice) -> Sequence[Line]:
        """Return the customers that would be new."""
        return [
            (Cell(formats.number(row)), Cell(formats.phone(phone) if phone else "–"), Cell(formats.auto(name or "–")))
            for row, name, phone in seen.plan.names[places]
        ]
