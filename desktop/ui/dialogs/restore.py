"""The backups of a shop, to go back to one: when it was made, how large it is, what differs from now."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop import config
from desktop.data.backups import Backup, folder_of, read_backups
from desktop.data.engines import Refused
from desktop.data.restore import Contents, read_contents
from desktop.i18n import _, formats, ngettext
from desktop.services.things import counted
from desktop.ui import theme
from desktop.ui.asking import ask_for_file, documents
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.labels import Label

ROW, GAP = 32, 24  # points: the height of a row, and what is free between two columns
PLACE = Qt.ItemDataRole.UserRole


class Seen(NamedTuple):
    """The backups, the last one first, with what is in each, None where it cannot be read; and what is in the shop."""

    now: Contents | None
    backups: list[tuple[Backup, Contents | None]]


class RestoreDialog(QDialog):
    """Reads the backups in a job that `keeper` ends. `wanted` is told the file to restore, and the dialog closes."""

    wanted = Signal(object)  # a Path
    taking = Signal(object)  # the file of which single things are wanted

    def __init__(self, keeper: QObject, shop: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Restore from a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _("The shop becomes as it was in the backup. As it is now, it is kept in a file beside it.")
        self.words = Label(words, "muted", wrap=True)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_("Made"), _("File size"), _("Compared with now")])
        self.list.setAccessibleName(_("Backups"))
        self.empty = Label(_("Reading the backups…"), "muted", wrap=True)
        self.other = quiet(_("Another file…"))
        self.take = quiet(
            _("Take out…"), hint=_("Choose items, customers or replies of this backup, and take them over")
        )
        self.cancel = quiet(_("Cancel"))
        self.restore = primary(_("Restore this backup"))
        self.restore.setEnabled(False)
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.other.clicked.connect(self._on_other)
        self.take.setEnabled(False)
        self.take.clicked.connect(self._on_take)
        self.cancel.clicked.connect(self.reject)
        self.restore.clicked.connect(self._on_restore)
        job = Job(partial(look, shop), keeper)
        job.done.connect(self._on_seen)
        job.start()

    def _lay_out(self) -> None:
        column = column_of(self, _("Restore from a backup"))
        column.addWidget(self.words)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addLayout(foot(self.cancel, self.restore, leading=(self.other, self.take)))
        self.resize(theme.pixels(640), theme.pixels(460))

    @Slot(object)
    def _on_seen(self, seen: Seen) -> None:
        self.empty.setText(_("There is no backup yet."))
        self.empty.setVisible(not seen.backups)
        for backup, contents in seen.backups:
            told = _described(seen.now, contents)
            row = QTreeWidgetItem([formats.datetime(backup.at), formats.file_size(backup.size), told])
            row.setData(0, PLACE, str(backup.path))
            row.setDisabled(contents is None)
            row.setSizeHint(2, QSize(0, theme.pixels(ROW)))
            self.list.addTopLevelItem(row)
            if contents and self.list.currentItem() is None:
                self.list.setCurrentItem(row)
        for column in range(2):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + theme.pixels(GAP))

    @Slot()
    def _on_selected(self) -> None:
        self.restore.setEnabled(bool(self.list.selectedItems()))
        self.take.setEnabled(bool(self.list.selectedItems()))

    @Slot()
    def _on_restore(self) -> None:
        rows = self.list.selectedItems()
        if rows:
            self._want(rows[0].data(0, PLACE))

    @Slot()
    def _on_take(self) -> None:
        rows = self.list.selectedItems()
        if rows:
            self.accept()
            self.taking.emit(Path(rows[0].data(0, PLACE)))

    @Slot()
    def _on_other(self) -> None:
        kinds = _("Dukkan shops (*.dukkan);;All files (*)")
        ask_for_file(self, _("Restore from a backup"), documents(), kinds, self._want)

    @Slot(str)
    def _want(self, path: str) -> None:
        self.accept()
        self.wanted.emit(Path(path))


def difference(now: Contents, then: Contents) -> str:
    """Say how many items, quick replies and customers a backup has more or fewer than the shop has now."""
    parts = []
    for n, more, fewer in (
        (
            then.items - now.items,
            ngettext("{n} item more", "{n} items more", abs(then.items - now.items)),
            ngettext("{n} item fewer", "{n} items fewer", abs(then.items - now.items)),
        ),
        (
            then.replies - now.replies,
            ngettext("{n} reply more", "{n} replies more", abs(then.replies - now.replies)),
            ngettext("{n} reply fewer", "{n} replies fewer", abs(then.replies - now.replies)),
        ),
        (
            then.customers - now.customers,
            ngettext("{n} customer more", "{n} customers more", abs(then.customers - now.customers)),
            ngettext("{n} customer fewer", "{n} customers fewer", abs(then.customers - now.customers)),
        ),
    ):
        if n:
            parts.append((more if n > 0 else fewer).format(n=formats.number(abs(n))))
    return formats.listing(parts) if parts else _("As many items, replies and customers")


def held(contents: Contents) -> str:
    """Say how many items, quick replies and customers there are."""
    return formats.listing(counted(contents.items, contents.replies, contents.customers))


def _described(now: Contents | None, then: Contents | None) -> str:
    """Say what a backup has more or fewer than the shop, or what it has where that cannot be read."""
    if then is None:
        return _("It is damaged, or from a newer version.")
    words = difference(now, then) if now else held(then)
    if then.missing:
        lost = ngettext("{n} file of its pictures is missing", "{n} files of its pictures are missing", then.missing)
        return formats.listing([words, lost.format(n=formats.number(then.missing))])
    return words


def look(shop: Path, token: Token) -> Seen:
    """Read the backups in both folders, each once, and what is in them."""
    root, second = config.backup_roots()
    found = {(each.number, each.at): each for place in (second, root) if place for each in _backups(place, shop)}
    last_first = sorted(found.values(), key=lambda backup: (backup.at, backup.number), reverse=True)
    seen = []
    for backup in last_first:
        if token.cancelled.is_set():
            break
        seen.append((backup, _contents(backup.path)))
    return Seen(_contents(shop, in_use=True), seen)


def _backups(root: Path, shop: Path) -> list[Backup]:
    return read_backups(folder_of(root, shop))


def _contents(path: Path, in_use: bool = False) -> Contents | None:
    try:
        return read_contents(path, in_use=in_use)
    except Refused:
        return None
