"""Collections, on both databases."""

import pytest

from desktop.data.models import Blob, Picture
from desktop.services import bulk
from desktop.services.catalog import add_product, remove_products
from desktop.services.collections import (
    Review,
    add_collection,
    collection_named,
    collections_of,
    covers,
    list_collections,
    members,
    merge_collections,
    move_collections,
    put_into,
    remove_collections,
    review,
    take_out,
    update_collection,
)
from desktop.services.errors import Invalid, NotFound, Stale
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


def groups(database):
    with database.reader() as session:
        return list_collections(session)


@pytest.fixture
def three(database):
    """The ids of three collections."""
    return [database.run("Add", add_collection, name) for name in ("Bags", "Home", "Sale")]


def test_a_collection_gets_another_name_and_colour(database, three):
    first = groups(database)[0]
    database.run("Rename", update_collection, three[0], first.version, name="  Bags\nfor school ", colour=23)
    assert (groups(database)[0].name, groups(database)[0].colour) == ("Bags for school", 3)
    database.run("Rename", update_collection, three[0], None, name="BAGS FOR SCHOOL")  # its own, spelt otherwise
    with pytest.raises(Invalid, match="already"):
        database.run("Rename", update_collection, three[0], None, name="home")
    with pytest.raises(Invalid, match="needs a name"):
        database.run("Rename", update_collection, three[0], None, name=" \0")
    with pytest.raises(Stale):
        database.run("Rename", update_collection, three[0], first.version, name="Other")
    with pytest.raises(NotFound):
        database.run("Rename", update_collection, 99, None, name="Other")


def test_collections_stand_in_the_owners_order(database, three):
    database.run("Move", move_collections, [three[2]], three[0])
    assert [group.id for group in groups(database)] == [three[2], three[0], three[1]]
    database.run("Move", move_collections, [three[2]], None)
    assert [group.id for group in groups(database)] == [three[0], three[1], three[2]]


def test_items_stay_when_a_collection_goes(both, items):
    group = both.run("Add", add_collection, "Bags")
    for item in items:
        both.run("Put", put_into, item, group)
    both.run("Delete", remove_collections, [group])
    assert groups(both) == []
    with both.reader() as session:
        assert find(session, Search()) == items
    both.undo()
    assert listed(both) == [("Bags", 2)]
    both.run("Hide", bulk.hide, items[:1])
    with both.reader() as session:
        assert review(session, groups(both)[0].id) == Review(items=2, pictured=0, shown=1)


def test_two_collections_become_one(both, items):
    bread, sweets, rest = (both.run("Add", add_collection, name) for name in ("Bread", "Sweets", "Rest"))
    both.run("Put", put_into, items[1], bread)
    both.run("Put", put_into, items[0], sweets)
    both.run("Put", put_into, items[1], sweets)
    both.run("Merge", merge_collections, [bread, sweets], bread)
    with both.reader() as session:
        assert members(session, bread) == [items[1], items[0]]
        assert collections_of(session, items) == {bread: 2}
    assert [group.id for group in groups(both)] == [bread, rest]
    both.undo()
    assert listed(both) == [("Bread", 1), ("Sweets", 2), ("Rest", 0)]
    with pytest.raises(NotFound):
        both.run("Merge", merge_collections, [bread], 99)
    assert [name for name, _count in listed(both)] == ["Bread", "Sweets", "Rest"]


def test_a_cover_is_one_of_the_pictures_of_its_items(database, items_with_pictures):
    group = database.run("Add", add_collection, "Bags")
    (first, red), (second, blue) = items_with_pictures
    for item in (second, first):
        database.run("Put", put_into, item, group)
    with database.reader() as session:
        assert covers(session, group) == [(blue, "b"), (red, "a")]
        assert review(session, group) == Review(items=2, pictured=2, shown=2)
    database.run("Cover", update_collection, group, None, cover=red)
    assert groups(database)[0].cover == red
    database.run("Cover", update_collection, group, None, cover=None)
    assert groups(database)[0].cover is None


@pytest.fixture
def items_with_pictures(database):
    """Two items with a picture each, and the digests of these."""

    def add(session, name):
        item = add_product(session, name)
        session.add(Blob(sha256=name * 64, data=b"x", thumbnail=b"x", format="png", width=9, height=9))
        session.flush()
        session.add_all([Picture(product_id=item, sha256=name * 64, position=place) for place in "ab"])
        session.add(Picture(product_id=item, url="https://example.com/a.png", position="c"))
        session.flush()
        return item, name * 64

    return [database.run("Add", add, name) for name in "ab"]
