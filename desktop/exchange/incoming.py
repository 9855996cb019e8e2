"""Items on their way in, whatever they were read from: by Meta's names of columns, the ways they are sold included."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.exchange.tables import Problem

COLLECTION = "collection"  # a cell with a name of a collection on each line
SAID = ("title", "description")  # what an item says in other languages too: title:en, description:en


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an item is sold: the row it was in, its options in order, and its own cells."""

    row: int
    options: dict[str, str]
    cells: dict[str, str]


class Rows(Collection[tuple[int, dict[str, str]]]):
    """Rows that are made while they are gone through, so that they are not kept beside the table they come from."""

    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of one column, "" where it has none."""
        return (cells.get(name, "") for _row, cells in self)


@dataclass(frozen=True)
class Feed:
    """Rows of items: each with its number, and its filled cells by Meta's name of the column, in Meta's order.

    `rows` can be gone through again and again. `ways` has, by the number of a row, the ways of its item. Columns that
    Meta does not know are under their own names. `headers` has, by Meta's name, what the source calls a column itself.
    """

    rows: Collection[tuple[int, dict[str, str]]]
    problems: list[Problem] = field(default_factory=list)
    ways: Mapping[int, tuple[Way, ...]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> list[str]:
        """The columns that are filled in any row."""
        return list(dict.fromkeys(column for _row, cells in self.rows for column in cells))

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of one column, "" where it has none."""
        if isinstance(self.rows, Rows):
            return self.rows.column(name)
        return (cells.get(name, "") for _row, cells in self.rows)


def headers_of(header: Sequence[str], names: Sequence[str], of: Mapping[str, str]) -> dict[str, str]:
    """Return what a table calls its columns by Meta's names: its columns have the `names`, and Meta's mean those `of`
    them."""
    called = dict(zip(reversed(names), reversed(header), strict=True))  # the first of several
    return {column: called[name] for column, name in of.items() if name in called}


def in_language(column: str) -> tuple[str, str]:
    """Return the column of the shop's language, and the language, of one such as title:en; "" for any other."""
    name, _colon, language = column.partition(":")
    return (name, language) if name in SAID and language else (column, "")
