"""Quick replies, used as an owner does: found, filled, copied, written, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop import i18n
from desktop.data.database import Database
from desktop.i18n import bidi
from desktop.services.catalog import add_product, remove_products
from desktop.services.customers import add_customer
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, find_replies, read_reply, remove_replies, update_reply, uses
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
from desktop.ui.pages.replies import RepliesPage
from desktop.ui.widgets.editors import form_is_rtl

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # what is offered pops up

REPLIES = {
    "address": "We are at {address}",
    "price": "{product} is {price}",
    "thanks": "Thank you {customer}!",
}


@pytest.fixture(params=["en", "ar"])
def direction(request, qapp):
    """The page in both directions."""
    rtl = request.param == "ar"
    i18n.set_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    theme.apply(qapp, "dark" if rtl else "light")
    yield request.param
    i18n.set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.apply(qapp, "light")


@pytest.fixture
def show(qtbot, opened):
    """A function that shows the page of a context in an active window."""
    pages = []

    def show(context):
        page = RepliesPage(context, opened.append)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(812, 590)
        page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        return page

    return show


@pytest.fixture
def opened():
    return []


@pytest.fixture
def filled(context):
    """A shop with three replies, an item and a customer; the ids of the replies by shortcut."""
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    context.run("Set", update_profile, None, name="Bayt", address="Corniche", **home)
    context.run("Add", add_product, "Rose box", price=7500)
    context.run("Add", add_customer, "Noura", "+971501234567")
    return {shortcut: context.run("Add", add_reply, shortcut, text) for shortcut, text in REPLIES.items()}


@pytest.fixture
def said(context):
    sayings = []
    context.said.connect(lambda saying: sayings.append((bidi.strip(saying.sentence), saying.undo)))
    return sayings


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    board.clear()
    return board


def stored(context, reply):
    return context.get(read_reply, reply)


def titles(page):
    return [bidi.strip(row.title) for row in page.list.rows.rows]


def preview(page):
    """What the phone shows, its last line the time."""
    return "\n".join(page.editor.preview.accessibleDescription().split("\n")[2:-1])


def choose(qtbot, page, row):
    place = page.list.visualRect(page.list.rows.index(row)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_copy(qtbot, page, row):
    button = page.list.copy_rect(page.list.rows.index(row))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=button.center())


def test_an_empty_page_teaches_and_makes_the_first_reply(qtbot, show, context, direction):
    page = show(context)
    assert page.empty.isVisible()
    assert not page.editor.isVisible()
    qtbot.mouseClick(page.add_first, Qt.MouseButton.LeftButton)
    assert page.editor.shortcut.editor.hasFocus()
    qtbot.keyClicks(page.editor.shortcut.editor, "hello")
    qtbot.keyClick(page.editor.shortcut.editor, Qt.Key.Key_Return)
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "Welcome")
    assert page.commit()
    assert [(reply.shortcut, reply.text) for reply in context.get(find_replies)] == [("hello", "Welcome")]
    assert titles(page) == ["/hello"]
    assert page.list.isVisible()


def test_a_click_on_copy_copies_that_row_filled_and_counts_it(qtbot, show, context, filled, clipboard, said, direction):
    page = show(context)
    assert titles(page) == ["/address", "/price", "/thanks"]
    button = page.list.copy_rect(page.list.rows.index(0))
    assert (button.center().x() < page.list.viewport().width() / 2) == form_is_rtl()
    click_copy(qtbot, page, 0)
    assert clipboard.text() == "We are at Corniche"
    assert context.get(uses) == {filled["address"]: 1}
    assert "1" in page.list.rows.rows[0].note
    assert page.list.copied == filled["address"]
    assert len(said) == 1


def test_enter_on_a_row_copies_it(qtbot, show, context, filled, clipboard):
    page = show(context)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.editor.reply() == filled["price"]
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert clipboard.text() == "{product} is {price}"


def test_a_slash_and_enter_in_the_search_copy_what_is_found_first(qtbot, show, context, filled, clipboard):
    page = show(context)
    qtbot.keyClicks(page.search, "/tha")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert titles(page) == ["/thanks"]
    assert page.editor.reply() == filled["thanks"]
    assert clipboard.text() == "Thank you {customer}!"
    page.search.clear()
    qtbot.keyClicks(page.search, "zzz")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.nothing.isVisible()
    assert context.get(uses) == {filled["thanks"]: 1}


def test_what_is_missing_is_said_and_marked_until_it_is_there(qtbot, show, context, filled, clipboard, said, direction):
    page = show(context)
    page.show_target(filled["price"])
    editor = page.editor
    assert editor.item.isVisible()
    assert not editor.customer.isVisible()
    assert editor.missing.isVisible()
    assert editor.item.property("look") == "warn"
    click_copy(qtbot, page, 1)
    assert editor.missing.text() in said[-1][0] or bidi.strip(editor.missing.text()) in said[-1][0]
    qtbot.keyClicks(editor.item, "rose")
    qtbot.keyClick(editor.item, Qt.Key.Key_Return)
    assert editor.item.text() == "Rose box"
    assert not editor.missing.isVisible()
    assert editor.item.property("look") == ""
    assert preview(page) == "Rose box is AED\u00a075"
    qtbot.mouseClick(editor.copy, Qt.MouseButton.LeftButton)
    assert clipboard.text() == "Rose box is AED\u00a075"
    assert context.get(uses) == {filled["price"]: 2}


def test_the_text_being_typed_is_what_is_copied_and_seen(qtbot, show, context, filled, clipboard):
    page = show(context)
    page.show_target(filled["thanks"])
    qtbot.keyClicks(page.editor.customer, "Layla")
    page.editor.text.editor.setFocus()
    qtbot.keyClick(page.editor.text.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.editor.text.editor, " *Bye*")
    assert preview(page) == "Thank you Layla! Bye"
    qtbot.keyClick(page.editor.text.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "Thank you Layla! *Bye*"


def test_chips_insert_at_the_cursor_in_the_language_in_use(qtbot, show, context, filled, direction):
    page = show(context)
    page.show_target(filled["thanks"])
    editor = page.editor.text.editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "- ")
    shop = next(button for button in page.editor.writing.insert if button.text() == i18n._("Shop"))
    qtbot.mouseClick(shop, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor, ": ")
    assert editor.hasFocus()
    assert page.commit()
    inserted = "{المتجر}" if direction == "ar" else "{shop}"
    assert stored(context, filled["thanks"]).text == f"- {inserted}: Thank you {{customer}}!"
    assert preview(page).startswith("• Bayt: ")
    context.database.undo()
    assert stored(context, filled["thanks"]).text == REPLIES["thanks"], "the click did not part the typing in two"


def test_a_placeholder_that_means_nothing_is_explained(qtbot, show, context, filled):
    page = show(context)
    page.show_target(filled["address"])
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "{prise} ")
    assert "{price}" in bidi.strip(page.editor.text.message.text())
    for _key in range(len("{prise} ")):
        qtbot.keyClick(page.editor.text.editor, Qt.Key.Key_Backspace)
    assert not page.editor.text.message.isVisible()


def test_a_taken_shortcut_stays_is_explained_and_holds_the_reply(qtbot, show, context, filled, clipboard):
    page = show(context)
    page.show_target(filled["price"])
    editor = page.editor.shortcut.editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "thanks")
    choose(qtbot, page, 2)
    assert page.editor.reply() == page.list.current() == filled["price"]
    assert editor.text() == "thanks"
    assert editor.hasFocus()
    assert "/thanks" in bidi.strip(page.editor.shortcut.message.text())
    click_copy(qtbot, page, 0)
    assert clipboard.text() == "We are at Corniche", "copying another one goes on"
    assert editor.text() == "thanks"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.commit()
    assert stored(context, filled["price"]).shortcut == "price"


def test_typing_in_one_field_is_one_undo(qtbot, show, context, filled):
    page = show(context)
    page.show_target(filled["thanks"])
    editor = page.editor.text.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "A ")
    page.commit()
    qtbot.keyClicks(editor, "B ")
    page.commit()
    assert stored(context, filled["thanks"]).text == "A B Thank you {customer}!"
    assert context.database.undo() == "Change message"
    assert stored(context, filled["thanks"]).text == editor.toPlainText() == "Thank you {customer}!"


def test_a_change_from_elsewhere_is_shown_but_not_over_what_is_typed(qtbot, show, context, filled):
    page = show(context)
    page.show_target(filled["thanks"])
    context.run("There", update_reply, filled["thanks"], text="Elsewhere")
    assert page.editor.text.editor.toPlainText() == "Elsewhere"
    assert page.list.rows.rows[2].text == "Elsewhere"
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "Mine ")
    context.run("There", update_reply, filled["thanks"], text="Again", keywords="k")
    assert page.editor.text.editor.toPlainText() == "Mine Elsewhere"
    assert page.editor.keywords.editor.text() == "k"
    assert not page.commit()
    assert stored(context, filled["thanks"]).text == "Again"
    assert page.commit(), "saved again, it is meant"
    assert stored(context, filled["thanks"]).text == "Mine Elsewhere"


def test_deleting_goes_on_to_the_next_and_undo_comes_back(qtbot, show, context, filled, said):
    page = show(context)
    page.show_target(filled["price"])
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert titles(page) == ["/address", "/thanks"]
    assert page.editor.reply() == page.list.current() == filled["thanks"]
    assert said[-1][1]
    context.database.undo()
    assert page.editor.reply() == page.list.current() == filled["price"]
    context.run("There", remove_replies, list(filled.values()))
    assert page.empty.isVisible()
    assert not page.editor.isVisible()


def test_a_duplicate_is_ready_to_be_named(qtbot, show, context, filled):
    page = show(context)
    page.show_target(filled["price"])
    qtbot.mouseClick(page.editor.duplicate, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.editor.shortcut.editor, "offer")
    assert page.commit()
    assert titles(page) == ["/address", "/offer", "/price", "/thanks"]
    assert page.editor.text.editor.toPlainText() == REPLIES["price"]


def test_the_most_used_first_also_when_copied_elsewhere(show, context, filled):
    page = show(context)
    page.order.set_value("uses")
    copy_reply(context, filled["thanks"])
    assert titles(page)[0] == "/thanks"
    assert page.state() == (filled["address"], "", "uses", None)


def test_open_chat_carries_the_text_to_whom_was_chosen(qtbot, show, context, filled, opened):
    page = show(context)
    page.show_target(filled["thanks"])
    qtbot.mouseClick(page.editor.open_chat, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.editor.customer, "nou")
    qtbot.keyClick(page.editor.customer, Qt.Key.Key_Return)
    qtbot.mouseClick(page.editor.open_chat, Qt.MouseButton.LeftButton)
    assert [bytes(url.toEncoded()).decode() for url in opened] == [
        "https://wa.me/?text=Thank%20you%20%7Bcustomer%7D%21",
        "https://wa.me/971501234567?text=Thank%20you%20Noura%21",
    ]


def test_an_item_that_goes_away_is_missing_again(qtbot, show, context, filled):
    page = show(context)
    page.show_target(filled["price"])
    qtbot.keyClicks(page.editor.item, "rose")
    qtbot.keyClick(page.editor.item, Qt.Key.Key_Return)
    context.run("There", remove_products, [page.editor.item.value()])
    assert page.editor.item.value() is None
    assert page.editor.missing.isVisible()


def test_more_than_the_phone_holds_is_said_and_kept(show, context):
    for number in range(51):
        context.run("Add", add_reply, f"r{number}")
    page = show(context)
    assert page.header.count.text() == "51 of 50 replies"
    assert "50" in page.too_many.text()
    assert page.too_many.isVisible()
    context.database.undo()
    assert not page.too_many.isVisible()


def test_keywords_are_counted_as_the_phone_counts_them(qtbot, show, context, filled):
    page = show(context)
    page.editor.keywords.editor.setFocus()
    qtbot.keyClicks(page.editor.keywords.editor, "a, b, c, d")
    assert page.editor.keywords.gauge.text() == "4 of 3 keywords"
    assert page.editor.keywords.gauge.property("look") == "warn"


def test_what_one_was_looking_at_comes_back(show, context, filled):
    page = show(context)
    page.search.setText("thanks")
    page.order.set_value("uses")
    page.show_target(filled["thanks"])
    page.search.setText("a")
    again = show(context)
    again.show_target(page.state())
    assert again.search.text() == "a"
    assert again.order.value() == "uses"
    assert again.editor.reply() == filled["thanks"]


def test_a_shop_open_to_read_only_copies_and_changes_nothing(qtbot, show, context, filled, clipboard, shop, said):
    database = Database(shop, read_only=True)
    reader = Context(database)
    sayings = []
    reader.said.connect(sayings.append)
    page = show(reader)
    click_copy(qtbot, page, 0)
    assert clipboard.text() == "We are at Corniche"
    assert len(sayings) == 1
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "no")
    assert page.editor.text.editor.toPlainText() == REPLIES["address"]
    for button in (page.add, page.editor.duplicate, page.editor.delete, *page.editor.writing.insert):
        assert not button.isEnabled()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert titles(page) == ["/address", "/price", "/thanks"]
    reader.close()
