"""A change of many items: what it would do is shown while one says what it is, and then done behind the window."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QWidget

from desktop.i18n import _
from desktop.services.errors import Invalid
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Line, PreviewTable

PAUSE = 150  # ms without a key, after which is looked at what would change


class ChangeDialog(QDialog):
    """The form on top, below it what would change, and one button that says how much it changes.

    A kind of change says what it is in `rule`, what it does in `preview` and `apply`, and how that is told. Closed
    while it is written, it is cancelled and leaves nothing.
    """

    title = ""  # of the action, an English msgid
    preview: Callable[..., Any]  # (session, ids, rule) -> what would change
    apply: Callable[..., Any]  # (session, ids, rule, tell) -> the same, once it is done
    outcome: Callable[[Any], str]  # what to say then; called in the worker's thread

    def __init__(
        self, context: Context, ids: Sequence[int], words: str, headings: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.ids = ids
        self._rule: Any = None  # the one that is shown
        self._job: Job | None = None
        self._writing: Job | None = None
        self.form = QWidget()
        self.summary = Label("", "strong")
        self.remarks = Label("", "small", wrap=True)
        self.trouble = Label("", "warn", wrap=True)
        self.table = PreviewTable(_("What would change"), headings)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = quiet(_("Cancel"))
        self.go = primary("")
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self._look)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        context.changed.connect(self._on_changed_elsewhere)
        self._lay_out(words)

    def _lay_out(self, words: str) -> None:
        theme.look(self.table, "preview")
        keeps = self.progress.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps)
        self.progress.hide()
        bar = QHBoxLayout()
        bar.setSpacing(theme.pixels(8))
        bar.addWidget(self.progress, 1)
        bar.addWidget(self.cancel)
        bar.addWidget(self.go)
        layout = column_of(self, words)
        layout.addWidget(self.form)
        layout.addWidget(self.trouble)
        layout.addWidget(self.summary)
        layout.addWidget(self.remarks)
        layout.addWidget(self.table, 1)
        layout.addLayout(bar)
        self.resize(theme.pixels(680), theme.pixels(620))

    # What a kind of change says

    def rule(self) -> Any:
        """Return what the form says, None where it does not say enough yet. Raises Invalid."""
        raise NotImplementedError

    def lines(self, rule: Any, seen: Any, first: int, count: int) -> Sequence[Line]:
        """Return rows of the table."""
        raise NotImplementedError

    def count(self, seen: Any) -> int:
        """Return how many rows the table has."""
        raise NotImplementedError

    def told(self, seen: Any) -> tuple[str, str, list[str]]:
        """Return the words of the button, how much would change, and what else there is to know."""
        raise NotImplementedError

    # How it goes

    @Slot()
    def look_again(self) -> None:
        """Look in a moment at what would change: the form says something else."""
        self.go.setEnabled(False)
        self._soon.start()

    @Slot(object)
    def _on_changed_elsewhere(self, _notice: object) -> None:
        if not self._writing:
            self.look_again()

    @Slot()
    def _look(self) -> None:
        if self._job:
            self._job.cancel()
            self._job = None
        try:
            self._rule, trouble = self.rule(), ""
        except Invalid as invalid:
            self._rule, trouble = None, invalid.message
        if trouble and trouble != self.trouble.text():
            announce(self.form, trouble)
        self._say(self.trouble, trouble)
        if self._rule is None:
            self._show(None)
            return
        self._job = self.context.read(type(self).preview, self.ids, self._rule).begin(self._on_seen, self._on_not_seen)

    @Slot(object)
    def _on_seen(self, seen: Any) -> None:
        self._job = None
        self._show(seen)

    @Slot(object)
    def _on_not_seen(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, Invalid):
            raise error
        self._say(self.trouble, error.message)
        self._show(None)

    def _show(self, seen: Any) -> None:
        rule = self._rule
        self.table.show_lines(
            self.count(seen) if seen else 0, lambda first, count: self.lines(rule, seen, first, count)
        )
        words, summary, remarks = self.told(seen)
        self.go.set_text(words)
        self.go.setEnabled(bool(seen and self.count(seen)) and not self.context.read_only)
        self.summary.setText(summary)
        self._say(self.remarks, "\n".join(remarks))

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    @Slot()
    def _on_go(self) -> None:
        self._writing = self.context.act_behind(
            self.title, type(self).apply, self.ids, self._rule, done=type(self).outcome, progress=True
        )
        self._writing.done.connect(self._on_written)
        self._writing.failed.connect(self._on_not_written)
        self._writing.progressed.connect(self._on_progress)
        self.progress.setRange(0, 0)
        self._hold(True)

    @Slot(object, object)
    def _on_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(done * 1000 // max(total, 1))

    @Slot(object)
    def _on_written(self, _written: object) -> None:
        self._writing = None
        self.accept()

    @Slot(object)
    def _on_not_written(self, _error: Exception) -> None:
        self._writing = None  # what is wrong has been said
        self._hold(False)

    def _hold(self, writing: bool) -> None:
        self.progress.setVisible(writing)
        for widget in (self.form, self.table, self.go):
            widget.setDisabled(writing)

    def reject(self) -> None:
        """Close, with nothing changed."""
        for job in (self._job, self._writing):
            if job:
                job.cancel()
        super().reject()
