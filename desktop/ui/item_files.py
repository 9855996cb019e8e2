"""Files that hold items, dropped on the window: which those are, and the dialog that brings them in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.context import Context
from desktop.ui.widgets.drops import paths_in

ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".xml", ".rss", ".atom", ".json")


def files_in(data: QMimeData) -> list[str]:
    """Return the paths of the files in what was dropped, if all of them may hold items, else none."""
    paths = paths_in(data)
    return paths if all(Path(path).suffix.lower() in ENDINGS for path in paths) else []


def open_import(context: Context, parent: QWidget, files: Sequence[str] = ()) -> QDialog:
    """Open the import over a window, with files that are read at once."""
    from desktop.ui.dialogs.import_items import ImportItemsDialog

    dialog = ImportItemsDialog(context, parent, files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
