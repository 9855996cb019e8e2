"""Quick replies, used as an owner does: found, filled, copied, written, taken back."""

import pytest
from PySide6.QtCore import Qt

from desktop import i18n
from desktop.data.database import Database
from desktop.i18n import bidi, formats, ngettext
from desktop.services import phone_copy
from desktop.services.catalog import remove_products
from desktop.services.hours import set_hours
from desktop.services.opening import Span
from desktop.services.replies import (
    add_reply,
    find_replies,
    folders,
    list_replies,
    move_replies,
    read_reply,
    remove_replies,
    update_reply,
    uses,
)
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
from desktop.ui.widgets.labels import form_is_rtl

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # what is offered pops up


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


def test_an_empty_page_teaches_and_makes_the_first_reply(qtbot, show_replies, context, direction):
    page = show_replies(context)
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


def test_a_click_on_copy_copies_that_row_and_counts_it(
    qtbot, show_replies, context, replies, clipboard, said, direction
):
    page = show_replies(context)
    assert titles(page) == ["/address", "/price", "/thanks"]
    button = page.list.copy_rect(page.list.rows.index(0))
    assert (button.center().x() < page.list.viewport().width() / 2) == form_is_rtl()
    click_copy(qtbot, page, 0)
    assert clipboard.text() == "We are at Corniche"
    assert context.get(uses) == {replies["address"]: 1}
    assert page.list.rows.rows[0].note
    assert page.list.copied == replies["address"]
    assert len(said) == 1


def test_enter_copies_the_row_and_in_the_search_what_is_found_first(qtbot, show_replies, context, replies, clipboard):
    page = show_replies(context)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.editor.row() == replies["price"]
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert clipboard.text() == "{product} is {price}"
    qtbot.keyClicks(page.search, "/tha")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert titles(page) == ["/thanks"]
    assert page.editor.row() == replies["thanks"]
    assert clipboard.text() == "Thank you {customer}!"
    page.search.clear()
    qtbot.keyClicks(page.search, "zzz")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.nothing.isVisible()
    assert context.get(uses) == {replies["price"]: 1, replies["thanks"]: 1}


def test_what_is_missing_is_said_until_it_is_there(qtbot, show_replies, context, replies, clipboard, said, direction):
    page = show_replies(context)
    page.show_target(replies["price"])
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
    assert context.get(uses) == {replies["price"]: 2}


def test_the_text_being_typed_is_what_is_copied_and_seen(qtbot, show_replies, context, replies, clipboard):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    qtbot.keyClicks(page.editor.customer, "Layla")
    page.editor.text.editor.setFocus()
    qtbot.keyClick(page.editor.text.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.editor.text.editor, " *Bye*")
    assert preview(page) == "Thank you Layla! Bye"
    qtbot.keyClick(page.editor.text.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "Thank you Layla! *Bye*"


def test_chips_insert_at_the_cursor_in_the_language_in_use(qtbot, show_replies, context, replies, direction):
    page = show_replies(context)
    page.show_target(replies["thanks"])
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
    assert stored(context, replies["thanks"]).text == f"- {inserted}: Thank you {{customer}}!"
    assert preview(page).startswith("• Bayt: ")
    context.database.undo()
    assert stored(context, replies["thanks"]).text == "Thank you {customer}!", "the click did not part the typing"


def test_a_placeholder_that_means_nothing_is_explained(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["address"])
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "{prise} ")
    assert "{price}" in bidi.strip(page.editor.text.message.text())
    for _key in range(len("{prise} ")):
        qtbot.keyClick(page.editor.text.editor, Qt.Key.Key_Backspace)
    assert not page.editor.text.message.isVisible()


def test_a_taken_shortcut_stays_is_explained_and_holds_the_reply(qtbot, show_replies, context, replies, clipboard):
    page = show_replies(context)
    page.show_target(replies["price"])
    editor = page.editor.shortcut.editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "thanks")
    choose(qtbot, page, 2)
    assert page.editor.row() == page.list.current() == replies["price"]
    assert editor.text() == "thanks"
    assert editor.hasFocus()
    assert "/thanks" in bidi.strip(page.editor.shortcut.message.text())
    click_copy(qtbot, page, 0)
    assert clipboard.text() == "We are at Corniche", "copying another one goes on"
    assert editor.text() == "thanks"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.commit()
    assert stored(context, replies["price"]).shortcut == "price"


