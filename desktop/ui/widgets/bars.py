"""A small chart of bars, such as how much came in each month: the first at the side where reading begins."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.marks import Marks

GAP = 6  # points between two bars
HEIGHT = 130


class Bar(NamedTuple):
    """A bar: how long it is, what stands above and below it, and what it says in words."""

    amount: int
    figure: str
    label: str
    words: str


class BarChart(Marks):
    """Bars side by side. A click, or Enter on the one that the arrow keys went to, wants what a bar stands for."""

    chosen = Signal(int)  # which bar, from 0

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._bars: Sequence[Bar] = ()

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these; the keyboard is on the last one."""
        self._bars = bars
        self.go(len(bars) - 1)

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(420), theme.pixels(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(240), theme.pixels(HEIGHT))

    def place(self, at: int) -> QRect:
        """Return where a bar and its words are."""
        count = max(1, len(self._bars))
        begin, end = self.width() * at // count, self.width() * (at + 1) // count
        direction = self.layoutDirection()
        return mirrored(QRect(begin, 0, end - begin, self.height()), self.rect(), direction)

    def spoken(self) -> Sequence[str]:
        return [bar.words for bar in self._bars]

    def under(self, point: QPoint) -> int | None:
        return next((at for at in range(len(self._bars)) if self.place(at).contains(point)), None)

    def choose(self, at: int) -> None:
        self.chosen.emit(at)

    def leads(self, at: int) -> bool:
        return self._bars[at].amount > 0

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
