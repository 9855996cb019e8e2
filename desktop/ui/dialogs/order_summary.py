"""An order put into words: items and quantities are picked, and the text is copied to be pasted into the chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.exchange.offer import Article, Choice, read_offer
from desktop.i18n import _, formats
from desktop.i18n.numbers import parse_money
from desktop.services import marks
from desktop.services.catalog import shop_currency
from desktop.services.errors import Invalid
from desktop.services.order_text import MOST, Line, Order, order_text
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.item_picker import ItemPicker
from desktop.ui.widgets import editors
from desktop.ui.widgets.bubbles import Bubble
from desktop.ui.widgets.buttons import CopyButton, icon_button, quiet
from desktop.ui.widgets.editors import Choice as Chooser
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.phone import PhoneFrame


@dataclass(frozen=True)
class Sold:
    """An item as it is ordered: its name, and its ways (name, price), one without a name where there are none."""

    name: str
    ways: Sequence[tuple[str, int | None]]


class Quantity(QSpinBox):
    """How many; the wheel scrolls the list, not it."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(1, MOST)
        self.setAccessibleName(_("Quantity"))
        self.setMinimumWidth(theme.pixels(72))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class OrderLine(QWidget):
    """One thing that is ordered: what, which way of it, how many, and a cross that takes it away."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, sold: Sold) -> None:
        super().__init__()
        self._sold = sold
        self.name = ElidedLabel(formats.auto(sold.name))
        self.way = Chooser([(at, name) for at, (name, _price) in enumerate(sold.ways)])
        self.way.set_value(0)
        self.way.setAccessibleName(_("Variant"))
        self.way.setVisible(len(sold.ways) > 1)
        self.quantity = Quantity()
        self.remove = icon_button("x", _("Take it off the order"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.name, 1)
        row.addWidget(self.way)
        row.addWidget(self.quantity)
        row.addWidget(self.remove)
        self.way.activated.connect(self._on_changed)
        self.quantity.valueChanged.connect(self._on_changed)
        self.remove.clicked.connect(self._on_remove)

    def line(self) -> Line:
        """Return what is ordered."""
        at = self.way.value()
        way, price = self._sold.ways[at if isinstance(at, int) else 0]
        return Line(self._sold.name, self.quantity.value(), price, way)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class OrderDialog(QDialog):
    """Writes nothing to the shop: what is put together here is only copied. Show it with `open()`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        profile = context.get(read_profile)
        self._shop, self._language = profile.name, customers_language(profile)
        self._currency = context.get(shop_currency)
        self.setWindowTitle(_("Order summary"))
        self.picker = ItemPicker(context)
        self.add = quiet(_("Add to the order"), "plus")
        self.lines: list[OrderLine] = []
        self.customer = editors.Line()
        self.delivery = self._amount()
        self.deposit = self._amount()
        self.note = editors.Text((1, 3))
        self.trouble = Label("", "warn", wrap=True)
        self.phone = PhoneFrame("shop")
        self.copy = CopyButton(_("Copy the message"), self._text_to_copy, look="primary")
        self.close_button = quiet(_("Close"))
        self._lay_out()
        self.picker.search.returnPressed.connect(self._on_enter)
        self.picker.list.itemActivated.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        for line in (self.customer, self.delivery, self.deposit):
            line.textChanged.connect(self._show)
        self.note.textChanged.connect(self._show)
        self.close_button.clicked.connect(self.reject)
        self.picker.search.setFocus()
        self._show()

    def _amount(self) -> editors.Line:
        return editors.Line(ltr=True, suffix=formats.currency_sign(self._currency) if self._currency else "")

    def _lay_out(self) -> None:
        self._ordered = QVBoxLayout()
        self._ordered.setSpacing(theme.pixels(4))
        inside = QWidget()
        form = QVBoxLayout(inside)
        form.setContentsMargins(0, 0, theme.pixels(8), 0)
        form.setSpacing(theme.pixels(12))
        form.addWidget(self.picker)
        form.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        form.addLayout(self._ordered)
        form.addLayout(_labelled(_("Customer"), self.customer))
        amounts = QHBoxLayout()
        amounts.setSpacing(theme.pixels(12))
        amounts.addLayout(_labelled(_("Delivery"), self.delivery))
        amounts.addLayout(_labelled(_("Deposit"), self.deposit))
        form.addLayout(amounts)
        form.addLayout(_labelled(_("Note"), self.note))
        form.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        seen = QVBoxLayout()
        seen.setSpacing(theme.pixels(12))
        seen.addWidget(self.phone, 1)
        body = QHBoxLayout()
        body.setSpacing(theme.pixels(16))
        body.addWidget(area, 3)
        body.addLayout(seen, 2)
        bar = QHBoxLayout()
        bar.setSpacing(theme.pixels(8))
        bar.addWidget(self.trouble, 1)
        bar.addWidget(self.close_button)
        bar.addWidget(self.copy)
        layout = QVBoxLayout(self)
        around = theme.pixels(24)
        layout.setContentsMargins(around, around, around, theme.pixels(16))
        layout.setSpacing(theme.pixels(12))
        layout.addWidget(Label(_("Order summary"), "title"))
        layout.addLayout(body, 1)
        layout.addLayout(bar)
        self.resize(theme.pixels(820), theme.pixels(600))

    def order(self) -> Order:
        """Return the order as it stands. Raises Invalid for an amount that is none."""
        return Order(
            [line.line() for line in self.lines],
            self._currency,
            self._shop,
            self.customer.text(),
            self._money("delivery", self.delivery),
            self._money("deposit", self.deposit),
            self.note.toPlainText(),
        )

    def _money(self, field: str, editor: editors.Line) -> int | None:
        typed = editor.text().strip()
        if not typed:
            return None
        try:
            return parse_money(typed, self._currency)
        except ValueError as error:
            raise Invalid(field, _("An amount is a number, such as 75.50")) from error

    def add_item(self, product_id: int) -> None:
        """Put one piece of an item on the order; one that is there already is counted up."""
        sold = self._context.get(_sold, product_id)
        if sold is None:
            return
        same = next((line for line in self.lines if line.name.text() == formats.auto(sold.name)), None)
        if same and len(sold.ways) == 1:
            same.quantity.setValue(same.quantity.value() + 1)
            return
        line = OrderLine(sold)
        line.changed.connect(self._show)
        line.removed.connect(self._on_removed)
        self.lines.append(line)
        self._ordered.addWidget(line)
        self._show()

    @Slot()
    def _on_enter(self) -> None:
        if self.picker.search.text().strip():
            self._on_add()
            self.picker.search.selectAll()

    @Slot()
    def _on_add(self) -> None:
        if (item := self.picker.item()) is not None:
            self.add_item(item)

    @Slot(object)
    def _on_removed(self, line: OrderLine) -> None:
        self.lines.remove(line)
        self._ordered.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._show()

    @Slot()
    def _show(self) -> None:
        """Show the message as it is now, or what is wrong with it."""
        text, trouble, field = "", "", ""
        try:
            text = order_text(self.order(), self._language)
        except Invalid as invalid:
            trouble, field = invalid.message, invalid.field
        editable = {"delivery": self.delivery, "deposit": self.deposit}
        for name, editor in editable.items():
            theme.look(editor, "warn" if name == field else "")
        self.trouble.setText(trouble)
        theme.look(self.trouble, "small" if field == "lines" else "warn")
        self.copy.setEnabled(bool(text))
        now = formats.time(formats.now().time())
        title = self.customer.text().strip() or _("Customer")
        self.phone.show_chat(title, [Bubble(marks.parse(text), now)] if text else [])

    def _text_to_copy(self) -> str:
        return order_text(self.order(), self._language)


def _labelled(words: str, editor: QWidget) -> QVBoxLayout:
    label = Label(words, "section")
    label.set_buddy(editor)
    column = QVBoxLayout()
    column.setSpacing(theme.pixels(4))
    column.addWidget(label)
    column.addWidget(editor)
    return column


def _sold(session: Session, product_id: int) -> Sold | None:
    """Return an item as customers pay for it today, also one that is hidden from them; None if it is gone."""
    product = session.get(Product, product_id)
    if product is None:
        return None
    offer = read_offer(session, Choice(), [product_id])
    if not offer.articles:
        return Sold(product.name, [("", product.price)])
    article = offer.articles[0]
    return Sold(article.name(offer.languages[0]), _ways(article))


def _ways(article: Article) -> list[tuple[str, int | None]]:
    return [(way.name, way.price) for way in article.ways] or [("", article.price)]
