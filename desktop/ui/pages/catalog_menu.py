"""What can be done with the catalog as a whole: the menu beside the page's title."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from desktop.i18n import N_, _
from desktop.ui.context import Context
from desktop.ui.icons import icon

if TYPE_CHECKING:  # it is imported when it is opened
    from desktop.ui.pages.catalog_preview import PreviewDialog


class Entry(NamedTuple):
    """A dialog: what it is called, where it is, and how it is opened."""

    title: str
    icon: str
    module: str
    kind: str
    items: bool = False  # it is told which items are shown
    asks: bool = False  # its `wanted` is a Search that the page is to show
    writes: bool = True  # it is of no use where nothing can be changed
    beside: bool = False  # it leaves the window in use
    keys: str = ""


ROOM = "desktop.ui.dialogs"
PROBLEMS = N_("What needs attention…")
PREVIEW = "desktop.ui.pages.catalog_preview"
PHONE = Entry(
    N_("Phone preview…"), "smartphone", PREVIEW, "PreviewDialog", writes=False, beside=True, keys="Ctrl+Shift+V"
)
ENTRIES: tuple[Entry | None, ...] = (  # None is a line between them; a dialog is imported when it is opened
    Entry(N_("New items from…"), "clipboard-paste", f"{ROOM}.new_items", "NewItemsDialog"),
    Entry(N_("Import items…"), "file-input", f"{ROOM}.import_items", "ImportItemsDialog"),
    Entry(N_("Download pictures…"), "image-down", f"{ROOM}.download_pictures", "DownloadPicturesDialog"),
    None,
    Entry(N_("Change prices…"), "percent", f"{ROOM}.reprice", "RepriceDialog", items=True),
    Entry(N_("Find and replace…"), "replace", f"{ROOM}.rewrite", "RewriteDialog", items=True),
    Entry(N_("Collections…"), "layers", f"{ROOM}.collections", "CollectionsDialog"),
    None,
    Entry(PROBLEMS, "circle-alert", f"{ROOM}.problems", "ProblemsDialog", asks=True, writes=False),
    Entry(N_("In numbers…"), "chart-column", f"{ROOM}.statistics", "StatisticsDialog", asks=True, writes=False),
    PHONE,
    None,
    Entry(N_("Words that mean the same…"), "equal", f"{ROOM}.synonyms", "SynonymsDialog", writes=False),
)


class CatalogMenu(QMenu):
    """Opens the dialogs; `wanted` is a Search that one of them asks the page to show.

    `items` returns the ids that the page shows now: what is changed without choosing any. `collection` returns the
    collection that is looked at, if it is one.
    """

    wanted = Signal(object)

    def __init__(
        self,
        context: Context,
        items: Callable[[], Sequence[int]],
        collection: Callable[[], int | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._items = items
        self._collection = collection
        self._page = parent
        self._phone: PreviewDialog | None = None
        self._item: int | None = None
        for entry in ENTRIES:
            if entry is None:
                self.addSeparator()
                continue
            action = self.addAction(icon(entry.icon), _(entry.title))
            action.setDisabled(entry.writes and context.read_only)
            action.setData(entry)
            if entry.keys:
                action.setShortcut(QKeySequence(entry.keys))
                parent.addAction(action)  # in a menu alone it would not be heard
        self.triggered.connect(self._on_triggered)

    def open_dialog(self, entry: Entry) -> QDialog:
        """Open a dialog over the window, and return it; it is gone when it is closed."""
        make = getattr(import_module(entry.module), entry.kind)
        more = {"collection": self._collection()} if entry.beside else {}
        dialog = make(self._context, *([self._items()] if entry.items else []), parent=self._page, **more)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if entry.asks:
            dialog.wanted.connect(self.wanted)
        if entry.beside:
            self._phone = dialog  # the only one there is
            dialog.destroyed.connect(self._on_phone_gone)
            self.follow(self._item)
            dialog.show()
        else:
            dialog.open()
        assert isinstance(dialog, QDialog)
        return dialog

    @Slot()
    def open_phone(self) -> None:
        """Show the catalog on a phone beside the window; there is one phone."""
        if self._phone:
            self._phone.raise_()
            self._phone.activateWindow()
        else:
            self.open_dialog(PHONE)

    @Slot(object)
    def follow(self, item: int | None) -> None:
        """Show on that phone the item that is edited now."""
        self._item = item
        if self._phone:
            self._phone.follow(item)

    @Slot()
    def _on_phone_gone(self) -> None:
        self._phone = None

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        entry = action.data()
        if entry == PHONE:
            self.open_phone()
        else:
            self.open_dialog(entry)
