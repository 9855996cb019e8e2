"""Times and weekdays in a text, against the hours."""

import time
from zoneinfo import ZoneInfo

import pytest

from desktop.services.opening import DAY, Schedule, Span
from desktop.services.promises import broken_promises

WEEK = (*(Span(day, 600, 1320) for day in range(7) if day not in (4, 6)), Span(4, 960, 1500))  # Sunday closed
SCHEDULE = Schedule(WEEK, (), ZoneInfo("Asia/Dubai"))


def said(text, schedule=SCHEDULE):
    return [promise.said for promise in broken_promises(text, schedule, "AE")]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("We open at 9 am", "open at 9 am"),
        ("We will be back Monday at 9:30 am!", "be back Monday at 9:30 am"),
        ("Open Friday 10:00 am", "Open Friday 10:00 am"),
        ("نفتح الساعة ٩ صباحًا", "نفتح الساعة ٩ صباحًا"),
        ("نعود يوم السبت ٩ ص إن شاء الله", "نعود يوم السبت ٩ ص"),
        ("من 9:00 إلى 18:00", "9:00 إلى 18:00"),
        ("Daily 9 am – 6 pm", "9 am – 6 pm"),
        ("الجمعة 10:00 ص – 10:00 م", "الجمعة 10:00 ص – 10:00 م"),
        ("We close at 9 pm", "close at 9 pm"),
        ("closed on Mondays", "closed on Mondays"),
        ("مغلق يوم الاثنين", "مغلق يوم الاثنين"),
        ("We open on Sunday", "open on Sunday"),
        ("نفتح يوم الأَحد", "نفتح يوم الأَحد"),
    ],
)
def test_what_the_hours_do_not_say_is_found(text, broken):
    assert said(text) == [broken]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We open at 10 am and close at 10 pm. Friday 4 pm – 1 am",
        "نفتح الساعة ١٠ صباحًا ونغلق ١٠ مساءً. الجمعة 4:00 م – 1:00 ص",
        "10:00–22:00",
        "closed on Sundays, مغلق الأحد",
        "Delivery takes 2-3 days, 10 to 20 dirhams, call 050 123 4567 or +971 50 123 4567",
        "We open at 9",  # in the morning or in the evening: not sure
        "Back {next_opening}, {hours_week}",
        "The price is 9:30",
        "Sale from 1/9 to 3/9, 10% – 20%",
        "Size 36-42, order #10-22",
    ],
)
def test_what_is_true_or_not_sure_is_let_be(text):
    assert said(text) == []


def test_without_hours_nothing_is_promised_wrongly():
    assert said("We open at 9 am", Schedule((), (), SCHEDULE.zone)) == []
    always = Schedule(tuple(Span(day, 0, DAY, "all_day") for day in range(7)), (), SCHEDULE.zone)
    assert said("closed on Sunday", always) == ["closed on Sunday"]


def test_the_sentence_says_what_the_hours_are():
    (promise,) = broken_promises("Open Friday 10:00 am", SCHEDULE, "AE")
    assert "Friday" in promise.sentence
    assert "4:00 pm" in promise.sentence


def test_a_huge_text_takes_no_longer_than_a_blink():
    start = time.perf_counter()
    for text in ("open " * 40_000, "1:00 to " * 20_000, "نفتح الجمعة " * 20_000, "9" * 120_000):
        broken_promises(text, SCHEDULE, "AE")
    assert time.perf_counter() - start < 2
