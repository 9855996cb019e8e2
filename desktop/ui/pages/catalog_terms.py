"""What the items of the catalog are found by, and what that is called: the terms and orders of `services.where`."""

import datetime as dt

from desktop.data.models import Collection, CollectionItem, Picture, Product, ProductText, SavedSearch
from desktop.data.search import read_words
from desktop.i18n import N_, _, formats
from desktop.services.catalog import count_products
from desktop.services.where import ANY, collection_terms, count_terms, find, find_first
from desktop.ui.pages.kind import Kind


def _say(name: str, value: str) -> str:
    if name != "added":
        return ""
    first = dt.date.fromisoformat(f"{value}-01")
    # TRANSLATORS: a filter: items that were added in a month, as in "Added in November 2026".
    return _("Added in {month}").format(month=formats.month(first))


ITEMS = Kind(
    model=Product,
    find=find,
    find_first=find_first,
    total=count_products,
    read=read_words,
    status={
        "on-sale": N_("On sale"),
        "sale-ended": N_("Sale has ended"),
        "out-of-stock": N_("Out of stock"),
        # TRANSLATORS: items that customers do not see.
        "hidden": N_("Hidden"),
        # TRANSLATORS: items that customers see.
        "shown": N_("Shown"),
    },
    attention={
        "no-picture": N_("No picture"),
        "small-picture": N_("Small picture"),
        "no-price": N_("No price"),
        "sale-not-below": N_("Sale price not below the price"),
        "duplicate-code": N_("Code used twice"),
        "duplicate-name": N_("Name used twice"),
        "long-text": N_("Text too long"),
        "no-translation": N_("Translation missing"),
        "no-description": N_("No description"),
        "no-code": N_("No item code"),
        "no-brand": N_("No brand"),
        "no-link": N_("No link"),
        "unchanged-year": N_("Unchanged for a year"),
    },
    others={"all": N_("All"), "in-stock": N_("In stock")},
    orders={
        "": N_("Own order"),
        "name": N_("Name"),
        "price": N_("Price, lowest first"),
        "price-down": N_("Price, highest first"),
        "newest": N_("Newest first"),
        "changed": N_("Changed last"),
    },
    say=_say,
    group=ANY,
    groups=collection_terms,
    count=count_terms,
    counted=(Product, ProductText, Picture, Collection, CollectionItem),
    listed=(Collection, SavedSearch),
)
