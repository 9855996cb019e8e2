"""Two shops side by side: which things are the same, what differs between them, and who has changed it (pure).

Where both were one shop once (a copy, a backup), rows with one id are the same unless they came later, and what each
side has changed since is known; anywhere else things are told by their code, shortcut, phone number or name.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from desktop.i18n.folding import fold
from desktop.services.things import (
    PART_OF,
    TARGETS,
    THINGS,
    UNSEEN,
    Thing,
    Values,
    links_of,
    owner_column,
    owner_of,
    table_of,
)

Row = tuple[Any, ...]
Since = Literal["", "here", "there", "both"]
What = Literal["new", "changed", "gone", "noted"]
Pair = tuple[int | None, int | None]  # a part here and there, of which one may be missing
# Not compared: where a thing stands in a list, the number of an order, which it gets here, and a variant, which is
# told by its options within its item.
APART = UNSEEN | {"position", "variant_id", "number"}
# Parts that are taken each by itself, those of another id by this column; of the others all or none.
EACH = {"variant": "options", "product_text": "language", "picture": "", "collection_item": "", "customer_label": ""}
IN_ORDER = {"picture", "variant", "reply_part", "order_line", "practice_message"}  # parts whose order means something


@dataclass
class Side:
    """One shop as it is read: rows by table and id, and what its history knows since the two parted.

    `new` are the rows that came since, `gone` those that went, `changed` the columns of a row that changed, `touched`
    the parts (by table and thing) that did. `related`: it was one shop with the other; `parted` is the last
    entry of the journal from then, 0 if that is not known.
    """

    columns: dict[str, list[str]]
    rows: dict[str, dict[int, Row]]
    new: set[tuple[str, int]] = field(default_factory=set)
    gone: set[tuple[str, int]] = field(default_factory=set)
    changed: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    touched: set[tuple[str, int]] = field(default_factory=set)
    related: bool = False
    parted: int = 0
    _parts: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def is_old(self, table: str, row: int) -> bool:
        """Say whether an id means the same on both sides: they were one shop, and it was given before they parted."""
        return self.related and (table, row) not in self.new

    def values(self, table: str, row: int) -> dict[str, Any]:
        """Return a row by the names of its columns."""
        return dict(zip(self.columns[table], self.rows[table][row], strict=True))

    def parts(self, part: str, thing: int) -> list[int]:
        """Return the ids of the rows of a table that belong to a thing, in their order."""
        if part not in self._parts:
            found: dict[int, list[int]] = defaultdict(list)
            names = self.columns[part]
            column = owner_column(part)
            owner = names.index(column) if column else None
            place = names.index("position") if "position" in names else None
            rows = self.rows[part].items()
            for id, row in sorted(rows, key=lambda pair: (pair[1][place] if place is not None else "", pair[0])):
                found[1 if owner is None else row[owner]].append(id)
            self._parts[part] = found
        return self._parts[part].get(thing, [])


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise there: that it is (`new`), that it is only here (`gone`), or a field of it.

    `field` is a column, or a table of parts; `part` is the one of them that it is about, None for all or their order.
    Of what is `noted` besides the things (`services.records`) only the table is said. `advised` says whether to take it
    is what one would expect; `since` who has changed it since the two parted: here, there, both, or "" if nobody knows.
    """

    table: str
    mine: int | None
    theirs: int | None
    what: What
    field: str = ""
    advised: bool = False
    since: Since = ""
    part: Pair | None = None


@dataclass(frozen=True)
class Comparison:
    """What came of it. `same` maps the ids of their things to ours, by table; `related`: they were one shop once."""

    differences: list[Difference]
    same: Mapping[str, Mapping[int, int]]
    related: bool


def compare(mine: Side, theirs: Side, related: bool) -> Comparison:
    """Compare two shops; `related` says that they were one once, and that their ids tell who is who."""
    same = {thing.table: _matched(thing, mine, theirs, related) for thing in THINGS}
    found: list[Difference] = []
    for thing in THINGS:
        found += _differences(thing, mine, theirs, same, related)
    return Comparison(found, same, related)


def _matched(thing: Thing, mine: Side, theirs: Side, related: bool) -> dict[int, int]:
    table = thing.table
    if table == "profile":
        return {1: 1}
    found: dict[int, int] = {}
    if related:
        for id in theirs.rows[table].keys() & mine.rows[table].keys():
            if (table, id) not in mine.new and (table, id) not in theirs.new and _born_alike(table, id, mine, theirs):
                found[id] = id
    taken = set(found.values())
    for key in KEYS[table]:
        ours = _unique(key, mine, table, taken)
        for value, id in _unique(key, theirs, table, found.keys()).items():
            other = ours.get(value)
            if other is not None and not _differ(table, mine, other, theirs, id):
                found[id] = other
                taken.add(other)
    return found


