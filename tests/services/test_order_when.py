"""How and when an order is wanted, as customers write it: what is sure is taken, and nothing else."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.services.opening import Schedule, Span
from desktop.services.order_when import agree, read_wish

DUBAI = ZoneInfo("Asia/Dubai")
OPEN = Schedule(tuple(Span(day, 600, 1320) for day in range(7)), (), DUBAI)
MONDAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=DUBAI)


def wanted(*lines, schedule=OPEN, today=MONDAY):
    """Return the way, the day and time, and the lines that stay."""
    wishes = {line: wish for line in lines if (wish := read_wish(line, today))}
    way, due, is_said = agree(list(wishes.values()), schedule, NOW)
    when = "" if due is None else f"{dt.datetime.fromtimestamp(due, DUBAI):%a %d %H:%M}"
    return way, when, [line for line in lines if not (line in wishes and is_said(wishes[line]))]


@pytest.mark.parametrize(
    ("line", "way", "when"),
    [
        ("توصيل السبت 4 عصراً", "delivery", "Sat 28 16:00"),
        ("deliver Saturday 4 pm", "delivery", "Sat 28 16:00"),
        ("استلام بكرة الساعة الخامسة والنصف مساءً", "pickup", "Tue 24 17:30"),
        ("للاستلام يوم الخميس ٢٦/١١ الساعة ٧:٣٠ م", "pickup", "Thu 26 19:30"),
        ("pick-up 28 November 16:00", "pickup", "Sat 28 16:00"),
        ("وصلوها لي بعد بكرة الساعة 5 العصر ان شاء الله", "delivery", "Wed 25 17:00"),
        ("need it by sat 28/11 4pm please", "", "Sat 28 16:00"),
        ("tomorrow at 5", "", "Tue 24 17:00"),  # the shop is open at five in the afternoon alone
        ("ليوم السبت 4 عصرا", "", "Sat 28 16:00"),
        ("موعد التسليم 28 نوفمبر الساعة ٨ إلا ربع مساءً", "", "Sat 28 19:45"),
        ("توصيل", "delivery", ""),
    ],
)
def test_what_is_sure_is_taken(line, way, when):
    assert wanted(line) == (way, when, [])


@pytest.mark.parametrize(
    ("line", "way", "when"),
    [
        ("توصيل لحي النخيل يوم السبت الساعة ٤", "delivery", "Sat 28 16:00"),
        ("ممكن توصيل يوم السبت الساعة 4 عصراً؟", "delivery", "Sat 28 16:00"),
        ("أحتاجها يوم الجمعة", "", "Fri 27 10:00"),  # the day alone
        ("يوم الخميس الجاي بعد المغرب", "", "Thu 26 10:00"),
    ],
)
def test_what_more_is_said_stays(line, way, when):
    assert wanted(line) == (way, when, [line])


@pytest.mark.parametrize(
    "line",
    [
        "الحفلة يوم الجمعة 5 م",  # another thing's day
        "كم رسوم التوصيل؟",
        "هل عندكم توصيل؟",
        "بدون توصيل",
        "من 4 الى 6 مساء يوم السبت",
        "Monday 4 pm",  # today, or in a week?
        "today at 9 am",  # which is past
        "next Friday 4 pm",
        "1 ليلا يوم السبت",
        "31/11 4 pm",
        "on 31/11 at 4 pm",
        "اثنين كيك شوكولاتة",
        "1/2 كيلو بقلاوة",
    ],
)
def test_what_is_not_sure_is_left(line):
    assert wanted(line) == ("", "", [line])


def test_lines_are_read_together_and_contradictions_are_left():
    assert wanted("توصيل", "يوم السبت", "الساعة 4 عصرا") == ("delivery", "Sat 28 16:00", [])
    lines = ["يوم السبت 4 عصرا", "يوم الأحد 4 عصرا"]
    assert wanted(*lines) == ("", "", lines)


def test_without_hours_a_time_needs_its_half_and_without_a_date_no_day_is_near():
    bare = Schedule((), (), DUBAI)
    assert wanted("tomorrow at 5", schedule=bare) == ("", "", ["tomorrow at 5"])
    assert wanted("tomorrow at 5 pm", schedule=bare) == ("", "Tue 24 17:00", [])
    assert wanted("tomorrow at 5 pm", today=None) == ("", "", ["tomorrow at 5 pm"])
