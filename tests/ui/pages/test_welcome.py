"""The page without a shop: what it asks for, and what it says when a shop did not open."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop import config
from desktop.i18n import set_language
from desktop.ui.pages.welcome import WelcomePage
from desktop.ui.widgets.buttons import Button


@pytest.fixture
def show(in_front):
    """A function that shows the page, and notes on it what was chosen."""

    def show(*arguments):
        page = WelcomePage(*arguments)
        page.asked = []
        page.chosen.connect(lambda what, argument: page.asked.append((what, argument)))
        return in_front(page, 1108, 798)

    return show


@pytest.fixture
def recent(tmp_path):
    """A function that makes these the shops that were open last."""

    def recent(*places):
        config.change(recent_shops=tuple(str(place) for place in places))

    yield recent
    config.change(recent_shops=())


def words(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_shop_can_be_started_opened_or_rebuilt(qtbot, show):
    page = show()
    click(qtbot, page.start)
    click(qtbot, page.open)
    click(qtbot, page.rebuild)
    assert page.asked == [("new", None), ("open", None), ("rebuild", None)]


def test_it_says_where_everything_is_kept_and_who_sends(show):
    page = show()
    assert "kept on this computer" in words(page)
    assert "sent by WhatsApp, on the phone" in words(page)


def test_there_is_one_main_button(show):
    page = show("Something happened.", Path("Bayt.dukkan"))
    assert [button for button in page.findChildren(Button) if button.property("look") == "primary"] == [page.start]


def test_both_samples_can_be_looked_at(qtbot, show):
    page = show()
    for card in page.samples:
        click(qtbot, card)
    assert page.asked == [("sample", "gifts"), ("sample", "bakery")]


def test_a_click_on_a_samples_pictures_or_words_counts(qtbot, show):
    page = show()
    card = page.samples[1]
    for part in card.findChildren(QLabel):
        qtbot.mouseClick(
            card.window().windowHandle(), Qt.MouseButton.LeftButton, pos=part.mapTo(page, part.rect().center())
        )
    assert page.asked == [("sample", "bakery")] * 2


def test_every_drawing_is_there(show):
    page = show()
    for card in page.samples:
        image = card.grab().toImage()
        colours = {image.pixelColor(x, 40).rgb() for x in range(20, image.width() - 20)}
        assert len(colours) > 50


def test_shops_of_before_are_offered_while_they_are_there(qtbot, show, recent, tmp_path):
    shop = tmp_path / "Bayt & Co.dukkan"
    shop.touch()
    recent(shop, tmp_path / "gone.dukkan")
    page = show()
    assert [row.place for row in page.recent] == [str(shop)]
    assert "Bayt & Co" in words(page)
    click(qtbot, page.recent[0])
    assert page.asked == [("open", str(shop))]


def test_nobody_reads_the_password_of_a_server(show, recent):
    recent("postgresql://owner:secret@till.example/bayt")
    page = show()
    assert "bayt" in words(page)
    assert "till.example" in words(page)
    assert "secret" not in words(page) + page.recent[0].toolTip() + page.recent[0].accessibleName()


def test_without_shops_of_before_nothing_is_said_of_them(show, recent):
    recent()
    assert "Recent shops" not in words(show())


def test_trouble_is_told_with_what_can_be_done(qtbot, show):
    shop = Path("/somewhere/Bayt.dukkan")
    page = show("The shop is open on another computer.", shop)
    assert "The shop is open on another computer." in words(page)
    assert "Bayt" in words(page)
    click(qtbot, page.trouble.again)
    click(qtbot, page.trouble.read)
    assert page.asked == [("open", shop), ("read", shop)]


def test_trouble_without_a_shop_has_nothing_to_try_again(show):
    page = show("There is no room for the sample shop.")
    assert "no room" in words(page)
    assert not page.trouble.again.isVisible()
    assert not page.trouble.read.isVisible()


def test_the_shop_in_trouble_is_not_offered_twice(show, recent, tmp_path):
    shop = tmp_path / "Bayt.dukkan"
    shop.touch()
    recent(shop)
    assert show("It is damaged.", shop).recent == []


def test_the_other_language_is_one_click_away(qtbot, show):
    page = show()
    [button] = page.languages
    assert button.text() == "العربية"
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        click(qtbot, button)
    assert wanted.args == [{"language": "ar"}]


def test_the_keyboard_reaches_everything_in_reading_order(qtbot, show, recent, tmp_path):
    shop = tmp_path / "Bayt.dukkan"
    shop.touch()
    recent(shop)
    page = show("It is damaged.", tmp_path / "other.dukkan")
    page.trouble.again.setFocus()
    order = [page.trouble.read, *page.languages, page.start, page.open, page.rebuild, *page.samples, *page.recent]
    reached = []
    for _ in order:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        reached.append(page.focusWidget())
    assert reached == order
    qtbot.keyClick(page.samples[0], Qt.Key.Key_Return)
    qtbot.keyClick(page.samples[1], Qt.Key.Key_Space)
    assert page.asked == [("sample", "gifts"), ("sample", "bakery")]
    assert all(button.accessibleName() for button in order)


@pytest.mark.parametrize("size", [(812, 600), (600, 400)])
def test_it_fits_into_a_small_window(qtbot, show, size):
    page = show("A long sentence of trouble that goes on. " * 5, Path("x" * 200 + ".dukkan"))
    page.resize(*size)
    assert page.minimumSizeHint().width() <= size[0]
    qtbot.waitUntil(lambda: page.area.horizontalScrollBar().maximum() == 0)


def test_from_right_to_left_the_pictures_begin_on_the_right(qapp, show):
    set_language("ar")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page = show()
        gifts, bakery = page.samples
        assert gifts.x() > bakery.x()
        [button] = page.languages
        assert button.text() == "English"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
