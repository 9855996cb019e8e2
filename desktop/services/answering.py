"""What is answered by itself: one pure decision, from a moment, what is set up, who writes and when they last did.

The rules are those of the WhatsApp Business app:
- The greeting answers a customer's first message, and the first after 14 days without activity: exactly 14 days, by
  the clock that never changes, count as 14.
- The away message answers always, at set times (the start included, the end not), or outside business hours, which
  needs hours. A stretch of days with hours of its own counts here, but no phone knows it.
- Each has recipients: everyone, everyone not in the address book, everyone except some, or only some.
- Where both answer, the greeting comes first. That the phone sends both is believed; WhatsApp does not say.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from desktop.i18n import _, formats, ngettext, speaking
from desktop.services.hours import KEYS, hours_value
from desktop.services.limits import limit
from desktop.services.opening import Schedule, State
from desktop.services.placeholders import fill, find

QUIET = dt.timedelta(days=limit("automatic.greeting_days"))
HOURS = frozenset(KEYS)

Kind = Literal["greeting", "away"]


@dataclass(frozen=True)
class Wording:
    """Another text of a message, for a language, for the days of an overlay, or for both; "" and 0 are for all."""

    text: str
    language: str = ""
    overlay: int = 0


@dataclass(frozen=True)
class Automatic:
    """The greeting or the away message as it is set up; `known` is whether there is one at all.

    `periods` are stretches of time in seconds since 1970 UTC, in order; `people` and `labels` are ids.
    """

    kind: Kind
    on: bool = False
    text: str = ""
    schedule: str = "always"  # always, custom, closed
    periods: tuple[tuple[int, int], ...] = ()
    recipients: str = "everyone"  # everyone, unknown, except, only
    people: frozenset[int] = frozenset()
    labels: frozenset[int] = frozenset()
    wordings: tuple[Wording, ...] = ()
    known: bool = True


@dataclass(frozen=True)
class Setup:
    """All that the answers depend on, beside who writes and when.

    `values` are the placeholders that stand for the same every day, `language` is what customers read. `on_phone`
    says that this is the phone's own copy: its texts are finished, and its hours are those that were copied there.
    """

    greeting: Automatic
    away: Automatic
    schedule: Schedule
    values: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    territory: str = ""
    on_phone: bool = False

    @property
    def has_hours(self) -> bool:
        """Say whether there are any business hours, which "outside business hours" needs."""
        return bool(self.schedule.week or self.schedule.stretches)


@dataclass(frozen=True)
class Person:
    """Who writes. Without an id it is somebody who is not among the customers; `last` is their last contact before."""

    id: int = 0
    name: str = ""
    saved: bool = False  # in the phone's address book
    labels: frozenset[int] = frozenset()
    language: str = ""
    gender: str = ""
    last: dt.datetime | None = None


class Answers(NamedTuple):
    """What is answered, in the order in which it is sent, and why or why not: the greeting's reason comes first."""

    greeting: bool
    away: bool
    messages: tuple[str, ...]
    reasons: tuple[str, ...]


class Verdict(NamedTuple):
    """Whether a message is sent, and by which rule: the name of the reason."""

    sent: bool
    why: str


def decide(moment: dt.datetime, setup: Setup, person: Person) -> Answers:
    """Say what a message of `person` at `moment`, which knows its zone, is answered with, and why.

    The reasons are whole sentences in the language in use, the messages are in the customer's. Raises OverflowError
    at the ends of the calendar.
    """
    state = setup.schedule.state(moment)
    verdicts = {one.kind: judge(one, moment, setup, person, state) for one in (setup.greeting, setup.away)}
    reasons = [_reason(kind, verdict, moment, setup, person, state) for kind, verdict in verdicts.items()]
    messages = []
    for one in (setup.greeting, setup.away):
        if verdicts[one.kind].sent:
            text, lacking = _finished(one, moment, setup, person, state)
            messages.append(text)
            reasons += lacking
    if len(messages) > 1:
        reasons.append(_("Both are sent, the greeting first: that is believed of the phone, WhatsApp does not say."))
    return Answers(verdicts["greeting"].sent, verdicts["away"].sent, tuple(messages), tuple(reasons))


