"""Any file that holds people: contact cards or a table. What it is, its bytes say."""

from collections.abc import Mapping
from pathlib import Path

from desktop.exchange.contact_tables import chosen_columns, propose_columns, read_people, read_table
from desktop.exchange.contacts import Contacts
from desktop.exchange.vcard import read_vcards

HEAD = 1024  # bytes in which a card begins, whatever stands above it
CARD = b"BEGIN:VCARD"


def has_cards(path: Path) -> bool:
    """Say whether a file holds contact cards. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return CARD in head.replace(b"\0", b"").upper() or (path.suffix.lower() in (".vcf", ".vcard") and b"," not in head)


def read_contacts(path: Path, language: str = "", columns: Mapping[str, str] | None = None) -> Contacts:
    """Read a file, with the fields that were chosen for its `columns` where it is a table. Raises OSError, BadTable."""
    if has_cards(path):
        with path.open("rb") as file:
            return read_vcards(file, language)
    table = read_table(path.read_bytes(), language)
    return read_people(table, chosen_columns(propose_columns(table), columns) if columns else None)
