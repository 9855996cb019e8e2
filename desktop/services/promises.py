"""Times and weekdays that a text names, against the hours: "we open Friday at 9" of a shop that is closed on Fridays.

Only what is sure is told: ranges and times whose half of the day is said, behind words of opening and closing, in both
languages and all digits. What a placeholder will say is not looked at: it is always true.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from desktop.i18n import _, bidi, formats
from desktop.services.errors import Invalid
from desktop.services.hours_input import parse_range, parse_time
from desktop.services.hours_text import day_text, week_text
from desktop.services.opening import DAY, Schedule, Span

DAYS = (
    ("monday", "الاثنين"),
    ("tuesday", "الثلاثاء"),
    ("wednesday", "الاربعاء"),
    ("thursday", "الخميس"),
    ("friday", "الجمعة"),
    ("saturday", "السبت"),
    ("sunday", "الاحد"),
)
LONGEST = 20_000  # characters that are looked at
HALF = r"(?:a\.?m\b\.?|p\.?m\b\.?|noon|midnight|صباحا|مساء|ظهرا|عصرا|ليلا|ص\b|م\b)"
TIME = rf"\d{{1,2}}(?:[:.٫]\d{{2}})?\s*{HALF}?(?![\d:%])"
DAY_NAME = "|".join(name for names in DAYS for name in names)
TO = r"\s*(?:–|—|-|−|\bto\b|\btill\b|\buntil\b|\bالى\b|\bحتى\b)\s*"
RANGE = re.compile(rf"(?:(?P<day>{DAY_NAME})s?\D{{0,12}})?(?<![\d.:/+-])(?P<opens>{TIME}){TO}(?P<closes>{TIME})")
BETWEEN = r"[^\n.!?؟{}\d]{0,40}?"
OPENS = r"\b(?:opens?|reopens?|opening|be back|نفتح|يفتح|تفتح|نعود|الافتتاح)\b"
CLOSES = r"\b(?:closes?|closing|نغلق|يغلق|تغلق|الاغلاق)\b"
AT = rf"(?:{BETWEEN}\b(?P<day>{DAY_NAME})\b)?{BETWEEN}(?<![\d.:/+-])(?P<time>{TIME})"
OPENING, CLOSING = re.compile(OPENS + AT), re.compile(CLOSES + AT)
ON_DAY = re.compile(rf"{OPENS}[^\n.!?؟{{}}\d]{{0,20}}?\b(?P<day>{DAY_NAME})s?\b")
OFF_DAY = re.compile(
    rf"\b(?:closed|مغلقون|مغلقة|مغلق)\s+(?:on\s+|every\s+|يوم\s+|ايام\s+|كل\s+)?(?P<day>{DAY_NAME})s?\b"
)


class Promise(NamedTuple):
    """What a text says and the hours do not: the words as they stand there, and one sentence about it."""

    said: str
    sentence: str


def broken_promises(text: str, schedule: Schedule, territory: str) -> list[Promise]:
    """Return what a text promises otherwise than the hours, in its order; nothing while no hours are set."""
    if not schedule.week:
        return []
    folded, places = _folded(text[:LONGEST])
    found: dict[int, tuple[int, int | None]] = {}
    taken: list[range] = []
    for match, weekday, kept in _claims(folded, schedule):
        if any(match.start() < span.stop and span.start < match.end() for span in taken):
            continue
        taken.append(range(*match.span()))
        if not kept:
            found[match.start()] = (match.end(), weekday)
    promises = []
    for start in sorted(found):
        end, weekday = found[start]
        said = bidi.strip(text[places[start] : places[end - 1] + 1]).strip()
        promises.append(Promise(said, _sentence(said, weekday, schedule, territory)))
    return promises


def _claims(folded: str, schedule: Schedule) -> Iterator[tuple["re.Match[str]", int | None, bool]]:
    """Yield what is claimed, the weekday it is about, and whether it is so: ranges first, single times, then days."""
    for match in RANGE.finditer(folded):
        span = _span(match["opens"], match["closes"])
        if span:
            weekday = _weekday(match)
            ends = {(own.opens % DAY, own.closes % DAY) for own in _spans(schedule, weekday)}
            yield match, weekday, (span.opens % DAY, span.closes % DAY) in ends
    for pattern, end in ((OPENING, "opens"), (CLOSING, "closes")):
        for match in pattern.finditer(folded):
            at = _time(match["time"])
            if at is not None:
                weekday = _weekday(match)
                yield match, weekday, at % DAY in {getattr(own, end) % DAY for own in _spans(schedule, weekday)}
    for pattern, is_open in ((ON_DAY, True), (OFF_DAY, False)):
        for match in pattern.finditer(folded):
            weekday = _weekday(match)
            yield match, weekday, bool(_spans(schedule, weekday)) is is_open


def _spans(schedule: Schedule, weekday: int | None) -> list[Span]:
    """Return the hours of a weekday, or of all, those of special days too: what is true on some day is no slip."""
    spans = [*schedule.week, *(span for stretch in schedule.stretches for span in stretch.spans)]
    kinds = ("open", "all_day")
    return [span for span in spans if span.kind in kinds and (weekday is None or span.weekday in (weekday, None))]


def _sentence(said: str, weekday: int | None, schedule: Schedule, territory: str) -> str:
    if weekday is None:
        hours = week_text(schedule.week, territory)
        return _("The text says “{said}”, the hours say: {hours}").format(said=bidi.isolate(said), hours=hours)
    hours = day_text([span for span in schedule.week if span.weekday == weekday])
    return _("The text says “{said}”, the hours of {day} say: {hours}").format(
        said=bidi.isolate(said), day=formats.weekday_name(weekday), hours=hours
    )


def _span(opens: str, closes: str) -> Span | None:
    """Return a range of times, None where it may be something else: 2-3 days, 10 to 20 pieces."""
    halves = [bool(re.search(HALF, end)) for end in (opens, closes)]
    if not (any(halves) or (":" in opens and ":" in closes)):
        return None
    try:
        return parse_range(opens, closes)
    except Invalid:
        return None


def _time(typed: str) -> int | None:
    """Return a time of day, None where it is not sure which."""
    if not re.search(HALF, typed) and not re.match(r"(?:0\d|1[3-9]|2\d):", typed):
        return None
    try:
        return parse_time(typed)
    except Invalid:
        return None


def _weekday(match: "re.Match[str]") -> int | None:
    return next((number for number, names in enumerate(DAYS) if match["day"] in names), None)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text in small letters, ASCII digits and without marks, and where each of its characters came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if unicodedata.combining(part) or part == "ـ" or bidi.has_controls(part):
                continue
            letters.append(str(unicodedata.decimal(part)) if part.isdecimal() else part)
            places.append(place)
    return "".join(letters), places
