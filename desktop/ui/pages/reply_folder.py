"""The folder of a quick reply: chosen among those there are, or made by typing its name."""

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.field import LineField, Save


class FolderField(LineField):
    """A folder's name: one there is, offered while one types, or a new one."""

    def __init__(self, save: Save[str]) -> None:
        super().__init__(_("Folder"), save, placeholder=_("None"))
        self._names = QStringListModel(self)
        offers = QCompleter(self._names, self)
        offers.setFilterMode(Qt.MatchFlag.MatchContains)
        offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = offers.popup()
        assert popup, "made by the completer"
        popup.setParent(self, popup.windowFlags())  # so that it looks as its window says
        theme.look(popup, "popup")
        self.editor.setCompleter(offers)
        offers.activated.connect(self._on_completed)

    def offer(self, names: list[str]) -> None:
        """Offer these."""
        self._names.setStringList(names)

    @Slot(str)
    def _on_completed(self, name: str) -> None:
        self.editor.setText(name)
        self._on_edited()
        self.commit()
