"""A small chart of bars, such as how much came in each month: the first at the side where reading begins."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from desktop.ui import theme

GAP = 6  # points between two bars
HEIGHT = 130


class Bar(NamedTuple):
    """A bar: how long it is, what stands above and below it, and what it says in words."""

    amount: int
    figure: str
    label: str
    words: str


class BarChart(QWidget):
    """Bars side by side. A click, or Enter on the one that the arrow keys went to, wants what a bar stands for."""

    chosen = Signal(int)  # which bar, from 0

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: Sequence[Bar] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these; the keyboard is on the last one."""
        self._bars = bars
        self._at = max(0, len(bars) - 1)
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(420), theme.pixels(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(240), theme.pixels(HEIGHT))

    def place(self, at: int) -> QRect:
        """Return where a bar and its words are."""
        count = max(1, len(self._bars))
        begin, end = self.width() * at // count, self.width() * (at + 1) // count
        direction = self.layoutDirection()
        return QStyle.visualRect(direction, self.rect(), QRect(begin, 0, end - begin, self.height()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._under(event.pos())
            QToolTip.showText(event.globalPos(), self._bars[at].words if at is not None else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        leads = self._leads(self._under(event.position().toPoint()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position().toPoint())
        if at is not None and self._leads(at) and event.button() == Qt.MouseButton.LeftButton:
            self._go(at)
            self.chosen.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        onwards, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        if event.key() in (onwards, back) and self._bars:
            self._go(max(0, min(self._at + (1 if event.key() == onwards else -1), len(self._bars) - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._leads(self._at):
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go(self, at: int) -> None:
        self._at = at
        self._tell()
        self.update()

    def _tell(self) -> None:
        words = self._bars[self._at].words if self._bars else ""
        self.setAccessibleDescription(words)

    def _under(self, point: QPoint) -> int | None:
        return next((at for at in range(len(self._bars)) if self.place(at).contains(point)), None)

    def _leads(self, at: int | None) -> bool:
        return at is not None and at < len(self._bars) and self._bars[at].amount > 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        line = QFontMetrics(painter.font()).height()
        most = max((bar.amount for bar in self._bars), default=0) or 1
        room = self.height() - 2 * line - theme.pixels(8)
        gap = theme.pixels(GAP) // 2
        for at, bar in enumerate(self._bars):
            place = self.place(at)
            high = max(theme.pixels(2), round(room * bar.amount / most))
            box = QRect(place.x() + gap, line + room - high + theme.pixels(4), place.width() - 2 * gap, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if bar.amount else "line"))
            painter.drawRoundedRect(QRectF(box), theme.pixels(3), theme.pixels(3))
            middle = int(Qt.AlignmentFlag.AlignCenter.value)
            painter.setPen(theme.colour("text"))
            if bar.amount:
                painter.drawText(QRect(place.x(), box.y() - line - 2, place.width(), line), middle, bar.figure)
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(place.x(), self.height() - line, place.width(), line), middle, bar.label)
        if self.hasFocus() and self._bars:
            theme.ring(painter, QRectF(self.place(self._at)))
