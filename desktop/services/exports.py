"""What was made of the shop and lies somewhere else: files, folders, a button on a website; and what is out of date.

Nothing here is history: what is on a disk cannot be taken back, so call it with `Database.run_unrecorded`.
"""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.history import journal
from desktop.data.models import Export, now
from desktop.i18n import N_, _
from desktop.i18n.folding import clean
from desktop.services.profile import read_profile

CATALOG = frozenset({"profile", "product", "product_text", "variant", "picture", "collection", "collection_item"})
CODES = frozenset({"profile", "product", "collection", "collection_item"})
LINK = CODES | {"reply", "campaign"}
TITLES = {
    # TRANSLATORS: kinds of files that were made of the shop, in a list of them.
    "feed": N_("Items for Meta's Commerce Manager"),
    "upload": N_("Folder to upload for Meta"),
    "json": N_("The whole shop as JSON"),
    "shop": N_("The whole shop in a folder"),
    "site": N_("Web page"),
    "pdf": N_("PDF catalog"),
    "xlsx": N_("Spreadsheet"),
    "text": N_("Chat message"),
    "pictures": N_("Pictures for a chat"),
    "replies": N_("Table of the quick replies"),
    "qr_sheet": N_("Print sheet of QR codes"),
    "qr_pages": N_("QR codes as pictures of pages"),
    "qr_drawings": N_("QR codes as drawings"),
    "qr": N_("QR code"),
    "story": N_("Story picture"),
    "card": N_("Printed card"),
    # TRANSLATORS: a button that was copied as HTML, to be pasted into a website.
    "website_button": N_("Website button"),
}
MADE_OF: Mapping[str, frozenset[str]] = {  # the tables whose changes each kind is made anew for; any for the others
    "feed": CATALOG,
    "upload": CATALOG,
    "site": CATALOG | {"hours", "overlay", "overlay_hours"},
    "pdf": CATALOG | {"hours"},
    "xlsx": CATALOG,
    "text": CATALOG,
    "pictures": CATALOG,
    "replies": frozenset({"reply", "reply_part"}),
    "qr_sheet": CODES,
    "qr_pages": CODES,
    "qr_drawings": CODES,
    "qr": LINK,
    "website_button": LINK,
    "story": CATALOG,
    "card": frozenset({"profile", "hours"}),
}
ASIDE = frozenset({"phone_copy", "saved_search", "synonym"})  # changes of these are in no export at all


@dataclass(frozen=True)
class Outdated:
    """An export that is not as it would be made now: it carries an `other_number` than the shop's, or has `changed`."""

    export: Export
    other_number: bool
    changed: bool


def record(
    session: Session, kind: str, path: Path | None, options: Mapping[str, Any], phone: str = "", items: int = 0
) -> None:
    """Note that something was made: a file or folder at `path`, or, where that is None, something that was copied.

    `options` say how to make the same again (see `exchange.remake`), `phone` is the shop's number that is written in
    it, "" for none, and `items` how many items, replies or codes it holds. What is made anew at the same place, or
    copied with the same options, takes the place of what was noted of it before. A path that is no text, as only
    Linux has them, cannot be noted.
    """
    if path and clean(str(path)) != str(path):
        return
    where, how = str(path.absolute()) if path else "", json.dumps(dict(options), sort_keys=True)
    computer = platform.node()
    same = select(Export).where(Export.kind == kind, Export.path == where, Export.computer == computer)
    row = session.scalars(same if path else same.where(Export.options == how)).first()
    if row is None:
        row = Export(kind=kind, path=where, computer=computer)
        session.add(row)
    row.options, row.phone, row.items = how, phone, items
    row.seq = session.scalar(select(func.max(journal.c.seq))) or 0
    row.made_at = now()
    session.flush()


def list_exports(session: Session) -> list[Export]:
    """Return all that was made, the last first."""
    return list(session.scalars(select(Export).order_by(Export.made_at.desc(), Export.id.desc())))


def outdated(session: Session) -> list[Outdated]:
    """Return what would be made otherwise now, the last made first: by the number in it, or by what changed since.

    A change that the history has forgotten counts as one.
    """
    exports = list_exports(session)
    if not exports:
        return []
    phone = read_profile(session).phone
    since = journal.c.seq > min(export.seq for export in exports)
    latest = select(journal.c.table_name, func.max(journal.c.seq)).where(since).group_by(journal.c.table_name)
    newest = dict(session.execute(latest).all())
    oldest = session.scalar(select(func.min(journal.c.seq)))
    found = []
    for export in exports:
        tables = MADE_OF.get(export.kind, newest.keys() - ASIDE)
        forgotten = bool(export.seq) and (oldest is None or oldest > export.seq + 1)
        changed = forgotten or any(newest.get(table, 0) > export.seq for table in tables)
        other = bool(export.phone) and export.phone != phone
        if other or changed:
            found.append(Outdated(export, other, changed))
    return found


def carrying(session: Session, phone: str) -> list[Export]:
    """Return what carries a number (digits, country code first), the last made first."""
    return [export for export in list_exports(session) if export.phone == phone]


def forget(session: Session, ids: Sequence[int]) -> None:
    """Note no longer that these were made; what was made stays where it is."""
    session.execute(delete(Export).where(Export.id.in_(ids)))


def options_of(export: Export) -> dict[str, Any]:
    """Return how to make the same again; {} where what was noted cannot be read."""
    try:
        found = json.loads(export.options)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def title(export: Export) -> str:
    """Return what it is, in the language in use."""
    return _(TITLES.get(export.kind, export.kind))


def is_here(export: Export) -> bool:
    """Say whether it was made on this computer, where its path means something."""
    return export.computer == platform.node()
