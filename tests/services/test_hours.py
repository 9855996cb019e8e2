"""The hours that a shop keeps."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.data.models import Hours
from desktop.i18n import speaking
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.hours import (
    add_friday_break,
    add_overlay,
    add_stretch,
    copy_day,
    hours_values,
    read_hours,
    read_schedule,
    read_stretch,
    read_stretches,
    remove_overlay,
    set_day,
    set_hours,
    set_overlay_hours,
    shift_overlay,
    shop_zone,
    status_text,
    update_overlay,
)
from desktop.services.opening import DAY, Span
from desktop.services.overlays import proposals
from desktop.services.profile import update_profile

WEEK = [Span(day, 600, 1320) for day in range(7)]
HOME = {"territory": "AE", "time_zone": "Asia/Dubai", "language": "en"}
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Dubai"))  # a Wednesday


@pytest.fixture
def run(both):
    return lambda fn, *args, **values: both.run("Change hours", fn, *args, **values)


@pytest.fixture
def get(both):
    def get(fn, *args):
        with both.reader() as session:
            return fn(session, *args)

    return get


def test_a_week_is_kept(run, get):
    spans = [
        *WEEK[:4],
        Span(4, 600, 780),
        Span(4, 960, 1500),
        Span(5, 0, DAY, "all_day"),
        Span(6, 0, DAY, "appointment"),
    ]
    run(set_hours, spans[::-1])
    assert get(read_hours) == spans
    run(set_hours, [])
    assert get(read_hours) == []


def test_a_day_is_changed_alone_and_taken_back(run, get, both):
    run(set_hours, WEEK)
    with both.reader() as session:
        ids = {row.weekday: row.id for row in session.query(Hours)}
    run(set_day, 4, [Span(4, 600, 720), Span(4, 840, 1320)])
    with both.reader() as session:
        assert {row.weekday: row.id for row in session.query(Hours) if row.weekday != 4}.items() <= ids.items()
    run(set_day, 4, [Span(4, 0, 0, "closed")])
    assert [span.weekday for span in get(read_hours)] == [0, 1, 2, 3, 5, 6]
    both.undo()
    both.undo()
    assert get(read_hours) == WEEK


def test_hours_that_overlap_are_refused_and_the_rest_is_kept(run, get):
    run(set_hours, WEEK)
    with pytest.raises(Invalid, match="overlap"):
        run(set_day, 0, [Span(0, 600, 800), Span(0, 700, 900)])
    assert get(read_hours) == WEEK


def test_a_day_that_was_changed_elsewhere(run, get):
    run(set_hours, WEEK)
    run(set_day, 0, [Span(0, 540, 600)])
    with pytest.raises(Stale):
        run(set_day, 0, [Span(0, 600, 700)], base=[Span(0, 600, 1320)])
    run(set_day, 0, [Span(0, 540, 600)], base=[Span(0, 600, 1320)])  # the same change twice is none
    run(set_day, 1, [Span(1, 600, 700)], base=[Span(1, 600, 1320)])
    assert get(read_hours)[:2] == [Span(0, 540, 600), Span(1, 600, 700)]


def test_a_day_copied(run, get):
    run(set_hours, WEEK)
    run(set_day, 0, [Span(0, 600, 780), Span(0, 960, 1500)])
    run(copy_day, 0, [4, 5])
    assert [span for span in get(read_hours) if span.weekday in (4, 5)] == [
        *(Span(4, 600, 780), Span(4, 960, 1500)),
        *(Span(5, 600, 780), Span(5, 960, 1500)),
    ]
    run(set_day, 0, [])
    run(copy_day, 0, [4])
    assert 4 not in {span.weekday for span in get(read_hours)}


def test_the_break_for_the_friday_prayer(run, get):
    run(set_hours, WEEK)
    run(add_friday_break)
    assert [span for span in get(read_hours) if span.weekday == 4] == [Span(4, 600, 720), Span(4, 840, 1320)]
    with pytest.raises(Invalid):
        run(add_friday_break)


def test_a_stretch_is_added_changed_shifted_and_deleted(run, get, both):
    ramadan = next(stretch for stretch in proposals("AE", NOW.date()) if stretch.kind == "ramadan")
    overlay = run(add_stretch, ramadan)
    kept = get(read_stretch, overlay)
    assert (kept.name, kept.first, kept.last, kept.kind) == ("Ramadan", ramadan.first, ramadan.last, "ramadan")
    assert set(kept.spans) == set(ramadan.spans)
    run(shift_overlay, overlay, 1)
    assert get(read_stretch, overlay).first == ramadan.first + dt.timedelta(days=1)
    assert get(read_stretch, overlay).days == ramadan.days
    both.undo()
    assert get(read_stretch, overlay).first == ramadan.first
    run(set_overlay_hours, overlay, [Span(None, 600, 900), Span(4, 0, 0, "closed")], base=ramadan.spans)
    assert set(get(read_stretch, overlay).spans) == {Span(None, 600, 900), Span(4, 0, 0, "closed")}
    with pytest.raises(Stale):
        run(set_overlay_hours, overlay, [], base=ramadan.spans)
    run(remove_overlay, overlay)
    assert get(read_stretches) == []
    both.undo()
    assert len(get(read_stretch, overlay).spans) == 2
    with pytest.raises(NotFound):
        get(read_stretch, overlay + 1)


def test_dates_and_names_of_a_stretch(run, get):
    overlay = run(add_overlay, "  Day   off ", "2026-12-30", "2027-01-02", [])
    run(update_overlay, overlay, first=dt.date(2027, 1, 10))
    assert (get(read_stretch, overlay).name, get(read_stretch, overlay).last) == ("Day off", dt.date(2027, 1, 10))
    for changed, field in (
        ({"last": dt.date(2027, 1, 9)}, "last"),
        ({"last": dt.date(2037, 1, 9)}, "last"),
        ({"name": " "}, "name"),
    ):
        with pytest.raises(Invalid) as told:
            run(update_overlay, overlay, **changed)
        assert told.value.field == field
    base = get(read_stretch, overlay).version
    run(update_overlay, overlay, name="Eid")
    with pytest.raises(Stale):
        run(update_overlay, overlay, base=base, name="Holiday")
    run(update_overlay, overlay, base=base, last=dt.date(2027, 1, 12))
    with pytest.raises(Invalid):
        run(add_overlay, "x", "2027-01-02", "2027-01-01", [])


def test_what_replies_are_filled_with(run, get):
    run(update_profile, None, **HOME)
    assert set(get(hours_values, NOW).values()) == {""}
    assert get(status_text, NOW) == ""
    run(set_hours, WEEK)
    assert get(hours_values, NOW) == {
        "hours_today": "Today 10:00 am – 10:00 pm",
        "hours_week": "Daily 10:00 am – 10:00 pm",
        "next_opening": "tomorrow 10:00 am",
        "closing_time": "10:00 pm",
    }
    run(add_overlay, "Day off", "2026-11-25", "2026-11-25", [])
    assert get(hours_values, NOW)["hours_today"] == "Closed today"
    assert get(status_text, NOW) == "Closed · opens tomorrow 10:00 am"
    with speaking("ar"):
        assert "10:00 ص" in get(hours_values, NOW)["hours_week"]
    assert get(read_schedule).state(NOW).stretch.name == "Day off"


def test_the_shops_zone():
    assert shop_zone("Asia/Dubai") == ZoneInfo("Asia/Dubai")
    for name in ("", "Nowhere/Else", "../x", "America"):
        assert shop_zone(name).utcoffset(NOW.replace(tzinfo=None)) is not None
