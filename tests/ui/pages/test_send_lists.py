"""Send lists, used as an owner does: written, begun, opened one after the other by Enter, skipped, back, and held."""

import pytest
from PySide6.QtCore import Qt

from desktop.i18n import bidi
from desktop.services.customers import add_customer, give_consent, stop_messages
from desktop.services.profile import update_profile
from desktop.services.send_lists import (
    add_send_list,
    begin,
    list_send_lists,
    next_entry,
    progress,
    read_send_list,
    update_send_list,
)
from desktop.ui.pages.send_lists import SendListsPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def stocked(filled_once):
    def fill(session):
        update_profile(session, territory="AE", language="en", name="Bayt")
        names = {"Aya": "+971500000101", "Badr": "+971500000102", "Carla": "", "Dina": "+971500000103"}
        people = {name: add_customer(session, name, phone) for name, phone in names.items()}
        stop_messages(session, [people["Badr"]])
        give_consent(session, [people["Aya"]])
        return people

    return filled_once(lambda run: run("", fill))


@pytest.fixture
def owner(stocked, context):
    context.people = stocked.found
    return context


@pytest.fixture
def show(in_front, owner, opened):
    def show_page():
        page = SendListsPage(owner, lambda url: opened.append(url.toEncoded().data().decode()) or True)
        return in_front(page, 1108, 800)

    return show_page


@pytest.fixture
def winter(owner):
    return owner.run("", add_send_list, "Winter", text="Hi {customer}")


def test_from_nothing_to_the_end(qtbot, direction, owner, show, opened, said):
    page = show()
    assert page.shown.currentWidget() is page.empty
    qtbot.mouseClick(page.add_first, LEFT)
    assert page.editor.name.editor.hasFocus()
    qtbot.keyClicks(page.editor.name.editor, "Winter")
    qtbot.mouseClick(page.walk.start, LEFT)
    assert page.editor.text.editor.hasFocus(), "there is no message yet"
    qtbot.keyClicks(page.editor.text.editor, "Hi {customer}")
    assert page.walk.preview.isVisible()
    assert page.commit()
    (listed,) = owner.get(list_send_lists)
    assert listed.name == "Winter"
    assert bidi.strip(page.walk.name.text()) == "Aya"
    qtbot.mouseClick(page.walk.after, LEFT)
    assert bidi.strip(page.walk.name.text()) == "Dina"
    qtbot.mouseClick(page.walk.start, LEFT)
    assert page.walk.open_chat.hasFocus()
    qtbot.keyClick(page.walk.open_chat, Qt.Key.Key_Return)
    assert opened == ["https://wa.me/971500000101?text=Hi%20Aya"]
    assert bidi.strip(page.walk.name.text()) == "Dina"
    qtbot.keyClick(page.walk.open_chat, Qt.Key.Key_Return)
    assert len(opened) == 2
    assert owner.get(progress, listed.id).left == 0
    assert not page.walk.open_chat.isVisible()
    assert not any("sent" in sentence.lower() for sentence, _undo in said)


def test_who_is_left_out_is_told_and_who_has_not_agreed_is_a_choice(qtbot, owner, show, winter):
    page = show()
    assert "no more messages" in page.editor.left_out.text()
    assert "no number" in page.editor.left_out.text()
    assert "not agreed" in page.editor.advice.text()
    qtbot.mouseClick(page.editor.only_agreed, LEFT)
    assert owner.get(read_send_list, winter).terms == "consent"
    assert bidi.strip(page.editor.reach.text()) == "1 customer can be written to."
    owner.reverse()
    assert owner.get(read_send_list, winter).terms == ""
    assert page.editor.who.search().terms == ()


def test_skip_back_undo_and_after_a_restart(qtbot, owner, show, winter):
    owner.run("", begin, winter)
    page = show()
    qtbot.mouseClick(page.walk.skip, LEFT)
    assert owner.get(next_entry, winter).name == "Dina"
    again = show()
    assert bidi.strip(again.walk.name.text()) == "Dina"
    qtbot.mouseClick(again.walk.back, LEFT)
    assert owner.get(next_entry, winter).name == "Aya"
    owner.reverse()
    assert bidi.strip(page.walk.name.text()) == "Dina"


def test_the_limit_of_the_day_holds_and_what_is_missing_holds(qtbot, owner, show, winter, opened):
    owner.run("", update_send_list, winter, cap=1)
    owner.run("", begin, winter)
    page = show()
    page.list.copy_wanted.emit(winter)
    qtbot.keyClick(page.walk.open_chat, Qt.Key.Key_Return)
    assert len(opened) == 1
    assert not page.walk.open_chat.isEnabled()
    assert "tomorrow" in page.walk.told.text()
    owner.run("", update_send_list, winter, cap=0, text="Hi {customer}, {product} is here")
    assert not page.walk.open_chat.isEnabled()
    assert "Item" in page.walk.told.text()
    owner.run("", update_send_list, winter, text="Hi")
    assert page.walk.open_chat.isEnabled()


def test_who_stops_meanwhile_can_only_be_skipped(qtbot, owner, show, winter, opened):
    owner.run("", begin, winter)
    page = show()
    owner.run("", stop_messages, [owner.people["Aya"]])
    assert not page.walk.open_chat.isEnabled()
    assert "no more messages" in page.walk.told.text()
    qtbot.mouseClick(page.walk.skip, LEFT)
    assert page.walk.open_chat.isEnabled()
    assert opened == []


def test_deleting_and_bringing_back(qtbot, owner, show, winter):
    page = show()
    qtbot.mouseClick(page.editor.delete, LEFT)
    assert page.shown.currentWidget() is page.empty
    owner.reverse()
    assert page.editor.row() == winter
    page.editor.cap.editor.setText("many")
    page.editor.cap.editor.textEdited.emit("many")
    assert not page.editor.cap.commit()
    assert page.editor.cap.value() == "many"


def test_one_customer_reads_another_text_and_everybody_else_does_not(qtbot, owner, show, winter, opened):
    owner.run("", begin, winter)
    page = show()
    own = page.walk.own
    assert not own.field.isVisible()
    qtbot.mouseClick(own.change, LEFT)
    assert own.field.value() == "Hi Aya"
    qtbot.keyClick(own.field.editor, Qt.Key.Key_End)
    qtbot.keyClicks(own.field.editor, " and family")
    assert "Hi Aya and family" in page.walk.preview.accessibleDescription()
    qtbot.mouseClick(page.walk.open_chat, LEFT)
    assert opened == ["https://wa.me/971500000101?text=Hi%20Aya%20and%20family"]
    assert bidi.strip(page.walk.name.text()) == "Dina"
    assert not own.field.isVisible()
    assert "Hi Dina" in page.walk.preview.accessibleDescription()
    qtbot.mouseClick(page.walk.back, LEFT)
    assert own.field.value() == "Hi Aya and family"
    qtbot.mouseClick(own.drop, LEFT)
    assert owner.get(next_entry, winter).text == ""
    owner.database.undo()
    assert owner.get(next_entry, winter).text == "Hi Aya and family"
    assert own.field.isVisible()
