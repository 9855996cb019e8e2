"""Orders, taken and confirmed as a bakery does: read from a message, dated, priced, told, done, taken back."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.data.database import Database
from desktop.i18n import N_, bidi, formats
from desktop.services import orders
from desktop.services.catalog import add_product
from desktop.services.customers import add_customer
from desktop.services.hours import set_hours
from desktop.services.opening import Span
from desktop.services.order_due import due_moment
from desktop.services.profile import update_profile
from desktop.ui.dialogs.paste_order import PasteOrderDialog
from desktop.ui.dialogs.preparation import PreparationDialog
from desktop.ui.pages.orders import OrdersPage, Where

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # what is offered pops up
T = N_("New order")


@pytest.fixture(scope="module")
def stocked(filled_once):
    def fill(session):
        update_profile(session, None, currency="AED", territory="AE", name="Bakery", address="Corniche", language="en")
        set_hours(session, [Span(day, 600, 1320) for day in range(7)])
        add_product(session, "Chocolate cake", code="C-1", price=7500)
        add_product(session, "Date cake", price=5000)
        add_customer(session, "Noura", "+971501234567")

    return filled_once(lambda run: run(T, fill))


@pytest.fixture
def bakery(stocked, context):
    return context


@pytest.fixture
def show(in_front):
    opened = []

    def make(context):
        page = OrdersPage(context, opener=lambda url: opened.append(url.toString()) or True)
        page.opened = opened
        return in_front(page, 1100, 800)

    return make


def stored(context, order=1):
    return context.get(orders.read_order, order)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(chips, value):
    chips.set_value(value)
    chips.chosen.emit(value)


def write(qtbot, field, text):
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, text)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)


def test_an_order_is_taken_from_the_first_word_to_the_receipt(qtbot, show, bakery, direction):
    page = show(bakery)
    assert page.empty.isVisible()
    click(qtbot, page.add_first)
    editor, form = page.editor, page.editor.form
    assert editor.items.picker.hasFocus()
    qtbot.keyClicks(editor.items.picker, "chocolate")
    qtbot.keyClick(editor.items.picker, Qt.Key.Key_Return)
    qtbot.keyClicks(editor.items.picker, "Balloons")
    click(qtbot, editor.items.add)
    write(qtbot, editor.items.rows[0].quantity, "2")
    write(qtbot, editor.items.rows[1].price, "12.50")
    qtbot.keyClicks(form.find, "noura")
    qtbot.keyClick(form.find, Qt.Key.Key_Return)
    click(qtbot, form.day.choose)
    write(qtbot, form.time, "5 pm")
    write(qtbot, form.amounts["deposit"], "50")
    order = stored(bakery)
    assert [(line.name, line.quantity, line.price) for line in order.lines] == [
        ("Chocolate cake", 2, 7500),
        ("Balloons", 1, 1250),
    ]
    assert (order.name, order.phone, order.deposit) == ("Noura", "971501234567", 5000)
    here = dt.datetime.fromtimestamp(order.due_at, formats.now().tzinfo)
    assert (here.date(), here.hour) == (formats.today(), 17)
    assert "112.50" in bidi.strip(editor.sums.text())
    click(qtbot, editor.message.copy)
    assert QApplication.clipboard().text().startswith("Hello Noura,")
    click(qtbot, editor.message.open_chat)
    assert page.opened[-1].startswith("https://wa.me/971501234567?text=Hello")
    choose(editor.states, "paid")
    assert editor.message.kind() == "reminder"
    choose(editor.states, "done")
    assert "We have received" in editor.message.text.toPlainText()
    assert bidi.strip(page.list.rows.rows[0].title).endswith("1 · Noura")
    bakery.reverse()
    assert stored(bakery).state == "paid"


def test_it_is_begun_from_elsewhere(show, bakery, monkeypatch):
    page = show(bakery)
    page.show_target("new")
    assert page.editor.row() == stored(bakery).id
    monkeypatch.setattr(type(bakery), "read_only", True)
    page.show_target("new")
    assert page.list.order() == [1]


def test_in_a_low_window_the_field_of_a_new_order_is_in_sight(qtbot, show, bakery):
    page = show(bakery)
    page.resize(page.width(), 480)
    page.show_target("new")
    picker = page.editor.items.picker
    qtbot.waitUntil(lambda: picker.visibleRegion().boundingRect() == picker.rect())
    low = page.editor.message.text.height()
    page.resize(page.width(), 800)
    assert page.editor.message.text.height() > low, "a long message leaves the items room"


def test_a_pasted_message_becomes_an_order(qtbot, show, bakery):
    page = show(bakery)
    dialog = PasteOrderDialog(bakery, page)
    qtbot.addWidget(dialog)
    dialog.added.connect(page.show_target)
    dialog.show()
    dialog.text.setPlainText("٢ date cake\nNo nuts please")
    qtbot.waitUntil(lambda: dialog.table.isVisible())
    assert "Kept as a note: No nuts please" in dialog.notes.text()
    click(qtbot, dialog.add)
    assert (stored(bakery).lines[0].quantity, stored(bakery).note) == (2, "No nuts please")
    assert page.editor.row() == 1
    assert page.editor.form.message.isVisible()


def test_a_time_when_the_shop_is_closed_is_told_and_kept(qtbot, show, bakery):
    bakery.run(T, orders.add_order, due_at=due_moment(dt.date(2030, 5, 1), 720, formats.now().tzinfo))
    page = show(bakery)
    form = page.editor.form
    write(qtbot, form.time, "11 pm")
    assert "closed then" in form.day.message.text()
    write(qtbot, form.time, "25:00")
    assert form.time.message.isVisible()
    kept = dt.datetime.fromtimestamp(stored(bakery).due_at, formats.now().tzinfo)
    assert kept.hour == 23


def test_the_text_that_was_changed_stays_until_it_is_written_anew(qtbot, show, bakery):
    bakery.run(T, orders.add_order, [{"name": "Cake"}], name="Ali")
    page = show(bakery)
    message = page.editor.message
    message.text.setPlainText("My own words")
    bakery.run(T, orders.update_order, 1, None, note="Hurry")
    assert message.words() == "My own words"
    click(qtbot, message.again)
    assert "Hurry" in message.words()
    assert "no phone number" in message.warnings.text()


def test_orders_are_found_by_state_and_words_and_shown_again(show, bakery):
    bakery.run(T, orders.add_order, [{"name": "Cake"}], name="Ali")
    bakery.run(T, orders.add_order, [{"name": "Bread"}], name="Sara", state="paid")
    page = show(bakery)
    choose(page.states, "paid")
    assert page.list.order() == [2]
    page.show_target(1)
    assert (page.editor.row(), len(page.list.order())) == (1, 2)
    page.show_target(Where(2, "bread", ""))
    assert page.list.order() == [2]
    assert page.state() == Where(2, "bread", "")


def test_a_deleted_order_comes_back_and_a_copy_is_another(qtbot, show, bakery):
    bakery.run(T, orders.add_order, [{"name": "Cake"}], name="Ali")
    page = show(bakery)
    click(qtbot, page.editor.duplicate)
    assert page.editor.row() == 2
    click(qtbot, page.editor.delete)
    assert page.list.order() == [1]
    bakery.reverse()
    assert (page.list.order(), page.editor.row()) == ([2, 1], 2)


def test_lines_are_moved_noted_and_taken_off(qtbot, show, bakery):
    bakery.run(T, orders.add_order, [{"name": "A"}, {"name": "B"}])
    page = show(bakery)
    page.editor.items.rows[0].down.trigger()
    assert [line.name for line in stored(bakery).lines] == ["B", "A"]
    row = page.editor.items.rows[1]
    assert not row.note.isVisible()
    row.write.trigger()
    write(qtbot, row.note, "blue")
    assert [line.note for line in stored(bakery).lines] == ["", "blue"]
    page.editor.items.rows[0].remove.trigger()
    assert [row.name.value() for row in page.editor.items.rows] == ["A"]


def test_what_another_changed_is_not_written_over_unnoticed(qtbot, show, bakery):
    bakery.run(T, orders.add_order, name="Ali")
    page = show(bakery)
    field = page.editor.form.name
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "Ali B")
    bakery.run(T, orders.update_order, 1, None, name="Ali C")
    assert not page.commit()
    assert (field.value(), stored(bakery).name) == ("Ali B", "Ali C")


def test_a_customer_is_made_of_who_ordered(qtbot, show, bakery):
    bakery.run(T, orders.add_order, name="Sara", phone="+971507654321")
    page = show(bakery)
    click(qtbot, page.editor.form.make)
    assert stored(bakery).customer_id == 2
    assert bidi.strip(page.editor.form.known.text()) == "Sara"


def test_a_customer_with_a_long_name_leaves_room_for_the_form(show, bakery):
    bakery.run(T, orders.add_order, customer_id=bakery.run(T, add_customer, "W" * 200, "+971507654321"))
    area = show(bakery).editor.panel.area
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_the_list_of_a_day_is_shown_and_copied(qtbot, bakery):
    day = formats.today() + dt.timedelta(days=1)
    bakery.run(T, orders.add_order, [{"name": "Cake"}], due_at=due_moment(day, 720, formats.now().tzinfo))
    dialog = PreparationDialog(bakery)
    qtbot.addWidget(dialog)
    dialog.show()
    click(qtbot, dialog.copy)
    assert "1 × Cake" in QApplication.clipboard().text()
    qtbot.waitUntil(lambda: not dialog.page.pixmap().isNull())
    place = dialog.day.pos()
    dialog.day.setDate(dialog.day.date().addDays(5))
    assert dialog.trouble.isVisible()
    QApplication.processEvents()
    assert dialog.day.pos() == place, "it stays where it is, list or none"
    assert not dialog.save.isEnabled()


def test_the_clock_asks_nothing_of_a_server_that_is_lost(bakery, show, monkeypatch):
    page = show(bakery)
    bakery.run(T, orders.add_order, name="Noura")
    with monkeypatch.context() as patch:
        patch.setattr(Database, "lost", True)
        page._clock.timeout.emit()
    page._clock.timeout.emit()
    assert page.list.order() == [1]
