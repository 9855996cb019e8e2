"""Choosing one of the pictures of its items as the cover of a collection."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_model import Face
from desktop.ui.widgets.labels import Label


class CoverDialog(QDialog):
    """Shows (digest, name of the item) pairs as cards, and sends the digest that is taken. Show it with `open()`."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, pictures: Sequence[tuple[str, str]], thumbnails: Thumbnails) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Cover of the collection"))
        self._pictures = pictures
        self.grid = CardGrid(_("Pictures of its items"), self._load, thumbnails.get)
        self.use = primary(_("Use this picture"))
        self.cancel = quiet(_("Cancel"))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.use)
        around = theme.pixels(16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addWidget(Label(_("Choose the picture that stands for the collection."), "muted", wrap=True))
        layout.addWidget(self.grid, 1)
        layout.addLayout(buttons)
        thumbnails.ready.connect(self.grid.viewport().update)
        self.grid.opened.connect(self.accept)
        self.use.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.resize(theme.pixels(640), theme.pixels(520))
        self.grid.set_ids(range(len(pictures)))
        self.grid.set_current(0)

    @Slot()
    def accept(self) -> None:
        """Send the picture that is current, and close."""
        place = self.grid.current()
        super().accept()
        if place is not None:
            self.taken.emit(self._pictures[place][0])

    def _load(self, places: Sequence[int]) -> Mapping[int, Face]:
        return {place: Face(self._pictures[place][1], picture=self._pictures[place][0]) for place in places}
