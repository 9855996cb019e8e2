"""What was done, in words, before and after; and what was deleted, brought back one by one."""

import pytest

from desktop.data.history import Conflict
from desktop.i18n import bidi
from desktop.services import catalog, collections, customers, follow_ups, labels, orders, replies, variants
from desktop.services.deleted import bring_back, list_deleted
from desktop.services.errors import Invalid
from desktop.services.past import list_actions, read_actions, read_detail, told_in_a_line
from desktop.services.profile import update_profile
from desktop.services.things import value_text


@pytest.fixture
def shop_(database):
    database.run("Home", update_profile, None, name="Gifts", territory="AE", currency="AED")
    return database


def lines(database, *search):
    with database.reader() as session:
        entries = read_actions(session, list_actions(session, *search))
        return [bidi.strip(told_in_a_line(session, entry)).replace("\xa0", " ") for entry in entries]


def test_what_has_no_search_key_is_found_in_any_spelling_too(shop_):
    shop_.run("New collection", collections.add_collection, "حقيبة أنيقة")
    for typed in ("حقيبة", "حقيبه", "انيقة"):
        assert len(lines(shop_, "", typed)) == 1
    assert lines(shop_, "", "كعكة") == []


def detail(database, at=0):
    with database.reader() as session:
        entry = read_actions(session, list_actions(session))[at]
        found = read_detail(session, entry)
        return [tuple(bidi.strip(text).replace("\xa0", " ") for text in line) for line in found.lines]


def add(database, name="Bag", **fields):
    return database.run("Add item", lambda session: catalog.add_product(session, name, **fields))


def change(database, item, **fields):
    database.run("Change price", lambda session: catalog.update_product(session, item, None, **fields))


def test_each_action_says_what_it_did_then_not_what_is_now(shop_):
    bag = add(shop_, price=7500)
    change(shop_, bag, price=8000)
    change(shop_, bag, price=9000)
    change(shop_, bag, name="Sack", brand="Nouri")
    assert lines(shop_) == [
        "Sack: Name and Brand",
        "Bag: Price AED 80 → AED 90",
        "Bag: Price AED 75 → AED 80",
        "Bag: added",
        "Business profile: Business name, Country, and Currency",
    ]
    assert detail(shop_) == [("Sack", "Name", "Bag", "Sack"), ("Sack", "Brand", "", "Nouri")]


def test_what_was_taken_back_is_told_as_it_was_done(shop_):
    bag = add(shop_, price=7500)
    change(shop_, bag, price=8000)
    change(shop_, bag, price=9000)
    shop_.undo()
    assert lines(shop_)[:2] == ["Bag: Price AED 80 → AED 90", "Bag: Price AED 75 → AED 80"]
    shop_.redo()
    assert lines(shop_)[:2] == ["Bag: Price AED 80 → AED 90", "Bag: Price AED 75 → AED 80"]
    shop_.run("Delete item", catalog.remove_products, [bag])
    shop_.undo()
    assert lines(shop_)[0] == "Bag: deleted"


def test_parts_are_told_with_their_thing(shop_):
    bag = add(shop_)
    group = shop_.run("Add collection", collections.add_collection, "Weddings")
    shop_.run("Put", lambda session: collections.put_into(session, bag, group))
    assert lines(shop_)[0] == "Bag: Collections — → Weddings"
    huda = shop_.run("Add customer", customers.add_customer, "Huda", "0501234567")
    vip = shop_.run("Add label", labels.add_label, "VIP", 3)
    shop_.run("Label", labels.put_label, huda, vip)
    assert detail(shop_) == [("Huda", "Labels", "", "VIP")]


def test_many_things_are_counted(shop_):
    ids = [add(shop_, f"Bag {n}", price=100) for n in range(3)]

    def dearer(session):
        for id in ids:
            catalog.update_product(session, id, None, price=200)

    shop_.run("Change prices", dearer)
    assert lines(shop_)[0] == "Items: 3 (Price)"
    shop_.run("Delete items", catalog.remove_products, ids)
    assert lines(shop_)[0] == "Items: 3 deleted"


def test_very_many_too(database):
    ids = database.run("Import", lambda session: [catalog.add_product(session, f"Bag {n}") for n in range(70)])
    assert lines(database) == ["Items: 70 added"]
    database.undo()
    assert lines(database) == ["Items: 70 added"]
    with database.reader() as session:
        (entry,) = read_actions(session, list_actions(session))
        assert read_detail(session, entry, limit=5).more == 50
    assert len(ids) == 70


def test_filters_and_search(shop_):
    bag = add(shop_)
    cup = add(shop_, "Cup")
    shop_.run("Add reply", replies.add_reply, "thanks", "Thank you")
    shop_.run("Delete item", catalog.remove_products, [cup])
    assert lines(shop_, "reply") == ["thanks: added"]
    assert lines(shop_, "product") == ["Cup: deleted", "Cup: added", "Bag: added"]
    assert lines(shop_, "", "bag") == ["Bag: added"]
    assert lines(shop_, "", "cup")[0] == "Cup: deleted"
    assert lines(shop_, "", "add reply") == ["thanks: added"]
    assert lines(shop_, "customer", "bag") == []
    assert bag


