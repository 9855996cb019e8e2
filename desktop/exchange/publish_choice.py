"""What was chosen for a form of the catalog, as it is kept, and what it means.

It is kept as JSON with the export (`services.exports`), under these names, all of which may be left out:
- `languages`: codes, the first one leading; `collections`: ids; `base_url`: where it will be found on the web
- `prices`: "retail", "none", or a percentage to add, "-15" for wholesale
- `valid_until`: an ISO date; `note`: a line beside the prices, such as one on VAT
- of Meta's feed: `format`, where the ending of the file does not say it
- of the PDF: `columns` (2, 3, 4, or 0 for a price list), `codes` and `descriptions`: whether each item has them
- of chat messages: `links` and `descriptions`, whether each item has them
- `items`: ids that alone are given out, of what customers see
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy.orm import Session

from desktop.exchange.catalog_pdf import COLUMNS, LIST, Layout
from desktop.exchange.chat_text import Style
from desktop.exchange.offer import Choice
from desktop.i18n import _
from desktop.services.errors import Invalid
from desktop.services.publish import meant
from desktop.services.where import Search, find

Options = Mapping[str, Any]
RETAIL, NO_PRICES = "retail", "none"
OFFER = ("items", "languages", "prices", "collections", "valid_until", "note")  # of every form for customers
SEEN = 9  # items in a preview: nobody looks at more, and the largest shop has to answer at once


def choice_of(options: Options) -> Choice:
    """Return what was chosen, whatever else `options` hold. Raises Invalid("prices") for what is no percentage."""
    collections = tuple(number for number in options.get("collections", ()) if isinstance(number, int))
    languages = tuple(str(language) for language in options.get("languages", ()))
    return Choice(
        languages, _percent(options), collections, _day(options.get("valid_until")), str(options.get("note", ""))
    )


def _percent(options: Options) -> Decimal | None:
    typed = str(options.get("prices", RETAIL)).strip().removesuffix("%")
    if typed in (RETAIL, NO_PRICES):
        return Decimal(0) if typed == RETAIL else None
    try:
        return Decimal(typed)
    except InvalidOperation as error:
        raise Invalid("prices", _("A percentage is a number like 15.")) from error


def _day(iso: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(iso)) if iso else None
    except ValueError:
        return None


def items_of(options: Options) -> list[int] | None:
    """Return the items that alone are given out, None for all that are meant otherwise."""
    return [item for item in options.get("items") or () if isinstance(item, int)] or None


def layout_of(options: Options) -> Layout:
    """Return how the pages of the PDF look."""
    columns = options.get("columns", 3)
    return Layout(
        columns if columns in (LIST, *COLUMNS) else 3,
        bool(options.get("codes", False)),
        descriptions=bool(options.get("descriptions", True)),
    )


def style_of(options: Options) -> Style:
    """Return what chat messages say of each item."""
    return Style(bool(options.get("links", False)), bool(options.get("descriptions", True)))


def first_items(session: Session, options: Options, limit: int = SEEN) -> list[int]:
    """Return the first items that would be given out."""
    if (items := items_of(options)) is not None:
        return items[:limit]
    return find(session, Search("", meant(choice_of(options).collections), ""), limit)
