"""Choosing several cards of the grid, and dragging them."""

import time

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.ui.widgets.card_drag import ITEMS, carried, pack, unpack
from desktop.ui.widgets.card_grid import CardGrid, Face
from desktop.ui.widgets.card_painter import CHOSEN

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def told():
    """What the grid has said to be chosen."""
    return []


@pytest.fixture
def moved():
    """How cards were moved."""
    return []


@pytest.fixture
def grid(window, rtl, told, moved):
    """A grid of twenty cards, in both directions."""
    grid = CardGrid("Items", lambda ids: {i: Face(f"card {i}") for i in ids}, lambda key: None)
    window(grid).resize(780, 700)
    grid.set_ids(range(20))
    grid.set_arrangeable(True)
    grid.selection_changed.connect(told.append)
    grid.moved.connect(lambda ids, before: moved.append((ids, before)))
    grid.setFocus()
    return grid


def middle(grid, card):
    return grid.visualRect(grid.cards.index_of(card)).center()


def click(qtbot, grid, card, keys=NONE):
    qtbot.mouseClick(grid.viewport(), LEFT, keys, middle(grid, card))


def marked(grid):
    return [card for card in grid.cards.ids if grid.cards.index_of(card).data(CHOSEN)]


def test_a_click_chooses_one_ctrl_another_and_shift_all_between(qtbot, grid, told):
    click(qtbot, grid, 2)
    click(qtbot, grid, 5, CTRL)
    assert (grid.selection(), grid.current(), marked(grid)) == ([2, 5], 5, [2, 5])
    click(qtbot, grid, 7, SHIFT)
    assert (grid.selection(), grid.current()) == ([5, 6, 7], 7)
    click(qtbot, grid, 6, CTRL)
    assert (grid.selection(), grid.current()) == ([5, 7], 6)
    click(qtbot, grid, 1)
    assert (grid.selection(), marked(grid)) == ([1], [])
    assert told == [[2], [2, 5], [5, 6, 7], [5, 7], [1]]


def test_a_click_on_one_of_several_chooses_it_alone_once_it_is_no_drag(qtbot, grid, told):
    click(qtbot, grid, 2)
    click(qtbot, grid, 5, CTRL)
    qtbot.mousePress(grid.viewport(), LEFT, NONE, middle(grid, 2))
    assert (grid.selection(), grid.current()) == ([2, 5], 2)
    qtbot.mouseRelease(grid.viewport(), LEFT, NONE, middle(grid, 2))
    assert grid.selection() == [2]


def test_the_check_of_a_card_is_for_those_who_know_no_ctrl(qtbot, grid):
    click(qtbot, grid, 2)
    for as_list in (False, True):
        grid.set_as_list(as_list)
        index = grid.cards.index_of(4)
        check = grid._delegates[as_list].check_place(grid.visualRect(index), grid.layoutDirection())
        assert grid.visualRect(index).contains(check)
        qtbot.mouseClick(grid.viewport(), LEFT, NONE, check.center())
        assert grid.selection() == ([2] if as_list else [2, 4])


def test_the_keyboard_chooses_too(qtbot, grid, rtl):
    onwards = Qt.Key.Key_Left if rtl else Qt.Key.Key_Right
    grid.set_current(1)
    qtbot.keyClick(grid, onwards, SHIFT)
    qtbot.keyClick(grid, onwards, SHIFT)
    assert (grid.selection(), grid.current()) == ([1, 2, 3], 3)
    qtbot.keyClick(grid, onwards, CTRL)
    qtbot.keyClick(grid, onwards, CTRL)
    assert (grid.selection(), grid.current()) == ([1, 2, 3], 5)
    qtbot.keyClick(grid, Qt.Key.Key_Space, CTRL)
    assert grid.selection() == [1, 2, 3, 5]
    qtbot.keyClick(grid, Qt.Key.Key_End, SHIFT | CTRL)
    assert (grid.selection()[-1], grid.current()) == (19, 19)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert (grid.selection(), grid.current()) == ([19], 19)
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert grid.selection() == [grid.current()]


