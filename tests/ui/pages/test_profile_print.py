"""The card is printed from the profile page: a size is chosen, the file is saved, its folder opened."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.services.profile import update_profile
from desktop.ui.pages.profile import ProfilePage
from desktop.ui.saving import SaveLine

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # which the offscreen platform cannot


@pytest.fixture
def opened(monkeypatch, tmp_path):
    monkeypatch.setattr(SaveLine, "last_folder", str(tmp_path))
    return []


@pytest.fixture
def page(in_front, context, opened):
    page = ProfilePage(context, opened.append)
    return in_front(page, 1108, 798)


def test_a_size_is_chosen_by_key_and_the_card_saved(qtbot, page, context, opened, tmp_path):
    context.run("Fill", update_profile, None, name="Bayt", territory="AE", phone="0501234567")
    button = page.print_card
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.sizes.isVisible()
    qtbot.keyClick(button.sizes, Qt.Key.Key_Down)
    qtbot.keyClick(button.sizes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    dialog = page.findChild(QFileDialog)
    assert "Bayt" in dialog.selectedFiles()[0]
    assert dialog.selectedFiles()[0].endswith(".pdf")
    edit = dialog.findChild(QLineEdit, "fileNameEdit")
    edit.setText(str(tmp_path / "card.pdf"))
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.print_card.saved.isVisible)
    (width, height) = pypdfium2.PdfDocument(tmp_path / "card.pdf")[0].get_size()
    assert (round(width), round(height)) == (298, 420)  # A6, the second of the menu
    page.print_card.saved.button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_the_menu_stands_below_the_button_and_inside_of_the_page(qtbot, direction, page):
    qtbot.mouseClick(page.print_card, Qt.MouseButton.LeftButton)
    menu = page.print_card.sizes
    qtbot.waitUntil(menu.isVisible)
    left = page.mapFromGlobal(menu.geometry().topLeft()).x()
    assert left >= 0
    assert left + menu.width() <= page.width()
    assert len(menu.actions()) == 4
    menu.close()


def test_what_is_missing_is_told_and_then_the_last_size_asked_for_counts(qtbot, page, context):
    with qtbot.waitSignal(context.said) as said:
        page.print_card.make("a6")
    assert "phone number" in said.args[0].sentence
    assert page.findChild(QFileDialog) is None
    context.run("Fill", update_profile, None, name="Bayt", territory="AE", phone="0501234567")
    page.print_card.make("a5")
    page.print_card.make("business")
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    assert len(page.findChildren(QFileDialog)) == 1
    (kind,) = page.print_card.saved._kinds
    assert round(pypdfium2.PdfDocument(kind.make())[0].get_size()[0]) == 241
