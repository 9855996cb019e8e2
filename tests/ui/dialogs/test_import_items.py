"""Importing items as one does it: a file, its columns, what would change, and one button."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from sqlalchemy import select

from desktop.data.models import Picture, Product, Variant
from desktop.services.catalog import add_product, count_products
from desktop.services.profile import update_profile
from desktop.ui.dialogs.download_pictures import DownloadPicturesDialog
from desktop.ui.dialogs.import_items import CHECK, COLUMNS, FILE, RULES, ImportItemsDialog
from desktop.ui.dialogs.import_items_table import FIELD
from desktop.ui.tasks import Job
from desktop.ui.widgets.editors import Choice

SHOPIFY = """Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
bag,Pink bag,<p>Soft</p>,Roya,Bags,Size,S,BAG-S,75.00
bag,,,,,,L,BAG-L,80.00
mug,Mug,,Roya,Mugs,Title,Default Title,MUG,30.00
pen,Pen,,Roya,Pens,Title,Default Title,PEN,9.00
"""
ARABIC = "الاسم,السعر,الوصف,ملاحظة\nحقيبة وردية,75,جلد,رف 3\nكوب,30,,رف 4\n"


def feed(*rows):
    return "id,title,price,availability\n" + "".join(f"{row}\n" for row in rows)


@pytest.fixture(autouse=True)
def own_home(fresh):
    """What is chosen for columns is kept in a home of each test's own."""


