"""The inspector of the catalog: one item, its pictures, its fields, and what to send of it."""

import importlib
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout

from desktop.data.models import Collection, CollectionItem, Picture, Product, ProductText, Profile, Variant
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats
from desktop.services import sale
from desktop.services.catalog import extra_columns, read_product, update_extra, update_product
from desktop.services.errors import NotFound
from desktop.services.prices import read_price
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.row_inspector import RowInspector
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.empty import Empty

if TYPE_CHECKING:  # the catalog is shown before an item is: what only an item needs is loaded with the first one
    from desktop.ui.pages.item_form import Form
    from desktop.ui.pages.item_meta import MetaFields
    from desktop.ui.pages.item_texts import ItemTexts
    from desktop.ui.pages.item_variants import ItemVariants
    from desktop.ui.widgets.inspector import Inspector, Section

SIDE_BY_SIDE = 640  # points of the inspector from which another language stands beside the shop's own
NEEDED = (
    *("item_collections", "item_description", "item_form", "item_pictures", "item_sale", "item_share", "item_stock"),
    "phone_word",
)
COLUMNS = (  # of an item that have fields; prices and days are shown otherwise than they are stored
    *("name", "price", "sale_price", "sale_starts", "sale_ends", "description", "code", "hidden", "availability"),
    *("quantity", "condition", "brand", "link", "origin_country", "whatsapp_id"),
)


