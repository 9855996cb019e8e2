"""What is pasted on the catalog page or dropped on it, where no field has the focus: it is shown before it is added."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.context import Context
from desktop.ui.item_files import files_in, open_import


class CatalogIntake(QObject):
    """Opens the dialog of new items over `page` for text, rows, pictures and folders of them; an import for tables."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        if context.read_only:
            return
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), page)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._on_paste)

    def take(self, data: QMimeData) -> bool:
        """Show what can become items, and return whether anything can."""
        if files := files_in(data):
            open_import(self._context, self._page, files)
            return True
        from desktop.ui.dialogs.new_items import NewItemsDialog, taken_from

        text, sources = taken_from(data)
        if text or sources:
            dialog = NewItemsDialog(self._context, self._page, text, sources)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
        return bool(text or sources)

    @Slot()
    def open(self) -> None:
        """Open an import that asks for its files."""
        open_import(self._context, self._page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            data = event.mimeData()
            if data.hasUrls() or data.hasText() or data.hasImage():
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.take(data)
                return True
        return False

    @Slot()
    def _on_paste(self) -> None:
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._context.say(_("There is no text and no picture to paste. Copy a message, rows or photos first."))
