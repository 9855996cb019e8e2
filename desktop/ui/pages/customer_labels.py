"""The labels of customers: chips to take off, a menu of the others, and what a click on either does."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.i18n import N_, _, formats, ngettext
from desktop.services.labels import label_named, labels_among, list_labels, offer_labels, put_labels, take_labels
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.widgets.buttons import Button, flat
from desktop.ui.widgets.chips import fitting
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.label_chips import spoken
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.swatches import dot
from desktop.ui.widgets.tips import plain

Do = Callable[..., object]  # called with the id of a label


class CustomerLabels(QWidget):
    """The labels of one customer, each with a cross that takes it off; every click is stored."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._customer: int | None = None
        self._shown: object = None
        self.chips: list[Button] = []
        self.add = flat(_("Add label"), "plus")
        self.menu = QMenu(self)
        self.add.setMenu(self.menu)
        self.row = QWidget()
        self._flow = FlowLayout(self.row, theme.pixels(6))
        head = QHBoxLayout()
        head.addWidget(Label(_("Labels"), "section"))
        head.addStretch()
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addLayout(head)
        column.addWidget(self.row)
        self.add.setDisabled(context.read_only)
        self.menu.aboutToShow.connect(self._fill)

    def show_customer(self, customer: int | None) -> None:
        """Show the labels that a customer has now."""
        self._customer = customer
        theirs = _theirs(self._context, [customer]) if customer is not None else []
        if (customer, theirs) == self._shown:
            return
        self._shown = (customer, theirs)
        focused = any(chip.hasFocus() for chip in self.chips)
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for number, name, colour in theirs:
            chip = Button(f" {fitting(name)}", look="chip", parent=self.row)  # clear of the dot
            chip.setIcon(dot(colour))
            chip.setAccessibleName(_("Take off the label {name}").format(name=spoken(name, colour)))
            chip.setToolTip(plain(_("Take off the label {name}").format(name=spoken(name, colour))))
            chip.setDisabled(self._context.read_only)
            chip.clicked.connect(partial(self._take, number))
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self.row.setVisible(bool(self.chips))
        tab_here(self.row, self.chips)
        if focused:
            (self.chips[-1] if self.chips else self.add).setFocus()

    @Slot()
    def _fill(self) -> None:
        if self._customer is not None:
            fill_menu(self.menu, self._context, [self._customer], self._put, self._take)
            self.menu.addSeparator()
            self.menu.addAction(icon("plus"), _("New label…"), self._on_new)

    def _put(self, label: int, _checked: bool = False) -> None:
        self._context.act(N_("Add label"), put_labels, [self._customer], [label], origin=self)
        self.show_customer(self._customer)

    def _take(self, label: int, _checked: bool = False) -> None:
        self._context.act(N_("Take off label"), take_labels, [self._customer], [label], origin=self)
        self.show_customer(self._customer)

    @Slot()
    def _on_new(self) -> None:
        ask_label(self, self._name_new)

    def _name_new(self, name: str) -> str:
        complaint = self._context.save(N_("Add label"), put_named, [self._customer], name, origin=self)
        self.show_customer(self._customer)
        return complaint


def fill_menu(menu: QMenu, context: Context, customers: Sequence[int], put: Do, take: Do) -> None:
    """Offer labels, ticked where all of these customers have them; `put` and `take` are called with the id of one."""
    menu.clear()
    with context.reader() as session:
        has = labels_among(session, customers)
        labels, more = offer_labels(session, has)
    for label in labels:
        count = has.get(label.id, 0)
        name = formats.auto(label.name).replace("&", "&&")
        if 0 < count < len(customers):
            # TRANSLATORS: a label, and how many of the selected customers have it, as in "VIP (3 of 12)".
            name = _("{name} ({of})").format(name=name, of=formats.of(count, len(customers)))
        whole = count == len(customers)
        action = menu.addAction(dot(label.colour), name)
        action.setCheckable(True)
        action.setChecked(whole)
        action.triggered.connect(partial(take if whole else put, label.id))
    if more:
        sentence = ngettext("{n} more, under New label… by its name", "{n} more, under New label… by their names", more)
        menu.addAction(sentence.format(n=formats.number(more))).setDisabled(True)


def ask_label(parent: QWidget, keep: Callable[[str], str]) -> None:
    """Ask for the name of a label that is put on at once; `keep(name)` returns what is wrong with it, or ""."""
    from desktop.ui.dialogs.name import NameDialog

    NameDialog(_("New label"), _("Name of the label"), "", _("Add"), keep, parent.window()).open()


def put_named(session: Session, customers: Sequence[int], name: str) -> int:
    """Put the label of this name on customers, made if there is none; return how often. Raises Invalid."""
    return put_labels(session, customers, [label_named(session, name)])


def _theirs(context: Context, customers: Sequence[int]) -> list[tuple[int, str, int]]:
    with context.reader() as session:
        has = labels_among(session, customers)
        return [(label.id, label.name, label.colour) for label in list_labels(session, has)]
