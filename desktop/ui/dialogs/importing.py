"""The dialog that brings something in from files, step by step; nothing is written before the last one."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop.data.models import Row
from desktop.data.notice import Notice
from desktop.exchange.files import CannotWrite
from desktop.exchange.importing import Report
from desktop.exchange.mapping import remember
from desktop.exchange.tables import BadTable
from desktop.i18n import _, formats
from desktop.ui.context import Context, Written, complaint
from desktop.ui.dialogs.importing_check import CheckStep
from desktop.ui.dialogs.importing_columns import ColumnsStep
from desktop.ui.dialogs.importing_file import FileStep
from desktop.ui.dialogs.importing_reading import How, Opened, Seen, folder_of_columns
from desktop.ui.dialogs.importing_steps import StepsDialog
from desktop.ui.tasks import Token
from desktop.ui.widgets.drops import FileDrops

FILE, COLUMNS = range(2)
Paths = tuple[Path, ...]  # of files that are read as one
OpenedT = TypeVar("OpenedT", bound=Opened)
SeenT = TypeVar("SeenT", bound="Seen[Any]")


class Kind(NamedTuple):
    """What comes in: the title of the action, as a msgid, and the model whose rows it writes; the page that shows them;
    the folder in which it is kept what columns mean; what does a plan, what to say then, and the last button's words
    for how many."""

    title: str
    model: type[Row]
    page: str
    columns: str
    carry_out: Callable[..., Report]
    outcome: Callable[[Report], str]
    words: Callable[[int], str]


class ImportDialog(StepsDialog, Generic[OpenedT, SeenT]):
    """Show it with `open()`. What was chosen stays while one goes back and forth.

    Several files come one after the other, each an action, but for those that `batches` brings together. A kind of
    import says what it is with `kind`, makes its steps, of which the first is the file and the last the look at what
    would change, and has `show_steps` begin.
    """

    file: FileStep
    columns: ColumnsStep
    check: CheckStep[SeenT]

    def __init__(self, context: Context, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(context, _(kind.title), parent)
        self.kind = kind
        self.opened: OpenedT | None = None
        self._waiting: list[Paths] = []  # the files that come after these
        self._reading: Paths = ()
        self._unread: list[str] = []  # why files before this one could not be read
        self._written = False

    # What differs

    def said(self, opened: OpenedT) -> str:
        """Return what a file is and how much is in it, in one sentence."""
        raise NotImplementedError

    def batches(self, paths: Sequence[Path]) -> list[Paths]:
        """Return the files in their order, those together that are read as one."""
        return [(path,) for path in paths]

    def reading(self, paths: Paths, how: How) -> Callable[[Token], OpenedT]:
        """Return what reads files, away from the window."""
        raise NotImplementedError

    def looking(self) -> Callable[[Token], SeenT]:
        """Return what looks at what would change, by what is chosen in the steps, away from the window."""
        raise NotImplementedError

    def show_opened(self, opened: OpenedT) -> None:
        """Show in the steps what was read."""
        raise NotImplementedError

    def passes_over(self, _step: int) -> bool:
        """Say whether there is nothing to be chosen in a step."""
        return False

    # Steps

    def show_steps(self, *steps: tuple[str, QWidget], files: Sequence[str] = ()) -> None:
        """Begin with the first of these steps, each with its name, and files to read at once."""
        self.add_steps(*steps)
        self._connect()
        self.show_step(FILE)
        if files:
            self.take(files)

    def _connect(self) -> None:
        self.file.chosen.connect(self.take)
        self.file.read_again.connect(self._on_read_again)
        self.columns.changed.connect(self.show_buttons)
        self.back.clicked.connect(self._on_back)
        self.go.clicked.connect(self._on_go)
        self.context.changed.connect(self._on_changed_elsewhere)
        FileDrops(self, self._on_dropped)

    def is_checking(self) -> bool:
        """Say whether the last step is shown."""
        return self.pages.currentWidget() is self.check

    def _beside(self, way: int) -> int:
        """Return the step before (-1) or behind (1) the one that is shown."""
        step = self.step() + way
        return step + way if self.passes_over(step) else step

    @Slot()
    def show_buttons(self) -> None:
        """Show what the next step is, and whether one can go there."""
        super().show_buttons()
        ready = not self.is_busy() and self.opened is not None
        if self.is_checking():
            count = self.check.seen.count if self.check.seen else 0
            ready = ready and bool(count) and not self.context.read_only
            words = self.kind.words(count)
        else:
            ready = ready and not (self.step() == COLUMNS and self.columns.complaint())
            is_last = self._beside(1) == self.pages.indexOf(self.check)
            words = _("Look what would change") if is_last else _("Next")
        self.go.set_text(words)
        self.go.setEnabled(ready)

    @Slot()
    def _on_back(self) -> None:
        self.show_step(self._beside(-1))

    @Slot()
    def _on_go(self) -> None:
        if self.is_checking():
            self._import()
            return
        if self.step() == COLUMNS:
            self._remember()
        step = self._beside(1)
        if step == self.pages.indexOf(self.check):
            self.look()
        else:
            self.show_step(step)

    # Reading

    @Slot(list)
    def take(self, files: Sequence[str]) -> None:
        """Read the first of these files, and the others after it."""
        batches = self.batches([Path(file) for file in files])
        if batches:
            self._waiting = batches[1:]
            self._read(batches[0], How())

    def _read(self, paths: Paths, how: How) -> None:
        self._reading = paths
        words = _("Reading {name}").format(name=formats.auto(paths[0].name))
        self.start(self.reading(paths, how), words, self._on_opened, self._on_unread)

    @Slot(object)
    def _on_read_again(self, how: How) -> None:
        assert self.opened, "its file is shown"
        self._read(self.opened.paths, how)

    @Slot(object)
    def _on_opened(self, opened: OpenedT) -> None:
        self.opened = opened
        self.end()
        self.show_opened(opened)
        self._show_file()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_file(self) -> None:
        if self.opened:
            self.file.show_opened(self.opened, self.said(self.opened), sum(map(len, self._waiting)))
        self.show_step(FILE)
        self.file.tell("\n".join(self._unread))
        self._unread = []

    @Slot(object)
    def _on_unread(self, error: Exception) -> None:
        self.end()
        if not isinstance(error, BadTable):
            raise error
        name = formats.auto(self._reading[0].name)
        # TRANSLATORS: {sentence} says what is wrong with the file {name}.
        told = _("{name}: {sentence}").format(name=name, sentence=error.message)
        self._unread.append(error.message if name in error.message else told)
        if self._waiting and (self.opened is None or self.opened.paths != self._reading):
            self._read(self._waiting.pop(0), How())
        else:
            self._show_file()  # what was chosen before it stays

    def _remember(self) -> None:
        """Keep what is chosen for files of these columns, if anything is."""
        assert self.opened, "its columns are shown"
        mapping, table = self.columns.mapping(), self.opened.table
        if table and mapping != self.opened.mapping:
            with suppress(CannotWrite, OSError):  # then it is asked again
                remember(folder_of_columns(self.kind.columns), table.header, mapping)

    # Looking

    @Slot()
    def look(self) -> None:
        """Look at what would change, and show it."""
        self.start(self.looking(), _("Looking what would change"), self._on_seen, self._on_unseen)

    @Slot(object)
    def _on_seen(self, seen: SeenT) -> None:
        self.end()
        assert self.opened, "it was looked at"
        self.check.show_seen(seen)
        self.check.saving.set_problems(self.opened.path, seen.table, seen.mend)
        if self.is_checking():
            self.show_buttons()
        else:
            self.show_step(self.pages.indexOf(self.check))
        (self.go if self.go.isEnabled() else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_unseen(self, error: Exception) -> None:
        self.end()
        self.tell(complaint(error))

    @Slot(object)
    def _on_changed_elsewhere(self, notice: Notice) -> None:
        if self._writing:
            self._written = self._written or bool(notice.of(self.kind.model))
        elif self.is_checking() and not self._job:
            self.look()

    # Writing

    def _import(self) -> None:
        assert self.check.seen, "it is shown"
        kind, plan = self.kind, self.check.seen.plan
        self._written = False
        self._writing = self.context.act_behind(kind.title, kind.carry_out, plan, done=kind.outcome, progress=True)
        self._writing.done.connect(self._on_imported)
        self._writing.failed.connect(self._on_not_imported)
        self._writing.progressed.connect(self.on_progress)
        self._writing.over.connect(self._on_over)
        self.show_progress(_("Importing"))

    @Slot(object)
    def _on_imported(self, written: Written) -> None:
        self._writing = None
        if self._waiting:
            self.opened = None  # it is done with
            self.file.clear()
            self.show_step(FILE)
            self._read(self._waiting.pop(0), How())
        else:
            self.conclude(written)

    def conclude(self, _written: Written) -> None:
        """Close once all is imported, and show it."""
        self.accept()
        self.context.go(self.kind.page)

    @Slot(object)
    def _on_not_imported(self, error: Exception) -> None:
        self._writing = None
        self.end()
        self.tell(complaint(error))

    @Slot()
    def _on_over(self) -> None:
        """Go on after it was stopped: what a cancelled job has done nobody is told, but for the shop."""
        if self._writing is None:
            return
        self._writing = None
        self.end()
        if self._written:  # it was done a moment before
            self.accept()
            return
        self.look()
        self.tell(_("Stopped. Nothing was imported."))

    @Slot(list)
    def _on_dropped(self, paths: list[str]) -> None:
        if not self._writing:
            self.take(paths)
