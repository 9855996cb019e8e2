"""The history as an owner uses it: looked at, searched, taken back, and what was deleted brought back."""

import pytest
from PySide6.QtCore import Qt

from desktop.i18n import N_, bidi
from desktop.services.catalog import add_product, find_products, read_product, remove_products, update_product
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply
from desktop.ui.pages.history import GONE, HistoryPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop in which four things were done."""

    def fill(run):
        run(N_("Start my shop"), update_profile, None, territory="AE", currency="AED", name="Bayt")
        bag = run(N_("Add item"), add_product, "Bag", price=7500)
        run(N_("Change price"), update_product, bag, None, price=8000)
        run(N_("Add reply"), add_reply, "thanks", "Thank you")
        return bag

    return filled_once(fill)


@pytest.fixture
def owner(stocked, context):
    context.bag = stocked.found
    return context


@pytest.fixture
def show(qtbot, owner):
    def show_page():
        page = HistoryPage(owner)
        qtbot.addWidget(page)
        page.resize(1108, 800)
        page.show()
        settle(page)
        return page

    def settle(page):
        qtbot.waitUntil(page.is_settled)

    show_page.settle = settle
    return show_page


def rows(table):
    model = table.model()
    texts = [[str(model.index(row, column).data()) for column in range(3)] for row in range(model.rowCount())]
    return [tuple(bidi.strip(text).replace("\xa0", " ") for text in line[1:]) for line in texts]


def panel(page):
    return [bidi.strip(text).replace("\xa0", " ") for text in page.panel.texts()]


def test_what_was_done_is_listed_and_told(qtbot, show):
    page = show()
    assert rows(page.done) == [
        ("Add reply", "thanks: added"),
        ("Change price", "Bag: Price AED 75 → AED 80"),
        ("Add item", "Bag: added"),
        ("Start my shop", "Business profile: Business name, Country, and Currency"),
    ]
    assert bidi.strip(page.header.count.text()) == "4 actions"
    page.done.setFocus()
    qtbot.keyClick(page.done, Qt.Key.Key_Down)
    show.settle(page)
    assert panel(page) == ["Bag", "Price", "AED 75 → AED 80"]
    assert "till" in page.panel.when.text()


def test_any_action_is_taken_back_and_done_again(qtbot, show, owner, said):
    page = show()
    page.done.selectRow(1)
    show.settle(page)
    qtbot.mouseClick(page.panel.take_back, LEFT)
    qtbot.waitUntil(lambda: said == [("Taken back: Change price", False)])
    assert owner.get(read_product, owner.bag).price == 7500
    show.settle(page)
    qtbot.waitUntil(lambda: rows(page.done)[1][0] == "Change price (taken back)")
    assert page.done.currentIndex().row() == 1
    assert page.panel.take_back.text() == "Do it again"
    qtbot.mouseClick(page.panel.take_back, LEFT)
    qtbot.waitUntil(lambda: owner.get(read_product, owner.bag).price == 8000)


def test_what_has_changed_since_is_said(qtbot, show, owner, said):
    page = show()
    page.done.selectRow(2)
    show.settle(page)
    qtbot.mouseClick(page.panel.take_back, LEFT)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert "“Change price” on till has changed the same since" in said[0][0]
    assert owner.get(find_products) == [owner.bag]


def test_filter_and_search(qtbot, show):
    page = show()
    page.kind.setCurrentIndex(page.kind.findText("Quick replies"))
    page.kind.activated.emit(page.kind.currentIndex())
    show.settle(page)
    assert rows(page.done) == [("Add reply", "thanks: added")]
    page.kind.setCurrentIndex(0)
    qtbot.keyClicks(page.search, "bag")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    show.settle(page)
    assert [title for title, _line in rows(page.done)] == ["Change price", "Add item"]
    qtbot.keyClicks(page.search, "zzz")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    show.settle(page)
    assert page.lists.currentWidget() is page.nothing


def test_what_was_deleted_comes_back_by_one_click(qtbot, show, owner, said):
    page = show()
    owner.run(N_("Delete item"), remove_products, [owner.bag])
    page.show_target(GONE)
    show.settle(page)
    assert rows(page.gone) == [("Item", "Bag")]
    qtbot.mouseClick(page.panel.take_back, LEFT)
    assert said == [("Bag is back.", True)]
    assert owner.get(find_products) == [owner.bag]
    qtbot.waitUntil(lambda: page.is_settled() and page.lists.currentWidget() is page.nothing)


def test_changes_elsewhere_appear(qtbot, show, owner):
    page = show()
    owner.run(N_("Add item"), add_product, "Cup")
    qtbot.waitUntil(lambda: rows(page.done)[0] == ("Add item", "Cup: added"))
    page.hide()
    owner.run(N_("Add item"), add_product, "Jug")
    page.show()
    qtbot.waitUntil(lambda: rows(page.done)[0] == ("Add item", "Jug: added"))


def test_a_shop_that_is_only_read(show, owner):
    owner.database.read_only = True
    page = show()
    owner.database.read_only = False
    assert page.panel.take_back.text() == "Take it back"
    assert not page.panel.take_back.isEnabled()


def test_before_an_action_is_chosen_there_is_no_button(qtbot, owner):
    page = HistoryPage(owner)
    qtbot.addWidget(page)
    page.show()
    assert not page.panel.take_back.isVisible()
    assert page.panel.title.text() == "What it did"
    qtbot.waitUntil(page.is_settled)
    assert page.panel.take_back.isVisible()
    assert page.panel.take_back.text()


def test_the_last_action_is_chosen_in_whichever_direction_one_reads(direction, show):
    page = show()
    assert page.done.currentIndex().row() == 0
    assert panel(page)
