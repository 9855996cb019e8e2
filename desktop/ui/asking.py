"""Asking for a file or a folder, in a dialog that goes by itself once it is answered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.file_dialog import FileDialog

Chosen = Callable[[str], object]  # a slot for a path


def documents() -> str:
    """Return the folder in which people of this system keep what they write; where it is not there, their own."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return folder if folder and Path(folder).is_dir() else str(Path.home())


def ask_for_file(parent: QWidget, title: str, folder: str, kinds: str, chosen: Chosen) -> None:
    """Ask for a file that is there; `kinds` as Qt has them, such as "Tables (*.csv *.tsv);;All files (*)"."""
    dialog = FileDialog(parent, title, folder, kinds)
    dialog.setFileMode(FileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def ask_for_folder(parent: QWidget, title: str, chosen: Chosen) -> None:
    """Ask for a folder."""
    dialog = FileDialog(parent, title)
    dialog.setFileMode(FileDialog.FileMode.Directory)
    _open(dialog, chosen)


def ask_where_to(
    parent: QWidget, title: str, proposed: str | Path, kinds: str, chosen: Chosen, *, replaces: bool = True
) -> None:
    """Ask where a shop is to be written, as a file of `proposed` name or in a folder.

    Where it `replaces` what is there, that is asked about first.
    """
    dialog = FileDialog(parent, title, str(proposed), kinds)
    dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("dukkan")
    dialog.setOption(FileDialog.Option.DontConfirmOverwrite, not replaces)
    _open(dialog, chosen)


def _open(dialog: FileDialog, chosen: Chosen) -> None:
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
