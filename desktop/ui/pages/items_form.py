"""The fields of several items at once: what is entered in one is stored in all of them, as one action."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from desktop.i18n import _, formats, ngettext
from desktop.services.bulk import set_fields
from desktop.services.errors import Invalid
from desktop.ui.context import Context, complaint
from desktop.ui.pages.item_form import Form, Read
from desktop.ui.tasks import Job

AT_ONCE = 50  # items; more are changed behind the window


class Change(QObject):
    """One change of all the items, behind the window; `done(count)` or `failed(sentence)` follows."""

    done = Signal(int)
    failed = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None

    def is_running(self) -> bool:
        """Say whether a change has not ended."""
        return self._job is not None

    def start(self, title: str, fn: Callable[..., int], *args: object, **values: Any) -> None:
        """Call `fn(session, *args, **values)`, which returns how many it changed, as one action."""
        self._job = self._context.write(title, fn, *args, **values).begin(self._on_done, self._on_failed)

    @Slot(object)
    def _on_done(self, count: int) -> None:
        self._job = None
        self.done.emit(count)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(complaint(error))


class ItemsForm(Form):
    """A form whose row is all of `ids`. A few items are changed at once, many behind the window."""

    def __init__(self, context: Context, origin: QObject) -> None:
        super().__init__(context, set_fields, origin)
        self.ids: Sequence[int] = ()
        self._column = ""  # whose change is under way
        self._changing: Sequence[int] = ()  # of which items, while others may be shown already
        self._entered: object = None
        self.change = Change(context, origin)

    def do(self, title: str, fn: Callable[..., int], *args: object, **values: Any) -> str:
        """Call `fn(session, ids, *args, **values)` as one action, and return what is wrong in one sentence, or ""."""
        if self.change.is_running():
            return _("Wait a moment: the change before is still being made.")
        if len(self.ids) > AT_ONCE:
            self.change.start(title, fn, self.ids, *args, origin=self._origin, **values)
            return ""
        try:
            count = self._context.run(title, fn, self.ids, *args, origin=self._origin, **values)
        except Exception as error:
            return complaint(error)
        self.tell(count)
        return ""

    def tell(self, count: int) -> None:
        """Say how many items have changed."""
        if count:
            words = ngettext("{n} item changed", "{n} items changed", count)
            self._context.say(words.format(n=formats.number(count)), undo=True)

    def finish(self, sentence: str = "") -> None:
        """Take note that a change behind the window has ended, and how.

        What could not be stored stays entered, but never for other items than those it was meant for.
        """
        field = self.fields.get(self._column) if self._changing is self.ids else None
        if field and sentence:
            field.refuse(self._entered, self._shown.get(self._column, ""), sentence)
        elif sentence:
            self._context.say(sentence)
        self._column = ""
        for other in self.fields.values():
            if other is not field and other.is_unsaved():
                other.commit()  # it had to wait

    def _save(self, column: str, title: str, read: Read | None, value: object, group: object) -> str:
        try:
            columns = read(value) if read else {column: value}
        except Invalid as error:
            return str(error)
        sentence = self.do(title, set_fields, group=group, **columns)
        if not sentence and self.change.is_running():
            self._column, self._changing, self._entered = column, self.ids, value
        return sentence
