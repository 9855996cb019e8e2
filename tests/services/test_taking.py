"""Two copies of one shop: what differs, and what is taken over as one action."""

import json
import shutil

import pytest
from sqlalchemy import insert, select, text

from desktop.data.database import Database
from desktop.data.look import looked_into
from desktop.data.models import Blob, Picture, Product, Variant
from desktop.i18n import bidi
from desktop.services import (
    catalog,
    collections,
    customers,
    exports,
    follow_ups,
    labels,
    orders,
    phone_copy,
    replies,
    variants,
)
from desktop.services.difference_text import summary, tell
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
def copied(mine, tmp_path):
    """A function that does something in the shop and returns the sister's laptop: a copy of the file from then."""
    path = tmp_path / "sister.dukkan"
    databases = []

    def copy(*first):
        for fn in first:
            mine.run("First", fn)
        mine.close()
        shutil.copy(mine.where, path)
        mine.__init__(mine.where, "till")
        databases.append(Database(path, "laptop"))
        return databases[0]

    yield copy
    databases[0].close()


@pytest.fixture
def theirs(copied):
    return copied()


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


def test_a_copy_that_only_lacks_what_came_since_is_not_called_the_same(mine, theirs):
    mine.run("Add", catalog.add_product, "Tray")
    assert summary(compared(mine, theirs).found.differences) == "There is nothing to take over: all of it is here."


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


def test_variants_pictures_and_labels_are_taken_each_by_itself(mine, copied):
    def blob(session, sha):
        session.execute(insert(Blob).values(sha256=sha, data=b"x", thumbnail=b"y", format="jpeg", width=1, height=1))

    def before(session):
        bag = item(session, "Bag")
        small, middle, large = variants.add_variants(session, bag, [("Size", ["S", "M", "L"])])
        for id, price in ((small, 100), (middle, 200), (large, 300)):
            variants.update_variant(session, id, price=price)
        blob(session, SHA)
        session.add(Picture(product_id=bag, sha256=SHA, position="a"))

    def there(session):
        bag = item(session, "Bag")
        small, middle, large = session.scalars(select(Variant).order_by(Variant.id))
        small.price, large.price = 110, 310
        session.delete(middle)
        session.flush()
        (largest,) = variants.add_variants(session, bag, [("Size", ["XL"])])
        variants.update_variant(session, largest, price=400)
        blob(session, "ef" * 32)
        session.add(Picture(product_id=bag, sha256="ef" * 32, position="b"))
        labels.put_label(session, 1, labels.add_label(session, "VIP", 4))

    def here(session):
        session.scalars(select(Variant).order_by(Variant.id)).first().price = 120
        labels.put_label(session, 1, labels.add_label(session, "Late", 5))

    theirs = copied(before)
    theirs.run("There", there)
    mine.run("Here", here)
    with mine.reader() as session:
        ids = session.scalars(select(Variant.id).order_by(Variant.id)).all()
    both = compared(mine, theirs)
    parts = {(each.field, each.part, each.since, each.advised) for each in both.found.differences if each.part}
    assert parts == {
        ("variant", (ids[0], ids[0]), "both", False),
        ("variant", (ids[1], None), "there", True),
        ("variant", (ids[2], ids[2]), "there", True),
        ("variant", (None, ids[2] + 1), "there", True),
        ("picture", (None, 2), "there", True),
        ("customer_label", (None, 2), "there", True),
        ("customer_label", (2, None), "here", False),
    }
    said = {tuple(map(bidi.strip, tell(both, each)[1:4])) for each in both.found.differences if each.part}
    assert said >= {
        ("Size: S", "AED\xa01.20", "AED\xa01.10"),
        ("Size: M", "Size: M · AED\xa02", "—"),
        ("Size: XL", "—", "Size: XL · AED\xa04"),
        ("Picture", "—", "a picture"),
        ("Label", "Late", "—"),
    }
    taken(mine, theirs, lambda each: each.part == (ids[2], ids[2]))
    assert prices(mine) == [("S", 120), ("M", 200), ("L", 310)]
    taken(mine, theirs)
    assert prices(mine) == [("S", 120), ("L", 310), ("XL", 400)]
    with mine.reader() as session:
        assert len(catalog.read_product(session, item(session, "Bag")).pictures) == 2
        assert session.get(Variant, ids[2]) is not None, "an order may name it"
        assert {name for name, _colour in labels.labels_of(session, [1])[1]} == {"Regular", "Late", "VIP"}


