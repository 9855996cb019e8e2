"""A quiet word beside an item or a reply: whether it is on the phone. Pressed, it leads to where it is put there."""

from typing import Literal

from PySide6.QtCore import Slot

from desktop.data.models import PhoneCopy, Product, Profile, Reply, ReplyPart
from desktop.data.notice import Notice
from desktop.i18n import _
from desktop.services.phone_copy import STATES, State, phone_state
from desktop.ui.context import Context
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import Button

FIRST = {"product": "name", "reply": "text"}  # the field of each that the page To the phone shows first


class PhoneWord(Button):
    """Says where the row of `show_row` stands, as soon as it is read; nothing until anything was ever copied."""

    def __init__(self, context: Context, model: Literal["product", "reply"]) -> None:
        super().__init__("", "smartphone", look="flat")
        self._context = context
        self._model = model
        self._row: int | None = None
        self._job: Job | None = None
        self.set_hint(_("To the phone"))
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_row(self, row_id: int | None) -> None:
        """Show the word of another row, None for no word."""
        self._row = row_id
        self.hide()
        self._read()

    def refresh(self, notice: Notice) -> None:
        """Read it again where it may be another one by now."""
        if any(map(notice.of, (PhoneCopy, Product, Profile, Reply, ReplyPart))):
            self._read()

    def is_settled(self) -> bool:
        """Say whether the word is of now."""
        return self._job is None

    def _read(self) -> None:
        if self._job:
            self._job.cancel()
            self._job = None
        if self._row is not None:
            self._job = self._context.read(phone_state, [self._row], self._model).begin(self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, states: dict[int, State]) -> None:
        self._job = None
        state = states.get(self._row or 0)
        self.setVisible(state is not None)
        if state:
            self.set_text(_(STATES[state]))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    @Slot()
    def _on_clicked(self) -> None:
        self._context.go("phone", (self._model, self._row, FIRST[self._model]))