def judge(one: Automatic, moment: dt.datetime, setup: Setup, person: Person, state: State) -> Verdict:
    """Say whether a message is sent at `moment`, for which `state` is that of the shop."""
    if not one.known:
        return Verdict(False, "unknown")
    if not one.on:
        return Verdict(False, "off")
    if not wording(one, moment, setup, person).strip():
        return Verdict(False, "empty")
    left_out = _left_out(one, person)
    if left_out:
        return Verdict(False, left_out)
    return _greets(moment, person) if one.kind == "greeting" else is_due(one, moment, setup, state)


def is_due(one: Automatic, moment: dt.datetime, setup: Setup, state: State) -> Verdict:
    """Say whether it is the time of an away message, whoever writes."""
    if one.schedule == "always":
        return Verdict(True, "always")
    if one.schedule == "closed":
        if not setup.has_hours:
            return Verdict(False, "no_hours")
        return Verdict(False, "open") if state.open else Verdict(True, "closed")
    at = moment.timestamp()
    if any(starts <= at < ends for starts, ends in one.periods):
        return Verdict(True, "period")
    return Verdict(False, "no_period" if one.periods else "no_periods")


def wording(one: Automatic, moment: dt.datetime, setup: Setup, person: Person) -> str:
    """Return the text that a message has at `moment` for `person`, with its placeholders."""
    if not one.wordings:
        return one.text
    stretch = setup.schedule.stretch_on(moment.astimezone(setup.schedule.zone).date())
    overlay, language = stretch.id if stretch else 0, person.language or setup.language
    fitting = [w for w in one.wordings if w.overlay in (0, overlay) and w.language in ("", language) and w.text.strip()]
    return max(fitting, key=lambda w: (bool(w.overlay), bool(w.language))).text if fitting else one.text


def _greets(moment: dt.datetime, person: Person) -> Verdict:
    if person.last is None:
        return Verdict(True, "first")
    quiet = moment.astimezone(dt.UTC) - person.last.astimezone(dt.UTC)  # in one zone Python would count by the clock
    return Verdict(True, "quiet") if quiet >= QUIET else Verdict(False, "active")


def _left_out(one: Automatic, person: Person) -> str:
    """Return the reason why a message is not for `person`, "" where it is."""
    named = (person.id and person.id in one.people) or not one.labels.isdisjoint(person.labels)
    match one.recipients:
        case "unknown" if person.saved:
            return "saved"
        case "except" if named:
            return "excepted"
        case "only" if not named:
            return "not_named"
    return ""


def _finished(one: Automatic, moment: dt.datetime, setup: Setup, person: Person, state: State) -> tuple[str, list[str]]:
    """Return a text as the customer reads it, and what there is to tell of its placeholders."""
    template = wording(one, moment, setup, person)
    if setup.on_phone or "{" not in template:
        return template, []
    with speaking(person.language or setup.language):
        here = moment.astimezone(setup.schedule.zone)
        values = dict(setup.values)
        for key in _keys(template) & HOURS:
            if key not in values:
                values[key] = hours_value(key, setup.schedule, setup.territory, here, state)
        if person.name:
            values["customer"] = person.name
        filled = fill(template, values, here, person.gender)
    return filled.text, filled.sentences if filled.missing or filled.unknown else []


@lru_cache(32)
def _keys(template: str) -> frozenset[str]:
    """Return the placeholders of a template, found once however often it is asked for."""
    return frozenset(span.key for span in find(template))


def _reason(kind: Kind, verdict: Verdict, moment: dt.datetime, setup: Setup, person: Person, state: State) -> str:
    """Return why a message is sent or not, in one sentence."""
    if setup.on_phone and verdict.why == "unknown":
        if kind == "greeting":
            return _("No greeting is on the phone: none was copied there yet.")
        return _("No away message is on the phone: none was copied there yet.")
    return (
        _about_greeting(verdict, moment, person)
        if kind == "greeting"
        else _about_away(verdict, moment, setup, person, state)
    )


