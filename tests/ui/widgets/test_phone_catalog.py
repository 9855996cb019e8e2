"""The catalog on a customer's phone: what is clicked and pressed, and what is heard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap

from desktop.services.marks import parse
from desktop.ui.widgets.bubbles import Bubble
from desktop.ui.widgets.gallery import Gallery
from desktop.ui.widgets.phone_catalog import ItemScreen, PhoneCatalog
from desktop.ui.widgets.phone_rows import ArticleRow, FrontRow, HeadingRow

ROWS = [
    FrontRow("Bayt", "Gifts"),
    HeadingRow(4, "Bags", "See all"),
    ArticleRow(7, "Tote", "Canvas", "AED 75", "AED 95"),
    ArticleRow(8, "Belt", note="Out of stock"),
    HeadingRow(None, "All items"),
]


@pytest.fixture
def phone(qtbot):
    phone = PhoneCatalog(lambda digest: None)
    qtbot.addWidget(phone)
    phone.resize(320, 600)
    phone.show()
    return phone


def click(qtbot, phone, row):
    place = phone.list.visualRect(phone.list.rows.index(row)).center()
    qtbot.mouseClick(phone.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_opens_an_item_or_a_collection_and_nothing_else(qtbot, phone):
    phone.show_list("Catalog", ROWS)
    opened = []
    phone.article_wanted.connect(opened.append)
    phone.shelf_wanted.connect(opened.append)
    for row in range(len(ROWS)):
        click(qtbot, phone, row)
    assert opened == [4, 7, 8]


def test_the_keyboard_opens_the_row_it_went_to_and_goes_back(qtbot, phone):
    phone.show_list("Catalog", ROWS)
    phone.set_home(False)
    phone.set_focus()
    opened, back = [], []
    phone.article_wanted.connect(opened.append)
    phone.back_wanted.connect(lambda: back.append(True))
    qtbot.keyClick(phone.list, Qt.Key.Key_Down)
    qtbot.keyClick(phone.list, Qt.Key.Key_Return)
    assert opened == [8]
    qtbot.keyClick(phone.list, Qt.Key.Key_Backspace)
    assert back == [True]
    phone.set_home(True)
    qtbot.keyClick(phone.list, Qt.Key.Key_Backspace)
    assert back == [True], "nothing leads back from the first screen"


def test_what_is_on_the_screen_is_heard(phone):
    phone.show_list("Catalog", ROWS)
    assert phone.accessibleDescription().split("\n") == [
        "Catalog", "Bayt", "Gifts", "Bags", "See all", "Tote", "Canvas", "AED 75", "AED 95", "Belt", "Out of stock",
        "All items",
    ]  # fmt: skip
    phone.show_item("Bayt", ItemScreen("Bag <b>", "AED 60", description=parse("*Soft*"), message="Message"))
    assert phone.accessibleDescription() == "Bayt\nBag <b>\nAED 60\nSoft"
    phone.show_chat("Bayt", Bubble(parse("Hello"), from_shop=False))
    assert phone.accessibleDescription() == "Bayt\nHello"
    assert not phone.message.isVisible()


def test_an_item_shown_again_keeps_its_picture_and_its_place(qtbot, phone):
    item = ItemScreen("Bag", description=parse("line\n" * 100), pictures=("a", "b", "c"))
    phone.show_item("Bayt", item)
    bar = phone.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(200)
    phone.gallery.go_to(2)
    phone.show_item("Bayt", item, again=True)
    assert phone.gallery.current() == 2
    qtbot.waitUntil(lambda: bar.value() == 200)
    phone.show_item("Bayt", item)
    assert phone.gallery.current() == 0


def test_the_message_button_is_always_in_sight(qtbot, phone):
    phone.show_item("Bayt", ItemScreen("Bag", description=parse("line\n" * 100), message="Message"))
    with qtbot.waitSignal(phone.message_wanted):
        phone.message.click()
    assert phone.rect().contains(phone.message.mapTo(phone, phone.message.rect().center()))


@pytest.mark.parametrize("rtl", [False, True])
def test_the_next_picture_lies_where_reading_goes_on(qtbot, phone, rtl):
    phone.set_direction(rtl)
    phone.show_item("Bayt", ItemScreen("Bag", pictures=("a", "b", "c")))
    gallery = phone.gallery
    onwards, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    for key, place in ((onwards, 1), (onwards, 2), (onwards, 2), (back, 1)):
        qtbot.keyClick(phone, key)
        assert gallery.current() == place
    assert gallery.accessibleName() == "Picture 2 of 3"
    start, end = QPoint(150, 100), QPoint(60, 100)
    if rtl:
        start, end = end, start
    qtbot.mousePress(gallery, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseRelease(gallery, Qt.MouseButton.LeftButton, pos=end)
    assert gallery.current() == 2, "pulled away, the picture makes room for the next"


def test_a_gallery_without_pictures_stays_where_it_is(qtbot):
    gallery = Gallery((), lambda digest: None)
    qtbot.addWidget(gallery)
    assert gallery.press(Qt.Key.Key_Right)
    assert gallery.current() == 0
    assert gallery.accessibleName() == "No picture"
    assert not gallery.press(Qt.Key.Key_Up)


def test_it_is_painted_with_pictures_and_without_in_both_directions(qtbot, direction):
    red = QPixmap(100, 80)
    red.fill("red")
    phone = PhoneCatalog(lambda digest: red if digest == "red" else None)
    qtbot.addWidget(phone)
    phone.resize(320, 600)
    phone.set_direction(direction == "ar")
    ugly = "x" * 500 + " عرض " + "🎁" * 100
    rows = [FrontRow(ugly, ugly, "red", "red"), HeadingRow(1, ugly, ugly), ArticleRow(1, ugly, ugly, ugly, ugly)]
    phone.show_list("C", [*rows, ArticleRow(2, "Bag", picture="red")])
    phone.show()
    view = phone.list
    place = view.visualRect(view.rows.index(3))
    image = view.viewport().grab().toImage()
    reds = [x for x in range(image.width()) if image.pixelColor(x, place.center().y()).name() == "#ff0000"]
    assert reds
    assert (min(reds) > image.width() / 2) == (direction == "ar"), "the picture is where reading begins"
    assert view.horizontalScrollBar().maximum() == 0
    phone.show_item("B", ItemScreen(ugly, ugly, ugly, ugly, ugly, "Message", parse(ugly), ("red", "other")))
    qtbot.waitUntil(lambda: phone.area.widget().width() <= phone.area.viewport().width())
