"""Links and QR, used as an owner does: typed and pasted into, read off the screen as a camera does, saved, copied."""

from urllib.parse import quote

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMainWindow

from desktop import i18n
from desktop.data.database import Database
from desktop.services import bulk
from desktop.services.catalog import add_product, remove_products, update_product
from desktop.services.profile import update_profile
from desktop.ui.context import Context
from desktop.ui.pages.one_link import OneLink
from desktop.ui.saving import SaveLine
from desktop.ui.widgets.chips import Chip

PHONE = "971501234567"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXTS = {
    "latin": "Hello & 100% +1 #gift?",
    "arabic": "السلام عليكم، أريد علبة هدايا وردية",
    "lines and emoji": "مرحبا\nHello 🎁👨‍👩‍👧",
}


@pytest.fixture
def show(in_front, context, opened):
    """A function that shows the page in a window with an Undo of its own."""

    def show():
        window = QMainWindow()
        window.undone = []
        undo = QAction(window)
        undo.setShortcut(QKeySequence.StandardKey.Undo)
        undo.triggered.connect(lambda: window.undone.append(True))
        window.addAction(undo)
        page = OneLink(context, opened.append)
        window.setCentralWidget(page)
        in_front(window, 812, 590)
        return page

    return show


@pytest.fixture(scope="module")
def stocked(filled_once):
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    return filled_once(lambda run: run("", update_profile, name="Gift House", phone=PHONE, **home))


@pytest.fixture
def owner(stocked, context):
    """The shop has a name, a phone number and a country."""
    return context


@pytest.fixture
def page(owner, show):
    return show()


@pytest.fixture
def items(owner):
    add = [("Khaki lunch bag", 7500), ("Green backpack", 22000), ("قهوة عربية", 4000)]
    return owner.run("", lambda session: [add_product(session, name, price=price) for name, price in add])


def choose(qtbot, page, kind):
    """Go along the chips with the arrow keys."""
    order = ["chat", "catalog", "item"]
    onwards, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    if page.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        onwards, back = back, onwards
    next(chip for chip in page.kinds.findChildren(Chip) if chip.isChecked()).setFocus()
    steps = order.index(kind) - order.index(page.kinds.value())
    for _step in range(abs(steps)):
        qtbot.keyClick(QApplication.focusWidget(), onwards if steps > 0 else back)


def paste(qtbot, widget, text):
    QGuiApplication.clipboard().setText(text)
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_V, CTRL)


def url(page):
    return page.preview.url.text()


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (image.width(), image.height()), bytes(image.constBits())).convert("RGB")


def read(image):
    return [found.text for found in zxingcpp.read_barcodes(pixels(image))]


def seen(page):
    return read(page.preview.view.grab().toImage())


def geometry(page):
    """Where what one points at is, beside the line that says where a file went."""
    preview = page.preview
    buttons = (preview.copy, preview.open, preview.save, preview.copy_code, page.website, page.keep, preview.distance)
    return [widget.mapTo(page, widget.rect().center()) for widget in (*buttons, preview.view)]


def wait_for_code(qtbot, page):
    """Wait until the code has followed the link, and read it."""
    qtbot.waitUntil(lambda: not page.preview._pause.isActive())
    assert seen(page) == [url(page)]


def test_the_code_on_the_screen_says_the_link_that_is_shown(qtbot, direction, page):
    for text in TEXTS.values():
        paste(qtbot, page.text, text)
        assert url(page) == f"https://wa.me/{PHONE}?text={quote(text, safe='')}"
        wait_for_code(qtbot, page)
        qtbot.keyClick(page.text, Qt.Key.Key_A, CTRL)
        qtbot.keyClick(page.text, Qt.Key.Key_Backspace)
    assert url(page) == f"https://wa.me/{PHONE}"
    wait_for_code(qtbot, page)


def test_says_how_long_the_link_and_how_dense_the_code_is(qtbot, page):
    assert page.preview.length.text() == "26 characters"
    assert page.preview.modules.text() == "QR version 2 · \u206625 × 25\u2069"
    assert page.preview.advice.text() == "Print it at least 2 cm wide"
    assert page.preview.advice.property("look") == "small"
    paste(qtbot, page.text, "هدية " * 30)
    wait_for_code(qtbot, page)
    assert page.preview.advice.property("look") == "warn"
    assert "shorten the text" in page.preview.advice.text()


