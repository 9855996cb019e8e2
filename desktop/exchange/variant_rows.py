"""Rows that say together in which ways an item is sold, as one: how other shops' lists write variants.

Each kind of list says by its columns which rows belong together, and what each of them is; the rest is alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Protocol

from desktop.exchange.feed_variants import GROUP, PRICES
from desktop.exchange.incoming import Feed, Way
from desktop.exchange.item_groups import OPTIONS, OWN, Cells, Grouped, cheapest, item_of, most_available
from desktop.services.limits import limit

Lines = Sequence[tuple[int, list[str]]]
Options = Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class SoldRow:
    """A row by its fields, and the name and the value of each of its options; the name may be in another row."""

    number: int
    cells: Cells
    options: Options

    @property
    def is_way(self) -> bool:
        """Whether any option has a value."""
        return any(value for _name, value in self.options.values())


@dataclass(frozen=True)
class Group:
    """The rows of one item, the first of which may be of the item itself.

    `listed` says that the only row has all that each option may be, with commas between. Rows that are `told` said
    something of others, which have it now. `rewritten` says that cells are other than they were read.
    """

    rows: list[SoldRow]
    told: Sequence[int] = ()
    listed: bool = False
    rewritten: bool = False


class VariantColumns(Protocol):
    """What in a table says how the rows of an item differ."""

    @property
    def places(self) -> set[int]:
        """The columns that say nothing else."""

    @property
    def fields(self) -> Mapping[int, str]:
        """The columns that are a field whatever their words may mean elsewhere."""

    def groups(self, feed: Feed, lines: Lines) -> Iterable[Group]:
        """Yield the items of a feed with their rows; `lines` are the rows of its table."""


def joined(feed: Feed, lines: Lines, columns: VariantColumns) -> Feed:
    """Return a feed with the rows of each item as one, at the place of the first; `lines` are the rows of its table.

    The code of the item is its handle, or that of a row of its own, if it has one; each way has the code of its row,
    and the prices of the item if it says none. Rows that no option tells apart stay items of their own.
    """
    first: dict[int, Cells] = {}
    ways: dict[int, tuple[Way, ...]] = {}
    gone: set[int] = set()
    for group in columns.groups(feed, lines):
        rows = group.rows
        gone.update(group.told)
        number = rows[0].number
        if found := _listed(rows[0]) if group.listed else _ways(rows):
            ways[number], first[number] = found, _item(rows, found)
            gone.update(row.number for row in rows[1:])
            continue
        for row in rows:
            if handle := row.cells.get(GROUP):
                first[row.number] = {"id": handle} | {name: cell for name, cell in row.cells.items() if name != GROUP}
            elif group.rewritten:
                first[row.number] = row.cells
    return replace(feed, rows=Grouped(feed.rows, first, gone), ways=ways)


def _ways(rows: Sequence[SoldRow]) -> tuple[Way, ...]:
    """Return the ways that the rows of an item are; none where they are not told apart.

    The first row may be of the item itself. A single one that is only called something ("Regular") is no variant.
    """
    sold = [row for row in rows if row.is_way]
    if not all(row.is_way for row in rows[1:]) or (len(sold) == 1 and 0 in sold[0].options):
        return ()
    names = {place: name for row in reversed(rows) for place, (name, _value) in row.options.items() if name}
    options = [
        {names.get(place, f"Option {place}"): value for place, (_name, value) in row.options.items() if value}
        for row in sold
    ]
    if len({tuple(each.items()) for each in options}) < len(sold):
        return ()
    kept = (*OWN, "image_link")
    cells = [{name: cell for name, cell in row.cells.items() if name in kept} for row in sold]
    if not rows[0].is_way:
        common = {name: cell for name, cell in rows[0].cells.items() if name in PRICES}
        cells = [each if "price" in each else common | each for each in cells]
    return tuple(Way(row.number, *each) for row, *each in zip(sold, options, cells, strict=True))


def _listed(row: SoldRow) -> tuple[Way, ...]:
    """Return every way in which a row's options go together, with the codes of the row if it has as many."""
    several = [
        [(name or f"Option {place}", part.strip()) for part in values.split(",") if part.strip()]
        for place, (name, values) in row.options.items()
    ]
    if not any(several) or prod(map(len, several)) > limit("variant.variants"):
        return ()
    options = list(dict.fromkeys(product(*several)))
    codes = [code.strip() for code in row.cells.get("id", "").split(",")]
    own = [{"id": code} if len(codes) == len(options) and code else {} for code in (*codes, *[""] * len(options))]
    said = {name: cell for name, cell in row.cells.items() if name == "availability"}
    own = [said | each for each in own]
    return tuple(Way(row.number, dict(each), cells) for each, cells in zip(options, own, strict=False))


def _item(rows: Sequence[SoldRow], ways: Sequence[Way]) -> Cells:
    """Return what the rows of an item say together, with its handle or the code that no way has."""
    head = rows[0]
    code = head.cells.get(GROUP, "")
    if not code and not any("id" in way.cells and way.row == head.number for way in ways):
        code = head.cells.get("id", "")
    same = {name: cell for name, cell in head.cells.items() if all(row.cells.get(name) == cell for row in rows)}
    cells = item_of(code, [(row.number, row.cells) for row in rows]) | cheapest([way.cells for way in ways])
    if not head.is_way:  # it is of the item itself, so what it says of that counts
        said = [way.cells["availability"] for way in ways if "availability" in way.cells]
        cells |= {"availability": most_available(said)} if said else {}
        cells |= {name: head.cells[name] for name in ("title", "status") if name in head.cells}
    return cells | {name: cell for name, cell in same.items() if name in OPTIONS}
