"""Text that is only ever text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from desktop.ui.widgets.labels import ElidedLabel, Label, ValueLabel


@pytest.mark.fault("S06")
def test_markup_is_shown_and_not_obeyed(qtbot):
    label = Label("<b>Bag</b>")
    qtbot.addWidget(label)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance("<b>Bag</b>")


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


def stands_at(label):
    """The side of a wide label at which its text is drawn."""
    label.resize(400, 40)
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    grey, line = bytes(image.constBits()), image.bytesPerLine()
    drawn = [x for x in range(image.width()) if len(set(grey[x::line])) > 1]
    return "left" if drawn[0] < image.width() - drawn[-1] else "right"


@pytest.mark.parametrize("text", ["الكتالوج", "Bag", "1,234.5", "\u206860 د.إ\u2069", "Bag\nBox"])
@pytest.mark.parametrize("kind", [Label, ElidedLabel, ValueLabel])
def test_every_text_stands_at_the_leading_edge(qtbot, rtl, kind, text):
    """QLabel by itself stands it at the edge of its own direction."""
    label = kind(text)
    qtbot.addWidget(label)
    assert stands_at(label) == ("right" if rtl else "left")


def test_a_value_is_selected_and_copied(qtbot, window, rtl):
    label = ValueLabel("+971 50 123 4567", ltr=True)
    window(label)
    assert stands_at(label) == ("right" if rtl else "left")
    label.setSelection(0, 4)
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "+971"
