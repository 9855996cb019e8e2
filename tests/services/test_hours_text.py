"""Hours in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.i18n import formats, speaking
from desktop.i18n.bidi import strip
from desktop.services.hours_input import parse_day
from desktop.services.hours_text import (
    closing_text,
    dates_text,
    day_text,
    next_opening_text,
    ordered_weekdays,
    skipped_text,
    state_text,
    stretch_text,
    today_text,
    week_lines,
    week_text,
)
from desktop.services.opening import Schedule, Span, Stretch

DUBAI = ZoneInfo("Asia/Dubai")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TEN = "10:00-22:00"


def week(usual="", **days):
    spans = []
    for number, day in enumerate(DAYS):
        if text := days.get(day, usual):
            spans += [span for span in parse_day(text, number) if span.kind != "closed"]
    return tuple(spans)


@pytest.mark.parametrize(
    ("hours", "territory", "text"),
    [
        (week(), "AE", ""),
        (week(TEN), "AE", "Daily 10:00 am – 10:00 pm"),
        (week(TEN, fri="16:00-22:00"), "AE", "Daily 10:00 am – 10:00 pm, Friday 4:00 pm – 10:00 pm"),
        (week(TEN, fri="closed"), "AE", "Saturday to Thursday 10:00 am – 10:00 pm, Friday closed"),
        (
            week(TEN, sat="closed", sun="closed"),
            "AE",
            "Monday to Friday 10:00 am – 10:00 pm, Saturday and Sunday closed",
        ),
        (
            week(TEN, sat="closed", sun="closed"),
            "SA",
            "Monday to Friday 10:00 am – 10:00 pm, Saturday and Sunday closed",
        ),
        (
            week(TEN, fri="10-12, 2pm-11pm", sat="10:00-23:00"),
            "EG",
            "Saturday 10:00 am – 11:00 pm, Sunday to Thursday 10:00 am – 10:00 pm, "
            "Friday 10:00 am – 12:00 noon and 2:00 pm – 11:00 pm",
        ),
        (week("24h"), "AE", "Daily 24 hours"),
        (
            week(mon=TEN, wed=TEN, tue="appointment"),
            "MA",
            "Monday and Wednesday 10:00 – 22:00, Tuesday by appointment only, Thursday to Sunday closed",
        ),
        (week(thu="20:00-01:00"), "AE", "Thursday 8:00 pm – 1:00 am (next day), Friday to Wednesday closed"),
    ],
)
def test_a_week(hours, territory, text):
    formats.configure(territory=territory)
    assert strip(week_text(hours, territory)) == text


def test_weeks_begin_as_the_territorys_do():
    assert ordered_weekdays("AE")[0] == 0
    assert ordered_weekdays("SA")[0] == 6
    assert ordered_weekdays("EG") == [5, 6, 0, 1, 2, 3, 4]


def test_lines_say_what_the_one_line_says():
    hours = week(TEN, fri="16:00-22:00")
    assert ", ".join(week_lines(hours, "AE")) == week_text(hours, "AE")


def test_a_range_is_not_set_apart_as_a_whole():
    """In Arabic its end would be read first."""
    assert "\u2068\u2068" not in week_text(week("10-12, 14:00-16:00, 18:00-20:00"), "AE")


def test_a_day():
    assert strip(day_text(parse_day("9-1, 4-8"))) == "9:00 am – 1:00 pm and 4:00 pm – 8:00 pm"
    assert day_text([]) == "Closed"
    assert day_text([Span(0, kind="closed")]) == "Closed"
    assert day_text([Span(0, kind="all_day")]) == day_text([Span(0, 0, 1440)]) == "Open 24 hours"
    assert day_text([Span(0, kind="appointment")]) == "By appointment only"


def test_24_hours_are_written_in_the_digits_of_the_shop():
    formats.configure(digits="arab")
    with speaking("ar"):
        assert day_text([Span(0, kind="all_day")]) == "مفتوح ٢٤ ساعة"
        assert "٢٤ ساعة" in week_text(week("24h"), "AE")


@pytest.mark.parametrize(
    ("day", "hour", "status", "today", "opening", "closing"),
    [
        (25, 12, "Open now · closes 10:00 pm", "Today 10:00 am – 10:00 pm", "tomorrow 4:00 pm", "10:00 pm"),
        (25, 9, "Closed · opens 10:00 am", "Today 10:00 am – 10:00 pm", "today 10:00 am", "10:00 pm"),
        (25, 23, "Closed · opens tomorrow 4:00 pm", "Today 10:00 am – 10:00 pm", "tomorrow 4:00 pm", "Friday 1:00 am"),
        (26, 23, "Open now · closes 1:00 am", "Today 4:00 pm – 1:00 am (next day)", "Saturday 10:00 am", "1:00 am"),
        (27, 0, "Open now · closes 1:00 am", "Closed today", "tomorrow 10:00 am", "1:00 am"),
        (27, 2, "Closed · opens tomorrow 10:00 am", "Closed today", "tomorrow 10:00 am", "tomorrow 10:00 pm"),
    ],
)
def test_now(day, hour, status, today, opening, closing):
    schedule = Schedule(week(TEN, thu="16:00-01:00", fri="closed"), (), DUBAI)
    now = dt.datetime(2026, 11, day, hour, tzinfo=DUBAI)
    state = schedule.state(now)
    for moment in (now, now.astimezone(dt.UTC)):
        texts = state_text(state, moment), today_text(schedule, moment), next_opening_text(state, moment)
        assert [strip(text) for text in texts] == [status, today, opening]
        assert closing_text(state, moment) == closing


@pytest.mark.parametrize(
    ("hours", "status", "today"),
    [
        (week("24h"), "Open now · 24 hours, every day", "Today 24 hours"),
        (week(), "Closed", "Closed today"),
        (week("appointment"), "By appointment only", "Today by appointment only"),
        (week("appointment", sat=TEN), "By appointment · opens Saturday 10:00 am", "Today by appointment only"),
        (week("24h", sat="closed"), "Open now · closes Saturday 12:00 midnight", "Today 24 hours"),
    ],
)
def test_what_has_no_end(hours, status, today):
    schedule = Schedule(hours, (), DUBAI)
    now = dt.datetime(2026, 11, 25, 12, tzinfo=DUBAI)
    state = schedule.state(now)
    assert (state_text(state, now), today_text(schedule, now)) == (status, today)
    if state.until is None:
        assert next_opening_text(state, now) == closing_text(state, now) == ""


def test_a_stretch():
    schedule = Schedule(week(TEN), (), DUBAI)
    first = dt.date(2026, 12, 2)  # a Wednesday
    off = Stretch("off", first, first)
    assert stretch_text(off, schedule, "AE") == "Closed"
    assert dates_text(off, dt.date(2026, 1, 1)) == "Wednesday, 2 December"
    spans = (*parse_day("10-3, 20:30-00:30"), Span(4, kind="closed"))
    some = Stretch("some", first, dt.date(2027, 1, 2), spans)
    assert strip(stretch_text(some, schedule, "AE")) == (
        "Saturday to Thursday 10:00 am – 3:00 pm and 8:30 pm – 12:30 am (next day), Friday closed"
    )
    assert strip(dates_text(some, dt.date(2026, 1, 1))) == "2 December to 2 January 2027"
    short = Stretch("short", first, dt.date(2026, 12, 4), (Span(4, kind="closed"),))
    assert strip(stretch_text(short, schedule, "AE")) == ("Wednesday and Thursday 10:00 am – 10:00 pm, Friday closed")


def test_a_time_that_the_clock_skips_is_told_before():
    zone = ZoneInfo("Europe/Amsterdam")
    today = dt.date(2026, 11, 25)
    night = Schedule(week(sun="2:30-5:00"), (), zone)
    assert skipped_text(night, today) == "The clock skips 2:30 am on 28 March 2027: that day 3:00 am counts instead."
    assert skipped_text(Schedule(week(sat="20:00-02:30"), (), zone), today).startswith("The clock skips 2:30 am on")
    assert skipped_text(Schedule(week(TEN), (), zone), today) == ""
    assert skipped_text(Schedule(week(sun="2:30-5:00"), (), DUBAI), today) == ""
