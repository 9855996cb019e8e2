"""What was done in the shop, as people read it: finding actions, and saying in a line what each did."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.data.history import action, journal
from desktop.data.search import fold
from desktop.i18n import _, formats, ngettext
from desktop.services.past_rows import OPS, Change, Entry, Key, Line, Reader
from desktop.services.things import (
    BY_TABLE,
    PART_OF,
    THINGS,
    UNSEEN,
    Thing,
    field_name,
    table_of,
)

FEW = 60  # entries of the journal that are looked at to say in a line what an action did
SHOWN = 40  # things of an action that are told one by one
NAMED = 500  # things of a name whose actions are looked for
LONGEST = 120  # letters of a value in a line


def list_actions(session: Session, kind: str = "", typed: str = "") -> list[int]:
    """Return the ids of the actions, the last first: of all, or of those that changed things of a kind (a table of
    THINGS), or one whose name has `typed` in it, or that are themselves called so."""
    query = select(action.c.id).order_by(action.c.id.desc())
    if kind:
        tables = [kind, *BY_TABLE[kind].parts]
        query = query.where(exists().where(journal.c.action_id == action.c.id, journal.c.table_name.in_(tables)))
    if folded := fold(typed).strip():
        query = query.where(
            or_(action.c.id.in_(_of_names(session, folded)), action.c.title.in_(_titled(session, folded)))
        )
    return list(session.scalars(query))


def _titled(session: Session, folded: str) -> list[str]:
    titles = session.scalars(select(action.c.title).distinct())
    return [title for title in titles if folded in fold(_(title))]


def _of_names(session: Session, folded: str) -> set[int]:
    """Return the actions on things that are called so, or were when they went."""
    found: set[int] = set()
    for thing in THINGS:
        if ids := _called(session, thing, folded):
            mine = and_(journal.c.table_name == thing.table, journal.c.row_id.in_(ids))
            found.update(session.scalars(select(journal.c.action_id).where(mine).distinct()))
    gone = select(journal.c.action_id, journal.c.table_name, journal.c.before).where(
        journal.c.op == "D", journal.c.table_name.in_(BY_TABLE)
    )
    for id, name, before in session.execute(gone):
        row = json.loads(before)
        if id not in found and any(folded in fold(str(row.get(column) or "")) for column in BY_TABLE[name].names):
            found.add(id)
    return found


def _called(session: Session, thing: Thing, folded: str) -> list[int]:
    """Return the first things of a kind that are called so; those without a search key are few."""
    table = table_of(thing.table)
    if "search_key" in table.c:
        query = select(table.c.id).where(table.c.search_key.contains(folded, autoescape=True))
        return list(session.scalars(query.limit(NAMED)))
    names = session.execute(select(table.c.id, *(table.c[name] for name in thing.names)))
    return [id for id, *said in names if any(folded in fold(str(name)) for name in said)][:NAMED]


def read_actions(session: Session, ids: Sequence[int]) -> list[Entry]:
    """Return actions by their ids, in that order; those that are gone are left out."""
    columns = (action.c.id, action.c.title, action.c.at, action.c.computer, action.c.undone)
    found = {row.id: Entry(*row) for row in session.execute(select(*columns).where(action.c.id.in_(ids)))}
    return [found[id] for id in ids if id in found]


def told_in_a_line(session: Session, entry: Entry) -> str:
    """Say what an action did: "Bag: Price 75 → 80", "197 items: Price", "3 customers deleted"."""
    entries = session.execute(_entries(entry.id).limit(FEW + 1)).all()
    if len(entries) > FEW:
        return _much(session, entry, entries)
    reader = Reader(session, entry)
    rows = reader.read(entries)
    things = reader.by_thing(rows)
    if len(things) == 1:
        lines = reader.lines(*next(iter(things.items())), rows)
        if len(lines) == 1:
            return _line_text(lines[0])
        if lines:
            names = formats.listing(dict.fromkeys(line.field for line in lines if line.field))
            # TRANSLATORS: a thing, and which of its fields were changed: "Bag: Name, Price".
            return _("{thing}: {fields}").format(thing=lines[0].thing, fields=names) if names else lines[0].thing
    return _several(things, rows)


def _line_text(line: Line) -> str:
    if not line.field:
        state = _("added") if not line.before else _("deleted")
        # TRANSLATORS: a thing, and what became of it: "Bag: deleted".
        return _("{thing}: {state}").format(thing=line.thing, state=state)
    if line.before == line.after:  # its place in a list, of which there is nothing to say
        return _("{thing}: {fields}").format(thing=line.thing, fields=line.field)
    # TRANSLATORS: a thing, one of its fields, and what it said before and says now: "Bag: Price 75 → 80".
    sentence = _("{thing}: {field} {before} → {after}")
    before, after = (_short(text) or "—" for text in (line.before, line.after))
    return sentence.format(thing=line.thing, field=line.field, before=before, after=after)


def _short(text: str) -> str:
    return formats.short(" ".join(text.split()), LONGEST)


def _several(things: dict[Key, list[Key]], rows: dict[Key, Change]) -> str:
    parts = []
    counts = Counter(table for table, _id in things)
    for table, n in counts.items():
        ops = {rows[key].op if key in rows else "U" for key in things if key[0] == table}
        fields = _fields_of(table, [key for thing, held in things.items() if thing[0] == table for key in held], rows)
        parts.append(_counted(BY_TABLE[table], n, ops, fields))
    return formats.listing(parts)


def _fields_of(table: str, keys: Sequence[Key], rows: dict[Key, Change]) -> list[str]:
    found: dict[str, None] = {}
    for key in keys:
        if key[0] != table:
            found[field_name(key[0], "")] = None
        elif rows[key].op == "U":
            found.update(dict.fromkeys(field_name(table, name) for name in rows[key].before if name not in UNSEEN))
    return list(found)


def _counted(thing: Thing, n: int, ops: set[str], fields: Sequence[str]) -> str:
    count = formats.number(n)
    # TRANSLATORS: how many things of a kind: "Items: 197".
    words = _("{kind}: {n}").format(kind=_(thing.title), n=count)
    if ops == {"I"}:
        return _("{things} added").format(things=words)
    if ops == {"D"}:
        return _("{things} deleted").format(things=words)
    # TRANSLATORS: how many things, and which of their fields: "Items: 197 (Price)".
    return _("{things} ({fields})").format(things=words, fields=formats.listing(fields)) if fields else words


def _much(session: Session, entry: Entry, some: Sequence[Any]) -> str:
    """Say what an action with many rows did, by the first of them."""
    counts = session.execute(
        select(journal.c.table_name, journal.c.op, func.count(journal.c.row_id.distinct()))
        .where(journal.c.action_id == entry.id)
        .group_by(journal.c.table_name, journal.c.op)
    ).all()
    main = {table: {op: n for name, op, n in counts if name == table} for table, _op, _n in counts if table in BY_TABLE}
    if not main:
        main = {PART_OF[table].table: {"U": n} for table, _op, n in counts if table in PART_OF}
    parts = []
    for table, ops in main.items():
        found: dict[str, None] = {}
        for each in some:
            if each.table_name == table and each.op == "U":
                names = json.loads(each.before)
                found.update(dict.fromkeys(field_name(table, name) for name in names if name not in UNSEEN))
        turned = {OPS[op] if entry.undone else op for op in ops}
        parts.append(_counted(BY_TABLE[table], max(ops.values()), turned, list(found)))
    if parts:
        return formats.listing(parts)
    count = len(some)
    return ngettext("{n} change", "{n} changes", count).format(n=formats.number(count))


class Detail(NamedTuple):
    """What an action did, line by line, and how many rows more there are."""

    lines: list[Line]
    more: int


def read_detail(session: Session, entry: Entry, limit: int = SHOWN) -> Detail:
    """Return what an action did to its first things, field by field."""
    entries = session.execute(_entries(entry.id).limit(limit * 4)).all()
    total = session.scalar(select(func.count()).where(journal.c.action_id == entry.id)) or 0
    reader = Reader(session, entry)
    rows = reader.read(entries)
    lines: list[Line] = []
    for thing, held in reader.by_thing(rows).items():
        lines += reader.lines(thing, held, rows)
    return Detail(lines, total - len(entries))


def _entries(action_id: int) -> Any:
    columns = (journal.c.seq, journal.c.table_name, journal.c.op, journal.c.row_id, journal.c.before)
    return select(*columns).where(journal.c.action_id == action_id).order_by(journal.c.seq)
