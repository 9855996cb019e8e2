"""The filters of the catalog: words, collections, status, what needs attention, the order, and saved searches."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu
from sqlalchemy.orm import Session

from desktop.i18n import N_, _
from desktop.services.searches import Saved, list_searches, remove_search, rename_search, save_search
from desktop.services.terms import Search
from desktop.ui.context import Context
from desktop.ui.pages.catalog_terms import ITEMS
from desktop.ui.pages.filters import Filters
from desktop.ui.widgets.buttons import icon_button


class CatalogFilters(Filters):
    """What one is looking for; its groups are the collections, and saved searches are chips behind them."""

    sign = "bookmark"

    def __init__(self, context: Context) -> None:
        title = _("Collections and saved searches")
        super().__init__(context, ITEMS, _("Search name, description, code or price"), title)
        self._saved: list[Saved] = []
        self.save = icon_button("bookmark-plus", _("Save this search…"))
        self.rename = icon_button("pencil", _("Rename this search…"))
        self.forget = icon_button("trash-2", _("Delete this saved search"))
        self.save.clicked.connect(self._on_save)
        self.rename.clicked.connect(self._on_rename)
        self.forget.clicked.connect(self._on_forget)
        for button in (self.rename, self.forget):
            button.setDisabled(context.read_only)
        self.lay_out(self.save, acts=(self.rename, self.forget))

    def read(self, session: Session) -> None:
        super().read(session)
        self._saved = list_searches(session)

    def further(self) -> Mapping[object, str]:
        return {saved: saved.name for saved in self._saved}

    def is_on(self, value: object) -> bool:
        return value == self._saved_one() if isinstance(value, Saved) else super().is_on(value)

    def show_search(self) -> None:
        saved = self._saved_one()
        for button in (self.rename, self.forget):
            button.setVisible(saved is not None)
        self.save.setEnabled(not (self.is_empty() or saved or self.context.read_only))
        super().show_search()

    def _saved_one(self) -> Saved | None:
        """Return the saved search that is shown, if it is one."""
        now = self.search()
        return next((saved for saved in self._saved if saved.search == now), None)

    # What one does

    def press(self, value: object, _checked: bool = False) -> None:
        if isinstance(value, Saved):  # everything where it is that already
            self.look_for(Search() if self.is_on(value) else value.search)
        else:
            super().press(value)

    def add_actions(self, menu: QMenu) -> None:
        menu.addAction(_("Save this search…"), self._on_save).setDisabled(self.context.read_only)

    @Slot()
    def _on_save(self) -> None:
        from desktop.ui.dialogs.name import NameDialog

        search = self.search()
        name = _(", ").join(word for word in (search.typed, *map(self.words, search.terms)) if word)
        title = _("Save this search")
        NameDialog(title, _("Name of the search"), name, _("Save"), self._keep_new, self).open()

    def _keep_new(self, name: str) -> str:
        return self.context.save(N_("Save search"), save_search, name, self.search())

    @Slot()
    def _on_rename(self) -> None:
        from desktop.ui.dialogs.name import NameDialog

        if saved := self._saved_one():
            keep = partial(self._keep_name, saved)
            NameDialog(_("Rename"), _("Name of the search"), saved.name, _("Rename"), keep, self).open()

    def _keep_name(self, saved: Saved, name: str) -> str:
        return self.context.save(N_("Rename search"), rename_search, saved.id, saved.version, name)

    @Slot()
    def _on_forget(self) -> None:
        if saved := self._saved_one():
            self.context.act(N_("Delete saved search"), remove_search, saved.id, done=_("Saved search deleted"))