def test_what_was_noted_last_stands(mine, copied):
    """Of what is on the phone, of uses and of files: none of it is a thing of the shop, all of it comes along."""

    def on_phone(text, *fields):
        entries = [phone_copy.Entry("product", 1, field, "Bag", text, None, None, "new") for field in fields]
        return lambda session: phone_copy.mark_copied(session, entries)

    def made(name):
        return lambda session: exports.record(session, "pdf", theirs.where.with_name(name), {}, items=2)

    def vase(session):
        id = catalog.add_product(session, "Vase")
        phone_copy.mark_copied(session, [phone_copy.Entry("product", id, "name", "Vase", "Vase", None, None, "new")])

    theirs = copied(on_phone("old", "name", "description"))
    mine.run("Other", catalog.add_product, "Jug")  # the very id that the vase has there
    for database, times in ((mine, 2), (theirs, 3)):
        for _time in range(times):
            database.run_unrecorded(replies.count_use, 1)
        database.run_unrecorded(made("catalog.pdf"))
    mine.run_unrecorded(lambda session: session.execute(text("UPDATE export SET made_at = 5, seq = 0")))
    theirs.run("Copied", on_phone("new", "name", "price"))
    theirs.run("Vase", vase)
    theirs.run_unrecorded(made("other.pdf"))
    theirs.run_unrecorded(lambda session: session.execute(text("UPDATE export SET made_at = 9, seq = 99")))
    later = text("UPDATE phone_copy SET at = at + 60 WHERE field != 'description'")
    theirs.run("Later", lambda session: session.execute(later))
    both = compared(mine, theirs)
    noted = {each.table: bidi.strip(tell(both, each).there) for each in both.found.differences if each.what == "noted"}
    assert noted == {"phone_copy": "3 newer", "reply_use": "1 newer", "export": "2 newer"}
    taken(mine, theirs)
    assert told(compared(mine, theirs)) == []
    with mine.reader() as session:
        assert replies.uses(session) == {1: 3}
        copies = session.execute(text("SELECT row_id, field, text FROM phone_copy ORDER BY row_id, field"))
        vase_id = item(session, "Vase")
        assert [tuple(row) for row in copies] == [
            (1, "description", "old"),
            (1, "name", "new"),
            (1, "price", "new"),
            (vase_id, "name", "Vase"),
        ]
        assert len(exports.list_exports(session)) == 2
        assert len(exports.outdated(session)) == 2, "they were made of the other copy"
    mine.undo()
    with mine.reader() as session:
        assert session.scalar(text("SELECT text FROM phone_copy WHERE field = 'name'")) == "old"


def test_what_was_taken_off_the_account_of_the_phone(mine, copied):
    """Off there, it goes here too; off here, it does not come back."""
    fields = [phone_copy.Entry("product", id, "name", "", "text", None, None, "new") for id in (1, 2)]
    theirs = copied(lambda session: phone_copy.mark_copied(session, fields))
    mine.run("Off", phone_copy.unmark, fields[:1])
    theirs.run("Off", phone_copy.unmark, fields[1:])
    taken(mine, theirs)
    with mine.reader() as session:
        assert not phone_copy.has_begun(session)
    assert told(compared(mine, theirs)) == []


def prices(database):
    with database.reader() as session:
        query = select(Variant.options, Variant.price).order_by(Variant.position, Variant.id)
        return [(json.loads(options)["Size"], price) for options, price in session.execute(query)]


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
