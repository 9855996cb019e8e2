"""The window: its menus, what it says, and how it keeps what one was doing."""

from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu

from desktop import config, i18n
from desktop.app import Desk, speak
from desktop.data.database import Database
from desktop.i18n import N_, formats
from desktop.services.catalog import add_product, read_product, remove_products, update_product
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply
from desktop.ui import menus, theme
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PAGES
from desktop.ui.standing import hindrance
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.labels import Label


@pytest.fixture
def as_before(qapp):
    """Leave language and looks as they were; once the windows are gone, or each of them would be dressed anew."""
    yield
    i18n.set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(qapp, "light")


@pytest.fixture
def make(as_before, qtbot, qapp, fresh, monkeypatch):
    """A function that makes a window as the program does, on a screen with room for 150%."""
    monkeypatch.setattr(theme, "largest_scale", lambda: 1.5)

    def make():
        window = MainWindow(config.load())
        qtbot.addWidget(window)
        window.desk = Desk(qapp, window)
        window.show()
        qtbot.waitUntil(lambda: window._furnished)
        return window

    return make


@pytest.fixture
def window(qtbot, make, database):
    window = make()
    window._page = "catalog"
    window.set_database(database)
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    window.close_shop_now()
    database.close = lambda: None


@pytest.fixture(scope="module")
def stocked(filled_once):
    home = {"name": "Gifts", "phone": "+971501234567", "territory": "AE", "currency": "AED"}

    def fill(run):
        run("Home", update_profile, None, **home)
        return run("Add item", add_product, "Bag", price=7500)

    return filled_once(fill)


@pytest.fixture
def bag(stocked):
    """An item of a shop with a name."""
    return stocked.found


def choose(qtbot, window, item):
    page = window.page()
    qtbot.waitUntil(lambda: page._job is None)
    page.grid.set_current(item)
    assert page.inspector.row() == item
    return page.inspector


def write(qtbot, field, text):
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, text)


def entry(window, *path):
    """Return an action by the words of its menus and its own."""
    actions = window.menuBar().actions()
    for word in path:
        action = next(action for action in actions if menus.words(action) == word)
        menu = action.menu()
        actions = menu.actions() if isinstance(menu, QMenu) else []
    return action


def settle(qtbot, window):
    """Wait for a rebuild, and let what is to be deleted go."""
    qtbot.waitUntil(lambda: window.page() is None or window.page().isVisible())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_a_menu_that_is_left_with_esc_gives_the_keyboard_back(qtbot, window, bag):
    bar, search = window.menuBar(), window.page().search
    search.setFocus()
    place = bar.actionGeometry(bar.actions()[1]).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    menu = window.menus[1]
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_Right)
    menu = window.menus[2]
    qtbot.waitUntil(menu.isVisible)
    QApplication.processEvents()
    assert bar.activeAction() is bar.actions()[2], "an arrow goes on to the next"
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bar.activeAction() is None)
    qtbot.waitUntil(search.hasFocus)


# Undo


def test_the_menu_names_what_it_takes_back(window):
    assert (window.undo.text(), window.undo.isEnabled()) == ("Undo", False)
    window.context.run(N_("Add & go"), add_product, "Bread")
    assert (window.undo.text(), window.undo.isEnabled()) == ("Undo: Add && go", True)
    window.undo.trigger()
    assert window.toast.words.text() == "Taken back: Add & go"
    assert (window.redo.text(), window.undo.isEnabled()) == ("Redo: Add && go", False)
    window.redo.trigger()
    assert window.toast.words.text() == "Done again: Add & go"
    assert window.undo.isEnabled()


def test_a_refused_undo_says_why(window, database, bag):
    database.computer = "office"
    window.context.run("Change price", update_product, bag, None, price=5)
    database.computer = "till"
    window.undo.trigger()
    assert "“Change price” on office has changed" in window.toast.words.text()


def test_undo_saves_what_is_typed_first_and_takes_that_back(qtbot, window, bag):
    inspector = choose(qtbot, window, bag)
    write(qtbot, inspector.name, "Red bag")
    window.undo.trigger()
    assert inspector.name.value() == "Bag"
    window.redo.trigger()
    assert inspector.name.value() == "Red bag"


