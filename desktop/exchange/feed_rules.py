"""What Meta does not take in a feed, or cuts short, looked for column by column. From its page on catalog fields.

What the program knows by itself, without writing a feed (`services.problems`), is said in its words and mended by its
remedies; the rest is said here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from desktop.exchange.feed_cells import REQUIRED, WORDS, read_money
from desktop.i18n import formats, ngettext, numbers
from desktop.i18n.formats import number
from desktop.services.catalog import CONDITIONS
from desktop.services.errors import Invalid
from desktop.services.limits import limit, limits
from desktop.services.problems import Problem

Weight = Literal["refused", "cut", "warned"]
Columns = Mapping[str, Sequence[str]]
Found = Iterator[tuple[str, str, list[int]]]  # a column, a code, and the places of the rows

LENGTHS = ("id", "title", "description", "brand", "product_type", "additional_image_link")
PRICE = re.compile(r"([0-9]{1,15})(?:\.([0-9]+))? ([A-Z]{3})")
FORMULA = frozenset("=+-@\t\r＝＋－＠")  # how a cell begins that a spreadsheet computes, or passes on
ADDRESS = re.compile(r"https?://[^\s/?#:\[]", re.IGNORECASE)
META = re.compile(
    r"https?://(?:[^/?#]*[.@])?(?:facebook\.com|fb\.com|fb\.me|instagram\.com)(?:[/:?#]|$)", re.IGNORECASE
)
OTHER_ENDINGS = (".webp", ".gif", ".svg", ".bmp", ".heic", ".heif", ".avif", ".tif")  # than those of JPEG and PNG
OTHER_PICTURE = re.compile(r"[^?#]*\.(?:webp|gif|svg|bmp|hei[cf]|avif|tiff?)(?:[?#]|$)", re.IGNORECASE)
LINK = re.compile(r"https?://", re.IGNORECASE)
AVAILABILITIES = tuple(word for word in WORDS if word != "backorder")  # which Google alone knows
KINDS = {  # what `services.problems` calls the same
    ("id", "missing"): "no-code",
    ("id", "too_long"): "long-code",
    ("id", "duplicate_code"): "duplicate-code",
    ("title", "too_long"): "long-text",
    ("description", "too_long"): "long-text",
    ("description", "missing"): "no-description",
    ("description", "same_as_title"): "same-text",
    ("description", "all_capitals"): "capitals",
    ("description", "has_link"): "link-in-text",
    ("price", "missing"): "no-price",
    ("sale_price", "sale_not_below"): "sale-not-below",
    ("link", "missing"): "no-link",
    ("link", "link_of_meta"): "meta-link",
    ("image_link", "missing"): "no-picture",
    ("image_link", "picture_format"): "picture-format",
    ("image_link", "too_small"): "small-picture",
    ("additional_image_link", "too_many"): "many-pictures",
    ("brand", "missing"): "no-brand",
}
WEIGHTS: dict[str, Weight] = {  # of the codes that are not "refused"
    "long_title": "cut",
    "too_many": "cut",
    "looks_like_formula": "warned",
    "same_as_title": "warned",
    "word_unknown": "warned",
}


@dataclass(frozen=True)
class Cause:
    """Something that Meta will not like in `column` of `count` items; `code` is a stable word."""

    column: str
    code: str
    count: int

    @property
    def kind(self) -> str:
        """What `services.problems` calls it, "" where it does not know it."""
        return KINDS.get((self.column, self.code), "")

    @property
    def weight(self) -> Weight:
        """Whether Meta refuses the item, cuts what is in it short, or only warns of it."""
        return WEIGHTS.get(self.code, "refused")

    @property
    def message(self) -> str:
        """What is wrong, in one translated sentence with the number."""
        if self.kind:
            problem = Problem(self.kind, self.count)
            return f"{problem.sentence}. {problem.why}"
        return _message(self.column, self.code, self.count)


class Rules:
    """Looks at the rows of one feed, some thousands at a time.

    `placed` says whether pictures of the shop have addresses; without one their rows cannot have any.
    """

    def __init__(self, placed: bool = True) -> None:
        self._placed = placed
        self._ids: set[str] = set()
        self._found: Counter[tuple[str, str]] = Counter()

    def look(self, table: Columns, items: Sequence[int]) -> dict[tuple[str, str], list[int]]:
        """Return the places of the rows that have something wrong, by its column and its code.

        `items` says which item each row is of: they are counted, for rows can be the ways of one.
        """
        found: dict[tuple[str, str], list[int]] = {}
        for check in CHECKS:
            for column, code, places in check(table):
                if places:
                    found[column, code] = places
        if twice := self._twice(table["id"]):
            found["id", "duplicate_code"] = twice
        if not self._placed and (places := found.pop(("image_link", "missing"), [])):
            found["image_link", "no_address"] = places
        self._found.update({key: len({items[place] for place in places}) for key, places in found.items()})
        return found

    def causes(self) -> list[Cause]:
        """Return what was found so far, the most frequent first."""
        return [Cause(*key, count) for key, count in self._found.most_common()]

    def _twice(self, ids: Sequence[str]) -> list[int]:
        new = set(ids)
        if len(new) == len(ids) and "" not in new and self._ids.isdisjoint(new):
            self._ids |= new
            return []
        twice = []
        for place, code in enumerate(ids):
            if code and code in self._ids:
                twice.append(place)
            self._ids.add(code)
        return twice


def _missing(table: Columns) -> Found:
    for column in REQUIRED:
        if "" in table[column]:
            places = [place for place, cell in enumerate(table[column]) if not cell]
            if column == "brand":
                others = [table[name] for name in ("gtin", "mpn") if name in table]
                places = [place for place in places if not any(cells[place] for cells in others)]
            yield column, "missing", places


def _lengths(table: Columns) -> Found:
    for column in LENGTHS:
        if column in table and max(map(len, table[column])) > (most := limit(f"feed.{column}")):
            yield column, "too_long", [place for place, cell in enumerate(table[column]) if len(cell) > most]
    shown, most = limits()["feed.title"].warn, limit("feed.title")
    if shown:
        yield "title", "long_title", [p for p, title in enumerate(table["title"]) if shown < len(title) <= most]


def _texts(table: Columns) -> Found:
    titles, descriptions = table["title"], table["description"]
    yield "title", "looks_like_formula", [place for place, title in enumerate(titles) if title[:1] in FORMULA]
    pairs = enumerate(zip(titles, descriptions, strict=True))
    yield "description", "same_as_title", [place for place, (title, text) in pairs if text and text == title]
    yield "description", "all_capitals", [p for p, text in enumerate(descriptions) if text.isascii() and text.isupper()]
    yield "description", "has_link", [p for p, text in enumerate(descriptions) if "://" in text and LINK.search(text)]


def _prices(table: Columns) -> Found:
    columns = [column for column in ("price", "sale_price") if column in table]
    amounts = {cell: _amount(cell) for column in columns for cell in set(table[column])}
    for column in columns:
        bad = {cell for cell in set(table[column]) if cell and amounts[cell] is None}
        yield column, "price_unreadable", _of(table[column], bad)
    if "sale_price" in table:
        pairs = list(zip(table["price"], table["sale_price"], strict=True))
        wrong = {(was, now) for was, now in set(pairs) if now and not _is_below(amounts[now], amounts[was])}
        yield "sale_price", "sale_not_below", [place for place, pair in enumerate(pairs) if pair in wrong]


def _is_below(sale: int | None, price: int | None) -> bool:
    """Say whether a sale price is one; one that is not even readable is told as that."""
    return sale is None or (price is not None and sale < price)


def _words(table: Columns) -> Found:
    for column, known in (("availability", AVAILABILITIES), ("condition", CONDITIONS)):
        yield column, "word_unknown", _of(table[column], set(table[column]).difference(known, {""}))


def _addresses(table: Columns) -> Found:
    links, pictures = table["link"], table["image_link"]
    for column, cells in (("link", links), ("image_link", pictures)):
        yield column, "address_unreadable", [p for p, cell in enumerate(cells) if cell and not ADDRESS.match(cell)]
    yield "link", "link_of_meta", _matching(links, META, ("facebook.com", "fb.com", "fb.me", "instagram.com"))
    yield "image_link", "picture_format", _matching(pictures, OTHER_PICTURE, OTHER_ENDINGS)
    if "additional_image_link" in table:
        most = limit("feed.additional_images")
        cells = table["additional_image_link"]
        yield "additional_image_link", "too_many", [p for p, cell in enumerate(cells) if cell.count(",") >= most]


def _matching(cells: Sequence[str], pattern: re.Pattern[str], words: Sequence[str]) -> list[int]:
    """Return the places of the cells that a pattern matches, which has one of `words` in it: hardly any block does."""
    text = "\n".join(cells).lower()
    if not any(word in text for word in words):
        return []
    return [place for place, cell in enumerate(cells) if pattern.match(cell)]


def _of(cells: Sequence[str], wrong: set[str]) -> list[int]:
    return [place for place, cell in enumerate(cells) if cell in wrong] if wrong else []


CHECKS: tuple[Callable[[Columns], Found], ...] = (_missing, _lengths, _texts, _prices, _words, _addresses)


def _amount(cell: str) -> int | None:
    """Return a price written as Meta reads it, in the smallest unit of its currency, or None."""
    read = PRICE.fullmatch(cell)
    places = _places(read[3]) if read else None
    if read is None or places is None or len(read[2] or "") > places:
        return None
    return int(read[1] + (read[2] or "").ljust(places, "0"))


@lru_cache
def _places(currency: str) -> int | None:
    """Return how many decimals prices have in a currency, None for what is none."""
    with suppress(Invalid):
        read_money(f"1 {currency}", "")
        return numbers.exponent(currency)
    return None


def _message(column: str, code: str, n: int) -> str:
    """Say what is wrong with `n` items, in one sentence."""
    sentences = {
        "missing": ngettext(
            "{n} item has nothing in the column {column}, which Meta asks for.",
            "{n} items have nothing in the column {column}, which Meta asks for.",
            n,
        ),
        "no_address": ngettext(
            "{n} item has no picture on the web: say where your pictures will be, or export an upload folder.",
            "{n} items have no picture on the web: say where your pictures will be, or export an upload folder.",
            n,
        ),
        "too_long": ngettext(
            "{n} item has more than {limit} characters in the column {column}: Meta refuses it.",
            "{n} items have more than {limit} characters in the column {column}: Meta refuses them.",
            n,
        ),
        "long_title": ngettext(
            "{n} name is longer than {warn} characters: Meta shows only its beginning.",
            "{n} names are longer than {warn} characters: Meta shows only their beginning.",
            n,
        ),
        "looks_like_formula": ngettext(
            "{n} name begins like a formula: do not open the file in a spreadsheet before you upload it.",
            "{n} names begin like a formula: do not open the file in a spreadsheet before you upload it.",
            n,
        ),
        "price_unreadable": ngettext(
            "{n} item has something else than a price in the column {column}: Meta refuses it.",
            "{n} items have something else than a price in the column {column}: Meta refuses them.",
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
    }
    most = limits().get(f"feed.{column}")
    named = {"limit": number(most.limit), "warn": number(most.warn or 0)} if most else {"limit": "", "warn": ""}
    return sentences[code].format(n=number(n), column=formats.ltr(column), **named)
