"""Customers come in from a file: choose it, say what its columns are, look at what would change, and import."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import i18n
from desktop.data.models import Customer
from desktop.data.notice import Notice
from desktop.exchange.importing_customers import carry_out
from desktop.exchange.tables import BadTable
from desktop.i18n import N_, _, formats
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.dialogs.import_customers_reading import Opened, Seen, import_words, look, open_file, outcome
from desktop.ui.dialogs.import_customers_steps import CheckStep, ColumnsStep, FileStep
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.drops import FileDrops
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.steps import Steps

FILE, COLUMNS, CHECK = range(3)
TITLE = N_("Import customers")


class ImportCustomersDialog(QDialog):
    """Show it with `open()`, with a file to read at once. Nothing is written before the last button.

    Contact cards have no columns, so that step is passed over.
    """

    def __init__(self, context: Context, parent: QWidget | None = None, files: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import customers"))
        self.context = context
        self.opened: Opened | None = None
        self._job: Job | None = None
        self._writing: Job | None = None
        self._written = False
        self._doing = ""  # what the bar tells of
        self.steps = Steps((_("File"), _("Columns"), _("Check")))
        self.file = FileStep()
        self.columns = ColumnsStep()
        self.check = CheckStep()
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
        for page in (self.file, self.columns, self.check):
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
        head.addWidget(Label(_("Import customers"), "title"))
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
        self.resize(theme.pixels(860), theme.pixels(580))

    def _connect(self) -> None:
        self.file.chosen.connect(self.take)
        self.columns.changed.connect(self._show_buttons)
        self.check.changed.connect(self._on_rules)
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
        stops: tuple[QWidget, ...] = (self.file.choose, self.columns.table, self.check.chips)
        first = self.file.table if step == FILE and self.opened else stops[step]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_buttons(self) -> None:
        busy = bool(self._job or self._writing)
        step = self.step()
        self.back.setVisible(step > FILE)
        self.back.setEnabled(not busy)
        ready = not busy and self.opened is not None
        has_columns = self.opened is None or self.opened.table is not None
        words = _("Next") if step == FILE and has_columns else _("Look what would change")
        if step == COLUMNS:
            ready = ready and not self.columns.complaint()
        elif step == CHECK:
            seen = self.check.seen
            ready = ready and bool(seen and seen.count) and not self.context.read_only
            words = import_words(seen)
        self.go.set_text(words)
        self.go.setEnabled(ready)
        for page in (self.file, self.columns, self.check):
            page.setDisabled(busy)

    @Slot()
    def _on_back(self) -> None:
        is_table = self.opened is not None and self.opened.table is not None
        self._show_step(COLUMNS if self.step() == CHECK and is_table else FILE)

    @Slot()
    def _on_go(self) -> None:
        assert self.opened, "it was read"
        if self.step() == CHECK:
            self._import()
        elif self.step() == FILE and self.opened.table:
            self._show_step(COLUMNS)
        else:
            self._look()

    def _tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    # Reading

    @Slot(list)
    def take(self, files: Sequence[str]) -> None:
        """Read the first of these files."""
        if not files:
            return
        path, language = Path(files[0]), i18n.language()

        def read(_token: Token) -> Opened:
            return open_file(path, language)

        self._start(read, _("Reading {name}").format(name=formats.auto(path.name)), self._on_opened, self._on_unread)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self.opened = opened
        self._end()
        self.file.show_opened(opened)
        self.columns.show_opened(opened)
        self._show_step(FILE)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_unread(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, BadTable):
            raise error
        self._show_step(FILE)
        self.file.tell(error.message)

    # Looking

    def _look(self) -> None:
        assert self.opened, "it was read"
        opened, columns, rules, database = (
            self.opened,
            self.columns.columns(),
            self.check.rules(),
            self.context.database,
        )

        def looked(token: Token) -> Seen:
            return look(database, opened, columns, rules, token)

        self._start(looked, _("Looking what would change"), self._on_seen, self._on_unseen)

    @Slot(object)
    def _on_seen(self, seen: Seen) -> None:
        self._end()
        self.check.show_seen(seen)
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

    @Slot()
    def _on_rules(self) -> None:
        if self.step() == CHECK:
            self._look()

    @Slot(object)
    def _on_changed_elsewhere(self, notice: Notice) -> None:
        if self._writing:
            self._written = self._written or bool(notice.of(Customer))
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
    def _on_imported(self, _written: object) -> None:
        self._writing = None
        self.accept()
        self.context.go("customers")

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
