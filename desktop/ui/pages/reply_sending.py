"""For whom a reply is copied and what they ask about, what it lacks for that, and which of its messages is copied."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Customer
from desktop.i18n import _, formats
from desktop.services.catalog import cards, find_products
from desktop.services.customers import find_customers, read_customers
from desktop.services.messages import OF_ITEM, Enquiry
from desktop.services.placeholders import Filled
from desktop.services.reply_parts import Message
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.placeholder_marks import used_by
from desktop.ui.walk import KINDS, Walk, name_of
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.editors import Choice, Line
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.labels import Label, Labelled
from desktop.ui.widgets.picker import OFFERED, Offer, Picker


class ReplySending(QWidget):
    """Asks only for what the texts of the reply use. Nothing of it is kept in the shop."""

    changed = Signal()  # it is for somebody else, or about something else
    wanted = Signal(int)  # the message at this place is to be copied

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._steps: list[Button] = []
        self._suited = False  # the gender and the language are those of a customer
        # TRANSLATORS: of a quick reply: whom it is to be sent to, and what they ask about.
        self.customer = Picker(_("For customer"), _("Name"), partial(self._offer, offer_customers))
        self.item = Picker(_("About item"), _("A word of its name"), partial(self._offer, offer_items))
        self.quantity = Line()
        self.quantity.setMaxLength(20)
        # TRANSLATORS: whom a text is written to.
        self.gender = Choice([("", _("Not known")), ("f", _("A woman")), ("m", _("A man"))])
        self.language = Choice()
        self.missing = Label("", "warn", wrap=True)
        self.steps = QWidget()
        self._lay_out()
        self.gender.set_value("")
        for line in (self.customer, self.item, self.quantity):
            line.unsaved = True  # Ctrl+Z is about these letters
        for picker in (self.customer, self.item):
            picker.picked.connect(self.changed)
        self.customer.picked.connect(self._on_customer_picked)
        self.quantity.textChanged.connect(self.changed)
        for choice in (self.gender, self.language):
            choice.activated.connect(self.changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        column.addWidget(_labelled(_("For customer"), self.customer))
        pair = QHBoxLayout()
        pair.setSpacing(theme.pixels(8))
        for words, choice in ((_("Written to"), self.gender), (_("In"), self.language)):
            pair.addWidget(_labelled(words, choice), 1)
        column.addLayout(pair)
        about = QHBoxLayout()
        about.setSpacing(theme.pixels(8))
        about.addWidget(_labelled(_("About item"), self.item), 2)
        about.addWidget(_labelled(_("Quantity"), self.quantity), 1)
        column.addLayout(about)
        column.addWidget(self.missing)
        self._flow = FlowLayout(self.steps, theme.pixels(6))
        column.addWidget(self.steps)

    # What it asks, and what the answers are

    def fit(self, texts: list[str], languages: Sequence[str], about_item: bool) -> None:
        """Ask for what these texts use; `languages` are those that the reply is written in, the shop's first."""
        used = used_by(texts)
        items = about_item or not used.keys().isdisjoint(OF_ITEM)
        wanted = {
            self.customer: "customer" in used or len(languages) > 1,
            self.item: items,
            self.quantity: "quantity" in used,
            self.gender: any(span.forms for span in used.get("customer", ())),
            self.language: len(languages) > 1,
        }
        for editor, shown in wanted.items():
            around = editor.parentWidget()
            assert around, "laid out"
            around.setVisible(shown)
        self.language.set_choices([(code, formats.language_name(code)) for code in languages])
        if self.language.value() is None:
            self._suit_language()

    def enquiry(self) -> Enquiry:
        """Return what was answered."""
        item, language = self.item.value(), self.language.value()
        known = language if isinstance(language, str) else self._customer_language()
        return Enquiry(
            self.customer.text().strip(),
            str(self.gender.value() or ""),
            known,
            item if isinstance(item, int) else None,
            {"quantity": self.quantity.text()},
        )

    def buyer(self) -> Customer | None:
        """Return the customer that was chosen, None for a name that was only typed."""
        chosen = self.customer.value()
        return self._context.get(_read_customer, chosen) if isinstance(chosen, int) else None

    def forget_item(self) -> None:
        """Ask about no item any more: it has been deleted."""
        self.item.set_value(None, "")

    def _customer_language(self) -> str:
        customer = self.buyer()
        return customer.language if customer else ""

    def _suit_language(self) -> None:
        """Choose the language of the customer, else the first."""
        self.language.set_value(self._customer_language())
        if self.language.value() is None and self.language.count():
            self.language.setCurrentIndex(0)

    # What it says

    def show_messages(self, messages: Sequence[Message], walk: Walk, ours: bool) -> None:
        """Say what is missing in the messages of the reply, and show them where there are several.

        `ours` says whether they are those of the walk, of which one is on the clipboard.
        """
        missing = list(dict.fromkeys(key for message in messages for key in message.filled.missing))
        for editor, keys in ((self.customer, {"customer"}), (self.item, set(OF_ITEM)), (self.quantity, {"quantity"})):
            theme.look(editor, "" if keys.isdisjoint(missing) else "warn")
        sentences = Filled("", missing, []).sentences
        self.missing.setText("\n".join(sentences))
        self.missing.setVisible(bool(missing))
        self._show_steps(messages if len(messages) > 1 else (), walk, ours)

    def _show_steps(self, messages: Sequence[Message], walk: Walk, ours: bool) -> None:
        if len(self._steps) != len(messages):
            for step in self._steps:
                self._flow.removeWidget(step)
                step.hide()
                step.deleteLater()
            self._steps = [Button("", look="chip") for _message in messages]
            for place, step in enumerate(self._steps):
                step.setCheckable(True)
                step.clicked.connect(partial(self._on_step, place))
                self._flow.addWidget(step)
                step.show()
            tab_here(self.steps, self._steps)
        for place, (step, message) in enumerate(zip(self._steps, messages, strict=True)):
            copied = ours and walk.place == place
            name = f"{formats.number(place + 1)}  {formats.auto(name_of(message)[:24])}"
            step.set_text(name)
            step.set_icon("clipboard-check" if copied else KINDS[message.kind][1])
            step.setChecked(copied)
            step.setDisabled(message.empty)
            step.setAccessibleName(_("{part}, on the clipboard").format(part=name) if copied else name)
            step.setToolTip(_("On the clipboard now") if copied else _("Copy this part"))
        self.steps.setVisible(bool(messages))

    def _on_step(self, place: int) -> None:
        self._steps[place].setChecked(False)
        self.wanted.emit(place)

    @Slot()
    def _on_customer_picked(self) -> None:
        """Write to the customer that was chosen as it is known how; for a name alone, as nothing is known."""
        customer = self.buyer()
        if customer or self._suited:
            self.gender.set_value(customer.gender if customer else "")
            self._suit_language()
            self._suited = customer is not None
            self.changed.emit()

    def _offer(self, find_them: Callable[[Session, str], Sequence[Offer]], typed: str) -> Sequence[Offer]:
        return self._context.get(find_them, typed)


def _read_customer(session: Session, customer: int) -> Customer | None:
    return session.get(Customer, customer)


def offer_customers(session: Session, typed: str) -> list[Offer]:
    """Return the customers that are meant by what is typed into a Picker."""
    found = read_customers(session, find_customers(session, typed, limit=OFFERED))
    return [(one.id, one.name, formats.phone(one.phone)) for one in found if one.name]


def offer_items(session: Session, typed: str) -> list[Offer]:
    """Return the items that a picker offers for what is typed."""
    found = cards(session, find_products(session, typed, OFFERED))
    return [(card.id, card.name, formats.ltr(card.code)) for card in found]


def _labelled(words: str, editor: Line | Choice) -> QWidget:
    """Return an editor below its label: shown and hidden together."""
    both = QWidget()
    both.setLayout(Labelled(words, editor))
    return both
