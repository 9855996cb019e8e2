"""What is written to whoever ordered, in their language, and what is told before it is sent."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.data.models import Customer
from desktop.i18n import N_
from desktop.services import orders
from desktop.services.customers import add_customer
from desktop.services.errors import Invalid
from desktop.services.hours import add_overlay, set_hours
from desktop.services.opening import Span
from desktop.services.order_due import due_moment, due_parts, due_warning, proposed_minutes
from desktop.services.order_list import count_states, due_orders, find_orders, list_orders
from desktop.services.order_messages import order_message, order_values
from desktop.services.profile import update_profile

T = N_("Add order")
DUBAI = ZoneInfo("Asia/Dubai")
SATURDAY = dt.date(2030, 11, 30)
NOW = dt.datetime(2030, 11, 28, 12, tzinfo=DUBAI)


@pytest.fixture
def bakery(database):
    def fill(session):
        update_profile(
            session, None, currency="AED", territory="AE", time_zone="Asia/Dubai", name="Bakery", address="Corniche"
        )
        set_hours(session, [Span(day, 600, 1320) for day in range(7)])
        add_overlay(session, "National day", "2030-12-02", "2030-12-02", [])
        noura = add_customer(session, "Noura", "0501234567", language="en")
        session.get(Customer, noura).gender = "f"
        cake = {"name": "Cake", "quantity": 2, "price": 7500}
        due = due_moment(SATURDAY, 960, DUBAI)
        orders.add_order(session, [cake], customer_id=noura, due_at=due, deposit=5000, card="Mabrook", recipient="Sara")
        return orders.add_order(session, name="Ali")

    database.run(T, fill)
    return database


def get(database, fn, *args):
    with database.reader() as session:
        return fn(session, *args)


def test_a_confirmation_says_what_when_where_and_what_is_left(bakery):
    message = get(bakery, order_message, 1, "confirmation")
    for words in (
        "Hello Noura,",
        "*Your order 1 from Bakery*",
        "2 × Cake: AED\u00a0150",
        "Deposit: AED\u00a050",
        "*Left to pay: AED 100*",
        "*Pick-up: Saturday, 30 November 2030, 4:00 pm*",
        "Address: Corniche",
        "For: Sara",
        "On the card: “Mabrook”",
    ):
        assert words in message.text
    assert (message.phone, message.warnings) == ("971501234567", [])
    assert message.link().startswith("https://wa.me/971501234567?text=Hello%20Noura")


def test_a_reminder_and_a_receipt(bakery):
    reminder = get(bakery, order_message, 1, "reminder").text
    assert "ready for pick-up on *Saturday, 30 November 2030, 4:00 pm*" in reminder
    assert "*Left to pay: AED 100*" in reminder
    assert "received *AED 50*" in get(bakery, order_message, 1, "receipt").text
    bakery.run(T, orders.set_state, 1, None, "paid")
    paid = get(bakery, order_message, 1, "receipt").text
    assert "received *AED 150*" in paid
    assert "*Paid in full*" in paid


def test_what_an_order_lacks_is_told_and_the_message_is_written_all_the_same(bakery):
    message = get(bakery, order_message, 2, "confirmation")
    assert "Hello Ali," in message.text
    assert [sentence.split(":")[0] for sentence in message.warnings] == [
        "This order has no items yet",
        "This order has no date yet.",
        "This order has no phone number",
    ]
    assert message.link("Hi").startswith("https://wa.me/?text=Hi")


def test_the_placeholders_of_an_order(bakery):
    values = get(bakery, order_values, 1)
    assert (values["customer"], values["paid"], values["left"]) == ("Noura", "AED\u00a050", "AED\u00a0100")
    assert values["due"] == "Saturday, 30 November 2030, 4:00 pm"


@pytest.mark.parametrize(
    ("day", "minutes", "words"),
    [
        (SATURDAY, 960, ""),
        (SATURDAY, 1320, ""),  # at closing time
        (SATURDAY, 1400, "It opens Sunday 10:00 am"),
        (dt.date(2030, 12, 2), 960, "National day"),
        (dt.date(2030, 11, 28), 600, "has passed"),
    ],
)
def test_a_time_at_which_nobody_is_there_is_told(bakery, day, minutes, words):
    warning = get(bakery, due_warning, due_moment(day, minutes, DUBAI), NOW)
    assert words in warning
    assert bool(words) == bool(warning)


def test_times_that_the_clock_skips_do_not_exist():
    berlin = ZoneInfo("Europe/Berlin")
    with pytest.raises(Invalid):
        due_moment(dt.date(2030, 3, 31), 150, berlin)
    with pytest.raises(Invalid):
        due_moment(dt.date.max, 0, berlin)
    twice = due_moment(dt.date(2030, 10, 27), 150, berlin)
    assert due_parts(twice, berlin) == (dt.date(2030, 10, 27), 150)


def test_the_time_to_propose_is_when_the_shop_opens(bakery):
    from desktop.services.hours import read_schedule

    schedule = get(bakery, read_schedule)
    assert [proposed_minutes(schedule, day) for day in (SATURDAY, dt.date(2030, 12, 2))] == [600, 720]


def test_orders_are_found_and_stand_under_their_days(bakery):
    now = dt.datetime(2030, 11, 30, 9, tzinfo=DUBAI)
    faces = get(bakery, list_orders, "", "", None, now)
    assert [(face.number, face.section) for face in faces] == [(1, "today"), (2, "undated")]
    later = get(bakery, list_orders, "", "", None, now + dt.timedelta(days=1))
    assert later[0].section == "overdue"
    assert [face.number for face in get(bakery, list_orders, "", "", SATURDAY, now)] == [1]
    for typed in ("noura", "#1", "0501234", "050 123 4567", "cake sara", "٠٥٠١٢٣٤٥٦٧"):
        assert get(bakery, find_orders, typed) == [1], typed
    assert get(bakery, find_orders, "2")[0] == 2, "the number, though a phone has this figure too"
    assert get(bakery, count_states, "noura")[""] == 1
    assert [face.number for face in get(bakery, due_orders, now)] == [1]