def test_a_text_too_long_for_a_code_still_makes_a_link(qtbot, page):
    paste(qtbot, page.text, "هدية " * 200)
    qtbot.waitUntil(lambda: "too long" in page.preview.view.accessibleDescription())
    assert seen(page) == []
    assert not page.preview.save.isEnabled()
    assert not page.preview.copy_code.isEnabled()
    page.preview.copy.click()
    assert QGuiApplication.clipboard().text() == url(page) == f"https://wa.me/{PHONE}?text={quote('هدية ' * 200)}"
    page.text.clear()
    wait_for_code(qtbot, page)
    assert page.preview.save.isEnabled()


def test_the_long_form(qtbot, page):
    paste(qtbot, page.text, "🎁")
    page.long_form.editor.setFocus()
    qtbot.keyClick(page.long_form.editor, Qt.Key.Key_Space)
    assert url(page) == f"https://api.whatsapp.com/send?phone={PHONE}&text=%F0%9F%8E%81"
    wait_for_code(qtbot, page)


def test_the_catalog(qtbot, direction, page):
    choose(qtbot, page, "catalog")
    assert url(page) == f"https://wa.me/c/{PHONE}"
    wait_for_code(qtbot, page)
    assert page.about_catalog.isVisible()
    assert not page.text.isVisible()
    assert not page.long_form.isVisible()


# The number


def test_another_number_than_the_shops_in_any_form(qtbot, page):
    for typed in ("٠٥٠٢٢٢٣٣٤٤", "050 222 3344", "+971 50 222 3344", "\u200f00971502223344"):
        paste(qtbot, page.phone, typed)
        assert url(page) == "https://wa.me/971502223344"
        qtbot.keyClick(page.phone, Qt.Key.Key_Return)
        assert page.phone.text() == "+971 50 222 3344"
        assert not page.about_phone.isVisible()
        page.phone.clear()
        assert url(page) == f"https://wa.me/{PHONE}"


def test_half_a_number_makes_no_link_and_is_explained_when_left(qtbot, page):
    paste(qtbot, page.phone, "050 22")
    assert url(page) == ""
    assert "9 digits" in page.preview.view.accessibleDescription()
    assert not page.preview.copy.isEnabled()
    assert not page.preview.open.isEnabled()
    assert not page.about_phone.isVisible()
    page.text.setFocus()
    assert "9 digits" in page.about_phone.text()
    assert page.phone.property("look") == "warn"
    assert page.commit(), "nothing here is kept in the shop, so nothing here stops the window"
    paste(qtbot, page.phone, "23344")
    assert page.phone.property("look") == ""
    assert url(page) == "https://wa.me/971502223344"


def test_without_a_number_of_the_shop(qtbot, context, show, wanted):
    page = show()
    sentence = "Links need the shop's phone number. Add it in the business profile."
    assert page.about_phone.text() == page.preview.view.accessibleDescription() == sentence
    assert not page.preview.copy.isEnabled()
    qtbot.keyClick(page.open_profile, Qt.Key.Key_Return)
    assert wanted == [("profile", None)]
    context.run("", update_profile, territory="AE", phone="0501234567")
    assert url(page) == f"https://wa.me/{PHONE}"
    assert not page.open_profile.isVisible()
    wait_for_code(qtbot, page)


def test_a_typed_number_does_without_the_shops(qtbot, show):
    page = show()
    paste(qtbot, page.phone, "+971501234567")
    assert url(page) == f"https://wa.me/{PHONE}"
    assert not page.open_profile.isVisible()


def test_follows_the_shops_number(qtbot, page, context):
    context.run("", update_profile, phone="+971502223344")
    assert url(page) == "https://wa.me/971502223344"
    assert page.phone.placeholderText() == "+971 50 222 3344"
    context.database.undo()
    assert url(page) == f"https://wa.me/{PHONE}"
    wait_for_code(qtbot, page)


# An item


def test_an_item_is_found_by_typing(qtbot, direction, owner, items, show):
    page = show()
    choose(qtbot, page, "item")
    assert url(page) == ""
    assert page.preview.view.accessibleDescription() == i18n._("Choose an item to see its link.")
    paste(qtbot, page.picker.items.search, "قهوه")  # not the letter that the name ends with
    qtbot.keyClick(page.picker.items.search, Qt.Key.Key_Return)
    assert page.picker.target() == items[2]
    assert "قهوة عربية" in page.picker.items.list.currentItem().text()
    text = "Hello, I would like to order: قهوة عربية"
    assert url(page) == f"https://wa.me/{PHONE}?text={quote(text, safe='')}"
    wait_for_code(qtbot, page)


