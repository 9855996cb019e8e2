"""Taking things over from another copy of the shop, or from a backup: reading both, writing what is chosen."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from desktop.data.history import action, journal
from desktop.data.many import insert_rows, tuples
from desktop.data.models import Blob, Customer, FollowUp, Order, Product, Reply, now
from desktop.data.position import after
from desktop.data.search import search_key
from desktop.i18n import _, formats
from desktop.services.catalog import note
from desktop.services.compare import (
    Comparison,
    Difference,
    Pair,
    Side,
    all_columns,
    carried,
    compare,
    said_columns,
    touched_by,
    unlike,
)
from desktop.services.customers import customer_keys
from desktop.services.errors import Invalid
from desktop.services.orders import note_order
from desktop.services.records import TITLES as RECORDS
from desktop.services.records import compare_records, take_records
from desktop.services.replies import note_reply
from desktop.services.things import BY_TABLE, PART_OF, THINGS, Thing, links_of, owner_column, table_of

AT_ONCE = 500  # pictures that are named in one query
PICTURES = ("sha256", "picture", "cover", "logo")
BORN = ("product", "customer")  # things that say when they began


@dataclass(frozen=True)
class Taken:
    """How many things came, changed and went."""

    new: int
    changed: int
    gone: int


@dataclass(frozen=True)
class Both:
    """Two shops that have been read and compared."""

    mine: Side
    theirs: Side
    found: Comparison


def read_both(session: Session, other: Session) -> Both:
    """Read two shops and compare them; `other` is theirs. Raises Invalid if theirs holds what no shop can."""
    ours, theirs = _actions(session), _actions(other)
    common = [id for id, what in ours.items() if theirs.get(id) == what]
    mine, their = _read(session), _read(other)
    related = bool(common) or _began_together(mine, their)
    mine.related = their.related = related
    if related:
        parted = max(common, default=0)
        _look_back(session, mine, parted)
        _look_back(other, their, parted)
    found = compare(mine, their, related)
    found.differences.extend(compare_records(mine, their, found.same))
    return Both(mine, their, found)


def _actions(session: Session) -> dict[int, tuple[int, str, str]]:
    query = select(action.c.id, action.c.at, action.c.computer, action.c.title).where(~action.c.undone)
    return {id: (at, computer, title) for id, at, computer, title in session.execute(query)}


def _read(session: Session) -> Side:
    tables = [*(table for thing in THINGS for table in (thing.table, *thing.parts)), *RECORDS]
    columns = {table: all_columns(table) for table in tables}
    rows: dict[str, dict[int, tuple[Any, ...]]] = {}
    for table in tables:
        key = next(iter(table_of(table).primary_key))
        query = select(table_of(table)).order_by(key)
        found = (row for some in tuples(session, query) for row in some)
        rows[table] = {row[columns[table].index(key.name)]: tuple(row) for row in found}
        _check(table, columns[table], rows[table].values())
    return Side(columns, rows)


def _check(table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Raise Invalid where a column holds another kind of value than it may: SQLite itself takes any."""
    kinds = []
    for name in names:
        column = table_of(table).c[name]
        kind = str if column.type.python_type is str else int
        kinds.append((kind, type(None)) if column.nullable else (kind,))
    for row in rows:
        if not all(map(isinstance, row, kinds)):
            raise Invalid("", _("The other shop holds something that no shop of Dukkan does. Nothing was taken over."))


def _began_together(mine: Side, theirs: Side) -> bool:
    """Say whether half of the things that both have under one id began at the same moment, and are called the same."""
    alike = both = 0
    for table in BORN:
        said = [mine.columns[table].index(name) for name in ("created_at", "name")]
        for id in mine.rows[table].keys() & theirs.rows[table].keys():
            both += 1
            alike += all(mine.rows[table][id][place] == theirs.rows[table][id][place] for place in said)
    return alike > 0 and alike * 2 >= both


