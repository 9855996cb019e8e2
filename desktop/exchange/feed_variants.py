"""The ways in which an item is sold as rows of Meta's feed, and back: rows of one `item_group_id` are one item.

As Meta asks, the rows of a group have the same title, and each says what it is by `size`, `color`, `material` and
`pattern`, or else by `additional_variant_attribute` (name:value, name:value). What those columns cannot say, such as
what an option is called here, stands in a column of our own, which Meta leaves alone.
"""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeGuard

from desktop.data.search import fold
from desktop.exchange.feed_cells import COLUMNS
from desktop.exchange.incoming import Way

GROUP = "item_group_id"
MORE = "additional_variant_attribute"
OURS = "dukkan"  # JSON: the options, the columns that are the way's own, and what the item says otherwise than the row
NAMES = {  # what an option is called that has a column of its own, in folded letters
    "size": ("size", "sizes", "المقاس", "مقاس", "الحجم", "حجم", "القياس", "قياس"),
    "color": ("color", "colour", "colors", "colours", "اللون", "لون", "الألوان"),
    "material": ("material", "fabric", "الخامة", "خامة", "المادة", "مادة", "القماش", "قماش"),
    "pattern": ("pattern", "print", "النقش", "نقش", "النقشة", "نقشة"),
}
KNOWN = {fold(word): column for column, words in NAMES.items() for word in words}
PRICES = ("price", "sale_price")
KEPT = ("id", *PRICES, "availability", "quantity_to_sell_on_facebook")  # what a way keeps for itself
Cells = dict[str, str]


# Out


def option_cells(options: Mapping[str, str]) -> Cells:
    """Return options by the columns that Meta has for them, each column once."""
    cells: Cells = {}
    more = []
    for name, value in options.items():
        column = KNOWN.get(fold(name))
        if column and column not in cells:
            cells[column] = value
        else:
            more.append(f"{_plain(name)}:{_plain(value)}")
    return cells | ({MORE: ", ".join(more)} if more else {})


def way_cells(base: Cells, own: Cells, options: Mapping[str, str], group: str) -> Cells:
    """Return the row of one way: that of its item with the way's own cells, among which "" empties."""
    row = {column: cell for column, cell in (base | own | option_cells(options)).items() if cell}
    row["id"] = own["id"]
    row[GROUP] = group
    return row


def ours(base: Cells, row: Cells, options: Mapping[str, str], own: Sequence[str]) -> str:
    """Return what the column of our own says of a row; `own` are its columns that are no stand-in for the item's."""
    item = {c: base.get(c, "") for c in base | row if c != GROUP and base.get(c, "") != row.get(c, "")}
    if GROUP in base:
        item[GROUP] = base[GROUP]
    return json.dumps({"options": dict(options), "own": list(own), "item": item}, ensure_ascii=False)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[,:]", " ", text).split())


# In


def our_item(rows: Sequence[tuple[int, Cells]]) -> tuple[Cells, tuple[Way, ...]] | None:
    """Return the item whose ways these rows are, and those, as they were written; None for rows that we did not."""
    ways = []
    item: Cells = {}
    for row, cells in rows:
        said = _said(cells)
        if said is None:
            return None
        options, own, theirs = said
        kept = {c: cell for c, cell in cells.items() if c in own or c in KEPT[3:]}
        ways.append(Way(row, options, kept))
        if not item:
            base = {c: cell for c, cell in cells.items() if c not in (GROUP, OURS)} | theirs
            item = _in_order(base)
    return item, tuple(ways)


def _said(cells: Cells) -> tuple[Cells, list[str], Cells] | None:
    """Return what the column of our own says; None where it is missing or somebody else's."""
    with suppress(ValueError, RecursionError):
        said: Any = json.loads(cells.get(OURS, ""))
        if isinstance(said, dict):
            options, own, item = (said.get(name) for name in ("options", "own", "item"))
            if _is_texts(options) and _is_texts(item) and isinstance(own, list):
                return options, own, item
    return None


def _is_texts(value: Any) -> TypeGuard[Cells]:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _in_order(cells: Cells) -> Cells:
    """Return the filled cells in Meta's order, in which they are read."""
    rank = {column: place for place, column in enumerate(COLUMNS)}
    return {c: cells[c] for c in sorted(cells, key=lambda c: rank.get(c, len(rank))) if cells[c]}
