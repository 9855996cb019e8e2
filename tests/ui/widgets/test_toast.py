"""What is said at the bottom of the window, and its Undo."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.widgets.toast import Toast


@pytest.fixture
def undone():
    return []


@pytest.fixture
def toast(window, undone):
    field = QLineEdit()
    body = window(field)
    field.setFocus()
    toast = Toast(body)
    toast.say("Deleted", "Undo", lambda: undone.append(True))
    return toast


def test_it_lies_at_the_leading_foot_over_no_pinned_button_and_takes_no_focus(toast, qapp, rtl):
    body = toast.parentWidget()
    assert toast.isVisible()
    assert isinstance(qapp.focusWidget(), QLineEdit)
    body.resize(700, 300)
    assert 200 < toast.geometry().bottom() < 300 - 60
    assert (toast.geometry().center().x() > 350) == rtl
    assert body.rect().contains(toast.geometry())


def test_undo_by_mouse(qtbot, toast, undone):
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert (undone, toast.isVisible()) == ([True], False)


def test_undo_by_keyboard(qtbot, toast, undone, qapp):
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert toast.button.hasFocus()
    qtbot.keyClick(toast.button, Qt.Key.Key_Return)
    assert undone == [True]


def test_it_goes_by_itself_but_not_from_under_the_keyboard(qtbot, toast):
    toast.button.setFocus()
    toast._timer.setInterval(10)
    with qtbot.waitSignal(toast._timer.timeout):
        toast._timer.start()
    assert toast.isVisible()
    toast.parentWidget().findChild(QLineEdit).setFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_second_message_has_no_button_of_the_first(qtbot, toast, undone):
    toast.say("Copied")
    assert not toast.button.isVisible()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.words.text() == "Copied"
