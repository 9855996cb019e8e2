"""Undo for every write, whoever makes it: the database itself journals what each action does to each row.

Row triggers, generated from the models, note how to take every change back. To reverse an
action is to apply its notes, last first, while the triggers note how to take *that* back in their
place: so one function, `reverse`, is both undo and redo.

The triggers read which action is running. Where none is, `action_id` is NULL and the write fails.
"""

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
    text,
)
from sqlalchemy import false as sql_false

from desktop.data.models import Base, BigInt, Row, now
from desktop.data.notice import Changes, summary
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

KEPT_DAYS = 180
KEPT_ENTRIES = 500_000


class Conflict(Exception):
    """An action that cannot be reversed, because its rows are no longer as it left them."""


@dataclass(frozen=True)
class Action:
    """One entry of the history. `title` is an English msgid, `at` UTC seconds, `rows` how many rows it touched."""

    id: int
    title: str
    at: int
    computer: str
    undone: bool
    rows: int


def journaled() -> dict[str, type[Row]]:
    """Return every model whose changes are journaled, by the name of its table."""
    return {str(model.__tablename__): model for model in Row.__subclasses__()}


def running(connection: Connection, action_id: int | None) -> None:
    """Tell the triggers which action every write of this transaction belongs to."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('dukkan.action', :id, true)"), {"id": str(action_id or "")})
    else:
        connection.execute(text("UPDATE temp.running SET action_id = :id"), {"id": action_id})


def changes(connection: Connection, action_id: int, since: int = 0) -> Changes:
    """Return what the action did after journal entry `since`."""
    entries = (
        select(journal.c.table_name, journal.c.row_id, journal.c.op)
        .where(journal.c.action_id == action_id, journal.c.seq > since)
        .order_by(journal.c.seq)
    )
    models = journaled()
    return summary((models[table], row, op) for table, row, op in connection.execute(entries))


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
    mine = journal.c.action_id == action_id
    entries = connection.execute(select(journal).where(mine).order_by(journal.c.seq.desc())).all()
    connection.execute(delete(journal).where(mine))
    for (name, op, columns), group in groupby(entries, key=_shape):
        statement = _undo(name, op, columns, connection.dialect.name)
        connection.execute(text(statement), [{"id": entry.row_id, "image": entry.before} for entry in group])
    after = connection.execute(select(journal.c.table_name, journal.c.row_id).where(mine)).all()
    if {tuple(row) for row in after} != {(entry.table_name, entry.row_id) for entry in entries}:
        raise Conflict(_("This cannot be taken back: other changes have come to depend on it."))


def check(connection: Connection, action_id: int, redo: bool) -> None:
    """Raise Conflict if other actions have changed the rows of this one out of turn."""
    mine, other = journal.alias(), journal.alias()
    later = and_(action.c.id > action_id, ~action.c.undone)
    earlier = and_(action.c.id < action_id, action.c.undone)
    rows = and_(other.c.table_name == mine.c.table_name, other.c.row_id == mine.c.row_id)
    query = (
        select(action.c.title, action.c.computer)
        .select_from(mine.join(other, rows).join(action, action.c.id == other.c.action_id))
        .where(mine.c.action_id == action_id, or_(later, earlier) if redo else later)
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


def _shape(entry: Any) -> tuple[str, str, tuple[str, ...]]:
    """Return what decides how an entry is taken back; entries of one shape go to the database together."""
    return entry.table_name, entry.op, tuple(json.loads(entry.before or "{}"))


def _undo(table: str, op: str, names: tuple[str, ...], dialect: str) -> str:
    """Return the statement that takes back journal entries of one shape.

    The version never goes back: it grows by this change as by any other. The names are those of
    our own columns, as the triggers wrote them.
    """
    if op == "I":
        return f"DELETE FROM {table} WHERE id = :id"
    names = tuple(name for name in names if name != "version")
    if dialect == "postgresql":
        values, old = [*names], "version"
        source = f' FROM jsonb_populate_record(NULL::"{table}", CAST(:image AS jsonb))'  # overlay is a word of SQL
    else:
        values, old = [f"json_extract(:image, '$.{name}')" for name in names], "json_extract(:image, '$.version')"
        source = ""
    if op == "D":
        return f"INSERT INTO {table} ({', '.join(names)}, version) SELECT {', '.join(values)}, {old} + 1{source}"
    if not names:
        return f"UPDATE {table} SET version = version + 1 WHERE id = :id"
    images = f"SELECT {', '.join(values)}{source}"
    return f"UPDATE {table} SET ({', '.join(names)}) = ({images}), version = version + 1 WHERE id = :id"
