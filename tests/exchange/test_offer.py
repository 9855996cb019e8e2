"""What is given out: which items, at which prices."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from desktop.data.models import Collection, Product, now
from desktop.exchange.chat_text import messages
from desktop.exchange.offer import Choice, given_price, read_offer
from desktop.exchange.typesetting import printable
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile, update_profile


def fill(session):
    update_profile(session, None, name="Shop", territory="AE", currency="AED", phone="971501234567", language="en")
    bags, mugs = add_collection(session, "Bags"), add_collection(session, "Mugs")
    for name, price, more in (
        ("Bag", 10000, {"sale_price": 8000}),
        ("Mug", 6500, {}),
        ("Hidden", 100, {"hidden": True}),
    ):
        item = add_product(session, name, price=price, **more)
        put_into(session, item, bags if name == "Bag" else mugs)
    add_product(session, "Box", price=None)


@pytest.fixture
def offered(database):
    database.run("Fill", fill)

    def read(**choice):
        with database.reader() as session:
            return read_offer(session, Choice(**choice))

    return read


def test_chapters_hold_what_customers_see(offered):
    offer = offered()
    assert [(chapter.name, [a.name("en") for a in chapter.articles]) for chapter in offer.chapters] == [
        ("Bags", ["Bag"]),
        ("Mugs", ["Mug"]),
        ("", ["Box"]),
    ]


def test_no_text_of_the_shop_turns_what_stands_after_it(database, offered):
    evil = "A\u202eb\x07\u2066c"

    def spoil(session):  # past the services: a file can come from anybody
        for row in [read_profile(session), *session.scalars(select(Product)), *session.scalars(select(Collection))]:
            row.name = row.description = row.brand = row.about = row.address = evil

    database.run("Spoil", spoil)
    offer = offered(note=evil)
    bag = offer.chapters[0].articles[0]
    shop = (offer.profile.name, offer.profile.about, offer.profile.description, offer.profile.address)
    texts = [*shop, bag.name("en"), bag.description("en"), bag.brand, offer.chapters[0].name, offer.choice.note]
    assert set(texts) == {"Abc"}
    assert printable(evil, 9) == "Abc"
    assert messages(offer)[0].startswith("*Abc*")
    with database.reader() as session:
        assert read_profile(session).name == evil, "what is stored stays"


def test_one_collection_alone(offered):
    first = offered().chapters[0].id
    assert [article.name("en") for article in offered(collections=(first,)).articles] == ["Bag"]


@pytest.mark.parametrize(
    ("percent", "prices"),
    [
        (Decimal(0), [(8000, 10000), (6500, None), (None, None)]),
        (Decimal(-15), [(8500, None), (5525, None), (None, None)]),
        (None, [(None, None)] * 3),
    ],
)
def test_prices(offered, percent, prices):
    assert [(article.price, article.old_price) for article in offered(percent=percent).articles] == prices


def test_a_sale_counts_while_it_is_on(database, offered):
    def date(session, **span):
        add_product(session, "Dated", price=100, sale_price=50, **span)

    database.run("Add", date, sale_starts=now() + 1000)
    database.run("Add", date, sale_ends=now() - 1000)
    database.run("Add", date, sale_starts=now() - 1000, sale_ends=now() + 1000)
    assert [(a.price, a.old_price) for a in offered().articles if a.name("en") == "Dated"] == [
        (100, None),
        (100, None),
        (50, 100),
    ]


@pytest.mark.parametrize("percent", [Decimal(-100), Decimal(1001)])
def test_percentages_without_sense_are_refused(percent):
    with pytest.raises(Invalid, match="Prices can be changed"):
        Choice(percent=percent)


@pytest.mark.parametrize(
    ("minor", "percent", "currency", "expected"),
    [
        (6000, "-15", "AED", 5100),
        (999, "-50", "AED", 500),  # half up
        (1235, "10", "KWD", 1360),  # three decimals: to two
        (995, "10", "JPY", 1095),
    ],
)
def test_given_prices_are_rounded_half_up(minor, percent, currency, expected):
    assert given_price(minor, Decimal(percent), currency) == expected


def test_a_date_is_kept(offered):
    assert offered(valid_until=dt.date(2027, 1, 1)).choice.valid_until == dt.date(2027, 1, 1)
