"""A file of people on its way in: read and planned away from the window; and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.data.database import Database
from desktop.exchange.contact_files import has_cards
from desktop.exchange.contact_tables import FIELDS, NAMES, chosen_columns, propose_columns, read_people, read_table
from desktop.exchange.contacts import Contact, Contacts
from desktop.exchange.importing import Report
from desktop.exchange.importing_customers import Change, Plan, Rules, plan_import
from desktop.exchange.mapping import LEFT_OUT
from desktop.exchange.recognise import Column
from desktop.exchange.tables import BadTable, Problem, Table
from desktop.exchange.vcard import read_vcards
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.customers import birthday_text
from desktop.services.extra import extra_of
from desktop.ui.dialogs.import_items_reading import FIRST, Stopped
from desktop.ui.tasks import Token

ENDINGS = (".vcf", ".vcard", ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
LONGEST = 80  # letters of a value
JOINED = (
    *("phone", "phone:cell", "phone:home", "phone:work", "phone:fax", "phone:pager", "phone:car", "more_phones"),
    *("email", "more_emails", "note", "labels", "street", "city", "region", "postcode", "country", *NAMES),
)
FIELD_WORDS = {
    "name": N_("Name"),
    # TRANSLATORS: what stands before a name: Dr., Mrs.
    "prefix": N_("Title before the name"),
    "first_name": N_("First name"),
    "middle_name": N_("Middle name"),
    "last_name": N_("Family name"),
    "suffix": N_("Words after the name"),
    "phone": N_("Phone number"),
    "phone:cell": N_("Phone number, mobile"),
    "phone:home": N_("Phone number, home"),
    "phone:work": N_("Phone number, work"),
    "phone:fax": N_("Phone number, fax"),
    "phone:pager": N_("Phone number, pager"),
    "phone:car": N_("Phone number, car"),
    "more_phones": N_("More phone numbers"),
    "email": N_("Email"),
    "more_emails": N_("More email addresses"),
    "company": N_("Company"),
    "address": N_("Address"),
    "street": N_("Street"),
    "city": N_("City"),
    "region": N_("Region"),
    "postcode": N_("Postal code"),
    "country": N_("Country"),
    "birthday": N_("Birthday"),
    "note": N_("Notes"),
    "labels": N_("Labels"),
    "username": N_("Username"),
    "language": N_("Language"),
    # TRANSLATORS: which words to write to a customer with: f or m.
    "gender": N_("Form of address"),
    "extra": N_("Further fields"),
}
REASONS = {
    "name": N_("Its name means this."),
    "meaning": N_("Its name means this."),
    "content": N_("What is in it looks like this."),
    "kept": N_("Kept aside, under its own name."),
    "chosen": N_("Chosen by you."),
}
CAUSES = {
    "phone_unreadable": N_("Numbers that are kept as they are written"),
    "phone_spoiled": N_("Numbers that a spreadsheet has spoiled"),
    "phone_shared": N_("Customers with the same number"),
    "email_unreadable": N_("Email addresses that are none"),
    "username_unreadable": N_("Usernames that are none"),
    "birthday_unreadable": N_("Birthdays that could not be read"),
    "card_cut": N_("Cards that are cut short"),
    "card_nested": N_("Cards inside other cards"),
    "card_empty": N_("Cards with nothing in them"),
    "encoding_guessed": N_("Letters that were guessed"),
    "name_missing": N_("Rows with nobody in them"),
}


@dataclass(frozen=True)
class Opened:
    """A file that was read: a table with its columns, or contact cards, which have none."""

    path: Path
    contacts: Contacts
    table: Table | None = None
    columns: Sequence[Column] = ()


@dataclass(frozen=True)
class Seen:
    """What an import would do: a line for each field that changes, and what is wrong, the worst first."""

    plan: Plan
    lines: Sequence[tuple[Change, str]]
    problems: Sequence[Problem]

    @property
    def count(self) -> int:
        """The customers that would be written."""
        return self.plan.report.new + self.plan.report.changed


def open_file(path: Path, language: str) -> Opened:
    """Read a file of people. Raises BadTable with a sentence for the person who chose it."""
    try:
        if has_cards(path):
            with path.open("rb") as file:
                return Opened(path, read_vcards(file, language))
        table = read_table(path.read_bytes(), language)
    except OSError as error:
        sentence = _("{name} cannot be read. Check that it is still there, and that you may open it.")
        raise BadTable(sentence.format(name=formats.auto(path.name))) from error
    columns = propose_columns(table)
    try:
        contacts = read_people(table, columns)
    except BadTable:  # its columns are to be chosen
        contacts = Contacts([Contact(row, in_table=True) for row, _cells in table.rows])
    return Opened(path, contacts, table, columns)


def look(database: Database, opened: Opened, columns: Mapping[str, str], rules: Rules, token: Token) -> Seen:
    """Return what an import would do. Raises BadTable where no column is known, and Stopped."""

    def tell(done: int, total: int) -> None:
        if token.cancelled.is_set():
            raise Stopped
        token.report(done, total)

    contacts = opened.contacts
    if opened.table:
        contacts = read_people(opened.table, chosen_columns(opened.columns, columns))
    with database.reader(token.cancelled) as session:
        plan = plan_import(session, contacts, rules, tell)
    lines = [(change, name) for change in plan.changes for name in change.fields]
    return Seen(plan, lines, sorted(plan.report.problems, key=lambda problem: problem.warning))


def said(opened: Opened) -> str:
    """Return what a file is and how much is in it, in one sentence."""
    n = len(opened.contacts.people)
    if opened.table:
        return ngettext("A table with {n} person.", "A table with {n} people.", n).format(n=formats.number(n))
    return ngettext("{n} contact card.", "{n} contact cards.", n).format(n=formats.number(n))


def first_rows(opened: Opened) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the header and the first rows of a file, as a table of cards has them too."""
    if opened.table:
        return opened.table.header, [(formats.number(row), cells) for row, cells in opened.table.rows[:FIRST]]
    rows = []
    for contact in opened.contacts.people[:FIRST]:
        numbers = " · ".join(phone.text for phone in contact.phones)
        note = " ".join(" ".join(contact.notes).split())
        rows.append((formats.number(contact.row), [contact.name or contact.instead, numbers, note]))
    return [_("Name"), _("Phone number"), _("Notes")], rows


