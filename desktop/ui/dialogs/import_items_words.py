"""The words of an import: what fields are called, what a value is beside another, and what goes wrong."""

import json
from collections.abc import Mapping
from typing import Any

from desktop.exchange.importing import Report
from desktop.exchange.mapping import LEFT_OUT
from desktop.exchange.mending import Fix
from desktop.exchange.recognise import FIELDS, Format
from desktop.i18n import LANGUAGES, N_, _, formats, ngettext
from desktop.ui.dialogs.import_items_reading import Opened

FIELD_WORDS = {
    "id": N_("Item code"),
    "title": N_("Item name"),
    "description": N_("Description"),
    "price": N_("Price"),
    "sale_price": N_("Sale price"),
    "sale_price_effective_date": N_("Days of the sale"),
    "collection": N_("Collection"),
    "image_link": N_("First picture"),
    "additional_image_link": N_("More pictures"),
    "availability": N_("Availability"),
    "quantity_to_sell_on_facebook": N_("Quantity"),
    "brand": N_("Brand"),
    "condition": N_("Condition"),
    "link": N_("Item link"),
    "status": N_("Shown or hidden"),
    "origin_country": N_("Country of origin"),
    "item_group_id": N_("Code that variants share"),
    "color": N_("Colour (of a variant)"),
    "size": N_("Size (of a variant)"),
    "material": N_("Material (of a variant)"),
    "pattern": N_("Pattern (of a variant)"),
    "gtin": N_("Barcode"),
    "google_product_category": N_("Google product category"),
    "fb_product_category": N_("Facebook product category"),
}
ITEM_WORDS = {  # what changes of an item, by its own fields
    "code": N_("Item code"),
    "name": N_("Item name"),
    "description": N_("Description"),
    "price": N_("Price"),
    "sale_price": N_("Sale price"),
    "sale_starts": N_("Sale begins"),
    "sale_ends": N_("Sale ends"),
    "currency": N_("Currency"),
    "link": N_("Item link"),
    "brand": N_("Brand"),
    "quantity": N_("Quantity"),
    "hidden": N_("Shown or hidden"),
    "availability": N_("Availability"),
    "condition": N_("Condition"),
    "origin_country": N_("Country of origin"),
    "extra": N_("Further fields"),
    "pictures": N_("Pictures"),
    "variants": N_("Variants"),
    "collections": N_("Collections"),
    "texts": N_("Second language"),
}
VALUES = {
    "in stock": N_("In stock"),
    "out of stock": N_("Out of stock"),
    "new": N_("New"),
    "refurbished": N_("Refurbished"),
    "used": N_("Used"),
}
CAUSES = {  # by the code of a problem, and the column where there are several
    "name_missing": N_("Rows without a name"),
    "duplicate_code": N_("Rows with the code of another row"),
    "row_repeated": N_("Rows that say the same as another"),
    "code_taken": N_("New items whose code another item has"),
    "price_unreadable price": N_("Prices that could not be read"),
    "price_unreadable sale_price": N_("Sale prices that could not be read"),
    "sale_not_below": N_("Sale prices that are not below the price"),
    "date_unreadable sale_price_effective_date": N_("Days of a sale that could not be read"),
    "availability_unknown availability": N_("Words for the stock that are not known"),
    "condition_unknown condition": N_("Words for the condition that are not known"),
    "status_unknown status": N_("Words for shown or hidden that are not known"),
    "link_unreadable link": N_("Item links that are no web address"),
    "picture_unreadable image_link": N_("Pictures that are no web address"),
    "picture_unreadable additional_image_link": N_("More pictures that are no web address"),
    "quantity_unreadable quantity_to_sell_on_facebook": N_("Quantities that are no whole number"),
    "row_too_long": N_("Rows with too many cells"),
    "row_too_short": N_("Rows that end early"),
    "quote_unclosed": N_("A quotation mark that never closes"),
    "cell_too_long": N_("Texts that are too long to be read"),
    "characters_lost": N_("Texts with letters that cannot be read"),
    "column_missing": N_("Columns that Meta's catalog asks for"),
    "duplicate_column": N_("Columns that are there twice"),
    "handle_missing": N_("Rows without a Handle"),
    "parent_missing": N_("Variations without their product"),
    "picture_refused": N_("Files that were passed over"),
    "encoding_guessed": N_("Letters that were guessed"),
    "sheet_chosen": N_("A sheet of several"),
    "option_missing": N_("Variants that nothing tells apart"),
    "none_is_out_of_stock": N_("Out of stock, for the quantity is 0"),
}
KINDS: dict[Format, str] = {
    "dukkan": N_("Dukkan's own spreadsheet"),
    "shopify": N_("A Shopify export"),
    "woocommerce": N_("A WooCommerce export"),
    "wix": N_("A Wix export"),
    "meta": N_("A feed of Meta or Google"),
    "plain": N_("A price list"),
}
LONGEST = 80  # letters of a value beside another


