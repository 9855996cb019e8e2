"""The inspector of the customers: one of them, what is known, and how to reach them."""

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.data.models import Customer, CustomerLabel, Label
from desktop.data.notice import Notice
from desktop.i18n import N_, _, bidi, formats, ngettext
from desktop.services.customers import (
    birthday_text,
    called,
    chat_of,
    no_chat,
    phone_text,
    read_customer,
    read_customers,
    update_customer,
)
from desktop.services.errors import NotFound
from desktop.services.merging import duplicates_of
from desktop.services.phones import phone_example, warning
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.customer_consent import CustomerConsent, LastContact
from desktop.ui.pages.customer_labels import CustomerLabels
from desktop.ui.pages.item_form import Form
from desktop.ui.pages.row_inspector import RowInspector
from desktop.ui.reminding import new_follow_up
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import CopyButton, icon_button, quiet
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import ChoiceField, Field, LineField, Save, SwitchField, TextField
from desktop.ui.widgets.inspector import Inspector, Verbs, side_by_side
from desktop.ui.widgets.labels import Label as Words
from desktop.ui.widgets.phone_field import PhoneField

LANGUAGES = ("ar", "en", "fr", "ur", "hi", "bn", "fa", "fil", "tr", "es", "ru")
PLAIN = ("name", "username", "company", "email", "more_emails", "language", "gender", "address", "note", "saved")
TITLES = {
    "name": N_("Rename customer"),
    "phone": N_("Change phone number"),
    "more_phones": N_("Change phone number"),
    "username": N_("Change username"),
    "company": N_("Change company"),
    "email": N_("Change email"),
    "more_emails": N_("Change email"),
    "language": N_("Change language"),
    "gender": N_("Change how they are written to"),
    "birthday": N_("Change birthday"),
    "address": N_("Change address"),
    "note": N_("Change note"),
    "saved": N_("Change what is saved on the phone"),
}


