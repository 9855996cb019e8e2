"""The inspector of the quick replies: one reply, what it says when it is filled, and copying it."""

from functools import partial

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.data.models import Hours, Product, Profile, Reply
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.errors import NotFound
from desktop.services.limits import limit, measure
from desktop.services.links import chat_link, contact_link
from desktop.services.messages import Enquiry, fill_message
from desktop.services.profile import read_profile
from desktop.services.replies import folders, read_reply, split_keywords, update_reply
from desktop.services.reply_parts import Message, messages
from desktop.services.share import customers_language
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
from desktop.ui.gauges import characters
from desktop.ui.pages.phone_word import PhoneWord
from desktop.ui.pages.reply_bubbles import bubbles_of
from desktop.ui.pages.reply_folder import FolderField
from desktop.ui.pages.reply_part import LANGUAGES
from desktop.ui.pages.reply_parts import ReplyParts
from desktop.ui.pages.reply_sending import ReplySending
from desktop.ui.pages.reply_text import ReplyText
from desktop.ui.pages.row_editor import RowEditor
from desktop.ui.saving import Opener
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.walk import kind_of, walk_of
from desktop.ui.widgets.buttons import COPIED_FOR, announce, icon_button, primary
from desktop.ui.widgets.drops import FileDrops
from desktop.ui.widgets.field import ChoiceField, Field, LineField
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.phone import PhoneFrame

TITLES = {
    "shortcut": N_("Change shortcut"),
    "text": N_("Change message"),
    "keywords": N_("Change keywords"),
    "folder": N_("Move reply to folder"),
    "condition": N_("Change when a reply is offered"),
    "language": N_("Change language"),
}
CONDITIONS = (
    ("", N_("Always")),
    ("open", N_("While the shop is open")),
    ("closed", N_("While the shop is closed")),
)
PREVIEW = 300  # px high
SLOW = 20_000  # characters from which what is typed is looked at after a pause only
PAUSE = 250  # ms


