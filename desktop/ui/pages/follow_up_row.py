"""What a row of the list of follow-ups says of one."""

from desktop.i18n import _, formats
from desktop.services import follow_ups
from desktop.services.due import GROUPS, Due
from desktop.services.repeating import parse
from desktop.ui.placeholder_marks import isolated
from desktop.ui.widgets.copy_list import CopyRow


def row_of(row: Due, when: str, first: bool) -> CopyRow:
    """Return the row of a follow-up, with its group above it where it is the first of it."""
    notes = [when]
    if repeat := parse(row.repeat):
        notes.append(repeat.words)
    if row.opened_at is not None and row.done_at is None:
        # TRANSLATORS: of a follow-up: its chat was opened. Whether the text was sent is not known.
        notes.append(_("opened"))
    heading = _(GROUPS[row.group]) if first else ""
    named = bool(row.title or row.name)  # else its kind stands in the place of a name
    text = isolated(row.text) or (_(follow_ups.KINDS[row.kind]) if named else "")  # type: ignore[index]
    return CopyRow(row.id, name_of(row), text, " · ".join(notes), heading, row.group == "overdue")


def name_of(row: Due) -> str:
    """Return what a follow-up is called, with its customer."""
    if not (row.title and row.name):
        return formats.auto(row.words)
    # TRANSLATORS: what is to be done, and for whom.
    return _("{title} · {name}").format(title=formats.auto(row.title), name=formats.auto(row.name))
