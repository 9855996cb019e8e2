"""What numbers tell of the catalog; each of them leads to the items that it counts."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.data.models import Collection, CollectionItem, Picture, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.statistics import Month, Prices, Shelf, Statistics, read_statistics
from desktop.services.where import Search
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.tasks import Job
from desktop.ui.widgets.bars import Bar, BarChart
from desktop.ui.widgets.buttons import Button, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.rows import Row
from desktop.ui.widgets.scroll import Scroll

PAUSE = 400  # ms after the last change
COUNTED = (Product, Picture, Collection, CollectionItem, Profile)
SHELVES = 200  # collections whose prices are listed
WORDS = {  # of each number, by the term of `services.where` that it counts
    "all": N_("Items"),
    "shown": N_("Customers see"),
    "hidden": N_("Hidden"),
    "on-sale": N_("On sale"),
    "out-of-stock": N_("Out of stock"),
    "no-picture": N_("Without pictures"),
    "no-price": N_("Without a price"),
    "unchanged-year": N_("Unchanged for a year"),
}
COLUMNS = 4


class StatisticsDialog(QDialog):
    """Counts in a job, again after changes. `wanted` is told what to show in the catalog, and the dialog closes."""

    wanted = Signal(object)  # a services.where.Search

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The catalog in numbers"))
        self._context = context
        self._job: Job | None = None
        self._months: Sequence[Month] = ()
        self.figures = {term: Figure(_(words)) for term, words in WORDS.items()}
        self.shelves = QVBoxLayout()
        self.chart = BarChart(_("Added each month"))
        self.recent = QVBoxLayout()
        self.close_button = quiet(_("Close"))
        self._lay_out()
        for term, figure in self.figures.items():
            figure.clicked.connect(partial(self._want, Search("", () if term == "all" else (term,), "")))
        self.chart.chosen.connect(self._on_month)
        self.close_button.clicked.connect(self.reject)
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self._count)
        context.changed.connect(self._on_changed)
        self._count()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.pixels(8))
        for at, figure in enumerate(self.figures.values()):
            grid.addWidget(figure, at // COLUMNS, at % COLUMNS)
            grid.setColumnStretch(at % COLUMNS, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.pixels(8), 0)
        column.setSpacing(theme.pixels(12))
        column.addLayout(grid)
        for name, content in (
            (_("Prices"), self.shelves),
            (_("Added each month"), self.chart),
            (_("Changed last"), self.recent),
        ):
            card = Card(name)
            card.add(content)
            column.addWidget(card)
        self.shelves.setSpacing(0)
        self.recent.setSpacing(0)
        column.addStretch()
        area = Scroll(focus=True)
        area.setWidget(inside)
        layout = column_of(self, _("The catalog in numbers"))
        layout.addWidget(area, 1)
        layout.addLayout(foot(self.close_button))
        self.resize(theme.pixels(680), theme.pixels(620))

    @Slot()
    def _count(self) -> None:
        self._job = self._context.read(read_statistics).begin(self._on_counted, instead_of=self._job)

    @Slot(object)
    def _on_counted(self, found: Statistics) -> None:
        self._job = None
        for term, figure in self.figures.items():
            figure.set_number(found.counts[term])
        shelves = [shelf for shelf in found.shelves if shelf.items or shelf.id is None]
        _fill(self.shelves, [self._shelf(shelf) for shelf in shelves[:SHELVES]])
        self._months = found.months
        self.chart.set_bars([_bar(month) for month in found.months])
        rows = [
            Row(None, card.name, formats.datetime(moment), partial(self._go, card.id), look="")
            for card, moment in found.recent
        ]
        _fill(self.recent, rows or [Label(_("Nothing yet."), "muted")])

    def _shelf(self, shelf: Shelf) -> Row:
        words = ngettext("{n} item", "{n} items", shelf.items).format(n=formats.number(shelf.items))
        lines = [words, *(_prices(prices) for prices in shelf.prices)]
        terms = () if shelf.id is None else (f"collection=#{shelf.id}",)
        name = _("All items") if shelf.id is None else shelf.name
        row = Row(
            None, name, " · ".join(lines), partial(self._want, Search("", terms, "price")), look="strong", wrap=True
        )
        if shelf.prices:
            middle = formats.money(shelf.prices[0].middle, shelf.prices[0].currency)
            # TRANSLATORS: of several prices the one in the middle: half are lower, half are higher.
            row.set_hint(_("Half of them cost up to {price}.").format(price=middle))
        return row

    def _want(self, search: Search) -> None:
        self.wanted.emit(search)
        self.reject()

    def _go(self, item: int) -> None:
        self._context.go("catalog", item)
        self.reject()

    @Slot(int)
    def _on_month(self, at: int) -> None:
        self._want(Search("", (f"added={self._months[at].first:%Y-%m}",), ""))

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if any(notice.of(model) is not None for model in COUNTED):
            self._soon.start()


class Figure(Button):
    """A number over what it counts, the whole of it one button."""

    def __init__(self, words: str) -> None:
        super().__init__("", look="quiet")
        self._words = words
        self.number = Label("…", "title")
        self.label = ElidedLabel(words, "small")
        for label in (self.number, self.label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.pixels(size) for size in (12, 8, 12, 8)])
        column.setSpacing(0)
        column.addWidget(self.number)
        column.addWidget(self.label)
        self.setEnabled(False)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def event(self, event: QEvent) -> bool:
        result = super().event(event)
        if event.type() == QEvent.Type.Polish:
            self.setMinimumHeight(self._column.sizeHint().height())  # the stylesheet has just set that of one line
        return result

    def set_number(self, n: int) -> None:
        """Show a number; none leads nowhere."""
        self.number.setText(formats.number(n))
        self.setEnabled(n > 0)
        # TRANSLATORS: a number and what it counts, as it is heard: "Hidden: 3".
        self.setAccessibleName(_("{what}: {n}").format(what=self._words, n=formats.number(n)))


def _prices(prices: Prices) -> str:
    """Return from what to what, and the one in the middle."""
    lowest, middle, highest = (
        formats.money(minor, prices.currency) for minor in (prices.lowest, prices.middle, prices.highest)
    )
    if prices.lowest == prices.highest:
        return lowest
    # TRANSLATORS: prices from the lowest to the highest, and the one in the middle: "AED 20 – AED 300, median AED 75".
    return _("{span}, median {middle}").format(span=formats.span(lowest, highest), middle=middle)


def _bar(month: Month) -> Bar:
    n = month.items
    name = formats.month(month.first)
    words = ngettext("{month}: {n} item added", "{month}: {n} items added", n)
    return Bar(
        n, formats.number(n), formats.month(month.first, short=True), words.format(month=name, n=formats.number(n))
    )


def _fill(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    while part := column.takeAt(0):
        if widget := part.widget():
            widget.hide()
            widget.deleteLater()
    for widget in widgets:
        column.addWidget(widget)
