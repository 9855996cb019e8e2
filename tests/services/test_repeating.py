"""What comes again, on the wall's clock: steps, weekdays, ends of months, long pauses, and rules that are none."""
# ruff: noqa: DTZ001 (these times are those on the wall)

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.errors import Invalid
from desktop.services.repeating import Repeat, parse

START = dt.datetime(2026, 11, 26, 10, 0)  # a Thursday


def nexts(repeat, start, count, after=None):
    found = []
    for _ in range(count):
        start = repeat.next(start, after or start)
        found.append(start)
    return [f"{at:%m-%d %H:%M}" for at in found]


def test_days_weeks_and_weekdays():
    assert nexts(Repeat("day", 3), START, 2) == ["11-29 10:00", "12-02 10:00"]
    assert nexts(Repeat("week", 2), START, 2) == ["12-10 10:00", "12-24 10:00"]
    assert nexts(Repeat("week", 1, (0, 3)), START, 3) == ["11-30 10:00", "12-03 10:00", "12-07 10:00"]
    assert nexts(Repeat("week", 2, (0, 3)), START, 3) == ["12-07 10:00", "12-10 10:00", "12-21 10:00"]


def test_the_last_day_of_a_month_does_not_creep_forward():
    end = Repeat("month").fixed(dt.datetime(2027, 1, 31, 9))
    assert nexts(end, dt.datetime(2027, 1, 31, 9), 4) == ["02-28 09:00", "03-31 09:00", "04-30 09:00", "05-31 09:00"]
    assert nexts(Repeat("month", 12).fixed(dt.datetime(2028, 2, 29)), dt.datetime(2028, 2, 29), 1) == ["02-28 00:00"]


def test_what_was_missed_is_not_caught_up_with_one_by_one():
    later = dt.datetime(2026, 12, 25, 10, 0)
    assert Repeat("day", 3).next(START, later) == dt.datetime(2026, 12, 26, 10)
    assert Repeat("week").next(START, later) == dt.datetime(2026, 12, 31, 10)
    assert Repeat("month").next(START, later) == dt.datetime(2026, 12, 26, 10)
    assert Repeat("day").next(dt.datetime(1970, 1, 1), later) == dt.datetime(2026, 12, 26)


def test_the_time_that_was_meant_comes_back():
    repeat = Repeat("day", at=150)
    found = repeat.next(dt.datetime(2026, 3, 29, 3, 0), dt.datetime(2026, 3, 29, 4, 0))
    assert found == dt.datetime(2026, 3, 30, 2, 30)


@given(
    st.sampled_from(["day", "week", "month"]),
    st.integers(1, 60),
    st.sets(st.integers(0, 6)),
    st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1)),
    st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1)),
)
@settings(max_examples=80)
def test_the_next_is_later_and_a_rule_comes_back_the_same(unit, every, weekdays, start, after):
    start, after = start.replace(second=0, microsecond=0), after.replace(second=0, microsecond=0)
    repeat = Repeat(unit, every, tuple(sorted(weekdays))).fixed(start)
    assert parse(repeat.rule) == repeat
    found = repeat.next(start, after)
    assert found > start
    assert found > after
    assert found.time() == start.time()
    assert not repeat.weekdays or found.weekday() in repeat.weekdays


def test_the_standard_means_the_same():
    from dateutil.rrule import rrulestr

    for repeat in (Repeat("day", 3), Repeat("week", 2, (0, 3)), Repeat("month"), Repeat("month", 5), Repeat("week", 3)):
        start = dt.datetime(2026, 12, 31, 16, 30)
        repeat = repeat.fixed(start)
        theirs = rrulestr(repeat.rule, dtstart=start)
        ours = start
        for _ in range(12):
            expected, ours = theirs.after(ours), repeat.next(ours, ours)
            assert ours == expected


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;COUNT", "weekly",
     "FREQ=DAILY;INTERVAL=1000000", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=DAILY;BYHOUR=99;BYMINUTE=0"],
)  # fmt: skip
def test_other_rules_are_refused_in_a_sentence(rule):
    with pytest.raises(Invalid, match=r"Repeat it|Choose how"):
        parse(rule)


def test_words():
    assert Repeat("day").words == "every day"
    assert "every 2 weeks on" in Repeat("week", 2, (0, 3)).words
