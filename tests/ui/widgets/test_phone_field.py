"""Phone numbers as they are typed."""

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence

from desktop.ui.widgets.phone_field import PhoneField, PhoneLine


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("٠٥٠ ١٢٣ ٤٥٦٧", "050 123 4567"), ("+۹۷۱-۵۰", "+971-50"), ("اتصل", "اتصل"), ("", "")],
)
def test_digits_stand_in_the_order_in_which_they_are_typed_or_pasted(qtbot, press, typed, shown):
    saved = []
    field, line = PhoneField("Phone", lambda text, group: saved.append(text) or ""), PhoneLine()
    qtbot.addWidget(field)
    qtbot.addWidget(line)
    field.start("")
    press(field.editor, typed)
    QGuiApplication.clipboard().setText(typed)
    line.paste()
    assert (field.value(), line.text()) == (shown, shown)
    assert field.commit()
    assert saved == ([shown] if shown else [])


def test_what_is_typed_between_stays_there_and_is_taken_back(qtbot, press):
    line = PhoneLine()
    qtbot.addWidget(line)
    line.setText("050 67")
    line.setCursorPosition(4)
    press(line, "١٢")
    assert (line.text(), line.cursorPosition()) == ("050 1267", 6)
    line.unsaved = True
    qtbot.keySequence(line, QKeySequence.StandardKey.Undo)
    assert line.text() == "050 67"
