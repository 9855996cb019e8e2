"""Many rows at once, however many: choosing them by id, and writing to each its own values."""

import json
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Update,
    any_,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.data import history
from desktop.data.models import Row

Tell = Callable[[int, int], None]
AT_ONCE = 2_000  # rows between two reports


def silent(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def among(session: Session, column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of `ids`, which go to the database as one value."""
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(list(ids), ARRAY(BigInteger)))
    return column.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value))


def write_rows(session: Session, model: type[Row], rows: Sequence[Mapping[str, Any]], tell: Tell = silent) -> int:
    """Set the columns that each of `rows` names on the row of its `id`, and return how many were set.

    Versions and moments of change follow by themselves; objects that the session holds are read anew.
    """
    alike: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        alike.setdefault(tuple(row), []).append(row)
    done = 0
    for names, group in alike.items():
        statement = _update(session, model, names)
        for start in range(0, len(group), AT_ONCE):
            some = group[start : start + AT_ONCE]
            session.connection().execute(statement, {"rows": json.dumps([dict(row) for row in some])})
            done += len(some)
            tell(done, len(rows))
    session.expire_all()
    return done


def insert_rows(session: Session, model: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows, all of the same columns, and return their ids in the same order; other columns take their defaults.

    On SQLite the driver takes them as they are and the history notes them together: a quarter of the time.
    """
    if not rows:
        return []
    table = model.metadata.tables[model.__tablename__]
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        found = connection.execute(insert(table).returning(table.c.id, sort_by_parameter_order=True), list(rows))
        return list(found.scalars())
    counted = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :table")
    first = (connection.scalar(counted, {"table": table.name}) or 0) + 1
    ids = list(range(first, first + len(rows)))
    names = list(rows[0])
    given = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    defaults = {c.name: _default(c) for c in table.columns if c.name not in names and c.default is not None}
    columns = ", ".join(["id", *names, *defaults])
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * (1 + len(names) + len(defaults)))})"
    values = [(number, *given(row), *defaults.values()) for number, row in zip(ids, rows, strict=True)]
    with history.noting_together(connection, table.name, first, ids[-1]):
        connection.exec_driver_sql(statement, values)
    return ids


def _default(column: Column[Any]) -> Any:
    """Return what a column has where nothing is said."""
    value = column.default.arg  # type: ignore[union-attr]
    return value(None) if callable(value) else value


def _update(session: Session, model: type[Row], names: Sequence[str]) -> Update:
    """Return the statement that sets these columns to what `rows`, a JSON text, says of each id.

    One statement for many rows: on SQLite that takes a third of the time of one statement for each.
    """
    table = model.metadata.tables[model.__tablename__]
    new: dict[str, ColumnElement[Any]]
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import JSONB  # all the drivers for it: 30 ms that no start needs

        records = func.jsonb_to_recordset(cast(bindparam("rows"), JSONB))
        source = records.table_valued(*(column(name, table.c[name].type) for name in names), name="new")
        typed = source.render_derived(with_types=True)
        new = {name: typed.c[name] for name in names}
    else:
        value = func.json_each(bindparam("rows")).table_valued("value", name="new").c.value
        new = {name: func.json_extract(value, f"$.{name}") for name in names}
    changed = {name: value for name, value in new.items() if name != "id"}
    return update(table).where(table.c.id == new["id"]).values(changed)
