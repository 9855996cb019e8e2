"""What mends all problems of one cause in items on their way in, before they are planned again."""

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Literal

from desktop.exchange.feed_cells import UNREADABLE, line
from desktop.exchange.incoming import Feed, Rows, Way
from desktop.exchange.tables import Problem

Kind = Literal["codes", "names", "leave"]
Cells = dict[str, str]
LEAVABLE = frozenset(UNREADABLE) - {"price"}  # an item without a price is another item


@dataclass(frozen=True)
class Fix:
    """Give rows with the code of another a code of their own ("codes"), name those without a name by their code
    ("names"), or leave out these cells of `column` ("leave")."""

    kind: Kind
    column: str = ""
    rows: frozenset[int] = frozenset()


def fix_for(problem: Problem) -> Fix | None:
    """Return what mends problems such as this one, without the rows it is for."""
    if problem.code == "duplicate_code":
        return Fix("codes")
    if problem.code == "name_missing":
        return Fix("names")
    if problem.code == "sale_not_below":
        return Fix("leave", "sale_price")
    if problem.column in LEAVABLE and problem.code == UNREADABLE[problem.column]:
        return Fix("leave", problem.column)
    return None


def fix_all(fix: Fix, problems: Collection[Problem]) -> Fix:
    """Return a fix for the rows of these problems."""
    return replace(fix, rows=frozenset(problem.row for problem in problems))


def mended(feed: Feed, fixes: Set[Fix]) -> Feed:
    """Return a feed with its fixes done. Nothing is kept of it twice: rows are mended as they are gone through."""
    if not fixes:
        return feed
    codes = _new_codes(feed, frozenset().union(*(fix.rows for fix in fixes if fix.kind == "codes")))
    left: dict[int, set[str]] = {}
    named: set[int] = set()
    for fix in fixes:
        for row in fix.rows:
            if fix.kind == "leave":
                left.setdefault(row, set()).add(fix.column)
            elif fix.kind == "names":
                named.add(row)

    def change(row: int, cells: Cells) -> Cells:
        if row in codes:
            cells = cells | {"id": codes[row]}
        if row in named and not line(cells.get("title", "")) and (code := line(cells.get("id", ""))):
            cells = cells | {"title": code}
        if row in left:
            cells = {name: cell for name, cell in cells.items() if name not in left[row]}
        return cells

    touched = frozenset(codes) | named | frozenset(left)
    ways: Mapping[int, tuple[Way, ...]] = feed.ways
    if left:
        ways = {
            row: tuple(replace(way, cells=change(way.row, way.cells)) if way.row in left else way for way in found)
            for row, found in feed.ways.items()
        }
    return replace(feed, rows=_Mended(feed.rows, touched, change), ways=ways)


def _new_codes(feed: Feed, rows: Set[int]) -> dict[int, str]:
    """Return a code for each of these rows that no row has: BAG-2 for the second BAG."""
    if not rows:
        return {}
    taken = {line(cells.get("id", "")) for _row, cells in feed.rows}
    taken.update(line(way.cells.get("id", "")) for ways in feed.ways.values() for way in ways)
    found = {}
    counts: dict[str, int] = {}
    for row, cells in feed.rows:
        if row in rows and (code := line(cells.get("id", ""))):
            n = counts.get(code, 1) + 1
            while f"{code}-{n}" in taken:
                n += 1
            counts[code] = n
            found[row] = f"{code}-{n}"
            taken.add(found[row])
    return found


class _Mended(Rows):
    """Rows, some of which are changed whenever they are gone through."""

    def __init__(
        self,
        rows: Collection[tuple[int, Cells]],
        touched: Set[int],
        change: Callable[[int, Cells], Cells],
    ) -> None:
        self._rows, self._touched, self._change = rows, touched, change

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        for row, cells in self._rows:
            yield row, self._change(row, cells) if row in self._touched else cells
