"""Text that is only ever text."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.ui.widgets.labels import ElidedLabel, Label, ValueLabel


def test_markup_is_shown_and_not_obeyed(qtbot):
    label = Label("<b>Bag</b>")
    qtbot.addWidget(label)
    assert label.sizeHint().width() == label.fontMetrics().horizontalAdvance("<b>Bag</b>")


def test_what_does_not_fit_is_told_by_the_tool_tip(window):
    label = ElidedLabel("A very long name of an item\nthat no card has room for")
    body = window(label)
    body.resize(600, 100)
    assert (label.shown(), label.toolTip()) == ("A very long name of an item that no card has room for", "")
    body.resize(120, 100)
    assert label.shown().endswith("…")
    assert label.toolTip() == label.text()


def test_a_new_text_is_measured_again(window):
    label = ElidedLabel("Bag")
    window(label).resize(120, 100)
    assert label.toolTip() == ""
    label.setText("A very long name of an item")
    assert label.toolTip() == "A very long name of an item"


def test_a_value_is_selected_and_copied(qtbot, window, rtl):
    label = ValueLabel("+971 50 123 4567", ltr=True)
    window(label)
    edge = label.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
    assert edge == (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    label.setSelection(0, 4)
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "+971"
