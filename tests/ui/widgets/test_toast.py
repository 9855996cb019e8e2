"""What is said at the bottom of the window, and its Undo."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QTextEdit

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


def test_it_gives_way_to_the_row_and_the_field_that_have_the_keyboard(qtbot, window, rtl):
    field, rows = QLineEdit(), QListWidget()
    rows.addItems([str(row) for row in range(60)])
    body = window(field, rows)
    rows.setFocus()
    rows.setCurrentRow(0)
    toast = Toast(body)
    toast.say("Deleted", "Undo")
    foot = toast.geometry()
    under = rows.indexAt(rows.viewport().mapFrom(body, foot.center())).row()
    rows.setCurrentRow(under - 1)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: toast.geometry().bottom() < foot.top())
    assert (toast.geometry().center().x() > 240) == rtl
    assert toast.geometry().intersects(field.geometry())
    field.setFocus()
    qtbot.waitUntil(lambda: toast.geometry() == foot)


def test_of_a_tall_text_it_gives_way_to_the_line_with_the_cursor(qtbot, window):
    text = QTextEdit()
    text.setPlainText("\n".join(map(str, range(60))))
    toast = Toast(window(text))
    text.setFocus()
    toast.say("Copied")
    foot = toast.geometry()
    text.setTextCursor(text.cursorForPosition(text.viewport().mapFrom(toast.parentWidget(), foot.center())))
    qtbot.waitUntil(lambda: toast.geometry().bottom() < foot.top())


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
