"""Further phone numbers and emails in the form of the profile, added and removed by key and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.data.database import Database
from desktop.services.profile import read_profile, update_profile
from desktop.ui.context import Context
from desktop.ui.pages.profile import ProfilePage


@pytest.fixture
def show(in_front):
    def show(context):
        page = ProfilePage(context)
        return in_front(page, 1108, 798)

    return show


@pytest.fixture(scope="module")
def stocked(filled_once):
    home = {"territory": "AE", "phone": "0501234567", "email": "a@b.example"}
    return filled_once(lambda run: run("Fill", update_profile, None, **home))


@pytest.fixture
def page(stocked, context, show):
    return show(context)


@pytest.fixture
def stored(context):
    return lambda name="more_phones": getattr(context.get(read_profile), name)


@pytest.fixture
def paste(qtbot):
    """A function that pastes a text over what is in a line, and leaves it."""

    def paste(row, text, leave=True):
        editor = row.field.editor
        editor.setFocus()
        editor.selectAll()
        QGuiApplication.clipboard().setText(text)
        qtbot.keyClick(
            editor, Qt.Key.Key_V if text else Qt.Key.Key_Delete, *[Qt.KeyboardModifier.ControlModifier][: bool(text)]
        )
        if leave:
            qtbot.keyClick(editor, Qt.Key.Key_Tab)

    return paste


def shown(more):
    return [row.field.value() for row in more.rows]


def heard(page):
    return page.preview.accessibleDescription()


def test_numbers_are_added_and_shown_on_the_phone(qtbot, direction, page, stored, paste):
    more = page.more_phones
    qtbot.mouseClick(more.add, Qt.MouseButton.LeftButton)
    assert more.rows[0].field.editor.hasFocus()
    paste(more.rows[0], "04 222 3344")
    assert stored() == "97142223344"
    more.add.setFocus()
    qtbot.keyClick(more.add, Qt.Key.Key_Space)
    paste(more.rows[1], "٠٥٠٧٦٥٤٣٢١")
    assert stored() == "97142223344\n971507654321"
    assert shown(more) == ["+971 4 222 3344", "+971 50 765 4321"]
    qtbot.waitUntil(lambda: "+971 50 765 4321" in heard(page))
    names = [row.field.editor.accessibleName() for row in more.rows]
    assert [name[-1] for name in names] == ["2", "3"]
    if direction == "ar":
        assert more.rows[0].remove.x() < more.rows[0].field.x()


def test_emails_are_added(page, stored, paste):
    page.more_emails.add.click()
    paste(page.more_emails.rows[0], "c@d.example")
    assert stored("more_emails") == "c@d.example"
    assert "c@d.example" in heard(page)


def test_add_goes_to_the_line_that_is_still_empty(page):
    page.more_phones.add.click()
    page.more_phones.add.click()
    assert len(page.more_phones.rows) == 1
    assert page.commit()


def test_tab_visits_them_where_they_stand(qtbot, context, page):
    context.run("Fill", update_profile, None, more_phones="0501234568\n0501234569", more_emails="c@d.example")
    phones, emails = page.more_phones, page.more_emails
    first, second, mail = *phones.rows, *emails.rows
    order = [page.fields["email"].editor, first.field.editor, first.remove, second.field.editor, second.remove]
    order += [phones.add, mail.field.editor, mail.remove, emails.add, page.fields["username"].editor]
    order[0].setFocus()
    for stop in order:
        assert page.focusWidget() is stop
        qtbot.keyClick(stop, Qt.Key.Key_Tab)


def test_what_is_no_number_stays_and_is_explained(page, stored, paste):
    more = page.more_phones
    more.add.click()
    paste(more.rows[0], "0501234567")
    assert "already" in more.rows[0].field.message.text()
    paste(more.rows[0], "12")
    assert "digits" in more.rows[0].field.message.text()
    assert (shown(more), stored()) == (["12"], "")
    paste(more.rows[0], "0501234568")
    assert stored() == "971501234568"
    assert not more.rows[0].field.message.isVisible()


def test_one_is_changed_in_its_place(context, page, stored, paste):
    context.run("Fill", update_profile, None, more_phones="0501234568\n0501234569")
    paste(page.more_phones.rows[0], "0501112233")
    assert stored() == "971501112233\n971501234569"
    assert context.database.next_title() == "Change phone numbers"
    context.database.undo()
    assert shown(page.more_phones) == ["+971 50 123 4568", "+971 50 123 4569"]


def test_one_is_removed_and_comes_back(qtbot, context, page, stored):
    context.run("Fill", update_profile, None, more_phones="0501234568\n0501234569")
    more = page.more_phones
    with qtbot.waitSignal(context.said) as said:
        qtbot.mouseClick(more.rows[0].remove, Qt.MouseButton.LeftButton)
    assert said.args[0].undo
    assert (stored(), shown(more)) == ("971501234569", ["+971 50 123 4569"])
    assert more.add.hasFocus()
    context.database.undo()
    assert shown(more) == ["+971 50 123 4568", "+971 50 123 4569"]


def test_one_that_is_left_empty_is_removed_and_not_before(qtbot, context, page, stored, paste):
    context.run("Fill", update_profile, None, more_phones="0501234568\n0501234569")
    more = page.more_phones
    paste(more.rows[0], "", leave=False)
    qtbot.waitUntil(more.rows[0].field.message.isVisible)
    assert len(stored().split()) == 2
    qtbot.keyClick(more.rows[0].field.editor, Qt.Key.Key_Tab)
    assert (stored(), shown(more)) == ("971501234569", ["+971 50 123 4569"])
    assert page.commit()


def test_a_new_one_that_is_wrong_can_be_given_up(qtbot, page, stored, paste):
    more = page.more_phones
    more.add.click()
    paste(more.rows[0], "12")
    qtbot.mouseClick(more.rows[0].remove, Qt.MouseButton.LeftButton)
    assert (more.rows, stored()) == ([], "")
    assert page.commit()


def test_what_is_typed_survives_a_change_from_elsewhere_and_is_told(qtbot, context, page, stored, paste):
    context.run("Fill", update_profile, None, more_phones="0501234568\n0501234569")
    more = page.more_phones
    paste(more.rows[0], "0501112233", leave=False)
    context.run("Other", update_profile, None, more_phones="0501234568", about="x")
    assert shown(more) == ["0501112233"]
    assert not page.commit()
    assert "changed elsewhere" in more.rows[0].field.message.text()
    assert not page.commit()
    qtbot.keyClick(more.rows[0].field.editor, Qt.Key.Key_Return)
    assert stored() == "971501112233"


def test_a_shop_to_read_only_keeps_them(qtbot, context, page, show, shop):
    context.run("Fill", update_profile, None, more_phones="0501234568")
    reading = Context(Database(shop, read_only=True))
    other = show(reading)
    try:
        row = other.more_phones.rows[0]
        qtbot.keyClicks(row.field.editor, "1")
        assert row.field.value() == "+971 50 123 4568"
        assert not row.remove.isEnabled()
        assert not other.more_phones.add.isEnabled()
    finally:
        reading.close()
