"""The phone preview, as it is seen and as it is heard."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from desktop.services.marks import parse
from desktop.ui import theme
from desktop.ui.widgets.bubbles import Bubble, BubbleView
from desktop.ui.widgets.focus import stops
from desktop.ui.widgets.phone import BEZEL, PhoneFrame
from desktop.ui.widgets.phone_pictures import Cover

CHAT = [Bubble(parse("Is it *there*?"), "10:01", from_shop=False), Bubble(parse("Yes!"), "10:02")]


@pytest.fixture
def phone_of(qtbot, qapp):
    """A function that shows a phone as one side sees it."""

    def show(perspective):
        phone = PhoneFrame(perspective)
        qtbot.addWidget(phone)
        phone.resize(320, 600)
        phone.show()
        return phone

    theme.apply(qapp, "light")
    yield show
    theme.apply(qapp, "light")


@pytest.fixture
def phone(phone_of):
    return phone_of("customer")


@pytest.fixture
def column(qtbot, phone):
    """A function that returns the colours of the preview inside of the screen, from a place downwards."""

    def down(x, y, count):
        qtbot.wait(1)  # what was shown is laid out when the events are handled
        image = phone.grab().toImage()
        case = phone._case.geometry()
        return [image.pixelColor(case.left() + BEZEL + x, case.top() + BEZEL + y + n) for n in range(count)]

    return down


@pytest.fixture
def pixel(column):
    """A function that returns the colour of the preview at a place inside of the screen."""

    def at(x, y):
        return column(x, y, 1)[0]

    return at


def bubbles(phone):
    return [view for view in phone.findChildren(BubbleView) if view.isVisible()]


def jpeg(colour):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "JPEG")
    return out.getvalue()


def reddish(colour):
    return colour.red() > 200 and colour.green() < 60


def test_each_side_sees_its_own_messages_green(qtbot, phone_of):
    for perspective, greens in (("customer", [True, False]), ("shop", [False, True])):
        phone = phone_of(perspective)
        phone.show_chat("Noura", CHAT)
        qtbot.wait(1)
        for view, green in zip(bubbles(phone), greens, strict=True):
            at = view.bubble_rect().center().toPoint()
            assert view.grab().toImage().pixelColor(at.x(), 3) == theme.colour("bubble" if green else "surface")
            assert (view.bubble_rect().left() > 0) == green


def test_the_side_is_named(phone_of):
    phone = phone_of("customer")
    phone.show_chat("Noura", CHAT)
    assert phone.accessibleDescription() == "As the customer sees it\nNoura\nIs it there?\n10:01\nYes!\n10:02"
    phone = phone_of("shop")
    phone.show_chat("Noura", CHAT)
    assert phone.accessibleDescription().startswith("As it looks on the shop's phone\nNoura\n")
    phone.show_profile("Bayt")
    assert phone.accessibleDescription() == "As the customer sees it\nBayt"
    (reached,) = stops(phone)
    assert reached.accessibleName() == "Phone preview"
    assert reached.accessibleDescription() == phone.accessibleDescription()


def test_a_profile_shows_what_is_filled_in(phone):
    phone.show_profile(
        "Bayt", category="Gifts", hours="Sat 9–5\nFri closed", websites=["https://a.example"], phone="+971"
    )
    assert phone.accessibleDescription().split("\n")[1:] == [
        "Bayt", "+971", "Gifts", "Sat 9–5", "Fri closed", "https://a.example",
    ]  # fmt: skip
    phone.show_profile("")
    assert phone.accessibleDescription() == "As the customer sees it"


def test_pictures_are_shown_and_only_of_the_two_kinds_that_are_kept(phone, pixel):
    phone.show_profile("Bayt", logo=jpeg("red"))
    assert reddish(pixel(150, 50))
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect width='1' height='1' fill='red'/></svg>"
    for other in (b"", svg):
        phone.show_profile("Bayt", logo=other)
        assert pixel(150, 20) == theme.colour("accent-soft")
    phone.show_profile("Bayt")
    assert pixel(150, 20) == theme.colour("accent-soft")
    phone.show_chat("Bayt", CHAT, jpeg("red"))
    assert reddish(pixel(30, 28))


def test_follows_light_and_dark(qapp, phone, pixel, column):
    phone.show_chat("Noura", CHAT)
    for scheme in ("dark", "light"):
        theme.apply(qapp, scheme)
        assert pixel(150, 450) == theme.colour("chat")
        assert pixel(150, 10) == theme.colour("surface")
    phone.show_profile("", category="████")
    for scheme in ("dark", "light"):
        theme.apply(qapp, scheme)
        assert pixel(150, 540) == theme.colour("surface")
        assert theme.colour("muted") in column(150, 100, 100), "also where a text has a colour of its own"


def test_showing_again_keeps_the_place(qtbot, phone):
    long = "\n".join(f"line {n}" for n in range(200))
    phone.show_profile("Tea", description=long)
    bar = phone._case.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500)
    bar.setValue(400)
    phone.show_profile("Green tea", description=long)
    qtbot.waitUntil(lambda: bar.maximum() > 500 and bar.value() == 400)
    phone.show_profile("Tea")
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_nothing_makes_it_wider(qtbot, phone):
    ugly = "x" * 500 + " عرض " + "🎁" * 100
    for show in (
        lambda: phone.show_chat(ugly, [Bubble(parse(ugly), ugly)]),
        lambda: phone.show_profile(*[ugly] * 7, [ugly, ugly], ugly),
    ):
        show()
        qtbot.wait(1)
        assert phone.minimumSizeHint().width() <= 230
        assert phone._case.area.widget().width() <= phone._case.area.viewport().width()


def test_what_was_shown_before_goes(qtbot, phone):
    for _ in range(20):
        phone.show_profile("Bayt", address="Street", email="a@b.example")
        phone.show_chat("Noura", CHAT)
    qtbot.waitUntil(lambda: len(phone.findChildren(BubbleView)) == len(CHAT))


def test_the_keyboard_scrolls_it_and_shows_where_it_is(qtbot, phone):
    phone.show_profile("Tea", description="line\n" * 200)
    area = phone._case.area
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    area.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(area.hasFocus)
    at = (phone._case.width() // 2, BEZEL)
    assert phone._case.grab().toImage().pixelColor(*at) == theme.colour("accent")
    qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_a_cover_stands_above_the_name_with_the_portrait_over_its_edge(qtbot, phone, pixel):
    phone.show_profile("Bayt", logo=jpeg("red"), cover=jpeg("blue"))
    cover = phone.findChild(Cover)
    qtbot.waitUntil(lambda: cover.isVisible() and cover.width() > 200)
    assert cover.height() == cover.width() * 9 // 16 + 48
    image = cover.grab().toImage()
    assert image.pixelColor(cover.width() // 2, 10).blue() > 200
    assert reddish(image.pixelColor(cover.width() // 2, cover.height() - 48))
    phone.show_profile("Bayt", logo=jpeg("red"))
    qtbot.waitUntil(lambda: not [old for old in phone.findChildren(Cover) if old.isVisible()])
    assert reddish(pixel(150, 50))


def test_what_is_transparent_is_black_as_on_the_phone(phone, pixel):
    out = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(out, "PNG")
    phone.show_profile("Bayt", logo=out.getvalue())
    assert pixel(150, 50).name() == "#000000"
