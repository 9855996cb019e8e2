"""Two copies of one shop: what differs, and what is taken over as one action."""

import shutil

import pytest
from sqlalchemy import insert, select, text

from desktop.data.database import Database
from desktop.data.look import looked_into
from desktop.data.models import Blob, Picture, Product
from desktop.services import catalog, collections, customers, follow_ups, labels, orders, replies
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile
from desktop.services.taking import read_both, take

SHA = "cd" * 32


def fill(session):
    update_profile(session, None, name="Gifts", territory="AE", currency="AED")
    bag = catalog.add_product(session, "Bag", code="B-1", price=7500)
    catalog.add_product(session, "Cup", price=2000)
    group = collections.add_collection(session, "Weddings")
    collections.put_into(session, bag, group)
    replies.add_reply(session, "thanks", "Thank you!")
    huda = customers.add_customer(session, "Huda", "0501234567")
    labels.put_label(session, huda, labels.add_label(session, "Regular", 3))
    orders.add_order(session, [{"product_id": bag, "quantity": 2}], customer_id=huda)


@pytest.fixture
def mine(database):
    database.run("Fill", fill)
    return database


@pytest.fixture
def theirs(mine, tmp_path):
    """The sister's laptop: a copy of the file, changed since."""
    path = tmp_path / "sister.dukkan"
    mine.close()
    shutil.copy(mine.where, path)
    mine.__init__(mine.where, "till")
    database = Database(path, "laptop")
    yield database
    database.close()


@pytest.fixture
def stranger(tmp_path, new_shop):
    """A shop that was never one with this."""
    path = shutil.copy(new_shop, tmp_path / "stranger.dukkan")
    database = Database(path, "laptop")
    yield database
    database.close()


def item(session, name):
    return session.scalars(select(Product.id).where(Product.name == name)).one()


def change(database, item_name, **fields):
    database.run("Change", lambda session: catalog.update_product(session, item(session, item_name), None, **fields))


def compared(mine, theirs):
    with mine.reader() as session, theirs.reader() as other:
        return read_both(session, other)


def told(both):
    found = []
    for each in both.found.differences:
        side, id = (both.theirs, each.theirs) if each.theirs else (both.mine, each.mine)
        row = side.values(each.table, id)
        found.append((each.what, row.get("name") or row.get("shortcut"), each.field, each.since, each.advised))
    return found


def taken(mine, theirs, chosen=lambda each: each.advised):
    both = compared(mine, theirs)
    with theirs.reader() as other:
        some = [each for each in both.found.differences if chosen(each)]
        return mine.run("Take over", take, other, both, some)


def test_copies_that_are_alike_do_not_differ(mine, theirs):
    both = compared(mine, theirs)
    assert both.found.related
    assert told(both) == []


def test_who_has_changed_what_since(mine, theirs):
    change(mine, "Bag", price=8000, description="Leather")
    change(theirs, "Bag", price=9000, brand="Nouri")
    change(mine, "Cup", name="Mug")
    assert set(told(compared(mine, theirs))) == {
        ("changed", "Bag", "price", "both", False),
        ("changed", "Bag", "brand", "there", True),
        ("changed", "Bag", "description", "here", False),
        ("changed", "Cup", "name", "here", False),
    }


def test_what_is_new_there_comes_with_all_that_belongs_to_it(mine, theirs):
    def more(session):
        session.execute(insert(Blob).values(sha256=SHA, data=b"x", thumbnail=b"y", format="jpeg", width=1, height=1))
        vase = catalog.add_product(session, "Vase", code="V", price=100)
        session.add(Picture(product_id=vase, sha256=SHA, position="a"))
        collections.put_into(session, vase, collections.add_collection(session, "Birthdays"))
        omar = customers.add_customer(session, "Omar", "0507654321")
        first = follow_ups.add_follow_up(session, due_at=1770667200, title="Call", customer_id=omar)
        follow_ups.add_follow_up(session, due_at=1770753600, title="Again", after_id=first)
        orders.add_order(session, [{"product_id": vase, "quantity": 1}], customer_id=omar, placed_at=1)

    mine.run("Mine", lambda session: catalog.add_product(session, "Jug"))  # the very id that the vase has there
    mine.run("Mine", lambda session: orders.add_order(session, [{"name": "Rose"}]))  # and the number
    theirs.run("More", more)
    result = taken(mine, theirs)
    assert (result.new, result.changed, result.gone) == (6, 0, 0)
    with mine.reader() as session:
        vase = catalog.read_product(session, item(session, "Vase"))
        assert [picture.sha256 for picture in vase.pictures] == [SHA]
        assert session.get(Blob, SHA).data == b"x"
        groups = {group.id: group.name for group in collections.list_collections(session)}
        assert [groups[place.collection_id] for place in vase.places] == ["Birthdays"]
        order = session.execute(
            text(
                "SELECT number, customer_id, product_id FROM customer_order JOIN order_line ON order_id = "
                "customer_order.id WHERE number = 3"
            )
        ).one()
        omar = session.scalar(text("SELECT id FROM customer WHERE name = 'Omar'"))
        assert tuple(order) == (3, omar, vase.id)
        after = session.execute(text("SELECT id, after_id FROM follow_up ORDER BY id")).all()
        assert after[1].after_id == after[0].id
    assert told(compared(mine, theirs)) == []
    mine.undo()
    with mine.reader() as session:
        assert catalog.find_products(session, "Vase") == []
        assert len(catalog.find_products(session, "Jug")) == 1


