"""Chips by key and click, and the lines they fill."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desktop.i18n import bidi
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.flow import FlowLayout

ROWS = [(0, "All", "128"), (1, "Bags", "24"), (2, "Gifts & sweets", "")]


@pytest.fixture
def chosen():
    return []


def chips(chosen, exclusive):
    row = Chips("Collections", exclusive)
    row.set_chips(ROWS)
    row.chosen.connect(chosen.append)
    return row


def test_one_is_always_chosen(qtbot, window, chosen):
    row = chips(chosen, True)
    window(row)
    assert row.value() == 0
    qtbot.mouseClick(row._chips[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row._chips[1], Qt.MouseButton.LeftButton)
    assert (row.values(), chosen) == ([1], [1, 1])


def test_arrows_choose_in_reading_order(qtbot, rtl, window, chosen):
    row = chips(chosen, True)
    window(row)
    onwards, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    row._chips[0].setFocus()
    for key in (onwards, onwards, onwards, back):
        qtbot.keyClick(row.focusWidget(), key)
    assert chosen == [1, 2, 2, 1]
    assert row._chips[1].hasFocus()


def test_tab_visits_the_row_once_at_what_is_chosen(qtbot, window, chosen):
    before, row, after = QLineEdit(), chips(chosen, True), QLineEdit()
    window(before, row, after)
    row.set_value(1)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert row._chips[1].hasFocus()
    qtbot.keyClick(row._chips[1], Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_others_are_turned_one_by_one(qtbot, window, chosen):
    row = chips(chosen, False)
    window(row)
    row._chips[1].setFocus()
    qtbot.keyClick(row._chips[1], Qt.Key.Key_Space)
    qtbot.keyClick(row._chips[1], Qt.Key.Key_Right)
    qtbot.keyClick(row._chips[2], Qt.Key.Key_Space)
    qtbot.keyClick(row._chips[2], Qt.Key.Key_Space)
    assert chosen == [[1], [1, 2], [1]]


def test_what_is_chosen_outlives_new_counts(qtbot, window, chosen):
    row = chips(chosen, True)
    window(row)
    row.set_value(1)
    row._chips[1].setFocus()
    row.set_chips([(5, "New", "1"), *ROWS])
    assert row.value() == 1
    assert row._chips[2].hasFocus()
    row.set_chips(ROWS[2:])
    assert (row.value(), chosen) == (2, [])
    assert row._chips[0].text() == "Gifts && sweets"


def test_a_click_counts_though_what_was_typed_before_is_saved_by_it_and_brings_new_counts(qtbot, window, chosen):
    row = chips(chosen, False)
    window(row)
    qtbot.mousePress(row._chips[1], Qt.MouseButton.LeftButton)
    row.set_chips([(value, name, "9") for value, name, _count in ROWS])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.mouseRelease(row._chips[1], Qt.MouseButton.LeftButton)
    assert chosen == [[1]]
    assert [bidi.strip(chip.accessibleName()) for chip in row._chips] == ["All  9", "Bags  9", "Gifts & sweets  9"]


def test_lines_are_filled_in_reading_order(qtbot, rtl):
    body = QWidget()
    qtbot.addWidget(body)
    layout = FlowLayout(body, spacing=10)
    boxes = [QLabel() for _ in range(3)]
    for box in boxes:
        box.setFixedSize(100, 20)
        layout.addWidget(box)
    body.resize(220, 100)
    body.show()
    assert [(box.x(), box.y()) for box in boxes] == (
        [(120, 0), (10, 0), (120, 30)] if rtl else [(0, 0), (110, 0), (0, 30)]
    )
    assert [layout.heightForWidth(width) for width in (400, 220, 100)] == [20, 50, 80]
    boxes[0].hide()
    assert layout.heightForWidth(220) == 20


def test_what_is_dropped_on_a_chip_is_taken_where_it_is_wanted(qtbot, window, chosen):
    row = chips(chosen, False)
    window(row)
    row.set_accepts(lambda value, data: value == 1 and data.hasText())
    dropped = []
    row.dropped.connect(lambda value, data: dropped.append((value, data.text())))
    data = QMimeData()
    data.setText("a card")
    copy, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    taken = []
    for chip in row._chips:
        enter = QDragEnterEvent(QPoint(3, 3), copy, data, left, keys)
        enter.setAccepted(False)
        QApplication.sendEvent(chip, enter)
        taken.append((enter.isAccepted(), chip.isDown()))
    assert taken == [(False, False), (True, True), (False, False)]
    QApplication.sendEvent(row._chips[1], QDragLeaveEvent())
    assert not row._chips[1].isDown()
    QApplication.sendEvent(row._chips[1], QDragEnterEvent(QPoint(3, 3), copy, data, left, keys))
    QApplication.sendEvent(row._chips[1], QDropEvent(QPointF(3, 3), copy, data, left, keys))
    assert (dropped, chosen) == ([(1, "a card")], [])


def test_a_name_that_is_too_long_ends_in_dots_and_is_told_whole(qtbot, window):
    row = Chips("Collections", exclusive=False)
    row.set_chips([(0, "W" * 300, "7"), (1, "Bags", "")])
    window(row)
    long, short = row._chips
    assert row.minimumSizeHint().width() < 320
    assert (long.text()[-4:-1], bidi.strip(long.text())[-4:], long.toolTip()) == ("\u2069  ", "…  7", "W" * 300)
    assert bidi.strip(long.accessibleName()) == "W" * 300 + "  7"
    assert (short.text(), short.toolTip()) == ("Bags", "")
