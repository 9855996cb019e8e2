"""Differences between two shops, in words: what a thing is called, which field, and what it says here and there."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop.i18n import N_, _, formats, ngettext
from desktop.services.compare import Difference, Side, said_columns
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

ONE = {  # how one of the parts is called; a variant is called by its options
    "picture": N_("Picture"),
    "collection_item": N_("Collection"),
    "customer_label": N_("Label"),
}
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
        return Told(called, *_tell_part(both, each.field, *each.part), since_text(each))
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


def _tell_part(both: Both, table: str, mine: int | None, theirs: int | None) -> tuple[str, str, str]:
    """Return what a part is called, and what it says here and there; of one that has changed, what has."""
    left = both.mine.values(table, mine) if mine is not None else {}
    right = both.theirs.values(table, theirs) if theirs is not None else {}
    changed = [name for name in said_columns(table) if left and right and left[name] != right[name]]
    texts = []
    for side, row in ((both.mine, left), (both.theirs, right)):
        currency, named = str(side.values("profile", 1)["currency"]), namer(side)
        values = (value_text(table, name, row, currency, named) or "—" for name in changed)
        texts.append(" · ".join(values) if changed else row and part_text(table, row, currency, named))
    called = value_text(table, "options", left or right, "", namer(both.mine)) if table == "variant" else ""
    field = called or (_(ONE[table]) if table in ONE else field_name(table, ""))
    return field, texts[0] or "—", texts[1] or "—"


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
    return formats.listing(parts) if parts else _("There is nothing to take over: all of it is here.")
