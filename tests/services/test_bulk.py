"""One change to many items at once."""

import json

import pytest

from desktop.data.models import CollectionItem, Product
from desktop.services import bulk
from desktop.services.catalog import add_product, find_products, read_products, update_extra
from desktop.services.collections import add_collection
from desktop.services.errors import Invalid, NotFound
from desktop.services.variants import add_variants, update_variant


def add(database, *rows):
    """Add items and return their ids."""
    return [database.run("Add", add_product, name, **fields) for name, fields in rows]


def three(database):
    return add(
        database,
        ("Bag", {"price": 7500, "code": "B-1", "brand": "Old"}),
        ("Mug", {"price": 3000, "sale_price": 2500}),
        ("Gift", {"brand": "Acme"}),
    )


def values(database, ids, name):
    with database.reader() as session:
        return [getattr(product, name) for product in read_products(session, ids)]


def test_only_rows_that_change_are_changed(both):
    ids = three(both)
    assert both.run("Fill", bulk.set_fields, ids, brand=" Acme ", origin_country="AE") == 3
    assert both.run("Fill", bulk.set_fields, ids[:2], brand="Acme") == 0
    assert values(both, ids, "brand") == ["Acme"] * 3
    assert values(both, ids, "version") == [2, 2, 2]
    both.undo()
    assert values(both, ids, "brand") == ["Old", "", "Acme"]


def test_what_is_searched_follows(both):
    ids = three(both)
    both.run("Fill", bulk.set_fields, ids, brand="Rolex")
    with both.reader() as session:
        assert sorted(find_products(session, "rolex")) == ids
        assert find_products(session, "old") == []
    both.undo()
    with both.reader() as session:
        assert find_products(session, "rolex") == []
        assert find_products(session, "old") == ids[:1]


def test_a_sale_above_a_price_is_refused_with_the_name_of_the_item(both):
    ids = three(both)
    with pytest.raises(Invalid, match=r"Gift.*needs a price") as refused:
        both.run("Sale", bulk.set_fields, ids, sale_price=2000)
    assert refused.value.field == "sale_price"
    with pytest.raises(Invalid, match=r"Mug.*not below"):
        both.run("Price", bulk.set_fields, ids, price=2500)
    assert values(both, ids, "price") == [7500, 3000, None]
    assert both.run("Sale", bulk.set_fields, ids[:2], sale_price=2000) == 2
    assert both.run("Both", bulk.set_fields, ids, price=2000, sale_price=1900) == 3


def test_fields_are_read_as_for_one_item(database):
    ids = three(database)
    for fields in ({"name": " "}, {"link": "no link"}, {"whatsapp_id": "abc"}):
        with pytest.raises(Invalid):
            database.run("Change", bulk.set_fields, ids[:1], **fields)
    for fields in ({"code": "X"}, {"link": "https://example.com"}, {"whatsapp_id": "123"}):
        with pytest.raises(Invalid, match="one item only"):
            database.run("Change", bulk.set_fields, ids, **fields)
    (way,) = database.run("Variant", add_variants, ids[0], [("Size", ["M"])])
    database.run("Code", update_variant, way, code="B-1-M")
    for taken in ("B-1", "B-1-M"):
        with pytest.raises(Invalid, match="used by"):
            database.run("Change", bulk.set_fields, ids[1:2], code=taken)
    assert database.run("Change", bulk.set_fields, ids, code="", description="a\r\nb ") == 3
    assert values(database, ids, "description") == ["a\nb"] * 3


def test_hidden_and_availability(both):
    ids = three(both)
    assert both.run("Hide", bulk.hide, ids[:2]) == 2
    assert both.run("Hide", bulk.hide, ids) == 1
    assert both.run("Show", bulk.show, ids[1:]) == 2
    assert values(both, ids, "hidden") == [True, False, False]
    assert both.run("Sold out", bulk.set_availability, ids, "out of stock") == 3
    with pytest.raises(Invalid):
        both.run("Sold out", bulk.set_availability, ids, "gone")


def test_collections_keep_the_order_given(both):
    ids = three(both)
    group = both.run("Collection", add_collection, "Gifts")
    assert both.run("Collect", bulk.put_into, [ids[1]], group) == 1
    assert both.run("Collect", bulk.put_into, [ids[2], ids[1], ids[0], ids[2], 999], group) == 2
    with both.reader() as session:
        places = session.query(CollectionItem).order_by(CollectionItem.position)
        assert [place.product_id for place in places] == [ids[1], ids[2], ids[0]]
    assert both.run("Take out", bulk.take_out, ids[:2], group) == 2
    with pytest.raises(NotFound):
        both.run("Collect", bulk.put_into, ids, 999)


def test_deleted_and_brought_back_with_all_that_hangs_on_them(both, contents):
    ids = three(both)
    group = both.run("Collection", add_collection, "Gifts")
    both.run("Collect", bulk.put_into, ids, group)
    before = contents(both)
    assert both.run("Delete", bulk.remove, [*ids[:2], 999]) == 2
    assert values(both, ids, "name") == ["Gift"]
    both.undo()
    assert contents(both) == before


def test_copies_are_one_action(database):
    ids = three(database)
    assert database.run("Duplicate", bulk.duplicate, [*ids, ids[0], 999]) == 3
    with database.reader() as session:
        assert sorted(p.code for p in session.query(Product)) == ["", "", "", "", "B-1", "B-2"]
    database.undo()
    with database.reader() as session:
        assert find_products(session) == ids


def test_no_items_are_no_change(database):
    assert database.run("Hide", bulk.hide, []) == 0
    assert database.next_title() is None


def test_objects_of_the_session_are_read_anew(database):
    ids = three(database)

    def change(session):
        product = session.get(Product, ids[0])
        product.name = "Sack"
        bulk.set_fields(session, ids, price=9000, brand="New")
        return product.price, product.name

    assert database.run("Change", change) == (9000, "Sack")


def test_what_a_list_said_of_when_they_can_be_had_ends(both):
    ids = three(both)
    both.run("Import", update_extra, ids[0], availability="preorder", mpn="7")
    both.run("Import", update_extra, ids[1], availability="preorder")
    assert both.run("Availability", bulk.set_availability, ids[:2], "out of stock") == 2
    assert values(both, ids, "extra") == ['{"mpn": "7"}', "", ""]
    both.undo()
    assert [json.loads(extra)["availability"] for extra in values(both, ids[:2], "extra")] == ["preorder"] * 2
