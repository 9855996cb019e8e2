"""Changing a row that someone else may have changed meanwhile: different columns merge, the same one is a conflict."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from desktop.data import history
from desktop.data.models import Row
from desktop.i18n import _, bidi
from desktop.i18n.folding import clean as clean  # whoever edits finds it here
from desktop.services.errors import NotFound, Stale

T = TypeVar("T", bound=Row)


def change_row(session: Session, model: type[T], row_id: int, base: int | None, values: Mapping[str, Any]) -> T:
    """Set `values` on a row and return it; `base` is the version that they were typed over, None for any.

    Raises NotFound if the row is gone, and Stale if one of these very columns has changed since `base`.
    """
    row = session.get(model, row_id)
    if row is None:
        raise NotFound("", _("This has been deleted meanwhile. Undo brings it back."))
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    if new and base is not None and row.version != base:
        table = str(model.__tablename__)
        changed = history.changed_columns(session.connection(), table, row_id, base, row.version)
        if changed is None or changed & new.keys():
            field = next((name for name in new if changed is None or name in changed), "")
            raise changed_elsewhere(field)
    for name, value in new.items():
        setattr(row, name, value)
    return row


def changed_elsewhere(field: str) -> Stale:
    """Return what to raise for a field that was typed over something else than what is stored."""
    return Stale(field, _("This has been changed elsewhere meanwhile. Yours is kept here, and not saved yet."))


def one_line(typed: str) -> str:
    """Return `typed` on one line, without spaces around it or doubled inside."""
    return " ".join(typed.split())


def code_of(typed: str) -> str:
    """Return the code that somebody typed, or pasted from a chat with marks of direction around it."""
    return one_line(bidi.strip(typed).replace("\ufeff", ""))


def paragraphs(typed: str) -> str:
    """Return `typed` with plain line ends and nothing blank around it."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
