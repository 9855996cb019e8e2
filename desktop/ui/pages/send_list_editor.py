"""The inspector of the send lists: whom one is for, its message, and how many chats a day."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.data.models import Label as LabelRow
from desktop.data.models import SendList
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.i18n.numbers import parse_decimal
from desktop.services.send_lists import Plan, read_send_list, search_of, update_send_list
from desktop.services.terms import Search
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.customer_filters import CustomerFilters
from desktop.ui.pages.reply_text import ReplyText
from desktop.ui.pages.row_editor import RowEditor
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.field import Field, LineField
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label

TITLES = {
    "name": N_("Change name of send list"),
    "text": N_("Change message"),
    "cap": N_("Change how many chats a day"),
    "search": N_("Change whom a send list is for"),
}
AGREED = "consent"  # the term that leaves out who has not agreed


class SendListEditor(RowEditor):
    """Edits the send list of `show_row`; every field saves itself."""

    typed = Signal(object)  # the message as it is being typed, None once it is stored
    meant = Signal()  # other customers are meant

    def __init__(self, context: Context) -> None:
        super().__init__(context, read_send_list)
        self.name = LineField(_("Name"), self._saver("name"))
        self.who = CustomerFilters(context)
        self.reach = Label("", "strong", wrap=True)
        self.left_out = Label("", "small", wrap=True)
        self.advice = Label("", "warn", wrap=True)
        self.only_agreed = flat(_("Leave out who has not agreed"), "user-check")
        self.writing = ReplyText(self._saver("text"))
        self.text = self.writing.field
        self.cap = LineField(
            _("Chats a day at most"), self._save_cap, hint=_("Counted over all send lists; 0 for no limit.")
        )
        self.duplicate = icon_button("copy-plus", _("Duplicate send list"))
        self.delete = icon_button("trash-2", _("Delete send list"))
        self._fields: dict[str, Field] = {"name": self.name, "text": self.text, "cap": self.cap}
        self._lay_out()
        self.who.changed.connect(self._on_who)
        self.text.edited.connect(self._on_text)
        self.only_agreed.clicked.connect(self._on_only_agreed)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        if context.read_only:
            for field in self._fields.values():
                field.lock()
            self.writing.lock()
            for widget in (self.who, self.only_agreed, self.duplicate, self.delete):
                widget.setDisabled(True)

    def _lay_out(self) -> None:
        self.who.sort.hide()
        panel = Inspector(_("Details of the send list"))
        whom = QWidget()
        column = QVBoxLayout(whom)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(6))
        # TRANSLATORS: whom a message is for.
        column.addWidget(Label(_("For whom"), "section"))
        for widget in (self.who, self.reach, self.left_out, self.advice):
            column.addWidget(widget)
        column.addWidget(self.only_agreed, 0, Qt.AlignmentFlag.AlignLeading)
        for content in (self.name, whom, self.writing, self.cap):
            panel.add(content)
        for action in (self.duplicate, self.delete):
            panel.add_action(action)
        self.hold(panel, 320)

    # What is shown

    def refresh(self, notice: Notice) -> None:
        """Follow what has changed, but in no field that is being typed in."""
        if self.who.on_changed(notice) or notice.of(LabelRow):
            self.meant.emit()
        if self._row and notice.of(SendList):
            self._follow()

    def fields(self) -> Sequence[Field]:
        return [*self._fields.values()]

    def show_plan(self, plan: Plan | None, complaint: str = "") -> None:
        """Say whom it would reach, and who is left out; None while that is being read."""
        n = len(plan.reached) if plan else 0
        words = ngettext("{n} customer can be written to.", "{n} customers can be written to.", n)
        if plan and plan.begun and not n:
            words = _("Everybody who is meant and can be written to is on the list.")
        elif plan and plan.begun:
            words = ngettext("{n} more customer can be written to.", "{n} more customers can be written to.", n)
        self.reach.setText(words.format(n=formats.number(n)) if plan else complaint or _("Looking for them…"))
        out, advice = (plan.left_out, plan.advice) if plan else ([], [])
        for label, sentences in ((self.left_out, out), (self.advice, advice)):
            label.setText("\n".join(sentences))
            label.setVisible(bool(sentences))
        self.only_agreed.setVisible(bool(plan and plan.without_consent))

    def _show(self, row: SendList, start: bool) -> None:
        before = search_of(self._row) if self._row else None
        self._row = row
        if start:
            self.show_plan(None)
        for name, field in self._fields.items():
            value = formats.number(row.cap) if name == "cap" else getattr(row, name)
            if start or not field.is_unsaved():
                self._bases.show(name, row.version)
            field.start(value) if start else field.update_value(value)
        self._bases.show("search", row.version)
        if search_of(row) != self.who.search():
            self.who.set_search(search_of(row))
        self.who.count_once()
        if not start and before != search_of(row):
            self.meant.emit()

    # What is saved

    def _saver(self, name: str) -> Any:
        return partial(self._save, name)

    def _save(self, name: str, value: object, group: object) -> str:
        if self._row is None:
            return ""
        shown = self._row.id

        def store(base: int | None) -> None:
            self.context.run(TITLES[name], update_send_list, shown, base, origin=self, group=group, **{name: value})

        complaint = self._bases.save(name, value, group, store, lambda: self.context.get(read_send_list, shown).version)
        if name == "text" and not complaint:
            self.typed.emit(None)
        return complaint

    def _save_cap(self, typed: str, group: object) -> str:
        try:
            cap = int(parse_decimal(typed))
        except (ValueError, OverflowError):
            return _("Enter a number, like 30.")
        return self._save("cap", cap, group)

    @Slot(object)
    def _on_text(self, text: str) -> None:
        self.typed.emit(text)

    @Slot()
    def _on_who(self) -> None:
        self._keep_search(self.who.search())

    @Slot()
    def _on_only_agreed(self) -> None:
        search = self.who.search()
        self.who.set_search(Search(search.typed, (*search.terms, AGREED), search.sort))
        self._keep_search(self.who.search())

    def _keep_search(self, search: Search) -> None:
        if complaint := self._save("search", Search(search.typed, search.terms), None):
            self.context.say(complaint)
