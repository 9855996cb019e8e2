"""What several items have in common, on both databases."""

import pytest

from desktop.services import catalog, collections, profile
from desktop.services.bulk import set_fields
from desktop.services.several import COLUMNS, MIXED, read_shared


@pytest.fixture
def items(both):
    both.run("Home", profile.update_profile, territory="AE", currency="AED")
    add = catalog.add_product
    return [
        both.run("Add", add, "Bag", price=500, brand="Dar", quantity=3),
        both.run("Add", add, "Box", price=500, brand="dar", hidden=True),
        both.run("Add", add, "Cup", price=900, brand="Dar"),
    ]


def shared(database, ids):
    with database.reader() as session:
        return read_shared(session, ids)


def test_what_is_the_same_in_all_and_what_is_mixed(both, items):
    found = shared(both, items[:2])
    assert found.count == 2
    assert (found.values["price"], found.values["brand"], found.values["quantity"]) == (500, MIXED, MIXED)
    assert (found.values["hidden"], found.values["sale_price"]) == (MIXED, None)
    assert found.values["availability"] == "in stock"
    found = shared(both, [items[0], items[2]])
    assert (found.values["price"], found.values["brand"], found.values["hidden"]) == (MIXED, "Dar", False)
    assert shared(both, [items[1]]).values["hidden"] is True


def test_collections_are_counted(both, items):
    group = both.run("New", collections.add_collection, "Bags")
    for item in items[:2]:
        both.run("Put", collections.put_into, item, group)
    assert shared(both, items).collections == {group: 2}
    assert shared(both, items[2:]).collections == {}


def test_what_is_gone_is_not_counted(both, items):
    both.run("Delete", catalog.remove_products, items[1:])
    assert shared(both, items).count == 1
    gone = shared(both, items[1:])
    assert gone.count == 0
    assert [gone.values[name] for name in COLUMNS if name != "hidden"] == [None] * (len(COLUMNS) - 1)


def test_one_value_for_all_leaves_the_rest_as_it_was(both, items):
    assert both.run("Brand", set_fields, items, brand="Bayt", sale_starts=5, quantity=None) == 3
    found = shared(both, items)
    assert (found.values["brand"], found.values["quantity"], found.values["sale_starts"]) == ("Bayt", None, 5)
    assert found.values["price"] is MIXED
