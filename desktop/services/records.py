"""What two copies of a shop note besides their things: what is on the phone, how often replies were copied, exports.

All of it is about one world: one phone, files that lie where they lie. So what was noted last stands, and of counts
the larger one: both began with the same count, which would count twice if they were added up.
"""

import platform
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from desktop.i18n import N_
from desktop.services.compare import Difference, Side, Since
from desktop.services.things import Values, table_of

Same = Mapping[str, Mapping[int, int]]
TITLES = {
    "phone_copy": N_("On the phone"),
    # TRANSLATORS: how often each quick reply was copied.
    "reply_use": N_("Uses of quick replies"),
    "export": N_("What was made"),
}
NAMING = ("out", "only", "items", "collections", "target", "campaign", "=#")  # in options of exports: things, by ids


class News(NamedTuple):
    """One note of theirs that is newer: `own` is ours that it takes the place of, None if there is none.

    `about` is the id here of the thing that it is about, None for one that is only there. `row` is None where the note
    was taken back there.
    """

    own: int | None
    about: int | None
    row: dict[str, Any] | None


def compare_records(mine: Side, theirs: Side, same: Same) -> list[Difference]:
    """Return which of these notes are newer there; those of a kind are taken together."""
    since: Since = "there" if theirs.related else ""
    kinds = [table for table in TITLES if any(True for _each in news(table, mine, theirs, same))]
    return [Difference(table, None, None, "noted", advised=True, since=since) for table in kinds]


def news(table: str, mine: Side, theirs: Side, same: Same) -> Iterator[News]:
    """Return what is newer there; `same` has the ids here of things of theirs."""
    match table:
        case "phone_copy":
            return _phone(mine, theirs, same)
        case "reply_use":
            return _uses(mine, theirs, same)
    return _exports(mine, theirs)


def _phone(mine: Side, theirs: Side, same: Same) -> Iterator[News]:
    """Two shops that were never one are on two phones: then there is no news."""
    table = "phone_copy"
    if not theirs.related:
        return
    here = {_field(row, row["row_id"]): row for row in (mine.values(table, id) for id in mine.rows[table])}
    known = set()
    for id in theirs.rows[table]:
        row = theirs.values(table, id)
        about = _thing(row["model"], row["row_id"], theirs, same)
        own = here.get(_field(row, about))
        if own is not None:
            known.add(own["id"])
        changed = not theirs.is_old(table, id) or (table, id) in theirs.changed
        if own["at"] < row["at"] if own else changed or (table, id) not in mine.gone:
            del row["id"]
            if own is None:
                yield News(None, about, row)
            else:
                yield News(own["id"], about, {"text": row["text"], "at": row["at"]})
    for id in mine.rows[table].keys() - known:
        if (table, id) in theirs.gone and mine.is_old(table, id) and (table, id) not in mine.changed:
            yield News(id, None, None)


def _field(row: Values, thing: int | None) -> tuple[Any, ...]:
    return row["model"], thing, row["field"]


def _thing(model: str, id: int, theirs: Side, same: Same) -> int | None:
    """Return the id here of what a note is about: of hours it is the weekday."""
    if model not in same or theirs.is_old(model, id):
        return id
    return same[model].get(id)


def _uses(mine: Side, theirs: Side, same: Same) -> Iterator[News]:
    for reply, (_id, uses, used_at) in theirs.rows["reply_use"].items():
        about = _thing("reply", reply, theirs, same)
        own = mine.rows["reply_use"].get(about) if about is not None else None
        before = own[1:] if own else (0, 0)
        if uses > before[0]:
            yield News(about if own else None, about, {"uses": uses, "used_at": max(used_at, before[1])})


def _exports(mine: Side, theirs: Side) -> Iterator[News]:
    """What names things by their ids there is of use on its own computer only."""
    if not theirs.related:
        return
    here = {_place(row): row for row in (mine.values("export", id) for id in mine.rows["export"])}
    for id in theirs.rows["export"]:
        row = theirs.values("export", id)
        own = here.get(_place(row))
        usable = row["computer"] != platform.node() or not any(name in row["options"] for name in NAMING)
        if usable and (own is None or own["made_at"] < row["made_at"]):
            del row["id"]
            row["seq"] = min(row["seq"], mine.parted)  # what has changed since the two parted is not in it
            yield News(own["id"] if own else None, None, row)


def _place(row: Values) -> tuple[Any, ...]:
    return row["kind"], row["computer"], row["path"], "" if row["path"] else row["options"]


def take_records(session: Session, table: str, mine: Side, theirs: Side, same: Same) -> None:
    """Note here what is newer there, but for what is about things that are not here."""
    model = table_of(table)
    key = next(iter(model.primary_key))
    coming = []
    for own, about, row in list(news(table, mine, theirs, same)):
        if row is None:
            session.execute(delete(model).where(key == own))
        elif own is not None:
            version = {"version": model.c.version + 1} if "version" in model.c else {}
            session.execute(update(model).where(key == own).values(row | version))
        elif table == "export":
            coming.append(row)
        elif about is not None:
            coming.append(row | {"reply_id" if table == "reply_use" else "row_id": about})
    if coming:
        session.execute(insert(model), coming)
