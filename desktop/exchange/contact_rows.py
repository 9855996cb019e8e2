"""Contact cards as a table to work in, which reads as the same people."""

from collections.abc import Iterable, Iterator

from desktop.exchange.contact_tables import field_of
from desktop.exchange.contacts import Contact, Contacts
from desktop.exchange.tables import Problem, Table

FIELDS = ("company", "address", "birthday", "username", "language", "gender")
PHONES = {  # the column of each kind of number
    "cell": "mobile phone",
    "home": "home phone",
    "work": "work phone",
    "fax": "fax",
    "pager": "pager",
    "car": "car phone",
}
FIRST = ("name", "phone", *PHONES.values(), "email", *FIELDS, "labels", "note")


def table_of_cards(people: Iterable[Contact]) -> Table:
    """Return a row for each card, with its number and what it says, as it was written; columns that are empty are left
    out."""
    rows = [(contact.row, dict(_cells(contact))) for contact in people]
    names = dict.fromkeys(name for _row, cells in rows for name in cells)
    header = sorted(names, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    return Table(header, [(row, [cells.get(name, "") for name in header]) for row, cells in rows], "", "")


def table_to_mend(contacts: Contacts, problems: Iterable[Problem]) -> Table:
    """Return the table that contacts were read from; of cards, those that something is wrong with, as a table."""
    wrong = {problem.row for problem in problems}
    return contacts.table or table_of_cards(contact for contact in contacts if contact.row in wrong)


def _cells(contact: Contact) -> Iterator[tuple[str, str]]:
    phones: dict[str, list[str]] = {}
    for phone in contact.phones:
        phones.setdefault(PHONES.get(phone.kind, "phone"), []).append(phone.text)
    extra = dict(contact.extra)
    fields = dict(contact.fields)
    if written := extra.pop("BDAY", ""):
        fields.setdefault("birthday", written)  # the day that could not be read
    yield "name", contact.name or contact.instead
    yield from ((name, "\n".join(lines)) for name, lines in phones.items())
    yield "email", "\n".join(contact.emails)
    yield from ((name, fields[name]) for name in FIELDS if name in fields)
    yield "labels", "\n".join(contact.labels)
    yield "note", "\n\n".join(contact.notes)
    yield from ((f"X-{name}" if field_of(name) else name, text) for name, text in extra.items())
