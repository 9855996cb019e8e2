"""What a contact says, as the columns of a customer: numbers as digits, the rest as it is kept; nothing is lost."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from desktop.data.models import CALENDAR
from desktop.exchange.contacts import SPOILED, Contact, Phone, place, spoiled
from desktop.exchange.problems import Problem, may_tell
from desktop.i18n import _, bidi, formats
from desktop.services.customers import GENDERS, LINES
from desktop.services.editing import clean, one_line, paragraphs
from desktop.services.errors import Invalid
from desktop.services.extra import merged_extra
from desktop.services.links import read_phone
from desktop.services.usernames import parse_username
from desktop.services.web import email_address

EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("name", "phone", "more_phones", "username", "language", "gender", "company", "email"), ""),
    **dict.fromkeys(("more_emails", "birthday", "address", "note", "consent_how", "stopped_how", "extra"), ""),
    "consent_at": None,
    "stopped_at": None,
    "last_contact_at": None,
    "saved": False,
}
MOMENTS = ("consent_at", "stopped_at", "last_contact_at")
LAST = ("fax", "pager")  # kinds of numbers that nobody chats with
TURNED = re.compile("[\u202a-\u202e]")  # embeddings and overrides, which turn a text and what follows it
YES = ("1", "true", "yes", "نعم")
NUMBER = re.compile(r"[+\d ().-]{5,}")  # written as a name
HOW = 200  # characters of how somebody asked to stop


@dataclass
class Cells:
    """The columns of a contact, filled ones only, and what it is found by."""

    row: int
    instead: str
    values: dict[str, Any]
    labels: list[str]
    numbers: list[tuple[str, str]] = field(default_factory=list)
    usernames: list[tuple[str, str]] = field(default_factory=list)
    emails: list[tuple[str, str]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)  # what should be numbers, and is none
    stopped: str = ""  # the column by which somebody is not to be written to, and what it says

    @property
    def keys(self) -> list[tuple[str, str]]:
        """All that it is found by."""
        return [*self.numbers, *self.usernames, *self.emails]


def read_contact(contact: Contact, territory: str, problems: list[Problem]) -> Cells:
    """Return the columns of a contact in a shop of `territory`; what cannot be is kept as written, and told."""
    values = _plain_fields(contact)
    cells = Cells(contact.row, "", values, contact.labels)
    cells.stopped = one_line(bidi.strip(values.pop("stopped", "")))[:HOW]
    extra = dict(contact.extra)
    _read_numbers(contact, cells, extra, territory, problems)
    _read_emails(contact, cells, problems)
    if username := values.pop("username", ""):
        try:
            values["username"] = parse_username(username)
            cells.usernames.append(("username", values["username"]))
        except Invalid as invalid:
            extra["USERNAME"] = username
            _tell(problems, contact, "username", "{place}: {why}", why=invalid.message)
    if note := paragraphs(TURNED.sub("", clean("\n\n".join(contact.notes)))):
        values["note"] = note
    if kept := {name: text for name, said in extra.items() if (text := clean(said).strip())}:
        values["extra"] = merged_extra("", kept)
    cells.instead = one_line(bidi.strip(clean(contact.instead)))
    return cells


def _plain_fields(contact: Contact) -> dict[str, Any]:
    """Return the fields that need no reading, and those that a table of ours says."""
    values: dict[str, Any] = {}
    for name, text in {"name": contact.name, **contact.fields}.items():
        said: Any = clean(text)
        if name in LINES:
            said = one_line(bidi.strip(said))
        elif name == "address":
            said = paragraphs(said)
        elif name in MOMENTS:
            said = moment(said)
        elif name == "saved":
            said = said.strip().casefold() in YES
        elif name == "gender" and said not in GENDERS:
            said = ""
        if said or said is False:
            values[name] = said
    if not re.fullmatch("[a-z]{2}|", values.get("language", "")):
        del values["language"]
    return values


def _read_numbers(
    contact: Contact, cells: Cells, extra: dict[str, str], territory: str, problems: list[Problem]
) -> None:
    numbers: dict[str, None] = {}
    chats: list[str] = []
    for phone in sorted(contact.phones, key=_rank):
        written = " ".join(bidi.strip(clean(phone.text)).split())
        read = digits(written, territory) or ""
        known = phone.whatsapp
        if known and known != read:
            known = digits(f"+{known}", "") or ""
        if SPOILED.fullmatch(written):
            if may_tell(problems, contact.row):
                problems.append(spoiled(contact.row, "phone", written))
            read = known = ""
        elif not (read or known):
            _tell_phone(problems, contact, written, territory)
        found = list(dict.fromkeys(filter(None, (known, read)))) or [written]
        for number in found:
            if number and number not in numbers:
                numbers[number] = None
                if number == written and not read:
                    cells.written.add(written)
                else:
                    cells.numbers.append(("phone", number))
                    if phone.kind not in LAST:
                        chats.append(number)
                if phone.kind not in ("", "cell", "voice", "main"):
                    kept = extra.get("TEL", "")
                    line = f"{number}: {one_line(clean(phone.kind))}"
                    extra["TEL"] = f"{kept}\n{line}" if kept else line
    first = chats[0] if chats else ""
    if first:
        cells.values["phone"] = first
    if more := "\n".join(number for number in numbers if number != first):
        cells.values["more_phones"] = more
    name = cells.values.get("name", "")
    if NUMBER.fullmatch(name) and digits(name, territory) in numbers:
        del cells.values["name"]  # a phone calls a stranger so, and nobody is to be greeted by a number


def _rank(phone: Phone) -> tuple[bool, ...]:
    return (phone.kind in LAST, not phone.whatsapp, not phone.preferred, phone.kind != "cell")


def _read_emails(contact: Contact, cells: Cells, problems: list[Problem]) -> None:
    good: list[str] = []
    bad: list[str] = []
    for text in contact.emails:
        written = one_line(bidi.strip(clean(text)))
        if not written:
            continue  # of marks that nobody sees, which a spreadsheet keeps
        try:
            good.append(email_address("email", written))
        except Invalid:
            bad.append(written)
            message = _("{place}: {email} is no e-mail address. It is kept as it is written.")
            _tell(problems, contact, "email", message, email=formats.auto(written[:60]))
    lines = list(dict.fromkeys([*good, *bad]))
    cells.emails = [("email", line.casefold()) for line in lines]
    if good:
        cells.values["email"] = good[0]
        lines.remove(good[0])
    if lines:
        cells.values["more_emails"] = "\n".join(lines)


@lru_cache(maxsize=1024)
def digits(text: str, territory: str) -> str | None:
    """Return the digits of a number, None for what is none."""
    try:
        return read_phone(text, territory)
    except Invalid:
        return None


def shown_number(number: str) -> str:
    """Return a kept number with its +, and what is none as it was written."""
    return f"+{number}" if number.isdecimal() and digits(f"+{number}", "") == number else number


def moment(text: str) -> int | None:
    """Return a moment as it is kept, of what a table of ours says: 2026-11-22T20:15:00+00:00; None for what is none."""
    try:
        found = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    seconds = int((found if found.tzinfo else found.replace(tzinfo=dt.UTC)).timestamp())
    return seconds if seconds in CALENDAR else None


def _tell_phone(problems: list[Problem], contact: Contact, written: str, territory: str) -> None:
    try:
        read_phone(written, territory)
    except Invalid as invalid:
        message = _("{place}: {phone} is kept as it is written. {why}")
        _tell(problems, contact, "phone", message, phone=formats.ltr(written[:40]), why=invalid.message)


def _tell(problems: list[Problem], contact: Contact, column: str, message: str, **named: str) -> None:
    if may_tell(problems, contact.row):
        # TRANSLATORS: {place} is such as "Card 3, Noura".
        message = message.format(place=place(contact), **named)
        problems.append(Problem(contact.row, column, f"{column}_unreadable", message, warning=True))
