"""What is sent to customers of an item, in their language."""

import pytest

from desktop.i18n import set_language
from desktop.services.catalog import add_product, read_product
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile, update_profile
from desktop.services.share import link_to, price_answer, price_list, price_text


@pytest.fixture
def shop_of(database):
    """A function that fills the shop, and returns its one item and its profile."""

    def fill(language="en", phone="971501234567", **item):
        home = {"territory": "AE", "currency": "AED", "language": language}
        database.run("Set", update_profile, None, phone=phone, **home)
        product = database.run("Add", add_product, "Rose box", **item)
        with database.reader() as session:
            return read_product(session, product), read_profile(session)

    return fill


def test_the_answer_holds_the_name_the_price_and_the_link(shop_of):
    product, profile = shop_of(price=7500, whatsapp_id="123")
    assert price_answer(product, profile) == "Rose box\nPrice: AED\u00a075\nhttps://wa.me/p/123/971501234567"


def test_a_sale_names_both_prices(shop_of):
    assert price_text(*shop_of(price=7500, sale_price=6000)) == "AED\u00a060 instead of AED\u00a075"


def test_the_price_is_in_the_language_of_customers_whatever_the_owner_reads(shop_of):
    product, profile = shop_of("ar", price=7500)
    set_language("en")
    assert price_text(product, profile) == "75\u00a0د.إ"


def test_a_page_of_the_shops_own_needs_no_phone(shop_of):
    product, profile = shop_of(phone="", link="https://example.com/box")
    assert price_answer(product, profile) == "Rose box\nhttps://example.com/box"
    assert link_to(product, profile) == "https://example.com/box"


def test_without_a_phone_there_is_no_link(shop_of):
    product, profile = shop_of(phone="", price=7500)
    assert price_answer(product, profile) == "Rose box\nPrice: AED\u00a075"
    with pytest.raises(Invalid, match="phone number"):
        link_to(product, profile)


def test_several_are_one_text_with_or_without_links(shop_of):
    product, profile = shop_of("ar", price=7500, whatsapp_id="123")
    assert price_list([product, product], profile, links=False) == "Rose box: 75\u00a0د.إ\nRose box: 75\u00a0د.إ"
    text = price_list([product, product], profile)
    assert text.split("\n\n") == ["Rose box: 75\u00a0د.إ\nhttps://wa.me/p/123/971501234567"] * 2


def test_a_price_list_needs_neither_a_price_nor_a_phone(shop_of):
    product, profile = shop_of(phone="")
    assert price_list([product], profile) == "Rose box"


def test_a_sale_that_is_over_or_has_not_begun_is_not_told(shop_of):
    assert price_text(*shop_of(price=7500, sale_price=6000, sale_ends=1_000_000_000)) == "AED\u00a075"
    assert price_text(*shop_of(price=7500, sale_price=6000, sale_starts=4_000_000_000)) == "AED\u00a075"
