"""The old number is found however it is written, and the new one is written as the old one was."""

import pytest

from desktop.data.models import AutomaticMessage, Campaign, Product, Reply
from desktop.services.automatic import set_automatic
from desktop.services.catalog import add_product
from desktop.services.errors import Invalid
from desktop.services.new_number import change_number, find_uses, message_to_customers, read_numbers
from desktop.services.profile import read_profile, update_profile
from desktop.services.replies import add_reply

pytestmark = pytest.mark.on("sqlite")

OLD, NEW, ABROAD = "971501234567", "971559876543", "966512345678"


@pytest.fixture
def shop_of(both):
    """The shop with its old number."""
    both.run("Home", update_profile, None, territory="AE", language="en")
    both.run("Home", update_profile, None, name="Bayt", phone=f"+{OLD}")
    return both


def rewritten(database, text, new=NEW):
    """Return what becomes of a reply's text."""
    reply = database.run("Add", add_reply, "r", text)
    with database.reader() as session:
        return next(
            (use.after for use in find_uses(session, OLD, new) if use.row_id == reply and use.owner == "/r"), None
        )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Call +971 50 123 4567 now", "Call +971 55 987 6543 now"),
        ("+971501234567", "+971559876543"),
        ("00971501234567", "00971559876543"),
        ("050 123 4567", "055 987 6543"),
        ("0501234567.", "0559876543."),
        ("971501234567", "971559876543"),
        ("https://wa.me/971501234567?text=Hi", "https://wa.me/971559876543?text=Hi"),
        ("https://wa.me/c/971501234567", "https://wa.me/c/971559876543"),
        ("https://api.whatsapp.com/send?phone=971501234567", "https://api.whatsapp.com/send?phone=971559876543"),
        ("https://wa.me/1?text=call%20971501234567", "https://wa.me/1?text=call%20971559876543"),
        ("\u2066+971 50 123 4567\u2069", "\u2066+971 55 987 6543\u2069"),
        ("للطلب ٠٥٠١٢٣٤٥٦٧", "للطلب ٠٥٥٩٨٧٦٥٤٣"),
        ("+971 (0)50-123-4567", "+971 55 987 6543"),
        ("050 123 4567\n050 123 4567", "055 987 6543\n055 987 6543"),
    ],
)
def test_a_number_is_found_in_every_way_it_is_written(shop_of, text, after):
    assert rewritten(shop_of, text) == after


@pytest.mark.parametrize(
    "text",
    ["", "9715012345678", "1971501234567", "050 123 456", "+966 50 123 4567", "order 0501234568", "050\n1234567"],
)
def test_other_numbers_are_left_alone(shop_of, text):
    assert rewritten(shop_of, text) is None


def test_a_number_of_another_country_is_written_with_its_code(shop_of):
    assert rewritten(shop_of, "050 123 4567, wa.me/971501234567", ABROAD) == "+966 51 234 5678, wa.me/966512345678"


@pytest.mark.on("sqlite", "postgresql")
def test_everything_that_carries_it_is_listed_and_changed_by_one_action(shop_of, contents):
    def fill(session):
        add_reply(session, "call", "Call 0501234567")
        add_product(session, "Rose box", description="wa.me/971501234567", link="https://wa.me/c/971501234567")
        set_automatic(session, "away", text="Write to +971501234567")
        session.add(Campaign(name="Flyer", used_at="Mall, March", text="Hi", link="https://wa.me/971501234567?text=Hi"))
        update_profile(session, None, about="☎ 050 123 4567")

    shop_of.run("Fill", fill)
    before = contents(shop_of)
    with shop_of.reader() as session:
        uses = find_uses(session, OLD, NEW)
    listed = [(use.owner, use.title, use.place.page) for use in uses]
    assert listed == [
        ("", "Phone number", "profile"),
        ("", "About", "profile"),
        ("/call", "Message", "replies"),
        ("Away message", "Message", ""),
        ("Rose box", "Description", "catalog"),
        ("Rose box", "Link", "catalog"),
        ("Flyer · Mall, March", "Link that was handed out", "links"),
    ]
    assert shop_of.run("Change number", change_number, OLD, NEW) == len(uses)
    with shop_of.reader() as session:
        assert find_uses(session, OLD, NEW) == []
        assert read_profile(session).phone == NEW
        assert session.query(Reply).one().text == "Call 0559876543"
        assert session.query(Product).one().link == "https://wa.me/c/971559876543"
        assert session.query(AutomaticMessage).one().text == "Write to +971559876543"
        assert session.query(Campaign).one().link == "https://wa.me/971559876543?text=Hi"
    shop_of.undo()
    assert contents(shop_of) == before


def test_numbers_are_read_as_they_are_typed(shop_of):
    with shop_of.reader() as session:
        assert read_numbers(session, "050 123 4567", "+971 55 987 6543") == (OLD, NEW)
        for typed, field in ((("12", NEW), "old"), ((OLD, "055"), "new"), ((OLD, "0501234567"), "new")):
            with pytest.raises(Invalid) as caught:
                read_numbers(session, *typed)
            assert caught.value.field == field


@pytest.mark.on("sqlite", "postgresql")
def test_customers_are_told_in_the_shops_language(shop_of):
    with shop_of.reader() as session:
        text = message_to_customers(session, NEW)
    assert "Bayt\n" in text
    assert "+971 55 987 6543" in text
    assert "https://wa.me/971559876543" in text
    assert "\u2066" not in text
    shop_of.run("Language", update_profile, None, language="ar")
    with shop_of.reader() as session:
        assert "https://wa.me/971559876543" in message_to_customers(session, NEW)