def _born_alike(table: str, id: int, mine: Side, theirs: Side) -> bool:
    """Say whether two rows of one id began together, as far as rows of the table say when they did."""
    if "created_at" not in mine.columns[table]:
        return True
    place = mine.columns[table].index("created_at")
    return bool(mine.rows[table][id][place] == theirs.rows[table][id][place])


def _differ(table: str, mine: Side, ours: int, theirs: Side, other: int) -> bool:
    """Say whether two that are called alike are two persons, because both have a number, and not the same."""
    if table != "customer":
        return False
    phones = mine.values(table, ours)["phone"], theirs.values(table, other)["phone"]
    return all(phones) and phones[0] != phones[1]


def _unique(key: Callable[[Values], Hashable], side: Side, table: str, taken: "set[int] | Any") -> dict[Hashable, int]:
    """Return what is not matched yet by a key that only one of them has."""
    found = {id: key(side.values(table, id)) for id in side.rows[table] if id not in taken}
    counts = Counter(found.values())
    return {value: id for id, value in found.items() if value and counts[value] == 1}


def _by(*columns: str) -> Callable[[Values], Hashable]:
    """Return a key of columns, all of which must say something; words are compared as one searches them."""

    def key(row: Values) -> Hashable:
        values = [row[column] for column in columns]
        if not all(value or value == 0 for value in values):
            return None
        return tuple(fold(value).strip() if isinstance(value, str) else value for value in values)

    return key


def _lines(row: Values) -> Hashable:
    return tuple(sorted(fold(line).strip() for line in row["words"].splitlines()))


KEYS: dict[str, tuple[Callable[[Values], Hashable], ...]] = {
    "collection": (_by("name"),),
    "label": (_by("role"), _by("name")),
    "overlay": (_by("name", "starts"),),
    "product": (_by("code"), _by("whatsapp_id"), _by("name")),
    "customer": (_by("phone"), _by("username"), _by("email"), _by("name")),
    "reply": (lambda row: row["shortcut"],),
    "customer_order": (_by("number", "placed_at"), _by("placed_at", "phone"), _by("placed_at", "name")),
    "follow_up": (_by("created_at", "due_at", "title"),),
    "automatic_message": (_by("kind"),),
    "send_list": (_by("name", "created_at"),),
    "campaign": (_by("reference"), _by("name")),
    "saved_search": (_by("name"),),
    "synonym": (_lines,),
    "practice_chat": (_by("name"),),
}


def _differences(
    thing: Thing, mine: Side, theirs: Side, same: Mapping[str, Mapping[int, int]], related: bool
) -> Iterator[Difference]:
    table = thing.table
    place = {name: at for at, name in enumerate(mine.columns[table])}
    compared = [name for name in mine.columns[table] if name not in APART]
    named = {*links_of(table), "target_id"}
    for id in theirs.rows[table]:
        ours = same[table].get(id)
        if ours is None:
            gone = related and (table, id) in mine.gone
            yield Difference(table, None, id, "new", "", not gone, "here" if gone else "there" if related else "")
            continue
        left, right = mine.rows[table][ours], theirs.rows[table][id]
        if left != right:
            for name in compared:
                old, new = left[place[name]], right[place[name]]
                if name in named:
                    new = carried(table, name, right, theirs, same)
                if old != new:
                    here = name in mine.changed.get((table, ours), ())
                    there = name in theirs.changed.get((table, id), ())
                    yield _changed(table, ours, id, name, here, there, old in ("", None) and not related)
        for part in thing.parts:
            if contents(part, mine, ours, None) != contents(part, theirs, id, same):
                empty = not mine.parts(part, ours) and not related
                apart = unlike(part, mine, ours, theirs, id, same)[1] if part in EACH else []
                for pair in apart:
                    here, there = _part_changed(part, pair, mine, theirs)
                    yield _changed(table, ours, id, part, here, there, empty, pair)
                if not apart:
                    here, there = (part, ours) in mine.touched, (part, id) in theirs.touched
                    yield _changed(table, ours, id, part, here, there, empty)
    if related:
        matched = set(same[table].values())
        for ours in mine.rows[table]:
            if ours not in matched and (table, ours) in theirs.gone and (table, ours) not in mine.new:
                yield Difference(table, ours, None, "gone", "", False, "there")


