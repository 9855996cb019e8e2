"""Lists with a row for each way in which an item is sold: those of Square, Loyverse, Etsy, Salla, Zid and Squarespace.

Their columns say what an option is called and what it is ("Option 1 name", "Option Value 1", "[1] القيمة"), or only
what a variant is called ("Variation Name"). Etsy has one row for an item, and lists in it what each option may be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.exchange.columns import known_word, words_of
from desktop.exchange.feed_variants import GROUP
from desktop.exchange.incoming import Feed
from desktop.exchange.tables import Table
from desktop.exchange.variant_rows import Group, Lines, SoldRow
from desktop.i18n import _

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

    @property
    def fields(self) -> dict[int, str]:
        """None: the words of the others say what they are."""
        return {}

    def groups(self, feed: Feed, lines: Lines) -> Iterator[Group]:
        """Yield the rows of each item.

        They belong together by its handle, or else by its name; one without a name belongs to that above it.
        """
        found: dict[str, list[SoldRow]] = {}
        last = ""
        for (number, cells), (_number, line) in zip(feed.rows, lines, strict=True):
            kind = known_word(line[self.kind], KINDS) if self.kind >= 0 else ""
            if self.listed or kind == KINDS[0]:
                last = f"\n{number}"
            elif not kind:
                last = cells.get(GROUP) or cells.get("title") or last
            found.setdefault(last, []).append(SoldRow(number, cells, _options(line, self)))
        return (Group(rows, listed=self.listed) for rows in found.values())


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


def _options(line: Sequence[str], columns: OptionColumns) -> dict[int, tuple[str, str]]:
    """Return the name and the value of each option; a row that only names them is of the item itself."""
    pairs = {place: (line[n].strip(), line[v].strip()) for place, (n, v) in enumerate(columns.pairs, 1)}
    said = {place: pair for place, pair in pairs.items() if any(pair)}
    called = line[columns.called].strip() if columns.called >= 0 else ""
    return said if any(value for _name, value in said.values()) or not called else {0: (_("Kind"), called)}
