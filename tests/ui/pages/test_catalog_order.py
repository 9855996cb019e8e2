"""Several items on the catalog page: chosen, moved, put into collections, deleted."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.services.catalog import add_product, find_products, update_product
from desktop.services.collections import add_collection, members, put_into
from desktop.services.where import Search
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.widgets.card_drag import pack
from desktop.ui.widgets.chips import Chip

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def stocked(filled_once):
    return filled_once(lambda run: [run("Add", add_product, f"Item {n}") for n in range(6)])


@pytest.fixture
def items(stocked):
    """The ids of six items."""
    return stocked.found


@pytest.fixture
def page(qtbot, context, items):
    page = CatalogPage(context)
    qtbot.addWidget(page)
    page.resize(1108, 840)
    page.show()
    settle(qtbot, page)
    return page


def settle(qtbot, page):
    qtbot.waitUntil(lambda: page._job is None)


def shown(page):
    return list(page.grid.cards.ids)


def test_what_is_moved_stays_moved_and_comes_back(qtbot, context, page, items, said):
    page.grid.set_current(items[4])
    qtbot.keyClick(page.grid, Qt.Key.Key_Home, ALT)
    expected = [items[4], *items[:4], items[5]]
    assert (shown(page), context.get(find_products)) == (expected, expected)
    assert page._job is None, "what is seen is right already"
    assert page.grid.current() == items[4]
    qtbot.keyClick(page.grid, Qt.Key.Key_Home, ALT)
    assert context.database.undo() == "Move items", "where it stands already is no action"
    settle(qtbot, page)
    assert (shown(page), page.grid.current()) == (items, items[4])


def test_it_is_said_where_moving_would_mean_nothing(qtbot, page, items, said):
    page.show_target(Search(sort="name"))
    settle(qtbot, page)
    page.grid.set_current(items[4])
    before = shown(page)
    qtbot.keyClick(page.grid, Qt.Key.Key_Up, ALT)
    assert shown(page) == before
    assert said[-1][0].startswith("Items can be moved when all items")


def test_several_move_together(qtbot, context, page, items):
    page.grid.set_current(items[1])
    page.grid.cards.selection.chosen = {items[1], items[3]}
    page.grid.moved.emit([items[1], items[3]], items[0])
    assert shown(page) == context.get(find_products) == [items[1], items[3], items[0], items[2], items[4], items[5]]
    assert page.grid.selection() == [items[1], items[3]]


def test_only_an_order_of_the_owners_can_be_changed(qtbot, context, page, items):
    for search in (Search("item"), Search(sort="name"), Search(terms=("shown",))):
        page.filters.set_search(search)
        page.search_again()
        settle(qtbot, page)
        page.grid.set_current(items[4])
        qtbot.keyClick(page.grid, Qt.Key.Key_Home, ALT)
        assert context.get(find_products) == items


def test_one_collection_is_arranged_by_itself(qtbot, context, page, items):
    group = context.run("Add", add_collection, "Bags")
    for item in items[:3]:
        context.run("Put", put_into, item, group)
    page.filters.set_search(Search(terms=(f"collection=#{group}",)))
    page.search_again()
    settle(qtbot, page)
    page.grid.set_current(items[2])
    qtbot.keyClick(page.grid, Qt.Key.Key_Home, ALT)
    settle(qtbot, page)
    assert shown(page) == context.get(members, group) == [items[2], items[0], items[1]]
    assert context.get(find_products) == items
    context.database.undo()
    settle(qtbot, page)
    assert shown(page) == items[:3]


def test_items_are_dropped_on_the_chip_of_a_collection(qtbot, context, page, items, said):
    group = context.run("Add", add_collection, "Bags")
    everything, bags = page.filters.chips.findChildren(Chip)[-2:]
    data = pack(items[:2], "")
    taken = []
    for chip in (everything, bags):
        where, button, keys = QPoint(5, 5), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, button, keys)
        enter.setAccepted(False)
        QApplication.sendEvent(chip, enter)
        taken.append(enter.isAccepted())
    assert taken == [False, True]
    QApplication.sendEvent(bags, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, keys))
    assert context.get(members, group) == items[:2]
    assert said[-1] == ("2 items put into the collection", True)


def test_several_are_deleted_as_one(qtbot, context, page, items, said):
    page.grid.setFocus()
    page.grid.set_current(items[0])
    qtbot.keyClick(page.grid, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(
        page.grid.viewport(),
        Qt.MouseButton.LeftButton,
        CTRL,
        page.grid.visualRect(page.grid.cards.index_of(items[0])).center(),
    )
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    settle(qtbot, page)
    assert (shown(page), page.inspector.row()) == ([items[0]], items[0])
    assert said[-1] == ("5 items deleted", True)
    context.database.undo()
    settle(qtbot, page)
    assert shown(page) == items


def test_the_bar_stands_where_the_header_was(qtbot, page, items):
    page.grid.setFocus()
    page.grid.set_current(items[0])
    top = page.grid.mapTo(page, QPoint(0, 0))
    qtbot.keyClick(page.grid, "a", CTRL)
    assert page.several.isVisible()
    assert page.several.count.text() == "6 selected"
    assert page.grid.mapTo(page, QPoint(0, 0)) == top
    qtbot.keyClick(page.several.more, Qt.Key.Key_Escape)
    assert page.header.isVisible()
    assert page.grid.selection() == [items[0]]


def test_a_change_of_an_item_moves_nothing_and_asks_for_nothing(qtbot, context, page, items):
    context.run("Change", update_product, items[2], None, price=500)
    assert page._job is None
    assert shown(page) == items
