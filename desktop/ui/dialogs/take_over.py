"""What differs in another copy of the shop, or in a backup: ticked, searched, and taken over as one action."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableView, QWidget

from desktop.data.look import looked_into
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.compare import Difference
from desktop.services.difference_text import Told, summary, taken_text, tell
from desktop.services.taking import Both, Taken, read_both, take
from desktop.services.things import THINGS
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.dialogs.frame import AROUND, column_of, foot
from desktop.ui.tasks import Token
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.search_field import SearchField
from desktop.ui.widgets.tick_delegate import TickDelegate
from desktop.ui.widgets.tips import plain

Index = QModelIndex | QPersistentModelIndex
SHARES = (0.3, 0.16, 0.2, 0.2)


class TakeOverDialog(QDialog):
    """Reads and writes in jobs of the context; the other file stays as it is. Nothing is taken that is not ticked."""

    def __init__(self, context: Context, other: Path | str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._other = other
        self.both: Both | None = None
        self.summary = Label(_("Comparing…"), "muted", wrap=True)
        self.search = SearchField(_("Search by name"))
        self.kind = Choice([("", _("Everything")), *((thing.table, _(thing.title)) for thing in THINGS)])
        self.kind.set_value("")
        self.kind.setAccessibleName(_("What differs"))
        self.lines = _Lines(self)
        self.table = QTableView()
        self.table.setModel(self.lines)
        self.table.setAccessibleName(_("What differs"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setItemDelegateForColumn(0, TickDelegate(self.table))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setMinimumSectionSize(theme.pixels(40))  # of an Arabic font it would be 112
        self.table.horizontalHeader().setSectionResizeMode(len(SHARES), QHeaderView.ResizeMode.Stretch)
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self.table.horizontalHeader().setDefaultAlignment(leading)
        self.all = quiet(_("Tick all"))
        self.none = quiet(_("Tick none"))
        self.cancel = quiet(_("Cancel"))
        self.go = primary("")
        self._lay_out(words)
        self.search.searched.connect(self._on_filter)
        self.kind.activated.connect(self._on_filter)
        self.all.clicked.connect(partial(self._tick, True))
        self.none.clicked.connect(partial(self._tick, False))
        self.lines.dataChanged.connect(self._count)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self._count()
        job = context.work(partial(_compare, context, other))
        job.done.connect(self._on_compared)
        job.failed.connect(self._on_failed)
        job.start()
        self.finished.connect(job.cancel)

    def _lay_out(self, words: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.pixels(8))
        top.addWidget(self.search, 1)
        top.addWidget(self.kind)
        layout = column_of(self, words)
        layout.addWidget(self.summary)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot(self.cancel, self.go, leading=(self.all, self.none)))
        self.resize(theme.pixels(820), theme.pixels(600))
        for column, share in enumerate(SHARES):
            self.table.setColumnWidth(column, round((self.width() - 2 * theme.pixels(AROUND)) * share))

    @Slot(object)
    def _on_compared(self, both: Both) -> None:
        self.both = both
        self.summary.setText(summary(both.found.differences))
        self.lines.ticked = {each for each in both.found.differences if each.advised}
        self._on_filter()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.summary.setText(complaint(error))
        self.setEnabled(True)

    @Slot()
    def _on_filter(self, _value: object = None) -> None:
        if self.both:
            self.lines.show(self.both, str(self.kind.value() or ""), self.search.text())
        self._count()

    def _tick(self, on: bool, _checked: bool = False) -> None:
        self.lines.tick_all(on)
        self._count()

    @Slot()
    def _count(self) -> None:
        count = len(self.lines.ticked)
        words = ngettext("Take {n} over", "Take {n} over", count).format(n=formats.number(count))
        self.go.set_text(words)
        self.go.setEnabled(count > 0 and not self._context.read_only)

    @Slot()
    def _on_go(self) -> None:
        self.setEnabled(False)
        job = self._context.work(partial(_take, self._context, self._other, frozenset(self.lines.ticked)))
        job.done.connect(self._on_taken)
        job.failed.connect(self._on_failed)
        job.start()

    @Slot(object)
    def _on_taken(self, taken: Taken) -> None:
        self._context.say(taken_text(taken), undo=bool(taken.new + taken.changed + taken.gone))
        self.accept()


class _Lines(QAbstractTableModel):
    """The differences that are looked for; each is put in words when it comes into sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._both: Both | None = None
        self._shown: list[Difference] = []
        self._told: dict[Difference, Told] = {}
        self.ticked: set[Difference] = set()

    def show(self, both: Both, kind: str, typed: str) -> None:
        """Show those of a kind, whose thing has these words in its name."""
        from desktop.data.search import fold

        self.beginResetModel()
        self._both = both
        words = fold(typed).split()
        self._shown = [
            each
            for each in both.found.differences
            if (not kind or each.table == kind) and (not words or all(w in fold(self._say(each).thing) for w in words))
        ]
        self.endResetModel()

    def tick_all(self, on: bool) -> None:
        """Tick what is shown, or none of it."""
        self.beginResetModel()
        self.ticked = self.ticked | set(self._shown) if on else self.ticked - set(self._shown)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Told._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("What"), _("Field"), _("Here"), _("There"), _("Since the copy"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        each = self._shown[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if each in self.ticked else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self._say(each)[index.column()]
            return plain(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        each = self._shown[index.row()]
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.ticked = self.ticked | {each} if on else self.ticked - {each}
        self.dataChanged.emit(index, index)
        return True

    def _say(self, each: Difference) -> Told:
        if each not in self._told:
            assert self._both, "there is something to tell"
            self._told[each] = tell(self._both, each)
        return self._told[each]


def _compare(context: Context, other: Path | str, _token: Token) -> Both:
    with looked_into(other) as copy, context.reader() as session, copy.reader() as theirs:
        return read_both(session, theirs)


def _take(context: Context, other: Path | str, chosen: frozenset[Difference], token: Token) -> Taken:
    """Take over what is chosen of what still differs: the shop may have changed meanwhile."""
    with looked_into(other) as copy, copy.reader() as theirs:

        def write(session: Any) -> Taken:
            both = read_both(session, theirs)
            return take(session, theirs, both, [each for each in both.found.differences if each in chosen])

        return context.database.run(N_("Take over from another copy"), write, cancelled=token.cancelled)
