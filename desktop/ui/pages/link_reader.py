"""Taking a link apart: what a pasted link leads to, and the same link as this app writes it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import _, bidi, formats
from desktop.services.catalog import find_by_whatsapp_id
from desktop.services.errors import Invalid
from desktop.services.links import Link, parse_link
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import CopyButton, quiet, row_of
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.labels import ElidedLabel, Label, ValueLabel


class LinkReader(Card):
    """A field for any WhatsApp link or phone number; `used(link)` comes when the page is to go on from it.

    `told` comes when something is said of what is being typed or was pasted: it may be out of sight.
    """

    used = Signal(object)
    told = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(_("Take a link apart"))
        self._context = context
        self._link: Link | None = None
        self.label = Label(_("Paste a WhatsApp link or a phone number"), "section")
        self.pasted = Line(ltr=True)
        self.pasted.unsaved = True  # Ctrl+Z is about these letters: nothing here is kept in the shop
        self.label.set_buddy(self.pasted)
        self.what = Label("", wrap=True)
        self.text = ValueLabel("", "muted", wrap=True)
        self.url = ElidedLabel("", "code", Qt.TextElideMode.ElideMiddle)
        self.copy = CopyButton(_("Copy link"), self._written)
        self.use = quiet(_("Use this"))
        actions = row_of(self.use, self.copy)
        field = QVBoxLayout()
        field.setSpacing(theme.pixels(4))
        field.addWidget(self.label)
        field.addWidget(self.pasted)
        self.add(field)
        for widget in (self.what, self.text, self.url):
            self.add(widget)
        self.add(actions)
        self.pasted.textChanged.connect(self._on_text_changed)
        self.use.clicked.connect(self._on_use)
        self._on_text_changed()

    def item(self, link: Link) -> int | None:
        """Return the id of the item that a link leads to, or None if it is none of this shop's."""
        return self._context.get(find_by_whatsapp_id, link.product)

    def _written(self) -> str:
        return self._link.url() if self._link else ""

    def _sentence(self, link: Link) -> str:
        phone = formats.phone(link.phone)
        match link.kind:
            case "chat":
                return _("It opens a chat with {phone}.").format(phone=phone)
            case "contact":
                return _("It passes a text on: whoever opens it chooses the contact.")
            case "catalog":
                return _("It opens the catalog of {phone}.").format(phone=phone)
            case "item" if not link.phone:
                return _("It opens item {number}.").format(number=formats.ltr(link.product))
            case "item":
                sentence = _("It opens item {number} in the catalog of {phone}.")
                return sentence.format(number=formats.ltr(link.product), phone=phone)
            case "message":
                return _("It is a short link: only WhatsApp knows its phone number and text.")
            case "username":
                return _("It opens a chat with {name}.").format(name=formats.ltr(f"@{link.username}"))

    @Slot()
    def _on_text_changed(self) -> None:
        typed = self.pasted.text()
        self._link, sentence, usable = None, "", False
        if bidi.strip(typed).strip():
            try:
                self._link = parse_link(typed, self._context.get(read_profile).territory)
            except Invalid as invalid:
                sentence = invalid.message
            else:
                sentence = self._sentence(self._link)
                usable = self._link.kind in ("chat", "contact", "catalog")
                usable = usable or (self._link.kind == "item" and self.item(self._link) is not None)
        self.what.setText(sentence)
        theme.look(self.what, "" if self._link else "warn")
        self.text.setText(self._link.text if self._link else "")
        self.url.setText(formats.ltr(self._written()))
        self.what.setVisible(bool(sentence))
        self.text.setVisible(bool(self.text.text()))
        for widget in (self.url, self.copy):
            widget.setVisible(self._link is not None)
        self.use.setVisible(usable)
        if sentence and self.pasted.hasFocus():
            self.told.emit()

    @Slot()
    def _on_use(self) -> None:
        self.used.emit(self._link)
