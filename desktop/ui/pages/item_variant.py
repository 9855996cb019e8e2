"""One variant of an item in the inspector: what it is in a line or two, and unfolded all that can be changed of it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Product, Variant
from desktop.i18n import N_, _, formats
from desktop.services.catalog import AVAILABILITIES
from desktop.services.prices import read_price
from desktop.services.stock import stock_text
from desktop.services.variants import options_of, title_of, update_variant
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.gauges import characters
from desktop.ui.pages.item_form import Form
from desktop.ui.pages.item_stock import availabilities, kept_word, quantity_column
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.field import ChoiceField, Field, LineField
from desktop.ui.widgets.focus import stops
from desktop.ui.widgets.inspector import side_by_side
from desktop.ui.widgets.labels import ElidedLabel, Label

OPTION = "option "  # before the name of an option, as the name of its field


class VariantRow(QFrame):
    """Edits one variant; every field saves itself. `moved(step)` and `removed` are for the list around it."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, context: Context, variant: Variant, product: Product, shop: str, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._context = context
        self._thumbnails = thumbnails
        self._shop = shop  # its currency
        self._product = product
        self.variant = variant
        self.form: Form | None = None  # once it has been unfolded
        self.inside: QWidget | None = None
        self.title = ElidedLabel("", "strong")
        self.price = Label("", "muted")
        self.detail = ElidedLabel("", "small")
        self.edit = icon_button("pencil", _("Change this variant"))
        self.remove = icon_button("trash-2", _("Delete this variant"))
        self.up = icon_button("chevron-up", _("Move up"))
        self.down = icon_button("chevron-down", _("Move down"))
        theme.look(self, "card")
        self._lay_out()
        self.edit.setCheckable(True)
        self.edit.toggled.connect(self._on_unfolded)
        self.remove.clicked.connect(self.removed)
        self.up.clicked.connect(partial(self.moved.emit, -1))
        self.down.clicked.connect(partial(self.moved.emit, 1))
        for button in (self.edit, self.remove):
            button.setHidden(context.read_only)
        self._show_words()

    def update_variant(self, variant: Variant, product: Product, shop: str) -> None:
        """Show what has changed, but in no field that is being typed in."""
        self.variant, self._product, self._shop = variant, product, shop
        self._show_words()
        if self.form:
            self.form.update(variant.version, self._shown())
            self._show_currency()

    def show_place(self, place: int, count: int) -> None:
        """Show which way it can be moved."""
        self.up.setDisabled(place == 0)
        self.down.setDisabled(place == count - 1)

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes to, in order."""
        return [self.edit, self.remove, *(stops(self.inside) if self.inside else [])]

    def commit(self) -> Field | None:
        """Save what is typed, and return the first field that cannot be saved as it is."""
        return self.form.commit() if self.form else None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(4))
        head.addWidget(self.title, 1)
        head.addWidget(self.price)
        head.addSpacing(theme.pixels(4))
        for button in (self.edit, self.remove):
            head.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.pixels(10), theme.pixels(4), theme.pixels(10), theme.pixels(4))
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self.detail)

    def _currency(self) -> str:
        return self._product.currency or self._shop

    def _show_words(self) -> None:
        variant = self.variant
        options = options_of(variant)
        title = title_of(options) or _("Without options")
        self.title.setText(title)
        amount = self._product.price if variant.price is None else variant.price
        shown = amount if variant.sale_price is None else variant.sale_price
        self.price.setText("" if shown is None else formats.money(shown, self._currency()))
        stock = stock_text(variant.availability, variant.quantity)
        kept = kept_word(variant) if variant.availability == AVAILABILITIES[0] else ""
        code = formats.ltr(variant.code) if variant.code else ""
        self.detail.setText(" · ".join(filter(None, (code, kept, stock))))
        self.detail.setVisible(bool(self.detail.text()))
        for button, words in ((self.edit, _("Change {title}")), (self.remove, _("Delete {title}"))):
            button.setAccessibleName(words.format(title=title))

    # What is unfolded

    @Slot(bool)
    def _on_unfolded(self, unfolded: bool) -> None:
        if unfolded and self.inside is None:
            self._build()
        if self.inside:
            self.inside.setVisible(unfolded)
        if unfolded and self.form:
            next(iter(self.form.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        """Make the fields: of a hundred variants few are ever changed."""
        self.form = form = Form(self._context, update_variant, self)
        form.start(self.variant.id, self.variant.version, self._shown())
        own = characters("variant.code", always=False)
        fields: dict[str, Field] = {
            OPTION + name: LineField(
                name, form.saver(OPTION + name, N_("Change variant"), partial(self._read_option, name))
            )
            for name in options_of(self.variant)
        }
        self.code = LineField(_("Item code"), form.saver("code", N_("Change item code")), ltr=True, measure=own)
        self.own_price = LineField(
            _("Price"), form.saver("price", N_("Change price"), partial(self._read_price, "price")), ltr=True
        )
        self.sale_price = LineField(
            _("Sale price"),
            form.saver("sale_price", N_("Change sale price"), partial(self._read_price, "sale_price")),
            ltr=True,
        )
        self.availability = ChoiceField(
            _("Availability"), availabilities(), form.saver("availability", N_("Change availability"))
        )
        self.quantity = LineField(
            _("How many left"), form.saver("quantity", N_("Change quantity"), quantity_column), ltr=True
        )
        self.picture = ChoiceField(
            _("Picture"), self._pictures(), form.saver("picture", N_("Change picture of variant"))
        )
        fields |= {"price": self.own_price, "sale_price": self.sale_price, "code": self.code}
        fields |= {"availability": self.availability, "quantity": self.quantity, "picture": self.picture}
        for name, field in fields.items():
            form.add(name, field)
        self._lay_out_fields(fields)
        self._show_icons()
        self._thumbnails.ready.connect(self._show_icons)
        for price in (self.own_price, self.sale_price):
            price.saved.connect(self._on_saved)
        self._show_currency()

    def _lay_out_fields(self, fields: dict[str, Field]) -> None:
        """Put the fields below the row, the two prices beside each other."""
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, theme.pixels(8), 0, theme.pixels(8))
        column.setSpacing(theme.pixels(12))
        for name, field in fields.items():
            if name not in ("price", "sale_price"):
                column.addWidget(field)
            elif name == "price":
                column.addLayout(side_by_side(self.own_price, self.sale_price))
        order = QHBoxLayout()
        order.addStretch()
        for button in (self.up, self.down):
            order.addWidget(button)
        column.addLayout(order)
        self._column.addWidget(self.inside)

    def _shown(self) -> dict[str, object]:
        variant = self.variant
        shown: dict[str, object] = {OPTION + name: value for name, value in options_of(variant).items()}
        for column in ("price", "sale_price"):
            shown[column] = formats.typed_amount(getattr(variant, column), self._currency())
        shown |= {"code": variant.code, "availability": variant.availability, "picture": variant.picture}
        shown["quantity"] = formats.typed_number(variant.quantity)
        return shown

    def _show_currency(self) -> None:
        price = self._product.price
        for field in (self.own_price, self.sale_price):
            field.editor.set_suffix(formats.currency_sign(self._currency()))
        own = "" if price is None else formats.decimal_text(price, self._currency())
        self.own_price.editor.setPlaceholderText(own)  # the item's, which it has without one of its own

    def _pictures(self) -> list[tuple[object, str]]:
        """Return the item's pictures to choose from, and the one that was chosen even where it is no more."""
        kept = [picture.sha256 for picture in self._product.pictures if picture.sha256]
        named: list[tuple[object, str]] = [
            (sha256, _("Picture {n}").format(n=formats.number(n))) for n, sha256 in enumerate(kept, 1)
        ]
        if self.variant.picture and self.variant.picture not in kept:
            named.append((self.variant.picture, _("A picture of before")))
        # TRANSLATORS: of a variant's picture: it has none of its own.
        return [(None, _("The item's")), *named]

    @Slot()
    def _show_icons(self) -> None:
        side = theme.pixels(24)
        self.picture.editor.setIconSize(QSize(side, side))
        for at, (sha256, _words) in enumerate(self._pictures()):
            if isinstance(sha256, str) and (pixmap := self._thumbnails.get(sha256)):
                self.picture.editor.setItemIcon(at, QIcon(pixmap))

    def _read_option(self, name: str, value: str) -> Mapping[str, object]:
        return {"options": {**options_of(self.variant), name: value}}

    def _read_price(self, column: str, value: str) -> Mapping[str, object]:
        return {column: read_price(value, self._currency(), column)}

    @Slot()
    def _on_saved(self) -> None:
        """A price may be right now because the other one is."""
        for field in (self.own_price, self.sale_price):
            if field.is_unsaved():
                field.commit()