def _look_back(session: Session, side: Side, parted: int) -> None:
    """Note what the history of a shop knows since an action."""
    query = (
        select(journal.c.table_name, journal.c.op, journal.c.row_id, journal.c.before)
        .join(action, action.c.id == journal.c.action_id)
        .where(action.c.id > parted, ~action.c.undone)
        .order_by(journal.c.seq)
    )
    side.parted = session.scalar(select(func.max(journal.c.seq)).where(journal.c.action_id <= parted)) or 0
    for table, op, row, kept in session.execute(query):
        if table not in side.columns:
            continue
        before = json.loads(kept) if kept else None
        if op == "I":
            side.new.add((table, row))
        elif op == "D":
            side.gone.add((table, row))
        else:
            side.changed.setdefault((table, row), set()).update(before or ())
        if part := touched_by(side, table, row, before):
            side.touched.add(part)
    side.gone = {(table, row) for table, row in side.gone if row not in side.rows[table]} - side.new


def take(session: Session, other: Session, both: Both, chosen: Collection[Difference]) -> Taken:
    """Bring what is chosen of the differences into the shop; `other` is the session of theirs, for its pictures.

    What names a thing that is neither here nor chosen names nothing then. Raises Invalid, with nothing changed.
    """
    taking = _Taking(session, other, both)
    for thing in THINGS:
        taking.add([each for each in chosen if each.what == "new" and each.table == thing.table], thing)
    changed = [each for each in chosen if each.what == "changed"]
    parts: dict[tuple[str, int, int], list[Pair | None]] = defaultdict(list)
    for each in changed:
        if each.field in PART_OF and each.mine is not None and each.theirs is not None:
            parts[each.field, each.mine, each.theirs].append(each.part)
        else:
            taking.change(each)
    for (part, ours, other_id), pairs in parts.items():
        taking.change_parts(part, ours, other_id, [pair for pair in pairs if pair] or None)
    taking.tie()
    taking.note({(each.table, each.mine or 0) for each in changed})
    noted = [each for each in chosen if each.what == "noted"]
    for each in noted:
        take_records(session, each.table, both.mine, both.theirs, taking.same)
    gone = [each for each in chosen if each.what == "gone"]
    for each in gone:
        session.execute(delete(table_of(each.table)).where(table_of(each.table).c.id == each.mine))
    return Taken(
        sum(each.what == "new" for each in chosen),
        len({(each.table, each.mine) for each in (*changed, *noted)}),
        len(gone),
    )


