"""One form of the catalog: what to choose, how it will look, what is missing, and the buttons that make it."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Export
from desktop.exchange.files import legal_name
from desktop.exchange.folders import MANIFEST
from desktop.exchange.publish import Form, Made, terms_of
from desktop.exchange.publish_previews import Messages, Preview
from desktop.exchange.remake import Again
from desktop.i18n import _, formats, ngettext
from desktop.services import exports
from desktop.services.exports import Outdated
from desktop.services.profile import read_profile
from desktop.services.publish import Outlook, outlook
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.exports import make, note
from desktop.ui.pages.publish_gaps import GapsView
from desktop.ui.pages.publish_options import Offered, OptionsView
from desktop.ui.pages.publish_preview import PreviewView
from desktop.ui.saving import Opener, SaveLine, open_folder
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import CopyButton, announce, icon_button, primary, quiet, row_of
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.file_dialog import FileDialog
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.scroll import Scroll

PAUSE = 250  # ms without a change, after which it is looked at again
BESIDE = 640  # px from which the options stand beside the preview
REMARKS = 4  # sentences about what was made


class FormView(Card):
    """A form of the catalog; `made` tells that it was made, or copied, and that the list of exports is another."""

    made = Signal()

    def __init__(self, context: Context, form: Form, choice: Offered, export: Export | None, opener: Opener) -> None:
        super().__init__()
        self._context = context
        self._form = form
        self._opener = opener
        self._export = export  # the last one on this computer
        self._looking: list[Job] = []
        self._making: Job | None = None
        self._path = Path()
        self._stale = True
        self._dialog: FileDialog | None = None
        self.setAccessibleName(_(form.title))
        self.options = OptionsView(form, choice, exports.options_of(export) if export else {})
        self.gaps = GapsView(context, form.orders)
        self.preview = PreviewView()
        self.status = Label("", "small")
        self.place = ElidedLabel("", "small", Qt.TextElideMode.ElideMiddle)
        self.trouble = Label("", "warn", wrap=True)
        self.progress = Progress()
        self._texts: list[str] = []  # of messages to copy
        self._next = 0  # the one that is copied next
        self.copy = CopyButton(_("Copy the message"), self._next_text, "primary")
        self.go = quiet("") if form.copied else primary("")
        self.elsewhere = quiet(_("Elsewhere…"), hint=_("Choose another place for it"))
        self.folder = icon_button("folder-open", _("Open folder"))
        # TRANSLATORS: of a web page that was made; and of a folder with a file that says what to do with it.
        read = _("Open page") if form.first.endswith(".html") else _("What to do next")
        self.page = icon_button("external-link", read)
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._lay_out()
        self.options.changed.connect(self.look_again)
        self.preview.copied.connect(self._on_copied)
        self._soon.timeout.connect(self._look)
        self.progress.stopped.connect(self._on_stop)
        self.copy.copied.connect(self._on_next_copied)
        self.go.clicked.connect(self._on_go)
        self.elsewhere.clicked.connect(self._ask)
        self.folder.clicked.connect(self._on_open_folder)
        self.page.clicked.connect(self._on_open_page)
        self._say_trouble("")
        self.show_export(export)

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.pixels(8))
        self.add(Label(_(self._form.title), "heading"))
        self.add(Label(_(self._form.purpose), "muted", wrap=True))
        choose = QWidget()
        column = QVBoxLayout(choose)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        column.addWidget(self.gaps)
        column.addWidget(self.options)
        column.addStretch()
        inside = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom, inside)
        self._body.setContentsMargins(0, 0, theme.pixels(4), 0)
        self._body.setSpacing(theme.pixels(16))
        self._body.addWidget(choose, 2)
        self._body.addWidget(self.preview, 3)
        self._area = Scroll(inside)
        self.add(self._area, 1)
        line = QWidget()
        theme.look(line, "line")
        line.setFixedHeight(1)
        self.add(line)
        said = QHBoxLayout()
        said.setSpacing(theme.pixels(8))
        said.addWidget(self.status)
        said.addWidget(self.place, 1)
        self.add(said)
        self.add(self.trouble)
        self.add(self.progress)
        buttons = row_of(self.copy, self.go, self.elsewhere)
        buttons.addWidget(self.page)
        buttons.addWidget(self.folder)
        self.add(buttons)
        self.progress.hide()

    # What is shown

    def form(self) -> Form:
        """Return the form that is shown."""
        return self._form

    def show_export(self, export: Export | None, stale: Outdated | None = None) -> None:
        """Say when and where it was made last on this computer, and whether something has `changed` since."""
        self._export = export
        here = export is not None and self._where(export) is not None
        nothing = _("Not copied yet.") if self._form.copied else _("Not made yet.")
        self.status.setText(made_when(export, stale) if export else nothing)
        theme.look(self.status, "warn" if stale else "small")
        self.place.setText(formats.ltr(export.path) if export and export.path else "")
        self.go.set_text(_("Export again") if here else self._first_words())
        self.go.set_icon("refresh-cw" if here else "folder-open" if self._form.place == "folder" else "download")
        self._arrange()

    def refresh(self, choice: Offered) -> None:
        """Follow what has changed in the shop."""
        self.options.offer(choice)
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Look in a moment at what would be given out, once it is seen."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.pixels(BESIDE)
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    @Slot()
    def _look(self) -> None:
        self._stale = False
        for job in self._looking:
            job.cancel()
        options = self.options.options()
        terms = terms_of(self._form, options)
        seen = self._context.read(self._form.preview, options)
        counted = self._context.read(outlook, self._form.gaps, terms, options.get("items") or None)
        seen.done.connect(self._on_seen)
        seen.failed.connect(self._on_not_seen)
        counted.done.connect(self._on_counted)
        counted.failed.connect(self._on_not_counted)
        self._looking = [seen, counted]
        for job in self._looking:
            job.start()

    @Slot(object)
    def _on_seen(self, preview: Preview) -> None:
        self._texts = list(preview.texts) if isinstance(preview, Messages) else []
        self._next = 0
        self.copy.setEnabled(bool(self._texts))
        self.preview.show_preview(preview)

    @Slot(object)
    def _on_not_seen(self, error: Exception) -> None:
        sentence = complaint(error)
        self._texts = []
        self.copy.setEnabled(False)
        self.preview.say(sentence)

    @Slot(object)
    def _on_counted(self, seen: Outlook) -> None:
        self.gaps.show_outlook(seen)
        self.go.setEnabled(bool(seen.items) or "collections" not in self._form.options)
        self.elsewhere.setEnabled(self.go.isEnabled())

    @Slot(object)
    def _on_not_counted(self, error: Exception) -> None:
        self.gaps.say(complaint(error))

    # Making it

    @Slot()
    def _on_go(self) -> None:
        if not self.options.commit():
            return
        path = self._where(self._export) if self._export else None
        if path is None:
            self._ask()
        else:
            self.make(path)

    def make(self, path: Path) -> None:
        """Make it at `path`, away from the window."""
        self._path = path
        self._say_trouble("")
        self._making = make(self._context, self._form, self.options.options(), path)
        self._making.done.connect(self._on_made)
        self._making.failed.connect(self._on_not_made)
        self._making.progressed.connect(self._on_progressed)
        self.progress.show_step(_("Making it…"), 0, 0)
        self._arrange()
        self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._making.start()

    @Slot(object, object)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.show_step(_("Making it… {step}").format(step=formats.of(done, total)), done, total)

    @Slot()
    def _on_stop(self) -> None:
        if self._making:
            self._making.cancel()
        self._end(_("Stopped. What was there before is as it was."))

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        remarks = list(made.remarks[:REMARKS])
        if more := len(made.remarks) - len(remarks):
            sentence = ngettext("There is {n} more problem.", "There are {n} more problems.", more)
            remarks.append(sentence.format(n=formats.number(more)))
        self._end("\n".join(remarks))
        # TRANSLATORS: {form} is what a form of the catalog is called, such as "PDF catalog".
        sentence = _("Ready: {form}").format(form=_(self._form.title))
        self._context.say(sentence)
        announce(self, sentence)
        self.made.emit()

    @Slot(object)
    def _on_not_made(self, error: Exception) -> None:
        self._end("")
        self._say_trouble(sentence := complaint(error))
        announce(self, sentence)

    def _end(self, remarks: str) -> None:
        self._making = None
        self._say_trouble(remarks)
        self._arrange()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_trouble(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _arrange(self) -> None:
        making = self._making is not None
        here = self._export is not None and bool(self._export.path) and Path(self._export.path).exists()
        self.progress.setVisible(making)
        self.copy.setVisible(not making and self._form.copied)
        self.go.setVisible(not making)
        self.elsewhere.setVisible(not making and here)
        self.folder.setVisible(here)
        self.page.setVisible(here and bool(self._form.first))
        self.options.setDisabled(making)

    # Where it goes

    @Slot()
    def _ask(self) -> None:
        """Ask where it is to go; a folder that has other things in it gets one of the catalog's own."""
        if self._dialog:
            self._dialog.deleteLater()
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._dialog = FileDialog(self, self._first_words(), SaveLine.last_folder or documents)
        if self._form.place == "folder":
            self._dialog.setFileMode(FileDialog.FileMode.Directory)
        else:
            self._dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
            self._dialog.setNameFilters([f"{_(name)} (*{ending})" for ending, name in self._form.endings])
            self._dialog.selectFile(legal_name(self._name()) + self._form.endings[0][0])
        self._dialog.accepted.connect(self._on_accepted)
        self._dialog.open()

    @Slot()
    def _on_accepted(self) -> None:
        assert self._dialog, "it was asked"
        path = Path(self._dialog.selectedFiles()[0])
        if self._form.place == "folder":
            SaveLine.last_folder = str(path)
            self.make(path if _is_free(path) else path / legal_name(self._name()))
            return
        endings = [ending for ending, _name in self._form.endings]
        if path.suffix.lower() not in endings:
            path = path.with_name(path.name + endings[0])
            if path.exists():  # under that name nobody was asked whether to replace it
                self._dialog.selectFile(str(path))
                self._dialog.open()
                return
        SaveLine.last_folder = str(path.parent)
        self.make(path)

    def _name(self) -> str:
        # TRANSLATORS: the name of a file or folder; {name} is the shop's.
        return _("Catalog of {name}").format(name=self._context.get(read_profile).name).strip()

    def _where(self, export: Export) -> Path | None:
        """Return where the last one is, None where it can no longer be made there."""
        path = Path(export.path)
        return path if export.path and exports.is_here(export) and path.parent.is_dir() else None

    def _first_words(self) -> str:
        if self._form.copied:
            return _("Save with pictures…")
        return _("Choose a folder…") if self._form.place == "folder" else _("Save as…")

    @Slot()
    def _on_open_folder(self) -> None:
        if self._export:
            path = Path(self._export.path)
            open_folder(path if path.is_dir() else path.parent, self._opener)

    @Slot()
    def _on_open_page(self) -> None:
        if self._export:
            self._opener(QUrl.fromLocalFile(str(Path(self._export.path) / self._form.first)))

    def _next_text(self) -> str:
        return self._texts[self._next] if self._texts else ""

    @Slot(str)
    def _on_next_copied(self, text: str) -> None:
        self._on_copied(self._next, text)
        self._next = (self._next + 1) % len(self._texts)

    @Slot(int, str)
    def _on_copied(self, number: int, _text: str) -> None:
        """Note that the messages were copied, so that it can be told what has changed since."""
        phone = self._context.get(read_profile).phone
        note(self._context, self._form.kind, self.options.options(), None, Again(phone, 0))
        if len(self._texts) > 1:
            # TRANSLATORS: {number} is "1 of 3".
            words = _("Message {number} is copied. Ready to paste into the chat.")
            self._context.say(words.format(number=formats.of(number + 1, len(self._texts))))
        self.made.emit()


def made_when(export: Export, stale: Outdated | None) -> str:
    """Say when something was made or copied, and whether it would be made otherwise now."""
    when = formats.datetime(export.made_at)
    if not stale:
        return _("Made {when}").format(when=when) if export.path else _("Copied {when}").format(when=when)
    # TRANSLATORS: of something that was exported: the shop has changed after that.
    return (
        _("Made {when} · changed since").format(when=when)
        if export.path
        else _("Copied {when} · changed since").format(when=when)
    )


def _is_free(folder: Path) -> bool:
    """Say whether a folder is empty, or holds an export already."""
    try:
        return (folder / MANIFEST).exists() or not any(folder.iterdir())
    except OSError:
        return True  # what is wrong with it is said when it is written
