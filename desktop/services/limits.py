"""WhatsApp's limits, and how near to them a text or a number of things is. The numbers are in resources/limits.toml."""

import tomllib
from functools import cache
from typing import Literal, NamedTuple

from desktop.i18n import ngettext
from desktop.i18n.formats import number
from desktop.resources import resource

State = Literal["ok", "near", "over"]
NEAR = 0.9  # of the limit: from here on a gauge catches the eye


class Limit(NamedTuple):
    """One limit, as its line in limits.toml tells it; `warn` is where care is advised, the limit itself if nowhere."""

    limit: int
    warn: int
    origin: str
    checked: str
    note: str


class Gauge(NamedTuple):
    """How much of a limit is used: "ok", "near" from 90 % or past the number where care is advised, "over" past it."""

    length: int
    limit: int
    state: State
    warn: int
    text: bool

    @property
    def sentence(self) -> str:
        """What to tell about it in one translated sentence; "" as long as everything fits everywhere."""
        over = self.length - self.limit
        if over > 0 and self.text:
            return ngettext(
                "{n} character longer than WhatsApp's limit. Kept here, but it will not fit on the phone",
                "{n} characters longer than WhatsApp's limit. Kept here, but it will not fit on the phone",
                over,
            ).format(n=number(over))
        if over > 0:
            return ngettext(
                "The phone has room for {n} only. The rest is kept here",
                "The phone has room for {n} only. The rest are kept here",
                self.limit,
            ).format(n=number(self.limit))
        if self.length > self.warn:
            return ngettext(
                "Longer than {n} character: the end may not be shown everywhere",
                "Longer than {n} characters: the end may not be shown everywhere",
                self.warn,
            ).format(n=number(self.warn))
        return ""


def limit(key: str) -> int:
    """Return the limit called `key`, such as "profile.about". An unknown key is a KeyError: a slip of the program."""
    return limits()[key].limit


def measure(key: str, what: str | int) -> Gauge:
    """Hold a text, or a number of things, against the limit called `key`.

    A text is counted as WhatsApp counts it, in code points: an Arabic letter is one and so is each of its vowel
    marks, an emoji is one or, where it is made of several, each of them; a new line is one however it is written.
    """
    known = limits()[key]
    length = what if isinstance(what, int) else len(what.replace("\r\n", "\n"))
    state: State = "ok"
    if length > known.limit:
        state = "over"
    elif length > known.warn or length >= NEAR * known.limit:
        state = "near"
    return Gauge(length, known.limit, state, known.warn, isinstance(what, str))


@cache
def limits() -> dict[str, Limit]:
    """Return every limit by its key, "table.name". The file is read once, when the first is asked for."""
    with resource("limits.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {
        f"{table}.{name}": Limit(
            entry["limit"], entry.get("warn", entry["limit"]), entry["from"], str(entry["checked"]), entry["note"]
        )
        for table, entries in tables.items()
        for name, entry in entries.items()
    }
