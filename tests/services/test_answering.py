"""What is answered by itself: the rules by examples, and what holds whatever the moment."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.i18n import bidi, formats, set_language
from desktop.services.answering import Automatic, Person, Setup, Wording, decide
from desktop.services.opening import DAY, ONE_DAY, Schedule, Span, Stretch

DUBAI, BERLIN = ZoneInfo("Asia/Dubai"), ZoneInfo("Europe/Berlin")
WEEK = tuple(Span(day, 600, 1320) for day in range(7))
GREETING = Automatic("greeting", True, "Welcome {customer|friend}")
AWAY = Automatic("away", True, "Back {next_opening}", "closed")
SETUP = Setup(GREETING, AWAY, Schedule(WEEK, (), DUBAI), territory="AE")
FRIDAY = dt.datetime(2026, 11, 27, 23, 15, tzinfo=DUBAI)


@pytest.fixture(autouse=True)
def in_dubai():
    formats.configure(territory="AE", zone="Asia/Dubai")
    yield
    formats.configure(zone="")


def plain(answers):
    return [bidi.strip(reason) for reason in answers.reasons]


def away(**changed):
    return replace(SETUP, away=replace(AWAY, **changed))


def seconds(*when, zone=DUBAI):
    return int(dt.datetime(*when, tzinfo=zone).timestamp())


def test_a_new_customer_at_night_gets_both_the_greeting_first():
    answers = decide(FRIDAY, SETUP, Person())
    assert (answers.greeting, answers.away) == (True, True)
    assert answers.messages == ("Welcome friend", "Back tomorrow 10:00 am")
    assert plain(answers) == [
        "The greeting is sent: this is the customer's first message.",
        "The away message is sent: 11:15 pm is outside business hours, and the shop opens tomorrow 10:00 am.",
        "Both are sent, the greeting first: that is believed of the phone, WhatsApp does not say.",
    ]


def test_who_wrote_yesterday_while_it_is_open_gets_neither_and_is_told_why():
    noon = FRIDAY.replace(hour=12, minute=0)
    answers = decide(noon, SETUP, Person(last=noon - ONE_DAY))
    assert answers[:3] == (False, False, ())
    assert plain(answers) == [
        "No greeting is sent: the last contact was yesterday 12:00 noon, only 1 day before, "
        "and it answers from 14 days on.",
        "No away message is sent: the shop is open, and closes today 10:00 pm.",
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"on": False}, "No away message is sent: it is turned off."),
        ({"text": " "}, "No away message is sent: it has no text."),
        ({"schedule": "always"}, "The away message is sent: it answers always."),
        ({"schedule": "custom"}, "No away message is sent: it answers at set times, and none are set yet."),
        (
            {"schedule": "custom", "periods": ((seconds(2026, 11, 1), seconds(2026, 11, 2)),)},
            "No away message is sent: the times that it is set for are over.",
        ),
        (
            {"schedule": "custom", "periods": ((seconds(2026, 11, 28), seconds(2026, 11, 29)),)},
            "No away message is sent: the next time that it is set for begins tomorrow 12:00 midnight.",
        ),
        (
            {"schedule": "custom", "periods": ((seconds(2026, 11, 27), seconds(2026, 11, 28)),)},
            "The away message is sent: it is set for today 12:00 midnight to tomorrow 12:00 midnight.",
        ),
        ({"recipients": "only"}, "No away message is sent: Noura is not among those whom it is for."),
        (
            {"recipients": "except", "people": frozenset({7})},
            "No away message is sent: Noura is among those whom it leaves out.",
        ),
        (
            {"recipients": "except", "labels": frozenset({3})},
            "No away message is sent: Noura is among those whom it leaves out.",
        ),
        (
            {"recipients": "unknown"},
            "No away message is sent: Noura is in the address book, and it is for those who are not.",
        ),
    ],
)
def test_each_rule_of_the_away_message_has_its_sentence(changed, reason):
    noura = Person(7, "Noura", saved=True, labels=frozenset({3}))
    answers = decide(FRIDAY, away(**changed), noura)
    assert plain(answers)[1] == reason
    assert answers.away is reason.startswith("The away message is sent")


def test_outside_hours_needs_hours():
    without = replace(SETUP, schedule=Schedule((), (), DUBAI))
    assert not decide(FRIDAY, without, Person()).away
    assert "no hours are set yet" in decide(FRIDAY, without, Person()).reasons[1]
    on_phone = replace(without, on_phone=True)
    assert "the phone has none yet" in decide(FRIDAY, on_phone, Person()).reasons[1]


def test_the_text_of_special_hours_comes_before_that_of_a_language():
    eid = Stretch("Eid", dt.date(2026, 11, 27), dt.date(2026, 11, 28), (), id=5)
    wordings = (Wording("مغلق", "ar"), Wording("Happy Eid", "", 5), Wording("عيد مبارك", "ar", 5))
    setup = replace(away(wordings=wordings), schedule=Schedule(WEEK, (eid,), DUBAI))
    assert decide(FRIDAY, setup, Person()).messages[1] == "Happy Eid"
    assert decide(FRIDAY, setup, Person(language="ar")).messages[1] == "عيد مبارك"
    assert decide(FRIDAY + 2 * ONE_DAY, setup, Person(language="ar")).messages[1] == "مغلق"
    assert decide(FRIDAY + 2 * ONE_DAY, setup, Person()).messages[1].startswith("Back")


def test_what_is_on_the_phone_is_said_as_it_stands():
    phone = replace(away(text="Back {next_opening}"), on_phone=True)
    assert decide(FRIDAY, phone, Person()).messages[1] == "Back {next_opening}"
    nothing = replace(phone, greeting=Automatic("greeting", known=False), away=Automatic("away", known=False))
    assert plain(decide(FRIDAY, nothing, Person())) == [
        "No greeting is on the phone: none was copied there yet.",
        "No away message is on the phone: none was copied there yet.",
    ]


def test_messages_are_in_the_customers_language_and_reasons_in_ours():
    set_language("en")
    answers = decide(FRIDAY, away(text="نعود {موعد_الفتح}"), Person(language="ar"))
    assert answers.messages[1] == "نعود غدًا 10:00 ص"
    assert answers.reasons[0].startswith("The greeting")


@pytest.mark.parametrize("zone", [DUBAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Africa/Cairo")])
@pytest.mark.parametrize("month", range(1, 13))
def test_exactly_14_days_fire_and_a_second_less_does_not_also_where_a_clock_is_set(zone, month):
    setup = replace(SETUP, schedule=Schedule(WEEK, (), zone))
    for day in range(1, 29):
        last = dt.datetime(2026, month, day, 2, 30, tzinfo=zone)
        at = (last.astimezone(dt.UTC) + 14 * ONE_DAY).astimezone(zone)
        assert decide(at, setup, Person(last=last)).greeting
        early = (at.astimezone(dt.UTC) - dt.timedelta(seconds=1)).astimezone(zone)
        assert not decide(early, setup, Person(last=last)).greeting


# Whatever the moment

YEARS = [dt.datetime.fromisoformat(day) for day in ("2026-01-01", "2027-12-31")]
moments = st.datetimes(*YEARS, timezones=st.sampled_from([DUBAI, BERLIN]))
spans = st.builds(
    lambda day, opens, length: Span(day, opens, opens + length),
    st.integers(0, 6),
    st.integers(0, DAY - 1),
    st.integers(1, DAY),
)
stretches = st.builds(
    lambda first, days, own: Stretch("s", first, first + days * ONE_DAY, tuple(own), id=1),
    st.dates(dt.date(2026, 12, 20), dt.date(2027, 1, 5)),
    st.integers(0, 20),
    st.lists(spans.map(lambda span: replace(span, weekday=None)), max_size=1),
)
schedules = st.builds(
    lambda week, special, zone: Schedule(tuple(week), tuple(special), zone),
    st.lists(spans, max_size=9),
    st.lists(stretches, max_size=2),
    st.sampled_from([DUBAI, BERLIN]),
)


@settings(max_examples=100)
@given(moments, schedules)
def test_outside_business_hours_is_never_while_the_shop_is_open(moment, schedule):
    """At midnight, where the week begins anew, over special days across the year's end, and where a clock is set."""
    setup = replace(SETUP, schedule=schedule)
    known = bool(schedule.week or schedule.stretches)
    assert decide(moment, setup, Person()).away is (known and not schedule.state(moment).open)


