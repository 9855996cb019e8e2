"""The menus: every action has an entry, a word and a key."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop import i18n
from desktop.i18n import N_, _

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

THEMES = (("system", N_("Same as the system")), ("light", N_("Light")), ("dark", N_("Dark")))
SAMPLES = (("gifts", N_("Gift shop")), ("bakery", N_("Bakery")))


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
    _entry(about, _("About Dukkan"), window.show_about)


def _entry(menu: QMenu, text: str, slot: object, keys: str = "") -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(slot)
    return action


def _shop(window: "MainWindow", menu: QMenu) -> None:
    _entry(menu, _("Start my shop…"), partial(window.shop_action.emit, "new", None), "Ctrl+Shift+N")
    _entry(menu, _("Open a shop…"), partial(window.shop_action.emit, "open", None), "Ctrl+O")
    recent = menu.addMenu(_("Recent shops"))
    for place in window.settings.recent_shops:
        _entry(recent, place, partial(window.shop_action.emit, "open", place))
    recent.setEnabled(bool(window.settings.recent_shops))
    samples = menu.addMenu(_("Look around a sample shop"))
    for name, title in SAMPLES:
        _entry(samples, _(title), partial(window.shop_action.emit, "sample", name))
    menu.addSeparator()
    _entry(menu, _("Quit"), window.close, "Ctrl+Q")


def _go(window: "MainWindow", menu: QMenu) -> None:
    from desktop.ui.main_window import PAGES

    for number, entry in enumerate(PAGES, 1):
        _entry(menu, _(entry.title), partial(window.go, entry.name), f"Ctrl+{number}")


def _view(window: "MainWindow", menu: QMenu) -> None:
    languages = menu.addMenu(_("Language"))
    group = QActionGroup(languages)
    for code, name in i18n.LANGUAGES.items():
        action = _entry(languages, name, partial(window.settings_wanted.emit, {"language": code}))
        action.setCheckable(True)
        action.setChecked(code == i18n.language())
        group.addAction(action)
    themes = menu.addMenu(_("Appearance"))
    group = QActionGroup(themes)
    for name, title in THEMES:
        action = _entry(themes, _(title), partial(window.settings_wanted.emit, {"theme": name}))
        action.setCheckable(True)
        action.setChecked(name == window.settings.theme)
        group.addAction(action)
    menu.addSeparator()
    scale = window.settings.scale
    _entry(menu, _("Larger"), partial(window.settings_wanted.emit, {"scale": scale + 0.1}), "Ctrl++")
    _entry(menu, _("Smaller"), partial(window.settings_wanted.emit, {"scale": scale - 0.1}), "Ctrl+-")
    _entry(menu, _("Normal size"), partial(window.settings_wanted.emit, {"scale": 1.0}), "Ctrl+0")
