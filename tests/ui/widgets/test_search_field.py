"""Looking for something by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.ui.widgets.search_field import SearchField


@pytest.fixture
def told():
    return []


@pytest.fixture
def field(window, told):
    field = SearchField("Search names")
    field.searched.connect(told.append)
    field.body = window(field)
    return field


def test_it_searches_a_moment_after_the_last_key(qtbot, field, told):
    qtbot.keyClicks(field, "bag")
    assert told == []
    qtbot.waitUntil(lambda: told == ["bag"])


def test_enter_and_down_do_not_wait(qtbot, field, told):
    qtbot.keyClicks(field, "ba")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "g")
    with qtbot.waitSignal(field.moved_down):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert told == ["ba", "bag"]


def test_escape_clears_and_then_passes_on(qtbot, field, told):
    qtbot.keyClicks(field, "bag")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), told) == ("", ["bag", ""])
    keys = []
    field.body.keyPressEvent = lambda event: keys.append(event.key())
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert keys == [Qt.Key.Key_Escape]


def test_the_clear_button_is_there_when_needed(qtbot, field):
    clear = field.actions()[1]
    assert not clear.isVisible()
    qtbot.keyClicks(field, "bag")
    assert clear.isVisible()
    clear.trigger()
    assert field.text() == ""


def test_it_says_what_it_is_for(field):
    assert field.accessibleName() == "Search names"


def test_of_a_whole_text_that_is_pasted_the_beginning_is_searched_for(qtbot, field, told):
    QGuiApplication.clipboard().setText("rose water " * 1_000)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(told) == 1
    assert told[0] == ("rose water " * 1_000)[:200]
