"""A word at the foot of the window that goes away by itself: "Deleted", with Undo beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, announce
from desktop.ui.widgets.labels import Label

SHOWN_FOR = 6000  # ms
ABOVE_THE_EDGE, FROM_THE_SIDE = 64, 12  # px: over the gap of the sidebar, where it hides no button


class Toast(QFrame):
    """Floats over `parent`, at the bottom of its leading side. It takes no focus; Tab reaches its button.

    While the pointer or the focus is on it, it stays.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.look(self, "toast")
        self._under = parent
        self._act: Callable[[], object] | None = None
        self._timer = QTimer(self, interval=SHOWN_FOR, singleShot=True)
        self.words = Label("")
        self.button = Button("", look="toast-button")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.pixels(16), theme.pixels(6), theme.pixels(16), theme.pixels(6))
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.words)
        row.addWidget(self.button)
        self.button.clicked.connect(self._on_clicked)
        self._timer.timeout.connect(self._on_time)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show `words` for six seconds, and a button named `action` that calls `act`; replaces what was shown."""
        self._act = act
        self.words.setText(words)
        self.button.set_text(action)
        self.button.setVisible(bool(action))
        self._settle()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        parent = self._under
        self.adjustSize()
        size = self.sizeHint().boundedTo(parent.size())
        x = min(theme.pixels(FROM_THE_SIDE), parent.width() - size.width())
        y = max(0, parent.height() - size.height() - theme.pixels(ABOVE_THE_EDGE))
        place = QRect(QPoint(x, y), size)
        self.setGeometry(self.style().visualRect(self.layoutDirection(), parent.rect(), place))

    @Slot()
    def _on_clicked(self) -> None:
        self.hide()
        if self._act:
            self._act()

    @Slot()
    def _on_time(self) -> None:
        if self.underMouse() or self.button.hasFocus():
            self._timer.start()
        else:
            self.hide()
