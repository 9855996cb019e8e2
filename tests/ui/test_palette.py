"""The quick search, by keys and mouse, and what it leaves on the clipboard."""

from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.data.images import normalise
from desktop.data.many import insert_rows
from desktop.data.models import Product, Reply
from desktop.data.search import search_key
from desktop.i18n import bidi
from desktop.services.catalog import add_product, remove_products
from desktop.services.customers import add_customer
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply, uses
from desktop.ui.palette import Palette

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PAGES = [("home", "Home", "house"), ("catalog", "Catalog", "tags"), ("replies", "Quick replies", "zap")]
ENTER = Qt.Key.Key_Return


class Window(QMainWindow):
    """A window with a button to come from, a field to go to, and a menu."""

    def __init__(self):
        super().__init__()
        self.done = []
        self.field = QLineEdit()
        self.button = QPushButton()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.setCentralWidget(body)
        self.menu = QMenu("&View", self)
        self.actions_ = []
        for text, keys in (("Dark && quiet", "Ctrl+Shift+D"), ("Catalog", "Ctrl+2"), ("Locked", "")):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked, text=text: self.done.append(text))
            self.menu.addAction(action)
            self.actions_.append(action)
        self.actions_[2].setEnabled(False)


@pytest.fixture
def window(in_front):
    window = Window()
    in_front(window, 1024, 640)
    window.button.setFocus()
    return window


@pytest.fixture
def palette(window, context):
    return Palette(context, PAGES, window.actions_, window)


@pytest.fixture
def said(context):
    sayings = []
    context.said.connect(lambda saying: sayings.append(bidi.strip(saying.sentence)))
    return sayings


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    board.setText("before")
    return board


