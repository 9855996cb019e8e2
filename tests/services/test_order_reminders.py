"""A reminder that is made from an order: whom it goes to, what it says, and which orders one may be about."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.data.models import Customer
from desktop.i18n import bidi
from desktop.services import due, orders
from desktop.services.customers import add_customer, stop_messages
from desktop.services.errors import NotFound
from desktop.services.follow_ups import add_follow_up, read_follow_up
from desktop.services.order_due import due_moment
from desktop.services.order_reminders import make_customer_of, offer_orders, remind_of, set_order
from desktop.services.profile import update_profile

DUBAI = ZoneInfo("Asia/Dubai")


@pytest.fixture
def bakery(database):
    def fill(session):
        update_profile(session, None, currency="AED", territory="AE", time_zone="Asia/Dubai", name="Bakery")
        fields = {"name": "Sara", "phone": "0501234567", "due_at": due_moment(dt.date(2036, 11, 29), 960, DUBAI)}
        orders.add_order(session, [{"name": "Cake", "quantity": 1, "price": 7500}], deposit=5000, **fields)

    database.run("", fill)
    return database


def letter(bakery, follow_up):
    with bakery.reader() as session:
        return due.letter(session, follow_up)


def test_a_reminder_of_an_order_without_a_customer_is_written_and_goes_to_its_phone(bakery):
    reminder = bakery.run("", remind_of, 1)
    written = letter(bakery, reminder)
    assert (written.name, written.phone, written.refusal) == ("Sara", "971501234567", "")
    text = bidi.strip(written.filled.text)
    assert text.startswith(
        "Hello Sara,\n\nA reminder: your order 1 is ready for pick-up on *Saturday, 29 November 2036"
    )
    assert "1 × Cake: AED\u00a075" in text
    assert "*Left to pay: AED\u00a025*" in text
    assert not written.filled.sentences
    bakery.run("", orders.update_order, 1, deposit=6000)  # what is paid meanwhile is not asked for again
    assert "*Left to pay: AED\u00a015*" in letter(bakery, reminder).filled.text
    with bakery.reader() as session:
        (row,) = due.list_due(session, typed="cake")
    assert (row.words, row.name) == ("Order 1", "Sara")


def test_who_has_stopped_is_known_by_the_phone_of_the_order(bakery):
    customer = bakery.run("", add_customer, "Sara Ali", "+971501234567")
    bakery.run("", stop_messages, [customer])
    assert letter(bakery, bakery.run("", remind_of, 1)).refusal


def test_the_customer_is_made_of_what_the_order_says(bakery):
    reminder = bakery.run("", remind_of, 1)
    customer = bakery.run("", make_customer_of, reminder)
    with bakery.reader() as session:
        assert session.get(Customer, customer).phone == "971501234567"
        assert read_follow_up(session, reminder).customer_id == orders.read_order(session, 1).customer_id == customer


def test_the_open_orders_of_the_customer_are_offered_and_one_fills_what_is_empty(bakery):
    mona = bakery.run("", add_customer, "Mona", "+971502223344")
    bakery.run("", orders.add_order, customer_id=mona)
    bakery.run("", orders.add_order, customer_id=mona, state="done")
    call = bakery.run("", lambda session: add_follow_up(session, title="Call", customer_id=mona))
    empty = bakery.run("", add_follow_up)
    with bakery.reader() as session:
        assert [order for order, _words in offer_orders(session, call)] == [2]
        words = {order: bidi.strip(words) for order, words in offer_orders(session, empty)}
    assert words == {1: "Order 1 · Sara · 29 November 2036, 4:00 pm", 2: "Order 2 · Mona"}
    bakery.run("", set_order, call, 2)
    bakery.run("", set_order, empty, 1)
    with bakery.reader() as session:
        row, other = read_follow_up(session, call), read_follow_up(session, empty)
        assert (row.title, row.order_id, row.customer_id) == ("Call", 2, mona)
        assert (other.title, other.text[:17]) == ("Order 1", "Hello {customer},")
        assert [order for order, _words in offer_orders(session, empty)] == [1, 2]
    bakery.run("", set_order, empty, None)
    with pytest.raises(NotFound):
        bakery.run("", set_order, empty, 99)
