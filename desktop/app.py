"""The window's composition root: named steps from nothing to a window with a shop in it, and nothing else."""

import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QThread, QTimer, QtMsgType, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop import config, i18n, report
from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.main_window import MainWindow

SETTLE = 500  # ms from the first page to what can wait for it

if TYPE_CHECKING:
    import logging

    from desktop.data.database import Database
    from desktop.ui.anywhere import Anywhere
    from desktop.ui.opener import Opener
    from desktop.ui.qt_words import QtWords
    from desktop.ui.recovery import Trouble


def run(shop: Path | str | None, language: str = "", palette: str | None = None) -> int:
    """Open the window with `shop`, or with the last one, or with what to do without any; return when it is closed.

    With `palette` the small window comes up over it, with this typed in it.
    """
    gc.disable()  # nearly all that is loaded stays, and looking it through is a seventh of a start; later see `Sweeper`
    settings = config.load()
    application = make_application(settings, language)
    window = MainWindow(settings)
    theme.dress(window)
    desk = Desk(application, window, shop, palette)
    window.painted.connect(desk.begin, Qt.ConnectionType.QueuedConnection)
    window.show()
    status = application.exec()
    desk.end()
    return status


def make_application(settings: config.Settings, language: str = "") -> QApplication:
    """Return the application, speaking the user's language and looking as the settings say."""
    application = QApplication.instance() or theme.start(sys.argv[:1])
    assert isinstance(application, QApplication), "something else than a window's program is running"
    application.setApplicationName("dukkan")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("dukkan")
    application.setQuitOnLastWindowClosed(True)
    speak(application, settings, language)
    return application


def speak(application: QApplication, settings: config.Settings, language: str = "") -> None:
    """Take the language, the digits and the looks of the settings; what is built from now on has them."""
    wanted = language or settings.language or config.system_locale()[0]
    if wanted != i18n.language():  # else the command has loaded it already, which takes 10 ms
        i18n.set_language(wanted)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if i18n.is_rtl() else Qt.LayoutDirection.LeftToRight)
    theme.apply(application, settings.theme, min(settings.scale, theme.largest_scale()))


def speak_qt(application: QApplication, old: "QtWords | None" = None) -> "QtWords":
    """Have Qt's own words (of its file dialogs, of the menus of fields) in the language too, where it has them.

    Returns what they come from, to be given as `old` with the next language.
    """
    from desktop.ui.qt_words import QtWords

    if old:
        old.leave()
    words = QtWords(application)
    if words.there:
        application.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if i18n.is_rtl() else Qt.LayoutDirection.LeftToRight
        )
    return words


def write_as(settings: config.Settings) -> None:
    """Write numbers, times and money as the settings say."""
    from desktop.i18n import formats

    formats.configure(digits=settings.digits, clock=settings.clock, money=settings.money)


