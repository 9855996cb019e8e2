"""How the window is called, and what it remembers on this computer: its size and place, and the page shown."""

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow

from desktop import config
from desktop.i18n import _, formats

SIZE = (1320, 840)  # the first time
TITLE = 40  # px that a system may need for the title bar of the window


def title(shop: str) -> str:
    """Return what the bar of the window, and the system where it lists windows, call it with this shop or without."""
    if not shop:
        return _("Dukkan")
    # TRANSLATORS: the title of the window; {shop} is the shop's name.
    words = _("{shop} — Dukkan").format(shop=formats.auto(shop))
    return words.replace("[*]", "[*][*]")  # one alone is Qt's place for the mark of what is not saved


def settings() -> QSettings:
    """Return where it is kept; pages may keep there how they were looked at, under a key of their own."""
    return QSettings(str(config.paths().config / "window.ini"), QSettings.Format.IniFormat)


def restore(window: QMainWindow) -> str:
    """Give the window the size and place of the last time, and return the name of the page that was shown."""
    kept = settings()
    geometry = kept.value("geometry")
    if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
        room = window.screen().availableSize() - QSize(0, TITLE)
        window.resize(QSize(*SIZE).boundedTo(room))
    return str(kept.value("page", ""))


def keep(window: QMainWindow, page: str) -> None:
    """Keep it for the next time."""
    kept = settings()
    kept.setValue("geometry", window.saveGeometry())
    kept.setValue("page", page)
