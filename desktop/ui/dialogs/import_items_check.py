"""The last step of an import before anything is written: what would be new, what would change, what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.exchange.mending import Fix
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats, ngettext
from desktop.services.catalog import shop_currency
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.import_items_reading import Group, Seen
from desktop.ui.dialogs.import_items_save import SaveProblems
from desktop.ui.dialogs.import_items_words import ITEM_WORDS, cause_words, field_words, fix_words, value_words
from desktop.ui.widgets.buttons import Button, announce, flat, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Cell, Line, PreviewTable


class CheckStep(QWidget):
    """A list at a time: new items, changes before and after, problems by their causes with one way to mend each.

    `fix_wanted` is said with a Group, or with a Fix that is to be taken back; `currency_wanted` where prices lack one.
    """

    fix_wanted = Signal(object)
    back_wanted = Signal(object)
    currency_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.seen: Seen | None = None
        self._currency = ""
        self._view: object = "new"
        self.summary = Label("", "heading", wrap=True)
        self.rest = Label("", "small", wrap=True)
        self.chips = Chips(_("What to look at"))
        self.save = quiet(_("Save problems as a spreadsheet…"), "file-spreadsheet")
        self.causes = QScrollArea()
        self.changes = PreviewTable(
            _("What would change"), (_("Item"), _("Field"), _("Before"), _("After")), shares=(0.32, 0.16, 0.24)
        )
        self.added = PreviewTable(_("New items"), (_("Row"), _("Item code"), _("Item name")), shares=(0.12, 0.28))
        self.wrong = PreviewTable(_("Problems"), (_("Row"), _("Column"), _("What is wrong")), shares=(0.1, 0.18))
        self.sentence = Label("", "small", wrap=True)
        self.saving = SaveProblems(context)
        self._tables = {"changed": self.changes, "new": self.added, "problems": self.wrong}
        self._lay_out()
        self.chips.chosen.connect(self._on_view)
        self.save.clicked.connect(self.saving.ask)
        self.wrong.selectionModel().currentChanged.connect(self._on_problem)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(12))
        head.addWidget(self.chips, 1)
        head.addWidget(self.save)
        self.causes.setWidgetResizable(True)
        self.causes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.causes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.causes.setMaximumHeight(theme.pixels(148))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self.summary)
        layout.addWidget(self.rest)
        layout.addLayout(head)
        layout.addWidget(self.causes)
        for table in self._tables.values():
            theme.look(table, "preview")
            layout.addWidget(table, 1)
        layout.addWidget(self.sentence)
        layout.addWidget(self.saving)

    def show_seen(self, seen: Seen, done: Sequence[Fix]) -> None:
        """Show what an import would do, with these fixes in it."""
        self.seen = seen
        report = seen.plan.report
        self._currency = seen.plan.rules.currency or seen.plan.currency or self.context.get(shop_currency)
        self.summary.setText(_summary(seen))
        self.rest.setText(_rest(seen))
        self.rest.setVisible(bool(self.rest.text()))
        # TRANSLATORS: lists of what an import would do, each with how many.
        views = [("changed", _("Changed"), report.changed), ("new", _("New"), report.new)]
        wrong = ("problems", _("To look at"), len(seen.problems))
        views.insert(0 if seen.problems and not seen.problems[0].warning else 2, wrong)
        rows = [(view, words, formats.number(count)) for view, words, count in views if count]
        self.chips.set_chips(rows)
        self.chips.setVisible(bool(rows))
        self.save.setVisible(any(not problem.warning for problem in seen.problems))
        self._show_causes(seen.groups, done)
        self.changes.show_lines(len(seen.lines), self._changes)
        self.added.show_lines(len(seen.plan.names), self._added)
        self.wrong.show_lines(len(seen.problems), self._problems)
        self._on_view(self.chips.value())
        announce(self, self.summary.text())

    def _show_causes(self, groups: Sequence[Group], done: Sequence[Fix]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        for group in groups:
            words = f"{cause_words(group.code)}: {formats.number(len(group.problems))}"
            buttons: list[tuple[str, Callable[[], object]]] = []
            if group.fix:
                buttons.append((fix_words(group.fix), partial(self.fix_wanted.emit, group)))
            elif group.code == "price_unreadable price" and not self._currency:
                buttons.append((_("Choose the currency"), self.currency_wanted.emit))
            column.addWidget(_cause(words, group.problems[0].warning, buttons))
        for fix in done:
            # TRANSLATORS: {fix} is a button's words: "Give them codes of their own".
            words = _("Mended: {fix}").format(fix=fix_words(fix))
            column.addWidget(_cause(words, True, [(_("Take back"), partial(self.back_wanted.emit, fix))]))
        column.addStretch()
        self.causes.setWidget(inside)
        self.causes.setMaximumHeight(min(theme.pixels(148), inside.sizeHint().height() + theme.pixels(4)))
        self._has_causes = bool(groups or done)

    @Slot(object)
    def _on_view(self, view: object) -> None:
        self._view = view
        for name, table in self._tables.items():
            table.setVisible(name == view)
        problems = view == "problems" or (self.seen is not None and not self.seen.problems)
        self.causes.setVisible(self._has_causes and problems)
        self.sentence.setVisible(False)

    @Slot(QModelIndex, QModelIndex)
    def _on_problem(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self.seen and index.isValid():
            self.sentence.setText(self.seen.problems[index.row()].message)
            self.sentence.setVisible(self._view == "problems")

    # Rows, as they come into sight

    def _changes(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        lines = self.seen.lines[first : first + count]
        currencies = self.context.get(_currencies, {change.item for change, _field in lines})
        found = []
        for change, field in lines:
            before, after = change.fields[field]
            own = currencies.get(change.item, "")
            past = own or self._currency
            then = change.fields["currency"][1] or self._currency if "currency" in change.fields else past
            name = formats.auto(change.name or change.code)
            words = _(ITEM_WORDS[field]) if field in ITEM_WORDS else formats.ltr(field)
            found.append(
                (
                    Cell(name),
                    Cell(words),
                    Cell(value_words(field, before, past)),
                    Cell(value_words(field, after, then)),
                )
            )
        return found

    def _added(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return [
            (Cell(formats.number(row)), Cell(formats.ltr(code) if code else "–"), Cell(formats.auto(name)))
            for row, code, name in self.seen.plan.names[first : first + count]
        ]

    def _problems(self, first: int, count: int) -> Sequence[Line]:
        assert self.seen, "it is shown"
        return [_problem(problem, self.seen.headers) for problem in self.seen.problems[first : first + count]]


def _problem(problem: Problem, headers: Mapping[str, str]) -> Line:
    """Return a problem with its column as the file calls it, or else by the word for its field."""
    column = problem.column
    words = formats.auto(headers[column]) if column in headers else field_words(column) if column else "–"
    return Cell(formats.number(problem.row)), Cell(words), Cell(problem.message)


def _summary(seen: Seen) -> str:
    report = seen.plan.report
    if not seen.count:
        return _("There is nothing to import: nothing in this file is new or different.")
    counts = {"new": formats.number(report.new), "changed": formats.number(report.changed)}
    # TRANSLATORS: how many items are new, and how many change.
    return _("New: {new}. Changed: {changed}.").format(**counts)


def _rest(seen: Seen) -> str:
    """Return what else an import does, and does not, in short sentences."""
    report = seen.plan.report
    sentences = []
    if report.unchanged:
        words = ngettext("{n} item stays as it is.", "{n} items stay as they are.", report.unchanged)
        sentences.append(words.format(n=formats.number(report.unchanged)))
    if report.hidden:
        words = ngettext("{n} item would be hidden.", "{n} items would be hidden.", report.hidden)
        sentences.append(words.format(n=formats.number(report.hidden)))
    if report.skipped:
        words = ngettext("{n} row is left out.", "{n} rows are left out.", report.skipped)
        sentences.append(words.format(n=formats.number(report.skipped)))
    if seen.kept and (unused := len(seen.kept.matched.unused)):
        words = ngettext("{n} picture belongs to no item.", "{n} pictures belong to no item.", unused)
        sentences.append(words.format(n=formats.number(unused)))
    sentences.append(_("Nothing is written yet."))
    return formats.sentences(sentences)


def _cause(words: str, warning: bool, buttons: Sequence[tuple[str, Callable[[], object]]]) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.pixels(12))
    row.addWidget(Label(words, "" if warning else "strong", wrap=True), 1)
    for name, act in buttons:
        button: Button = flat(name)
        button.setAccessibleName(f"{name}: {words}")
        button.clicked.connect(partial(_call, act))
        row.addWidget(button)
    return line


def _call(act: Callable[[], object], _checked: bool = False) -> None:
    act()


def _currencies(session: Session, items: set[int]) -> dict[int, str]:
    rows = session.execute(select(Product.id, Product.currency).where(Product.id.in_(items)))
    return {row.id: row.currency for row in rows}
