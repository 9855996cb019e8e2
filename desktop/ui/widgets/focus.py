"""Where the keyboard goes: in which order, and where it stays when a row has moved."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def stops(box: QWidget) -> list[QWidget]:
    """Return what the Tab key comes to in `box`, in the order in which it was made."""
    inside = (one for one in box.findChildren(QWidget) if one.window() is box.window())  # not the lists that pop up
    return [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]


def tab_here(box: QWidget, widgets: Sequence[QWidget]) -> None:
    """Have the Tab key come to `widgets`, which are in `box`, in this order and where the box stands.

    What is made after the rest of a page would else be visited last.
    """
    policy = box.focusPolicy()
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt takes no place behind what takes no focus
    tab_through([box, *widgets])
    box.setFocusPolicy(policy)


def tab_through(widgets: Iterable[QWidget]) -> None:
    """Have the Tab key come to `widgets` in this order, behind the first of them."""
    for before, widget in pairwise(widgets):
        QWidget.setTabOrder(before, widget)


def reveal(widget: QWidget) -> None:
    """Scroll to `widget`, in all that it is in.

    Qt does so only where the keyboard was in the same area before, and is content with the cursor of a field.
    """
    around: QWidget | None = widget
    while around and not around.isWindow():
        around = around.parentWidget()
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
            if (inside := around.widget()) and widget.height() <= around.viewport().height():
                middle = widget.mapTo(inside, widget.rect().center())
                around.ensureVisible(middle.x(), middle.y(), 0, widget.height() // 2 + 1)


def stay(pressed: QWidget, other: QWidget) -> None:
    """Keep the keyboard on the button that moved a row, or, where that has come to an end, on the other way."""
    (pressed if pressed.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)
