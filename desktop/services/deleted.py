"""What was deleted in the last days, and bringing one thing of it back, with all that belonged to it."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desktop.data.history import action, journal
from desktop.data.models import Reply, now
from desktop.data.search import fold
from desktop.i18n import _, formats
from desktop.services.errors import Invalid, NotFound
from desktop.services.things import BY_TABLE, PART_OF, links_of, name_of, owner_column, owner_of, table_of

DAYS = 30
MOST = 2_000  # things that are listed


class Deleted(NamedTuple):
    """A thing that was deleted: by which entry of the journal, what it was called, when (UTC seconds) and where."""

    seq: int
    table: str
    row: int
    name: str
    at: int
    computer: str
    title: str


def list_deleted(session: Session, kind: str = "", typed: str = "", days: int = DAYS) -> list[Deleted]:
    """Return what was deleted in the last days and is not back, the last first; of one kind, or with a name."""
    tables = [kind] if kind else list(BY_TABLE)
    query = (
        select(journal.c.seq, journal.c.table_name, journal.c.row_id, journal.c.before, action)
        .join(action, action.c.id == journal.c.action_id)
        .where(journal.c.op == "D", journal.c.table_name.in_(tables), ~action.c.undone)
        .where(action.c.at >= now() - days * 86_400)
        .order_by(journal.c.seq.desc())
        .limit(MOST)
    )
    folded = fold(typed).strip()
    found = []
    seen: set[tuple[str, int]] = set()
    for each in session.execute(query):
        key = each.table_name, each.row_id
        row = json.loads(each.before)
        words = fold(" ".join(str(row.get(column) or "") for column in BY_TABLE[each.table_name].names))
        if key not in seen and folded in words:
            name = name_of(each.table_name, row) or _(BY_TABLE[each.table_name].one)
            found.append(Deleted(each.seq, *key, name, each.at, each.computer, each.title))
        seen.add(key)
    back = {key for table in {one.table for one in found} for key in _there(session, table, found)}
    return [one for one in found if (one.table, one.row) not in back]


def _there(session: Session, table: str, found: list[Deleted]) -> Iterator[tuple[str, int]]:
    ids = [one.row for one in found if one.table == table]
    here = select(table_of(table).c.id).where(table_of(table).c.id.in_(ids))
    return ((table, id) for id in session.scalars(here))


def bring_back(session: Session, seq: int) -> tuple[str, int]:
    """Bring back the thing whose deletion is an entry of the journal, under its own id, with its parts.

    What named it names it again, where it names nothing else by now. Return its table and its id. Raises NotFound if
    the history no longer knows it, Invalid if it cannot be here.
    """
    entry = session.execute(select(journal).where(journal.c.seq == seq, journal.c.op == "D")).first()
    if entry is None or entry.table_name not in BY_TABLE:
        raise NotFound("", _("The history no longer knows what this was."))
    table, row = entry.table_name, json.loads(entry.before)
    if _is_here(session, table, row["id"]):
        raise Invalid("", _("It is back already."))
    if table == "reply" and session.scalar(select(Reply.id).where(Reply.shortcut == row["shortcut"])) is not None:
        message = _("Another reply has the shortcut {shortcut} by now. Change one of them first.")
        raise Invalid("shortcut", message.format(shortcut=formats.ltr(f"/{row['shortcut']}")))
    _restore(session, table, row)
    mine = select(journal.c.table_name, journal.c.op, journal.c.row_id, journal.c.before).where(
        journal.c.action_id == entry.action_id
    )
    named = [name for name in table_names() if table in links_of(name).values()]
    for each in session.execute(mine.where(journal.c.table_name.in_(named), journal.c.op != "I")).all():
        before = json.loads(each.before)
        if each.op == "U":
            _name_again(session, each.table_name, each.row_id, before, table, row["id"])
        elif _belongs(each.table_name, before, table, row["id"]) and not _is_here(
            session, each.table_name, each.row_id
        ):
            _restore(session, each.table_name, before)
    return table, row["id"]


def table_names() -> list[str]:
    """Return the tables of all things and their parts."""
    return [*BY_TABLE, *PART_OF]


def _belongs(part: str, row: dict[str, Any], table: str, id: int) -> bool:
    """Say whether a deleted row went with a thing: as a part of it, or of another, tied to it."""
    if part not in PART_OF:
        return False
    mine = PART_OF[part].table == table and owner_column(part) is not None and owner_of(part, row) == id
    tied = any(other == table and row.get(column) == id for column, other in links_of(part).items())
    return mine or (tied and _ties_hard(part, table))


def _ties_hard(part: str, table: str) -> bool:
    columns = [column for column, other in links_of(part).items() if other == table]
    return any(table_of(part).c[column].foreign_keys for column in columns)


def _restore(session: Session, table: str, row: dict[str, Any]) -> None:
    """Insert a row as it was; it is left out if it names what is gone and cannot be without."""
    values = {}
    for column in table_of(table).columns:
        value = row.get(column.name)
        if value is not None and column.type.python_type is bool:
            value = bool(value)
        other = links_of(table).get(column.name)
        if value is not None and other and column.foreign_keys and not _is_here(session, other, value):
            if not column.nullable:
                return
            value = None
        values[column.name] = value
    values["version"] = row["version"] + 1
    session.execute(insert(table_of(table)), [values])


def _name_again(session: Session, table: str, id: int, before: dict[str, Any], other: str, row: int) -> None:
    place = table_of(table)
    for column, named in links_of(table).items():
        if named == other and before.get(column) == row:
            free = (place.c.id == id, place.c[column].is_(None))
            session.execute(update(place).where(*free).values({column: row, "version": place.c.version + 1}))


def _is_here(session: Session, table: str, id: int) -> bool:
    return session.scalar(select(table_of(table).c.id).where(table_of(table).c.id == id)) is not None
