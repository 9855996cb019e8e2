"""What was made of the shop and lies elsewhere: a list of it, and the button that makes it all again."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Export
from desktop.data.notice import Notice
from desktop.i18n import _, formats, ngettext
from desktop.services import exports
from desktop.services.exports import Outdated
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.exports import Outcome, make_again
from desktop.ui.pages.page import Page
from desktop.ui.saving import Opener, open_folder
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import announce, flat, icon_button, quiet, row_of
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.rows import Row, Tile
from desktop.ui.widgets.scroll import Scroll

LISTED = 100  # rows; older ones are counted
ICONS = {
    "feed": "table",
    "upload": "cloud-upload",
    "json": "braces",
    "site": "globe",
    "pdf": "book-open",
    "xlsx": "sheet",
    "text": "message-circle",
    "pictures": "images",
    "replies": "zap",
    "story": "smartphone",
    "card": "printer",
    "qr_sheet": "printer",
    "website_button": "code-xml",
}


class ExportsCard(Card):
    """Rows of what was made, each with where it is; `made` tells that something was made again or taken off the list.

    Of an Outdated it says why it should be made again. A row opens the folder that it is in.
    """

    made = Signal()

    def __init__(self, context: Context, title: str = "", opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(title)
        self._context = context
        self._opener = opener
        self._wanted: list[Export] = []
        self._troubles: dict[int, str] = {}
        self._job: Job | None = None
        self.note = Label("", "muted", wrap=True)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme.pixels(4))
        self.more = Label("", "small", wrap=True)
        self.again = quiet(_("Export all again"), "refresh-cw", hint=_("Each at its place, as it was chosen then"))
        self.progress = Label("", "small")
        self.cancel = flat(_("Cancel"))
        foot = row_of(self.again, self.progress, self.cancel)
        self.add(self.note)
        self.add(self.rows)
        self.add(self.more)
        self.add(foot)
        self.again.clicked.connect(self._on_again)
        self.cancel.clicked.connect(self._on_cancel)
        self._show_progress(False)

    def show_exports(self, found: Sequence[Export | Outdated], note: str, ready: bool = True) -> None:
        """List these under `note`; those that are Outdated can be made again, once all is `ready` for that."""
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._wanted = [one.export for one in found if isinstance(one, Outdated)]
        for one in found[:LISTED]:
            self.rows.addWidget(self._row(one))
        rest = max(len(found) - LISTED, 0)
        self.more.setText(ngettext("and {n} more", "and {n} more", rest).format(n=formats.number(rest)))
        self.more.setVisible(bool(rest))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.again.setVisible(bool(self._wanted) and self._job is None)
        self.again.setEnabled(ready and not self._context.read_only)

    def _row(self, one: Export | Outdated) -> QWidget:
        export = one.export if isinstance(one, Outdated) else one
        lines = [formats.ltr(export.path)] if export.path else []
        # TRANSLATORS: {when} is a date and a time; what was made then is named above.
        facts = [_("Made {when}").format(when=formats.datetime(export.made_at))]
        trouble = self._troubles.get(export.id, "")
        if isinstance(one, Outdated) and not trouble:
            facts.append(_why(one))
        lines += [" · ".join(facts), *([trouble] if trouble else [])]
        row = Row(
            Tile(ICONS.get(export.kind, "qr-code"), 32),
            exports.title(export),
            "\n".join(lines),
            partial(self._open, export),
            wrap=True,
        )
        if trouble:
            theme.look(row.note, "warn")
        remove = icon_button("x", _("Take off this list"))
        remove.clicked.connect(partial(self._remove, export.id))
        remove.setDisabled(self._context.read_only)
        line = QWidget()
        both = QHBoxLayout(line)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(row, 1)
        both.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _open(self, export: Export) -> None:
        if not export.path:
            from desktop.exchange.publish import form_of

            if form_of(export.kind):
                self._context.go("publish", export.kind)
            else:
                self._context.go("links")
            return
        path = Path(export.path)
        open_folder(path if path.is_dir() else path.parent, self._opener)

    def _remove(self, export: int, _checked: bool = False) -> None:
        try:
            self._context.database.run_unrecorded(exports.forget, [export])
        except Exception as error:
            self._context.say(complaint(error))
        else:
            self.made.emit()

    # Making again

    @Slot()
    def _on_again(self) -> None:
        self._troubles = {}
        self._job = make_again(self._context, self._wanted)
        self._job.progressed.connect(self._on_progressed)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._on_progressed(0, len(self._wanted))
        self._show_progress(True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._job.start()

    @Slot()
    def _on_cancel(self) -> None:
        if self._job:
            self._job.cancel()
            self._job = None
            self._show_progress(False)
            self.made.emit()

    @Slot(object, object)
    def _on_progressed(self, done: int, total: int) -> None:
        words = _("{done} of {total}").format(done=formats.number(done), total=formats.number(total))
        self.progress.setText(words)

    @Slot(object)
    def _on_done(self, outcomes: list[Outcome]) -> None:
        self._job = None
        self._show_progress(False)
        self._troubles = {outcome.export.id: outcome.trouble for outcome in outcomes if outcome.trouble}
        made, left = len(outcomes) - len(self._troubles), len(self._troubles)
        said = ngettext("{n} export was made again.", "{n} exports were made again.", made)
        sentence = said.format(n=formats.number(made)) if made else ""
        if left:
            missed = ngettext("{n} could not be made: see why.", "{n} could not be made: see why.", left)
            sentence = formats.sentences([sentence, missed.format(n=formats.number(left))])
        self._context.say(sentence)
        announce(self, sentence)
        self.made.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._show_progress(False)
        raise error

    def _show_progress(self, working: bool) -> None:
        self.progress.setVisible(working)
        self.cancel.setVisible(working)
        self.again.setVisible(not working and bool(self._wanted))


class ExportsView(Page):
    """All that was made of the shop, the last first; made again is what is not as it would be made now."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._job: Job | None = None
        self.card = ExportsCard(context, opener=opener)
        words = _("QR codes, print sheets, tables and pictures that you save are listed here, with what changed since.")
        self.empty = Empty("folder-open", _("Nothing was made yet"), words)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addWidget(self.empty)
        column.addStretch()
        area = Scroll(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.card.made.connect(self.refresh)
        self.card.hide()
        self.empty.hide()

    def on_changed(self, notice: Notice) -> None:
        """Say what is out of date by now."""
        if notice.changes and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()  # something may have been saved on another page

    @Slot()
    def refresh(self) -> None:
        """Read what was made, away from the window: the whole history may have to be looked through."""
        self._job = self.context.read(_listed).begin(self._on_read, self._on_failed, instead_of=self._job)

    @Slot(object)
    def _on_read(self, found: list[Export | Outdated]) -> None:
        self._job = None
        stale = sum(isinstance(one, Outdated) for one in found)
        sentence = ngettext(
            "{n} of these is not as it would be made now.", "{n} of these are not as they would be made now.", stale
        )
        self.card.show_exports(found, sentence.format(n=formats.number(stale)) if stale else "")
        self.card.setVisible(bool(found))
        self.empty.setVisible(not found)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error


def _listed(session: Session) -> list[Export | Outdated]:
    stale = {one.export.id: one for one in exports.outdated(session)}
    return [stale.get(export.id, export) for export in exports.list_exports(session)]


def _why(one: Outdated) -> str:
    if one.other_number:
        return _("carries the number {phone}").format(phone=formats.phone(one.export.phone))
    # TRANSLATORS: of something that was exported: it would be made otherwise now.
    return _("changed since")
