"""The inspector of several items at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from desktop.data.database import Database
from desktop.i18n import formats
from desktop.services.catalog import add_product, read_product, update_product
from desktop.services.collections import add_collection, list_collections, put_into
from desktop.services.profile import update_profile
from desktop.ui.context import Context
from desktop.ui.pages import items_form
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.pages.items import ItemsInspector
from desktop.ui.widgets.chips import Chip


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop of Dubai with three items, of which two cost the same."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
        run("Home", update_profile, None, name="Gifts", **home)
        sold_out = {"sale_price": 8000, "availability": "out of stock"}
        return [
            run("Add", add_product, "Bag", price=5000, brand="Dar", quantity=3, description="Soft"),
            run("Add", add_product, "Box", price=5000, brand="Bayt", hidden=True),
            run("Add", add_product, "Cup", price=9000, brand="Dar", **sold_out),
        ]

    return filled_once(fill)


@pytest.fixture
def items(stocked):
    """The ids of the three items."""
    formats.configure(zone="Asia/Dubai")
    return stocked.found


@pytest.fixture
def show(qtbot, context, in_front):
    """A function that shows several items in an inspector, in an active window."""

    def show(ids, context=context):
        window = QMainWindow()
        inspector = ItemsInspector(context)
        context.changed.connect(inspector.refresh)
        window.setCentralWidget(inspector)
        window.resize(330, 800)
        in_front(window)
        assert inspector.show_items(ids)
        qtbot.waitUntil(lambda: inspector._job is None)
        return inspector

    return show


@pytest.fixture
def shown(show, items):
    return show(items)


@pytest.fixture
def said(context):
    sayings = []
    context.said.connect(sayings.append)
    return sayings


def enter(qtbot, press, field, text):
    """Type over what is in a field, and save it."""
    field.editor.setFocus()
    field.editor.selectAll()
    if not text:
        qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
    press(field.editor, text)
    return field.commit()


def column(context, items, name):
    return [getattr(context.get(read_product, item), name) for item in items]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_is_made_for_no_items(show):
    inspector = show([])
    assert not hasattr(inspector, "panel")
    assert inspector.commit()
    inspector.abandon()


def test_what_differs_says_so(direction, shown):
    assert "3" in shown.heading.text()
    mixed = shown.price.editor.placeholderText()
    assert mixed
    assert (shown.price.value(), shown.sale_price.editor.placeholderText()) == ("", mixed)
    assert (shown.hidden.value(), shown.hidden.editor.placeholderText()) == (None, mixed)
    shown.more.set_folded(False)
    assert (shown.condition.value(), shown.condition.editor.placeholderText()) == ("new", "")
    assert (shown.brand.value(), shown.brand.editor.placeholderText()) == ("", mixed)
    assert shown.country.value() == ""


def test_what_is_the_same_is_shown(show, items):
    inspector = show(items[:2])
    assert (inspector.price.value(), inspector.price.editor.placeholderText()) == ("50", "")
    assert inspector.sale_price.editor.placeholderText() == ""
    assert inspector.availability.value() == "in stock"


def test_a_change_is_made_in_all_as_one_action(qtbot, context, items, shown, said, press):
    assert enter(qtbot, press, shown.price, "٩٩")
    assert column(context, items, "price") == [9900] * 3
    assert column(context, items, "sale_price") == [None, None, 8000]
    assert column(context, items, "brand") == ["Dar", "Bayt", "Dar"]
    assert (said[-1].sentence, said[-1].undo) == ("3 items changed", True)
    shown.quantity.editor.setFocus()
    assert (shown.price.value(), shown.price.editor.placeholderText()) == ("99", "")
    context.database.undo()
    assert column(context, items, "price") == [5000, 5000, 9000]
    assert (shown.price.value(), shown.price.editor.placeholderText()) == ("", "Mixed")


def test_leaving_without_typing_changes_nothing(qtbot, context, items, shown, said):
    for field in shown.form.fields.values():
        field.editor.setFocus()
        qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert shown.commit()
    assert said == []
    assert context.database.next_title() == "Add"


def test_what_one_of_them_cannot_be_is_explained_and_none_is_changed(qtbot, context, items, shown, press):
    assert not enter(qtbot, press, shown.price, "80")
    assert "Cup" in shown.price.message.text()
    assert column(context, items, "price") == [5000, 5000, 9000]
    assert not shown.show_items(items[:1])
    assert shown.items() == items
    qtbot.keyClick(shown.price.editor, Qt.Key.Key_Escape)
    assert shown.show_items(items[:1])
    assert not enter(qtbot, press, shown.price, "lots")
    shown.abandon()
    assert shown.show_items(items)


def test_what_differs_can_be_cleared(qtbot, context, items, shown, press):
    click(qtbot, shown._clear["sale_price"])
    assert column(context, items, "sale_price") == [None] * 3
    assert not shown._clear["sale_price"].isVisible()
    click(qtbot, shown._clear["quantity"])
    assert column(context, items, "quantity") == [None] * 3
    click(qtbot, shown.clear_descriptions)
    assert column(context, items, "description") == [""] * 3
    assert not shown.clear_descriptions.isVisible()


def test_choices_and_days_are_stored_in_all(qtbot, context, items, shown):
    qtbot.keyClick(shown.hidden.editor, Qt.Key.Key_End)
    assert column(context, items, "hidden") == [True] * 3
    shown.availability.editor.set_value("out of stock")
    shown.availability._on_chosen()
    assert column(context, items, "availability") == ["out of stock"] * 3
    click(qtbot, shown.last.choose)
    assert len(set(column(context, items, "sale_ends"))) == 1
    assert None not in column(context, items, "sale_starts")
    click(qtbot, shown.last.clear)
    assert column(context, items, "sale_ends") == [None] * 3


def test_collections_are_on_off_or_of_some(qtbot, context, items, show):
    group = context.run("New", add_collection, "Bags")
    context.run("Put", put_into, items[0], group)
    inspector = show(items)
    (chip,) = (chip for chip in inspector.chips.findChildren(Chip) if chip.isVisible())
    assert not chip.isChecked()
    assert "1" in chip.text()
    click(qtbot, chip)
    assert context.get(list_collections)[0].items == 3
    (chip,) = (chip for chip in inspector.chips.findChildren(Chip) if chip.isVisible())
    assert chip.isChecked()
    click(qtbot, chip)
    assert context.get(list_collections)[0].items == 0
    context.database.undo()
    assert context.get(list_collections)[0].items == 3


def test_a_change_elsewhere_is_followed_but_not_where_one_types(qtbot, context, items, shown, press):
    shown.price.editor.setFocus()
    press(shown.price.editor, "7")
    for item in items:
        context.run("Elsewhere", update_product, item, None, quantity=5, price=9100)
    assert (shown.price.value(), shown.quantity.value()) == ("7", "5")


def test_several_currencies_are_not_mixed_up(context, items, shown):
    context.run("Elsewhere", update_product, items[0], None, currency="JPY")
    assert not shown.price.editor.isEnabled()
    assert "currencies" in shown.price.message.text()


def test_many_are_read_and_changed_behind_the_window(qtbot, monkeypatch, context, items, show, said, press):
    monkeypatch.setattr(items_form, "AT_ONCE", 2)
    inspector = show(items)
    assert inspector.price.editor.placeholderText() == "Mixed"
    assert enter(qtbot, press, inspector.quantity, "4")
    assert inspector.form.change.is_running()
    assert not enter(qtbot, press, inspector.price, "80")
    assert "Wait" in inspector.price.message.text()
    qtbot.waitUntil(lambda: len(said) == 1)
    assert said[0].sentence == "3 items changed"
    qtbot.waitUntil(lambda: "Cup" in inspector.price.message.text())
    assert inspector.price.is_unsaved()
    assert inspector.price.value() == "80"
    assert column(context, items, "quantity") == [4, 4, 4]
    assert column(context, items, "price") == [5000, 5000, 9000]
    qtbot.waitUntil(lambda: inspector._job is None)


def test_what_many_cannot_be_is_never_entered_for_others(qtbot, monkeypatch, context, items, show, said, press):
    monkeypatch.setattr(items_form, "AT_ONCE", 2)
    inspector = show(items)
    enter(qtbot, press, inspector.sale_price, "60")  # more than what the first two cost, as the job will say
    assert inspector.show_items(items[:2])
    qtbot.waitUntil(lambda: not inspector.form.change.is_running())
    assert "Bag" in said[-1].sentence
    assert (inspector.sale_price.value(), inspector.sale_price.is_unsaved()) == ("", False)
    assert inspector.commit()
    assert column(context, items, "sale_price") == [None, None, 8000]


def test_read_only_shows_and_changes_nothing(qtbot, context, items, shop, show):
    context.close()
    reading = Context(Database(shop, read_only=True))
    inspector = show(items, reading)
    for field in inspector.form.fields.values():
        qtbot.keyClick(field.editor, "5")
    assert inspector.commit()
    assert not inspector._clear["price"].isVisible()
    assert not inspector.clear_descriptions.isEnabled()
    reading.close()


def test_the_catalog_shows_it_while_several_are_chosen(qtbot, context, items, said, press):
    page = CatalogPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._job is None)
    page.grid.set_current(items[0])
    assert page.side.currentWidget() is page.inspector
    page.grid.select_all()
    assert page.side.currentWidget() is page.together
    assert page.together.items() == items
    assert not enter(qtbot, press, page.together.price, "lots")
    assert not page.commit()
    page.grid.clear_selection()
    assert "not saved" in said[-1].sentence
    assert page.side.currentWidget() is page.together
    assert enter(qtbot, press, page.together.price, "95")
    assert column(context, items, "price") == [9500] * 3
    page.grid.select_all()
    page.grid.clear_selection()
    assert page.side.currentWidget() is page.inspector
