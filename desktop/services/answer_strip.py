"""Two weeks of answers, hour by hour, and what is wrong with them: gaps, double answers, promises, an old phone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from desktop.i18n import N_, _, formats, ngettext
from desktop.services.answering import QUIET, Automatic, Person, Setup, judge
from desktop.services.opening import ONE_DAY
from desktop.services.phone_fields import AUTOMATIC
from desktop.services.placeholders import find
from desktop.services.promises import broken_promises

DAYS = 14
HOUR = 3600  # seconds, of time that passes: a clock may be set meanwhile
OPENING = "next_opening"  # which no phone can fill in

Fix = Literal["turn_on", "closed", "hours", "phone", "text", "soon", ""]
FIXES: dict[Fix, str] = {  # what a button says that mends something
    "turn_on": N_("Turn it on"),
    "closed": N_("Answer when closed"),
    "hours": N_("Set the hours"),
    "phone": N_("Copy it to the phone"),
    "text": N_("Go to the text"),
    # TRANSLATORS: a button: the phone, which cannot fill in when the shop opens, is to say the word "soon" instead.
    "soon": N_("Let the phone say “soon”"),
}


class Part(NamedTuple):
    """A stretch of a day in which nothing changes; `open` is None where no hours are set."""

    starts: dt.datetime
    ends: dt.datetime
    open: bool | None
    greeting: bool
    away: bool

    @property
    def kind(self) -> str:
        """What it is: "gap" (closed, and nothing answers), "away", "extra" (answered while open) or "open"."""
        if self.away:
            return "extra" if self.open else "away"
        return "gap" if self.open is False else "open"


class StripDay(NamedTuple):
    """One day of the strip from its midnight to the next, in the shop's zone: 23 or 25 hours where a clock is set."""

    day: dt.date
    starts: dt.datetime
    ends: dt.datetime
    parts: Sequence[Part]
    special: str  # the name of the special hours of that day, or nothing


class Copy(NamedTuple):
    """How a message stands to its copy: "same", "changed", "new" or nothing, and why the phone cannot have it."""

    state: str
    only_here: str


class Concern(NamedTuple):
    """Something that is probably not meant, in one sentence, and what mends it ("" where nothing here does)."""

    kind: str  # gap, double, promise, phone, copy (of which the phone's account tells as well), hours
    sentence: str
    fix: Fix = ""
    about: str = "away"  # greeting, away


def strip(setup: Setup, first: dt.date, person: Person, days: int = DAYS) -> list[StripDay]:
    """Return what is answered to `person` on each of `days`, beginning with `first`. Raises OverflowError."""
    zone = setup.schedule.zone
    midnights = [_midnight(first + day * ONE_DAY, zone) for day in range(days + 1)]
    edges = {at.timestamp() for at in midnights}
    edges.update(edge for period in setup.away.periods for edge in period)
    if person.last:
        edges.add((person.last.astimezone(dt.UTC) + QUIET).timestamp())
    edges.update(_changes(setup, midnights[0], midnights[-1]))
    begin, end = midnights[0].timestamp(), midnights[-1].timestamp()
    ordered = sorted(edge for edge in edges if begin <= edge <= end)
    moments = [dt.datetime.fromtimestamp(edge, zone) for edge in ordered]
    parts: dict[dt.date, list[Part]] = {}
    for starts, ends in pairwise(moments):
        parts.setdefault(starts.date(), []).append(_part(setup, person, starts, ends))
    found = []
    for starts, ends in pairwise(midnights):
        day = starts.date()
        stretch = setup.schedule.stretch_on(day)
        found.append(StripDay(day, starts, ends, parts[day], stretch.name if stretch else ""))
    return found


def concerns(
    setup: Setup, first: dt.date, phone: Setup | None = None, copies: Mapping[str, Copy] | None = None
) -> list[Concern]:
    """Return what is probably not meant of the two weeks from `first` on, the worst first.

    `phone` is what is on the phone, and `copies` how each message here stands to its copy there.
    """
    days = strip(setup, first, Person())
    found = [*_gaps(setup, days), *_double(setup)]
    for one in (setup.greeting, setup.away):
        if one.on:
            texts = dict.fromkeys([one.text, *(wording.text for wording in one.wordings)])
            for text in texts:
                found += [
                    Concern("promise", promise.sentence, "text", one.kind)
                    for promise in broken_promises(text, setup.schedule, setup.territory)
                ]
    return [*found, *(_on_phone(setup, phone, copies or {}) if phone else [])]


def _changes(setup: Setup, first: dt.datetime, last: dt.datetime) -> list[float]:
    """Return when the shop opens and closes between two moments, and a little after."""
    found: list[float] = []
    moment = first
    while setup.has_hours and moment < last:
        until = setup.schedule.state(moment).until
        if until is None or until.timestamp() <= moment.timestamp():
            break
        found.append(until.timestamp())
        moment = until
    return found


