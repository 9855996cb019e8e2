"""What is higher than its place: scrolled up and down, never sideways."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.focus import reveal


class Scroll(QScrollArea):
    """Shows `inside` as wide as there is room; without a frame.

    What the keyboard comes to in it is never out of sight: Qt sees to that only where it comes from inside, too.
    With `focus` Tab reaches it, to scroll it by keys: for what holds too little that Tab reaches of itself.
    """

    def __init__(self, inside: QWidget | None = None, parent: QWidget | None = None, *, focus: bool = False) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not focus:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            self.setWidget(inside)
        application = QApplication.instance()
        assert isinstance(application, QApplication), "widgets come after it"
        application.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now and self.isAncestorOf(now):
            QTimer.singleShot(0, now, partial(_show, now))  # once it has found its place


def _show(widget: QWidget) -> None:
    if widget.hasFocus() and widget.visibleRegion().isEmpty():  # else it is where it was clicked
        reveal(widget)


def in_the_middle(column: QVBoxLayout, widest: int) -> Scroll:
    """Return a column in the middle of its room, `widest` points wide where there are so many."""
    body, middle = QWidget(), QWidget()
    body.setMaximumWidth(theme.pixels(widest))
    body.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    across = QHBoxLayout(middle)
    across.setContentsMargins(*[theme.pixels(24)] * 4)
    across.addStretch(1)
    across.addWidget(body, 100, Qt.AlignmentFlag.AlignVCenter)
    across.addStretch(1)
    return Scroll(middle)