def test_undo_does_not_throw_away_what_cannot_be_saved(qtbot, window, bag):
    inspector = choose(qtbot, window, bag)
    write(qtbot, inspector.price, "lots")
    window.undo.trigger()
    assert inspector.price.value() == "lots"
    assert "not saved yet" in window.toast.words.text()
    assert window.context.get(read_product, bag).name == "Bag"


def test_an_undo_that_is_refused_says_what_stands_and_goes_to_what_is_in_its_way(qtbot, window, bag):
    window.go("profile")
    phone = window.page().fields["phone"]
    write(qtbot, phone, "12")
    window.go("catalog")
    window.context.act("Delete item", remove_products, [bag], done="Item deleted")
    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    assert "Nothing was undone" in window.toast.words.text()
    assert phone.editor.hasFocus()
    assert phone.value() == "12"
    qtbot.keyClick(phone.editor, Qt.Key.Key_Escape)
    window.undo.trigger()
    assert window.context.get(read_product, bag).name == "Bag"


def test_a_page_that_is_left_with_something_unsaved_keeps_it_and_is_one_click_away(qtbot, window):
    window.go("profile")
    phone, about = window.page().fields["phone"], window.page().fields["about"]
    write(qtbot, about, "Open")
    window.go("links")
    assert not window.toast.isVisible(), "it could be saved"
    window.go("profile")
    write(qtbot, phone, "12")
    window.go("links")
    assert "not saved yet" in window.toast.words.text()
    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    assert phone.editor.hasFocus()
    assert phone.value() == "12"
    assert phone.message.isVisible()


def test_the_toast_takes_back_what_it_tells_and_nothing_else(qtbot, window, bag):
    window.context.act("Delete item", remove_products, [bag], done="Item deleted")
    assert (window.toast.words.text(), window.toast.button.text()) == ("Item deleted", "Undo")
    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    assert window.context.get(read_product, bag).name == "Bag"
    window.context.act("Delete item", remove_products, [bag], done="Item deleted")
    window.context.run("Add item", add_product, "Belt")
    assert not window.toast.isVisible()


# Pages


def test_every_page_opens(qtbot, window):
    for place in PAGES:
        qtbot.mouseClick(window.sidebar.buttons[place.name], Qt.MouseButton.LeftButton)
        assert type(window.stack.currentWidget()).__name__ == place.kind
        assert window.sidebar.buttons[place.name].isChecked()
    for number, place in enumerate(PAGES[:9], 1):
        qtbot.keyClick(window, str(number), Qt.KeyboardModifier.ControlModifier)
        assert window.page() is window.stack.currentWidget()
        assert type(window.page()).__name__ == place.kind


def test_the_sidebar_counts(window, bag):
    buttons = window.sidebar.buttons
    assert (buttons["catalog"]._count, buttons["replies"]._count) == ("1", "")
    assert buttons["catalog"].accessibleDescription() == "1"
    window.context.run("Add reply", add_reply, "thanks", "Thank you")
    window.context.run("Delete item", remove_products, [bag])
    assert (buttons["catalog"]._count, buttons["replies"]._count) == ("", "1")
    assert window.sidebar.shop.text() == "Gifts"


def test_a_shop_gives_its_own_formats(window, bag):
    window.context.run("Home", update_profile, None, territory="EG", time_zone="Africa/Cairo")
    assert formats.settings().territory == "EG"


@pytest.mark.parametrize(("language", "program"), [("en", "Dukkan"), ("ar", "دكّان")])
def test_the_title_is_the_shops_name_whatever_it_is(window, bag, language, program):
    i18n.set_language(language)
    for name in ("Roses", "بيت الهدايا", "Sale [*] now", "[*][*]"):
        window.context.run("Name", update_profile, name=name)
        assert window.windowHandle().title() == f"\u2068{name}\u2069 — {program}"
    window.close_shop_now()
    window.show_welcome()
    assert window.windowHandle().title() == program


