"""What every import from files does alike, of items and of customers."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.data.models import Customer, Product
from desktop.services.catalog import add_product
from desktop.services.customers import add_customer
from desktop.ui.dialogs.import_customers import ImportCustomersDialog
from desktop.ui.dialogs.import_items import ImportItemsDialog
from desktop.ui.dialogs.importing import COLUMNS, FILE
from desktop.ui.dialogs.importing_table import FIELD
from desktop.ui.tasks import Job
from desktop.ui.widgets.editors import Choice

ITEMS = SimpleNamespace(
    dialog=ImportItemsDialog,
    title="Import items",
    model=Product,
    header="id,title,price,availability\n",
    row=lambda n: f"C{n},Item {n},5 AED,in stock\n",
    wrong=("X,,5 AED,in stock\n", (",,", ",Mended,")),
    add=lambda session: add_product(session, "Item 1", code="C1", price=500),
    arabic=("الاسم,السعر,الوصف,ملاحظة\nحقيبة وردية,75,جلد,رف 3\nكوب,30,,رف 4\n", "brand", "collection"),
)
CUSTOMERS = SimpleNamespace(
    dialog=ImportCustomersDialog,
    title="Import customers",
    model=Customer,
    header="name,phone\n",
    row=lambda n: f"Person {n},+97150{n:07}\n",
    wrong=("Mended,12\n", (",12", ",+971501112223")),
    add=lambda session: add_customer(session, "Person 1", "+971500000001"),
    arabic=("الاسم,الجوال,الشركة,مقاس\nنورة,0501234567,,رف 3\nمنى,0507654321,ورد,رف 4\n", "note", "address"),
)


@pytest.fixture(params=[ITEMS, CUSTOMERS], ids=["items", "customers"])
def of(request):
    return request.param


@pytest.fixture
def names(context, of):
    """A function that returns the names of all that there is."""
    return lambda: sorted(context.get(lambda session: session.scalars(select(of.model.name)).all()))


@pytest.fixture
def start(bring, put, of):
    """A function that opens the import with a file for each of these rows."""

    def start(*files):
        return bring.start(of.dialog, *(put(of.header + rows, f"{n}.csv") for n, rows in enumerate(files)))

    return start


def test_a_column_is_chosen_by_keyboard_and_remembered_for_the_next_file(qtbot, bring, put, of):
    content, field, other = of.arabic
    dialog = bring.start(of.dialog, put(content))
    dialog.go.click()
    assert dialog.step() == COLUMNS
    model, table = dialog.columns.model, dialog.columns.table
    assert "رف 4" in model.examples(3)
    table.setCurrentIndex(model.index(3, FIELD))
    assert any("رف 4" in text for text in dialog.columns._examples.stringList())
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert dialog.step() == COLUMNS
    editor = table.findChild(Choice)
    editor.set_value(field)
    editor.activated.emit(editor.currentIndex())
    assert model.columns[3].field == field
    model.set_field(2, other)
    dialog.go.click()
    bring.idle(dialog)
    dialog.reject()
    again = bring.start(of.dialog, put(content, "another.csv"))
    assert [column.field for column in again.columns.model.columns][2:] == [other, field]


def test_enter_while_something_is_done_does_not_cancel(qtbot, start, of):
    dialog = start(of.row(1))
    for begin in (lambda: dialog.take([str(dialog.opened.path)]), dialog.look):
        dialog.go.setFocus()
        begin()
        assert dialog.is_busy()
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.is_busy()
        dialog.progress.stop.setFocus()
        dialog.progress.stop.click()
        assert dialog.pages.currentWidget().isAncestorOf(dialog.focusWidget()), "rather than Cancel"
    dialog.look()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_a_name_one_does_not_go_on(bring, put, of):
    dialog = bring.start(of.dialog, put("A,B,C\n1x,7,?\n2x,8,!\n"))
    dialog.go.click()
    for place in range(3):
        dialog.columns.model.set_field(place, "")
    assert not dialog.go.isEnabled()
    assert dialog.columns.trouble.isVisible()
    dialog.columns.model.set_field(0, "title" if of is ITEMS else "name")
    assert dialog.go.isEnabled()
    assert not dialog.columns.trouble.isVisible()


def test_letters_that_were_guessed_wrong_are_put_right(bring, put, of):
    dialog = bring.start(of.dialog, put("Name,Price\nتمر,5\nعسل,9\n", encoding="cp1256"))
    for letters in ("cp1252", "cp1256"):
        dialog.file.encoding.set_value(letters)
        dialog.file.encoding.activated.emit(0)
        bring.idle(dialog)
        assert ("تمر" in bring.rows(dialog.file.table)[0][0]) == (letters == "cp1256")
    dialog.file.delimiter.set_value(";")
    dialog.file.delimiter.activated.emit(0)
    bring.idle(dialog)
    assert len(bring.rows(dialog.file.table)[0]) == 1


def test_problems_are_saved_mended_and_brought_in_again(qtbot, context, bring, start, names, of, tmp_path):
    wrong, mend = of.wrong
    dialog = start(of.row(1) + wrong)
    bring.to_check(dialog)
    path = tmp_path / "mend.csv"
    dialog.check.saving.write(str(path))
    qtbot.waitUntil(dialog.check.saving.place.isVisible)
    text = path.read_text("utf-8-sig")
    assert of.row(1).split(",")[0] not in text
    path.write_text(text.replace(*mend))
    dialog.check.saving.write(str(tmp_path / "nowhere" / "mend.csv"))
    qtbot.waitUntil(dialog.check.saving.trouble.isVisible)
    dialog.take([str(path)])
    bring.idle(dialog)
    bring.to_check(dialog)
    bring.finish(dialog)
    assert names() == ["Mended"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 broken"])
def test_a_file_that_holds_nothing_is_told_in_a_sentence(bring, put, of, content):
    dialog = bring.start(of.dialog, put(content))
    assert dialog.file.trouble.isVisible()
    assert not dialog.go.isEnabled()
    good = put(of.header + of.row(1), "good.csv")
    for path in (good, put(content, "bad.csv"), good + ".gone"):
        dialog.take([path])
        bring.idle(dialog)
        assert dialog.file.trouble.isVisible() == (path != good)
        assert dialog.opened.path.name == "good.csv"  # what was chosen stays
    assert dialog.go.isEnabled()


def test_an_import_that_is_stopped_leaves_nothing(qtbot, context, bring, start, names, of):
    dialog = start("".join(map(of.row, range(1500))))
    bring.to_check(dialog)
    dialog.go.click()
    assert not dialog.back.isEnabled()
    dialog.progress.stop.click()
    bring.idle(dialog)
    assert names() == []
    assert "Nothing" in dialog.trouble.text()
    assert dialog.go.isEnabled()
    assert context.database.next_title() != of.title
    dialog.go.click()
    dialog.reject()  # closed while it is written: the same
    qtbot.waitUntil(lambda: not context.findChildren(Job))
    assert names() == []


def test_a_change_elsewhere_is_looked_at_again(context, bring, start, of):
    dialog = start(of.row(1))
    bring.to_check(dialog)
    assert dialog.check.seen.plan.report.new == 1
    context.run("Add", of.add)
    bring.idle(dialog)
    assert dialog.check.seen.plan.report.unchanged == 1
    assert not dialog.go.isEnabled()


def test_several_files_come_one_after_the_other(qtbot, context, bring, start, names, of):
    dialog = start(of.row(1), of.row(2))
    bring.to_check(dialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.opened is not None and dialog.opened.path.name == "1.csv")
    assert dialog.step() == FILE
    bring.to_check(dialog)
    bring.finish(dialog)
    assert len(names()) == 2
    assert context.database.undo() == of.title
    assert len(names()) == 1


def test_of_several_files_some_may_be_broken(qtbot, bring, put, names, of):
    good = put(of.header + of.row(1), "b.csv")
    dialog = bring.start(of.dialog, put(b"%PDF-1.7", "a.csv"), good, put(b"%PDF-1.7", "c.csv"))
    qtbot.waitUntil(lambda: dialog.opened is not None)
    assert dialog.opened.path.name == "b.csv"
    assert "a.csv" in dialog.file.trouble.text()
    bring.to_check(dialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: "c.csv" in dialog.file.trouble.text())
    assert dialog.file.trouble.isVisible()
    assert len(names()) == 1
    assert dialog.opened is None
    assert not dialog.go.isEnabled()
    assert dialog.file.choose.isVisible()


def test_enter_goes_on_and_escape_closes(qtbot, start, names, of):
    dialog = start(of.row(1))
    qtbot.keyClick(dialog.file.table, Qt.Key.Key_Return)
    assert dialog.step() == COLUMNS
    qtbot.keyClick(dialog.back, Qt.Key.Key_Return)
    assert dialog.step() == FILE
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert names() == []


def test_a_file_is_dropped_on_the_dialog(bring, start, put, of):
    dialog = start()
    assert not dialog.go.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(put(of.header + of.row(1)))])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(5, 5), actions, data, button, keys))
    bring.idle(dialog)
    assert dialog.go.isEnabled()
