"""What is seen when a shop file does not open: what happened, and every way to get the shop back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.ui import icons, theme
from desktop.ui.saving import Opener, open_folder
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import primary, quiet, row_of
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.scroll import in_the_middle

if TYPE_CHECKING:
    from desktop.data.backups import Backup
    from desktop.data.restore import Contents
    from desktop.data.salvage import Salvaged
    from desktop.ui.main_window import MainWindow

COLUMN = 640  # the widest that lines are pleasant to read
Open = Callable[[Path], None]


class Trouble(NamedTuple):
    """Why a shop file did not open, in one sentence, and which ways lead on.

    `held`: it is whole, and somebody else has it, or it cannot be changed where it is. `damaged`: part of it may still
    be read.
    """

    sentence: str
    shop: Path
    held: bool = False
    damaged: bool = False


class RecoveryPage(QWidget):
    """The page in the place of a shop that did not open. Its backups are read in a job that `keeper` ends.

    `chosen(what, argument)` asks for "restore" (a backup), "backups" (to choose one), "salvage", "new", "rebuild",
    "open" or "read" (a shop; None: ask which).
    """

    chosen = Signal(str, object)

    def __init__(self, trouble: Trouble, keeper: QObject, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__()
        theme.look(self, "page")
        self.setAccessibleName(trouble.sentence)
        self._trouble = trouble
        self._opener = opener
        self._last: Path | None = None
        self.last = Label(_("Looking for a backup…"), wrap=True)
        self.contents = Label("", "muted", wrap=True)
        self.restore = primary(_("Restore this backup"), "history")
        self.others = quiet(_("Another backup…"))
        self.read = quiet(_("Open to read only"), "eye")
        self.again = quiet(_("Try again"), "rotate-cw")
        self.salvage = quiet(_("Open what is readable"), "life-buoy")
        self.empty = quiet(_("Start an empty shop…"), "store")
        self.open = quiet(_("Open another shop…"), "folder-open")
        self.rebuild = quiet(_("Rebuild from an export…"), "archive-restore")
        self.folder = quiet(_("Show the folder"), "folder")
        self.restore.hide()
        self._lay_out()
        self.restore.clicked.connect(self._on_restore)
        for button, what, argument in (
            (self.others, "backups", trouble.shop),
            (self.read, "read", trouble.shop),
            (self.again, "open", trouble.shop),
            (self.salvage, "salvage", trouble.shop),
            (self.empty, "new", None),
            (self.open, "open", None),
            (self.rebuild, "rebuild", None),
        ):
            button.clicked.connect(partial(self.chosen.emit, what, argument))
        self.folder.clicked.connect(self._on_folder)
        job = Job(partial(_find_last, trouble.shop), keeper)
        job.done.connect(self._on_found)
        job.start()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.pixels(16))
        column.addLayout(self._sentence())
        column.addWidget(self._backup())
        column.addWidget(self._ways())
        column.addStretch(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(in_the_middle(column, COLUMN))

    def _sentence(self) -> QHBoxLayout:
        side = theme.pixels(32)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("triangle-alert", "warn", side, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(4))
        words.addWidget(ElidedLabel(formats.auto(self._trouble.shop.stem), "title"))
        words.addWidget(Label(self._trouble.sentence, wrap=True))
        if not self._trouble.held:
            words.addWidget(
                Label(_("The file is left exactly as it is, whatever you choose here."), "muted", wrap=True)
            )
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(16))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _backup(self) -> Card:
        card = Card(_("The last good backup"))
        card.add(self.last)
        card.add(self.contents)
        card.add(row_of(self.restore, self.others))
        self.card = card
        card.setVisible(not self._trouble.held)
        self.contents.hide()
        return card

    def _ways(self) -> Card:
        card = Card(_("Other ways") if not self._trouble.held else "")
        held = self._trouble.held
        self.read.setVisible(held)
        self.salvage.setVisible(self._trouble.damaged)
        self.empty.setVisible(not held)
        if self._trouble.damaged:
            words = _("What can still be read is put into a new shop beside this one.")
            card.add(Label(words, "muted", wrap=True))
        card.add(row_of(self.read, self.again, self.salvage, self.empty))
        self.rebuild.setVisible(not held)
        card.add(row_of(self.open, self.rebuild, self.folder))
        return card

    @Slot(object)
    def _on_found(self, found: "tuple[Backup, Contents] | None") -> None:
        if found is None:
            self.last.setText(_("There is no backup of this shop on this computer. A copy elsewhere will do too."))
            self.others.set_text(_("Choose a copy…"))
            return
        from desktop.ui.dialogs.restore import held

        backup, contents = found
        self._last = backup.path
        # TRANSLATORS: {when} is as in "today 9:40 am".
        self.last.setText(_("Backed up {when}").format(when=formats.datetime(backup.at)))
        self.contents.setText(held(contents))
        self.contents.show()
        self.restore.show()
        if not self._trouble.held:
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_restore(self) -> None:
        self.chosen.emit("restore", self._last)

    @Slot()
    def _on_folder(self) -> None:
        open_folder(self._trouble.shop.parent, self._opener)


def choose_backup(window: "MainWindow", shop: Path) -> None:
    """Show all backups of a shop that is not open, to restore one, or any other copy."""
    from desktop.ui.dialogs.restore import RestoreDialog

    dialog = RestoreDialog(window, shop, window)
    dialog.wanted.connect(partial(window.shop_action.emit, "restore"))
    dialog.open()


def salvage_shop(window: "MainWindow", trouble: Trouble, open_: Open) -> None:
    """Put what is readable of a damaged shop into a new one beside it, and open that."""
    window.show_waiting(_("Reading what can be read…"))
    shop = trouble.shop
    # TRANSLATORS: the name of a file: {name} is the shop, {date} as in 2026-11-22.
    name = _("{name} saved {date}").format(name=shop.stem, date=formats.today().isoformat())
    places = (shop.with_name(f"{name}{f' {n}' if n else ''}{shop.suffix}") for n in range(1000))
    into = next(place for place in places if not place.exists())
    job = Job(partial(_salvage, shop, into), window)
    job.done.connect(partial(_on_salvaged, window, open_))
    job.failed.connect(partial(_on_not_salvaged, window, trouble))
    job.start()


def _salvage(shop: Path, into: Path, _token: Token) -> "Salvaged":
    from desktop.data.salvage import salvage

    return salvage(shop, into)


def _on_salvaged(window: "MainWindow", open_: Open, done: "Salvaged") -> None:
    open_(done.path)
    n = done.contents.items
    sentence = ngettext(
        "{n} item could be read, with what belongs to it. Look through the shop for what is missing.",
        "{n} items could be read, with what belongs to them. Look through the shop for what is missing.",
        n,
    )
    window.tell(sentence.format(n=formats.number(n)))


def _on_not_salvaged(window: "MainWindow", trouble: Trouble, error: Exception) -> None:
    from desktop.data.engines import NotWritable, Refused

    if not isinstance(error, Refused):
        window.show_recovery(trouble)
        raise error
    nothing = _("Nothing of {name} can be read any more.").format(name=formats.auto(trouble.shop.name))
    window.show_recovery(
        trouble._replace(sentence=str(error) if isinstance(error, NotWritable) else nothing, damaged=False)
    )


def _find_last(shop: Path, token: Token) -> "tuple[Backup, Contents] | None":
    """Return the last backup, of either folder, that can be restored with all of its pictures."""
    from desktop.ui.dialogs.restore import look

    return next(
        ((backup, contents) for backup, contents in look(shop, token).backups if contents and not contents.missing),
        None,
    )
