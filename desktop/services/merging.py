"""Several customers that are one person made one: what the merged one will hold, and the merging itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import AutomaticRecipient, Customer, FollowUp, Order, PracticeChat, SendEntry
from desktop.i18n import _
from desktop.services.customers import (
    birthday_text,
    customer_keys,
    holders,
    read_customers,
    remove_customers,
)
from desktop.services.duplicates import held_by
from desktop.services.errors import Invalid, NotFound
from desktop.services.extra import merged_extra
from desktop.services.labels import labels_among, labels_of, put_labels

ONE_OF = ("language", "gender")  # of these the first that is known stands; another says nothing of its own
MOVED: tuple[Any, ...] = (Order, FollowUp, PracticeChat)
REACHED = ("opened", "skipped", "")  # how far a send list has come with somebody, the furthest first


@dataclass(frozen=True)
class Merged:
    """What the merged customer holds: `values` by column, `labels` as (name, colour), and how much moves along."""

    values: dict[str, Any]
    labels: list[tuple[str, int]] = field(default_factory=list)
    orders: int = 0
    follow_ups: int = 0


def duplicates_of(session: Session, customer_id: int) -> list[int]:
    """Return the ids of the other customers that have one of this one's numbers, the earliest first."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        return []
    own = held_by(customer.phone, customer.more_phones)
    return sorted({other for number in own for other in holders(session, number)} - {customer_id})


def best_to_keep(session: Session, ids: Sequence[int]) -> int:
    """Return which of several customers most is known of, the earliest of equals: its name stands. Raises NotFound."""
    people = read_customers(session, sorted(ids))
    if not people:
        raise NotFound("", _("These customers have been deleted. Undo brings them back."))
    columns = ("name", "phone", "username", "company", "email", "birthday", "address", "note")
    return max(people, key=lambda one: (bool(one.name), sum(bool(getattr(one, name)) for name in columns))).id


def preview_merge(session: Session, ids: Sequence[int], keep: int) -> Merged:
    """Return what customer `keep` will hold once the others of `ids` are part of it; nothing of them is lost.

    Another number, name, address and the like goes where there is room for several, or into the note; who asked for no
    more messages at any of them is not written to. Raises NotFound if it is gone, Invalid if no other is left.
    """
    kept, others = _people(session, ids, keep)
    everybody = [kept.id, *(one.id for one in others)]
    labels: dict[tuple[str, int], None] = {}
    for theirs in labels_of(session, everybody).values():
        labels.update(dict.fromkeys(theirs))
    orders = select(func.count()).select_from(Order).where(among(session, Order.customer_id, everybody))
    follow_ups = select(func.count()).select_from(FollowUp)
    follow_ups = follow_ups.where(among(session, FollowUp.customer_id, everybody))
    return Merged(_values(kept, others), list(labels), session.scalar(orders) or 0, session.scalar(follow_ups) or 0)


def merge_customers(session: Session, ids: Sequence[int], keep: int) -> int:
    """Make several customers the one whose id is `keep`, as `preview_merge` says, and return how many they were.

    Labels, orders, follow-ups, send lists and practice chats move along. Raises as `preview_merge` does.
    """
    kept, others = _people(session, ids, keep)
    values = _values(kept, others)
    gone = [one.id for one in others]
    put_labels(session, [keep], list(labels_among(session, gone)))
    for model in MOVED:
        for row in session.scalars(select(model).where(among(session, model.customer_id, gone))):
            row.customer_id = keep
    _move_recipients(session, keep, gone)
    _move_entries(session, keep, gone)
    session.flush()
    kept = session.get_one(Customer, keep)
    for name, value in values.items():
        if getattr(kept, name) != value:
            setattr(kept, name, value)
    session.flush()
    remove_customers(session, gone)
    return len(gone) + 1


