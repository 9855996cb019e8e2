"""The home page, as its owner uses it: what it tells, and where it leads."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from sqlalchemy import update

from desktop.data.database import Database
from desktop.data.images import render_svg
from desktop.data.models import Product, now
from desktop.i18n import bidi, formats
from desktop.resources import resource
from desktop.services.catalog import add_product, remove_products, update_product
from desktop.services.follow_ups import add_follow_up
from desktop.services.hours import set_hours
from desktop.services.opening import Span
from desktop.services.pictures import add_pictures
from desktop.services.profile import set_picture, update_profile
from desktop.services.replies import add_reply, uses
from desktop.services.where import Search, find
from desktop.ui.context import Context
from desktop.ui.pages.home import HomePage
from desktop.ui.widgets.rows import PADDING, Tile

HOME = {
    "name": "Gifts & sweets", "phone": "+971501234567", "about": "Gifts", "address": "Dubai", "category": "RETAIL",
    "description": "Gifts for everyone", "territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai",
    "language": "en",
}  # fmt: skip


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop that nothing is wrong with."""
    image = render_svg(resource("icon.svg"), 400)

    def fill(run):
        run("Change", update_profile, **HOME)
        run("Change", set_hours, [Span(2, 600, 1320)])
        run("Change", set_picture, "logo", image)
        items = [run("Add", add_product, name, price=price) for name, price in (("Bag", 7550), ("Mug", 4200))]
        for item in items:
            run("Add", add_pictures, item, [image])
        texts = (("hello", "Welcome to {shop}"), ("price", "{product} is {price}"))
        return items, [run("Add", add_reply, shortcut, text) for shortcut, text in texts]

    return filled_once(fill)


@pytest.fixture
def filled(stocked):
    """The ids of the two items and of the two replies of a shop that nothing is wrong with."""
    return stocked.found


@pytest.fixture
def show(qtbot, context, in_front):
    """A function that shows the page in an active window."""

    def show(context=context, size=(1108, 840)):
        window = QMainWindow()
        page = HomePage(context)
        window.setCentralWidget(page)
        window.resize(*size)
        in_front(window)
        qtbot.waitUntil(page.is_settled)
        return page

    return show


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def names(card):
    return [bidi.strip(stop.accessibleName()) for stop in card.stops()]


def words(widget):
    """Return all that can be read on it."""
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return bidi.strip("\n".join(found))


def clipboard():
    return QGuiApplication.clipboard().text()


@pytest.fixture
def settle(qtbot):
    """A function that lets come to pass what was asked for."""

    def settle(page):
        QApplication.processEvents()
        qtbot.waitUntil(page.is_settled)

    return settle


# A new shop


def test_a_new_shop_is_told_what_comes_first(qtbot, show, wanted):
    page = show()
    assert names(page.steps) == [
        "Complete the business profile", "Add what you sell", "Import items…", "Write your first quick reply",
    ]  # fmt: skip
    for stop in page.steps.stops():
        click(qtbot, stop)
    assert wanted == [("profile", "name"), ("catalog", None), ("replies", None)]
    assert page.how.isVisible()
    assert not page.attention.isVisible()
    assert not page.recent.isVisible()
    assert not page.quick.isVisible()


def test_steps_are_ticked_one_by_one_and_then_leave(show, context, settle):
    page = show()
    assert words(page.steps).count("Done") == 0
    context.run("Change", update_profile, **HOME)
    context.run("Change", set_hours, [Span(2, 600, 1320)])
    item = context.run("Add", add_product, "Bag", price=1)
    settle(page)
    assert words(page.steps).count("Done") == 1
    assert "recognize you" in words(page.steps), "the logo is what the profile still lacks"
    context.run("Add", add_reply, "hello", "Hello")
    settle(page)
    assert not page.steps.isVisible()
    assert not page.how.isVisible()
    assert "1 thing is missing" in words(page.attention)
    context.run("Delete", remove_products, [item])
    settle(page)
    assert page.steps.isVisible()


def test_without_a_phone_number_there_is_a_way_to_add_it(qtbot, show, wanted, context, settle):
    page = show()
    assert not page.share.copy_chat.isVisible()
    click(qtbot, page.share.add_phone)
    assert wanted == [("profile", "phone")]
    context.run("Change", update_profile, **HOME)
    settle(page)
    assert page.share.copy_chat.isVisible()
    assert not page.share.add_phone.isVisible()


# What it says


def test_it_greets_by_name_with_the_day_and_the_logo(qtbot, show, filled):
    page = show()
    assert bidi.strip(page.greeting.text()).endswith(", Gifts & sweets")
    assert "," in page.date.text()
    qtbot.waitUntil(page.logo.has_picture)


