"""The small window: type, fill in what is missing, Enter copies, it is gone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.services import catalog, profile, replies
from desktop.ui.pocket import Pocket


@pytest.fixture(scope="module")
def stocked(filled_once):
    def fill(run):
        run("Home", profile.update_profile, name="Bayt", territory="AE", currency="AED", phone="+971501234567")
        run("Item", catalog.add_product, "Pink gift box", price=7500)
        run("Reply", replies.add_reply, "thanks", "Thank you for choosing {shop}!")
        run("Reply", replies.add_reply, "price", "Dear {customer}, {product} is {price}. Paid so far: {paid}")

    return filled_once(fill)


@pytest.fixture
def pocket(qtbot, stocked, context):
    pocket = Pocket(context)
    qtbot.addWidget(pocket)
    pocket.open()
    qtbot.waitExposed(pocket)
    return pocket


def clipboard():
    return QGuiApplication.clipboard().text()


def titles(pocket):
    return [result.title for result in pocket.list.results()]


def test_reply_that_is_complete_is_copied_at_once(qtbot, pocket, context):
    qtbot.keyClicks(pocket.search, "/tha")
    assert len(titles(pocket)) == 1
    qtbot.keyClick(pocket.search, Qt.Key.Key_Return)
    assert clipboard() == "Thank you for choosing Bayt!"
    assert not pocket.isVisible()
    assert list(context.get(replies.uses).values()) == [1]


def test_what_is_missing_is_asked_for_in_turn(qtbot, pocket):
    qtbot.keyClicks(pocket.search, "/price")
    qtbot.keyClick(pocket.search, Qt.Key.Key_Return)
    assert list(pocket.fields) == ["customer", "product", "paid"]
    for key, typed in (("customer", "Noura {price}"), ("product", "pink"), ("paid", "AED 50")):
        qtbot.keyClicks(pocket.fields[key], typed)
        qtbot.keyClick(pocket.fields[key], Qt.Key.Key_Return)
    assert clipboard() == "Dear Noura {price}, Pink gift box is AED\u00a075. Paid so far: AED 50"
    assert not pocket.isVisible()


def test_item_that_is_meant_is_named_while_one_types(qtbot, pocket):
    pocket.open("/price")
    qtbot.keyClick(pocket.search, Qt.Key.Key_Return)
    qtbot.keyClicks(pocket.fields["product"], "GIFT")
    assert pocket.item_name.text() == "Pink gift box"
    qtbot.keyClicks(pocket.fields["product"], " nothing")
    assert pocket.item_name.text() == ""


def test_of_a_whole_text_the_beginning_is_looked_for(pocket):
    pocket.open("pink gift " * 1_000)
    assert "Pink gift box" in titles(pocket)


def test_escape_goes_back_and_then_away(qtbot, pocket):
    pocket.open("/price")
    qtbot.keyClick(pocket.search, Qt.Key.Key_Return)
    qtbot.keyClick(pocket.fields["customer"], Qt.Key.Key_Escape)
    assert pocket.body.currentWidget() is pocket.list
    qtbot.keyClick(pocket.search, Qt.Key.Key_Escape)
    assert not pocket.isVisible()


def test_item_gives_its_price(qtbot, pocket):
    qtbot.keyClicks(pocket.search, "pink")
    qtbot.keyClick(pocket.search, Qt.Key.Key_Return)
    assert clipboard().startswith("Pink gift box\nPrice: AED\u00a075\nhttps://wa.me/971501234567")


def test_keys_walk_and_the_wrong_layout_finds(qtbot, pocket):
    assert pocket.list.current() is not None
    qtbot.keyClick(pocket.search, Qt.Key.Key_Down)
    assert pocket.list.current().target.shortcut == "thanks"
    pocket.search.setText("حقهؤث")  # price, with the Arabic layout on
    assert any("price" in title for title in titles(pocket))


def test_nothing_found_is_said(qtbot, pocket):
    pocket.search.setText("zzzz")
    assert pocket.body.currentWidget() is pocket.nothing
    qtbot.keyClick(pocket.search, Qt.Key.Key_Return)
    assert pocket.isVisible()


def test_it_comes_with_what_was_typed_elsewhere(pocket):
    pocket.hide()
    pocket.open("/thanks")
    assert (pocket.search.text(), len(titles(pocket))) == ("/thanks", 1)
