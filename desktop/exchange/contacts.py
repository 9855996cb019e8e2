"""Customers on their way in, whatever they were read from: contact cards, or rows of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.exchange.problems import Problem
from desktop.i18n import _, bidi, formats

if TYPE_CHECKING:
    from desktop.exchange.tables import Table

Kind = str  # of a number: cell, home, work, fax …, "" where nothing is said
ALIKE = ("home", "work", "cell", "fax", "pager", "main", "voice", "car")
SPOILED = re.compile(r"[+-]?\d[\d.,]*[eE]\+?\d+")  # what Excel makes of a long number


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was written, what kind it is, and what WhatsApp knows it by, where the card says so."""

    text: str
    kind: Kind = ""
    preferred: bool = False
    whatsapp: str = ""


@dataclass(slots=True)
class Contact:
    """What is said of one person. `row` counts cards from 1, or is the row of a table; texts are as they were written.

    `in_table` says which of them.

    `name` is "" where only `instead` has something to call them by (a company, an e-mail, the number). `fields` holds
    further columns of a customer by their names; `extra` what no field keeps, a line for each that was said.
    """

    row: int
    name: str = ""
    instead: str = ""
    phones: list[Phone] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    in_table: bool = False

    def keep(self, name: str, text: str) -> None:
        """Keep what no field has a place for, once."""
        text = text.strip()
        before = self.extra.get(name, "")
        if text and text not in before.split("\n"):
            self.extra[name] = f"{before}\n{text}" if before else text

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing of anybody."""
        return not (self.name or self.phones or self.emails or self.notes or self.fields or self.extra)


@dataclass
class Contacts:
    """All that a file says: its contacts, and what is wrong with some. `own` tells a table that was written here.

    `skipped` are cards and rows of which nothing could be taken. `table` is what they were read from, None for cards.
    """

    people: Sequence[Contact]
    problems: list[Problem] = field(default_factory=list)
    own: bool = False
    skipped: int = 0
    table: "Table | None" = None

    def __iter__(self) -> Iterator[Contact]:
        return iter(self.people)


def place(contact: Contact) -> str:
    """Return which card or row says something of whom, to begin a sentence with: "Card 3, Noura"."""
    # TRANSLATORS: the beginning of a sentence about a contact card, or about a row of a table.
    words = _("Row {n}, {name}") if contact.in_table else _("Card {n}, {name}")
    return words.format(n=formats.number(contact.row), name=person(contact))


def person(contact: Contact) -> str:
    """Return what to call a contact in a sentence."""
    return formats.auto(bidi.strip(contact.name or contact.instead)[:60] or "–")


def spoiled(row: int, column: str, text: str) -> Problem:
    """Return the problem of a number that a spreadsheet has made 9.7155E+11 of."""
    # TRANSLATORS: {phone} is such as 9.7155E+11.
    message = _("Row {row}: a spreadsheet made {phone} of a number. Format its column as text, and export it again.")
    return Problem(row, column, "phone_spoiled", message.format(row=formats.number(row), phone=formats.ltr(text)))