class CustomerInspector(RowInspector):
    """Edits the customer of `show_row`; every field saves itself."""

    merge_wanted = Signal(object)  # the ids of customers that share a number

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__()
        self.context = context
        self._opener = opener
        self._customer: Customer | None = None
        self._doubles: list[int] = []
        self.form = Form(context, update_customer, self)
        territory = context.get(read_profile).territory
        self._make_fields(bidi.strip(phone_example(territory)))
        self.labels = CustomerLabels(context)
        self.consent = CustomerConsent(context, self.form)
        self.contact = LastContact(context)
        self.double = Words("", "warn", wrap=True)
        self.merge = quiet(_("Merge…"), "merge")
        self.chat = quiet(_("Open chat"), "message-circle")
        self.copy_link = CopyButton(_("Copy link"), self._link, icon="link")
        self.copy_phone = CopyButton(_("Copy number"), self._phone, icon="copy")
        self.reason = Words("", "small", wrap=True)
        self.remind = icon_button("bell-plus", _("Remind me…"))
        self.delete = icon_button("trash-2", _("Delete customer"))
        sentence = _("Choose a customer to see and change what is known of them.")
        self.empty = Empty("mouse-pointer-click", _("Nobody chosen"), sentence)
        theme.look(self.empty, "surface")
        self.empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack = QStackedWidget()
        self._lay_out()
        self.merge.clicked.connect(self._on_merge)
        self.chat.clicked.connect(self._on_chat)
        self.remind.clicked.connect(self._on_remind)
        self.delete.clicked.connect(self.delete_wanted)
        for button in (self.remind, self.delete, self.merge):
            button.setDisabled(context.read_only)
        self._show(None)

    def _make_fields(self, example: str) -> None:
        languages = [("", _("Not known")), *((code, formats.language_name(code)) for code in LANGUAGES)]
        genders = [("", _("Not known")), ("f", _("A woman")), ("m", _("A man"))]
        save = self._saver
        self.fields: dict[str, Field] = {
            "name": LineField(_("Name"), save("name")),
            "phone": PhoneField(_("Phone number"), save("phone"), placeholder=example),
            "note": TextField(_("Note"), save("note"), lines=(2, 8)),
            "saved": SwitchField(
                _("Saved on the phone"), save("saved"), hint=_("Some of WhatsApp's messages go to saved contacts only.")
            ),
            "username": LineField(_("Username"), save("username"), ltr=True, prefix="@"),
            "more_phones": TextField(
                _("More phone numbers"), save("more_phones"), lines=(1, 5), hint=_("One on each line")
            ),
            "language": ChoiceField(_("Language"), languages, save("language")),
            # TRANSLATORS: above "A woman", "A man": which words messages use for the customer.
            "gender": ChoiceField(_("Written to"), genders, save("gender")),
            "birthday": LineField(
                _("Birthday"), save("birthday"), ltr=True, hint=_("Day and month, with the year if it is known")
            ),
            "company": LineField(_("Company"), save("company")),
            "email": LineField(_("Email"), save("email"), ltr=True),
            "more_emails": TextField(
                _("More email addresses"), save("more_emails"), lines=(1, 5), hint=_("One on each line")
            ),
            "address": TextField(_("Address"), save("address"), lines=(2, 5)),
        }
        for column, field in self.fields.items():
            self.form.add(column, field)

    def _saver(self, column: str) -> Save[Any]:
        return self.form.saver(column, TITLES[column])

    def _lay_out(self) -> None:
        self.panel = panel = Inspector(_("Details of the customer"))
        double = QHBoxLayout()
        double.setSpacing(theme.pixels(8))
        double.addWidget(self.double, 1)
        double.addWidget(self.merge)
        panel.add(double)
        for name in ("name", "phone"):
            panel.add(self.fields[name])
        for widget in (self.labels, self.fields["note"], self.contact):
            panel.add(widget)
        self.agreement = panel.add_section(_("Agreement to messages"))
        self.agreement.add(self.consent)
        self.more = panel.add_section(_("More about them"), folded=True)
        for name in ("username", "more_phones"):
            self.more.add(self.fields[name])
        self.more.add(side_by_side(self.fields["language"], self.fields["gender"]))
        for name in ("birthday", "company", "email", "more_emails", "address", "saved"):
            self.more.add(self.fields[name])
        send = (self.chat, self.copy_link)
        panel.add_action(Verbs(send, self.copy_phone, self.remind, self.delete, above=self.reason), leading=True)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setMinimumWidth(theme.pixels(300))

    # What is shown

    def row(self) -> int | None:
        return self._customer.id if self._customer else None

    def show_anew(self, row: int | None) -> None:
        self._show(self._find(row))

    def commit(self) -> bool:
        field = self.form.commit()
        if field:
            if self.more.isAncestorOf(field):
                self.more.set_folded(False)
            self.panel.area.ensureWidgetVisible(field)
        return field is None

    @Slot()
    def _on_remind(self) -> None:
        if self._customer and self.commit():
            new_follow_up(self.context, customer_id=self._customer.id)

    def edit_name(self, whole: bool = False) -> None:
        if self._customer is None:
            return
        self.panel.area.verticalScrollBar().setValue(0)
        editor = self.fields["name"].editor
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if whole and isinstance(self.fields["name"], LineField):
            self.fields["name"].editor.selectAll()

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the customer, but in no field that is being typed in."""
        if self._customer is None or not any(map(notice.of, (Customer, CustomerLabel, Label))):
            return
        found = self._find(self._customer.id)
        if found is None:
            if not self.form.is_unsaved():
                self._show(None)
            return  # what is typed stays in sight; to save it says that they are gone
        self._customer = found
        self.form.update(found.version, _values(found))
        self._show_rest()

    def _show(self, customer: Customer | None) -> None:
        self._customer = customer
        self.stack.setCurrentIndex(1 if customer else 0)
        if customer is None:
            self.form.start(None, 0, {})
            return
        self.form.start(customer.id, customer.version, _values(customer))
        self.panel.area.verticalScrollBar().setValue(0)
        self._show_rest()

    def _find(self, customer: int | None) -> Customer | None:
        try:
            return None if customer is None else self.context.get(read_customer, customer)
        except NotFound:
            return None

    def _show_rest(self) -> None:
        """Show what is no field."""
        customer = self._customer
        assert customer, "somebody is shown"
        self.labels.show_customer(customer.id)
        self.consent.show_customer(customer)
        self.contact.show_customer(customer)
        self.fields["phone"].advise(warning(customer.phone) if customer.phone else "")
        reason = no_chat(customer)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for button in (self.chat, self.copy_link):
            button.setDisabled(bool(reason))
            button.setToolTip(reason)
        self.copy_phone.setEnabled(bool(customer.phone))
        self._show_doubles(customer)
        self._show_title(customer)

    def _show_doubles(self, customer: Customer) -> None:
        with self.context.reader() as session:
            self._doubles = duplicates_of(session, customer.id)
            others = read_customers(session, self._doubles[:3])
        words = ngettext("{names} has the same number.", "{n} others have the same number: {names}", len(self._doubles))
        names = formats.listing(formats.auto(called(other)) for other in others)
        self.double.setText(words.format(names=names, n=formats.number(len(self._doubles))) if others else "")
        for widget in (self.double, self.merge):
            widget.setVisible(bool(others))

    def _show_title(self, customer: Customer) -> None:
        """Say on the folded section what is in it."""
        filled = [
            field.label.text().replace("&&", "&")
            for name, field in self.fields.items()
            if self.more.isAncestorOf(field) and getattr(customer, name) and name != "saved"
        ]
        title = _("More about them")
        if filled:
            # TRANSLATORS: the title of a part of a form, and which of its fields are filled in.
            title = _("{title} · {fields}").format(title=title, fields=formats.listing(filled))
        self.more.header.set_text(title)

    # What one does

    @Slot()
    def _on_merge(self) -> None:
        if self._customer and self.commit():
            self.merge_wanted.emit([self._customer.id, *self._doubles])

    @Slot()
    def _on_chat(self) -> None:
        if self._customer is None or not self.commit() or no_chat(self._customer):
            return
        if self._opener(QUrl(chat_of(self._customer))):
            self.context.say(_("Chat opened. Sending is up to you, in WhatsApp."))
        else:
            self.context.say(_("No program opens links here. Copy the link and open it in a browser."))

    def _link(self) -> str:
        return chat_of(self._customer) if self._customer and not no_chat(self._customer) else ""

    def _phone(self) -> str:
        return f"+{self._customer.phone}" if self._customer and self._customer.phone else ""


def _values(customer: Customer) -> dict[str, object]:
    """Return what the fields show of a customer."""
    values: dict[str, object] = {name: getattr(customer, name) for name in (*PLAIN, "consent_how", "stopped_how")}
    values["phone"] = phone_text(customer.phone)
    values["more_phones"] = "\n".join(map(phone_text, filter(None, customer.more_phones.split("\n"))))
    values["birthday"] = birthday_text(customer.birthday)
    return values
