"""Hours as people type them, in either language and any digits: times of day, ranges, and the word for a whole day."""

import re
import unicodedata
from collections.abc import Sequence

from desktop.i18n import _, formats
from desktop.i18n.bidi import strip
from desktop.services.errors import Invalid
from desktop.services.opening import DAY, Kind, Span, overlap

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HALF = 720  # minutes
MORNING = {"am", "a", "ص", "صباحا", "صباح"}
EVENING = {"pm", "p", "م", "مساء", "عصرا", "ليلا"}
NOON = {"noon", "ظهرا", "الظهر"}
MIDNIGHT = {"midnight", "منتصف الليل"}
HALVES = {"", *MORNING, *EVENING, *NOON, *MIDNIGHT}
EXACT = re.compile(r"(0\d|1[3-9]|2\d)(?!\d(?!\d))")  # 1330, but not 130
WHOLE_DAYS: dict[str, Kind] = {  # what is typed instead of ranges: the kind of the day
    **dict.fromkeys(("closed", "off", "مغلق", "عطلة"), "closed"),
    **dict.fromkeys(("24h", "24", "24 hours", "all day", "24 ساعة", "مفتوح 24 ساعة"), "all_day"),
    **dict.fromkeys(("appointment", "by appointment", "بموعد", "بموعد مسبق", "بموعد مسبق فقط"), "appointment"),
}
TIME = re.compile(r"(\d{1,2})(?:\s*[:.٫,h]\s*(\d{2})|(\d{2}))?\s*(\D*)")
RANGE = re.compile(r"\s*(?:–|—|-|−|‐|\bto\b|\bإلى\b|\bالى\b)\s*")
COMMA = re.compile(r"\s*[,،;؛]\s*")
SIESTA = 780, 960  # minutes: from 1 to 4 pm
LEAST, LONG = 60, 480


def parse_time(typed: str, after: int | None = None) -> int:
    """Return a time of day in minutes after midnight, 1440 for one that is written 24:00. Raises Invalid("hours").

    With `after` the times are those of a clock of twelve hours: without am or pm, 5 or 5:30 is the morning unless only
    the evening comes later than `after`.
    """
    text = _plain(typed)
    if text in MIDNIGHT or text in NOON:
        return HALF if text in NOON else 0
    found = TIME.fullmatch(text)
    if not found:
        raise _not_a_time(typed)
    hour, minute, half = int(found[1]), int(found[2] or found[3] or 0), found[4].replace(".", "").strip()
    at = hour * 60 + minute
    if minute > 59 or at > DAY or half not in HALVES:
        raise _not_a_time(typed)
    if not half:
        return at + HALF if after is not None and 0 < hour < 12 and at <= after < at + HALF else at
    if hour == 0 or (hour > 12 and half not in EVENING):
        raise _not_a_time(typed)
    if hour > 12:
        return at  # 16:00 pm: said twice
    early = half in MORNING | MIDNIGHT or (half in NOON and hour == 11)
    return at % HALF + (0 if early else HALF)


def parse_range(opens: str, closes: str, weekday: int | None = None, after: int | None = None) -> Span:
    """Return the span between two typed times; an end at or before the start is on the next day.

    Who opens at 10 and closes at 5 closes at 17:00, but 05:00 and 22:00 to 10:00 are as they stand: one figure, or a
    time after noon, tells that the clock is one of 24 hours. `after` is when the shop closed before that, if it did.
    Raises Invalid("hours").
    """
    exact = _is_exact(opens) or _is_exact(closes)
    start = parse_time(opens, None if exact else after) % DAY
    end = parse_time(closes, None if exact else start)
    return Span(weekday, start, end if end > start else end + DAY)


def parse_day(typed: str, weekday: int | None = None) -> list[Span]:
    """Return the spans of a day typed as "10:00-13:00, 16:00-01:00", or closed, 24h or appointment.

    Closed is one span of that kind, for the caller to leave out of a week. Raises Invalid("hours").
    """
    kind = WHOLE_DAYS.get(_plain(typed))
    if kind:
        return [Span(weekday, 0, 0 if kind == "closed" else DAY, kind)]
    spans: list[Span] = []
    for part in COMMA.split(strip(typed).strip()):
        ends = RANGE.split(part)
        if len(ends) != 2:
            message = _("“{typed}” is not a range of hours. Write it like 10:00-13:00, or closed, 24h or appointment.")
            raise Invalid("hours", message.format(typed=formats.auto(part)))
        spans.append(parse_range(ends[0], ends[1], weekday, spans[-1].closes if spans else None))
    check_day(spans)
    return spans


