"""Links and QR: what the shop sends and prints, so that customers reach its chat, its catalog or one item."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.data.models import Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, bidi, formats
from desktop.services.catalog import read_product
from desktop.services.errors import Invalid
from desktop.services.links import Link, catalog_link, chat_link, item_link
from desktop.services.phones import parse_phone, phone_example, warning
from desktop.services.profile import read_profile
from desktop.services.share import order_text
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.item_picker import ItemPicker
from desktop.ui.pages.link_preview import LinkPreview
from desktop.ui.pages.link_reader import LinkReader
from desktop.ui.pages.page import Page
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import flat, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Line, Text
from desktop.ui.widgets.field import SwitchField
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.page_header import PageHeader

KINDS = {
    # TRANSLATORS: where a link leads: a chat, the catalog, one item of it.
    "chat": N_("Chat with a text"),
    "catalog": N_("The catalog"),
    "item": N_("One item"),
}


class State(NamedTuple):
    """All that was chosen and typed on the page."""

    kind: str = "chat"
    text: str = ""
    item: int | None = None
    phone: str = ""  # as typed; "" is the shop's own
    long_form: bool = False
    pasted: str = ""


class LinksPage(Page):
    """Nothing here is kept in the shop: a link is made of what is typed and chosen, and follows the shop."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._profile = context.get(read_profile)
        self._product: Product | None = None
        self.kinds = Chips(_("What the link opens"))
        self.kinds.set_chips([(kind, _(title), "") for kind, title in KINDS.items()])
        self.text = Text((4, 8))
        self.text.unsaved = True  # Ctrl+Z is about these letters: they are not kept in the shop
        self.text.setPlaceholderText(_("Hello, I would like to order…"))
        self.text_label = Label(_("Text that the customer has ready to send"), "section")
        self.text_label.set_buddy(self.text)
        self.about_catalog = Label(
            _("Customers who open it see every item that is not hidden on the phone."), "muted", wrap=True
        )
        self.picker = ItemPicker(context)
        self.about_item = Label(
            _(
                "The item has no WhatsApp product id yet, so the link opens a chat with an order ready to send. "
                "The id is in the item's link on the phone."
            ),
            "small",
            wrap=True,
        )
        self.open_item = flat(_("Open the item"), "tags")
        self.phone = Line(ltr=True)
        self.phone.unsaved = True
        self.phone_label = Label(_("Phone number"), "section")
        self.phone_label.set_buddy(self.phone)
        self.about_phone = Label("", "small", wrap=True)
        self.open_profile = quiet(_("Add it to the profile"), "store")
        self.long_form = SwitchField(
            _("Long form of the link"), self._set_long_form, hint=_("For emoji that look wrong on computers.")
        )
        self.long_form.start(False)
        self.reader = LinkReader(context)
        self.preview = LinkPreview(context, opener)
        self._lay_out()
        self.kinds.chosen.connect(self._update)
        self.text.textChanged.connect(self._update)
        self.picker.chosen.connect(self._update)
        self.open_item.clicked.connect(self._on_open_item)
        self.phone.textChanged.connect(self._on_phone_changed)
        self.phone.left.connect(self._on_phone_left)
        self.phone.returnPressed.connect(self._on_phone_left)
        self.open_profile.clicked.connect(self._on_open_profile)
        self.reader.used.connect(self._on_used)
        # Queued: by then there is room for what was told.
        self.preview.saved.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._show_shop()
        self._update()

    def _lay_out(self) -> None:
        content = Card()
        edge = Qt.AlignmentFlag.AlignLeading
        content.add(_labelled(self.text_label, self.text))
        for widget in (self.about_catalog, self.picker, self.about_item):
            content.add(widget)
        content.body.addWidget(self.open_item, 0, edge)
        phone = _labelled(self.phone_label, self.phone)
        phone.addWidget(self.about_phone)
        content.add(phone)
        content.body.addWidget(self.open_profile, 0, edge)
        content.add(self.long_form)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(16))
        column.addWidget(content)
        column.addWidget(self.reader)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(16))
        self._trailing = _Column(self.preview)
        row.addWidget(_Column(inside), 3)
        row.addWidget(self._trailing, 2)
        layout = QVBoxLayout(self)
        around = theme.pixels(24)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addWidget(PageHeader(_("Links and QR")))
        layout.addWidget(self.kinds)
        layout.addLayout(row, 1)

    def on_changed(self, notice: Notice) -> None:
        """Follow the shop's phone number, and the items."""
        if notice.of(Profile):
            self._profile = self.context.get(read_profile)
            self._show_shop()
        if notice.of(Profile) or notice.of(Product):
            self.picker.refresh()
            self._update()

    def show_target(self, target: object) -> None:
        """Show ("item", id), or what `state` returned."""
        match target:
            case State():
                self._restore(target)
            case ("item", int(item)):
                self._restore(self.state()._replace(kind="item", item=item))

    def state(self) -> State:
        """Return all that was chosen and typed."""
        text, pasted = self.text.toPlainText(), self.reader.pasted.text()
        kind, item, phone = str(self.kinds.value()), self.picker.item(), self.phone.text()
        return State(kind, text, item, phone, self.long_form.value(), pasted)

    def _restore(self, state: State) -> None:
        self.kinds.set_value(state.kind)
        if state.text != self.text.toPlainText():
            self.text.setPlainText(state.text)
        self.picker.set_item(state.item)
        self.phone.setText(state.phone)
        self.long_form.update_value(state.long_form)
        self.reader.pasted.setText(state.pasted)
        self._update()

    def _show_shop(self) -> None:
        own = bidi.strip(formats.phone(self._profile.phone))
        self.phone.setPlaceholderText(own or phone_example(self._profile.territory))
        self._on_phone_changed()

    @Slot()
    def _update(self) -> None:
        """Make the link of what is typed and chosen, and show it or why there is none."""
        try:
            url, name = self._made(self._number())
        except Invalid as invalid:
            self.preview.show_reason(invalid.message)
        else:
            self.preview.show_link(url, name)
        kind = self.kinds.value()
        self.text.setVisible(kind == "chat")
        self.text_label.setVisible(kind == "chat")
        self.about_catalog.setVisible(kind == "catalog")
        self.picker.setVisible(kind == "item")
        substitute = kind == "item" and self._product is not None and not self._product.whatsapp_id
        self.about_item.setVisible(substitute)
        self.open_item.setVisible(substitute)
        self.long_form.setVisible(kind == "chat" or substitute)

    def _made(self, phone: str) -> tuple[str, str]:
        """Return the link for a phone number's digits, and a name for the file of its code. Raises Invalid."""
        shop = self._profile.name or phone
        match self.kinds.value():
            case "catalog":
                return catalog_link(phone), _("QR code, catalog of {name}").format(name=shop)
            case "item":
                product = self._chosen()
                name = _("QR code, {item}").format(item=product.name)
                if product.whatsapp_id:
                    return item_link(product.whatsapp_id, phone), name
                return chat_link(phone, order_text(product, self._profile), self.long_form.value()), name
        name = _("QR code, chat with {name}").format(name=shop)
        return chat_link(phone, self.text.toPlainText(), self.long_form.value()), name

    def _chosen(self) -> Product:
        """Return the chosen item as it is now. Raises Invalid."""
        self._product = None
        if (item := self.picker.item()) is None:
            raise Invalid("item", _("Choose an item to see its link."))
        self._product = self.context.get(read_product, item)
        return self._product

    def _number(self) -> str:
        """Return the digits of the typed number or else the shop's. Raises Invalid."""
        if self.phone.text().strip():
            return parse_phone(self.phone.text(), self._profile.territory)
        if not self._profile.phone:
            raise Invalid("phone", _("Links need the shop's phone number. Add it in the business profile."))
        return self._profile.phone

    def _set_long_form(self, _on: bool, _group: object) -> str:
        self._update()
        return ""

    @Slot()
    def _on_phone_changed(self) -> None:
        """Say under the number whose it is; what is wrong with it is said when it is left."""
        typed = bool(self.phone.text().strip())
        needed = not typed and not self._profile.phone
        self.open_profile.setVisible(needed)
        sentence = ""
        if needed:
            sentence = _("Links need the shop's phone number. Add it in the business profile.")
        elif not typed:
            sentence = _("The shop's own number. Type another one to use that instead.")
        self._say_of_phone(sentence)
        self._update()

    @Slot()
    def _on_phone_left(self) -> None:
        if not self.phone.text().strip():
            return
        try:
            digits = self._number()
        except Invalid as invalid:
            self._say_of_phone(invalid.message, "warn")
        else:
            self.phone.setText(bidi.strip(formats.phone(digits)))
            self._say_of_phone(warning(digits), "warn")

    def _say_of_phone(self, sentence: str, look: str = "small") -> None:
        self.about_phone.setText(sentence)
        self.about_phone.setVisible(bool(sentence))
        self.phone.setAccessibleDescription(sentence)
        theme.look(self.about_phone, look)
        theme.look(self.phone, "warn" if look == "warn" and sentence else "")

    @Slot(object)
    def _on_used(self, link: Link) -> None:
        state = self.state()
        if link.phone:
            own = link.phone == self._profile.phone
            state = state._replace(phone="" if own else bidi.strip(formats.phone(link.phone)))
        if link.kind == "item":
            state = state._replace(kind="item", item=self.reader.item(link))
        elif link.kind == "catalog":
            state = state._replace(kind="catalog")
        else:
            state = state._replace(kind="chat", text=link.text)
        self._restore(state)

    @Slot()
    def _on_told(self) -> None:
        self._trailing.ensureWidgetVisible(self.preview.saved)

    @Slot()
    def _on_open_item(self) -> None:
        self.context.go("catalog", self.picker.item())

    @Slot()
    def _on_open_profile(self) -> None:
        self.context.go("profile")


class _Column(QScrollArea):
    """Scrolls up and down where there is little room, and is never narrower than what it holds."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        assert inside, "it was given one"
        width = inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())


def _labelled(label: Label, editor: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.pixels(4))
    column.addWidget(label)
    column.addWidget(editor)
    return column
