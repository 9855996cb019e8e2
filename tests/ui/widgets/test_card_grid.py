"""The card grid, with no shop behind it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop.ui.widgets.card_grid import CardGrid, Face
from desktop.ui.widgets.card_painter import Painted


@pytest.fixture
def loaded():
    """The ids whose faces were asked for."""
    return []


@pytest.fixture
def told():
    """What the grid has said to be current."""
    return []


@pytest.fixture
def grid(window, loaded, told):
    def load(ids):
        loaded.extend(ids)
        return {i: Face(f"card {i}", price=f"{i} AED", picture="red" if i % 2 else None) for i in ids}

    def picture(key):
        pixmap = QPixmap(40, 30)
        pixmap.fill(Qt.GlobalColor.red)
        return pixmap if key else None

    grid = CardGrid("Items", load, picture)
    grid.current_changed.connect(told.append)
    window(grid).resize(780, 700)
    return grid


def titles(grid, count):
    columns = grid.cards.columns
    return [grid.cards.index(i // columns, i % columns).data() for i in range(count)]


def selected(grid):
    """Return what is chosen, and see that Qt's own selection is the current card, of which screen readers tell."""
    of_qt = [grid.cards.id_at(index) for index in grid.selectionModel().selectedIndexes()]
    assert of_qt == ([] if grid.current() is None else [grid.current()])
    return grid.selection()


def test_only_what_is_in_sight_is_loaded(qtbot, grid, loaded):
    grid.set_ids(range(100_000))
    qtbot.waitUntil(lambda: bool(loaded))
    assert len(set(loaded)) < 200
    grid.scrollToBottom()
    qtbot.waitUntil(lambda: 99_999 in loaded)
    assert len(set(loaded)) < 400


def test_a_letter_is_for_the_search_and_loads_nothing(qtbot, grid, loaded):
    grid.set_ids(range(100_000))
    grid.set_current(0)
    grid.setFocus()
    qtbot.waitUntil(lambda: bool(loaded))
    with qtbot.waitSignal(grid.typed) as typed:
        qtbot.keyClick(grid, "c")
    assert typed.args == ["c"]
    assert len(set(loaded)) < 200
    assert grid.current() == 0


def test_ids_change_without_a_reset(qtbot, grid):
    grid.set_ids([3, 1, 2, 7, 8])
    grid.set_current(1)
    with qtbot.assertNotEmitted(grid.cards.modelReset):
        grid.set_ids([3, 1])
        assert titles(grid, 3) == ["card 3", "card 1", None]
        grid.set_ids([3, 1, 2, *range(10, 30)])
    assert grid.current() == 1


def test_a_forgotten_card_is_loaded_again(grid, loaded):
    grid.set_ids([1, 2])
    assert titles(grid, 2) == ["card 1", "card 2"]
    loaded.clear()
    grid.cards.forget({2, 99})
    assert titles(grid, 2) == ["card 1", "card 2"]
    assert loaded == [2]


def test_the_current_card_is_told_once(grid, told):
    grid.set_ids(range(50))
    grid.set_current(9)
    grid.set_current(9)
    grid.set_ids([100, *range(50)])
    assert (grid.current(), told) == (9, [9])
    grid.resize(400, 700)
    assert (grid.current(), told) == (9, [9])


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9])
def test_the_next_card_follows_one_that_has_gone(grid, told, count):
    ids = list(range(count))
    grid.set_ids(ids)
    middle = count // 2
    grid.set_current(middle)
    rest = [card for card in ids if card != middle]
    grid.set_ids(rest)
    expected = rest[min(middle, len(rest) - 1)] if rest else None
    assert grid.current() == expected
    assert told == [middle, expected]
    assert selected(grid) == ([] if expected is None else [expected])


def test_a_search_goes_to_its_best_hit(grid, told):
    grid.set_ids(range(20))
    grid.set_current(9)
    grid.set_ids([4, 5, 6], in_place=False)
    assert (grid.current(), told, selected(grid)) == (4, [9, 4], [4])


def test_nothing_is_chosen_by_itself(grid, told):
    grid.set_ids(range(9))
    grid.set_ids(range(5))
    assert (grid.current(), told) == (None, [])


def test_current_card_survives_another_width(grid):
    grid.set_ids(range(50))
    grid.set_current(9)
    before = grid.cards.columns
    grid.window().resize(460, 700)
    assert grid.cards.columns < before
    assert (grid.current(), selected(grid)) == (9, [9])


def test_cards_fill_the_width(grid):
    grid.set_ids(range(50))
    used = grid.cards.columns * grid.columnWidth(0)
    assert 0 <= grid.viewport().width() - used < grid.cards.columns


