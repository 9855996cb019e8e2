"""Follow-ups, used as a trainer does: booked, written, opened, put off, done, moved along, and in both directions."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.i18n import bidi, formats
from desktop.services import due
from desktop.services.customers import add_customer, stop_messages
from desktop.services.due import list_due
from desktop.services.follow_ups import add_follow_up, finish, moment, on_the_wall, read_follow_up, set_after
from desktop.services.hours import set_hours
from desktop.services.opening import Span
from desktop.services.orders import add_order
from desktop.services.profile import update_profile
from desktop.services.repeating import Repeat
from desktop.ui.pages.follow_ups import FollowUpsPage
from desktop.ui.reminding import new_follow_up

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
DAY = 86_400


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A trainer in Dubai, who works from 8 to 8."""

    def fill(run):
        home = {"territory": "AE", "language": "en", "time_zone": "Asia/Dubai", "name": "Salma Fitness"}
        run("", update_profile, **home)
        run("", set_hours, [Span(day, 480, 1200) for day in range(7)])

    return filled_once(fill)


@pytest.fixture
def trainer(stocked, context):
    formats.configure(zone="Asia/Dubai")
    yield context
    formats.configure(zone="")


@pytest.fixture
def show(in_front, trainer, opened):
    def show_page(opener=None):
        page = FollowUpsPage(trainer, opener or (lambda url: opened.append(url.toEncoded().data().decode()) or True))
        return in_front(page, 1108, 800)

    return show_page


def tomorrow(context, hour, minute=0):
    with context.reader() as session:
        day = formats.today() + dt.timedelta(days=1)
        return moment(session, dt.datetime.combine(day, dt.time(hour, minute)))[0]


def add(context, *args, **fields):
    return context.run("", lambda session: add_follow_up(session, *args, **fields))


def stored(context, follow_up):
    return context.get(read_follow_up, follow_up)


def wall(context, follow_up):
    return context.get(on_the_wall, stored(context, follow_up).due_at)


def write(qtbot, field, text):
    """Paste over what is in a field, and save it."""
    field.editor.setFocus()
    field.editor.selectAll()
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field.editor, Qt.Key.Key_V, CTRL)
    field.commit()


def test_a_small_window_leaves_room_for_the_list(qtbot, trainer, show):
    add(trainer, "booking", tomorrow(trainer, 10), title="Yoga")
    page = show()
    page.resize(812, 610)
    page.card.show_day(formats.today() + dt.timedelta(days=1))
    qtbot.waitUntil(lambda: len(page.card.slots.buttons) == 4)
    assert not page.card.slots.none.isVisible()


def test_what_has_become_overdue_meanwhile_is_told_when_one_comes_back(trainer, show, monkeypatch):
    add(trainer, "task", tomorrow(trainer, 10), title="Call")
    page = show()
    assert "overdue" not in page.header.count.text()
    page.hide()
    monkeypatch.setattr(due, "now", lambda: tomorrow(trainer, 11))
    page.show()
    assert "1 overdue" in bidi.strip(page.header.count.text())


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # the offscreen platform, of a list that opens
def test_from_nothing_to_an_opened_chat(qtbot, direction, trainer, show, opened, said):
    noura = trainer.run("", add_customer, "Noura", "+971501234567", language="en")
    page = show()
    assert page.shown.currentWidget() is page.empty
    qtbot.mouseClick(page.add_first, LEFT)
    assert page.editor.title.editor.hasFocus()
    qtbot.keyClicks(page.editor.title.editor, "Cake")
    page.editor.title.commit()
    qtbot.keyClicks(page.editor.about.customer, "nou")
    qtbot.keyClick(page.editor.about.customer, Qt.Key.Key_Return)
    write(qtbot, page.editor.text, "Hello {customer} & co, it is ready.")
    (row,) = trainer.get(list_due)
    assert (row.title, row.customer_id) == ("Cake", noura)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert opened == ["https://wa.me/971501234567?text=Hello%20Noura%20%26%20co%2C%20it%20is%20ready."]
    assert stored(trainer, row.id).opened_at
    assert page.editor.opened.isVisible()
    assert not any("sent" in sentence.lower() for sentence, _undo in said)


