"""Orders: what is to be ready when, for whom, what is still to be paid, and the messages that go with it."""

from typing import NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut

from desktop.data.models import Customer, Order, OrderLine, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.order_list import count_states, list_orders
from desktop.services.orders import STATES, add_order, duplicate_order, remove_orders
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.list_page import ListPage
from desktop.ui.pages.order_editor import OrderEditor
from desktop.ui.pages.order_row import rows_of
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.copy_list import CopyList
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.search_field import SearchField

INSPECTOR = 380  # px, to begin with
NARROW = 960  # px, below which the buttons are signs
MINUTE = 60_000  # ms


class Where(NamedTuple):
    """What one was looking at."""

    order: int | None = None
    typed: str = ""
    state: str = ""


class OrdersPage(ListPage):
    """A list by day with a Copy button on every row; the order that is chosen is edited beside it."""

    model = Order
    editor: OrderEditor

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._chips: list[tuple[object, str, str]] = []
        keys = QKeySequence("Ctrl+N")
        self.header = PageHeader(_("Orders"))
        self.paste = quiet(_("Paste an order…"), "clipboard-paste")
        self.print = icon_button("printer", _("Print preparation list…"))
        self.add = quiet(_("New order"), "plus", shortcut=keys)
        self.search = SearchField(_("Search number, name, phone or item"))
        self.states = Chips(_("State of the order"))
        self.list = CopyList(_("Orders"), several=True)
        self.add_first = primary(_("New order"), "plus", shortcut=keys)
        sentence = _(
            "What somebody has ordered, for when, and what is still to be paid. "
            "Confirmation, reminder and receipt are written for you, ready to be copied."
        )
        self.empty = Empty("shopping-bag", _("No orders yet"), sentence, self.add_first)
        self.nothing = Empty("search-x", _("Nothing found"), _("Try another word, or fewer letters of it."))
        self.editor = OrderEditor(context, opener)
        self._clock = QTimer(self, interval=MINUTE)  # today becomes yesterday
        self._lay_out()
        self._connect()
        for button in (self.add, self.add_first, self.paste):
            button.setDisabled(context.read_only)
        self._fill()
        self._clock.start()

    def _lay_out(self) -> None:
        self.header.add(self.print, self.paste, self.add)
        for seen in (self.list, self.empty, self.nothing):
            self.shown.addWidget(seen)
        self._lay_out_list(INSPECTOR, (self.header, self.search, self.states))

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.add_first.clicked.connect(self._on_add)
        self.paste.clicked.connect(self._on_paste)
        self.print.clicked.connect(self._on_print)
        self.search.searched.connect(self._on_searched)
        self.search.moved_down.connect(self._on_down)
        self.states.chosen.connect(self._on_narrowed)
        self.list.chosen.connect(self._on_chosen)
        self.list.copy_wanted.connect(self._on_copy)
        self.list.delete_wanted.connect(self._on_delete)
        self.editor.duplicate_wanted.connect(self._on_duplicate)
        self.editor.delete_wanted.connect(self._on_delete)
        self.go_by(self._clock, self._fill)
        for keys, slot in (("Ctrl+N", self._on_add), ("Ctrl+D", self._on_duplicate), ("Ctrl+Return", self._on_copy)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.pixels(NARROW)
        self.paste.set_text("" if narrow else _("Paste an order…"))
        self.paste.setToolTip(_("Paste an order…") if narrow else "")
        self.paste.setAccessibleName(_("Paste an order…"))

    # What is shown

    def show_target(self, target: object) -> None:
        """Show an order by its id, begin a "new" one, or show what `state` returned."""
        if target == "new":
            self._on_add()
            return
        if isinstance(target, Where):
            self.search.setText(target.typed)
            self._fill()
            self.states.set_value(target.state)
            self._fill()
            target = target.order
        elif target is not None:
            self.search.clear()
            self.states.set_value("")
            self._fill()
        if isinstance(target, int):
            self._show(target)

    def state(self) -> object:
        """Return what one is looking at."""
        return Where(self.editor.row(), self.search.text(), self._state())

    def on_changed(self, notice: Notice) -> None:
        """Follow the orders, and who has ordered."""
        self.editor.refresh(notice)
        if any(map(notice.of, (Order, OrderLine, Customer, Profile))):
            self._fill()
        self._bring_back(notice)

    def _state(self) -> str:
        return str(self.states.value() or "")

    @Slot()
    def _fill(self) -> None:
        """Show the orders that are looked for, and the first of them where none was chosen."""
        with self.context.reader() as session:
            counts = count_states(session, self.search.text())
            total = count_states(session)[""] if self.search.text() else counts[""]
            self._fill_states(counts)
            found = list_orders(session, self.search.text(), self._state())
        self._list_rows(list(rows_of(found)))
        self._show_found(len(found), total)
        for widget in (self.search, self.states, self.add, self.print):
            widget.setVisible(bool(total))
        words = ngettext("{n} order", "{n} orders", total)
        self.header.set_count(words.format(n=formats.number(total)) if total else "")

    def _fill_states(self, counts: dict[str, int]) -> None:
        # TRANSLATORS: of orders in every state.
        chips: list[tuple[object, str, str]] = [("", _("All"), formats.number(counts[""]))]
        chips += [(state, _(name), formats.number(counts[state])) for state, name in STATES.items()]
        if chips != self._chips:
            self._chips = chips
            self.states.set_chips(chips)

    # What one does

    @Slot()
    @Slot(object)
    def _on_copy(self, order: int | None = None) -> None:
        """Copy the message that an order needs next, or the one that is shown of it."""
        if (order is None or self._show(order)) and self.editor.row() is not None and self.editor.commit():
            self.editor.message.copy.click()
            if (shown := self.editor.row()) is not None:
                self.list.show_copied(shown)

    @Slot()
    def _on_add(self) -> None:
        if self._may_add():
            self._edit_new(self.context.act(N_("New order"), add_order, origin=self))

    @Slot()
    def _on_duplicate(self) -> None:
        self._edit_new(self._duplicate(N_("Duplicate order"), duplicate_order))

    @Slot()
    def _on_delete(self) -> None:
        n = len(self.list.selected())
        several = ngettext("{n} order deleted", "{n} orders deleted", n).format(n=formats.number(n))
        self._delete(N_("Delete order") if n < 2 else N_("Delete orders"), remove_orders, several)

    @Slot()
    def _on_paste(self) -> None:
        from desktop.ui.dialogs.paste_order import PasteOrderDialog  # only who pastes needs the reader

        if self.editor.commit():
            dialog = PasteOrderDialog(self.context, self)
            dialog.added.connect(self.show_target)
            dialog.open()

    @Slot()
    def _on_print(self) -> None:
        from desktop.ui.dialogs.preparation import PreparationDialog

        if self.editor.commit():
            PreparationDialog(self.context, self).open()
