"""One part of a reply in the inspector: a text, a picture, a file, a place or an item, with its place among them."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Product, ReplyPart
from desktop.i18n import N_, _, formats
from desktop.services.catalog import cards, find_products
from desktop.services.profile import read_profile
from desktop.services.reply_parts import read_part, update_part
from desktop.ui import icons, theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.gauges import characters
from desktop.ui.placeholder_marks import highlight
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.walk import KINDS
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.field import TextField
from desktop.ui.widgets.image_well import ImageWell
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.picker import OFFERED, Offer, Picker

LANGUAGES = ("ar", "en", "fr", "ur", "hi", "bn", "fa", "fil", "tr", "es", "ru")  # of the customers, beside the shop's
IN_A_LANGUAGE = ("text", "picture", "pdf")  # kinds that may be for one language only
SIDE = 64


class PartCard(QFrame):
    """Edits one part; every change saves itself. `moved(step)` and `removed` are for the list around it."""

    edited = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, context: Context, part: ReplyPart, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._context = context
        self._thumbnails = thumbnails
        self.part = part
        self._bases = Bases()
        self._bases.show("text", part.version)
        self.text: TextField | None = None
        self.item: Picker | None = None
        self.well: ImageWell | None = None
        self.language = Choice(parent=self)
        self.up = icon_button("chevron-up", _("Move up"))
        self.down = icon_button("chevron-down", _("Move down"))
        self.remove = icon_button("x", _("Remove from the reply"))
        theme.look(self, "card")
        self.language.hide()
        self._lay_out()
        self._fill_languages()
        self.up.clicked.connect(partial(self.moved.emit, -1))
        self.down.clicked.connect(partial(self.moved.emit, 1))
        self.remove.clicked.connect(self.removed)
        self.language.activated.connect(self._on_language)
        for widget in (self.up, self.down, self.remove, self.language):
            widget.setDisabled(context.read_only)

    def _lay_out(self) -> None:
        name, icon = KINDS[self.part.kind]
        sign = Label()
        sign.setPixmap(icons.pixmap(icon, "muted", theme.pixels(16), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(4))
        sign.setToolTip(_(name))
        head.addWidget(sign)
        head.addSpacing(theme.pixels(4))
        if self.part.kind in IN_A_LANGUAGE:  # there is room for one of the two, and the icon says the other
            head.addWidget(self.language, 1)
            self.language.show()
        else:
            head.addWidget(Label(_(name), "section"), 1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        around = theme.pixels(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.pixels(12), around, around, theme.pixels(12))
        column.setSpacing(theme.pixels(4))
        column.addLayout(head)
        column.addWidget(self._body())

    def _body(self) -> QWidget:
        """Return what shows and edits what this kind of part says."""
        part = self.part
        if part.kind == "text":
            self.text = TextField("", self._save_text, measure=characters("reply.text", always=False), lines=(2, 8))
            self.text.label.hide()
            line = self.text.gauge.sizePolicy()
            line.setRetainSizeWhenHidden(False)
            self.text.gauge.setSizePolicy(line)
            self.text.editor.setAccessibleName(_("Text of this part"))
            self.text.editor.setReadOnly(self._context.read_only)
            self.marks = highlight(self.text.editor.document())
            self.text.start(part.text)
            self.text.edited.connect(self.edited)
            return self.text
        if part.kind == "picture":
            self.well = ImageWell(_("Picture"), "", SIDE)
            self.well.setEnabled(False)
            self._thumbnails.ready.connect(self.show_picture)
            self.show_picture()
            return self.well
        if part.kind == "item":
            self.item = Picker(_("Item"), _("Whichever they ask about"), self._offer_items)
            self.item.setReadOnly(self._context.read_only)
            self._show_item()
            self.item.picked.connect(self._on_item)
            return self.item
        self.label = ElidedLabel("", "small", Qt.TextElideMode.ElideMiddle)
        self._show_words()
        return self.label

    def update_part(self, part: ReplyPart) -> None:
        """Show what has changed of the part, but not over what is being typed."""
        self.part = part
        if self.text:
            if not self.text.is_unsaved():
                self._bases.show("text", part.version)
            self.text.update_value(part.text)
        if self.item and not self.item.hasFocus():
            self._show_item()
        self._fill_languages()

    def refresh_shop(self) -> None:
        """Show what has changed of the shop that this part speaks of."""
        if self.item and not self.item.hasFocus():
            self._show_item()
        if self.part.kind in ("location", "catalog"):
            self._show_words()

    def show_place(self, place: int, count: int) -> None:
        """Show which way it can be moved."""
        self.up.setDisabled(self._context.read_only or place == 0)
        self.down.setDisabled(self._context.read_only or place == count - 1)

    def commit(self) -> bool:
        """Save what is being typed, and say whether nothing is left unsaved."""
        return self.text is None or self.text.commit()

    def abandon(self) -> None:
        """Want nothing of what is typed."""
        if self.text:
            self.text.start(self.part.text)

    def _fill_languages(self) -> None:
        home = self._context.get(read_profile).language
        codes = list(dict.fromkeys([*([home] if home else []), *LANGUAGES, *filter(None, [self.part.language])]))
        # TRANSLATORS: {language} is as in "In French": a part of a reply for those who read that language.
        choices = [(code, _("In {language}").format(language=formats.language_name(code))) for code in codes]
        # TRANSLATORS: of a part of a quick reply: customers of every language get it.
        self.language.set_choices([("", _("For everyone")), *choices])
        self.language.set_value(self.part.language)
        self.language.setAccessibleName(_("Who gets this part"))
        if self.part.kind == "text":
            self.language.setToolTip(_("A text in a language takes the place of the text before it for its readers."))

    def _show_item(self) -> None:
        assert self.item, "an item part"
        product = self._context.get(_read_item, self.part.product_id)
        self.item.blockSignals(True)
        self.item.set_value(product.id if product else None, product.name if product else "")
        self.item.blockSignals(False)
        gone = self.part.product_id is not None and product is None
        theme.look(self.item, "warn" if gone else "")

    def _show_words(self) -> None:
        profile = self._context.get(read_profile)
        if self.part.kind == "location":
            words = profile.map_link or _("The map link is missing. Add it in the business profile.")
        elif self.part.kind == "catalog":
            words = (
                _("The link to the catalog on WhatsApp") if profile.phone else _("The shop's phone number is missing.")
            )
        else:
            words = self.part.name
        self.label.setText(words)

    @Slot()
    def show_picture(self) -> None:
        """Show the picture if it has been read by now."""
        if self.well and not self.well.has_picture():
            self.well.set_picture(self._thumbnails.get(self.part.sha256))

    # What is saved

    def _save_text(self, value: str, group: object) -> str:
        shown = self.part.id

        def store(base: int | None) -> None:
            self._context.run(N_("Change message"), update_part, shown, base, text=value, group=group, origin=self)

        return self._bases.save("text", value, group, store, lambda: self._context.get(read_part, shown).version)

    @Slot()
    def _on_language(self) -> None:
        language = self.language.value()
        self._context.act(N_("Change language"), update_part, self.part.id, None, language=language, origin=self)

    @Slot()
    def _on_item(self) -> None:
        assert self.item, "an item part"
        item = self.item.value()
        if (item is not None or not self.item.text()) and item != self.part.product_id:
            self._context.act(N_("Change item"), update_part, self.part.id, None, product_id=item, origin=self)

    def _offer_items(self, typed: str) -> list[Offer]:
        found = self._context.get(lambda session: cards(session, find_products(session, typed, OFFERED)))
        return [(card.id, card.name, formats.ltr(card.code)) for card in found]


def _read_item(session: Session, item: int | None) -> Product | None:
    return None if item is None else session.get(Product, item)
