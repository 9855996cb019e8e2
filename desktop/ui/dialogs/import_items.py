"""Items come in from a file: choose it, say what its columns are and what is to be done, look, and import."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import i18n
from desktop.data.models import Product
from desktop.data.notice import Notice
from desktop.exchange.downloads import count_wanted
from desktop.exchange.files import CannotWrite
from desktop.exchange.importing import carry_out
from desktop.exchange.mapping import remember
from desktop.exchange.mending import Fix, fix_all
from desktop.exchange.tables import BadTable
from desktop.i18n import N_, _, formats
from desktop.services.catalog import shop_currency
from desktop.ui import theme
from desktop.ui.context import Context, Written, complaint
from desktop.ui.dialogs.download_pictures import DownloadPicturesDialog
from desktop.ui.dialogs.import_items_check import CheckStep
from desktop.ui.dialogs.import_items_columns import ColumnsStep
from desktop.ui.dialogs.import_items_file import FileStep
from desktop.ui.dialogs.import_items_reading import Asked, Group, How, Opened, Seen, folder_of_columns, look, open_file
from desktop.ui.dialogs.import_items_rules import RulesStep
from desktop.ui.dialogs.import_items_words import import_words, outcome
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.drops import FileDrops
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.steps import Steps

FILE, COLUMNS, RULES, CHECK = range(4)
TITLE = N_("Import items")


class ImportItemsDialog(QDialog):
    """Show it with `open()`, with files to read at once. Nothing is written before the last button.

    What was chosen stays while one goes back and forth. Several files come one after the other, each an action.
    """

    def __init__(self, context: Context, parent: QWidget | None = None, files: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import items"))
        self.context = context
        self.opened: Opened | None = None
        self._waiting: list[Path] = []  # the files that come after this one
        self._fixes: list[Fix] = []
        self._asked: Asked | None = None  # what was looked at
        self._job: Job | None = None
        self._writing: Job | None = None
        self._written = False
        self._doing = ""  # what the bar tells of
        self.steps = Steps((_("File"), _("Columns"), _("What to do"), _("Check")))
        self.file = FileStep()
        self.columns = ColumnsStep()
        self.rules = RulesStep()
        self.check = CheckStep(context)
        self.pages = QStackedWidget()
        self.progress = Progress()
        self.trouble = Label("", "warn", wrap=True)
        self.cancel = quiet(_("Cancel"))
        self.back = quiet(_("Back"))
        self.go = primary("")
        self._lay_out()
        self._connect()
        self._show_step(FILE)
        if files:
            self.take(files)

    def _lay_out(self) -> None:
        for page in (self.file, self.columns, self.rules, self.check):
            self.pages.addWidget(page)
        self.progress.hide()
        self.trouble.hide()
        bar = QHBoxLayout()
        bar.setSpacing(theme.pixels(8))
        bar.addWidget(self.cancel)
        bar.addStretch()
        bar.addWidget(self.back)
        bar.addWidget(self.go)
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(24))
        head.addWidget(Label(_("Import items"), "title"))
        head.addWidget(self.steps, 1)
        layout = QVBoxLayout(self)
        around = theme.pixels(24)
        layout.setContentsMargins(around, around, around, theme.pixels(16))
        layout.setSpacing(theme.pixels(12))
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.trouble)
        layout.addWidget(self.progress)
        layout.addLayout(bar)
        self.resize(theme.pixels(900), theme.pixels(600))

    def _connect(self) -> None:
        self.file.chosen.connect(self.take)
        self.file.read_again.connect(self._on_read_again)
        self.columns.changed.connect(self._show_buttons)
        self.check.fix_wanted.connect(self._on_fix)
        self.check.back_wanted.connect(self._on_unfix)
        self.check.currency_wanted.connect(self._on_currency)
        self.progress.stopped.connect(self._on_stop)
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self._on_back)
        self.go.clicked.connect(self._on_go)
        self.context.changed.connect(self._on_changed_elsewhere)
        FileDrops(self, self._on_dropped)

    # Steps

    def step(self) -> int:
        """Return which step is shown."""
        return self.pages.currentIndex()

    def _show_step(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self._tell("")
        self._show_buttons()
        stops: tuple[QWidget, ...] = (self.file.choose, self.columns.table, self.rules.match, self.check.chips)
        first = self.file.table if step == FILE and self.opened else stops[step]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_buttons(self) -> None:
        busy = bool(self._job or self._writing)
        step = self.step()
        self.back.setVisible(step > FILE)
        self.back.setEnabled(not busy)
        ready = not busy and self.opened is not None
        words = _("Next")
        if step == COLUMNS:
            ready = ready and not self.columns.complaint()
        elif step == RULES:
            words = _("Look what would change")
        elif step == CHECK:
            seen = self.check.seen
            ready = ready and bool(seen and seen.count) and not self.context.read_only
            words = import_words(seen)
        self.go.set_text(words)
        self.go.setEnabled(ready)
        for page in (self.file, self.columns, self.rules, self.check):
            page.setDisabled(busy)

    @Slot()
    def _on_back(self) -> None:
        self._show_step(self.step() - 1)

    @Slot()
    def _on_go(self) -> None:
        step = self.step()
        if step == CHECK:
            self._import()
        elif step == RULES:
            self._look()
        else:
            if step == COLUMNS:
                self._remember()
            self._show_step(step + 1)

    def _tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    # Reading

    @Slot(list)
    def take(self, files: Sequence[str]) -> None:
        """Read the first of these files, and the others after it; a folder or a ZIP has pictures."""
        paths = [Path(file) for file in files]
        pictures = [path for path in paths if path.suffix.lower() == ".zip" or path.is_dir()]
        tables = [path for path in paths if path not in pictures]
        if pictures:
            self.rules.set_pictures(pictures[0])
        if tables:
            self._waiting = tables[1:]
            self._read(tables[0], How())
        elif pictures and self.opened and not self._job:
            self._show_step(RULES)
        elif pictures:
            self.file.tell(_("These are pictures. Choose the file with your items too."))

    def _read(self, path: Path, how: How) -> None:
        language, folder = i18n.language(), folder_of_columns()

        def read(_token: Token) -> Opened:
            return open_file(path, how, language, folder)

        self._start(read, _("Reading {name}").format(name=formats.auto(path.name)), self._on_opened, self._on_unread)

    @Slot(object)
    def _on_read_again(self, how: How) -> None:
        assert self.opened, "its file is shown"
        self._read(self.opened.path, how)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self._end()
        self.opened = opened
        self._fixes = []
        self._asked = None
        self.file.show_opened(opened)
        self.columns.show_opened(opened, self.context.get(shop_currency))
        self._show_step(FILE)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_unread(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, BadTable):
            raise error
        if self.opened:
            self.file.show_opened(self.opened)  # what was chosen before it stays
        self._show_step(FILE)
        self.file.tell(error.message)

    def _remember(self) -> None:
        """Keep what is chosen for files of these columns, if anything is."""
        assert self.opened, "its columns are shown"
        mapping = self.columns.mapping()
        if mapping != self.opened.mapping:
            with suppress(CannotWrite, OSError):  # then it is asked again
                remember(folder_of_columns(), self.opened.table.header, mapping)

    # Looking

    def _look(self) -> None:
        assert self.opened, "it was read"
        mapping = self.columns.mapping()
        rules = self.rules.rules(mapping.currency)
        pictures, by = self.rules.source(), self.rules.pictures_by()
        asked = Asked(self.opened.table, self.columns.recognised(), mapping, rules, pictures, by)
        if asked != self._asked:
            self._fixes = []  # they were for other rows
        self._asked = asked
        fixes, database = frozenset(self._fixes), self.context.database
        kept = self.check.seen.kept if self.check.seen else None

        def looked(token: Token) -> Seen:
            return look(database, asked, fixes, kept, token)

        self._start(looked, _("Looking what would change"), self._on_seen, self._on_unseen)

    @Slot(object)
    def _on_seen(self, seen: Seen) -> None:
        self._end()
        assert self.opened, "it was looked at"
        self.check.show_seen(seen, self._fixes)
        self.check.saving.set_problems(self.opened.path, self.opened.table, seen.problems)
        if self.step() == CHECK:
            self._show_buttons()
        else:
            self._show_step(CHECK)
        (self.go if self.go.isEnabled() else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_unseen(self, error: Exception) -> None:
        self._end()
        sentence = error.message if isinstance(error, BadTable) else complaint(error)
        if not sentence:
            raise error
        self._tell(sentence)

    @Slot(object)
    def _on_fix(self, group: Group) -> None:
        if group.fix:
            self._fixes.append(fix_all(group.fix, group.problems))
            self._look()

    @Slot(object)
    def _on_unfix(self, fix: Fix) -> None:
        self._fixes.remove(fix)
        self._look()

    @Slot()
    def _on_currency(self) -> None:
        self._show_step(COLUMNS)
        self.columns.ask_currency()

    @Slot(object)
    def _on_changed_elsewhere(self, notice: Notice) -> None:
        if self._writing:
            self._written = self._written or bool(notice.of(Product))
        elif self.step() == CHECK and not self._job:
            self._look()

    # Writing

    def _import(self) -> None:
        assert self.check.seen, "it is shown"
        self._written = False
        self._writing = self.context.act_behind(TITLE, carry_out, self.check.seen.plan, done=outcome, progress=True)
        self._writing.done.connect(self._on_imported)
        self._writing.failed.connect(self._on_not_imported)
        self._writing.progressed.connect(self._on_progress)
        self._writing.finished.connect(self._on_finished)
        self._show_progress(_("Importing"))

    @Slot(object)
    def _on_imported(self, written: Written) -> None:
        self._writing = None
        if self._waiting:
            self.opened = None  # it is done with
            self.file.clear()
            self._show_step(FILE)
            self._read(self._waiting.pop(0), How())
            return
        self.accept()
        self.context.go("catalog")
        if self.context.get(count_wanted):
            dialog = DownloadPicturesDialog(self.context, self.parentWidget(), written.sentence)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    @Slot(object)
    def _on_not_imported(self, error: Exception) -> None:
        self._writing = None
        self._end()
        self._tell(complaint(error))

    @Slot()
    def _on_finished(self) -> None:
        """Go on after it was stopped: what a cancelled job has done nobody is told, but for the shop."""
        if self._writing is None:
            return
        self._writing = None
        self._end()
        if self._written:  # it was done a moment before
            self.accept()
            return
        self._look()
        self._tell(_("Stopped. Nothing was imported."))

    # How it goes

    def _start(self, fn: object, words: str, done: object, failed: object) -> None:
        if self._job:
            self._job.cancel()
        self._job = self.context.work(fn)  # type: ignore[arg-type]
        self._job.done.connect(done)
        self._job.failed.connect(failed)
        self._job.progressed.connect(self._on_progress)
        self._job.start()
        self._tell("")
        self._show_progress(words)

    def _show_progress(self, words: str) -> None:
        self._doing = words
        self.progress.show_step(words, 0, 0)
        self.progress.show()
        self._show_buttons()

    @Slot(object, object)
    def _on_progress(self, done: int, total: int) -> None:
        # TRANSLATORS: {what} is what is being done, as in "Importing: 3,000 of 100,000".
        sentence = _("{what}: {of}").format(what=self._doing, of=formats.of(done, total))
        self.progress.show_step(sentence, done, total)

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        self._show_buttons()

    @Slot()
    def _on_stop(self) -> None:
        if self._writing:
            self._writing.cancel()
            self.progress.show_step(_("Stopping"), 0, 0)
        elif self._job:
            self._job.cancel()
            self._end()

    @Slot(list)
    def _on_dropped(self, paths: list[str]) -> None:
        if not self._writing:
            self.take(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            self.go.click()  # wherever the keyboard is, but in what takes Enter itself
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close, with nothing written."""
        for job in (self._job, self._writing):
            if job:
                job.cancel()
        self._writing = None
        super().reject()
