"""An order is put together and copied, with the keyboard or the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.services.catalog import add_product
from desktop.services.profile import update_profile
from desktop.services.variants import add_variants, update_variant
from desktop.ui.dialogs.order_summary import OrderDialog


@pytest.fixture
def dialog(qtbot, context):
    """The dialog over a shop with a box, a shirt in two sizes, and a hidden bag."""

    def fill(session):
        update_profile(session, name="Bayt", territory="AE", currency="AED", language="en")
        add_product(session, "Rose box", price=7500)
        shirt = add_product(session, "Shirt", price=4000)
        update_variant(session, add_variants(session, shirt, [("Size", ["M", "L"])])[1], price=4500)
        add_product(session, "Bag", price=1000, hidden=True)

    context.run("", fill)
    dialog = OrderDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def copied(dialog):
    dialog.copy.click()
    return QApplication.clipboard().text().replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_is_copied_before_something_is_ordered(direction, dialog):
    assert not dialog.copy.isEnabled()
    assert dialog.trouble.text()


def test_an_order_by_keyboard(qtbot, direction, dialog, press):
    assert dialog.picker.search.hasFocus()
    for word in ("rose", "bag"):
        dialog.picker.search.selectAll()
        press(dialog.picker.search, word)
        qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Return)
    assert [line.line().name for line in dialog.lines] == ["Rose box", "Bag"]
    dialog.lines[0].quantity.setFocus()
    dialog.lines[0].quantity.selectAll()
    press(dialog.lines[0].quantity, "2")
    press(dialog.delivery, "25")
    press(dialog.deposit, "100")
    press(dialog.customer, "Noura")
    text = copied(dialog)
    assert "Hello Noura," in text
    assert "2 × Rose box: AED 150" in text
    assert "AED 185" in text  # with delivery
    assert "AED 85" in text  # left to pay


def test_a_way_of_an_item_has_its_own_price(dialog):
    dialog.add_item(2)
    assert dialog.lines[0].line().price == 4000
    dialog.lines[0].way.set_value(1)
    dialog.lines[0].way.activated.emit(1)
    assert "Shirt (L): AED 45" in copied(dialog)


def test_the_same_item_is_counted_up_and_taken_off_again(qtbot, dialog):
    dialog.add_item(1)
    dialog.add_item(1)
    assert [line.quantity.value() for line in dialog.lines] == [2]
    qtbot.mouseClick(dialog.lines[0].remove, Qt.MouseButton.LeftButton)
    assert not dialog.lines
    assert not dialog.copy.isEnabled()


def test_an_amount_in_words_is_refused_where_it_stands(dialog, press):
    dialog.add_item(1)
    press(dialog.delivery, "free")
    assert not dialog.copy.isEnabled()
    assert dialog.delivery.property("look") == "warn"
    dialog.delivery.clear()
    assert dialog.copy.isEnabled()
    press(dialog.deposit, "9999")
    assert dialog.deposit.property("look") == "warn"
