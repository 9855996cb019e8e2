"""How and when an order is wanted, by the words of a message: "توصيل السبت 4 عصراً", "pick up tomorrow at 5 pm".

Only what is sure is taken: a day that can be no other, a time whose half of the day is said or in which the shop
is open but once. What else such a line says stays, and so does a line that asks, refuses, or speaks of something else.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.services.errors import Invalid
from desktop.services.hours_input import parse_time
from desktop.services.message_prices import plain
from desktop.services.opening import ONE_DAY, Schedule
from desktop.services.order_due import due_moment, local, proposed_minutes

HALF = 720  # minutes
LONG_PAST = 180  # days after which a day and month are those of the next year
UNSURE = dt.date.min  # what is a day, but not sure which

# All words are as `plain` writes them, in small letters.
DAYS = (  # of the week: whole, short, Arabic
    ("monday", "mon", "اثنين|اتنين"),
    ("tuesday", "tues?", "ثلاثاء?|تلات"),
    ("wednesday", "wed", "اربعاء?|ربوع"),
    ("thursday", "thu(?:rs?)?", "خميس"),
    ("friday", "fri", "جمعه"),
    ("saturday", "sat", "سبت"),
    ("sunday", "sun", "احد"),
)
NEAR = {  # days from now, the longer words first
    2: r"day after tomorrow|بعد (?:غدا?|بكر[اه]|باكر)",
    1: r"tomorrow|tmrw|غدا|بكر[اه]|باكر",
    0: r"today|tonight|اليوم|الليله",
}
MONTHS = (
    *("jan(?:uary)?|يناير|كانون الثاني", "feb(?:ruary)?|فبراير|شباط", "mar(?:ch)?|مارس|اذار"),
    *("apr(?:il)?|ابريل|نيسان", "may|مايو|ايار", "june?|يونيو|حزيران", "july?|يوليو|تموز"),
    *("aug(?:ust)?|اغسطس|اب", "sept?(?:ember)?|سبتمبر|ايلول", "oct(?:ober)?|اكتوبر|تشرين الاول"),
    *("nov(?:ember)?|نوفمبر|تشرين الثاني", "dec(?:ember)?|ديسمبر|كانون الاول"),
)
WAYS = {
    "delivery": r"(?:home )?deliver(?:y|ed)?|(?:لل|ال)?توصيل|[تي]?وصلو?ن?(?:ها|ه|لي|نا)",
    "pickup": r"pick(?:ed)?[ -]?up|collect(?:ion)?|(?:لل|ال)?استلام|[بن]?استلم(?:ها|ه)?",
}
HALVES = {  # what people say behind an hour
    r"a\.?m\b\.?|صباحا?|الصبح|الصباح|فجرا|الفجر|ص": "am",
    r"p\.?m\b\.?|مساءا?|المساء?|عصرا?|العصر|المغرب|م": "pm",
    r"noon|ظهرا?|الظهر": "noon",
    r"at night|ليلا|بالليل|الليل": "night",
}
HOURS = ("واحده", "ثانيه", "ثالثه", "رابعه", "خامسه", "سادسه", "سابعه", "ثامنه", "تاسعه", "عاشره")  # o'clock
PARTS = {r"و\s*(?:ال)?نصف?": 30, r"و\s*(?:ال)?ربع": 15, r"و\s*(?:ال)?ثلث": 20, r"الا (?:ال)?ربع": -15}

_SAID = "|".join(HALVES)
_HOUR = (
    r"(?<![\d.:/,])(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?|ال(?P<named>"
    + "|".join(HOURS)
    + rf"))(?:\s*(?P<part>{'|'.join(PARTS)}))?"
)
_ENDS = r"(?=\s*(?:$|[,،.;؛!؟?)\n]|ان شاء|please|pls|من فضل|لو سمح|يوم|on\b|لل|ال|غدا|بكر|tomorrow|today))"
TIMES = (
    re.compile(rf"{_HOUR}\s*(?P<half>{_SAID})(?![^\W\d_])"),
    re.compile(rf"(?:(?:ال)?ساع[هة]|\bat\b|@)\s*{_HOUR}(?P<half>){_ENDS}"),
    re.compile(r"(?<![\d.:/,])(?P<hour>0\d|1[3-9]|2[0-3]):(?P<minute>[0-5]\d)(?P<named>)(?P<part>)(?P<half>)(?![\d:])"),
)
RANGE = re.compile(r"\d\s*(?:-|–|—|\b(?:to|till|and)\b|الي|حتي|ل)\s*\d|(?:بين|between).*\d")
_BEFORE_DATE = "|".join(["يوم", "ب?تاريخ", "on", "for", "by", "date", *(name for day in DAYS for name in day)])
DATE = re.compile(
    rf"(?:{_BEFORE_DATE}|{'|'.join(WAYS.values())})[\s,،:]*(?P<date>(?P<one>\d{{1,2}})[/.-](?P<two>\d{{1,2}})"
    r"(?:[/.-](?P<year>\d{4}|\d\d))?)(?![\d/])"
)
YEAR = r"(?:[\s,]+(?P<year>20\d\d))?"
NO = re.compile(r"\b(?:no|not|don'?t|without|cannot|can'?t|بدون|بلا|لا|ما|مو|مش|ليس|مب)\b")
NEXT = re.compile(r"\bnext\b")  # this week's, or that of the week after?
ASKED = re.compile(r"[?؟]|\bهل\b")
COSTS = re.compile(r"\b(?:how much|fees?|cost|charges?|price|free|كم|بكم|رسوم|سعر|تكلفه|مجانا?)\b")
_MEANT = (
    r"need|want|ready|order|due|would like|wish|اريد\w*|ابي\w*|ابغ\w*|نبي|بدي|عايز\w*|[انت]?حتاج\w*|جاهزه?|الطلب|للطلب"
)
MEANT = re.compile(rf"\b(?:{_MEANT}|(?:ال)?موعد|(?:ال)?تسليم)\b")  # it is about the order
_SMALL = (
    r"on|at|for|by|the|of|this|coming|is|it|i|we|in|and|date|time|ل?يوم|(?:ال)?ساع[هة]|في|علي|ع|و|القادمه?|الجاي|المقبل|هذا|"
    r"ب?تاريخ|(?:ال)?موعد|(?:ال)?تسليم|تكون|يكون|لي|لنا|"
    r"(?:بعد )?(?:المغرب|العشاء|العصر|الظهر)|الصبح|المساء|in the (?:morning|afternoon|evening)"
)
POLITE = r"please|pls|thanks|thank you|ان ?شاء الله|من فضلكم?|لو سمحتو?ا?م?|شكرا|ممكن|can you|could you"
SMALL = re.compile(rf"\b(?:{_SMALL}|{POLITE}|{_MEANT})\b")
LEADING = re.compile(rf"(?:(?<![^\W_])(?:{_SMALL})[\s,،:]*)*\0+")  # small words before what is taken
VOWELS = re.compile("[\u064b-\u065f\u0670\u0640]")


@dataclass(frozen=True)
class Wish:
    """What one line says of it: `minutes` after midnight, of a clock of 12 hours where `half` is False.

    `rest` is what it says beside that; `asks` says that it is a question, `meant` that it speaks of the order.
    """

    way: str = ""
    day: dt.date | None = None
    minutes: int | None = None
    half: bool = True
    rest: str = ""
    asks: bool = False
    meant: bool = False


def read_wish(raw: str, today: dt.date | None, month_first: bool = False) -> Wish | None:
    """Return what a line says of way, day and time; None where it says nothing of them, or what is not sure.

    `today` is the day it was written on, None where that is not known: then only dates are days.
    """
    bare = VOWELS.sub("", unicodedata.normalize("NFC", raw))
    line = plain(bare).lower()
    asks = ASKED.search(line) is not None
    if NO.search(line) or NEXT.search(line):
        return None
    taken: list[tuple[int, int]] = []
    ways = [] if COSTS.search(line) else [(way, found) for way in WAYS if (found := _find(WAYS[way], line))]
    way = ways[0][0] if len(ways) == 1 else ""
    taken += [found.span() for _way, found in ways if way]
    days = dict(_days(line, today, month_first))
    day = next(iter(days.values())) if len(set(days.values())) == 1 else None
    if day == UNSURE or len(set(days.values())) > 1:
        return None
    taken += days
    times = [] if RANGE.search(_masked(line, taken)) else _times(_masked(line, taken))
    minutes, half = _minutes(times[0]) if len(times) == 1 else (None, True)
    if minutes is not None:
        taken.append(times[0].span())
    if not (way or day or minutes is not None) or (asks and day is None):
        return None
    meant = bool(way) or MEANT.search(line) is not None
    return Wish(way, day, minutes, half, _rest(bare, taken), asks, meant)


def agree(
    wishes: Sequence[Wish], schedule: Schedule, now: dt.datetime
) -> tuple[str, int | None, Callable[[Wish], bool]]:
    """Return the way, when it is due (UTC seconds), and what tells whether a wish is in these two with all it says.

    Where lines contradict each other, and where the time is past, there is none. Of a day alone it is when the
    shop opens, and the line that names it stays.
    """
    sure = [wish for wish in wishes if wish.meant or not wish.rest]
    ways, days = {wish.way for wish in sure} - {""}, {wish.day for wish in sure if wish.day}
    times = {(wish.minutes, wish.half) for wish in sure if wish.minutes is not None}
    way = ways.pop() if len(ways) == 1 else ""
    due, exact = None, False
    if len(days) == 1 and len(times) < 2:
        day = days.pop()
        minutes = _minutes_of(schedule, day, *next(iter(times))) if times else None
        exact = minutes is not None
        if exact or not times:
            due = _moment(schedule, day, proposed_minutes(schedule, day) if minutes is None else minutes)
        if due is not None and (due <= now.timestamp() if exact else day < now.astimezone(schedule.zone).date()):
            due = None

    def is_said(wish: Wish) -> bool:
        if wish.rest or wish.asks or wish.way not in ("", way):
            return False
        return (wish.day is None and wish.minutes is None) or (due is not None and exact)

    return way, due, is_said


def _moment(schedule: Schedule, day: dt.date, minutes: int) -> int | None:
    """Return when the shop's clock shows a time of a day, None where it never does."""
    try:
        return due_moment(day, minutes, schedule.zone)
    except Invalid:
        return None