def test_nothing_to_do_is_said_calmly(show, filled):
    assert words(show().attention) == "Nothing needs your attention"


def test_nobody_is_told_to_rest_while_something_is_due(show, filled, context):
    context.run("Add", lambda session: add_follow_up(session, due_at=now(), title="Call Noura"))
    page = show()
    assert "Call Noura" in words(page.follow_ups)
    assert not page.attention.isVisible()


def test_each_concern_leads_to_what_it_is_about(qtbot, show, filled, wanted, context):
    (bag, mug), _ = filled
    context.run(
        "Change", lambda s: s.execute(update(Product).where(Product.id == mug).values(sale_price=9999)) and None
    )
    bare = context.run("Add", add_product, "Cup", price=1)
    context.run("Change", update_product, bag, price=None)
    context.run("Change", update_profile, about="a" * 140)
    page = show()
    assert names(page.attention) == [
        "1 sale price is not below the price", "1 item has no picture", "1 text of the business profile is too long",
        "1 item has no price",
    ]  # fmt: skip
    for stop in page.attention.stops():
        click(qtbot, stop)
    found = [Search(terms=(term,)) for term in ("sale-not-below", "no-picture", "no-price")]
    assert wanted == [("catalog", found[0]), ("catalog", found[1]), ("profile", "about"), ("catalog", found[2])]
    assert [context.get(find, search) for search in found] == [[mug], [bare], [bag]]


def test_recent_items_open_in_the_catalog(qtbot, show, filled, wanted):
    (_bag, mug), _ = filled
    page = show()
    assert names(page.recent) == ["Mug", "Bag"]
    assert "AED\u00a042" in words(page.recent)
    click(qtbot, page.recent.stops()[0])
    assert wanted == [("catalog", mug)]
    tiles = page.recent.findChildren(Tile)
    assert len(tiles) == 2
    qtbot.waitUntil(lambda: all(tile.has_picture() for tile in tiles))


def test_from_the_last_backup_one_gets_to_the_history(qtbot, show, filled, wanted):
    click(qtbot, show().backup.history)
    assert wanted == [("history", None)]


# Copying


def test_the_links_of_the_shop_are_copied(qtbot, show, filled, wanted):
    page = show()
    click(qtbot, page.share.copy_chat)
    assert clipboard() == "https://wa.me/971501234567"
    click(qtbot, page.share.copy_catalog)
    assert clipboard() == "https://wa.me/c/971501234567"
    assert "wa.me/971501234567" in words(page.share)
    qtbot.waitUntil(lambda: "wa.me/971501234567" in page.share.code.accessibleName())
    click(qtbot, page.share.more)
    assert wanted == [("links", None)]


def test_the_code_follows_the_number(qtbot, show, filled, context):
    page = show()
    context.run("Change", update_profile, phone="+971507654321")
    qtbot.waitUntil(lambda: "971507654321" in page.share.code.accessibleName())
    click(qtbot, page.share.copy_chat)
    assert clipboard() == "https://wa.me/971507654321"


def test_a_reply_is_copied_as_it_is_to_be_sent(qtbot, show, filled, wanted, context):
    _, (hello, price) = filled
    page = show()
    assert names(page.quick) == ["/hello", "Copy /hello", "/price", "Fill in /price"]
    assert "Welcome to Gifts & sweets" in words(page.quick)
    _, copy, _, fill = page.quick.stops()
    with qtbot.waitSignal(context.said):
        click(qtbot, copy)
    assert clipboard() == "Welcome to Gifts & sweets"
    assert context.get(uses) == {hello: 1}
    click(qtbot, fill)
    click(qtbot, page.quick.stops()[0])
    assert wanted == [("replies", price), ("replies", hello)]
    assert clipboard() == "Welcome to Gifts & sweets"


def test_copying_moves_nothing_under_the_mouse(qtbot, show, filled, context, settle):
    context.run("Add", add_reply, "thanks", "Thank you")
    page = show()
    thanks = page.quick.stops()[-1]
    click(qtbot, thanks)
    settle(page)
    assert names(page.quick)[-1] == "Copy /thanks"
    page.hide()
    page.show()
    assert names(page.quick)[0] == "/thanks", "where it is looked at again, what is used most comes first"


def test_a_shop_that_can_only_be_read_is_told_and_copied_from(qtbot, show, filled, context):
    path = context.database.where
    context.close()
    reading = Context(Database(path, read_only=True))
    page = show(reading)
    assert bidi.strip(page.greeting.text()).endswith("Gifts & sweets")
    click(qtbot, page.quick.stops()[1])
    assert clipboard() == "Welcome to Gifts & sweets"
    reading.close()


# Following the shop