def test_a_free_time_becomes_a_booking_and_a_clash_is_told(qtbot, direction, trainer, show):
    first = add(trainer, "booking", tomorrow(trainer, 10), title="Yoga")
    page = show()
    page.show_target(first)
    assert page.card.day() == formats.today() + dt.timedelta(days=1)
    times = [bidi.strip(button.text()) for button in page.card.slots.buttons]
    assert len(times) == 10
    page.card.pause.setFocus()
    qtbot.keyClick(page.card.pause, Qt.Key.Key_Tab)
    assert page.card.slots.buttons[0].hasFocus(), "the choices stand above the times, and come before them"
    qtbot.mouseClick(page.card.slots.buttons[0], LEFT)
    second = page.editor.row()
    assert second != first
    assert wall(trainer, second).time() == dt.time(8)
    assert stored(trainer, second).kind == "booking"
    assert len(page.card.strip.blocks()) == 2
    write(qtbot, page.editor.when.time, "10:30")
    assert wall(trainer, second).time() == dt.time(10, 30)
    assert "Yoga" in page.editor.when.told.text()
    qtbot.mouseClick(page.editor.when.slots.buttons[0], LEFT)
    assert wall(trainer, second).time() == dt.time(8)
    assert not page.editor.when.told.isVisible()
    qtbot.keyClick(page.card.strip, Qt.Key.Key_Return)
    assert page.editor.row() in (first, second)


def test_a_reminder_is_added_before_a_booking_and_moves_along(qtbot, trainer, show):
    booking = add(trainer, "booking", tomorrow(trainer, 10), title="Yoga")
    page = show()
    page.show_target(booking)
    qtbot.mouseClick(page.editor.after, LEFT)
    tip = page.editor.row()
    assert stored(trainer, tip).delay == 3 * DAY
    assert page.editor.when.following.isVisible()
    assert not page.editor.when.repeating.isVisible()
    write(qtbot, page.editor.when.delay, "5")
    assert stored(trainer, tip).delay == 5 * DAY
    page.show_target(booking)
    write(qtbot, page.editor.when.time, "16:00")
    assert wall(trainer, tip) == wall(trainer, booking) + dt.timedelta(days=5)
    page.show_target(tip)
    qtbot.mouseClick(page.editor.when.detach, LEFT)
    assert stored(trainer, tip).after_id is None
    trainer.reverse()
    assert stored(trainer, tip).after_id == booking


def test_done_and_the_next_and_back(qtbot, trainer, show, said):
    weekly = add(trainer, "task", tomorrow(trainer, 10), title="Plan", repeat=Repeat("week").rule)
    page = show()
    page.show_target(weekly)
    qtbot.mouseClick(page.editor.done, LEFT)
    assert said[-1][0].startswith("Done. The next one is")
    (following,) = trainer.get(list_due)
    assert following.due_at == tomorrow(trainer, 10) + 7 * DAY
    trainer.reverse()
    assert [row.id for row in trainer.get(list_due)] == [weekly]
    page.show_target(weekly)
    page.editor.snooze_wanted.emit("week")
    assert said[-1][0].startswith("Put off until")
    assert wall(trainer, weekly).date() == formats.today() + dt.timedelta(days=7)


def test_how_it_repeats_is_chosen(qtbot, trainer, show):
    task = add(trainer, "task", tomorrow(trainer, 10))
    page = show()
    when = page.editor.when
    when.unit.set_value("week")
    when.unit.activated.emit(2)
    assert stored(trainer, task).repeat.startswith("FREQ=WEEKLY;INTERVAL=1;BYDAY=")
    write(qtbot, when.every, "2")
    assert "INTERVAL=2" in stored(trainer, task).repeat
    write(qtbot, when.every, "0")
    assert "every 1 to" in when.told.text()
    assert "INTERVAL=2" in stored(trainer, task).repeat
    when.every.editor.escaped.emit()
    when.unit.set_value("")
    when.unit.activated.emit(0)
    assert stored(trainer, task).repeat == ""


def test_who_has_stopped_is_not_written_to_and_who_shows_no_number_is_copied(qtbot, trainer, show, opened, clipboard):
    stopped = trainer.run("", add_customer, "Badr", "+971501234567")
    trainer.run("", stop_messages, [stopped])
    hidden = trainer.run("", add_customer, "Reem", username="reem.a")
    one = add(trainer, text="Hi", customer_id=stopped, due_at=tomorrow(trainer, 8))
    two = add(trainer, text="Hi {customer}", customer_id=hidden, due_at=tomorrow(trainer, 9))
    page = show()
    page.show_target(one)
    assert not page.editor.open_chat.isEnabled()
    assert "no more messages" in page.editor.about.warning.text()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert stored(trainer, one).opened_at is None
    page.show_target(two)
    page.editor.open_chat.click()
    assert clipboard.text() == "Hi Reem"
    assert opened == []


