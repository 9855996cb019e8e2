"""Files of customers: brought in from the page's menu or dropped on it, and written from there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from sqlalchemy.orm import Session

from desktop.exchange.files import legal_name
from desktop.i18n import _, formats, ngettext
from desktop.services.profile import read_profile
from desktop.ui.asking import documents
from desktop.ui.context import Context, complaint
from desktop.ui.icons import icon
from desktop.ui.saving import SaveLine
from desktop.ui.tasks import Job
from desktop.ui.widgets.drops import FileDrops
from desktop.ui.widgets.file_dialog import FileDialog

CARDS, CSV, XLSX = ".vcf", ".csv", ".xlsx"


class CustomerFiles(QObject):
    """Puts what can be done with files into a page's menu, and takes files that are dropped on the page."""

    def __init__(self, context: Context, page: QWidget, menu: QMenu) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._dialog: FileDialog | None = None
        self._job: Job | None = None
        menu.addSeparator()
        self.bring = menu.addAction(icon("file-input"), _("Import customers…"), self._on_import)
        self.bring.setDisabled(context.read_only)
        self.write = menu.addAction(icon("download"), _("Export customers…"), self._on_export)
        if not context.read_only:
            FileDrops(page, self.open_import)

    def open_import(self, files: Sequence[str] = ()) -> QDialog:
        """Open the import over the page, with files that are read at once."""
        from desktop.ui.dialogs.import_customers import ImportCustomersDialog

        dialog = ImportCustomersDialog(self._context, self._page, files)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    @Slot()
    def _on_import(self) -> None:
        self.open_import()

    @Slot()
    def _on_export(self) -> None:
        self._dialog = dialog = FileDialog(self._page, _("Export customers"), SaveLine.last_folder or documents())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                _("Contact cards, for a phone") + f" (*{CARDS})",
                _("Workbook") + f" (*{XLSX})",
                _("Table of text") + f" (*{CSV})",
            ]
        )
        dialog.setDefaultSuffix(CARDS)
        shop = self._context.get(read_profile).name
        # TRANSLATORS: the name of a file: the customers of the shop {shop}.
        dialog.selectFile(legal_name(_("Customers of {shop}").format(shop=shop) if shop else _("Customers")) + CARDS)
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(self.write_file)
        dialog.open()

    @Slot(str)
    def _on_filter(self, chosen: str) -> None:
        if self._dialog:
            self._dialog.setDefaultSuffix(next(end for end in (CARDS, XLSX, CSV) if f"*{end})" in chosen))

    @Slot(str)
    def write_file(self, place: str) -> None:
        """Write all customers, as what the ending of the file says, away from the window."""
        self._job = self._context.read(_write, Path(place)).begin(self._on_written, self._on_not_written)

    @Slot(object)
    def _on_written(self, written: tuple[Path, int]) -> None:
        path, count = written
        words = ngettext("{n} customer saved to {path}", "{n} customers saved to {path}", count)
        self._context.say(words.format(n=formats.number(count), path=formats.ltr(str(path))))

    @Slot(object)
    def _on_not_written(self, error: Exception) -> None:
        self._context.say(complaint(error))


def _write(session: Session, path: Path) -> tuple[Path, int]:
    from desktop.exchange.customers_file import write_customers
    from desktop.exchange.vcard_writing import write_vcards

    ending = path.suffix.lower()
    if ending in (CSV, XLSX):
        return path, write_customers(session, path, "xlsx" if ending == XLSX else "csv")
    return path, write_vcards(session, path)
