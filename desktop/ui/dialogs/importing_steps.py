"""A dialog of steps that works away from the window: Back and Next, how far it is, and what is wrong in a sentence."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.steps import Steps


class StepsDialog(QDialog):
    """Shows one page at a time. One job goes on at a time; while it does, nothing on the pages can be changed."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.context = context
        self._job: Job | None = None
        self._writing: Job | None = None
        self._doing = ""  # what the bar tells of
        self.pages = QStackedWidget()
        self.progress = Progress()
        self.trouble = Label("", "warn", wrap=True)
        self.cancel = quiet(_("Cancel"))
        self.back = quiet(_("Back"))
        self.go = primary("")

    def add_steps(self, *steps: tuple[str, QWidget]) -> None:
        """Lay out these steps, each with its name, and the buttons below them."""
        self.steps = Steps([name for name, _page in steps])
        for _name, page in steps:
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
        head.addWidget(Label(self.windowTitle(), "title"))
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
        self.progress.stopped.connect(self._on_stop)
        self.cancel.clicked.connect(self.reject)

    def step(self) -> int:
        """Return which step is shown."""
        return self.pages.currentIndex()

    def show_step(self, step: int) -> None:
        """Go to a step."""
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self.tell("")
        self.show_buttons()
        self._page(step).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_buttons(self) -> None:
        """Show what can be done now."""
        self.back.setVisible(self.step() > 0)
        self.back.setDisabled(self.is_busy())
        for place in range(self.pages.count()):
            self._page(place).setDisabled(self.is_busy())

    def _page(self, place: int) -> QWidget:
        page = self.pages.widget(place)
        assert page, "it is a step"
        return page

    def tell(self, sentence: str) -> None:
        """Say what is wrong below the pages, "" for nothing."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    # How it goes

    def is_busy(self) -> bool:
        """Say whether something is read, looked at or written."""
        return bool(self._job or self._writing)

    def start(self, fn: Callable[[Token], object], words: str, done: object, failed: object) -> None:
        """Do something away from the window, instead of what goes on; `words` say what."""
        if self._job:
            self._job.cancel()
        self._job = self.context.work(fn)
        self._job.done.connect(done)
        self._job.failed.connect(failed)
        self._job.progressed.connect(self.on_progress)
        self._job.start()
        self.tell("")
        self.show_progress(words)

    def show_progress(self, words: str) -> None:
        """Show what is being done, and that it can be stopped."""
        self._doing = words
        self.progress.show_step(words, 0, 0)
        self.progress.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # where Enter does nothing: Qt would go on to Cancel by itself
        self.show_buttons()

    @Slot(object, object)
    def on_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        # TRANSLATORS: {what} is what is being done, as in "Importing: 3,000 of 100,000".
        sentence = _("{what}: {of}").format(what=self._doing, of=formats.of(done, total))
        self.progress.show_step(sentence, done, total)

    def end(self) -> None:
        """Show that nothing is being done any more."""
        self._job = None
        self.progress.hide()
        self.show_buttons()
        self._page(self.step()).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_stop(self) -> None:
        if self._writing:
            self._writing.cancel()
            self.progress.show_step(_("Stopping"), 0, 0)
        elif self._job:
            self._job.cancel()
            self.end()

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
