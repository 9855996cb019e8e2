"""New items from anything: a supplier's message, rows of a spreadsheet, photos; looked at before they are added."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from desktop import i18n
from desktop.exchange.pasted_rows import read_rows
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.catalog import shop_currency
from desktop.services.drafts import Draft, add_drafts, doubts_of, drafts_of_photos
from desktop.services.supplier import read_message
from desktop.ui import theme
from desktop.ui.context import Context, Written
from desktop.ui.dialogs.frame import column_of
from desktop.ui.dialogs.left_out import LeftOutDialog
from desktop.ui.dialogs.new_items_table import DraftModel, DraftTable
from desktop.ui.intake import Haul, Intake, Source, choose_pictures
from desktop.ui.tasks import Job, Token
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import flat, primary, quiet, row_of
from desktop.ui.widgets.check_box import CheckBox
from desktop.ui.widgets.drops import paths_in
from desktop.ui.widgets.editors import Text
from desktop.ui.widgets.file_dialog import FileDialog
from desktop.ui.widgets.image_well import picture_in
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.progress import Progress

PAUSE = 200  # ms after the last key
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".svg")
SMALL = 32


class NewItemsDialog(QDialog):
    """Show it with `open()`. What is pasted or dropped becomes rows at once; those that are ticked become items.

    All of them are one action. Pictures are read behind the window as soon as they come.
    """

    def __init__(
        self, context: Context, parent: QWidget | None = None, text: str = "", sources: Sequence[Source] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New items"))
        self.setAcceptDrops(True)
        self.context = context
        self.currency: str = context.get(shop_currency)
        self.intake: Intake | None = None
        self._job: Job | None = None
        self._texts: list[Draft] = []
        self._first = 0  # the place of the first of those that are being read
        self._names: list[str] = []  # of the photos
        self._digests: dict[str, str] = {}
        self._troubles: list[str] = []
        self.thumbnails = Thumbnails(context, round(SMALL * self.devicePixelRatioF()), self)
        self.text = Message(self.take)
        self.text.setAccessibleName(_("A message, or rows of a spreadsheet"))
        self.text.setPlaceholderText(_("Paste a supplier's message here, or rows copied from a spreadsheet."))
        self.photos = quiet(_("Choose photos…"), "image-plus")
        self.folder = quiet(_("Choose a folder of photos…"), "folder-open")
        self.together = CheckBox(_("Photos whose names differ in a last number are one item"))
        self.together.setChecked(True)
        self.model = DraftModel(self.currency, self._check, self._thumbnail)
        self.table = DraftTable(self.model)
        self.progress = Progress()
        self.note = Label("", "small", wrap=True)
        self.why = flat(_("See what was left out"))
        self.add = primary("", "plus")
        self.cancel = quiet(_("Cancel"))
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._lay_out()
        self.text.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._on_text)
        self.photos.clicked.connect(self._on_photos)
        self.folder.clicked.connect(self._on_folder)
        self.together.toggled.connect(self._show)
        self.model.changed.connect(self._show_count)
        self.thumbnails.ready.connect(self.table.viewport().update)
        self.progress.stopped.connect(self._on_stop)
        self.why.clicked.connect(self._on_why)
        self.add.clicked.connect(self._on_add)
        self.cancel.clicked.connect(self.reject)
        self.text.setPlainText(text)
        self._soon.stop()
        if text:
            self._on_text()
        self.take(sources)
        self._show()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.pixels(12))
        bar.addWidget(self.note, 1)
        bar.addWidget(self.why)
        bar.addWidget(self.cancel)
        bar.addWidget(self.add)
        layout = column_of(self, _("New items"))
        layout.addWidget(self.text)
        layout.addLayout(row_of(self.photos, self.folder, self.together))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.progress)
        layout.addLayout(bar)
        for part in (self.progress, self.why, self.together):
            part.hide()
        self.add.setDefault(True)
        self.resize(theme.pixels(860), theme.pixels(640))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # What comes in

    def take(self, sources: Sequence[Source]) -> None:
        """Add pictures, or all those in folders, each an item of its own unless their names say otherwise."""
        found = [inside for source in sources for inside in _unfolded(source)]
        found = [source for source in found if isinstance(source, bytes) or source not in self._names]
        if not found or self.intake:
            return
        first = self._first = len(self._names)
        self._names += [s if isinstance(s, str) else f"{first + n + 1}" for n, s in enumerate(found)]
        self.intake = Intake(self.context, found, self)
        self.intake.progressed.connect(self._on_progressed)
        self.intake.ended.connect(self._on_read)
        self.intake.start()
        self._show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        text, sources = taken_from(event.mimeData())
        if text:
            self.text.setPlainText("\n\n".join(filter(None, [self.text.toPlainText(), text])))
        self.take(sources)
        event.acceptProposedAction()

    @Slot()
    def _on_text(self) -> None:
        """Read what was pasted, away from the window: a message may be long."""
        text, currency, language = self.text.toPlainText(), self.currency, i18n.language()
        if self._job:
            self._job.cancel()

        def read(_token: Token) -> list[Draft]:
            rows = read_rows(text, currency, language)
            return read_message(text, currency) if rows is None else rows

        self._job = self.context.work(read).begin(self._on_drafts)

    @Slot(object)
    def _on_drafts(self, drafts: list[Draft]) -> None:
        self._job = None
        self._texts = drafts
        self._show()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setVisible(total > 1)
        self.progress.show_step(_("Reading pictures: {of}").format(of=formats.of(done, total)), done, total)

    @Slot(object)
    def _on_read(self, haul: Haul) -> None:
        self.intake = None
        self.progress.hide()
        self._digests |= {self._names[self._first + number]: digest for number, digest in haul.kept}
        self._names = [name for name in self._names if name in self._digests]  # what was left out is told
        self._troubles += haul.troubles
        if haul.unread:
            words = ngettext("{n} picture was not read", "{n} pictures were not read", haul.unread)
            self._troubles.append(words.format(n=formats.number(haul.unread)))
        self.why.setVisible(bool(self._troubles))
        self._show()

    @Slot()
    def _on_stop(self) -> None:
        if self.intake:
            self.intake.stop()

    @Slot()
    def _on_photos(self) -> None:
        choose_pictures(self, self.take)

    @Slot()
    def _on_folder(self) -> None:
        dialog = FileDialog(self, _("Choose a folder of photos"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(FileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self.take)
        dialog.open()

    # What is shown

    @Slot()
    def _show(self) -> None:
        photos = drafts_of_photos(self._names)
        self.together.setVisible(any(len(draft.files) > 1 for draft in photos))
        if not self.together.isChecked():
            photos = drafts_of_photos(self._names, together=False)
        self.model.set_drafts([*self._texts, *photos])

    @Slot()
    def _show_count(self) -> None:
        count = len(self.model.chosen())
        words = ngettext("Add {n} item", "Add {n} items", count)
        self.add.set_text(words.format(n=formats.number(count)))
        self.add.setEnabled(self.model.can_be_added() and not self.intake and not self.context.read_only)
        note = ""
        if self.currency and self.model.rows:
            note = _("Prices that name no currency are in {currency}.").format(currency=formats.ltr(self.currency))
        self.note.setText(note)

    def _check(self, drafts: list[Draft]) -> list[str]:
        return self.context.get(doubts_of, drafts, self.currency)

    def _thumbnail(self, name: str) -> QPixmap | None:
        return self.thumbnails.get(self._digests.get(name))

    @Slot()
    def _on_why(self) -> None:
        dialog = LeftOutDialog(self._troubles, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # What is done

    @Slot()
    def _on_add(self) -> None:
        drafts = [
            replace(row.draft, files=tuple(self._digests[name] for name in row.draft.files if name in self._digests))
            for row in self.model.chosen()
        ]
        self.add.setEnabled(False)
        job = self.context.act_behind(N_("Add items"), add_drafts, drafts, done=_added)
        job.done.connect(self._on_added)
        job.failed.connect(self._on_not_added)

    @Slot(object)
    def _on_added(self, written: Written) -> None:
        self.accept()

    @Slot(object)
    def _on_not_added(self, error: Exception) -> None:
        self._show_count()  # it is said at the foot of the window; what was prepared is still here

    def done(self, result: int) -> None:
        """Close, and read no more."""
        if self.intake:
            self.intake.stop()
        super().done(result)


class Message(Text):
    """Text that is pasted; pictures that are pasted or dropped here go to `take`."""

    def __init__(self, take: Callable[[Sequence[Source]], None]) -> None:
        super().__init__((4, 7))
        self._take = take

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return can_take(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text, sources = taken_from(source)
        if sources:
            self._take(sources)
        elif text:
            super().insertFromMimeData(source)


def can_take(data: QMimeData) -> bool:
    """Say whether something dropped or pasted can become items."""
    return data.hasText() or data.hasImage() or bool(paths_in(data))


def taken_from(data: QMimeData) -> tuple[str, list[Source]]:
    """Return the text, or the pictures, in what was dropped or pasted."""
    if paths := paths_in(data):
        return "", [*paths]
    if data.hasText() and data.text().strip():  # spreadsheets add a picture of their cells
        return data.text(), []
    picture = picture_in(data)
    return "", [picture] if picture else []


def _unfolded(source: Source) -> list[Source]:
    """Return the pictures in a folder, or what is no folder."""
    if isinstance(source, bytes) or not Path(source).is_dir():
        return [source]
    try:
        inside = sorted(path for path in Path(source).iterdir() if path.suffix.lower() in PICTURES)
    except OSError:
        return [source]
    return [str(path) for path in inside]


def _added(ids: list[int]) -> str:
    return ngettext("{n} item added", "{n} items added", len(ids)).format(n=formats.number(len(ids)))