class Desk(QObject):
    """Opens and closes shops in the window, as the window asks for them, and applies settings."""

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        first: Path | str | None = None,
        palette: str | None = None,
    ) -> None:
        super().__init__(application)
        self.application = application
        self.window = window
        self._first = first
        self._palette = palette
        self.anywhere: Anywhere | None = None
        self._words: QtWords | None = None  # Qt's own, in the language in use
        self._language = ""  # to go on with, whatever the settings say
        self._opener: Opener | None = None
        self._coming: tuple[Path | str, bool] | None = None  # the shop that is being opened, and whether to read only
        self._trouble: Trouble | None = None  # of the shop that did not open last
        window.shop_action.connect(self._on_shop_action)
        window.settings_wanted.connect(self._on_settings)

    def prepare(self) -> None:
        """Do what the first paint need not wait for: the log, numbers and dates, and the place for slips."""
        from desktop import log
        from desktop.ui.crash import CrashHandler

        log.start()
        write_as(self.window.settings)
        self._words = speak_qt(self.application)  # before there is a page, every widget of which would be told
        self.crashes = CrashHandler(self.window)
        sys.excepthook = self.crashes.catch
        qInstallMessageHandler(_log_qt)

    @Slot()
    def begin(self) -> None:
        """Open the shop to begin with: the one that was named, else the last one, if there is any."""
        self.prepare()
        shop = self._first
        last = self.window.settings.last_shop
        if shop is None and last:
            shop = last if "://" in last else Path(last)
        if shop is None:
            self.window.show_welcome()
            self._settle_soon()
        else:
            self.open(shop)

    def _settle_soon(self) -> None:
        QTimer.singleShot(SETTLE, self.settle)

    @Slot()
    def settle(self) -> None:
        """Do what can wait until the first page is there: hear keys and other starts, collect what nobody needs."""
        if self.anywhere is None:
            from desktop.ui import crash
            from desktop.ui.anywhere import Anywhere
            from desktop.ui.garbage import Sweeper
            from desktop.ui.keyboard import Keyboard

            self.application.installEventFilter(Keyboard(self.application))
            self.anywhere = Anywhere(self.application, self.window)
            Sweeper(self)
            crash.show_last(self.window)

    def open(self, shop: Path | str, read_only: bool = False) -> None:
        """Open another shop, once what is typed in this one is saved; to ask twice for one is to ask once."""
        from desktop.ui.opener import Opener

        if not self.window.close_shop():
            return
        if isinstance(shop, str):
            from desktop.data.passwords import hold

            shop = hold(shop)
        if self._coming == (shop, read_only):  # else it would find itself locked
            return
        self._coming = shop, read_only
        self.window.show_waiting()
        self._opener = Opener(shop, read_only, self)
        self._opener.opened.connect(self._on_opened)
        self._opener.failed.connect(self._on_failed)
        self._opener.start()

    def end(self) -> None:
        """Close the shop when the window is gone, and wait for what is still at work."""
        self._opener = None
        if self.anywhere:
            self.anywhere.close()
        self.window.close_shop_now()
        for thread in (*self.findChildren(QThread), *self.window.findChildren(QThread)):
            thread.wait()
        gc.enable()  # not before: in a thread it would destroy widgets that are not of that thread
        QApplication.sendPostedEvents(self)  # a shop that has just been opened is closed
        qInstallMessageHandler(None)
        report.stop()

    @Slot(object)
    def _on_opened(self, database: "Database") -> None:
        if self.sender() is not self._opener:  # another one is wanted by now, or none
            database.close()
            return
        self._coming = None
        if not gc.get_freeze_count():
            gc.freeze()  # what is loaded stays: later searches for garbage leave it out, and halt the window for less
        from sqlalchemy.exc import SQLAlchemyError

        from desktop.data.engines import Refused

        try:
            self.window.set_database(database)
        except (SQLAlchemyError, Refused) as error:  # the damage is in what is only read now
            _logger().error("The shop could not be shown", exc_info=error)
            self.window.close_shop_now()
            self._refuse(error)
            return
        if not _is_sample(database.where):
            self._remember(database.where)
            if self.window.context:
                self.window.context.backups.start()
        if database.unclean and self.window.context:
            job = self.window.context.work(lambda _token: database.is_whole())
            job.done.connect(self._on_checked)
            job.start()
        if self._palette is None:
            self._settle_soon()
            return
        self.settle()
        assert self.anywhere, "it has settled"
        self.anywhere.show_pocket(self._palette)
        self._palette = None

    @Slot(object)
    def _on_checked(self, whole: bool) -> None:
        """Say what came of looking through a shop that was not closed."""
        if whole:
            self.window.tell(_("Dukkan was not closed last time. The shop was checked, and nothing in it is damaged."))
            return
        assert self._opener, "a shop was opened"
        self._give_up(Path(self._opener.where))

    def _give_up(self, shop: Path) -> None:
        """Close a shop that is damaged, and show how to get it back."""
        from desktop.data.engines import damaged

        self.window.close_shop_now()
        self._refuse(damaged(shop))

    def _remember(self, where: Path | str) -> None:
        settings = self.window.settings
        if settings.last_shop == str(where) and settings.recent_shops[:1] == (str(where),):
            return  # as most times: nothing is read and written anew
        try:
            self.window.settings = config.remember_shop(where)
        except OSError:
            _logger().warning("The settings could not be written", exc_info=True)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        from desktop.data.engines import Refused
        from desktop.data.lock import Locked

        if self._opener is None or self.sender() is not self._opener:
            return
        self._coming = None
        if not isinstance(error, (Refused, Locked, OSError, SQLAlchemyError)):
            _logger().error("The shop could not be opened", exc_info=error)
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        """Say why the shop is not shown, beside what else can be done."""
        from desktop.ui.opener import file_trouble, server_trouble

        assert self._opener, "it was about to be opened"
        where = self._opener.where
        if isinstance(where, Path):
            self._trouble = file_trouble(error, where)
            self.window.show_recovery(self._trouble)
        else:
            sentence, ask = server_trouble(error)
            self.window.show_welcome(sentence, where)
            if ask:
                from desktop.ui.servers import connect_shop

                connect_shop(self.window, self.open, where, str(error))
        self._settle_soon()

    @Slot(str, object)
    def _on_shop_action(self, what: str, argument: object) -> None:
        from desktop.ui import opening

        if what == "new":
            opening.start_shop(self.window, self.open)
        elif what in ("connect", "move"):
            from desktop.ui import servers

            begin = servers.connect_shop if what == "connect" else servers.move_shop
            begin(self.window, self.open)
        elif what == "rebuild":
            from desktop.ui.rebuilding import choose_export

            choose_export(self.window, self.open)
        elif what == "damaged":
            self._give_up(Path(str(argument)))
        elif what == "restore":
            self._restore(Path(str(argument)))
        elif what in ("backups", "salvage"):
            from desktop.ui import recovery

            assert self._trouble, "a shop did not open"
            if what == "backups":
                recovery.choose_backup(self.window, self._trouble.shop)
            else:
                recovery.salvage_shop(self.window, self._trouble, self.open)
        elif what == "sample":
            opening.open_sample(self.window, str(argument), self.open)
        elif argument is None:
            opening.choose_shop(self.window, self.open)
        else:
            shop = argument if isinstance(argument, Path) or "://" in str(argument) else Path(str(argument))
            self.open(shop if isinstance(shop, Path) else str(shop), read_only=what == "read")

    def _restore(self, backup: Path) -> None:
        """Put a backup in the place of the shop that is open, or of the one that did not open."""
        from desktop.ui.restoring import replace_shop, restore_shop

        if self.window.context:
            restore_shop(self.window, backup, self.open)
        elif self._trouble:
            replace_shop(self.window, self._trouble.shop, backup, self.open)

    @Slot(object)
    def _on_settings(self, changed: dict[str, Any]) -> None:
        if "scale" in changed:
            scale = min(changed["scale"], config.SCALES[1], theme.largest_scale())
            changed = changed | {"scale": round(max(scale, config.SCALES[0]), 2)}
        if not self.window.commit():
            return
        try:
            settings = config.change(**changed)
        except OSError:  # the choice holds until the window is closed
            settings = replace(self.window.settings, **changed)
        self.window.settings = settings
        self._language = "" if "language" in changed else i18n.language()  # which the command may have chosen
        QTimer.singleShot(0, self._rebuild)  # not in the middle of a click on what is about to go

    @Slot()
    def _rebuild(self) -> None:
        self.window.rebuild(self._renew)

    def _renew(self) -> None:
        settings = self.window.settings
        speak(self.application, settings, self._language)
        write_as(settings)
        self._words = speak_qt(self.application, self._words)
        if self.anywhere:
            self.anywhere.settle()


def _is_sample(where: Path | str) -> bool:
    from desktop.ui.opening import sample_folder

    return isinstance(where, Path) and sample_folder() in where.parents


def _logger() -> "logging.Logger":
    import logging

    return logging.getLogger(__name__)


def _log_qt(kind: QtMsgType, _context: object, message: str) -> None:
    import logging

    level = logging.ERROR if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) else logging.WARNING
    logging.getLogger("qt").log(level, message)


def shot(where: Path | str, page: str, language: str, scheme: str, width: int, height: int, out: Path) -> None:
    """Write a picture of a page of a shop, as the window shows it at this size; see `desktop.ui.shot`."""
    from desktop.ui.shot import take

    settings = replace(config.load(), theme="dark" if scheme == "dark" else "light", language=language, scale=1.0)
    write_as(settings)
    take(make_application(settings, language), settings, where, page, width, height, out)


def tour(out: Path) -> int:
    """Drive the real window through the main job on a sample shop; see `desktop.ui.tour`. Returns an exit code."""
    from desktop.ui.tour import Tour

    settings = replace(config.load(), theme="light", scale=1.0)
    write_as(settings)
    return Tour(make_application(settings, "en"), settings, out, speak).run()
