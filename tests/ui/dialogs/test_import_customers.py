"""Importing customers as one does it: a file, its columns, what would change, and one button."""

import pytest
from sqlalchemy import select

from desktop.data.models import Customer
from desktop.exchange.importing_customers import Rules
from desktop.i18n import bidi
from desktop.services.customers import add_customer
from desktop.ui.dialogs.import_customers import ImportCustomersDialog
from desktop.ui.dialogs.importing import COLUMNS, FILE

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
def started(context, bring):
    """A function that opens the dialog with files, and waits until they are read."""
    context.run("Fill", lambda session: add_customer(session, "Mona", "0507654321"))
    return lambda *files: bring.start(ImportCustomersDialog, *files)


def people(context):
    return context.get(lambda session: [each.name for each in session.scalars(select(Customer).order_by(Customer.id))])


def card(name, phone):
    return f"BEGIN:VCARD\nVERSION:2.1\nFN:{name}\nTEL:{phone}\nEND:VCARD\n"


def test_contact_cards_come_in_after_one_look(context, bring, started, put):
    dialog = started(put(CARDS, "people.vcf"))
    assert dialog.file.what.text() == "3 contact cards."
    assert not dialog.file.encoding.isVisible()
    dialog.go.click()
    bring.idle(dialog)
    assert dialog.is_checking(), "cards have no columns"
    assert (dialog.check.rules(), dialog.check.found.currentText()) == (Rules(), "Update them")
    assert bring.rows(dialog.check.wrong)[0][0] == "2", "the card whose number is none"
    assert bidi.strip(dialog.check.summary.text()) == "New: 2. Changed: 1."
    assert people(context) == ["Mona"], "nothing is written yet"
    assert [problem.code for problem in dialog.check.seen.problems] == ["phone_unreadable", "card_cut"]
    bring.finish(dialog)
    assert people(context) == ["Old name", "Noura", "cut"]
    context.database.undo()
    assert people(context) == ["Mona"]
    dialog = started(put(CARDS, "people.vcf"))
    bring.to_check(dialog)
    dialog.back.click()
    assert dialog.step() == FILE


def test_who_is_here_can_be_left_alone(context, bring, started, put):
    dialog = started(put(CARDS, "people.vcf"))
    bring.to_check(dialog)
    dialog.check.found.set_value("skip")
    dialog.check.found.activated.emit(1)
    bring.idle(dialog)
    bring.finish(dialog)
    assert people(context) == ["Mona", "Noura", "cut"]


def test_the_columns_of_a_table_are_chosen(context, bring, started, put):
    dialog = started(put("A,B,C\n12,x1,12\n", "people.csv"))
    dialog.go.click()
    assert dialog.step() == COLUMNS
    assert not dialog.go.isEnabled()
    dialog.columns.model.set_field(1, "name")
    bring.to_check(dialog)
    bring.finish(dialog)
    assert people(context) == ["Mona", "x1"]


def test_many_files_of_cards_are_read_as_one_and_tables_after_them(qtbot, context, bring, started, put):
    table = put("name,phone\nHuda,+971501112229\n", "people.csv")
    cards = [put(card(f"نورة {n}", f"+97150111222{n}"), f"{n}.vcf", encoding="cp1256") for n in range(3)]
    dialog = started(table, *cards, put("nothing", "none.vcf"))
    assert dialog.file.what.text() == "3 contact cards."
    assert "none.vcf" in dialog.file.warnings.text()
    assert [row[0] for row in bring.rows(dialog.file.table)] == [f"⁨نورة {n}⁩" for n in range(3)]
    dialog.file.encoding.set_value("cp1252")
    dialog.file.encoding.activated.emit(0)
    bring.idle(dialog)
    assert "نورة" not in bring.rows(dialog.file.table)[0][0]
    dialog.file.encoding.set_value("cp1256")
    dialog.file.encoding.activated.emit(0)
    bring.idle(dialog)
    bring.to_check(dialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.opened is not None and dialog.opened.table is not None)
    bring.to_check(dialog)
    bring.finish(dialog)
    assert people(context) == ["Mona", "نورة 0", "نورة 1", "نورة 2", "Huda"]


def test_cards_with_problems_are_mended_in_a_spreadsheet(qtbot, context, bring, started, put, tmp_path):
    salem = card("Salem", "12").replace("TEL", "NOTE:=roses\nTEL")
    dialog = started(put(salem + card("Huda", "+971501112229"), "people.vcf"))
    bring.to_check(dialog)
    path = tmp_path / "mend.csv"
    dialog.check.saving.write(str(path))
    qtbot.waitUntil(dialog.check.saving.place.isVisible)
    bring.finish(dialog)
    text = path.read_text("utf-8-sig")
    assert "Huda" not in text
    path.write_text(text.replace(",12", ",+971501112228"))
    dialog = started(str(path))
    bring.to_check(dialog)
    assert bidi.strip(dialog.check.summary.text()) == "New: 0. Changed: 1.", "who was mended is who was brought in"
    assert "note" not in dialog.check.seen.plan.changes[0].fields