def _changed(
    table: str, mine: int, theirs: int, name: str, here: bool, there: bool, empty: bool, part: Pair | None = None
) -> Difference:
    since: Since = "both" if here and there else "here" if here else "there" if there else ""
    return Difference(table, mine, theirs, "changed", name, since == "there" or empty, since, part)


def _part_changed(part: str, pair: Pair, mine: Side, theirs: Side) -> tuple[bool, bool]:
    """Say whether a part was changed here since the two parted, and whether it was there: came, changed or went."""

    def was(side: Side, own: int | None, other: Side, others: int | None) -> bool:
        if own is None:
            return others is not None and other.is_old(part, others) and (part, others) in side.gone
        return (part, own) in side.new or bool(side.changed.get((part, own), set()) - APART)

    left, right = pair
    return was(mine, left, theirs, right), was(theirs, right, mine, left)


def unlike(
    part: str, mine: Side, ours: int, theirs: Side, other: int, same: Mapping[str, Mapping[int, int]]
) -> tuple[dict[int, int], list[Pair]]:
    """Return which parts of a thing say the same on both sides, ours by theirs, and which do not, with their pairs."""
    here = {row: said(part, mine, row, None) for row in mine.parts(part, ours)}
    there = {row: said(part, theirs, row, same) for row in theirs.parts(part, other)}
    alike: dict[int, int] = {}
    for row, what in there.items():
        free = (id for id in here if here[id] == what and id not in alike.values())
        if (twin := next(free, None)) is not None:
            alike[row] = twin
    left = [row for row in here if row not in alike.values()]
    pairs: list[Pair] = []
    for row in (row for row in there if row not in alike):
        twin = next((id for id in left if _is_same_part(part, mine, id, theirs, row)), None)
        if twin is not None:
            left.remove(twin)
        pairs.append((twin, row))
    return alike, [*pairs, *((row, None) for row in left)]


def _is_same_part(part: str, mine: Side, ours: int, theirs: Side, other: int) -> bool:
    if mine.is_old(part, ours) and theirs.is_old(part, other):
        return ours == other
    key = EACH.get(part, "")
    return bool(key) and fold(mine.values(part, ours)[key]) == fold(theirs.values(part, other)[key])


def carried(table: str, column: str, row: Row, side: Side, same: Mapping[str, Mapping[int, int]]) -> Any:
    """Return what a column of their row would say here: names of other rows by our ids.

    Of a thing that is not here it is the id that it had here too, if it was there before the two parted, else
    ("theirs", id).
    """
    value = row[side.columns[table].index(column)]
    other = links_of(table).get(column)
    if column == "target_id":
        other = TARGETS.get(row[side.columns[table].index("kind")])
    if value is None or other is None or other not in same:
        return value
    here = value if side.is_old(other, value) else ("theirs", value)
    return same[other].get(value, here)


def contents(part: str, side: Side, thing: int, same: Mapping[str, Mapping[int, int]] | None) -> list[Row]:
    """Return what the parts of a thing say, comparable with those of the other side; `same` for theirs."""
    found = [said(part, side, id, same) for id in side.parts(part, thing)]
    return found if part in IN_ORDER else sorted(found, key=repr)


def said(part: str, side: Side, id: int, same: Mapping[str, Mapping[int, int]] | None) -> Row:
    """Return what a part says, but for whose it is and its place; `same` for one of theirs."""
    row, names = side.rows[part][id], side.columns[part]
    if same is None:
        return tuple(row[names.index(name)] for name in said_columns(part))
    return tuple(carried(part, name, row, side, same) for name in said_columns(part))


@cache
def said_columns(part: str) -> tuple[str, ...]:
    """Return the columns in which parts are compared."""
    return tuple(name for name in all_columns(part) if name not in APART and name != owner_column(part))


def touched_by(side: Side, table: str, row: int, before: Values | None) -> tuple[str, int] | None:
    """Return which parts of which thing a change of a row belongs to, if it is a part and its thing is known."""
    if table not in PART_OF:
        return None
    if row in side.rows[table]:
        return table, owner_of(table, side.values(table, row))
    column = owner_column(table)
    if column is None:
        return table, 1
    return (table, int(before[column])) if before and column in before else None


def all_columns(table: str) -> list[str]:
    """Return the names of the columns of a table, as rows of a Side have them."""
    return [column.name for column in table_of(table).columns]