def parse_weekday(typed: str) -> int:
    """Return the weekday (0 is Monday) that is named: mon, Monday, الاثنين. Raises Invalid("weekday")."""
    text = _plain(typed)
    for day, key in enumerate(WEEKDAYS):
        if (text.isascii() and len(text) >= 3 and _english(day).startswith(text)) or text == key:
            return day
        if text == _plain(formats.weekday_name(day)):
            return day
    message = _("“{typed}” is not a day. The days are mon, tue, wed, thu, fri, sat and sun.")
    raise Invalid("weekday", message.format(typed=formats.auto(typed)))


def check_day(spans: Sequence[Span]) -> None:
    """Raise Invalid("hours") with one sentence if the spans of one day overlap, or are more than a day long."""
    for span in spans:
        if span.kind == "open" and not (0 <= span.opens < DAY and span.opens < span.closes <= span.opens + DAY):
            raise Invalid("hours", _("Hours begin within the day and last 24 hours at most."))
    if found := overlap(spans):
        one, other = (formats.hours(span.opens, span.closes) for span in found)
        message = _("{hours} and {others} overlap. Change one of them.")
        raise Invalid("hours", message.format(hours=one, others=other))


def with_range(spans: Sequence[Span], weekday: int | None) -> list[Span]:
    """Return the ranges of a day and one more, as a shop would have it: later that day, or a break in the longest.

    Without any range the day becomes 10:00 to 22:00. Where there is no room it stays as it is.
    """
    ranges = sorted((span for span in spans if span.kind == "open"), key=lambda span: span.opens)
    if not ranges:
        return [Span(weekday, 600, 1320)]
    last = ranges[-1].closes
    longest = max(ranges, key=lambda span: span.closes - span.opens)
    length = longest.closes - longest.opens
    if length < LONG and last + 2 * LEAST <= DAY:
        return [*ranges, Span(weekday, last + LEAST, min(last + 5 * LEAST, DAY))]
    starts, ends = SIESTA
    if longest.opens + LEAST > starts or longest.closes - LEAST < ends:
        third = length // 3 // 30 * 30
        starts, ends = longest.opens + third, longest.closes - third
    if starts < longest.opens + LEAST or ends >= DAY:
        return ranges
    return sorted(with_break(ranges, starts, ends), key=lambda span: span.opens)


def with_break(spans: Sequence[Span], starts: int, ends: int) -> list[Span]:
    """Return the spans of a day without the minutes from `starts` to `ends`: a break for the Friday prayer, say."""
    kept: list[Span] = []
    for span in spans:
        if span.kind not in ("open", "all_day"):
            kept.append(span)
            continue
        opens, closes = (0, DAY) if span.kind == "all_day" else (span.opens, span.closes)
        for first, last in ((opens, min(closes, starts)), (max(opens, ends), closes)):
            if first < last:
                kept.append(Span(span.weekday, first, last))
    return kept


def lacks_break(spans: Sequence[Span], starts: int) -> bool:
    """Say whether a day goes on where a break would start; not so where the shop has closed, or not opened, by then."""
    return any(span.kind in ("open", "all_day") and span.opens < starts < span.closes for span in spans)


def runs_into(week: Sequence[Span]) -> list[int]:
    """Return the weekdays whose last hours run into the first of the next day: the two count as one."""
    first, last = dict[int | None, int](), dict[int | None, int]()
    for span in week:
        opens, closes = (0, DAY) if span.kind == "all_day" else (span.opens, span.closes)
        if span.kind in ("open", "all_day"):
            first[span.weekday] = min(opens, first.get(span.weekday, opens))
            last[span.weekday] = max(closes, last.get(span.weekday, closes))
    return [day for day in range(7) if last.get(day, 0) - DAY > first.get((day + 1) % 7, DAY)]


def _plain(typed: str) -> str:
    """Return what was typed in small letters and ASCII digits, without marks."""
    text = unicodedata.normalize("NFKD", strip(typed)).casefold()
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text if not unicodedata.combining(c))
    return " ".join("".join(digits).replace("ـ", "").split())


def _is_exact(typed: str) -> bool:
    """Say whether a time is as a clock of 24 hours shows it."""
    return bool(EXACT.match(_plain(typed)))


def _english(day: int) -> str:
    return ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[day]


def _not_a_time(typed: str) -> Invalid:
    example = formats.ltr(formats.time(630))
    if not typed.strip():
        return Invalid("hours", _("A time is missing. Write it like {example}.").format(example=example))
    message = _("“{typed}” is not a time of day. Write it like {example}.")
    return Invalid("hours", message.format(typed=formats.auto(typed.strip()), example=example))
