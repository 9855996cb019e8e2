"""The cards of a grid as a model: ids in any number, of which only those in sight are ever loaded."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.widgets.card_painter import CHOSEN, FACE
from desktop.ui.widgets.card_selection import Selection

Index = QModelIndex | QPersistentModelIndex
AT_ONCE = 32  # cards that are loaded together: more than are usually in sight
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
        self.at_once = AT_ONCE
        self.selection = Selection()
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
        self.announce()

    def set_columns(self, columns: int) -> None:
        """Put so many into a row."""
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def forget(self, ids: Collection[int] | None = None) -> None:
        """Load these cards again, or all of them, when they are next in sight."""
        for card in list(self._faces) if ids is None else ids:
            self._faces.pop(card, None)
        self.announce()

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
        if role not in (FACE, CHOSEN, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if (card := self.id_at(index)) is None:
            return None
        marked = self.selection.many and card in self.selection.chosen
        if role == CHOSEN:
            return marked
        if card not in self._faces:
            self._load_from(index.row() * self.columns)
        face = self._faces.get(card)
        if role == FACE or face is None:
            return face
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # TRANSLATORS: what a screen reader says of an item that is one of several chosen; {item} is its name etc.
            return _("{item}, selected").format(item=face.spoken()) if marked else face.spoken()
        return face.title

    def _load_from(self, start: int) -> None:
        if len(self._faces) > KEPT:
            self._faces.clear()
        missing = [card for card in self.ids[start : start + self.at_once] if card not in self._faces]
        self._faces.update(self._load(missing))

    def _rows(self, cards: int) -> int:
        return -(-cards // self.columns)

    def announce(self) -> None:
        """Have what is in sight painted again."""
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columns - 1))
