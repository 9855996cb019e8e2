"""Changing prices, as one does it: what is typed, what is shown, what is done."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop.data.database import Database
from desktop.services.catalog import add_product, read_products
from desktop.services.profile import update_profile
from desktop.services.rounding import WHOLE, Rounding
from desktop.ui.context import Context
from desktop.ui.dialogs.reprice import HOW, RepriceDialog

LOWER, SALE, END = (list(HOW)[place] for place in (1, 5, 8))


def fill(session):
    update_profile(session, currency="AED", territory="AE", time_zone="Asia/Dubai")
    return [
        add_product(session, "Bag", price=7500),
        add_product(session, "Mug", price=3000, sale_price=2900),
        add_product(session, "Gift"),
    ]


@pytest.fixture(scope="module")
def stocked(filled_once):
    return filled_once(lambda run: run("Fill", fill))


@pytest.fixture
def ids(stocked):
    return stocked.found


@pytest.fixture
def dialog(context, ids, window):
    dialog = RepriceDialog(context, ids, window)
    dialog.show()
    return dialog


def prices(context, ids, column="price"):
    return [getattr(product, column) for product in context.get(read_products, ids)]


def shown(dialog, row):
    return [dialog.table.model().index(row, column).data() for column in range(3)]


def seen(qtbot, dialog, count):
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and dialog.table.model().rowCount() == count)


def test_prices_are_shown_before_and_after_and_changed_in_one_action(qtbot, direction, context, ids, dialog):
    said = []
    context.said.connect(said.append)
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.value, "10")
    dialog.rounding.set_value(WHOLE)
    seen(qtbot, dialog, 2)
    name, before, after = shown(dialog, 0)
    assert "Bag" in name
    assert "75" in before
    assert "83" in after
    assert {"en": "2", "ar": "ين"}[direction] in dialog.go.text()
    assert dialog.remarks.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.value, Qt.Key.Key_Return)
    assert prices(context, ids) == [8300, 3300, None]
    assert len(said) == 1
    assert said[0].undo
    assert context.database.undo() == "Change prices"
    assert prices(context, ids) == [7500, 3000, None]


def test_a_sale_on_days_and_its_end(qtbot, direction, context, ids, window, dialog):
    dialog.how.set_value(SALE)
    dialog.dated.setChecked(True)
    qtbot.keyClicks(dialog.value, "20")
    seen(qtbot, dialog, 2)
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    assert prices(context, ids, "sale_price") == [6000, 2400, None]
    assert all(prices(context, ids[:2], "sale_ends"))
    ending = RepriceDialog(context, ids, window)
    ending.how.set_value(END)
    assert ending.value.isHidden()
    seen(qtbot, ending, 2)
    with qtbot.waitSignal(ending.accepted):
        ending.go.click()
    assert prices(context, ids, "sale_ends") == [None] * 3


def test_a_sale_that_would_not_be_one_stays_or_ends(qtbot, context, ids, dialog):
    dialog.how.set_value(LOWER)
    qtbot.keyClicks(dialog.value, "50")
    seen(qtbot, dialog, 1)
    assert dialog.remarks.text().count("\n") == 1
    dialog.drop.setChecked(True)
    seen(qtbot, dialog, 2)
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    assert prices(context, ids, "sale_price") == [None] * 3


def test_what_cannot_be_meant_is_explained_and_kept(qtbot, dialog):
    for typed in ("ten", "-5", "9999999999"):
        qtbot.keyClicks(dialog.value, typed)
        qtbot.waitUntil(dialog.trouble.isVisible)
        assert not dialog.go.isEnabled()
        assert dialog.value.text() == typed
        dialog.value.clear()
        qtbot.waitUntil(lambda: not dialog.trouble.isVisible())


def test_escape_changes_nothing(qtbot, context, ids, dialog):
    qtbot.keyClicks(dialog.value, "10")
    seen(qtbot, dialog, 2)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.value, Qt.Key.Key_Escape)
    assert prices(context, ids) == [7500, 3000, None]


def test_what_is_wrong_with_writing_is_said_and_the_dialog_stays(qtbot, context, ids, dialog, monkeypatch):
    said = []
    context.said.connect(said.append)
    qtbot.keyClicks(dialog.value, "10")
    seen(qtbot, dialog, 2)
    monkeypatch.setattr(context.database, "_writer", None)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(said))
    assert not said[0].undo
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.isVisible()


def test_a_shop_to_read_only(qtbot, context, ids, window, shop):
    reading = Context(Database(shop, read_only=True))
    dialog = RepriceDialog(reading, ids, window)
    dialog.rounding.set_value(Rounding(Decimal(5)))
    dialog.value.setText("10")
    qtbot.waitUntil(lambda: dialog.table.model().rowCount() == 2)
    assert not dialog.go.isEnabled()
    reading.close()