@pytest.fixture
def window(qtbot):
    """What the dialog belongs to, which goes by itself when it is closed."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def put(tmp_path):
    """A function that writes a file and returns its path as a text."""

    def write(content, name="items.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return write


@pytest.fixture
def started(qtbot, context, window):
    """A function that opens the dialog with files, and waits until they are read."""
    context.run("Fill", lambda session: update_profile(session, currency="AED", territory="AE"))

    def start(*files):
        dialog = ImportItemsDialog(context, window, files)
        dialog.show()
        idle(qtbot, dialog)
        return dialog

    return start


def idle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._job is None and dialog._writing is None)


def to_check(qtbot, dialog):
    while dialog.step() < CHECK:
        step = dialog.step()
        dialog.go.click()
        qtbot.waitUntil(lambda: dialog.step() != step or bool(dialog.trouble.text()))  # noqa: B023


def import_all(qtbot, dialog):
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    qtbot.waitUntil(lambda: dialog._writing is None)


def names(context):
    return sorted(context.get(lambda session: session.scalars(select(Product.name)).all()))


def rows(table):
    model = table.model()
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def button(dialog, words):
    return next(found for found in dialog.check.findChildren(QPushButton) if words in found.text())


def test_an_export_of_shopify_goes_in_with_variants_as_one_action(qtbot, direction, context, started, put):
    said = []
    context.said.connect(said.append)
    dialog = started(put(SHOPIFY))
    assert dialog.step() == FILE
    assert "3" in dialog.file.what.text()
    assert "Pink bag" in rows(dialog.file.table)[0][1]
    to_check(qtbot, dialog)
    assert names(context) == []
    assert dialog.check.summary.text()
    assert len(rows(dialog.check.added)) == 3
    assert "3" in dialog.go.text()
    import_all(qtbot, dialog)
    assert names(context) == ["Mug", "Pen", "Pink bag"]
    assert context.get(lambda session: len(session.scalars(select(Variant.id)).all())) == 2
    assert [saying.undo for saying in said] == [True]
    assert context.database.undo() == "Import items"
    assert names(context) == []


def test_a_column_is_chosen_by_keyboard_and_remembered_for_the_next_file(qtbot, context, started, put):
    dialog = started(put(ARABIC))
    dialog.go.click()
    assert dialog.step() == COLUMNS
    fields = [column.field for column in dialog.columns.model.columns]
    assert fields[:3] == ["title", "price", "description"]
    assert "رف 4" in dialog.columns.model.examples(3)
    table = dialog.columns.table
    table.setCurrentIndex(table.model().index(3, FIELD))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert dialog.step() == COLUMNS
    editor = table.findChild(Choice)
    editor.set_value("brand")
    editor.activated.emit(editor.currentIndex())
    assert dialog.columns.model.columns[3].field == "brand"
    dialog.columns.model.set_field(2, "brand")  # taken from the other
    assert [column.field for column in dialog.columns.model.columns][2:] == ["brand", ""]
    dialog.columns.model.set_field(3, "collection")
    dialog.go.click()
    dialog.reject()
    again = started(put(ARABIC, "another.csv"))
    assert [column.field for column in again.columns.model.columns] == ["title", "price", "brand", "collection"]


def test_without_a_name_or_a_code_one_does_not_go_on(qtbot, started, put):
    dialog = started(put(ARABIC))
    dialog.go.click()
    dialog.columns.model.set_field(0, "brand")
    assert not dialog.go.isEnabled()
    assert dialog.columns.trouble.isVisible()
    dialog.columns.model.set_field(3, "title")
    assert dialog.go.isEnabled()
    assert not dialog.columns.trouble.isVisible()


def test_letters_that_were_guessed_wrong_are_put_right(qtbot, started, put):
    dialog = started(put("Name,Price\nتمر,5\nعسل,9\n", encoding="cp1256"))
    dialog.file.encoding.set_value("cp1252")
    dialog.file.encoding.activated.emit(0)
    idle(qtbot, dialog)
    assert "تمر" not in rows(dialog.file.table)[0][0]
    dialog.file.encoding.set_value("cp1256")
    dialog.file.encoding.activated.emit(0)
    idle(qtbot, dialog)
    assert "تمر" in rows(dialog.file.table)[0][0]
    dialog.file.delimiter.set_value(";")
    dialog.file.delimiter.activated.emit(0)
    idle(qtbot, dialog)
    assert len(rows(dialog.file.table)[0]) == 1


def test_what_changes_is_shown_before_and_after_and_going_back_keeps_what_was_chosen(qtbot, context, started, put):
    context.run("Fill", lambda session: add_product(session, "Bag", code="BAG", price=7500))
    context.run("Fill", lambda session: add_product(session, "Mug", code="MUG", price=3000))
    dialog = started(put(feed("BAG,Bag,80 AED,in stock")))
    dialog.go.click()
    dialog.go.click()
    dialog.rules.missing.set_value("hide")
    to_check(qtbot, dialog)
    [(item, field, before, after)] = rows(dialog.check.changes)
    assert "Bag" in item
    assert field == "Price"
    assert "75" in before
    assert "80" in after
    assert "2" in dialog.go.text()
    dialog.back.click()
    assert dialog.step() == RULES
    assert dialog.rules.missing.value() == "hide"
    dialog.rules.found.set_value("skip")
    to_check(qtbot, dialog)
    assert rows(dialog.check.changes) == []
    assert not dialog.check.seen.plan.report.changed


def test_problems_name_columns_as_the_file_does(qtbot, context, started, put):
    dialog = started(put("الاسم,السعر,الكمية\nكوب,غدا,3\n"))
    to_check(qtbot, dialog)
    assert "السعر" in rows(dialog.check.wrong)[0][1]


def test_problems_of_one_cause_are_mended_at_once_and_taken_back(qtbot, context, started, put):
    dialog = started(
        put(feed("A,Bag,5 AED,in stock", "A,Mug,6 AED,in stock", "B,Pen,7 AED,perhaps", "C,,8 AED,in stock"))
    )
    to_check(qtbot, dialog)
    assert dialog.check.chips.value() == "problems"
    assert "3" in rows(dialog.check.wrong)[0][0]
    assert dialog.check.seen.plan.report.new == 2
    button(dialog, "codes of their own").click()
    idle(qtbot, dialog)
    assert dialog.check.seen.plan.report.new == 3
    button(dialog, "code as the name").click()
    idle(qtbot, dialog)
    button(dialog, "Leave these cells out").click()
    idle(qtbot, dialog)
    assert all(problem.warning for problem in dialog.check.seen.problems)
    dialog.check.causes.widget().findChildren(QPushButton)[-2].click()
    idle(qtbot, dialog)
    assert dialog.check.seen.plan.report.new == 3
    import_all(qtbot, dialog)
    assert names(context) == ["Bag", "Mug", "Pen"]


def test_problems_are_saved_mended_and_brought_in_again(qtbot, context, started, put, tmp_path):
    dialog = started(put(feed("A,Bag,5 AED,in stock", "B,,6 AED,in stock")))
    to_check(qtbot, dialog)
    path = tmp_path / "mend.csv"
    dialog.check.saving.write(str(path))
    qtbot.waitUntil(dialog.check.saving.place.isVisible)
    text = path.read_text("utf-8-sig")
    assert "Bag" not in text
    path.write_text(text.replace("B,,6", "B,Mug,6"))
    dialog.check.saving.write(str(tmp_path / "nowhere" / "mend.csv"))
    qtbot.waitUntil(dialog.check.saving.trouble.isVisible)
    dialog.take([str(path)])
    idle(qtbot, dialog)
    to_check(qtbot, dialog)
    import_all(qtbot, dialog)
    assert names(context) == ["Mug"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 broken"])
def test_a_file_that_holds_no_items_is_told_in_a_sentence(qtbot, started, put, content):
    dialog = started(put(content))
    assert dialog.file.trouble.isVisible()
    assert not dialog.go.isEnabled()
    good = put(ARABIC, "good.csv")
    dialog.take([good])
    idle(qtbot, dialog)
    assert not dialog.file.trouble.isVisible()
    dialog.take([put(content, "bad.csv")])
    idle(qtbot, dialog)
    assert dialog.file.trouble.isVisible()
    assert dialog.opened.path.name == "good.csv"  # what was chosen stays
    assert dialog.go.isEnabled()
    dialog.take([good + ".gone"])
    idle(qtbot, dialog)
    assert dialog.file.trouble.isVisible()


def test_an_import_that_is_stopped_leaves_nothing(qtbot, context, started, put):
    lines = [f"C{n},Item {n},5 AED,in stock" for n in range(3000)]
    dialog = started(put(feed(*lines)))
    to_check(qtbot, dialog)
    dialog.go.click()
    assert not dialog.back.isEnabled()
    dialog.progress.stop.click()
    idle(qtbot, dialog)
    assert context.get(count_products) == 0
    assert "Nothing" in dialog.trouble.text()
    assert dialog.go.isEnabled()
    assert context.database.next_title() != "Import items"
    dialog.go.click()
    dialog.reject()  # closed while it is written: the same
    qtbot.waitUntil(lambda: not context.findChildren(Job))
    assert context.get(count_products) == 0


def test_a_change_elsewhere_is_looked_at_again(qtbot, context, started, put):
    dialog = started(put(feed("BAG,Bag,80 AED,in stock")))
    to_check(qtbot, dialog)
    assert dialog.check.seen.plan.report.new == 1
    context.run("Add", lambda session: add_product(session, "Bag", code="BAG", price=8000))
    idle(qtbot, dialog)
    assert dialog.check.seen.plan.report.unchanged == 1
    assert not dialog.go.isEnabled()


def test_hostile_texts_are_only_texts(qtbot, context, started, put):
    evil = "<b>Bag</b><img src=x onerror=alert(1)>&amp;\u202e"
    dialog = started(put(f'id,title,price,availability,"{evil}"\nA,"{evil}",=1+1,in stock,x\n'))
    to_check(qtbot, dialog)
    assert "<b>" in rows(dialog.check.added)[0][2]
    assert dialog.check.sentence.textFormat() == Qt.TextFormat.PlainText
    import_all(qtbot, dialog)
    assert "<b>" in names(context)[0]


def test_several_files_come_one_after_the_other(qtbot, context, started, put):
    dialog = started(put(feed("A,Bag,5 AED,in stock"), "a.csv"), put(feed("B,Mug,5 AED,in stock"), "b.csv"))
    to_check(qtbot, dialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.opened is not None and dialog.opened.path.name == "b.csv")
    assert dialog.step() == FILE
    to_check(qtbot, dialog)
    import_all(qtbot, dialog)
    assert names(context) == ["Bag", "Mug"]


def test_of_several_files_one_may_be_broken(qtbot, context, started, put):
    dialog = started(put(feed("A,Bag,5 AED,in stock"), "a.csv"), put(b"%PDF-1.7", "b.csv"))
    to_check(qtbot, dialog)
    dialog.go.click()
    qtbot.waitUntil(dialog.file.trouble.isVisible)
    assert names(context) == ["Bag"]
    assert dialog.opened is None
    assert not dialog.go.isEnabled()
    assert dialog.file.choose.isVisible()


def test_pictures_of_a_folder_come_with_their_items(qtbot, context, started, put, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    image.fill(0xAA5500)
    for name in ("A.png", "nobody.png"):
        image.save(str(folder / name))
    dialog = started(put(feed("A,Bag,5 AED,in stock")), str(folder))
    assert dialog.rules.source() == folder
    to_check(qtbot, dialog)
    assert "1" in dialog.check.rest.text()
    dialog.back.click()
    dialog.rules.by.set_value("order")
    to_check(qtbot, dialog)
    assert dialog.check.seen.kept.matched.rows == {2: ["A.png"]}
    import_all(qtbot, dialog)
    assert context.get(lambda session: len(session.scalars(select(Picture.sha256)).all())) == 1


def test_pictures_alone_are_no_items(qtbot, started, put, tmp_path):
    dialog = started(str(tmp_path))
    assert dialog.file.trouble.isVisible()
    dialog.take([put(ARABIC)])
    idle(qtbot, dialog)
    dialog.take([str(tmp_path)])
    assert dialog.step() == RULES
    assert dialog.rules.pictures.isVisible()


def test_pictures_on_the_web_are_offered_after_the_import(qtbot, context, window, started, put):
    dialog = started(put("id,title,price,image_link\nA,Bag,5 AED,https://shop.example/a.jpg\n"))
    to_check(qtbot, dialog)
    import_all(qtbot, dialog)
    offer = window.findChild(DownloadPicturesDialog)
    assert offer.isVisible()
    assert "1" in offer.go.text()
    offer.reject()


def test_enter_goes_on_and_escape_closes(qtbot, context, started, put):
    dialog = started(put(feed("A,Bag,5 AED,in stock")))
    qtbot.keyClick(dialog.file.table, Qt.Key.Key_Return)
    assert dialog.step() == COLUMNS
    qtbot.keyClick(dialog.back, Qt.Key.Key_Return)
    assert dialog.step() == FILE
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert names(context) == []


def test_a_file_is_dropped_on_the_dialog(qtbot, started, put):
    dialog = started()
    assert not dialog.go.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(put(ARABIC))])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(5, 5), actions, data, button, keys))
    idle(qtbot, dialog)
    assert dialog.go.isEnabled()
