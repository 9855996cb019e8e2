"""The box that is typed in to find something."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import _
from desktop.ui.icons import icon
from desktop.ui.widgets.labels import leading

PAUSE = 120  # ms without a key before `searched`
LONGEST = 200  # characters: whoever pastes a whole text would wait for what no list can have


class SearchField(QLineEdit):
    """A magnifier, what is looked for, and a button that clears it, as Escape does.

    `searched(text)` comes a moment after the last key, and at once when cleared or on Enter.
    """

    searched = Signal(str)
    moved_down = Signal()  # the Down key: on to what was found

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setAlignment(leading())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._told = ""
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(_("Clear the search"))
        self._clear.setToolTip(_("Clear the search"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._on_text_changed)
        self._pause.timeout.connect(self._on_pause)

    def show_text(self, text: str) -> None:
        """Show what is searched for already, without telling."""
        self._told = text
        self.setText(text)
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_pause()
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down:
            self._on_pause()
            self.moved_down.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if text:
            self._pause.start()
        else:
            self._on_pause()

    @Slot()
    def _on_pause(self) -> None:
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)
