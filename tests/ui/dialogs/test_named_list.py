"""What the dialogs of labels and of collections have in common, as an owner uses it."""

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.data.database import Database
from desktop.i18n import bidi
from desktop.services import collections, labels
from desktop.ui.context import Context
from desktop.ui.dialogs.collections import CollectionsDialog
from desktop.ui.dialogs.labels import LabelsDialog

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KINDS = {
    LabelsDialog: (labels.add_label, labels.read_tags, labels.update_label),
    CollectionsDialog: (collections.add_collection, collections.list_collections, collections.update_collection),
}


@pytest.fixture(params=[LabelsDialog, CollectionsDialog])
def kind(request):
    return request.param


@pytest.fixture
def three(context, kind):
    """The ids of three of a kind."""
    names = ("Gold & co", "Home", "Sale")
    return context.run("Add", lambda session: [KINDS[kind][0](session, name) for name in names])


@pytest.fixture
def dialog(in_front, context, kind, three):
    return in_front(kind(context))


@pytest.fixture
def names(context, kind):
    """A function that returns the names in the shop, in their order."""
    return lambda: [thing.name for thing in context.get(KINDS[kind][1])]


def test_a_new_one_is_added_by_name_and_chosen(qtbot, dialog, names):
    qtbot.keyClicks(dialog.new, "Toys")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    assert names() == ["Gold & co", "Home", "Sale", "Toys"]
    assert (dialog.new.text(), dialog.name.value()) == ("", "Toys")
    qtbot.keyClicks(dialog.new, "home")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    assert (names()[4:], dialog.new.text()) == ([], "home"), "nothing typed is lost"
    assert "already" in dialog.toast.words.text()


def test_a_name_is_saved_when_left_and_complained_about(qtbot, dialog, names, three):
    dialog.name.editor.setFocus()
    dialog.name.editor.selectAll()
    qtbot.keyClicks(dialog.name.editor, "Totes")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Tab)
    assert names() == ["Totes", "Home", "Sale"]
    dialog.name.editor.setFocus()
    dialog.name.editor.selectAll()
    qtbot.keyClicks(dialog.name.editor, "Sale")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert "already" in dialog.name.message.text()
    dialog.list.set_current(three[1])
    assert (names(), dialog.name.value()) == (["Totes", "Home", "Sale"], "Home")
    assert "keeps its own" in dialog.toast.words.text()


def test_a_colour_has_a_name(context, dialog, kind):
    editor = dialog.colour.editor
    editor.setCurrentIndex(8)
    editor.activated.emit(8)
    assert context.get(KINDS[kind][1])[0].colour == 8
    assert "Teal" in dialog.list.cards.index_at(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not editor.itemIcon(8).isNull()


def test_keys_and_a_drag_give_another_order(qtbot, dialog, names, three):
    dialog.list.setFocus()
    dialog.list.set_current(three[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
    assert names() == ["Home", "Gold & co", "Sale"]
    assert dialog.list.current() == three[0]
    dialog.list.moved.emit([three[2]], three[1])
    assert names() == ["Sale", "Home", "Gold & co"]
    qtbot.keyClick(dialog.list, "z", CTRL)
    assert names() == ["Home", "Gold & co", "Sale"]
    assert list(dialog.list.cards.ids) == [three[1], three[0], three[2]]
    qtbot.keyClicks(dialog.list, "s")
    assert dialog.list.current() == three[2]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.name.editor.selectedText() == "Sale"


def test_what_is_deleted_comes_back(qtbot, dialog, names, three):
    dialog.list.setFocus()
    dialog.list.set_current(three[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert names() == ["Home", "Sale"]
    assert "stay" in dialog.toast.words.text()
    dialog.toast.button.click()
    assert names() == ["Gold & co", "Home", "Sale"]
    dialog.list.select_all()
    dialog.delete.click()
    assert (names(), dialog.list.isVisible(), dialog.empty.isVisible()) == ([], False, True)
    assert "3 " in bidi.strip(dialog.toast.words.text())


def test_several_become_one(qtbot, context, dialog, names, three):
    dialog.targets.aboutToShow.emit()
    assert [bidi.strip(action.text()) for action in dialog.targets.actions()] == ["Home", "Sale"]
    dialog.targets.actions()[1].trigger()
    assert names() == ["Home", "Sale"]
    assert dialog.list.current() == three[2]
    context.reverse()
    dialog.list.set_current(three[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, SHIFT)
    dialog.targets.aboutToShow.emit()
    assert [bidi.strip(action.text()) for action in dialog.targets.actions()] == ["Gold && co", "Home"]
    dialog.targets.actions()[1].trigger()
    assert names() == ["Home", "Sale"]


def test_a_menu_of_very_many_says_what_else_can_be_done(context, dialog, kind):
    context.run("Add", lambda session: [KINDS[kind][0](session, f"N{n}") for n in range(labels.OFFERED)])
    dialog.targets.aboutToShow.emit()
    *offered, more = dialog.targets.actions()
    assert (len(offered), more.isEnabled()) == (labels.OFFERED, False)


def test_it_follows_what_changes_elsewhere(context, dialog, kind, three):
    context.run("Rename", KINDS[kind][2], three[0], name="Totes")
    assert dialog.name.value() == "Totes"
    assert dialog.list.cards.index_at(0).data() == "Totes"


def test_it_is_usable_in_both_directions_and_closes_by_esc(qtbot, direction, dialog):
    row = dialog.list.visualRect(dialog.list.cards.index_at(0)).center()
    left = dialog.list.viewport().mapTo(dialog, row).x() < dialog.name.mapTo(dialog, QPoint(0, 0)).x()
    assert left == (direction == "en")
    assert not dialog.grab().isNull()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)


def test_a_shop_to_read_only_can_be_looked_at(qtbot, shop, in_front, kind, three, names):
    reading = Context(Database(shop, read_only=True))
    try:
        dialog = in_front(kind(reading))
        assert dialog.name.editor.isReadOnly()
        assert [part.isEnabled() for part in (dialog.new, dialog.merge, dialog.delete)] == [False] * 3
        for key, keys in ((Qt.Key.Key_Down, ALT), (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)):
            qtbot.keyClick(dialog.list, key, keys)
        assert names() == ["Gold & co", "Home", "Sale"]
    finally:
        reading.close()
