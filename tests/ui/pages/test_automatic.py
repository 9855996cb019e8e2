"""Automatic messages, set up as an owner does, and asked what the phone will answer."""

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt

from desktop.data.database import Database
from desktop.i18n import bidi, formats
from desktop.services import phone_copy
from desktop.services.automatic import (
    add_period,
    add_text,
    list_automatic,
    list_periods,
    list_recipients,
    list_texts,
    set_automatic,
)
from desktop.services.customers import add_customer
from desktop.services.hours import set_hours
from desktop.services.opening import Span
from desktop.services.profile import update_profile
from desktop.ui.context import Context
from desktop.ui.pages.automatic import AutomaticPage

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # what is offered pops up


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop in Dubai, open daily from 10 to 10."""

    def fill(run):
        run("Open", update_profile, None, name="Gifts", territory="AE", time_zone="Asia/Dubai", language="en")
        run("Open", set_hours, [Span(day, 600, 1320) for day in range(7)])

    return filled_once(fill)


@pytest.fixture
def dubai(stocked, context):
    formats.configure(zone="Asia/Dubai")
    yield context
    formats.configure(zone="")


@pytest.fixture
def page(qtbot, dubai):
    return shown(qtbot, dubai)


def shown(qtbot, context):
    page = AutomaticPage(context)
    qtbot.addWidget(page)
    page.resize(1108, 840)
    with qtbot.waitExposed(page):
        page.show()
    return page


def stored(context, kind="away"):
    return context.get(list_automatic).get(kind)


def test_no_part_of_the_page_opens_as_a_window(qtbot, qtlog, dubai):
    qtbot.addWidget(AutomaticPage(dubai))
    assert not qtlog.records, "the platform says something of every window"


def chat(page):
    return page.panel.phone.accessibleDescription()


def chip(chips, value):
    return chips._chips[chips._values.index(value)]


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def night(page):
    """Look at 11:15 in the evening of today."""
    today = formats.today()
    zone = page.panel.setup.schedule.zone
    page.panel.set_moment(dt.datetime(today.year, today.month, today.day, 23, 15, tzinfo=zone))


def test_an_empty_shop_is_offered_texts_and_warned_of_its_nights(qtbot, dubai, direction):
    page = shown(qtbot, dubai)
    card = page.cards["away"]
    assert [concern.fix for concern in page.concerns] == ["turn_on"]
    click(qtbot, page.banners[0].button)
    row = stored(dubai)
    assert row.enabled
    assert "{hours_week}" in row.text
    assert not card.propose.isVisible()
    assert card.when.value() == "closed"
    assert page.concerns == []
    assert not page.banners[0].isVisible()
    night(page)
    assert "10:00" in chat(page)
    assert page.panel.answers.away
    click(qtbot, chip(card.when, "always"))
    assert [concern.fix for concern in page.concerns] == ["closed"]
    click(qtbot, page.banners[0].button)
    assert page.concerns == []
    dubai.database.undo()
    assert card.when.value() == "always"


def test_what_is_typed_saves_itself_and_is_seen_on_the_phone(qtbot, page, dubai):
    card = page.cards["greeting"]
    click(qtbot, card.switch.editor)
    card.text._pause.setInterval(60_000)  # however slow this computer is
    qtbot.keyClicks(card.text.editor, "Hello & welcome {shop}")
    qtbot.waitUntil(lambda: "Hello & welcome Gifts" in chat(page))
    assert stored(dubai, "greeting").text == "", "while it is typed"
    assert card.text.commit()
    assert stored(dubai, "greeting").text == "Hello & welcome {shop}"
    assert "Hello & welcome Gifts" in chat(page)
    page.panel.last.setCurrentIndex(page.panel.last._values.index(86400 * 13))
    page.panel.last.activated.emit(0)
    assert "welcome Gifts" not in chat(page)
    page.panel.last.setCurrentIndex(page.panel.last._values.index(86400 * 14))
    page.panel.last.activated.emit(0)
    assert "Hello & welcome Gifts" in chat(page)


def test_times_that_end_before_they_start_are_told_and_stay_typed(qtbot, page, dubai):
    card = page.cards["away"]
    click(qtbot, chip(card.when, "custom"))
    assert card.period.isVisible()
    before = (stored(dubai).starts, stored(dubai).ends)
    early = card.period.starts.day.date().addDays(-2)
    card.period.ends.day.setDate(early)
    assert card.period.message.isVisible()
    assert card.period.ends.day.date() == early
    assert (stored(dubai).starts, stored(dubai).ends) == before
    card.period.ends.day.setDate(early.addDays(10))
    assert not card.period.message.isVisible()
    assert stored(dubai).ends == before[1] + 7 * 86400
    card.period.starts.time.setText("25:00")
    card.period.starts.time.editingFinished.emit()
    assert "25:00" in bidi.strip(card.period.message.text())


def test_recipients_are_named_by_typing_and_taken_away_again(qtbot, page, dubai):
    noura = dubai.run("Add", add_customer, "Noura")
    recipients = page.cards["greeting"].recipients
    click(qtbot, chip(recipients.choice, "except"))
    qtbot.keyClicks(recipients.picker, "nou")
    qtbot.keyClick(recipients.picker, Qt.Key.Key_Return)
    assert [one.id for one in dubai.get(list_recipients, "greeting")[0]] == [noura]
    assert recipients.picker.text() == ""
    click(qtbot, recipients.crosses[0])
    assert dubai.get(list_recipients, "greeting")[0] == []
    dubai.database.undo()
    assert len(recipients.crosses) == 1


def test_further_texts_and_times_are_only_here(qtbot, page, dubai):
    extra = page.cards["away"].extra
    assert extra.is_folded()
    click(qtbot, extra.header)
    click(qtbot, extra.add_text)
    (row,) = extra.texts.values()
    assert row.language.value() == "ar"
    qtbot.keyClicks(row.text.editor, "Closed")
    assert row.text.commit()
    assert [text.text for text in dubai.get(list_texts, "away")] == ["Closed"]
    click(qtbot, chip(page.cards["away"].when, "custom"))
    click(qtbot, extra.add_period)
    assert len(dubai.get(list_periods, "away")) == 1
    click(qtbot, next(iter(extra.periods.values())).remove)
    assert dubai.get(list_periods, "away") == []
    qtbot.waitUntil(lambda: row.remove.height() > 0)  # it has its place
    click(qtbot, row.remove)
    assert dubai.get(list_texts, "away") == []


def test_the_two_weeks_lead_to_any_hour_by_mouse_and_by_keys(qtbot, dubai, direction):
    page = shown(qtbot, dubai)
    dubai.run("Set", set_automatic, "away", enabled=True, text="Closed", schedule="closed")
    strip = page.weeks.strip
    page.area.ensureWidgetVisible(strip)
    place = strip.cell(3, 23).center().toPoint()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    moment = page.panel.moment()
    assert (moment.date(), moment.hour) == (formats.today() + dt.timedelta(days=3), 23)
    assert page.panel.answers.away
    strip.setFocus()
    back = Qt.Key.Key_Right if page.layoutDirection() == Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Left
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    for _hour in range(5):
        qtbot.keyClick(strip, back)
    assert strip.accessibleDescription() == page.weeks.describe(4, 18)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert page.panel.moment().hour == 18
    assert not page.panel.answers.away


def test_the_phone_answers_what_was_copied(qtbot, page, dubai):
    dubai.run("Set", set_automatic, "away", enabled=True, text="Old", schedule="closed")
    dubai.run("Copy", phone_copy.mark_all, formats.now())
    dubai.run("Set", set_automatic, "away", text="New")
    night(page)
    assert "New" in chat(page)
    click(qtbot, chip(page.panel.where, True))
    assert "Old" in chat(page)
    assert [concern.fix for concern in page.concerns] == ["phone"]
    wanted = []
    dubai.wanted.connect(lambda name, target: wanted.append((name, target)))
    click(qtbot, page.banners[0].button)
    click(qtbot, page.cards["away"].copy)
    assert wanted == [("phone", ("automatic_message", stored(dubai).id, "text"))] * 2


def test_one_click_lets_the_phone_say_soon(qtbot, page, dubai):
    dubai.run("Set", set_automatic, "away", enabled=True, text="Back {next_opening}.", schedule="closed")
    assert [concern.fix for concern in page.concerns] == ["soon"]
    click(qtbot, page.banners[0].button)
    assert stored(dubai).text == "Back {next_opening|soon}."
    assert page.concerns == []


def test_a_day_and_a_time_that_are_none_are_told(qtbot, page):
    page.panel.at.time.setText("noonish")
    page.panel.at.time.editingFinished.emit()
    assert page.panel.problem.isVisible()
    page.panel.at.day.setDate(QDate(2026, 11, 27))
    click(qtbot, page.panel.now)
    assert not page.panel.problem.isVisible()


def test_changes_elsewhere_are_followed_without_touching_what_is_typed(qtbot, page, dubai):
    card = page.cards["away"]
    qtbot.keyClicks(card.text.editor, "Mine")
    dubai.run("Set", set_automatic, "away", text="Theirs", enabled=True)
    assert card.text.value() == "Mine"
    assert card.switch.value() is True
    assert not card.text.commit()
    page.show_target("away")


def test_a_shop_that_is_read_only_is_read(qtbot, shop):
    database = Database(shop)
    database.run("Set", set_automatic, "away", enabled=True, text="Closed", schedule="custom", starts=10, ends=20)
    database.run("Add", add_period, "away", 30, 40)
    database.run("Add", add_text, "away", "ar", text="مغلق")
    database.close()
    context = Context(Database(shop, read_only=True))
    page = shown(qtbot, context)
    card = page.cards["away"]
    assert card.text.editor.isReadOnly()
    assert not card.switch.editor.isEnabled()
    assert not card.recipients.isEnabled()
    assert not any(banner.button.isVisible() for banner in page.banners)
    context.close()
