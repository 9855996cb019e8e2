"""What customers find in the catalog."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from desktop.data.images import normalise
from desktop.data.models import Product
from desktop.i18n import bidi
from desktop.services.bulk import hide
from desktop.services.collections import add_collection, put_into
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile
from desktop.services.storefront import read_detail, read_front, read_shelf


def picture(colour):
    out = io.BytesIO()
    Image.new("RGB", (60, 60), colour).save(out, "PNG")
    return normalise(out.getvalue())


@pytest.fixture
def read(database):
    def read(fn, *args):
        with database.reader() as session:
            return fn(session, *args)

    return read


def gather(database, name, ids):
    def add(session):
        group = add_collection(session, name)
        for item in ids:
            put_into(session, item, group)
        return group

    return database.run("Gather", add)


def names(shelf):
    return [article.name for article in shelf.articles]


def test_an_empty_shop_has_a_front_and_nothing_on_it(read):
    assert read(read_front).shelves == ()
    assert read(read_shelf, None) is None
    assert read(read_shelf, 7) is None
    assert read(read_detail, 7) is None


def test_collections_begin_with_three_items_and_all_items_come_last(database, fill, read):
    ids = fill(*[{}] * 5)
    bags = gather(database, "Bags", [ids[4], ids[0], ids[1], ids[2]])
    gather(database, "Empty", [])
    front = read(read_front)
    assert [(shelf.collection, shelf.name, shelf.more) for shelf in front.shelves] == [
        (bags, "Bags", True),
        (None, "All items", False),
    ]
    assert names(front.shelves[0]) == ["Item 4", "Item 0", "Item 1"]
    assert names(front.shelves[1]) == [f"Item {at}" for at in range(5)]
    assert names(read(read_shelf, bags)) == ["Item 4", "Item 0", "Item 1", "Item 2"]


def test_hidden_items_are_not_there_nor_are_collections_of_nothing_else(database, fill, read):
    ids = fill({}, {}, {"availability": "out of stock"})
    bags = gather(database, "Bags", ids[:1])
    database.run("Hide", hide, ids[:1])
    front = read(read_front)
    assert [shelf.name for shelf in front.shelves] == ["All items"]
    assert [(article.name, article.available) for article in front.shelves[0].articles] == [
        ("Item 1", True),
        ("Item 2", False),
    ]
    assert read(read_shelf, bags) is None
    assert read(read_detail, ids[0]).hidden


def test_a_price_is_what_is_paid_now_in_the_words_of_the_customers(database, fill, read):
    database.run("Money", update_profile, None, currency="AED", language="ar")
    sale = {"price": 9000, "sale_price": 7500}
    fill(sale, sale | {"sale_ends": 5}, sale | {"sale_starts": 2**40}, {}, {"price": 500, "currency": "USD"})
    shelf = read(read_shelf, None)
    assert shelf.name == "كل الأصناف"
    prices = [(bidi.strip(article.price), bidi.strip(article.old_price)) for article in shelf.articles]
    assert prices[:4] == [("75\xa0د.إ", "90\xa0د.إ"), ("90\xa0د.إ", ""), ("90\xa0د.إ", ""), ("", "")]
    assert prices[4][0].startswith("5\xa0")


def test_an_item_is_opened_with_its_pictures_in_order(database, fill, read):
    (item, other) = fill({"name": "Bag", "description": "*Soft*\nand  light", "link": "a.example"}, {})
    red, blue = picture("red"), picture("blue")
    database.run("Pictures", add_pictures, item, [red, blue])
    detail = read(read_detail, item)
    assert detail.pictures == (red.sha256, blue.sha256)
    assert detail.article.picture == red.sha256
    assert detail.article.line == "Soft and light"
    assert (detail.description, detail.link, detail.hidden) == ("*Soft*\nand  light", "https://a.example", False)
    assert detail.order == "Hello, I would like to order: Bag"
    assert read(read_detail, other).pictures == ()


def test_as_many_items_are_shown_as_the_phone_takes(database, read):
    def add(session):
        session.add_all(Product(name=f"{at}", position=f"{at:08}") for at in range(501))

    database.run("Add", add)
    with database.reader() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == 501
    shelf = read(read_shelf, None)
    assert (len(shelf.articles), shelf.more) == (500, True)
