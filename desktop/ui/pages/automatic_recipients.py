"""Whom an automatic message is for: everyone, those not in the address book, or some by name or label."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.search import fold
from desktop.i18n import N_, _, formats
from desktop.services.automatic import (
    RECIPIENTS,
    TO_WHOM,
    add_recipient,
    list_automatic,
    list_recipients,
    remove_recipient,
    set_automatic,
)
from desktop.services.customers import called
from desktop.services.labels import list_labels
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.reply_sending import offer_customers
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.picker import Offer, Picker

TITLE = N_("Change recipients")
Named = tuple[str, int]  # "customer_id" or "label_id", and which


class Recipients(QWidget):
    """Chips choose the kind; for "except" and "only" a line names customers and labels, each a chip with a cross."""

    def __init__(self, context: Context, kind: str) -> None:
        super().__init__()
        self._context = context
        self._kind = kind
        self._shown: list[Named] = []
        self.crosses: list[Button] = []
        self.choice = Chips(_("Recipients"))
        self.choice.set_chips([(value, _(TO_WHOM[value]), "") for value in RECIPIENTS])
        self.picker = Picker(_("Add a customer or a label"), _("Add a customer or a label"), self._offer)
        self.picker.unsaved = True  # Ctrl+Z is about these letters
        self.named = QWidget()
        self._flow = FlowLayout(self.named, theme.pixels(6))
        self.hint = Label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        for widget in (Label(_("Recipients"), "section"), self.choice, self.picker, self.named, self.hint):
            column.addWidget(widget)
        self.choice.chosen.connect(self._on_chosen)
        self.picker.picked.connect(self._on_picked)
        self.setDisabled(context.read_only)

    def reload(self) -> None:
        """Show what is stored now."""
        with self._context.reader() as session:
            row = list_automatic(session).get(self._kind)
            people, labels = list_recipients(session, self._kind)
            names: dict[Named, str] = {("customer_id", one.id): called(one) for one in people}
            # TRANSLATORS: all customers who have the label {name}.
            words = _("Label: {name}")
            names |= {("label_id", one.id): words.format(name=formats.auto(one.name)) for one in labels}
        recipients = row.recipients if row else "everyone"
        self.choice.set_value(recipients)
        some = recipients in ("except", "only")
        self.picker.setVisible(some)
        self.named.setVisible(some and bool(names))
        hint = ""
        if some and not names:
            hint = _("Nobody is named yet.")
        elif some and labels:
            hint = _("Labels are only here: on the phone their customers are chosen one by one.")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        if list(names) != self._shown:
            self._show(names)

    def _show(self, names: dict[Named, str]) -> None:
        self._shown = list(names)
        for cross in self.crosses:
            self._flow.removeWidget(cross)
            cross.hide()
            cross.deleteLater()
        self.crosses = []
        for named, name in names.items():
            cross = Button(formats.auto(name[:60]), "x", look="chip")
            cross.setAccessibleName(_("Remove {name}").format(name=name))
            cross.set_hint(_("Remove {name}").format(name=name))
            cross.clicked.connect(partial(self._remove, named))
            self._flow.addWidget(cross)
            cross.show()
            self.crosses.append(cross)
        tab_here(self.named, self.crosses)

    def _offer(self, typed: str) -> Sequence[Offer]:
        return self._context.get(_offers, typed)

    @Slot(object)
    def _on_chosen(self, recipients: object) -> None:
        self._context.act(TITLE, set_automatic, self._kind, recipients=recipients)

    @Slot()
    def _on_picked(self) -> None:
        named = self.picker.value()
        if isinstance(named, tuple):
            self.picker.set_value(None, "")
            self._context.act(TITLE, add_recipient, self._kind, **{named[0]: named[1]})

    def _remove(self, named: Named) -> None:
        self._context.act(TITLE, remove_recipient, self._kind, done=_("Removed"), **{named[0]: named[1]})


def _offers(session: Session, typed: str) -> list[Offer]:
    """Return the labels and customers that what is typed may mean."""
    folded = fold(typed)
    labels: list[Offer] = [
        (("label_id", one.id), one.name, _("Label")) for one in list_labels(session) if folded in fold(one.name)
    ]
    people: list[Offer] = [
        (("customer_id", customer), name, detail) for customer, name, detail in offer_customers(session, typed)
    ]
    return [*labels[:3], *people]
