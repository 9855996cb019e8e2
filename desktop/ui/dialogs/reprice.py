"""Changing the prices of many items, or putting them on sale for a time."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.i18n import N_, _, formats, ngettext, numbers
from desktop.services.catalog import shop_currency
from desktop.services.errors import Invalid
from desktop.services.hours import shop_zone
from desktop.services.profile import read_profile
from desktop.services.reprice import REASONS, Kind, Preview, Priced, Reprice, Target, preview, reprice, sample
from desktop.services.rounding import EXACT, WHOLE, Rounding
from desktop.services.sale import first_moment, last_moment
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.change import ChangeDialog
from desktop.ui.widgets.check_box import CheckBox
from desktop.ui.widgets.date_field import DateEdit
from desktop.ui.widgets.editors import Choice, Line
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Cell
from desktop.ui.widgets.preview_table import Line as Row

HOW: dict[tuple[Target, Kind, int], str] = {  # what changes, how, and the sign of what is typed
    ("price", "percent", 1): N_("Raise prices by a percentage"),
    ("price", "percent", -1): N_("Lower prices by a percentage"),
    ("price", "amount", 1): N_("Raise prices by an amount"),
    ("price", "amount", -1): N_("Lower prices by an amount"),
    ("price", "set", 1): N_("Give all the same price"),
    ("sale_price", "percent", -1): N_("Sale: a percentage off the price"),
    ("sale_price", "amount", -1): N_("Sale: an amount off the price"),
    ("sale_price", "set", 1): N_("Sale: the same sale price for all"),
    ("sale_price", "end", 1): N_("End the sale"),
}
ROUNDINGS = (  # and their words; {…} is an amount
    (EXACT, N_("No rounding")),
    (WHOLE, N_("To whole amounts")),
    (Rounding(Decimal("0.50")), N_("To .00 or .50")),
    (Rounding(Decimal(1), Decimal("0.50")), N_("Ending in .50")),
    (Rounding(Decimal(1), Decimal("0.95")), N_("Ending in .95")),
    (Rounding(Decimal(1), Decimal("0.99")), N_("Ending in .99")),
    (Rounding(Decimal("0.05")), N_("To steps of 0.05")),
    (Rounding(Decimal("0.25")), N_("To steps of 0.25")),
    (Rounding(Decimal(5)), N_("To steps of 5")),
    (Rounding(Decimal(10)), N_("To steps of 10")),
)
WEEK = dt.timedelta(days=6)


def _outcome(result: Preview) -> str:
    sentence = ngettext("{n} price changed", "{n} prices changed", result.changed)
    return sentence.format(n=formats.number(result.changed))


class RepriceDialog(ChangeDialog):
    """What to do, by how much, rounded how; for a sale its days."""

    title = N_("Change prices")
    preview = staticmethod(preview)
    apply = staticmethod(reprice)
    outcome = staticmethod(_outcome)

    def __init__(self, context: Context, ids: Sequence[int], parent: QWidget | None = None) -> None:
        headings = (_("Item"), _("Before"), _("After"))
        super().__init__(context, ids, _("Change prices"), headings, parent)
        profile = context.get(read_profile)
        self._currency = context.get(shop_currency)
        self._zone = shop_zone(profile.time_zone)
        self.how = Choice([(key, _(words)) for key, words in HOW.items()])
        self.how.set_value(next(iter(HOW)))
        self.value = Line(ltr=True)
        self.rounding = Choice([(rounding, formats.shown(_(words))) for rounding, words in ROUNDINGS])
        self.rounding.set_value(EXACT)
        self.dated = CheckBox(_("Only on these days"))
        self.first = DateEdit()
        self.last = DateEdit()
        self.drop = CheckBox(_("End sales whose price would not be below the new price"))
        self._lay_out_form()
        for choice in (self.how, self.rounding):
            choice.currentIndexChanged.connect(self._on_changed)
        for box in (self.dated, self.drop):
            box.toggled.connect(self._on_changed)
        for day in (self.first, self.last):
            day.dateChanged.connect(self._on_changed)
        self.value.textChanged.connect(self._on_changed)
        self.value.returnPressed.connect(self.go.click)
        self._on_changed()
        self._look()
        self.value.setFocus()

    def _lay_out_form(self) -> None:
        today = formats.today()
        for editor, day, name in (
            (self.first, today, _("First day of the sale")),
            (self.last, today + WEEK, _("Last day of the sale")),
        ):
            editor.setDate(QDate(day.year, day.month, day.day))
            editor.setAccessibleName(name)
        self.labels = [Label(words, "section") for words in (_("What to do"), _("By how much"), _("Rounding"))]
        grid = QGridLayout(self.form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.pixels(12))
        grid.setVerticalSpacing(theme.pixels(4))
        editors: tuple[QWidget, ...] = (self.how, self.value, self.rounding)
        for column, (label, box, stretch) in enumerate(zip(self.labels, editors, (5, 3, 4), strict=True)):
            label.set_buddy(box)
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, stretch)
        self.days = QWidget()
        row = QHBoxLayout(self.days)
        row.setContentsMargins(0, theme.pixels(8), 0, 0)
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.dated)
        row.addWidget(self.first)
        row.addWidget(Label("–"))
        row.addWidget(self.last)
        row.addStretch()
        grid.addWidget(self.days, 2, 0, 1, 3)
        grid.addWidget(self.drop, 3, 0, 1, 3)

    @Slot()
    def _on_changed(self) -> None:
        target, kind, _sign = self._how()
        sale = target == "sale_price" and kind != "end"
        sign = formats.currency_sign(self._currency) if self._currency else ""
        self.value.set_suffix("%" if kind == "percent" else sign)
        for widget in (self.value, self.rounding, *self.labels[1:]):
            widget.setVisible(kind != "end")
        self.days.setVisible(sale)
        self.first.setEnabled(self.dated.isChecked())
        self.last.setEnabled(self.dated.isChecked())
        self.drop.setVisible(target == "price")
        self.look_again()

    def _how(self) -> tuple[Target, Kind, int]:
        chosen = self.how.value()
        return next(key for key in HOW if key == chosen)

    def rule(self) -> Reprice | None:
        target, kind, sign = self._how()
        if kind == "end":
            return Reprice("end", target=target)
        typed = self.value.text().strip().removesuffix("%").removesuffix("٪")
        if not typed:
            return None
        try:
            places = numbers.exponent(self._currency) if kind != "percent" else 2
            value = numbers.parse_decimal(typed, places, self._currency in numbers.COMMA_CURRENCIES)
        except ValueError as error:
            raise Invalid("value", _("Write a number only, like 10 or 7.5.")) from error
        if value < 0:
            raise Invalid("value", _("Leave out the minus sign, and choose above whether prices rise or fall."))
        days = target == "sale_price" and self.dated.isChecked()
        rounding = self.rounding.value()
        rule = Reprice(
            kind,
            sign * value,
            rounding if isinstance(rounding, Rounding) else EXACT,
            target,
            first_moment(_day(self.first), self._zone) if days else None,
            last_moment(_day(self.last), self._zone) if days else None,
            self.drop.isChecked() and target == "price",
        )
        rule.check()
        return rule

    def lines(self, rule: Reprice, seen: Preview, first: int, count: int) -> Sequence[Row]:
        changes = self.context.get(sample, seen.ids[first : first + count], rule)
        return [
            (
                Cell(formats.auto(change.name)),
                Cell(_said(change.before, change.currency)),
                Cell(_said(change.after, change.currency)),
            )
            for change in changes
        ]

    def count(self, seen: Preview) -> int:
        return seen.changed

    def told(self, seen: Preview | None) -> tuple[str, str, list[str]]:
        count = seen.changed if seen else 0
        words = ngettext("Change {n} price", "Change {n} prices", count).format(n=formats.number(count))
        if seen is None:
            # TRANSLATORS: what a change is for: the items that are chosen, or all that the page shows.
            several = ngettext("For {n} item", "For {n} items", len(self.ids))
            return _("Change prices"), several.format(n=formats.number(len(self.ids))), []
        summary = ngettext("{n} price would change", "{n} prices would change", count)
        remarks = []
        for reason, items in seen.skipped.items():
            sentence = ngettext("{n} item stays as it is: {reason}", "{n} items stay as they are: {reason}", items)
            remarks.append(sentence.format(n=formats.number(items), reason=_(REASONS[reason])))
        if seen.same:
            sentence = ngettext("{n} item is so already", "{n} items are so already", seen.same)
            remarks.append(sentence.format(n=formats.number(seen.same)))
        if seen.dropped:
            sentence = ngettext("{n} sale would end", "{n} sales would end", seen.dropped)
            remarks.append(sentence.format(n=formats.number(seen.dropped)))
        return words, summary.format(n=formats.number(count)), remarks


def _day(editor: DateEdit) -> dt.date:
    day = editor.date()
    return dt.date(day.year(), day.month(), day.day())


def _said(prices: Priced, currency: str) -> str:
    """Return prices as one reads them: the sale price first, and what it was before."""
    if prices.price is None:
        return "–"
    price = formats.money(prices.price, currency)
    if prices.sale_price is None:
        return price
    sale = formats.money(prices.sale_price, currency)
    # TRANSLATORS: prices of an item on sale, as in "AED 60 instead of AED 75".
    return _("{sale} instead of {price}").format(sale=sale, price=price)
