"""Buttons by key and click, and the one that copies."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from desktop.ui.widgets import buttons
from desktop.ui.widgets.buttons import CopyButton, flat, icon_button, primary, quiet


@pytest.mark.parametrize("make", [primary, quiet, flat])
def test_a_button_says_what_it_shows(qtbot, make):
    button = make("Gifts & sweets", "plus", "Adds one", QKeySequence("Ctrl+N"))
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName()) == ("Gifts && sweets", "Gifts & sweets")
    assert "Adds one" in button.toolTip()
    assert "N" in button.toolTip()
    assert not button.icon().isNull()


def test_an_icon_alone_has_a_name(qtbot):
    button = icon_button("pencil", "Edit")
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("", "Edit", "Edit")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_press_it(qtbot, window, key):
    button = quiet("Add")
    window(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_the_keyboard_draws_a_ring_and_the_mouse_does_not(qtbot, window):
    first, button = quiet("First"), quiet("Add")
    window(first, button)
    plain = button.grab().toImage()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert button.hasFocus()
    ringed = button.grab().toImage()
    first.setFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    clicked = button.grab().toImage()
    assert plain != ringed != clicked


def test_copying_is_said_on_the_button_for_a_moment(qtbot, window, monkeypatch):
    monkeypatch.setattr(buttons, "COPIED_FOR", 100)
    button = CopyButton("Copy link", lambda: "https://wa.me/971501234567")
    window(button)
    wide = button.sizeHint().width()
    with qtbot.waitSignal(button.copied) as copied:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert copied.args == ["https://wa.me/971501234567"] == [QGuiApplication.clipboard().text()]
    assert button.text() == button.accessibleName() == "Copied"
    assert button.sizeHint().width() == wide, "nothing beside it moves"
    qtbot.waitUntil(lambda: button.text() == "Copy link")


def test_nothing_to_copy_leaves_the_clipboard(qtbot):
    QGuiApplication.clipboard().setText("before")
    button = CopyButton("Copy link", lambda: "")
    qtbot.addWidget(button)
    button.click()
    assert (QGuiApplication.clipboard().text(), button.text()) == ("before", "Copy link")


def test_an_icon_that_copies_stays_an_icon(qtbot):
    button = CopyButton("Copy link", lambda: "x", look="icon")
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("", "Copy link", "Copy link")
    button.click()
    assert (button.text(), button.accessibleName()) == ("", "Copied")
