"""The table of drafts before they are added: what is ticked, and each name, price and code to be corrected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from desktop.i18n import _, bidi, formats
from desktop.services.drafts import Draft
from desktop.services.errors import Invalid
from desktop.services.prices import read_price
from desktop.ui import theme
from desktop.ui.widgets.tick_delegate import TickDelegate
from desktop.ui.widgets.tips import plain

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FIELDS = ("name", "price", "sale_price", "code", "")  # of the columns; the last says what is to be looked at
Check = Callable[[list[Draft]], list[str]]  # what keeps each draft from being added, or ""
Picture = Callable[[str], QPixmap | None]


@dataclass
class Row:
    """A draft as it came, as it is now, and what was typed that cannot be taken, with the reason, by field."""

    source: Draft
    draft: Draft
    ticked: bool
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)
    complaint: str = ""


class DraftModel(QAbstractTableModel):
    """The rows; `changed` comes whenever what would be added is another."""

    changed = Signal()

    def __init__(self, currency: str, check: Check, picture: Picture) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._currency = currency
        self._check = check
        self._picture = picture

    def set_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show these; a draft that was here keeps what was done to it."""
        before = {row.source: row for row in self.rows}
        priced = any(draft.price is not None for draft in drafts)
        self.beginResetModel()
        self.rows = [
            before.get(draft) or Row(draft, draft, bool(draft.files) or draft.price is not None or not priced)
            for draft in drafts
        ]
        self.endResetModel()
        self._look_again()

    def chosen(self) -> list[Row]:
        """Return the rows that are ticked."""
        return [row for row in self.rows if row.ticked]

    def can_be_added(self) -> bool:
        """Say whether something is ticked, and nothing of it is wrong."""
        chosen = self.chosen()
        return bool(chosen) and not any(row.complaint or row.wrong for row in chosen)

    def _look_again(self) -> None:
        chosen = self.chosen()
        complaints = self._check([row.draft for row in chosen])
        for row in self.rows:
            row.complaint = ""
        for row, complaint in zip(chosen, complaints, strict=True):
            row.complaint = complaint
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(FIELDS) - 1))
        self.changed.emit()

    # As Qt asks for it

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(FIELDS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            # TRANSLATORS: the last heading stands over remarks such as "No price was found."
            return (_("Name"), _("Price"), _("Sale price"), _("Item code"), _("To look at"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if FIELDS[index.column()] else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, name = self.rows[index.row()], FIELDS[index.column()]
        if role == Role.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == Role.DecorationRole and index.column() == 0 and row.draft.files:
            return self._picture(row.draft.files[0])
        if role == Role.EditRole and name:
            return row.wrong[name][0] if name in row.wrong else self._typed(row.draft, name)
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._shown(row, name)
        if role == Role.ToolTipRole:
            more = row.draft.description if name == "name" else ""
            return plain(more or self._shown(row, name))
        if role == Role.ForegroundRole and (not name or name in row.wrong):
            return theme.colour("warn" if row.complaint or row.wrong else "muted")
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        row, name = self.rows[index.row()], FIELDS[index.column()]
        if role == Role.CheckStateRole:
            row.ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role == Role.EditRole and name:
            typed = str(value)
            if typed == self.data(index, Role.EditRole):
                return True
            row.wrong.pop(name, None)
            try:
                taken: dict[str, Any] = {name: self._read(typed, row.draft, name)}
            except Invalid as error:
                row.wrong[name] = (typed, error.message)
            else:
                row.draft = replace(row.draft, **taken)
                row.ticked = True
        else:
            return False
        self._look_again()
        return True

    def _read(self, typed: str, draft: Draft, name: str) -> int | str | None:
        if "price" in name:
            return read_price(typed, draft.currency or self._currency, name)
        return " ".join(typed.split())

    def _typed(self, draft: Draft, name: str) -> str:
        value = getattr(draft, name)
        if "price" in name:
            return formats.typed_amount(value, draft.currency or self._currency)
        return str(value)

    def _shown(self, row: Row, name: str) -> str:
        if name in row.wrong:
            return row.wrong[name][0]
        if name in ("price", "sale_price"):
            value = getattr(row.draft, name)
            return "" if value is None else formats.money(value, row.draft.currency or self._currency)
        if name == "name":
            return bidi.isolate(row.draft.name) or _("New item")
        if name == "code":
            return formats.ltr(row.draft.code)
        wrong = [reason for _typed, reason in row.wrong.values()]
        solved = row.draft.price is not None and row.source.price is None
        doubts = [] if solved else list(row.draft.doubts)
        return formats.sentences([*wrong, row.complaint, *doubts])


class DraftTable(QTableView):
    """Shows a DraftModel: Space ticks, F2 or typing edits, and what is to be looked at takes the room that is left."""

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(_("What will be added"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setItemDelegateForColumn(0, TickDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.pixels(48))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, width in enumerate((240, 95, 95, 105)):
            self.setColumnWidth(column, theme.pixels(width))
        header.setSectionResizeMode(len(FIELDS) - 1, QHeaderView.ResizeMode.Stretch)
