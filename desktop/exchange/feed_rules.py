"""What Meta does not take in a feed, counted by its cause. From Meta's page on the fields of a catalog."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from desktop.exchange.feed_cells import REQUIRED, read_money
from desktop.i18n import formats, ngettext
from desktop.i18n.formats import number
from desktop.services.catalog import AVAILABILITIES, CONDITIONS
from desktop.services.errors import Invalid
from desktop.services.limits import limit, limits

LENGTHS = ("id", "title", "description", "brand", "product_type", "additional_image_link")
PRICE = re.compile(r"[0-9]+(?:\.[0-9]+)? [A-Z]{3}")
FORMULA = tuple("=+-@\t\r＝＋－＠")  # how a cell begins that a spreadsheet computes, or passes on
META = ("facebook.com", "fb.com", "fb.me", "instagram.com")
OTHER_PICTURES = (".webp", ".gif", ".svg", ".bmp", ".heic", ".heif", ".avif", ".tif", ".tiff")  # than JPEG and PNG


@dataclass(frozen=True)
class Cause:
    """Something that Meta will not like in `column` of `count` items; `code` is a stable word."""

    column: str
    code: str
    count: int
    message: str


class Tally:
    """Counts what is wrong with the rows of one feed."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str]] = Counter()
        self._ids: set[str] = set()

    def add(self, cells: Mapping[str, str]) -> None:
        """Look at the filled cells of a row."""
        self._found.update(_faults(cells))
        code = cells.get("id", "")
        if code and code in self._ids:
            self._found["id", "duplicate_code"] += 1
        self._ids.add(code)

    def causes(self) -> list[Cause]:
        """Return what was found, the most frequent first."""
        return [Cause(*key, count, _message(*key, count)) for key, count in self._found.most_common()]


def _faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield column and code of everything wrong with a row."""
    for column in REQUIRED:
        if column not in cells and not (column == "brand" and ("gtin" in cells or "mpn" in cells)):
            yield column, "missing"
    for column in LENGTHS:
        if len(cells.get(column, "")) > limit(f"feed.{column}"):
            yield column, "too_long"
    title, description = cells.get("title", ""), cells.get("description", "")
    if title.startswith(FORMULA):
        yield "title", "looks_like_formula"
    if description and description == title:
        yield "description", "same_as_title"
    if description.isupper():
        yield "description", "all_capitals"
    if "http://" in description or "https://" in description:
        yield "description", "has_link"
    for column in ("price", "sale_price"):
        if column in cells and _amount(cells[column]) is None:
            yield column, "price_unreadable"
    price, sale = (_amount(cells.get(column, "")) for column in ("price", "sale_price"))
    if price is not None and sale is not None and sale >= price:
        yield "sale_price", "sale_not_below"
    for column, known in (("availability", AVAILABILITIES), ("condition", CONDITIONS)):
        if cells.get(column, known[0]) not in known:
            yield column, "word_unknown"
    for column in ("link", "image_link"):
        if column in cells and not _address(cells[column]).hostname:
            yield column, "address_unreadable"
    if (_address(cells.get("link", "")).hostname or "").endswith(META):
        yield "link", "link_of_meta"
    if _address(cells.get("image_link", "")).path.lower().endswith(OTHER_PICTURES):
        yield "image_link", "picture_format"
    if cells.get("additional_image_link", "").count(",") >= limit("feed.additional_images"):
        yield "additional_image_link", "too_many"


def _amount(cell: str) -> int | None:
    """Return a price written as Meta reads it, in the smallest unit of its currency, or None."""
    with suppress(Invalid):
        return read_money(cell, "")[0] if PRICE.fullmatch(cell) else None
    return None


def _address(cell: str) -> SplitResult:
    try:
        return urlsplit(cell)
    except ValueError:
        return urlsplit("")


def _message(column: str, code: str, n: int) -> str:
    """Say what is wrong with `n` items, in one sentence."""
    sentences = {
        "missing": ngettext(
            "{n} item has nothing in the column {column}, which Meta asks for.",
            "{n} items have nothing in the column {column}, which Meta asks for.",
            n,
        ),
        "too_long": ngettext(
            "{n} item has more than {limit} characters in the column {column}: Meta refuses it.",
            "{n} items have more than {limit} characters in the column {column}: Meta refuses them.",
            n,
        ),
        "duplicate_code": ngettext(
            "{n} item has the code of another one: Meta ignores all of that code.",
            "{n} items have the code of another one: Meta ignores all of that code.",
            n,
        ),
        "looks_like_formula": ngettext(
            "{n} name begins like a formula: do not open the file in a spreadsheet before you upload it.",
            "{n} names begin like a formula: do not open the file in a spreadsheet before you upload it.",
            n,
        ),
        "same_as_title": ngettext(
            "{n} description only repeats the name: Meta asks for more.",
            "{n} descriptions only repeat the name: Meta asks for more.",
            n,
        ),
        "all_capitals": ngettext(
            "{n} description is all in capital letters: Meta refuses it.",
            "{n} descriptions are all in capital letters: Meta refuses them.",
            n,
        ),
        "has_link": ngettext(
            "{n} description has a link in it: Meta refuses it.",
            "{n} descriptions have a link in them: Meta refuses them.",
            n,
        ),
        "price_unreadable": ngettext(
            "{n} item has something else than a price in the column {column}: Meta refuses it.",
            "{n} items have something else than a price in the column {column}: Meta refuses them.",
            n,
        ),
        "sale_not_below": ngettext(
            "{n} item has a sale price that is not below its price.",
            "{n} items have a sale price that is not below their price.",
            n,
        ),
        "address_unreadable": ngettext(
            "{n} item has something else than a web address in the column {column}: Meta refuses it.",
            "{n} items have something else than a web address in the column {column}: Meta refuses them.",
            n,
        ),
        "word_unknown": ngettext(
            "{n} item has a word in the column {column} that Dukkan does not know: Meta may refuse it.",
            "{n} items have a word in the column {column} that Dukkan does not know: Meta may refuse them.",
            n,
        ),
        "link_of_meta": ngettext(
            "{n} link leads to Facebook or Instagram: Meta asks for the shop's own website.",
            "{n} links lead to Facebook or Instagram: Meta asks for the shop's own website.",
            n,
        ),
        "picture_format": ngettext(
            "{n} picture is in a format that Meta does not take: it asks for JPEG or PNG.",
            "{n} pictures are in a format that Meta does not take: it asks for JPEG or PNG.",
            n,
        ),
        "too_many": ngettext(
            "{n} item has more pictures than Meta takes.", "{n} items have more pictures than Meta takes.", n
        ),
    }
    most = limits().get(f"feed.{column}")
    return sentences[code].format(n=number(n), column=formats.ltr(column), limit=number(most.limit) if most else "")