def test_it_follows_changes_and_undo(show, filled, context, settle):
    (bag, _), _ = filled
    page = show()
    context.run("Change name", update_product, bag, name="Leather bag")
    settle(page)
    assert "Leather bag" in words(page.recent)
    context.database.undo()
    settle(page)
    assert "Leather bag" not in words(page.recent)


def test_a_hidden_page_catches_up_when_it_is_shown(show, filled, context):
    page = show()
    page.hide()
    context.run("Change", update_profile, name="Sweets")
    page.show()
    assert bidi.strip(page.greeting.text()).endswith(", Sweets")


def test_what_has_not_changed_is_not_made_again(show, filled, context, settle):
    page = show()
    before = page.quick.stops()
    context.run("Change", update_profile, email="a@x.example")
    settle(page)
    assert page.quick.stops() == before


def test_the_keyboard_keeps_its_place(show, filled, context, settle):
    (bag, _), _ = filled
    page = show()
    page.recent.stops()[1].setFocus()
    context.run("Change name", update_product, bag, name="Leather bag")
    settle(page)
    assert page.recent.stops()[1].hasFocus()


# By keyboard, in both directions and in any width


def test_the_tab_key_goes_through_all_of_it_in_order(qtbot, show, filled, context, direction, settle):
    page = show()
    context.run("Add", add_product, "Cup", price=1)  # rows that are made later than the rest
    settle(page)
    cards = (page.steps, page.attention, page.quick, page.share, page.recent)
    stops = [stop for card in cards for stop in card.stops() if stop.isVisible()]
    stops[0].setFocus()
    for stop in stops[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is stop


def test_keys_open_what_has_the_focus(qtbot, show, filled, wanted):
    (_bag, mug), _ = filled
    page = show()
    page.recent.stops()[0].setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(page.recent.stops()[0], key)
    assert wanted == [("catalog", mug)] * 2


def test_columns_are_mirrored_and_fold(qtbot, show, filled, direction, settle):
    page = show()

    def place(card):
        return card.mapTo(page, card.rect().topLeft())

    share, quick = place(page.share), place(page.quick)
    assert (share.x() < quick.x()) == (direction == "ar")
    assert share.y() < quick.y()
    page.window().resize(640, 600)
    settle(page)
    share, quick = place(page.share), place(page.quick)
    assert share.x() == quick.x()
    assert share.y() > quick.y()
    assert page.area.horizontalScrollBar().maximum() == 0


def test_the_words_stand_as_far_from_their_edge_as_the_button_from_its(show, filled, direction):
    page = show()
    row, copy = page.quick.stops()[:2]
    first, last = (row, copy) if direction == "en" else (copy, row)
    before = first.mapTo(page.quick, first.rect().topLeft()).x()
    after = page.quick.rect().right() - last.mapTo(page.quick, last.rect().topRight()).x()
    around_row, around_button = (before, after) if direction == "en" else (after, before)
    assert around_row + PADDING == around_button, "the row has the rest around its words"


def test_long_names_leave_room_for_the_rest(show, filled, context, direction, settle):
    context.run("Change", update_profile, name="A shop with a very long name & sons " * 4)
    context.run("Add", add_product, "An item with a name as long as a sentence " * 4, price=10**12)
    context.run("Add", add_reply, "a" * 60, "line\n" * 40)
    page = show()
    for size in ((1108, 840), (812, 640)):
        page.window().resize(*size)
        settle(page)
        assert page.area.horizontalScrollBar().maximum() == 0
        heights = {stop.height() for stop in page.recent.stops()}
        assert len(heights) == 1
        assert all(stop.height() >= stop.sizeHint().height() for stop in page.recent.stops() + page.quick.stops())


def test_rows_stay_as_high_as_they_are_beside_a_longer_column(show, filled, context, settle):
    for n in range(7):
        context.run("Add", lambda session, n=n: add_follow_up(session, due_at=now(), title=f"Call {n}"))
        context.run("Add", add_reply, f"reply{n}", "Welcome")
    page = show()
    settle(page)
    assert page.columns.geometry().height() > page.recent.geometry().bottom() + 100, "there is a longer column"
    assert all(stop.height() == stop.sizeHint().height() for stop in page.recent.stops())


def test_whether_the_shop_is_open_is_told_and_the_clock_goes_on(context, filled, show, monkeypatch):
    now = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Dubai"))
    monkeypatch.setattr(formats, "now", lambda: now)
    page = show()
    assert page.date.text() == "Wednesday, 25 November · Open now · closes 10:00 pm"
    now += dt.timedelta(hours=10)
    page._clock.timeout.emit()
    assert page.date.text() == "Wednesday, 25 November · Closed · opens 2 December, 10:00 am"
    context.run("Change", set_hours, [])
    page._clock.timeout.emit()
    assert page.date.text() == "Wednesday, 25 November"
