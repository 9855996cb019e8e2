"""Days below each other, each a band of its hours: what holds when, told by pattern as well as by colour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import announce
from desktop.ui.widgets.tips import plain

HOURS = 24
BAND, GAP, AXIS = 16, 4, 20  # px high: a day, what is between two, and the hours above them
EDGE = 10  # px between the names of the days and their bands
KINDS = ("open", "away", "gap", "extra")  # how a part is painted: empty, filled, hatched, dotted
Describe = Callable[[int, int], str]  # row, hour -> one sentence


@dataclass(frozen=True)
class StripPart:
    """A part of a day, from 0 to 1 of it; `kind` is one of KINDS."""

    starts: float
    ends: float
    kind: str


@dataclass(frozen=True)
class StripRow:
    """One day: its name as it is to be shown, and its parts in order."""

    label: str
    parts: Sequence[StripPart]
    strong: bool = False  # a day that stands out, such as one with special hours


class HourStrip(QWidget):
    """Arrow keys go from hour to hour, Enter and a click choose one; `describe` says what an hour holds."""

    chosen = Signal(int, int)  # row, hour

    def __init__(self, name: str, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._rows: Sequence[StripRow] = ()
        self._hours: Sequence[str] = ()
        self._mark: tuple[int, float] | None = None
        self.spot = (0, 0)  # the row and the hour that the keyboard has come to
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[StripRow], hours: Sequence[str]) -> None:
        """Show these days; `hours` are the names of 0, 6, 12 and 18 o'clock."""
        self._rows, self._hours = rows, hours
        self.spot = (min(self.spot[0], max(0, len(rows) - 1)), self.spot[1])
        self.updateGeometry()
        self.update()

    def set_mark(self, row: int | None, share: float = 0) -> None:
        """Mark a moment, the share of its day that has passed; None takes the mark away."""
        self._mark = None if row is None else (row, share)
        if row is not None and not self.hasFocus():
            self.spot = (row, min(HOURS - 1, int(share * HOURS)))
        self.update()

    def sizeHint(self) -> QSize:
        high = AXIS + len(self._rows) * (BAND + GAP)
        return QSize(theme.pixels(360), theme.pixels(high))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(240), self.sizeHint().height())

    def cell(self, row: int, hour: int) -> QRectF:
        """Return where an hour of a day is."""
        band = self._band(row)
        width = band.width() / HOURS
        x = band.right() - (hour + 1) * width if self._is_rtl() else band.left() + hour * width
        return QRectF(x, band.top(), width, band.height())

    def cell_at(self, place: QPoint) -> tuple[int, int] | None:
        """Return the row and the hour at a place, None beside them."""
        for row in range(len(self._rows)):
            band = self._band(row)
            if band.contains(QPointF(place)):
                share = (place.x() - band.left()) / band.width()
                share = 1 - share if self._is_rtl() else share
                return row, min(HOURS - 1, max(0, int(share * HOURS)))
        return None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.cell_at(event.pos())
            QToolTip.showText(event.globalPos(), plain(self._describe(*found)) if found else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.cell_at(event.position().toPoint())
        if found:
            self.spot = found
            self.update()
            self.chosen.emit(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, hour = self.spot
        onwards = -1 if self._is_rtl() else 1
        steps = {
            Qt.Key.Key_Right: (0, onwards),
            Qt.Key.Key_Left: (0, -onwards),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Up: (-1, 0),
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(row, hour)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(row, 0 if event.key() == Qt.Key.Key_Home else HOURS - 1)
        elif step := steps.get(Qt.Key(event.key())):
            at = (row + step[0]) * HOURS + hour + step[1]
            if 0 <= at < len(self._rows) * HOURS:
                self._go(*divmod(at, HOURS))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(painter)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number, row)
        if self._mark and self._mark[0] < len(self._rows):
            self._paint_mark(painter, *self._mark)
        if self.hasFocus() and self._rows:
            theme.ring(painter, self.cell(*self.spot).adjusted(-2, -2, 2, 2), 4)

    def _go(self, row: int, hour: int) -> None:
        self.spot = (row, hour)
        words = self._describe(row, hour)
        self.setAccessibleDescription(words)
        announce(self, words)
        place = self.cell(row, hour).bottomLeft().toPoint()
        QToolTip.showText(self.mapToGlobal(place), plain(words), self)
        self.update()

    def _is_rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _names(self) -> int:
        """Return how wide the names of the days are."""
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(row.label) for row in self._rows), default=0) + theme.pixels(EDGE)

    def _band(self, row: int) -> QRectF:
        names = self._names()
        left = 0 if self._is_rtl() else names
        top = theme.pixels(AXIS) + row * theme.pixels(BAND + GAP)
        return QRectF(left, top, max(HOURS, self.width() - names), theme.pixels(BAND))

    def _paint_axis(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        if not self._rows:
            return
        for place, words in enumerate(self._hours):
            cell = self.cell(0, place * HOURS // max(1, len(self._hours)))
            room = QRectF(cell.left(), 0, self.width(), theme.pixels(AXIS) - 4)
            flags = Qt.AlignmentFlag.AlignLeft
            if self._is_rtl():
                room = QRectF(0, 0, cell.right(), theme.pixels(AXIS) - 4)
                flags = Qt.AlignmentFlag.AlignRight
            painter.drawText(room, flags | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, words)

    def _paint_row(self, painter: QPainter, number: int, row: StripRow) -> None:
        band = self._band(number)
        painter.setFont(theme.font("strong" if row.strong else "body"))
        painter.setPen(theme.colour("text"))
        names = self._names()
        room = QRectF(band.right() if self._is_rtl() else 0, band.top(), names, band.height())
        edge = Qt.AlignmentFlag.AlignRight if self._is_rtl() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, edge | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, row.label)
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(band, 4, 4)
        painter.setClipPath(shape)
        for part in row.parts:
            fill(painter, self._place(band, part), part.kind)
        painter.setPen(QPen(theme.colour("surface"), 1))
        for hour in range(6, HOURS, 6):
            cell = self.cell(number, hour)
            x = cell.right() if self._is_rtl() else cell.left()
            painter.drawLine(QPointF(x, band.top()), QPointF(x, band.bottom()))
        painter.restore()

    def _place(self, band: QRectF, part: StripPart) -> QRectF:
        width = (part.ends - part.starts) * band.width()
        x = band.right() - part.ends * band.width() if self._is_rtl() else band.left() + part.starts * band.width()
        return QRectF(x, band.top(), width, band.height())

    def _paint_mark(self, painter: QPainter, row: int, share: float) -> None:
        band = self._band(row)
        x = band.right() - share * band.width() if self._is_rtl() else band.left() + share * band.width()
        painter.setPen(QPen(theme.colour("surface"), 5))
        painter.drawLine(QPointF(x, band.top() - 2), QPointF(x, band.bottom() + 2))
        painter.setPen(QPen(theme.colour("text"), 2))
        painter.drawLine(QPointF(x, band.top() - 3), QPointF(x, band.bottom() + 3))


class Swatch(QWidget):
    """How a kind is painted, for the legend."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(theme.pixels(20), theme.pixels(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(shape)
        fill(painter, QRectF(self.rect()), self._kind)


def fill(painter: QPainter, place: QRectF, kind: str) -> None:
    """Paint a part of a kind of KINDS."""
    ground, ink, pattern = {
        "open": ("sunken", "sunken", Qt.BrushStyle.NoBrush),
        "away": ("accent", "accent", Qt.BrushStyle.NoBrush),
        "gap": ("warn-soft", "warn", Qt.BrushStyle.BDiagPattern),
        "extra": ("accent-soft", "accent", Qt.BrushStyle.Dense6Pattern),
    }[kind]
    painter.fillRect(place, theme.colour(ground))
    if pattern is not Qt.BrushStyle.NoBrush:
        painter.fillRect(place, QBrush(theme.colour(ink), pattern))
