"""Bringing customers in from contacts: planned first without writing anything, then carried out at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.history import journal
from desktop.data.many import Tell, insert_rows, silent, write_rows
from desktop.data.models import Customer, CustomerLabel, Label, now
from desktop.data.search import fold
from desktop.exchange.contact_cells import EMPTY, Cells, read_contact
from desktop.exchange.contacts import Contact, Contacts, place
from desktop.exchange.importing import Report
from desktop.exchange.problems import Problem, may_tell
from desktop.i18n import _, formats
from desktop.services.customers import SEARCHED, customer_keys
from desktop.services.extra import merged_extra
from desktop.services.labels import labels_named
from desktop.services.profile import read_profile

AT_ONCE = 1000  # contacts between two reports


@dataclass(frozen=True)
class Rules:
    """What is done with what comes in.

    A contact is a customer by any number of theirs, else by the username, else by an e-mail; `by_name` also by the very
    name. Of several customers with that number the one of that name is meant. A `found` one is updated, skipped, or
    left alone and a new one made. `labels` that the file names are put on if the shop has them ("known"), or made too.
    """

    found: Literal["update", "skip", "new"] = "update"
    by_name: bool = False
    labels: Literal["known", "all", "none"] = "known"


@dataclass(frozen=True)
class Change:
    """A customer that would change: the card or row that says so, and each field with what it has and would have."""

    row: int
    customer: int
    name: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(eq=False)
class _Person:
    """A customer as the import leaves them: what the shop has, and what is to be written over it."""

    id: int  # 0 for a new one
    values: dict[str, Any]
    labels: set[str]  # folded
    row: int = 0
    met: bool = False
    changed: dict[str, Any] = field(default_factory=dict)
    put_on: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return fold(self.values["name"])


@dataclass
class Plan:
    """What an import would do. `changes` are told apart; `people` holds what is to be written."""

    contacts: Contacts
    rules: Rules
    people: "_People"
    report: Report
    names: list[tuple[int, str, str]] = field(default_factory=list)  # row, name and number of what would be new
    changes: list[Change] = field(default_factory=list)


def plan_import(session: Session, contacts: Contacts, rules: Rules | None = None, tell: Tell = silent) -> Plan:
    """Return what an import would do, writing nothing. `tell(done, contacts)` is told how far it is, and may stop it.

    A number is added to those of a customer, never taken away; so is a note, but for tables that were written here,
    whose cells are meant as they are. What is not said is kept. The second import of a file changes nothing.

    Whom another program knows not to write to (`opt_outs`) has asked to stop here too, as of now, unless customers that
    are found are skipped. Who had asked before keeps what was noted then, and nobody is written to again by an import.
    """
    rules = rules or Rules()
    people = _People(session, rules)
    plan = Plan(contacts, rules, people, Report(skipped=contacts.skipped, problems=list(contacts.problems)))
    territory = read_profile(session).territory
    count = len(contacts.people)
    for done, contact in enumerate(contacts):
        if done % AT_ONCE == 0:
            tell(done, count)
        _take(plan, contact, read_contact(contact, territory, plan.report.problems))
    for one in people.touched:
        _conclude(plan, one)
    plan.report.problems.sort(key=lambda problem: problem.row)
    tell(count, count)
    return plan


def carry_out(session: Session, plan: Plan, tell: Tell = silent) -> Report:
    """Do what was planned, and return what that was. If the shop has changed since, it is planned anew."""
    if plan.people.seen != _last_entry(session):
        plan = plan_import(session, plan.contacts, plan.rules)
    plan.people.write(session, tell)
    return plan.report


def _take(plan: Plan, contact: Contact, cells: Cells) -> None:
    """Add what one contact means to a plan."""
    people, rules, report = plan.people, plan.rules, plan.report
    one = None if rules.found == "new" else people.find(cells)
    if one is None:
        if rules.found != "new" and (other := people.other(cells)):
            _shared(plan, contact, other)
        people.add(cells)
    elif one.id and rules.found == "skip":
        one.met = True
        report.unchanged += 1
    else:
        people.merge(one, cells, plan.contacts.own)


def _conclude(plan: Plan, one: _Person) -> None:
    """Count what becomes of a customer that the file speaks of."""
    values = one.values
    if not one.id:
        plan.names.append((one.row, values["name"] or values["company"], values["phone"]))
        plan.report.new += 1
        return
    fields = {name: (before, values[name]) for name, before in one.changed.items()}
    if one.put_on:
        fields["labels"] = ("", "\n".join(one.put_on))
    if fields:
        plan.changes.append(Change(one.row, one.id, values["name"], fields))
        plan.report.changed += 1
    else:
        plan.report.unchanged += 1


def _shared(plan: Plan, contact: Contact, other: _Person) -> None:
    if not may_tell(plan.report.problems, contact.row):
        return
    message = _("{place}: {other} has the same number or e-mail. Both are taken as customers of their own.")
    name = other.values["name"] or other.values["company"] or other.values["email"]
    message = message.format(place=place(contact), other=formats.auto(name[:60] or "–"))
    plan.report.problems.append(Problem(contact.row, "phone", "phone_shared", message, warning=True))


class _People:
    """The customers as they are, found by what tells them apart, and what is to be written of them."""

    def __init__(self, session: Session, rules: Rules) -> None:
        self.seen = _last_entry(session)
        self.touched: dict[_Person, None] = {}
        self._rules = rules
        self._by: dict[tuple[str, str], list[_Person]] = defaultdict(list)
        self._labels = {fold(name) for name in session.scalars(select(Label.name))}
        put = select(CustomerLabel.customer_id, Label.name).join(Label, Label.id == CustomerLabel.label_id)
        labels: dict[int, set[str]] = defaultdict(set)
        for customer, name in session.execute(put):
            labels[customer].add(fold(name))
        columns = [getattr(Customer, name) for name in EMPTY]
        for row in session.execute(select(Customer.id, *columns).order_by(Customer.id)):
            values = row._asdict()
            self._index(_Person(values.pop("id"), values, labels.get(row.id, set())))

    def find(self, cells: Cells) -> _Person | None:
        """Return whom a contact means: the one of that name among those found, else one whom no other has meant."""
        named = fold(cells.values.get("name", ""))
        for keys in (cells.numbers, cells.usernames, cells.emails):
            found = [one for key in keys for one in self._by.get(key, ())]
            for one in found:
                if not named or one.name == named:
                    return one
            for one in found:
                if not one.met:
                    return one
        alone = not (cells.numbers or cells.usernames or cells.emails)
        if alone and not named:
            named = fold(cells.values.get("company", "") or cells.instead)  # as whoever has no name is called
        for one in self._by.get(("name", named), ()) if named else ():
            if self._rules.by_name or (one.values["more_phones"] and cells.written & set(_lines(one, "more_phones"))):
                return one
            if alone and not (one.values["phone"] or one.values["username"] or one.values["email"]):
                return one
        return None

    def other(self, cells: Cells) -> _Person | None:
        """Return who has a number or an e-mail of this contact, and another name."""
        keys = (*cells.numbers, *cells.emails)
        return next((one for key in keys for one in self._by.get(key, ())), None)

    def add(self, cells: Cells) -> None:
        """Note a new customer."""
        values = {**EMPTY, **cells.values}
        values |= _stop(cells, values)
        if not any(values[name] for name in ("name", "phone", "username", "company", "email")):
            values["name"] = cells.instead
        one = _Person(0, values, set(), cells.row, met=True)
        self._label(one, cells)
        self._index(one)
        self.touched[one] = None

    def merge(self, one: _Person, cells: Cells, own: bool) -> None:
        """Note what a contact says of somebody who is known."""
        one.met = True
        one.row = one.row or cells.row
        self.touched.setdefault(one)
        new = dict(cells.values)
        if not one.values["name"] and new.get("name") in _instead(one):
            del new["name"]  # as cards are written for who has none
        for first, more in (("phone", "more_phones"), ("email", "more_emails")):
            said = [*filter(None, (new.pop(first, ""), *new.pop(more, "").split("\n")))]
            known = [*filter(None, (one.values[first], *_lines(one, more)))]
            lines = list(dict.fromkeys([*known, *said]))
            if len(lines) > len(known):
                free = not one.values[first] and cells.values.get(first, "")
                head = cells.values[first] if free else one.values[first]
                new[first], new[more] = head, "\n".join(line for line in lines if line != head)
        if "note" in new and not own:
            new["note"] = _joined(one.values["note"], new["note"])
        if "extra" in new:
            new["extra"] = merged_extra(one.values["extra"], new["extra"])
        new |= _stop(cells, one.values | new)
        for name, value in new.items():
            if one.values[name] != value:
                if one.id:
                    one.changed.setdefault(name, one.values[name])
                one.values[name] = value
                if one.changed.get(name, one) == value:  # as it was before
                    del one.changed[name]
        self._label(one, cells)
        self._index(one, cells)

    def write(self, session: Session, tell: Tell = silent) -> None:
        """Write it all, once."""
        new = [one for one in self.touched if not one.id]
        rows = [{"id": one.id} | self._row(one, one.changed) for one in self.touched if one.id and one.changed]
        write_rows(session, Customer, rows, tell)
        for start in range(0, len(new), AT_ONCE):
            tell(start, len(new))
            some = new[start : start + AT_ONCE]
            for one, id in zip(some, insert_rows(session, Customer, [self._row(o, EMPTY) for o in some]), strict=True):
                one.id = id
        ids = labels_named(session, {name for one in self.touched for name in one.put_on})
        pairs = {(one.id, ids[name]): None for one in self.touched for name in one.put_on if name in ids}
        insert_rows(session, CustomerLabel, [{"customer_id": one, "label_id": label} for one, label in pairs])
        session.expire_all()

    def _row(self, one: _Person, names: Mapping[str, Any]) -> dict[str, Any]:
        row = {name: one.values[name] for name in names}
        if names.keys() & set(SEARCHED):
            row["search_key"], row["sort_key"] = customer_keys(one.values)
        return row | {"changed_at": now()}

    def _index(self, one: _Person, cells: Cells | None = None) -> None:
        for key in cells.keys if cells else _keys_of(one):
            if one not in self._by[key]:
                self._by[key].append(one)

    def _label(self, one: _Person, cells: Cells) -> None:
        rules = self._rules.labels
        left = []
        for name in cells.labels:
            folded = fold(name)
            if not folded or folded in one.labels:
                continue
            if rules == "all" or (rules == "known" and folded in self._labels):
                one.labels.add(folded)
                one.put_on.append(name)
            else:
                left.append(name)
        if left:
            extra = merged_extra(one.values["extra"], {"CATEGORIES": "\n".join(left)})
            if extra != one.values["extra"]:
                if one.id:
                    one.changed.setdefault("extra", one.values["extra"])
                one.values["extra"] = extra


def _stop(cells: Cells, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a customer has to change to be one who asked to stop, if a contact says so and they are none yet."""
    new = cells.stopped and values["stopped_at"] is None
    return {"stopped_at": now(), "stopped_how": cells.stopped} if new else {}


def _keys_of(one: _Person) -> Iterator[tuple[str, str]]:
    values = one.values
    for line in filter(None, (values["phone"], *_lines(one, "more_phones"))):
        yield ("phone", line)
    for line in filter(None, (values["email"], *_lines(one, "more_emails"))):
        yield ("email", line.casefold())
    if values["username"]:
        yield ("username", values["username"])
    if values["name"] or values["company"]:
        yield ("name", one.name or fold(values["company"]))


def _lines(one: _Person, name: str) -> list[str]:
    return str(one.values[name]).split("\n") if one.values[name] else []


def _instead(one: _Person) -> list[str]:
    """Return what a customer without a name is called."""
    values = one.values
    return [values["company"], values["email"], f"@{values['username']}", f"+{values['phone']}"]


def _joined(note: str, more: str) -> str:
    """Return a note with what another says more."""
    if not note or note in more.split("\n\n"):
        return more
    left = [part for part in more.split("\n\n") if part not in note]
    return "\n\n".join([note, *left])


def _last_entry(session: Session) -> int:
    return session.scalar(select(func.max(journal.c.seq))) or 0
