"""Follow-ups: times that do not exist or are past, what repeats, what moves along, putting off, finding, letters."""
# ruff: noqa: DTZ001 (these times are those on the wall)

import datetime as dt

import pytest

from desktop.data.models import Customer, now
from desktop.i18n import bidi, formats
from desktop.services import due
from desktop.services.bookings import read_day
from desktop.services.counts import count_due
from desktop.services.customers import add_customer
from desktop.services.errors import Invalid, NotFound
from desktop.services.follow_ups import (
    add_follow_up,
    finish,
    followers,
    moment,
    on_the_wall,
    read_follow_up,
    remove_follow_ups,
    reopen,
    set_after,
    set_repeat,
    set_time,
    snooze,
    update_follow_up,
)
from desktop.services.profile import update_profile
from desktop.services.repeating import Repeat

DAY = 86_400
NOON = dt.datetime(2026, 3, 27, 12, 0)  # a Friday; in Berlin the clock is set forward two days later, at 2 am


@pytest.fixture
def session(database):
    database.run("", update_profile, time_zone="Europe/Berlin", territory="AE", name="Gift House", language="en")
    with database.reader() as session:
        session.connection().exec_driver_sql("PRAGMA query_only = 0")  # written to, and thrown away
        yield session


def at(session, *time):
    return moment(session, dt.datetime(*time))[0]


def wall(session, follow_up):
    return f"{on_the_wall(session, read_follow_up(session, follow_up).due_at):%m-%d %H:%M}"


def test_a_time_that_does_not_exist_is_moved_and_said_and_meant_the_next_day(session):
    one = add_follow_up(session, due_at=at(session, 2026, 3, 28, 2, 30), repeat=Repeat("day").rule)
    said = bidi.strip(set_time(session, one, dt.datetime(2026, 3, 29, 2, 30)))
    day = formats.date(dt.date(2026, 3, 29))
    assert said == f"The clock is set forward then: 2:30 am does not exist on {day}. It is due at 3:00 am."
    assert wall(session, one) == "03-29 03:00"
    following = finish(session, one, at(session, 2026, 3, 29, 9, 0))
    assert wall(session, following) == "03-30 02:30"
    assert set_time(session, following, dt.datetime(2026, 10, 25, 2, 30)) == ""  # it comes twice: the first is meant
    assert read_follow_up(session, following).due_at == int(dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC).timestamp())


def test_midnight_belongs_to_the_day_that_begins(session):
    one = add_follow_up(session, due_at=at(session, 2026, 3, 28, 0, 0))
    late = at(session, 2026, 3, 27, 23, 59)
    assert due.read_due(session, one, late).group == "soon"
    assert due.read_due(session, one, late + 59).group == "soon"
    assert due.read_due(session, one, late + 60).group == "overdue"


def test_1970_is_kept_and_said_to_be_past(session):
    one = add_follow_up(session, title="Old", due_at=0)
    row = read_follow_up(session, one)
    assert "1 January 1970" in due.past_words(session, row, at(session, 2026, 3, 27))
    assert [found.id for found in due.list_due(session, ["overdue"])] == [one]
    set_repeat(session, one, Repeat("week"))
    following = finish(session, one, at(session, 2026, 3, 27, 12))
    assert wall(session, following) == "04-02 01:00"  # the first Thursday to come
    for beyond in (10**15, -(10**15)):
        with pytest.raises(Invalid, match="no such date"):
            update_follow_up(session, one, due_at=beyond)
    assert read_follow_up(session, one).due_at == 0


def test_done_makes_the_next_with_what_follows_it(session):
    training = add_follow_up(
        session, "booking", at(session, 2026, 3, 27, 18), title="Training", repeat=Repeat("week").rule
    )
    tip = add_follow_up(session, title="Tip", text="Drink water")
    set_after(session, tip, training, 3 * DAY)
    assert wall(session, tip) == "03-30 18:00"  # a Monday after the clock has changed
    following = finish(session, training, at(session, 2026, 3, 27, 19))
    assert wall(session, following) == "04-03 18:00"
    assert wall(session, tip) == "03-30 18:00"
    (copied,) = followers(session, following)
    assert (copied.title, wall(session, copied.id)) == ("Tip", "04-06 18:00")
    assert read_follow_up(session, training).repeat == ""
    assert finish(session, tip) is None
    reopen(session, tip)
    assert read_follow_up(session, tip).done_at is None


def test_what_comes_after_moves_along_and_never_in_a_circle(session):
    first = add_follow_up(session, "booking", at(session, 2026, 3, 27, 10))
    second, third = add_follow_up(session), add_follow_up(session)
    set_after(session, second, first, -DAY)
    set_after(session, third, second, 2 * 3600)
    set_time(session, first, dt.datetime(2026, 4, 10, 11, 0))
    assert (wall(session, second), wall(session, third)) == ("04-09 11:00", "04-09 13:00")
    with pytest.raises(Invalid, match="waits for this one"):
        set_after(session, first, third, 0)
    set_time(session, third, dt.datetime(2026, 4, 9, 20, 0))  # it keeps this distance
    set_time(session, first, dt.datetime(2026, 4, 11, 11, 0))
    assert wall(session, third) == "04-10 20:00"
    remove_follow_ups(session, [first])
    assert read_follow_up(session, second).after_id is None
    with pytest.raises(NotFound):
        read_follow_up(session, first)


