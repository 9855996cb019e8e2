"""Automatic messages: the greeting and the away message, what they come to, and what is wrong with them."""

import datetime as dt

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import (
    AutomaticMessage,
    AutomaticPeriod,
    AutomaticRecipient,
    AutomaticText,
    Customer,
    CustomerLabel,
    Hours,
    Overlay,
    OverlayHours,
    PhoneCopy,
    Profile,
)
from desktop.data.models import (
    Label as LabelRow,
)
from desktop.data.notice import Notice
from desktop.i18n import _, formats, speaking
from desktop.services.answer_setup import read_concerns, read_setup
from desktop.services.answer_strip import FIXES, Concern, say_soon
from desktop.services.automatic import list_automatic, set_automatic
from desktop.services.phone_copy import automatic_copies, has_begun
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.answer_panel import AnswerPanel
from desktop.ui.pages.answer_weeks import AnswerWeeks
from desktop.ui.pages.automatic_card import TITLES, AutomaticCard
from desktop.ui.pages.page import Page
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.scroll import Scroll

OWN = (AutomaticMessage, AutomaticText, AutomaticPeriod, AutomaticRecipient, PhoneCopy, LabelRow)
AROUND = (Profile, Hours, Overlay, OverlayHours, Customer, CustomerLabel)
PANEL = 350  # px
PAUSE = 150  # ms after a letter, before the phone shows it
WARNED = 4  # concerns that are shown at once; what is mended makes room for the next


class AutomaticPage(Page):
    """Two cards that save themselves, the two weeks below them, and the phone beside them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.concerns: list[Concern] = []
        self.header = PageHeader(_("Automatic messages"))
        self.to_phone = quiet(_("To the phone"), "smartphone")
        self.banners = [Banner() for _place in range(WARNED)]
        zone = context.get(read_setup).schedule.zone
        self.cards = {kind: AutomaticCard(context, kind, zone) for kind in ("greeting", "away")}
        self.weeks = AnswerWeeks()
        self.panel = AnswerPanel(context)
        self.practise = quiet(_("Practice chat"), "messages-square")
        self._later = QTimer(self, interval=PAUSE, singleShot=True)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.header.add(self.to_phone)
        self.panel.panel.add_action(self.practise, leading=True)
        around = theme.pixels(24)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(around, 0, around, around)
        column.setSpacing(theme.pixels(12))
        for widget in (*self.banners, *self.cards.values(), self.weeks):
            column.addWidget(widget)
        column.addStretch()
        self.area = Scroll(inside)
        theme.look(inside, "page")
        main = QWidget()
        whole = QVBoxLayout(main)
        whole.setContentsMargins(0, theme.pixels(16), 0, 0)
        whole.setSpacing(theme.pixels(12))
        head = QHBoxLayout()
        head.setContentsMargins(around, 0, around, 0)
        head.addWidget(self.header)
        whole.addLayout(head)
        whole.addWidget(self.area, 1)
        self.lay_beside(main, self.panel, PANEL, least=400)

    def _connect(self) -> None:
        self.practise.clicked.connect(self._on_practise)
        self.to_phone.clicked.connect(self._on_to_phone)
        self.panel.moved.connect(self._show_weeks)
        self.weeks.chosen.connect(self._on_hour)
        self._later.timeout.connect(self._preview)
        for card in self.cards.values():
            card.typed.connect(self._later.start)
        for banner in self.banners:
            banner.acted.connect(self._on_fix)

    # What is shown

    def on_changed(self, notice: Notice) -> None:
        """Follow the messages, and all that the answers depend on."""
        if any(notice.of(model) for model in OWN):
            for card in self.cards.values():
                card.reload()
        if any(notice.of(model) for model in (*OWN, *AROUND)):
            self._refresh()

    def show_target(self, target: object) -> None:
        """Show a message by its id or its kind, or the moment that `state` returned."""
        if isinstance(target, dt.datetime):
            self.panel.set_moment(target)
        kinds = {row.id: kind for kind, row in self.context.get(list_automatic).items()}
        card = self.cards.get(kinds.get(target, "") if isinstance(target, int) else str(target))
        if card:
            self.area.ensureWidgetVisible(card)
            card.focus_text()

    def state(self) -> object:
        """Return the moment that is looked at."""
        return self.panel.moment()

    @Slot()
    def _refresh(self) -> None:
        with self.context.reader() as session:
            zone = read_setup(session).schedule.zone
            copies = automatic_copies(session, formats.today())
            begun = has_begun(session)
            self.concerns = read_concerns(session, formats.today())[:WARNED]
        for place, banner in enumerate(self.banners):
            concern = self.concerns[place] if place < len(self.concerns) else None
            words = concern.sentence if concern else ""
            fix = _(FIXES[concern.fix]) if concern and concern.fix and not self.context.read_only else ""
            if (words, fix) != (banner.words.text(), banner.button.accessibleName()) or not words:
                banner.say(words, fix)
        for kind, card in self.cards.items():
            state = copies[kind][0] if kind in copies and (begun or copies[kind][0] == "only_here") else None
            card.show_copy(state)
        self.panel.refresh()
        for card in self.cards.values():
            card.set_zone(zone)  # which the profile may have changed
        self._preview()
        self._show_weeks()

    @Slot()
    def _preview(self) -> None:
        """Show on the phone what is being typed."""
        cards = self.cards.items()
        self.panel.preview({kind: card.text.value() for kind, card in cards if card.text.is_unsaved()})

    @Slot()
    def _show_weeks(self) -> None:
        moment = self.panel.moment()
        first = formats.today()
        person = self.panel.person(moment or formats.now())
        self.weeks.show_answers(self.panel.setup, first, person, moment)

    # What one does

    @Slot(object)
    def _on_hour(self, moment: dt.datetime) -> None:
        self.panel.set_moment(moment)

    @Slot()
    def _on_to_phone(self) -> None:
        rows = self.context.get(list_automatic)
        row = rows.get("greeting") or rows.get("away")
        self.context.go("phone", ("automatic_message", row.id, "text") if row else None)

    @Slot()
    def _on_practise(self) -> None:
        from desktop.ui.dialogs.practice import PracticeDialog  # which few visits to the page need

        dialog = PracticeDialog(self.context, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def _on_fix(self) -> None:
        """Do what the button of a warning says."""
        banner = self.sender()
        assert isinstance(banner, Banner)
        concern = self.concerns[self.banners.index(banner)]
        card, title = self.cards[concern.about], TITLES[concern.about]
        if not card.text.commit():
            card.focus_text()
            return
        match concern.fix:
            case "turn_on":
                if not card.text.value().strip():
                    card.propose.click()
                self.context.act(title, set_automatic, concern.about, enabled=True)
            case "closed":
                self.context.act(title, set_automatic, concern.about, schedule="closed")
            case "soon":
                with speaking(customers_language(self.context.get(read_profile))):
                    # TRANSLATORS: in a message of a shop, as in "we will be back: soon".
                    word = _("soon")
                self.context.act(title, set_automatic, concern.about, text=say_soon(card.text.value(), word))
            case "hours":
                self.context.go("profile", "hours")
            case "phone":
                row = self.context.get(list_automatic).get(concern.about)
                self.context.go("phone", ("automatic_message", row.id, "text") if row else None)
            case _:
                card.focus_text()