def _people(session: Session, ids: Sequence[int], keep: int) -> tuple[Customer, list[Customer]]:
    people = {one.id: one for one in read_customers(session, list(dict.fromkeys([keep, *sorted(ids)])))}
    if keep not in people:
        raise NotFound("", _("This customer has been deleted. Undo brings them back."))
    kept = people.pop(keep)
    if not people:
        raise Invalid("", _("Choose two customers or more to merge."))
    return kept, list(people.values())


def _values(kept: Customer, others: list[Customer]) -> dict[str, Any]:
    """Return every column of the merged customer that may differ from what it was."""
    people = [kept, *others]
    values: dict[str, Any] = {}
    said: list[str] = []  # what has no field of its own any more
    for name, sentence in _notes():
        theirs = list(dict.fromkeys(value for one in people if (value := getattr(one, name))))
        values[name] = theirs[0] if theirs else ""
        said += [sentence.format(text=_shown(name, other)) for other in theirs[1:]]
    for name in ONE_OF:
        values[name] = next(filter(None, (getattr(one, name) for one in people)), "")
    for first, more in (("phone", "more_phones"), ("email", "more_emails")):
        firsts = [getattr(one, first) for one in people]
        lines = [*firsts, *(line for one in people for line in getattr(one, more).split("\n"))]
        every = list(dict.fromkeys(filter(None, lines)))
        has_first = any(firsts)
        values[first] = every[0] if has_first else ""
        values[more] = "\n".join(every[has_first:])
    notes = dict.fromkeys(filter(None, (one.note for one in people)))
    values["note"] = "\n\n".join(filter(None, [*notes, "\n".join(dict.fromkeys(said))]))
    values["saved"] = any(one.saved for one in people)
    values["created_at"] = min(one.created_at for one in people)
    values["last_contact_at"] = max((one.last_contact_at for one in people if one.last_contact_at), default=None)
    for moment, how in (("consent_at", "consent_how"), ("stopped_at", "stopped_how")):
        told = [one for one in people if getattr(one, moment) is not None]
        last = max(told, key=lambda one: getattr(one, moment), default=None)
        values[moment] = getattr(last, moment) if last else None
        values[how] = "; ".join(dict.fromkeys(filter(None, (getattr(one, how) for one in told))))
    values["extra"] = reduce(merged_extra, (one.extra for one in people))
    values["search_key"], values["sort_key"] = customer_keys(values)
    return values


def _notes() -> Iterator[tuple[str, str]]:
    """Yield the columns of which one stays, and what the note says of another."""
    yield "name", _("Also called {text}")
    yield "username", _("Another username: {text}")
    yield "company", _("Another company: {text}")
    yield "birthday", _("Another birthday: {text}")
    yield "address", _("Another address: {text}")


def _shown(name: str, value: str) -> str:
    return birthday_text(value) if name == "birthday" else f"@{value}" if name == "username" else value


def _move_recipients(session: Session, keep: int, gone: Sequence[int]) -> None:
    """Have automatic messages name the one customer, each once."""
    there = set(session.scalars(select(AutomaticRecipient.automatic_id).where(AutomaticRecipient.customer_id == keep)))
    for row in session.scalars(select(AutomaticRecipient).where(among(session, AutomaticRecipient.customer_id, gone))):
        if row.automatic_id in there:
            session.delete(row)
        else:
            row.customer_id = keep
            there.add(row.automatic_id)


def _move_entries(session: Session, keep: int, gone: Sequence[int]) -> None:
    """Leave one entry for each send list: the one that has come furthest, so that nobody is written to twice."""
    lists: dict[int, list[SendEntry]] = {}
    entries = select(SendEntry).where(among(session, SendEntry.customer_id, [keep, *gone])).order_by(SendEntry.id)
    for entry in session.scalars(entries):
        lists.setdefault(entry.list_id, []).append(entry)
    for theirs in lists.values():
        furthest = min(theirs, key=lambda entry: (REACHED.index(entry.state), entry.customer_id != keep))
        for entry in theirs:
            if entry is not furthest:
                session.delete(entry)
        session.flush()  # a list has one entry for a customer
        furthest.customer_id = keep
