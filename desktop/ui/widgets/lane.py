"""A column of a board: its cards, of which only those in sight are loaded, go to another one by mouse or by keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStyleOptionViewItem, QToolTip, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.card_drag import unpack
from desktop.ui.widgets.card_grid import ALT, CTRL, CardGrid
from desktop.ui.widgets.card_model import Face, Load
from desktop.ui.widgets.card_painter import FACE, GAP, CardDelegate, Painted
from desktop.ui.widgets.label_chips import draw_chips, spoken
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.swatches import dot
from desktop.ui.widgets.tips import plain

NARROWEST, WIDEST = 178, 420  # points of a column: four stand side by side in the smallest window
LINES = ("strong", "small", "small")  # looks of the lines of a card, from the top


@dataclass(frozen=True)
class LaneFace(Face):
    """What a card of a board says: the title, `code` below it, then the price; `labels` as (word, colour)."""

    labels: tuple[tuple[str, int], ...] = ()

    def spoken(self) -> str:
        words = [word for word, _colour in self.labels]
        return _(", ").join([super().spoken(), *words])


class LaneDelegate(Painted):
    """A card without a picture: three lines, what is urgent at the beginning of the last."""

    def height(self) -> int:
        """Return how high a card is, with the gap around it."""
        lines = sum(self._font(look)[1].height() for look in LINES)
        return lines + theme.pixels(2 * 10 + 2 * 4 + 2 * GAP // 2 + 4)

    def framed(self, cell: QRect) -> QRect:
        gap = theme.pixels(GAP)
        return cell.adjusted(gap, gap // 2, -gap, -gap // 2)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, face: LaneFace) -> None:
        area = option.rect.adjusted(theme.pixels(12), theme.pixels(10), -theme.pixels(12), -theme.pixels(8))
        line = self._font("strong")[1].height()
        title = QRect(area.x(), area.y(), area.width(), line)
        self._title(painter, option, title, face)
        small = self._font("small")[1].height()
        under = QRect(area.x(), title.bottom() + theme.pixels(4), area.width(), small)
        self._code(painter, option, under, face)
        last = QRect(area.x(), under.bottom() + theme.pixels(4), area.width(), small + theme.pixels(4))
        metrics = self._font("small")[1]
        self._badges(painter, option, last, face.badges)  # what is urgent stands first, so that there is room for it
        last.setLeft(last.left() + sum(metrics.horizontalAdvance(word) + theme.pixels(22) for word in face.badges))
        if face.price:
            last.setLeft(last.left() + self._text(painter, option, last, face.price, "small", "text") + theme.pixels(8))
        if face.labels:
            painter.setFont(self._font("small")[0])
            draw_chips(painter, self._mirrored(option, last), face.labels, option.direction)

    def check_place(self, cell: QRect, direction: Qt.LayoutDirection) -> QRect:
        place = super().check_place(cell, direction)
        return place.translated(0, -theme.pixels(GAP))


class LaneCards(CardGrid):
    """The cards of one column. Others' are dropped on it; Alt or Ctrl with a sideways arrow sends its own on."""

    stepped = Signal(int)  # +1 to the next column, -1 back
    carried = Signal(int)  # what is chosen goes there
    taken = Signal(object, object)  # the column from which cards were dropped here, and their ids
    hovered = Signal()  # something is held over it
    entered = Signal()  # it has the focus

    def __init__(self, name: str, load: Load, hint: str) -> None:
        super().__init__(name, load, lambda _key: None)
        self._hint = hint
        self._held_over = False
        self._lane = LaneDelegate(lambda _key: None, self)
        self._delegates = (CardDelegate(lambda _key: None, self), self._lane)  # type: ignore[assignment]
        self.set_as_list(True)

    def choose(self, ids: Sequence[int]) -> None:
        """Choose those of `ids` that are here, and go to the first of them."""
        there = set(self.cards.ids)
        here = [card for card in ids if card in there]
        self.set_current(here[0] if here else None)
        if len(here) > 1:
            self.cards.selection.chosen = set(here)
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and self.current() is None and self.cards.ids:
            self.set_current(self.cards.ids[0])  # so that it is seen where the keys go
        self.entered.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say all of a card under the mouse: in a narrow column much of it ends in …"""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            face = self.indexAt(event.pos()).data(FACE)
            QToolTip.showText(event.globalPos(), plain(face.spoken()) if face else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
            return
        step = 1 if (event.key() == Qt.Key.Key_Right) != self.isRightToLeft() else -1
        (self.carried if event.modifiers() & (ALT | CTRL) else self.stepped).emit(step)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not self._takes(event):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._hold(True)
        self.hovered.emit()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hold(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hold(False)
        if self._takes(event):
            event.acceptProposedAction()
            self.taken.emit(event.source(), unpack(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.viewport().rect()).adjusted(4, 4, -4, -4)
        if self._held_over:
            painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(inside, theme.RADIUS, theme.RADIUS)
        if not self.cards.ids:
            painter.setPen(theme.colour("muted"))
            painter.setFont(theme.font("small"))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(inside.adjusted(8, theme.pixels(24), -8, 0), int(flags), self._hint)
            if self.hasFocus():
                theme.ring(painter, inside)

    def _takes(self, event: QDropEvent) -> bool:
        source = event.source()
        return (
            self.acceptDrops()
            and isinstance(source, LaneCards)
            and source is not self
            and bool(unpack(event.mimeData()))
        )

    def _hold(self, held: bool) -> None:
        self._held_over = held
        self.viewport().update()

    def _arrange(self) -> bool:
        changed = super()._arrange()
        self.verticalHeader().setDefaultSectionSize(self._lane.height())
        return changed


class Lane(QWidget):
    """A column with its heading: the colour, the word and how many there are."""

    def __init__(self, load: Load, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.look(self, "sunken")
        self.cards = LaneCards("", load, hint)
        self._dot = QLabel()
        self.name = ElidedLabel("", "strong")
        self.count = Label("", "muted")
        heading = QHBoxLayout()
        heading.setContentsMargins(theme.pixels(12), theme.pixels(10), theme.pixels(12), theme.pixels(4))
        heading.setSpacing(theme.pixels(8))
        heading.addWidget(self._dot)
        heading.addWidget(self.name, 1)
        heading.addWidget(self.count)
        heading.addStrut(theme.pixels(24))  # a word of another script is higher, and its cards would begin lower
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.pixels(8))
        layout.setSpacing(0)
        layout.addLayout(heading)
        layout.addWidget(self.cards, 1)
        self.setMinimumWidth(theme.pixels(NARROWEST))
        self.setMaximumWidth(theme.pixels(WIDEST))

    def set_heading(self, name: str, colour: int, count: str, spoken_count: str) -> None:
        """Show what the column is called, its colour, and how many cards it has."""
        side = theme.pixels(16)
        self._dot.setPixmap(dot(colour).pixmap(side, side))
        self._dot.setToolTip(plain(spoken(name, colour)))
        self.name.setText(name)
        self.count.setText(count)
        # TRANSLATORS: what a screen reader says of a column of the board: its label, and how many are in it.
        words = _("{label}, {count}").format(label=spoken(name, colour), count=spoken_count)
        self.cards.setAccessibleName(words)
