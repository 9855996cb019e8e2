"""Cards on their way: what is carried while they are dragged, how it looks, and where it would go."""

import json
from collections.abc import Sequence
from typing import NamedTuple
from uuid import uuid4

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QTableView, QWidget

from desktop.i18n import formats
from desktop.ui import theme
from desktop.ui.widgets.card_model import CardModel

ITEMS = "application/x-dukkan-items"
PROGRAM = uuid4().hex  # ids mean nothing in another shop's window
EDGE = 48  # points from the top or the bottom, within which the list scrolls
EVERY = 16  # ms
THICK = 4  # px, of the mark where something would be dropped


def pack(ids: Sequence[int], text: str) -> QMimeData:
    """Return what is dragged: the ids for this window, and a text for any other program."""
    data = QMimeData()
    data.setData(ITEMS, json.dumps({"from": PROGRAM, "ids": list(ids)}).encode())
    if text:
        data.setText(text)
    return data


def unpack(data: QMimeData) -> list[int]:
    """Return the ids that are dragged, none where they come from elsewhere."""
    if not data.hasFormat(ITEMS):
        return []
    try:
        found = json.loads(bytes(data.data(ITEMS).data()))
        return [int(card) for card in found["ids"]] if found["from"] == PROGRAM else []
    except (ValueError, TypeError, KeyError):  # another program may offer anything under this name
        return []


def drag_away(source: QWidget, card: QPixmap, ids: Sequence[int], text: str) -> None:
    """Drag cards out of a widget until they are let go; `card` is the picture of the one that is held."""
    drag = QDrag(source)
    drag.setMimeData(pack(ids, text))
    picture = carried(card, formats.number(len(ids)) if len(ids) > 1 else "")
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(picture.deviceIndependentSize().toSize().width() // 2, theme.pixels(12)))
    drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)


class Gap(NamedTuple):
    """A gap between two cards: the place that what is dropped would have, and where a mark shows it."""

    place: int
    mark: QRect


def gap_at(view: QTableView, cards: CardModel, held: QPoint) -> Gap | None:
    """Return the gap nearest to a point of the view, None where there are no cards."""
    count, index = len(cards.ids), view.indexAt(held)
    if not count:
        return None
    if cards.id_at(index) is None:  # beside the last card of a row, or below all
        row = view.rowAt(held.y())
        place = count if row < 0 else min((row + 1) * cards.columns, count)
        behind = True
    else:
        middle = view.visualRect(index).center()
        behind = held.y() > middle.y() if cards.columns == 1 else (held.x() > middle.x()) != view.isRightToLeft()
        place = cards.place_of(index) + behind
    card = view.visualRect(cards.index_at(place - 1 if behind else place))
    if cards.columns == 1:
        edge = card.bottom() + 1 if behind else card.top()
        mark = QRect(card.x(), edge - THICK // 2, card.width(), THICK)
    else:
        edge = card.right() + 1 if behind != view.isRightToLeft() else card.left()
        mark = QRect(edge - THICK // 2, card.y(), THICK, card.height())
    inside = view.viewport().rect()
    mark.moveLeft(min(max(mark.left(), 0), inside.width() - mark.width()))
    if cards.columns == 1:
        mark.moveTop(min(max(mark.top(), 0), inside.height() - THICK))
    return Gap(place, mark)


def carried(card: QPixmap, count: str) -> QPixmap:
    """Return the picture of a card to drag, small, with the number of all that come along ("" for it alone)."""
    ratio = card.devicePixelRatio()
    side = theme.pixels(120)
    small = card.scaledToWidth(round(side * ratio), Qt.TransformationMode.SmoothTransformation)
    small.setDevicePixelRatio(ratio)
    result = QPixmap(small.size())
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.85)
    painter.drawPixmap(0, 0, small)
    if count:
        painter.setOpacity(1)
        painter.setFont(theme.font("strong"))
        width = painter.fontMetrics().horizontalAdvance(count) + theme.pixels(16)
        badge = QRect(0, 0, width, painter.fontMetrics().height() + theme.pixels(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(badge), badge.height() / 2, badge.height() / 2)
        painter.setPen(theme.colour("on-accent"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, count)
    painter.end()
    return result


class Landing(QTimer):
    """Where what is held over cards would go: marks the gap, and scrolls while it is near the upper or lower edge."""

    def __init__(self, view: QTableView, cards: CardModel) -> None:
        super().__init__(view, interval=EVERY)
        self.gap: Gap | None = None
        self._view = view
        self._cards = cards
        self._held = QPoint()
        self._speed = 0
        self.timeout.connect(self._on_timeout)

    def follow(self, held: QPoint) -> None:
        """Mark the gap nearest to a point of the view, and scroll as fast as that is near an edge, or not at all."""
        self._held = held
        edge, height = theme.pixels(EDGE), self._view.viewport().height()
        above, below = edge - held.y(), held.y() - (height - edge)
        self._speed = below // 2 if below > 0 else -(above // 2) if above > 0 else 0
        if not self._speed:
            self.stop()
        elif not self.isActive():
            self.start()
        self._mark()

    def leave(self) -> Gap | None:
        """Take the mark away, and return where it was."""
        self.stop()
        gap, self.gap = self.gap, None
        self._view.viewport().update()
        return gap

    def paint(self) -> None:
        """Draw the mark over the cards, if there is any."""
        if self.gap:
            painter = QPainter(self._view.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(self.gap.mark, 2, 2)

    def _mark(self) -> None:
        self.gap = gap_at(self._view, self._cards, self._held)
        self._view.viewport().update()

    @Slot()
    def _on_timeout(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._speed)
        self._mark()
