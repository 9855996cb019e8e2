"""A box to tick, by key and click."""

from PySide6.QtCore import QPoint, Qt

from desktop.ui import theme
from desktop.ui.widgets.check_box import CheckBox, RadioButton


def test_it_is_ticked_by_key_and_anywhere_by_click(qtbot, window):
    box = CheckBox("Gifts & sweets")
    window(box)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 2, box.height() // 2))
    assert not box.isChecked()
    assert box.accessibleName() == "Gifts & sweets"


def test_the_box_is_at_the_leading_edge(window, rtl):
    box = CheckBox("Bags")
    window(box)
    box.setChecked(True)
    image = box.grab().toImage()
    across = [x for x in range(image.width()) if image.pixelColor(x, image.height() // 2) == theme.colour("accent")]
    assert min(across) > image.width() - 30 if rtl else max(across) < 30


def test_one_of_several_is_seen_before_it_is_chosen_and_chosen_by_key(qtbot, window, rtl):
    first, second = RadioButton("W" * 300), RadioButton("Gifts & sweets")
    window(first, second)

    def inks(button):
        image = button.grab().toImage()
        near = range(image.width() - 24, image.width()) if rtl else range(24)
        return [image.pixelColor(x, image.height() // 2).lightness() for x in near]

    first.setChecked(True)
    first.setFocus()
    assert min(inks(second)) < theme.colour("border").lightness() + 20
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.isChecked()
    assert theme.colour("accent").lightness() in inks(second)
    assert second.accessibleName() == "Gifts & sweets"
    assert first.window().minimumSizeHint().width() < 400