def test_find_on_this_page(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.page().search.hasFocus()


def test_the_profile_begins_at_its_first_field(qtbot, window, bag):
    window.focus_search()
    window.go("profile")
    qtbot.waitUntil(window.page().fields["name"].editor.hasFocus)


def test_the_keys_are_listed(qtbot, window):
    entry(window, "Help", "Keyboard shortcuts").trigger()
    dialog = window.findChild(QDialog)
    words = [label.text() for label in dialog.findChildren(Label)]
    assert "Quick search…" in words
    assert formats.ltr("Ctrl+K") in words
    assert {"Larger", formats.ltr("Ctrl++")} <= {*words}, "as read from left to right, here and in its menu"
    assert entry(window, "View").menu().actions()[3].text() == f"Larger\t{formats.ltr('Ctrl++')}"
    assert "Appearance" not in words
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    entry(window, "Help", "About Dukkan").trigger()
    about = next(box for box in window.findChildren(QDialog) if box.isVisible())
    assert any("not made by WhatsApp" in label.text() for label in about.findChildren(Label))
    about.accept()


def test_keys_are_given_once(window):
    keys = [sequence.toString() for action in window.findChildren(QAction) for sequence in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert QKeySequence(QKeySequence.StandardKey.Undo).toString() in keys


def test_without_a_shop_there_is_nowhere_to_go(qtbot, make):
    window = make()
    window.show_welcome()
    assert not any(button.isEnabled() for button in window.sidebar.buttons.values())
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, "K", Qt.KeyboardModifier.ControlModifier)
    assert window.page() is None


# Another language, look or size


SWITCHES = (  # one after the other; and how it is then
    (("View", "Appearance", "Dark"), lambda: theme.is_dark() and theme.pixels(100) == 100),
    (("View", "Smaller"), lambda: theme.pixels(100) == 90),
    (("View", "Larger"), lambda: theme.pixels(100) == 100),
    (("View", "Language", "العربية"), lambda: i18n.language() == "ar" and theme.is_dark()),
)


def test_a_switch_keeps_what_one_was_doing(qtbot, window, bag):
    other = window.context.run("Add item", add_product, "Brown bag")
    qtbot.keyClicks(window.page().search, "bag")
    qtbot.waitUntil(lambda: window.page()._job is None and len(window.page().grid.cards.ids) == 2)
    inspector = choose(qtbot, window, other)
    for number, (path, is_so) in enumerate(SWITCHES):
        before, settings = window.page(), window.settings
        write(qtbot, inspector.name, f"Black bag {number}")  # not saved yet
        entry(window, *path).trigger()
        qtbot.waitUntil(lambda before=before: window.page() is not before)
        settle(qtbot, window)
        page, inspector = window.page(), window.page().inspector
        assert is_so()
        assert page.search.text() == "bag"
        qtbot.waitUntil(lambda shown=inspector, name=f"Black bag {number}": shown.name.value() == name)
        assert config.load() == window.settings != settings
        right_to_left = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        assert right_to_left == (i18n.language() == "ar")
        assert (window.sidebar.mapTo(window, window.sidebar.rect().center()).x() > window.width() / 2) == right_to_left
        keys = [action.shortcut() for action in window.findChildren(QAction)]
        assert keys.count(QKeySequence("Ctrl+K")) == 1
        assert len(window.menuBar().actions()) == 5


def test_nothing_is_larger_than_the_screen_has_room_for(qtbot, window, monkeypatch):
    monkeypatch.setattr(theme, "largest_scale", lambda: 1.1)
    for wanted in (1.25, 2.0):
        before = window.page()
        window.settings_wanted.emit({"scale": wanted})
        qtbot.waitUntil(lambda before=before: window.page() is not before)
        settle(qtbot, window)
        assert (theme.pixels(100), config.load().scale) == (110, 1.1)
    speak(QApplication.instance(), config.Settings(scale=2.0))  # chosen on another screen
    assert theme.pixels(100) == 110


def test_two_quick_switches(qtbot, window, bag):
    choose(qtbot, window, bag)
    arabic, english = (entry(window, "View", "Language", name) for name in ("العربية", "English"))
    before = window.page()
    arabic.trigger()
    english.trigger()
    qtbot.waitUntil(lambda: window.page() is not before)
    settle(qtbot, window)
    assert (i18n.language(), window.undo.text()) == ("en", "Undo: Add item")
    qtbot.waitUntil(lambda: window.page().inspector.row() == bag)
    assert entry(window, "View", "Language", "English").isChecked()


def test_a_switch_does_not_throw_away_what_cannot_be_saved(qtbot, window, bag):
    inspector = choose(qtbot, window, bag)
    write(qtbot, inspector.price, "lots")
    window.go("replies")
    entry(window, "View", "Language", "العربية").trigger()
    QApplication.processEvents()
    assert i18n.language() == "en"
    assert window.page() is window.stack.currentWidget()
    assert window.page().inspector.price.value() == "lots"
    assert "not saved yet" in window.toast.words.text()
    menu = entry(window, "View", "Language").menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["English"]


def test_a_switch_while_something_is_read(qtbot, window, bag):
    window.page().search_again()
    before = window.page()
    entry(window, "View", "Appearance", "Dark").trigger()
    qtbot.waitUntil(lambda: window.page() is not before)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.page()._job is None)
    assert window.page().grid.cards.ids == [bag]


