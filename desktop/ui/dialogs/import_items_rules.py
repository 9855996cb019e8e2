"""The third step of an import: what is done with items that are here already, empty cells, and pictures."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.exchange.importing import Rules
from desktop.exchange.picture_sources import By
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.asking import documents
from desktop.ui.dialogs.importing_file import FileStep
from desktop.ui.widgets.buttons import flat, quiet, row_of
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.file_dialog import FileDialog
from desktop.ui.widgets.labels import ElidedLabel, Label


class RulesStep(QWidget):
    """Four questions, each answered with what does least harm, and where the pictures are."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Path | None = None
        self._dialog: FileDialog | None = None
        self.match = Choice(
            [("code", _("By their code, and by their name where there is none")), ("name", _("By their name"))]
        )
        self.found = Choice(
            [
                ("update", _("Bring them up to date")),
                ("skip", _("Leave them as they are")),
                ("new", _("Leave them, and make new items")),
            ]
        )
        self.empty = Choice([("keep", _("Keep what the item has")), ("clear", _("Empty the item's field too"))])
        self.missing = Choice([("keep", _("Leave them as they are")), ("hide", _("Hide them"))])
        self.folder = quiet(_("A folder of pictures…"), "folder-open")
        self.archive = quiet(_("A ZIP file…"), "file-archive")
        self.without = flat(_("No pictures"))
        self.by = Choice(
            [
                # TRANSLATORS: how the picture files of a folder are matched with the rows of a table.
                ("auto", _("Named after the item's code, its name, or as the row says")),
                ("order", _("In order: the first picture for the first row, and so on")),
            ]
        )
        self.by.setAccessibleName(_("How pictures find their items"))
        self.pictures = ElidedLabel("", "", Qt.TextElideMode.ElideMiddle)
        self._lay_out()
        for choice in (*self._choices(), self.by):
            choice.setCurrentIndex(0)
            choice.activated.connect(self.changed)
        self.folder.clicked.connect(self._on_folder)
        self.archive.clicked.connect(self._on_archive)
        self.without.clicked.connect(self._on_without)
        self.set_pictures(None)

    def _choices(self) -> tuple[Choice, ...]:
        return self.match, self.found, self.empty, self.missing

    def pictures_by(self) -> By:
        """Return how pictures find their items."""
        return "order" if self.by.value() == "order" else "auto"

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.pixels(16))
        grid.setVerticalSpacing(theme.pixels(12))
        questions = (
            (_("Find items that are here already"), self.match),
            (_("Items that are found"), self.found),
            (_("Empty cells of the file"), self.empty),
            (_("Items of the catalog that the file does not have"), self.missing),
        )
        for row, (words, choice) in enumerate(questions):
            label = Label(words, wrap=True)
            label.set_buddy(choice)
            grid.addWidget(label, row, 0)
            grid.addWidget(choice, row, 1)
        label = Label(_("Pictures on this computer"), wrap=True)
        grid.addWidget(label, len(questions), 0)
        grid.addLayout(row_of(self.folder, self.archive, self.without), len(questions), 1)
        found = QVBoxLayout()
        found.addWidget(self.pictures)
        found.addWidget(self.by)
        grid.addLayout(found, len(questions) + 1, 1)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.pixels(8), 0, 0)
        layout.addLayout(grid)
        layout.addStretch()

    def rules(self, currency: str) -> Rules:
        """Return what is chosen; prices that name no currency are in this one."""
        match, found, empty, missing = (choice.value() for choice in self._choices())
        return Rules(match, found, empty, missing, currency)  # type: ignore[arg-type]

    def source(self) -> Path | None:
        """Return the folder or ZIP that has the pictures, or None."""
        return self._pictures

    def set_pictures(self, path: Path | None) -> None:
        """Take the pictures from a folder or a ZIP."""
        self._pictures = path
        self.pictures.setText(formats.ltr(str(path)) if path else "")
        for widget in (self.pictures, self.by, self.without):
            widget.setVisible(path is not None)
        self.changed.emit()

    @Slot()
    def _on_folder(self) -> None:
        self._ask(_("Choose the folder of pictures"), FileDialog.FileMode.Directory)

    @Slot()
    def _on_archive(self) -> None:
        self._ask(_("Choose the ZIP file of pictures"), FileDialog.FileMode.ExistingFile)

    @Slot()
    def _on_without(self) -> None:
        self.set_pictures(None)
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, title: str, mode: FileDialog.FileMode) -> None:
        self._dialog = FileDialog(self, title, FileStep.last_folder or documents())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(mode)
        if mode == FileDialog.FileMode.ExistingFile:
            self._dialog.setNameFilters([_("ZIP files") + " (*.zip)"])
        self._dialog.filesSelected.connect(self._on_selected)
        self._dialog.open()

    @Slot(list)
    def _on_selected(self, paths: list[str]) -> None:
        self.set_pictures(Path(paths[0]))
