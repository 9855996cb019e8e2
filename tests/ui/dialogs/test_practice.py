"""The practice chat, played as an owner plays it."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView

from desktop.i18n import formats
from desktop.services.automatic import set_automatic
from desktop.services.catalog import add_product
from desktop.services.customers import add_customer
from desktop.services.hours import set_hours
from desktop.services.opening import Span
from desktop.services.practice import list_chats
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply
from desktop.ui.dialogs.practice import PracticeDialog
from desktop.ui.pages.automatic import AutomaticPage

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # what is offered pops up


@pytest.fixture(scope="module")
def stocked(filled_once):
    def fill(session):
        home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
        update_profile(session, None, name="Gifts", phone="+971501234567", **home)
        set_hours(session, [Span(day, 600, 1320) for day in range(7)])
        set_automatic(session, "away", enabled=True, text="Back {next_opening}", schedule="closed")
        add_reply(session, "thanks", "Thank you, {customer|friend}!")
        add_product(session, "Rose", price=7500)

    return filled_once(lambda run: run("Open", fill))


@pytest.fixture
def dubai(stocked, context):
    formats.configure(zone="Asia/Dubai")
    yield context
    formats.configure(zone="")


@pytest.fixture
def dialog(qtbot, dubai, direction):
    dialog = PracticeDialog(dubai)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.clock.set_moment(dt.datetime.fromisoformat("2026-11-27T23:15"))
    return dialog


def enter(qtbot, line, text):
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_slash_lists_the_quick_replies_and_enter_takes_one_then_sends_it(qtbot, dialog, dubai):
    dubai.run("Add", add_reply, "hello", "Welcome!")
    dubai.run("Add", add_reply, "hours", "Daily {hours_today}")
    qtbot.keyClicks(dialog.answers, "/h")
    offered = dialog.answers.findChild(QListView)
    assert [offered.model().index(row, 0).data() for row in range(2)] == [
        "/hello · Welcome!",
        "/hours · Daily {hours_today}",
    ]
    qtbot.keyClick(offered, Qt.Key.Key_Down)
    qtbot.keyClick(offered, Qt.Key.Key_Down)
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert dialog.answers.text() == "/hours"
    assert dialog.said() == ()
    qtbot.keyClick(dialog.answers, Qt.Key.Key_Return)
    assert dialog.said()[-1].text.startswith("Daily ")
    qtbot.keyClicks(dialog.answers, "h/")
    assert not offered.isVisible()


def test_a_chat_is_played_kept_read_again_and_made_a_picture(qtbot, dialog, dubai):
    enter(qtbot, dialog.writes, "Hello & hi")
    assert dialog.writes.text() == ""
    assert [one.automatic for one in dialog.said()] == ["", "away"]
    assert "Back" in dialog.phone.accessibleDescription()
    assert dialog.reasons.text()
    click(qtbot, dialog.morning)
    click(qtbot, dialog.hour)
    enter(qtbot, dialog.writes, "Good morning")
    assert len(dialog.said()) == 3, "open by then"
    enter(qtbot, dialog.answers, "/thanks")
    assert dialog.said()[-1].text == "Thank you, friend!"
    enter(qtbot, dialog.item, "ros")
    click(qtbot, dialog.catalog)
    click(qtbot, dialog.order)
    assert [one.kind for one in dialog.said()[4:]] == ["item", "catalog", "order"]
    played = dialog.said()
    click(qtbot, dialog.keep)
    ((_kept, name),) = dubai.get(list_chats)
    assert name == "Hello & hi"
    click(qtbot, dialog.keep)
    assert [name for _chat, name in dubai.get(list_chats)] == ["Hello & hi"], "kept in its place, under its name"
    picture = QImage.fromData(dialog.png())
    assert picture.height() > picture.width() > 300
    click(qtbot, dialog.restart)
    assert dialog.said() == ()
    assert not dialog.keep.isEnabled()
    dialog.examples.setCurrentIndex(1)
    dialog.examples.activated.emit(1)
    assert dialog.said() == played
    click(qtbot, dialog.delete)
    assert dubai.get(list_chats) == []
    dubai.database.undo()
    assert len(dubai.get(list_chats)) == 1


def test_what_cannot_be_said_is_told_and_stays_typed(qtbot, dialog):
    enter(qtbot, dialog.answers, "/nothing")
    assert dialog.trouble.isVisible()
    assert dialog.answers.text() == "/nothing"
    enter(qtbot, dialog.writes, "Hello")
    assert not dialog.trouble.isVisible()
    dialog.clock.set_moment(dt.datetime.fromisoformat("2026-11-26T23:15"))
    enter(qtbot, dialog.writes, "Earlier")
    assert dialog.trouble.isVisible()
    assert dialog.writes.text() == "Earlier"
    dialog.clock.time.setText("late")
    click(qtbot, dialog.hour)
    assert dialog.clock.time.text() == "late"


def test_a_customer_of_the_shop_writes_and_the_phone_has_nothing_yet(qtbot, dialog, dubai):
    dubai.run("Add", add_customer, "Noura")
    qtbot.keyClicks(dialog.customer, "nou")
    qtbot.keyClick(dialog.customer, Qt.Key.Key_Return)
    enter(qtbot, dialog.answers, "/thanks")
    assert dialog.said()[-1].text == "Thank you, Noura!"
    click(qtbot, dialog.where._chips[1])
    enter(qtbot, dialog.writes, "Hello")
    assert dialog.said()[-1].side == "customer"


def test_the_page_of_the_automatic_messages_leads_to_it(qtbot, dubai):
    page = AutomaticPage(dubai)
    qtbot.addWidget(page)
    page.show()
    click(qtbot, page.practise)
    dialog = page.findChild(PracticeDialog)
    assert dialog.isVisible()
    dialog.close()
