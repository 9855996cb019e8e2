"""The last step of an import of items: their changes in money and words, and one way to mend all of a cause."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats, ngettext
from desktop.services.catalog import shop_currency
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.import_items_reading import Seen
from desktop.ui.dialogs.import_items_words import CAUSES, ITEM_WORDS, cause_words, field_words, fix_words, value_words
from desktop.ui.dialogs.importing_check import CheckStep, Columns
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.focus import stops, tab_through
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Cell, Line


class ItemCheckStep(CheckStep[Seen]):
    """Says `fix_wanted` with a Group, `back_wanted` with a Fix, and `currency_wanted` where prices lack one."""

    fix_wanted = Signal(object)
    back_wanted = Signal(object)
    currency_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Columns(_("What would change"), (_("Item"), _("Field"), _("Before"), _("After")), (0.32, 0.16, 0.24)),
            Columns(_("New items"), (_("Row"), _("Item code"), _("Item name")), (0.12, 0.28)),
            Columns(_("Problems"), (_("Row"), _("Column"), _("What is wrong")), (0.1, 0.18)),
            parent,
        )
        self._currency = ""
        self.causes = QScrollArea()
        self.causes.setWidgetResizable(True)
        self.causes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.causes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.causes.hide()
        self.column.insertWidget(self.column.indexOf(self.changes), self.causes)

    def show_seen(self, seen: Seen) -> None:
        """Show what an import would do."""
        self._currency = seen.plan.rules.currency or seen.plan.currency or self.context.get(shop_currency)
        self._show_causes(seen)
        super().show_seen(seen)

    def nothing(self) -> str:
        """Return what to say where an import would do nothing."""
        return _("There is nothing to import: nothing in this file is new or different.")

    def rest_of(self, seen: Seen) -> list[str]:
        """Return what else an import does, and does not, in short sentences."""
        report = seen.plan.report
        sentences = []
        if stay := report.unchanged - sum(problem.code == "row_repeated" for problem in report.problems):
            words = ngettext("{n} item stays as it is.", "{n} items stay as they are.", stay)
            sentences.append(words.format(n=formats.number(stay)))
        if report.hidden:
            words = ngettext("{n} item would be hidden.", "{n} items would be hidden.", report.hidden)
            sentences.append(words.format(n=formats.number(report.hidden)))
        if report.skipped:
            words = ngettext("{n} row is left out.", "{n} rows are left out.", report.skipped)
            sentences.append(words.format(n=formats.number(report.skipped)))
        if seen.kept and (unused := len(seen.kept.matched.unused)):
            words = ngettext("{n} picture belongs to no item.", "{n} pictures belong to no item.", unused)
            sentences.append(words.format(n=formats.number(unused)))
        return sentences

    def _show_causes(self, seen: Seen) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        others = [group for group in seen.groups if group.code not in CAUSES and not group.fix]
        for group in seen.groups:
            if group in others:
                continue
            words = f"{cause_words(group.code)}: {formats.number(len(group.problems))}"
            quiet = all(problem.warning for problem in group.problems)
            if group.fix:
                column.addWidget(_cause(words, quiet, fix_words(group.fix), partial(self.fix_wanted.emit, group)))
            elif group.code == "price_unreadable price" and not self._currency:
                column.addWidget(_cause(words, quiet, _("Choose the currency"), self.currency_wanted.emit))
            else:
                column.addWidget(_cause(words, quiet))
        if others:
            number = formats.number(sum(len(group.problems) for group in others))
            column.addWidget(
                _cause(f"{cause_words('')}: {number}", all(each.warning for group in others for each in group.problems))
            )
        for fix in seen.fixes:
            # TRANSLATORS: {fix} is a button's words: "Give them codes of their own".
            words = _("Mended: {fix}").format(fix=fix_words(fix))
            column.addWidget(_cause(words, True, _("Take back"), partial(self.back_wanted.emit, fix)))
        column.addStretch()
        self.causes.setWidget(inside)
        tab_through([self.save, *stops(inside)])
        height = column.totalHeightForWidth(max(self.width(), theme.pixels(600)))
        self.causes.setMaximumHeight(min(theme.pixels(148), height + theme.pixels(4)))

    @Slot(object)
    def on_view(self, view: object) -> None:
        """Show one of the lists, the causes above the problems."""
        super().on_view(view)
        seen = self.seen
        has_causes = seen is not None and bool(seen.groups or seen.fixes)
        self.causes.setVisible(has_causes and (view == "problems" or (seen is not None and not seen.problems)))

    def change_lines(self, seen: Seen, places: slice) -> Sequence[Line]:
        """Return the fields that change, prices in their currencies."""
        lines = seen.lines[places]
        currencies = self.context.get(_currencies, {change.item for change, _field in lines})
        found = []
        for change, field in lines:
            before, after = change.fields[field]
            own = currencies.get(change.item, "")
            past = own or self._currency
            then = change.fields["currency"][1] or self._currency if "currency" in change.fields else past
            name = formats.auto(change.name or change.code)
            words = _(ITEM_WORDS[field]) if field in ITEM_WORDS else formats.ltr(field)
            values = (value_words(field, before, past), value_words(field, after, then))
            found.append(tuple(map(Cell, (name, words, *values))))
        return found

    def new_lines(self, seen: Seen, places: slice) -> Sequence[Line]:
        """Return the items that would be new."""
        return [
            (Cell(formats.number(row)), Cell(formats.ltr(code) if code else "–"), Cell(formats.auto(name)))
            for row, code, name in seen.plan.names[places]
        ]

    def problem_line(self, seen: Seen, problem: Problem) -> Line:
        """Return a problem with its column as the file calls it, or else by the word for its field."""
        column = problem.column
        own = seen.plan.feed.headers.get(column, column if column in seen.table.header else "")
        row, message = super().problem_line(seen, problem)
        return row, Cell(formats.auto(own) if own else field_words(column) if column else "–"), message


def _cause(words: str, quiet: bool, name: str = "", act: Callable[[], object] | None = None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.pixels(12))
    row.addWidget(Label(words, "" if quiet else "strong", wrap=True), 1)
    if act:
        button = flat(name)
        button.setAccessibleName(f"{name}: {words}")
        button.clicked.connect(partial(_call, act))
        row.addWidget(button)
    return line


def _call(act: Callable[[], object], _checked: bool = False) -> None:
    act()


def _currencies(session: Session, items: set[int]) -> dict[int, str]:
    rows = session.execute(select(Product.id, Product.currency).where(Product.id.in_(items)))
    return {row.id: row.currency for row in rows}
