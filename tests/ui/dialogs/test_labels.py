"""The dialog of labels: what only labels have."""

import pytest
from PySide6.QtCore import Qt

from desktop.services.customers import add_customer
from desktop.services.labels import add_label, put_labels, read_tags
from desktop.services.limits import limit
from desktop.ui.dialogs.labels import LabelsDialog


@pytest.fixture
def labels(context):
    """The ids of three labels; the first is on two customers."""
    ids = [context.run("Add", add_label, name) for name in ("Gold & co", "Silver", "Paid")]
    people = [context.run("Add", add_customer, name) for name in ("Huda", "Omar")]
    context.run("Put", put_labels, people, ids[:1])
    return ids


@pytest.fixture
def dialog(in_front, context, labels):
    return in_front(LabelsDialog(context))


def faces(dialog):
    return [
        dialog.list.cards.index_of(label).data(Qt.ItemDataRole.AccessibleTextRole) for label in dialog.list.cards.ids
    ]


def test_the_list_says_how_many_and_which_colour_in_words(dialog):
    assert faces(dialog)[0] == "Gold & co, 2 customers · Gray"
    assert dialog.on_phone.words.text() == "3 of 20 labels on the phone"
    assert dialog.list.last is None


def test_it_becomes_a_column_of_the_board(qtbot, context, dialog):
    qtbot.mouseClick(dialog.board.editor, Qt.MouseButton.LeftButton)
    assert context.get(read_tags)[0].on_board


def test_the_customers_of_one_go_to_another(context, dialog):
    dialog.targets.aboutToShow.emit()
    dialog.targets.actions()[0].trigger()
    assert [(tag.name, tag.customers) for tag in context.get(read_tags)] == [("Silver", 2), ("Paid", 0)]


def test_the_phones_own_are_one_click_away(qtbot, in_front, context):
    dialog = in_front(LabelsDialog(context))
    assert dialog.empty.isVisible()
    qtbot.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    assert len(context.get(read_tags)) == 6
    assert dialog.list.isVisible()
    assert not dialog.first.isVisible()


def test_a_line_stands_below_what_the_phone_has_room_for(in_front, context):
    ids = [context.run("Add", add_label, f"L{n}") for n in range(limit("label.labels") + 1)]
    dialog = in_front(LabelsDialog(context))
    assert dialog.list.last == ids[-2]
    assert faces(dialog)[-1].endswith("only here")
    dialog.list.set_current(ids[-1])
    assert dialog.place.text().startswith("Only here")
    assert not dialog.grab().isNull()


def test_its_customers_are_asked_for(qtbot, dialog, labels):
    with qtbot.waitSignal(dialog.wanted) as asked:
        dialog.customers.click()
    assert asked.args == [labels[0]]
