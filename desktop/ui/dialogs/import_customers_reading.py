"""Files of people on their way in, read and planned; nothing here touches a widget or a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from desktop.data.database import Database
from desktop.exchange.contact_files import has_cards, read_cards
from desktop.exchange.contact_rows import table_to_mend
from desktop.exchange.contact_tables import chosen_columns, is_field, propose_columns, read_people, read_table
from desktop.exchange.contacts import Contact, Contacts
from desktop.exchange.importing_customers import Change, Plan, Rules, plan_import
from desktop.exchange.mapping import Mapping as Chosen
from desktop.exchange.mapping import recall
from desktop.exchange.recognise import Column
from desktop.exchange.tables import BadTable
from desktop.i18n import _, formats
from desktop.ui.dialogs.importing_reading import FIRST, How, Row, readable, teller
from desktop.ui.dialogs.importing_reading import Opened as OpenedFile
from desktop.ui.dialogs.importing_reading import Seen as SeenImport
from desktop.ui.tasks import Token


@dataclass(frozen=True)
class Opened(OpenedFile):
    """Files that were read: a table with its columns, or contact cards, which have none."""

    contacts: Contacts
    columns: Sequence[Column] = ()

    @property
    def is_guessed(self) -> bool:
        """Whether the letters of cards were guessed, or have been said since."""
        guessed = any(problem.code == "encoding_guessed" for problem in self.contacts.problems)
        return self.table is None and (guessed or bool(self.how.encoding))

    @property
    def warnings(self) -> list[str]:
        """What was put right or lost while reading, a sentence each; of cards, the files that are none."""
        left_out = [problem.message for problem in self.contacts.problems if not problem.row]
        return super().warnings if self.table else left_out

    def first_rows(self) -> tuple[list[str], list[Row]]:
        """Return the header and the first rows, as a table of cards has them too."""
        if self.table:
            return super().first_rows()
        rows: list[Row] = []
        for contact in self.contacts.people[:FIRST]:
            numbers = " · ".join(phone.text for phone in contact.phones)
            note = " ".join(" ".join(contact.notes).split())
            rows.append((formats.number(contact.row), [contact.name or contact.instead, numbers, note]))
        return [_("Name"), _("Phone number"), _("Notes")], rows


@dataclass(frozen=True)
class Seen(SeenImport[Change]):
    """What an import would do."""

    plan: Plan


def open_files(paths: tuple[Path, ...], how: How, language: str, folder: Path) -> Opened:
    """Read a table as `how` says, with the columns that were chosen for its headers before, kept in `folder`; or cards.

    Raises BadTable with a sentence for the person who chose them.
    """
    with readable(paths[0]):
        if len(paths) > 1 or has_cards(paths[0]):
            return Opened(paths, how, None, Chosen({}), read_cards(paths, language, how.encoding))
        table = read_table(paths[0].read_bytes(), language, how.encoding, how.delimiter, how.sheet)
    columns = propose_columns(table)
    if kept := recall(folder, table.header, is_field):
        columns = chosen_columns(columns, kept.columns)
    mapping = Chosen({column.header: column.field for column in columns})
    try:
        contacts = read_people(table, columns)
    except BadTable:  # its columns are to be chosen
        contacts = Contacts([Contact(row, in_table=True) for row, _cells in table.rows])
    return Opened(paths, how, table, mapping, contacts, columns)


def look(database: Database, opened: Opened, columns: Mapping[str, str], rules: Rules, token: Token) -> Seen:
    """Return what an import would do. Raises BadTable where no column is known, and Stopped."""
    contacts = opened.contacts
    if opened.table:
        contacts = read_people(opened.table, chosen_columns(opened.columns, columns))
    with database.reader(token.cancelled) as session:
        plan = plan_import(session, contacts, rules, teller(token))
    problems = sorted(plan.report.problems, key=attrgetter("warning"))
    table = table_to_mend(contacts, problems)
    rows = {row for row, _cells in table.rows}
    return Seen(
        plan,
        [(change, name) for change in plan.changes for name in change.fields],
        problems,
        table,
        [problem for problem in problems if problem.row in rows],
    )
