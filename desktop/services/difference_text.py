"""Differences between two shops, in words: what a thing is called, which field, and what it says here and there."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop.i18n import _, formats, ngettext
from desktop.services.compare import Difference, Side
from desktop.services.records import TITLES, news
from desktop.services.taking import Both, Taken
from desktop.services.things import (
    BY_TABLE,
    PART_OF,
    field_name,
    name_of,
    part_text,
    value_text,
)

SINCE = 3  # parts of a thing that are named; of more only the number is said


class Told(NamedTuple):
    """A difference in words, for the screen: what it is of, which field, and what it says here and there."""

    thing: str
    field: str
    here: str
    there: str
    remark: str


def tell(both: Both, each: Difference) -> Told:
    """Return a difference in words."""
    if each.what == "noted":
        count = sum(1 for _each in news(each.table, both.mine, both.theirs, both.found.same))
        newer = ngettext("{n} newer", "{n} newer", count).format(n=formats.number(count))
        return Told(_(TITLES[each.table]), "", "—", newer, since_text(each))
    thing = BY_TABLE[each.table]
    side, row = (both.theirs, each.theirs) if each.mine is None else (both.mine, each.mine)
    assert row is not None, "it is on one side at least"
    kind, name = _(thing.one), name_of(each.table, side.values(each.table, row))
    called = kind if each.table == "profile" else _("{kind}: {name}").format(kind=kind, name=name or "—")
    if each.what == "new":
        words = _("deleted here") if each.since == "here" else _("only there")
        return Told(called, "", "—", name or kind, words)
    if each.what == "gone":
        return Told(called, "", name or kind, "—", _("deleted there"))
    if each.part:
        here, there = _part_said(both.mine, each, each.part[0]), _part_said(both.theirs, each, each.part[1])
    else:
        here, there = _said(both.mine, each, each.mine), _said(both.theirs, each, each.theirs)
    field = field_name(each.field if each.field in PART_OF else each.table, each.field)
    return Told(called, field, here, there, since_text(each))


def since_text(each: Difference) -> str:
    """Say who has changed it since the two parted, "" where nobody knows."""
    return {
        "here": _("changed here"),
        "there": _("changed there"),
        "both": _("changed on both"),
    }.get(each.since, "")


def _said(side: Side, each: Difference, row: int | None) -> str:
    assert row is not None, "what has changed is on both sides"
    currency = str(side.values("profile", 1)["currency"])
    named = namer(side)
    if each.field in PART_OF:
        parts = side.parts(each.field, row)
        if len(parts) > SINCE:
            return formats.number(len(parts))
        texts = (part_text(each.field, side.values(each.field, part), currency, named) for part in parts)
        return "; ".join(text for text in texts if text) or "—"
    return value_text(each.table, each.field, side.values(each.table, row), currency, named) or "—"


def _part_said(side: Side, each: Difference, part: int | None) -> str:
    if part is None:
        return "—"
    currency = str(side.values("profile", 1)["currency"])
    return part_text(each.field, side.values(each.field, part), currency, namer(side)) or "—"


def namer(side: Side) -> Callable[[str, int], str]:
    """Return what says how a row of a side is called."""

    def named(table: str, id: int) -> str:
        if table not in BY_TABLE or id not in side.rows[table]:
            return ""
        return name_of(table, side.values(table, id))

    return named


def taken_text(taken: Taken) -> str:
    """Say what was taken over."""
    parts = []
    for n, words in (
        (taken.new, ngettext("{n} added", "{n} added", taken.new)),
        (taken.changed, ngettext("{n} changed", "{n} changed", taken.changed)),
        (taken.gone, ngettext("{n} deleted", "{n} deleted", taken.gone)),
    ):
        if n:
            parts.append(words.format(n=formats.number(n)))
    return _("Taken over: {what}").format(what=formats.listing(parts)) if parts else _("Nothing was taken over.")


def summary(differences: Sequence[Difference]) -> str:
    """Say how much differs: how many things are only there, differ, and were deleted there."""
    new = sum(each.what == "new" for each in differences)
    gone = sum(each.what == "gone" for each in differences)
    changed = len({(each.table, each.mine) for each in differences if each.what in ("changed", "noted")})
    parts = []
    for n, words in (
        (new, ngettext("{n} only there", "{n} only there", new)),
        (changed, ngettext("{n} different", "{n} different", changed)),
        (gone, ngettext("{n} deleted there", "{n} deleted there", gone)),
    ):
        if n:
            parts.append(words.format(n=formats.number(n)))
    return formats.listing(parts) if parts else _("Both shops are the same.")
