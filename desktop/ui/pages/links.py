"""Links and QR: one link, the codes of many items, the campaigns in which links are handed out."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.data.notice import Notice
from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.campaigns import Campaigns
from desktop.ui.pages.many_links import ManyLinks
from desktop.ui.pages.one_link import OneLink
from desktop.ui.pages.page import Page
from desktop.ui.saving import Opener
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.page_header import PageHeader

TABS = {
    # TRANSLATORS: views of the page Links and QR.
    "one": N_("One link"),
    "many": N_("Many at once"),
    "campaigns": N_("Campaigns"),
}


class Where(NamedTuple):
    """What one was looking at: one of TABS, and what its view says of itself."""

    tab: str
    state: object


class LinksPage(Page):
    """Views; each is made when it is first looked at."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._opener = opener
        self._views: dict[str, Page] = {}
        self.tabs = Chips(_("Links and QR"))
        self.tabs.set_chips([(tab, _(title), "") for tab, title in TABS.items()])
        self.stack = QStackedWidget()
        around = theme.pixels(24)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addWidget(PageHeader(_("Links and QR")))
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._on_tab)
        self._open("one")

    def view(self) -> Page:
        """Return the view that is shown."""
        return self._views[str(self.tabs.value())]

    def on_changed(self, notice: Notice) -> None:
        """Nothing to do: the views follow by themselves."""

    def show_target(self, target: object) -> None:
        """Show ("item", id), ("many", ids), ("campaign", id), or what `state` returned."""
        match target:
            case Where():
                self._open(target.tab).show_target(target.state)
            case ("item", int()):
                self._open("one").show_target(target)
            case ("many", list(items)):
                self._open("many").show_target(items)
            case ("campaign", int(campaign)):
                self._open("campaigns").show_target(campaign)

    def state(self) -> Where:
        """Return the view that is shown, and its own state."""
        return Where(str(self.tabs.value()), self.view().state())

    def _open(self, tab: str) -> Page:
        if tab not in self._views:
            kinds = {"one": OneLink, "many": ManyLinks, "campaigns": Campaigns}
            self._views[tab] = kinds[tab](self.context, self._opener)
            self.stack.addWidget(self._views[tab])
        self.tabs.set_value(tab)
        self.stack.setCurrentWidget(self._views[tab])
        return self._views[tab]

    @Slot(object)
    def _on_tab(self, tab: str) -> None:
        self._open(tab)