def said(opened: Opened) -> str:
    """Return what a file is and how much is in it, in one sentence."""
    kind = _(KINDS[opened.recognised.format])
    items = ngettext("{n} item", "{n} items", opened.items).format(n=formats.number(opened.items))
    if not opened.ways:
        # TRANSLATORS: what a file is and how much is in it, as in "A price list: 25 items."
        return _("{kind}: {items}.").format(kind=kind, items=items)
    ways = ngettext("{n} variant", "{n} variants", opened.ways).format(n=formats.number(opened.ways))
    return _("{kind}: {items}, {variants}.").format(kind=kind, items=items, variants=ways)


def field_words(field: str) -> str:
    """Return what a field of an import is called."""
    if field == "":
        # TRANSLATORS: what is done with a column of a spreadsheet that is none of the item's known fields.
        return _("Keep aside, as a further field")
    if field == LEFT_OUT:
        return _("Leave out")
    name, _colon, language = field.partition(":")
    if language:
        words = _("Item name in {language}") if name == "title" else _("Description in {language}")
        return words.format(language=LANGUAGES.get(language, language))
    return _(FIELD_WORDS[field]) if field in FIELD_WORDS else formats.ltr(field)


def fields_offered(chosen: str = "") -> list[tuple[object, str]]:
    """Return the fields that a column can be, those that every owner knows first."""
    known = [field for field in FIELD_WORDS if field in FIELDS]
    spoken = [f"{name}:{language}" for name in ("title", "description") for language in LANGUAGES]
    rest = [field for field in FIELDS if field not in FIELD_WORDS]
    fields = ["", LEFT_OUT, *known[:3], *spoken, *known[3:], *rest]
    return [(field, field_words(field)) for field in dict.fromkeys([*fields, chosen])]


def value_words(field: str, value: Any, currency: str) -> str:
    """Return a value of an item as one reads it, "–" for none."""
    if value is None or value == "":
        return "–"
    if field in ("price", "sale_price"):
        return formats.money(value, currency)
    if field in ("sale_starts", "sale_ends"):
        return formats.datetime(value)
    if field == "hidden":
        # TRANSLATORS: of an item in the catalog.
        return _("Hidden") if value else _("Shown")
    if field in ("code", "link"):
        return formats.ltr(value)
    if isinstance(value, int):
        return formats.number(value)
    if field == "extra":
        return formats.auto(_further(value))
    text = " ".join(str(value).split())
    return _(VALUES[text]) if text in VALUES else formats.auto(formats.short(text, LONGEST))


def cause_words(cause: str) -> str:
    """Return what problems of one cause are called."""
    return _(CAUSES[cause]) if cause in CAUSES else _("Other things to look at")


def fix_words(fix: Fix) -> str:
    """Return what a button does that mends all problems of one cause."""
    if fix.kind == "codes":
        return _("Give them codes of their own")
    if fix.kind == "names":
        return _("Take the code as the name")
    return _("Leave these cells out")


def outcome(report: Report) -> str:
    """Return what to say once items are imported."""
    n = report.new + report.changed + report.hidden
    return ngettext("{n} item imported", "{n} items imported", n).format(n=formats.number(n))


def import_words(count: int) -> str:
    """Return what the last button does."""
    if not count:
        return _("Import")
    return ngettext("Import {n} item", "Import {n} items", count).format(n=formats.number(count))


def _further(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        return formats.short(text, LONGEST)
    if not isinstance(found, Mapping):
        return formats.short(text, LONGEST)
    lines = (f"{name}: {' '.join(str(value).split())}" for name, value in found.items())
    return formats.short(" · ".join(lines), LONGEST)
