"""Searches of the catalog that are kept under a name."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import SavedSearch
from desktop.data.position import after
from desktop.data.search import fold
from desktop.i18n import _, formats
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid
from desktop.services.where import SORTS, Search, conditions


class Saved(NamedTuple):
    """A search and what it is called."""

    id: int
    version: int
    name: str
    search: Search


def list_searches(session: Session) -> list[Saved]:
    """Return what was saved, in the order it was; an order that this program does not know is the owner's."""
    rows = session.scalars(select(SavedSearch).order_by(SavedSearch.position, SavedSearch.id))
    return [
        Saved(
            row.id,
            row.version,
            row.name,
            Search(row.typed, tuple(row.terms.splitlines()), row.sort if row.sort in SORTS else ""),
        )
        for row in rows
    ]


def save_search(session: Session, name: str, search: Search) -> int:
    """Keep a search under a name and return its id; the same name replaces what it stood for. Raises Invalid."""
    name = _named(name)
    conditions(session, search.terms)  # which tells what means nothing
    values = {"typed": clean(search.typed.strip()), "terms": "\n".join(search.terms), "sort": search.sort}
    for saved in list_searches(session):
        if fold(saved.name) == fold(name):
            return change_row(session, SavedSearch, saved.id, None, {"name": name, **values}).id
    last = session.scalar(select(func.max(SavedSearch.position)))
    row = SavedSearch(name=name, position=after(last or ""), **values)
    session.add(row)
    session.flush()
    return row.id


def rename_search(session: Session, search_id: int, base: int | None, name: str) -> None:
    """Call a saved search something else. Raises Invalid for no name or one that is taken, Stale, NotFound."""
    name = _named(name)
    for saved in list_searches(session):
        if saved.id != search_id and fold(saved.name) == fold(name):
            sentence = _("There is already a saved search called {name}.")
            raise Invalid("name", sentence.format(name=formats.auto(saved.name)))
    change_row(session, SavedSearch, search_id, base, {"name": name})
    session.flush()


def remove_search(session: Session, search_id: int) -> None:
    """Forget a saved search; undo brings it back."""
    if row := session.get(SavedSearch, search_id):
        session.delete(row)
        session.flush()


def _named(name: str) -> str:
    name = one_line(clean(name))
    if not name:
        raise Invalid("name", _("Write a name by which you will know this search."))
    return name
