"""Two weeks of answers, and what is told of them."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from desktop.services.answer_strip import Copy, concerns, say_soon, strip
from desktop.services.answering import Automatic, Person, Setup, decide
from desktop.services.opening import ONE_DAY, Schedule, Span, Stretch

DUBAI, BERLIN = ZoneInfo("Asia/Dubai"), ZoneInfo("Europe/Berlin")
WEEK = tuple(Span(day, 600, 1320) for day in range(7))
SETUP = Setup(
    Automatic("greeting", True, "Welcome"),
    Automatic("away", True, "We are closed", "closed"),
    Schedule(WEEK, (), DUBAI),
    territory="AE",
)
FIRST = dt.date(2026, 12, 25)


def away(**changed):
    return replace(SETUP, away=replace(SETUP.away, **changed))


def kinds(setup, **more):
    return [(concern.kind, concern.fix) for concern in concerns(setup, FIRST, **more)]


@pytest.mark.parametrize(
    ("zone", "first"), [(DUBAI, FIRST), (BERLIN, dt.date(2026, 3, 20)), (BERLIN, dt.date(2026, 10, 20))]
)
def test_every_quarter_of_an_hour_is_what_is_decided_then(zone, first):
    """Across the year's end with special days, and where the clock is set forward and back."""
    closed = Stretch("New Year", dt.date(2026, 12, 31), dt.date(2027, 1, 2), (), id=1)
    setup = replace(SETUP, schedule=Schedule(WEEK, (closed,), zone))
    person = Person(last=dt.datetime.combine(first - 10 * ONE_DAY, dt.time(9, 40), zone))
    days = strip(setup, first, person)
    assert [day.day for day in days] == [first + n * ONE_DAY for n in range(14)]
    for day in days:
        assert day.parts[0].starts == day.starts
        assert day.parts[-1].ends == day.ends
        at = day.starts.astimezone(dt.UTC)
        while at < day.ends.astimezone(dt.UTC):
            moment = at.astimezone(zone)
            part = next(part for part in day.parts if part.ends.astimezone(dt.UTC) > at)
            answers = decide(moment, setup, person)
            assert (part.greeting, part.away) == (answers.greeting, answers.away), moment
            assert part.open is setup.schedule.state(moment).open
            at += dt.timedelta(minutes=45)


def test_days_on_which_a_clock_is_set_are_as_long_as_they_are():
    setup = replace(SETUP, schedule=Schedule(WEEK, (), BERLIN))
    (spring,) = strip(setup, dt.date(2026, 3, 29), Person(), days=1)
    (autumn,) = strip(setup, dt.date(2026, 10, 25), Person(), days=1)
    hours = [(day.ends.timestamp() - day.starts.timestamp()) / 3600 for day in (spring, autumn)]
    assert hours == [23, 25]


def test_a_shop_that_answers_when_it_is_closed_has_no_concern():
    assert kinds(SETUP) == []
    assert {part.kind for day in strip(SETUP, FIRST, Person()) for part in day.parts} == {"open", "away"}


def test_closed_hours_without_an_answer_are_told_with_what_mends_it():
    assert kinds(away(on=False)) == [("gap", "turn_on")]
    assert kinds(away(text="")) == [("gap", "text")]
    assert kinds(away(schedule="custom")) == [("gap", "closed")]
    assert "168 hours" in concerns(away(on=False), FIRST)[0].sentence
    assert kinds(replace(away(), schedule=Schedule((), (), DUBAI))) == [("hours", "hours")]


def test_hours_are_of_the_time_that_passes():
    """In the two weeks in which a clock is set back, a shop that is closed at night is closed for an hour more."""
    setup = replace(away(on=False), schedule=Schedule(WEEK, (), BERLIN))
    assert "169 hours" in concerns(setup, dt.date(2026, 10, 20))[0].sentence


def test_answers_that_double_are_told():
    assert kinds(away(schedule="always")) == [("double", "closed")]
    assert kinds(away(text="Welcome")) == [("double", "text")]


def test_a_message_that_promises_another_opening_is_told_and_one_that_is_off_is_not():
    assert kinds(away(text="We open at 8 am")) == [("promise", "text")]
    assert kinds(away(text="We open at 10 am")) == []
    assert ("promise", "text") not in kinds(away(text="We open at 8 am", on=False))


def test_what_is_on_the_phone_and_true_no_longer_is_told():
    old = replace(away(text="We open at 8 am"), on_phone=True)
    assert kinds(SETUP, phone=old, copies={"away": Copy("changed", "")}) == [("phone", "phone")]
    assert "8 am" in concerns(SETUP, FIRST, old)[0].sentence
    same = replace(SETUP, on_phone=True)
    assert kinds(SETUP, phone=same, copies={"greeting": Copy("changed", "")}) == [("copy", "phone")]
    assert kinds(SETUP, phone=same, copies={"greeting": Copy("same", "")}) == []
    soon = away(text="Back {next_opening}")
    assert kinds(soon, phone=same, copies={"away": Copy("only_here", "why")}) == [("phone", "soon")]


def test_what_no_phone_knows_gets_a_word_instead():
    assert say_soon("Back {next_opening}, {next_opening|later}. {shop}", "soon") == (
        "Back {next_opening|soon}, {next_opening|later}. {shop}"
    )
    assert say_soon("نعود {موعد_الفتح}", "قريبًا") == "نعود {موعد_الفتح|قريبًا}"
