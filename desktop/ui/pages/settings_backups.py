"""The card of the settings that says where backups are kept, takes a second folder for them, and leads to the past."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop import config
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.asking import ask_for_folder
from desktop.ui.saving import Opener, open_folder
from desktop.ui.widgets.buttons import flat, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.labels import Label


class BackupsCard(Card):
    """The folder on this computer, and a second one, such as on a USB stick: used whenever it is there.

    `history` and `rebuild` are for whoever shows it.
    """

    chosen = Signal(str)  # the second folder, or "" for none

    def __init__(self, second: str, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(_("Backups"))
        self._opener = opener
        words = _(
            "While the shop changes, it is backed up every half hour, before large changes, and when it is closed."
        )
        self.place = Label("", wrap=True)
        self.folder = flat(_("Open folder"), "folder-open")
        self.choose = quiet(_("Choose a second folder…"))
        self.leave = quiet(_("Use no second folder"))
        self.history = flat(_("History"), "history")
        self.rebuild = flat(_("Rebuild from an export…"), "archive-restore")
        row = FlowLayout(spacing=theme.pixels(8))
        for button in (self.choose, self.leave, self.folder, self.history, self.rebuild):
            row.addWidget(button)
        self.add(Label(words, "muted", wrap=True))
        self.add(self.place)
        self.add(row)
        self.choose.clicked.connect(self._on_choose)
        self.leave.clicked.connect(self._on_leave)
        self.folder.clicked.connect(self._on_open)
        self._show(second)

    def _show(self, second: str) -> None:
        if not second:
            text = _("A second folder, on a USB stick or in a cloud, keeps backups also if this computer is lost.")
        elif Path(second).is_dir():
            text = _("They are also kept in {folder}").format(folder=formats.ltr(second))
        else:
            text = _("They are also kept in {folder} whenever it is there. Now it is not.")
            text = text.format(folder=formats.ltr(second))
        self.place.setText(text)
        self.leave.setVisible(bool(second))

    @Slot()
    def _on_choose(self) -> None:
        ask_for_folder(self, _("Choose a second folder"), self.take)

    @Slot(str)
    def take(self, folder: str) -> None:
        """Use a folder as the second one."""
        self._show(folder)
        self.chosen.emit(folder)

    @Slot()
    def _on_leave(self) -> None:
        self.take("")

    @Slot()
    def _on_open(self) -> None:
        open_folder(config.backup_roots()[0], self._opener)
