"""The fields of one row: what each shows, over which state of the row it is typed, and how it is stored."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.widgets.field import Field, Save

Change = Callable[..., object]  # (session, row, base, **columns)
Read = Callable[[Any], Mapping[str, object]]  # what was entered -> columns as they are stored; raises Invalid


class Form:
    """Fields by the columns they show. A field stores itself by calling `change` as one action.

    Whoever has the form calls `update` when a notice says that the row has changed, also by a field of its own.
    """

    def __init__(self, context: Context, change: Change, origin: object) -> None:
        self.fields: dict[str, Field] = {}
        self.row: int | None = None
        self._context = context
        self._change = change
        self._origin = origin
        self._version = 0
        self._shown: dict[str, object] = {}  # what is stored, by column, as the fields show it
        self._bases = Bases()

    def saver(self, column: str, title: str, read: Read | None = None) -> Save[Any]:
        """Return how the field of a column is stored, as an action called `title` (marked by N_)."""
        return partial(self._save, column, title, read)

    def add(self, column: str, field: Field) -> Field:
        """Take in a field, which shows at once what there is of the row."""
        self.fields[column] = field
        self._bases.show(column, self._state(column))
        if self.row is not None:
            field.start(self._shown.get(column, ""))
        if self._context.read_only:
            field.lock()
        return field

    def start(self, row: int | None, version: int, shown: Mapping[str, object]) -> None:
        """Show another row, or none; `commit` first."""
        self.row, self._version, self._shown = row, version, dict(shown)
        for column, field in self.fields.items():
            self._bases.show(column, self._state(column))
            field.start(self._shown.get(column, ""))

    def update(self, version: int, shown: Mapping[str, object]) -> None:
        """Show what the row is now, but in no field that is being typed in."""
        states = {column: self._state(column) for column in self.fields}
        before, self._shown, self._version = self._shown, dict(shown), version
        for column, field in self.fields.items():
            value = self._shown.get(column, "")
            if not field.is_unsaved():
                self._bases.show(column, self._state(column))
            elif value == before.get(column, ""):
                self._bases.follow(column, states[column], self._state(column))
            field.update_value(value)

    def is_unsaved(self) -> bool:
        """Say whether something is entered that is not stored."""
        return any(field.is_unsaved() for field in self.fields.values())

    def commit(self) -> Field | None:
        """Save what is typed, and return the first field that cannot be saved as it is."""
        unsaved = [field for field in self.fields.values() if not field.commit()]
        return unsaved[0] if unsaved else None

    def _state(self, column: str) -> object:
        """Return what `change` is told to have been typed over."""
        return self._version

    def _save(self, column: str, title: str, read: Read | None, value: object, group: object) -> str:
        """Store a field and return what is wrong with it in one sentence, or ""."""
        assert self.row is not None, "fields are shown of a row"
        row = self.row

        def store(base: object) -> None:
            columns = read(value) if read else {column: value}
            self._context.run(title, self._change, row, base, origin=self._origin, group=group, **columns)

        return self._bases.save(column, value, group, store, partial(self._state, column))


class ExtraForm(Form):
    """Fields of what lies together in one column: each is told apart by what it said itself."""

    def _state(self, column: str) -> object:
        return {column: self._shown.get(column, "")}
