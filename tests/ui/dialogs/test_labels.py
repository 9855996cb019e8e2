"""The dialog of labels, as an owner uses it."""

import pytest
from PySide6.QtCore import Qt

from desktop.services.customers import add_customer
from desktop.services.labels import add_label, put_labels, read_tags
from desktop.services.limits import limit
from desktop.ui.dialogs.labels import LabelsDialog

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def labels(context):
    """The ids of three labels; the first is on two customers."""
    ids = [context.run("Add", add_label, name) for name in ("Gold & co", "Silver", "Paid")]
    people = [context.run("Add", add_customer, name) for name in ("Huda", "Omar")]
    context.run("Put", put_labels, people, ids[:1])
    return ids


def shown(qtbot, context):
    dialog = LabelsDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


@pytest.fixture
def dialog(qtbot, context, labels):
    return shown(qtbot, context)


def names(context):
    return [tag.name for tag in context.get(read_tags)]


def faces(dialog):
    return [
        dialog.list.cards.index_of(label).data(Qt.ItemDataRole.AccessibleTextRole) for label in dialog.list.cards.ids
    ]


def test_the_list_says_how_many_and_which_colour_in_words(dialog):
    assert faces(dialog)[0] == "Gold & co, 2 customers · Gray"
    assert dialog.on_phone.words.text() == "3 of 20 labels on the phone"
    assert dialog.list.last is None


def test_a_new_one_is_added_by_name_and_chosen(qtbot, context, dialog):
    qtbot.keyClicks(dialog.new, "VIP")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    assert (names(context)[-1], dialog.name.value(), dialog.new.text()) == ("VIP", "VIP", "")
    qtbot.keyClicks(dialog.new, "vip")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    assert (len(names(context)), dialog.new.text()) == (4, "vip"), "nothing typed is lost"
    assert "already" in dialog.toast.words.text()


def test_it_is_renamed_and_coloured_in_its_fields(qtbot, context, dialog):
    dialog.name.editor.setFocus()
    dialog.name.editor.selectAll()
    qtbot.keyClicks(dialog.name.editor, "Best")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Tab)
    dialog.colour.editor.setCurrentIndex(6)
    dialog.colour.editor.activated.emit(6)
    qtbot.mouseClick(dialog.board.editor, Qt.MouseButton.LeftButton)
    tag = context.get(read_tags)[0]
    assert (tag.name, tag.colour, tag.on_board) == ("Best", 6, True)


def test_two_become_one_and_come_back(qtbot, context, dialog, labels):
    dialog.list.setFocus()
    dialog.list.set_current(labels[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog.targets.aboutToShow.emit()
    assert [action.text().strip("\u2068\u2069") for action in dialog.targets.actions()] == ["Gold && co", "Silver"]
    dialog.targets.actions()[1].trigger()
    assert names(context) == ["Silver", "Paid"]
    assert context.get(read_tags)[0].customers == 2
    context.reverse()
    assert names(context) == ["Gold & co", "Silver", "Paid"]


def test_keys_move_and_delete(qtbot, context, dialog, labels):
    dialog.list.setFocus()
    dialog.list.set_current(labels[2])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    assert names(context) == ["Gold & co", "Paid", "Silver"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert names(context) == ["Gold & co", "Silver"]
    assert "deleted" in dialog.toast.words.text()


def test_the_phones_own_are_one_click_away(qtbot, context):
    dialog = shown(qtbot, context)
    assert dialog.empty.isVisible()
    qtbot.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    assert len(names(context)) == 6
    assert dialog.list.isVisible()
    assert not dialog.first.isVisible()


def test_a_line_stands_below_what_the_phone_has_room_for(context, qtbot):
    ids = [context.run("Add", add_label, f"L{n}") for n in range(limit("label.labels") + 1)]
    dialog = shown(qtbot, context)
    assert dialog.list.last == ids[-2]
    assert faces(dialog)[-1].endswith("only here")
    dialog.list.set_current(ids[-1])
    assert dialog.place.text().startswith("Only here")
    assert not dialog.grab().isNull()


def test_its_customers_are_asked_for(qtbot, dialog, labels):
    with qtbot.waitSignal(dialog.wanted) as asked:
        dialog.customers.click()
    assert asked.args == [labels[0]]
