"""Collections, on both databases."""

import pytest

from desktop.services.catalog import add_product, remove_products
from desktop.services.collections import add_collection, collection_named, list_collections, put_into, take_out
from desktop.services.errors import Invalid
from desktop.services.where import Search, find


@pytest.fixture
def items(both):
    return [both.run("Add", add_product, name) for name in ("Bread", "Cake")]


def listed(database):
    with database.reader() as session:
        return [(group.name, group.items) for group in list_collections(session)]


def test_they_stand_in_the_owners_order_with_their_numbers(both, items):
    bread, sweets = (both.run("Add", add_collection, name) for name in (" خبز \n طازج", "حلويات"))
    both.run("Put", put_into, items[0], bread)
    both.run("Put", put_into, items[0], bread)
    both.run("Put", put_into, items[0], sweets)
    both.run("Put", put_into, items[1], sweets)
    assert listed(both) == [("خبز طازج", 1), ("حلويات", 2)]
    both.run("Take", take_out, items[0], sweets)
    both.run("Take", take_out, items[0], sweets)
    assert listed(both) == [("خبز طازج", 1), ("حلويات", 1)]
    with both.reader() as session:
        assert find(session, Search(terms=(f"collection=#{sweets}",))) == [items[1]]
    both.undo()
    assert listed(both)[1] == ("حلويات", 2)
    both.run("Delete", remove_products, items)
    assert [count for _name, count in listed(both)] == [0, 0]


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_it_needs_a_name(both, name):
    with pytest.raises(Invalid) as caught:
        both.run("Add", add_collection, name)
    assert caught.value.field == "name"
    assert listed(both) == []


def test_a_name_is_taken_however_it_is_spelt(both):
    group = both.run("Add", add_collection, "هدايا الأعياد")
    with pytest.raises(Invalid, match="already"):
        both.run("Add", add_collection, "هدايا  الاعياد")
    assert both.run("Find", collection_named, "هَدايا الاعياد ") == group
    assert both.run("Find", collection_named, "Sale") != group
    assert [name for name, _count in listed(both)] == ["هدايا الأعياد", "Sale"]
