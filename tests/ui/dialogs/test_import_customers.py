"""Importing customers as one does it: a file, its columns, what would change, and one button."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from desktop.data.models import Customer
from desktop.exchange.importing_customers import Rules
from desktop.i18n import bidi
from desktop.services.customers import add_customer
from desktop.services.profile import update_profile
from desktop.ui.dialogs.import_customers import CHECK, COLUMNS, FILE, ImportCustomersDialog

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Noura
TEL:+971 50 123 4567
NOTE:roses
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Old name
TEL:0507654321
TEL:12
END:VCARD
BEGIN:VCARD
FN:cut
"""


@pytest.fixture
def started(qtbot, context, tmp_path):
    """A function that opens the dialog with a file of this content, and waits until it is read."""
    context.run("Fill", lambda session: update_profile(session, territory="AE"))
    context.run("Fill", lambda session: add_customer(session, "Mona", "0507654321"))
    window = QWidget()
    qtbot.addWidget(window)

    def start(content, name="people.vcf"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        dialog = ImportCustomersDialog(context, window, [str(path)])
        dialog.open()
        qtbot.waitUntil(lambda: dialog._job is None)
        return dialog

    return start


def people(context):
    return context.get(lambda session: [each.name for each in session.scalars(select(Customer).order_by(Customer.id))])


def press(qtbot, dialog):
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._job is None and dialog._writing is None)


def table_text(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_contact_cards_come_in_after_one_look(qtbot, context, started):
    dialog = started(CARDS)
    assert dialog.file.what.text() == "3 contact cards."
    press(qtbot, dialog)
    assert dialog.step() == CHECK, "cards have no columns"
    assert (dialog.check.rules(), dialog.check.found.currentText()) == (Rules(), "Update them")
    assert table_text(dialog.check.wrong)[0][0] == "2", "the card whose number is none"
    assert bidi.strip(dialog.check.summary.text()) == "New: 2. Changed: 1."
    assert people(context) == ["Mona"], "nothing is written yet"
    assert [problem.code for problem in dialog.check.seen.problems] == ["phone_unreadable", "card_cut"]
    press(qtbot, dialog)
    assert people(context) == ["Old name", "Noura", "cut"]
    context.database.undo()
    assert people(context) == ["Mona"]


def test_who_is_here_can_be_left_alone(qtbot, context, started):
    dialog = started(CARDS)
    press(qtbot, dialog)
    dialog.check.found.set_value("skip")
    dialog.check.found.activated.emit(1)
    qtbot.waitUntil(lambda: dialog._job is None)
    press(qtbot, dialog)
    assert people(context) == ["Mona", "Noura", "cut"]


def test_the_columns_of_a_table_are_chosen(qtbot, context, started):
    dialog = started("A,B,C\n12,x1,12\n", "people.csv")
    press(qtbot, dialog)
    assert dialog.step() == COLUMNS
    assert not dialog.go.isEnabled()
    assert dialog.columns.trouble.text()
    dialog.columns.model.set_field(1, "name")
    assert dialog.go.isEnabled()
    press(qtbot, dialog)
    press(qtbot, dialog)
    assert people(context) == ["Mona", "x1"]


def test_what_is_no_file_of_people_is_told(qtbot, context, started):
    dialog = started("BEGIN:VCARD", "people.vcf")
    assert dialog.step() == FILE
    dialog = started("", "people.csv")
    assert dialog.file.trouble.text()
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert people(context) == ["Mona"]
