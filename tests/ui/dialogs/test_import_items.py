"""Importing items as one does it: a file, its columns, what would change, and one button."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton
from sqlalchemy import select

from desktop.data.models import Picture, Product, Variant
from desktop.i18n import bidi
from desktop.services.catalog import add_product
from desktop.ui.asking import documents
from desktop.ui.dialogs.download_pictures import DownloadPicturesDialog
from desktop.ui.dialogs.import_items import RULES, ImportItemsDialog
from desktop.ui.dialogs.importing import FILE
from desktop.ui.dialogs.importing_file import FileStep
from desktop.ui.widgets.labels import Label

SHOPIFY = """Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
bag,Pink bag,<p>Soft</p>,Roya,Bags,Size,S,BAG-S,75.00
bag,,,,,,L,BAG-L,80.00
mug,Mug,,Roya,Mugs,Title,Default Title,MUG,30.00
pen,Pen,,Roya,Pens,Title,Default Title,PEN,9.00
"""
ARABIC = "الاسم,السعر,الوصف,ملاحظة\nحقيبة وردية,75,جلد,رف 3\nكوب,30,,رف 4\n"


def feed(*rows):
    return "id,title,price,availability\n" + "".join(f"{row}\n" for row in rows)


@pytest.fixture
def started(bring):
    """A function that opens the dialog with files, and waits until they are read."""
    return lambda *files: bring.start(ImportItemsDialog, *files)


def names(context):
    return sorted(context.get(lambda session: session.scalars(select(Product.name)).all()))


def button(dialog, words):
    return next(found for found in dialog.check.findChildren(QPushButton) if words in found.text())


def test_an_export_of_shopify_goes_in_with_variants_as_one_action(direction, context, bring, started, put):
    said = []
    context.said.connect(said.append)
    dialog = started(put(SHOPIFY))
    assert dialog.step() == FILE
    assert "3" in dialog.file.what.text()
    assert "Pink bag" in bring.rows(dialog.file.table)[0][1]
    bring.to_check(dialog)
    assert names(context) == []
    assert dialog.check.summary.text()
    assert len(bring.rows(dialog.check.added)) == 3
    assert "3" in dialog.go.text()
    bring.finish(dialog)
    assert names(context) == ["Mug", "Pen", "Pink bag"]
    assert context.get(lambda session: len(session.scalars(select(Variant.id)).all())) == 2
    assert [saying.undo for saying in said] == [True]
    assert context.database.undo() == "Import items"
    assert names(context) == []


def test_what_changes_is_shown_before_and_after_and_going_back_keeps_what_was_chosen(context, bring, started, put):
    context.run("Fill", lambda session: add_product(session, "Bag", code="BAG", price=7500))
    context.run("Fill", lambda session: add_product(session, "Mug", code="MUG", price=3000))
    dialog = started(put(feed("BAG,Bag,80 AED,in stock")))
    dialog.go.click()
    dialog.go.click()
    dialog.rules.missing.set_value("hide")
    bring.to_check(dialog)
    [(item, field, before, after)] = bring.rows(dialog.check.changes)
    assert "Bag" in item
    assert field == "Price"
    assert "75" in before
    assert "80" in after
    assert "2" in dialog.go.text()
    dialog.back.click()
    assert dialog.step() == RULES
    assert dialog.rules.missing.value() == "hide"
    dialog.rules.found.set_value("skip")
    bring.to_check(dialog)
    assert bring.rows(dialog.check.changes) == []
    assert not dialog.check.seen.plan.report.changed


def test_problems_name_columns_as_the_file_does(context, bring, started, put):
    dialog = started(put("الاسم,السعر,الكمية\nكوب,غدا,3\n"))
    bring.to_check(dialog)
    _row, column, sentence = bring.rows(dialog.check.wrong)[0]
    assert "السعر" in column
    assert "السعر" in sentence
    assert "column price" not in bidi.strip(sentence)


def test_what_has_no_word_of_its_own_is_told_together(context, bring, started, put):
    dialog = started(put("Our list,,\nName,Code,Price\nMug,M,5\nPen,P,3\nTotal,,8\n"))
    bring.to_check(dialog)
    words = [label.text() for label in dialog.check.causes.widget().findChildren(Label)]
    assert [line for line in words if line.startswith("Other things to look at")] == ["Other things to look at: 2"]


def test_problems_of_one_cause_are_mended_at_once_and_taken_back(qtbot, context, bring, started, put):
    dialog = started(
        put(feed("A,Bag,5 AED,in stock", "A,Mug,6 AED,in stock", "B,Pen,7 AED,perhaps", "C,,8 AED,in stock"))
    )
    bring.to_check(dialog)
    assert dialog.check.chips.value() == "problems"
    assert {"3", "4", "5"} <= {row for row, _column, _sentence in bring.rows(dialog.check.wrong)}
    assert dialog.check.seen.plan.report.new == 3
    dialog.check.save.setFocus()
    qtbot.keyClick(dialog.check.save, Qt.Key.Key_Tab)
    assert button(dialog, "Leave these cells out").hasFocus(), "what mends comes before the list, as it stands"
    button(dialog, "codes of their own").click()
    bring.idle(dialog)
    assert dialog.check.seen.plan.report.new == 3
    button(dialog, "code as the name").click()
    bring.idle(dialog)
    button(dialog, "Leave these cells out").click()
    bring.idle(dialog)
    assert all(problem.warning for problem in dialog.check.seen.problems)
    dialog.check.causes.widget().findChildren(QPushButton)[-2].click()
    bring.idle(dialog)
    assert dialog.check.seen.plan.report.new == 3
    bring.finish(dialog)
    assert names(context) == ["Bag", "Mug", "Pen"]


def test_a_row_that_is_there_twice_is_told_and_no_item_is_said_to_stay(context, bring, started, put):
    dialog = started(put(feed("A,Bag,5 AED,in stock", "A,Bag,5 AED,in stock", "A,Mug,5 AED,in stock")))
    bring.to_check(dialog)
    told = [bidi.strip(sentence) for _row, _column, sentence in bring.rows(dialog.check.wrong)]
    assert "Row 3 says the same as row 2, so it is taken once." in told
    assert "Row 4: the code A is in row 2 already, so this item is taken without a code." in told
    assert "as it is" not in dialog.check.rest.text()
    bring.finish(dialog)
    assert names(context) == ["Bag", "Mug"]


def test_hostile_texts_are_only_texts(context, bring, started, put):
    evil = "<b>Bag</b><img src=x onerror=alert(1)>&amp;\u202e"
    dialog = started(put(f'id,title,price,availability,"{evil}"\nA,"{evil}",=1+1,in stock,x\n'))
    bring.to_check(dialog)
    assert "<b>" in bring.rows(dialog.check.added)[0][2]
    assert dialog.check.sentence.textFormat() == Qt.TextFormat.PlainText
    bring.finish(dialog)
    assert "<b>" in names(context)[0]


def test_pictures_of_a_folder_come_with_their_items(context, bring, started, put, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    image.fill(0xAA5500)
    for name in ("A.png", "nobody.png"):
        image.save(str(folder / name))
    dialog = started(put(feed("A,Bag,5 AED,in stock")), str(folder))
    assert dialog.rules.source() == folder
    bring.to_check(dialog)
    assert "1" in dialog.check.rest.text()
    dialog.back.click()
    dialog.rules.by.set_value("order")
    bring.to_check(dialog)
    assert dialog.check.seen.kept.matched.rows == {2: ["A.png"]}
    bring.finish(dialog)
    assert context.get(lambda session: len(session.scalars(select(Picture.sha256)).all())) == 1


def test_pictures_alone_are_no_items(bring, started, put, tmp_path):
    dialog = started(str(tmp_path))
    assert dialog.file.trouble.isVisible()
    dialog.take([put(ARABIC)])
    bring.idle(dialog)
    dialog.take([str(tmp_path)])
    assert dialog.step() == RULES
    assert dialog.rules.pictures.isVisible()


def test_pictures_on_the_web_are_offered_after_the_import(context, window, bring, started, put):
    dialog = started(put("id,title,price,image_link\nA,Bag,5 AED,https://shop.example/a.jpg\n"))
    bring.to_check(dialog)
    bring.finish(dialog)
    offer = window.findChild(DownloadPicturesDialog)
    assert offer.isVisible()
    assert "1" in offer.go.text()
    offer.reject()


def test_another_file_is_looked_for_where_the_last_one_was(context, bring, started, put, monkeypatch):
    monkeypatch.setattr(FileStep, "last_folder", "")
    path = Path(put(ARABIC))
    dialog = started(str(path))
    dialog.file.other.click()
    asked = dialog.file.findChild(QFileDialog)
    assert asked.directory().absolutePath() == documents()
    asked.filesSelected.emit([str(path)])
    bring.idle(dialog)
    asked.close()
    dialog.file.other.click()
    assert Path(dialog.file._dialog.directory().absolutePath()) == path.parent
    dialog.file._dialog.close()
