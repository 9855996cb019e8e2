"""The steps of an import of customers: the file, what its columns become, and what would change."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.exchange.importing_customers import Rules
from desktop.exchange.recognise import Recognised
from desktop.i18n import _, formats, ngettext
from desktop.ui import theme
from desktop.ui.dialogs.import_customers_reading import (
    ENDINGS,
    FIELD_WORDS,
    JOINED,
    REASONS,
    Opened,
    Seen,
    cause_words,
    field_words,
    fields_offered,
    first_rows,
    said,
    value_words,
)
from desktop.ui.dialogs.import_items_table import ColumnModel, ColumnTable, Fields
from desktop.ui.widgets.buttons import announce, quiet
from desktop.ui.widgets.check_box import CheckBox
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.preview_table import Cell, Line, PreviewTable
from desktop.ui.widgets.raw_table import RawTable


class FileStep(QWidget):
    """Choose or drop a file; `chosen` says which."""

    chosen = Signal(list)  # paths, as texts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialog: QFileDialog | None = None
        self.choose = quiet(_("Choose a file…"), "folder-open")
        self.empty = Empty(
            "file-input",
            _("Drop the file with your contacts here"),
            _(
                "Contact cards (.vcf) from a phone, or a table from Google, Outlook or another program."
                " Nothing is written before you have seen what would change."
            ),
            self.choose,
        )
        self.other = quiet(_("Another file…"), "folder-open")
        self.what = Label("", "heading", wrap=True)
        self.name = ElidedLabel("", "muted", Qt.TextElideMode.ElideMiddle)
        self.trouble = Label("", "warn", wrap=True)
        self.table = RawTable(_("The first rows as they were read"))
        self.pages = QStackedWidget()
        self._lay_out()
        for button in (self.choose, self.other):
            button.clicked.connect(self._on_choose)

    def _lay_out(self) -> None:
        theme.look(self.table, "file")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.what)
        words.addWidget(self.name)
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(12))
        head.addLayout(words, 1)
        head.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        read = QWidget()
        column = QVBoxLayout(read)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self.trouble)
        layout.addWidget(self.pages, 1)
        self.trouble.hide()

    def show_opened(self, opened: Opened) -> None:
        """Show what a file is, and its first rows."""
        self.tell("")
        self.what.setText(said(opened))
        self.name.setText(formats.auto(opened.path.name))
        self.table.show_rows(*first_rows(opened))
        self.pages.setCurrentIndex(1)
        announce(self, self.what.text())

    def tell(self, sentence: str) -> None:
        """Say why a file cannot be read; what was there before stays."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    @Slot()
    def _on_choose(self) -> None:
        self._dialog = QFileDialog(self, _("Choose the file with your contacts"))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        self._dialog.setNameFilters([_("Files with contacts") + f" ({endings})", _("All files") + " (*)"])
        self._dialog.filesSelected.connect(self._on_selected)
        self._dialog.open()

    @Slot(list)
    def _on_selected(self, paths: Sequence[str]) -> None:
        self.chosen.emit([path for path in paths if Path(path).is_file()])


