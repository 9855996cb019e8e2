"""What the window remembers on this computer from one time to the next: its size and place, and the page shown."""

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow

from desktop import config

SIZE = (1320, 840)  # the first time
TITLE = 40  # px that a system may need for the title bar of the window


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
