"""News of what one commit changed: which rows of which models, and who asked for it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from desktop.data.models import Row


class Many(Enum):
    """The type of MANY."""

    MANY = "more rows than are worth naming"


MANY: Final = Many.MANY
LIMIT = 500
ROOM = 7_900  # bytes of a notice to other computers: PostgreSQL sends no more than 8,000


class Change(NamedTuple):
    """The ids of a model's rows that came, stayed but changed, and went."""

    inserted: frozenset[int] = frozenset()
    updated: frozenset[int] = frozenset()
    deleted: frozenset[int] = frozenset()


Changes = Mapping[type[Row], Change | Many]


@dataclass(frozen=True)
class Notice:
    """What one commit changed; `origin` is whatever the caller of `run` named as such.

    `elsewhere`: it was another program, on this computer or another one.
    """

    changes: Changes = field(default_factory=dict)
    origin: object = None
    elsewhere: bool = False

    def of(self, model: type[Row]) -> Change | Many | None:
        """Return what changed of one model, or None."""
        return self.changes.get(model)


def summary(entries: Iterable[tuple[type[Row], int, str]]) -> Changes:
    """Sum up (model, id, op) journal entries: what a row was before the first and is after the last."""
    spans: dict[type[Row], dict[int, tuple[str, str]]] = {}
    for model, row_id, op in entries:
        rows = spans.setdefault(model, {})
        rows[row_id] = (rows.get(row_id, (op, op))[0], op)
    return {model: MANY if len(rows) > LIMIT else _change(rows) for model, rows in spans.items()}


def _change(rows: Mapping[int, tuple[str, str]]) -> Change:
    inserted = frozenset(row for row, (first, last) in rows.items() if first == "I" and last != "D")
    deleted = frozenset(row for row, (first, last) in rows.items() if first != "I" and last == "D")
    passing = frozenset(row for row, span in rows.items() if span == ("I", "D"))
    return Change(inserted, frozenset(rows) - inserted - deleted - passing, deleted)


def pack(signature: str, changes: Changes) -> str:
    """Return a notice as text for other computers: the ids if there is room for them. `unpack` reads it."""
    named = {
        str(model.__tablename__): None if isinstance(change, Many) else [*map(sorted, _sets(change))]
        for model, change in changes.items()
    }
    text = json.dumps([signature, named], separators=(",", ":"))
    return text if len(text) <= ROOM else json.dumps([signature, dict.fromkeys(named)], separators=(",", ":"))


def unpack(text: str) -> tuple[str, Changes]:
    """Return who signed a packed notice, and what it tells; models that this version does not know are left out."""
    from desktop.data.history import journaled

    signature, named = json.loads(text)
    models = journaled()
    return signature, {
        models[table]: MANY if ids is None else Change(*map(frozenset, ids))
        for table, ids in named.items()
        if table in models
    }


def _sets(change: Change) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    return change.inserted, change.updated, change.deleted
