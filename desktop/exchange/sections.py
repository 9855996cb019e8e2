"""Lists that people made to be read: headings between the items, sums below each part, notes at the end."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from desktop.exchange.columns import says_total, words_of
from desktop.exchange.headers import is_total
from desktop.exchange.incoming import COLLECTION
from desktop.exchange.problems import Problem, may_tell
from desktop.exchange.tables import Table
from desktop.i18n import _, formats

LONGEST = 80  # characters of a heading
LETTERS = re.compile(r"[^\W\d_]{2}")
FEW = 3  # filled cells of a sum
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Parted:
    """A table without what is no item, and the field of each of its columns; `problems` tell what was left out."""

    table: Table
    fields: list[str]
    problems: list[Problem]


def parted(table: Table, fields: Sequence[str], numbers: Collection[int]) -> Parted:
    """Return the items of a list; the heading above them is their collection, if no column has one.

    `numbers` are the places of columns that count the items. A heading is alone in its row, and not where the names
    are, or among counted items without a number. Where nothing counts, rows that are only a name are headings if the
    list begins with one, each has items with prices below it, and there are two or more: else they are items without
    a price.
    """
    if not {"title", "price"} <= set(fields):
        return Parted(table, list(fields), [])
    title, price = fields.index("title"), fields.index("price")
    plain = {place for place, (number, cells) in enumerate(table.rows) if cells[title].strip() and cells[price].strip()}
    named = [place for place in range(len(table.rows)) if place not in plain and _alone(table.rows[place][1]) == title]
    heads = set(named if numbers or _is_structure(named, plain, len(table.rows)) else ())
    rows: list[Line] = []
    groups: list[str] = []
    problems: list[Problem] = []
    group, opened = "", 0  # the heading that was read last, and its row
    for place, (number, cells) in enumerate(table.rows):
        if _is_sum(cells, title, numbers):
            _tell(problems, number, "total_left_out", _sum(number))
        elif place not in plain and (place in heads or _heads(cells, title, fields)):
            if opened:
                _tell(problems, opened, "note_left_out", _note(opened))
            group, opened = next(cell.strip() for cell in cells if cell.strip()), number
        else:
            if opened:
                _tell(problems, opened, "heading_found", _heading(opened, group))
                opened = 0
            rows.append((number, cells))
            groups.append(group)
    if opened:
        _tell(problems, opened, "note_left_out", _note(opened))
    if len(rows) == len(table.rows):
        return Parted(table, list(fields), [])
    if not any(groups) or COLLECTION in fields or COLLECTION in table.header:
        return Parted(replace(table, rows=rows), list(fields), problems)
    rows = [(number, [*cells, group]) for (number, cells), group in zip(rows, groups, strict=True)]
    return Parted(replace(table, header=[*table.header, COLLECTION], rows=rows), [*fields, COLLECTION], problems)


def _alone(cells: Sequence[str]) -> int:
    """Return the place of the only text of a row, -1 if it has more, or something else than a few words."""
    filled = [place for place, cell in enumerate(cells) if cell and not cell.isspace()]
    text = cells[filled[0]] if len(filled) == 1 else ""
    return filled[0] if len(text) <= LONGEST and "://" not in text and LETTERS.search(text) else -1


def _heads(cells: Sequence[str], title: int, fields: Sequence[str]) -> bool:
    """Say whether the only text of a row stands elsewhere than names do, and is no code."""
    place = _alone(cells)
    is_code = place >= 0 and fields[place] == "id" and any(map(str.isdigit, cells[place]))
    return place not in (-1, title) and not is_code


def _is_structure(named: Sequence[int], priced: Collection[int], rows: int) -> bool:
    """Say whether these rows part a list: it begins with one, all others have prices, and some follow each."""
    follow = all(place + 1 in priced for place in named)
    return len(named) > 1 and named[0] == 0 and follow and len(named) + len(priced) >= rows


def _is_sum(cells: Sequence[str], title: int, numbers: Collection[int]) -> bool:
    if len(cells) - cells.count("") > FEW:
        return False
    if any(cells[place].strip().isdecimal() for place in numbers):
        return False  # it is counted as an item
    said = next((cell for cell in cells if LETTERS.search(cell)), "") if not cells[title].strip() else ""
    return is_total(cells) or (bool(said) and len(said) <= LONGEST and says_total(words_of(said)[0]))


# Sentences


def _tell(problems: list[Problem], row: int, code: str, message: str) -> None:
    if may_tell(problems, row):
        problems.append(Problem(row, "", code, message, warning=True))


def _sum(row: int) -> str:
    return _("Row {row} is a total, and was left out.").format(row=formats.number(row))


def _heading(row: int, group: str) -> str:
    message = _("Row {row} is a heading, “{text}”, and no item.")
    return message.format(row=formats.number(row), text=formats.auto(group))


def _note(row: int) -> str:
    return _("Row {row} says nothing of an item, and was left out.").format(row=formats.number(row))