def test_any_action_is_taken_back_unless_its_rows_have_changed_since(shop_):
    bag = add(shop_, price=100)
    change(shop_, bag, price=200)
    cup = add(shop_, "Cup")
    change(shop_, cup, price=300)
    with shop_.reader() as session:
        ids = list_actions(session)
    assert shop_.reverse(ids[2]) == "Change price"
    with shop_.reader() as session:
        assert catalog.read_product(session, bag).price == 100
    assert shop_.reverse(ids[2]) is None
    assert shop_.reverse(ids[2], redo=True) == "Change price"
    with pytest.raises(Conflict, match=r"“Change price” on .*till"):
        shop_.reverse(ids[1])


@pytest.fixture
def deleted(both):
    """An item with all that belongs to an item, deleted with another one."""
    shop_ = both
    bag, cup = add(shop_, "Bag", code="B"), add(shop_, "Cup")
    group = shop_.run("Add", collections.add_collection, "Weddings")
    shop_.run("Put", lambda session: collections.put_into(session, bag, group))
    shop_.run("Variants", lambda session: variants.add_variants(session, bag, [("Size", ["S", "L"])]))
    shop_.run("Delete items", catalog.remove_products, [bag, cup])
    return shop_


def test_one_thing_comes_back_with_its_parts(deleted):
    with deleted.reader() as session:
        found = list_deleted(session)
        assert {(one.table, bidi.strip(one.name)) for one in found} == {("product", "Bag"), ("product", "Cup")}
        assert list_deleted(session, "reply") == []
        assert [bidi.strip(one.name) for one in list_deleted(session, "", "bag")] == ["Bag"]
    (bag,) = (one for one in found if "Bag" in one.name)
    assert deleted.run("Bring back", bring_back, bag.seq) == ("product", bag.row)
    with deleted.reader() as session:
        product = catalog.read_product(session, bag.row)
        assert (len(product.places), len(product.variants)) == (1, 2)
        assert catalog.find_products(session, "bag") == [bag.row]
        assert [bidi.strip(one.name) for one in list_deleted(session)] == ["Cup"]
    with pytest.raises(Invalid, match="back already"):
        deleted.run("Bring back", bring_back, bag.seq)
    assert deleted.undo() == "Bring back"
    with deleted.reader() as session:
        assert len(list_deleted(session)) == 2


def test_what_it_was_in_may_have_gone_since(deleted):
    deleted.run("Delete", lambda session: collections.remove_collections(session, [1]))
    with deleted.reader() as session:
        (bag,) = list_deleted(session, "", "bag")
    deleted.run("Bring back", bring_back, bag.seq)
    with deleted.reader() as session:
        assert catalog.read_product(session, bag.row).places == []


def test_what_named_it_names_it_again(shop_):
    huda = shop_.run("Add", customers.add_customer, "Huda", "0501234567")
    vip = shop_.run("Add label", labels.add_label, "VIP", 3)
    shop_.run("Label", labels.put_label, huda, vip)
    first = shop_.run("Order", orders.add_order, [{"name": "Rose"}], customer_id=huda)
    shop_.run("Due", lambda session: follow_ups.add_follow_up(session, due_at=1770667200, title="x", customer_id=huda))
    shop_.run("Delete", customers.remove_customers, [huda])
    with shop_.reader() as session:
        assert orders.read_order(session, first).customer_id is None
        (gone,) = list_deleted(session, "customer")
    shop_.run("Bring back", bring_back, gone.seq)
    with shop_.reader() as session:
        assert orders.read_order(session, first).customer_id == huda
        assert [name for name, _colour in labels.labels_of(session, [huda])[huda]] == ["VIP"]


def test_a_shortcut_that_is_taken_by_now(shop_):
    reply = shop_.run("Add", replies.add_reply, "thanks", "a")
    shop_.run("Delete", replies.remove_replies, [reply])
    shop_.run("Add", replies.add_reply, "thanks", "b")
    with shop_.reader() as session:
        (gone,) = list_deleted(session)
    with pytest.raises(Invalid, match="/thanks"):
        shop_.run("Bring back", bring_back, gone.seq)


def test_how_far_an_order_is_is_told_in_words(shop_):
    first = shop_.run("Order", orders.add_order, [{"name": "Rose"}])
    shop_.run("Move", orders.set_states, [first], "paid")
    assert lines(shop_)[0] == "Order 1: State New order → Paid"


def test_codes_are_told_in_words_and_what_is_none_as_it_is(shop_):
    home = {"category": "RESTAURANT", "territory": "SA", "currency": "SAR", "time_zone": "Asia/Riyadh"}
    shop_.run("Move", update_profile, None, language="ar", **home)
    assert {(name, after) for _of, name, _before, after in detail(shop_)} == {
        ("Category", "Restaurants"),
        ("Country", "Saudi Arabia"),
        ("Currency", "Saudi Riyal"),
        ("Time zone", "Riyadh"),
        ("Language", "Arabic"),
    }
    someone = shop_.run("Add", customers.add_customer, "Noura", birthday="1990-05-14", gender="f")
    shop_.run("Change", customers.update_customer, someone, birthday="--06-14", gender="m")
    assert detail(shop_)[-2:] == [
        ("Noura", "Form of address", "A woman", "A man"),
        ("Noura", "Birthday", "14/5/1990", "14/6"),
    ]
    label = shop_.run("Add", labels.add_label, "VIP", 0)
    shop_.run("Change", labels.update_label, label, colour=1)
    assert detail(shop_)[0][1:] == ("Color", "Gray", "Red")
    assert bidi.strip(value_text("follow_up", "repeat", {"repeat": "FREQ=DAILY;INTERVAL=3"}, "", str)) == "every 3 days"
    assert bidi.strip(value_text("follow_up", "repeat", {"repeat": "RRULE"}, "", str)) == "RRULE"
