"""What only Meta's shop asks of an item: condition, brand, link, origin, its number in WhatsApp, categories, labels."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.data.models import Product
from desktop.i18n import N_, _, formats
from desktop.services.catalog import CONDITIONS, EXEMPT
from desktop.ui import theme
from desktop.ui.gauges import characters
from desktop.ui.pages.item_form import ExtraForm, Form
from desktop.ui.widgets.field import ChoiceField, LineField

CONDITION = dict(zip(CONDITIONS, (N_("New"), N_("Refurbished"), N_("Used")), strict=True))
CATEGORIES = {
    "google_product_category": N_("Google product category"),
    "fb_product_category": N_("Facebook product category"),
}
LABELS = tuple(f"custom_label_{n}" for n in range(5))
EXTRA = (*CATEGORIES, *LABELS)  # the columns of a feed that are kept aside and have a field here


class MetaFields(QWidget):
    """The fields, of the row that `form` shows and of its further columns in `extra`."""

    def __init__(self, form: Form, extra: ExtraForm, product: Product | None) -> None:
        super().__init__()
        self.condition = ChoiceField(_("Condition"), conditions(), form.saver("condition", N_("Change condition")))
        self.brand = LineField(
            _("Brand"), form.saver("brand", N_("Change brand")), measure=characters("feed.brand", always=False)
        )
        self.link = LineField(
            _("Item link"), form.saver("link", N_("Change item link")), ltr=True, placeholder="https://"
        )
        choices = countries([product.origin_country] if product else [])
        self._countries = {code for code, _name in choices}
        self.country = ChoiceField(
            _("Country of origin"),
            choices,
            form.saver("origin_country", N_("Change country of origin")),
        )
        hint = _("The number at the end of the item's link on the phone. With it, links open the item in WhatsApp.")
        title = N_("Change WhatsApp product id")
        self.whatsapp_id = LineField(_("WhatsApp product id"), form.saver("whatsapp_id", title), ltr=True, hint=hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        own = {"condition": self.condition, "brand": self.brand, "link": self.link}
        own |= {"origin_country": self.country, "whatsapp_id": self.whatsapp_id}
        for name, field in own.items():
            column.addWidget(form.add(name, field))
        for name, label in CATEGORIES.items():
            hint = _("A number of Meta's list, or a path of it such as Home & Garden > Decor.")
            field = LineField(_(label), extra.saver(name, N_("Change category")), hint=hint)
            column.addWidget(extra.add(name, field))
        for n, name in enumerate(LABELS):
            words = _("Custom label {n}").format(n=formats.number(n))
            measure = characters("feed.custom_label", always=False)
            field = LineField(words, extra.saver(name, N_("Change custom label")), measure=measure)
            column.addWidget(extra.add(name, field))

    def show_item(self, product: Product) -> None:
        """Offer the country of an item, whichever it is."""
        if product.origin_country not in self._countries:
            choices = countries([product.origin_country])
            self._countries = {code for code, _name in choices}
            self.country.set_choices(choices)


def conditions() -> list[tuple[object, str]]:
    """Return the conditions to choose from."""
    return [(value, _(word)) for value, word in CONDITION.items()]


def countries(more: Sequence[str] = ()) -> list[tuple[object, str]]:
    """Return the countries of origin to choose from, and `more` that are stored, whatever they say."""
    # TRANSLATORS: of a country of origin: Meta does not ask for it for these goods.
    choices: list[tuple[object, str]] = [("", _("Not given")), (EXEMPT, _("Exempt")), *formats.territories()]
    known = {value for value, _label in choices}
    return choices + [(code, formats.auto(code)) for code in more if code not in known]
