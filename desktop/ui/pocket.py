"""The palette anywhere: a small window above all others. Type, fill in what is missing, Enter copies, it goes away."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.data.models import Reply
from desktop.i18n import _, formats
from desktop.services.catalog import cards, find_products
from desktop.services.finder import Found, matched
from desktop.services.messages import OF_ITEM, fill_message
from desktop.services.placeholders import label
from desktop.ui import copying, theme
from desktop.ui.context import Context
from desktop.ui.finding import Finding
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.results import Result, ResultList

WIDTH = 460


class Pocket(QWidget):
    """Finds replies and items; `open(text)` shows it with something typed already. Escape or another window closes."""

    def __init__(self, context: Context) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.context = context
        self.setWindowTitle(_("Quick replies"))
        theme.look(self, "card")
        self._reply: Reply | None = None
        self._item: int | None = None
        self._finding = Finding(context, self)
        self._wanted = False  # Enter was pressed while it is still looking
        self.fields: dict[str, Line] = {}
        self.search = Line()
        self.search.setFont(theme.font("heading"))
        self.search.setAccessibleName(_("Search replies and items"))
        self.search.setPlaceholderText(_("Search replies and items"))
        self.list = ResultList(_("What was found"))
        self.nothing = Label(_("Nothing found. Try another word, or fewer letters of it."), "muted", wrap=True)
        self.form = QWidget()
        self.item_name = Label("", "small", wrap=True)
        self.hint = Label("", "small", wrap=True)
        self.body = QStackedWidget()
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.form)
        layout = QVBoxLayout(self)
        around = theme.pixels(12)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(8))
        for widget in (self.search, self.body, self.hint):
            layout.addWidget(widget)
        self._questions = QVBoxLayout(self.form)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self._finding.found.connect(self._show)
        self.search.textChanged.connect(self._on_typed)
        self.list.clicked.connect(self._on_clicked)
        self.search.installEventFilter(self)
        self.setFixedWidth(theme.pixels(WIDTH))

    def open(self, typed: str = "") -> None:
        """Show it in the upper part of the screen where the pointer is, above all other windows."""
        self._reply = None
        self._finding.begin()
        self.search.setText(typed)
        self._find()
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        self.adjustSize()
        self.move(QPoint(area.center().x() - self.width() // 2, area.top() + area.height() // 6))
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)
        self.search.selectAll()

    # What is found

    def _find(self) -> None:
        self._wanted = False
        self._finding.find(self.search.text().strip())

    @Slot(object)
    def _show(self, found: Found) -> None:
        typed = found.asked or self.search.text().strip().removeprefix("/")
        results = [
            Result("reply", reply, formats.auto(f"/{reply.shortcut}"), " ".join(reply.text[:160].split()), "", "zap")
            for reply in found.replies
        ]
        for card in found.items:
            amount = card.price if card.sale_price is None else card.sale_price
            price = "" if amount is None else formats.money(amount, card.currency)
            results.append(Result("item", card.id, card.name, price, "", "tag"))
        self.list.show_results([result._replace(bold=matched(typed, result.title)) for result in results])
        self.list.fit(theme.pixels(320))
        self.body.setCurrentWidget(self.list if results else self.nothing)
        self.hint.setText(_("Enter copies, Escape closes"))
        self._fit()
        if self._wanted and not self._finding.is_busy and (result := self.list.current()):
            self.take(result)

    def _fit(self) -> None:
        shown = self.body.currentWidget()
        assert shown, "there is always one"
        self.body.setFixedHeight(shown.sizeHint().height())
        self.adjustSize()

    # What is missing in it

    def take(self, result: Result) -> None:
        """Copy what is chosen and go away; first ask for what is missing in a reply."""
        if isinstance(result.target, Reply):
            self._reply = result.target
            missing = self.context.get(fill_message, self._reply.text).missing
            if missing:
                self._ask(missing)
            else:
                self.hide()
                copying.copy_reply(self.context, self._reply.id)
        else:
            self.hide()
            copying.copy_price_answer(self.context, int(str(result.target)))

    def _ask(self, missing: list[str]) -> None:
        """Show a line for each thing that the reply still needs."""
        while (child := self._questions.takeAt(0)) is not None:
            if widget := child.widget():
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        self._item = None
        self.item_name = Label("", "small", wrap=True)
        asked = list(dict.fromkeys("product" if key in OF_ITEM else key for key in missing))
        for key in asked:
            line, name = Line(), Label(label(key), "section")
            name.set_buddy(line)
            self.fields[key] = line
            self._questions.addWidget(name)
            self._questions.addWidget(line)
            if key == "product":
                self._questions.addWidget(self.item_name)
                line.textChanged.connect(self._on_item_typed)
            line.returnPressed.connect(partial(self._next, key))
            line.installEventFilter(self)
        self.body.setCurrentWidget(self.form)
        self.hint.setText(_("Enter goes on and then copies, Escape goes back"))
        self._fit()
        self.fields[asked[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def _next(self, key: str) -> None:
        keys = list(self.fields)
        place = keys.index(key) + 1
        if place < len(keys):
            self.fields[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
            return
        assert self._reply, "something is being filled in"
        rest = {key: line.text().strip() for key, line in self.fields.items() if key not in ("customer", "product")}
        customer = self.fields["customer"].text() if "customer" in self.fields else ""
        filled = self.context.get(fill_message, self._reply.text, customer, self._item, rest)
        self.hide()
        copying.copy_message(self.context, self._reply.id, filled)

    @Slot(str)
    def _on_item_typed(self, typed: str) -> None:
        """Take the item that a word of its name means best, and say which."""
        found = self.context.get(find_products, typed, 1) if typed.strip() else []
        card = next(iter(self.context.get(cards, found)), None)
        self._item = card.id if card else None
        self.item_name.setText(card.name if card else "")

    # Keys and mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through what is found with the keys of the search line; Escape goes one step back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.body.currentWidget() is self.form:
                self._find()
                self.search.setFocus(Qt.FocusReason.BacktabFocusReason)
            else:
                self.hide()
            return True
        if watched is not self.search:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self.list.step(steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.body.currentWidget() is not self.form:
            if self._finding.is_busy:
                self._wanted = True
            elif result := self.list.current():
                self.take(result)
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Go away when another window is gone to."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._finding.stop()
        self._wanted = False

    @Slot()
    def _on_typed(self) -> None:
        if self.isVisible():
            self._find()

    @Slot(object)
    def _on_clicked(self, index: object) -> None:
        if result := self.list.current():
            self.take(result)
