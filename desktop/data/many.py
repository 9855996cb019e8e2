"""Many rows at once, however many: choosing them by id, and writing to each its own values."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
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

from desktop.data import triggers
from desktop.data.models import Row
from desktop.data.refusals import wrapped

Tell = Callable[[int, int], None]
AT_ONCE = 2_000  # rows between two reports
MANY = 10_000  # new rows from which a table's indexes are made behind them
IN_ONE = 100  # new rows that one statement of SQLite adds: half the time of one for each; more take longer again
Batch = list[tuple[Any, ...]]
Insert = Callable[[Batch], Sequence[int]]


def silent(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def among(session: Session, column: InstrumentedAttribute[Any], ids: Sequence[int]) -> ColumnElement[bool]:
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
    """Add rows, all of the same columns, and return their ids in the same order; other columns take their defaults."""
    if not rows:
        return []
    names = tuple(rows[0])
    given = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    with inserting(session, model, names, len(rows)) as insert_some:
        return [id for some in batches(map(given, rows)) for id in insert_some(some)]


def inserting(session: Session, model: type[Row], names: Sequence[str], most: int) -> AbstractContextManager[Insert]:
    """Give what adds some rows of the columns `names` and returns their ids; other columns take their defaults.

    On SQLite the driver takes them as they are, and the history notes all of them together: a sixth of the time. Where
    a table grows to more than twice its size by the `most` that come, its indexes are made behind them: less than half
    of that again. If the block fails, the transaction is over.
    """
    adding = _to_server if session.get_bind().dialect.name == "postgresql" else _to_file
    return adding(session.connection(), model.metadata.tables[model.__tablename__], names, most)


def batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[Batch]:
    """Yield rows as they come, some at a time."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


@contextmanager
def _to_server(connection: Connection, table: Table, names: Sequence[str], _most: int) -> Iterator[Insert]:
    """Give what adds rows to a table of PostgreSQL."""
    returning = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    yield lambda rows: connection.scalars(returning, [dict(zip(names, row, strict=True)) for row in rows]).all()


@contextmanager
def _to_file(connection: Connection, table: Table, names: Sequence[str], most: int) -> Iterator[Insert]:
    """Give what adds rows to a table of SQLite, many with one statement."""
    counted = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :table")
    first = last = (connection.scalar(counted, {"table": table.name}) or 0) + 1
    defaults = {c.name: _default(c) for c in table.columns if c.name not in names and c.default is not None}
    columns = ("id", *names, *defaults)
    rest = tuple(defaults.values())
    start = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES "
    row = f"({', '.join('?' * len(columns))})"

    def add(rows: Batch) -> range:
        nonlocal last
        ids = range(last, last + len(rows))
        last += len(rows)
        whole = ((id, *given, *rest) for id, given in zip(ids, rows, strict=True))
        alike: dict[int, list[tuple[Any, ...]]] = {}
        while some := list(islice(whole, IN_ONE)):
            alike.setdefault(len(some), []).append(tuple(chain.from_iterable(some)))
        for count, values in alike.items():
            connection.exec_driver_sql(start + ", ".join([row] * count), values)
        return ids

    with triggers.noting_together(connection, table.name, first), _indexed_behind(connection, table.name, most):
        yield add


@contextmanager
def _indexed_behind(connection: Connection, table: str, most: int) -> Iterator[None]:
    """Do without the indexes of a table of SQLite in the block, if that adds so many rows that it is worth it."""
    indexes: Sequence[Any] = ()
    if most >= MANY and (connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0) < most:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL"
        indexes = connection.execute(text(query), {"table": table}).all()
    for index in indexes:
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
    yield
    for index in indexes:
        connection.exec_driver_sql(index.sql)


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


def tuples(session: Session, query: Select[Any], at_once: int = AT_ONCE) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a query, some at a time, as the driver gives them: half the time of named ones.

    Nothing is converted: what is true may be 1.
    """
    cursor = session.connection().execute(query).cursor
    assert cursor, "a query has rows"
    while some := _next(cursor, at_once):
        yield list(some)
    cursor.close()


def _next(cursor: Any, at_once: int) -> Sequence[tuple[Any, ...]]:
    try:
        found: Sequence[tuple[Any, ...]] = cursor.fetchmany(at_once)
    except Exception as error:  # of the driver in use
        raise wrapped(error) from error
    return found