def test_putting_off_keeps_the_time_of_what_repeats(session):
    one = add_follow_up(session, due_at=at(session, 2026, 3, 27, 10), repeat=Repeat("day").rule)
    now = at(session, 2026, 3, 28, 15, 20)
    for choice, then in (
        ("hour", "03-28 16:20"),
        ("evening", "03-28 18:00"),
        ("tomorrow", "03-29 18:00"),
        ("week", "04-04 18:00"),
    ):
        snooze(session, one, choice, now)
        assert wall(session, one) == then
    assert wall(session, finish(session, one, at(session, 2026, 4, 4, 19))) == "04-05 10:00"


def test_groups_and_finding(session):
    noura = add_customer(session, "نورة", "+971501234567")
    now = at(session, 2026, 3, 27, 12)
    running = add_follow_up(session, "booking", now - 1800, minutes=60, title="Running")
    for days, title in ((-1, "a"), (0.1, "b"), (1, "c"), (6, "d"), (7, "e")):
        add_follow_up(session, due_at=int(now + days * DAY), title=title, customer_id=noura if title == "e" else None)
    finish(session, add_follow_up(session, due_at=now, title="f"), now)
    groups = {group: [row.title for row in due.list_due(session, [group], at=now)] for group in due.GROUPS}
    assert groups == {"overdue": ["a"], "today": ["Running", "b"], "soon": ["c", "d"], "later": ["e"], "done": ["f"]}
    assert due.counts(session, now) == {group: len(rows) for group, rows in groups.items()}
    assert [row.title for row in due.list_due(session, typed="نوره", at=now)] == ["e"]
    assert [row.title for row in due.list_due(session, typed="0501234567".lstrip("0"), at=now)] == ["e"]
    assert due.read_due(session, running, now).words == "Running"


def test_the_letter_says_when_and_who_has_stopped_is_told(session):
    mona = add_customer(session, "Mona", "+971501234567", language="en")
    booking = add_follow_up(session, "booking", at(session, 2036, 3, 27, 18), customer_id=mona)
    reminder = add_follow_up(session, text="Hello {customer}, we meet {due}. {nonsense}")
    set_after(session, reminder, booking, -DAY)
    letter = due.letter(session, reminder)
    assert letter.filled.text.startswith("Hello Mona, we meet 27 March 2036, 6:00 pm.")
    assert letter.filled.unknown
    assert (letter.phone, letter.refusal) == ("971501234567", "")
    session.get(Customer, mona).stopped_at = 1
    assert due.letter(session, reminder, "typed").refusal
    assert due.letter(session, add_follow_up(session), "Hello {customer|you}").filled.text == "Hello you"


def test_what_cannot_be_is_refused_in_a_sentence(session):
    one = add_follow_up(session, title="  two \n words \0")
    assert read_follow_up(session, one).title == "two words"
    for field, value in (("kind", "x"), ("minutes", 5000), ("minutes", -1), ("repeat", "FREQ=SECONDLY")):
        with pytest.raises(Invalid):
            update_follow_up(session, one, **{field: value})


def test_both_databases_find_and_count(both):
    at = now()
    both.run("", update_profile, time_zone="Asia/Dubai", territory="AE", language="en")
    noura = both.run("", add_customer, "Noura", "+971501234567")
    late = both.run("", lambda session: add_follow_up(session, due_at=at - 2 * DAY, title="Call", customer_id=noura))
    both.run("", lambda session: add_follow_up(session, "booking", at - 60, title="Yoga"))
    both.run("", finish, both.run("", lambda session: add_follow_up(session, due_at=at, title="Over")))
    with both.reader() as session:
        counted = due.counts(session, at)
        assert (counted["overdue"], counted["done"]) == (1, 1)
        formats.configure(zone="Asia/Dubai")
        assert count_due(session) == counted["overdue"] + counted["today"]
        assert [row.id for row in due.list_due(session, typed="noura call", at=at)] == [late]
        assert [row.title for row in due.list_due(session, ["done"], at=at)] == ["Over"]
        assert [row.title for row in due.became_due(session, at - 90, at)] == ["Yoga"]
        assert [row.id for row in due.find_titled(session, "call", 3)] == [late]
        assert "Yoga" in [one.words for one in read_day(session, on_the_wall(session, at - 60).date()).booked]


@pytest.mark.parametrize("seconds", [10**15, -(10**12)])
def test_no_follow_up_is_due_beyond_the_calendar(session, seconds):
    with pytest.raises(Invalid, match="no such date"):
        add_follow_up(session, due_at=seconds)
    assert on_the_wall(session, read_follow_up(session, add_follow_up(session, due_at=0)).due_at).year == 1970
