"""Times, ranges and days as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import formats, set_language
from desktop.services.errors import Invalid
from desktop.services.hours_input import (
    check_day,
    parse_day,
    parse_range,
    parse_time,
    parse_weekday,
    runs_into,
    with_break,
    with_range,
)
from desktop.services.opening import DAY, Span, overlap


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("10", 600),
        ("22", 1320),
        ("10:30", 630),
        ("10.30", 630),
        ("1030", 630),
        ("930", 570),
        ("10h30", 630),
        ("0:00", 0),
        ("24:00", 1440),
        ("10 pm", 1320),
        ("10:30 p.m.", 1350),
        ("12 am", 0),
        ("12 pm", 720),
        ("16:00 pm", 960),
        ("noon", 720),
        ("12:00 noon", 720),
        ("12:00 midnight", 0),
        ("10:30 م", 1350),
        ("٤:٠٠ م", 960),
        ("٤ عصرًا", 960),
        ("10 صباحًا", 600),
        ("12 ظهرًا", 720),
        ("١١ ظهرًا", 660),
        ("منتصف الليل", 0),
        ("\u2068 9:00 ص \u2069", 540),
    ],
)
def test_times(typed, minutes):
    assert parse_time(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", " ", "ten", "25", "10:60", "24:01", "10:5", "13 am", "0 pm", "10 o'clock", "-1", "1e3"]
)
def test_what_is_no_time_is_told_with_what_was_typed(typed):
    with pytest.raises(Invalid) as told:
        parse_time(typed)
    assert told.value.field == "hours"
    assert "10:30 am" in str(told.value)
    assert typed.strip() in str(told.value)


@given(
    st.integers(0, DAY - 1),
    st.sampled_from(["en", "ar"]),
    st.sampled_from(["12", "24"]),
    st.sampled_from(["latn", "arab"]),
)
def test_every_time_is_read_as_it_is_shown(minutes, language, clock, digits):
    set_language(language)
    formats.configure(clock=clock, digits=digits)
    assert parse_time(formats.time(minutes)) == minutes


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_told(typed):
    with suppress(Invalid):
        assert 0 <= parse_time(typed) <= DAY


@pytest.mark.parametrize(
    ("opens", "closes", "span"),
    [
        ("10", "10", (600, 1320)),
        ("9", "5", (540, 1020)),
        ("8 pm", "10", (1200, 1320)),
        ("16:00", "01:00", (960, 1500)),
        ("4 pm", "1", (960, 1500)),
        ("4 pm", "1 am", (960, 1500)),
        ("20:00", "10:00", (1200, 2040)),
        ("09:00", "5:00", (540, 1740)),
        ("10 am", "10 am", (600, 2040)),
        ("10", "24:00", (600, 1440)),
        ("10", "12 am", (600, 1440)),
        ("0", "24", (0, 1440)),
    ],
)
def test_ranges(opens, closes, span):
    found = parse_range(opens, closes)
    assert (found.opens, found.closes) == span


def test_days():
    assert parse_day("10:00-13:00,16:00-01:00", 0) == [Span(0, 600, 780), Span(0, 960, 1500)]
    assert parse_day("9-1، 4-8") == [Span(None, 540, 780), Span(None, 960, 1200)]
    assert parse_day("١٠:٠٠ ص – ١:٠٠ م؛ ٤ م إلى ١٠ م") == [Span(None, 600, 780), Span(None, 960, 1320)]
    for typed, kind in {"closed": "closed", "مغلق": "closed", "24H": "all_day", "٢٤ ساعة": "all_day"}.items():
        assert [span.kind for span in parse_day(typed)] == [kind]
    assert parse_day("appointment", 2) == [Span(2, 0, DAY, "appointment")]


@pytest.mark.parametrize("typed", ["", "10", "10-", "10:00-13:00-15:00", "10-13,", "open", "10:00-13:00 16:00-20:00"])
def test_what_is_no_day(typed):
    with pytest.raises(Invalid):
        parse_day(typed)


def test_hours_that_overlap_are_named():
    with pytest.raises(Invalid, match="overlap") as told:
        parse_day("10:00-14:00, 13:00-18:00")
    for time in ("10:00 am", "2:00 pm", "1:00 pm", "6:00 pm"):
        assert time in str(told.value)
    parse_day("10:00-14:00, 14:00-18:00")


def test_hours_of_more_than_a_day():
    for span in (Span(0, 600, 2041), Span(0, 600, 600), Span(0, -1, 60), Span(0, 1440, 1500)):
        with pytest.raises(Invalid):
            check_day([span])


def test_weekdays_in_both_languages():
    assert [parse_weekday(day) for day in ("mon", "Tuesday", "WED", "thurs", "fri", "sat", "sun")] == list(range(7))
    set_language("ar")
    assert [parse_weekday(day) for day in ("الاثنين", "الأحد", "الاحد", "الجمعة")] == [0, 6, 6, 4]
    for typed in ("", "x", "mo", "ت"):
        with pytest.raises(Invalid):
            parse_weekday(typed)


spans = st.builds(lambda opens, length: Span(0, opens, opens + length), st.integers(0, 1439), st.integers(1, DAY))


@given(st.lists(spans, max_size=4))
def test_one_range_more_never_overlaps(ranges):
    if overlap(ranges) is None:
        more = with_range(ranges, 0)
        check_day(more)
        assert len(more) in (len(ranges), len(ranges) + 1)


def test_one_range_more_is_what_a_shop_would_have():
    assert with_range([], 2) == [Span(2, 600, 1320)]
    assert with_range([Span(2, 600, 780)], 2) == [Span(2, 600, 780), Span(2, 840, 1080)]
    assert with_range([Span(2, 600, 1320)], 2) == [Span(2, 600, 780), Span(2, 960, 1320)]
    assert with_range([Span(2, 1200, 1380)], 2) == [Span(2, 1200, 1260), Span(2, 1320, 1380)]
    assert with_range([Span(2, 1300, 1380)], 2) == [Span(2, 1300, 1380)]


def test_a_break():
    assert with_break([Span(4, 600, 1320)], 720, 840) == [Span(4, 600, 720), Span(4, 840, 1320)]
    assert with_break([Span(4, 800, 1320)], 720, 840) == [Span(4, 840, 1320)]
    assert with_break([Span(4, 730, 800)], 720, 840) == []
    assert with_break([Span(4, 0, DAY, "all_day")], 720, 840) == [Span(4, 0, 720), Span(4, 840, DAY)]
    other = [Span(4, 900, 1320), Span(4, kind="appointment")]
    assert with_break(other, 720, 840) == other


def test_nights_that_run_into_the_next_days_hours():
    week = [Span(3, 1200, 1560), Span(4, 60, 600), Span(6, 1200, 1560), Span(0, 120, 600), Span(5, 1200, 1500)]
    assert runs_into(week) == [3]
    assert runs_into([*week, Span(6, 60, 90)]) == [3]
    assert runs_into([Span(6, 1200, 1561), Span(0, 120, 600)]) == [6]
