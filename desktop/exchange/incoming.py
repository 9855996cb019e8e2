"""Items on their way in, whatever they were read from: by Meta's names of columns, the ways they are sold included."""

from dataclasses import dataclass, field
from functools import cached_property

from desktop.exchange.tables import Problem

COLLECTION = "collection"  # a cell with a name of a collection on each line


@dataclass(frozen=True)
class Way:
    """One way in which an item is sold: the row it was in, its options in order, and its own cells."""

    row: int
    options: dict[str, str]
    cells: dict[str, str]


@dataclass(frozen=True)
class Feed:
    """Rows of items: each with its number, and its filled cells by Meta's name of the column, in Meta's order.

    `ways` has, by the number of a row, the ways of its item. Columns that Meta does not know are under their own names.
    """

    rows: list[tuple[int, dict[str, str]]]
    problems: list[Problem] = field(default_factory=list)
    ways: dict[int, tuple[Way, ...]] = field(default_factory=dict)

    @cached_property
    def columns(self) -> list[str]:
        """The columns that are filled in any row."""
        return list(dict.fromkeys(column for _row, cells in self.rows for column in cells))
