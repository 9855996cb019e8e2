"""The menus: every action has an entry, a word and a key."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from desktop import i18n
from desktop.i18n import N_, _, formats
from desktop.ui import backup_menu, theme
from desktop.ui.pages import PAGES

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

Role = QAction.MenuRole
THEMES = (("system", N_("Same as the system")), ("light", N_("Light")), ("dark", N_("Dark")))
SAMPLES = (("gifts", N_("Gift shop")), ("bakery", N_("Bakery")))

NUMBERED = 9  # pages that are opened by a number: Ctrl+0 is for the size
SETTINGS_KEY = "Ctrl+,"


def fill(window: "MainWindow") -> None:
    """Fill the menus of the window, which are made anew with it."""
    shop, edit, go, view, about = window.menus
    _shop(window, shop)
    edit.addActions([window.undo, window.redo])
    edit.addSeparator()
    _entry(edit, _("Quick search…"), window.open_palette, "Ctrl+K")
    _entry(edit, _("Find on this page"), window.focus_search, "Ctrl+F")
    _go(window, go)
    _view(window, view)
    _entry(about, _("Keyboard shortcuts"), window.show_keys, "F1")
    _entry(about, _("About Dukkan"), window.show_about, role=Role.AboutRole)
    bar = window.menuBar()
    for menu in window.menus:
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, bar, partial(_leave, bar)))


def _leave(bar: QMenuBar) -> None:
    """Give the keyboard back once a menu that the mouse opened is closed: Qt's first Esc leaves it, lit, in the bar."""
    if bar.hasFocus() and QApplication.activePopupWidget() is None:
        escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(bar, escape)


def words(action: QAction) -> str:
    """Return what an entry says as it is read: without marks of access keys, and without its key."""
    return action.text().partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def entries(window: "MainWindow") -> list[QAction]:
    """Return every entry of the menus, and of the menus inside them, in their order."""
    return [leaf for menu in window.menuBar().actions() for leaf in _leaves(menu)]


def _leaves(action: QAction) -> list[QAction]:
    menu = action.menu()
    if not isinstance(menu, QMenu):
        return [] if action.isSeparator() else [action]
    return [leaf for entry in menu.actions() for leaf in _leaves(entry)]


def _entry(menu: QMenu, text: str, slot: object, keys: str = "", role: Role = Role.NoRole) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.setMenuRole(role)  # else macOS guesses one from an English word
    if keys:
        action.setShortcut(QKeySequence(keys))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if not shown[-1].isalnum():  # read from right to left, a sign would stand before the word
            action.setText(f"{action.text()}\t{formats.ltr(shown)}")
    action.triggered.connect(slot)
    return action


def _shop(window: "MainWindow", menu: QMenu) -> None:
    _entry(menu, _("Start my shop…"), partial(window.shop_action.emit, "new", None), "Ctrl+Shift+N")
    _entry(menu, _("Open a shop…"), partial(window.shop_action.emit, "open", None), "Ctrl+O")
    _entry(menu, _("Connect to a shop on a server…"), partial(window.shop_action.emit, "connect", None))
    _entry(menu, _("Rebuild from an export…"), partial(window.shop_action.emit, "rebuild", None))
    recent = menu.addMenu(_("Recent shops"))
    menu.aboutToShow.connect(partial(_fill_recent, window, recent))
    _fill_recent(window, recent)
    samples = menu.addMenu(_("Look around a sample shop"))
    for name, title in SAMPLES:
        _entry(samples, _(title), partial(window.shop_action.emit, "sample", name))
    menu.addSeparator()
    items = _entry(menu, _("Import items…"), partial(_import, window), "Ctrl+Shift+I")
    menu.aboutToShow.connect(partial(_allow_import, window, items))
    menu.addSeparator()
    backup_menu.fill(window, menu)
    move = _entry(menu, _("Move to a server…"), partial(window.shop_action.emit, "move", None))
    menu.aboutToShow.connect(partial(_allow_move, window, move))
    menu.addSeparator()
    _entry(menu, _("Quit"), window.close, "Ctrl+Q", Role.QuitRole)


def _import(window: "MainWindow") -> None:
    if window.context and not window.context.read_only and window.commit():
        from desktop.ui.item_files import open_import

        open_import(window.context, window)


def _allow_import(window: "MainWindow", action: QAction) -> None:
    action.setEnabled(window.context is not None and not window.context.read_only)


def _allow_move(window: "MainWindow", action: QAction) -> None:
    shop = window.context.database.where if window.context else ""
    action.setEnabled(window.context is not None and not window.context.read_only)
    action.setText(_("Move to a file…") if isinstance(shop, str) and shop else _("Move to a server…"))


def _fill_recent(window: "MainWindow", menu: QMenu) -> None:
    menu.clear()
    for place in window.settings.recent_shops:
        _entry(menu, formats.ltr(_shown(place)), partial(window.shop_action.emit, "open", place))
    menu.setEnabled(not menu.isEmpty())


def _shown(place: str) -> str:
    """Return the path of a shop, or its address without the password."""
    if "://" not in place:
        return place
    address = urlsplit(place)
    return f"{address.hostname or ''}{address.path}"


def _go(window: "MainWindow", menu: QMenu) -> None:
    for number, entry in enumerate(PAGES, 1):
        keys = f"Ctrl+{number}" if number <= NUMBERED else SETTINGS_KEY if entry.name == "settings" else ""
        _entry(menu, _(entry.title), partial(window.go, entry.name), keys)
    menu.addSeparator()
    _entry(menu, _("New order"), partial(window.go, "orders", "new"), "Ctrl+Shift+O")


def _view(window: "MainWindow", menu: QMenu) -> None:
    themes = [(name, _(title)) for name, title in THEMES]
    _choice(window, menu.addMenu(_("Language")), "language", list(i18n.LANGUAGES.items()), i18n.language)
    _choice(window, menu.addMenu(_("Appearance")), "theme", themes, lambda: window.settings.theme)
    menu.addSeparator()
    scale = min(window.settings.scale, theme.largest_scale())
    larger = _entry(menu, _("Larger"), partial(window.settings_wanted.emit, {"scale": scale + 0.1}), "Ctrl++")
    larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
    _entry(menu, _("Smaller"), partial(window.settings_wanted.emit, {"scale": scale - 0.1}), "Ctrl+-")
    _entry(menu, _("Normal size"), partial(window.settings_wanted.emit, {"scale": 1.0}), "Ctrl+0")


def _choice(
    window: "MainWindow", menu: QMenu, setting: str, choices: list[tuple[str, str]], now: Callable[[], str]
) -> None:
    """Fill a menu with the values of a setting, of which the one that holds `now` is marked."""
    group = QActionGroup(menu)
    for value, name in choices:
        action = _entry(menu, name, partial(window.settings_wanted.emit, {setting: value}))
        action.setCheckable(True)
        action.setData(value)
        group.addAction(action)
    menu.aboutToShow.connect(partial(_mark, group, now))  # a choice that could not be followed marks itself too
    _mark(group, now)


def _mark(group: QActionGroup, now: Callable[[], str]) -> None:
    for action in group.actions():
        action.setChecked(action.data() == now())
