"""The last step of an import of items: their changes in money and words, and one way to mend all of a cause."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.exchange.tables import Problem
from desktop.i18n import _, formats, ngettext
from desktop.services.catalog import shop_currency
from desktop.ui.context import Context
from desktop.ui.dialogs.import_items_reading import Seen
from desktop.ui.dialogs.import_items_words import ITEM_WORDS, cause_words, field_words, fix_words, value_words
from desktop.ui.dialogs.importing_check import Cause, CheckStep, Columns
from desktop.ui.dialogs.importing_reading import Group
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

    def show_seen(self, seen: Seen) -> None:
        """Show what an import would do."""
        self._currency = seen.plan.rules.currency or seen.plan.currency or self.context.get(shop_currency)
        super().show_seen(seen)

    def nothing(self) -> str:
        """Return what to say where an import would do nothing."""
        return _("There is nothing to import: nothing in this file is new or different.")

    def rest_of(self, seen: Seen) -> list[str]:
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
        return sentences

    def causes_of(self, seen: Seen) -> list[Cause]:
        """Return the problems by their causes, each with what mends it, and what has been mended."""
        # TRANSLATORS: {fix} is a button's words: "Give them codes of their own".
        mended = _("Mended: {fix}")
        done = [
            Cause(mended.format(fix=fix_words(fix)), True, _("Take back"), partial(self.back_wanted.emit, fix))
            for fix in seen.fixes
        ]
        return [*map(self._cause, seen.groups), *done]

    def _cause(self, group: Group) -> Cause:
        words = f"{cause_words(group.code)}: {formats.number(len(group.problems))}"
        quiet = group.problems[0].warning
        if group.fix:
            return Cause(words, quiet, fix_words(group.fix), partial(self.fix_wanted.emit, group))
        if group.code == "price_unreadable price" and not self._currency:
            return Cause(words, quiet, _("Choose the currency"), self.currency_wanted.emit)
        return Cause(words, quiet)

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


def _currencies(session: Session, items: set[int]) -> dict[int, str]:
    rows = session.execute(select(Product.id, Product.currency).where(Product.id.in_(items)))
    return {row.id: row.currency for row in rows}
