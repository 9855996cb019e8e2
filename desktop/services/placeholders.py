"""Placeholders: the words in braces of a reply that become a customer's name, a price or a date when it is copied.

The language, in full:

    {customer} {العميل}        a value, by its English key or its Arabic name; case, hamza and _ or space do not matter
    {customer|friend}          what to write where there is no value; nothing after the bar is nothing
    {date+3} {date-1w}         a date moved by days, or by w weeks, d days (ي), h hours (س), m minutes (د)
    {time+20m} {time+20}       a time, moved by minutes where no unit stands
    {customer:f=Dear Ms #|m=Dear Mr #|Hello}
                               words for a woman (مؤنث) and for a man (مذكر); # is the value, and what has no name of
                               a form before it is for all else: here for a customer of whom that is not known
    {quantity:one=# box|other=# boxes}
                               words for a number, by the plurals of the language: zero (صفر) one (مفرد) two (مثنى)
                               few (قليل) many (كثير) other (غير); other also stands in for a form that is left out

Everything else in braces is text. A name that means nothing is text too, and is reported with the nearest that does.
Double braces, {{1}}, are text as they stand: Meta's templates are written so. Braces hold no others, and end on the
line they begin on. Values are never read as templates. All of it takes time in proportion to the length of the text.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from desktop.i18n import N_, _, formats, is_rtl, language, ngettext
from desktop.i18n.bidi import isolate, strip


@dataclass(frozen=True)
class Placeholder:
    """One word that replies may hold: its stored `key`, its `label` (translate it with `_`) and its Arabic name."""

    key: str
    label: str
    alias: str


# TRANSLATORS: names of what a quick reply can insert; short, they stand on buttons.
KEYS = (
    Placeholder("customer", N_("Customer"), "العميل"),
    Placeholder("product", N_("Item"), "الصنف"),
    Placeholder("price", N_("Price"), "السعر"),
    Placeholder("quantity", N_("Quantity"), "الكمية"),
    Placeholder("date", N_("Date"), "التاريخ"),
    Placeholder("time", N_("Time"), "الوقت"),
    Placeholder("hours_today", N_("Today's hours"), "ساعات_اليوم"),
    Placeholder("hours_week", N_("The week's hours"), "ساعات_الأسبوع"),
    Placeholder("next_opening", N_("Next opening"), "موعد_الفتح"),
    Placeholder("closing_time", N_("Closing time"), "موعد_الإغلاق"),
    Placeholder("map_link", N_("Map link"), "رابط_الموقع"),
    Placeholder("catalog_link", N_("Catalog link"), "رابط_الكتالوج"),
    Placeholder("item_link", N_("Item link"), "رابط_الصنف"),
    Placeholder("shop", N_("Shop"), "المتجر"),
    Placeholder("address", N_("Address"), "العنوان"),
    Placeholder("order_items", N_("Ordered items"), "أصناف_الطلب"),
    Placeholder("order_total", N_("Order total"), "إجمالي_الطلب"),
    Placeholder("paid", N_("Amount paid"), "المدفوع"),
    Placeholder("left", N_("Amount left"), "المتبقي"),
    Placeholder("due", N_("Order due"), "موعد_الطلب"),
)
LACKING = (  # what forms can lack beside the value: no words of the language
    # TRANSLATORS: what is missing to write to a customer: whether it is a woman or a man.
    Placeholder("gender", N_("Woman or man"), ""),
    # TRANSLATORS: what is missing in a reply that says "one box", but not "2 boxes".
    Placeholder("plural", N_("Words for this number"), ""),
)
MEANT = {  # what else people call them: understood as a slip, not as a name
    "customer": ("name", "customer name", "client", "الاسم", "اسم", "اسم العميل", "الزبون", "اسم الزبون"),
    "product": ("item", "item name", "product name", "المنتج", "اسم المنتج", "اسم الصنف"),
    "price": ("cost", "item price", "سعر", "سعر الصنف", "سعر المنتج", "الثمن"),
    "quantity": ("count", "number", "العدد", "عدد", "كمية"),
    "date": ("day", "today", "اليوم", "تاريخ", "تاريخ اليوم"),
    "time": ("now", "hour", "الساعة"),
    "hours_week": ("hours", "opening hours", "working hours", "ساعات العمل", "الساعات", "الدوام", "أوقات العمل"),
    "map_link": ("map", "location", "الموقع", "الخريطة", "الخارطة"),
    "catalog_link": ("catalog", "catalogue", "الكتالوج", "كتالوج"),
    "item_link": ("link", "product link", "الرابط", "رابط", "رابط المنتج"),
    "shop": ("store", "business", "shop name", "store name", "business name", "المحل", "اسم المتجر", "اسم المحل"),
    "order_items": ("order", "items", "الطلب", "الأصناف"),
    "order_total": ("total", "الإجمالي", "المجموع"),
}
MOVING = {"date": "d", "time": "m"}  # those that + and - move, and the unit where none stands
UNITS = {"w": 10_080, "d": 1_440, "h": 60, "m": 1, "ي": 1_440, "س": 60, "د": 1}  # in minutes
GENDERS = {"f": "مؤنث", "m": "مذكر"}
PLURALS = {"zero": "صفر", "one": "مفرد", "two": "مثنى", "few": "قليل", "many": "كثير", "other": "غير"}
FORMS = {"customer": GENDERS, "quantity": PLURALS}  # the forms of each placeholder that has some, with Arabic names
VALUE = "#"  # within a form
LONGEST = 60  # characters of a name that may mean something, with marks
TOLD = 3  # names that mean nothing, of those in one text

UNSEEN = "\u0610-\u061a\u064b-\u065f\u0670\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069"  # vowel marks; of direction
BRACES = re.compile(
    r"\{\{[^{}\n]*\}\}"  # a template's own
    rf"|\{{(?P<name>[ \t\u00a0{UNSEEN}]*[^\W\d][\w {UNSEEN}]*)(?P<shift>[+-][^{{}}|\n]*)?"
    r"(?::(?P<forms>[^{}\n]*)|\|(?P<fallback>[^{}\n]*))?\}"
)
SHIFT = re.compile(r"([+-])\s*(\d{1,4})\s*([wdhmيسد]?)\s*")


@dataclass(frozen=True)
class Span:
    """One placeholder of a template, from `start` to `end`; `key` is "" where its name means nothing.

    `minutes` is how far it is moved, `fallback` what to write where there is no value (None: nothing was given), and
    `forms` what to write of a customer or a number, by the keys of FORMS.
    """

    start: int
    end: int
    name: str
    key: str
    minutes: int
    fallback: str | None
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unknown:
    """A name in braces that means nothing, as it was typed."""

    name: str

    @property
    def suggestion(self) -> str:
        """The name that was probably meant, by its sense or its spelling, in the same language, or ""."""
        return _nearest(self.name)

    @property
    def sentence(self) -> str:
        """What to tell about it, in one translated sentence."""
        name, suggestion = isolate(f"{{{formats.short(self.name, LONGEST)}}}"), isolate(f"{{{self.suggestion}}}")
        if self.suggestion:
            return _("{name} means nothing here. Did you mean {suggestion}?").format(name=name, suggestion=suggestion)
        return _("{name} means nothing here. It will be copied as it stands.").format(name=name)


@dataclass(frozen=True)
class Filled:
    """A filled text, the keys that had no value and were left as they stand, and the names that mean nothing."""

    text: str
    missing: list[str]
    unknown: list[Unknown]

    @property
    def sentences(self) -> list[str]:
        """What to tell before the text is used, each one translated sentence; none where all is well."""
        names = formats.listing(label(key) for key in self.missing)
        # TRANSLATORS: {names} are placeholders that have no value yet, as in "Missing: Item and Price".
        lacking = [_("Missing: {names}").format(names=names)] if self.missing else []
        return [*lacking, *self.puzzles]

    @property
    def puzzles(self) -> list[str]:
        """What to tell of the names that mean nothing: a sentence for each of the first, and one for the rest."""
        names = list(dict.fromkeys(self.unknown))
        told = [unknown.sentence for unknown in names[:TOLD]]
        if more := len(names) - len(told):
            sentence = ngettext(
                "{n} more name in braces means nothing here.", "{n} more names in braces mean nothing here.", more
            )
            told.append(sentence.format(n=formats.number(more)))
        return told


def find(template: str) -> list[Span]:
    """Return the placeholders of a template in their order, for filling or for colouring them while one types."""
    return list(_spans(template))


def fill(template: str, values: Mapping[str, str], now: dt.datetime | None = None, gender: str = "") -> Filled:
    """Write the values, by key, into a template: once, so that a customer called {price} keeps that name.

    {date} and {time} are `now`, in the shop's zone, moved as they say and in the language in use; the rest of
    `values` are texts as they are to be copied. `gender`, "f" or "m", chooses among the forms of the customer. A
    value that is absent or empty gives way to its fallback, and without one stays in braces, for the owner to see.
    """
    parts: list[str] = []
    missing: dict[str, None] = {}
    unknown: list[Unknown] = []
    last = 0
    for span in _spans(template):
        parts.append(template[last : span.start])
        last = span.end
        words = None
        if not span.key:
            unknown.append(Unknown(span.name))
        else:
            value = _value(span, values, now) or ""
            words = _formed(span, value, gender) if span.forms else value or span.fallback
            if words is None:
                missing[_lacking(span, value)] = None
        parts.append(template[span.start : span.end] if words is None else words)
    return Filled("".join([*parts, template[last:]]), list(missing), unknown)


def label(key: str) -> str:
    """Return what a placeholder is called in the language in use."""
    return _(next(known.label for known in (*KEYS, *LACKING) if known.key == key))


def written_name(key: str) -> str:
    """Return a placeholder as one writes it in the language in use, in braces."""
    known = next(known for known in KEYS if known.key == key)
    return f"{{{known.alias if is_rtl() else known.key}}}"


def _spans(template: str) -> Iterator[Span]:
    for found in BRACES.finditer(template):
        if found["name"] is None:
            continue
        name, shift = strip(found["name"]).strip(), strip(found["shift"] or "")
        key = _names().get(_folded(name), "") if len(name) <= LONGEST else ""
        minutes = _minutes(shift, key)
        if found["forms"] is not None:
            if not key:
                continue  # {a:b} is of some other language
            forms, fallback = _forms(found["forms"], FORMS.get(key, {}))
            if not forms or shift:
                yield Span(*found.span(), strip(found[0][1:-1]), "", 0, None)
            else:
                yield Span(*found.span(), name, key, 0, fallback, forms)
        elif minutes is None:
            yield Span(*found.span(), name + shift, "", 0, found["fallback"])
        else:
            yield Span(*found.span(), name + shift, key, minutes, found["fallback"])


def _forms(written: str, known: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """Take `f=her|m=him|them` apart: the forms by their keys, and what stands for all else, None without."""
    keys = {_folded(name): key for key, alias in known.items() for name in (key, alias)}
    forms: dict[str, str] = {}
    pieces = written.split("|")
    for place, piece in enumerate(pieces):
        name, equals, words = piece.partition("=")
        key = keys.get(_folded(strip(name)), "") if equals and len(name) <= LONGEST else ""
        if not key:
            return forms, "|".join(pieces[place:])
        forms.setdefault(key, words)
    return forms, None


def _formed(span: Span, value: str, gender: str) -> str | None:
    """Return the words of the form that fits, else those for all else; None where neither can be written."""
    choices = [span.forms.get(gender)] if span.key == "customer" else []
    if span.key == "quantity" and value:
        choices = [span.forms.get(_plural(value)), span.forms.get("other")]
    words = next(
        (words for words in (*choices, span.fallback) if words is not None and (value or VALUE not in words)), None
    )
    return None if words is None else words.replace(VALUE, value)


def _lacking(span: Span, value: str) -> str:
    """Return the key of what keeps a placeholder from being written: its value, or what its forms need beside it."""
    if not value or not span.forms:
        return span.key
    return "gender" if span.key == "customer" else "plural"


def _plural(value: str) -> str:
    """Return the form that a number takes in the language in use; what is no number takes "other"."""
    from babel import Locale

    from desktop.i18n.numbers import parse_decimal

    try:
        return str(Locale.parse(language()).plural_form(abs(parse_decimal(value))))
    except ValueError:
        return "other"


def _minutes(shift: str, key: str) -> int | None:
    """Return how far `shift` moves the value of `key`, or None where it makes no sense."""
    if not shift:
        return 0
    parts = SHIFT.fullmatch(shift)
    if parts is None or key not in MOVING:
        return None
    sign, amount, unit = parts.groups()
    return int(f"{sign}{amount}") * UNITS[unit or MOVING[key]]


def _value(span: Span, values: Mapping[str, str], now: dt.datetime | None) -> str | None:
    if span.key not in MOVING or now is None:
        return None if span.minutes else values.get(span.key)
    moment = now + dt.timedelta(minutes=span.minutes)
    if span.key == "time":
        return strip(formats.time(moment.time()))
    return strip(formats.date(moment.date(), weekday=True, today=now.date()))


@lru_cache(1024)
def _folded(name: str) -> str:
    from desktop.data.search import fold

    return "_".join(fold(name.replace("_", " ")).split())


@cache
def _names() -> dict[str, str]:
    return {_folded(name): known.key for known in KEYS for name in (known.key, known.alias)}


@cache
def _meant() -> dict[str, str]:
    return {_folded(word): key for key, words in MEANT.items() for word in words}


def _nearest(name: str) -> str:
    """Return the key or Arabic name that was probably meant by `name`, with nothing after it, or ""."""
    folded = _folded(re.split("[+:-]", name)[0])
    if len(folded) > LONGEST:
        return ""
    near = [folded] if folded in _meant() else get_close_matches(folded, _names(), n=1, cutoff=0.6)
    if not near:
        return ""
    key = _meant().get(folded) or _names()[near[0]]
    known = next(known for known in KEYS if known.key == key)
    return known.key if near[0].isascii() else known.alias