class ReplyEditor(RowEditor):
    """Edits the reply of `show_row`; every field saves itself. The customer and the item are for copying only."""

    copied = Signal(object)  # the id of the reply

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__(context, read_reply)
        self._opener = opener
        self._messages: list[Message] = []
        self._walk = walk_of(context)
        self.shortcut = LineField(
            _("Shortcut"), partial(self._save, "shortcut"), measure=characters("reply.shortcut"), prefix="/"
        )
        self.writing = ReplyText(partial(self._save, "text"))
        self.text = self.writing.field
        self.keywords = LineField(
            _("Keywords"),
            partial(self._save, "keywords"),
            hint=_("Other words that find it on the phone, with commas between them"),
            measure=_count_keywords,
        )
        self.folder = FolderField(partial(self._save, "folder"))
        offered = [(value, _(words)) for value, words in CONDITIONS]
        self.condition = ChoiceField(_("Offered"), offered, partial(self._save, "condition"))
        self.language = ChoiceField(_("Language of the message"), [], partial(self._save, "language"))
        self._fields: dict[str, Field] = {
            "shortcut": self.shortcut,
            "text": self.text,
            "keywords": self.keywords,
            "folder": self.folder,
            "condition": self.condition,
            "language": self.language,
        }
        self.sending = ReplySending(context)
        self.customer, self.item, self.missing = self.sending.customer, self.sending.item, self.sending.missing
        self.parts = ReplyParts(context)
        self.on_phone = PhoneWord(context, "reply")
        if not context.read_only:
            FileDrops(self, self.parts.take_files, self.text.editor.viewport())
        self.preview = PhoneFrame("shop")
        self._thumbnails = Thumbnails(context, theme.pixels(PREVIEW), self)
        self.copy = primary(_("Copy message"), "copy")
        self.open_chat = icon_button("message-circle", _("Open chat with this text"))
        self.duplicate = icon_button("copy-plus", _("Duplicate reply"))
        self.delete = icon_button("trash-2", _("Delete reply"))
        self._later = QTimer(self, interval=PAUSE, singleShot=True)
        self._back = QTimer(self, interval=COPIED_FOR, singleShot=True)
        self._lay_out()
        self._connect()
        self._lock()

    # What it is made of

    def _lay_out(self) -> None:
        panel = Inspector(_("Details of the reply"))
        self.preview.setFixedHeight(theme.pixels(PREVIEW))
        standing = QHBoxLayout()
        standing.addWidget(self.on_phone)
        standing.addStretch()
        for content in (
            self.sending,  # before all that is only for editing: copying is what one comes for
            standing,
            self.shortcut,
            self.writing,
            self.preview,
            self.parts,
            self.folder,
            self.keywords,
            self.condition,
            self.language,
        ):
            panel.add(content)
        panel.add_action(self.copy, leading=True)
        for action in (self.open_chat, self.duplicate, self.delete):
            panel.add_action(action)
        self.hold(panel, 300)

    def _connect(self) -> None:
        for field in self._fields.values():
            field.edited.connect(self._on_edited)
        self.sending.changed.connect(self._update)
        self.sending.wanted.connect(self._on_step)
        self.parts.changed.connect(self._on_edited)
        self._later.timeout.connect(self._update)
        self._thumbnails.ready.connect(self._update)
        self._back.timeout.connect(self._show_copy)
        self._walk.changed.connect(self._on_walked)
        self.copy.clicked.connect(self._on_copy)
        self.open_chat.clicked.connect(self._on_open_chat)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.delete.clicked.connect(self.delete_wanted)

    def _lock(self) -> None:
        """In a shop that is open to read only, one copies."""
        if self.context.read_only:
            self.writing.lock()
            for field in self._fields.values():
                field.lock()
        for button in (self.duplicate, self.delete):
            button.setDisabled(self.context.read_only)

    # What is shown

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the reply and of the shop, but in no field that is being typed in."""
        if self._row and notice.of(Reply):
            self._follow()
        self.parts.refresh(notice)
        self.on_phone.refresh(notice)
        if notice.of(Reply) or notice.of(Profile):
            self._fill_choices()
        if any(notice.of(model) for model in (Reply, Profile, Product, Hours)):
            self._update()

    def fields(self) -> list[Field]:
        return [*self._fields.values()]

    def commit(self) -> bool:
        return super().commit() and (self.parts.commit() or not self._is_there())

    def is_unsaved(self) -> bool:
        return super().is_unsaved() or self.parts.is_unsaved()

    def abandon(self) -> None:
        for name, field in self._fields.items():
            field.start(getattr(self._row, name) if self._row else "")
        self.parts.abandon()

    def _leave(self) -> None:
        self.abandon()
        self.show_row(None)

    def _start(self) -> None:
        self._fill_choices()
        for name, field in self._fields.items():
            self._bases.show(name, self._row.version if self._row else 0)
            field.start(getattr(self._row, name) if self._row else "")
        self.parts.show_reply(self.row())
        self.on_phone.show_row(self.row())
        self._update()

    def _show(self, row: Reply, start: bool) -> None:
        self._row = row
        for name, field in self._fields.items():
            if not field.is_unsaved():
                self._bases.show(name, row.version)
            field.update_value(getattr(row, name))

    def _fill_choices(self) -> None:
        """Offer the folders and the languages there are."""
        with self.context.reader() as session:
            names, profile = [name for name, _count in folders(session) if name], read_profile(session)
        self.folder.offer(names)
        home, own = customers_language(profile), self._row.language if self._row else ""
        codes = dict.fromkeys([*LANGUAGES, *([own] if own else [])])
        shop = _("The shop's: {language}").format(language=formats.language_name(home))
        choices = [(code, formats.language_name(code)) for code in codes if code != home or own == home]
        self.language.set_choices([("", shop), *choices])

    def _typed(self) -> str | None:
        """Return the text where it is not saved yet."""
        return self.text.value() if self.text.is_unsaved() else None

    def _filled(self) -> list[Message]:
        """Return the messages as they would be copied now, also what of them is still being typed."""
        if self._row is None:
            return []
        enquiry = self.sending.enquiry()
        try:
            return self.context.get(messages, self._row.id, enquiry, self._typed())
        except NotFound:
            pass
        if enquiry.product_id is not None:
            self.sending.forget_item()  # it has been deleted
            return self._filled()
        # The reply has been deleted, and what is typed of it is still in sight.
        filled = self.context.get(fill_message, self.text.value(), enquiry.customer, gender=enquiry.gender)
        return [Message("text", filled)]

    @Slot()
    def _on_edited(self) -> None:
        if len(self.text.editor.toPlainText()) > SLOW:
            self._later.start()
        else:
            self._update()

    @Slot()
    def _update(self) -> None:
        """Show what the reply becomes, and what is wrong with it."""
        self._later.stop()
        own = self.language.value() or customers_language(self.context.get(read_profile))
        languages = list(dict.fromkeys([str(own), *self.parts.languages()]))
        self.sending.fit([self.text.value(), *self.parts.texts()], languages, self.parts.asks_item())
        self._messages = self._filled()
        puzzles = self._messages[0].filled.puzzles if self._messages and self._messages[0].part is None else []
        too_long = measure("reply.text", self.text.value()).sentence
        self.text.advise("\n".join(filter(None, [too_long, *puzzles])))
        self.shortcut.advise(measure("reply.shortcut", self.shortcut.value()).sentence)
        longest = max(split_keywords(self.keywords.value()), key=len, default="")
        self.keywords.advise(measure("reply.keyword", longest).sentence)
        bubbles = list(bubbles_of(self._messages, self._thumbnails))
        self.preview.show_chat(self.customer.text().strip() or _("Customer"), bubbles)
        self._on_walked()

    @Slot()
    def _on_walked(self) -> None:
        """Show which of the messages is on the clipboard, and what the button copies next."""
        self.sending.show_messages(self._messages, self._walk, self._is_walked())
        if not self._back.isActive():
            self._show_copy()

    def _is_walked(self) -> bool:
        return self._row is not None and self._walk.errand == self._errand()

    def _errand(self) -> tuple[int, Enquiry, str | None]:
        assert self._row, "one is shown"
        return self._row.id, self.sending.enquiry(), self._typed()

    @Slot()
    def _show_copy(self) -> None:
        words = _("Copy message")
        if self._row and self._walk.expects(self._errand()):
            # TRANSLATORS: {what} is the kind of message that comes next, such as "Picture".
            words = _("Copy next: {what}").format(what=kind_of(self._walk.messages[self._walk.next]))
        self.copy.set_text(words)
        self.copy.set_icon("copy")

    # What is saved

    def _save(self, name: str, value: object, group: object) -> str:
        """Store a field and return what is wrong with it in one sentence, or ""."""
        if self._row is None:
            return ""
        shown = self._row.id

        def store(base: int | None) -> None:
            self.context.run(TITLES[name], update_reply, shown, base, origin=self, group=group, **{name: value})

        return self._bases.save(name, value, group, store, lambda: self.context.get(read_reply, shown).version)

    # What one does

    @Slot()
    def _on_copy(self) -> None:
        """Copy the first message, or the next one of a reply that is being copied."""
        self._copy_from(None)

    @Slot(int)
    def _on_step(self, place: int) -> None:
        self._copy_from(place)

    def _copy_from(self, place: int | None) -> None:
        if self._row is None:
            return
        self.parts.commit()
        reply, enquiry, typed = self._errand()
        if place is not None:
            self._update()
            done = self._walk.begin((reply, enquiry, typed), self._messages, place)
        else:
            done = copy_reply(self.context, reply, enquiry, typed)
        if done:
            self.copy.set_text(_("Copied"))
            self.copy.set_icon("check")
            self._back.start()
            announce(self.copy, _("Copied"))
            self.copied.emit(reply)

    @Slot()
    def _on_open_chat(self) -> None:
        text = next((message.filled.text for message in self._messages if message.filled.text), "")
        if not text:
            self.context.say(_("This reply has no text yet."))
            return
        customer = self.sending.buyer()
        url = chat_link(customer.phone, text) if customer and customer.phone else contact_link(text)
        if self._opener(QUrl.fromEncoded(url.encode())):
            self.context.say(_("Chat opened, text ready"))
        else:
            self.context.say(_("The chat could not be opened on this computer. Copy the message instead."))


def _count_keywords(typed: str) -> tuple[str, str]:
    words = split_keywords(typed)
    if not words:
        return "", "ok"
    most = limit("reply.keywords")
    sentence = ngettext("{of} keyword", "{of} keywords", most).format(of=formats.of(len(words), most))
    return sentence, "over" if len(words) > most else "ok"
