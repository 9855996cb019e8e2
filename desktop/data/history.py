"""Undo for every write, whoever makes it: the database itself journals what each action does to each row.

Row triggers, generated from the models, note how to take every change back. To reverse an
action is to apply its notes, last first, while the triggers note how to take *that* back in their
place: so one function, `reverse`, is both undo and redo.

The triggers read which action is running. Where none is, `action_id` is NULL and the write fails.
"""

import json
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    text,
)
from sqlalchemy import false as sql_false

from desktop.data import models
from desktop.data.models import Base, BigInt, Row, now
from desktop.data.notice import LIMIT, MANY, Changes, summary
from desktop.i18n import _

action = Table(
    "action",
    Base.metadata,
    Column("id", BigInt, primary_key=True),
    Column("title", String, nullable=False),  # an English msgid: it is translated when shown
    Column("at", BigInt, nullable=False),
    Column("computer", String, nullable=False),
    Column("revision", BigInt, nullable=False),  # of the tables; entries of an older one cannot be reversed
    Column("undone", Boolean, nullable=False, server_default=sql_false()),
    sqlite_autoincrement=True,
)
journal = Table(
    "journal",
    Base.metadata,
    Column("seq", BigInt, primary_key=True),
    Column("action_id", BigInt, ForeignKey("action.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("table_name", String, nullable=False),
    Column("op", String, nullable=False),  # I, U or D
    Column("row_id", BigInt, nullable=False),
    Column("before", String),  # JSON: the columns that an update changed, or the whole deleted row
    Index(None, "table_name", "row_id"),
    sqlite_autoincrement=True,
)

RUN = "entry.action_id = :action AND entry.seq BETWEEN :low AND :high"
KEPT_DAYS = 180
KEPT_ENTRIES = 500_000


class Conflict(Exception):
    """An action that cannot be reversed, because its rows are no longer as it left them."""


class Action(NamedTuple):
    """One entry of the history. `title` is an English msgid, `at` UTC seconds, `rows` how many rows it touched."""

    id: int
    title: str
    at: int
    computer: str
    undone: bool
    rows: int


def journaled() -> dict[str, type[Row]]:
    """Return every model whose changes are journaled, by the name of its table."""
    models.all_tables()
    return {str(model.__tablename__): model for model in Row.__subclasses__()}


def model_of(table: str) -> type[Row]:
    """Return the model of a table whose changes are journaled; as a rule it is loaded, or nobody had changed it."""
    there = {str(model.__tablename__): model for model in Row.__subclasses__()}
    return there.get(table) or journaled()[table]


def running(connection: Connection, action_id: int | None) -> None:
    """Tell the triggers which action every write of this transaction belongs to."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('dukkan.action', :id, true)"), {"id": str(action_id or "")})
    else:
        connection.execute(text("UPDATE temp.running SET action_id = :id"), {"id": action_id})


def changes(connection: Connection, action_id: int, since: int = 0) -> Changes:
    """Return what the action did after journal entry `since`."""
    mine = (journal.c.action_id == action_id, journal.c.seq > since)
    touched = func.count(journal.c.row_id.distinct())
    counts = connection.execute(select(journal.c.table_name, touched).where(*mine).group_by(journal.c.table_name)).all()
    model = {table: model_of(table) for table, _rows in counts}
    few = [table for table, rows in counts if rows <= LIMIT]
    columns = (journal.c.table_name, journal.c.row_id, journal.c.op)
    entries = select(*columns).where(*mine, journal.c.table_name.in_(few)).order_by(journal.c.seq)
    named = summary((model[table], row, op) for table, row, op in connection.execute(entries)) if few else {}
    return {**named, **{model[table]: MANY for table, rows in counts if rows > LIMIT}}


def changed_columns(connection: Connection, table: str, row_id: int, base: int, version: int) -> frozenset[str] | None:
    """Return which columns of a row changed between two of its versions, or None if the journal no longer knows."""
    entries = select(journal.c.before).where(
        journal.c.table_name == table, journal.c.row_id == row_id, journal.c.op == "U"
    )
    columns: set[str] = set()
    steps = 0
    for before in connection.scalars(entries):
        old = json.loads(before)
        if old.get("version", -1) >= base:
            steps += 1
            columns |= old.keys()
    return frozenset(columns - {"version"}) if steps == version - base else None


def recent(connection: Connection, limit: int) -> list[Action]:
    """Return the last actions, newest first."""
    rows = select(func.count()).where(journal.c.action_id == action.c.id).scalar_subquery()
    columns = (action.c.id, action.c.title, action.c.at, action.c.computer, action.c.undone, rows)
    return [Action(*row) for row in connection.execute(select(*columns).order_by(action.c.id.desc()).limit(limit))]


def reverse(connection: Connection, action_id: int) -> None:
    """Take back what the action did, leaving in its journal how to do it again.

    Raises Conflict if rows that came to depend on the action's would go with them.
    """
    running(connection, action_id)
    columns = (journal.c.seq, journal.c.table_name, journal.c.op, journal.c.row_id)
    mine = journal.c.action_id == action_id
    entries = connection.execute(select(*columns).where(mine).order_by(journal.c.seq.desc())).all()
    if not entries:
        return
    for run in _runs(entries):
        _take_back(connection, action_id, run)
    newest = entries[0].seq
    rows = select(journal.c.table_name, journal.c.row_id).where(mine)
    before, after = rows.where(journal.c.seq <= newest), rows.where(journal.c.seq > newest)
    for some, others in ((before, after), (after, before)):
        if connection.execute(some.except_(others).limit(1)).first():
            raise Conflict(_("This cannot be taken back: other changes have come to depend on it."))
    connection.execute(delete(journal).where(mine, journal.c.seq <= newest))


def check(connection: Connection, action_id: int, redo: bool) -> None:
    """Raise Conflict if other actions have changed the rows of this one out of turn."""
    later = and_(action.c.id > action_id, ~action.c.undone)
    earlier = and_(action.c.id < action_id, action.c.undone)
    out_of_turn = or_(later, earlier) if redo else later
    if not connection.scalar(select(exists().where(out_of_turn))):
        return  # as always with one computer: no row need be looked at
    mine, other = journal.alias(), journal.alias()
    rows = and_(other.c.table_name == mine.c.table_name, other.c.row_id == mine.c.row_id)
    query = (
        select(action.c.title, action.c.computer)
        .select_from(mine.join(other, rows).join(action, action.c.id == other.c.action_id))
        .where(mine.c.action_id == action_id, out_of_turn)
    )
    if found := connection.execute(query.limit(1)).first():
        message = _("This cannot be taken back: “{title}” on {computer} has changed the same since.")
        raise Conflict(message.format(title=_(found.title), computer=found.computer))


def prune(connection: Connection, days: int = KEPT_DAYS, entries: int = KEPT_ENTRIES) -> None:
    """Forget actions older than `days`, and the oldest beyond a total of journal `entries`."""
    connection.execute(delete(action).where(action.c.at < now() - days * 86_400))
    newest = select(journal.c.seq).order_by(journal.c.seq.desc()).offset(entries).limit(1)
    if (seq := connection.scalar(newest)) is not None:
        last = select(func.max(journal.c.action_id)).where(journal.c.seq <= seq).scalar_subquery()
        connection.execute(delete(action).where(action.c.id <= last))


def forget(connection: Connection) -> None:
    """Forget every action: what follows is the beginning of the shop."""
    connection.execute(delete(action))


def _runs(entries: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut entries, last first, into runs that can be taken back together: of one table and kind, each row once."""
    for _kind, group in groupby(entries, key=lambda entry: (entry.table_name, entry.op)):
        run: list[Any] = []
        rows: set[int] = set()
        for entry in group:
            if entry.row_id in rows:
                yield run
                run, rows = [], set()
            run.append(entry)
            rows.add(entry.row_id)
        yield run


def _take_back(connection: Connection, action_id: int, run: Sequence[Any]) -> None:
    """Take back a run of entries in one statement, or one by one where a value must be free before it is taken."""
    table, op = models.all_tables().tables[run[0].table_name], run[0].op
    whole = {"action": action_id, "low": run[-1].seq, "high": run[0].seq}
    names = {} if op == "I" else _names(connection, whole)
    sometimes = {name for name, count in names.items() if count < len(run)}
    statement = text(_undo(table.name, op, [*names], sometimes, connection.dialect.name))
    if op == "U" and names.keys() & _unique(table):
        connection.execute(statement, [whole | {"low": entry.seq, "high": entry.seq} for entry in run])
    else:
        connection.execute(statement, whole)


def _names(connection: Connection, run: dict[str, Any]) -> dict[str, int]:
    """Return the columns that the entries of a run keep, and how many of them keep each; but for the version."""
    keys = {"postgresql": "json_object_keys(CAST(before AS json)) AS key", "sqlite": "key"}[connection.dialect.name]
    source = "" if connection.dialect.name == "postgresql" else ", json_each(before)"
    query = f"SELECT key, count(*) FROM (SELECT {keys} FROM journal AS entry{source} WHERE {RUN}) AS k GROUP BY key"
    return {name: count for name, count in connection.execute(text(query), run) if name != "version"}


def _unique(table: Table) -> set[str]:
    """Return the columns of which no two rows may have the same."""
    held = [c.columns for c in table.constraints if isinstance(c, UniqueConstraint)]
    held += [index.columns for index in table.indexes if index.unique]
    return {column.name for columns in held for column in columns}


def _undo(table: str, op: str, names: Sequence[str], sometimes: Set[str], dialect: str) -> str:
    """Return the statement that takes back a run; `sometimes` are the names that not every entry has.

    The version never goes back: it grows by this change as by any other. The names are those of
    our own columns, as the triggers wrote them.
    """
    if op == "I":
        return f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM journal AS entry WHERE {RUN})"
    if dialect == "postgresql":
        base = f'NULL::"{table}"' if op == "D" else "here"
        images = f"jsonb_populate_record({base}, CAST(before AS jsonb)) AS image"
        values, old = [f"image.{name}" for name in names], "image.version"
        restored, source = f"SELECT {', '.join(values)} FROM {images}", f", {images}"
    else:
        values = [f"json_extract(before, '$.{name}')" for name in names]
        kept = [
            f"CASE WHEN json_type(before, '$.{name}') IS NULL THEN here.{name} ELSE {value} END"
            if name in sometimes
            else value
            for name, value in zip(names, values, strict=True)
        ]
        old = "json_extract(before, '$.version')"
        restored, source = f"SELECT {', '.join(kept)}", ""
    if op == "D":
        into = f"INSERT INTO {table} ({', '.join(names)}, version)"
        return f"{into} SELECT {', '.join(values)}, {old} + 1 FROM journal AS entry{source} WHERE {RUN}"
    changed = f"({', '.join(names)}) = ({restored}), " if names else ""
    of = f"FROM journal AS entry WHERE here.id = entry.row_id AND {RUN}"
    return f"UPDATE {table} AS here SET {changed}version = here.version + 1 {of}"
