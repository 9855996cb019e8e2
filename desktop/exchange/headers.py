"""Where a list begins and ends that people made to be read: below its title, above its totals."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from desktop.exchange.columns import meaning, says_total

LOOKED_AT = 25  # rows, in which a header is found
SURE = 5  # columns that are known: no row has them by chance
WIDEST = 100  # cells of a row that are looked at
PROGRAM = re.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*")  # item_name
LONGEST = 60  # characters of a name of a column

Row = tuple[int, list[str]]  # its number, and its cells


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first filled rows names the columns: 0 unless another surely does.

    That is the first one with two words that are known above columns, or half as many as the one that has most, if they
    are a third of its cells, or five. A row above it that could be a header itself is believed. Without any known word,
    a line that stands alone above rows of several texts is a title.
    """
    seen = [[cell.strip() for cell in row[:WIDEST] if cell.strip()] for row in rows[:LOOKED_AT]]
    if seen and _known(seen[0]) * 2 > max(len(seen[0]), 2):
        return 0  # as in nearly every file
    known = [_known(cells) for cells in seen]
    best = max(known, default=0)
    if best >= 2:
        place = next(place for place, count in enumerate(known) if count >= max(2, best / 2))
        first_is_one = known[0] and len(seen[0]) * 2 >= len(seen[place]) and not any(map(_has_digit, seen[0]))
        return place if not first_is_one and (known[place] * 3 >= len(seen[place]) or known[place] >= SURE) else 0
    if len(seen) > 2 and len(seen[0]) == 1 and not known[0]:
        place = next((place for place, cells in enumerate(seen) if len(cells) > 1), 0)
        if 0 < place < len(seen) - 1 and not any(map(_has_digit, seen[place])) and len(seen[place + 1]) > 2:
            return place
    return 0


def names_columns(cells: Sequence[str]) -> bool:
    """Say whether all that a row has is names of columns: a header once more, in another language or a program's."""
    filled = [cell for cell in cells[:WIDEST] if cell.strip()]
    joined = sum(bool(PROGRAM.fullmatch(cell)) and "_" in cell for cell in filled)
    programs = joined * 2 > len(filled) and all(map(PROGRAM.fullmatch, filled))
    words = len(filled) > 1 and all(map(_is_known, filled)) and _known(filled) > 1
    return len(filled) > 1 and (programs or words)


def is_total(cells: Sequence[str]) -> bool:
    """Say whether a row adds up those above it: one cell says so, and the others are empty or numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    texts = [cell for cell in filled if not _has_digit(cell)]
    return len(texts) == 1 and len(texts[0]) <= LONGEST and says_total(texts[0])


def with_one_header(rows: Sequence[Row]) -> list[Row]:
    """Return the first rows of a table, a header that takes two of them as one with the number of the upper one.

    There, a cell above several says what these have in common; what goes over both rows stands in each, or only in the
    upper one.
    """
    for place, ((number, above), (_number, below)) in enumerate(pairwise(rows)):
        if names := _joined(above, below):
            return [*rows[:place], (number, names), *rows[place + 2 :]]
    return list(rows)


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Return the names of the columns that two rows give together, none where they are no such header."""
    pairs = list(zip_longest(above[:WIDEST], below[:WIDEST], fillvalue=""))
    if not any(b and not a for a, b in pairs) or any(map(_has_digit, below)) or _known(above[:WIDEST]) < 2:
        return []
    names, group, apart = [], "", 0
    for place, (upper, lower) in enumerate(pairs):
        group = upper or group
        is_part = (
            bool(lower) and upper != lower and (not upper or (place + 1 < len(pairs) and _opens(pairs[place + 1])))
        )
        if lower and upper != lower and not is_part:
            return []
        apart += is_part
        names.append(f"{group} {lower}" if is_part else upper)
    return [*names, *above[WIDEST:]] if apart > 1 else []


def _opens(pair: tuple[str, str]) -> bool:
    """Say whether what stands above the cell before goes over this one too."""
    return bool(pair[1]) and not pair[0]


def _known(cells: Sequence[str]) -> int:
    """Return how many different fields the cells of a row name."""
    fields = (meaning(cell).fields for cell in cells if len(cell) <= LONGEST)
    return len({found[0][1] for found in fields if found})


def _is_known(cell: str) -> bool:
    """Say whether a cell is what stands above some column, also one that becomes nothing here."""
    said = meaning(cell)
    return bool(said.fields) or said.other


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))
