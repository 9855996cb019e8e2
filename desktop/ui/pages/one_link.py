"""One link with its QR code: to the shop's chat, its catalog, an item, a collection or a quick reply."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Collection, Product, Profile, Reply
from desktop.data.notice import Notice
from desktop.exchange.website_button import snippet
from desktop.i18n import N_, _, bidi, formats
from desktop.services.campaigns import add_campaign
from desktop.services.errors import Invalid
from desktop.services.links import Link, read_phone
from desktop.services.phones import phone_example, warning
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.targets import KINDS, Made, make_link
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.exports import note_link
from desktop.ui.pages.link_preview import LinkPreview
from desktop.ui.pages.link_reader import LinkReader
from desktop.ui.pages.page import Page
from desktop.ui.pages.target_picker import LISTS, TargetPicker
from desktop.ui.saving import Kind, Opener
from desktop.ui.story import paint, story_of
from desktop.ui.widgets.buttons import flat, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Text
from desktop.ui.widgets.field import SwitchField
from desktop.ui.widgets.focus import tab_through
from desktop.ui.widgets.image_well import png
from desktop.ui.widgets.labels import Label, Labelled
from desktop.ui.widgets.phone_field import PhoneLine
from desktop.ui.widgets.scroll import Scroll

Kept = Mapping[str, tuple[int | None, str]]  # of each kind of link, the target and the text


class State(NamedTuple):
    """All that was chosen and typed on the page."""

    kind: str = "chat"
    text: str = ""
    item: int | None = None  # or the collection, or the reply
    phone: str = ""  # as typed; "" is the shop's own
    long_form: bool = False
    pasted: str = ""
    kept: Kept = {}  # noqa: RUF012 - never changed


class OneLink(Page):
    """Nothing here is kept in the shop: a link is made of what is typed and chosen, and follows the shop."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._profile = context.get(read_profile)
        self._kept: dict[
            str, tuple[int | None, str]
        ] = {}  # of each kind, the target and the text, while others are seen
        self.kinds = Chips(_("What the link opens"))
        self.kinds.set_chips([(kind, _(title), "") for kind, title in KINDS.items()])
        self.text = Text((4, 8))
        self.text.unsaved = True  # Ctrl+Z is about these letters: they are not kept in the shop
        self.text.setPlaceholderText(_("Hello, I would like to order…"))
        self.about_catalog = Label(
            _("Customers who open it see every item that is not hidden on the phone."), "muted", wrap=True
        )
        self.about_text = Label("", "warn", wrap=True)
        self.picker = TargetPicker(context)
        self.about_item = Label(
            _(
                "The item has no WhatsApp product id yet, so the link opens a chat with an order ready to send. "
                "The id is in the item's link on the phone."
            ),
            "small",
            wrap=True,
        )
        self.open_item = flat(_("Open the item"), "tags")
        self.phone = PhoneLine()
        self.phone.unsaved = True
        self.about_phone = Label("", "small", wrap=True)
        self.open_profile = quiet(_("Add it to the profile"), "store")
        self.long_form = SwitchField(
            _("Long form of the link"), self._set_long_form, hint=_("For emoji that look wrong on computers.")
        )
        self.long_form.start(False)
        self.reader = LinkReader(context)
        self.preview = LinkPreview(context, opener)
        self.website = quiet(_("Copy website button"), "code-xml", hint=_("HTML to paste into the shop's website"))
        self.keep = quiet(_("Keep as a campaign"), "bookmark")
        self.story = quiet(_("Story picture…"), "smartphone", hint=_("A picture of the item for a story or a status"))
        self._lay_out()
        self.kinds.chosen.connect(self._update)
        self.text.textChanged.connect(self._update)
        self.picker.chosen.connect(self._update)
        self.website.clicked.connect(self._on_website)
        self.story.clicked.connect(self._on_story)
        self.keep.clicked.connect(self._on_keep)
        self.open_item.clicked.connect(self._on_open_item)
        self.phone.textChanged.connect(self._on_phone_changed)
        self.phone.left.connect(self._on_phone_left)
        self.phone.returnPressed.connect(self._on_phone_left)
        self.open_profile.clicked.connect(self._on_open_profile)
        self.reader.used.connect(self._on_used)
        # Queued: by then there is room for what was told.
        self.reader.told.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self.preview.saved.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._show_shop()

    def _lay_out(self) -> None:
        content = Card()
        edge = Qt.AlignmentFlag.AlignLeading
        content.add(self.kinds)
        for widget in (self.about_catalog, self.picker):
            content.add(widget)
        text = Labelled(_("Text that the customer has ready to send"), self.text, self.about_text)
        self.text_label = text.label
        content.add(text)
        content.add(self.about_item)
        content.body.addWidget(self.open_item, 0, edge)
        content.add(Labelled(_("Phone number"), self.phone, self.about_phone))
        content.body.addWidget(self.open_profile, 0, edge)
        content.add(self.long_form)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(16))
        column.addWidget(content)
        column.addWidget(self.reader)
        column.addStretch()
        self.preview.add_buttons(self.website, self.keep, self.story)
        tab_through([self.story, self.preview.saved.button])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(16))
        self._leading, self._trailing = _Column(inside), _Column(self.preview)
        row.addWidget(self._leading, 3)
        row.addWidget(self._trailing, 2)

    def on_changed(self, notice: Notice) -> None:
        """Follow the shop's phone number, and the items."""
        if any(map(notice.of, (Profile, Product, Collection, Reply))):
            self.picker.refresh()
            self._profile = self.context.get(read_profile)
            self._show_shop()

    def show_target(self, target: object) -> None:
        """Show ("item", id), or what `state` returned."""
        match target:
            case State():
                self._restore(target)
            case ("item", int(item)):
                self._turn_to("item")
                self.kinds.set_value("item")
                self.picker.set_kind("item", item)
                self._update()

    def state(self) -> State:
        """Return all that was chosen and typed."""
        text, pasted = self.text.toPlainText(), self.reader.pasted.text()
        kind, item, phone = str(self.kinds.value()), self.picker.target(), self.phone.text()
        return State(kind, text, item, phone, self.long_form.value(), pasted, dict(self._kept))

    def _restore(self, state: State) -> None:
        self._kept = dict(state.kept)
        self.kinds.set_value(state.kind)
        self.picker.set_kind(state.kind, state.item)
        if state.text != self.text.toPlainText():
            self.text.setPlainText(state.text)
        self.phone.setText(state.phone)
        self.long_form.update_value(state.long_form)
        self.reader.pasted.setText(state.pasted)
        self._update()

    def _show_shop(self) -> None:
        """Show what the link is of the shop's number, and the link."""
        own = bidi.strip(formats.phone(self._profile.phone))
        self.phone.setPlaceholderText(own or phone_example(self._profile.territory))
        self._on_phone_changed()

    @Slot()
    def _update(self) -> None:
        """Make the link of what is typed and chosen, and show it or why there is none."""
        kind = str(self.kinds.value())
        if kind != self.picker.kind():
            self._turn_to(kind)
        made = self._made(kind)
        if made:
            self.preview.show_link(made.url, made.name, self._options(kind))
        written = made is not None and bool(made.text)
        self.about_text.setText("\n".join(made.filled.sentences) if made else "")
        self.about_text.setVisible(bool(self.about_text.text()))
        for widget in (self.text, self.text_label):
            widget.setVisible(kind != "catalog" and (kind == "chat" or self.picker.target() is not None))
        self.text.setPlaceholderText(_("Hello, I would like to order…") if kind == "chat" else self._default(kind))
        self.about_catalog.setVisible(kind == "catalog")
        substitute = kind == "item" and written and not self.text.toPlainText()
        self.about_item.setVisible(substitute)
        self.open_item.setVisible(substitute)
        self.long_form.setVisible(kind in ("chat", *LISTS) or written)
        self.story.setVisible(kind == "item")
        for button in (self.website, self.story, self.keep):
            button.setEnabled(made is not None)
        self.keep.setVisible(not self.context.read_only)

    def _turn_to(self, kind: str) -> None:
        """Offer the targets of another kind of link, with the one chosen before, and the text that was typed for it."""
        self._kept[self.picker.kind()] = (self.picker.target(), self.text.toPlainText())
        target, text = self._kept.get(kind, (None, ""))
        self.picker.set_kind(kind, target)
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)

    def _made(self, kind: str) -> Made | None:
        """Return the link of what is chosen and typed; None, and why in the code's place, where there is none."""
        typed = self.text.toPlainText()
        try:
            phone = self._number() if kind != "reply" else ""  # that one is passed on to anybody
            return self.context.get(make_link, kind, self.picker.target(), typed, "", phone, self.long_form.value())
        except Invalid as invalid:
            self.preview.show_reason(invalid.message)
            return None

    def _options(self, kind: str) -> dict[str, object]:
        """Return what makes the same link again; the shop's own number is not among it, for it may be another then."""
        found = {"kind": kind, "target": self.picker.target(), "text": self.text.toPlainText()}
        phone = self._number() if kind != "reply" and self.phone.text().strip() else ""
        return {**found, "phone": "" if phone == self._profile.phone else phone, "compat": self.long_form.value()}

    def _default(self, kind: str) -> str:
        """Return what the link says where the owner writes nothing."""
        try:
            return self.context.get(make_link, kind, self.picker.target(), "", "").text
        except Invalid:
            return ""

    def _number(self) -> str:
        """Return the digits of the typed number or else the shop's. Raises Invalid."""
        if self.phone.text().strip():
            return read_phone(self.phone.text(), self._profile.territory)
        if not self._profile.phone:
            raise Invalid("phone", _("Links need the shop's phone number. Add it in the business profile."))
        return self._profile.phone

    def _set_long_form(self, _on: bool, _group: object) -> str:
        self._update()
        return ""

    @Slot()
    def _on_phone_changed(self) -> None:
        """Say under the number whose it is; what is wrong with it is said when it is left."""
        typed = bool(self.phone.text().strip())
        needed = not typed and not self._profile.phone
        self.open_profile.setVisible(needed)
        sentence = ""
        if needed:
            sentence = _("Links need the shop's phone number. Add it in the business profile.")
        elif not typed:
            sentence = _("The shop's own number. Type another one to use that instead.")
        self._say_of_phone(sentence)
        self._update()

    @Slot()
    def _on_phone_left(self) -> None:
        if not self.phone.text().strip():
            return
        try:
            digits = self._number()
        except Invalid as invalid:
            self._say_of_phone(invalid.message, "warn")
        else:
            self.phone.setText(bidi.strip(formats.phone(digits)))
            self._say_of_phone(warning(digits), "warn")

    def _say_of_phone(self, sentence: str, look: str = "small") -> None:
        self.about_phone.setText(sentence)
        self.about_phone.setVisible(bool(sentence))
        self.phone.setAccessibleDescription(sentence)
        theme.look(self.about_phone, look)
        theme.look(self.phone, "warn" if look == "warn" and sentence else "")

    @Slot(object)
    def _on_used(self, link: Link) -> None:
        state = self.state()
        if link.phone:
            own = link.phone == self._profile.phone
            state = state._replace(phone="" if own else bidi.strip(formats.phone(link.phone)))
        if link.kind == "item":
            state = state._replace(kind="item", item=self.reader.item(link), text="")
        elif link.kind == "catalog":
            state = state._replace(kind="catalog")
        else:
            state = state._replace(kind="chat", text=link.text)
        self._restore(state)

    @Slot()
    def _on_answered(self) -> None:
        self._leading.ensureWidgetVisible(self.reader, 0, 0)

    @Slot()
    def _on_told(self) -> None:
        self._trailing.ensureWidgetVisible(self.preview.saved)

    @Slot()
    def _on_open_item(self) -> None:
        self.context.go("catalog", self.picker.target())

    @Slot()
    def _on_website(self) -> None:
        """Copy the HTML of a button that opens the link."""
        with suppress(Invalid):  # there is no link to open
            html = snippet(self.preview.link(), "", customers_language(self._profile))
            data = QMimeData()
            data.setText(html)
            if self.context.copy_data(data, _("The button is copied. Paste it into the HTML of the website.")):
                self.preview.note_copied("website_button")

    @Slot()
    def _on_story(self) -> None:
        """Save the picture of the chosen item."""
        item = self.picker.target()
        if item is None:
            return
        try:
            story = self.context.get(story_of, item)
        except Invalid as invalid:
            self.context.say(invalid.message)
            return
        picture = Kind(".png", _("Picture"), lambda: png(paint(story)))
        then = partial(note_link, self.context, "story", {"item": item}, story.url)
        name = _("Story, {item}").format(item=story.name)
        self.preview.saved.ask(_("Save the story picture"), name, (picture,), then)

    @Slot()
    def _on_keep(self) -> None:
        """Make a campaign of the link, and go to it."""
        kind, text = str(self.kinds.value()), self.text.toPlainText()
        name = _("New campaign")
        made = self.context.act(N_("New campaign"), add_campaign, name, kind, self.picker.target(), text=text)
        if made is not None:
            self.context.go("links", ("campaign", made))

    @Slot()
    def _on_open_profile(self) -> None:
        self.context.go("profile")


class _Column(Scroll):
    """Scrolls up and down where there is little room, and is never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        assert inside, "it was given one"
        width = inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()  # it has become wider, by its words or with the looks that only the window has
        return super().eventFilter(watched, event)
