"""A line for phone numbers: their groups stand in one order, whatever keyboard they are typed with."""

import unicodedata

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent

from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.field import LineField


class PhoneLine(Line):
    """Takes digits of any script as 0–9, as numbers are shown: of ٠٥٠ ١٢٣ the groups would be in reverse order."""

    def __init__(self) -> None:
        super().__init__(ltr=True)
        self.textEdited.connect(self._on_edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = _western(event.text())
        if typed != event.text():  # else Qt has the event as it came: what it means may not be in its text
            event = QKeyEvent(event.type(), event.key(), event.modifiers(), typed)
        super().keyPressEvent(event)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        """Do the same for what was pasted."""
        if (shown := _western(text)) != text:
            at = self.cursorPosition()
            self.setText(shown)
            self.setCursorPosition(at)


class PhoneField(LineField):
    """A phone number that is kept."""

    def _make_line(self, ltr: bool, prefix: str, suffix: str) -> Line:
        return PhoneLine()


def _western(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char for char in text)
