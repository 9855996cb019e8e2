"""Settings: chosen by click and key, applied as the window does, and shown as they are stored."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop import __version__, config, i18n
from desktop.i18n import formats
from desktop.services.profile import update_profile
from desktop.ui import theme
from desktop.ui.pages.settings import SettingsPage
from desktop.ui.widgets.chips import Chip
from desktop.ui.widgets.labels import Label


@pytest.fixture(autouse=True)
def settings_home(tmp_path, monkeypatch):
    monkeypatch.setenv("DUKKAN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(theme, "largest_scale", lambda: 1.5)
    yield
    formats.configure(digits="latn", clock="auto", money="sign")


@pytest.fixture
def show(qtbot, context, opened):
    """A function that makes the page as it is now."""

    def show():
        page = SettingsPage(context, opened.append)
        qtbot.addWidget(page)
        page.resize(812, 590)
        page.wanted = []
        page.settings_wanted.connect(page.wanted.append)
        page.settings_wanted.connect(apply)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return show


def apply(changes):
    """Do with a wish what the window does: keep it, and use it."""
    settings = config.change(**changes)
    formats.configure(digits=settings.digits, clock=settings.clock, money=settings.money)


def chip(chips, text):
    return next(chip for chip in chips.findChildren(Chip) if chip.text() == text)


def sample(page):
    return [label.text() for label in page.sample]


def words(page):
    return [label.text() for label in page.findChildren(Label)]


def test_choices_are_asked_for_at_once_and_shown_the_next_time(qtbot, show):
    page = show()
    chosen = [each.value() for each in (page.language, page.theme, page.scale, page.digits, page.clock, page.money)]
    assert chosen == ["en", "system", 1.0, "latn", "auto", "sign"]
    others = (
        ("language", "العربية", "ar"),
        ("theme", "Dark", "dark"),
        ("scale", "125%", 1.25),
        ("digits", "١٢٣", "arab"),
        ("clock", "24 hours", "24"),
        ("money", "Code", "code"),
    )
    for name, text, value in others:
        qtbot.mouseClick(chip(getattr(page, name), text), Qt.MouseButton.LeftButton)
        assert page.wanted[-1] == {name: value}
    assert len(page.wanted) == len(others)
    i18n.set_language(config.load().language or "en")
    again = show()
    for name, _text, value in others:
        assert getattr(again, name).value() == value


def test_a_size_from_the_menu_is_shown_too(show):
    config.change(scale=1.2000000000000002)
    page = show()
    assert chip(page.scale, "120%").isChecked()
    assert not chip(page.scale, "125%").isChecked()


def test_only_sizes_that_fit_the_screen_are_offered(show, monkeypatch):
    monkeypatch.setattr(theme, "largest_scale", lambda: 1.2)
    config.change(scale=1.5)  # chosen on another screen
    page = show()
    assert [chip.text() for chip in page.scale.findChildren(Chip)] == ["90%", "100%", "110%", "120%"]
    assert chip(page.scale, "120%").isChecked()


def test_arrow_keys_choose(qtbot, direction, show):
    page = show()
    page.theme.findChildren(Chip)[0].setFocus()
    onwards = Qt.Key.Key_Left if direction == "ar" else Qt.Key.Key_Right
    qtbot.keyClick(QApplication.focusWidget(), onwards)
    qtbot.keyClick(QApplication.focusWidget(), onwards)
    assert page.wanted == [{"theme": "light"}, {"theme": "dark"}]


def test_the_page_made_anew_has_the_focus_where_it_was(qtbot, show):
    page = show()
    page.clock.findChildren(Chip)[0].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    state = page.state()
    again = show()
    again.show_target(state)
    assert QApplication.focusWidget() is chip(again.clock, "12 hours")
    assert again.area.viewport().rect().contains(again.clock.mapTo(again.area.viewport(), again.clock.rect().center()))


def test_nothing_in_focus_is_no_state(show):
    page = show()
    QApplication.focusWidget().clearFocus()
    assert page.state() is None
    page.show_target(None)


def test_the_sample_follows_settings_and_the_shops_currency_at_once(qtbot, context, show):
    context.run("", update_profile, territory="AE", currency="AED")
    page = show()
    number, price, date, time = sample(page)
    assert (number, price, time) == ("1,234.5", "\u2068AED\u00a060\u2069", "9:40 pm")
    assert date == formats.date(formats.today())
    context.run("", update_profile, currency="KWD")
    assert sample(page)[1] == "\u2068KWD\u00a06\u2069"
    qtbot.mouseClick(chip(page.clock, "24 hours"), Qt.MouseButton.LeftButton)
    assert sample(page)[3] == "21:40"
    qtbot.mouseClick(chip(page.money, "Word"), Qt.MouseButton.LeftButton)
    assert sample(page)[1] not in (price, "\u2068KWD\u00a06\u2069")


def test_arabic_digits(qtbot, direction, show):
    page = show()
    qtbot.mouseClick(chip(page.digits, "١٢٣"), Qt.MouseButton.LeftButton)
    assert sample(page)[0] == ("١٬٢٣٤٫٥" if direction == "ar" else "1,234.5")
    explained = "The digits ١٢٣ are used while the language is Arabic." in words(page)
    assert explained == (direction == "en")


def test_says_where_things_are_and_opens_their_folders(qtbot, context, show, opened, tmp_path):
    page = show()
    shop = context.database.where
    shown = words(page)
    for path in (shop, config.settings_file(), config.paths().log):
        assert f"\u2066{path}\u2069" in shown
    assert page.file_size.text() == formats.file_size(Path(shop).stat().st_size)
    config.save(config.Settings(theme="dark"))
    for button in page.folder_buttons:
        qtbot.keyClick(button, Qt.Key.Key_Return)
    # The log has not been begun, so the nearest folder there is.
    folders = (Path(shop).parent, config.paths().config, tmp_path / "home")
    assert opened == [QUrl.fromLocalFile(str(folder)) for folder in folders]
    assert len({button.accessibleName() for button in page.folder_buttons}) == 3


def test_from_the_backups_one_gets_to_the_past_and_back_from_an_export(qtbot, context, show):
    page = show()
    asked = []
    context.wanted.connect(lambda name, target: asked.append(name))
    page.shop_action.connect(lambda what, argument: asked.append(what))
    page.backups.history.click()
    page.backups.rebuild.click()
    assert asked == ["history", "rebuild"]


def test_the_password_of_a_database_is_not_shown(context, show, monkeypatch):
    monkeypatch.setattr(context.database, "where", "postgresql://owner:secret@till/shop")
    page = show()
    assert "\u2066postgresql://owner:***@till/shop\u2069" in words(page)
    assert not any("secret" in text for text in words(page))
    assert page.file_size.text() == ""
    context.run("", update_profile, name="Gift House")
    assert page.file_size.text() == ""


def test_says_what_the_program_is(show):
    about = " ".join(words(show()))
    assert __version__ in about
    assert "MIT" in about
    assert "LGPL" in about
    assert "not made by WhatsApp or Meta" in about


def test_tab_visits_every_choice_and_button_and_brings_it_into_sight(qtbot, direction, show):
    page = show()
    rows = [page.language, page.theme, page.scale, page.digits, page.clock, page.money]
    next(each for each in page.language.findChildren(Chip) if each.isChecked()).setFocus()
    card = page.backups
    backups = (card.choose, card.folder, card.history, card.rebuild)
    for place in [*rows, page.command, *backups, page.your_name, *page.folder_buttons]:
        focus = QApplication.focusWidget()
        assert focus is place or place.isAncestorOf(focus)
        viewport = page.area.viewport()
        assert viewport.rect().contains(focus.mapTo(viewport, focus.rect().center()))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)


@pytest.fixture
def tray(monkeypatch):
    """A desktop with a place beside its clock: the offscreen platform has none."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)


def test_staying_beside_the_clock_is_asked_for_and_shown_the_next_time(qtbot, direction, tray, show):
    page = show()
    assert not page.stay.value()
    page.stay.editor.setFocus()
    qtbot.keyClick(page.stay.editor, Qt.Key.Key_Space)
    assert page.wanted == [{"stay": True}]
    assert config.load().stay
    state = page.state()
    again = show()
    assert again.stay.value()
    again.show_target(state)
    assert again.stay.editor.hasFocus()
    qtbot.mouseClick(again.stay.editor, Qt.MouseButton.LeftButton, pos=again.stay.editor.rect().center())
    assert again.wanted == [{"stay": False}]


def test_where_there_is_no_place_beside_the_clock_it_says_what_to_do_instead(direction, show):
    page = show()
    page.show_target("stay")
    assert not page.stay.isVisible()
    assert any("minimized" in text for text in words(page)) or direction == "ar"


def test_the_command_is_copied(qtbot, show):
    page = show()
    page.command.setFocus()
    qtbot.keyClick(page.command, Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == "dukkan --palette"
