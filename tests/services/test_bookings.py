"""Bookings: what is free within hours and special hours, what clashes, and what is outside the hours."""
# ruff: noqa: DTZ001 (these times are those on the wall)

import datetime as dt

import pytest

from desktop.i18n import bidi, formats
from desktop.services.bookings import clashes, free_slots, next_free, read_day, warnings
from desktop.services.follow_ups import add_follow_up, finish, moment, set_time
from desktop.services.hours import add_overlay, set_hours
from desktop.services.opening import DAY, Span
from desktop.services.profile import update_profile

FRIDAY = dt.date(2026, 3, 27)
SUNDAY = dt.date(2026, 3, 29)  # in Berlin the clock is set forward at 2 am


@pytest.fixture
def session(database):
    hours = [Span(day, 9 * 60, 12 * 60) for day in range(5)]
    database.run("", update_profile, time_zone="Europe/Berlin", territory="AE", language="en")
    database.run("", set_hours, [*hours, Span(4, 14 * 60, DAY + 60), Span(6, 60, 240)])
    with database.reader() as session:
        session.connection().exec_driver_sql("PRAGMA query_only = 0")  # written to, and thrown away
        yield session


def book(session, day, hour, minute=0, **fields):
    due_at = moment(session, dt.datetime.combine(day, dt.time(hour, minute)))[0]
    return add_follow_up(session, "booking", due_at, **fields)


def free(session, day, **fields):
    return [f"{at:%H:%M}" for at in read_day(session, day, **fields).free]


def test_what_is_free_lies_between_what_is_taken_and_the_closing(session):
    book(session, FRIDAY, 10, minutes=45, title="Yoga")
    assert free(session, FRIDAY)[:3] == ["09:00", "11:00", "14:00"]
    assert free(session, FRIDAY)[-1] == "00:00"  # until 1 am
    assert free(session, FRIDAY, minutes=30, pause=20)[:3] == ["09:00", "11:30", "14:00"]
    zone = read_day(session, FRIDAY).open[0][0].tzinfo
    assert free(session, FRIDAY, after=dt.datetime(2026, 3, 27, 22, 10, tzinfo=zone))[0] == "22:30"
    assert [one.words for one in read_day(session, FRIDAY).booked] == ["Yoga"]
    assert free(session, dt.date(2026, 3, 28)) == []  # closed on Saturdays


def test_an_hour_that_the_clock_skips_is_offered_to_nobody(session):
    assert free(session, SUNDAY) == ["01:00", "01:30", "03:00"]


def test_special_hours_decide(session):
    add_overlay(session, "Eid", "2026-03-27", "2026-03-27", [])
    day = read_day(session, FRIDAY)
    assert (day.free, day.stretch) == ((), "Eid")
    said = bidi.strip(warnings(session, book(session, FRIDAY, 10))[0])
    assert said == f"The shop is closed on {formats.date(FRIDAY, weekday=True)}: Eid."
    add_overlay(session, "Talks", "2026-03-30", "2026-03-30", [Span(None, 0, DAY, "appointment")])
    assert free(session, dt.date(2026, 3, 30))[0] == "08:00"
    assert warnings(session, book(session, dt.date(2026, 3, 30), 21)) == []


def test_clashes_and_closed_hours_are_told(session):
    first = book(session, FRIDAY, 10, title="Yoga")
    second = book(session, FRIDAY, 11, title="Boxing")
    assert warnings(session, second) == []  # one ends as the other begins
    assert [one.id for one in clashes(session, second, pause=5)] == [first]
    set_time(session, second, dt.datetime(2026, 3, 27, 10, 30))
    assert bidi.strip(warnings(session, second)[0]) == "Another booking is then: Yoga, 10:00 am – 11:00 am."
    set_time(session, second, dt.datetime(2026, 3, 27, 11, 30))
    (closed,) = warnings(session, second)
    assert bidi.strip(closed).startswith(f"That is outside the hours of {formats.date(FRIDAY, weekday=True)}: 9:00 am")
    finish(session, first)
    set_time(session, second, dt.datetime(2026, 3, 27, 10, 30))
    assert warnings(session, second) == []
    night = book(session, dt.date(2026, 3, 28), 0, minutes=60)  # of the Friday before
    assert warnings(session, night) == []


def test_a_booking_is_proposed_for_the_next_time_that_is_free(session):
    set_hours(session, [Span(day, 0, DAY) for day in range(7)])
    assert 0 < next_free(session, 15) - formats.now().timestamp() <= 24 * 3600
    set_hours(session, [])
    add_overlay(session, "Away", f"{formats.today()}", f"{formats.today() + dt.timedelta(days=20)}", [])
    assert next_free(session) is None


def test_without_hours_most_of_the_day_is_offered(session):
    set_hours(session, [])
    assert free(session, FRIDAY)[0] == "08:00"
    assert free(session, FRIDAY)[-1] == "19:00"
    assert warnings(session, book(session, FRIDAY, 22)) == []


def test_slots_of_no_length_and_no_step_end():
    opens = dt.datetime(2026, 3, 27, 9, tzinfo=dt.UTC)
    assert len(free_slots([(opens, opens + dt.timedelta(minutes=5))], [], 0, 0)) == 5
