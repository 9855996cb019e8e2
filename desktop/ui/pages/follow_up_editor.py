"""The inspector of the follow-ups: one of them, its message as the customer reads it, and what is done with it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.data.models import Customer, FollowUp, Hours, Order, Overlay, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, bidi, formats
from desktop.services import follow_ups
from desktop.services.due import letter
from desktop.services.follow_ups import KINDS, LATER, later, read_follow_up, update_follow_up
from desktop.services.letters import Letter
from desktop.services.marks import parse
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.follow_up_about import About
from desktop.ui.pages.follow_up_when import When
from desktop.ui.pages.reply_text import ReplyText
from desktop.ui.pages.row_editor import RowEditor
from desktop.ui.widgets.bubbles import Bubble, shortened
from desktop.ui.widgets.buttons import flat, icon_button, primary, quiet
from desktop.ui.widgets.field import ChoiceField, Field, LineField, TextField
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.phone import PhoneFrame

TITLES = {
    "kind": N_("Change what it is"),
    "title": N_("Change what is to be done"),
    "text": N_("Change message"),
    "note": N_("Change note"),
}
PREVIEW = 220  # px high
BEFORE, AFTER = -86_400, 3 * 86_400  # seconds: a reminder the day before, a word three days after


class FollowUpEditor(RowEditor):
    """Edits the follow-up of `show_row`; every field saves itself."""

    open_wanted = Signal()
    done_wanted = Signal()
    snooze_wanted = Signal(str)
    wanted = Signal(int)  # another one is to be shown
    added = Signal(int)  # a new one is there

    def __init__(self, context: Context) -> None:
        super().__init__(context, read_follow_up)
        self.about = About(context, self._store)
        self.kind = ChoiceField(
            _("What it is"), [(kind, _(words)) for kind, words in KINDS.items()], self._saver("kind")
        )
        self.title = LineField(
            _("What is to be done"), self._saver("title"), placeholder=_("Cake ready, session, tip…")
        )
        self.when = When(context, self._store)
        self.writing = ReplyText(self._saver("text"))
        self.text = self.writing.field
        self.preview = PhoneFrame("shop")
        self.missing = Label("", "warn", wrap=True)
        self.note = TextField(_("Note for yourself"), self._saver("note"), lines=(2, 6))
        self.before = flat(_("Reminder the day before"), "bell")
        self.after = flat(_("Message 3 days after"), "message-circle")
        self.opened = Label("", "small", wrap=True)
        self.open_chat = primary(_("Open chat"), "message-circle")
        self.done = quiet(_("Done"), "check")
        self.later = icon_button("alarm-clock", _("Put off"))
        self.more = icon_button("ellipsis", _("More"))
        self.menu, self.later_menu = QMenu(self), QMenu(self)
        self._fields: dict[str, Field] = {
            "title": self.title, "kind": self.kind, "text": self.text, "note": self.note
        }  # fmt: skip
        self._lay_out()
        self._connect()
        if context.read_only:
            self._lock()

    def _lay_out(self) -> None:
        self.preview.setFixedHeight(theme.pixels(PREVIEW))
        around = QWidget()
        buttons = QVBoxLayout(around)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(0)
        self.around = around
        for button in (self.before, self.after):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        panel = Inspector(_("Details of the follow-up"))
        for content in (
            self.title, self.about, self.when, self.writing, self.preview, self.missing, self.opened, around, self.note,
            self.kind,
        ):  # fmt: skip
            panel.add(content)
        panel.add_action(self.open_chat, leading=True)
        for action in (self.done, self.later, self.more):
            panel.add_action(action)
        self.hold(panel, 320)

    def _connect(self) -> None:
        self.text.edited.connect(self._update)
        self.when.moved.connect(self._update)
        self.when.wanted.connect(self.wanted)
        self.before.clicked.connect(partial(self._add_around, BEFORE))
        self.after.clicked.connect(partial(self._add_around, AFTER))
        self.open_chat.clicked.connect(self.open_wanted)
        self.done.clicked.connect(self.done_wanted)
        self.later_menu.aboutToShow.connect(self._fill_later)
        self.later.setMenu(self.later_menu)
        self.copy = self.menu.addAction(_("Copy message"), self._on_copy)
        self.menu.addAction(_("Duplicate"), self.duplicate_wanted.emit)
        self.menu.addAction(_("Delete"), self.delete_wanted.emit)
        self.more.setMenu(self.menu)
        self._fill_later()

    def _lock(self) -> None:
        for field in self._fields.values():
            field.lock()
        self.writing.lock()
        self.when.lock()
        self.about.lock()
        for widget in (self.done, self.later, self.more, self.before, self.after):
            widget.setDisabled(True)

    # What is shown

    def refresh(self, notice: Notice) -> None:
        """Follow what has changed, but in no field that is being typed in."""
        if self._row and any(map(notice.of, (FollowUp, Customer, Order, Hours, Overlay, Profile))):
            self._follow()

    def fields(self) -> list[Field]:
        """Return its fields."""
        return [*self._fields.values(), *self.when.fields()]

    def letter(self) -> Letter:
        """Return the message as it would be opened now, also what of it is still being typed."""
        assert self._row, "one is shown"
        return self.context.get(letter, self._row.id, self.text.value())

    def _show(self, row: FollowUp, start: bool) -> None:
        self._row = row
        for name, field in self._fields.items():
            if start or not field.is_unsaved():
                self._bases.show(name, row.version)
            field.start(getattr(row, name)) if start else field.update_value(getattr(row, name))
        for name, fields in (("when", (self.when.day, self.when.time)), ("minutes", (self.when.minutes,))):
            if start or not any(field.is_unsaved() for field in fields):
                self._bases.show(name, row.version)
        for name in ("repeat", "delay", "customer_id", "order_id"):
            self._bases.show(name, row.version)
        self.when.show_row(row, start)
        self.about.show_row(row, start)
        self.around.setVisible(row.kind == "booking" and row.done_at is None and not self.context.read_only)
        self.done.set_text(_("Done") if row.done_at is None else _("Not done after all"))
        self.done.set_icon("check" if row.done_at is None else "undo-2")
        self.later.setVisible(row.done_at is None)
        self._tell_opened(row)
        self._update()

    def _tell_opened(self, row: FollowUp) -> None:
        words = []
        if row.opened_at is not None:
            words.append(_("Chat opened {when}.").format(when=formats.datetime(row.opened_at)))
        if row.done_at is not None:
            words.append(_("Done {when}.").format(when=formats.datetime(row.done_at)))
        self.opened.setText(formats.sentences(words))
        self.opened.setVisible(bool(words))

    @Slot()
    def _update(self) -> None:
        """Show what the message becomes for its customer, and what is wrong with it."""
        if not self._is_there():
            return
        written = self.letter()
        text = written.filled.text
        bubbles = [Bubble(parse(shortened(text)), formats.time(formats.now().time()))] if text else []
        self.preview.show_chat(written.name or _("Customer"), bubbles)
        self.missing.setText("\n".join(written.filled.sentences))
        self.missing.setVisible(bool(written.filled.sentences))
        self.about.warn(written)
        self.open_chat.setDisabled(bool(written.refusal))
        self.copy.setEnabled(bool(text) and not written.refusal)

    @Slot()
    def _on_copy(self) -> None:
        if self._row:
            self.context.copy(bidi.strip(self.letter().filled.text))

    # What is saved

    def _saver(self, name: str) -> Any:
        return partial(self._save, name)

    def _save(self, name: str, value: object, group: object) -> str:
        return self._store(name, TITLES[name], _update, group, {name: value})

    def _store(self, name: str, title: str, fn: Any, group: object, *args: Any, then: Any = None, **values: Any) -> str:
        """Store something of the one that is shown, and return what is wrong in one sentence, or ""."""
        if self._row is None:
            return ""
        shown = self._row.id
        base_of = "when" if name in ("day", "time") else name

        def store(base: int | None) -> None:
            result = self.context.run(title, fn, shown, *args, base=base, origin=self, group=group, **values)
            if then:
                then(result)

        return self._bases.save(
            base_of, repr((args, values)), group, store, lambda: self.context.get(read_follow_up, shown).version
        )

    def _add_around(self, delay: int, _checked: bool = False) -> None:
        """Add a message that comes before or after this one, and moves along with it."""
        if self._row is None or not self.commit():
            return
        title = N_("New follow-up")
        new = self.context.act(title, _add_around, self._row.id, delay, origin=self)
        if new is not None:
            self.added.emit(new)

    @Slot()
    def _fill_later(self) -> None:
        """Offer until when it can be put off, with the time that would be."""
        self.later_menu.clear()
        for choice, words in LATER.items():
            text = _(words)
            if self._row:
                at = formats.datetime(self.context.get(later, choice, self._row.due_at))
                # TRANSLATORS: an entry of a menu, as in "Tomorrow: Friday 4:00 pm".
                text = _("{choice}: {when}").format(choice=text, when=at)
            self.later_menu.addAction(text.replace("&", "&&"), partial(self.snooze_wanted.emit, choice))


def _update(session: Any, follow_up_id: int, fields: dict[str, Any], base: int | None) -> None:
    update_follow_up(session, follow_up_id, base, **fields)  # of which one is called as an argument of `run` is


def _add_around(session: Any, follow_up_id: int, delay: int) -> int:
    first = read_follow_up(session, follow_up_id)
    new = follow_ups.add_follow_up(session, customer_id=first.customer_id)
    follow_ups.set_after(session, new, follow_up_id, delay)
    return new
