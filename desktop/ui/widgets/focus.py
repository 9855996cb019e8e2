"""Where the keyboard goes: in which order, and where it stays when a row has moved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


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
    before = box
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget
    box.setFocusPolicy(policy)


def stay(pressed: QWidget, other: QWidget) -> None:
    """Keep the keyboard on the button that moved a row, or, where that has come to an end, on the other way."""
    (pressed if pressed.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)