def test_nothing_is_deleted_unless_it_is_chosen(mine, theirs):
    theirs.run("Delete", lambda session: catalog.remove_products(session, [item(session, "Cup")]))
    assert told(compared(mine, theirs)) == [("gone", "Cup", "", "there", False)]
    assert taken(mine, theirs).gone == 0
    assert taken(mine, theirs, lambda each: True).gone == 1
    assert told(compared(mine, theirs)) == []


def test_what_was_deleted_here_can_come_back_under_its_id(mine, theirs):
    with mine.reader() as session:
        bag = item(session, "Bag")
    mine.run("Delete", lambda session: catalog.remove_products(session, [bag]))
    assert told(compared(mine, theirs)) == [("new", "Bag", "", "here", False)]
    taken(mine, theirs, lambda each: True)
    with mine.reader() as session:
        assert item(session, "Bag") == bag
        assert len(catalog.read_product(session, bag).places) == 1
    assert told(compared(mine, theirs)) == []


def test_fields_and_parts_are_taken_one_by_one(mine, theirs):
    def there(session):
        catalog.update_product(session, item(session, "Bag"), None, name="Sack", price=100)
        group = collections.add_collection(session, "Sale")
        collections.put_into(session, item(session, "Sack"), group)

    theirs.run("There", there)
    taken(mine, theirs, lambda each: each.field == "name")
    with mine.reader() as session:
        sack = catalog.read_product(session, item(session, "Sack"))  # found by its new name
        assert sack.price == 7500
    assert taken(mine, theirs).changed == 1
    with mine.reader() as session:
        assert len(catalog.read_product(session, sack.id).places) == 2
    assert told(compared(mine, theirs)) == []


def test_shops_that_were_never_one_are_told_by_code_phone_and_name(mine, stranger):
    def there(session):
        catalog.add_product(session, "Leather bag", code="b-1", price=100, brand="Nouri")
        catalog.add_product(session, "Vase")
        customers.add_customer(session, "Huda", "0509999999")
        replies.add_reply(session, "thanks", "Thanks")

    stranger.run("Home", update_profile, None, territory="AE", currency="AED")
    stranger.run("There", there)
    both = compared(mine, stranger)
    assert not both.found.related
    found = told(both)
    assert ("changed", "Leather bag", "price", "", False) in found
    assert ("changed", "Leather bag", "brand", "", True) in found  # there was none here
    assert ("new", "Vase", "", "", True) in found
    assert ("new", "Huda", "", "", True) in found  # the same name, but another number
    assert ("changed", "thanks", "text", "", False) in found
    assert not any(what == "gone" for what, *_rest in found)


def test_a_shortcut_that_another_reply_has_here(mine, theirs):
    theirs.run("There", lambda session: replies.update_reply(session, 1, None, shortcut="bye"))
    mine.run("Here", replies.add_reply, "bye", "Bye!")
    with pytest.raises(Invalid, match="/bye"):
        taken(mine, theirs)


def test_values_that_no_shop_holds(mine, theirs):
    theirs.run("There", lambda session: session.execute(text("UPDATE product SET price = 'x' WHERE id = 1")))
    with pytest.raises(Invalid, match="Nothing was taken over"):
        compared(mine, theirs)


def test_a_backup_is_looked_into_and_stays_as_it_was(mine, theirs):
    before = theirs.where.read_bytes()
    change(mine, "Bag", price=1)
    with looked_into(theirs.where) as copy:
        assert told(compared(mine, copy)) == [("changed", "Bag", "price", "here", False)]
        taken(mine, copy, lambda each: True)
    assert theirs.where.read_bytes() == before
    with mine.reader() as session:
        assert catalog.read_product(session, item(session, "Bag")).price == 7500
