"""Which follow-ups are looked at: by when they are due, each group with how many there are."""

from desktop.i18n import _, formats, ngettext
from desktop.services.due import GROUPS, OPEN, Group
from desktop.ui.widgets.chips import Chips


class Groups(Chips):
    """All that is to be done, the value "", or one of GROUPS, of which those that are empty are left out."""

    def __init__(self) -> None:
        super().__init__(_("Which of them"))
        self._shown: list[tuple[object, str, str]] = []

    def show_counts(self, found: dict[Group, int]) -> None:
        """Show how many there are in each group."""
        # TRANSLATORS: all follow-ups that are still to be done.
        chips: list[tuple[object, str, str]] = [("", _("To do"), formats.number(sum(found[each] for each in OPEN)))]
        chips += [(group, _(words), formats.number(found[group])) for group, words in GROUPS.items() if found[group]]
        if chips != self._shown:
            self._shown = chips
            self.set_chips(chips)

    def groups(self) -> tuple[Group, ...]:
        """Return which groups are looked at."""
        chosen = self.value()
        return tuple(group for group in GROUPS if group == chosen) or OPEN


def late_words(found: dict[Group, int]) -> str:
    """Say how many are overdue and how many are of today, "" where none are."""
    late, today = found["overdue"], found["today"]
    words = [ngettext("{n} overdue", "{n} overdue", late).format(n=formats.number(late))] if late else []
    words += [ngettext("{n} today", "{n} today", today).format(n=formats.number(today))] if today else []
    return " · ".join(words)
