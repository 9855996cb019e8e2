"""The list of actions: beginning one, and which of them can be taken back, or done again.

An action of older tables cannot: its entries in the journal are not theirs any more.
"""

from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from desktop.data.engines import HEAD
from desktop.data.history import action, journal
from desktop.data.models import now


class Title(NamedTuple):
    """An action that can be reversed, and its English msgid."""

    id: int
    title: str


def find_next(connection: Connection, computer: str, redo: bool) -> Title | None:
    """Return the action of a computer that is to be taken back next, or done again with `redo`."""
    query = _reversible(redo).where(action.c.computer == computer)
    return _first(connection, query.order_by(action.c.id if redo else action.c.id.desc()).limit(1))


def find(connection: Connection, action_id: int, redo: bool) -> Title | None:
    """Return an action of whichever computer, None if it is not there to be taken back, or done again."""
    return _first(connection, _reversible(redo).where(action.c.id == action_id))


def touches_more(connection: Connection, action_id: int, rows: int) -> bool:
    """Say whether an action touched more than so many rows, without counting further."""
    entries = select(journal.c.seq).where(journal.c.action_id == action_id)
    return connection.scalar(entries.limit(1).offset(rows)) is not None


def last_entry(connection: Connection, action_id: int) -> int:
    """Return the last entry of the journal that an action has so far, 0 for none."""
    return connection.scalar(select(func.max(journal.c.seq)).where(journal.c.action_id == action_id)) or 0


def add(connection: Connection, title: str, computer: str) -> int:
    """Begin an action, and return its id."""
    values = {"title": title, "at": now(), "computer": computer, "revision": HEAD}
    added: int = connection.execute(insert(action).values(values).returning(action.c.id)).scalar_one()
    return added


def remove(connection: Connection, action_id: int) -> None:
    """Forget an action that did nothing."""
    connection.execute(delete(action).where(action.c.id == action_id))


def remove_undone(connection: Connection, computer: str) -> None:
    """Forget what a computer has taken back: after something new, there is nothing to do again."""
    connection.execute(delete(action).where(action.c.computer == computer, action.c.undone))


def mark(connection: Connection, action_id: int, undone: bool) -> None:
    """Note that an action has been taken back, or done again."""
    connection.execute(update(action).where(action.c.id == action_id).values(undone=undone))


def _reversible(redo: bool) -> Select[int, str]:
    return select(action.c.id, action.c.title).where(action.c.undone == redo, action.c.revision == HEAD)


def _first(connection: Connection, query: Select[int, str]) -> Title | None:
    row = connection.execute(query).first()
    return Title(row[0], row[1]) if row else None
