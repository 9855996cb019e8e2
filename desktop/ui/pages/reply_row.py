"""What a row of the list of quick replies says of one."""

from desktop.i18n import _, formats, ngettext
from desktop.services.replies import LAST, Line, Order, standing
from desktop.ui.placeholder_marks import isolated
from desktop.ui.widgets.copy_list import CopyRow


def row_of(line: Line, is_open: bool | None, order: Order) -> CopyRow:
    """Return the row of a reply, whose note tells what counts in `order`, and when it is offered."""
    notes = []
    if standing(line.condition, is_open) == LAST:
        notes.append(_("Only while closed") if line.condition == "closed" else _("Only while open"))
    if line.parts:
        notes.append(ngettext("{n} more part", "{n} more parts", line.parts).format(n=formats.number(line.parts)))
    if order == "used" and line.used_at:
        # TRANSLATORS: {when} is as in "today 9:40 am".
        notes.append(_("used {when}").format(when=formats.datetime(line.used_at)))
    elif line.uses:
        notes.append(ngettext("used {n} time", "used {n} times", line.uses).format(n=formats.number(line.uses)))
    return CopyRow(line.id, formats.auto(f"/{line.shortcut}"), isolated(line.text), " · ".join(notes))
