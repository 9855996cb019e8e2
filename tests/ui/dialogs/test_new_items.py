"""New items from a message, from rows and from photos, looked at before they are added."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.i18n import bidi
from desktop.services.catalog import add_product, find_products, read_products
from desktop.services.profile import update_profile
from desktop.ui.dialogs.new_items import NewItemsDialog, can_take, taken_from

CHECK, EDIT = Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.EditRole


@pytest.fixture
def show(qtbot, context):
    """A function that shows the dialog over a shop in Dubai."""
    context.run("Start", update_profile, None, name="Gifts", territory="AE", currency="AED")
    parent = QWidget()
    qtbot.addWidget(parent)

    def show(text="", sources=()):
        dialog = NewItemsDialog(context, parent, text, sources)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog._job and not dialog.intake)
        return dialog

    return show


@pytest.fixture
def said(context):
    sayings = []
    context.said.connect(sayings.append)
    return sayings


def rows(dialog):
    model = dialog.model
    return [
        [bidi.strip(str(model.index(row, column).data() or "")).replace("\xa0", " ") for column in range(5)]
        for row in range(model.rowCount())
    ]


def edit(dialog, row, column, value, role=EDIT):
    dialog.model.setData(dialog.model.index(row, column), value, role)


def items(context):
    products = context.get(lambda session: read_products(session, find_products(session)))
    return [(p.name, p.price, p.code, len(p.pictures)) for p in products]


def photo(folder, name, colour="red"):
    path = folder / name
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    image.save(str(path))
    return str(path)


def test_a_message_is_read_corrected_and_added_as_one_action(qtbot, direction, context, show, said):
    dialog = show("شنطة قماش 95 درهم\nمحفظة جلد 60 درهم\nحزام 3O درهم")
    assert [row[0] for row in rows(dialog)] == ["شنطة قماش", "محفظة جلد"]
    dialog.text.setPlainText("شنطة قماش 95 درهم\nمحفظة جلد 60 درهم\nحزام\n30 درهم")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert "AED" in dialog.note.text()
    edit(dialog, 0, 0, "حقيبة قماش")
    edit(dialog, 1, 1, "٦٥")
    edit(dialog, 1, 3, "WAL-2")
    edit(dialog, 2, 0, Qt.CheckState.Unchecked.value, CHECK)
    assert {"en": "2", "ar": "ين"}[direction] in dialog.add.text()
    dialog.text.append("كاب 20 درهم")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 4)
    assert rows(dialog)[0][0] == "حقيبة قماش", "what was corrected stays when more is pasted"
    with qtbot.waitSignal(dialog.accepted):
        dialog.add.click()
    assert items(context) == [("حقيبة قماش", 9500, "", 0), ("محفظة جلد", 6500, "WAL-2", 0), ("كاب", 2000, "", 0)]
    assert said[-1].undo
    assert "3" in said[-1].sentence
    assert context.database.undo() == "Add items"
    assert items(context) == []


def test_what_is_wrong_is_said_beside_its_row_and_keeps_it_from_being_added(context, show):
    context.run("Add", add_product, "Old bag", code="BAG-1")
    dialog = show(
        "Name\tPrice\tSale price\tCode\nBag\t95\t\tBAG-1\nBelt\t40\t50\t\nHat\task\t\t\nCap\t10\t\tC-1\nCup\t9\t\tC-1"
    )
    notes = [row[4] for row in rows(dialog)]
    assert "used by Old bag" in notes[0]
    assert "not below" in notes[1]
    assert "“ask”" in notes[2]
    assert "stands above" in notes[4]
    assert not dialog.add.isEnabled()
    edit(dialog, 0, 3, "BAG-2")
    edit(dialog, 1, 1, "60")
    edit(dialog, 4, 3, "")
    edit(dialog, 2, 1, "not yet")
    assert "number" in rows(dialog)[2][4]
    assert rows(dialog)[2][1] == "not yet", "what was typed stays"
    edit(dialog, 2, 1, "30")
    assert [row[4] for row in rows(dialog)] == [""] * 5
    assert dialog.add.isEnabled()


def test_photos_become_drafts_and_numbered_ones_one_item(qtbot, context, show, tmp_path, said):
    for name in ("BAG-1.png", "BAG-2.png", "silk_scarf.png", "IMG_2041.png", "bag.txt"):
        photo(tmp_path, name, "red" if "2" in name else "blue") if name.endswith("png") else (tmp_path / name).touch()
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no")
    dialog = show(sources=[str(tmp_path)])
    assert [row[0] for row in rows(dialog)] == ["BAG", "New item", "Silk scarf"]
    assert len(dialog._troubles) == 1
    assert not dialog.why.isHidden()
    dialog.together.setChecked(False)
    assert [row[3] for row in rows(dialog)] == ["BAG-1", "BAG-2", "", ""]
    dialog.together.setChecked(True)
    with qtbot.waitSignal(dialog.accepted):
        dialog.add.click()
    assert sorted((name, pictures) for name, _price, _code, pictures in items(context)) == [
        ("BAG", 2),
        ("New item", 1),
        ("Silk scarf", 1),
    ]


def test_stop_keeps_what_was_read(qtbot, context, show, painted):
    dialog = show()
    dialog.take([painted()] * 400)
    assert not dialog.add.isEnabled()
    dialog.intake.progressed.connect(lambda done, total: dialog.progress.stop.click())
    qtbot.waitUntil(lambda: dialog.intake is None)
    assert 0 < dialog.model.rowCount() < 400
    assert "not read" in dialog._troubles[-1]
    assert dialog.add.isEnabled()


def test_things_are_dropped_on_it_and_pasted_into_it(qtbot, show, tmp_path):
    dialog = show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(photo(tmp_path, "cup.png"))])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(5, 5), actions, data, button, keys))
    qtbot.waitUntil(lambda: len(dialog._digests) == 1)
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(image)
    dialog.text.paste()
    qtbot.waitUntil(lambda: len(dialog._digests) == 2)
    QGuiApplication.clipboard().setText("Cotton bag 25 AED")
    dialog.text.paste()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)


def test_of_a_spreadsheet_the_text_is_taken_and_not_its_picture():
    data = QMimeData()
    assert not can_take(data)
    data.setText("Bag\t95")
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert taken_from(data) == ("Bag\t95", [])
