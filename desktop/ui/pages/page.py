"""The shape that every page shares."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop.data.notice import Notice
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.focus import reveal


class Page(QWidget):
    """One entry of the sidebar. Its texts are made once: another language makes another page.

    A page says in `on_changed` how it follows what was changed, without disturbing its user; in `show_target`
    what it shows when somebody comes to it for something; and in `state` what to show after it is made anew.
    """

    settings_wanted = Signal(object)  # what to change of the user's settings, by name
    shop_action = Signal(str, object)  # what to do about shops, as the window's own

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._empty: Empty | None = None
        context.changed.connect(self._on_changed)  # not `on_changed`: Qt would call an overridden slot after deletion

    def lay_beside(self, main: QWidget, side: QWidget, width: int, least: int = 360) -> None:
        """Lay out the page as a main part, `least` points wide at least, and one beside it, `width` to begin with."""
        main.setMinimumWidth(theme.pixels(least))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(main)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([10_000, theme.pixels(width)])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_empty(self, shown: QStackedWidget, empty: Empty) -> None:
        """Show in `shown` that there is nothing yet: the keyboard, if it is on the page, goes to the one thing to do.

        So it does whenever one comes to the page while it is empty.
        """
        if shown.currentWidget() is not empty:
            self._empty = empty
            shown.setCurrentWidget(empty)
            self._begin_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._empty and not event.spontaneous():
            self._begin_soon()

    def _begin_soon(self) -> None:
        QTimer.singleShot(0, self, self._begin)  # once Qt has found a place for the keyboard

    def _begin(self) -> None:
        there = self.window().focusWidget()
        if self._empty and self._empty.isVisible() and self._empty.button and there and self.isAncestorOf(there):
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_by(self, clock: QTimer, show: Callable[[], object]) -> None:
        """Call `show` whenever a clock says so, but while the server of the shop is lost: it would say so each time."""
        clock.timeout.connect(partial(self._go_on, show))

    def _go_on(self, show: Callable[[], object]) -> None:
        if not self.context.database.lost:
            show()

    def on_changed(self, notice: Notice) -> None:
        """Bring what is shown up to date."""
        raise NotImplementedError

    def show_target(self, target: object) -> None:
        """Show what somebody came for: an id, mostly. None means the page as it is."""

    def state(self) -> object:
        """Return what `show_target` would bring back."""
        return None

    def commit(self) -> bool:
        """Save what is being typed, and say whether nothing is left unsaved; else go to the first that is."""
        from desktop.ui.widgets.field import Field  # which the catalog has only with the first item

        unsaved = [field for field in self.findChildren(Field) if not field.commit()]
        if unsaved:
            unsaved[0].setFocus()
            reveal(unsaved[0])
        return not unsaved

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        self.on_changed(notice)
