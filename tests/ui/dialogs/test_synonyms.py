"""The dialog of words that mean the same, as its owner uses it."""

import pytest
from PySide6.QtCore import Qt

from desktop.services.synonyms import add_synonyms, list_synonyms
from desktop.ui.dialogs.synonyms import SynonymsDialog


@pytest.fixture
def dialog(in_front, context):
    context.run("Add", add_synonyms, "رولكس = Rolex")
    dialog = SynonymsDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return in_front(dialog)


def words(context):
    return [group.words for group in context.get(list_synonyms)]


def test_groups_are_added_changed_deleted_and_taken_back(qtbot, dialog, context):
    (line,) = dialog.lines.values()
    assert line.field.value() == "رولكس, Rolex"
    qtbot.keyClicks(dialog.new.editor, "tee, shirt")
    qtbot.keyClick(dialog.new.editor, Qt.Key.Key_Return)
    assert words(context) == [("رولكس", "Rolex"), ("tee", "shirt")]
    assert dialog.new.value() == ""
    assert dialog.new.editor.hasFocus()
    qtbot.keyClicks(dialog.new.editor, "Shirt")
    qtbot.keyClick(dialog.new.editor, Qt.Key.Key_Return)
    assert dialog.new.message.text()
    assert len(words(context)) == 2
    dialog.new.start("")
    line.field.editor.setFocus()
    line.field.editor.end(False)
    qtbot.keyClicks(line.field.editor, ", oyster")
    qtbot.keyClick(line.field.editor, Qt.Key.Key_Tab)
    assert words(context)[0] == ("رولكس", "Rolex", "oyster")
    line.delete.click()
    assert words(context) == [("tee", "shirt")]
    assert len(dialog.lines) == 1
    assert dialog.toast.isVisible()
    dialog.toast.button.click()
    assert len(words(context)) == len(dialog.lines) == 2


def test_closing_keeps_what_was_typed_and_stays_with_what_cannot_be(qtbot, dialog, context):
    qtbot.keyClicks(dialog.new.editor, "alone")
    dialog.close_button.click()
    assert dialog.isVisible()
    assert dialog.new.message.text()
    qtbot.keyClicks(dialog.new.editor, ", together")
    dialog.close_button.click()
    assert not dialog.isVisible()
    assert words(context)[1] == ("alone", "together")


def test_a_shop_to_read_only_shows_them(qtbot, dialog, context):
    context.database.read_only = True
    other = SynonymsDialog(context)
    other.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(other)
    (line,) = other.lines.values()
    assert line.field.editor.isReadOnly()
    assert not line.delete.isEnabled()
    assert other.new.isHidden()
    context.database.read_only = False
