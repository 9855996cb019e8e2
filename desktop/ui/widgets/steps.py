"""Where one is in a row of steps: what is behind, what is now, what comes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.widgets.labels import Label


class Steps(QWidget):
    """The names of the steps in a row, the present one in the accent. It takes no focus: Back and Next are buttons."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._labels = [Label(f"{formats.number(n)}  {name}", "small") for n, name in enumerate(names, 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(16))
        for label in self._labels:
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.set_current(0)

    def set_current(self, place: int) -> None:
        """Show which step it is; past the last one all are done."""
        for n, label in enumerate(self._labels):
            theme.look(label, "accent" if n == place else "small")
        if place < len(self._names):
            # TRANSLATORS: for those who hear the screen: "Step 2 of 4: Columns".
            words = _("Step {of}: {name}")
            words = words.format(of=formats.of(place + 1, len(self._names)), name=self._names[place])
            self.setAccessibleName(words)