def test_a_switch_without_a_shop(qtbot, make):
    window = make()
    window.show_welcome("It is damaged.", "x.dukkan")
    entry(window, "View", "Language", "العربية").trigger()
    qtbot.waitUntil(lambda: window.layoutDirection() == Qt.LayoutDirection.RightToLeft)
    settle(qtbot, window)
    assert window._welcome is window.stack.currentWidget()
    assert "It is damaged." in [label.text() for label in window._welcome.findChildren(Label)]
    qtbot.mouseClick(window._welcome.languages[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.layoutDirection() == Qt.LayoutDirection.LeftToRight)


def test_a_shop_after_the_welcome_and_a_switch(qtbot, make, database):
    """The first page is made anew with the window, and not asked for when it is gone."""
    window = make()
    window.show_welcome()
    window._page = "catalog"
    window.set_database(database)
    window.rebuild()
    settle(qtbot, window)
    window.close_shop_now()
    window.show_welcome("Gone")
    assert window.stack.currentWidget() is window._welcome
    database.close = lambda: None


# The end, and the next time


def test_close_with_something_unsaved(qtbot, window, bag):
    inspector = choose(qtbot, window, bag)
    write(qtbot, inspector.name, "Red bag")
    write(qtbot, inspector.price, "lots")
    window.go("links")
    assert not window.close()
    assert window.page().inspector.price.value() == "lots"
    assert "close again" in window.toast.words.text()
    assert window.context.get(read_product, bag).name == "Red bag"
    assert window.close()


def test_close_with_something_unsaved_on_two_pages(qtbot, window, bag):
    write(qtbot, choose(qtbot, window, bag).price, "lots")
    window.go("profile")
    phone = window.page().fields["phone"]
    write(qtbot, phone, "12")
    window.page().fields["name"].setFocus()
    assert not window.page().commit()
    assert phone.editor.hasFocus(), "what is to be corrected is gone to"
    shown = []
    while not window.close():
        shown.append(window._page)
        window.go("links")
    assert sorted(shown) == ["catalog", "profile"], "each is shown before it is let go"
    assert phone.value() == "12"


def test_another_slip_is_told_again(qtbot, window, bag):
    inspector = choose(qtbot, window, bag)
    write(qtbot, inspector.price, "lots")
    assert not window.close()
    write(qtbot, inspector.price, "50")
    assert inspector.commit()
    write(qtbot, inspector.sale_price, "90")
    assert not window.close()
    assert inspector.sale_price.value() == "90"


def test_close_while_a_job_reads(qtbot, window, bag):
    window.page().search_again()
    job = window.page()._job
    delivered = []
    job.done.connect(delivered.append)
    window.close_shop_now()
    QApplication.processEvents()
    assert delivered == []
    assert window.page() is None


def test_the_window_comes_back_as_it_was(qtbot, make, shop):
    first = make()
    first.set_database(Database(shop))
    first.go("links")
    first.resize(1100, 700)
    assert first.close()
    first.close_shop_now()
    second = make()
    assert second.height() == first.height() == 700  # the width is more than this screen has
    second.set_database(Database(shop))
    assert second.stack.currentWidget() is second._pages["links"]
    second.close_shop_now()


def test_a_new_window_fits_on_a_small_screen(make):
    window = make()
    assert window.height() <= window.screen().availableSize().height() - 40


def test_a_damaged_memory_of_the_window_is_none(make, fresh):
    place = config.paths().config / "window.ini"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"[General]\ngeometry=rubbish\npage=../../etc\n\xff")
    assert make()._page == "home"


