"""Lists with a row for each way in which an item is sold: those of Square, Loyverse, Etsy, Salla, Zid and Squarespace.

Their columns say what an option is called and what it is ("Option 1 name", "Option Value 1", "[1] القيمة"), or only
what a variant is called ("Variation Name"). Etsy has one row for an item, and lists in it what each option may be.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from desktop.exchange.columns import known_word, words_of
from desktop.exchange.feed_variants import GROUP
from desktop.exchange.incoming import Feed, Way
from desktop.exchange.item_groups import OPTIONS, OWN, Cells, Grouped, cheapest, item_of
from desktop.exchange.tables import Table
from desktop.i18n import _
from desktop.services.limits import limit

NUMBERS = {"one": "1", "two": "2", "three": "3"}
OPTION = r"(?:variant )?(?:option|variation|attribute|variant|خيار|سمه) ?"
WORD = r"(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)"
NUMBER = r"(?P<number>\d{1,2})"
HEADINGS = (re.compile(f"{OPTION}{NUMBER} {WORD}"), re.compile(f"{OPTION}{WORD} ?{NUMBER}"))
BRACKETED = re.compile(f"{NUMBER} {WORD}")  # [1] القيمة
NAMED, VALUED = ("name", "اسم", "nom", "nombre"), ("value", "values", "قيمه", "قيم", "valeur", "valor")
LISTED = "values"
CALLED = ("variation name", "variant name", "variant title", "اسم متغير")
HANDLES = ("handle", "product handle", "item handle", "variant group id", "product id non editable")
KINDS = ("item row", "variant row")
SEEN = 200  # rows that tell what a column is


@dataclass(frozen=True)
class OptionColumns:
    """The places of the columns that say how the rows of an item differ.

    `pairs` are those with the name and the value of an option; `called` is that with the name of a whole variant, and
    `kind` that which says whether a row is an item or a variant: -1 for none. `listed` says that a cell has all that
    an option may be, with commas between. `rest` are others of the options that say nothing here.
    """

    pairs: tuple[tuple[int, int], ...]
    called: int
    kind: int
    listed: bool
    rest: tuple[int, ...]

    @property
    def places(self) -> set[int]:
        """All these columns."""
        pairs = {place for pair in self.pairs for place in pair}
        return (pairs | {self.called, self.kind, *self.rest}) - {-1}


def option_columns(table: Table) -> OptionColumns | None:
    """Return the columns of a table that say how the rows of an item differ, None where none does."""
    named: dict[str, int] = {}
    valued: dict[str, int] = {}
    rest: list[int] = []
    called, kind, listed = -1, -1, False
    for place, header in enumerate(table.header):
        words = " ".join(NUMBERS.get(word, word) for word in words_of(header))
        patterns = (*HEADINGS, BRACKETED) if header.lstrip().startswith("[") else HEADINGS
        found = next(filter(None, (pattern.fullmatch(words) for pattern in patterns)), None)
        if words in CALLED:
            called = place
        elif words in ("نوع", "type") and _are_kinds(table, place):
            kind = place
        elif found and found["word"] in NAMED:
            named.setdefault(found["number"], place)
        elif found and found["word"] in VALUED:
            valued.setdefault(found["number"], place)
            listed = listed or found["word"] == LISTED
        elif found:
            rest.append(place)
    pairs = tuple((named[number], valued[number]) for number in named if number in valued)
    return OptionColumns(pairs, called, kind, listed, tuple(rest)) if pairs or called >= 0 else None


def is_handle(header: str) -> bool:
    """Say whether a column has the same for all rows of an item."""
    return " ".join(words_of(header)) in HANDLES


def _are_kinds(table: Table, place: int) -> bool:
    said = {known_word(cells[place], KINDS) for _number, cells in table.rows[:SEEN] if cells[place].strip()}
    return said != set() and "" not in said


# Rows


@dataclass(frozen=True)
class _Row:
    """A row by its fields, and the name and the value of each of its options; the name may be in another row."""

    number: int
    cells: Cells
    options: Mapping[int, tuple[str, str]]

    @property
    def is_way(self) -> bool:
        """Whether any option has a value."""
        return any(value for _name, value in self.options.values())


def joined(feed: Feed, lines: Sequence[tuple[int, list[str]]], columns: OptionColumns) -> Feed:
    """Return a feed with the rows of each item as one, at the place of the first; `lines` are the rows of its table.

    Rows belong to an item by its handle, or else by its name; one without a name belongs to that above it. The code of
    the item is its handle, or that of a row of its own, if it has one; each way has the code of its row. Rows that no
    option tells apart stay items of their own.
    """
    groups: dict[str, list[_Row]] = {}
    last = ""
    for (number, cells), (_number, line) in zip(feed.rows, lines, strict=True):
        kind = known_word(line[columns.kind], KINDS) if columns.kind >= 0 else ""
        if columns.listed or kind == KINDS[0]:
            last = f"\n{number}"
        elif not kind:
            last = cells.get(GROUP) or cells.get("title") or last
        groups.setdefault(last, []).append(_Row(number, cells, _options(line, columns)))
    first: dict[int, Cells] = {}
    ways: dict[int, tuple[Way, ...]] = {}
    gone: set[int] = set()
    for rows in groups.values():
        number = rows[0].number
        if found := _listed(rows[0]) if columns.listed else _ways(rows):
            ways[number], first[number] = found, _item(rows, found)
            gone.update(row.number for row in rows[1:])
            continue
        for row in rows:
            if handle := row.cells.get(GROUP):
                first[row.number] = {"id": handle} | {name: cell for name, cell in row.cells.items() if name != GROUP}
    return replace(feed, rows=Grouped(feed.rows, first, gone), ways=ways)


def _options(line: Sequence[str], columns: OptionColumns) -> dict[int, tuple[str, str]]:
    """Return the name and the value of each option; a row that only names them is of the item itself."""
    pairs = {place: (line[n].strip(), line[v].strip()) for place, (n, v) in enumerate(columns.pairs, 1)}
    said = {place: pair for place, pair in pairs.items() if any(pair)}
    called = line[columns.called].strip() if columns.called >= 0 else ""
    return said if any(value for _name, value in said.values()) or not called else {0: (_("Kind"), called)}


def _ways(rows: Sequence[_Row]) -> tuple[Way, ...]:
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
    cells = [{name: row.cells[name] for name in kept if name in row.cells} for row in sold]
    return tuple(Way(row.number, *each) for row, *each in zip(sold, options, cells, strict=True))


def _listed(row: _Row) -> tuple[Way, ...]:
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
    return tuple(Way(row.number, dict(each), cells) for each, cells in zip(options, own, strict=False))


def _item(rows: Sequence[_Row], ways: Sequence[Way]) -> Cells:
    """Return what the rows of an item say together, with its handle or the code that no way has."""
    head = rows[0]
    code = head.cells.get(GROUP, "")
    if not code and not any("id" in way.cells and way.row == head.number for way in ways):
        code = head.cells.get("id", "")
    same = {name: cell for name, cell in head.cells.items() if all(row.cells.get(name) == cell for row in rows)}
    cells = item_of(code, [(row.number, row.cells) for row in rows]) | cheapest([way.cells for way in ways])
    return cells | {name: cell for name, cell in same.items() if name in OPTIONS}
