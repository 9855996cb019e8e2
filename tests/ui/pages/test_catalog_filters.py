"""The filters of the catalog, as its owner uses them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.i18n import bidi
from desktop.services.catalog import add_product, update_product
from desktop.services.collections import add_collection, put_into
from desktop.services.profile import update_profile
from desktop.services.searches import list_searches, save_search
from desktop.services.where import Search
from desktop.ui.dialogs.name import NameDialog
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.widgets.chips import Chip


@pytest.fixture(scope="module")
def stocked(filled_once):
    """Five items in two collections: their ids by name, and those of the collections."""

    def fill(session):
        update_profile(session, None, name="Gifts", currency="AED", territory="AE")
        ids = {
            "Bag": add_product(session, "Bag", code="B", price=7500, sale_price=5000),
            "Box": add_product(session, "Box", price=4000),
            "Cup": add_product(session, "Cup", hidden=True),
            "Dress": add_product(session, "Dress", price=9000, hidden=True),
            "Pen": add_product(session, "Pen", price=100, code="75"),
        }
        for name, members in (("Ladies & co", ("Bag", "Dress")), ("Home", ("Box", "Cup"))):
            ids[name] = add_collection(session, name)
            for member in members:
                put_into(session, ids[member], ids[name])
        return ids

    return filled_once(lambda run: run("Fill", fill))


@pytest.fixture
def shop_of(stocked):
    return stocked.found


@pytest.fixture
def page(qtbot, context, shop_of, in_front):
    page = CatalogPage(context)
    in_front(page, 1108, 840)
    settle(qtbot, page)
    return page


def settle(qtbot, page):
    """Wait until everything is found and counted."""
    qtbot.waitUntil(lambda: page._job is None and page.filters._job is None)


def shown(page):
    grid = page.grid.cards
    return [grid.index_of(card).data() for card in grid.ids]


def chips(page):
    return {
        bidi.strip(chip.text()).split("  ")[0].replace("&&", "&"): chip
        for chip in page.filters.chips.findChildren(Chip)
        if chip.isVisible()
    }


def click(qtbot, page, chip):
    qtbot.mouseClick(chips(page)[chip], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def entry(qtbot, page, button, words):
    """Choose an entry of the menu that a button opens."""
    menu = {page.filters.filter: page.filters.filters, page.filters.sort: page.filters.orders}[button]
    menu.aboutToShow.emit()
    entries = {action.text().split("\t")[0]: action for action in menu.actions()}
    entries[words].trigger()
    settle(qtbot, page)
    return entries


def active(page):
    return [button.text().split("  ")[0] for button in page.filters._removable]


def test_collections_are_combined_and_taken_away(qtbot, direction, page):
    texts = [chip.text() for chip in chips(page).values()]
    assert [text.split("  ")[-1] for text in texts] == ["5", "2", "2"]
    assert texts[1] == "\u2068Ladies && co\u2069  2"
    click(qtbot, page, "Ladies & co")
    assert shown(page) == ["Bag", "Dress"]
    click(qtbot, page, "Home")
    assert shown(page) == ["Bag", "Box", "Cup", "Dress"]
    click(qtbot, page, "Ladies & co")
    assert shown(page) == ["Box", "Cup"]
    click(qtbot, page, next(iter(chips(page))))
    assert len(shown(page)) == 5
    assert next(iter(chips(page).values())).isChecked()


def test_status_and_attention_are_counted_and_combined(qtbot, page):
    click(qtbot, page, "Ladies & co")
    entries = entry(qtbot, page, page.filters.filter, "Hidden")
    counted = dict(action.text().split("\t") for action in entries.values() if "\t" in action.text())
    assert counted["Hidden"] == "2"
    assert counted["No price"] == "1"
    assert "Code used twice" not in counted  # nobody looks for what no item is
    assert shown(page) == ["Dress"]
    assert active(page) == ["Hidden"]
    entry(qtbot, page, page.filters.filter, "No price")
    assert page.shown.currentWidget() is page.nothing
    qtbot.mouseClick(page.filters._removable[0], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert active(page) == ["No price"]
    page.show_all.click()
    settle(qtbot, page)
    assert len(shown(page)) == 5
    assert not page.filters.active.isVisible()


def test_orders(qtbot, page):
    expected = {
        "Name": "Bag Box Cup Dress Pen",
        "Price, lowest first": "Pen Box Bag Dress Cup",
        "Price, highest first": "Dress Bag Box Pen Cup",
        "Newest first": "Pen Dress Cup Box Bag",
        "Own order": "Bag Box Cup Dress Pen",
    }
    for words, order in expected.items():
        entry(qtbot, page, page.filters.sort, words)
        assert " ".join(shown(page)) == order
        assert active(page) == ([words] if words != "Own order" else [])
    entry(qtbot, page, page.filters.sort, "Name")
    page.filters._removable[0].click()
    assert page.filters.search() == Search()


def test_a_search_is_saved_used_renamed_and_deleted(qtbot, page, context):
    page.search.setText("x")
    entry(qtbot, page, page.filters.filter, "Hidden")
    page.search.setText("")
    qtbot.keyClicks(page.search, "s")
    qtbot.waitUntil(lambda: shown(page) == ["Dress"])
    page.filters.save.click()
    dialog = page.findChild(NameDialog)
    assert dialog.line.text() == "s, Hidden"
    dialog.line.clear()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.complaint.text()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.line, "To do")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    (saved,) = context.get(list_searches)
    assert (saved.name, saved.search) == ("To do", Search("s", ("hidden",)))
    page.filters.clear.click()
    settle(qtbot, page)
    assert page.search.text() == ""
    click(qtbot, page, "To do")
    assert shown(page) == ["Dress"]
    assert (page.search.text(), active(page)) == ("s", ["Hidden"])
    assert chips(page)["To do"].isChecked()
    page.filters.rename.click()
    dialog = page.findChildren(NameDialog)[-1]
    dialog.line.setText("Ladies")
    dialog.go.click()
    assert "Ladies" in chips(page)
    page.filters.forget.click()
    assert context.get(list_searches) == []
    assert "Ladies" not in chips(page)
    context.database.undo()
    click(qtbot, page, "Ladies")  # it is on, and goes off
    assert len(shown(page)) == 5


@pytest.mark.qt_log_ignore("plugin does not support")
def test_many_collections_leave_room_for_the_items(qtbot, page, context):
    def fill(session):
        return [add_collection(session, f"Group {n}") for n in range(12)]

    groups = context.run("Fill", fill)
    settle(qtbot, page)
    assert len(chips(page)) == 1 + 8 + 1
    chips(page)["More…"].click()
    assert page.filters.rest.isVisible()
    far = {action.text().split("\t")[0]: action for action in page.filters.rest.actions()}
    assert list(far) == [f"Group {n}" for n in range(6, 12)]
    page.filters.rest.close()
    context.run("Put", put_into, page.grid.cards.ids[0], groups[11])
    far["Group 11"].trigger()
    settle(qtbot, page)
    assert (shown(page), active(page)) == (["Bag"], ["Group 11"])
    assert page.filters.group() == groups[11]


def test_what_is_found_no_more_stays_until_one_goes_on(qtbot, page, context, shop_of):
    page.show_target(Search(terms=("hidden",)))
    settle(qtbot, page)
    assert shown(page) == ["Cup", "Dress"]
    page.grid.set_current(shop_of["Cup"])
    context.run("Show", update_product, shop_of["Cup"], None, hidden=False)
    settle(qtbot, page)
    assert shown(page) == ["Cup", "Dress"]
    qtbot.keyClick(page.grid, Qt.Key.Key_End)
    settle(qtbot, page)
    assert shown(page) == ["Dress"]
    assert page.inspector.name.value() == "Dress"
    context.database.undo()  # and it is back at once
    settle(qtbot, page)
    assert shown(page) == ["Cup", "Dress"]


def test_chips_take_two_lines_at_most(qtbot, page, context):
    def fill(session):
        return [add_collection(session, f"A collection with a long name {n}") for n in range(7)]

    context.run("Fill", fill)
    settle(qtbot, page)
    for width in (1320, 812, 1320):
        page.resize(width, 640)
        QApplication.processEvents()
        assert len({chip.y() for chip in chips(page).values()}) <= 2
        far = [] if "More…" not in chips(page) else page.filters._far
        assert len(chips(page)) == 1 + 9 - len(far) + bool(far)
    page.resize(812, 640)
    assert "More…" in chips(page)


def test_the_items_do_not_move_while_one_types(qtbot, page):
    place = page.grid.mapTo(page, page.grid.rect().topLeft())
    assert not page.filters.save.isEnabled()
    qtbot.keyClicks(page.search, "b")
    qtbot.waitUntil(page.filters.save.isEnabled)
    settle(qtbot, page)
    assert page.grid.mapTo(page, page.grid.rect().topLeft()) == place


def test_a_collection_that_is_deleted_filters_no_more(qtbot, page, context):
    click(qtbot, page, "Home")
    assert len(shown(page)) == 2
    from sqlalchemy import delete

    from desktop.data.models import Collection

    context.run("Delete", lambda session: session.execute(delete(Collection).where(Collection.name == "Home")))
    settle(qtbot, page)
    assert len(shown(page)) == 5


def test_what_was_chosen_is_there_the_next_time(qtbot, page, context):
    page.show_target(Search(terms=("hidden",), sort="price-down"))
    page.as_rows.click()
    settle(qtbot, page)
    again = CatalogPage(context)
    qtbot.addWidget(again)
    settle(qtbot, again)
    assert again.filters.search() == Search(terms=("hidden",), sort="price-down")
    assert again.grid.as_list
    assert shown(again) == ["Dress", "Cup"]


def test_counts_follow_what_is_changed(qtbot, page, context, shop_of):
    context.run("Show", update_product, shop_of["Cup"], None, hidden=False)
    settle(qtbot, page)
    assert page.filters._counts["hidden"] == 1
    page.grid.setFocus()
    context.run("Add", add_collection, "Another")  # which makes the chips anew
    settle(qtbot, page)
    assert page.grid.hasFocus()


def test_what_was_searched_for_is_marked(qtbot, page):
    qtbot.keyClicks(page.search, "bag")
    qtbot.waitUntil(lambda: shown(page) == ["Bag"])
    assert page.grid.itemDelegate().hits("A bag") == ((2, 5),)
    page.grid.grab()  # painted without complaint


def test_nothing_is_saved_in_a_shop_to_read_only(qtbot, page, context):
    context.database.read_only = True
    other = CatalogPage(context)
    qtbot.addWidget(other)
    other.show_target(Search("bag"))
    assert not other.filters.save.isEnabled()
    context.database.read_only = False


def test_tab_visits_the_filters_in_reading_order(qtbot, direction, page, context):
    context.run("Save", save_search, "Mine", Search(terms=("hidden",)))
    page.show_target(Search(terms=("no-price",)))
    settle(qtbot, page)
    page.search.setFocus()
    visited = []
    for _ in range(7):
        visited.append(QApplication.focusWidget())
        qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
    filters = page.filters
    first = next(iter(chips(page).values()))
    wanted = [page.search, filters.filter, filters.sort, filters.save, first, filters._removable[0], filters.clear]
    assert visited == wanted
    assert all(widget.accessibleName() for widget in visited)


def test_the_menu_opens_a_dialog_and_shows_what_it_asks_for(qtbot, page):
    entries = {action.text(): action for action in page.menu.actions() if action.data()}
    assert all(action.isEnabled() for action in entries.values())
    for action in entries.values():
        dialog = page.menu.open_dialog(action.data())
        assert dialog.isVisible()
        if dialog.windowTitle() == "What needs attention":
            dialog.wanted.emit(Search(terms=("no-price",)))
            settle(qtbot, page)
            assert (shown(page), active(page)) == (["Cup"], ["No price"])
        dialog.close()