def test_arrows_walk_through_all_cards_in_reading_order(qtbot, window, rtl, loaded):
    grid = CardGrid("Items", lambda ids: {i: Face(str(i)) for i in ids}, lambda key: None)
    window(grid).resize(780, 700)
    grid.set_ids(range(11))
    grid.set_current(0)
    grid.setFocus()
    columns = grid.cards.columns
    assert columns > 2
    onwards, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    visited = []
    for _ in range(12):
        qtbot.keyClick(grid, onwards)
        visited.append(grid.current())
    assert visited == [*range(1, 11), 10, 10]
    for key, expected in (
        (back, 9),
        (Qt.Key.Key_Up, 9 - columns),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Down, columns),
        (Qt.Key.Key_End, 10),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_PageDown, 10),
    ):
        qtbot.keyClick(grid, key)
        assert grid.current() == expected, key


def test_the_first_card_is_on_the_leading_side(window, rtl):
    grid = CardGrid("Items", lambda ids: {i: Face(str(i)) for i in ids}, lambda key: None)
    window(grid).resize(780, 700)
    grid.set_ids(range(3))
    first, second = (grid.visualRect(grid.cards.index_of(card)).center().x() for card in (0, 1))
    assert (first > second) == rtl


def test_an_arrow_begins_where_nothing_was_current(qtbot, grid):
    grid.set_ids(range(5, 9))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.current() == 5


def test_enter_and_a_double_click_open_and_delete_asks(qtbot, grid):
    grid.set_ids(range(5))
    grid.set_current(2)
    grid.setFocus()
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [2]
    place = grid.visualRect(grid.cards.index_of(3)).center()
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [3]
    with qtbot.waitSignal(grid.delete_wanted):
        qtbot.keyClick(grid, Qt.Key.Key_Delete)
    grid.set_current(None)
    with qtbot.assertNotEmitted(grid.delete_wanted):
        qtbot.keyClick(grid, Qt.Key.Key_Delete)


def test_a_click_beside_the_cards_chooses_nothing(qtbot, grid, told):
    grid.set_ids([1])
    grid.show()
    width = grid.viewport().width()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(width - 20, 40))
    assert (grid.current(), told) == (None, [])


def test_the_list_has_one_to_a_row_and_keeps_the_current(grid):
    grid.set_ids(range(50))
    grid.set_current(9)
    grid.set_as_list(True)
    assert (grid.cards.columns, grid.current()) == (1, 9)
    grid.grab()
    grid.set_as_list(False)
    assert grid.cards.columns > 1
    assert grid.current() == 9


def test_tab_leaves_the_grid(qtbot, window):
    grid = CardGrid("Items", lambda ids: {i: Face(str(i)) for i in ids}, lambda key: None)
    other = CardGrid("Others", lambda ids: {}, lambda key: None)
    window(grid, other)
    grid.set_ids(range(50))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_what_a_screen_reader_says(grid):
    assert Face("Bag", "AED 60", "AED 75", "B-1", ("Hidden",)).spoken() == "Bag, AED 60 instead of AED 75, B-1, Hidden"
    assert Face("Bag").spoken() == "Bag"
    grid.set_ids([4])
    index = grid.cards.index_of(4)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "card 4, 4 AED"
    assert grid.accessibleName() == "Items"


@pytest.mark.parametrize("as_list", [False, True])
def test_the_keyboards_place_is_seen(styled, grid, as_list):
    grid.set_as_list(as_list)
    grid.set_ids(range(5))
    grid.set_current(1)
    grid.clearFocus()
    before = grid.viewport().grab().toImage()
    grid.setFocus()
    assert grid.viewport().grab().toImage() != before


def test_everything_that_can_be_on_a_card_is_painted(qapp, window, rtl):
    """In both directions and shapes, with what is too long, missing or strange."""
    faces = {
        1: Face("A" * 10_000, "1" * 300, "2" * 300, "C" * 300, ("Hidden", "Out of stock", "x" * 300), "red", True),
        2: Face("حقيبة 🎁 \u202e", "", "", "", (), "broken"),
        3: Face(""),
    }
    pixmap = QPixmap(3, 400)
    pixmap.fill(Qt.GlobalColor.red)
    grid = CardGrid(
        "Items", lambda ids: {i: faces[i] for i in ids if i in faces}, {"red": pixmap, "broken": QPixmap()}.get
    )
    window(grid).resize(700, 600)
    grid.set_ids([1, 2, 3, 4])
    grid.set_current(1)
    for as_list in (False, True):
        grid.set_as_list(as_list)
        image = grid.viewport().grab().toImage()
        colours = {
            image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
        }
        assert len(colours) > 10


def test_a_name_runs_as_its_own_letters_do(qapp, window):
    """A Latin name in an Arabic window keeps its dots behind it, where they are in a Latin one."""
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    option = QStyleOptionViewItem()
    option.direction = Qt.LayoutDirection.RightToLeft
    option.rect = image.rect()
    delegate = Painted(lambda _name: None, window(QWidget()))
    delegate._text(painter, option, option.rect, "Rolex..........", "strong", "text")
    painter.end()
    inked = [x for x in range(200) if any(image.pixelColor(x, y).lightness() < 200 for y in range(14))]
    assert inked, "letters are higher than dots"
    assert max(inked) < 180
