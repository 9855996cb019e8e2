"""Asking where a file is to go, writing it there whole, and saying where it is."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.files import CannotWrite, legal_name, write_file
from desktop.i18n import _
from desktop.i18n.formats import ltr
from desktop.ui import theme
from desktop.ui.widgets.buttons import announce, flat
from desktop.ui.widgets.file_dialog import FileDialog
from desktop.ui.widgets.labels import ElidedLabel, Label

Opener = Callable[[QUrl], bool]  # opens an address in the program that the system has for it
Then = Callable[[Path], object]  # called with the file or folder, once it is written


class Kind(NamedTuple):
    """A type of file to choose: its ending (".png"), what people call it, and what makes the bytes of one."""

    ending: str
    name: str
    make: Callable[[], bytes]


def open_folder(folder: Path, opener: Opener = QDesktopServices.openUrl) -> None:
    """Show a folder in the system's own program for files, or the nearest one around it that exists."""
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    if there:
        opener(QUrl.fromLocalFile(str(there)))


class SavedPlace(QWidget):
    """Says where a file or folder was written, with a button that opens its folder, or why not; hidden until then."""

    told = Signal()  # it says so

    def __init__(self, opener: Opener = QDesktopServices.openUrl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._path = Path()
        self.place = ElidedLabel("", "small", Qt.TextElideMode.ElideMiddle)
        self.trouble = Label("", "warn", wrap=True)
        self.button = flat(_("Open folder"), "folder-open")
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.place, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.button.clicked.connect(self._on_open_folder)
        self.hide()

    def tell(self, path: Path, trouble: str = "") -> None:
        """Say where it is, or what is wrong: a sentence."""
        self._path = path
        self.place.setText(_("Saved to {path}").format(path=ltr(str(path))))
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        for widget in (self.place, self.button):
            widget.setVisible(not trouble)
        self.show()
        announce(self, trouble or self.place.text())
        self.told.emit()

    def keep_room(self) -> None:
        """Take up room also while nothing is said, so that nothing moves when something is."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.trouble.hide()  # it stands in the place of the other line, not below it

    @Slot()
    def _on_open_folder(self) -> None:
        open_folder(self._path if self._path.is_dir() else self._path.parent, self._opener)


class SaveLine(SavedPlace):
    """Asks for a name with `ask`, and writes the file; then it says where that is, or why it was not written."""

    last_folder: ClassVar[str] = ""  # where the last file went, whichever page it came from

    def __init__(self, opener: Opener = QDesktopServices.openUrl, parent: QWidget | None = None) -> None:
        super().__init__(opener, parent)
        self._kinds: Sequence[Kind] = ()
        self._dialog: FileDialog | None = None
        self._name = ""
        self._files: Sequence[tuple[str, bytes]] = ()
        self._then: Then | None = None

    def ask(self, title: str, name: str, kinds: Sequence[Kind], then: Then | None = None) -> None:
        """Open a dialog named `title` that proposes a file called `name` of the first of `kinds`.

        The ending that is typed decides between them; without one of theirs, the type that is chosen does.
        """
        self._then = then
        if self._dialog:
            self._dialog.deleteLater()
        self._kinds = kinds
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self._dialog = FileDialog(self, title, SaveLine.last_folder or pictures)
        self._dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        self._dialog.setNameFilters([f"{kind.name} (*{kind.ending})" for kind in kinds])
        self._dialog.selectFile(legal_name(name) + kinds[0].ending)
        self._dialog.accepted.connect(self._on_accepted)  # fileSelected comes before the dialog closes
        self._dialog.open()

    def ask_folder(self, title: str, name: str, files: Sequence[tuple[str, bytes]], then: Then | None = None) -> None:
        """Open a dialog named `title` for a folder, and write `files` (names, bytes) into one called `name` in it."""
        self._then = then
        if self._dialog:
            self._dialog.deleteLater()
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self._files, self._name = files, legal_name(name)
        self._dialog = FileDialog(self, title, SaveLine.last_folder or pictures)
        self._dialog.setFileMode(FileDialog.FileMode.Directory)
        self._dialog.accepted.connect(self._on_folder_accepted)
        self._dialog.open()

    @Slot()
    def _on_folder_accepted(self) -> None:
        assert self._dialog, "it was asked"
        place = Path(self._dialog.selectedFiles()[0])
        SaveLine.last_folder = str(place)
        trouble = ""
        folder = place / self._name
        try:
            with suppress(OSError):  # what is wrong with it is said of the first file
                folder.mkdir()
            for name, data in self._files:
                write_file(folder / name, data)
        except CannotWrite as error:
            trouble = error.message
        self._files = ()
        self._conclude(folder, trouble)

    @Slot()
    def _on_accepted(self) -> None:
        assert self._dialog, "it was asked"
        path = Path(self._dialog.selectedFiles()[0])
        kind = next((kind for kind in self._kinds if kind.ending == path.suffix.lower()), None)
        if kind is None:
            kind = self._kinds[self._dialog.nameFilters().index(self._dialog.selectedNameFilter())]
            path = path.with_name(path.name + kind.ending)
            if path.exists():  # under that name nobody was asked whether to replace it
                self._dialog.selectFile(str(path))
                self._dialog.open()
                return
        SaveLine.last_folder = str(path.parent)
        self._write(path, kind)

    def _write(self, path: Path, kind: Kind) -> None:
        trouble = ""
        try:
            write_file(path, kind.make())
        except CannotWrite as error:
            trouble = error.message
        self._conclude(path, trouble)

    def _conclude(self, path: Path, trouble: str) -> None:
        if self._then and not trouble:
            self._then(path)
        self.tell(path, trouble)
