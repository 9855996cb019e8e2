"""The practice chat: write as a customer, see what the phone answers by itself, and answer as the shop."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.i18n import N_, _, formats, speaking
from desktop.services import practice
from desktop.services.answer_setup import read_person, read_setup
from desktop.services.answering import Person, Setup
from desktop.services.automatic import moment_at
from desktop.services.editing import one_line
from desktop.services.errors import Invalid, NotFound
from desktop.services.marks import parse
from desktop.services.pictures import read_thumbnails
from desktop.services.practice import Chat, Said
from desktop.services.profile import read_profile
from desktop.services.replies import find_replies
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.moment_field import MomentField
from desktop.ui.pages.reply_sending import offer_customers, offer_items
from desktop.ui.saving import Kind, SaveLine
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.bubbles import READ_MORE, Bubble, shortened
from desktop.ui.widgets.buttons import flat, icon_button, quiet, row_of
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Choice, Line
from desktop.ui.widgets.image_well import png
from desktop.ui.widgets.labels import Label, Labelled
from desktop.ui.widgets.phone import PhoneFrame
from desktop.ui.widgets.picker import Offer, Picker
from desktop.ui.widgets.scroll import Scroll

WIDTH, HEIGHT = 860, 720  # px
PHONE = 330  # px wide
SHOWN, MOST = 60, 50  # characters of a reply that is offered, and how many: a phone has no more


class PracticeDialog(QDialog):
    """A clock, somebody who writes, and a phone; what is played can be kept as an example and saved as a picture."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._said: tuple[Said, ...] = ()
        self._kept: int | None = None
        self.setup: Setup = context.get(read_setup)
        self.setWindowTitle(_("Practice chat"))
        self.where = Chips(_("Here or on the phone"))
        self.where.set_chips([(False, _("As written here"), ""), (True, _("As on the phone"), "")])
        self.customer = Picker(_("Customer"), _("A new customer"), partial(self._offer, offer_customers))
        self.clock = MomentField(_("Day of the next message"), _("Time of the next message"))
        self.hour = quiet(_("An hour later"), "clock")
        self.morning = quiet(_("The next morning"), "sunrise")
        self.item = Picker(_("Send an item"), _("A word of its name"), partial(self._offer, offer_items))
        self.catalog = quiet(_("Send the catalog"), "tags")
        self.order = quiet(_("Confirm an order"), "clipboard-list")
        self.reasons = Label("", "small", wrap=True)
        self.examples = Choice()
        self.examples.setAccessibleName(_("Examples"))
        self.keep = quiet(_("Keep as an example"), "bookmark")
        self.delete = icon_button("trash-2", _("Delete this example"))
        self.restart = flat(_("New chat"), "rotate-ccw")
        self.save_picture = quiet(_("Save as a picture…"), "image-down")
        self.saved = SaveLine()
        self.phone = PhoneFrame("customer")
        self._thumbnails = Thumbnails(context, theme.pixels(200), self)
        self.writes = Line()
        words = _("Answer as the shop, or with /shortcut")
        self.answers = Picker(_("Answer of the shop"), words, partial(self._offer, offer_shortcuts), most=MOST)
        self.send = icon_button("send", _("Send as the customer"))
        self.answer = icon_button("send", _("Send as the shop"))
        self.trouble = Label("", "warn", wrap=True)
        self._lay_out()
        self._connect()
        self.clock.set_moment(formats.now().replace(second=0, microsecond=0, tzinfo=None))
        self._fill_examples()
        self._show()
        self.writes.setFocus()

    def _lay_out(self) -> None:
        inside = QWidget()
        form = QVBoxLayout(inside)
        form.setContentsMargins(0, 0, theme.pixels(12), 0)
        form.setSpacing(theme.pixels(12))
        hint = _("Write as a customer: what the phone answers by itself comes at once. Nothing is sent to anyone.")
        form.addWidget(Label(_("Practice chat"), "title"))
        form.addWidget(Label(hint, "muted", wrap=True))
        form.addWidget(self.where)
        form.addLayout(Labelled(_("Customer"), self.customer))
        form.addLayout(Labelled(_("Clock of the chat"), self.clock))
        form.addLayout(row_of(self.hour, self.morning))
        form.addLayout(Labelled(_("Send an item"), self.item))
        form.addLayout(row_of(self.catalog, self.order))
        form.addLayout(Labelled(_("What was answered, and why"), self.reasons))
        form.addStretch()
        examples = QHBoxLayout()
        examples.addWidget(self.examples, 1)
        examples.addWidget(self.delete)
        form.addLayout(Labelled(_("Examples"), examples))
        form.addLayout(row_of(self.keep, self.restart))
        form.addLayout(row_of(self.save_picture))
        form.addWidget(self.saved)
        area = Scroll(inside)
        self.writes.setPlaceholderText(_("Write as the customer"))
        self.writes.setAccessibleName(_("Message of the customer"))
        for line in (self.writes, self.answers):
            line.setMaxLength(READ_MORE)
            line.unsaved = True  # Ctrl+Z is about these letters
            line.escaped.connect(self.reject)
        side = QWidget()
        side.setFixedWidth(theme.pixels(PHONE))
        chat = QVBoxLayout(side)
        chat.setContentsMargins(0, 0, 0, 0)
        chat.setSpacing(theme.pixels(8))
        chat.addWidget(self.phone, 1)
        chat.addWidget(self.trouble)
        for line, button in ((self.writes, self.send), (self.answers, self.answer)):
            row = QHBoxLayout()
            row.setSpacing(theme.pixels(4))
            row.addWidget(line, 1)
            row.addWidget(button)
            chat.addLayout(row)
        body = QHBoxLayout()
        body.setSpacing(theme.pixels(24))
        body.addWidget(area, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        around = theme.pixels(24)
        layout.setContentsMargins(around, around, around, around)
        layout.addLayout(body)
        self.trouble.hide()
        self.setMinimumSize(QSize(theme.pixels(640), theme.pixels(420)))
        self.resize(theme.pixels(WIDTH), theme.pixels(HEIGHT))

    def _connect(self) -> None:
        self.where.chosen.connect(self._on_where)
        self.hour.clicked.connect(self._on_hour)
        self.morning.clicked.connect(self._on_morning)
        self.item.picked.connect(self._on_item)
        self.catalog.clicked.connect(self._on_catalog)
        self.order.clicked.connect(self._on_order)
        for signal in (self.send.clicked, self.writes.returnPressed):
            signal.connect(self._on_send)
        for signal in (self.answer.clicked, self.answers.confirmed):
            signal.connect(self._on_answer)
        self.examples.activated.connect(self._on_example)
        self.keep.clicked.connect(self._on_keep)
        self.delete.clicked.connect(self._on_delete)
        self.restart.clicked.connect(self._on_restart)
        self.save_picture.clicked.connect(self._on_picture)
        self._thumbnails.ready.connect(self._show)

    # What it is about

    def moment(self) -> dt.datetime:
        """Return what the chat's clock shows. Raises Invalid."""
        zone = self.setup.schedule.zone
        return dt.datetime.fromtimestamp(moment_at(self.clock.moment(), zone), zone)

    def person(self) -> Person:
        """Return who writes: the customer that was chosen, or somebody new, of whom perhaps a name was typed."""
        chosen = self.customer.value()
        if isinstance(chosen, int):
            try:
                return self._context.get(read_person, chosen, self.setup.schedule.zone)
            except NotFound:
                self.customer.set_value(None, "")
        return Person(name=self.customer.text().strip())

    def said(self) -> Sequence[Said]:
        """Return the chat so far."""
        return self._said

    def _offer(self, find: Callable[..., Sequence[Offer]], typed: str) -> Sequence[Offer]:
        return self._context.get(find, typed)

    # What is shown

    @Slot()
    def _show(self) -> None:
        with self._context.reader() as session:
            profile = read_profile(session)
            logo = read_thumbnails(session, [profile.logo]).get(profile.logo) if profile.logo else None
            name = profile.name
        bubbles = list(self._bubbles())
        self.phone.show_chat(name or _("Shop"), bubbles, logo)
        self.phone.show_end()
        for button in (self.keep, self.save_picture):
            button.setDisabled(not self._said)
        self.keep.setDisabled(not self._said or self._context.read_only)
        self.delete.setDisabled(self._kept is None or self._context.read_only)
        self.order.setDisabled(not any(one.product_id for one in self._said))

    def _bubbles(self) -> Sequence[Bubble]:
        zone = self.setup.schedule.zone
        found, day = [], None
        for one in self._said:
            moment = dt.datetime.fromtimestamp(one.at, zone).replace(tzinfo=None)
            # The first message of a day says the day.
            when = formats.time(moment.time()) if moment.date() == day else formats.datetime(moment)
            day = moment.date()
            picture = self._thumbnails.get(one.sha256) if one.kind == "picture" and one.sha256 else None
            text = shortened(one.text)
            if one.kind == "picture" and not text and picture is None:
                text = _("[{name}]").format(name=_("Picture"))
            shown = picture if picture and not picture.isNull() else None
            found.append(Bubble(parse(text), when, one.side == "shop", shown))
        return found

    def _take(self, said: tuple[Said, ...]) -> None:
        self._said = said
        self._complain("")
        self._show()

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        """Say below the chat why what is tried in this block cannot be."""
        try:
            yield
        except Invalid as invalid:
            self._complain(str(invalid))
        except OverflowError:
            self._complain(_("That date is too far away. Check the year."))

    def _complain(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    # What one does

    @Slot()
    def _on_send(self) -> None:
        with self._complaining():
            turn = practice.customer_says(self._said, self.writes.text(), self.moment(), self.setup, self.person())
            self.writes.clear()
            self.reasons.setText("\n".join(turn.answers.reasons))
            self._take(turn.said)

    @Slot()
    def _on_answer(self) -> None:
        if self._say(practice.shop_says, self.answers.text(), with_person=True):
            self.answers.clear()

    @Slot()
    def _on_item(self) -> None:
        chosen = self.item.value()
        if isinstance(chosen, int):
            self.item.set_value(None, "")
            self._say(practice.send_item, chosen)

    @Slot()
    def _on_catalog(self) -> None:
        self._say(practice.send_catalog)

    @Slot()
    def _on_order(self) -> None:
        self._say(practice.send_order, with_person=True)

    def _say(self, say: Callable[..., tuple[Said, ...]], *more: object, with_person: bool = False) -> bool:
        """Let the owner say something: `say(session, said, *more, moment)`, with who is written to where wanted."""
        with self._complaining():
            about = [self.person()] if with_person else []
            self._take(self._context.get(say, self._said, *more, self.moment(), *about))
            return True
        return False

    @Slot(object)
    def _on_where(self, on_phone: object) -> None:
        self.setup = self._context.get(read_setup, bool(on_phone))

    @Slot()
    def _on_hour(self) -> None:
        self._move(practice.hour_later)

    @Slot()
    def _on_morning(self) -> None:
        self._move(practice.next_morning)

    def _move(self, step: Callable[[dt.datetime], dt.datetime]) -> None:
        with self._complaining():
            self.clock.set_moment(step(self.moment()).replace(tzinfo=None))

    # Examples

    def _fill_examples(self) -> None:
        # TRANSLATORS: the practice chat that is not kept as an example yet.
        choices: list[tuple[object, str]] = [(None, _("This chat"))]
        choices += [(chat, formats.auto(name)) for chat, name in self._context.get(practice.list_chats)]
        self.examples.set_choices(choices)
        self.examples.set_value(self._kept)

    @Slot()
    def _on_example(self) -> None:
        chosen = self.examples.value()
        if not isinstance(chosen, int):
            self._on_restart()
            return
        try:
            chat = self._context.get(practice.read_chat, chosen)
        except NotFound as gone:
            self._complain(str(gone))
            return
        self._kept = chosen
        self.where.set_value(chat.on_phone)
        self._on_where(chat.on_phone)
        person = Person()
        if chat.customer_id is not None:
            person = self._context.get(read_person, chat.customer_id, self.setup.schedule.zone)
        self.customer.set_value(chat.customer_id, person.name)
        if chat.said:
            last = dt.datetime.fromtimestamp(chat.said[-1].at, self.setup.schedule.zone)
            self.clock.set_moment(last.replace(tzinfo=None))
        self.reasons.setText("")
        self._take(chat.said)

    @Slot()
    def _on_keep(self) -> None:
        chosen = self.customer.value()
        customer = chosen if isinstance(chosen, int) else None
        name = dict(self._context.get(practice.list_chats)).get(self._kept or 0, "")
        chat = Chat(name, customer, self.person().language, bool(self.where.value()), self._said)
        kept = self._context.act(N_("Keep practice chat"), practice.keep_chat, chat, self._kept)
        if kept is not None:
            self._kept = kept
            self._fill_examples()
            self._context.say(_("Kept as an example"))
            self._show()

    @Slot()
    def _on_delete(self) -> None:
        if self._kept is not None:
            self._context.act(N_("Delete practice chat"), practice.remove_chat, self._kept, done=_("Deleted"))
            self._kept = None
            self._fill_examples()
            self._show()

    @Slot()
    def _on_restart(self) -> None:
        self._kept = None
        self.reasons.setText("")
        self.examples.set_value(None)
        self._take(())

    @Slot()
    def _on_picture(self) -> None:
        with speaking(self.setup.language):
            name = _("Practice chat")
        self.saved.ask(_("Save the chat as a picture"), name, (Kind(".png", _("Picture"), self.png),))

    def png(self) -> bytes:
        """Return the whole chat as a PNG."""
        return png(self.phone.picture())


def offer_shortcuts(session: Session, typed: str) -> list[Offer]:
    """Return the quick replies that a / and what follows may mean, as the phone lists them; none once it is one."""
    found = find_replies(session, typed, MOST) if typed.startswith("/") else []
    if [reply.shortcut for reply in found if reply.shortcut.startswith(typed[1:])] == [typed[1:]]:
        return []
    return [(reply.id, f"/{reply.shortcut}", one_line(reply.text)[:SHOWN]) for reply in found]
