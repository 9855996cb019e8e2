"""The sidebar shows every page and the whole name of the shop, also in the smallest window."""

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.pages import PAGES
from desktop.ui.sidebar import Place, Sidebar


def test_nothing_covers_anything_in_the_smallest_window(qtbot):
    sidebar = Sidebar([Place(entry.name, entry.title, entry.icon, entry.group) for entry in PAGES])
    qtbot.addWidget(sidebar)
    sidebar.set_shop("Bakery")
    sidebar.resize(sidebar.width(), theme.pixels(610))
    sidebar.show()
    assert sidebar.height() == theme.pixels(610)
    places = [sidebar.mark.geometry(), *(button.geometry() for button in sidebar.buttons.values())]
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
    assert sidebar.shop.height() >= sidebar.shop.fontMetrics().height()
    assert sidebar.rect().contains(places[-1])


def test_a_ring_is_drawn_where_a_key_has_gone_and_not_where_a_new_window_has_its_focus(qtbot):
    sidebar = Sidebar([Place(entry.name, entry.title, entry.icon, entry.group) for entry in PAGES])
    qtbot.addWidget(sidebar)
    button = sidebar.buttons["home"]
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    button.clearFocus()
    bare = button.grab().toImage()
    button.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert button.hasFocus()
    assert button.grab().toImage() == bare
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != bare
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason))
    assert button.grab().toImage() != bare  # one comes back to where one was
    qtbot.mouseClick(sidebar.buttons["orders"], Qt.MouseButton.LeftButton)
    assert button.grab().toImage() == bare, "the mouse has gone elsewhere"
    button.clearFocus()
    button.setFocus(Qt.FocusReason.OtherFocusReason)
    assert button.grab().toImage() == bare, "the quick search gives the keyboard back as it found it"
