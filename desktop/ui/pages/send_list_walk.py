"""Going through a send list: one customer after the other, each with their own text; the chat is opened, never sent."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, bidi, formats, ngettext
from desktop.services.customers import called, read_customers
from desktop.services.errors import Invalid, NotFound
from desktop.services.letters import Letter
from desktop.services.marks import parse
from desktop.services.send_lists import (
    Entry,
    Plan,
    begin,
    held_back,
    letter_of,
    next_entry,
    open_entry,
    opened_today,
    progress,
    read_send_list,
    skip_entry,
    step_back,
)
from desktop.ui import theme
from desktop.ui.chats import open_chat
from desktop.ui.context import Context
from desktop.ui.pages.send_list_own import OwnText
from desktop.ui.saving import Opener
from desktop.ui.widgets.bubbles import Bubble, shortened
from desktop.ui.widgets.buttons import flat, icon_button, primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.phone import PhoneFrame

PREVIEW = 230  # px high


class Walk(Card):
    """Shows the one who comes next and what they would read. Before it begins, one can look at everybody's text."""

    moved = Signal()  # somebody was opened or skipped, or it has begun
    message_wanted = Signal()  # there is none to begin with

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__()
        self.setAccessibleName(_("One after the other"))
        self._context = context
        self._opener = opener
        self._list: int | None = None
        self._typed: str | None = None  # of the message, where it is not saved yet
        self._plan = Plan(())
        self._entry: Entry | None = None
        self._begun = False
        self._place = 0  # of whom one looks at before it begins
        self._ready = False  # to be opened
        self.gauge = Gauge()
        self.name = ElidedLabel("", "heading")
        self.phone = Label("", "small")
        self.before = icon_button("chevron-left", _("The one before"))
        self.after = icon_button("chevron-right", _("The next one"))
        self.preview = PhoneFrame("shop")
        self.own = OwnText(context)
        self.told = Label("", "warn", wrap=True)
        self.today = Label("", "small", wrap=True)
        self.start = primary("", "play")
        self.open_chat = primary(_("Open chat"), "message-circle")
        self.skip = quiet(_("Skip"), "skip-forward")
        self.back = quiet(_("Back"), "undo-2")
        self.extend = flat("", "user-plus")
        self._lay_out()
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.start.clicked.connect(self._on_begin)
        self.extend.clicked.connect(self._on_begin)
        self.open_chat.clicked.connect(self._on_open)
        self.skip.clicked.connect(self._on_skip)
        self.back.clicked.connect(self._on_back)
        self.own.changed.connect(self.refresh)
        self.skip.set_hint(_("Leave this one out"))
        self.back.set_hint(_("Back to the last one"))

    def _lay_out(self) -> None:
        self.preview.setFixedHeight(theme.pixels(PREVIEW))
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(4))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.phone)
        head.addLayout(words, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(8))
        for button in (self.start, self.open_chat, self.skip, self.back):
            row.addWidget(button)
        row.addStretch()
        self.body.setSpacing(theme.pixels(8))
        self.body.addWidget(self.gauge)
        self.body.addLayout(head)
        for widget in (self.told, self.buttons):
            self.body.addWidget(widget)
        self.body.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.own)
        foot = QHBoxLayout()
        foot.addWidget(self.today, 1)
        foot.addWidget(self.extend)
        self.body.addLayout(foot)

    # What is shown

    def choose(self, list_id: int | None) -> None:
        """Be about another send list, or none, from the next `show_plan` or `refresh` on."""
        if list_id != self._list:
            self.own.commit()
            self._place, self._typed, self._plan = 0, None, Plan(())
        self._list = list_id

    def show_plan(self, plan: Plan) -> None:
        """Take note of whom it would reach."""
        self._plan = plan
        self._place = min(self._place, max(0, len(plan.reached) - 1))
        self.refresh()

    def show_typed(self, text: str | None) -> None:
        """Show the message as it is being typed."""
        self._typed = text
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show who comes next, as it is now."""
        if self._list is None:
            return
        with self._context.reader() as session:
            try:
                far, self._entry = progress(session, self._list), next_entry(session, self._list)
                held, today = held_back(session, self._list), opened_today(session)
                cap = read_send_list(session, self._list).cap
            except NotFound:
                return
        self._begun = far.total > 0
        if self._begun:
            self.gauge.show_use(far.opened + far.skipped, far.total, far.words)
            self.gauge.show()
        else:
            self.gauge.hide()
        customer = self._entry.customer_id if self._entry else None
        if not self._begun and self._plan.reached:
            customer = self._plan.reached[self._place]
        self._show_customer(customer, held if self._begun else "")
        self._show_buttons(far.opened + far.skipped)
        words = ngettext("{n} chat opened today", "{n} chats opened today", today).format(n=formats.number(today))
        if cap:
            of = formats.of(today, cap)
            # TRANSLATORS: {of} is as in "5 of 30": chats that were opened today over all lists, and how many may be.
            words = ngettext("{of} chat opened today", "{of} chats opened today", cap).format(of=of)
        self.today.setText(words)

    def _show_customer(self, customer: int | None, held: str) -> None:
        people = self._context.get(read_customers, [customer]) if customer is not None else []
        letter = self._letter(customer, self._typed) if people else None
        entry = self._entry if self._begun and letter else None
        self.own.show_entry(entry, bidi.strip(letter.filled.text) if letter else "")
        if entry and (own := self.own.typed() or entry.text):
            letter = self._letter(customer, own)
        self.preview.setVisible(letter is not None)
        self.phone.setVisible(letter is not None)
        told: list[str] = []
        if letter and people:
            self.name.setText(formats.auto(called(people[0])))
            self.phone.setText(formats.phone(people[0].phone))
            text = letter.filled.text
            bubbles = [Bubble(parse(shortened(text)), formats.time(formats.now().time()))] if text else []
            self.preview.show_chat(called(people[0]), bubbles)
            told = [letter.refusal, *letter.filled.sentences, held]
        elif self._begun:
            self.name.setText(_("Everybody on this list has had their turn."))
        else:
            self.name.setText(_("Nobody is meant yet who can be written to."))
        told = [words for words in told if words]
        self.told.setText("\n".join(told))
        self.told.setVisible(bool(told))
        self._ready = letter is not None and not letter.refusal and not letter.filled.missing and not held
        looking = not self._begun and len(self._plan.reached) > 1
        for button, on in ((self.before, self._place > 0), (self.after, self._place < len(self._plan.reached) - 1)):
            button.setVisible(looking)
            button.setEnabled(on)

    def _show_buttons(self, handled: int) -> None:
        locked = self._context.read_only
        n = len(self._plan.reached)
        words = ngettext("Begin with {n} customer", "Begin with {n} customers", n).format(n=formats.number(n))
        self.start.set_text(words)
        self.start.setVisible(not self._begun)
        self.start.setDisabled(locked or not n)
        for button in (self.open_chat, self.skip):
            button.setVisible(self._begun and self._entry is not None)
        self.back.setVisible(self._begun)
        self.open_chat.setDisabled(locked or not self._ready)
        self.skip.setDisabled(locked)
        self.back.setDisabled(locked or not handled)
        more = ngettext("Add {n} more customer", "Add {n} more customers", n).format(n=formats.number(n))
        self.extend.set_text(more)
        self.extend.setVisible(self._begun and bool(n) and not locked)

    def _letter(self, customer: int | None, text: str | None) -> Letter | None:
        if self._list is None or customer is None:
            return None
        try:
            return self._context.get(letter_of, self._list, customer, text)
        except NotFound:
            return None

    # What one does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.open_chat.isVisible():
            self.open_chat.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_before(self) -> None:
        self._place -= 1
        self.refresh()

    @Slot()
    def _on_after(self) -> None:
        self._place += 1
        self.refresh()

    @Slot()
    def _on_begin(self) -> None:
        if self._list is None:
            return
        new = self._context.act(N_("Begin send list"), begin, self._list, origin=self)
        if new is not None:
            said = ngettext("{n} customer is on the list", "{n} customers are on the list", new)
            self.moved.emit()
            self._context.say(said.format(n=formats.number(new)), undo=True)
            self.open_chat.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._context.get(read_send_list, self._list).text.strip():
            self.message_wanted.emit()

    @Slot()
    def _on_open(self) -> None:
        """Open the chat of the one who is shown, and go on to the next."""
        if not self.own.commit():
            return
        entry = self._entry
        if entry is None or self._list is None or self._context.read_only:
            return
        letter = self._letter(entry.customer_id, entry.text or self._typed)
        try:
            held = self._context.get(held_back, self._list)
        except NotFound:
            return
        if letter is None or held or letter.filled.missing:
            self.refresh()
            return
        if open_chat(self._context, letter, self._opener):
            text = bidi.strip(letter.filled.text)
            try:
                self._context.run(N_("Open chat"), open_entry, entry.id, text, origin=self)
            except Invalid as invalid:
                self._context.say(invalid.message)
            self._go_on()

    @Slot()
    def _on_skip(self) -> None:
        if self._entry is not None and not self._context.read_only and self.own.commit():
            self._context.act(N_("Skip customer"), skip_entry, self._entry.id, origin=self)
            self._go_on()

    @Slot()
    def _on_back(self) -> None:
        if self._list is not None and not self._context.read_only and self.own.commit():
            self._context.act(N_("Back to the last customer"), step_back, self._list, origin=self)
            self._go_on()

    def _go_on(self) -> None:
        self.moved.emit()
        for button in (self.open_chat, self.skip, self.back):
            if button.isVisible() and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
