"""Any file that holds people: contact cards or a table. What it is, its bytes say."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.exchange.contact_tables import chosen_columns, propose_columns, read_people, read_table
from desktop.exchange.contacts import Contact, Contacts
from desktop.exchange.problems import BadTable, Problem
from desktop.exchange.vcard import read_vcards
from desktop.i18n import _, formats

HEAD = 1024  # bytes in which a card begins, whatever stands above it
CARD = b"BEGIN:VCARD"
CARDS = (".vcf", ".vcard")


def has_cards(path: Path) -> bool:
    """Say whether a file holds contact cards. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return CARD in head.replace(b"\0", b"").upper() or (path.suffix.lower() in CARDS and b"," not in head)


def read_contacts(path: Path, language: str = "", columns: Mapping[str, str] | None = None) -> Contacts:
    """Read a file, with the fields that were chosen for its `columns` where it is a table. Raises OSError, BadTable."""
    if has_cards(path):
        return read_cards([path], language)
    table = read_table(path.read_bytes(), language)
    return read_people(table, chosen_columns(propose_columns(table), columns) if columns else None)


def read_cards(paths: Sequence[Path], language: str = "", encoding: str = "") -> Contacts:
    """Read the cards of files as if those were one: phones write a file for each contact that is shared.

    `language` and `encoding` are as for `vcard.read_vcards`. Of several files, what is none with cards is told as a
    problem of row 0. Raises OSError, and BadTable where there is no card at all.
    """
    people: list[Contact] = []
    problems: list[Problem] = []
    last = skipped = 0
    wrong: BadTable | None = None
    for path in paths:
        try:
            with path.open("rb") as file:
                found = read_vcards(file, language, encoding, last)
        except BadTable as error:
            wrong = error
            # TRANSLATORS: {sentence} says what is wrong with the file {name}.
            message = _("{name}: {sentence}").format(name=formats.auto(path.name), sentence=error.message)
            problems.append(Problem(0, "", "file_left_out", message))
            continue
        people += found.people
        problems += found.problems
        skipped += found.skipped
        rows = [contact.row for contact in found.people] + [problem.row for problem in found.problems]
        last = max(rows, default=last)
    if wrong and len(problems) == len(paths) and not people:
        raise wrong
    return Contacts(people, problems, skipped=skipped)
