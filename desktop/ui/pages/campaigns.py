"""Campaigns: the links that are handed out, how their customers are told, and where each of them is used."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.data.models import Campaign, Collection, Product, Profile, Reply
from desktop.data.notice import MANY, Notice
from desktop.i18n import N_, _, formats
from desktop.services.campaigns import (
    add_campaign,
    campaign_link,
    duplicate_campaign,
    hand_out,
    list_campaigns,
    read_campaign,
    remove_campaigns,
    update_campaign,
)
from desktop.services.errors import Invalid, NotFound
from desktop.services.targets import KINDS
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.pages.link_preview import LinkPreview
from desktop.ui.pages.page import Page
from desktop.ui.pages.target_picker import TargetPicker
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.copy_list import CopyList, CopyRow
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import ChoiceField, Field, LineField, TextField
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.scroll import Scroll

TITLES = {
    "name": N_("Change campaign name"),
    "kind": N_("Change what the link opens"),
    "target_id": N_("Change what the link opens"),
    "text": N_("Change campaign text"),
    "reference": N_("Change reference"),
    "used_at": N_("Change where the link is used"),
}


class Campaigns(Page):
    """A list with a Copy button on every row; the campaign that is chosen is edited beside it."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._campaign: Campaign | None = None
        self._deleted: int | None = None
        self._bases = Bases()
        self.list = CopyList(_("Campaigns"))
        self.add = quiet(_("New campaign"), "plus")
        self.add_first = primary(_("New campaign"), "plus")
        sentence = _(
            "A link for a flyer, a post or a shop window, with a reference in its text: "
            "so you can tell where a customer comes from."
        )
        self.empty = Empty("bookmark", _("No campaigns yet"), sentence, self.add_first)
        self.fields: dict[str, Field] = self._make_fields()
        self.target = TargetPicker(context)
        self.about_catalog = Label(
            _("The link of a catalog carries no text, so these customers cannot be told apart."), "small", wrap=True
        )
        self.about_text = Label("", "warn", wrap=True)
        self.handed_out = Label("", "small", wrap=True)
        self.preview = LinkPreview(context, opener)
        self.duplicate = icon_button("copy-plus", _("Duplicate campaign"))
        self.delete = icon_button("trash-2", _("Delete campaign"))
        self.shown = QStackedWidget()
        self._lay_out()
        self.list.chosen.connect(self._on_chosen)
        self.list.copy_wanted.connect(self._on_copy)
        self.list.delete_wanted.connect(self._on_delete)
        self.add.clicked.connect(self._on_add)
        self.add_first.clicked.connect(self._on_add)
        self.target.chosen.connect(self._on_target)
        self.preview.copy.copied.connect(self._on_copied)
        self.duplicate.clicked.connect(self._on_duplicate)
        self.delete.clicked.connect(self._on_delete)
        for field in self.fields.values():
            field.saved.connect(self._update)
        if context.read_only:
            for field in self.fields.values():
                field.lock()
            for widget in (self.target, self.add, self.add_first, self.duplicate, self.delete):
                widget.setDisabled(True)
        self._fill()

    def _make_fields(self) -> dict[str, Field]:
        save = self._saver
        return {
            "name": LineField(_("Campaign"), save("name")),
            "used_at": LineField(_("Where it is used"), save("used_at"), placeholder=_("Flyer in March, Instagram…")),
            "kind": ChoiceField(
                _("What the link opens"), [(kind, _(title)) for kind, title in KINDS.items()], save("kind")
            ),
            "text": TextField(_("Text that the customer has ready to send"), save("text"), lines=(3, 8)),
            "reference": LineField(
                _("Reference"),
                save("reference"),
                ltr=True,
                hint=_("It stands below the text: look for it in the chat."),
            ),
        }

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.add)
        bar.addStretch()
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.fields["name"], 1)
        for button in (self.duplicate, self.delete):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        card.add(head)
        for widget in (self.fields["used_at"], self.fields["kind"], self.target, self.about_catalog):
            card.add(widget)
        for widget in (self.fields["text"], self.about_text, self.fields["reference"], self.handed_out):
            card.add(widget)
        inside = QWidget()
        edit = QVBoxLayout(inside)
        edit.setContentsMargins(0, 0, 0, 0)
        edit.setSpacing(theme.pixels(16))
        edit.addWidget(card)
        edit.addWidget(self.preview)
        edit.addStretch()
        self.editor = Scroll(inside)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(16))
        row.addWidget(listed, 1)
        row.addWidget(self.editor, 1)
        self.shown.addWidget(both)
        self.shown.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shown)

    # What is shown

    def on_changed(self, notice: Notice) -> None:
        """Follow the campaigns, and what their links are made of."""
        change = notice.of(Campaign)
        if change and change is not MANY and self._deleted in change.inserted:
            self._show(self._deleted)
            self._deleted = None
        if change or any(map(notice.of, (Profile, Product, Collection, Reply))):
            self.target.refresh()
            self._fill()

    def show_target(self, target: object) -> None:
        """Show a campaign by its id."""
        if isinstance(target, int):
            self._show(target)
            self._fill()

    def state(self) -> object:
        """Return the campaign that is shown."""
        return self._campaign.id if self._campaign else None

    def _fill(self) -> None:
        """Show the campaigns, and the first of them where none was chosen."""
        found = self.context.get(list_campaigns)
        self.list.set_rows([self._row(campaign) for campaign in found])
        stored = next((one for one in found if self._campaign and one.id == self._campaign.id), None)
        if stored:
            self._campaign = stored
            for name, field in self.fields.items():
                if not field.is_unsaved():
                    self._bases.show(name, stored.version)
                field.update_value(getattr(stored, name))
        elif found:
            self._campaign = None
            self._show(found[0].id)
        else:
            self._campaign = None
        self.list.set_current(self._campaign.id if self._campaign else None)
        self.shown.setCurrentIndex(0 if found else 1)
        self._update()

    def _row(self, campaign: Campaign) -> CopyRow:
        place = campaign.used_at or _(KINDS.get(campaign.kind, ""))
        return CopyRow(campaign.id, formats.auto(campaign.name), formats.auto(place), formats.ltr(campaign.reference))

    def _show(self, campaign_id: int) -> bool:
        """Show another campaign; False if what is typed cannot be saved yet, which then stays."""
        if self._campaign and self._campaign.id == campaign_id:
            return True
        if not self.commit():
            self.list.set_current(self._campaign.id if self._campaign else None)
            return False
        try:
            self._campaign = self.context.get(read_campaign, campaign_id)
        except NotFound:
            return False
        for name, field in self.fields.items():
            self._bases.show(name, self._campaign.version)
            field.start(getattr(self._campaign, name))
        self.target.set_kind(self._campaign.kind, self._campaign.target_id)
        self.list.set_current(campaign_id)
        self.editor.verticalScrollBar().setValue(0)
        self._update()
        return True

    @Slot()
    def _update(self) -> None:
        """Show the link of what is stored, and what is to be known of it."""
        campaign = self._campaign
        if campaign is None:
            return
        if campaign.kind != self.target.kind() or campaign.target_id != self.target.target():
            self.target.set_kind(campaign.kind, campaign.target_id)
        catalog = campaign.kind == "catalog"
        self.about_catalog.setVisible(catalog)
        for name in ("text", "reference"):
            self.fields[name].setVisible(not catalog)
        try:
            made = self.context.get(campaign_link, campaign.id)
        except Invalid as invalid:
            self.preview.show_reason(invalid.message)
            self.about_text.hide()
            self._tell_handed_out("")
            return
        self.preview.show_link(made.url, f"{campaign.name} {campaign.reference}".strip(), {"campaign": campaign.id})
        self.about_text.setText("\n".join(made.filled.sentences))
        self.about_text.setVisible(bool(made.filled.sentences))
        self._tell_handed_out(made.url)

    def _tell_handed_out(self, url: str) -> None:
        campaign = self._campaign
        assert campaign, "it is shown"
        if not campaign.link:
            words = _("Not handed out yet: copying the link notes it here.")
        elif campaign.link == url:
            words = _("Handed out {when}.").format(when=formats.datetime(campaign.made_at))
        else:
            words = _("Changed since it was handed out {when}: what is printed still opens the link of then.")
            words = words.format(when=formats.datetime(campaign.made_at))
        changed = bool(campaign.link) and campaign.link != url
        self.handed_out.setText(words)
        theme.look(self.handed_out, "warn" if changed else "small")

    # What is saved

    def _saver(self, name: str) -> "partial[str]":
        return partial(self._save, name)

    def _save(self, name: str, value: object, group: object) -> str:
        """Store a field and return what is wrong with it in one sentence, or ""."""
        if self._campaign is None:
            return ""
        shown = self._campaign.id

        def store(base: int | None) -> None:
            self.context.run(TITLES[name], update_campaign, shown, base, origin=self, group=group, **{name: value})

        return self._bases.save(name, value, group, store, lambda: self.context.get(read_campaign, shown).version)

    # What one does

    @Slot(object)
    def _on_chosen(self, campaign: int) -> None:
        self._show(campaign)

    @Slot()
    def _on_target(self) -> None:
        if self._campaign:
            target = self.target.target()
            self.context.act(TITLES["target_id"], update_campaign, self._campaign.id, target_id=target, origin=self)

    @Slot(object)
    def _on_copy(self, campaign: int) -> None:
        """Copy the link of a row, which is then handed out."""
        if self._show(campaign) and self.commit():
            self.preview.copy.click()

    @Slot()
    def _on_copied(self) -> None:
        campaign = self._campaign
        if campaign is None:
            return
        self.list.show_copied(campaign.id)
        if self.context.read_only:
            self.context.say(_("Copied. Ready to paste into the chat."))
        elif self.context.act(N_("Hand out campaign link"), hand_out, campaign.id, origin=self):
            self.context.say(_("The link of {name} is copied.").format(name=formats.auto(campaign.name)))

    @Slot()
    def _on_add(self) -> None:
        if self.commit():
            self._edit_new(self.context.act(N_("New campaign"), add_campaign, _("New campaign"), origin=self))

    @Slot()
    def _on_duplicate(self) -> None:
        if self._campaign and self.commit():
            campaign = self._campaign.id
            self._edit_new(self.context.act(N_("Duplicate campaign"), duplicate_campaign, campaign, origin=self))

    def _edit_new(self, campaign: int | None) -> None:
        if campaign is not None and self._show(campaign):
            editor = self.fields["name"].editor
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(self.fields["name"], LineField):
                self.fields["name"].editor.selectAll()

    @Slot()
    def _on_delete(self) -> None:
        if self._campaign is None or self.context.read_only:
            return
        campaign = self._campaign.id
        for name, field in self.fields.items():
            field.start(getattr(self._campaign, name))  # nothing of what is typed is wanted any more
        self._deleted = campaign
        self.context.act(N_("Delete campaign"), remove_campaigns, [campaign], origin=self, done=_("Deleted"))
