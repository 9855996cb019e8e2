"""The page of the business profile: what customers see of the shop, and where it is at home."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Hours, Overlay, OverlayHours, Profile
from desktop.data.notice import Notice
from desktop.i18n import LANGUAGES, N_, _, bidi, formats, ngettext
from desktop.services import phones
from desktop.services.errors import Invalid
from desktop.services.limits import measure
from desktop.services.profile import (
    CATEGORIES,
    STEPS,
    missing,
    read_profile,
    set_territory,
    update_profile,
    zone_choices,
)
from desktop.services.usernames import parse_username
from desktop.ui import theme
from desktop.ui.bases import Bases
from desktop.ui.context import Context
from desktop.ui.pages.hours_card import HoursCard
from desktop.ui.pages.map_field import MapField
from desktop.ui.pages.overlays_card import OverlaysCard
from desktop.ui.pages.page import Page
from desktop.ui.pages.profile_more import MoreLines
from desktop.ui.pages.profile_picture import ProfilePicture
from desktop.ui.pages.profile_print import PrintButton
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import flat, room_for
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import ChoiceField, Field, LineField, TextField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_through
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.phone import PhoneFrame
from desktop.ui.widgets.phone_field import PhoneField
from desktop.ui.widgets.scroll import Scroll

TITLES = {  # of what is done to each field, for Undo
    "name": N_("Change business name"),
    "about": N_("Change about line"),
    "description": N_("Change description"),
    "category": N_("Change category"),
    "address": N_("Change address"),
    "map_link": N_("Change location on the map"),
    "phone": N_("Change phone number"),
    "username": N_("Change username"),
    "email": N_("Change email"),
    "website": N_("Change website"),
    "website2": N_("Change second website"),
    "territory": N_("Change country"),
    "currency": N_("Change currency"),
    "time_zone": N_("Change time zone"),
    "language": N_("Change shop language"),
}
LIMITS = {  # the limit of each field that has one, and whether its gauge is shown from the first letter on
    "name": ("profile.name", True),
    "about": ("profile.about", True),
    "description": ("profile.description", True),
    "address": ("profile.address", False),
    "email": ("profile.email", False),
    "website": ("profile.website", False),
    "website2": ("profile.website", False),
}
PREVIEW = 320  # the preview's width, and that in a window of less than WIDE
NARROW_PREVIEW = 244
WIDE = 1000
TWO_COLUMNS = 560  # the form's width from which two fields stand side by side
SETTLED = 60  # ms after a key until the preview shows it


class Pair(QBoxLayout):
    """Two parts of a form side by side, or one below the other where there is no room."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.setSpacing(theme.pixels(12))
        for part in parts:
            self.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)

    def fold(self, folded: bool) -> None:
        """Put the second part below the first, or back beside it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.setDirection(down if folded else across)


class ProfilePage(Page):
    """A form that saves itself, with the customer's view of it on the trailing side."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self.profile = context.get(read_profile)
        self._bases = Bases()
        self._zones: list[tuple[str, str]] = []
        self.logo = ProfilePicture(context, "logo", _("Profile photo"), _("Square. Customers see it as a circle."))
        self.cover = ProfilePicture(context, "cover", _("Cover photo"), _("Wide, at the top of the profile."))
        self.logo.companion, self.cover.companion = self.cover, self.logo
        self.fields: dict[str, Field] = self._make_fields()
        self.hours = HoursCard(context)
        self.special = OverlaysCard(context)
        self.more_phones = MoreLines(context, "more_phones")
        self.more_emails = MoreLines(context, "more_emails")
        self.header = PageHeader(_("Business profile"))
        self.print_card = PrintButton(context, opener)
        self.gauge = Gauge()
        self.step = flat("", "arrow-right")
        self.steps = room_for(self.step, list(map(_, STEPS.values())))
        self.steps.hide()
        self.preview = PhoneFrame()
        self._settled = QTimer(self, interval=SETTLED, singleShot=True)
        self._pairs: list[Pair] = []
        self._lay_out()
        self.step.clicked.connect(self._on_step)
        self._settled.timeout.connect(self._show_preview)
        self.hours.told.connect(self._settled.start)
        self.hours.rearranged.connect(self._order_stops)
        self.special.rearranged.connect(self._order_stops)
        for name, field in self.fields.items():
            field.edited.connect(partial(self._on_edited, name))
            if context.read_only:
                field.lock()
        for more in (self.more_phones, self.more_emails):
            more.edited.connect(self._settled.start)
        self._reload()
        self._order_stops()

    def on_changed(self, notice: Notice) -> None:
        if notice.of(Profile) and notice.origin is not self:
            self._reload()
        if any(notice.of(model) for model in (Profile, Hours, Overlay, OverlayHours)):
            self.hours.reload()
            self.special.reload()
        if notice.of(Hours):
            self._show_progress()
            self._show_preview()

    def show_target(self, target: object) -> None:
        """Go to a field by its name, as in services.profile.STEPS."""
        others = {"logo": self.logo.choose, "hours": self.hours.stops()[0], "special": self.special.button}
        part = others.get(str(target)) or self.fields.get(str(target))
        if part:
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(part)

    def state(self) -> object:
        focused = self.focusWidget()
        return next((name for name, field in self.fields.items() if focused and field.isAncestorOf(focused)), None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            QTimer.singleShot(0, self, self._begin_at_name)  # once Qt has found a place for the keyboard

    @Slot()
    def _begin_at_name(self) -> None:
        if self.window().focusWidget() is self.print_card:  # which comes first in the order of reading
            self.fields["name"].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.pixels(WIDE)
        panel = theme.pixels(PREVIEW if wide else NARROW_PREVIEW)
        self.panel.setFixedWidth(panel)
        form = self.width() - panel - 2 * theme.pixels(24 + 16)
        for pair in self._pairs:
            pair.fold(form < theme.pixels(TWO_COLUMNS))
        for card in (self.hours, self.special):
            card.fold(self.width() - panel - 2 * theme.pixels(24))

    # What it is made of

    def _make_fields(self) -> dict[str, Field]:
        save, gauge = self._saver, self._gauge
        example = phones.phone_example(self.profile.territory)
        categories = sorted(((key, _(title)) for key, title in CATEGORIES.items() if key), key=lambda pair: pair[1])
        territories = [("", _("Not chosen")), *formats.territories()]
        username_hint = _("As reserved on the phone: 3 to 35 of a to z, 0 to 9, period and _")
        return {
            "name": LineField(_("Business name"), save("name"), measure=gauge("name")),
            "category": ChoiceField(_("Category"), [("", _("Not chosen")), *categories], save("category")),
            "about": LineField(_("About"), save("about"), measure=gauge("about")),
            "description": TextField(_("Description"), save("description"), measure=gauge("description")),
            "phone": PhoneField(_("Phone number"), save("phone"), placeholder=example),
            "email": LineField(_("Email"), save("email"), measure=gauge("email"), ltr=True),
            "username": LineField(_("Username"), save("username"), hint=username_hint, ltr=True),
            "website": LineField(_("Website"), save("website"), measure=gauge("website"), ltr=True),
            "website2": LineField(_("Second website"), save("website2"), measure=gauge("website2"), ltr=True),
            "address": TextField(_("Address"), save("address"), measure=gauge("address"), lines=(1, 4)),
            "map_link": MapField(save("map_link")),
            "territory": ChoiceField(_("Country"), territories, save("territory")),
            "currency": ChoiceField(_("Currency"), formats.currencies(), save("currency")),
            "time_zone": ChoiceField(_("Time zone"), [], save("time_zone")),
            "language": ChoiceField(
                _("Shop language"),
                list(LANGUAGES.items()),
                save("language"),
                hint=_("What customers read: messages, prices and dates."),
            ),
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.pixels(24), 0, theme.pixels(24), theme.pixels(24))
        column.setSpacing(theme.pixels(16))
        shop = (("logo", "cover"), ("name", "category"), ("about",), ("description",))
        column.addWidget(self._card(_("Your shop"), *shop))
        reach = (("phone", "email"), ("more_phones", "more_emails"), ("username",), ("website", "website2"))
        column.addWidget(self._card(_("How customers reach you"), *reach))
        home = (("address", "map_link"), ("territory", "currency"), ("time_zone", "language"))
        column.addWidget(self._card(_("Where the shop is"), *home))
        column.addWidget(self.hours)
        column.addWidget(self.special)
        column.addStretch()
        form = QWidget()
        form.setLayout(column)
        self.area = Scroll(form)
        self.gauge.setFixedWidth(theme.pixels(160))
        progress = FlowLayout(spacing=theme.pixels(12))  # steps have a line of their own where there is no room
        progress.addWidget(self.gauge)
        progress.addWidget(self.steps)
        head = QVBoxLayout()
        head.setContentsMargins(theme.pixels(24), theme.pixels(24), theme.pixels(24), 0)
        head.setSpacing(theme.pixels(8))
        self.header.add(self.print_card)
        head.addWidget(self.header)
        head.addLayout(progress)
        head.addWidget(self.print_card.saved)
        main = QVBoxLayout()
        main.setSpacing(theme.pixels(12))
        main.addLayout(head)
        main.addWidget(self.area, 1)
        self.panel = QWidget()
        theme.look(self.panel, "surface")
        beside = QVBoxLayout(self.panel)
        beside.setContentsMargins(*[theme.pixels(side) for side in (12, 24, 12, 16)])
        beside.addWidget(self.preview)
        line = QWidget()
        theme.look(line, "line")
        line.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(main, 1)
        row.addWidget(line)
        row.addWidget(self.panel)

    def _card(self, title: str, *rows: Sequence[str]) -> Card:
        card = Card(title)
        parts: dict[str, QWidget] = {
            "logo": self.logo,
            "cover": self.cover,
            "more_phones": self.more_phones,
            "more_emails": self.more_emails,
            **self.fields,
        }
        for row in rows:
            pair = Pair(*(parts[name] for name in row))
            self._pairs.append(pair)
            card.add(pair)
        return card

    def _gauge(self, name: str) -> Callable[[str], tuple[str, str]]:
        key, always = LIMITS[name]

        def weigh(text: str) -> tuple[str, str]:
            use = measure(key, text)
            shown = use.length and (always or use.state != "ok")
            return formats.of(use.length, use.limit) if shown else "", use.state

        return weigh

    # Saving

    def _saver(self, name: str) -> Callable[[object, object], str]:
        return partial(self._save, name)

    def _save(self, name: str, value: object, group: object) -> str:
        """Store a field and return what is wrong with it in one sentence, or ""."""
        change = set_territory if name == "territory" else update_profile

        def store(base: int | None) -> None:
            self.context.run(TITLES[name], partial(change, base=base), origin=self, group=group, **{name: value})
            self._reload()

        return self._bases.save(name, value, group, store, lambda: self.context.get(read_profile).version)

    # Showing

    def _reload(self) -> None:
        self.profile = profile = self.context.get(read_profile)
        self._offer_zones(profile)
        for name, field in self.fields.items():
            if not field.is_unsaved():
                self._bases.show(name, profile.version)
            stored = getattr(profile, name)
            field.update_value(bidi.strip(formats.phone(stored)) if name == "phone" else stored)
            self._advise(name)
        self.more_phones.show_stored(profile)
        self.more_emails.show_stored(profile)
        self.logo.show_stored(profile.logo)
        self.cover.show_stored(profile.cover)
        self._show_progress()
        self._show_preview()

    def _offer_zones(self, profile: Profile) -> None:
        choices = zone_choices(profile.territory, profile.time_zone)
        field = self.fields["time_zone"]
        assert isinstance(field, ChoiceField), "zones are chosen"
        if choices != self._zones:  # to offer them again would disturb who is looking for one
            self._zones = choices
            field.set_choices(choices)

    def _show_progress(self) -> None:
        left = self.context.get(missing)
        done = len(STEPS) - len(left)
        words = ngettext("{done} of {n} step done", "{done} of {n} steps done", len(STEPS))
        words = words.format(done=formats.number(done), n=formats.number(len(STEPS)))
        self.gauge.show_use(done, len(STEPS), words if left else _("The profile is complete"))
        self.step.set_text(_(STEPS[left[0]]) if left else "")
        self.step.setVisible(bool(left) and not self.context.read_only)
        if self.step.isVisibleTo(
            self.steps
        ):  # once there, it keeps its line, or the form would jump with the last step
            self.steps.show()

    @Slot()
    def _order_stops(self) -> None:
        """Let Tab go on from the fields to the hours: what is made later would come last."""
        tab_through([self.fields["language"].editor, *self.hours.stops(), *self.special.stops()])

    @Slot()
    def _show_preview(self) -> None:
        values = {name: str(field.value() or "") for name, field in self.fields.items()}
        category = CATEGORIES.get(values["category"], "") if values["category"] else ""
        username = self._username(values["username"])
        numbers = [values["phone"], *self.more_phones.values(), f"@{username}" if username else ""]
        emails = [values["email"], *self.more_emails.values()]
        self.preview.show_profile(
            values["name"],
            values["about"],
            _(category),
            values["description"],
            values["address"],
            self.hours.text(),
            "\n".join(filter(None, emails)),
            [site for site in (values["website"], values["website2"]) if site],
            "\n".join(formats.ltr(number) for number in numbers if number),
            self.logo.picture,
            self.cover.picture,
        )

    def _username(self, typed: str) -> str:
        """Return what customers would see of a username that is typed: the one there is, as long as it is none."""
        try:
            return parse_username(typed)
        except Invalid:
            return self.profile.username

    def _advise(self, name: str) -> None:
        """Say below a field what the phone will make of what is in it."""
        text = self.fields[name].value()
        if name in LIMITS and isinstance(text, str):
            self.fields[name].advise(measure(LIMITS[name][0], text).sentence)
        elif name == "phone" and self.profile.phone:
            self.fields[name].advise(phones.warning(self.profile.phone))
        elif isinstance(field := self.fields[name], MapField):
            field.show_place(self.profile)

    def _on_edited(self, name: str, _value: object) -> None:
        self._advise(name)
        self._settled.start()

    @Slot()
    def _on_step(self) -> None:
        if left := self.context.get(missing):
            self.show_target(left[0])