def _minutes_of(schedule: Schedule, day: dt.date, minutes: int | None, half: bool) -> int | None:
    """Return a time of a day; where its half is not said, that in which the shop is open, if it is but one."""
    if half or minutes is None:
        return minutes
    spans = schedule.open_on(day)
    found = []
    for at in (minutes, minutes + HALF):
        moment = _moment(schedule, day, at)
        if moment is not None and any(opens <= local(moment, schedule.zone) <= closes for opens, closes in spans):
            found.append(at)
    return found[0] if len(found) == 1 else None


# The words


def _times(line: str) -> list["re.Match[str]"]:
    found: list[re.Match[str]] = []
    for shape in TIMES:
        found += [match for match in shape.finditer(line) if not any(_overlap(match.span(), m.span()) for m in found)]
    return found


def _minutes(found: "re.Match[str]") -> tuple[int | None, bool]:
    """Return a time in minutes, None for what is no time, and whether its half of the day is known."""
    hour = HOURS.index(found["named"]) + 1 if found["named"] else int(found["hour"])
    minute = int(found["minute"] or 0)
    minute += next((part for shape, part in PARTS.items() if re.fullmatch(shape, found["part"] or "")), 0)
    half = next((name for shape, name in HALVES.items() if re.fullmatch(shape, found["half"] or "")), "")
    if half == "night":  # the small hours may be those of another day
        half = "pm" if 7 <= hour < 12 else "no time"
    if hour > 23 or minute > 59:
        return None, True
    if not half:
        known = not 1 <= hour <= 12
        return (hour if known else hour % 12) * 60 + minute, known
    try:
        return parse_time(f"{hour} {half}") + minute, True
    except Invalid:
        return None, True


