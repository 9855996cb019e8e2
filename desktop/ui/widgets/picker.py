"""A line that is typed in to choose one of many: what fits is offered below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Signal, Slot
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.ui import theme
from desktop.ui.widgets.editors import Line

OFFERED = 8
Offer = tuple[object, str, str]  # a value, its name, and a detail to tell it from others of that name
Find = Callable[[str], Sequence[Offer]]  # what is typed -> what it may mean, the best first


class Picker(Line):
    """Offers what `find` returns for what is typed; Enter takes the first, or the one gone to with Down.

    At `most` so many are offered. `value()` is what was chosen, None while the text stands for nothing.
    """

    picked = Signal()  # the value is another one, or the text is
    confirmed = Signal()  # Enter was pressed, and chose nothing

    def __init__(
        self, name: str, placeholder: str, find: Find, parent: QWidget | None = None, *, most: int = OFFERED
    ) -> None:
        super().__init__(parent=parent)
        self._find = find
        self._most = most
        self._value: object = None
        self._offers: Sequence[Offer] = ()
        self._names = QStringListModel(self)
        self._list = QCompleter(self._names, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(self)
        popup = self._list.popup()
        assert popup, "a completer makes its own"
        popup.setParent(self, popup.windowFlags())  # so that it looks as its window says
        theme.look(popup, "popup")
        self._popup = popup
        self.setMaxLength(200)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._on_text_edited)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._on_return)
        self._list.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]

    def value(self) -> object:
        """Return what was chosen, or None."""
        return self._value

    def set_value(self, value: object, name: str) -> None:
        """Choose `value`, which is called `name`."""
        self._value = value
        self.setText(name)
        self.picked.emit()

    @Slot(str)
    def _on_text_edited(self, typed: str) -> None:
        self._value = None
        self._offers = list(self._find(typed))[: self._most] if typed.strip() else ()
        self._names.setStringList([" · ".join(part for part in offer[1:] if part) for offer in self._offers])
        if self._offers:
            self._popup.setLayoutDirection(self.layoutDirection())
            self._list.complete()
        else:
            self._popup.hide()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if not text:
            self._value = None
        self.picked.emit()

    @Slot()
    def _on_return(self) -> None:
        if self._popup.isVisible() and self._offers:
            index = self._popup.currentIndex()
            self._popup.hide()
            self._take(index.row() if index.isValid() else 0)
        else:
            self.confirmed.emit()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._take(index.row())

    def _take(self, place: int) -> None:
        value, name, _detail = self._offers[place]
        self.set_value(value, name)