class ColumnsStep(QWidget):
    """The columns of a table, and what each becomes; contact cards have none."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ColumnModel(self, Fields(field_words, fields_offered, JOINED, REASONS))
        self.table = ColumnTable(self.model)
        self.trouble = Label("", "warn", wrap=True)
        theme.look(self.table, "file")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self.trouble)
        layout.addWidget(self.table, 1)
        self.model.changed.connect(self._on_changed)

    def show_opened(self, opened: Opened) -> None:
        """Show the columns of a table."""
        if opened.table:
            self.model.show_columns(opened.table, Recognised("plain", list(opened.columns)))
            self.table.setCurrentIndex(self.model.index(0, 1))
        self._tell()

    def columns(self) -> dict[str, str]:
        """Return the field of each header, as it is chosen."""
        return {column.header: column.field for column in self.model.columns}

    def complaint(self) -> str:
        """Return what is missing to go on, "" if nothing is."""
        fields = {column.field.partition(":")[0] for column in self.model.columns}
        if fields & {"name", "first_name", "last_name", "phone", "email", "company"}:
            return ""
        return _("No column is a name or a number. Choose it in the list.")

    def _tell(self) -> None:
        self.trouble.setText(self.complaint())
        self.trouble.setVisible(bool(self.trouble.text()))

    @Slot()
    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()


class CheckStep(QWidget):
    """What would change, a list at a time; `changed` if something else is to be done with what is found."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen: Seen | None = None
        self._view: object = "new"
        self.summary = Label("", "heading", wrap=True)
        self.rest = Label("", "small", wrap=True)
        self.found = Choice(
            [
                ("update", _("Update them")),
                ("skip", _("Leave them as they are")),
                ("new", _("Add everybody as new")),
            ]
        )
        self.labels = Choice(
            [
                ("known", _("Those of the shop")),
                ("all", _("All, new ones too")),
                ("none", _("None")),
            ]
        )
        self.found.set_value("update")
        self.labels.set_value("known")
        self.by_name = CheckBox(_("The same name is the same person"))
        self.chips = Chips(_("What to look at"))
        headings = (_("Customer"), _("Field"), _("Before"), _("After"))
        self.changes = PreviewTable(_("What would change"), headings, shares=(0.32, 0.16, 0.24))
        of_new = (_("No."), _("Phone number"), _("Name"))
        self.added = PreviewTable(_("New customers"), of_new, shares=(0.12, 0.28))
        self.wrong = PreviewTable(_("Problems"), (_("No."), _("What is wrong")), shares=(0.08,))
        self.sentence = Label("", "small", wrap=True)
        self._tables = {"changed": self.changes, "new": self.added, "problems": self.wrong}
        self._lay_out()
        self.chips.chosen.connect(self._on_view)
        self.wrong.selectionModel().currentChanged.connect(self._on_problem)
        for choice in (self.found, self.labels):
            choice.activated.connect(self.changed)
        self.by_name.toggled.connect(self.changed)

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(theme.pixels(12))
        for words, choice in (
            (_("Customers that are here already"), self.found),
            (_("Labels of the file"), self.labels),
        ):
            label = Label(words, "section")
            label.set_buddy(choice)
            column = QVBoxLayout()
            column.setSpacing(theme.pixels(4))
            column.addWidget(label)
            column.addWidget(choice)
            ways.addLayout(column, 1)
        ways.addWidget(self.by_name, 1, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addLayout(ways)
        layout.addWidget(self.summary)
        layout.addWidget(self.rest)
        layout.addWidget(self.chips)
        for table in self._tables.values():
            theme.look(table, "preview")
            layout.addWidget(table, 1)
        layout.addWidget(self.sentence)

    def rules(self) -> Rules:
        """Return what is to be done."""
        found, labels = self.found.value(), self.labels.value()
        return Rules(found, self.by_name.isChecked(), labels)  # type: ignore[arg-type]

    def show_seen(self, seen: Seen) -> None:
        """Show what an import would do."""
        self.seen = seen
        report = seen.plan.report
        self.summary.setText(_summary(seen))
        self.rest.setText(_rest(seen))
        # TRANSLATORS: lists of what an import would do, each with how many.
        views = [("new", _("New"), report.new), ("changed", _("Changed"), report.changed)]
        wrong = ("problems", _("To look at"), len(seen.problems))
        views.insert(0 if seen.problems and not seen.problems[0].warning else 2, wrong)
        rows = [(view, words, formats.number(count)) for view, words, count in views if count]
        self.chips.set_chips(rows)
        self.chips.setVisible(bool(rows))
        self.changes.show_lines(len(seen.lines), self._changes)
        self.added.show_lines(len(seen.plan.names), self._added)
        self.wrong.show_lines(len(seen.problems), self._problems)
        self._on_view(self.chips.value())
        announce(self, self.summary.text())

    @Slot(object)
    def _on_view(self, view: object) -> None:
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
        found = []
        for change, field in self.seen.lines[first : first + count]:
            before, after = change.fields[field]
            words = _(FIELD_WORDS[field]) if field in FIELD_WORDS else formats.ltr(field)
            values = (Cell(value_words(field, before)), Cell(value_words(field, after)))
            found.append((Cell(formats.auto(change.name or "–")), Cell(words), *values))
        return found

    def _added(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return [
            (Cell(formats.number(row)), Cell(formats.phone(phone) if phone else "–"), Cell(formats.auto(name or "–")))
            for row, name, phone in self.seen.plan.names[first : first + count]
        ]

    def _problems(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return [
            (Cell(formats.number(problem.row)), Cell(problem.message))
            for problem in self.seen.problems[first : first + count]
        ]


def _summary(seen: Seen) -> str:
    report = seen.plan.report
    if not seen.count:
        return _("There is nothing to import: nobody in this file is new or different.")
    counts = {"new": formats.number(report.new), "changed": formats.number(report.changed)}
    return _("New: {new}. Changed: {changed}.").format(**counts)


def _rest(seen: Seen) -> str:
    """Return what else an import does, and does not, in short sentences."""
    report = seen.plan.report
    sentences = []
    if report.unchanged:
        words = ngettext("{n} customer stays as they are.", "{n} customers stay as they are.", report.unchanged)
        sentences.append(words.format(n=formats.number(report.unchanged)))
    if report.skipped:
        words = ngettext("{n} entry is left out.", "{n} entries are left out.", report.skipped)
        sentences.append(words.format(n=formats.number(report.skipped)))
    causes = Counter(problem.code for problem in seen.problems)
    for code, n in causes.most_common(3):
        sentences.append(f"{cause_words(code)}: {formats.number(n)}.")
    sentences.append(_("Nothing is written yet."))
    return formats.sentences(sentences)
