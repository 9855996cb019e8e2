"""The inspector of the catalog: one item, its pictures, its fields, and what to send of it."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem, Picture, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, bidi, formats
from desktop.services import share
from desktop.services.catalog import AVAILABILITIES, CONDITIONS, read_product, update_product
from desktop.services.collections import collection_named, list_collections, put_into, take_out
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.prices import read_price
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.gauges import characters
from desktop.ui.pages.item_pictures import ItemPictures
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import CopyButton, flat, icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import ChoiceField, Field, LineField, SwitchField, TextField
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label

AVAILABILITY = {AVAILABILITIES[0]: N_("In stock"), AVAILABILITIES[1]: N_("Out of stock")}
CONDITION = dict(zip(CONDITIONS, (N_("New"), N_("Refurbished"), N_("Used")), strict=True))


class ItemInspector(QWidget):
    """Edits the item of `show_item`; every field saves itself."""

    duplicate_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.context = context
        self._product: Product | None = None
        self._shown: dict[str, Any] = {}  # what is stored, by column, as the fields show it
        self._bases: dict[str, int] = {}  # by column, the version of the item that is shown in its field
        self._profile: Profile = context.get(read_profile)
        self.pictures = ItemPictures(context, thumbnails)
        self.name = LineField(_("Name"), self._save_name, measure=characters("catalog.name"))
        self.price = LineField(_("Price"), self._save_price, ltr=True)
        self.sale_price = LineField(_("Sale price"), self._save_sale_price, ltr=True)
        self.description = TextField(
            _("Description"), self._save_description, measure=characters("catalog.description")
        )
        self.code = LineField(_("Item code"), self._save_code, ltr=True)
        self.groups = Chips(_("Collections"), exclusive=False)
        self.new_group = Line()
        self.new_group.setAccessibleName(_("New collection"))
        self.new_group.setPlaceholderText(_("New collection: its name, then Enter"))
        self.hidden = SwitchField(_("Hidden from customers"), self._save_hidden)
        self.availability = ChoiceField(_("Availability"), _choices(AVAILABILITY), self._save_availability)
        self.condition = ChoiceField(_("Condition"), _choices(CONDITION), self._save_condition)
        self.link = LineField(_("Item link"), self._save_link, ltr=True, placeholder="https://")
        self.brand = LineField(_("Brand"), self._save_brand)
        hint = _("The number at the end of the item's link on the phone. With it, links open the item in WhatsApp.")
        self.whatsapp_id = LineField(_("WhatsApp product id"), self._save_whatsapp_id, ltr=True, hint=hint)
        self.copy_answer = CopyButton(_("Copy answer"), self._answer, icon="message-square-quote")
        self.copy_answer.set_hint(_("The name, the price and the link, ready to paste into the chat"))
        self.copy_link = CopyButton(_("Copy link"), self._link, icon="link")
        self.open_qr = flat(_("QR code…"), "qr-code")
        self.duplicate = icon_button("copy-plus", _("Duplicate item"))
        self.delete = icon_button("trash-2", _("Delete item"))
        self._lay_out()
        self.groups.chosen.connect(self._on_groups)
        self.new_group.returnPressed.connect(self._on_new_group)
        self.open_qr.clicked.connect(self._on_qr)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        self.price.saved.connect(self._on_saved)
        self.sale_price.saved.connect(self._on_saved)
        if context.read_only:
            self._lock()
        self._fill_groups()
        self._show(None)

    def _lay_out(self) -> None:
        panel = Inspector(_("Details of the item"))
        prices = QHBoxLayout()
        prices.setSpacing(theme.pixels(8))
        prices.addWidget(self.price, 1, Qt.AlignmentFlag.AlignTop)
        prices.addWidget(self.sale_price, 1, Qt.AlignmentFlag.AlignTop)
        collections = QVBoxLayout()
        collections.setSpacing(theme.pixels(6))
        self.groups_title = Label(_("Collections"), "section")
        collections.addWidget(self.groups_title)
        collections.addWidget(self.groups)
        collections.addWidget(self.new_group)
        head = QHBoxLayout()
        head.addWidget(self.pictures, 1)
        panel.add(head)
        for content in (self.name, prices, self.description, collections, self.code, self.hidden):
            panel.add(content)
        self.more = panel.add_section(_("For Meta's shop"), folded=True)
        for field in (self.availability, self.condition, self.brand, self.link, self.whatsapp_id):
            self.more.add(field)
        panel.add_action(self._share(), leading=True)
        self.panel = panel
        sentence = _("Choose an item to see and change it here.")
        self.empty = Empty("mouse-pointer-click", _("No item chosen"), sentence)
        theme.look(self.empty, "surface")
        self.empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setMinimumWidth(theme.pixels(300))

    def _share(self) -> QWidget:
        """Return what stays in sight below: what to send of the item, and what to do with it."""
        block = QWidget()
        block.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        send, rest = QHBoxLayout(), QHBoxLayout()
        for row in (send, rest):
            row.setSpacing(theme.pixels(8))
        send.addWidget(self.copy_answer, 3)
        send.addWidget(self.copy_link, 2)
        rest.addWidget(self.open_qr)
        rest.addStretch()
        rest.addWidget(self.duplicate)
        rest.addWidget(self.delete)
        layout = QVBoxLayout(block)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(4))
        layout.addLayout(send)
        layout.addLayout(rest)
        return block

    def _lock(self) -> None:
        """In a shop that is open to read only, one looks and copies."""
        for field in self._by_column().values():
            field.lock()
        self.new_group.hide()
        for widget in (self.groups, self.duplicate, self.delete):
            widget.setEnabled(False)

    # What is shown

    def item(self) -> int | None:
        """Return the id of the item that is shown, or None."""
        return self._product.id if self._product else None

    def show_item(self, item: int | None) -> bool:
        """Show another item; False if what is typed of the one before cannot be saved, which then stays."""
        if item is not None and item == self.item():
            return True
        if not self.commit():
            return False
        self._show(self._find(item))
        return True

    def commit(self) -> bool:
        """Save what is typed; bring the first field that cannot be saved into sight, and return False."""
        unsaved = [field for field in self._by_column().values() if not field.commit()]
        if unsaved:
            if self.more.isAncestorOf(unsaved[0]):
                self.more.set_folded(False)
            self.panel.area.ensureWidgetVisible(unsaved[0])
        return not unsaved

    def _show(self, product: Product | None) -> None:
        self._product = product
        self._shown = self._values()
        for name, field in self._by_column().items():
            self._bases[name] = product.version if product else 0
            field.start(self._shown.get(name, ""))
        self._show_rest()

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the item, but in no field that is being typed in."""
        if notice.of(Profile):
            self._profile = self.context.get(read_profile)
            self._show_currency()
        if notice.of(Collection) or notice.of(CollectionItem):
            self._fill_groups()
        changes = [notice.of(model) for model in (Product, Picture, CollectionItem)]
        if self._product is None or not any(changes):
            return
        found = self._find(self._product.id)
        if found is None:
            if not any(field.is_unsaved() for field in self._by_column().values()):
                self._show(None)
            return  # what is typed stays in sight; to save it says that the item is gone
        self._product = found
        before, self._shown = self._shown, self._values()
        for name, field in self._by_column().items():
            if not field.is_unsaved() or self._shown[name] == before[name]:
                self._bases[name] = found.version
            field.update_value(self._shown[name])
        self._show_rest()

    def edit_name(self, whole: bool = False) -> None:
        """Go to the name, all of it selected if it is to be written over."""
        self.panel.area.verticalScrollBar().setValue(0)
        self.name.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if whole:
            self.name.editor.selectAll()

    def abandon(self) -> None:
        """Show no item, and want nothing of what is typed: it was deleted here."""
        self._show(None)

    def _find(self, item: int | None) -> Product | None:
        try:
            return None if item is None else self.context.get(read_product, item)
        except NotFound:
            return None

    def _by_column(self) -> dict[str, Field]:
        names = ("name", "price", "sale_price", "description", "code", "hidden", "availability", "condition", "brand")
        return {name: getattr(self, name) for name in (*names, "link", "whatsapp_id")}

    def _values(self) -> dict[str, Any]:
        product = self._product
        if product is None:
            return {}
        values: dict[str, Any] = {name: getattr(product, name) for name in self._by_column()}
        for name in ("price", "sale_price"):
            amount = values[name]
            values[name] = "" if amount is None else formats.decimal_text(amount, self._currency())
        return values

    def _currency(self) -> str:
        return (self._product.currency if self._product else "") or self._profile.currency

    def _show_currency(self) -> None:
        for field in (self.price, self.sale_price):
            field.editor.set_suffix(formats.currency_sign(self._currency()))

    def _show_rest(self) -> None:
        """Show what is no field: pictures and collections, and whether there is anything to show."""
        product = self._product
        self.stack.setCurrentWidget(self.panel if product else self.empty)
        self.pictures.show_pictures(product)
        self._show_currency()
        self._show_groups()

    def _fill_groups(self) -> None:
        groups = self.context.get(list_collections)
        self.groups.set_chips([(group.id, group.name, "") for group in groups])
        self.groups.setVisible(bool(groups))
        self._show_groups()

    def _show_groups(self) -> None:
        self.groups.set_values([place.collection_id for place in self._product.places] if self._product else [])

    # What is saved

    def _save(self, title: str, group: object, column: str, value: object) -> str:
        """Store a field and return what is wrong with it in one sentence, or ""."""
        assert self._product, "fields are shown of an item"
        base = self._bases[column]
        try:
            self.context.run(title, update_product, self._product.id, base, origin=self, group=group, **{column: value})
        except Exception as error:
            if isinstance(error, Stale):  # it is told: to save again is to mean it
                self._bases[column] = self._product.version
            if sentence := complaint(error):
                return sentence
            raise
        self._bases[column] = self._product.version
        return ""

    def _save_name(self, value: str, group: object) -> str:
        return self._save(N_("Rename item"), group, "name", value)

    def _save_price(self, value: str, group: object) -> str:
        return self._save_amount(N_("Change price"), "price", value, group)

    def _save_sale_price(self, value: str, group: object) -> str:
        return self._save_amount(N_("Change sale price"), "sale_price", value, group)

    def _save_amount(self, title: str, column: str, value: str, group: object) -> str:
        try:
            amount = read_price(value, self._currency(), column)
        except Invalid as error:
            return str(error)
        return self._save(title, group, column, amount)

    def _save_description(self, value: str, group: object) -> str:
        return self._save(N_("Change description"), group, "description", value)

    def _save_code(self, value: str, group: object) -> str:
        return self._save(N_("Change item code"), group, "code", value)

    def _save_hidden(self, value: bool, group: object) -> str:
        return self._save(N_("Hide item") if value else N_("Show item"), group, "hidden", value)

    def _save_availability(self, value: object, group: object) -> str:
        return self._save(N_("Change availability"), group, "availability", value)

    def _save_condition(self, value: object, group: object) -> str:
        return self._save(N_("Change condition"), group, "condition", value)

    def _save_link(self, value: str, group: object) -> str:
        return self._save(N_("Change item link"), group, "link", value)

    def _save_brand(self, value: str, group: object) -> str:
        return self._save(N_("Change brand"), group, "brand", value)

    def _save_whatsapp_id(self, value: str, group: object) -> str:
        return self._save(N_("Change WhatsApp product id"), group, "whatsapp_id", value)

    @Slot()
    def _on_saved(self) -> None:
        """A price may be right now because the other one is."""
        for field in (self.price, self.sale_price):
            if field.is_unsaved():
                field.commit()

    # What one does

    @Slot(object)
    def _on_groups(self, chosen: list[int]) -> None:
        if self._product is None:
            return
        before = {place.collection_id for place in self._product.places}
        for group in set(chosen) - before:
            self.context.act(N_("Put into collection"), put_into, self._product.id, group, origin=self)
        for group in before - set(chosen):
            self.context.act(N_("Take out of collection"), take_out, self._product.id, group, origin=self)
        self._show_groups()  # also where it was not done

    @Slot()
    def _on_new_group(self) -> None:
        """Make a collection of what was typed, or find the one that is called so, and put the item into it."""
        name = self.new_group.text()
        if name.strip() and self._product:
            done = self.context.act(N_("Put into collection"), _collect, self._product.id, name, origin=self)
            if done:
                self.new_group.clear()

    @Slot()
    def _on_qr(self) -> None:
        if self._product:
            self.context.go("links", ("item", self._product.id))

    def _answer(self) -> str:
        return bidi.strip(share.price_answer(self._product, self._profile)) if self._product else ""

    def _link(self) -> str:
        if self._product is None:
            return ""
        try:
            return bidi.strip(share.share_link(self._product, self._profile))
        except Invalid as error:
            self.context.say(str(error))
            return ""


def _collect(session: Session, item: int, name: str) -> int:
    group = collection_named(session, name)
    put_into(session, item, group)
    return group


def _choices(words: dict[str, str]) -> list[tuple[object, str]]:
    return [(value, _(word)) for value, word in words.items()]
