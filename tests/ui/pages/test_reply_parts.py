"""The parts of a reply in the inspector, and how they come to the clipboard one after the other."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QClipboard, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from desktop.data.database import Database
from desktop.data.images import normalise
from desktop.i18n import bidi
from desktop.services.catalog import add_product, remove_products
from desktop.services.customers import add_customer
from desktop.services.placeholders import Filled
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, update_reply, uses
from desktop.services.reply_parts import add_part, add_pdf, add_pictures, list_parts, remove_part, update_part
from desktop.ui import walk
from desktop.ui.context import Context
from desktop.ui.copying import copy_message, copy_reply
from desktop.ui.walk import walk_of
from desktop.ui.widgets.bubbles import BubbleView

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # what is offered pops up

PDF = b"%PDF-1.7\n1 0 obj"


@pytest.fixture
def picture(tmp_path):
    """A picture file of 40 × 30 pixels."""
    path = tmp_path / "bag.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(path))
    return path


@pytest.fixture
def long(context, replies, picture):
    """A reply of a text, a picture and a PDF: its id."""
    context.run("Pictures", add_pictures, replies["thanks"], [normalise(picture.read_bytes())])
    context.run("PDF", add_pdf, replies["thanks"], "Prices: 2026.pdf", PDF)
    return replies["thanks"]


def kinds(context, reply):
    return [part.kind for part in context.get(list_parts, reply)]


def choose(page, words):
    next(action for action in page.editor.parts.menu.actions() if action.text() == words).trigger()


def copied(qtbot, page):
    qtbot.mouseClick(page.editor.copy, Qt.MouseButton.LeftButton)


def checked(page):
    return [step.isChecked() for step in page.editor.sending._steps]


# Writing them


def test_a_part_is_added_written_moved_and_taken_away(qtbot, show_replies, context, replies, said):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    parts = page.editor.parts
    parts.menu.actions()[0].trigger()
    parts.menu.actions()[0].trigger()
    first, second = parts.cards
    assert second.text.editor.hasFocus()
    qtbot.keyClicks(second.text.editor, "two {shop}")
    first.text.editor.setFocus()
    qtbot.keyClicks(first.text.editor, "one")
    assert "two Bayt" in page.editor.preview.accessibleDescription()
    assert page.commit()
    assert [part.text for part in context.get(list_parts, replies["thanks"])] == ["one", "two {shop}"]
    qtbot.mouseClick(second.up, Qt.MouseButton.LeftButton)
    assert [part.text for part in context.get(list_parts, replies["thanks"])] == ["two {shop}", "one"]
    assert parts.cards == [second, first]
    assert not second.up.isEnabled()
    assert first.up.isEnabled()
    assert not first.down.isEnabled()
    qtbot.mouseClick(first.remove, Qt.MouseButton.LeftButton)
    assert parts.cards == [second]
    assert said[-1][1]
    context.database.undo()
    assert [card.text.value() for card in parts.cards] == ["two {shop}", "one"]
    assert context.database.undo() == "Move part of reply"
    assert [card.text.value() for card in parts.cards] == ["one", "two {shop}"]


def test_a_chip_writes_into_the_part_with_the_cursor(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    choose(page, "Another text")
    qtbot.mouseClick(page.editor.writing.insert[0], Qt.MouseButton.LeftButton)
    assert page.editor.parts.cards[0].text.value() == "{customer}"
    next(action for action in page.editor.writing.menu.actions() if action.text() == "Time").trigger()
    assert page.editor.parts.cards[0].text.value() == "{customer}{time}"
    assert page.editor.text.value() == "Thank you {customer}!"


def test_every_kind_is_in_the_menu(show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["price"])
    for words in (
        "Another text",
        "The text in another language",
        "An item of the catalog",
        "The catalog",
        "The location",
    ):
        choose(page, words)
    assert kinds(context, replies["price"]) == ["text", "text", "item", "catalog", "location"]
    assert page.editor.parts.cards[1].part.language == "ar", "the shop's is English"


def test_pictures_and_files_come_from_the_disk(qtbot, show_replies, context, replies, picture, tmp_path, said):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    page.editor.parts.take_pictures([str(picture)])
    qtbot.waitUntil(lambda: kinds(context, replies["thanks"]) == ["picture"])
    qtbot.waitUntil(lambda: page.editor.parts.cards[0].well.has_picture())
    path = tmp_path / "Prices.pdf"
    for content, expected in ((b"no pdf", "not a PDF"), (PDF, "")):
        path.write_bytes(content)
        page.editor.parts.take_pdf(str(path))
        assert expected in (said[-1][0] if expected else "")
    assert page.editor.parts.cards[1].label.text() == "Prices.pdf"
    page.editor.parts.take_pdf(str(tmp_path / "nothing.pdf"))
    assert said[-1][0] == "The file cannot be read."
    assert kinds(context, replies["thanks"]) == ["picture", "pdf"]


def test_an_item_is_chosen_by_a_word_of_its_name(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    choose(page, "An item of the catalog")
    item = page.editor.parts.cards[0].item
    assert page.editor.item.isVisible(), "whichever they ask about"
    item.setFocus()
    qtbot.keyClicks(item, "rose")
    qtbot.keyClick(item, Qt.Key.Key_Return)
    (part,) = context.get(list_parts, replies["thanks"])
    assert part.product_id
    assert not page.editor.item.isVisible()
    assert "Rose box" in page.editor.preview.accessibleDescription()
    page.editor.copy.setFocus()
    context.run("There", remove_products, [part.product_id])
    assert item.property("look") == "warn"
    assert "Item" in page.editor.missing.text()


def test_a_change_from_elsewhere_is_shown_but_not_over_what_is_typed(qtbot, show_replies, context, replies):
    part = context.run("Part", add_part, replies["thanks"], "text", text="one")
    page = show_replies(context)
    page.show_target(replies["thanks"])
    (card,) = page.editor.parts.cards
    context.run("There", update_part, part, None, text="two")
    assert card.text.value() == "two"
    card.text.editor.setFocus()
    qtbot.keyClicks(card.text.editor, "my ")
    context.run("There", update_part, part, None, text="three")
    assert card.text.value() == "my two"
    assert not page.commit()
    assert not page.commit(), "to leave is not to mean it"
    card.text.editor.clearFocus()
    assert context.get(list_parts, replies["thanks"])[0].text == "three"
    card.text.editor.setFocus()
    assert page.commit(), "saved again in another visit, it is meant"
    assert context.get(list_parts, replies["thanks"])[0].text == "my two"
    qtbot.keyClicks(card.text.editor, "more ")
    context.run("There", remove_part, part)
    assert page.editor.parts.cards == []


# Languages


@pytest.fixture
def in_two_languages(context, replies):
    context.run(
        "Text", add_part, replies["thanks"], "text", language="ar", text="شكرًا {customer:f=لكِ يا #|m=لكَ يا #|لكم}"
    )
    context.run("Customer", add_customer, "Huda", language="ar", gender="f")
    return replies["thanks"]


def test_the_language_of_the_customer_decides_until_another_is_chosen(
    qtbot, show_replies, context, in_two_languages, clipboard
):
    page = show_replies(context)
    page.show_target(in_two_languages)
    sending = page.editor.sending
    assert sending.language.currentText() == "English"
    qtbot.keyClicks(sending.customer, "Huda")
    assert sending.language.currentText() == "English", "nobody was chosen yet"
    qtbot.keyClick(sending.customer, Qt.Key.Key_Return)
    assert sending.language.currentText() == "Arabic"
    assert sending.gender.value() == "f"
    copied(qtbot, page)
    assert clipboard.text() == "شكرًا لكِ يا Huda"
    sending.customer.clear()
    assert sending.language.currentText() == "English"
    assert sending.gender.value() == ""
    copied(qtbot, page)
    assert clipboard.text() == "Thank you {customer}!"
    page.editor.sending.language.setFocus()
    qtbot.keyClick(page.editor.sending.language, Qt.Key.Key_End)
    copied(qtbot, page)
    assert clipboard.text() == "شكرًا لكم"


def test_the_language_of_a_part_is_chosen(qtbot, show_replies, context, replies):
    page = show_replies(context)
    page.show_target(replies["thanks"])
    choose(page, "Another text")
    (card,) = page.editor.parts.cards
    assert not page.editor.sending.language.isVisible()
    card.language.setFocus()
    for _step in ("en", "ar", "fr"):
        qtbot.keyClick(card.language, Qt.Key.Key_Down)
    assert context.get(list_parts, replies["thanks"])[0].language == "fr"
    assert page.editor.sending.language.isVisible()
    context.database.undo()
    assert card.language.value() == "ar"


# Copying them


def test_ctrl_enter_copies_one_after_the_other(qtbot, show_replies, context, long, clipboard, said):
    page = show_replies(context)
    page.show_target(long)
    editor = page.editor.text.editor
    editor.setFocus()
    qtbot.keyClicks(page.editor.customer, "Noura")
    editor.setFocus()

    def press():
        qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    press()
    assert clipboard.text() == "Thank you Noura!"
    assert checked(page) == [True, False, False]
    press()
    assert clipboard.image().size().toTuple() == (40, 30)
    (url,) = clipboard.mimeData().urls()
    assert QImage(url.toLocalFile()).size().toTuple() == (40, 30)
    assert checked(page) == [False, True, False]
    press()
    (url,) = clipboard.mimeData().urls()
    path = Path(url.toLocalFile())
    assert (path.name, path.read_bytes()) == ("Prices- 2026.pdf", PDF)
    assert checked(page) == [False, False, True]
    assert context.get(uses) == {long: 1}, "one use, however many parts"
    assert len(said) == 3
    press()
    assert clipboard.text() == "Thank you Noura!"
    assert context.get(uses) == {long: 2}


def test_what_comes_next_is_said(qtbot, show_replies, context, long, said):
    page = show_replies(context)
    page.show_target(long)
    qtbot.keyClicks(page.editor.customer, "Noura")
    for expected in (
        "1 of 3 copied: Text. Paste it, then copy again for the next: Picture",
        "2 of 3 copied: Picture. Paste it, then copy again for the next: Prices: 2026.pdf",
        "3 of 3 copied: Prices: 2026.pdf.",
    ):
        copied(qtbot, page)
        assert said[-1][0] == expected
    page.editor._back.timeout.emit()
    assert page.editor.copy.text() == "Copy message"
    copied(qtbot, page)
    page.editor._back.stop()
    page.editor._show_copy()
    assert page.editor.copy.text() == "Copy next: Picture"


def test_another_customer_begins_anew(qtbot, show_replies, context, long, clipboard):
    page = show_replies(context)
    page.show_target(long)
    copied(qtbot, page)
    qtbot.keyClicks(page.editor.customer, "Noura")
    assert checked(page) == [False, False, False], "that text was for somebody else"
    copied(qtbot, page)
    assert clipboard.text() == "Thank you Noura!"
    context.run("There", update_reply, long, text="Thanks")
    copied(qtbot, page)
    assert clipboard.image().width() == 40, "another text changes nothing for who has pasted it"


def test_one_part_is_copied_by_a_click_on_it(qtbot, show_replies, context, long, clipboard):
    page = show_replies(context)
    page.show_target(long)
    qtbot.mouseClick(page.editor.sending._steps[1], Qt.MouseButton.LeftButton)
    assert clipboard.image().width() == 40
    assert checked(page) == [False, True, False]
    assert context.get(uses) == {}
    copied(qtbot, page)
    assert clipboard.mimeData().urls()[0].fileName() == "Prices- 2026.pdf"


def test_what_another_program_copies_takes_the_mark_away_and_a_while_begins_anew(
    qtbot, show_replies, context, long, clipboard
):
    page = show_replies(context)
    page.show_target(long)
    copied(qtbot, page)
    clipboard.setText("something else")
    assert checked(page) == [False, False, False]
    copied(qtbot, page)
    assert clipboard.image().width() == 40, "it goes on all the same"
    walk_of(context)._timer.timeout.emit()
    copied(qtbot, page)
    assert clipboard.text() == "Thank you {customer}!"


def test_the_quick_search_goes_on_too(context, long, clipboard, said):
    for _again in range(2):
        assert copy_reply(context, long)
        assert clipboard.text() == "Thank you {customer}!"
        assert "Missing: Customer" in said[-1][0]
        assert copy_reply(context, long)
        assert copy_reply(context, long)
    assert copy_message(context, long, Filled("Filled elsewhere", [], []))
    assert clipboard.text() == "Filled elsewhere"
    assert copy_reply(context, long)
    assert clipboard.image().width() == 40


def test_what_lacks_its_link_is_told_and_passed_over(context, replies, clipboard, said):
    for kind in ("location", "catalog"):
        context.run("Part", add_part, replies["address"], kind)
    context.run("Set", update_profile, None, phone="+971501234567")
    assert copy_reply(context, replies["address"])
    assert "Missing: Map link" in said[-1][0]
    assert copy_reply(context, replies["address"])
    assert clipboard.text() == "https://wa.me/c/971501234567"
    empty = context.run("Empty", add_reply, "empty")
    assert not copy_reply(context, empty)
    assert said[-1][0] == "This reply has no text yet."
    context.run("Part", add_part, empty, "location")
    assert not copy_reply(context, empty)
    assert said[-1][0] == "Missing: Map link"
    assert clipboard.text() == "https://wa.me/c/971501234567", "as it was"


def test_a_clipboard_that_takes_nothing_is_told(qtbot, show_replies, context, long, clipboard, said, monkeypatch):
    page = show_replies(context)
    page.show_target(long)
    monkeypatch.setattr(QClipboard, "setText", lambda *_given: None)
    copied(qtbot, page)
    assert said[-1][0].startswith("The clipboard did not take it")
    assert context.get(uses) == {}
    assert page.editor.copy.text() == "Copy message"
    monkeypatch.undo()
    copied(qtbot, page)
    assert clipboard.text() == "Thank you {customer}!"


def test_a_disk_that_takes_no_file_is_told(context, long, said, clipboard, monkeypatch, tmp_path):
    assert copy_reply(context, long)
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("DUKKAN_HOME", str(blocked))
    assert not copy_reply(context, long)
    assert "folder" in said[-1][0]
    monkeypatch.undo()
    assert copy_reply(context, long)
    assert clipboard.image().width() == 40


def test_files_that_were_pasted_long_ago_are_cleared_away(context, long, clipboard, monkeypatch):
    for _part in range(3):
        copy_reply(context, long)
    path = Path(clipboard.mimeData().urls()[0].toLocalFile())
    monkeypatch.setattr(walk, "KEPT", -1)
    for _part in range(2):
        copy_reply(context, long)
    assert not path.exists()


def test_copied_text_has_no_marks_of_direction(context, replies, clipboard):
    context.run("Text", update_reply, replies["address"], text=f"{bidi.ltr('+971')} \u200fنص")
    assert copy_reply(context, replies["address"])
    assert clipboard.text() == "+971 نص"


def test_a_shop_that_is_only_read_copies_all_parts(qtbot, show_replies, context, long, clipboard, shop):
    reader = Context(Database(shop, read_only=True))
    page = show_replies(reader)
    page.show_target(long)
    assert not page.editor.parts.add.isEnabled()
    for card in page.editor.parts.cards:
        assert not any(widget.isEnabled() for widget in (card.up, card.down, card.remove, card.language))
    copied(qtbot, page)
    copied(qtbot, page)
    assert clipboard.image().width() == 40
    reader.close()


def test_a_number_and_an_item_are_asked_for_where_the_text_uses_them(qtbot, show_replies, context, replies, clipboard):
    context.run("Text", update_reply, replies["price"], text="{quantity:one=# box|other=# boxes} of {product}")
    context.run("Item", add_product, "Card")
    page = show_replies(context)
    page.show_target(replies["price"])
    sending = page.editor.sending
    assert sending.quantity.isVisible()
    assert sending.quantity.property("look") == "warn"
    assert not sending.gender.isVisible()
    qtbot.keyClicks(sending.quantity, "3")
    qtbot.keyClicks(sending.item, "card")
    qtbot.keyClick(sending.item, Qt.Key.Key_Return)
    assert not page.editor.missing.isVisible()
    copied(qtbot, page)
    assert clipboard.text() == "3 boxes of Card"


def test_what_is_odd_is_told_one_below_the_other(context, replies, said):
    context.run("Set", update_reply, replies["thanks"], text="{zzz} and {qqq}")
    assert copy_reply(context, replies["thanks"])
    first, second = said[-1][0].split("\n")
    assert first.startswith("Copied. Look at it before you send it. {zzz} means")
    assert second.startswith("{qqq} means")


# Dropping files, and what is seen of them


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, button, keys)
    QApplication.sendEvent(widget, enter)
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, keys))
    return enter.isAccepted()


def test_files_are_dropped_on_a_reply_wherever_they_land(qtbot, show_replies, context, replies, picture, tmp_path):
    pdf = tmp_path / "Prices.PDF"
    pdf.write_bytes(PDF)
    page = show_replies(context)
    page.show_target(replies["thanks"])
    before = page.editor.text.value()
    assert drop(page.editor, pdf)
    assert drop(page.editor.text.editor.viewport(), picture)
    qtbot.waitUntil(lambda: kinds(context, replies["thanks"]) == ["pdf", "picture"])
    assert page.editor.text.value() == before, "no path is written into the text"
    context.run("Text", add_part, replies["thanks"], "text")
    assert drop(page.editor.parts.cards[-1].text.editor.viewport(), picture)
    qtbot.waitUntil(lambda: len(kinds(context, replies["thanks"])) == 4)


def test_a_picture_is_seen_in_the_preview(qtbot, show_replies, context, long, direction):
    page = show_replies(context)
    page.show_target(long)
    qtbot.waitUntil(lambda: any(view._picture for view in page.editor.findChildren(BubbleView)))
    pictured = next(view for view in page.editor.findChildren(BubbleView) if view._picture)

    def is_seen():  # the chat may still be laid out
        middle, seen = pictured.bubble_rect().center().toPoint(), pictured.grab().toImage()
        return seen.rect().contains(middle) and seen.pixelColor(middle.x(), middle.y() - 10).red() > 200

    qtbot.waitUntil(is_seen)
