"""A word at the foot of the window that goes away by itself: "Deleted", with Undo beside it.

It gives way to where the keyboard is: a row at the foot that one works on is seen all the time.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.buttons import Button, announce
from desktop.ui.widgets.labels import Label

SHOWN_FOR = 6000  # ms
LOOKED = 100  # ms from one look at where the keyboard is to the next: rows scroll, and are gone to by keys
ABOVE_THE_EDGE, FROM_THE_SIDE = 64, 12  # px: over the gap of the sidebar, where it hides no button
TALL = 200  # px: of a field that is taller, the line with the cursor is what one works on


class Toast(QFrame):
    """Floats over `parent`, at the bottom of its leading side, or at the top where it would cover what has the focus.

    It takes no focus; Tab reaches its button. While the pointer or the focus is on it, it stays.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.look(self, "toast")
        self._under = parent
        self._act: Callable[[], object] | None = None
        self._timer = QTimer(self, interval=SHOWN_FOR, singleShot=True)
        self._looking = QTimer(self, interval=LOOKED)
        self._above = False  # at the top
        self.words = Label("")
        self.button = Button("", look="toast-button")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.pixels(16), theme.pixels(6), theme.pixels(16), theme.pixels(6))
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.words)
        row.addWidget(self.button)
        self.button.clicked.connect(self._on_clicked)
        self._timer.timeout.connect(self._on_time)
        self._looking.timeout.connect(self._give_way)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show `words` for six seconds, and a button named `action` that calls `act`; replaces what was shown."""
        self._act = act
        self.words.setText(words)
        self.button.set_text(action)
        self.button.setVisible(bool(action))
        self._above = False
        self._settle()
        self._give_way()
        self.show()
        self.raise_()
        self._timer.start()
        self._looking.start()
        announce(self, words)

    def hideEvent(self, event: QHideEvent) -> None:
        self._looking.stop()
        super().hideEvent(event)

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
        foot = max(0, parent.height() - size.height() - theme.pixels(ABOVE_THE_EDGE))
        place = QRect(QPoint(x, theme.pixels(FROM_THE_SIDE) if self._above else foot), size)
        self.setGeometry(mirrored(place, parent.rect(), self.layoutDirection()))

    @Slot()
    def _give_way(self) -> None:
        """Go to the other edge where what one works on would be covered here and is not there."""
        work = self._worked_on()
        if self.underMouse() or not work.intersects(self.geometry()):
            return
        self._above = not self._above
        self._settle()
        if work.intersects(self.geometry()):
            self._above = not self._above
            self._settle()

    def _worked_on(self) -> QRect:
        """Return where the keyboard is, of a list the row: nowhere, if it is on this or in another window."""
        focus = QApplication.focusWidget()
        if focus is None or self.isAncestorOf(focus) or not self._under.isAncestorOf(focus):
            return QRect()
        part = focus.rect()
        if isinstance(focus, QAbstractItemView):
            part = focus.visualRect(focus.currentIndex()).translated(focus.viewport().pos())
        elif part.height() > theme.pixels(TALL):
            cursor = QRectF(focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle) or QRect()).toRect()
            part = QRect(0, cursor.y(), focus.width(), cursor.height())
        return QRect(focus.mapTo(self._under, part.topLeft()), part.size())

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
