"""Further phone numbers or emails in the form of the profile: a line for each, one to remove it, one to add another."""

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Profile
from desktop.i18n import N_, _, bidi, formats
from desktop.services.profile import read_profile, update_profile
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.phone_field import PhoneField

Kind = Literal["more_phones", "more_emails"]


class Words(NamedTuple):
    """What is said of one kind of them; marked, and translated when it is shown."""

    label: str
    add: str
    remove: str
    removed: str
    change: str


WORDS: dict[Kind, Words] = {
    "more_phones": Words(
        # TRANSLATORS: {n} is its place among the shop's numbers: 2, 3 …
        N_("Phone number {n}"),
        N_("Add another number"),
        N_("Remove phone number"),
        N_("Phone number removed"),
        N_("Change phone numbers"),
    ),
    "more_emails": Words(
        # TRANSLATORS: {n} is its place among the shop's addresses: 2, 3 …
        N_("Email {n}"),
        N_("Add another email"),
        N_("Remove email"),
        N_("Email removed"),
        N_("Change emails"),
    ),
}


class Row(QWidget):
    """A line of them; `stored` is what the shop keeps of it, "" while it is new."""

    def __init__(self, kind: Kind, save: "Callable[[Row, str, object], str]") -> None:
        super().__init__()
        self.stored = ""
        self.leaving = False
        keep = partial(save, self)
        self.field = PhoneField("", keep) if kind == "more_phones" else LineField("", keep, ltr=True)
        self.remove = icon_button("x", "")
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addSpacing(self.field.label.sizeHint().height() + theme.pixels(4))
        beside.addWidget(self.remove)
        beside.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(4))
        row.addWidget(self.field, 1)
        row.addLayout(beside)


class MoreLines(QWidget):
    """All of one kind. Each line saves itself; one that is left empty is removed."""

    edited = Signal()  # something is being typed, for the preview

    def __init__(self, context: Context, kind: Kind) -> None:
        super().__init__()
        self.context = context
        self.kind = kind
        self.words = WORDS[kind]
        self.rows: list[Row] = []
        self._lines: list[str] = []  # as they are stored
        self._bases = Bases()  # of all lines together, which are one column
        self.add = flat(_(self.words.add), "plus")
        self.add.setEnabled(not context.read_only)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(8))
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.add.clicked.connect(self._on_add)

    def show_stored(self, profile: Profile) -> None:
        """Show what the shop keeps, without touching what is being typed."""
        self._lines = getattr(profile, self.kind).splitlines()
        if not any(row.field.is_unsaved() for row in self.rows):
            self._bases.show(self.kind, profile.version)
        for row in [row for row in self.rows if row.leaving]:
            self._drop(row)
        for row in self.rows[len(self._lines) :]:
            if row.stored:  # it was removed elsewhere
                self._drop(row)
        while len(self.rows) < len(self._lines):
            self._append()
        for row, line in zip(self.rows, self._lines, strict=False):
            row.stored = line
            row.field.update_value(self._shown(line))

    def values(self) -> list[str]:
        """Return the lines as they are shown now, stored or not."""
        return [text for row in self.rows if (text := row.field.value().strip())]

    def _shown(self, line: str) -> str:
        return bidi.strip(formats.phone(line)) if self.kind == "more_phones" else line

    def _append(self) -> Row:
        row = Row(self.kind, self._save)
        row.field.start("")
        row.field.edited.connect(self.edited)
        row.remove.clicked.connect(partial(self._remove, row))
        if self.context.read_only:
            row.field.lock()
            row.remove.setEnabled(False)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        row.show()  # now: what is hidden takes no focus
        self._number()
        return row

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.field.editor.unsaved = False
        row.hide()
        row.deleteLater()
        self._number()

    def _number(self) -> None:
        for place, row in enumerate(self.rows, 2):
            label = _(self.words.label).format(n=formats.number(place))
            row.field.label.setText(label)
            row.field.editor.setAccessibleName(label)
            row.remove.setAccessibleName(f"{_(self.words.remove)}: {label}")
            row.remove.setToolTip(_(self.words.remove))
        stops = [stop for row in self.rows for stop in (row.field.editor, row.remove)]
        tab_here(self, [*stops, self.add])

    def _save(self, row: Row, typed: str, group: object) -> str:
        """Store a line and return what is wrong with it in one sentence, or ""."""
        if not typed.strip() and row.field.editor.hasFocus():
            return _("Leave it empty to remove it.")
        row.leaving = not typed.strip()
        store = partial(self._store, row, typed, group)
        sentence = self._bases.save(self.kind, typed, group, store, lambda: self.context.get(read_profile).version)
        row.leaving = row.leaving and not sentence
        return sentence

    def _store(self, row: Row, typed: str, group: object, base: int | None) -> None:
        lines = [typed if line == row.stored else line for line in self._lines]
        if row.stored not in self._lines:
            lines.append(typed)
        title = self.words.change if typed.strip() else self.words.remove
        values = {self.kind: "\n".join(lines)}
        self.context.run(title, partial(update_profile, base=base), group=group, **values)

    def _remove(self, row: Row) -> None:
        if row not in self.rows:  # what was typed in it has just gone by itself
            return
        if row.stored:
            row.leaving = True
            lines = [line for line in self._lines if line != row.stored]
            values = {self.kind: "\n".join(lines)}
            self.context.act(self.words.remove, update_profile, done=_(self.words.removed), **values)
            row.leaving = False
        else:
            self._drop(row)
            self.edited.emit()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add(self) -> None:
        row = next((row for row in self.rows if not row.stored), None) or self._append()
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
