"""Pictures as the shop keeps them: bytes named by their digest, stored once and never changed."""

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, delete, select
from sqlalchemy.orm import Session

from desktop.data.history import journal
from desktop.data.models import Blob, all_tables

if TYPE_CHECKING:  # it needs Qt, which only those who make pictures load
    from desktop.data.images import Image


def store(session: Session, image: "Image") -> str:
    """Keep a picture, unless it is kept already, and return its digest."""
    if session.get(Blob, image.sha256) is None:
        session.add(
            Blob(
                sha256=image.sha256,
                data=image.data,
                thumbnail=image.thumbnail,
                format=image.format,
                width=image.width,
                height=image.height,
            )
        )
        session.flush()
    return image.sha256


def collect(connection: Connection) -> int:
    """Delete the pictures that no row names, nor any change that can still be taken back; return how many."""
    query = select(Blob.sha256)
    for column in _references():
        query = query.where(~select(1).where(column == Blob.sha256).exists())
    unused = set(connection.scalars(query))
    if unused:
        unused -= _in_history(connection)
    for digest in unused:
        connection.execute(delete(Blob).where(Blob.sha256 == digest))
    return len(unused)


def _in_history(connection: Connection) -> set[str]:
    """Return what rows have named that a change can still bring back.

    Read once for all: to look for each picture by itself kept a shop from closing for half a minute.
    """
    names: dict[str, list[str]] = {}
    for column in _references():
        names.setdefault(column.table.name, []).append(column.name)
    entries = select(journal.c.table_name, journal.c.before).where(journal.c.table_name.in_(names))
    found: set[str] = set()
    for table, before in connection.execute(entries.where(journal.c.before.is_not(None))):
        row = json.loads(before)
        found.update(digest for name in names[table] if (digest := row.get(name)))
    return found


def _references() -> list[Column[Any]]:
    """Return every column, of whatever table, that names a picture."""
    keys = (key for table in all_tables().tables.values() for key in table.foreign_keys)
    return [key.parent for key in keys if key.column.table.name == Blob.__tablename__]
