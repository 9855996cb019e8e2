"""The bar for several items, as an owner uses it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop import i18n
from desktop.data.database import Database
from desktop.i18n import bidi
from desktop.services.catalog import add_product, read_products
from desktop.services.collections import add_collection, list_collections, members, put_into
from desktop.services.profile import update_profile
from desktop.ui.context import Context
from desktop.ui.dialogs.name import NameDialog
from desktop.ui.dialogs.reprice import RepriceDialog
from desktop.ui.dialogs.rewrite import RewriteDialog
from desktop.ui.pages.catalog_selection import SelectionBar, drag_text
from desktop.ui.pages.selection import AT_ONCE


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop in Dubai with three items."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "language": "en", "phone": "+971501234567"}
        run("Set", update_profile, None, name="Bayt", **home)
        return [run("Add", add_product, f"Bag {n}", price=n * 1000 or None) for n in range(3)]

    return filled_once(fill)


@pytest.fixture
def items(stocked):
    """The ids of three items of a shop in Dubai."""
    return stocked.found


@pytest.fixture
def bar(qtbot, context, items):
    return shown(qtbot, context, items)


def shown(qtbot, context, items, width=1000):
    bar = SelectionBar(context)
    qtbot.addWidget(bar)
    bar.resize(width, 40)
    bar.show_items(items)
    bar.show()
    return bar


def stored(context, items, name):
    return [getattr(product, name) for product in context.get(read_products, items)]


def offered(menu):
    menu.aboutToShow.emit()
    return [bidi.strip(action.text()) for action in menu.actions() if not action.isSeparator()]


def test_each_thing_is_one_action_and_says_how_many(context, bar, items, said):
    for action, column, before, after, words in (
        (bar.hide_items, "hidden", False, True, "3 items are hidden now"),
        (bar.out_of_stock, "availability", "in stock", "out of stock", "3 items are out of stock now"),
    ):
        action.trigger()
        assert stored(context, items, column) == [after] * 3
        assert said[-1] == (words, True)
        context.database.undo()
        assert stored(context, items, column) == [before] * 3
    bar.show_to_all.trigger()
    assert said[-1] == ("Nothing to change: it is so already.", False)
    bar.duplicate.trigger()
    assert said[-1] == ("3 items duplicated", True)


def test_collections_are_put_into_and_taken_out_of(qtbot, context, bar, items, said):
    bags, sale = (context.run("Add", add_collection, name) for name in ("Bags & co", "Sale"))
    context.run("Put", put_into, items[0], bags)
    assert offered(bar.collections) == ["Bags && co (1 of 3)", "Sale", "New collection…", "Take out of"]
    bar.collections.actions()[0].trigger()
    assert context.get(members, bags) == items
    assert said[-1] == ("2 items put into the collection", True)
    assert offered(bar.collections) == ["Bags && co", "Sale", "New collection…"]
    assert [action.isChecked() for action in bar.collections.actions()[:2]] == [True, False]
    bar.collections.actions()[0].trigger()
    assert context.get(members, bags) == []
    assert said[-1] == ("3 items taken out of the collection", True)
    context.run("Put", put_into, items[1], sale)
    offered(bar.collections)
    bar.collections.actions()[-1].menu().actions()[0].trigger()
    assert context.get(members, sale) == []


def test_they_go_into_a_collection_that_is_made_for_them(qtbot, context, bar, items, said):
    offered(bar.collections)
    bar.collections.actions()[-1].trigger()
    (dialog,) = bar.findChildren(NameDialog)
    dialog.go.click()
    assert "name" in dialog.complaint.text()
    qtbot.keyClicks(dialog.line, "Eid")
    dialog.go.click()
    (group,) = context.get(list_collections)
    assert (group.name, group.items) == ("Eid", 3)
    assert context.database.undo() == "Put into collection"
    assert context.get(list_collections) == []


def test_a_price_list_is_copied(qtbot, context, bar, items, said, clipboard):
    bar.copy.trigger()
    qtbot.waitUntil(lambda: bool(said))
    parts = clipboard.text().split("\n\n")
    assert [part.split("\n")[0] for part in parts] == ["Bag 0", "Bag 1: AED\u00a010", "Bag 2: AED\u00a020"]
    assert all("https://wa.me/971501234567" in part for part in parts)
    assert said[-1][0].startswith("3 items copied")
    assert drag_text(context, items[1:]) == "Bag 1: AED\u00a010\nBag 2: AED\u00a020"


def test_codes_to_print_are_on_the_page_of_links(context, bar, items):
    wanted = []
    context.wanted.connect(lambda page, target: wanted.append((page, target)))
    bar.codes.trigger()
    assert wanted == [("links", ("many", items))]


def test_very_many_are_changed_behind_the_window(qtbot, context, items, said):
    def add(session):
        return [add_product(session, f"Box {n}") for n in range(AT_ONCE + 1)]

    many = context.run("Add", add)
    bar = shown(qtbot, context, many)
    bar.hide_items.trigger()
    assert not bar.isEnabled()
    bar.show_to_all.trigger()  # one after the other
    qtbot.waitUntil(lambda: bool(said) and bar.isEnabled())
    assert said == [(f"{AT_ONCE + 1} items are hidden now", True)]
    assert all(stored(context, many, "hidden"))


def test_what_has_no_room_is_under_more(qtbot, styled, direction, context, items):
    wide = shown(qtbot, context, items, 1400)
    assert not any(button.isHidden() for button, _action in wide._inline)
    offers = len(offered(wide.more_menu))
    narrow = shown(qtbot, context, items, 300)
    assert all(button.isHidden() for button, _action in narrow._inline)
    assert len(offered(narrow.more_menu)) == offers + 4
    ends = [widget.geometry().center().x() for widget in (wide.clear, wide.more)]
    assert (ends == sorted(ends)) == (i18n.language() == "en")


def test_the_number_is_said_and_esc_lets_go(qtbot, bar):
    assert bar.count.text() == "3 selected"
    for let_go in (bar.clear.click, lambda: qtbot.keyClick(bar.more, Qt.Key.Key_Escape)):
        with qtbot.waitSignal(bar.cleared):
            let_go()
    with qtbot.waitSignal(bar.delete_wanted):
        bar.delete.trigger()


def test_a_shop_to_read_only_is_only_copied_from(qtbot, shop, context, items):
    reading = Context(Database(shop, read_only=True))
    try:
        bar = shown(qtbot, reading, items)
        usable = {action for action in bar.findChildren(QAction) if action.isEnabled() and action.text()}
        assert usable == {bar.copy, bar.codes, bar.publish}
    finally:
        reading.close()


def test_prices_and_words_are_changed_in_dialogs_about_these_items(qtbot, context, bar):
    for action, kind in ((bar.prices, RepriceDialog), (bar.rewrite, RewriteDialog)):
        action.trigger()
        (dialog,) = bar.window().findChildren(kind)
        assert dialog.isVisible()
        dialog.reject()
        qtbot.waitUntil(lambda kind=kind: not bar.window().findChildren(kind))
