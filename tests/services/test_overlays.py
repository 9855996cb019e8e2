"""What is kept every year, and when it comes."""

import datetime as dt

import pytest

from desktop.i18n.formats import territories
from desktop.services.opening import ONE_DAY, Span
from desktop.services.overlays import OCCASIONS, day_off, holiday, may_shift, proposals, usual_week

TODAY = dt.date(2026, 11, 22)


def coming(territory, today=TODAY, count=2):
    found = {}
    for stretch in proposals(territory, today, count):
        found.setdefault(stretch.kind, []).append((stretch.first.isoformat(), stretch.days))
    return found


@pytest.mark.parametrize(
    ("territory", "kind", "dates"),
    [
        ("AE", "ramadan", [("2027-02-08", 29), ("2028-01-28", 29)]),
        ("AE", "eid_al_fitr", [("2027-03-09", 3), ("2028-02-26", 3)]),
        ("AE", "eid_al_adha", [("2027-05-16", 3), ("2028-05-05", 3)]),
        ("AE", "eid_al_etihad", [("2026-12-02", 2), ("2027-12-02", 2)]),
        ("SA", "saudi_national_day", [("2027-09-23", 1), ("2028-09-23", 1)]),
        ("SA", "saudi_founding_day", [("2027-02-22", 1), ("2028-02-22", 1)]),
        ("KW", "kuwait_national_days", [("2027-02-25", 2), ("2028-02-25", 2)]),
        ("EG", "egypt_october_6", [("2027-10-06", 1), ("2028-10-06", 1)]),
        ("US", "ramadan", [("2027-02-08", 29), ("2028-01-28", 29)]),
    ],
)
def test_when_it_comes(territory, kind, dates):
    assert coming(territory)[kind] == dates


def test_what_is_kept_elsewhere_is_not_offered():
    assert "saudi_national_day" not in coming("AE")
    assert "mawlid" not in coming("SA")
    assert "mawlid" in coming("EG")


def test_what_has_begun_is_still_coming():
    assert coming("AE", dt.date(2027, 3, 1))["ramadan"][0] == ("2027-02-08", 29)
    assert coming("AE", dt.date(2027, 3, 9))["ramadan"][0] == ("2028-01-28", 29)
    assert coming("AE", dt.date(2026, 12, 31))["new_year"][0] == ("2027-01-01", 1)


def test_eid_follows_ramadan_in_every_year_of_the_calendar():
    found = coming("AE", dt.date(2026, 1, 1), 50)
    for (ramadan, days), (eid, _days) in zip(found["ramadan"], found["eid_al_fitr"], strict=True):
        assert days in (29, 30)
        assert dt.date.fromisoformat(ramadan) + days * ONE_DAY == dt.date.fromisoformat(eid)


def test_two_ramadans_in_one_year():
    assert [day[0][:4] for day in [coming("AE", dt.date(2029, 12, 1))["ramadan"]] for day in day] == ["2030", "2030"]


def test_beyond_the_calendar_only_what_needs_none_is_offered():
    for today in (dt.date(2077, 12, 1), dt.date(9990, 1, 1)):
        assert set(coming("AE", today)) == {"eid_al_etihad", "new_year"}
    assert "ramadan" not in coming("AE", dt.date(1900, 1, 1))


def test_which_may_shift():
    assert may_shift("ramadan")
    assert not may_shift("eid_al_etihad")
    assert not may_shift("day_off")
    assert not may_shift("")


def test_territories_and_keys():
    known = {code for code, _name in territories()}
    for occasion in OCCASIONS:
        assert occasion.territories | occasion.except_in <= known
    assert len({occasion.key for occasion in OCCASIONS}) == len(OCCASIONS)


def test_hours_to_begin_with():
    assert [(s.opens, s.closes) for s in usual_week("AE") if s.weekday == 4] == [(600, 720), (840, 1320)]
    assert [(s.opens, s.closes) for s in usual_week("SA") if s.weekday == 4] == [(600, 720), (840, 1320)]
    assert usual_week("GB") == [Span(day, 600, 1320) for day in range(7)]


def test_days_off():
    assert (day_off(TODAY).days, day_off(TODAY).spans) == (1, ())
    assert (holiday(TODAY).days, holiday(TODAY, 3).last) == (7, TODAY + 2 * ONE_DAY)
