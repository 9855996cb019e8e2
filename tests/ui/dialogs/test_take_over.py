"""Single things out of another copy of the shop, in the window."""

import shutil

import pytest
from PySide6.QtCore import Qt

from desktop.data.database import Database
from desktop.i18n import N_, bidi
from desktop.services.catalog import add_product, read_product, update_product
from desktop.ui import theme
from desktop.ui.dialogs.take_over import TakeOverDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def other(context, tmp_path):
    """A copy of the shop in which an item costs more, and two are new."""
    context.bag = context.run(N_("Add item"), add_product, "Bag", price=7500)
    path = tmp_path / "copy.dukkan"
    with context.reader() as session:
        session.connection().exec_driver_sql("PRAGMA query_only = OFF")
        session.connection().connection.driver_connection.commit()
        session.connection().connection.driver_connection.execute("VACUUM INTO ?", (str(path),))
        session.connection().connection.driver_connection.execute("PRAGMA query_only = ON")
    database = Database(path, "laptop")
    database.run("Change price", update_product, context.bag, None, price=8000)
    database.run("Add item", add_product, "Vase")
    database.run("Add item", add_product, "Jug")
    database.close()
    return shutil.copy(path, tmp_path / "sister.dukkan")


def test_what_is_ticked_is_taken_over_as_one_action(qtbot, context, other):
    said = []
    context.said.connect(said.append)
    dialog = TakeOverDialog(context, other, "Merge another copy")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.both is not None)
    assert bidi.strip(dialog.summary.text()) == "2 only there and 1 different"
    assert bidi.strip(dialog.go.text()) == "Take 3 over"
    assert not dialog.table.horizontalScrollBar().maximum()
    qtbot.keyClicks(dialog.search, "jug")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.lines.rowCount() == 1
    index = dialog.lines.index(0, 0)
    assert bidi.strip(index.data()) == "Item: Jug"
    dialog.lines.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert bidi.strip(dialog.go.text()) == "Take 2 over"
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert bidi.strip(said[0].sentence) == "Taken over: 1 added and 1 changed"
    assert context.get(read_product, context.bag).price == 8000
    context.reverse()
    assert context.get(read_product, context.bag).price == 7500


def test_a_box_that_is_not_ticked_is_empty(qtbot, styled, context, other):
    dialog = TakeOverDialog(context, other, "Merge another copy")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.both is not None)
    dialog.lines.tick_all(False)
    line = dialog.table.visualRect(dialog.lines.index(1, 0))
    middle = dialog.table.viewport().mapTo(dialog, line.center()).y()
    left = dialog.table.viewport().mapTo(dialog, line.topLeft()).x()
    picture = dialog.grab().toImage()
    shades = {picture.pixelColor(left + x, middle).lightness() for x in range(2, 18)}
    assert min(shades) > 60, "nothing is filled with black"
    assert theme.colour("surface").lightness() in shades
