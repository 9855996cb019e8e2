"""How fast the automatic answers are: one decision with its sentences, and the strip of two weeks."""

# ruff: noqa: E402

import datetime as dt
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from measuring import timed

from desktop.services import answer_strip
from desktop.services.answering import Automatic, Person, Setup, Wording, decide
from desktop.services.opening import ONE_DAY, Schedule, Span, Stretch

DECISIONS = 2_000
STRIPS = 20

Show = Callable[..., None]  # what, value in ms, and `most` of it: as `measuring.show`


def measure(show: Show) -> None:
    """Measure decisions at many moments, and strips of many customers, with hours, overlays and placeholders."""
    setup = _setup()
    first = dt.datetime(2026, 11, 25, 12, tzinfo=setup.schedule.zone)
    people = [Person(), Person(7, "نورة", True, frozenset({1}), "ar", "f", first - 20 * ONE_DAY)]
    moments = [first + dt.timedelta(minutes=97 * step) for step in range(DECISIONS)]
    for name, person in zip(("a new customer", "one who is known"), people, strict=True):
        decide(first, setup, person)
        took = median(timed(partial(decide, moment, setup, person)) for moment in moments)
        show(f"an automatic answer: {name}", took, most=0.2)
    days = [first.date() + step * ONE_DAY for step in range(STRIPS)]
    show(
        "two weeks of answers",
        median(timed(partial(answer_strip.strip, setup, day, people[1])) for day in days),
        most=50,
    )
    show("what is wrong with them", median(timed(partial(answer_strip.concerns, setup, day)) for day in days), most=50)


def _setup() -> Setup:
    week = tuple(Span(day, opens, closes) for day in range(7) for opens, closes in ((600, 780), (960, 1500)))
    day = dt.date(2026, 11, 25)
    special = tuple(Stretch("", day + 15 * i * ONE_DAY, day + (15 * i + 6) * ONE_DAY, (), id=i) for i in range(1, 21))
    greeting = Automatic("greeting", True, "أهلًا {customer|بكم} في {shop}، الكتالوج: {catalog_link}")
    wordings = (Wording("Back {next_opening}", "en"), Wording("عيد مبارك، نعود {next_opening}", "", 3))
    away = Automatic("away", True, "نعود {next_opening}. {hours_today}", "closed", wordings=wordings)
    values = {"shop": "بيت الهدايا", "catalog_link": "https://wa.me/c/971501234567"}
    return Setup(greeting, away, Schedule(week, special, ZoneInfo("Asia/Dubai")), values, "ar", "AE")


if __name__ == "__main__":
    from measuring import show

    measure(show)
