"""Quick replies out to a file and in from one: what a file would change is shown before anything is written."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.data.database import Database
from desktop.exchange.remake import of_replies
from desktop.exchange.replies_file import Plan, compare, import_replies, read_replies, table_of
from desktop.exchange.reply_rows import Incoming
from desktop.exchange.tables import BadTable
from desktop.i18n import N_, _, formats, language, ngettext
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.asking import ask_for_file, documents
from desktop.ui.context import Context
from desktop.ui.dialogs.reply_import import ReplyImportDialog
from desktop.ui.exports import note
from desktop.ui.icons import icon
from desktop.ui.saving import Kind, Opener, SaveLine
from desktop.ui.tasks import Token

LARGEST = 30_000_000  # bytes of a table; more is no list of replies


class ReplyFiles(QWidget):
    """Fills a menu with Import and Export, and says below it where a file was written. Nothing is seen until then."""

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__()
        self._context = context
        self.dialog: ReplyImportDialog | None = None
        self.line = SaveLine(opener)
        self.menu = QMenu(self)
        self.importing = self.menu.addAction(icon("upload"), _("Import replies…"), self._on_import)
        self.exporting = self.menu.addAction(icon("download"), _("Export replies…"), self._on_export)
        self.importing.setDisabled(context.read_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(self.line)
        self.hide()
        self.line.told.connect(self.show)

    # Out

    @Slot()
    def _on_export(self) -> None:
        name = self._context.get(read_profile).name or _("Replies")
        # TRANSLATORS: the name of a file that quick replies are written to.
        title = _("{shop} replies").format(shop=name)
        make: Callable[[], bytes] = partial(self._context.get, table_of)
        self.line.ask(_("Export replies"), title, [Kind(".csv", _("Table"), make)], self._note)

    def _note(self, path: Path) -> None:
        note(self._context, "replies", {}, path, self._context.get(of_replies))

    # In

    @Slot()
    def _on_import(self) -> None:
        kinds = _("Tables and espanso files (*.csv *.tsv *.txt *.yml *.yaml);;All files (*)")
        ask_for_file(self.window(), _("Choose the file with the replies"), documents(), kinds, self.take_file)

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Read a file behind the window, and show what it would change."""
        job = self._context.work(partial(_read, self._context.database, Path(path), language()))
        job.done.connect(self._on_read)
        job.start()

    @Slot(object)
    def _on_read(self, found: tuple[Incoming, Plan] | str) -> None:
        if isinstance(found, str):
            self._context.say(found)
            return
        incoming, plan = found
        self.dialog = ReplyImportDialog(plan, self.window())
        self.dialog.accepted.connect(partial(self._bring_in, incoming))
        self.dialog.open()

    def _bring_in(self, incoming: Incoming) -> None:
        plan = self._context.act(N_("Import replies"), import_replies, incoming, origin=self)
        if plan:
            count = plan.new + plan.changed
            sentence = ngettext("{n} reply was brought in.", "{n} replies were brought in.", count)
            self._context.say(sentence.format(n=formats.number(count)), undo=True)


def _read(database: Database, path: Path, language: str, token: Token) -> tuple[Incoming, Plan] | str:
    """Return what a file says and would change, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return _("The file cannot be read.")
    if len(data) > LARGEST:
        message = _("This file is larger than {limit}, which is no list of replies.")
        return message.format(limit=formats.file_size(LARGEST))
    try:
        incoming = read_replies(path.name, data, language)
    except BadTable as error:
        return error.message
    with database.reader(token.cancelled) as session:
        return incoming, compare(session, incoming)
