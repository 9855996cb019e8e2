"""To the phone: walked by keys and by mouse, in both directions, with what is really on the clipboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.data.database import Database
from desktop.data.images import normalise
from desktop.i18n import formats
from desktop.services import phone_copy
from desktop.services.catalog import add_product, remove_products, update_product
from desktop.services.pictures import add_pictures
from desktop.services.profile import read_profile, update_profile
from desktop.services.replies import add_reply, read_reply
from desktop.ui.context import Context
from desktop.ui.pages.phone import PhonePage
from desktop.ui.widgets.chips import Chip

KEY = Qt.Key


@pytest.fixture(scope="module")
def stocked(filled_once):
    def fill(session):
        update_profile(session, None, territory="AE", currency="AED", language="en")
        update_profile(session, None, name="Bayt", phone="+971501234567")
        add_product(session, "Rose box", price=7550, description="Red roses")
        add_reply(session, "call", "Call 050 123 4567")

    return filled_once(lambda run: run("Fill", fill))


@pytest.fixture
def shop_context(stocked, context):
    """A shop with a name, an item of three fields and a reply of two."""
    return context


@pytest.fixture
def show(qtbot, shop_context):
    """A function that shows the page as it is now."""

    def show():
        page = PhonePage(shop_context)
        qtbot.addWidget(page)
        qtbot.addWidget(page.window_beside)
        page.resize(812, 600)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(page.is_settled)
        return page

    return show


@pytest.fixture
def settle(qtbot):
    """A function that waits until a page shows the account as it is now."""
    return lambda page: qtbot.waitUntil(page.is_settled)


@pytest.fixture
def copied(shop_context):
    """The shop with everything on the phone, and then three changes: of a text, of a price, and a new field."""

    def change(session):
        phone_copy.mark_all(session, formats.now())
        update_profile(session, None, name="Bayt Al-Hadaya", about="Gifts")
        update_product(session, 1, price=8000)

    shop_context.run("Copy", change)
    return shop_context


def clipboard():
    return QGuiApplication.clipboard().text()


def hit(qtbot, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, held)


def pending(context):
    return context.get(phone_copy.due, formats.now())[0]


def step(page):
    """Return what the step is about, and how far one is."""
    return page.walker.entry.key[::2], page.walker.progress.text()


def test_first_it_asks_what_is_on_the_phone(qtbot, direction, show, shop_context, settle):
    page = show()
    assert page.body.currentWidget() is page.first
    qtbot.mouseClick(page.all_there, Qt.MouseButton.LeftButton)
    assert shop_context.get(phone_copy.has_begun)
    assert pending(shop_context) == 0
    settle(page)
    assert page.body.currentWidget() is page.main
    assert page.steps.currentWidget() is page.finished
    shop_context.database.undo()
    settle(page)
    assert page.body.currentWidget() is page.first


def test_the_whole_walk_by_keys_alone(qtbot, direction, show, shop_context):
    page = show()
    page.start.setFocus()
    hit(qtbot, KEY.Key_Return)
    seen = []
    while page.steps.currentWidget() is page.walker:
        QGuiApplication.clipboard().clear()
        hit(qtbot, KEY.Key_Return)
        seen.append((page.walker.entry.field, clipboard()))
        hit(qtbot, KEY.Key_D)
        assert len(seen) < 20
    assert seen == [
        ("name", "Bayt"),
        ("name", "Rose box"),
        ("price", "75.50"),
        ("description", "Red roses"),
        ("text", "Call 050 123 4567"),
        ("shortcut", "call"),
    ]
    assert pending(shop_context) == 0
    with shop_context.reader() as session:
        assert not [entry for entry in phone_copy.entries(session, formats.now()) if entry.state != "same"]


def test_old_and_new_stand_one_above_the_other(show, copied):
    page = show()
    assert step(page) == (("profile", "name"), "1 of 3")
    assert page.walker.old.text() == "Bayt"
    assert page.walker.new.text() == "Bayt Al-Hadaya"
    assert "Business profile" in page.walker.path.text()
    assert page.header.count.text() == "3 changes are not on the phone yet"


def test_keys_go_on_and_back_copy_skip_and_mark(qtbot, direction, show, copied):
    page = show()
    page.walker.take_focus()
    on, back = (KEY.Key_Left, KEY.Key_Right) if direction == "ar" else (KEY.Key_Right, KEY.Key_Left)
    hit(qtbot, on)
    assert page.walker.entry.field == "about"
    hit(qtbot, KEY.Key_Down)
    assert page.walker.entry.field == "price"
    hit(qtbot, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "80"
    hit(qtbot, back)
    hit(qtbot, KEY.Key_Up)
    assert page.walker.entry.field == "name"
    hit(qtbot, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pending(copied) == 2
    assert page.walker.entry.field == "about"
    hit(qtbot, KEY.Key_S)
    assert page.walker.entry.field == "price"
    hit(qtbot, KEY.Key_D)
    assert page.steps.currentWidget() is page.finished
    assert pending(copied) == 1
    hit(qtbot, KEY.Key_Return)  # go through what was skipped
    assert page.walker.entry.field == "about"
    hit(qtbot, KEY.Key_D)
    assert pending(copied) == 0
    assert not page.finished.again.isVisible()


def test_letters_of_the_arabic_keyboard_do_the_same(press, show, copied):
    page = show()
    page.walker.take_focus()
    press(QApplication.focusWidget(), "س")
    assert page.walker.entry.field == "about"
    press(QApplication.focusWidget(), "ي")
    assert pending(copied) == 2
    assert page.walker.entry.field == "price"


def test_undo_brings_the_step_back(qtbot, show, copied, settle):
    page = show()
    qtbot.mouseClick(page.walker.done, Qt.MouseButton.LeftButton)
    assert step(page) == (("profile", "about"), "2 of 3")
    copied.database.undo()
    settle(page)
    assert step(page) == (("profile", "name"), "1 of 3")
    assert page.walker.bar.value() == 0


def test_what_was_marked_by_mistake_is_taken_out_again(qtbot, show, copied, settle):
    page = show()
    qtbot.mouseClick(page.walker.done, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.walker.back, Qt.MouseButton.LeftButton)
    assert not page.walker.done.isVisible()
    qtbot.mouseClick(page.walker.unmark, Qt.MouseButton.LeftButton)
    assert pending(copied) == 3
    settle(page)
    assert page.walker.done.isVisible()


def test_the_list_shows_what_is_asked_for(qtbot, direction, show, copied):
    page = show()
    assert [entry.field for entry in page.list.entries()] == ["name", "about", "price"]
    for chip, count in zip(page.filters.findChildren(Chip), (3, 0, 7), strict=True):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert len(page.list.entries()) == count
        assert page.none.isVisible() is (count == 0)
    same = next(entry for entry in page.list.entries() if entry.field == "description")
    index = page.list.model().index(page.list._rows.places[same.key])
    page.list.scrollTo(index)
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(index).center())
    assert page.walker.entry.key == same.key
    assert not page.walker.done.isVisible()
    assert page.walker.unmark.isVisible()


def test_changes_elsewhere_join_the_walk(show, copied, settle):
    page = show()
    copied.run("There", update_product, 1, description="White roses")
    settle(page)
    assert step(page) == (("profile", "name"), "1 of 4")
    copied.run("There", update_profile, None, name="Bayt")
    settle(page)
    assert page.walker.entry.field == "name"
    assert page.walker.bar.value() == 1, "it is as on the phone again"


def test_what_is_deleted_is_to_be_removed_on_the_phone(qtbot, show, copied):
    copied.run("Delete", remove_products, [1])
    page = show()
    page.list.setFocus()
    hit(qtbot, KEY.Key_End)
    assert page.walker.entry.state == "gone"
    assert "Rose box" in page.walker.old.text()
    assert not page.walker.copy.isVisible()
    hit(qtbot, KEY.Key_Return)
    hit(qtbot, KEY.Key_D)
    assert pending(copied) == 2


def test_a_picture_is_copied_as_one(qtbot, show, copied, settle, painted):
    copied.run("Picture", add_pictures, 1, [normalise(painted(width=300, height=200))])
    page = show()
    page.show_target(("product", 1, "pictures"))
    settle(page)
    assert page.walker.new.text() == "1 picture"
    assert page.walker.picture.isVisible()
    assert page.walker.picture.pixmap().width() > 0
    qtbot.mouseClick(page.walker.copy_picture, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().image().width() == 300


def test_the_small_window_has_the_steps_while_it_is_open(qtbot, direction, show, copied, settle):
    page = show()
    with qtbot.waitActive(page.window_beside):
        qtbot.mouseClick(page.beside, Qt.MouseButton.LeftButton)
    window = page.window_beside
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert (window.width(), window.height()) == (380, 560)
    assert window.isAncestorOf(page.walker)
    assert page.bring_back.isVisible()
    page.hide()
    hit(qtbot, KEY.Key_Return)
    assert clipboard() == "Bayt Al-Hadaya"
    hit(qtbot, KEY.Key_D)
    assert pending(copied) == 2
    assert page.walker.entry.field == "about"
    hit(qtbot, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pending(copied) == 3
    settle(page)
    assert page.walker.entry.field == "name"
    inside = window.rect()
    for button in (page.walker.copy, page.walker.done, page.walker.skip):
        assert inside.contains(button.mapTo(window, button.rect().bottomRight()))
    page.show()
    window.close()
    assert page.isAncestorOf(page.walker)
    assert page.walker.isVisible()


def test_a_new_phone_begins_with_everything(qtbot, show, copied, settle):
    page = show()
    said = []
    copied.said.connect(said.append)
    qtbot.mouseClick(page.new_phone, Qt.MouseButton.LeftButton)
    settle(page)
    assert len(page.list.entries()) == 7
    assert page.body.currentWidget() is page.main
    assert page.walker.entry.key == ("profile", 1, "name")
    assert said[-1].undo
    copied.database.undo()
    assert pending(copied) == 3


def test_a_new_number_is_put_everywhere_and_told(qtbot, direction, show, copied):
    page = show()
    qtbot.mouseClick(page.new_number, Qt.MouseButton.LeftButton)
    view = page.number
    assert view.old.text() == "+971 50 123 4567"
    qtbot.keyClicks(view.new, "12")
    qtbot.keyClick(view.new, KEY.Key_Return)
    assert view.complaints["new"].isVisible()
    view.new.selectAll()
    qtbot.keyClicks(view.new, "055 987 6543")
    qtbot.mouseClick(view.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.found.isVisible)
    assert view.rows.count() == 2
    gone = []
    copied.wanted.connect(lambda *where: gone.append(where))
    view.rows.itemAt(1).widget().click()
    assert gone == [("replies", 1)]
    qtbot.mouseClick(view.copy, Qt.MouseButton.LeftButton)
    assert "https://wa.me/971559876543" in clipboard()
    view.replace.click()
    assert copied.get(read_profile).phone == "971559876543"
    assert copied.get(read_reply, 1).text == "Call 055 987 6543"
    qtbot.waitUntil(lambda: not view.replace.isVisible())
    copied.database.undo()
    assert copied.get(read_reply, 1).text == "Call 050 123 4567"
    qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert page.body.currentWidget() is page.main


def test_a_page_made_anew_shows_the_same(show, copied, settle):
    page = show()
    page._on_step(2)
    again = show()
    again.show_target(page.state())
    settle(again)
    assert again.walker.entry.key == page.walker.entry.key
    page._on_new_number()
    again.show_target(page.state())
    assert again.body.currentWidget() is again.number


def test_a_shop_that_is_read_only_can_still_be_copied_from(qtbot, copied, shop, settle):
    other = Context(Database(shop, read_only=True))
    page = PhonePage(other)
    qtbot.addWidget(page)
    qtbot.addWidget(page.window_beside)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    settle(page)
    said = []
    other.said.connect(said.append)
    page.walker.copy.click()
    assert clipboard() == "Bayt Al-Hadaya"
    page.walker.done.click()
    assert "read only" in said[-1].sentence
    assert page.walker.entry.field == "name"
    other.close()


def test_an_empty_shop_says_what_the_page_is_for(qtbot, context, settle):
    page = PhonePage(context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.window_beside)
    page.show()
    settle(page)
    assert page.body.currentWidget() is page.nothing
