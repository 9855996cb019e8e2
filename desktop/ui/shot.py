"""A picture of a page, as the real window shows it: for the README, and to look at before a page is called done."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop import config
from desktop.data.database import Database
from desktop.exchange.files import CannotWrite
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.tasks import Job

SETTLED = 150  # ms without anything more to do, after which a page looks as it will


def take(
    application: QApplication,
    settings: config.Settings,
    where: Path | str,
    page: str,
    width: int,
    height: int,
    out: Path,
) -> None:
    """Open the shop to read only, show the page at this size, and write the picture. Raises CannotWrite."""
    window = MainWindow(settings)
    theme.dress(window)  # as the program does, where a page is built before it has its looks
    window.resize(width, height)
    window.show()
    database = Database(where, read_only=True)
    database.read_only = False  # what is drawn is the page as one uses it; nothing can be written all the same
    window.set_database(database)
    try:
        window.go(page)
        settle(window)
        save(window, out)
    finally:
        window.close_shop_now()
        window.close()
        window.deleteLater()


def save(window: MainWindow, out: Path) -> None:
    """Write a picture of the window as it is now. Raises CannotWrite."""
    application = QApplication.instance()
    assert application, "there is a window"
    if not window.grab().save(str(out)):
        raise CannotWrite(_("{path} cannot be written.").format(path=formats.ltr(str(out))))


def settle(window: MainWindow) -> None:
    """Wait until the window has nothing more to do: what is read behind is there, and everything is painted."""
    quiet = 0
    while quiet < 2:
        loop = QEventLoop()
        QTimer.singleShot(SETTLED, loop.quit)
        loop.exec()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        busy = window.context is not None and any(job.isRunning() for job in window.context.findChildren(Job))
        quiet = 0 if busy else quiet + 1
