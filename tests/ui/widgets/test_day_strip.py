"""A day as a strip: blocks where their time is, mirrored from right to left, chosen by mouse and by keys."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.widgets.day_strip import Block, DayStrip

BLOCKS = [Block(7, 540, 600, "Yoga", "Yoga 9 to 10"), Block(8, 660, 720, "Boxing", "Boxing 11 to 12")]
HOURS = [(at, str(at // 60)) for at in range(0, 1441, 60)]


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def strip(request, qtbot):
    strip = DayStrip("Day")
    qtbot.addWidget(strip)
    strip.setLayoutDirection(request.param)
    strip.resize(480, strip.sizeHint().height())
    strip.set_day([(480, 720)], BLOCKS, HOURS, current=7)
    strip.show()
    return strip


def test_blocks_lie_in_the_order_of_reading_and_are_chosen(qtbot, strip):
    first, second = (strip.place(block.begins, block.ends) for block in BLOCKS)
    assert (first.right() <= second.left()) == (strip.layoutDirection() == Qt.LayoutDirection.LeftToRight)
    chosen = []
    strip.chosen.connect(chosen.append)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=second.center())
    onwards = Qt.Key.Key_Left if strip.layoutDirection() == Qt.LayoutDirection.LeftToRight else Qt.Key.Key_Right
    qtbot.keyClick(strip, onwards)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert chosen == [8, 7]
    assert strip.accessibleDescription() == "Yoga 9 to 10"
    assert not strip.grab().isNull()


def test_a_day_without_anything_is_drawn_too(qtbot, strip):
    strip.set_day([], [], HOURS)
    assert not strip.grab().isNull()
    qtbot.keyClick(strip, Qt.Key.Key_Return)
