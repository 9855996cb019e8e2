"""The inspector of the quick replies: one reply, what it says when it is filled, and copying it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Product, Profile, Reply
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, is_rtl, ngettext
from desktop.services.catalog import cards, find_products
from desktop.services.customers import find_customers
from desktop.services.errors import NotFound, Stale
from desktop.services.limits import limit, measure
from desktop.services.links import chat_link, contact_link
from desktop.services.marks import parse
from desktop.services.placeholders import KEYS, Filled, find
from desktop.services.replies import FILLED, fill_message, read_reply, split_keywords, update_reply
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.copying import copy_message
from desktop.ui.gauges import characters
from desktop.ui.saving import Opener
from desktop.ui.widgets.bubbles import Bubble
from desktop.ui.widgets.buttons import Button, CopyButton, icon_button
from desktop.ui.widgets.field import Field, LineField, TextField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.phone import PhoneFrame
from desktop.ui.widgets.picker import OFFERED, Offer, Picker

TITLES = {"shortcut": N_("Change shortcut"), "text": N_("Change message"), "keywords": N_("Change keywords")}
OF_ITEM = ("product", "price", "item_link")  # the placeholders that an item has the values of
PREVIEW = 300  # px high


class ReplyEditor(QWidget):
    """Edits the reply of `show_reply`; every field saves itself. The customer and the item are for copying only."""

    copied = Signal(object)  # the id of the reply
    duplicate_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__()
        self.context = context
        self._opener = opener
        self._reply: Reply | None = None
        self._bases: dict[str, int] = {}  # the version that each field was typed over
        self.shortcut = LineField(
            _("Shortcut"), partial(self._save, "shortcut"), measure=characters("reply.shortcut"), prefix="/"
        )
        self.text = TextField(_("Message"), partial(self._save, "text"), lines=(4, 12))
        self.keywords = LineField(
            _("Keywords"),
            partial(self._save, "keywords"),
            hint=_("Other words that find it on the phone, with commas between them"),
            measure=_count_keywords,
        )
        self.fields: dict[str, Field] = {"shortcut": self.shortcut, "text": self.text, "keywords": self.keywords}
        self.insert = [self._insert_button(key) for key in FILLED]
        # TRANSLATORS: of a quick reply: whom it is to be sent to, and what they ask about.
        self.customer_label = Label(_("For customer"), "section")
        self.item_label = Label(_("About item"), "section")
        self.customer = Picker(_("For customer"), _("Name"), partial(self._offer, _find_customers))
        self.item = Picker(_("About item"), _("A word of its name"), partial(self._offer, _find_items))
        self.missing = Label("", "warn", wrap=True)
        self.preview = PhoneFrame("shop")
        self.copy = CopyButton(_("Copy message"), self._text_to_copy, "primary")
        self.open_chat = icon_button("message-circle", _("Open chat with this text"))
        self.duplicate = icon_button("copy-plus", _("Duplicate reply"))
        self.delete = icon_button("trash-2", _("Delete reply"))
        self._lay_out()
        for field in self.fields.values():
            field.edited.connect(self._update)
        for picker in (self.customer, self.item):
            picker.unsaved = True  # Ctrl+Z is about these letters: they are not kept in the shop
            picker.picked.connect(self._update)
        self.copy.copied.connect(self._on_copied)
        self.open_chat.clicked.connect(self._on_open_chat)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        self._lock()
        self.show_reply(None)

    # What it is made of

    def _insert_button(self, key: str) -> Button:
        known = next(known for known in KEYS if known.key == key)
        button = Button(_(known.label), look="chip")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the message
        button.setAccessibleName(_("Insert: {name}").format(name=_(known.label)))
        button.clicked.connect(partial(self._on_insert, f"{{{known.alias if is_rtl() else known.key}}}"))
        return button

    def _lay_out(self) -> None:
        panel = Inspector(_("Details of the reply"))
        chips = QWidget()
        flow = FlowLayout(chips, theme.pixels(6))
        for button in self.insert:
            flow.addWidget(button)
        message = _column(self.text, chips)
        for content in (
            _column(self.customer_label, self.customer),
            _column(self.item_label, self.item),
            self.missing,  # before all that is only for editing: copying is what one comes for
            self.shortcut,
            message,
        ):
            panel.add(content)
        self.preview.setFixedHeight(theme.pixels(PREVIEW))
        panel.add(self.preview)
        panel.add(self.keywords)
        panel.add_action(self.copy, leading=True)
        for action in (self.open_chat, self.duplicate, self.delete):
            panel.add_action(action)
        self.panel = panel
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.setMinimumWidth(theme.pixels(300))

    def _lock(self) -> None:
        """In a shop that is open to read only, one copies."""
        for field in (self.shortcut, self.text, self.keywords):
            field.editor.setReadOnly(self.context.read_only)
        for button in (*self.insert, self.duplicate, self.delete):
            button.setDisabled(self.context.read_only)

    # What is shown

    def reply(self) -> int | None:
        """Return the id of the reply that is shown, or None."""
        return self._reply.id if self._reply else None

    def show_reply(self, reply_id: int | None) -> bool:
        """Show another reply; False if what is typed of the one before cannot be saved, which then stays."""
        if self._reply and self._reply.id == reply_id:
            return True
        if not self.commit():
            return False
        self._reply = self._read(reply_id)
        for name, field in self.fields.items():
            self._bases[name] = self._reply.version if self._reply else 0
            field.start(getattr(self._reply, name) if self._reply else "")
        self.panel.area.verticalScrollBar().setValue(0)
        self._update()
        return True

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the reply and of the shop, but in no field that is being typed in."""
        if self._reply and notice.of(Reply):
            stored = self._read(self._reply.id)
            if stored:
                self._reply = stored
                for name, field in self.fields.items():
                    if not field.is_unsaved():
                        self._bases[name] = stored.version
                    field.update_value(getattr(stored, name))
            elif not self._unsaved():  # else what is typed stays in sight, and saving it tells what has happened
                self.abandon()
                self.show_reply(None)
        if notice.of(Reply) or notice.of(Profile) or notice.of(Product):
            self._update()

    def commit(self) -> bool:
        """Save what is being typed; False, and the cursor there, if something cannot be saved as it is."""
        for field in self.fields.values():
            if not field.commit() and self._reply and self._read(self._reply.id):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def abandon(self) -> None:
        """Want nothing of what is typed: the reply is about to go."""
        for name, field in self.fields.items():
            field.start(getattr(self._reply, name) if self._reply else "")

    def edit_shortcut(self) -> None:
        """Go to the shortcut, to write over it."""
        editor = self.shortcut.editor
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        editor.selectAll()

    def _unsaved(self) -> bool:
        return any(field.is_unsaved() for field in self.fields.values())

    def _read(self, reply_id: int | None) -> Reply | None:
        try:
            return None if reply_id is None else self.context.get(read_reply, reply_id)
        except NotFound:
            return None

    def filled(self) -> Filled:
        """Return the message as it would be copied now, also what of it is still being typed."""
        text, customer, item = self.text.value(), self.customer.text(), self.item.value()
        try:
            return self.context.get(fill_message, text, customer, item)
        except NotFound:
            self.item.set_value(None, "")  # the item has been deleted
            return self.context.get(fill_message, text, customer)

    @Slot()
    def _update(self) -> None:
        """Show what the message becomes, and what is wrong with it."""
        filled = self.filled()
        used = {span.key for span in find(self.text.value())}
        for label, picker, wanted in (
            (self.customer_label, self.customer, {"customer"}),
            (self.item_label, self.item, set(OF_ITEM)),
        ):
            for widget in (label, picker):
                widget.setVisible(not used.isdisjoint(wanted))
            theme.look(picker, "" if wanted.isdisjoint(filled.missing) else "warn")
        self.text.advise("\n".join(unknown.sentence for unknown in filled.unknown))
        self.shortcut.advise(measure("reply.shortcut", self.shortcut.value()).sentence)
        longest = max(split_keywords(self.keywords.value()), key=len, default="")
        self.keywords.advise(measure("reply.keyword", longest).sentence)
        missing = Filled("", filled.missing, []).sentences
        self.missing.setText("\n".join(missing))
        self.missing.setVisible(bool(missing))
        bubble = Bubble(parse(filled.text), formats.time(formats.now().time()))
        self.preview.show_chat(self.customer.text().strip() or _("Customer"), [bubble] if filled.text else [])

    # What is saved

    def _save(self, name: str, value: str, group: object) -> str:
        """Store a field and return what is wrong with it in one sentence, or ""."""
        if self._reply is None:
            return ""
        shown = self._reply.id
        try:
            self.context.run(
                TITLES[name], update_reply, shown, self._bases[name], origin=self, group=group, **{name: value}
            )
        except Exception as error:
            sentence = complaint(error)
            if not sentence:
                raise
            if isinstance(error, Stale):  # it is told: to save again is to mean it
                self._bases[name] = self._reply.version
            return sentence
        self._bases[name] = self._reply.version
        return ""

    # What one does

    def _on_insert(self, words: str) -> None:
        editor = self.text.editor
        editor.textCursor().insertText(words)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text_to_copy(self) -> str:
        if text := self.filled().text:
            return text
        self.context.say(_("This reply has no text yet."))
        return ""

    @Slot()
    def _on_copied(self) -> None:
        if self._reply:
            copy_message(self.context, self._reply.id, self.filled())
            self.copied.emit(self._reply.id)

    @Slot()
    def _on_open_chat(self) -> None:
        if not (text := self._text_to_copy()):
            return
        phone = self.customer.value()
        url = chat_link(str(phone), text) if phone else contact_link(text)
        if self._opener(QUrl.fromEncoded(url.encode())):
            self.context.say(_("Chat opened, text ready"))
        else:
            self.context.say(_("The chat could not be opened on this computer. Copy the message instead."))

    def _offer(self, find_them: Callable[[Session, str], Sequence[Offer]], typed: str) -> Sequence[Offer]:
        return self.context.get(find_them, typed)


def _find_customers(session: Session, typed: str) -> list[Offer]:
    found = find_customers(session, typed, OFFERED)
    return [(one.phone, one.name, formats.phone(one.phone)) for one in found if one.name]


def _find_items(session: Session, typed: str) -> list[Offer]:
    found = cards(session, find_products(session, typed, OFFERED))
    return [(card.id, card.name, formats.ltr(card.code)) for card in found]


def _count_keywords(typed: str) -> tuple[str, str]:
    words = split_keywords(typed)
    if not words:
        return "", "ok"
    most = limit("reply.keywords")
    sentence = ngettext("{of} keyword", "{of} keywords", most).format(of=formats.of(len(words), most))
    return sentence, "over" if len(words) > most else "ok"


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.pixels(6))
    for widget in widgets:
        column.addWidget(widget)
    return column