def test_typing_in_one_field_is_one_undo(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    editor = page.editor.text.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "A ")
    page.commit()
    qtbot.keyClicks(editor, "B ")
    page.commit()
    assert stored(context, replies["thanks"]).text == "A B Thank you {customer}!"
    assert context.database.undo() == "Change message"
    assert stored(context, replies["thanks"]).text == editor.toPlainText() == "Thank you {customer}!"


def test_a_change_from_elsewhere_is_shown_but_not_over_what_is_typed(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    context.run("There", update_reply, replies["thanks"], text="Elsewhere")
    assert page.editor.text.editor.toPlainText() == "Elsewhere"
    assert page.list.rows.rows[2].text == "Elsewhere"
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "Mine ")
    context.run("There", update_reply, replies["thanks"], text="Again", keywords="k")
    assert page.editor.text.editor.toPlainText() == "Mine Elsewhere"
    assert page.editor.keywords.editor.text() == "k"
    assert not page.commit()
    page.list.setFocus()
    assert not page.commit(), "to leave is not to mean it"
    assert stored(context, replies["thanks"]).text == "Again"
    page.editor.text.editor.setFocus()
    assert page.commit(), "saved again in another visit, it is meant"
    assert stored(context, replies["thanks"]).text == "Mine Elsewhere"


def test_deleting_goes_on_to_the_next_and_undo_comes_back(qtbot, show_replies, context, replies, said):
    page = show_replies(context)
    page.show_target(replies["price"])
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert titles(page) == ["/address", "/thanks"]
    assert page.editor.row() == page.list.current() == replies["thanks"]
    assert said[-1][1]
    context.database.undo()
    assert page.editor.row() == page.list.current() == replies["price"]
    context.run("There", remove_replies, list(replies.values()))
    assert page.empty.isVisible()
    assert not page.editor.isVisible()


def test_a_duplicate_is_ready_to_be_named(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["price"])
    qtbot.mouseClick(page.editor.duplicate, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.editor.shortcut.editor, "offer")
    assert page.commit()
    assert titles(page) == ["/address", "/offer", "/price", "/thanks"]
    assert page.editor.text.editor.toPlainText() == "{product} is {price}"


def test_the_most_and_the_last_used_first_also_when_copied_elsewhere(show_replies, context, replies):
    page = show_replies(context)
    page.order.set_value("uses")
    copy_reply(context, replies["thanks"])
    assert titles(page)[0] == "/thanks"
    assert page.state() == (replies["address"], "", "uses", None)
    page.order.set_value("used")
    page.order.activated.emit(page.order.currentIndex())
    assert titles(page) == ["/thanks", "/address", "/price"]
    assert "used today" in page.list.rows.rows[0].note


def test_open_chat_carries_the_text_to_whom_was_chosen(qtbot, show_replies, context, replies, opened):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    qtbot.mouseClick(page.editor.open_chat, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.editor.customer, "nou")
    qtbot.keyClick(page.editor.customer, Qt.Key.Key_Return)
    qtbot.mouseClick(page.editor.open_chat, Qt.MouseButton.LeftButton)
    assert [bytes(url.toEncoded()).decode() for url in opened] == [
        "https://wa.me/?text=Thank%20you%20%7Bcustomer%7D%21",
        "https://wa.me/971501234567?text=Thank%20you%20Noura%21",
    ]


def test_an_item_that_goes_away_is_missing_again(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["price"])
    qtbot.keyClicks(page.editor.item, "rose")
    qtbot.keyClick(page.editor.item, Qt.Key.Key_Return)
    context.run("There", remove_products, [page.editor.item.value()])
    assert page.editor.item.value() is None
    assert page.editor.missing.isVisible()


def test_more_than_the_phone_holds_is_said_and_kept(show_replies, context):
    context.run("Add", lambda session: [add_reply(session, f"r{number}") for number in range(50)])
    context.run("Add", add_reply, "r50")
    page = show_replies(context)
    assert page.header.count.text() == "51 of 50 replies"
    assert "50" in page.too_many.text()
    assert page.too_many.isVisible()
    context.database.undo()
    assert not page.too_many.isVisible()


