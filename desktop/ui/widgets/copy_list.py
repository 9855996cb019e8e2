"""A list of texts to use: each row with its name, its text on one line, and a button of its own that copies it, say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.mirror import edge, mirrored
from desktop.ui.widgets.buttons import COPIED_FOR, announce

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
GAP = 8  # px between two rows


@dataclass(frozen=True)
class CopyRow:
    """A row: what it stands for, its name, its text, and a quiet note such as "used 3 times".

    `heading` stands above the first of several that belong together; with `warned` the note is not so quiet.
    """

    key: int
    title: str
    text: str
    note: str = ""
    heading: str = ""
    warned: bool = False


class Act(NamedTuple):
    """What the button of a row does, in words, what it says for a moment once it is done, and its icon."""

    words: str
    done: str
    icon: str


class CopyList(QListView):
    """Rows to choose one of. A click on Copy, or Enter, wants the row copied; `show_copied` says that it was.

    With an `act` of another kind the button says that instead, and `copy_wanted` and `show_copied` are about it.

    With `several` more can be selected with Shift and Ctrl, for what is done to all of them at once.
    """

    chosen = Signal(object)  # a key
    copy_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, several: bool = False, act: Act | None = None) -> None:
        super().__init__(parent)
        self.act = act or Act(_("Copy"), _("Copied"), "copy")
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.rows = _Rows(self)
        self.copied: int | None = None
        self._pressed: int | None = None
        self._back = QTimer(self, interval=COPIED_FOR, singleShot=True)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._back.timeout.connect(self._on_back)

    def set_rows(self, rows: Sequence[CopyRow]) -> None:
        """Show these; the one chosen stays so where it is still there, and nothing is told."""
        key = self.current()
        self.selectionModel().blockSignals(True)
        self.setUniformItemSizes(not any(row.heading for row in rows))
        self.rows.set_rows(rows)
        self.selectionModel().blockSignals(False)
        self.set_current(key)

    def order(self) -> list[int]:
        """Return what the rows stand for, in their order."""
        return [row.key for row in self.rows.rows]

    def current(self) -> int | None:
        """Return the key of the row chosen, or None."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else None

    def selected(self) -> list[int]:
        """Return the keys of the rows that are selected, in their order."""
        return [self.rows.rows[row].key for row in sorted(index.row() for index in self.selectedIndexes())]

    def set_current(self, key: int | None) -> None:
        """Choose a row without telling; none where it is not there."""
        if key is not None and key == self.current():
            return  # which others are selected stays
        keys = self.order()
        index = self.rows.index(keys.index(key)) if key in keys else QModelIndex()
        self.selectionModel().blockSignals(True)
        # not the view's own, which adds to what is selected while somebody holds Shift or Ctrl
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def show_copied(self, key: int) -> None:
        """Say on a row, for a moment, that it is copied."""
        self.copied = key
        self._back.start()
        self.viewport().update()
        announce(self, self.act.done)

    def copy_rect(self, index: Index) -> QRect:
        """Return where the Copy button of a row is."""
        return self._copy_rect(self.below_heading(index.data(ROW), self.visualRect(index)))

    def below_heading(self, row: CopyRow, rect: QRect) -> QRect:
        """Return where a row itself is, of the place that it has with its heading."""
        return rect.adjusted(0, self.heading_height() if row.heading else 0, 0, 0)

    def heading_height(self) -> int:
        """Return how high a heading is, in pixels."""
        return self.fontMetrics().lineSpacing() + theme.pixels(12)

    def _copy_rect(self, row: QRect) -> QRect:
        words = max(self.fontMetrics().horizontalAdvance(text) for text in (self.act.words, self.act.done))
        width, height = words + theme.pixels(16 + 6 + 24), theme.pixels(34)
        area = row.adjusted(0, 0, 0, -theme.pixels(GAP))
        place = QRect(0, 0, width, height)
        place.moveCenter(area.center())
        place.moveRight(area.right() - theme.pixels(10))
        return mirrored(place, area, self.layoutDirection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current()
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.copy_wanted.emit(key)
        elif key is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit(key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._button_at(event) if event.button() == Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self._button_at(event):
            self.copy_wanted.emit(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._button_at(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def _button_at(self, event: QMouseEvent) -> int | None:
        """Return the key of the row whose Copy button the mouse is on, or None."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        on = index.isValid() and self.copy_rect(index).contains(place)
        return self.rows.rows[index.row()].key if on else None

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.rows[index.row()].key)

    @Slot()
    def _on_back(self) -> None:
        self.copied = None
        self.viewport().update()


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[CopyRow] = ()

    def set_rows(self, rows: Sequence[CopyRow]) -> None:
        if [(row.key, bool(row.heading)) for row in rows] == [(row.key, bool(row.heading)) for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(part for part in (row.heading, row.title, row.text, row.note) if part)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: CopyList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = option.fontMetrics.lineSpacing() * 2
        height = max(lines + theme.pixels(20), theme.pixels(54)) + theme.pixels(GAP)
        return QSize(theme.pixels(200), height + (self._view.heading_height() if index.data(ROW).heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CopyRow = index.data(ROW)
        place = self._view.below_heading(row, option.rect)
        area = place.adjusted(0, 0, 0, -theme.pixels(GAP))
        button = self._view._copy_rect(place)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            above = QRect(option.rect.x(), option.rect.y(), option.rect.width(), place.y() - option.rect.y())
            painter.setFont(theme.font("section"))
            self._write(painter, above, above, row.heading, "warn" if row.warned else "muted", True)
        self._draw_frame(painter, area, option)
        inside = theme.pixels(14)
        words = area.adjusted(inside, theme.pixels(8), -inside, -theme.pixels(8))
        room = words.width() - button.width() - theme.pixels(8)
        upper = QRect(words.x(), words.y(), room, words.height() // 2)
        lower = QRect(words.x(), words.y() + words.height() // 2, room, words.height() - words.height() // 2)
        painter.setFont(theme.font("strong"))
        title = min(painter.fontMetrics().horizontalAdvance(row.title), room * 2 // 3)
        painter.setFont(theme.font("small"))
        gap = theme.pixels(12) if row.note else 0
        note = min(painter.fontMetrics().horizontalAdvance(row.note), room - title - gap)
        place = QRect(upper.right() - note, upper.y(), note + 1, upper.height())
        self._write(painter, place, words, row.note, "warn" if row.warned else "muted", True)
        painter.setFont(theme.font("strong"))
        self._write(painter, upper.adjusted(0, 0, -note - gap, 0), words, row.title, "accent")
        painter.setFont(theme.font("body"))
        self._write(painter, lower, words, " ".join(row.text.split()), "text")
        self._draw_button(painter, button, row.key == self._view.copied)
        painter.restore()

    def _draw_frame(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        frame = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.colour("surface"))
        tint, width = ("accent", 1.5) if selected else ("border" if hovered else "line", 1.0)
        painter.setPen(QPen(theme.colour(tint), width))
        painter.drawRoundedRect(frame, theme.CARD_RADIUS, theme.CARD_RADIUS)
        if selected and self._view.hasFocus():
            theme.ring(painter, QRectF(area), theme.CARD_RADIUS)

    def _draw_button(self, painter: QPainter, place: QRect, copied: bool) -> None:
        under = place.contains(self._view.viewport().mapFromGlobal(self._view.cursor().pos()))
        painter.setBrush(theme.colour("accent-soft" if copied else "sunken" if under else "surface"))
        painter.setPen(QPen(theme.colour("accent" if copied else "border"), 1))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        text = self._view.act.done if copied else self._view.act.words
        side, gap = theme.pixels(16), theme.pixels(6)
        width = side + gap + painter.fontMetrics().horizontalAdvance(text)
        inner = QRect(place.center().x() - width // 2 + 1, place.y(), width + 2, place.height())
        sign = QRect(inner.x(), place.center().y() - side // 2 + 1, side, side)
        sign = mirrored(sign, inner, self._view.layoutDirection())
        name, tint = ("check", "accent") if copied else (self._view.act.icon, "muted")
        painter.drawPixmap(sign, icons.pixmap(name, tint, side, theme.density(painter)))
        self._write(painter, inner.adjusted(side + gap, 0, 0, 0), inner, text, "accent" if copied else "text")

    def _write(self, painter: QPainter, place: QRect, within: QRect, text: str, tint: str, ours: bool = False) -> None:
        """Write one line at the leading edge of `place`, which is mirrored within `within` from right to left.

        What is `ours` runs as the window does: two times that are set apart say no direction by themselves.
        """
        direction = self._view.layoutDirection()
        place = mirrored(place, within, direction)
        flags = edge(direction) | Qt.AlignmentFlag.AlignVCenter
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(theme.colour(tint))
        painter.setLayoutDirection(direction if ours else Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, text)
