"""What is wrong with a file as a spreadsheet, to be mended and imported again."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.files import CannotWrite
from desktop.exchange.problem_rows import write_problems
from desktop.exchange.tables import Problem, Table
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.saving import open_folder
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import announce, flat
from desktop.ui.widgets.labels import ElidedLabel, Label


class SaveProblems(QWidget):
    """Asks where with `ask`, writes, and says where it is or why not; hidden until then."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._table: Table | None = None
        self._problems: Sequence[Problem] = ()
        self._path = Path()
        self._job: Job | None = None
        self._dialog: QFileDialog | None = None
        self.place = ElidedLabel("", "small", Qt.TextElideMode.ElideMiddle)
        self.folder = flat(_("Open folder"), "folder-open")
        self.trouble = Label("", "warn", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.place, 1)
        row.addWidget(self.folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.folder.clicked.connect(self._on_open_folder)
        self.hide()

    def set_problems(self, path: Path, table: Table, problems: Sequence[Problem]) -> None:
        """Be ready to write what is wrong with the table of a file."""
        self._path, self._table, self._problems = path, table, problems
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Ask for a file beside the one that is imported, and write it."""
        self._dialog = QFileDialog(self, _("Save problems as a spreadsheet"), str(self._path.parent))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix("csv")
        self._dialog.setNameFilters([f"{_('Spreadsheet')} (*.csv)"])
        # TRANSLATORS: the name of a file: what is to be mended of the file {name}.
        self._dialog.selectFile(_("{name} to mend").format(name=self._path.stem) + ".csv")
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

        self._job = self._context.work(write)
        self._job.done.connect(self._on_written)
        self._job.failed.connect(self._on_not_written)
        self._job.start()

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self._path = path
        self._tell(_("Saved to {path}").format(path=formats.ltr(str(path))), "")

    @Slot(object)
    def _on_not_written(self, error: Exception) -> None:
        if not isinstance(error, CannotWrite):
            raise error
        self._tell("", error.message)

    def _tell(self, words: str, trouble: str) -> None:
        self.place.setText(words)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        for widget in (self.place, self.folder):
            widget.setVisible(not trouble)
        self.show()
        announce(self, words or trouble)

    @Slot()
    def _on_open_folder(self) -> None:
        open_folder(self._path.parent)
