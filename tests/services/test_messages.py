"""Texts filled for whom they are sent to, on both databases."""

import pytest

from desktop.i18n import bidi, speaking
from desktop.services.catalog import add_product, remove_products
from desktop.services.errors import NotFound
from desktop.services.hours import set_hours
from desktop.services.messages import FILLED, fill_message
from desktop.services.opening import Span
from desktop.services.profile import update_profile

pytestmark = pytest.mark.on("sqlite")


@pytest.fixture
def shop_with_item(both):
    """A shop that has all that replies can be filled with, and the id of its item."""
    texts = {"name": "Bayt", "address": "Corniche", "map_link": "https://maps.example.com/1", "phone": "971501234567"}
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    both.run("Set", update_profile, None, **home)
    both.run("Set", update_profile, None, **texts)
    both.run("Set", set_hours, [Span(day, 600, 1320) for day in range(7)])
    return both, both.run("Add", add_product, "Rose box", price=7500, link="https://example.com/r")


def filled(database, text, **given):
    with database.reader() as session:
        return fill_message(session, text, **given)


@pytest.mark.on("sqlite", "postgresql")
def test_a_message_is_filled_from_the_shop_the_item_and_the_customer(shop_with_item):
    database, item = shop_with_item
    text = "{customer}: {product}, {price}, {item_link}. {shop}, {address} {map_link} {catalog_link}"
    done = filled(database, text, customer=" Noura ", product_id=item)
    assert done.text == (
        "Noura: Rose box, AED\u00a075, https://example.com/r. "
        "Bayt, Corniche https://maps.example.com/1 https://wa.me/c/971501234567"
    )
    assert done.sentences == []


@pytest.mark.parametrize("key", FILLED)
def test_everything_that_is_offered_can_be_filled(shop_with_item, key):
    database, item = shop_with_item
    done = filled(database, f"{{{key}}}", customer="Noura", product_id=item, values={"quantity": "2"})
    assert done.text
    assert done.missing == done.unknown == []


def test_what_is_not_known_yet_stays_and_is_told(shop_with_item):
    database, _item = shop_with_item
    done = filled(database, "{customer|there} {product} {prize}")
    assert done.text == "there {product} {prize}"
    assert done.missing == ["product"]
    assert "{price}" in bidi.strip(done.sentences[1])


def test_what_is_given_comes_before_what_the_shop_says(shop_with_item):
    database, _item = shop_with_item
    done = filled(database, "{quantity:one=# box|other=# boxes} of {shop}", values={"quantity": "3", "shop": "Mine"})
    assert done.text == "3 boxes of Mine"


def test_a_text_is_filled_in_its_own_language(shop_with_item):
    database, _item = shop_with_item
    text = "{quantity:مفرد=علبة|قليل=# علب}"
    assert filled(database, text, values={"quantity": "3"}, language="ar").text == "3 علب"
    with speaking("ar"):
        assert filled(database, "{quantity:one=box|other=# boxes}", values={"quantity": "3"}).text == "3 boxes"


def test_a_customer_is_one_line_and_never_a_template(shop_with_item):
    database, item = shop_with_item
    done = filled(database, "{customer:f=Dear #|m=Sir #}", customer="{price}\n{shop}\0", product_id=item, gender="f")
    assert done.text == "Dear {price} {shop}"
    assert done.sentences == []


def test_a_message_about_a_deleted_item_is_not_filled(shop_with_item):
    database, item = shop_with_item
    database.run("Delete", remove_products, [item])
    with pytest.raises(NotFound):
        filled(database, "{product}", product_id=item)


def test_hours_are_said_as_they_are_now(shop_with_item):
    database, _item = shop_with_item
    assert filled(database, "{hours_week}").text == "Daily 10:00 am – 10:00 pm"
    assert filled(database, "{ساعات_الأسبوع}", language="ar").text != "Daily 10:00 am – 10:00 pm"
    database.run("Hours", set_hours, [Span(day, 0, 1440, "all_day") for day in range(7)])
    assert filled(database, "{hours_today}").text == "Today 24 hours"
    assert filled(database, "{next_opening}").missing == ["next_opening"], "it never closes"
    database.run("Hours", set_hours, [])
    assert filled(database, "{hours_week|by appointment}").text == "by appointment"