class _Taking:
    """Writes things of theirs into the shop, by our ids."""

    def __init__(self, session: Session, other: Session, both: Both) -> None:
        self.session = session
        self.other = other
        self.mine, self.theirs = both.mine, both.theirs
        self.same = {table: dict(ids) for table, ids in both.found.same.items()}
        self.same.setdefault("variant", {})
        self.later: list[tuple[str, int, str, int]] = []  # names of things that may still come
        self.last: dict[str, str] = {}
        self.added: dict[str, set[int]] = {}
        self.numbers = set(session.scalars(select(Order.number)))

    def add(self, chosen: Sequence[Difference], thing: Thing) -> None:
        """Add things of one kind, with their parts."""
        table = thing.table
        ids = [each.theirs for each in chosen if each.theirs is not None]
        kept = [id for id in ids if self._keeps(table, id)]
        fresh = [id for id in ids if not self._keeps(table, id)]
        rows = {id: self._carry(table, id) for id in ids}
        self._bring_pictures(rows.values())
        if table == "reply":
            self._check_shortcuts(row["shortcut"] for row in rows.values())
        if kept:
            self.session.execute(insert(table_of(table)), [{**rows[id], "id": id} for id in kept])
        new = insert_rows(self.session, BY_NAME[table], [rows[id] for id in fresh])
        self.same[table].update(zip(kept, kept, strict=True))
        self.same[table].update(zip(fresh, new, strict=True))
        self.added[table] = {*kept, *new}
        for id in ids:
            self._postpone(table, self.same[table][id], self.theirs.values(table, id), rows[id])
        for part in thing.parts:
            self._add_parts(part, [(row, id) for id in ids for row in self.theirs.parts(part, id)])

    def change(self, each: Difference) -> None:
        """Make one field of a thing what it is there."""
        assert each.mine is not None, "it is here"
        assert each.theirs is not None, "and there"
        row = self._carry(each.table, each.theirs)
        self._bring_pictures([row])
        if each.field == "shortcut":
            self._check_shortcuts([row["shortcut"]])
        table = table_of(each.table)
        values: dict[str, Any] = {each.field: row[each.field], "version": table.c.version + 1}
        if "changed_at" in table.c:
            values["changed_at"] = now()
        self.session.execute(update(table).where(table.c.id == each.mine).values(values))
        there = self.theirs.values(each.table, each.theirs)
        self._postpone(each.table, each.mine, {each.field: there[each.field]}, row)

    def tie(self) -> None:
        """Let things name those that came after them."""
        for table, row, column, other in self.later:
            found = self.same[links_of(table)[column]].get(other)
            if found is not None:
                self.session.execute(update(table_of(table)).where(table_of(table).c.id == row).values({column: found}))

    def note(self, changed: Iterable[tuple[str, int]]) -> None:
        """Bring up to date what changed things are found and sorted by."""
        self.session.flush()
        self.session.expire_all()
        for table, id in changed:
            if table == "product":
                note(self.session, self.session.get_one(Product, id))
            elif table == "customer":
                customer = self.session.get_one(Customer, id)
                values = {column.name: getattr(customer, column.name) for column in Customer.__table__.columns}
                customer.search_key, customer.sort_key = customer_keys(values)
            elif table == "reply":
                note_reply(self.session, self.session.get_one(Reply, id))
            elif table == "customer_order":
                self.session.get_one(Order, id)
                note_order(self.session, id)
            elif table == "follow_up":
                follow_up = self.session.get_one(FollowUp, id)
                follow_up.search_key = search_key(follow_up.title, follow_up.note)
        self.session.flush()

    def _may_name(self, table: str, column: str, id: object) -> bool:
        """Say whether a row may name this one: it is here, or the database does not ask."""
        if not isinstance(id, int) or not table_of(table).c[column].foreign_keys:
            return isinstance(id, int)
        other = links_of(table)[column]
        return id in self.mine.rows[other] or id in self.added.get(other, ())

    def _keeps(self, table: str, id: int) -> bool:
        """Say whether a thing comes back under its own id: it was deleted here since, and nobody has that id."""
        return self.theirs.is_old(table, id) and id not in self.mine.rows[table]

    def _carry(self, table: str, id: int) -> dict[str, Any]:
        """Return what their row says, as it can stand here; without its id."""
        values = self.theirs.values(table, id)
        row = self.theirs.rows[table][id]
        del values["id"]
        values["version"] += 1  # more than whoever saw it here knows of, if it comes back
        for column in [*links_of(table), *(["target_id"] if table == "campaign" else [])]:
            found = carried(table, column, row, self.theirs, self.same)
            values[column] = found if self._may_name(table, column, found) else None
        if "position" in values:
            values["position"] = self._last_place(table)
        if table == "customer_order":
            if values["number"] in self.numbers:
                values["number"] = max(self.numbers) + 1
            self.numbers.add(values["number"])
        return _typed(table, values)

    def _last_place(self, table: str) -> str:
        if table not in self.last:
            self.last[table] = self.session.scalar(select(func.max(table_of(table).c.position))) or ""
        self.last[table] = after(self.last[table])
        return self.last[table]

    def _postpone(self, table: str, mine: int, theirs: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        for column, other in links_of(table).items():
            if theirs.get(column) is not None and row.get(column) is None and other in self.same:
                self.later.append((table, mine, column, theirs[column]))

    def _add_parts(self, part: str, rows: Sequence[tuple[int, int]]) -> None:
        """Add rows that belong to things, each (their row, their thing), but for those that tie to what is not here."""
        thing, column = PART_OF[part], owner_column(part)
        wanted: list[tuple[int, dict[str, Any]]] = []
        for row, owner in rows:
            values = self._carry(part, row)
            if column:
                values[column] = self.same[thing.table][owner]
            if part == "automatic_recipient" and values["customer_id"] is None and values["label_id"] is None:
                continue
            if self._is_whole(part, values):
                wanted.append((row, values))
        self._bring_pictures([values for _row, values in wanted])
        new = insert_rows(self.session, BY_NAME[part], [values for _row, values in wanted])
        self.same.setdefault(part, {}).update(zip((row for row, _values in wanted), new, strict=True))

    def change_parts(self, part: str, mine: int, theirs: int, chosen: Collection[Pair] | None) -> None:
        """Make the parts of a thing those that it has there, or these of them; those that say the same stay."""
        alike, pairs = unlike(part, self.mine, mine, self.theirs, theirs, self.same)
        wanted = [pair for pair in pairs if chosen is None or pair in chosen]
        table = table_of(part)
        for row, other in wanted:
            if other is None:
                self.session.execute(delete(table).where(table.c.id == row))
        both = {other: row for row, other in wanted if row is not None and other is not None}
        self.same.setdefault(part, {}).update(alike | both)
        for other, row in both.items():
            values = self._carry(part, other)
            self._bring_pictures([values])
            if self._is_whole(part, values):
                said = {name: values[name] for name in said_columns(part)}
                said["version"] = table.c.version + 1
                self.session.execute(update(table).where(table.c.id == row).values(said))
        self._add_parts(part, [(other, theirs) for row, other in wanted if row is None and other is not None])
        if "position" in table.c and len(wanted) == len(pairs):
            self._put_in_order(part, theirs)

    def _is_whole(self, part: str, values: Mapping[str, Any]) -> bool:
        """Say whether all is here that a part cannot be without."""
        return all(values[name] is not None for name in links_of(part) if not table_of(part).c[name].nullable)

    def _put_in_order(self, part: str, theirs: int) -> None:
        table = table_of(part)
        ids = [self.same[part][row] for row in self.theirs.parts(part, theirs) if row in self.same[part]]
        found = self.session.execute(select(table.c.id, table.c.position).where(table.c.id.in_(ids)))
        places = {row.id: row.position for row in found}
        for id, place in zip(ids, sorted(places.values()), strict=True):
            if places[id] != place:
                values = {"position": place, "version": table.c.version + 1}
                self.session.execute(update(table).where(table.c.id == id).values(values))

    def _check_shortcuts(self, shortcuts: Iterable[str]) -> None:
        for shortcut in shortcuts:
            if self.session.scalar(select(Reply.id).where(Reply.shortcut == shortcut)) is not None:
                message = _("Another reply has the shortcut {shortcut} by now. Change one of them first.")
                raise Invalid("shortcut", message.format(shortcut=formats.ltr(f"/{shortcut}")))

    def _bring_pictures(self, rows: Iterable[Mapping[str, Any]]) -> None:
        wanted = {row[name] for row in rows for name in PICTURES if row.get(name)}
        if not wanted:
            return
        names = sorted(wanted)
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            there = set(self.session.scalars(select(Blob.sha256).where(Blob.sha256.in_(some))))
            for name in some:
                if name in there:
                    continue
                blob = self.other.get(Blob, name)
                if blob is None:
                    raise Invalid("", _("A picture is missing in the other shop. Nothing was taken over."))
                columns = {column.name: getattr(blob, column.name) for column in Blob.__table__.columns}
                self.session.execute(insert(Blob), [columns])
                self.other.expunge(blob)


def _typed(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return values as SQLAlchemy takes them: what is true is True."""
    return {
        name: bool(value) if value is not None and table_of(table).c[name].type.python_type is bool else value
        for name, value in values.items()
    }


def _models() -> dict[str, Any]:
    from desktop.data.history import journaled

    return journaled()


BY_NAME = _models()
assert BY_TABLE.keys() <= BY_NAME.keys(), "every thing is journaled"
