"""Files that hold items, dropped on the window: which those are, and the dialog that brings them in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.context import Context

ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".xml", ".rss", ".atom", ".json")


class ItemFileDrops(QObject):
    """Opens the import for files of items that are dropped on `page`; other things are left to whom they are for."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        if not context.read_only:
            page.setAcceptDrops(True)
            page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        files = files_in(event.mimeData())
        if files:
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                open_import(self._context, self._page, files)
        return bool(files)


def files_in(data: QMimeData) -> list[str]:
    """Return the paths of the files in what was dropped, if all of them may hold items, else none."""
    paths = [url.toLocalFile() for url in data.urls()]
    return paths if paths and all(Path(path).suffix.lower() in ENDINGS for path in paths) else []


def open_import(context: Context, parent: QWidget, files: Sequence[str] = ()) -> QDialog:
    """Open the import over a window, with files that are read at once."""
    from desktop.ui.dialogs.import_items import ImportItemsDialog

    dialog = ImportItemsDialog(context, parent, files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
