"""What links of the shop lead to, and the texts in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.catalog import add_product, remove_products
from desktop.services.collections import add_collection
from desktop.services.errors import Invalid, NotFound
from desktop.services.links import chat_link, parse_link
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply
from desktop.services.targets import KINDS, item_links, make_link


@pytest.fixture
def ids(both):
    """A shop with one of each; their ids by kind, and a function `make`."""

    def fill(session):
        update_profile(session, name="Bayt", territory="AE", currency="AED", phone="0501234567", language="en")
        return {
            "item": add_product(session, "Box {price}", code="B-1", price=7500),
            "known": add_product(session, "Tea", whatsapp_id="2468", price=500, sale_price=400),
            "collection": add_collection(session, "Gifts & {shop}"),
            "reply": add_reply(session, "hi", "Hello from {shop}, {customer}"),
            "empty": add_reply(session, "empty", ""),
        }

    return both.run("Fill", fill)


@pytest.fixture
def make(both, ids):
    def make(kind, target=None, *words, **more):
        with both.reader() as session:
            return make_link(session, kind, target, *words, **more)

    return make


@pytest.mark.on("sqlite")
def test_each_kind_leads_where_it_says(make, ids):
    assert make("chat").url == "https://wa.me/971501234567"
    assert make("catalog", text="left out").url == "https://wa.me/c/971501234567"
    assert make("item", ids["known"]).url == "https://wa.me/p/2468/971501234567"
    assert parse_link(make("item", ids["item"]).url).text == "Hello, I would like to order: Box {price} (B-1)"
    assert parse_link(make("collection", ids["collection"]).url).text == "Hello, I would like to see: Gifts & {shop}"
    reply = make("reply", ids["reply"])
    assert parse_link(reply.url).kind == "contact"
    assert reply.text == "Hello from Bayt, {customer}"
    assert reply.filled.missing == ["customer"]


@pytest.mark.on("sqlite")
def test_the_owners_text_is_filled_and_the_reference_stands_below(make, ids):
    made = make("item", ids["known"], "I want {product} for {price|?}", "K7M4")
    assert made.text == "I want Tea for AED\u00a04 instead of AED\u00a05\nReference: K7M4"
    assert parse_link(made.url).text == made.text
    assert make("chat", None, "Say K7M4 please", "K7M4").text == "Say K7M4 please"
    assert make("chat", reference="K7M4").text == "Reference: K7M4"


def test_the_customers_language_decides(both, make):
    both.run("Language", update_profile, language="ar")
    assert "K7M4" in make("chat", reference="K7M4").text
    assert (
        make("chat", compat=True, text="🎁").url == "https://api.whatsapp.com/send?phone=971501234567&text=%F0%9F%8E%81"
    )


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("kind", ["item", "collection", "reply"])
def test_a_target_is_to_be_chosen_and_to_be_there(make, kind):
    with pytest.raises(Invalid, match="Choose a"):
        make(kind)
    with pytest.raises(NotFound):
        make(kind, 99)


@pytest.mark.on("sqlite")
def test_what_is_missing_is_told(both, make, ids):
    with pytest.raises(Invalid, match="no text yet"):
        make("reply", ids["empty"])
    both.run("Phone", update_profile, phone="")
    for kind in set(KINDS) - {"reply"}:
        with pytest.raises(Invalid, match="phone number"):
            make(kind, ids.get(kind))
    assert make("reply", ids["reply"], phone="").url.startswith("https://wa.me/?text=")
    assert make("chat", phone="971507654321").url == "https://wa.me/971507654321"


def test_many_at_once_in_the_order_asked_for(both, ids):
    with both.reader() as session:
        links = item_links(session, [ids["known"], 99, ids["item"]])
    assert [(link.name, link.code, link.price) for link in links] == [
        ("Tea", "", "AED\u00a04 instead of AED\u00a05"),
        ("Box {price}", "B-1", "AED\u00a075"),
    ]
    both.run("Delete", remove_products, [ids["known"]])
    with both.reader() as session:
        assert [link.name for link in item_links(session, [ids["known"], ids["item"]])] == ["Box {price}"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.booleans())
def test_any_text_arrives_as_it_was_written(text, compat):
    written = text.replace("\r\n", "\n").replace("\r", "\n")
    assert parse_link(chat_link("971501234567", text, compat)).text == written