@pytest.fixture(scope="module")
def stocked(filled_once, painted):
    """A shop with an item that has a picture and one that has none, a reply and a customer."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "language": "en"}
        run("Set", update_profile, None, **home)
        run("Set", update_profile, None, name="Bayt", phone="971501234567")
        rose = run("Add", add_product, "Rose box", code="BOX-1", price=7500, link="https://example.com/r")
        run("Add", add_pictures, rose, [normalise(painted("#cc2233", 60, 40))])
        run("Add", add_product, "Silk scarf", price=4000)
        run("Add", add_product, "Pen")
        reply = run("Add", add_reply, "thanks", "Thank you from {shop}, {customer}")
        run("Add", add_customer, "Noura", "+971501112233")
        run("Add", add_customer, "Huda", "", username="huda")
        return {"rose": rose, "reply": reply}

    return filled_once(fill)


@pytest.fixture
def filled(stocked):
    """The ids of the item and of the reply in it."""
    return stocked.found


ANSWER = "Rose box\nPrice: AED\u00a075\nhttps://example.com/r"


def look_for(qtbot, palette, typed):
    palette.open()
    palette.search.clear()
    for letter in typed:
        palette.search.insert(letter)  # QTest types no Arabic
    qtbot.waitUntil(lambda: not palette._finding.is_busy)


def titles(palette):
    return [bidi.strip(result.title) for result in palette.list.results()]


def test_a_word_and_enter_copy_the_price_answer(qtbot, palette, window, filled, clipboard, said, direction):
    look_for(qtbot, palette, "rose")
    assert titles(palette) == ["Rose box"]
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text() == ANSWER
    assert "Rose box" in said[0]
    assert not palette.isVisible()
    assert window.button.hasFocus()


def test_how_much_is_it_is_answered(qtbot, palette, filled, clipboard):
    look_for(qtbot, palette, "How much is the rose box?")
    (result,) = palette.list.results()
    assert [result.title[start:end] for start, end in result.bold] == ["Rose", "box"]
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text() == ANSWER


def test_ctrl_enter_copies_the_picture(qtbot, palette, filled, clipboard, said):
    look_for(qtbot, palette, "rose")
    qtbot.keyClick(palette.search, ENTER, CTRL)
    image = clipboard.image()
    (url,) = clipboard.mimeData().urls()
    assert url.toLocalFile().endswith("Rose box.png") or url.toLocalFile().endswith("Rose box.jpg")
    assert (image.width(), image.height()) == (60, 40)
    assert image.pixelColor(30, 20).red() > 180
    assert said == ["The picture of Rose box is copied."]


def test_ctrl_enter_without_a_picture_copies_the_text_and_says_so(qtbot, palette, filled, clipboard, said):
    look_for(qtbot, palette, "silk")
    qtbot.keyClick(palette.search, ENTER, CTRL)
    assert clipboard.text().startswith("Silk scarf\nPrice: AED\u00a040\nhttps://wa.me/")
    assert said == ["Copied without the picture"]


def test_shift_enter_copies_the_link_and_alt_enter_opens_the_item(qtbot, palette, filled, clipboard, wanted):
    look_for(qtbot, palette, "rose")
    qtbot.keyClick(palette.search, ENTER, SHIFT)
    assert clipboard.text() == "https://example.com/r"
    look_for(qtbot, palette, "rose")
    qtbot.keyClick(palette.search, Qt.Key.Key_Enter, ALT | Qt.KeyboardModifier.KeypadModifier)
    assert wanted == [("catalog", filled["rose"])]
    assert clipboard.text() == "https://example.com/r"


def test_a_link_needs_the_shops_number(qtbot, palette, context, clipboard, said):
    context.run("Add", add_product, "Pen")
    look_for(qtbot, palette, "pen")
    qtbot.keyClick(palette.search, ENTER, SHIFT)
    assert clipboard.text() == "before"
    assert "phone number" in said[0]


def test_an_item_without_a_price_is_copied_and_that_is_said(qtbot, palette, filled, clipboard, said):
    look_for(qtbot, palette, "pen")
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text().startswith("Pen\nhttps://wa.me/")
    assert "no price" in said[0]


def test_an_item_deleted_meanwhile_is_said_to_be_gone(qtbot, palette, context, filled, clipboard, said):
    look_for(qtbot, palette, "rose")
    context.run("There", remove_products, [filled["rose"]])
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text() == "before"
    assert "deleted" in said[0]


def test_a_reply_is_copied_filled_and_counted_or_opened(qtbot, palette, context, filled, clipboard, said, wanted):
    look_for(qtbot, palette, "/than")
    assert titles(palette) == ["/thanks"]
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text() == "Thank you from Bayt, {customer}"
    assert said[0].endswith("Missing: Customer")
    assert context.get(uses) == {filled["reply"]: 1}
    look_for(qtbot, palette, "/than")
    qtbot.keyClick(palette.search, ENTER, CTRL)
    assert palette.isVisible(), "these keys do nothing with a reply"
    qtbot.keyClick(palette.search, ENTER, ALT)
    assert wanted == [("replies", filled["reply"])]


def test_a_customers_number_is_copied(qtbot, palette, filled, clipboard, said, wanted):
    look_for(qtbot, palette, "noura")
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text() == "+971 50 111 2233"
    look_for(qtbot, palette, "huda")
    qtbot.keyClick(palette.search, ENTER)
    assert clipboard.text() == "+971 50 111 2233"
    assert "no phone number" in said[-1]
    look_for(qtbot, palette, "noura")
    qtbot.keyClick(palette.search, ENTER, ALT)
    assert wanted[0][0] == "customers"


def test_pages_open_and_actions_are_done(qtbot, palette, window, filled, wanted):
    look_for(qtbot, palette, "catalog")
    assert titles(palette) == ["Catalog"], "the page, and not its entry in the menu as well"
    qtbot.keyClick(palette.search, ENTER)
    assert wanted == [("catalog", None)]
    look_for(qtbot, palette, "view quiet")
    assert titles(palette) == ["Dark & quiet"]
    assert "Ctrl+Shift+D" in palette.list.results()[0].detail
    qtbot.keyClick(palette.search, ENTER)
    assert window.done == ["Dark && quiet"]
    look_for(qtbot, palette, "locked")
    assert titles(palette) == []
    assert palette.nothing.isVisible()


def test_a_page_called_exactly_so_comes_before_items(qtbot, palette, context, filled):
    context.run("Add", add_product, "Home fragrance")
    look_for(qtbot, palette, "home")
    assert titles(palette) == ["Home", "Home fragrance"]
    look_for(qtbot, palette, "hom")
    assert titles(palette) == ["Home fragrance", "Home"]


def test_nothing_typed_offers_pages_then_replies(qtbot, palette, filled):
    palette.open()
    assert titles(palette) == ["Home", "Catalog", "Quick replies", "/thanks", "Dark & quiet"]


def test_the_other_layout_and_arabic_spelling(qtbot, palette, context, filled):
    context.run("Add", add_product, "علبة هدايا ورديّة")
    look_for(qtbot, palette, "قخسث")
    assert titles(palette) == ["Rose box"]
    look_for(qtbot, palette, "وردية")
    assert titles(palette) == ["علبة هدايا ورديّة"]
    assert palette.list.results()[0].bold == [(11, 17)]


def test_enter_before_a_short_search_is_done_waits_for_it(qtbot, palette, filled, clipboard):
    palette.open()
    qtbot.keyClicks(palette.search, "ro")
    qtbot.keyClick(palette.search, ENTER)
    qtbot.waitUntil(lambda: not palette.isVisible())
    assert clipboard.text() == ANSWER


def test_escape_and_a_click_beside_close_and_the_focus_goes_back(qtbot, palette, window, filled, direction):
    for close in (
        lambda: qtbot.keyClick(palette.search, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 300)),
    ):
        palette.open()
        assert palette.search.hasFocus()
        qtbot.keyClicks(palette.search, "x")
        close()
        assert not palette.isVisible()
        assert window.button.hasFocus()
    palette.open()
    assert palette.search.text() == ""


def test_who_goes_elsewhere_stays_there(palette, window, filled):
    palette.open()
    window.field.setFocus()
    assert not palette.isVisible()
    assert window.field.hasFocus()


def test_opening_it_again_goes_on_with_what_is_typed(qtbot, palette, filled):
    look_for(qtbot, palette, "rose")
    palette.open()
    assert palette.search.selectedText() == "rose"
    assert titles(palette) == ["Rose box"]


def test_arrows_go_through_the_results_and_the_footer_follows(qtbot, palette, filled):
    palette.open()
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.list.current().title == "Dark & quiet"
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.current().title == "Home"
    qtbot.keyClick(palette.search, Qt.Key.Key_PageDown)
    assert palette.list.current().title == "Dark & quiet"
    qtbot.keyClick(palette.search, Qt.Key.Key_PageUp)
    assert palette.list.current().title == "Home"
    assert "Open" in palette.keys.text()
    look_for(qtbot, palette, "rose")
    shown = bidi.strip(palette.keys.text())
    assert [keys in shown for keys in ("Enter", "Ctrl+Enter", "Shift+Enter", "Alt+Enter")] == [True] * 4
    assert shown.index("Copy the price") < shown.index("Copy the picture") < shown.index("Copy the link")


def test_a_click_does_what_enter_does(qtbot, palette, filled, clipboard, direction):
    look_for(qtbot, palette, "rose")
    place = palette.list.visualRect(palette.list.currentIndex()).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clipboard.text() == ANSWER


def test_it_stays_inside_the_window_and_follows_its_size(qtbot, palette, window, context, filled, direction):
    for number in range(40):
        context.run("Add", add_reply, f"rose{number}", "word " * 300)
        context.run("Add", add_product, f"rose {number} " + "very long name " * 40)
    look_for(qtbot, palette, "rose")
    for width, height in ((960, 600), (1320, 840)):
        window.resize(width, height)
        assert palette.geometry() == window.rect()
        assert window.rect().contains(palette.card.geometry())
        middle = palette.card.geometry().center().x()
        assert abs(middle - width / 2) <= 1
        palette.grab()


def test_it_keeps_pace_with_typing(qtbot, palette, context, filled):
    def fill(session):
        about, text = "wrapped by hand " * 10, "Our roses are fresh every day " * 5
        items = [(f"Gift {number} of rose and oud", about) for number in range(2000)]
        insert_rows(session, Product, [{"name": n, "description": d, **keys(n, d)} for n, d in items])
        replies = [(f"r{number}", text) for number in range(1000)]
        insert_rows(session, Reply, [{"shortcut": n, "text": t, **keys(n, t)} for n, t in replies])

    def keys(name, text):
        return {"sort_key": search_key(name), "search_key": search_key(name, text)}

    context.run("Fill", fill)
    palette.open()
    times = []
    for typed in ("ros", "rose", "rose o", "gift 19", "/r9"):
        before = process_time()
        palette.search.setText(typed)
        palette.card.repaint()
        times.append(process_time() - before)
        assert palette.list.results()
    assert sorted(times)[2] < 0.1, "seconds; a sixth of that where nothing else runs"
