"""Cards on their way: what is carried while they are dragged, how it looks, and the scrolling under them."""

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import uuid4

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTableView

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


class EdgeScroll(QTimer):
    """Scrolls a view while something is held near its upper or lower edge, and calls `scrolled` each time."""

    def __init__(self, view: QAbstractItemView, scrolled: Callable[[], None]) -> None:
        super().__init__(view, interval=EVERY)
        self._view = view
        self._scrolled = scrolled
        self._speed = 0
        self.timeout.connect(self._on_timeout)

    def follow(self, place: QPoint) -> None:
        """Scroll as fast as `place` is near an edge, or not at all."""
        edge, height = theme.pixels(EDGE), self._view.viewport().height()
        above, below = edge - place.y(), place.y() - (height - edge)
        self._speed = below // 2 if below > 0 else -(above // 2) if above > 0 else 0
        if not self._speed:
            self.stop()
        elif not self.isActive():
            self.start()

    @Slot()
    def _on_timeout(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._speed)
        self._scrolled()