def test_keywords_are_counted_as_the_phone_counts_them(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.editor.keywords.editor.setFocus()
    qtbot.keyClicks(page.editor.keywords.editor, "a, b, c, d")
    assert page.editor.keywords.gauge.text() == "4 of 3 keywords"
    assert page.editor.keywords.gauge.property("look") == "warn"


def test_what_one_was_looking_at_comes_back(show_replies, context, replies):
    page = show_replies(context)
    page.search.setText("thanks")
    page.order.set_value("uses")
    page.show_target(replies["thanks"])
    page.search.setText("a")
    state = page.state()
    again = show_replies(context)
    again.show_target(state)
    assert again.search.text() == "a"
    assert again.order.value() == "uses"
    assert again.editor.row() == replies["thanks"]


def test_a_shop_that_is_only_read_copies_and_changes_nothing(
    qtbot, show_replies, context, replies, clipboard, shop, said
):
    database = Database(shop, read_only=True)
    reader = Context(database)
    sayings = []
    reader.said.connect(sayings.append)
    page = show_replies(reader)
    click_copy(qtbot, page, 0)
    assert clipboard.text() == "We are at Corniche"
    assert len(sayings) == 1
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "no")
    assert page.editor.text.editor.toPlainText() == "We are at {address}"
    for button in (page.add, page.editor.duplicate, page.editor.delete, *page.editor.writing.insert):
        assert not button.isEnabled()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert titles(page) == ["/address", "/price", "/thanks"]
    reader.close()


# Folders, orders and conditions


def chips(page):
    return [(bidi.strip(str(label)), bidi.strip(count)) for _value, label, count in page._chips]


@pytest.fixture
def in_folders(context, replies):
    context.run("Move", move_replies, [replies["address"]], "Where")
    context.run("Move", move_replies, [replies["price"], replies["thanks"]], "Orders & more")


def test_folders_choose_what_is_listed(qtbot, show_replies, context, replies, in_folders, direction):
    page = show_replies(context)
    everything = (i18n._("All"), "3")
    assert chips(page) == [everything, ("Orders & more", "2"), ("Where", "1")]
    qtbot.mouseClick(page.folders._chips[1], Qt.MouseButton.LeftButton)
    assert titles(page) == ["/price", "/thanks"]
    assert page.editor.row() == replies["price"]
    qtbot.keyClick(page.folders._chips[1], Qt.Key.Key_Down)
    assert titles(page) == ["/address"]
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert page.editor.folder.editor.text() == "Where"
    page.show_target(replies["thanks"])
    assert len(titles(page)) == 4, "who is sent to a reply sees it among all"


def test_a_folder_is_made_by_typing_its_name(qtbot, show_replies, context, replies):
    page = show_replies(context)
    assert not page.folder_row.isVisible()
    page.show_target(replies["price"])
    page.editor.folder.editor.setFocus()
    qtbot.keyClicks(page.editor.folder.editor, "Orders")
    qtbot.keyClick(page.editor.folder.editor, Qt.Key.Key_Return)
    assert stored(context, replies["price"]).folder == "Orders"
    assert chips(page) == [("All", "3"), ("Orders", "1"), ("No folder", "2")]
    assert context.database.undo() == "Move reply to folder"
    assert not page.folder_row.isVisible()


def test_a_reply_is_moved_to_a_folder_that_is_offered_or_in_the_menu_of_its_row(
    qtbot, show_replies, context, replies, in_folders, said
):
    page = show_replies(context)
    page.show_target(replies["address"])
    editor = page.editor.folder.editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "more")
    popup = editor.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert stored(context, replies["address"]).folder == "Orders & more"
    context.database.undo()
    menu = page.menu_of(replies["thanks"])
    places = next(action.menu() for action in menu.actions() if action.menu())
    assert [action.text() for action in places.actions() if action.text()] == [
        "Orders && more", "Where", "No folder", "New folder…"
    ]  # fmt: skip
    places.actions()[1].trigger()
    assert stored(context, replies["thanks"]).folder == "Where"
    assert said[-1] == ("Moved", True)


