"""A table that loads what is in sight."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.widgets.preview_table import CELL, KEPT, PAGE, Cell, PreviewTable


@pytest.fixture
def table(qtbot, direction):
    table = PreviewTable("Preview", ["Item", "Before", "After"])
    qtbot.addWidget(table)
    table.resize(600, 300)
    return table


def lines(asked):
    def load(first, count):
        asked.append((first, count))
        return [
            (Cell(f"item {row}"), Cell("كتاب red" * 99, [(400, 404)]), Cell("blue 🎁", [(5, 6)]))
            for row in range(first, first + count)
        ]

    return load


def test_only_what_is_in_sight_is_loaded(qtbot, table):
    asked = []
    table.show_lines(100_000, lines(asked))
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    assert asked == [(0, PAGE)]
    table.scrollToBottom()
    table.grab()
    assert asked[1:] == [(100_000 - PAGE, PAGE)]
    assert table.model().index(99_999, 0).data() == "item 99999"
    for row in range(0, PAGE * (KEPT + 5), PAGE):
        assert table.model().index(row, 0).data() == f"item {row}"
    assert len(table.lines._pages) == KEPT


def test_rows_that_have_gone_are_empty(table):
    table.show_lines(3, lambda first, count: [(Cell("a"), Cell("b"), Cell("c"))])
    assert [table.model().index(row, 2).data() for row in range(3)] == ["c", "", ""]


def test_what_a_file_says_is_no_markup_under_the_pointer(table):
    table.show_lines(1, lambda first, count: [(Cell("<b>a</b>"), Cell("b"), Cell("c"))])
    cells = [table.model().index(0, column) for column in range(2)]
    assert [cell.data() for cell in cells] == ["<b>a</b>", "b"]
    assert "&lt;b>a" in cells[0].data(Qt.ItemDataRole.ToolTipRole)
    assert cells[1].data(Qt.ItemDataRole.ToolTipRole) == "b"


def test_a_marked_word_is_drawn_in_colour(qtbot, table):
    def ink():
        image = table.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(0, 600, 2) for y in range(30, 60, 2)}

    from desktop.ui import theme

    plain = [(Cell("a"), Cell("b"), Cell("c"))]
    table.show_lines(1, lambda first, count: plain)
    table.show()
    assert theme.colour("accent-soft").name() not in ink()
    table.show_lines(1, lines([]))
    assert theme.colour("accent-soft").name() in ink()
    assert table.model().index(0, 1).data(CELL).marks == [(400, 404)]
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Item"