def field_words(field: str) -> str:
    """Return what a field of an import is called."""
    if field == "":
        return _("Keep aside, as a further field")
    if field == LEFT_OUT:
        return _("Leave out")
    return _(FIELD_WORDS[field]) if field in FIELD_WORDS else formats.ltr(field)


def fields_offered(chosen: str = "") -> list[tuple[object, str]]:
    """Return the fields that a column can be, those that every owner knows first."""
    known = [field for field in FIELDS if field in FIELD_WORDS and field != "extra"]
    return [(field, field_words(field)) for field in dict.fromkeys(["", LEFT_OUT, *known, chosen])]


def value_words(field: str, value: object) -> str:
    """Return a value of a customer as one reads it, "–" for none."""
    if value is None or value == "":
        return "–"
    if field == "phone":
        return formats.phone(str(value))
    if field == "birthday":
        return formats.ltr(birthday_text(str(value)))
    if field in ("consent_at", "stopped_at", "last_contact_at") and isinstance(value, int):
        return formats.datetime(value)
    text = str(value)
    if field == "extra":
        text = " · ".join(f"{name}: {' '.join(line.split())}" for name, line in extra_of(text).items())
    text = " ".join(text.split())
    return formats.auto(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def cause_words(code: str) -> str:
    """Return what problems of one cause are called."""
    return _(CAUSES[code]) if code in CAUSES else _("Other things to look at")


def outcome(report: Report) -> str:
    """Return what to say once customers are imported."""
    n = report.new + report.changed
    return ngettext("{n} customer imported", "{n} customers imported", n).format(n=formats.number(n))


def import_words(seen: Seen | None) -> str:
    """Return what the last button does."""
    if not seen or not seen.count:
        return _("Import")
    words = ngettext("Import {n} customer", "Import {n} customers", seen.count)
    return words.format(n=formats.number(seen.count))
