"""The board: who and what stands in which column."""

import pytest

from desktop.services.board import first_kind, move_customers, read_lanes
from desktop.services.customers import add_customer
from desktop.services.errors import NotFound
from desktop.services.labels import add_first_labels, add_label, put_labels, remove_labels, state_label, update_label
from desktop.services.orders import add_order, set_states


@pytest.fixture
def people(both):
    """A shop with its labels: the ids of three customers, of whom the first two have ordered and the first is paid."""
    both.run("Add", add_first_labels)
    ids = [both.run("Add", add_customer, name) for name in ("Huda", "Omar", "ريم")]
    both.run("Put", put_labels, ids[:2], [label(both, "new_order")])
    both.run("Put", put_labels, ids[:1], [label(both, "paid")])
    return ids


def label(database, role):
    with database.reader() as session:
        return state_label(session, role)


def lanes(database, kind="customers", typed="", limit=None):
    with database.reader() as session:
        return {lane.name: list(lane.cards) for lane in read_lanes(session, kind, typed, limit)}


def test_customers_stand_in_every_column_they_have_the_label_of_the_last_first(both, people):
    huda, omar, _reem = people
    assert lanes(both) == {"New order": [omar, huda], "Pending payment": [], "Paid": [huda], "Order complete": []}
    assert lanes(both, typed="OMAR")["New order"] == [omar]
    with both.reader() as session:
        first = read_lanes(session, "customers", limit=1)[0]
    assert (first.cards, first.total) == ([omar], 2)


def test_moving_is_one_action_that_moves_only_who_is_there(both, people):
    huda, omar, reem = people
    new, paid = label(both, "new_order"), label(both, "paid")
    both.run("Move", move_customers, people, new, paid)
    assert (lanes(both)["New order"], sorted(lanes(both)["Paid"])) == ([], [huda, omar]), "who was there, each once"
    assert reem not in lanes(both)["Paid"]
    both.undo()
    assert lanes(both)["New order"] == [omar, huda]
    both.run("Move", move_customers, people, new, new)
    assert lanes(both)["New order"] == [omar, huda]


def test_a_column_that_is_gone_takes_nobody(database):
    a, b = (database.run("Add", add_label, name) for name in "AB")
    person = database.run("Add", add_customer, "Huda")
    database.run("Put", put_labels, [person], [a])
    database.run("Delete", remove_labels, [b])
    with pytest.raises(NotFound):
        database.run("Move", move_customers, [person], a, b)
    with database.reader() as session:
        assert read_lanes(session, "customers") == [], "no label is a column before it is chosen"


def test_orders_stand_in_four_columns_called_as_their_labels(database):
    with database.reader() as session:
        assert first_kind(session) == "customers"
    order = database.run("Add", add_order, [{"name": "Cake"}], name="Huda")
    assert lanes(database, "orders")["New order"] == [order], "also where there are no labels"
    database.run("Add", add_first_labels)
    database.run("Rename", update_label, label(database, "paid"), name="Money is here")
    database.run("Move", set_states, [order], "paid")
    assert lanes(database, "orders") == {
        "New order": [],
        "Pending payment": [],
        "Money is here": [order],
        "Order complete": [],
    }
    assert lanes(database, "orders", "cake")["Money is here"] == [order]
    assert not any(lanes(database, "orders", "bread").values())
    with database.reader() as session:
        assert first_kind(session) == "orders"
