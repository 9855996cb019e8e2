"""Tables of people: Google Contacts, Outlook, HubSpot, Salesforce, our own, and lists that people made."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from desktop.exchange.columns import words_of
from desktop.exchange.contact_cells import EMPTY
from desktop.exchange.contacts import Contact, Contacts, Phone, person
from desktop.exchange.inert import bare
from desktop.exchange.mapping import LEFT_OUT, TROUBLE, load
from desktop.exchange.opt_outs import has_stops, is_stop, stops
from desktop.exchange.problems import BadTable, Problem, may_tell
from desktop.exchange.recognise import Column, Reason
from desktop.exchange.sources import read_source
from desktop.exchange.tables import Table
from desktop.exchange.vcard import NO_LABELS, birthday_of
from desktop.i18n import _, formats
from desktop.resources import resource
from desktop.services.extra import extra_of

NAMES = ("prefix", "first_name", "middle_name", "last_name", "suffix")
ADDRESS = ("street", "city", "region", "postcode", "country")
OWN = (*EMPTY, "labels")  # the columns of a table that was written here
FIELDS = tuple(
    dict.fromkeys(
        (
            *(
                "name",
                *NAMES,
                "phone",
                "phone:cell",
                "phone:home",
                "phone:work",
                "phone:fax",
                "phone:pager",
                "phone:car",
            ),
            *("more_phones", "email", "more_emails", "company", "address", *ADDRESS, "birthday", "note", "labels"),
            *("stopped", "username", "language", "gender", *EMPTY),
        )
    )
)
BETWEEN = re.compile(r"\s*:::\s*|[\r\n]+")  # several values in one cell of Google's, and in ours
APART = re.compile(r"\s*(?::::|[;،,\r\n])\s*")  # labels in one cell
SEVERAL = re.compile(r"\s*(?:[;/|،]|,(?=\s*\+?\d{5}))\s*")  # numbers in one cell
PLACES = {"home", "business", "other", "mailing", "shipping", "billing", "work", "office", "personal", "organization"}
PLACES |= {"عمل", "منزل", "بيت", "مكتب", "اخر", "اخري"}
GENDERS = {"f": "f", "female": "f", "انثي": "f", "m": "m", "male": "m", "ذكر": "m"}
ADDRESS_OR_NUMBER = re.compile(r"[+(]?\d[\d\s().-]{6,}|\S+@\S+\.\w+")  # which names no column
TYPED = re.compile(r"(.*\d) - (?:label|type)", re.IGNORECASE)  # what kind the value beside it is, in Google's tables
SKIPPED = re.compile(r"photo|.*phonetic.*|yomi.*|.* - (?:label|type)|priority|sensitivity|private", re.IGNORECASE)


def read_table(data: bytes, language: str = "", encoding: str = "", delimiter: str = "", sheet: str = "") -> Table:
    """Read a file as a table of people; a list without names of columns loses nobody of its first row.

    What is not said is found out, as in `sources.read_source`. Raises BadTable.
    """
    table = read_source(data, language, encoding, delimiter, sheet)
    if not any(ADDRESS_OR_NUMBER.fullmatch(name) for name in table.header):
        return table
    first = min([number for number, _cells in table.rows], default=2) - 1
    # TRANSLATORS: what a column is called that has no name.
    header = [_("Column {n}").format(n=n) for n in range(1, len(table.header) + 1)]
    return replace(table, header=header, rows=[(first, table.header), *table.rows])


def propose_columns(table: Table) -> list[Column]:
    """Return each column of a table of people with the field that its name means, "" for what is kept aside."""
    outlook = "job title" in {header.casefold() for header in table.header}
    found = []
    for header in table.header:
        field = "" if TYPED.fullmatch(header) else field_of(header)
        if outlook and header.casefold() == "title":
            field = "prefix"
        reason: Reason = "meaning" if field else "kept"
        skipped = header == TROUBLE or (not field and SKIPPED.fullmatch(header))
        found.append(Column(header, LEFT_OUT if skipped else field, reason))
    for place, column in enumerate(found):
        if not column.field and has_stops(column.header, (cells[place].strip() for _row, cells in table.rows)):
            found[place] = Column(column.header, "stopped", "content")
    if not any(column.field == "name" or column.field in NAMES for column in found):
        _by_content(table, found)
    return found


def chosen_columns(columns: Sequence[Column], said: Mapping[str, str]) -> list[Column]:
    """Return columns with the fields that were chosen for their headers, however those are written."""
    fields = {header.casefold().strip(): field for header, field in said.items()}
    return [
        Column(column.header, fields[key], "chosen")
        if (key := column.header.casefold().strip()) in fields and fields[key] != column.field
        else column
        for column in columns
    ]


def load_columns(path: Path) -> dict[str, str]:
    """Read a JSON file with the field of each column. Raises OSError, and BadTable for what is no such file."""
    return load(path, is_field).columns


def is_field(field: object) -> bool:
    """Say whether a column of people can be this."""
    return field in (*FIELDS, "", LEFT_OUT)


@cache
def field_of(header: str) -> str:
    """Return the field that the words above a column mean, "" for none: "Phone 1 - Value", "Home Street", "الجوال"."""
    key = header.strip().casefold().replace(" ", "_")
    if key in EMPTY:
        return key
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.replace("WhatsApp", "Whatsapp"))  # MobilePhone
    if is_stop(apart):
        return "stopped"
    words = [word for word in words_of(apart) if not word.isdigit()]
    known = _known()
    if words[-1:] == ["value"]:
        words = words[:-1]
    plainly = [word for word in words if word not in PLACES]
    for tried in (words, plainly, [word for word in plainly if word != "address"]):
        if field := known.get(" ".join(tried), ""):
            return field
    return ""


@cache
def _known() -> dict[str, str]:
    with resource("contact_columns.toml").open("rb") as file:
        said = tomllib.load(file)
    found: dict[str, str] = {}
    for field, languages in said.items():
        for words in languages.values():
            for word in words:
                for spelling in (word, " ".join(words_of(word))):
                    found.setdefault(spelling, field)
    return found


def _by_content(table: Table, columns: list[Column]) -> None:
    """Take for a name, and a number, what looks like it where no word says so."""
    rows = [cells for _number, cells in table.rows[:50]]
    fields = {column.field.partition(":")[0] for column in columns}
    for place, column in enumerate(columns):
        filled = [cells[place].strip() for cells in rows if cells[place].strip()]
        if column.field or not filled:
            continue
        numbers = sum(bool(re.fullmatch(r"[+\d][\d\s().-]{6,}", cell)) for cell in filled)
        texts = sum(bool(re.search(r"[^\W\d_]{2}", cell)) and "@" not in cell for cell in filled)
        if "phone" not in fields and numbers >= 0.8 * len(filled):
            columns[place] = Column(column.header, "phone", "content")
        elif "name" not in fields and texts >= 0.8 * len(filled):
            columns[place] = Column(column.header, "name", "content")
        fields.add(columns[place].field)


def is_own(table: Table) -> bool:
    """Say whether a table of people was written here."""
    return {"name", "phone", "more_phones", "stopped_at", "extra"} <= set(table.header)


def read_people(table: Table, columns: Sequence[Column] | None = None) -> Contacts:
    """Return the people of a table, by its columns as they are proposed or chosen. Raises BadTable for none.

    What no column of a customer is, is kept aside under its own name.
    """
    columns = columns or propose_columns(table)
    fields = {column.field for column in columns}
    if not any(
        field == "name" or field in NAMES or field.startswith(("phone", "email", "company")) for field in fields
    ):
        message = _("No column of this file is a name or a number. Name them in the first row: {columns}.")
        raise BadTable(message.format(columns=formats.ltr("name, phone, email, note")))
    kinds = {match[1]: place for place, column in enumerate(columns) if (match := TYPED.fullmatch(column.header))}
    reader = _Reader(columns, kinds, is_own(table), bool(table.delimiter))
    contacts = Contacts([], list(table.warnings), own=reader.own, table=table)
    people = []
    for row, cells in table.rows:
        contact = reader.read(row, cells, contacts.problems)
        if contact.is_empty:
            contacts.skipped += 1
            if may_tell(contacts.problems, row):
                message = _("Row {row}: there is neither a name nor a number in it, so it was left out.")
                message = message.format(row=formats.number(row))
                contacts.problems.append(Problem(row, "", "name_missing", message))
        else:
            people.append(contact)
    contacts.people = people
    return contacts


class _Reader:
    """Reads rows by their columns."""

    def __init__(self, columns: Sequence[Column], kinds: Mapping[str, int], own: bool, is_text: bool) -> None:
        self.own = own
        guards = own + any(column.header == TROUBLE for column in columns)
        self._guards = guards if is_text else 0  # what a workbook has needs none
        self._columns = [
            (place, column.field, column.header, kinds.get(column.header.partition(" - ")[0], -1))
            for place, column in enumerate(columns)
            if column.field != LEFT_OUT
        ]

    def read(self, row: int, cells: Sequence[str], problems: list[Problem]) -> Contact:
        """Return the person of a row."""
        contact = Contact(row, in_table=True)
        parts: dict[str, str] = {}
        where: dict[str, dict[str, str]] = {}
        for place, field, header, kind in self._columns:
            cell = cells[place]
            for _guard in range(self._guards):
                cell = bare(cell)
            if not (cell := cell.strip()):
                continue
            name, _colon, of = field.partition(":")
            if name in NAMES:
                parts[name] = f"{parts[name]} {cell}" if name in parts else cell
            elif name in ADDRESS:
                where.setdefault(_place(header), {})[name] = cell.replace("\n", ", ")
            elif name == "birthday":
                self._birthday(contact, header, cell, problems)
            else:
                self._take(contact, name, header, cell, cells[kind].strip() if kind >= 0 else of)
        contact.name = contact.name or " ".join(" ".join(parts[name].split()) for name in NAMES if name in parts)
        for parted in where.values():
            address = ", ".join(parted[name] for name in ADDRESS if name in parted)
            if address not in contact.fields.get("address", "").replace("\n", ", "):
                self._field(contact, "address", address, "ADR", address)
        contact.instead = _instead(contact)
        return contact

    def _take(self, contact: Contact, name: str, header: str, cell: str, said: str) -> None:
        """Take a cell for what its column is by itself; `said` is of what kind it is."""
        if name in ("phone", "more_phones"):
            contact.phones += [Phone(text, _kind(said)) for text in self._numbers(cell)]
        elif name in ("email", "more_emails"):
            contact.emails += [text for text in re.split(r"\s*(?::::|[;,\s])\s*", cell) if text]
        elif name == "note":
            contact.notes.append(cell)
        elif name == "labels":
            labels = cell.split("\n") if self.own else APART.split(cell)
            contact.labels += [text for each in labels if (text := each.strip()) and not _is_system(text)]
        elif name == "gender":
            self._field(contact, name, GENDERS.get(" ".join(words_of(cell)), ""), header, cell)
        elif name == "name" and not contact.name:
            contact.name = " ".join(cell.split())
        elif name == "extra" and self.own:
            contact.extra.update(extra_of(cell))
        elif name == "stopped":
            contact.keep(header, cell)  # also a no; and the shop may have its own words of how they asked
            if stops(cell, field_of(header) == name):
                contact.fields.setdefault(name, f"{header.strip()}: {cell}")
        elif name and name != "name":
            self._field(contact, name, cell, header, cell)
        else:
            contact.keep(header, f"{said}: {cell}" if said else cell)

    def _numbers(self, cell: str) -> list[str]:
        lines = [re.sub(r"(\d{7})\.0+$", r"\1", line) for line in BETWEEN.split(cell) if line.strip()]  # as of a float
        if self.own:
            return lines
        return [text for line in lines for text in SEVERAL.split(line) if text.strip()]

    def _field(self, contact: Contact, name: str, text: str, header: str, cell: str) -> None:
        """Take the first as the field, and keep what else is said."""
        if not text or (name in contact.fields and contact.fields[name] != text):
            contact.keep(header, cell)
        else:
            contact.fields[name] = text

    def _birthday(self, contact: Contact, header: str, cell: str, problems: list[Problem]) -> None:
        if cell in ("0/0/00", "00/00/0000"):  # Outlook's for none
            return
        birthday = birthday_of(cell)
        self._field(contact, "birthday", birthday, header, cell)
        if not birthday and may_tell(problems, contact.row):
            message = _("Row {row}, {name}: the birthday {day} could not be read. It is kept beside the other fields.")
            named = {"name": person(contact), "day": formats.auto(cell[:40])}
            message = message.format(row=formats.number(contact.row), **named)
            problems.append(Problem(contact.row, header, "birthday_unreadable", message, warning=True))


def _instead(contact: Contact) -> str:
    """Return what to call somebody without a name."""
    company, numbers = contact.fields.get("company", ""), (phone.text for phone in contact.phones)
    texts = (*contact.notes, *contact.extra.values(), contact.fields.get("address", ""))
    found = next(filter(None, (company, *contact.emails, *numbers)), "")
    return found or next(filter(None, texts), "").split("\n")[0]


def _kind(said: str) -> str:
    word = said.strip("* ").casefold()
    return {"mobile": "cell", "جوال": "cell", "work fax": "fax", "home fax": "fax", "منزل": "home"}.get(word, word)


def _is_system(label: str) -> bool:
    return label.startswith("* ") or bool(NO_LABELS.fullmatch(label))


def _place(header: str) -> str:
    """Return which of several addresses a column belongs to: "home" of Home Street, "1" of Address 1 - City."""
    words = re.findall(r"\w+", header.casefold())
    return next((word for word in words if word in PLACES or word.isdigit()), "")