def test_ctrl_a_chooses_what_was_never_loaded_at_once(qtbot, window, told):
    loaded = []

    def load(ids):
        loaded.extend(ids)
        return {i: Face(str(i)) for i in ids}

    grid = CardGrid("Items", load, lambda key: None)
    window(grid).resize(780, 700)
    grid.selection_changed.connect(told.append)
    grid.set_ids(list(range(100_000)))
    start = time.process_time()
    qtbot.keyClick(grid, "a", CTRL)
    assert time.process_time() - start < 0.5  # 0.02 where nothing else runs
    assert told[-1] == list(range(100_000))
    assert grid.current() == 0
    assert len(set(loaded)) < 200
    grid.set_ids(list(range(1, 100_000)))
    assert len(grid.selection()) == 99_999


def test_ctrl_a_means_also_those_that_are_on_their_way(qtbot, grid):
    grid.set_ids(range(5), more=True)
    qtbot.keyClick(grid, "a", CTRL)
    assert grid.selection() == list(range(5))
    grid.set_ids(range(9))
    assert grid.selection() == list(range(9))
    grid.set_ids(range(12))  # these came later
    assert grid.selection() == list(range(9))


def test_what_is_chosen_stays_so_where_it_is_still_there(qtbot, grid, told):
    click(qtbot, grid, 2)
    for card in (5, 6):
        click(qtbot, grid, card, CTRL)
    grid.set_ids([6, 2, 9, 4])
    assert (grid.selection(), grid.current()) == ([6, 2], 6)
    grid.window().resize(460, 700)
    grid.set_as_list(True)
    assert grid.selection() == [6, 2]
    grid.set_ids([4, 9])
    assert grid.selection() == [grid.current()]
    assert told[-1] == grid.selection()


def test_going_to_one_of_several_leaves_them_chosen(qtbot, grid):
    click(qtbot, grid, 2)
    click(qtbot, grid, 5, CTRL)
    grid.set_current(2)
    assert grid.selection() == [2, 5]
    grid.set_current(9)
    assert grid.selection() == [9]
    grid.set_current(None)
    assert grid.selection() == []


def test_those_who_hear_the_screen_are_told(qtbot, grid):
    click(qtbot, grid, 2)
    click(qtbot, grid, 5, CTRL)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [grid.cards.index_of(card).data(role) for card in (2, 3)] == ["card 2, selected", "card 3"]


@pytest.mark.parametrize("as_list", [False, True])
def test_what_is_chosen_is_seen_without_colour(qtbot, grid, as_list):
    grid.set_as_list(as_list)
    click(qtbot, grid, 2)
    place = grid._delegates[as_list].check_place(grid.visualRect(grid.cards.index_of(2)), grid.layoutDirection())
    before = grid.viewport().grab(place).toImage()
    click(qtbot, grid, 3, CTRL)
    assert grid.viewport().grab(place).toImage() != before


# Moving


def test_alt_and_the_arrows_move_what_is_chosen(qtbot, grid, rtl, moved):
    onwards, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    columns = grid.cards.columns
    grid.set_current(9)
    for key, before in (
        (onwards, 11),
        (back, 8),
        (Qt.Key.Key_Down, 9 + columns + 1),
        (Qt.Key.Key_Up, 9 - columns),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, None),
    ):
        qtbot.keyClick(grid, key, ALT)
        assert moved.pop() == ([9], before)
    assert (grid.current(), grid.selection()) == (9, [9])
    click(qtbot, grid, 10, CTRL)
    qtbot.keyClick(grid, onwards, ALT)
    assert moved.pop() == ([9, 10], 12)
    grid.set_arrangeable(False)
    qtbot.keyClick(grid, onwards, ALT)
    assert moved == []


def held(grid, place, data, kind=QDragMoveEvent):
    """Hold what is dragged over a place, or drop it; return whether the grid would take it."""
    where = QPointF(place) if kind is QDropEvent else place
    event = kind(where, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, LEFT, NONE)
    event.setAccepted(False)
    QApplication.sendEvent(grid.viewport(), event)
    return event.isAccepted()


