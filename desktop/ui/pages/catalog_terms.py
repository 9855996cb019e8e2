"""What the terms and orders of `services.where` are called on the catalog page."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from desktop.i18n import N_, _, formats

STATUS = {
    "on-sale": N_("On sale"),
    "sale-ended": N_("Sale has ended"),
    "out-of-stock": N_("Out of stock"),
    # TRANSLATORS: items that customers do not see.
    "hidden": N_("Hidden"),
    # TRANSLATORS: items that customers see.
    "shown": N_("Shown"),
}
ATTENTION = {
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
}
ORDERS = {
    "": N_("Own order"),
    "name": N_("Name"),
    "price": N_("Price, lowest first"),
    "price-down": N_("Price, highest first"),
    "newest": N_("Newest first"),
    "changed": N_("Changed last"),
}
OTHERS = {"all": N_("All"), "in-stock": N_("In stock")}


def label(term: str, collections: Mapping[str, str]) -> str:
    """Return what to call a term; `collections` are as `where.collection_terms` returns them."""
    if term in collections:
        return collections[term]
    if term.startswith("added="):
        with suppress(ValueError):  # a saved one may hold anything
            first = dt.date.fromisoformat(f"{term.partition('=')[2]}-01")
            # TRANSLATORS: a filter: items that were added in a month, as in "Added in November 2026".
            return _("Added in {month}").format(month=formats.month(first))
    words = STATUS.get(term) or ATTENTION.get(term) or OTHERS.get(term)
    return _(words) if words else formats.auto(term.partition("=")[2] or term)
