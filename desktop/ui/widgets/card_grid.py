"""A grid of cards, or a list of rows, for ids in any number; only those in sight are ever loaded.

A QTableView with as many cards a row as fit: QListView in icon mode takes 120–350 ms to reset at 100,000 cards, this 2.
Which cards are chosen is a set of ids: Qt's own selection is of the current card alone.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.widgets.card_drag import Landing, drag_away, unpack
from desktop.ui.widgets.card_model import CardModel, Face, Load, Picture
from desktop.ui.widgets.card_painter import CardDelegate, RowDelegate
from desktop.ui.widgets.card_selection import stepped

__all__ = ["CardGrid", "Face"]

NARROWEST = 168  # px of a card
ROW_HEIGHT = 68
TOLD = 200  # dragged cards of which another program gets the text
KEYS = Qt.KeyboardModifier
CTRL, SHIFT, ALT = KEYS.ControlModifier, KEYS.ShiftModifier, KEYS.AltModifier


class CardGrid(QTableView):
    """Cards that stretch to fill the width, or rows; the arrow keys walk through all of them.

    Several are chosen as everywhere: with Shift and Ctrl (or the check that a card shows under the mouse), by Ctrl+A
    also those that were never loaded. Cards can be dragged away; where `set_arrangeable` allows it also to another
    place among the others, as with Alt and the arrows.
    """

    current_changed = Signal(object)  # another id than before, or None
    # Lists go as objects: Qt would copy 100,000 ids one by one.
    selection_changed = Signal(object)  # the ids that are chosen, in the order shown
    moved = Signal(object, object)  # ids, and the one before which they were put, None for the end
    move_refused = Signal()  # by Alt and the arrows, where cards are not arrangeable
    typed = Signal(str)  # a letter: on to the search
    opened = Signal(object)  # an id: Enter, or a double click
    delete_wanted = Signal()

    def __init__(self, name: str, load: Load, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())  # Qt's own would have PySide6 look through all kinds of widgets for its: 9 ms
        self.cards = CardModel(load, self)
        self.as_list = False
        self._told: int | None = None
        self._told_chosen: set[int] = set()
        self._settling = False
        self._more = False  # cards are on their way
        self._all = False  # and are to be chosen when they come
        self._arrangeable = False
        self._pressed: QPoint | None = None  # where, while it may become a drag
        self._text: Callable[[Sequence[int]], str] = self._titles
        self._landing = Landing(self, self.cards)
        self._delegates = (CardDelegate(picture, self), RowDelegate(picture, self))
        self.setAccessibleName(name)
        theme.look(self, "cards")
        self.setModel(self.cards)
        self.setItemDelegate(self._delegates[0])
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(True)
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

    def current(self) -> int | None:
        """Return the id of the current card."""
        return self.cards.id_at(self.currentIndex())

    def set_current(self, card: int | None) -> None:
        """Go to a card and bring it into sight; None is none. It alone is chosen, unless it is one of those chosen."""
        index = self.cards.index_of(card) if card is not None else QModelIndex()
        self._settling = True
        self.setCurrentIndex(index)
        self._settling = False
        if index.isValid():
            self.scrollTo(index)
        if (current := self.current()) not in self.cards.selection.chosen:
            self.cards.selection.only(current)
        self._tell()

    def selection(self) -> list[int]:
        """Return the ids that are chosen, in the order shown."""
        return self.cards.selection.listed(self.cards.ids)

    def select_all(self) -> None:
        """Choose every card, whether it was ever in sight or not."""
        self._all = self._more
        self.cards.selection.all(self.cards.ids)
        if self.current() is None and self.cards.ids:
            self.set_current(self.cards.ids[0])
        self._tell()

    def clear_selection(self) -> None:
        """Choose the current card alone."""
        self._all = False
        self.cards.selection.only(self.current())
        self._tell()

    def set_arrangeable(self, arrangeable: bool) -> None:
        """Let cards be moved among the others, or not: where the order is not the owner's, that would mean nothing."""
        self._arrangeable = arrangeable

    def set_drag_text(self, text: Callable[[Sequence[int]], str]) -> None:
        """Have other programs on which cards are dropped get this text of theirs, instead of their titles."""
        self._text = text

    def mark(self, hits: Callable[[str], Sequence[tuple[int, int]]]) -> None:
        """Mark in names and codes what `hits` finds there, as (start, end)."""
        for delegate in self._delegates:
            delegate.hits = hits
        self.viewport().update()

    def set_as_list(self, as_list: bool) -> None:
        """Show rows, or cards; what is current stays so."""
        current = self.current()
        self.as_list = as_list
        self.setItemDelegate(self._delegates[as_list])
        self._arrange()
        self.set_current(current)

    def set_ids(self, ids: Sequence[int], in_place: bool = True, more: bool = False) -> None:
        """Show these; the current card stays current where it is still there.

        With `more`, these are the first of others that are on their way, and painted before anybody is told of it:
        what follows may take time, or be the work of another thread, which takes turns with this one.
        Else the one that has come into its place is, or with `in_place` off the first. Cards stay chosen where they
        are still there.
        """
        current, place = self.current(), self.cards.place_of(self.currentIndex())
        selection = self.cards.selection
        self._settling = True  # rows that come and go move Qt's own index over cards that nobody chose
        self.cards.set_ids(ids)
        if current is not None:
            index = self.cards.index_of(current)
            if not index.isValid() and ids:
                index = self.cards.index_at(min(place, len(ids) - 1) if in_place else 0)
            self.setCurrentIndex(index)
        self._settling = False
        self._more = more
        if self._all:
            selection.all(ids)
            self._all = more
        elif selection.many:
            selection.keep(ids)
        if not selection.many:
            selection.only(self.current())
        if more:
            self.scrollToTop()
            self.viewport().repaint()  # whoever is told may take time, or have another thread take turns with this
        self._tell()

    # Choosing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        current = self.current()
        if self._arrange() and current is not None:
            self.set_current(current)

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)  # Qt's own would load every card to compare

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, selection, current = event.key(), self.cards.selection, self.current()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif key == Qt.Key.Key_Escape and selection.many:
            self.clear_selection()
        elif key == Qt.Key.Key_Delete and current is not None:
            self.delete_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
        elif key == Qt.Key.Key_Space and event.modifiers() & CTRL and current is not None:
            self._all = False
            selection.toggle(current)
            self._tell()
        elif (steps := self._steps(key)) is not None:
            self._step(steps) if event.modifiers() & ALT else self._walk(steps, event.modifiers())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        card = self.cards.id_at(index)
        left = event.button() == Qt.MouseButton.LeftButton
        if card is None:
            self.clear_selection()
            return
        self._pressed = event.position().toPoint() if left else None
        if left and event.modifiers() & SHIFT:
            self._go_to(index, card, extend=True, add=bool(event.modifiers() & CTRL))
        elif left and (event.modifiers() & CTRL or self._on_check(index, event.position().toPoint())):
            self._pressed = None
            self._go_to(index, card, toggle=True)
        elif card in self.cards.selection.chosen:  # it may be dragged with the others
            self._go_to(index, card, keep=True)
        else:
            self._go_to(index, card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            way = (event.position().toPoint() - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed = None
                self._drag()
        elif not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not event.modifiers() & SHIFT:
            self.clear_selection()
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        card = self.cards.id_at(index)
        if event.modifiers() or self._on_check(index, event.position().toPoint()):
            self.mousePressEvent(event)  # two quick clicks on two matters
        elif card is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(card)

    def _on_check(self, index: QModelIndex, place: QPoint) -> bool:
        delegate = self._delegates[self.as_list]
        return index.isValid() and delegate.check_place(self.visualRect(index), self.layoutDirection()).contains(place)

    def _walk(self, steps: int, modifiers: Qt.KeyboardModifier) -> None:
        if not self.cards.ids:
            return
        place = self.cards.place_of(self.currentIndex()) + steps if self.currentIndex().isValid() else 0
        index = self.cards.index_at(min(max(place, 0), len(self.cards.ids) - 1))
        extend, keep = bool(modifiers & SHIFT), bool(modifiers & CTRL)
        self._go_to(index, self.cards.ids[self.cards.place_of(index)], extend=extend, keep=keep)
        self.scrollTo(index)

    def _go_to(
        self,
        index: QModelIndex,
        card: int,
        *,
        extend: bool = False,
        add: bool = False,
        toggle: bool = False,
        keep: bool = False,
    ) -> None:
        """Make a card the current one and choose it: alone, up to it, as well, or not at all."""
        self._all = False
        selection = self.cards.selection
        if extend:
            selection.extend(self.cards.ids, card, add)
        elif toggle:
            selection.toggle(card)
        elif not keep:
            selection.only(card)
        self._settling = True
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._settling = False
        self._tell()

    # Moving

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not self._arrangeable or not unpack(event.mimeData()):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._landing.follow(event.position().toPoint())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._landing.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        gap, ids = self._landing.leave(), unpack(event.mimeData())
        if gap and ids:
            event.acceptProposedAction()
            self.moved.emit(ids, self.cards.ids[gap.place] if gap.place < len(self.cards.ids) else None)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._landing.paint()

    def _step(self, steps: int) -> None:
        """Move what is chosen by so many places."""
        ids, chosen = self.cards.ids, self.cards.selection.chosen
        if not self._arrangeable:
            self.move_refused.emit()
        elif chosen:
            self.moved.emit(self.selection(), stepped(ids, chosen, steps))

    def _drag(self) -> None:
        if ids := self.selection():
            card = self.viewport().grab(self.visualRect(self.currentIndex()))
            drag_away(self, card, ids, self._text(ids) if len(ids) <= TOLD else "")
            self._landing.leave()

    def _titles(self, ids: Sequence[int]) -> str:
        return "\n".join(str(self.cards.index_of(card).data()) for card in ids)

    # Laying out

    def _steps(self, key: int) -> int | None:
        """Return how many cards a key goes on (or back, below 0), None for one that goes nowhere."""
        onwards = -1 if self.isRightToLeft() else 1
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0))) * self.cards.columns
        steps: dict[int, int] = {
            Qt.Key.Key_Right: onwards,
            Qt.Key.Key_Left: -onwards,
            Qt.Key.Key_Down: self.cards.columns,
            Qt.Key.Key_Up: -self.cards.columns,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -len(self.cards.ids),
            Qt.Key.Key_End: len(self.cards.ids),
        }
        return steps.get(key)

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
        """Say what is current and what is chosen, unless it was said: another card may have come to the same index."""
        if self.current() != self._told:
            self._told = self.current()
            self.current_changed.emit(self._told)
        if self.cards.selection.chosen != self._told_chosen:
            marked = self.cards.selection.many or len(self._told_chosen) > 1
            self._told_chosen = self.cards.selection.chosen
            if marked:
                self.viewport().update()
            self.selection_changed.emit(self.selection())

    @Slot()
    def _on_current(self) -> None:
        """Follow Qt, which by itself goes to the first card when the focus comes and nothing is current."""
        if not self._settling:
            self.cards.selection.only(self.current())
            self._tell()
