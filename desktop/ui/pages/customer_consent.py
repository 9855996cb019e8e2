"""Whether a customer agreed to messages, or asked for no more of them, and the last contact: each in one click."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Customer
from desktop.i18n import N_, _, formats
from desktop.services.customers import (
    give_consent,
    may_write_to,
    resume_messages,
    stop_messages,
    touch_contact,
    withdraw_consent,
)
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.item_form import Form
from desktop.ui.widgets.buttons import flat, quiet
from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.labels import Label


class CustomerConsent(QWidget):
    """What the customer of `show_customer` said about messages. Its two fields belong to the page's form."""

    def __init__(self, context: Context, form: Form) -> None:
        super().__init__()
        self._context = context
        self._customer: Customer | None = None
        self.state = Label("", wrap=True)
        self.agreed = quiet(_("Agreed to messages"), "check")
        # TRANSLATORS: a button: the customer has asked for no more messages.
        self.stop = quiet(_("Asked to stop"), "x")
        # TRANSLATORS: a button: the customer wants to be written to again.
        self.resume = quiet(_("Wants messages again"), "rotate-ccw")
        self.withdraw = flat(_("Noted by mistake"))
        words = _("At the counter, in the chat: “…”")
        self.how = LineField(
            _("How they agreed, in which words"), form.saver("consent_how", N_("Change consent")), placeholder=words
        )
        self.stopped_how = LineField(
            _("How they asked to stop"), form.saver("stopped_how", N_("Change consent")), placeholder=words
        )
        form.add("consent_how", self.how)
        form.add("stopped_how", self.stopped_how)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.agreed, self.stop, self.resume, self.withdraw):
            flow.addWidget(button)
            button.setDisabled(context.read_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        for widget in (self.state, self.how, self.stopped_how):
            column.addWidget(widget)
        column.addWidget(buttons)
        self.agreed.clicked.connect(partial(self._do, N_("Note consent"), give_consent))
        self.withdraw.clicked.connect(partial(self._do, N_("Take consent back"), withdraw_consent))
        self.stop.clicked.connect(partial(self._do, N_("Stop messages"), stop_messages))
        self.resume.clicked.connect(partial(self._do, N_("Allow messages again"), resume_messages))

    def show_customer(self, customer: Customer) -> None:
        """Say what is stored of a customer."""
        self._customer = customer
        stopped, agreed = customer.stopped_at is not None, customer.consent_at is not None
        if stopped:
            words = may_write_to(customer)
        elif agreed:
            words = _("Agreed to messages on {day}.").format(day=formats.datetime(customer.consent_at or 0))
        else:
            words = _("Nothing is noted yet. Before offers are sent, the customer has to agree to get them.")
        self.state.setText(words)
        theme.look(self.state, "warn" if stopped else "" if agreed else "small")
        self.agreed.setVisible(not (agreed or stopped))
        self.stop.setVisible(not stopped)
        self.resume.setVisible(stopped)
        self.withdraw.setVisible(agreed and not stopped)
        self.how.setVisible(agreed and not stopped)
        self.stopped_how.setVisible(stopped)

    def _do(self, title: str, fn: Callable[..., object], _checked: bool = False) -> None:
        if self._customer:
            self._context.act(title, fn, [self._customer.id])


class LastContact(QWidget):
    """When a customer wrote last, with a button for when they just did."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._customer: int | None = None
        self.words = Label("", wrap=True)
        self.now = quiet(_("Wrote to me now"), "message-circle")
        self.now.setDisabled(context.read_only)
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(Label(_("Last contact"), "section"))
        column.addLayout(row)
        self.now.clicked.connect(self._on_now)

    def show_customer(self, customer: Customer) -> None:
        """Say when it was."""
        self._customer = customer.id
        known = customer.last_contact_at
        self.words.setText(_("Not known") if known is None else formats.datetime(known))

    @Slot()
    def _on_now(self) -> None:
        if self._customer is not None:
            self._context.act(N_("Note contact"), touch_contact, self._customer, done=_("Noted: wrote just now"))
