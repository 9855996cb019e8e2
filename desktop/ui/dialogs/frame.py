"""How dialogs are laid out: a title, what they are about, and at the foot their buttons."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import row_of
from desktop.ui.widgets.labels import Label

AROUND = 24  # points from the edge of a dialog to what is in it


def column_of(dialog: QDialog, title: str = "") -> QVBoxLayout:
    """Return the column that a dialog consists of, in its margins; it begins with the title, if there is any."""
    around = theme.pixels(AROUND)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(around, around, around, theme.pixels(16))
    column.setSpacing(theme.pixels(12))
    if title:
        column.addWidget(Label(title, "title"))
    return column


def foot(*buttons: QWidget, leading: Sequence[QWidget] = ()) -> QHBoxLayout:
    """Return the row that a dialog ends with: `buttons` on the trailing side, the one that goes on last."""
    row = row_of(*leading)
    for button in buttons:
        row.addWidget(button)
    return row
