"""What drawn charts and strips have in common: marks from one side to the other, of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Marks(QWidget):
    """A click, or Enter on the one that the arrow keys went to, chooses a mark; a widget of this kind draws them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0  # the one that the keyboard is on
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self) -> Sequence[str]:
        """Return what each mark says in words."""
        raise NotImplementedError

    def under(self, point: QPoint) -> int | None:
        """Return which mark is at a point, None for none."""
        raise NotImplementedError

    def choose(self, at: int) -> None:
        """Tell that a mark was chosen."""
        raise NotImplementedError

    def leads(self, at: int) -> bool:
        """Say whether a mark can be chosen."""
        return True

    def go(self, at: int) -> None:
        """Bring the keyboard to a mark, or as near as there is one."""
        said = self.spoken()
        self._at = max(0, min(at, len(said) - 1))
        self.setAccessibleDescription(said[self._at] if said else "")
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.under(event.pos())
            QToolTip.showText(event.globalPos(), self.spoken()[at] if at is not None else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.under(event.position().toPoint())
        over = at is not None and self.leads(at)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.under(event.position().toPoint())
        if at is not None and self.leads(at) and event.button() == Qt.MouseButton.LeftButton:
            self.go(at)
            self.choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onwards, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.isRightToLeft():
            onwards, back = back, onwards
        if event.key() in (onwards, back):
            self.go(self._at + (1 if event.key() == onwards else -1))
        elif event.key() in CHOOSE and self.spoken() and self.leads(self._at):
            self.choose(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
