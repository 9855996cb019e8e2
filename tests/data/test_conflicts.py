"""Several computers at one shop, and what none of them may do."""

from functools import partial
from threading import Event, Thread

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from desktop.data import database, history
from desktop.data.database import Busy, Database
from desktop.data.engines import HEAD
from desktop.data.history import Conflict
from desktop.data.models import Product, Reply
from desktop.services import catalog
from desktop.services.errors import NotFound, Stale


def add(database, name="Bread"):
    return database.run("Add", catalog.add_product, name)


def change(database, product, base=None, **values):
    database.run("Change", lambda session: catalog.update_product(session, product, base, **values))


def version(database, product):
    with database.reader() as session:
        return session.get(Product, product).version


def test_each_computer_undoes_its_own(both):
    add(both, "Bread")
    both.computer = "office"
    add(both, "Cake")
    both.computer = "till"
    both.undo()
    with both.reader() as session:
        assert [card.name for card in catalog.cards(session, [1, 2])] == ["Cake"]


def test_undo_is_refused_when_another_computer_changed_the_row(both, contents):
    product = add(both)
    both.computer = "office"
    change(both, product, name="Cake")
    both.computer = "till"
    before = contents(both)
    with pytest.raises(Conflict, match=r"“Change” on office"):
        both.undo()
    assert contents(both) == before


def test_undo_is_refused_when_it_would_take_rows_of_others(both, contents):
    product = add(both)
    both.computer = "office"
    both.run("Collect", lambda session: collect(session, product))
    both.computer = "till"
    before = contents(both)
    with pytest.raises(Conflict, match="depend"):
        both.undo()
    assert contents(both) == before
    assert both.next_title() == "Add"


def collect(session, product):
    from desktop.services import collections

    collections.put_into(session, product, collections.add_collection(session, "Bakery"))


def test_redo_waits_for_what_came_before_it(both):
    product = add(both)
    change(both, product, price=1)
    both.computer = "office"
    change(both, product, price=2)
    both.undo()
    both.computer = "till"
    both.undo()
    both.computer = "office"
    with pytest.raises(Conflict):
        both.redo()


def test_nothing_is_written_but_by_an_action(both):
    row = {"shortcut": "a", "text": "", "keywords": "", "folder": "", "language": "", "condition": "", "position": ""}
    row |= {"version": 1, "search_key": "", "sort_key": ""}
    with pytest.raises(IntegrityError), both._writer.begin() as connection:
        connection.execute(insert(Reply).values(row))
    with pytest.raises(IntegrityError):
        both.run_unrecorded(lambda session: session.execute(insert(Reply).values(row)))
    with pytest.raises(DBAPIError), both.reader() as session:
        session.execute(insert(Reply).values(row))


@pytest.mark.fault("F16")
def test_writes_of_two_computers_wait_for_each_other(server):
    here, there = Database(server, "here"), Database(server, "there")
    product = add(here)
    started, seen = Event(), []

    def raise_price(session):
        started.set()
        price = session.get(Product, product).price or 0
        seen.append(price)
        catalog.update_product(session, product, price=price + 1)

    def first(session):
        other.start()
        assert not started.wait(0.2)
        raise_price(session)

    other = Thread(target=partial(there.run, "There", raise_price))
    here.run("Here", first)
    other.join(10)
    assert seen == [0, 1]
    with here.reader() as session:
        assert session.get(Product, product).price == 2
    here.close()
    there.close()


@pytest.mark.fault("F14")
def test_the_window_does_not_wait_long_for_another_computer(server, monkeypatch):
    here, there = Database(server, "here"), Database(server, "there")
    monkeypatch.setattr(database, "TURN", (0.05, 10))
    with pytest.raises(Busy, match="Another computer"):
        here.run("Here", lambda _session: there.run("There", catalog.add_product, "Cake"))
    here.close()
    there.close()


@pytest.mark.fault("F16")
def test_other_columns_merge_and_the_same_one_is_a_conflict(both):
    product = add(both)
    seen = version(both, product)
    change(both, product, name="Cake")
    change(both, product, seen, price=5)
    with pytest.raises(Stale) as caught:
        change(both, product, seen, name="Pie")
    assert caught.value.field == "name"
    change(both, product, seen, name="Cake")  # the same again is no conflict
    with both.reader() as session:
        row = session.get(Product, product)
        assert (row.name, row.price) == ("Cake", 5)


def test_edit_typed_before_an_undo_is_a_conflict(both):
    product = add(both)
    change(both, product, name="Cake")
    seen = version(both, product)
    both.undo()
    assert version(both, product) > seen, "a version never comes back"
    with pytest.raises(Stale):
        change(both, product, seen, name="Cakes")


def test_without_its_journal_every_older_edit_is_a_conflict(both):
    product = add(both)
    seen = version(both, product)
    change(both, product, price=5)
    both.begin_history()
    with pytest.raises(Stale):
        change(both, product, seen, name="Pie")


def test_what_was_deleted_is_not_found(both):
    product = add(both)
    both.run("Delete", catalog.remove_products, [product])
    with pytest.raises(NotFound, match="deleted"):
        change(both, product, price=5)


def test_actions_of_an_older_revision_cannot_be_reversed(both, monkeypatch):
    add(both)
    monkeypatch.setattr("desktop.data.actions.HEAD", HEAD + 1)
    assert both.next_title() is None
    assert both.undo() is None
    with both.reader() as session:
        assert [action.title for action in history.recent(session.connection(), 5)] == ["Add"]