def test_arrow_keys_go_along_the_items_found(qtbot, items, show):
    page = show()
    choose(qtbot, page, "item")
    qtbot.keyClicks(page.picker.items.search, "ba")
    qtbot.keyClick(page.picker.items.search, Qt.Key.Key_Down)
    assert page.picker.items.list.hasFocus()
    first = page.picker.target()
    qtbot.keyClick(page.picker.items.list, Qt.Key.Key_Down)
    assert {first, page.picker.target()} == set(items[:2])
    assert first != page.picker.target()
    qtbot.keyClicks(page.picker.items.search, "zzz")
    qtbot.waitUntil(page.picker.items.words.isVisible)
    assert page.picker.items.words.text() == "Nothing found. Try fewer letters."


def test_hidden_items_are_called_so(context, items, show):
    context.run("Hide", bulk.hide, items[:1])
    page = show()
    page.kinds.findChildren(Chip)[2].click()
    rows = [page.picker.items.list.item(row) for row in range(3)]
    assert [("Hidden" in row.text(), not row.icon().isNull()) for row in rows] == [(True, True), *[(False, False)] * 2]


def test_a_click_chooses_an_item(qtbot, items, show):
    page = show()
    choose(qtbot, page, "item")
    row = page.picker.items.list.visualItemRect(page.picker.items.list.item(1))
    qtbot.mouseClick(page.picker.items.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert page.picker.target() == items[1]
    assert "Green%20backpack" in url(page)


def test_an_item_that_the_phone_knows_has_a_link_of_its_own(qtbot, context, items, show, wanted):
    page = show()
    page.show_target(("item", items[0]))
    assert page.kinds.value() == "item"
    assert page.about_item.isVisible()
    assert page.long_form.isVisible()
    qtbot.keyClick(page.open_item, Qt.Key.Key_Return)
    assert wanted == [("catalog", items[0])]
    context.run("", update_product, items[0], whatsapp_id="5521997")
    assert url(page) == f"https://wa.me/p/5521997/{PHONE}"
    assert not page.about_item.isVisible()
    assert not page.open_item.isVisible()
    assert not page.long_form.isVisible()
    wait_for_code(qtbot, page)


def test_follows_the_item(qtbot, context, items, show):
    page = show()
    page.show_target(("item", items[0]))
    context.run("", update_product, items[0], name="Lunch bag {name}")
    assert "Lunch%20bag%20%7Bname%7D" in url(page)
    context.run("", remove_products, [items[0]])
    assert url(page) == ""
    assert page.preview.view.accessibleDescription() == "This item has been deleted. Undo brings it back."
    context.database.undo()
    assert "Lunch%20bag" in url(page)
    assert "Lunch bag" in page.picker.items.list.currentItem().text()


def test_the_chosen_item_stays_in_sight_while_another_is_searched_for(qtbot, items, show):
    page = show()
    page.show_target(("item", items[0]))
    qtbot.keyClicks(page.picker.items.search, "green")
    qtbot.waitUntil(lambda: page.picker.items.list.count() == 2)
    assert "Khaki lunch bag" in page.picker.items.list.currentItem().text()
    qtbot.keyClick(page.picker.items.search, Qt.Key.Key_Return)
    assert page.picker.target() == items[1]
    assert page.picker.items.list.count() == 1


def test_what_is_searched_for_stays_while_items_change(qtbot, context, items, show):
    page = show()
    choose(qtbot, page, "item")
    qtbot.keyClicks(page.picker.items.search, "bag")
    context.run("", add_product, "Sand bag")
    assert page.picker.items.search.text() == "bag"
    assert "Sand bag" in [page.picker.items.list.item(row).text()[1:9] for row in range(page.picker.items.list.count())]


def test_without_items(qtbot, page, context, wanted):
    choose(qtbot, page, "item")
    assert page.picker.items.words.text() == "There are no items yet. Add the first one in the catalog."
    assert not page.picker.items.search.isVisible()
    qtbot.keyClick(page.picker.items.button, Qt.Key.Key_Return)
    assert wanted == [("catalog", None)]
    context.run("", add_product, "Khaki bag")
    assert page.picker.items.search.isVisible()
    assert not page.picker.items.words.isVisible()
    assert not page.picker.items.button.isVisible()


# What is done with a link


def test_copies_the_link(qtbot, page):
    paste(qtbot, page.text, "مرحبا")
    qtbot.keyClick(page.text, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == url(page)
    assert page.preview.copy.text() == "Copied"


def test_copies_the_code_as_a_picture(qtbot, page, context):
    said = []
    context.said.connect(said.append)
    paste(qtbot, page.text, "مرحبا")
    page.preview.copy_code.click()  # before the code on the screen has followed
    data = QGuiApplication.clipboard().mimeData()
    assert read(data.imageData()) == [url(page)] == [data.text()]
    assert len(said) == 1


def test_saves_the_code_as_a_picture_and_as_a_drawing(qtbot, direction, page, tmp_path, monkeypatch, opened):
    monkeypatch.setattr(SaveLine, "last_folder", str(tmp_path))
    paste(qtbot, page.text, TEXTS["arabic"])
    for name in ("code.png", "code.svg"):
        qtbot.keyClick(page.text, Qt.Key.Key_S, CTRL)  # before the code on the screen has followed
        edit = page.findChildren(QFileDialog)[-1].findChild(QLineEdit, "fileNameEdit")
        assert "Gift House" in edit.text()
        edit.setText(name)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        assert str(tmp_path / name) in page.preview.saved.place.text()
    picture = QImage(str(tmp_path / "code.png"))
    assert min(picture.width(), picture.height()) >= 1000
    drawing = QImage(1000, 1000, QImage.Format.Format_RGB32)
    painter = QPainter(drawing)
    QSvgRenderer(str(tmp_path / "code.svg")).render(painter)
    painter.end()
    assert read(picture) == read(drawing) == [url(page)]
    qtbot.waitUntil(lambda: page.preview.saved.visibleRegion().boundingRect() == page.preview.saved.rect())
    page.preview.saved.button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_nothing_moves_when_the_code_is_saved_and_another_link_is_not_called_saved(
    qtbot, direction, owner, items, show, save_to, tmp_path
):
    page = show()
    page.window().resize(812, 700)
    paste(qtbot, page.text, "Hello")
    wait_for_code(qtbot, page)
    preview, before = page.preview, geometry(page)
    save_to(tmp_path / "code.png")
    qtbot.mouseClick(preview.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not preview.saved.button.visibleRegion().isEmpty())
    assert geometry(page) == before
    paste(qtbot, page.text, "Hello there")
    assert not preview.saved.isVisible()
    qtbot.mouseClick(preview.save, Qt.MouseButton.LeftButton)
    assert preview.saved.isVisible()
    choose(qtbot, page, "item")  # none is chosen yet, so there is no link
    assert not preview.saved.isVisible()


def test_opens_the_link_in_the_browser(qtbot, page, opened):
    paste(qtbot, page.text, "100% & مرحبا")
    page.preview.open.click()
    assert [bytes(each.toEncoded().data()).decode() for each in opened] == [url(page)]


def test_opens_nothing_but_web_pages(page, opened):
    for link in ("file:///etc/passwd", "javascript:alert(1)", "http://wa.me/1", "whatsapp://send", ""):
        page.preview.show_link(link, "name", {})
        assert page.preview.link() == link
        page.preview.open.setEnabled(True)
        page.preview.open.click()
        assert opened == []


def test_ctrl_z_takes_back_letters_and_not_the_shops_last_change(qtbot, page):
    qtbot.keyClicks(page.text, "abc")
    qtbot.keyClick(page.text, Qt.Key.Key_Z, CTRL)
    assert page.text.toPlainText() == ""
    assert page.window().undone == []


# Taking a link apart


def test_a_link_is_taken_apart_and_used(qtbot, direction, page):
    paste(
        qtbot, page.reader.pasted, "\u200fapi.whatsapp.com/send?phone=+٩٧١٥٠٢٢٢٣٣٤٤&text=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7"
    )
    assert "\u2066+971 50 222 3344\u2069" in page.reader.what.text()
    assert page.reader.text.text() == "مرحبا"
    written = f"https://wa.me/971502223344?text={quote('مرحبا')}"
    page.reader.copy.click()
    assert QGuiApplication.clipboard().text() == written
    choose(qtbot, page, "catalog")
    qtbot.keyClick(page.reader.use, Qt.Key.Key_Return)
    assert page.kinds.value() == "chat"
    assert page.text.toPlainText() == "مرحبا"
    assert url(page) == written
    wait_for_code(qtbot, page)


def test_what_a_link_says_is_scrolled_to_with_the_field(qtbot, direction, page):
    reader = page.reader
    page.window().resize(812, 400)
    paste(qtbot, reader.pasted, f"https://wa.me/{PHONE}?text=Hello")
    for widget in (reader.pasted, reader.what, reader.use):
        qtbot.waitUntil(lambda widget=widget: widget.visibleRegion().boundingRect() == widget.rect())


def test_the_shops_own_number_is_not_typed_into_the_field(qtbot, page):
    paste(qtbot, page.reader.pasted, "٠٥٠١٢٣٤٥٦٧")
    page.reader.use.click()
    assert page.phone.text() == ""
    assert url(page) == f"https://wa.me/{PHONE}"


def test_a_catalog_and_an_item_of_this_shop_are_used(qtbot, context, items, show):
    context.run("", update_product, items[1], whatsapp_id="5521997")
    page = show()
    paste(qtbot, page.reader.pasted, "wa.me/c/971502223344")
    page.reader.use.click()
    assert url(page) == "https://wa.me/c/971502223344"
    page.reader.pasted.clear()
    paste(qtbot, page.reader.pasted, f"https://wa.me/p/5521997/{PHONE}")
    page.reader.use.click()
    assert url(page) == f"https://wa.me/p/5521997/{PHONE}"
    assert page.picker.target() == items[1]


def test_what_the_page_cannot_make_is_explained_and_can_be_copied(qtbot, page):
    for link, sentence in (
        ("https://wa.me/message/ABC123", "short link"),
        (f"https://wa.me/p/99/{PHONE}", "item \u206699\u2069"),
        ("https://wa.me/@gift.house", "\u2066@gift.house\u2069"),
    ):
        page.reader.pasted.clear()
        paste(qtbot, page.reader.pasted, link)
        assert sentence in page.reader.what.text()
        assert not page.reader.use.isVisible()
        QGuiApplication.clipboard().clear()
        page.reader.copy.click()
        assert QGuiApplication.clipboard().text() == link


def test_what_is_no_link_of_whatsapp_is_said_in_one_sentence(qtbot, page):
    before = url(page)
    for pasted in ("https://example.com/971501234567", "https://chat.whatsapp.com/AbC", "hello", "123"):
        paste(qtbot, page.reader.pasted, pasted)
        assert page.reader.what.text()
        assert page.reader.what.property("look") == "warn"
        assert not page.reader.use.isVisible()
        assert not page.reader.copy.isVisible()
        assert url(page) == before
        page.reader.pasted.clear()
        assert not page.reader.what.isVisible()


# The page as a whole


def test_another_language_brings_everything_back(qtbot, items, show):
    page = show()
    paste(qtbot, page.text, "مرحبا\n🎁")
    paste(qtbot, page.phone, "050 22")
    paste(qtbot, page.reader.pasted, "wa.me/message/ABC123")
    page.long_form.editor.click()
    page.show_target(("item", items[1]))
    again = show()
    again.show_target(page.state())
    assert again.state() == page.state()
    assert again.kinds.value() == "item"
    assert again.reader.what.text() == page.reader.what.text()
    again.phone.clear()
    page.phone.clear()
    assert url(again) == url(page) != ""
    choose(qtbot, again, "chat")
    assert again.text.toPlainText() == "مرحبا\n🎁"


def test_tab_goes_through_the_page_in_the_order_of_reading(qtbot, direction, page):
    page.kinds.findChildren(Chip)[0].setFocus()
    visited = []
    for _step in range(13):
        visited.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    preview = page.preview
    assert visited[1:10] == [
        page.text,
        page.phone,
        page.long_form.editor,
        page.reader.pasted,
        preview.url,
        preview.distance,
        preview.copy,
        preview.open,
        preview.save,
    ]
    assert visited[10] is preview.copy_code
    assert all(widget.accessibleName() for widget in visited[1:11])


def test_works_while_the_shop_is_open_to_read_only(qtbot, owner, shop, show, opened):
    database = Database(shop, "other", read_only=True)
    context = Context(database)
    page = OneLink(context, opened.append)
    qtbot.addWidget(page)
    paste(qtbot, page.text, "Hello")
    assert url(page) == f"https://wa.me/{PHONE}?text=Hello"
    wait_for_code(qtbot, page)
    context.close()


def test_actions_are_in_sight_at_every_size(qtbot, direction, page):
    paste(qtbot, page.text, TEXTS["arabic"] * 5)
    for size in ((812, 590), (1108, 815)):
        page.window().resize(*size)
        wait_for_code(qtbot, page)
        assert (page.window().width(), page.window().height()) == size
        for button in (page.preview.copy, page.preview.open, page.preview.save, page.preview.copy_code):
            assert button.visibleRegion().boundingRect() == button.rect()
            assert button.width() >= button.sizeHint().width()


def test_no_button_is_cut_off_where_only_the_window_has_the_looks(owner, context, in_front, dress, direction, qtbot):
    window = QMainWindow()
    dress(window)
    page = OneLink(context, [].append)
    window.setCentralWidget(page)
    in_front(window, 764, 560)
    column = page._trailing
    qtbot.waitUntil(lambda: column.widget().width() <= column.viewport().width())
