"""The quick search (Ctrl+K): one line that finds everything, and copies or opens it. Loaded when it is first opened."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.data.models import Customer, Reply
from desktop.i18n import N_, _, bidi, formats
from desktop.services.catalog import Card
from desktop.services.customers import called
from desktop.services.due import Due
from desktop.services.finder import Found, fitting, matched
from desktop.services.order_list import Face
from desktop.ui import copying, menus, theme
from desktop.ui.context import Context
from desktop.ui.finding import Finding
from desktop.ui.pages.order_row import title_of, when_of
from desktop.ui.widgets.buttons import announce
from desktop.ui.widgets.labels import Label, leading
from desktop.ui.widgets.results import Result, ResultList

WIDTH = 640  # px at most
LONG = 160  # letters of a reply that are shown at most
ABOVE = 7  # a seventh of the window is free above it
ENTER, CTRL_ENTER, SHIFT_ENTER, ALT_ENTER = "Return", "Ctrl+Return", "Shift+Return", "Alt+Return"
WAYS = {
    Qt.KeyboardModifier.NoModifier: ENTER,
    Qt.KeyboardModifier.ControlModifier: CTRL_ENTER,
    Qt.KeyboardModifier.ShiftModifier: SHIFT_ENTER,
    Qt.KeyboardModifier.AltModifier: ALT_ENTER,
}
KINDS = {  # its name, its icon, and what the keys do with it
    "item": (
        N_("Item"),
        "tag",
        {
            ENTER: N_("Copy the price"),
            CTRL_ENTER: N_("Copy the picture"),
            SHIFT_ENTER: N_("Copy the link"),
            ALT_ENTER: N_("Open"),
        },
    ),
    "reply": (N_("Reply"), "zap", {ENTER: N_("Copy"), ALT_ENTER: N_("Open")}),
    "customer": (N_("Customer"), "user", {ENTER: N_("Copy the phone number"), ALT_ENTER: N_("Open")}),
    "order": (N_("Order"), "shopping-bag", {ENTER: N_("Open")}),
    "follow-up": (N_("Follow-up"), "bell", {ENTER: N_("Open")}),
    "page": (N_("Page"), "", {ENTER: N_("Open")}),
    # TRANSLATORS: an entry of the menus, such as "Undo"; and to do what it says.
    "action": (N_("Action"), "corner-down-right", {ENTER: N_("Do it")}),
}


class Palette(QWidget):
    """Covers the window with a shade and stands in its upper third; `open` shows it, Escape or a click beside closes.

    `pages` are (name, title, icon), `actions` the entries of the menus. Enter does the first thing with the result
    that is chosen, and with Ctrl, Shift or Alt another; the footer says what. Focus then goes back where it was.
    """

    def __init__(
        self,
        context: Context,
        pages: Sequence[tuple[str, str, str]],
        actions: Sequence[QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._pages = pages
        titles = {title for _name, title, _icon in pages}
        self._actions = [action for action in actions if menus.words(action) not in titles]
        self._before: QWidget | None = None
        self._typed = ""
        self._finding = Finding(context, self)
        self._way = ""  # the keys pressed while it is still looking
        self.card = QFrame(self)
        theme.look(self.card, "card")
        self.search = QLineEdit()
        theme.look(self.search, "bare")
        self.search.setFont(theme.font("heading"))
        self.search.setMaxLength(200)
        self.search.setAlignment(leading())
        self.search.setPlaceholderText(_("Search items, replies, customers, pages…"))
        self.search.setAccessibleName(_("Quick search"))
        self.list = ResultList(_("What was found"))
        self.nothing = Label(_("Nothing found. Try another word, or fewer letters of it."), "muted", wrap=True)
        self.keys = Label("", "small", wrap=True)
        self._lay_out()
        self._finding.found.connect(self._show)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_text_changed)
        self.list.clicked.connect(self._on_clicked)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        parent.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        around = theme.pixels(16)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, around, 0, theme.pixels(8))
        column.setSpacing(theme.pixels(8))
        lines = [QWidget(), QWidget()]
        for line in lines:
            theme.look(line, "line")
            line.setFixedHeight(1)
        for label in (self.search, self.nothing, self.keys):
            label.setContentsMargins(around, 0, around, 0)
        self.search.setContentsMargins(0, 0, 0, 0)
        self.search.setTextMargins(around, 0, around, 0)
        for widget in (self.search, lines[0], self.list, self.nothing, lines[1], self.keys):
            column.addWidget(widget)

    def open(self) -> None:
        """Show it, empty, over the window; where it is open already, go to its line."""
        if self.isVisible():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
            return
        self._before = QApplication.focusWidget()
        self.search.clear()
        self._finding.begin()
        self._find("")
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_again(self) -> None:
        """Hide it, and give the focus back to what had it."""
        if self.isHidden():
            return
        self._stop()
        before, self._before = self._before, None
        self.hide()
        if before and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is found

    def _find(self, typed: str) -> None:
        self._way = ""
        self._typed = typed
        self._finding.find(typed)

    def _stop(self) -> None:
        self._finding.stop()
        self._way = ""

    @Slot(object)
    def _show(self, found: Found) -> None:
        typed = self._typed
        commands = [] if typed.startswith("/") else self._commands(typed)
        exact = [result for result in commands if result.title.casefold() == typed.casefold()]
        rest = [result for result in commands if result not in exact]
        results = [*exact]
        results += [self._item(card) for card in found.items]
        results += [self._reply(reply) for reply in found.replies]
        results += [self._customer(customer) for customer in found.customers]
        results += [self._order(order) for order in found.orders]
        results += [self._follow_up(row) for row in found.follow_ups]
        results += rest
        if not typed:  # nothing is looked for yet: where one can go comes first
            pages = [result for result in results if result.kind == "page"]
            results = pages + [result for result in results if result.kind != "page"]
        meant = found.asked or typed.removeprefix("/")
        self.list.show_results([result._replace(bold=matched(meant, result.title)) for result in results])
        self.nothing.setVisible(not results and not self._finding.is_busy)
        self.list.setVisible(bool(results))
        self._settle()
        if self._way and results and not self._finding.is_busy:  # Enter was quicker than the search
            self.activate(results[0], self._way)

    def _commands(self, typed: str) -> list[Result]:
        """Return the pages and the entries of the menus that `typed` means."""
        actions = [action for action in self._actions if shiboken6.isValid(action) and action.isEnabled()]
        titles = [title for _name, title, _icon in self._pages]
        names = [f"{menus.words(action)} {_menu(action)}" for action in actions]
        pages = [self._pages[place] for place in fitting(typed, titles)]
        kind = _("Page")
        found = [Result("page", name, title, "", kind, icon) for name, title, icon in pages]
        for action in (actions[place] for place in fitting(typed, names)):
            keys = formats.ltr(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            detail = "  ".join(part for part in (_menu(action), keys) if part)
            found.append(self._result("action", action, menus.words(action), detail))
        return found

    def _item(self, card: Card) -> Result:
        prices = [amount for amount in (card.sale_price, card.price) if amount is not None]
        price = formats.money(prices[0], card.currency) if prices else ""
        code = formats.ltr(card.code) if card.code else ""
        hidden = _("Hidden") if card.hidden else ""
        return self._result("item", card.id, card.name, "  ".join(part for part in (price, code, hidden) if part))

    def _reply(self, reply: Reply) -> Result:
        return self._result("reply", reply.id, formats.auto(f"/{reply.shortcut}"), " ".join(reply.text[:LONG].split()))

    def _customer(self, customer: Customer) -> Result:
        named = customer.name or customer.company or customer.username
        phone = formats.phone(customer.phone)
        return self._result("customer", customer, named or phone, phone if named else "")

    def _order(self, order: Face) -> Result:
        detail = " · ".join(part for part in (when_of(order), order.things) if part)
        return self._result("order", order.id, title_of(order), detail)

    def _follow_up(self, row: Due) -> Result:
        detail = " · ".join(part for part in (formats.datetime(row.due_at), formats.auto(row.name)) if part)
        return self._result("follow-up", row.id, row.words, detail)

    def _result(self, kind: str, target: object, title: str, detail: str) -> Result:
        name, icon, _keys = KINDS[kind]
        return Result(kind, target, title, detail, _(name), icon)

    # What is done with it

    def activate(self, result: Result, way: str = ENTER) -> None:
        """Do with a result what the keys `way` do."""
        if way not in KINDS[result.kind][2]:
            return
        self.close_again()
        target = result.target
        if isinstance(target, QAction):
            if shiboken6.isValid(target):
                target.trigger()
        elif isinstance(target, Customer):
            if way == ALT_ENTER:
                self.context.go("customers", target.id)
            else:
                self._copy_phone(target)
        elif result.kind == "page":
            self.context.go(str(target))
        elif result.kind in ("order", "follow-up"):
            self.context.go(f"{result.kind}s", target)
        elif isinstance(target, int):
            if way == ALT_ENTER:
                self.context.go("catalog" if result.kind == "item" else "replies", target)
            else:
                self._copy(result.kind, way)(self.context, target)

    def _copy(self, kind: str, way: str) -> Callable[[Context, int], object]:
        if kind == "reply":
            return copying.copy_reply
        ways = {CTRL_ENTER: copying.copy_picture, SHIFT_ENTER: copying.copy_item_link}
        return ways.get(way, copying.copy_price_answer)

    def _copy_phone(self, customer: Customer) -> None:
        if customer.phone:
            said = _("The phone number of {name} is copied.").format(name=formats.auto(called(customer)))
            self.context.copy(bidi.strip(formats.phone(customer.phone)), said)
        else:
            self.context.say(_("This customer has no phone number yet."))

    # Keys, mouse and place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._settle()
            return False
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and QApplication.focusWidget() is not None:
            self._before = None  # somebody went elsewhere by themselves
            self.close_again()
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Say whether a key of the search line is dealt with here, and deal with it if it is pressed."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter or key in (*steps, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)):
            return False
        event.accept()  # of a ShortcutOverride: no menu has these keys while this is open
        if event.type() == QEvent.Type.ShortcutOverride:
            return True
        if key == Qt.Key.Key_Escape:
            self.close_again()
        elif key in steps:
            self.list.step(steps[key])
        elif enter and self._finding.is_busy:
            self._way = WAYS.get(held, "")
        elif enter and (result := self.list.current()):
            self.activate(result, WAYS.get(held, ""))
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(0, 0, 0, 140 if theme.is_dark() else 70)
        QPainter(self).fillRect(self.rect(), shade)

    def _settle(self) -> None:
        """Take the window's size, and for the card what its results need of it."""
        window = self.parentWidget()
        assert window, "it covers one"
        self.setGeometry(window.rect())
        above = window.height() // ABOVE
        width = min(theme.pixels(WIDTH), window.width() - 2 * theme.pixels(24))
        self.list.fit(window.height() * 3 // 4 - above)
        self.card.setFixedWidth(width)
        self.card.adjustSize()
        self.card.move(QPoint((window.width() - width) // 2, above))

    @Slot(str)
    def _on_text_changed(self, typed: str) -> None:
        if self.isVisible():
            self._find(typed.strip())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if result := self.list.result_at(index):
            self.activate(result, WAYS.get(QApplication.keyboardModifiers(), ENTER))

    @Slot()
    def _on_current_changed(self) -> None:
        result = self.list.current()
        ways = KINDS[result.kind][2] if result else {}
        self.keys.setText("    ".join(f"{_shown(way)}\u00a0\u00a0{_(what)}" for way, what in ways.items()))
        if result and self.isVisible():
            announce(self.search, result.spoken())


def _shown(keys: str) -> str:
    """Return the name of keys as people know it, Enter rather than Return."""
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return formats.ltr(text.replace("Return", "Enter"))


def _menu(action: QAction) -> str:
    """Return what the menu is called that an action is in, or ""."""
    around = [menu for menu in action.associatedObjects() if isinstance(menu, QMenu)]
    return menus.words(around[0].menuAction()) if around else ""
