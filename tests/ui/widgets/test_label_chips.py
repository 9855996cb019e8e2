"""Chips of labels: what they say, and what is painted into a row."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from desktop.i18n import bidi
from desktop.ui import theme
from desktop.ui.widgets.label_chips import LabelChip, LabelChips, chip_width, draw_chips
from desktop.ui.widgets.swatches import colour_of

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def test_each_says_its_colour_by_name(qtbot):
    chips = LabelChips("Labels")
    qtbot.addWidget(chips)
    chips.set_labels([("Paid", 3), ("VIP", 7)])
    found = chips.findChildren(LabelChip)
    assert [bidi.strip(chip.toolTip()) for chip in found] == ["Paid · Amber", "VIP · Mint"]
    chips.set_labels([("VIP", 7)])
    assert chips.labels() == [("VIP", 7)]
    assert [chip.word for chip in chips.findChildren(LabelChip) if not chip.isHidden()] == ["VIP"]


@pytest.fixture
def drawn(qtbot):
    """Draw chips into a line of a width; return the picture and the width that they took."""

    def draw(width, words, direction=LTR):
        picture = QPixmap(width, 30)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setFont(theme.font("small"))
        used = draw_chips(painter, QRect(0, 0, width, 30), words, direction)
        painter.end()
        return picture.toImage(), used

    return draw


def has(image, colour, columns):
    return any(image.pixelColor(x, y) == colour_of(colour) for x in columns for y in range(image.height()))


def test_they_begin_at_the_leading_edge(drawn):
    image, _used = drawn(300, [("Paid", 1)])
    assert has(image, 1, range(60))
    image, _used = drawn(300, [("Paid", 1)], RTL)
    assert not has(image, 1, range(200))
    assert has(image, 1, range(240, 300))


def test_what_has_no_room_is_counted(drawn):
    words = [("New order", 1), ("Pending payment", 2), ("Paid", 6)]
    metrics = QFontMetrics(theme.font("small"))
    room = chip_width(metrics, "New order") + 40
    image, used = drawn(room, words)
    assert has(image, 1, range(room))
    assert not has(image, 2, range(room))
    assert used <= room
    image, _used = drawn(900, words)
    assert all(has(image, colour, range(900)) for _word, colour in words)


def test_a_word_without_end_stays_in_its_line(drawn):
    _image, used = drawn(120, [("x" * 500, 1)])
    assert used <= 130
