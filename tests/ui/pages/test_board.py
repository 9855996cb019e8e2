"""The board, as an owner uses it."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from desktop import i18n
from desktop.services.customers import add_customer
from desktop.services.labels import add_first_labels, add_label, labels_of, put_labels, state_label
from desktop.services.orders import add_order, read_order
from desktop.ui.pages.board import BoardPage
from desktop.ui.widgets.card_drag import pack

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
RIGHT, LEFT = Qt.Key.Key_Right, Qt.Key.Key_Left


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop with the first labels, and three customers of the label New order."""

    def fill(run):
        run("Add", add_first_labels)
        ids = [run("Add", add_customer, name) for name in ("Huda", "Omar", "ريم")]
        for one in ids:
            run("Put", lambda session, one=one: put_labels(session, [one], [state_label(session, "new_order")]))
        return ids

    return filled_once(fill)


@pytest.fixture
def people(stocked):
    """The ids of three customers, who have the label New order."""
    return stocked.found


@pytest.fixture
def open_page(in_front, context):
    def open_it():
        page = BoardPage(context)
        return in_front(page, 1108, 700)

    return open_it


@pytest.fixture
def rtl(qapp):
    i18n.set_language("ar")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    i18n.set_language("en")


def stands(page):
    return [list(lane.cards.cards.ids) for lane in page.lanes]


def labelled(context, person):
    return [name for name, _colour in context.get(labels_of, [person]).get(person, [])]


def test_columns_have_names_colours_in_words_and_counts(open_page, people):
    page = open_page()
    assert stands(page) == [[*reversed(people)], [], [], []]
    heading = page.lanes[0]
    assert (i18n.bidi.strip(heading.name.text()), heading.count.text()) == ("New order", "3")
    assert i18n.bidi.strip(heading.cards.accessibleName()) == "New order · Red, 3 customers"
    assert page.header.count.text() == "3 cards"


def test_alt_and_the_arrows_send_a_card_on_and_go_along(qtbot, context, open_page, people):
    page = open_page()
    first = page.lanes[0].cards
    first.setFocus()
    first.set_current(people[2])
    qtbot.keyClick(first, RIGHT, ALT)
    assert labelled(context, people[2]) == ["Pending payment"]
    second = page.lanes[1].cards
    assert (second.hasFocus(), second.current(), first.current()) == (True, people[2], None)
    qtbot.keyClick(second, RIGHT, CTRL)
    assert labelled(context, people[2]) == ["Paid"]
    qtbot.keyClick(page.lanes[2].cards, LEFT, ALT)
    context.reverse()
    context.reverse()
    context.reverse()
    assert stands(page)[0] == [*reversed(people)]


def test_several_go_together_as_one_action(qtbot, context, open_page, people):
    page = open_page()
    first = page.lanes[0].cards
    first.setFocus()
    first.set_current(people[2])
    qtbot.keyClick(first, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(first, RIGHT, ALT)
    assert sorted(page.lanes[1].cards.selection()) == people[1:], "they can be sent on again"
    qtbot.keyClick(page.lanes[1].cards, RIGHT, ALT)
    assert [len(ids) for ids in stands(page)] == [1, 0, 2, 0]
    context.reverse()
    assert [len(ids) for ids in stands(page)] == [1, 2, 0, 0]


def test_the_arrows_alone_walk_and_enter_opens(qtbot, context, open_page, people):
    went = []
    context.wanted.connect(lambda *where: went.append(where))
    page = open_page()
    first = page.lanes[0].cards
    first.setFocus()
    first.set_current(people[2])
    qtbot.keyClick(first, RIGHT)
    assert page.lanes[1].cards.hasFocus()
    qtbot.keyClick(page.lanes[1].cards, LEFT)
    assert first.current() == people[2]
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert went == [("customers", people[2])]


def test_from_right_to_left_the_next_column_is_on_the_left(qtbot, context, rtl, open_page, people):
    page = open_page()
    assert page.lanes[0].x() > page.lanes[1].x()
    first = page.lanes[0].cards
    first.setFocus()
    first.set_current(people[2])
    qtbot.keyClick(first, LEFT, ALT)
    assert stands(page)[1] == [people[2]]


def test_a_card_is_dropped_on_another_column_and_nothing_else_is_taken(context, open_page, people, monkeypatch):
    page = open_page()
    target, source = page.lanes[2].cards, page.lanes[0].cards
    data = pack(people[:1], "")
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, ALT)
    target.dropEvent(drop)
    assert stands(page)[2] == [], "from nowhere"
    monkeypatch.setattr(QDropEvent, "source", lambda _event: source)
    target.dropEvent(drop)
    assert stands(page)[2] == people[:1]
    assert labelled(context, people[0]) == ["Paid"]


def test_an_order_is_moved_by_its_state_and_its_customers_label_follows(qtbot, context, open_page, people):
    order = context.run("Add", add_order, [{"name": "Cake"}], customer_id=people[0])
    page = open_page()
    assert page.kind == "orders"
    assert stands(page) == [[order], [], [], []]
    first = page.lanes[0].cards
    first.setFocus()
    first.set_current(order)
    face = first.cards.index_of(order).data(Qt.ItemDataRole.AccessibleTextRole)
    assert i18n.bidi.strip(face).startswith("1 · Huda")
    qtbot.keyClick(first, RIGHT, ALT)
    assert context.get(read_order, order).state == "pending"
    assert labelled(context, people[0]) == ["Pending payment"]


def test_a_search_leaves_what_says_it(qtbot, open_page, people):
    page = open_page()
    qtbot.keyClicks(page.search, "huda")
    qtbot.waitUntil(lambda: stands(page)[0] == people[:1])
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.lanes[0].cards.current() == people[0]
    page.search.setText("nobody")
    qtbot.waitUntil(lambda: page.shown.currentWidget() is page.nothing)


def test_the_owner_chooses_the_columns(context, open_page, people):
    page = open_page()
    page.choices.aboutToShow.emit()
    words = {i18n.bidi.strip(action.text()): action for action in page.choices.actions()}
    assert next(name for name, action in words.items() if action.isChecked()) == "New order"
    words["VIP customer"].trigger()
    assert len(page.lanes) == 5
    context.reverse()
    assert len(page.lanes) == 4


def test_what_is_empty_teaches(qtbot, context, open_page):
    page = open_page()
    assert page.shown.currentWidget() is page.none
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert page.shown.currentWidget() is page.no_customers
    page.show_target("orders")
    assert page.shown.currentWidget() is page.no_orders
    assert page.state().kind == "orders"


def test_a_long_column_shows_its_first_cards_and_then_all(qtbot, context, open_page):
    label = context.run("Add", add_label, "Mine", 3, "paid")
    ids = [context.run("Add", add_customer, f"C{n}") for n in range(70)]
    context.run("Put", put_labels, ids, [label])
    page = open_page()
    qtbot.waitUntil(lambda: stands(page)[0] == [*reversed(ids)])
    assert page.lanes[0].count.text() == "70"


def test_a_card_says_all_of_itself_under_the_mouse(context, open_page, people):
    page = open_page()
    cards = page.lanes[0].cards
    place = cards.visualRect(cards.cards.index_of(people[1])).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, cards.viewport().mapToGlobal(place))
    QApplication.sendEvent(cards.viewport(), event)
    assert i18n.bidi.strip(QToolTip.text()) == "Omar"
    QToolTip.hideText()
