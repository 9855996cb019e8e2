"""Pasting and dropping on the catalog page."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.services.catalog import add_product
from desktop.ui.dialogs.new_items import NewItemsDialog
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.pages.catalog_intake import CatalogIntake


@pytest.fixture
def page(in_front, context):
    """A page with a field and something that is none."""
    page = QWidget()
    page.field, page.button = QLineEdit(), QPushButton()
    layout = QVBoxLayout(page)
    layout.addWidget(page.field)
    layout.addWidget(page.button)
    page.intake = CatalogIntake(context, page)
    return in_front(page)


def test_a_message_pasted_outside_of_fields_is_new_items(qtbot, page):
    QGuiApplication.clipboard().setText("Cotton bag 25 AED")
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.field.text() == "Cotton bag 25 AED"
    assert page.findChild(NewItemsDialog) is None
    page.button.setFocus()
    qtbot.keyClick(page.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(NewItemsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.reject()


def test_nothing_to_paste_is_said(qtbot, context, page):
    said = []
    context.said.connect(said.append)
    QGuiApplication.clipboard().setText(" ")
    page.button.setFocus()
    qtbot.keyClick(page.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "Copy a message" in said[0].sentence


def test_text_is_dropped(qtbot, page):
    data = QMimeData()
    data.setText("Bag\t95\nBelt\t40")
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), actions, data, button, keys))
    dialog = page.findChild(NewItemsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    dialog.reject()


def test_a_drag_of_text_passes_through_the_cards_to_the_page(qtbot, context):
    context.run("Add", add_product, "Bag")
    page = CatalogPage(context)
    qtbot.addWidget(page)
    page.resize(1108, 700)
    page.show()
    qtbot.waitUntil(lambda: page._job is None)
    cards = page.grid.viewport()
    data = QMimeData()
    data.setText("Belt\t40")
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = cards.rect().center()
    coming = QDragEnterEvent(place, actions, data, button, keys)
    QApplication.sendEvent(cards, coming)  # as Qt does, which asks those around what takes it
    assert coming.isAccepted()
    QApplication.sendEvent(cards, QDropEvent(QPointF(place), actions, data, button, keys))
    dialog = page.findChild(NewItemsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.reject()
