"""Two people in one field: what is said of it, and the two ways out."""

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.i18n.formats import auto, sentences, short
from desktop.ui.widgets.buttons import flat, row_of

SHOWN = 200  # letters of what somebody else stored


class Clash(str):
    """A complaint that somebody else has stored another value meanwhile: the field offers mine or theirs."""

    __slots__ = ()


class Ways(QWidget):
    """The two ways out of a clash, as buttons: `mine` and `theirs`."""

    def __init__(self) -> None:
        super().__init__()
        # TRANSLATORS: two people have written into the same field.
        self.mine, self.theirs = flat(_("Keep mine")), flat(_("Take theirs"))
        row = row_of(self.mine, self.theirs)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)


def told_theirs(words: str, theirs: str) -> str:
    """Return the sentence of a clash, with what somebody else has stored."""
    # TRANSLATORS: {text} is what somebody else has written into the same field.
    told = _("Theirs: “{text}”").format(text=auto(short(theirs, SHOWN)))
    return sentences([words, told])
