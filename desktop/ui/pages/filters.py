"""What the rows of a page are filtered by: words, chips, a menu of terms; and in which order they come."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.notice import Notice
from desktop.i18n import _, formats
from desktop.services.terms import Search
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.pages.kind import Kind
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button, flat, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.search_field import SearchField

SHOWN = 8  # groups that are chips at most, and on LINES: more would push the rows out of sight
LINES = 2
MORE = "more"  # the value of the chip that opens the rest

Made = tuple[object, str, str]  # what a chip is made of: its value, what it is called, and how many it finds


class Filters(QWidget):
    """What one is looking for, as a `Search`. `changed` says that it was changed here; setting it tells nobody.

    A kind of rows may have chips `further` than those of its groups, and lays all out with `lay_out`.
    """

    changed = Signal()
    sign = ""  # the icon of the further chips

    def __init__(self, context: Context, kind: Kind, hint: str, title: str) -> None:
        super().__init__()
        self.context = context
        self.kind = kind
        self._terms: tuple[str, ...] = ()
        self._sort = ""
        self._names: dict[str, str] = {}  # of the groups, by their terms
        self._counts: Mapping[str, int] = {}
        self._made: list[Made] = []  # what the chips were made of
        self._on: list[object] = []  # the values of those that are on
        self._far: list[object] = []  # the values of those that there is no room for
        self._active: object = None  # what is shown of those that are on and no chips
        self._removable: list[Button] = []
        self._acts: Sequence[Button] = ()
        self._job: Job | None = None
        self._counting = False
        self.field = SearchField(hint)
        # TRANSLATORS: a button that opens a list of filters.
        self.filter = quiet(_("Filter"), "list-filter")
        self.sort = quiet("", "arrow-up-down")  # the order that is chosen is told below
        self.filters, self.orders, self.rest = QMenu(self), QMenu(self), QMenu(self)
        self.filter.setMenu(self.filters)
        self.sort.setMenu(self.orders)
        self.chips = Chips(title, exclusive=False)
        self.active = QWidget()
        self.active.setAccessibleName(_("What is filtered by"))
        self.clear = flat(_("Clear filters"), "x")
        self._flow = FlowLayout(self.active)
        self.field.searched.connect(self._on_typed)
        self.chips.chosen.connect(self._on_chips)
        self.filters.aboutToShow.connect(self._on_filters)
        self.orders.aboutToShow.connect(self._on_orders)
        self.clear.clicked.connect(self._on_clear)

    def lay_out(self, *beside: Button, acts: Sequence[Button] = ()) -> None:
        """Lay everything out: `beside` the field stand further buttons, and beside what is filtered by `acts`."""
        self._acts = acts
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(8))
        top.addWidget(self.field, 1)
        for button in (self.filter, self.sort, *beside):
            top.addWidget(button)
        for button in (*acts, self.clear):
            self._flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.active)
        self.refresh()

    # What is looked for

    def search(self) -> Search:
        """Return what one is looking for."""
        return Search(self.field.text().strip(), self._terms, self._sort)

    def set_search(self, search: Search) -> None:
        """Look for something else."""
        self.field.show_text(search.typed)
        self._terms, self._sort = tuple(dict.fromkeys(search.terms)), search.sort
        self.show_search()

    def is_empty(self) -> bool:
        """Say whether all rows are shown."""
        return not (self.field.text().strip() or self._terms)

    def group(self) -> int | None:
        """Return the group that is looked at, if it is one: new rows go into it."""
        chosen = [group for term in self._terms if (group := self.group_of(term)) is not None]
        return chosen[0] if len(chosen) == 1 else None

    def group_of(self, value: object) -> int | None:
        """Return the id of the group that a term, or a chip by its value, stands for, or None."""
        return int(value.partition("#")[2]) if isinstance(value, str) and value in self._names else None

    # What there is

    def on_changed(self, notice: Notice) -> bool:
        """Follow what was changed, and say whether another search is meant now: its group may be gone."""
        if any(notice.of(model) is not None for model in self.kind.counted):
            self._count()
        if all(notice.of(model) is None for model in self.kind.listed):
            return False
        before = self._terms
        self.refresh()
        return self._terms != before

    def refresh(self) -> None:
        """Show the groups, and whatever else is a chip, that there are."""
        with self.context.reader() as session:
            self.read(session)
        gone = [term for term in self._terms if term.startswith(f"{self.kind.group}=#") and term not in self._names]
        self._terms = tuple(term for term in self._terms if term not in gone)
        self.show_search()

    def read(self, session: Session) -> None:
        """Read what is a chip."""
        self._names = self.kind.groups(session)

    def count_once(self) -> None:
        """Count what each filter finds, unless that has begun: to be called once the rows are there, which come first.

        No timer does it: one that goes off when the shop has just been closed would read it again.
        """
        if not self._counting:
            self._count()

    def count_of(self, term: str) -> int | None:
        """Return how many rows a term finds, or None while that is not known."""
        return self._counts.get(term)

    def _count(self) -> None:
        self._counting = True
        terms = ("all", *self._names, *self.kind.status, *self.kind.attention)
        self._job = self.context.read(self.kind.count, terms).begin(self._on_counted, instead_of=self._job)

    @Slot(object)
    def _on_counted(self, counts: Mapping[str, int]) -> None:
        self._job = None
        self._counts = counts
        self.show_search()

    # What is shown

    def further(self) -> Mapping[object, str]:
        """Return the values of the chips behind those of the groups, and what they are called."""
        return {}

    def is_on(self, value: object) -> bool:
        """Say whether a chip is on; None is that for all rows."""
        return not self._with_chips() if value is None else value in self._terms

    def words(self, value: object) -> str:
        """Return what a term, or what a chip stands for, is called."""
        return self.further().get(value) or self._names.get(str(value)) or self.kind.words(str(value))

    def show_search(self) -> None:
        """Show what is looked for."""
        made, self._far = self._fitting()
        if made != self._made:
            self._made = made
            self.chips.set_chips(made, self._icons())
        near = [value for value, _words, _number in made]
        self._on = [value for value in near if self.is_on(value)]
        self.chips.set_values(self._on)
        order = _("Sorted by: {order}").format(order=_(self.kind.orders[self._sort]))
        self.sort.setAccessibleName(order)
        self.sort.set_hint(order)
        self._show_active([term for term in self._terms if term not in near])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_search()

    def _fitting(self) -> tuple[list[Made], list[object]]:
        """Return what the chips that there is room for are made of, and the values of the others.

        Further ones, which are to be one click away, are the last to give way.
        """
        groups, further, icons = list(self._names), list(self.further()), self._icons()
        count, kept = len(groups) if len(groups) <= SHOWN + 1 else SHOWN, len(further)
        while True:
            far = [*groups[count:], *further[kept:]]
            made = self._made_of(groups[:count], further[:kept], len(far))
            if not (count or kept > 1) or self.chips.lines(made, icons) <= LINES:
                return made, far
            count, kept = (count - 1, kept) if count > 1 or kept < 2 else (count, kept - 1)

    def _made_of(self, groups: Iterable[str], further: Iterable[object], far: int) -> list[Made]:
        made: list[Made] = [(None, _("All"), self._number("all")), *map(self._one, groups)]
        if far:
            # TRANSLATORS: a button that opens the list of all other collections and saved searches, or labels.
            made.append((MORE, _("More…"), formats.number(far)))
        return [*made, *map(self._one, further)]

    def _one(self, value: object) -> Made:
        return value, self.words(value), self._number(value)

    def _number(self, value: object) -> str:
        count = self.count_of(value) if isinstance(value, str) else None
        return "" if count is None else formats.number(count)

    def _icons(self) -> dict[object, str]:
        return dict.fromkeys(self.further(), self.sign)

    def _with_chips(self) -> list[str]:
        """Return the terms looked for that are chips, or would be if there were room."""
        further = self.further()
        return [term for term in self._terms if term in self._names or term in further]

    def _show_active(self, terms: list[str]) -> None:
        """Show every filter that is no chip above as a chip that takes it away."""
        searching, acting = not self.is_empty(), any(not button.isHidden() for button in self._acts)
        shown = ([self._one(term) for term in terms], self._sort, searching, acting)
        if shown == self._active:
            return
        self._active = shown
        focused = any(button.hasFocus() for button in self._removable)
        while self._flow.count():
            self._flow.takeAt(0)
        for button in self._removable:
            button.hide()
            button.deleteLater()
        self._removable = [self._remover(*self._one(term)[1:], partial(self.press, term)) for term in terms]
        if self._sort:
            self._removable.append(self._remover(_(self.kind.orders[self._sort]), "", partial(self._sort_by, "")))
        buttons = [*self._removable, *self._acts, self.clear]
        for button in buttons:
            self._flow.addWidget(button)
        for button in self._removable:
            button.show()
        self.clear.setVisible(searching)
        self.active.setVisible(bool(self._removable) or acting)  # not while one types: the rows would jump
        tab_here(self.active, buttons)
        if focused:
            (self.clear if searching else self.field).setFocus()

    def _remover(self, words: str, number: str, remove: Callable[[bool], None]) -> Button:
        """Return a chip that takes away what it says."""
        button = Button(f"{words}  {number}" if number else words, "x", "chip", self.active)
        button.setAccessibleName(_("Remove the filter {name}").format(name=words))
        button.clicked.connect(remove)
        return button

    # What one does

    def look_for(self, search: Search) -> None:
        """Look for something else, and tell."""
        self.set_search(search)
        self.changed.emit()

    def press(self, value: object, _checked: bool = False) -> None:
        """Turn on or off what a chip, or an entry of a menu, stands for; None turns off what has a chip."""
        off = self._with_chips() if value is None else [value]
        terms = tuple(term for term in self._terms if term not in off)
        if isinstance(value, str) and value not in self._terms:
            terms = (*terms, value)
        self.look_for(Search(self.field.text(), terms, self._sort))

    @Slot()
    def _on_typed(self) -> None:
        self.show_search()
        self.changed.emit()

    @Slot(object)
    def _on_chips(self, values: list[object]) -> None:
        (value,) = set(values) ^ set(self._on)
        if value != MORE:
            self.press(value)
            return
        self.show_search()  # that chip is never on
        self.rest.clear()
        self._fill(self.rest, self._far)
        _below(self.rest, self.chips)

    @Slot()
    def _on_filters(self) -> None:
        self.filters.clear()
        # TRANSLATORS: above a list of filters: hidden, on sale, out of stock …
        self._section(_("Status"), self.kind.status)
        self._section(_("Needs attention"), self.kind.attention)
        if not self.is_empty():
            self.filters.addSeparator()
            self.add_actions(self.filters)
            self.filters.addAction(_("Clear filters"), self._on_clear)

    def add_actions(self, menu: QMenu) -> None:
        """Add to a menu what else can be done with what is looked for."""

    def _section(self, title: str, terms: Iterable[str]) -> None:
        """List what is filtered by, or might be: what no row is, is left out once that is known."""
        wanted = [term for term in terms if term in self._terms or self.count_of(term) != 0]
        if wanted:
            self.filters.addAction(title).setEnabled(False)
            self._fill(self.filters, wanted)

    def _fill(self, menu: QMenu, values: Iterable[object]) -> None:
        icons = self._icons()
        for value in values:
            words, number = self.words(value).replace("&", "&&"), self._number(value)
            action = menu.addAction(f"{words}\t{number}" if number else words)
            if sign := icons.get(value):
                action.setIcon(icon(sign))
            action.setCheckable(True)
            action.setChecked(self.is_on(value))
            action.triggered.connect(partial(self.press, value))

    @Slot()
    def _on_orders(self) -> None:
        self.orders.clear()
        group = QActionGroup(self.orders)
        for order, words in self.kind.orders.items():
            action = self.orders.addAction(_(words))
            action.setCheckable(True)
            action.setChecked(order == self._sort)
            action.triggered.connect(partial(self._sort_by, order))
            group.addAction(action)

    def _sort_by(self, order: str, _checked: bool = False) -> None:
        self.look_for(Search(self.field.text(), self._terms, order))

    @Slot()
    def _on_clear(self) -> None:
        self.look_for(Search(sort=self._sort))
        self.field.setFocus()


def _below(menu: QMenu, widget: QWidget) -> None:
    """Open a menu below a widget, at its leading edge."""
    rtl = widget.isRightToLeft()
    corner = widget.rect().bottomRight() if rtl else widget.rect().bottomLeft()
    place = widget.mapToGlobal(corner)
    if rtl:
        place.setX(place.x() - menu.sizeHint().width())
    menu.popup(place)
