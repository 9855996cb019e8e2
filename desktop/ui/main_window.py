"""The window: a sidebar, one page at a time, the menus, and what is said at its foot.

It is painted before the shop is open, so nothing that it imports may load SQLAlchemy; and as soon as can be, so what
the first paint does not show (icons, the entries of menus, what is said at the foot) is made right behind it.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop import config
from desktop.i18n import N_, _
from desktop.ui import theme, unsaved, window_state
from desktop.ui.pages import PAGES
from desktop.ui.sidebar import Place, Sidebar
from desktop.ui.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.data.database import Database
    from desktop.data.notice import Notice
    from desktop.ui.context import Context, Saying
    from desktop.ui.pages.page import Page
    from desktop.ui.pages.welcome import WelcomePage
    from desktop.ui.palette import Palette
    from desktop.ui.recovery import RecoveryPage, Trouble

MENUS = (N_("Shop"), N_("Edit"), N_("Go to"), N_("View"), N_("Help"))
GO = 2


class MainWindow(QMainWindow):
    """The one window. `open_shop` of the application gives it a database; another language rebuilds all it holds."""

    painted = Signal()  # once, when the window has first been seen
    shop_action = Signal(str, object)  # "new", "open", "sample", "read", "restore", …, and with what
    settings_wanted = Signal(object)  # what to change of the settings, by name

    def __init__(self, settings: config.Settings) -> None:
        super().__init__()
        self.settings = settings
        self.context: Context | None = None
        self._furnished = False
        self._painted = False
        self.stays = False  # beside the clock, when it is closed
        self._let_go: set[str] = set()  # pages that were shown when closing, with what cannot be saved
        self._pages: dict[str, Page] = {}
        self._page = "home"
        self._shop_name = ""
        self._palette: Palette | None = None
        self._welcome: WelcomePage | RecoveryPage | None = None
        self._show_without_shop: Callable[[], None] = self.show_welcome
        self._build()
        page = window_state.restore(self)
        if page in {entry.name for entry in PAGES}:
            self._page = page

    # What it is made of

    def _build(self) -> None:
        """Make what the first paint shows: at first, and again in another language."""
        self.setWindowTitle(window_state.title(self._shop_name))
        self._furnished = False
        self.setMinimumSize(theme.smallest_window(self))
        self.sidebar = Sidebar([Place(entry.name, _(entry.title), entry.icon, entry.group) for entry in PAGES])
        self.stack = QStackedWidget()
        self.waiting = Label(_("Opening…"), "muted", wrap=True)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.waiting)
        self.body, line = QWidget(), QWidget()
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self.column.addWidget(self.stack, 1)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        line.setFixedWidth(1)
        theme.look(line, "line")
        row.addWidget(self.sidebar)
        row.addWidget(line)
        row.addLayout(self.column, 1)
        self.setCentralWidget(self.body)
        self.menuBar().clear()
        self.menus = [self.menuBar().addMenu(_(title)) for title in MENUS]
        self.sidebar.chosen.connect(self.go)

    def furnish(self) -> None:
        """Make the rest, unless it is there: behind the first paint, or before the first thing that needs it."""
        if self._furnished:
            return
        self._furnished = True
        from PySide6.QtGui import QIcon

        from desktop.resources import resource
        from desktop.ui import menus
        from desktop.ui.reverse_action import ReverseAction
        from desktop.ui.widgets.banner import Banner
        from desktop.ui.widgets.toast import Toast

        self.setWindowIcon(QIcon(str(resource("icon.svg"))))
        self.sidebar.show_icons()
        self.banner: Banner = Banner()
        self.banner.acted.connect(self._on_banner)
        self.column.insertWidget(0, self.banner)
        self.toast: Toast = Toast(self.body)
        self.undo, self.redo = ReverseAction(self.body, redo=False), ReverseAction(self.body, redo=True)
        self.undo.triggered.connect(self._on_undo)
        self.redo.triggered.connect(self._on_redo)
        menus.fill(self)
        self._bring_up_to_date()

    def rebuild(self, renew: Callable[[], None] | None = None) -> None:
        """Make everything again, in another language, scheme or size, and show the same page.

        `renew` brings these about once the pages are gone: dressing all of them first took longer than the rest.
        """
        page = self.page()
        state = page.state() if page else None
        without_shop = self._welcome is not None and self.stack.currentWidget() is self._welcome
        self._drop_pages()
        if renew:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # gone means gone: not to be dressed again
            renew()
        self._welcome = None
        for menu in self.menus:
            menu.deleteLater()
        self._build()
        self.furnish()
        if without_shop:
            self._show_without_shop()
        else:
            self.go(self._page, state)

    def _drop_pages(self) -> None:
        if self._palette:
            self._palette.deleteLater()
            self._palette = None
        for page in self._pages.values():
            page.context.changed.disconnect(page._on_changed)
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    # The shop

    def set_database(self, database: "Database") -> None:
        """Show a shop that has been opened."""
        from desktop.ui.context import Context

        self.furnish()
        self.context = Context(database, self)
        self.context.changed.connect(self._on_changed)
        self.context.said.connect(self._on_said)
        self.context.reached.connect(self._on_reached)
        self.context.damaged.connect(self._bring_up_to_date, Qt.ConnectionType.QueuedConnection)
        self.context.wanted.connect(self.go)
        self._adopt_shop()
        self.go(self._page)

    def close_shop(self) -> bool:
        """Save what is being typed and close the shop; False if something typed cannot be saved as it is."""
        if not self.commit():
            return False
        self.close_shop_now()
        return True

    def close_shop_now(self) -> None:
        """Close the shop, whatever is typed."""
        if self.context:
            self._drop_pages()
            self.context.close()
            self.context.deleteLater()
            self.context = None
            self._shop_name = ""

    def commit(self, refused: str = "", closing: bool = False) -> bool:
        """Save what is typed; False at the first page that cannot, which is shown: once, and let go, when `closing`.

        `refused` says what this is in the way of.
        """
        for name, page in self._pages.items():
            if not page.commit() and not (closing and name in self._let_go):
                self.go(name)
                self._let_go |= {name} if closing else set()
                self.tell(refused or unsaved.in_the_way())
                return False
        return True

    def show_welcome(self, trouble: str = "", shop: object = None) -> None:
        """Show what to do without a shop: start one, open one, look around. `trouble` says why `shop` did not open."""
        from desktop.ui.pages.welcome import WelcomePage

        self.furnish()
        self._show_without_shop = partial(self.show_welcome, trouble, shop)
        page = WelcomePage(trouble, shop)
        page.settings_wanted.connect(self.settings_wanted)
        self._put_without_shop(page)

    def show_recovery(self, trouble: "Trouble") -> None:
        """Show why a shop file did not open, and the ways to get the shop back."""
        from desktop.ui.recovery import RecoveryPage

        self.furnish()
        self._show_without_shop = partial(self.show_recovery, trouble)
        self._put_without_shop(RecoveryPage(trouble, self))

    def _put_without_shop(self, page: "WelcomePage | RecoveryPage") -> None:
        if self._welcome:
            self.stack.removeWidget(self._welcome)
            self._welcome.deleteLater()
        self._welcome = page
        page.chosen.connect(self.shop_action)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self._bring_up_to_date()

    def show_waiting(self, sentence: str = "") -> None:
        """Say that a shop is on its way."""
        self.furnish()
        self.waiting.setText(sentence or _("Opening…"))
        self.stack.setCurrentWidget(self.waiting)
        self._bring_up_to_date()

    # Pages

    def page(self) -> "Page | None":
        """Return the page that is shown."""
        return self._pages.get(self._page)

    @Slot(str)
    @Slot(str, object)
    def go(self, name: str, target: object = None) -> None:
        """Show a page by its name, and on it what is wanted."""
        if self.context is None:
            return
        if name not in self._pages:
            entry = next(entry for entry in PAGES if entry.name == name)
            kind: Any = getattr(import_module(entry.module), entry.kind)
            self._pages[name] = kind(self.context)
            self._pages[name].settings_wanted.connect(self.settings_wanted)
            self._pages[name].shop_action.connect(self.shop_action)
            self.stack.addWidget(self._pages[name])
        left, self._page = self._page, name
        page = self._pages[name]
        self.stack.setCurrentWidget(page)
        if left != name and left in self._pages:
            unsaved.tell_left(self, left, self._pages[left])
        self.sidebar.set_current(name)
        if target is not None:
            page.show_target(target)

    def _adopt_shop(self) -> None:
        """Take the shop's own ways of writing numbers and times, and show its name."""
        from desktop.i18n import formats
        from desktop.services.profile import read_profile

        assert self.context, "there is a shop"
        profile = self.context.get(read_profile)
        formats.configure(territory=profile.territory, zone=profile.time_zone)
        self._shop_name = profile.name
        self._bring_up_to_date()

    @Slot()
    def _bring_up_to_date(self) -> None:
        """Show what the window itself says of the shop: its name, counts, what can be undone."""
        self.setWindowTitle(window_state.title(self._shop_name))
        self.sidebar.set_shop(self._shop_name or _("Dukkan"))
        self.sidebar.set_enabled({entry.name for entry in PAGES} if self.context else set())
        self.menus[GO].setEnabled(self.context is not None)
        if self.context:
            from desktop.ui.standing import counts, hindrance

            self.banner.say(*hindrance(self.context))
            if self.context.database.lost or self.context.database.damaged:  # there may be nothing to read
                return
            for name, count in counts(self.context).items():
                self.sidebar.set_count(name, count)
        else:
            self.banner.say("")
        for action in (self.undo, self.redo):
            action.follow(self.context.database if self.context else None)

    # What the menus do

    def tell(self, sentence: str) -> None:
        """Say something at the foot of the window, shop or no shop."""
        self.toast.say(sentence)

    @Slot()
    def open_palette(self) -> None:
        """Open the quick search over everything."""
        if self.context is None:
            return
        from desktop.ui import menus
        from desktop.ui.palette import Palette

        if self._palette is None:
            places = [(entry.name, _(entry.title), entry.icon) for entry in PAGES]
            self._palette = Palette(self.context, places, menus.entries(self), self)
        self._palette.open()

    @Slot()
    def focus_search(self) -> None:
        """Go to the search of the page, if it has one."""
        from desktop.ui.widgets.search_field import SearchField

        page = self.page()
        if page and (search := page.findChild(SearchField)):
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            search.selectAll()

    @Slot()
    def show_keys(self) -> None:
        """Show every key and what it does."""
        from desktop.ui import menus
        from desktop.ui.dialogs.about import KeysDialog

        KeysDialog(menus.entries(self), self).open()

    @Slot()
    def show_about(self) -> None:
        """Tell what this program is, and under which licences."""
        from desktop.ui.dialogs.about import AboutDialog

        AboutDialog(self).open()

    @Slot(object)
    def _on_changed(self, notice: "Notice") -> None:
        from desktop.data.models import Profile

        if notice.changes and not notice.elsewhere:
            self._let_go = set()
            self.toast.hide()  # its Undo would take back something else by now
        if notice.of(Profile):
            self._adopt_shop()
        else:
            self._bring_up_to_date()

    @Slot(bool)
    def _on_reached(self, there: bool) -> None:
        self._bring_up_to_date()
        if there:
            self.tell(_("The server is back."))
            QTimer.singleShot(0, self._save_again)  # once the pages have seen what others did meanwhile

    @Slot()
    def _save_again(self) -> None:
        """Save what was typed while the server could not be reached."""
        for page in self._pages.values():
            page.commit()

    @Slot()
    def _on_banner(self) -> None:
        from desktop.ui.standing import overcome

        overcome(self)

    @Slot(object)
    def _on_said(self, saying: "Saying") -> None:
        if saying.undo:
            self.toast.say(saying.sentence, _("Undo"), self._on_undo)
        elif saying.place and saying.place[0] != self._page:  # what has changed is not in sight
            self.toast.say(saying.sentence, _("Show"), partial(self.go, *saying.place))
        else:
            self.toast.say(saying.sentence)

    @Slot()
    def _on_undo(self) -> None:
        self._reverse(redo=False)

    @Slot()
    def _on_redo(self) -> None:
        self._reverse(redo=True)

    def _reverse(self, redo: bool) -> None:
        if self.context and self.commit("" if redo else unsaved.in_the_way_of_undo()):
            self.context.reverse(redo)

    # The window itself

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.furnish)
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed; what cannot be is shown page by page, and each let go at the next try."""
        if not self.commit(unsaved.in_the_way_of_closing(), closing=True):
            event.ignore()
            return
        window_state.keep(self, self._page)
        if self.stays:
            self.hide()
        event.setAccepted(not self.stays)
