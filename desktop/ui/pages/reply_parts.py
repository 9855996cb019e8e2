"""What a reply sends after its text: the list of its parts in the inspector, and the button that adds to it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.data.models import Product, Profile, ReplyPart
from desktop.data.notice import Notice
from desktop.i18n import N_, _
from desktop.services.profile import read_profile
from desktop.services.reply_parts import (
    LARGEST_PDF,
    add_part,
    add_pdf,
    add_pictures,
    list_parts,
    move_part,
    remove_part,
)
from desktop.ui import theme
from desktop.ui.asking import ask_for_file, documents
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.intake import choose_pictures, take_pictures
from desktop.ui.pages.reply_part import LANGUAGES, SIDE, PartCard
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.walk import KINDS
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.drops import FileDrops
from desktop.ui.widgets.focus import stay
from desktop.ui.widgets.labels import Label

ADDED = (  # what the menu offers, in its order
    ("text", N_("Another text")),
    ("variant", N_("The text in another language")),
    ("picture", N_("Pictures…")),
    ("pdf", N_("PDF…")),
    ("item", N_("An item of the catalog")),
    ("catalog", N_("The catalog")),
    ("location", N_("The location")),
)


class ReplyParts(QWidget):
    """The parts of the reply of `show_reply`, each saved by itself; adding, moving and removing can be undone."""

    changed = Signal()  # what is sent is something else, also while it is being typed

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._reply: int | None = None
        self._thumbnails = Thumbnails(context, theme.pixels(SIDE * 2), self)
        self.cards: list[PartCard] = []
        self.title = Label(_("Sent after it"), "section")
        self.add = quiet(_("Add to this reply"), "plus")
        self.menu = QMenu(self)
        for kind, words in ADDED:
            sign = "languages" if kind == "variant" else KINDS[kind][1]
            self.menu.addAction(icon(sign), _(words), partial(self.add_kind, kind))
        self.add.setMenu(self.menu)
        self.add.setDisabled(context.read_only)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(8))
        self._column.addWidget(self.title)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)

    # What is shown

    def show_reply(self, reply: int | None) -> None:
        """Show the parts of another reply; commit those of the one before first."""
        self._reply = reply
        self._fill(self._read())

    def refresh(self, notice: Notice) -> None:
        """Follow what has changed of the parts and of what they speak of."""
        if notice.of(ReplyPart):
            parts = self._read()
            if [part.id for part in parts] == [card.part.id for card in self.cards]:
                for card, part in zip(self.cards, parts, strict=True):
                    card.update_part(part)
            else:
                self._fill(parts)
            self.changed.emit()
        if notice.of(Profile) or notice.of(Product):
            for card in self.cards:
                card.refresh_shop()

    def texts(self) -> list[str]:
        """Return the texts as they are being typed."""
        return [card.text.value() for card in self.cards if card.text]

    def languages(self) -> list[str]:
        """Return the languages that some part is written in."""
        return [card.part.language for card in self.cards if card.part.language]

    def asks_item(self) -> bool:
        """Say whether a part is whichever item they ask about."""
        return any(card.part.kind == "item" and card.part.product_id is None for card in self.cards)

    def is_unsaved(self) -> bool:
        """Say whether something typed here is not stored."""
        return any(card.text and card.text.is_unsaved() for card in self.cards)

    def commit(self) -> bool:
        """Save what is being typed; False, and the cursor there, if something cannot be saved as it is."""
        for card in self.cards:
            if not card.commit() and card.text:
                card.text.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def abandon(self) -> None:
        """Want nothing of what is typed."""
        for card in self.cards:
            card.abandon()

    def _read(self) -> list[ReplyPart]:
        return [] if self._reply is None else self._context.get(list_parts, self._reply)

    def _fill(self, parts: Sequence[ReplyPart]) -> None:
        """Show these, keeping the cards of those that stay: somebody may be typing in one."""
        here = {card.part.id: card for card in self.cards}
        for card in self.cards:
            self._column.removeWidget(card)
            if card.part.id not in {part.id for part in parts}:
                card.hide()
                card.deleteLater()
        self.cards = []
        for place, part in enumerate(parts):
            card = here.get(part.id) or self._card(part)
            card.update_part(part)
            card.show_place(place, len(parts))
            self._column.insertWidget(place + 1, card)
            card.show()
            self.cards.append(card)
        self.title.setVisible(bool(parts))

    def _card(self, part: ReplyPart) -> PartCard:
        card = PartCard(self._context, part, self._thumbnails)
        card.edited.connect(self.changed)
        if card.text and not self._context.read_only:
            FileDrops(card, self.take_files, card.text.editor.viewport())
        card.moved.connect(partial(self._move, card))
        card.removed.connect(partial(self._remove, card))
        return card

    # What one does

    def add_kind(self, kind: str) -> None:
        """Add a part of a kind of ADDED; pictures and files are asked for first."""
        if self._reply is None or not self.commit():
            return
        if kind == "picture":
            choose_pictures(self, self.take_pictures)
        elif kind == "pdf":
            self._choose_pdf()
        else:
            language = self._next_language() if kind == "variant" else ""
            part = "text" if kind == "variant" else kind
            self._context.act(N_("Add to reply"), add_part, self._reply, part, language=language, origin=self)
            if self.cards and self.cards[-1].text:
                self.cards[-1].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_files(self, paths: list[str]) -> None:
        """Add files that were dropped: PDFs, and everything else as pictures."""
        if self._reply is None or not self.commit():
            return
        pdfs = [path for path in paths if path.lower().endswith(".pdf")]
        for path in pdfs:
            self.take_pdf(path)
        if pictures := [path for path in paths if path not in pdfs]:
            self.take_pictures(pictures)

    def take_pictures(self, paths: list[str]) -> None:
        """Add the pictures in some files."""
        if self._reply is not None:
            take_pictures(self._context, paths, partial(self._taken, self._reply))

    def take_pdf(self, path: str) -> None:
        """Add a PDF under the name of its file."""
        try:
            with Path(path).open("rb") as file:
                data = file.read(LARGEST_PDF + 1)  # enough to be told that it is too large
        except OSError:
            self._context.say(_("The file cannot be read."))
            return
        self._context.act(N_("Add PDF"), add_pdf, self._reply, Path(path).name, data, origin=self)

    def _taken(self, reply: int, images: list[object]) -> None:
        self._context.act(N_("Add pictures"), add_pictures, reply, images, origin=self)

    def _choose_pdf(self) -> None:
        ask_for_file(self, _("Choose a PDF"), documents(), _("PDF files (*.pdf)"), self.take_pdf)

    def _next_language(self) -> str:
        """Return the first language that the reply is not written in yet."""
        taken = {*self.languages(), self._context.get(read_profile).language}
        return next((code for code in ("en", "ar", *LANGUAGES) if code not in taken), "en")

    def _move(self, card: PartCard, step: int) -> None:
        place = self.cards.index(card) + step
        self._context.act(N_("Move part of reply"), move_part, card.part.id, place, origin=self)
        stay(*((card.up, card.down) if step < 0 else (card.down, card.up)))

    def _remove(self, card: PartCard) -> None:
        card.abandon()
        self._context.act(N_("Remove part of reply"), remove_part, card.part.id, done=_("Removed"), origin=self)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
