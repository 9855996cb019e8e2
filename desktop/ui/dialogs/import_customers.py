"""Customers come in from a file: choose it, say what its columns are, look at what would change, and import."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop import i18n
from desktop.data.models import Customer
from desktop.exchange.contact_files import CARDS
from desktop.exchange.importing_customers import carry_out
from desktop.i18n import N_, _
from desktop.ui.context import Context
from desktop.ui.dialogs.import_customers_reading import Opened, Seen, look, open_files
from desktop.ui.dialogs.import_customers_steps import PeopleCheckStep, PeopleColumnsStep
from desktop.ui.dialogs.import_customers_words import import_words, outcome, said
from desktop.ui.dialogs.importing import COLUMNS, ImportDialog, Kind, Paths
from desktop.ui.dialogs.importing_file import FileStep, FileWords
from desktop.ui.dialogs.importing_reading import How, folder_of_columns
from desktop.ui.tasks import Token

ENDINGS = (*CARDS, ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
KIND = Kind(N_("Import customers"), Customer, "customers", "contact-columns", carry_out, outcome, import_words)


class ImportCustomersDialog(ImportDialog[Opened, Seen]):
    """Contact cards have no columns, so that step is passed over; several files of them are read as one."""

    columns: PeopleColumnsStep
    check: PeopleCheckStep

    def __init__(self, context: Context, parent: QWidget | None = None, files: Sequence[str] = ()) -> None:
        super().__init__(context, KIND, parent)
        about = _(
            "Contact cards (.vcf) from a phone, or a table from Google, Outlook or another program."
            " Nothing is written before you have seen what would change."
        )
        choose, kinds = _("Choose the file with your contacts"), _("Files with contacts")
        self.file = FileStep(FileWords(_("Drop the file with your contacts here"), about, choose, kinds, ENDINGS))
        self.columns = PeopleColumnsStep()
        self.check = PeopleCheckStep(context)
        self.check.changed.connect(self.look)
        self.show_steps((_("File"), self.file), (_("Columns"), self.columns), (_("Check"), self.check), files=files)

    def said(self, opened: Opened) -> str:
        """Return what a file is and how much is in it."""
        return said(opened)

    def batches(self, paths: Sequence[Path]) -> list[Paths]:
        """Return all files of cards together, as phones write one for each contact, and then the tables."""
        cards = tuple(path for path in paths if path.suffix.lower() in CARDS)
        return [*([cards] if cards else []), *((path,) for path in paths if path not in cards)]

    def reading(self, paths: Paths, how: How) -> Callable[[Token], Opened]:
        """Return what reads files."""
        language, folder = i18n.language(), folder_of_columns(self.kind.columns)
        return lambda _token: open_files(paths, how, language, folder)

    def show_opened(self, opened: Opened) -> None:
        """Show the columns; in a file with problems that was mended, people have the names they had."""
        self.columns.show_opened(opened)
        self.check.show_opened(opened)

    def passes_over(self, step: int) -> bool:
        """Say whether there is nothing to be chosen in a step."""
        return step == COLUMNS and self.opened is not None and self.opened.table is None

    def looking(self) -> Callable[[Token], Seen]:
        """Return what looks at what would change."""
        assert self.opened, "it was read"
        opened, database = self.opened, self.context.database
        columns, rules = self.columns.mapping().columns, self.check.rules()
        return lambda token: look(database, opened, columns, rules, token)
