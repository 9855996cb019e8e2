"""Files of items that are dropped on a page: the import opens with them, and with nothing else."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.dialogs.import_items import ImportItemsDialog
from desktop.ui.item_files import files_in
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.pages.home import HomePage


def dropped(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(page, data):
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), actions, data, button, keys))


def test_tables_are_told_from_other_files(tmp_path):
    assert len(files_in(dropped(tmp_path / "a.CSV", tmp_path / "b.xlsx"))) == 2
    assert files_in(dropped(tmp_path / "a.csv", tmp_path / "b.png")) == []
    assert files_in(QMimeData()) == []


@pytest.mark.parametrize("kind", [CatalogPage, HomePage])
def test_a_table_dropped_on_a_page_is_imported(qtbot, context, fresh, kind, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("name,price\nBag,5\n")
    page = kind(context)
    qtbot.addWidget(page)
    drop(page, dropped(path))
    dialog = page.findChild(ImportItemsDialog)
    qtbot.waitUntil(lambda: dialog.opened is not None)
    assert dialog.opened.items == 1
    dialog.reject()
    if kind is HomePage:
        drop(page, dropped(tmp_path / "photo.png"))
        assert [found for found in page.findChildren(ImportItemsDialog) if found.isVisible()] == []
