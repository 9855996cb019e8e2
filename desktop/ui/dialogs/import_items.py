"""Items come in from a file: choose it, say what its columns are and what is to be done, look, and import."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop import i18n
from desktop.data.models import Product
from desktop.exchange.downloads import count_wanted
from desktop.exchange.importing import carry_out
from desktop.exchange.mending import Fix, fix_all
from desktop.i18n import N_, _
from desktop.services.catalog import shop_currency
from desktop.ui.context import Context, Written
from desktop.ui.dialogs.download_pictures import DownloadPicturesDialog
from desktop.ui.dialogs.import_items_check import ItemCheckStep
from desktop.ui.dialogs.import_items_columns import ItemColumnsStep
from desktop.ui.dialogs.import_items_reading import Asked, Group, Opened, Seen, look, open_file
from desktop.ui.dialogs.import_items_rules import RulesStep
from desktop.ui.dialogs.import_items_words import import_words, outcome, said
from desktop.ui.dialogs.importing import COLUMNS, ImportDialog, Kind, Paths
from desktop.ui.dialogs.importing_file import FileStep, FileWords
from desktop.ui.dialogs.importing_reading import How, folder_of_columns
from desktop.ui.item_files import ENDINGS
from desktop.ui.tasks import Token

RULES, CHECK = range(2, 4)
KIND = Kind(N_("Import items"), Product, "catalog", "columns", carry_out, outcome, import_words)


class ImportItemsDialog(ImportDialog[Opened, Seen]):
    """With steps for what is done with what the catalog has, and ways to mend what is wrong.

    A folder or a ZIP among the files has pictures.
    """

    columns: ItemColumnsStep
    check: ItemCheckStep

    def __init__(self, context: Context, parent: QWidget | None = None, files: Sequence[str] = ()) -> None:
        super().__init__(context, KIND, parent)
        self._fixes: list[Fix] = []
        self._asked: Asked | None = None  # what was looked at
        about = _(
            "A spreadsheet, a CSV file, an export of Shopify or WooCommerce, or a feed."
            " Nothing is written before you have seen what would change."
        )
        choose, kinds = _("Choose the file with your items"), _("Files with items")
        self.file = FileStep(FileWords(_("Drop the file with your items here"), about, choose, kinds, ENDINGS))
        self.columns = ItemColumnsStep()
        self.rules = RulesStep()
        self.check = ItemCheckStep(context)
        self.check.fix_wanted.connect(self._on_fix)
        self.check.back_wanted.connect(self._on_unfix)
        self.check.currency_wanted.connect(self._on_currency)
        self.show_steps(
            (_("File"), self.file),
            (_("Columns"), self.columns),
            (_("What to do"), self.rules),
            (_("Check"), self.check),
            files=files,
        )

    def said(self, opened: Opened) -> str:
        """Return what a file is and how much is in it."""
        return said(opened)

    @Slot(list)
    def take(self, files: Sequence[str]) -> None:
        """Read the first of these files, and the others after it; take pictures from a folder or a ZIP."""
        paths = [Path(file) for file in files]
        pictures = [path for path in paths if path.suffix.lower() == ".zip" or path.is_dir()]
        tables = [str(path) for path in paths if path not in pictures]
        if pictures:
            self.rules.set_pictures(pictures[0])
        if tables:
            super().take(tables)
        elif pictures and self.opened and not self.is_busy():
            self.show_step(RULES)
        elif pictures:
            self.file.tell(_("These are pictures. Choose the file with your items too."))

    def reading(self, paths: Paths, how: How) -> Callable[[Token], Opened]:
        """Return what reads a file."""
        language, folder = i18n.language(), folder_of_columns(self.kind.columns)
        return lambda _token: open_file(paths[0], how, language, folder)

    def show_opened(self, opened: Opened) -> None:
        """Show the columns, with nothing mended yet."""
        self._fixes = []
        self._asked = None
        self.columns.show_opened(opened, self.context.get(shop_currency))

    def looking(self) -> Callable[[Token], Seen]:
        """Return what looks at what would change; what was mended in other rows is so no more."""
        assert self.opened, "it was read"
        mapping = self.columns.mapping()
        rules = self.rules.rules(mapping.currency)
        pictures, by = self.rules.source(), self.rules.pictures_by()
        asked = Asked(self.opened.table, self.columns.recognised(), mapping, rules, pictures, by)
        if asked != self._asked:
            self._fixes = []
        self._asked = asked
        fixes, database = tuple(self._fixes), self.context.database
        kept = self.check.seen.kept if self.check.seen else None
        return lambda token: look(database, asked, fixes, kept, token)

    def conclude(self, written: Written) -> None:
        """Show the catalog, and offer to fetch pictures that have an address."""
        super().conclude(written)
        if self.context.get(count_wanted):
            dialog = DownloadPicturesDialog(self.context, self.parentWidget(), written.sentence)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    @Slot(object)
    def _on_fix(self, group: Group) -> None:
        if group.fix:
            self._fixes.append(fix_all(group.fix, group.problems))
            self.look()

    @Slot(object)
    def _on_unfix(self, fix: Fix) -> None:
        self._fixes.remove(fix)
        self.look()

    @Slot()
    def _on_currency(self) -> None:
        self.show_step(COLUMNS)
        self.columns.ask_currency()
