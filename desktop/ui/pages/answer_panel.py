""" "What will the phone answer?": a moment, somebody who writes, the chat as they see it, and why."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import N_, _, bidi, formats, speaking
from desktop.services.answer_setup import read_person, read_setup
from desktop.services.answering import QUIET, Answers, Person, Setup, decide
from desktop.services.automatic import moment_at
from desktop.services.errors import Invalid, NotFound
from desktop.services.marks import parse
from desktop.services.pictures import read_thumbnails
from desktop.services.profile import read_profile
from desktop.ui import icons, theme
from desktop.ui.context import Context
from desktop.ui.pages.moment_field import MomentField
from desktop.ui.pages.reply_sending import offer_customers
from desktop.ui.widgets.bubbles import Bubble, shortened
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.labels import Label, Labelled
from desktop.ui.widgets.phone import PhoneFrame
from desktop.ui.widgets.picker import Offer, Picker

PREVIEW = 400  # px high
# TRANSLATORS: who writes to the shop, in the simulator.
WHO = (
    ("new", N_("A new customer")),
    ("known", N_("One who wrote before")),
    ("saved", N_("One in the address book")),
    ("chosen", N_("One of my customers…")),
)
LAST: tuple[tuple[object, str], ...] = (  # seconds before the message
    (None, N_("Never before")),
    (3600, N_("An hour before")),
    (86400, N_("A day before")),
    (int(QUIET.total_seconds()) - 86400, N_("13 days before")),
    (int(QUIET.total_seconds()), N_("14 days before")),
    (30 * 86400, N_("30 days before")),
)
KNOWN = "known"  # the last contact as the list of customers has it


class AnswerPanel(QWidget):
    """Decides anew whenever anything of it changes; nothing of it is kept in the shop."""

    moved = Signal()  # another moment, another customer, or here instead of on the phone

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setup: Setup = context.get(read_setup)
        self.answers: Answers | None = None
        self._typed: Mapping[str, str] = {}
        # TRANSLATORS: the answers as they are set up in this program, or as the phone has them.
        self.where = Chips(_("Here or on the phone"))
        self.where.set_chips([(False, _("As written here"), ""), (True, _("As on the phone"), "")])
        self.at = MomentField(_("Day of the message"), _("Time of the message"))
        self.now = icon_button("clock", _("Now"))
        self.who = Choice([(key, _(words)) for key, words in WHO])
        self.last = Choice()
        self.customer = Picker(_("Customer"), _("Name"), self._offer)
        self.problem = Label("", "warn", wrap=True)
        self.phone = PhoneFrame("customer")
        self.reasons = QVBoxLayout()
        self._lay_out()
        self.who.set_value("new")
        self._fill_last()
        self.last.set_value(None)
        self.at.set_moment(formats.now().replace(second=0, microsecond=0, tzinfo=None))
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        panel = Inspector(_("What will the phone answer?"))
        panel.add(Label(_("What will the phone answer?"), "heading", wrap=True))
        panel.add(self.where)
        moment = QHBoxLayout()
        moment.setSpacing(theme.pixels(4))
        moment.addWidget(self.at, 1)
        moment.addWidget(self.now)
        panel.add(Labelled(_("The message comes"), moment))
        pair = QHBoxLayout()
        pair.setSpacing(theme.pixels(8))
        pair.addLayout(Labelled(_("From"), self.who), 1)
        pair.addLayout(Labelled(_("Last contact"), self.last), 1)
        panel.add(pair)
        panel.add(self.customer)
        panel.add(self.problem)
        self.phone.setFixedHeight(theme.pixels(PREVIEW))
        panel.add(self.phone)
        self.reasons.setSpacing(theme.pixels(8))
        panel.add(self.reasons)
        self.customer.hide()
        self.problem.hide()
        self.panel = panel
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)

    def _connect(self) -> None:
        self.where.chosen.connect(self._on_changed)
        self.at.changed.connect(self._on_changed)
        self.now.clicked.connect(self._on_now)
        self.who.activated.connect(self._on_who)
        self.customer.picked.connect(self._on_who)
        self.customer.unsaved = True  # Ctrl+Z is about these letters
        self.last.activated.connect(self._on_changed)

    def moment(self) -> dt.datetime | None:
        """Return the moment in the shop's zone, None while what is typed is none, which is then told."""
        try:
            seconds = moment_at(self.at.moment(), self.setup.schedule.zone)
        except Invalid as invalid:
            self._complain(str(invalid))
            return None
        self._complain("")
        return dt.datetime.fromtimestamp(seconds, self.setup.schedule.zone)

    def set_moment(self, moment: dt.datetime) -> None:
        """Look at another moment."""
        self.at.set_moment(moment.astimezone(self.setup.schedule.zone).replace(tzinfo=None))
        self._on_changed()

    def person(self, moment: dt.datetime) -> Person:
        """Return who writes at a moment."""
        who = self.who.value()
        person = Person(saved=who == "saved")
        chosen = self.customer.value()
        if who == "chosen" and isinstance(chosen, int):
            try:
                person = self._context.get(read_person, chosen, self.setup.schedule.zone)
            except NotFound:
                self.customer.set_value(None, "")
        before = self.last.value()
        if before != KNOWN:
            person = replace(person, last=None)
        if isinstance(before, int):
            person = replace(person, last=moment.astimezone(dt.UTC) - dt.timedelta(seconds=before))
            person = replace(person, last=person.last.astimezone(self.setup.schedule.zone) if person.last else None)
        return person

    def on_phone(self) -> bool:
        """Say whether the answers of the phone are looked at."""
        return bool(self.where.value())

    @Slot()
    def refresh(self) -> None:
        """Read what is set up, and decide anew."""
        self.setup = self._context.get(read_setup, self.on_phone())
        moment = self.moment()
        if moment is None:
            return
        person = self.person(moment)
        try:
            self.answers = decide(moment, self._as_typed(), person)
        except OverflowError:
            self._complain(_("That date is too far away. Check the year."))
            return
        self._show(moment, person, self.answers)

    def preview(self, typed: Mapping[str, str]) -> None:
        """Answer with texts that are still being typed, by the kind of their message."""
        if typed != self._typed:
            self._typed = typed
            self.refresh()

    def _as_typed(self) -> Setup:
        setup = self.setup
        if not setup.on_phone:
            if "greeting" in self._typed:
                setup = replace(setup, greeting=replace(setup.greeting, text=self._typed["greeting"]))
            if "away" in self._typed:
                setup = replace(setup, away=replace(setup.away, text=self._typed["away"]))
        return setup

    def _show(self, moment: dt.datetime, person: Person, answers: Answers) -> None:
        with self._context.reader() as session:
            profile = read_profile(session)
            logo = read_thumbnails(session, [profile.logo]).get(profile.logo) if profile.logo else None
            name = profile.name
        at = formats.time(moment.time())
        with speaking(person.language or self.setup.language):
            # TRANSLATORS: what a customer writes, in the preview of a chat.
            question = _("Hello! Are you open now?")
        bubbles = [Bubble(parse(question), at, from_shop=False)]
        bubbles += [Bubble(parse(shortened(message)), at) for message in answers.messages]
        self.phone.show_chat(name or _("Shop"), bubbles, logo)
        while part := self.reasons.takeAt(0):
            if widget := part.widget():
                widget.hide()
                widget.deleteLater()
        signs = [_sign(sent) for sent in (answers.greeting, answers.away)]
        for place, reason in enumerate(answers.reasons):
            self.reasons.addWidget(_Reason(reason, *(signs[place] if place < len(signs) else ("info", "muted"))))
        self.panel.setAccessibleDescription("\n".join(answers.reasons))

    def _complain(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _fill_last(self) -> None:
        choices = [(value, formats.shown(_(words))) for value, words in LAST]
        if self.who.value() == "chosen":
            choices = [(KNOWN, _("As it is known")), *choices]
        self.last.set_choices(choices)

    def _offer(self, typed: str) -> Sequence[Offer]:
        return self._context.get(offer_customers, typed)

    @Slot()
    def _on_changed(self) -> None:
        self.refresh()
        self.moved.emit()

    @Slot()
    def _on_now(self) -> None:
        self.set_moment(formats.now())

    @Slot()
    def _on_who(self) -> None:
        who = self.who.value()
        chosen = who == "chosen"
        if chosen != self.customer.isVisibleTo(self) or self.sender() is self.who:
            self.customer.setVisible(chosen)
            self._fill_last()
            self.last.set_value({"new": None, "chosen": KNOWN}.get(str(who), 86400))
        self._on_changed()


class _Reason(QWidget):
    """One sentence with a sign before it."""

    def __init__(self, sentence: str, icon: str, tint: str) -> None:
        super().__init__()
        side = theme.pixels(16)
        mark = QLabel()
        mark.setPixmap(icons.icon(icon, tint).pixmap(QSize(side, side)))
        mark.setFixedWidth(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(8))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(sentence, wrap=True), 1)
        self.setAccessibleName(bidi.strip(sentence))


def _sign(sent: bool) -> tuple[str, str]:
    return ("circle-check", "accent") if sent else ("circle-minus", "muted")
