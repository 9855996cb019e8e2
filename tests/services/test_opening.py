"""Open or closed: told by the engine, checked against the clock on the wall."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.services.opening import DAY, ONE_DAY, Schedule, Span, Stretch, overlap

DUBAI = ZoneInfo("Asia/Dubai")
ZONES = [
    *("Asia/Dubai", "Africa/Cairo", "Asia/Beirut", "Europe/Amsterdam", "America/New_York"),
    *("America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"),
]
TEN_TO_TEN = tuple(Span(day, 600, 1320) for day in range(7))
THURSDAY = dt.date(2026, 11, 26)


def at(day, hour, minute=0, zone=DUBAI):
    return dt.datetime.combine(day, dt.time(hour, minute), zone)


def schedule(week=TEN_TO_TEN, *stretches, zone=DUBAI):
    return Schedule(tuple(week), stretches, zone)


@pytest.mark.parametrize(
    ("moment", "is_open", "until", "reason"),
    [
        (at(THURSDAY, 9, 59), False, at(THURSDAY, 10), "outside_hours"),
        (at(THURSDAY, 10), True, at(THURSDAY, 22), "hours"),
        (at(THURSDAY, 21, 59), True, at(THURSDAY, 22), "hours"),
        (at(THURSDAY, 22), False, at(THURSDAY + ONE_DAY, 10), "outside_hours"),
    ],
)
def test_a_usual_day(moment, is_open, until, reason):
    state = schedule().state(moment)
    assert (state.open, state.until, state.reason) == (is_open, until, reason)
    assert schedule().state(moment.astimezone(ZoneInfo("Asia/Tokyo"))) == state


def test_past_midnight_into_a_closed_day_stays_open():
    late = [Span(3, 1200, 1500)]  # Thursday from 8 pm to 1 am
    state = schedule(late).state(at(THURSDAY + ONE_DAY, 0, 30))
    assert (state.open, state.until, state.reason) == (True, at(THURSDAY + ONE_DAY, 1), "hours")
    day_off = Stretch("off", THURSDAY + ONE_DAY, THURSDAY + ONE_DAY)
    assert schedule(late, day_off).state(at(THURSDAY + ONE_DAY, 0, 30)).open
    after = schedule(late, day_off).state(at(THURSDAY + ONE_DAY, 1))
    assert (after.open, after.reason, after.until) == (False, "closed_day", at(THURSDAY + 7 * ONE_DAY, 20))
    assert after.stretch == day_off


def test_the_week_goes_round():
    week = [Span(6, 1200, 1560)]  # Sunday to Monday, 2 am
    monday = dt.date(2026, 11, 30)
    assert schedule(week).state(at(monday, 1, 59)).until == at(monday, 2)
    assert schedule(week).state(at(monday, 2)).until == at(monday + 6 * ONE_DAY, 20)


def test_what_comes_next():
    state = schedule([Span(3, 600, 780), Span(3, 960, 1320)]).state(at(THURSDAY, 12))
    assert (state.until, state.next_opening, state.next_closing) == (
        at(THURSDAY, 13),
        at(THURSDAY, 16),
        at(THURSDAY, 13),
    )
    state = schedule([Span(3, 600, 780), Span(3, 960, 1320)]).state(at(THURSDAY, 14))
    assert (state.until, state.next_opening, state.next_closing) == (
        at(THURSDAY, 16),
        at(THURSDAY, 16),
        at(THURSDAY, 22),
    )


def test_hours_that_touch_or_overlap_count_as_one():
    week = [Span(3, 600, 800), Span(3, 700, 900), Span(3, 900, 1000)]
    assert schedule(week).state(at(THURSDAY, 11)).until == at(THURSDAY, 16, 40)
    assert overlap(week) == (week[0], week[1])
    assert overlap(week[1:]) is None


def test_always_and_never():
    always = [Span(day, kind="all_day") for day in range(7)]
    state = schedule(always).state(at(THURSDAY, 3))
    assert (state.open, state.until, state.next_opening, state.reason) == (True, None, None, "all_day")
    state = schedule([]).state(at(THURSDAY, 3))
    assert (state.open, state.until, state.reason) == (False, None, "closed_day")
    appointment = [Span(day, kind="appointment") for day in range(7)]
    assert schedule(appointment).state(at(THURSDAY, 12)).reason == "appointment"


def test_a_far_stretch_is_seen_from_always_and_never():
    first = THURSDAY + 300 * ONE_DAY
    off = Stretch("off", first, first + ONE_DAY)
    always = [Span(day, kind="all_day") for day in range(7)]
    state = schedule(always, off).state(at(THURSDAY, 3))
    assert (state.until, state.next_opening) == (at(first, 0), at(first + 2 * ONE_DAY, 0))
    fair = Stretch("fair", first, first + 60 * ONE_DAY, (Span(None, kind="all_day"),))
    state = schedule([], fair).state(at(THURSDAY, 3))
    assert (state.until, state.next_closing) == (at(first, 0), at(first + 61 * ONE_DAY, 0))


def test_nights_reach_into_a_far_stretch():
    noon_to_noon = [Span(day, 720, 720 + DAY) for day in range(7)]
    first = THURSDAY + 300 * ONE_DAY
    state = schedule(noon_to_noon, Stretch("off", first, first)).state(at(THURSDAY, 3))
    assert (state.until, state.next_opening) == (at(first, 12), at(first + ONE_DAY, 12))


def test_a_stretch_over_the_end_of_the_year():
    off = Stretch("winter", dt.date(2026, 12, 30), dt.date(2027, 1, 2))
    state = schedule(TEN_TO_TEN, off).state(at(dt.date(2026, 12, 31), 12))
    assert (state.open, state.until, state.stretch) == (False, at(dt.date(2027, 1, 3), 10), off)
    assert schedule(TEN_TO_TEN, off).state(at(dt.date(2026, 12, 29), 12)).open


def test_the_shortest_stretch_decides():
    ramadan = Stretch("ramadan", THURSDAY, THURSDAY + 29 * ONE_DAY, (Span(None, 1200, 1500), Span(4, 1260, 1500)), id=1)
    day_off = Stretch("off", THURSDAY, THURSDAY, id=2)
    for order in ((ramadan, day_off), (day_off, ramadan)):
        both = schedule(TEN_TO_TEN, *order)
        assert both.stretch_on(THURSDAY) == day_off
        assert not both.state(at(THURSDAY, 21)).open
        assert both.hours_on(THURSDAY + ONE_DAY) == (Span(4, 1260, 1500),)
        assert both.hours_on(THURSDAY + 2 * ONE_DAY) == (Span(None, 1200, 1500),)
    later = Stretch("later", THURSDAY, THURSDAY, (Span(None, 0, 60),), id=3)
    assert schedule(TEN_TO_TEN, day_off, later).stretch_on(THURSDAY) == later


def test_a_weekday_that_a_stretch_leaves_out_keeps_its_hours():
    some = Stretch("some", THURSDAY, THURSDAY + 6 * ONE_DAY, (Span(4, 0, 60), Span(5, kind="closed")))
    hours = schedule(TEN_TO_TEN, some)
    assert hours.hours_on(THURSDAY) == (Span(3, 600, 1320),)
    assert hours.hours_on(THURSDAY + ONE_DAY) == (Span(4, 0, 60),)
    assert not hours.state(at(THURSDAY + 2 * ONE_DAY, 12)).open


def test_a_skipped_time_is_the_moment_of_the_change():
    zone = ZoneInfo("Europe/Amsterdam")
    spring = dt.date(2027, 3, 28)  # 2:00 to 3:00
    change = at(spring, 3, zone=zone)
    opens = schedule([Span(6, 150, 300)], zone=zone)
    assert opens.state(at(spring, 1, zone=zone)).until == change
    assert opens.skipped(spring) == [(150, change)]
    assert opens.skipped(spring + 7 * ONE_DAY) == []
    closes = schedule([Span(6, 60, 150)], zone=zone)
    assert closes.state(at(spring, 1, 30, zone=zone)).until == change
    within = schedule([Span(6, 125, 175)], zone=zone)
    assert within.state(at(spring, 1, zone=zone)).until.date() == spring + 7 * ONE_DAY


def test_midnight_that_is_skipped():
    zone = ZoneInfo("Asia/Beirut")
    spring = dt.date(2027, 3, 28)  # 0:00 to 1:00
    always = schedule([Span(day, kind="all_day") for day in range(7)], zone=zone)
    assert always.state(at(spring - ONE_DAY, 23, zone=zone)).until is None
    saturday = schedule([Span(5, 1200, 1440)], zone=zone)
    assert saturday.state(at(spring - ONE_DAY, 23, zone=zone)).until == at(spring, 1, zone=zone)


def test_a_time_that_comes_twice():
    zone = ZoneInfo("Europe/Amsterdam")
    autumn = dt.date(2026, 10, 25)  # 3:00 to 2:00
    first, second = at(autumn, 2, 30, zone), at(autumn, 2, 30, zone).replace(fold=1)
    late = schedule([Span(6, 0, 150)], zone=zone).state(at(autumn, 1, zone=zone))
    assert late.until.astimezone(dt.UTC) == second.astimezone(dt.UTC)
    early = schedule([Span(6, 150, 600)], zone=zone).state(at(autumn, 1, zone=zone))
    assert early.until.astimezone(dt.UTC) == first.astimezone(dt.UTC)


# Against the clock on the wall

minutes = st.integers(0, DAY - 1)
kinds = st.sampled_from(["open", "open", "open", "all_day", "appointment", "closed"])
dates = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))


@st.composite
def spans(draw, weekdays):
    opens = draw(minutes)
    if draw(st.integers(0, 5)) == 0:  # around the clock, from any time on
        return Span(draw(weekdays), opens, opens + DAY)
    return Span(draw(weekdays), opens, opens + draw(st.integers(1, DAY)), draw(kinds))


@st.composite
def schedules(draw):
    week = draw(st.lists(spans(st.integers(0, 6)), max_size=10))
    if week and draw(st.booleans()):
        week = [Span(day, week[0].opens, week[0].closes, week[0].kind) for day in range(7)]
    stretches = []
    for number in range(draw(st.integers(0, 3))):
        first = draw(dates)
        last = first + dt.timedelta(days=draw(st.integers(0, 40)))
        own = draw(st.lists(spans(st.none() | st.integers(0, 6)), max_size=4))
        stretches.append(Stretch(f"{number}", first, last, tuple(own), id=number))
    return Schedule(tuple(week), tuple(stretches), ZoneInfo(draw(st.sampled_from(ZONES))))


CHANGES = [  # a few hours around these moments, clocks are changed in one of the zones
    dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC),
    dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 27, 22, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 1, 5, tzinfo=dt.UTC),
    dt.datetime(2026, 4, 4, 15, tzinfo=dt.UTC),
    dt.datetime(2026, 12, 31, 21, tzinfo=dt.UTC),
]
START = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def later(moment, minutes):
    return moment + dt.timedelta(minutes=minutes)


moments = st.builds(later, st.just(START), st.integers(0, 1000 * DAY)) | st.builds(
    later, st.sampled_from(CHANGES), st.integers(-600, 600)
)


def on_the_wall(hours, moment):
    """Whether a clock in the shop shows a time within the hours, by the plainest means."""
    wall = moment.astimezone(hours.zone).replace(tzinfo=None)
    for back in range(3):
        day = wall.date() - back * ONE_DAY
        since = (wall - dt.datetime.combine(day, dt.time())) / dt.timedelta(minutes=1)
        for span in hours.hours_on(day):
            opens, closes = (0, DAY) if span.kind == "all_day" else (span.opens, span.closes)
            if span.kind in ("open", "all_day") and opens <= since < closes:
                return True
    return False


def steady(zone, moment):
    offsets = {(moment + dt.timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-72, 73)}
    return len(offsets) == 1


@given(schedules(), moments)
def test_the_answer_is_that_of_the_clock(hours, moment):
    state = hours.state(moment)
    if on_the_wall(hours, moment):
        assert state.open
    elif steady(hours.zone, moment):
        assert not state.open
    assert state.reason in ({"hours", "all_day"} if state.open else {"outside_hours", "closed_day", "appointment"})
    if state.open:
        assert state.until == state.next_closing
    else:
        assert state.until == state.next_opening


@given(schedules(), moments, st.integers(0, 999))
@example(Schedule(tuple(Span(d, kind="all_day") for d in range(7)), (), ZoneInfo("Asia/Beirut")), CHANGES[2], 500)
def test_it_stays_so_until_it_changes(hours, moment, part):
    state = hours.state(moment)
    if state.until is None:
        later = moment + dt.timedelta(days=3 * part)
        assert hours.state(later).open == state.open
        return
    until = state.until.astimezone(dt.UTC)
    assert until > moment
    between = moment + (until - moment) * part / 1000
    assert hours.state(between).open == state.open
    assert hours.state(between).until == state.until
    assert hours.state(until).open != state.open
    assert hours.state(until - dt.timedelta(seconds=1)).open == state.open or until - moment < dt.timedelta(seconds=1)
    if state.next_opening and state.next_closing and state.open:
        assert state.next_opening.astimezone(dt.UTC) > until