def _days(line: str, today: dt.date | None, month_first: bool) -> Iterator[tuple[tuple[int, int], dt.date]]:
    """Yield where a line names a day, and which: UNSURE where that is not sure."""
    dates = list(_dates(line, today, month_first))
    yield from dates
    for distance, words in NEAR.items():
        if match := _find(words, line):
            yield match.span(), today + distance * ONE_DAY if today else UNSURE
            break
    for weekday, (whole, short, arabic) in enumerate(DAYS):
        beside = rf"(?:on|this|by|coming|delivery|pick\W?up)\s+(?:{short})|(?:{short})(?=\s*(?:at\b|@|\d|,))"
        if match := _find(rf"{whole}|{beside}|(?:ل?يوم\s+(?:ال)?|[بع]?ال|لل)(?:{arabic})", line):
            fits = [day for _span, day in dates if day.weekday() == weekday]
            ahead = (weekday - today.weekday()) % 7 if today else 0
            known = today + ahead * ONE_DAY if today and ahead else UNSURE  # its own weekday: today, or in a week?
            yield match.span(), fits[0] if fits else known


def _dates(line: str, today: dt.date | None, month_first: bool) -> Iterator[tuple[tuple[int, int], dt.date]]:
    for match in DATE.finditer(line):
        one, two = int(match["one"]), int(match["two"])
        day, month = (two, one) if two > 12 or (month_first and one <= 12) else (one, two)
        yield match.span("date"), _date(day, month, match["year"], today)
    for month, words in enumerate(MONTHS, 1):
        behind = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|من\s+)?(?:{words}){YEAR}"
        before = rf"(?:{words})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){YEAR}"
        if found := _find(behind, line) or _find(before, line):
            yield found.span(), _date(int(found["day"]), month, found["year"], today)


def _date(day: int, month: int, year: str | None, today: dt.date | None) -> dt.date:
    """Return a date, of the year that is said or the next that it comes in; UNSURE for one that has just passed."""
    if not (year or today):
        return UNSURE
    first = int(year) % 100 + 2000 if year else today.year if today else 0
    try:
        found = dt.date(first, month, day)
        if year or today is None or found >= today:
            return found
        return UNSURE if (today - found).days < LONG_PAST else dt.date(first + 1, month, day)
    except ValueError:
        return UNSURE


def _find(words: str, line: str) -> "re.Match[str] | None":
    """Return where words stand by themselves, or behind an Arabic "and"."""
    return re.search(rf"(?<![^\W_])و?(?:{words})(?![^\W\d_])", line)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _masked(line: str, taken: Sequence[tuple[int, int]], mask: str = " ") -> str:
    return "".join(mask if any(start <= at < end for start, end in taken) else char for at, char in enumerate(line))


def _rest(bare: str, taken: Sequence[tuple[int, int]]) -> str:
    """Return what a line says beside what was taken from it, "" where that is nothing but small words."""
    line = plain(_masked(bare, taken, "\0")).lower()
    kept = _masked(bare, [found.span() for found in LEADING.finditer(line)])
    said = SMALL.sub(" ", plain(kept).lower())
    return " ".join(kept.split()) if any(char.isalnum() for char in said) else ""
