"""The calendar file: read back by the library, its times right when the clock changes, and hostile text inert."""
# ruff: noqa: DTZ001 (these times are those on the wall)

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from desktop.exchange.ics import EVENT, write_ics
from desktop.services.customers import add_customer, stop_messages
from desktop.services.follow_ups import add_follow_up, finish, moment, update_follow_up
from desktop.services.orders import add_order
from desktop.services.profile import update_profile
from desktop.services.repeating import Repeat

HOSTILE = "كيك;,\\ BEGIN:VEVENT\r\nEND:VCALENDAR\u202e\x07 \u2028 x"


@pytest.fixture
def session(database):
    database.run("", update_profile, time_zone="Europe/Berlin", territory="AE", name="Bayt", language="en")
    with database.reader() as session:
        session.connection().exec_driver_sql("PRAGMA query_only = 0")  # written to, and thrown away
        yield session


def events(session):
    return list(Calendar.from_ical(write_ics(session)).walk("VEVENT"))


def test_what_is_due_comes_back_the_same(session):
    noura = add_customer(session, "نورة", "+971501234567")
    start = moment(session, dt.datetime(2026, 3, 27, 18, 0))[0]
    add_follow_up(session, "booking", start, title="Training", customer_id=noura, text="Hi {customer}",
                  minutes=90, repeat=Repeat("week", 2).rule)  # fmt: skip
    finish(session, add_follow_up(session, title="Done"))
    add_order(session, name="Mona", due_at=start, phone="+971501234568")
    training, order = sorted(events(session), key=lambda event: str(event["uid"]))
    assert str(training["summary"]) == "Training · نورة"
    assert training.decoded("dtstart") == dt.datetime(2026, 3, 27, 18, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert training.decoded("dtend") - training.decoded("dtstart") == dt.timedelta(minutes=90)
    assert training["rrule"].to_ical().decode() == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    assert str(training["description"]) == "Hi نورة"
    assert str(training["url"]).startswith("https://wa.me/971501234567?text=Hi%20")
    assert str(order["summary"]).endswith("Mona")
    assert b"BEGIN:VTIMEZONE" in write_ics(session)
    uids = {str(event["uid"]) for event in events(session)}
    update_follow_up(session, 1, title="Another")
    assert {str(event["uid"]) for event in events(session)} == uids
    assert write_ics(session).count(EVENT) == 2


def test_hostile_text_stays_text(session):
    stopped = add_customer(session, HOSTILE, "+971501234567")
    stop_messages(session, [stopped])
    add_follow_up(session, title=HOSTILE, text=HOSTILE, customer_id=stopped)
    add_follow_up(session, text=HOSTILE)
    add_follow_up(session, due_at=0)
    found = events(session)
    assert len(found) == 3
    assert sum("description" in event for event in found) == 1  # nothing for who is not to be written to
    assert all("\u202e" not in str(event["summary"]) and "\n" not in str(event["summary"]) for event in found)
    assert all(len(line) <= 75 for line in write_ics(session).split(b"\r\n"))


def test_an_hour_that_comes_twice_is_the_one_that_is_meant(session):
    at = int(dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC).timestamp())  # the second 2:30
    add_follow_up(session, due_at=at)
    (event,) = events(session)
    assert "20261025T023000" in event["dtstart"].to_ical().decode()