def _part(setup: Setup, person: Person, starts: dt.datetime, ends: dt.datetime) -> Part:
    state = setup.schedule.state(starts)
    return Part(
        starts,
        ends,
        state.open if setup.has_hours else None,
        judge(setup.greeting, starts, setup, person, state).sent,
        judge(setup.away, starts, setup, person, state).sent,
    )


def _gaps(setup: Setup, days: Sequence[StripDay]) -> list[Concern]:
    away = setup.away
    if not setup.has_hours:
        if away.on and away.schedule == "closed":
            sentence = _("The away message answers outside business hours, and no hours are set: it never answers.")
            return [Concern("hours", sentence, "hours")]
        return []
    parts = [part for day in days for part in day.parts if part.open is False]
    left = [part for part in parts if not _answers(setup, away, part.starts)]
    hours = round(sum(part.ends.timestamp() - part.starts.timestamp() for part in left) / HOUR)
    if not hours:
        return []
    fix: Fix = "turn_on" if not away.on else "closed"
    if away.on and not away.text.strip():
        fix = "text"
    since = formats.datetime(left[0].starts.replace(tzinfo=None), today=days[0].day)
    if not away.on:
        sentence = ngettext(
            "The shop is closed for {n} hour of these two weeks, and the away message is turned off.",
            "The shop is closed for {n} hours of these two weeks, and the away message is turned off.",
            hours,
        )
    else:
        sentence = ngettext(
            "For {n} hour of these two weeks the shop is closed and nothing answers, the first time {when}.",
            "For {n} hours of these two weeks the shop is closed and nothing answers, the first time {when}.",
            hours,
        )
    return [Concern("gap", sentence.format(n=formats.number(hours), when=since), fix)]


def _answers(setup: Setup, away: Automatic, moment: dt.datetime) -> bool:
    """Say whether the away message answers anybody at a moment."""
    everyone = replace(away, recipients="everyone")
    return judge(everyone, moment, setup, Person(), setup.schedule.state(moment)).sent


def _double(setup: Setup) -> list[Concern]:
    greeting, away = setup.greeting, setup.away
    if not (away.on and away.text.strip()):
        return []
    if greeting.on and greeting.text.strip() == away.text.strip():
        sentence = _("The greeting and the away message are the same: a new customer may read it twice.")
        return [Concern("double", sentence, "text", "greeting")]
    if away.schedule == "always" and setup.has_hours:
        if greeting.on:
            sentence = _("The away message answers always: while the shop is open, new customers get both messages.")
        else:
            sentence = _("The away message answers always, also while the shop is open.")
        return [Concern("double", sentence, "closed")]
    return []


def _on_phone(setup: Setup, phone: Setup, copies: Mapping[str, Copy]) -> list[Concern]:
    found = []
    sentences = {
        "greeting": _("The greeting on the phone is not the one that is written here."),
        "away": _("The away message on the phone is not the one that is written here."),
    }
    for here, there in ((setup.greeting, phone.greeting), (setup.away, phone.away)):
        copy = copies.get(here.kind, Copy("", ""))
        told = broken_promises(there.text, setup.schedule, setup.territory) if there.known and there.on else []
        found += [
            # TRANSLATORS: {sentence} is about the text of a message that is on the phone.
            Concern("phone", _("On the phone: {sentence}").format(sentence=promise.sentence), "phone", here.kind)
            for promise in told
        ]
        if here.on and copy.only_here:
            soon = any(span.key == OPENING and span.fallback is None for span in find(here.text))
            what = _("The phone cannot say when you open next. With a word instead it can be copied.")
            # TRANSLATORS: {message} is "Greeting message" or "Away message", {what} a sentence about it.
            sentence = _("{message}: {what}").format(
                message=_(AUTOMATIC[here.kind]), what=what if soon else copy.only_here
            )
            found.append(Concern("phone", sentence, "soon" if soon else "text", here.kind))
        elif there.known and copy.state == "changed" and not told:
            found.append(Concern("copy", sentences[here.kind], "phone", here.kind))
    return found


def say_soon(text: str, word: str) -> str:
    """Return a text whose next opening, where it is not known as on a phone, is `word`."""
    for span in reversed(find(text)):
        if span.key == OPENING and span.fallback is None:
            text = f"{text[: span.end - 1]}|{word}{text[span.end - 1 :]}"
    return text


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Return when a day begins: where a clock skips its midnight, the moment of the change."""
    at = dt.datetime.combine(day, dt.time(), zone)
    return at.astimezone(dt.UTC).astimezone(zone)
