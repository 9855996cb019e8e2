"""What is wrong with a file as a spreadsheet, to be mended and imported again."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop.exchange.files import CannotWrite
from desktop.exchange.problem_rows import write_problems
from desktop.exchange.tables import Problem, Table
from desktop.i18n import _
from desktop.ui.context import Context
from desktop.ui.saving import SavedPlace
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.file_dialog import FileDialog


class SaveProblems(SavedPlace):
    """Asks where with `ask`, writes, and says where it is or why not."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._file = Path()
        self._table: Table | None = None
        self._problems: Sequence[Problem] = ()
        self._job: Job | None = None
        self._dialog: FileDialog | None = None

    def set_problems(self, path: Path, table: Table, problems: Sequence[Problem]) -> None:
        """Be ready to write what is wrong with the table of a file."""
        self._file, self._table, self._problems = path, table, problems
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Ask for a file beside the one that is imported, and write it."""
        self._dialog = FileDialog(self, _("Save problems as a spreadsheet"), str(self._file.parent))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix("csv")
        self._dialog.setNameFilters([f"{_('Spreadsheet')} (*.csv)"])
        # TRANSLATORS: the name of a file: what is to be mended of the file {name}.
        self._dialog.selectFile(_("{name} to mend").format(name=self._file.stem) + ".csv")
        self._dialog.fileSelected.connect(self.write)
        self._dialog.open()

    @Slot(str)
    def write(self, place: str) -> None:
        """Write the rows that something is wrong with."""
        path, table, problems = Path(place), self._table, self._problems
        assert table, "there are problems of one"

        def write(_token: Token) -> Path:
            write_problems(path, table, problems)
            return path

        self._job = self._context.work(write).begin(self._on_written, self._on_not_written)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.tell(path)

    @Slot(object)
    def _on_not_written(self, error: Exception) -> None:
        if not isinstance(error, CannotWrite):
            raise error
        self.tell(self._file, error.message)
