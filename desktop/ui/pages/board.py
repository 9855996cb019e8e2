"""The board: how far customers and orders are, as cards in columns that one moves them between."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.data.models import Customer, CustomerLabel, Label, Order, OrderLine
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.board import Kind, first_kind, is_long, move_customers, read_lanes
from desktop.services.board import Lane as Column
from desktop.services.labels import add_first_labels, list_labels, offer_labels, set_board
from desktop.services.orders import set_states
from desktop.services.terms import Search
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.labels import LabelsDialog
from desktop.ui.pages.board_faces import customer_faces, order_faces
from desktop.ui.pages.page import Page
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label as Words
from desktop.ui.widgets.lane import Lane, LaneFace
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.search_field import SearchField
from desktop.ui.widgets.swatches import dot

FIRST = 60  # cards of a column that are read before the page is painted: more than are ever in sight
BEHIND = 50  # cards that are moved away from the window if they are more
PEEK = 48  # points of the next column that are seen beside one that is come to


class Where(NamedTuple):
    """What one was looking at."""

    kind: Kind
    typed: str = ""


class BoardPage(Page):
    """A search, customers or orders, and the columns. Cards are dragged, or sent on with Alt and an arrow key."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kind: Kind = context.get(first_kind)
        self.lanes: list[Lane] = []
        self._columns: list[Column] = []
        self._job: Job | None = None
        self.header = PageHeader(_("Board"))
        self.columns = quiet(_("Columns"), "columns-3")
        self.columns.set_hint(_("Which labels are columns"))
        self.choices = QMenu(self)
        self.columns.setMenu(self.choices)
        self.labels = quiet(_("Labels…"), "tags")
        self.labels.set_hint(_("Names, colors and order of the labels"))
        self.search = SearchField(_("Search names, numbers and notes"))
        self.kinds = Chips(_("What stands on the cards"))
        self.kinds.set_chips([("orders", _("Orders"), ""), ("customers", _("Customers"), "")])
        hint = _("Drag a card to another column, or press Alt and an arrow key. Enter opens it.")
        self.hint = Words(hint, "small", wrap=True)
        self.area = QScrollArea()
        self.inside = QWidget()
        self.begin = primary(_("Choose labels…"), "tags")
        sentence = _("Labels that you choose become columns here, and the customers who have them become cards.")
        self.none = Empty("square-kanban", _("No columns yet"), sentence, self.begin)
        self.open_customers = primary(_("Open customers"), "users")
        sentence = _("Put a label such as New order on a customer: they stand here, and you see how far everybody is.")
        self.no_customers = Empty("users", _("Nobody stands here yet"), sentence, self.open_customers)
        self.open_orders = primary(_("Open orders"), "clipboard-list")
        sentence = _("Every order is a card here. Move it on when it is paid and when it is done: its label follows.")
        self.no_orders = Empty("clipboard-list", _("No orders yet"), sentence, self.open_orders)
        self.nothing = Empty("search-x", _("Nothing found"), _("Try another word, or fewer letters of it."))
        self.shown = QStackedWidget()
        self._lay_out()
        self._connect()
        self.kinds.set_value(self.kind)
        self.reload()

    def _lay_out(self) -> None:
        around = theme.pixels(24)
        self.header.add(self.columns, self.labels)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.inside)
        self.row = QHBoxLayout(self.inside)
        self.row.setContentsMargins(0, 0, 0, theme.pixels(4))
        self.row.setSpacing(theme.pixels(12))
        for widget in (self.area, self.none, self.no_customers, self.no_orders, self.nothing):
            self.shown.addWidget(widget)
        tools = QHBoxLayout()
        tools.setSpacing(theme.pixels(12))
        tools.addWidget(self.kinds)
        tools.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(around, theme.pixels(16), around, theme.pixels(16))
        column.setSpacing(theme.pixels(12))
        column.addWidget(self.header)
        column.addLayout(tools)
        column.addWidget(self.shown, 1)
        column.addWidget(self.hint)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_kind)
        self.search.searched.connect(self._on_searched)
        self.search.moved_down.connect(self._on_down)
        self.choices.aboutToShow.connect(self._fill_choices)
        self.labels.clicked.connect(self._on_labels)
        self.begin.clicked.connect(self._on_begin)
        for button in (self.open_customers, self.open_orders):
            button.clicked.connect(self._on_open)
        for widget in (self.columns, self.begin):
            widget.setDisabled(self.context.read_only)

    # What is shown

    def show_target(self, target: object) -> None:
        """Show what `state` returned, or "customers" or "orders"."""
        where = Where(target) if target in ("customers", "orders") else target
        if isinstance(where, Where):
            self.kinds.set_value(where.kind)
            self.search.show_text(where.typed)
            self._on_kind(where.kind)

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self.kind, self.search.text())

    def on_changed(self, notice: Notice) -> None:
        """Follow what has changed of labels, and of those who stand here."""
        models = (Label, CustomerLabel, Customer) if self.kind == "customers" else (Label, Order, OrderLine, Customer)
        if any(notice.of(model) for model in models):
            for lane in self.lanes:
                lane.cards.cards.forget()
            self.reload(again=True)

    def reload(self, again: bool = False) -> None:
        """Show what there is now: at once where that is little, else its first cards, and all when they are read.

        With `again` the same was shown before: columns stay where they are until all is read.
        """
        if self._job:
            self._job.cancel()
            self._job = None
        typed = self.search.text().strip()
        if not typed and not self.context.get(is_long, self.kind):
            found = self.context.get(read_lanes, self.kind, "", FIRST)
            whole = _is_whole(found)
            if whole or not again:
                self._show(found, more=not whole)
            if not whole:
                self._read(None)
        else:
            self._read(None if again else FIRST)

    def _read(self, limit: int | None) -> None:
        self._job = self.context.read(read_lanes, self.kind, self.search.text().strip(), limit).begin(self._on_read)

    @Slot(object)
    def _on_read(self, found: list[Column]) -> None:
        self._job = None
        whole = _is_whole(found)
        self._show(found, more=not whole)
        if not whole:
            self._read(None)

    def _show(self, found: list[Column], more: bool = False) -> None:
        total = sum(column.total for column in found)
        page: QWidget = self.area
        if not found:
            page = self.none
        elif not total and self.search.text().strip():
            page = self.nothing
        elif not total:
            page = self.no_customers if self.kind == "customers" else self.no_orders
        if [column.key for column in found] != [column.key for column in self._columns]:
            self._make_lanes(len(found))
        self._columns = found
        for lane, column in zip(self.lanes, found, strict=True):
            count = formats.number(column.total)
            lane.set_heading(formats.auto(column.name), column.colour, count, _counted(self.kind, column.total))
            lane.cards.set_ids(column.cards, more=more)
        self.columns.setVisible(self.kind == "customers" and bool(found))
        self.hint.setVisible(page is self.area and not self.context.read_only)
        words = ngettext("{n} card", "{n} cards", total).format(n=formats.number(total))
        self.header.set_count(words if total else "")  # a customer may stand in two columns: no number of customers
        there = QApplication.focusWidget()
        choosing = there is not None and self.kinds.isAncestorOf(there)  # between two boards, of which one is empty
        if isinstance(page, Empty) and page.button and not choosing:
            self.show_empty(self.shown, page)
        else:
            self.shown.setCurrentWidget(page)

    def _make_lanes(self, count: int) -> None:
        for lane in self.lanes:
            self.row.removeWidget(lane)
            lane.hide()
            lane.deleteLater()
        self.lanes = [Lane(partial(self._load, place), _("Drag a card here")) for place in range(count)]
        for lane in self.lanes:
            lane.cards.setAcceptDrops(not self.context.read_only)
            lane.cards.entered.connect(partial(self._entered, lane))
            lane.cards.hovered.connect(partial(self._bring_into_sight, lane))
            lane.cards.stepped.connect(partial(self._step, lane))
            lane.cards.carried.connect(partial(self._carry, lane))
            lane.cards.taken.connect(partial(self._take, lane))
            lane.cards.opened.connect(self._on_opened)
            lane.cards.typed.connect(self._on_typed)
            self.row.addWidget(lane, 1)

    def _load(self, place: int, ids: Sequence[int]) -> Mapping[int, LaneFace]:
        """Return the faces of cards in the column at `place`."""
        with self.context.reader() as session:
            if self.kind == "orders":
                return order_faces(session, ids)
            return customer_faces(session, ids, but=self._columns[place].name)

    def _entered(self, lane: Lane) -> None:
        """Let one column at a time have a card that is chosen: the one that the keys are for."""
        for other in self.lanes:
            if other is not lane:
                other.cards.set_current(None)
        self._bring_into_sight(lane)

    def _bring_into_sight(self, lane: Lane) -> None:
        self.area.ensureWidgetVisible(lane, theme.pixels(PEEK), 0)

    # Moving

    def _step(self, lane: Lane, step: int) -> None:
        """Go to the next column, or the one before, to the card beside this one."""
        place = self.lanes.index(lane) + step
        if not 0 <= place < len(self.lanes):
            return
        row = lane.cards.currentIndex().row()
        target = self.lanes[place].cards
        target.setFocus(Qt.FocusReason.TabFocusReason)
        if ids := target.cards.ids:
            target.set_current(ids[min(max(row, 0), len(ids) - 1)])

    def _carry(self, lane: Lane, step: int) -> None:
        """Send what is chosen to the next column, or the one before, and go along."""
        place = self.lanes.index(lane) + step
        ids = lane.cards.selection()
        if ids and 0 <= place < len(self.lanes) and not self.context.read_only:
            self._move(lane, self.lanes[place], ids)

    def _take(self, lane: Lane, source: QWidget, ids: list[int]) -> None:
        origin = next((one for one in self.lanes if one.cards is source), None)
        if origin is not None:
            self._move(origin, lane, ids)

    def _move(self, source: Lane, target: Lane, ids: list[int]) -> None:
        before, after = (self._columns[self.lanes.index(lane)] for lane in (source, target))
        words = ngettext("Moved to {label}", "{n} cards moved to {label}", len(ids))
        done = words.format(n=formats.number(len(ids)), label=formats.auto(after.name))
        title = N_("Move on the board")
        move: Callable[..., None] = set_states
        args: tuple[object, ...] = (ids, after.key)
        if self.kind == "customers":
            move, args = move_customers, (ids, before.key, after.key)
        if len(ids) > BEHIND:
            self.context.act_behind(title, move, *args, done=lambda _result: done)
        else:
            self.context.act(title, move, *args, done=done)
        if self._job:  # all is being read anew, which takes a moment
            going = set(ids)
            source.cards.set_ids([card for card in source.cards.cards.ids if card not in going])
            target.cards.set_ids([*ids, *target.cards.cards.ids])
        target.cards.setFocus(Qt.FocusReason.TabFocusReason)
        target.cards.choose(ids)

    # What one does

    @Slot(object)
    def _on_kind(self, kind: Kind) -> None:
        self.kind = kind
        for lane in self.lanes:
            lane.cards.set_ids([])
            lane.cards.cards.forget()
        self.reload()

    @Slot(str)
    def _on_searched(self, _typed: str) -> None:
        self.reload()

    @Slot()
    def _on_down(self) -> None:
        lane = next((lane for lane in self.lanes if lane.cards.cards.ids), None)
        if lane:
            lane.cards.setFocus(Qt.FocusReason.TabFocusReason)
            lane.cards.set_current(lane.cards.cards.ids[0])

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        """Letters on a card go to the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + letters)

    @Slot(object)
    def _on_opened(self, card: int) -> None:
        self.context.go(self.kind, card)

    @Slot()
    def _on_open(self) -> None:
        """Go to where customers or orders are made."""
        self.context.go(self.kind)

    @Slot()
    def _fill_choices(self) -> None:
        """Offer the labels, those that are columns ticked."""
        self.choices.clear()
        labels, more = self.context.get(offer_labels, {lane.key for lane in self._columns})
        for label in labels:
            words = formats.auto(label.name).replace("&", "&&")
            action = self.choices.addAction(dot(label.colour), words)
            action.setCheckable(True)
            action.setChecked(label.on_board)
            action.toggled.connect(partial(self._choose, label.id))

        if more:
            self.choices.addAction(_("More of them under Labels…")).setDisabled(True)

    def _choose(self, label: int, chosen: bool) -> None:
        ids = {one.id for one in self.context.get(list_labels) if one.on_board}
        wanted = ids | {label} if chosen else ids - {label}
        self.context.act(N_("Change the columns of the board"), set_board, wanted)

    @Slot()
    def _on_begin(self) -> None:
        """Give a shop without columns the way of an order, or have its owner choose."""
        if not self.context.get(list_labels):
            self.context.act(N_("Add the phone's labels"), add_first_labels, done=_("The phone's labels are here."))
        else:
            self._on_labels()

    @Slot()
    def _on_labels(self) -> None:
        dialog = LabelsDialog(self.context, self.window())
        dialog.wanted.connect(self._on_wanted)
        dialog.open()

    @Slot(object)
    def _on_wanted(self, label: int) -> None:
        self.context.go("customers", Search("", (f"label=#{label}",)))

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(1108), theme.pixels(840))


def _is_whole(found: Sequence[Column]) -> bool:
    return all(len(column.cards) == column.total for column in found)


def _counted(kind: Kind, count: int) -> str:
    if kind == "orders":
        return ngettext("{n} order", "{n} orders", count).format(n=formats.number(count))
    return ngettext("{n} customer", "{n} customers", count).format(n=formats.number(count))
