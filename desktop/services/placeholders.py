"""Placeholders: the words in braces of a reply that become a customer's name, a price or a date when it is copied.

The language, in full:

    {customer} {العميل}        a value, by its English key or its Arabic name; case, hamza and _ or space do not matter
    {customer|friend}          what to write where there is no value; nothing after the bar is nothing
    {date+3} {date-1w}         a date moved by days, or by w weeks, d days (ي), h hours (س), m minutes (د)
    {time+20m} {time+20}       a time, moved by minutes where no unit stands

Everything else in braces is text. A name that means nothing is text too, and is reported with the nearest that does.
Double braces, {{1}}, are text as they stand: Meta's templates are written so. Values are never read as templates.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from desktop.i18n import N_, _, formats
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
MOVING = {"date": "d", "time": "m"}  # those that + and - move, and the unit where none stands
UNITS = {"w": 10_080, "d": 1_440, "h": 60, "m": 1, "ي": 1_440, "س": 60, "د": 1}  # in minutes

UNSEEN = "\u0610-\u061a\u064b-\u065f\u0670\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069"  # vowel marks; of direction
BRACES = re.compile(
    r"\{\{[^{}\n]*\}\}"  # a template's own
    rf"|\{{(?P<name>[\s{UNSEEN}]*[^\W\d][\w {UNSEEN}]*)(?P<shift>[+-][^{{}}|\n]*)?(?:\|(?P<fallback>[^{{}}\n]*))?\}}"
)
SHIFT = re.compile(r"([+-])\s*(\d{1,4})\s*([wdhmيسد]?)\s*")


@dataclass(frozen=True)
class Span:
    """One placeholder of a template, from `start` to `end`; `key` is "" where its name means nothing.

    `minutes` is how far it is moved, `fallback` what to write where there is no value (None: nothing was given).
    """

    start: int
    end: int
    name: str
    key: str
    minutes: int
    fallback: str | None


@dataclass(frozen=True)
class Unknown:
    """A name in braces that means nothing, as it was typed, and the nearest one that does, in its language, or ""."""

    name: str
    suggestion: str

    @property
    def sentence(self) -> str:
        """What to tell about it, in one translated sentence."""
        name, suggestion = isolate(f"{{{self.name}}}"), isolate(f"{{{self.suggestion}}}")
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
        return [*lacking, *(unknown.sentence for unknown in self.unknown)]


def find(template: str) -> list[Span]:
    """Return the placeholders of a template in their order, for filling or for colouring them while one types."""
    return list(_spans(template))


def fill(template: str, values: Mapping[str, str], now: dt.datetime | None = None) -> Filled:
    """Write the values, by key, into a template: once, so that a customer called {price} keeps that name.

    {date} and {time} are `now`, in the shop's zone, moved as they say and in the language in use; the rest of
    `values` are texts as they are to be copied. One that is absent or empty gives way to its fallback, and without
    one stays in braces, for the owner to see.
    """
    parts: list[str] = []
    missing: list[str] = []
    unknown: list[Unknown] = []
    last = 0
    for span in _spans(template):
        parts.append(template[last : span.start])
        last = span.end
        value = _value(span, values, now) or span.fallback
        if not span.key:
            unknown.append(Unknown(span.name, _nearest(span.name)))
        elif value is None and span.key not in missing:
            missing.append(span.key)
        parts.append(template[span.start : span.end] if value is None or not span.key else value)
    return Filled("".join([*parts, template[last:]]), missing, unknown)


def label(key: str) -> str:
    """Return what a placeholder is called in the language in use."""
    return _(next(known.label for known in KEYS if known.key == key))


def _spans(template: str) -> Iterator[Span]:
    for found in BRACES.finditer(template):
        if found["name"] is None:
            continue
        name, shift = strip(found["name"]).strip(), strip(found["shift"] or "")
        key = _names().get(_folded(name), "")
        minutes = _minutes(shift, key)
        if minutes is None:
            key, minutes = "", 0
        yield Span(*found.span(), name + shift, key, minutes, found["fallback"])


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


def _folded(name: str) -> str:
    from desktop.data.search import fold

    return "_".join(fold(name.replace("_", " ")).split())


@cache
def _names() -> dict[str, str]:
    return {_folded(name): known.key for known in KEYS for name in (known.key, known.alias)}


def _nearest(name: str) -> str:
    """Return the key or Arabic name that was probably meant by `name`, with nothing after it, or ""."""
    folded = _folded(re.split("[+-]", name)[0])
    near = get_close_matches(folded, _names(), n=1, cutoff=0.6)
    if not near:
        return ""
    known = next(known for known in KEYS if known.key == _names()[near[0]])
    return known.key if near[0].isascii() else known.alias
