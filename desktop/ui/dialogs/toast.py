"""What is said in a dialog that changes the shop while it is open, and Ctrl+Z in it."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from desktop.i18n import _
from desktop.ui.context import Context, Saying
from desktop.ui.widgets.toast import Toast


class DialogToast(Toast):
    """Says over a dialog what the context says: the window's own foot is out of reach as long as that is open.

    Undo is as near as there, by the button and by its key.
    """

    def __init__(self, context: Context, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._context = context
        context.said.connect(self._on_said)
        QShortcut(QKeySequence.StandardKey.Undo, dialog).activated.connect(context.reverse)

    @Slot(object)
    def _on_said(self, saying: Saying) -> None:
        if saying.undo:
            self.say(saying.sentence, _("Undo"), self._context.reverse)
        else:
            self.say(saying.sentence)