@settings(max_examples=100)
@given(moments, st.lists(st.tuples(moments, st.integers(1, 10**6)), max_size=3))
def test_set_times_answer_from_their_start_until_just_before_their_end(moment, times):
    periods = tuple(sorted((int(start.timestamp()), int(start.timestamp()) + length) for start, length in times))
    setup = away(schedule="custom", periods=periods)
    assert decide(moment, setup, Person()).away is any(start <= moment.timestamp() < end for start, end in periods)
    for start, end in periods:
        assert decide(dt.datetime.fromtimestamp(start, DUBAI), setup, Person()).away
        after = decide(dt.datetime.fromtimestamp(end, DUBAI), setup, Person()).away
        assert after is any(one <= end < other for one, other in periods)


@settings(max_examples=100)
@given(
    moments,
    st.one_of(st.none(), moments),
    st.booleans(),
    st.sampled_from(["everyone", "unknown", "except", "only"]),
    st.booleans(),
    st.booleans(),
)
def test_a_greeting_never_leaves_its_conditions(moment, last, on, recipients, named, saved):
    greeting = replace(GREETING, on=on, recipients=recipients, people=frozenset({7} if named else ()))
    person = Person(7, "Noura", saved=saved, last=last)
    wanted = {"everyone": True, "unknown": not saved, "except": not named, "only": named}[recipients]
    quiet = last is None or moment.timestamp() - last.timestamp() >= 14 * 86400
    answers = decide(moment, replace(SETUP, greeting=greeting), person)
    assert answers.greeting is (on and wanted and quiet)
    assert len(answers.messages) == answers.greeting + answers.away