def _about_greeting(verdict: Verdict, moment: dt.datetime, person: Person) -> str:
    name = formats.auto(person.name) if person.name else _("this customer")
    match verdict.why:
        case "first" if person.id:
            return _("The greeting is sent: no earlier message of {name} is known, so this is the first.").format(
                name=name
            )
        case "first":
            return _("The greeting is sent: this is the customer's first message.")
        case "off" | "unknown":
            return _("No greeting is sent: it is turned off.")
        case "empty":
            return _("No greeting is sent: it has no text.")
        case "saved":
            return _("No greeting is sent: {name} is in the address book, and it is for those who are not.").format(
                name=name
            )
        case "excepted":
            return _("No greeting is sent: {name} is among those whom it leaves out.").format(name=name)
        case "not_named":
            return _("No greeting is sent: {name} is not among those whom it is for.").format(name=name)
    assert person.last, "what is left is about it"
    quiet = moment.astimezone(dt.UTC) - person.last.astimezone(dt.UTC)
    last = formats.datetime(person.last, today=moment.date())
    if quiet < dt.timedelta():
        return _("No greeting is sent: the last contact, {last}, is later than this message.").format(last=last)
    days = quiet.days
    if verdict.sent:
        sentence = ngettext(
            "The greeting is sent: the last contact was {last}, {n} day before, and it answers from 14 days on.",
            "The greeting is sent: the last contact was {last}, {n} days before, and it answers from 14 days on.",
            days,
        )
    elif days:
        sentence = ngettext(
            "No greeting is sent: the last contact was {last}, only {n} day before, and it answers from 14 days on.",
            "No greeting is sent: the last contact was {last}, only {n} days before, and it answers from 14 days on.",
            days,
        )
    else:
        sentence = _("No greeting is sent: the last contact was {last}, and it answers from 14 days on.")
    return sentence.format(last=last, n=formats.number(days))


def _about_away(verdict: Verdict, moment: dt.datetime, setup: Setup, person: Person, state: State) -> str:
    name = formats.auto(person.name) if person.name else _("this customer")
    today = moment.astimezone(setup.schedule.zone).date()
    time = formats.time(moment.astimezone(setup.schedule.zone).time())

    def shown(at: dt.datetime | int) -> str:
        local = dt.datetime.fromtimestamp(at, dt.UTC) if isinstance(at, int) else at
        return formats.datetime(local.astimezone(setup.schedule.zone).replace(tzinfo=None), today=today)

    match verdict.why:
        case "always":
            return _("The away message is sent: it answers always.")
        case "off" | "unknown":
            return _("No away message is sent: it is turned off.")
        case "empty":
            return _("No away message is sent: it has no text.")
        case "saved":
            return _("No away message is sent: {name} is in the address book, and it is for those who are not.").format(
                name=name
            )
        case "excepted":
            return _("No away message is sent: {name} is among those whom it leaves out.").format(name=name)
        case "not_named":
            return _("No away message is sent: {name} is not among those whom it is for.").format(name=name)
        case "no_hours" if setup.on_phone:
            return _("No away message is sent: it answers outside business hours, and the phone has none yet.")
        case "no_hours":
            return _("No away message is sent: it answers outside business hours, and no hours are set yet.")
        case "no_periods":
            return _("No away message is sent: it answers at set times, and none are set yet.")
        case "no_period":
            after = [starts for starts, _ends in setup.away.periods if starts > moment.timestamp()]
            if not after:
                return _("No away message is sent: the times that it is set for are over.")
            return _("No away message is sent: the next time that it is set for begins {when}.").format(
                when=shown(min(after))
            )
        case "period":
            at = moment.timestamp()
            starts, ends = next(period for period in setup.away.periods if period[0] <= at < period[1])
            return _("The away message is sent: it is set for {starts} to {ends}.").format(
                starts=shown(starts), ends=shown(ends)
            )
        case "open":
            if state.until is None:
                return _("No away message is sent: the shop is always open.")
            return _("No away message is sent: the shop is open, and closes {when}.").format(when=shown(state.until))
    stretch = formats.auto(state.stretch.name) if state.stretch else ""
    words = {"time": time, "name": stretch, "when": shown(state.until) if state.until else ""}
    if state.until is None:
        return _("The away message is sent: {time} is outside business hours.").format(**words)
    if stretch:
        return _("The away message is sent: {time} is outside the hours of {name}, and the shop opens {when}.").format(
            **words
        )
    return _("The away message is sent: {time} is outside business hours, and the shop opens {when}.").format(**words)
