"""Rows of one item_group_id are one item that is sold in several ways, as Meta and Google write variants."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from desktop.exchange.feed_cells import BETWEEN, COLUMNS, ORDERED, availability_word
from desktop.exchange.feed_variants import GROUP, KEPT, MORE, OURS, our_item
from desktop.exchange.incoming import Feed, Rows, Way
from desktop.i18n import numbers
from desktop.services.catalog import AVAILABILITIES
from desktop.services.errors import Invalid

OPTIONS = ("color", "size", "material", "pattern")
OWN = (*KEPT, "gtin", "mpn")  # of a way, not of the item
PICTURES = ("image_link", "additional_image_link")

Cells = dict[str, str]


def grouped(feed: Feed, columns: Collection[str]) -> Feed:
    """Return a feed with each group of rows that differ in their options as one item, at the place of its first row.

    What Dukkan has written comes back as it was. Else the code of the item is the group's, and each way has the code of
    its row. A single row, and rows that no option tells
    apart, stay items of their own.
    """
    if GROUP not in columns:
        return feed
    sizes = Counter(feed.column(GROUP))
    if OURS not in columns and all(count == 1 for group, count in sizes.items() if group):
        return feed
    groups: dict[str, list[tuple[int, Cells]]] = {}
    for row, cells in feed.rows:
        if (group := cells.get(GROUP, "")) and (sizes[group] > 1 or OURS in cells):
            groups.setdefault(group, []).append((row, cells))
    first: dict[int, Cells] = {}
    ways: dict[int, tuple[Way, ...]] = {}
    gone: set[int] = set()
    for group, rows in groups.items():
        if ours := our_item(rows):
            first[rows[0][0]], ways[rows[0][0]] = ours
            gone.update(row for row, _cells in rows[1:])
            continue
        if len(rows) == 1:
            continue
        options = [read_options(cells) for _row, cells in rows]
        if all(options) and len({tuple(each.items()) for each in options}) == len(rows):
            number = rows[0][0]
            first[number] = item_of(group, rows)
            ways[number] = tuple(
                Way(row, each, {name: cells[name] for name in (*OWN, PICTURES[0]) if name in cells})
                for (row, cells), each in zip(rows, options, strict=True)
            )
            gone.update(row for row, _cells in rows[1:])
    return replace(feed, rows=Grouped(feed.rows, first, gone), ways=ways)


def read_options(cells: Mapping[str, str]) -> dict[str, str]:
    """Return what tells a row from the others of its group."""
    found = {name: cells[name].strip() for name in OPTIONS if name in cells}
    for part in re.split(r"(?<!\\),", cells.get(MORE, "")):
        name, colon, value = part.replace("\\,", ",").partition(":")
        if colon and name.strip() and value.strip():
            found[name.strip()] = value.strip()
    return found


class Grouped(Rows):
    """Rows, some of which stand for others that are gone."""

    def __init__(self, rows: Collection[tuple[int, Cells]], first: Mapping[int, Cells], gone: set[int]) -> None:
        self._rows, self._first, self._gone = rows, first, gone

    def __len__(self) -> int:
        return len(self._rows) - len(self._gone)

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        for row, cells in self._rows:
            if row not in self._gone:
                yield row, self._first.get(row, cells)


def item_of(group: str, rows: Sequence[tuple[int, Cells]]) -> Cells:
    """Return what the rows of a group say together: what they agree in, and what belongs to items only."""
    kept = {
        name: cell for name, cell in rows[0][1].items() if name not in (*OWN, *OPTIONS, *PICTURES, GROUP, MORE, OURS)
    }
    cells = {"id": group, **kept, "title": _title([row["title"] for _number, row in rows if "title" in row] or [""])}
    cells["status"] = next((said for _number, row in rows if (said := row.get("status", "")) != "archived"), "archived")
    addresses = [row[name] for name in PICTURES for _number, row in rows if name in row]
    pictures = dict.fromkeys(part for cell in addresses for part in BETWEEN.split(cell))
    image, *more = [*pictures, ""]
    cells |= {"image_link": image, "additional_image_link": ",".join(filter(None, more))}
    cells |= cheapest([row for _number, row in rows])
    cells["availability"] = most_available(row.get("availability", AVAILABILITIES[0]) for _number, row in rows)
    rank = {column: place for place, column in enumerate(COLUMNS)}
    return {c: cells[c] for c in sorted(cells, key=lambda c: rank.get(c, len(rank))) if cells[c]}


def most_available(said: Iterable[str]) -> str:
    """Return what an item says of which each way says so much: in stock if any is, else what can be ordered."""
    found = []
    for cell in said:
        with suppress(Invalid):
            found.append(availability_word(cell))
    return next((word for word in (AVAILABILITIES[0], *ORDERED) if word in found or not found), AVAILABILITIES[1])


def cheapest(rows: Sequence[Cells]) -> Cells:
    """Return the prices of the way that costs least, which are the item's."""

    def amount(row: Cells) -> Decimal:
        try:
            return numbers.parse_decimal(row["price"])
        except ValueError:
            return Decimal("Infinity")

    priced = sorted((row for row in rows if "price" in row), key=amount)
    return {name: priced[0][name] for name in ("price", "sale_price") if priced and name in priced[0]}


def _title(titles: Sequence[str]) -> str:
    """Return what the names of all ways begin with, or the first of them where that says nothing."""
    words = zip(*(title.split() for title in titles), strict=False)
    shared = " ".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, words)).rstrip(" -–—/|,:;(")
    return shared if len(shared) >= 3 else titles[0]