def test_what_is_wrong_is_told_and_kept(qtbot, trainer, show):
    old = add(trainer, "task", 0, title="Old")
    page = show()
    assert "past" in page.editor.when.told.text()
    write(qtbot, page.editor.when.time, "25 o'clock")
    assert page.editor.when.told.text()
    assert page.editor.when.time.value() == "25 o'clock"
    assert stored(trainer, old).due_at == 0
    assert not page.commit()
    page.editor.when.time.editor.escaped.emit()
    assert page.commit()


def test_groups_search_and_deleting(qtbot, trainer, show):
    late = add(trainer, "task", 0, title="Late")
    add(trainer, "task", tomorrow(trainer, 10), title="Soon")
    done = add(trainer, "task", tomorrow(trainer, 11), title="Over")
    trainer.run("", finish, done)
    page = show()
    assert [bool(row.heading) for row in page.list.rows.rows] == [True, True]
    page.show_target("done")
    assert page.list.order() == [done]
    page.show_target(late)
    page.search.setText("soon")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert len(page.list.order()) == 1
    page.search.clear()
    page.show_target(late)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert late not in page.list.order()
    trainer.reverse()
    assert page.editor.row() == late
    state = page.state()
    again = show()
    again.show_target(state)
    assert again.editor.row() == late


def test_it_is_made_from_elsewhere(trainer, show):
    noura = trainer.run("", add_customer, "Noura")
    wanted = []
    trainer.wanted.connect(lambda name, target: wanted.append((name, target)))
    new_follow_up(trainer, customer_id=noura)
    ((name, target),) = wanted
    assert name == "follow-ups"
    assert stored(trainer, target).customer_id == noura


def test_what_changed_elsewhere_does_not_disturb_what_is_typed(qtbot, trainer, show):
    one = add(trainer, "booking", tomorrow(trainer, 10), title="Yoga")
    follower = add(trainer, title="Tip")
    trainer.run("", set_after, follower, one, DAY)
    page = show()
    page.show_target(one)
    page.editor.title.editor.setFocus()
    qtbot.keyClicks(page.editor.title.editor, "!")
    trainer.run("", lambda session: setattr(read_follow_up(session, one), "note", "mat"))
    assert page.editor.title.value().startswith("!")
    assert page.editor.note.value() == "mat"
    assert page.commit()
    assert stored(trainer, one).title.startswith("!")


@pytest.mark.parametrize("theirs", [False, True])
def test_two_people_at_one_time_choose_mine_or_theirs(qtbot, trainer, show, theirs):
    one = add(trainer, "booking", tomorrow(trainer, 10), title="Yoga")
    page = show()
    page.show_target(one)
    field = page.editor.when.time
    field.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "11:00")
    trainer.run("", lambda session: setattr(read_follow_up(session, one), "due_at", tomorrow(trainer, 12)))
    assert not page.commit()
    assert "12:00" in page.editor.when.told.text()
    qtbot.mouseClick(field.choice.theirs if theirs else field.choice.mine, LEFT)
    assert stored(trainer, one).due_at == tomorrow(trainer, 12 if theirs else 11)
    assert not field.choice.isVisible()
    assert "elsewhere" not in page.editor.when.told.text()


def test_what_is_due_is_saved_for_a_calendar(trainer, show, tmp_path):
    add(trainer, "booking", tomorrow(trainer, 10), title="Yoga")
    page = show()
    page.files.saving.trigger()
    dialog = page.files.line.findChild(QFileDialog)
    dialog.selectFile(str(tmp_path / "due.ics"))
    dialog.accept()
    assert "SUMMARY:Yoga" in (tmp_path / "due.ics").read_text("utf-8")
    assert page.files.isVisible()


def test_a_reminder_of_an_order_is_ready_to_open_and_makes_its_customer(qtbot, trainer, show, opened):
    order = trainer.run("", add_order, [{"name": "Plan", "quantity": 1}], name="Sara", phone="+971501234567")
    new_follow_up(trainer, order_id=order)
    page = show()
    about = page.editor.about
    assert about.order.value() == order
    assert "Sara" in about.named.text()
    page.editor.open_chat.click()
    assert opened[0].startswith("https://wa.me/971501234567?text=")
    about.make.click()
    assert about.customer.text() == "Sara"
    assert not about.make.isVisible()
    about.order.setCurrentIndex(0)
    about.order.activated.emit(0)
    assert stored(trainer, page.editor.row()).order_id is None