def test_a_folder_is_renamed_in_its_place(qtbot, show_replies, context, replies, in_folders):
    page = show_replies(context)
    assert not page.rename.isVisible()
    qtbot.mouseClick(page.folders._chips[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.rename, Qt.MouseButton.LeftButton)
    assert page.folder_name.hasFocus()
    qtbot.keyClick(page.folder_name, Qt.Key.Key_Escape)
    assert page.folders.isVisible()
    qtbot.mouseClick(page.rename, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.folder_name, "Sales")
    qtbot.keyClick(page.folder_name, Qt.Key.Key_Return)
    assert chips(page) == [("All", "3"), ("Sales", "2"), ("Where", "1")]
    assert titles(page) == ["/price", "/thanks"]
    assert context.database.undo() == "Rename folder"
    assert ("Orders & more", "2") in chips(page)


def test_a_reply_for_another_time_says_so_and_comes_last_in_a_search(qtbot, show_replies, context, replies):
    context.run("Hours", set_hours, [Span(day, kind="all_day") for day in range(7)])
    context.run("Price", update_reply, replies["price"], text="re")
    page = show_replies(context)
    page.show_target(replies["address"])
    page.editor.condition.editor.setFocus()
    qtbot.keyClick(page.editor.condition.editor, Qt.Key.Key_End)
    assert stored(context, replies["address"]).condition == "closed"
    assert "Only while closed" in page.list.rows.rows[0].note
    qtbot.keyClicks(page.search, "re")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert titles(page) == ["/price", "/address"]
    context.run("Hours", set_hours, [])
    page.search.clear()
    assert "Only while closed" not in page.list.rows.rows[0].note, "nobody knows"


# Long texts


def test_a_text_of_70_000_letters_is_kept_shown_and_copied_whole(qtbot, show_replies, context, replies, clipboard):
    text = "سطر طويل {customer}" * 3_700
    context.run("Long", update_reply, replies["price"], text=text)
    page = show_replies(context)
    page.show_target(replies["price"])
    assert page.editor.text.editor.toPlainText() == text
    assert len(preview(page)) < 3_000
    qtbot.keyClicks(page.editor.customer, "N")
    qtbot.mouseClick(page.editor.copy, Qt.MouseButton.LeftButton)
    assert clipboard.text() == "سطر طويل N" * 3_700
    page.editor.text.editor.setFocus()
    qtbot.keyClicks(page.editor.text.editor, "x")
    qtbot.mouseClick(page.editor.copy, Qt.MouseButton.LeftButton)
    assert clipboard.text() == "x" + "سطر طويل N" * 3_700, "also what is not looked at yet"


def test_a_quiet_word_says_whether_a_reply_is_on_the_phone(qtbot, show_replies, context, replies, direction):
    page = show_replies(context)
    page.show_target(replies["address"])
    word = page.editor.on_phone
    qtbot.waitUntil(word.is_settled)
    assert not word.isVisible(), "nothing was ever copied"
    context.run("Mark", phone_copy.mark_all, formats.now())
    qtbot.waitUntil(word.isVisible)
    assert word.text().strip() == i18n._(phone_copy.STATES["same"])
    context.run("Change", update_reply, replies["address"], text="Many thanks")
    qtbot.waitUntil(lambda: word.text().strip() == i18n._(phone_copy.STATES["changed"]))
    places = []
    context.wanted.connect(lambda name, target: places.append((name, target)))
    qtbot.mouseClick(word, Qt.MouseButton.LeftButton)
    assert places == [("phone", ("reply", replies["address"], "text"))]


def select(qtbot, page, *ids):
    """Click replies in the list, all but the first with Ctrl."""
    for place, reply in enumerate(ids):
        rect = page.list.visualRect(page.list.rows.index(page.list.order().index(reply)))
        held = Qt.KeyboardModifier.ControlModifier if place else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, held, rect.center())


def test_several_replies_are_moved_and_deleted_at_once(qtbot, show_replies, context, replies, said, direction):
    page = show_replies(context)
    page.list.resize(500, 400)
    both = [replies["address"], replies["thanks"]]
    select(qtbot, page, *both)
    assert page.list.selected() == both
    assert page.editor.row() == replies["thanks"]
    page._move(replies["address"], "Often")
    assert dict(context.get(folders)) == {"Often": 2, "": 1}
    select(qtbot, page, *both)
    words = [action.text() for action in page.menu_of(replies["address"]).actions() if action.isVisible()]
    assert ngettext("Delete {n} reply", "Delete {n} replies", 2).format(n=formats.number(2)) in words
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert [line.id for line in context.get(list_replies)] == [replies["price"]]
    assert page.editor.row() == replies["price"]
    assert said[-1][1]
    context.database.undo()
    assert len(context.get(list_replies)) == 3


def test_a_text_longer_than_any_message_is_kept_and_told(show_replies, context, replies):
    context.run("Elsewhere", update_reply, replies["thanks"], text="words " * 11_666 + "last")
    page = show_replies(context)
    page.show_target(replies["thanks"])
    assert formats.number(70_000) in page.editor.text.gauge.text()
    assert formats.number(70_000 - 65_536) in page.editor.text.message.text()
    context.run("Elsewhere", update_reply, replies["thanks"], text="short")
    assert not page.editor.text.gauge.isVisible()
    assert not page.editor.text.message.isVisible()
