"""News of what one commit changed: which rows of which models, and who asked for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from desktop.data.models import Row


class Many(Enum):
    """The type of MANY."""

    MANY = "more rows than are worth naming"


MANY: Final = Many.MANY
LIMIT = 500


@dataclass(frozen=True)
class Change:
    """The ids of a model's rows that came, stayed but changed, and went."""

    inserted: frozenset[int] = frozenset()
    updated: frozenset[int] = frozenset()
    deleted: frozenset[int] = frozenset()


Changes = Mapping[type[Row], Change | Many]


@dataclass(frozen=True)
class Notice:
    """What one commit changed; `origin` is whatever the caller of `run` named as such."""

    changes: Changes = field(default_factory=dict)
    origin: object = None

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
