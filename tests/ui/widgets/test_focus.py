"""Where the Tab key goes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.focus import reveal, tab_here
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.scroll import Scroll


def field(name):
    return LineField(name, lambda _value, _group: "")


def test_fields_that_are_made_later_are_visited_where_they_stand_and_left_again(qtbot):
    window, rows = QWidget(), QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(rows)
    last = field("Last")
    column.addWidget(last)
    inside = QVBoxLayout(rows)
    late = [field("First"), field("Second")]
    for one in late:
        inside.addWidget(one)
    tab_here(rows, [one.editor for one in late])
    window.show()
    around = [*(one.editor for one in late), last.editor]
    around[0].setFocus()
    for expected in [*around[1:], *around]:  # twice round
        window.focusNextPrevChild(True)
        assert window.focusWidget() is expected


def test_what_the_keyboard_comes_to_is_scrolled_to(qtbot):
    inside, far = QWidget(), field("Far")
    column = QVBoxLayout(inside)
    space = Label("")
    space.setFixedHeight(2000)
    column.addWidget(space)
    column.addWidget(far)
    area = Scroll(inside)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    assert far.visibleRegion().isEmpty()
    reveal(far.editor)
    assert not far.editor.visibleRegion().isEmpty()


def test_the_keyboard_is_in_sight_also_where_it_comes_from_outside(qtbot, window):
    inside = QWidget()
    column = QVBoxLayout(inside)
    fields = [field(str(number)) for number in range(30)]
    for one in fields:
        column.addWidget(one)
    outside = field("Outside")
    area = Scroll(inside)
    area.setFixedHeight(200)
    window(area, outside)
    outside.editor.setFocus()
    qtbot.keyClick(outside.editor, Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: fields[-1].editor.hasFocus() and not fields[-1].editor.visibleRegion().isEmpty())
    outside.editor.setFocus()
    fields[0].editor.setFocus()
    qtbot.waitUntil(lambda: not fields[0].editor.visibleRegion().isEmpty())
