"""The button that makes a card of the shop to print, of a size that its menu asks for."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu
from sqlalchemy.orm import Session

from desktop.exchange.profile_card import SIZES, pdf, read_card
from desktop.i18n import _
from desktop.ui.context import Context, complaint
from desktop.ui.exports import note
from desktop.ui.saving import Kind, Opener, SaveLine
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button


class PrintButton(Button):
    """Makes the card away from the window and asks where to save it; `saved`, for the page to place, says where it is.

    What is wrong, such as a shop without a number, is said at the foot of the window.
    """

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__(_("Print card…"), "printer")
        self.set_hint(_("A card with your details and a code that opens a chat"))
        self.context = context
        self.saved = SaveLine(opener)
        self.sizes = QMenu(self)
        self._job: Job | None = None
        self._size = ""
        for name, size in SIZES.items():
            self.sizes.addAction(_(size.title)).triggered.connect(partial(self.make, name))
        self.clicked.connect(self._on_clicked)

    def make(self, size: str, _checked: bool = False) -> None:
        """Make a card of one of the sizes of `profile_card`; the last one asked for counts."""
        self._size = size
        self._job = self.context.read(_made, size).begin(self._on_made, self._on_failed, instead_of=self._job)

    @Slot()
    def _on_clicked(self) -> None:
        room = self.width() - self.sizes.sizeHint().width()  # it stands at the trailing end of the page
        start = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else room
        self.sizes.popup(self.mapToGlobal(QPoint(start, self.height())))
        self.sizes.setActiveAction(self.sizes.actions()[0])

    @Slot(object)
    def _on_made(self, made: tuple[str, bytes]) -> None:
        self._job = None
        name, data = made
        # TRANSLATORS: the name of a file.
        title, kinds = _("Card of {name}").format(name=name), (Kind(".pdf", _("PDF"), lambda: data),)
        self.saved.ask(_("Save the card"), title, kinds, partial(note, self.context, "card", {"size": self._size}))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.context.say(complaint(error))


def _made(session: Session, size: str) -> tuple[str, bytes]:
    """Return the shop's name and its card. Raises Invalid. Called in a thread."""
    card = read_card(session)
    return card.name, pdf(card, size)
