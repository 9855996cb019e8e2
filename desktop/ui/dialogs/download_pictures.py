"""Fetching the pictures of which the catalog has only addresses: one button, that can be stopped and pressed again."""

from threading import Event

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListView, QWidget

from desktop.exchange.downloads import Fetched, count_wanted, download
from desktop.i18n import _, formats, ngettext
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.progress import Progress


class DownloadPicturesDialog(QDialog):
    """Show it with `open()`. What was fetched stays when it is stopped or closed; `news` is said above the question."""

    def __init__(self, context: Context, parent: QWidget | None = None, news: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Download pictures"))
        self.context = context
        self._job: Job | None = None
        self._stop = Event()  # unlike a job that is cancelled, one that is stopped tells what it has done
        self.title = Label(news or _("Download pictures"), "title", wrap=True)
        self.words = Label("", "", wrap=True)
        self.note = Label("", "small", wrap=True)
        self.trouble = Label("", "warn", wrap=True)
        self.left_out = QListView()
        self._left_out = QStringListModel(self)
        self.progress = Progress()
        self.cancel = quiet("")
        self.go = primary(_("Download pictures"), "image-down")
        self._lay_out()
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        self.progress.stopped.connect(self._on_stop)
        self._show(None)

    def _lay_out(self) -> None:
        self.left_out.setModel(self._left_out)
        self.left_out.setWordWrap(True)
        self.left_out.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left_out.setMinimumHeight(theme.pixels(140))
        self.left_out.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.left_out.setAccessibleName(_("What was left out"))
        for part in (self.progress, self.left_out, self.trouble):
            part.hide()
        layout = column_of(self)
        for part in (self.title, self.words, self.note, self.trouble):
            layout.addWidget(part)
        layout.addWidget(self.left_out, 1)
        layout.addStretch()
        layout.addWidget(self.progress)
        layout.addLayout(foot(self.cancel, self.go))
        self.resize(theme.pixels(520), theme.pixels(300))

    def _show(self, fetched: Fetched | None) -> None:
        """Show how many pictures there are to fetch, and what came of the last time."""
        count = self.context.get(count_wanted)
        shown = formats.number(count)
        if fetched:
            self.words.setText(_done(fetched))
        elif count:
            words = ngettext(
                "{n} picture is only an address on the web.", "{n} pictures are only addresses on the web.", count
            )
            self.words.setText(words.format(n=shown))
        else:
            self.words.setText(_("Every picture of the catalog is here already."))
        self.note.setText(_("Downloaded, they are in your shop's file, and can be shared and printed."))
        self.note.setVisible(bool(count) and fetched is None)
        if fetched and fetched.left:
            self.go.set_text(_("Try again"))
        else:
            self.go.set_text(ngettext("Download {n} picture", "Download {n} pictures", count).format(n=shown))
        self.go.setVisible(bool(count))
        self.go.setEnabled(not self.context.read_only)
        self.cancel.set_text(_("Not now") if count and not fetched else _("Close"))
        self.cancel.setDefault(not count)
        problems = fetched.problems if fetched else []
        lines = [f"{formats.ltr(address[:200])}\n{sentence}" for address, sentence in problems]
        self._left_out.setStringList(lines)
        self.left_out.setVisible(bool(lines))
        (self.go if count else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_go(self) -> None:
        self._stop.clear()
        database, stop = self.context.database, self._stop

        def fetch(token: Token) -> Fetched:
            return download(database, token.report, lambda: stop.is_set() or token.cancelled.is_set())

        self._job = self.context.work(fetch)
        self._job.progressed.connect(self._on_progress)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()
        self.trouble.hide()
        self.go.setEnabled(False)
        self.progress.show_step(_("Downloading pictures"), 0, 0)
        self.progress.show()

    @Slot(object, object)
    def _on_progress(self, done: int, total: int) -> None:
        sentence = _("Downloading pictures: {of}").format(of=formats.of(done, total))
        self.progress.show_step(sentence, done, total)

    @Slot()
    def _on_stop(self) -> None:
        self._stop.set()
        self.progress.show_step(_("Stopping"), 0, 0)

    @Slot(object)
    def _on_done(self, fetched: Fetched) -> None:
        self._job = None
        self.progress.hide()
        if fetched.done:
            self.context.say(_done(fetched), undo=True)
        if fetched.done and not fetched.left:
            self.accept()
            return
        self._show(fetched)
        announce(self, self.words.text())

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.progress.hide()
        self._show(None)
        self.trouble.setText(complaint(error))
        self.trouble.show()

    def reject(self) -> None:
        """Close; what was fetched stays."""
        self._stop.set()
        if self._job:
            self._job.cancel()
        super().reject()


def _done(fetched: Fetched) -> str:
    done = ngettext("{n} picture downloaded", "{n} pictures downloaded", fetched.done)
    left = ngettext("{n} picture is still to come", "{n} pictures are still to come", fetched.left)
    counts = ((done, fetched.done), (left, fetched.left))
    return " · ".join(words.format(n=formats.number(count)) for words, count in counts if count)
