"""The list of what the phone holds or should hold, in groups, each row with where it stands."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.i18n import _, bidi, formats
from desktop.services.phone_copy import STATES, Entry
from desktop.services.phone_fields import MODELS
from desktop.ui import theme
from desktop.ui.mirror import edge, mirrored

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
Key = tuple[str, int, str]
TINTS = {"same": "accent", "changed": "warn", "new": "muted", "gone": "warn", "only_here": "muted"}
INSIDE = 12  # px around a row's words


class PhoneList(QListView):
    """Entries under the names of their groups. `chosen` says of which one somebody wants to see more, by its key."""

    chosen = Signal(object)
    opened = Signal()  # Enter, on the one that is chosen

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in their order; what is chosen stays so where it is still there, and nothing is told."""
        key = self.current()
        place = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._rows.show(entries)
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(place)
        self.set_current(key)

    def entries(self) -> list[Entry]:
        """Return the entries shown, in their order."""
        return [row for row in self._rows.rows if isinstance(row, Entry)]

    def current(self) -> Key | None:
        """Return what is chosen."""
        row = self.currentIndex().data(ROW)
        return row.key if isinstance(row, Entry) else None

    def set_current(self, key: Key | None) -> None:
        """Choose an entry without telling; none where it is not there."""
        place = self._rows.places.get(key) if key else None
        index = QModelIndex() if place is None else self._rows.index(place)
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Entry):
            self.chosen.emit(row.key)


class _Rows(QAbstractListModel):
    """Entries, and a line of text before each group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Entry | str] = []
        self.places: dict[Key, int] = {}

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.rows = []
        for model, group in groupby(entries, key=lambda entry: entry.model):
            found = list(group)
            # TRANSLATORS: the heading of a group and how many it has, as in "Catalog · 12".
            self.rows.append(_("{name} · {n}").format(name=_(MODELS[model]), n=formats.number(len(found))))
            self.rows += found
        self.places = {row.key: place for place, row in enumerate(self.rows) if isinstance(row, Entry)}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (
                row if isinstance(row, str) else bidi.strip("\n".join((_title(row), _words(row), _(STATES[row.state]))))
            )
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: PhoneList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        is_entry = isinstance(index.data(ROW), Entry)
        return QSize(theme.pixels(200), 2 * line + theme.pixels(16) if is_entry else line + theme.pixels(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        area: QRect = option.rect
        words = area.adjusted(theme.pixels(INSIDE), theme.pixels(6), -theme.pixels(INSIDE), -theme.pixels(6))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Entry):
            self._draw_ground(painter, area, option)
            upper = QRect(words.x(), words.y(), words.width(), words.height() // 2)
            lower = QRect(words.x(), upper.bottom() + 1, words.width(), words.height() - upper.height())
            state = _(STATES[row.state])
            painter.setFont(theme.font("small"))
            room = painter.fontMetrics().horizontalAdvance(state) + theme.pixels(2)
            self._write(
                painter,
                QRect(upper.right() - room + 1, upper.y(), room, upper.height()),
                words,
                state,
                TINTS[row.state],
            )
            painter.setFont(theme.font("strong"))
            title = upper.adjusted(0, 0, -room - theme.pixels(8), 0)
            self._write(painter, title, words, _title(row), "text")
            painter.setFont(theme.font("body"))
            self._write(painter, lower, words, _words(row), "muted")
        else:
            painter.setFont(theme.font("section"))
            self._write(painter, words, words, str(row), "muted")
        painter.restore()

    def _draw_ground(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft" if selected else "sunken"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        if selected and self._view.hasFocus():
            theme.ring(painter, QRectF(area))

    def _write(self, painter: QPainter, place: QRect, within: QRect, text: str, tint: str) -> None:
        """Write one line at the leading edge of `place`, which is mirrored within `within` from right to left."""
        direction = self._view.layoutDirection()
        place = mirrored(place, within, direction)
        flags = edge(direction) | Qt.AlignmentFlag.AlignVCenter
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(theme.colour(tint))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, text)


def _title(entry: Entry) -> str:
    if not entry.owner:
        return entry.title
    # TRANSLATORS: whose field it is and which, as in "Rose box · Price".
    return _("{owner} · {field}").format(owner=formats.auto(entry.owner), field=entry.title)


def _words(entry: Entry) -> str:
    if entry.state == "only_here":
        return entry.note
    text = entry.shown_on_phone if entry.state == "gone" else entry.shown
    return " ".join(text.split()) or _("Nothing: empty this field on the phone.")