def is_at_the_one_thing_to_do(page):
    return any(empty.isVisible() and empty.button and empty.button.hasFocus() for empty in page.findChildren(Empty))


EMPTY = ("catalog", "replies", "customers", "orders", "board", "follow-ups", "send-lists", "phone")


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_page_has_the_keyboard_on_the_one_thing_to_do(qtbot, window, name):
    window.context.run("Edit profile", update_profile, None, name="Gifts")  # which is to be copied to the phone
    window.go("profile")
    for _time in range(2):
        window.page().findChild(LineField).editor.setFocus()
        window.go(name)
        qtbot.waitUntil(lambda: is_at_the_one_thing_to_do(window.page()))
        window.go("profile")
    window.sidebar.buttons[name].setFocus(Qt.FocusReason.TabFocusReason)
    window.go(name)
    QApplication.processEvents()
    assert window.sidebar.buttons[name].hasFocus(), "it stays where one went by keys"


def test_choosing_between_two_boards_stays_there_while_one_is_empty(qtbot, window):
    window.go("board")
    board = window.page()
    chip = next(part for part in board.kinds.findChildren(QAbstractButton) if not part.isChecked())
    chip.setFocus()
    chip.click()
    assert board.shown.currentWidget() is board.no_orders
    QApplication.processEvents()
    assert chip.hasFocus()


def test_read_only_is_said_above(make, shop):
    window = make()
    window._page = "catalog"
    with closing(Database(shop)):
        window.set_database(Database(shop, read_only=True))
        i18n.set_language("ar")
        assert "شيء. مفتوح على" in hindrance(window.context)[0], "two sentences, which have no full stop in Arabic"
    assert window.banner.isVisible()
    assert "read only" in window.banner.words.text()
    assert not window.undo.isEnabled()
    window.close_shop_now()


def test_what_is_open_to_read_only_is_opened_to_edit(qtbot, desk, shop):
    window = desk.window
    window.set_database(Database(shop, read_only=True))
    window.show()
    qtbot.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.context) and not window.context.read_only)
    assert not window.banner.isVisible()


def test_recent_shops(qtbot, make, fresh):
    secret = "postgresql://me:secret@server.example/shop"
    config.save(config.Settings(recent_shops=("/shops/a & b.dukkan", secret)))
    window = make()
    words = [action.text() for action in entry(window, "Shop", "Recent shops").menu().actions()]
    assert words == [formats.ltr("/shops/a && b.dukkan"), formats.ltr("server.example/shop")]
    window.settings = config.Settings()
    entry(window, "Shop").menu().aboutToShow.emit()
    assert not entry(window, "Shop", "Recent shops").isEnabled()


def test_speak_takes_the_systems_language_where_none_is_chosen(qapp, make, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ar_AE.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    speak(qapp, config.Settings())
    assert i18n.language() == "ar"
    speak(qapp, config.Settings(language="en"))
    assert i18n.language() == "en"


def test_settings_that_cannot_be_written_hold_until_the_end(qtbot, window, monkeypatch, fresh):
    fresh.write_text("a file in the way")
    before = window.page()
    entry(window, "View", "Appearance", "Dark").trigger()
    qtbot.waitUntil(lambda: window.page() is not before)
    settle(qtbot, window)
    assert theme.is_dark()
