"""Many rows at once, however many: choosing them by id, and writing to each its own values."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, any_, bindparam, func, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

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

    All of `rows` name the same columns. Versions and moments of change follow by themselves; objects that the session
    holds are read anew.
    """
    if not rows:
        return 0
    table = model.metadata.tables[model.__tablename__]
    columns = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("row_id")).values(columns)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        values = [{f"new_{name}": row[name] for name in columns} | {"row_id": row["id"]} for row in some]
        session.connection().execute(statement, values)
        tell(start + len(some), len(rows))
    session.expire_all()
    return len(rows)
