"""Files of customers, from the page: brought in from its menu, or dropped on it, and written."""

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from desktop.exchange.contact_files import read_contacts
from desktop.i18n import bidi
from desktop.services.customers import add_customer
from desktop.ui.customer_files import CustomerFiles
from desktop.ui.dialogs.import_customers import ImportCustomersDialog


@pytest.fixture
def files(qtbot, context):
    context.run("Add", lambda session: add_customer(session, "نورة", "+971501234567"))
    page = QWidget()
    qtbot.addWidget(page)
    return CustomerFiles(context, page, QMenu(page))


@pytest.mark.parametrize("ending", ["vcf", "csv", "xlsx"])
def test_customers_are_written_as_what_the_ending_says(qtbot, context, files, tmp_path, ending):
    path = tmp_path / f"people.{ending}"
    with qtbot.waitSignal(context.said) as told:
        files.write_file(str(path))
    assert "1 customer saved to" in bidi.strip(told.args[0].sentence)
    assert [each.name for each in read_contacts(path)] == ["نورة"]


def test_a_file_that_cannot_be_written_is_told(qtbot, context, files, tmp_path):
    with qtbot.waitSignal(context.said) as told:
        files.write_file(str(tmp_path / "nowhere" / "people.vcf"))
    assert "saved" not in told.args[0].sentence


def test_the_menu_opens_the_import(qtbot, files, tmp_path):
    files.bring.trigger()
    assert isinstance(files.parent().findChild(ImportCustomersDialog), ImportCustomersDialog)
    path = tmp_path / "one.vcf"
    path.write_text("BEGIN:VCARD\nFN:Mona\nEND:VCARD\n")
    dialog = files.open_import([str(path)])
    qtbot.waitUntil(lambda: dialog._job is None)
    assert dialog.opened.contacts.people[0].name == "Mona"
