"""The dialog of collections, as an owner uses it."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage

from desktop.data.images import normalise
from desktop.i18n import bidi
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, list_collections, members, put_into, update_collection
from desktop.services.pictures import add_pictures
from desktop.ui.context import Context
from desktop.ui.dialogs.collections import CollectionsDialog

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shelves(context):
    """The ids of three collections; the first has two items, of which one has a picture."""
    groups = [context.run("Add", add_collection, name) for name in ("Bags & co", "Home", "Sale")]
    items = [context.run("Add", add_product, name) for name in ("Tote", "Mug")]
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    context.run("Add", add_pictures, items[0], [normalise(bytes(buffer.data().data()))])
    for item in items:
        context.run("Put", put_into, item, groups[0])
    return groups


@pytest.fixture
def dialog(qtbot, context, shelves):
    return shown(qtbot, context)


def shown(qtbot, context, closes=False):
    dialog = CollectionsDialog(context)
    if not closes:  # which destroys it
        qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def names(context):
    return [group.name for group in context.get(list_collections)]


def test_a_new_one_is_added_by_name_and_chosen(qtbot, context, dialog):
    qtbot.keyClicks(dialog.new, "Toys")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    assert names(context) == ["Bags & co", "Home", "Sale", "Toys"]
    assert (dialog.new.text(), dialog.name.value()) == ("", "Toys")
    qtbot.keyClicks(dialog.new, "home")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    assert names(context)[4:] == []
    assert dialog.new.text() == "home", "nothing typed is lost"
    assert "already" in dialog.toast.words.text()


def test_a_name_is_saved_when_left_and_complained_about(qtbot, context, dialog, shelves):
    dialog.name.editor.setFocus()
    dialog.name.editor.selectAll()
    qtbot.keyClicks(dialog.name.editor, "Totes")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Tab)
    assert names(context) == ["Totes", "Home", "Sale"]
    dialog.name.editor.setFocus()
    dialog.name.editor.selectAll()
    qtbot.keyClicks(dialog.name.editor, "Sale")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert "already" in dialog.name.message.text()
    dialog.list.set_current(shelves[1])
    assert (names(context), dialog.name.value()) == (["Totes", "Home", "Sale"], "Home")


def test_alt_and_the_arrows_and_a_drag_give_another_order(qtbot, context, dialog, shelves):
    dialog.list.setFocus()
    dialog.list.set_current(shelves[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
    assert names(context) == ["Home", "Bags & co", "Sale"]
    assert dialog.list.current() == shelves[0]
    dialog.list.moved.emit([shelves[2]], shelves[1])
    assert names(context) == ["Sale", "Home", "Bags & co"]
    qtbot.keyClick(dialog.list, "z", CTRL)
    assert names(context) == ["Home", "Bags & co", "Sale"]
    assert list(dialog.list.cards.ids) == [shelves[1], shelves[0], shelves[2]]


def test_a_colour_has_a_name(qtbot, context, dialog):
    editor = dialog.colour.editor
    editor.setCurrentIndex(8)
    editor.activated.emit(8)
    assert context.get(list_collections)[0].colour == 8
    assert "Teal" in dialog.list.cards.index_at(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not editor.itemIcon(8).isNull()


def test_the_cover_is_one_of_the_pictures_of_its_items(qtbot, context, dialog, shelves):
    from desktop.ui.dialogs.cover import CoverDialog

    dialog.from_items.trigger()
    chooser = dialog.findChild(CoverDialog)
    assert [chooser.grid.cards.index_at(place).data() for place in range(1)] == ["Tote"]
    chooser.use.click()
    assert context.get(list_collections)[0].cover
    dialog.sources.aboutToShow.emit()
    dialog.no_cover.trigger()
    assert context.get(list_collections)[0].cover is None
    dialog.list.set_current(shelves[1])
    dialog.from_items.trigger()
    assert "picture" in dialog.toast.words.text()


def test_what_is_deleted_comes_back(qtbot, context, dialog, shelves):
    dialog.list.setFocus()
    dialog.list.set_current(shelves[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert names(context) == ["Home", "Sale"]
    assert "items stay" in dialog.toast.words.text()
    dialog.toast.button.click()
    assert names(context) == ["Bags & co", "Home", "Sale"]
    dialog.list.select_all()
    dialog.delete.click()
    assert (names(context), dialog.list.isVisible(), dialog.empty.isVisible()) == ([], False, True)
    assert "3 collections" in bidi.strip(dialog.toast.words.text())


def test_two_become_one(qtbot, context, dialog, shelves):
    items = context.get(members, shelves[0])
    dialog.targets.aboutToShow.emit()
    assert [bidi.strip(action.text()) for action in dialog.targets.actions()] == ["Home", "Sale"]
    dialog.targets.actions()[1].trigger()
    assert names(context) == ["Home", "Sale"]
    assert context.get(members, shelves[2]) == items
    assert dialog.list.current() == shelves[2]
    dialog.list.select_all()
    dialog.targets.aboutToShow.emit()
    assert [bidi.strip(action.text()) for action in dialog.targets.actions()] == ["Home", "Sale"]
    dialog.targets.actions()[0].trigger()
    assert names(context) == ["Home"]
    assert context.get(members, shelves[1]) == items


def test_gauges_say_what_the_phone_takes(dialog, shelves):
    assert bidi.strip(dialog.items.words.text()) == "2 of 500 items"
    assert bidi.strip(dialog.pictured.words.text()) == "1 of 2 with a picture"
    assert "none without" in dialog.review.text()
    dialog.list.set_current(shelves[1])
    assert "Empty" in dialog.review.text()
    assert dialog.pictured.isHidden()


def test_it_follows_what_changes_elsewhere(context, dialog, shelves):
    context.run("Rename", update_collection, shelves[0], name="Totes")
    assert dialog.name.value() == "Totes"
    assert dialog.list.cards.index_at(0).data() == "Totes"


def test_it_is_usable_in_both_directions_and_closes_by_esc(qtbot, direction, context, shelves):
    dialog = shown(qtbot, context, closes=True)
    row = dialog.list.visualRect(dialog.list.cards.index_at(0)).center()
    left = dialog.list.viewport().mapTo(dialog, row).x() < dialog.name.mapTo(dialog, QPoint(0, 0)).x()
    assert left == (direction == "en")
    dialog.grab()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)


def test_a_shop_to_read_only_can_be_looked_at(qtbot, shop, context, shelves):
    from desktop.data.database import Database

    reading = Context(Database(shop, read_only=True))
    try:
        dialog = shown(qtbot, reading)
        assert dialog.name.editor.isReadOnly()
        assert [part.isEnabled() for part in (dialog.new, dialog.merge, dialog.delete)] == [False] * 3
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
        assert names(context) == ["Bags & co", "Home", "Sale"]
    finally:
        reading.close()
