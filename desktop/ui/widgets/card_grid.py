"""A grid of cards, or a list of rows, for ids in any number; only those in sight are ever loaded.

A QTableView with as many cards a row as fit: QListView in icon mode takes 120–350 ms to reset at 100,000 cards, this 2.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.card_painter import CardDelegate, RowDelegate

Index = QModelIndex | QPersistentModelIndex
FACE = Qt.ItemDataRole.UserRole
NARROWEST = 168  # px of a card
ROW_HEIGHT = 68
AT_ONCE = 60  # cards that are loaded together
KEPT = 3_000


@dataclass(frozen=True)
class Face:
    """What a card says. `picture` is a key for whoever has the pictures; `badges` are short words on it."""

    title: str
    price: str = ""
    old_price: str = ""
    code: str = ""
    badges: tuple[str, ...] = ()
    picture: str | None = None
    faded: bool = False

    def spoken(self) -> str:
        """Return it as one sentence, for those who hear the screen."""
        price = self.price
        if self.old_price:
            price = _("{sale} instead of {price}").format(sale=self.price, price=self.old_price)
        return _(", ").join(part for part in (self.title, price, self.code, *self.badges) if part)


Load = Callable[[Sequence[int]], Mapping[int, Face]]
Picture = Callable[[str | None], QPixmap | None]


class CardModel(QAbstractTableModel):
    """`columns` ids to a row. Its ids change in place, with no reset, so the view stays where it is."""

    def __init__(self, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ids: Sequence[int] = ()
        self.columns = 1
        self._load = load
        self._faces: dict[int, Face] = {}

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these, and keep what is known of their faces."""
        before, after = self._rows(len(self.ids)), self._rows(len(ids))
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self.ids = ids
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self.ids = ids
            self.endRemoveRows()
        self.ids = ids
        self._announce()

    def set_columns(self, columns: int) -> None:
        """Put so many into a row."""
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def forget(self, ids: Collection[int] | None = None) -> None:
        """Load these cards again, or all of them, when they are next in sight."""
        for card in list(self._faces) if ids is None else ids:
            self._faces.pop(card, None)
        self._announce()

    def place_of(self, index: Index) -> int:
        """Return where in `ids` an index is, which may be past their end."""
        return index.row() * self.columns + index.column()

    def id_at(self, index: Index) -> int | None:
        """Return the id at an index, or None where the last row has no more cards."""
        place = self.place_of(index)
        return self.ids[place] if index.isValid() and place < len(self.ids) else None

    def index_at(self, place: int) -> QModelIndex:
        """Return the index of the `place`-th card."""
        return self.index(*divmod(place, self.columns))

    def index_of(self, card: int) -> QModelIndex:
        """Return where a card is, or an invalid index."""
        return self.index_at(self.ids.index(card)) if card in self.ids else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._rows(len(self.ids))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.id_at(index) is None else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (FACE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if (card := self.id_at(index)) is None:
            return None
        if card not in self._faces:
            self._load_from(index.row() * self.columns)
        face = self._faces.get(card)
        if role == FACE or face is None:
            return face
        return face.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else face.title

    def _load_from(self, start: int) -> None:
        if len(self._faces) > KEPT:
            self._faces.clear()
        missing = [card for card in self.ids[start : start + AT_ONCE] if card not in self._faces]
        self._faces.update(self._load(missing))

    def _rows(self, cards: int) -> int:
        return -(-cards // self.columns)

    def _announce(self) -> None:
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columns - 1))


class CardGrid(QTableView):
    """Cards that stretch to fill the width, or rows; the arrow keys walk through all of them."""

    current_changed = Signal(object)  # another id than before, or None
    typed = Signal(str)  # a letter: on to the search
    opened = Signal(object)  # an id: Enter, or a double click
    delete_wanted = Signal()

    def __init__(self, name: str, load: Load, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = CardModel(load, self)
        self.as_list = False
        self._told: int | None = None
        self._settling = False
        self._delegates = (CardDelegate(picture, self), RowDelegate(picture, self))
        self.setAccessibleName(name)
        theme.look(self, "cards")
        self.setModel(self.cards)
        self.setItemDelegate(self._delegates[0])
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or the width would depend on itself
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.verticalScrollBar().setSingleStep(theme.pixels(40))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)

    def current(self) -> int | None:
        """Return the id of the current card."""
        return self.cards.id_at(self.currentIndex())

    def set_current(self, card: int | None) -> None:
        """Go to a card and bring it into sight; None is none."""
        index = self.cards.index_of(card) if card is not None else QModelIndex()
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def set_as_list(self, as_list: bool) -> None:
        """Show rows, or cards; what is current stays so."""
        current = self.current()
        self.as_list = as_list
        self.setItemDelegate(self._delegates[as_list])
        self._arrange()
        self.set_current(current)

    def set_ids(self, ids: Sequence[int], in_place: bool = True) -> None:
        """Show these. The current card stays current where it is still there.

        Else the one that has come into its place is, or with `in_place` off the first.
        """
        current, place = self.current(), self.cards.place_of(self.currentIndex())
        self._settling = True  # rows that come and go move Qt's own index over cards that nobody chose
        self.cards.set_ids(ids)
        if current is not None:
            index = self.cards.index_of(current)
            if not index.isValid() and ids:
                index = self.cards.index_at(min(place, len(ids) - 1) if in_place else 0)
            self.setCurrentIndex(index)
        self._settling = False
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        current = self.current()
        if self._arrange() and current is not None:
            self.set_current(current)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        steps = self._steps(action)
        if steps is None or not self.cards.ids:
            return super().moveCursor(action, modifiers)
        current = self.currentIndex()
        place = self.cards.place_of(current) + steps if current.isValid() else 0
        return self.cards.index_at(min(max(place, 0), len(self.cards.ids) - 1))

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)  # Qt's own would load every card to compare

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current() is not None:
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _steps(self, action: QAbstractItemView.CursorAction) -> int | None:
        actions = QAbstractItemView.CursorAction
        onwards, back = actions.MoveRight, actions.MoveLeft
        if self.isRightToLeft():
            onwards, back = back, onwards
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0))) * self.cards.columns
        steps = {
            onwards: 1,
            back: -1,
            actions.MoveDown: self.cards.columns,
            actions.MoveUp: -self.cards.columns,
            actions.MovePageDown: page,
            actions.MovePageUp: -page,
            actions.MoveHome: -len(self.cards.ids),
            actions.MoveEnd: len(self.cards.ids),
        }
        return steps.get(action)

    def _arrange(self) -> bool:
        """Fit as many cards into a row as there is room for, and say whether that is another number."""
        width = self.viewport().width()
        columns = 1 if self.as_list else max(1, width // theme.pixels(NARROWEST))
        changed = columns != self.cards.columns
        if changed:
            self.cards.set_columns(columns)
        self.horizontalHeader().setDefaultSectionSize(max(1, width // columns))
        height = theme.pixels(ROW_HEIGHT) if self.as_list else self._delegates[0].height_for(width // columns)
        self.verticalHeader().setDefaultSectionSize(height)
        return changed

    def _tell(self) -> None:
        """Say what is current, unless it was said: another card may have come to the same index, or one has moved."""
        if self.current() != self._told:
            self._told = self.current()
            self.current_changed.emit(self._told)

    @Slot()
    def _on_current(self) -> None:
        if not self._settling:
            self._tell()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if (card := self.cards.id_at(index)) is not None:
            self.opened.emit(card)