def drop(grid, place, data):
    if taken := held(grid, place, data, QDragEnterEvent):
        held(grid, place, data)
        held(grid, place, data, QDropEvent)
    return taken


@pytest.mark.parametrize("as_list", [False, True])
def test_what_is_dropped_goes_before_or_behind_a_card(grid, rtl, moved, as_list):
    grid.set_as_list(as_list)
    away = QPoint(0, 10) if as_list else QPoint(-40 if rtl else 40, 0)
    data = pack([1, 7], "")
    assert drop(grid, middle(grid, 3) - away, data)
    assert drop(grid, middle(grid, 3) + away, data)
    assert moved == [([1, 7], 3), ([1, 7], 4)]


def test_behind_the_last_card_is_the_end(grid, moved):
    grid.set_ids(range(grid.cards.columns + 1))
    assert drop(grid, QPoint(10, grid.viewport().height() - 60), pack([1], ""))
    assert drop(grid, QPoint(grid.viewport().width() // 2, middle(grid, grid.cards.columns).y()), pack([1], ""))
    assert moved == [([1], None), ([1], None)]


def test_a_mark_shows_where_and_goes_with_the_drag(grid):
    before = grid.viewport().grab().toImage()
    data = pack([1], "")
    held(grid, middle(grid, 3), data, QDragEnterEvent)
    assert grid.viewport().grab().toImage() != before
    QApplication.sendEvent(grid.viewport(), QDragLeaveEvent())
    assert grid.viewport().grab().toImage() == before


def test_near_an_edge_it_scrolls(qtbot, grid):
    grid.set_ids(range(500))
    data = pack([1], "")
    bar = grid.verticalScrollBar()
    held(grid, QPoint(100, grid.viewport().height() - 5), data, QDragEnterEvent)
    qtbot.waitUntil(lambda: bar.value() > 60)
    held(grid, QPoint(100, 3), data)
    qtbot.waitUntil(lambda: bar.value() == 0)
    QApplication.sendEvent(grid.viewport(), QDragLeaveEvent())
    assert not grid._landing.isActive()


def test_nothing_strange_is_taken(grid, moved):
    strange = QMimeData()
    strange.setText("12")
    other_window = QMimeData()
    other_window.setData(ITEMS, b'{"from": "another program", "ids": [1]}')
    wild = [QMimeData() for _ in range(4)]
    for data, content in zip(wild, (b"", b"\xff", b"[]", b'{"from": 1, "ids": "x"}'), strict=True):
        data.setData(ITEMS, content)
    for data in (strange, other_window, *wild):
        assert unpack(data) == []
        assert not drop(grid, middle(grid, 3), data)
    grid.set_arrangeable(False)
    assert not drop(grid, middle(grid, 3), pack([1], ""))
    assert moved == []


def test_a_drag_carries_ids_and_a_text(qtbot, grid, monkeypatch):
    dragged = []
    monkeypatch.setattr("PySide6.QtGui.QDrag.exec", lambda drag, *actions: dragged.append(drag))
    grid.set_drag_text(lambda ids: f"{len(ids)} items")
    click(qtbot, grid, 2)
    click(qtbot, grid, 5, CTRL)
    qtbot.mousePress(grid.viewport(), LEFT, NONE, middle(grid, 2))
    away = middle(grid, 2) + QPoint(60, 10)
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(away), QPointF(away), Qt.MouseButton.NoButton, LEFT, NONE)
    QApplication.sendEvent(grid.viewport(), event)
    (drag,) = dragged
    assert unpack(drag.mimeData()) == [2, 5]
    assert drag.mimeData().text() == "2 items"
    qtbot.mouseRelease(grid.viewport(), LEFT, NONE, away)
    assert grid.selection() == [2, 5], "a drag is no click"


def test_the_number_of_what_is_dragged_is_seen(qapp):
    card = QPixmap(200, 220)
    card.fill(Qt.GlobalColor.white)
    assert carried(card, "197").toImage() != carried(card, "").toImage()
