"""Rows that lead somewhere, and the pictures on them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.rows import Row, Tile, arrow


@pytest.fixture(autouse=True)
def look(qapp):
    """The look that rows are seen with."""
    theme.apply(qapp, "light")


def test_a_row_is_one_button_that_is_heard_as_it_is_read(qtbot, window):
    pressed = []
    row = Row(Tile("tag"), "Gifts & sweets", "Two of them", lambda: pressed.append(1), end=arrow())
    window(row)
    assert (row.accessibleName(), row.accessibleDescription()) == ("Gifts & sweets", "Two of them")
    qtbot.mouseClick(row.title, Qt.MouseButton.LeftButton)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert pressed == [1, 1]


def test_a_row_without_a_note_is_lower(window):
    noted, bare = Row(None, "Bag", "Note", str), Row(None, "Bag", "", str)
    window(noted, bare)
    assert bare.sizeHint().height() < noted.sizeHint().height()


@pytest.mark.parametrize("wrap", [False, True])
def test_rows_keep_their_height_where_there_is_little(qtbot, rtl, wrap):
    body = QWidget()
    column = QVBoxLayout(body)
    rows = [Row(Tile("tag"), "A title with several words", "A note with more words", str, wrap=wrap) for _ in range(9)]
    for row in rows:
        column.addWidget(row)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(body)
    qtbot.addWidget(area)
    area.resize(240, 50)
    area.show()
    for row in rows:
        assert row.title.height() >= max(row.title.fontMetrics().height(), row.title.heightForWidth(row.title.width()))
        assert row.note.height() >= row.note.fontMetrics().height()
        assert row.note.geometry().bottom() <= row.height()


@pytest.mark.parametrize("width", [180, 260, 420])
def test_all_lines_of_long_words_are_seen(qtbot, rtl, width):
    body = QWidget()
    column = QVBoxLayout(body)
    title, note = "1 thing to look at in the automatic messages", "The phone cannot say when you open next. " * 3
    row = Row(Tile("tag"), title, note.strip(), str, wrap=True, end=arrow())
    column.addWidget(row)
    column.addStretch()
    qtbot.addWidget(body)
    body.resize(width, 600)
    body.show()
    for words in (row.title, row.note):
        assert words.height() >= words.heightForWidth(words.width())
    assert row.title.geometry().bottom() < row.note.y()
    assert row.note.geometry().bottom() <= row.height()


def test_a_tile_shows_its_icon_until_there_is_a_picture(qtbot):
    tile = Tile("image", 40)
    qtbot.addWidget(tile)
    icon = tile.grab().toImage()
    tile.set_picture(QPixmap())
    assert not tile.has_picture()
    picture = QPixmap(80, 40)
    picture.fill(QColor("red"))
    tile.set_picture(picture)
    assert tile.has_picture()
    assert tile.grab().toImage().pixelColor(20, 20) == QColor("red")
    tile.set_picture(None)
    assert tile.grab().toImage() == icon
