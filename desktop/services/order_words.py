"""One line of a customer's message by its words alone: how many, for how much, and where one thing ends.

What the catalog knows of it is no matter here; `order_reading` asks it.
"""

import re
from dataclasses import dataclass

from desktop.data.search import fold
from desktop.services.message_prices import bare_number, plain, prices_in
from desktop.services.order_lines import MOST_PIECES
from desktop.services.orders import MOST

_TIMES = "xX×✕*"
EDGES = " \t:;,،-–—*_~=."
_BEFORE = re.compile(rf"^([0-9]{{1,5}})\s*(?:[{_TIMES}]\s*|\s+(?=[^\W\d_]))")
_TIMES_BEFORE = re.compile(rf"^[{_TIMES}]\s*([0-9]{{1,5}})\s+")
_AFTER = re.compile(rf"\s*(?:[{_TIMES}]\s*([0-9]{{1,5}})|(?<=\s)([0-9]{{1,5}})\s*[{_TIMES}])$")
_COUNT = re.compile(r"[\s,،(-]*(?:عدد|العدد|الكميه|كميه|qty|quantity)\s*[:=]?\s*([0-9]{1,5})\)?\s*$", re.IGNORECASE)
_UNITS = re.compile(r"^(?:حبه|حبات|قطعه|قطع|pcs?|pieces?|of)\s+", re.IGNORECASE)
_AND = re.compile(r"^(?:(?:and|plus|&)\s+|(?:و?مع|و|وايضا|وكمان)\s+|و(?=[0-9]))", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,،+]\s*|\s+(?:and\s+|&\s+|و\s*)(?=\w)", re.IGNORECASE)  # things in one line
_WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|at [0-9]+|deliver\w*|pick\W?up|collect|"
    r"(?:ال)?(?:سبت|احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه)|الساعه|اليوم|بكرا|بكره|غدا|(?:لل|ال)?(?:توصيل|استلام|موعد))\b",
    re.IGNORECASE,
)
GREETING = re.compile(  # a line that says nothing but this; the message itself is kept with the order
    r"\W*(?:السلام عليكم(?: ورحمه الله)?(?: وبركاته)?|وعليكم السلام|مرحبا|اهلا(?: وسهلا)?|هلا|صباح الخير|مساء الخير|"
    r"شكرا(?: لكم| جزيلا)?|طلب جديد|new order|لو سمحتو?ا?م?|من فضلكم?|(?:ابغ[يا]|اريد|نريد|بدي|عايزه?|حابه?)(?: اطلب)?|"
    r"hello|hi|hey|good (?:morning|afternoon|evening)|thanks|thank you|please|"
    r"i (?:want|need|would like)(?: to order)?|i'?d like(?: to order)?)\W*",
    re.IGNORECASE,
)
_WORDS = {  # numbers that are written out, folded
    **dict.fromkeys(("one", "واحد", "واحده"), 1),
    **dict.fromkeys(("two", "اثنين", "اثنان", "ثنتين"), 2),
    **dict.fromkeys(("three", "ثلاث", "ثلاثه"), 3),
    **dict.fromkeys(("four", "اربع", "اربعه"), 4),
    **dict.fromkeys(("five", "خمس", "خمسه"), 5),
    **dict.fromkeys(("six", "ست", "سته"), 6),
    **dict.fromkeys(("ten", "عشر", "عشره"), 10),
    **dict.fromkeys(("dozen", "درزن", "دزينه"), 12),
}


@dataclass(frozen=True)
class Said:
    """A line taken apart: the words, how many, and what it says of money, for one or for all."""

    words: str
    quantity: int | None
    each: int | None = None
    whole: int | None = None
    pieces: int | None = None  # what `each` may mean as well, as in "cake 2"


def take_apart(raw: str, currency: str) -> Said:
    """Split off the number of pieces and the amount. "– 150" and ": 150" behind a name are for all of the pieces."""
    words = raw
    whole = each = pieces = None
    quantity, words = _quantity(words)
    prices = prices_in(words, currency)
    found = prices[-1] if prices else bare_number(words, currency)
    if found and (not found.currency or found.currency == currency) and found.minor <= MOST:
        head = words[: found.start].rstrip()
        tail = words[found.end :].strip(EDGES)
        apart = head.endswith((":", "–", "—", "-"))
        if any(char.isalpha() for char in head):
            whole, each = (found.minor, None) if apart else (None, found.minor)
            figures = plain(words[found.start : found.end]).strip()
            pieces = _number(figures) if not prices and each and figures.isdecimal() and len(figures) < 3 else None
            words = f"{head.rstrip(EDGES)} {_without_money(tail)}".strip()
    if quantity is None:
        quantity, words = _quantity(words)
    return Said(words.strip(EDGES), quantity, each, whole, pieces)


def _without_money(tail: str) -> str:
    return tail if len(tail.split()) > 1 else ""


def _quantity(words: str) -> tuple[int | None, str]:
    """Return how many a line says, None where it does not, and the rest of it."""
    line = plain(words)  # one for one
    if found := _BEFORE.match(line) or _TIMES_BEFORE.match(line):
        rest = words[found.end() :]
        unit = _UNITS.match(plain(rest))
        return _number(found[1]), rest[unit.end() :] if unit else rest
    if (found := _AFTER.search(line) or _COUNT.search(line)) and (head := words[: found.start()].strip()):
        return _number(next(filter(None, found.groups()))), head
    first, _space, rest = words.strip().partition(" ")
    if rest and (number := _WORDS.get(fold(first))):
        return number, rest
    return None, words


def _number(figures: str) -> int | None:
    number = int(figures)
    return number if 1 <= number <= MOST_PIECES else None


def without_and(line: str) -> str:
    """Return a line without the "and" that it goes on with from the one above."""
    found = _AND.match(plain(line))
    return line[found.end() :] if found else line


def things(line: str) -> list[str]:
    """Return the parts of a line that may be a thing each: "2 cakes and 3 loaves", "كعكة وخبز"."""
    return [part for part in _BETWEEN.split(line) if part.strip()]


def says_when(line: str) -> bool:
    """Say whether a line tells when or how something is wanted; its numbers are neither pieces nor money then."""
    return _WHEN.search(plain(line)) is not None
