"""The practice chat: played, answered, kept."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.i18n import formats
from desktop.services.answer_setup import read_setup
from desktop.services.answering import Person
from desktop.services.automatic import set_automatic
from desktop.services.catalog import add_product, update_product
from desktop.services.errors import Invalid, NotFound
from desktop.services.hours import set_hours
from desktop.services.opening import ONE_DAY, Span
from desktop.services.practice import (
    MOST,
    Chat,
    Said,
    customer_says,
    hour_later,
    keep_chat,
    list_chats,
    next_morning,
    read_chat,
    remove_chat,
    send_catalog,
    send_item,
    send_order,
    shop_says,
)
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply

DUBAI, BERLIN = ZoneInfo("Asia/Dubai"), ZoneInfo("Europe/Berlin")
NIGHT = dt.datetime(2026, 11, 27, 23, 15, tzinfo=DUBAI)


@pytest.fixture
def run(database):
    home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
    database.run("Open", update_profile, None, name="Gifts", phone="+971501234567", **home)
    database.run("Open", set_hours, [Span(day, 600, 1320) for day in range(7)])
    database.run("Set", set_automatic, "greeting", enabled=True, text="Welcome to {shop}")
    database.run("Set", set_automatic, "away", enabled=True, text="Back {next_opening}", schedule="closed")
    formats.configure(zone="Asia/Dubai")
    yield lambda fn, *args, **values: database.run("Do", fn, *args, **values)
    formats.configure(zone="")


def test_the_phone_answers_by_the_clock_of_the_chat(run, get):
    setup = get(read_setup)
    first = customer_says((), " Hello\0 ", NIGHT, setup, Person())
    assert [(one.side, one.automatic, one.text) for one in first.said] == [
        ("customer", "", "Hello"),
        ("shop", "greeting", "Welcome to Gifts"),
        ("shop", "away", "Back tomorrow 10:00 am"),
    ]
    second = customer_says(first.said, "Still there?", hour_later(NIGHT), setup, Person())
    assert [one.automatic for one in second.said[3:]] == ["", "away"]
    morning = next_morning(NIGHT) + dt.timedelta(hours=2)
    third = customer_says(second.said, "Good morning", morning, setup, Person())
    assert third.said[-1].side == "customer"
    assert "the shop is open" in third.answers.reasons[1]
    later = customer_says(third.said, "Me again", morning + 14 * ONE_DAY, setup, Person())
    assert later.said[-1].automatic == "greeting"


def test_the_owner_answers_with_shortcuts_items_the_catalog_and_an_order(run, get):
    rose = run(add_product, "Rose", price=7500)
    run(add_reply, "Thanks", "Thank you, {customer|friend}!")
    noura = Person(name="Noura")
    said = get(shop_says, (), "/thanks", NIGHT, noura)
    assert said[-1].text == "Thank you, Noura!"
    said = get(send_item, said, rose, NIGHT)
    said = get(send_item, said, rose, NIGHT)
    said = get(send_catalog, said, NIGHT)
    assert said[-1].text == "https://wa.me/c/971501234567"
    said = get(send_order, said, NIGHT, noura)
    assert "150" in said[-1].text
    run(update_product, rose, sale_price=5000, sale_ends=1)
    assert "150" in get(send_order, said[:-1], NIGHT, noura)[-1].text, "a sale that is over is none"
    assert [one.kind for one in said] == ["text", "item", "item", "catalog", "order"]
    assert get(shop_says, said, "See you", NIGHT, noura)[-1].text == "See you"


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Write an answer"), ("/unknown", "There is no reply .*unknown"), ("/", "no reply")]
)
def test_what_cannot_be_said_is_told(run, get, typed, words):
    with pytest.raises(Invalid, match=words):
        get(shop_says, (), typed, NIGHT, Person())


def test_a_clock_that_goes_back_an_empty_message_and_an_endless_chat_are_refused(run, get):
    setup, said = get(read_setup), (Said("customer", "Hi", int(NIGHT.timestamp())),)
    for chat, text, moment in (
        (said, "Hi", NIGHT - ONE_DAY),
        (said, " \n", NIGHT),
        (said * MOST, "Hi", NIGHT),
    ):
        with pytest.raises(Invalid):
            customer_says(chat, text, moment, setup, Person())
    with pytest.raises(Invalid, match="Send an item first"):
        get(send_order, said, NIGHT, Person())
    with pytest.raises(NotFound):
        get(send_item, said, 77, NIGHT)


def test_the_clock_is_moved_over_changes_of_the_clock():
    before = dt.datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    assert hour_later(before).isoformat() == "2026-03-29T03:30:00+02:00"
    assert next_morning(before).isoformat() == "2026-03-29T09:00:00+02:00"
    assert next_morning(NIGHT).isoformat() == "2026-11-28T09:00:00+04:00"


def test_a_chat_is_kept_as_an_example_and_read_as_it_was(both):
    said = (Said("customer", "Hello & مرحبا", 1000), Said("shop", "Welcome", 1000, automatic="greeting"))
    chat = Chat("", None, "ar", True, said)
    kept = both.run("Keep", keep_chat, chat)
    other = both.run("Keep", keep_chat, Chat("Second", said=said))
    longer = Chat("Renamed", None, "ar", True, (*said, Said("shop", "x", 2000, "item", product_id=5)))
    both.run("Keep", keep_chat, longer, kept)
    with both.reader() as session:
        assert list_chats(session) == [(kept, "Renamed"), (other, "Second")]
        assert read_chat(session, kept) == longer
    both.undo()
    with both.reader() as session:
        assert read_chat(session, kept) == Chat("Hello & مرحبا", None, "ar", True, said)
    both.run("Remove", remove_chat, kept)
    with both.reader() as session, pytest.raises(NotFound):
        read_chat(session, kept)
    both.undo()
    with both.reader() as session:
        assert len(read_chat(session, kept).said) == 2
    with pytest.raises(Invalid, match="nothing in this chat"):
        both.run("Keep", keep_chat, Chat("Empty"))
