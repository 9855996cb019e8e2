"""Saved searches."""

import pytest
from sqlalchemy import update

from desktop.data.models import SavedSearch
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.searches import list_searches, remove_search, rename_search, save_search
from desktop.services.where import Search

SEARCH = Search("شنطة bag", ("hidden", "collection=#4"), "price")


def saved(database):
    with database.reader() as session:
        return list_searches(session)


def test_a_search_is_kept_replaced_renamed_and_removed(both):
    first = both.run("Save", save_search, "  To  do ", SEARCH)
    other = both.run("Save", save_search, "بلا صورة", Search(terms=("no-picture",)))
    assert [(each.id, each.name, each.search) for each in saved(both)] == [
        (first, "To do", SEARCH),
        (other, "بلا صورة", Search(terms=("no-picture",))),
    ]
    assert both.run("Save", save_search, "TO DO", Search(" bag ")) == first
    assert (saved(both)[0].name, saved(both)[0].search) == ("TO DO", Search("bag"))
    both.run("Rename", rename_search, first, saved(both)[0].version, "Bags")
    both.run("Remove", remove_search, other)
    assert [each.name for each in saved(both)] == ["Bags"]
    both.undo()
    assert [each.name for each in saved(both)] == ["Bags", "بلا صورة"]
    with pytest.raises(Stale):
        both.run("Rename", rename_search, first, 1, "Other")
    with pytest.raises(NotFound):
        both.run("Rename", rename_search, 99, None, "Other")


def test_what_cannot_be_saved_is_told(database):
    one = database.run("Save", save_search, "One", SEARCH)
    database.run("Save", save_search, "Two", SEARCH)
    for fn, args in (
        (save_search, (" \n ", SEARCH)),
        (save_search, ("Three", Search(terms=("nonsense",)))),
        (rename_search, (one, None, "two")),
        (rename_search, (one, None, "")),
    ):
        with pytest.raises(Invalid):
            database.run("Save", fn, *args)
    assert [each.name for each in saved(database)] == ["One", "Two"]


def test_an_order_from_a_later_program_is_the_owners(database):
    database.run("Save", save_search, "One", SEARCH)
    database.run("Age", lambda session: session.execute(update(SavedSearch).values(sort="by colour")))
    assert saved(database)[0].search.sort == ""
