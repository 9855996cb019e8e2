"""A day as a strip: the hours it is open, and what is taken of them; the morning at the side where reading begins."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.mirror import edge, mirrored
from desktop.ui.widgets.marks import Marks

TRACK = 34  # points high
LEAST = 44  # points from one hour that is written to the next


class Block(NamedTuple):
    """Something that takes time: what it stands for, when in minutes after midnight, and what it says."""

    key: int
    begins: int
    ends: int
    words: str
    spoken: str


class DayStrip(Marks):
    """Blocks on a track of hours. A click, or Enter on the one that the arrow keys went to, chooses it."""

    chosen = Signal(object)  # the key of a block

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._open: Sequence[tuple[int, int]] = ()
        self._blocks: Sequence[Block] = ()
        self._hours: Sequence[tuple[int, str]] = ()
        self._first, self._last = 0, 1440
        self._current: int | None = None

    def set_day(
        self,
        opens: Sequence[tuple[int, int]],
        blocks: Sequence[Block],
        hours: Sequence[tuple[int, str]],
        current: int | None = None,
    ) -> None:
        """Show when it is open (minutes after midnight), what is taken, and the hours to write below; from first on.

        `current` is the key of the block that is looked at.
        """
        self._open, self._blocks, self._hours, self._current = opens, blocks, hours, current
        ends = [*(end for span in opens for end in span), *(end for one in blocks for end in (one.begins, one.ends))]
        self._first = min(ends, default=0) // 60 * 60
        self._last = max(-(-max(ends, default=1440) // 60) * 60, self._first + 60)
        self.go(self._at)

    def blocks(self) -> Sequence[Block]:
        """Return what is taken."""
        return self._blocks

    def sizeHint(self) -> QSize:
        return QSize(
            theme.pixels(420), theme.pixels(TRACK) + theme.pixels(4) + QFontMetrics(theme.font("small")).height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(200), self.sizeHint().height())

    def place(self, begins: int, ends: int) -> QRect:
        """Return where a stretch of time is drawn."""
        width, whole = self.width() - 2, self._last - self._first
        left, right = (1 + (at - self._first) * width // whole for at in (begins, ends))
        rect = QRect(left, 1, max(right - left, theme.pixels(4)), theme.pixels(TRACK) - 2)
        return mirrored(rect, self.rect(), self.layoutDirection())

    def spoken(self) -> Sequence[str]:
        return [one.spoken for one in self._blocks]

    def under(self, point: QPoint) -> int | None:
        places = [self.place(one.begins, one.ends) for one in self._blocks]
        return next((at for at, place in reversed(list(enumerate(places))) if place.contains(point)), None)

    def choose(self, at: int) -> None:
        self.chosen.emit(self._blocks[at].key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.place(self._first, self._last)), theme.RADIUS, theme.RADIUS)
        for begins, ends in self._open:
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(QRectF(self.place(begins, ends)), theme.RADIUS / 2, theme.RADIUS / 2)
        for at, block in enumerate(self._blocks):
            self._draw_block(painter, block, at == self._at and self.hasFocus())
        self._write_hours(painter)

    def _draw_block(self, painter: QPainter, block: Block, ringed: bool) -> None:
        place = self.place(block.begins, block.ends).adjusted(1, 2, -1, -2)
        chosen = block.key == self._current
        painter.setPen(theme.colour("accent"))
        painter.setBrush(theme.colour("accent" if chosen else "accent-soft"))
        painter.drawRoundedRect(QRectF(place), theme.RADIUS / 2, theme.RADIUS / 2)
        painter.setPen(theme.colour("on-accent" if chosen else "text"))
        inside = place.adjusted(theme.pixels(6), 0, -theme.pixels(4), 0)
        words = painter.fontMetrics().elidedText(block.words, Qt.TextElideMode.ElideRight, inside.width())
        flags = edge(self.layoutDirection()) | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(inside, flags | Qt.TextFlag.TextSingleLine, words)
        if ringed:
            theme.ring(painter, QRectF(place), theme.RADIUS / 2)

    def _write_hours(self, painter: QPainter) -> None:
        """Write as many of the hours as there is room for, each below its place."""
        shown = [(at, words) for at, words in self._hours if self._first <= at <= self._last]
        widest = max((painter.fontMetrics().horizontalAdvance(words) for _at, words in shown), default=0)
        each = max(1, self.width() * 60 // (self._last - self._first))
        least = max(widest * 3 // 2 + theme.pixels(8), theme.pixels(LEAST))  # the first is pushed inwards by its half
        every = next((n for n in (1, 2, 3, 4, 6, 12) if n * each >= least), 24)
        painter.setPen(theme.colour("muted"))
        top = theme.pixels(TRACK) + theme.pixels(2)
        for at, words in shown[::every]:
            width = painter.fontMetrics().horizontalAdvance(words) + 2
            middle = (
                self.place(at, at).x()
                if self.layoutDirection() == Qt.LayoutDirection.LeftToRight
                else (self.place(at, at).right())
            )
            left = min(max(0, middle - width // 2), self.width() - width)
            painter.drawText(
                QRect(left, top, width, self.height() - top), int(Qt.AlignmentFlag.AlignCenter.value), words
            )
