"""What the home page tells of a shop, on both databases."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import insert, update

from desktop.data.models import Picture, Product
from desktop.i18n import formats
from desktop.services import overview as service
from desktop.services.answer_setup import read_concerns
from desktop.services.automatic import set_automatic
from desktop.services.catalog import add_product, remove_products, update_product
from desktop.services.customers import add_customer
from desktop.services.hours import add_overlay, set_day
from desktop.services.limits import limit
from desktop.services.opening import Span
from desktop.services.overview import Concern, read_overview
from desktop.services.phone_copy import mark_all
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, count_use

pytestmark = pytest.mark.on("sqlite")

COMPLETE = {
    "name": "Gifts", "phone": "+971501234567", "logo": None, "about": "Gifts", "address": "Dubai", "category": "RETAIL",
    "description": "Gifts for everyone", "territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai",
    "language": "en",
}  # fmt: skip


def overview(database):
    with database.reader() as session:
        return read_overview(session)


def concerns(database):
    return [(concern.kind, concern.count, concern.target) for concern in overview(database).concerns]


def add(database, title, /, **fields):
    """Add an item that nothing is wrong with but for `fields`, which may hold what only a file can bring in."""
    item = database.run("Add item", add_product, title, code=title, price=1000)
    database.run("Add picture", lambda s: s.add(Picture(product_id=item, url="https://x.example/1.jpg", position="a")))
    if fields:
        database.run("Change", lambda s: s.execute(update(Product).where(Product.id == item).values(**fields)) and None)
    return item


def add_many(session, model, rows):
    session.execute(insert(model), rows)


@pytest.fixture
def shop_of_two(both):
    """A shop with two items that nothing is wrong with."""
    both.run("Open", set_day, 0, [Span(0, 600, 1320)])
    both.run("Change", update_profile, **COMPLETE)
    first, second = add(both, "Bag"), add(both, "Mug")
    assert concerns(both) == []
    return both, first, second


def test_a_new_shop_has_gaps_and_no_concerns(both):
    seen = overview(both)
    assert (seen.name, seen.logo, seen.phone, seen.items, seen.replies) == ("", None, "", 0, 0)
    assert (seen.gaps[0], seen.concerns, seen.recent, seen.quick) == ("name", (), (), ())
    assert seen.is_new


def test_it_is_new_until_there_are_items_and_replies(both):
    add(both, "Bag")
    assert overview(both).is_new
    both.run("Add", add_reply, "hello", "Hello")
    assert not overview(both).is_new


@pytest.mark.on("sqlite", "postgresql")
def test_what_the_automatic_messages_leave_unanswered_is_told_once_one_is_written(shop_of_two):
    shop, *_ = shop_of_two
    with shop.reader() as session:
        assert read_concerns(session, formats.today())  # nobody answers while it is closed
    assert "automatic" not in [kind for kind, *_ in concerns(shop)]
    shop.run("Write", set_automatic, "away", text="We are away.")
    (concern,) = (one for one in overview(shop).concerns if one.kind == "automatic")
    assert (concern.count, concern.target) == (1, "away")
    assert concern.sentence == "1 thing to look at in the automatic messages"
    assert "the away message is turned off" in concern.why
    shop.run("Turn on", set_automatic, "away", enabled=True, schedule="closed")
    assert "automatic" not in [kind for kind, *_ in concerns(shop)]


def test_gaps_in_the_profile_wait_until_the_shop_is_no_longer_new(shop_of_two):
    shop, *_ = shop_of_two
    assert concerns(shop) == []
    shop.run("Add", add_reply, "hello", "Hello")
    assert concerns(shop) == [("profile", 1, "logo")]
    shop.run("Change", update_profile, about="")
    assert concerns(shop) == [("profile", 2, "logo")]


@pytest.mark.on("sqlite", "postgresql")
def test_an_item_that_something_is_wrong_with(shop_of_two):
    shop, first, _ = shop_of_two
    for fields, kind in (
        ({"sale_price": 1000}, "sale"),
        ({"sale_price": 1001}, "sale"),
        ({"code": "Bag"}, "code"),
        ({"name": "n" * 201}, "text"),
        ({"description": "ط" * 10_000}, "text"),
        ({"price": None}, "price"),
    ):
        item = add(shop, "Box", **fields)
        assert concerns(shop) == [(kind, 1, first if kind == "code" else item)], fields
        shop.run("Delete", remove_products, [item])


@pytest.mark.on("sqlite", "postgresql")
def test_what_just_fits_is_no_concern(shop_of_two):
    shop, *_ = shop_of_two
    for fields in ({"sale_price": 999}, {"code": ""}, {"name": "ن" * 200}, {"description": "ط" * 9_999}, {"price": 0}):
        items = [add(shop, "Box", **fields), add(shop, "Box again", **{"code": "", **fields})]
        assert concerns(shop) == [], fields
        shop.run("Delete", remove_products, items)


def test_a_code_counts_once_and_no_code_is_none(shop_of_two):
    shop, first, _ = shop_of_two
    for title, code in (("A", ""), ("B", ""), ("C", "Bag"), ("D", "Bag")):
        add(shop, title, code=code)
    assert concerns(shop) == [("code", 1, first)]


@pytest.mark.on("sqlite", "postgresql")
def test_a_sale_without_a_price_is_both(shop_of_two):
    shop, *_ = shop_of_two
    item = add(shop, "Box", price=None, sale_price=5)
    assert concerns(shop) == [("sale", 1, item), ("price", 1, item)]


def test_items_without_a_picture(shop_of_two):
    shop, *_ = shop_of_two
    bare = [shop.run("Add", add_product, name, price=1) for name in ("Cup", "Jar")]
    assert concerns(shop) == [("picture", 2, bare[0])]
    shop.run("Add", lambda s: s.add(Picture(product_id=bare[0], url="https://x.example/1.jpg", position="a")))
    assert concerns(shop) == [("picture", 1, bare[1])]


@pytest.mark.on("sqlite", "postgresql")
def test_the_same_customer_twice(shop_of_two):
    shop, *_ = shop_of_two
    for name in ("Noura", "Noura Ali", "Badr"):
        customer = shop.run("Add", add_customer, name, "+971501234567" if name != "Badr" else "")
    assert concerns(shop) == [("customer", 1, customer - 2)]


@pytest.mark.on("sqlite", "postgresql")
def test_more_than_the_phone_takes(shop_of_two, monkeypatch):
    few = {"catalog.items": 4, "reply.replies": 2}  # on a phone of 500 and 50
    monkeypatch.setattr(service, "limit", lambda key: few.get(key) or limit(key))
    shop, *_ = shop_of_two
    for shortcut in ("a", "b"):
        shop.run("Add", add_reply, shortcut)
    assert "replies" not in [kind for kind, *_ in concerns(shop)]
    shop.run("Add", add_reply, "c")
    assert ("replies", 1, None) in concerns(shop)
    shop.run("Import", add_many, Product, [{"name": f"Item {i}", "price": 1, "hidden": i % 2 == 0} for i in range(2)])
    assert "items" not in [kind for kind, *_ in concerns(shop)]
    shop.run("Import", add_many, Product, [{"name": "One more", "price": 1}])
    assert ("items", 1, None) in concerns(shop)


@pytest.mark.on("sqlite", "postgresql")
def test_texts_of_the_profile_that_do_not_fit(shop_of_two):
    shop, *_ = shop_of_two
    shop.run("Change", update_profile, about="ا" * 139, description="d" * 512, name="A long name, as many shops have")
    assert concerns(shop) == []
    shop.run("Change", update_profile, about="ا" * 140, description="d" * 513)
    assert concerns(shop) == [("profile_text", 2, "about")]


@pytest.mark.parametrize(
    "kind", ["sale", "code", "picture", "text", "items", "replies", "profile_text", "phone", "price", "profile"]
)
def test_each_concern_says_how_many_and_why(kind):
    one, many = Concern(kind, 1, "logo"), Concern(kind, 1234, "logo")
    assert one.sentence.startswith("1 ")
    assert many.sentence.startswith("1,234 ")
    assert one.sentence.removeprefix("1") != many.sentence.removeprefix("1,234")
    assert "{" not in one.why + one.sentence
    assert one.why


@pytest.mark.on("sqlite", "postgresql")
def test_what_is_not_on_the_phone_yet(shop_of_two):
    shop, first, _second = shop_of_two
    shop.run("Mark", mark_all, formats.now())
    assert concerns(shop) == []
    shop.run("Raise", update_product, first, price=2000)
    assert concerns(shop) == [("phone", 1, None)]


def test_reminds_of_special_hours(shop_of_two):
    shop, *_items = shop_of_two
    tomorrow = (formats.today() + dt.timedelta(days=1)).isoformat()
    shop.run("Holiday", add_overlay, "Holiday", tomorrow, tomorrow, [])
    assert [(reminder.name, reminder.begins) for reminder in overview(shop).reminders] == [("Holiday", True)]


@pytest.mark.on("sqlite", "postgresql")
def test_the_items_changed_last(both):
    ids = [add(both, f"Item {i}", changed_at=1000 + i) for i in range(7)]
    both.run(
        "Change", lambda s: s.execute(update(Product).where(Product.id == ids[0]).values(changed_at=9999)) and None
    )
    seen = overview(both)
    assert [(recent.card.id, recent.changed_at) for recent in seen.recent] == [
        (ids[0], 9999), (ids[6], 1006), (ids[5], 1005), (ids[4], 1004), (ids[3], 1003),
    ]  # fmt: skip
    both.run("Change price", partial(update_product, product_id=ids[2], price=5))
    assert overview(both).recent[0].card.price == 5


def test_replies_are_filled_as_far_as_the_shop_can(both):
    both.run("Change", update_profile, **COMPLETE)
    for shortcut, text in (
        ("a", "We are {shop}"), ("b", "Dear {customer}"), ("c", "Dear {customer|friend}"), ("d", ""),
        ("e", "{nonsense}"), ("f", "Sixth"),
    ):  # fmt: skip
        both.run("Add", add_reply, shortcut, text)
    assert [(reply.shortcut, reply.text, reply.ready) for reply in overview(both).quick] == [
        ("a", "We are Gifts", True),
        ("b", "Dear {customer}", False),
        ("c", "Dear friend", True),
        ("d", "", False),
        ("e", "{nonsense}", False),
    ]
    both.run_unrecorded(count_use, 6)
    assert [reply.shortcut for reply in overview(both).quick] == ["f", "a", "b", "c", "d"]