class ItemInspector(RowInspector):
    """Edits the item of `show_row`; every field saves itself.

    Its fields are made when the first item is shown, and those of a folded section when that is unfolded.
    """

    form: "Form"
    panel: "Inspector"

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.context = context
        self._thumbnails = thumbnails
        self._built = False
        self._product: Product | None = None
        self._profile: Profile | None = None
        sentence = _("Choose an item to see and change it here.")
        self.empty = Empty("mouse-pointer-click", _("No item chosen"), sentence)
        theme.look(self.empty, "surface")
        self.empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setMinimumWidth(theme.pixels(300))

    @Slot()
    def prepare(self) -> None:
        """Import what the first item needs, a module at a time while nothing else is to be done.

        That is half of what the first one takes. Not in a thread: these modules make types of Qt's.
        """
        missing = [module for name in NEEDED if (module := f"desktop.ui.pages.{name}") not in sys.modules]
        if missing:
            importlib.import_module(missing[0])
            QTimer.singleShot(0, self.prepare)

    def _build(self) -> None:
        """Make what shows an item."""
        from desktop.ui.gauges import characters
        from desktop.ui.pages.item_collections import ItemCollections
        from desktop.ui.pages.item_description import MarksPreview
        from desktop.ui.pages.item_form import ExtraForm, Form
        from desktop.ui.pages.item_pictures import ItemPictures
        from desktop.ui.pages.item_sale import SaleDates
        from desktop.ui.pages.item_share import ItemShare
        from desktop.ui.pages.item_stock import StockFields
        from desktop.ui.pages.phone_word import PhoneWord
        from desktop.ui.widgets.field import LineField, SwitchField, TextField
        from desktop.ui.widgets.image_well import PicturePaste

        self._built = True
        self._profile = self.context.get(read_profile)
        form = self.form = Form(self.context, update_product, self)
        self.extra = ExtraForm(self.context, update_extra, self)
        self.pictures = ItemPictures(self.context, self._thumbnails)
        self.name = LineField(_("Name"), form.saver("name", N_("Rename item")), measure=characters("catalog.name"))
        self.on_phone = PhoneWord(self.context, "product")
        self.price = LineField(_("Price"), form.saver("price", N_("Change price"), self._read_price), ltr=True)
        self.sale_price = LineField(
            _("Sale price"), form.saver("sale_price", N_("Change sale price"), self._read_sale_price), ltr=True
        )
        self.description = TextField(
            _("Description"),
            form.saver("description", N_("Change description")),
            measure=characters("catalog.description"),
        )
        self.code = LineField(
            _("Item code"),
            form.saver("code", N_("Change item code")),
            ltr=True,
            measure=characters("catalog.code", always=False),
        )
        self.hidden = SwitchField(_("Hidden from customers"), form.saver("hidden", N_("Hide or show item")))
        fields = {"name": self.name, "price": self.price, "sale_price": self.sale_price}
        for column, field in fields.items():
            form.add(column, field)
        self.sale = SaleDates(form)
        form.add("description", self.description)
        self.preview = MarksPreview(self.description)
        self.collections = ItemCollections(self.context)
        self.groups, self.new_group = self.collections.chips, self.collections.new
        self.stock = StockFields(form)
        form.add("code", self.code)
        form.add("hidden", self.hidden)
        self.meta: MetaFields | None = None  # these three once their sections have been unfolded
        self.variants: ItemVariants | None = None
        self.texts: ItemTexts | None = None
        self.share = ItemShare(self.context)
        self._lay_out()
        self.share.duplicate.clicked.connect(self.duplicate_wanted)
        self.share.delete.clicked.connect(self.delete_wanted)
        for field in (self.price, self.sale_price):
            field.saved.connect(self._on_saved)
        typed = (self.name, self.price, self.sale_price, self.description)
        PicturePaste(self.pictures.add, [field.editor for field in typed])

    def _lay_out(self) -> None:
        from desktop.ui.widgets.inspector import Inspector, Section, side_by_side

        self.panel = panel = Inspector(_("Details of the item"))
        own = QVBoxLayout()
        own.setSpacing(theme.pixels(16))
        own.addWidget(self.name)
        own.addWidget(self.on_phone, 0, Qt.AlignmentFlag.AlignLeading)
        own.addLayout(side_by_side(self.price, self.sale_price))
        for widget in (self.sale, self.description, self.preview):
            own.addWidget(widget)
        own.addStretch()
        self.other_language = Section(_("In another language"), True, self._build_texts)
        self._languages = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._languages.setSpacing(theme.pixels(16))
        self._languages.addLayout(own, 1)
        self._languages.addWidget(self.other_language, 1, Qt.AlignmentFlag.AlignTop)
        panel.add(self.pictures)
        panel.add(self._languages)
        for content in (self.collections, self.stock, self.code, self.hidden):
            panel.add(content)
        self.variety = panel.add_section(_("Variants"), True, self._build_variants)
        self.more = panel.add_section(_("For Meta's shop"), True, self._build_meta)
        panel.add_action(self.share, leading=True)
        self.stack.addWidget(panel)

    def _build_meta(self, section: "Section") -> None:
        from desktop.ui.pages.item_meta import MetaFields

        self.meta = MetaFields(self.form, self.extra, self._product)
        section.add(self.meta)

    def _build_variants(self, section: "Section") -> None:
        from desktop.ui.pages.item_variants import ItemVariants

        self.variants = ItemVariants(self.context, self._thumbnails)
        self.variants.show_item(self._product)
        section.add(self.variants)

    def _build_texts(self, section: "Section") -> None:
        from desktop.ui.pages.item_texts import ItemTexts

        self.texts = ItemTexts(self.context)
        self.texts.show_item(self._product)
        section.add(self.texts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put another language beside the shop's own where there is room, else below it."""
        if self._built:
            wide = self.width() >= theme.pixels(SIDE_BY_SIDE)
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._languages.setDirection(across if wide else down)

    # What is shown

    def row(self) -> int | None:
        return self._product.id if self._product else None

    def show_anew(self, row: int | None) -> None:
        self._show(self._find(row))

    def commit(self) -> bool:
        if not self._built:
            return True
        unsaved = [field for part in self._parts() if (field := part.commit())]
        if unsaved:
            for section in (self.other_language, self.variety, self.more):
                if section.isAncestorOf(unsaved[0]):
                    section.set_folded(False)
            self.panel.area.ensureWidgetVisible(unsaved[0])
        return not unsaved

    def _parts(self) -> "list[Form | ItemVariants]":
        texts = [self.texts.form] if self.texts else []
        variants = [self.variants] if self.variants else []
        return [self.form, self.extra, *texts, *variants]

    def _show(self, product: Product | None) -> None:
        self._product = product
        if product and not self._built:
            self._build()
            self._arrange()
        if not self._built:
            return
        item, version = (product.id, product.version) if product else (None, 0)
        self.on_phone.show_row(item)
        if product and self.meta:
            self.meta.show_item(product)
        self.form.start(item, version, self._values())
        self.extra.start(item, version, self._extra())
        for part in (self.variants, self.texts):
            if part:
                part.show_item(product)
        self._show_rest()

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the item, but in no field that is being typed in."""
        if not self._built:
            return
        if notice.of(Profile):
            self._profile = self.context.get(read_profile)
            self.share.show_item(self._product, self._profile)
            self._show_currency()
        if notice.of(Collection) or notice.of(CollectionItem):
            self.collections.fill()
        self.on_phone.refresh(notice)
        models = (Product, Picture, CollectionItem, Variant, ProductText, Profile)
        if self._product is None or not any(notice.of(model) for model in models):
            return
        found = self._find(self._product.id)
        if found is None:
            if not any(part.is_unsaved() for part in self._parts()):
                self._show(None)
            return  # what is typed stays in sight; to save it says that the item is gone
        self._product = found
        if self.meta:
            self.meta.show_item(found)
        self.form.update(found.version, self._values())
        self.extra.update(found.version, self._extra())
        for part in (self.variants, self.texts):
            if part:
                part.update_item(found)
        self._show_rest()

    def edit_name(self, whole: bool = False) -> None:
        if self._product is None:
            return
        self.panel.area.verticalScrollBar().setValue(0)
        self.name.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if whole:
            self.name.editor.selectAll()

    def _find(self, item: int | None) -> Product | None:
        try:
            return None if item is None else self.context.get(read_product, item)
        except NotFound:
            return None

    def _values(self) -> dict[str, object]:
        product = self._product
        if product is None:
            return {"sale_starts": None, "sale_ends": None}
        from desktop.services.hours import shop_zone  # not needed before there is an item to show

        values: dict[str, object] = {column: getattr(product, column) for column in COLUMNS}
        zone = shop_zone(self._profile.time_zone if self._profile else "")
        for column in ("price", "sale_price"):
            values[column] = formats.typed_amount(getattr(product, column), self._currency())
        values["sale_starts"] = sale.day_of(product.sale_starts, zone)
        values["sale_ends"] = sale.day_of(product.sale_ends, zone)
        values["quantity"] = formats.typed_number(product.quantity)
        return values

    def _extra(self) -> dict[str, object]:
        from desktop.ui.pages.item_meta import EXTRA

        columns = extra_columns(self._product) if self._product else {}
        return {column: columns.get(column, "") for column in EXTRA}

    def _currency(self) -> str:
        shop = self._profile.currency if self._profile else ""
        return (self._product.currency if self._product else "") or shop

    def _show_currency(self) -> None:
        for field in (self.price, self.sale_price):
            field.editor.set_suffix(formats.currency_sign(self._currency()))

    def _show_rest(self) -> None:
        """Show what is no field: pictures and collections, and whether there is anything to show."""
        product = self._product
        self.stack.setCurrentWidget(self.panel if product else self.empty)
        self.pictures.show_pictures(product)
        self.collections.show_item(product)
        self.share.show_item(product, self._profile)
        self._show_currency()
        self.preview.show_text(self.description.value())
        if product and self._profile:
            self.sale.show_item(product, self._profile)
            self.stock.show_item(product)
            self._show_titles(product)

    def _show_titles(self, product: Product) -> None:
        """Say on the folded sections what is in them."""
        title = _("Variants")
        if count := len(product.variants):
            # TRANSLATORS: the title of a list and how many are in it.
            title = _("{title} · {n}").format(title=title, n=formats.number(count))
        self.variety.header.set_text(title)
        title = _("In another language")
        if written := formats.listing(formats.language_name(text.language) for text in product.texts):
            # TRANSLATORS: the title of a part of a form, and the languages that are in it.
            title = _("{title} · {languages}").format(title=title, languages=written)
        self.other_language.header.set_text(title)

    # What is saved

    def _read_price(self, typed: str) -> Mapping[str, object]:
        return {"price": read_price(typed, self._currency(), "price")}

    def _read_sale_price(self, typed: str) -> Mapping[str, object]:
        return {"sale_price": read_price(typed, self._currency(), "sale_price")}

    @Slot()
    def _on_saved(self) -> None:
        """A price may be right now because the other one is."""
        for field in (self.price, self.sale_price):
            if field.is_unsaved():
                field.commit()
