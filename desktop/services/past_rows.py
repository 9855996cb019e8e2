"""What one action did to the things of the shop: what they said before it, and what after, in words.

An action's journal says what each row was before it; what it was afterwards is what the next action on it found, or
what it is now. An action that was taken back keeps the way to do it again in its place, so it is read the other way.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.history import action, journal
from desktop.i18n import _
from desktop.services.profile import read_profile
from desktop.services.things import (
    BY_TABLE,
    PART_OF,
    UNSEEN,
    field_name,
    name_of,
    owner_column,
    owner_of,
    part_text,
    table_of,
    value_text,
)

OPS = {"I": "D", "D": "I", "U": "U"}
Key = tuple[str, int]  # a table, and the id of a row


class Entry(NamedTuple):
    """One action: `title` is an English msgid, `at` UTC seconds."""

    id: int
    title: str
    at: int
    computer: str
    undone: bool


class Line(NamedTuple):
    """One thing that an action changed, or one field of it, in words; `field` is "" where it came or went whole."""

    thing: str
    field: str
    before: str
    after: str


@dataclass
class Change:
    """What an action did to one row."""

    op: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    first: int = 0
    last: int = 0


class Reader:
    """Finds out what rows were before and after an action."""

    def __init__(self, session: Session, entry: Entry) -> None:
        self.session = session
        self.entry = entry
        self.currency = read_profile(session).currency
        self._names: dict[Key, str] = {}

    def read(self, entries: Sequence[Any]) -> dict[Key, Change]:
        """Return what became of each row, in the order of the first change."""
        grouped: dict[Key, list[Any]] = defaultdict(list)
        for each in entries:
            if each.table_name in BY_TABLE or each.table_name in PART_OF:
                grouped[each.table_name, each.row_id].append(each)
        return {key: change for key, some in grouped.items() if (change := self._change(*key, some))}

    def _change(self, table: str, row: int, entries: Sequence[Any]) -> Change | None:
        born, gone = entries[0].op == "I", entries[-1].op == "D"
        if born and gone:
            return None
        before: dict[str, Any] = {}
        for each in reversed(entries):
            if each.before:
                before.update(json.loads(each.before))
        after = {} if gone else self._state(table, row, entries[-1].seq)
        change = Change("I" if born else "D" if gone else "U")
        if change.op == "U":
            change.before = {name: value for name, value in before.items() if name not in after or after[name] != value}
            change.after = after
        else:
            change.before, change.after = ({}, after) if born else (before, {})
        if self.entry.undone:
            now = {**change.after, **change.before}
            turned = Change(OPS[change.op])
            if change.op == "U":
                turned.before = {name: change.after.get(name) for name in change.before}
                turned.after = now
            else:
                turned.before, turned.after = change.after, change.before
            return turned
        return change

    def _state(self, table: str, row: int, seq: int) -> dict[str, Any]:
        """Return a row as it was after an entry of the journal."""
        found = self.session.execute(select(table_of(table)).where(table_of(table).c.id == row)).mappings().first()
        state = dict(found) if found else {}
        later = (
            select(journal.c.op, journal.c.before)
            .join(action, action.c.id == journal.c.action_id)
            .where(journal.c.table_name == table, journal.c.row_id == row, journal.c.seq > seq, ~action.c.undone)
            .order_by(journal.c.seq.desc())
        )
        for op, before in self.session.execute(later):
            if op == "I":
                state = {}
            elif before:
                state.update(json.loads(before))
        return state

    def by_thing(self, rows: dict[Key, Change]) -> dict[Key, list[Key]]:
        """Return which rows belong to which thing."""
        found: dict[Key, list[Key]] = defaultdict(list)
        for (table, row), change in rows.items():
            if table in BY_TABLE:
                found[table, row].append((table, row))
                continue
            said = {**change.before, **change.after}
            column = owner_column(table)
            if column is None or said.get(column) is not None:
                found[PART_OF[table].table, owner_of(table, said)].append((table, row))
        return found

    def lines(self, thing: Key, held: Sequence[Key], rows: dict[Key, Change]) -> list[Line]:
        """Return what became of a thing: that it came or went, or each field and each kind of its parts."""
        name = self._called(thing, rows)
        own = rows.get(thing)
        if own and own.op in ("I", "D"):
            words = name or _(BY_TABLE[thing[0]].one)
            return [Line(name, "", "" if own.op == "I" else words, words if own.op == "I" else "")]
        found = []
        if own:
            old = {**own.after, **own.before}
            for column in own.before:
                if column not in UNSEEN:
                    was, now = (self._text(thing[0], column, row) for row in (old, own.after))
                    found.append(Line(name, field_name(thing[0], column), was, now))
        parts: dict[str, tuple[list[str], list[str]]] = {}
        for key in held:
            if key != thing:
                before, after = parts.setdefault(key[0], ([], []))
                change = rows[key]
                if change.op != "I":
                    before.append(part_text(key[0], {**change.after, **change.before}, self.currency, self.named))
                if change.op != "D":
                    after.append(part_text(key[0], change.after, self.currency, self.named))
        for part, texts in parts.items():
            if texts[0] != texts[1] or not found:
                found.append(Line(name, field_name(part, ""), *("; ".join(filter(None, some)) for some in texts)))
        return found

    def _text(self, table: str, column: str, row: dict[str, Any]) -> str:
        if column == "position":
            return ""
        return value_text(table, column, row, self.currency, self.named)

    def _called(self, thing: Key, rows: dict[Key, Change]) -> str:
        change = rows.get(thing)
        said = {**change.before, **change.after} if change else {}
        one = _(BY_TABLE[thing[0]].one)
        return (name_of(thing[0], said) if said else self.named(*thing)) or one

    def named(self, table: str, row: int) -> str:
        """Return what a thing is called now, or was when it went."""
        if table not in BY_TABLE:
            return ""
        if (table, row) not in self._names:
            query = select(table_of(table)).where(table_of(table).c.id == row)
            found: Any = self.session.execute(query).mappings().first()
            if found is None:
                last = select(journal.c.before).where(
                    journal.c.table_name == table, journal.c.row_id == row, journal.c.op == "D"
                )
                before = self.session.scalar(last.order_by(journal.c.seq.desc()).limit(1))
                found = json.loads(before) if before else None
            self._names[table, row] = name_of(table, found) if found else ""
        return self._names[table, row]
