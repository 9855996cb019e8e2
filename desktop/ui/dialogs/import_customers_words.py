"""The words of an import of customers: what fields are called, what a value is, and what goes wrong."""

from desktop.exchange.contact_tables import FIELDS, NAMES
from desktop.exchange.importing import Report
from desktop.exchange.mapping import LEFT_OUT
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.customers import birthday_text
from desktop.services.extra import extra_of
from desktop.ui.dialogs.import_customers_reading import Opened

LONGEST = 80  # letters of a value
JOINED = (
    *("phone", "phone:cell", "phone:home", "phone:work", "phone:fax", "phone:pager", "phone:car", "more_phones"),
    *("email", "more_emails", "note", "labels", "stopped", "street", "city", "region", "postcode", "country", *NAMES),
)
FIELD_WORDS = {
    "name": N_("Name"),
    # TRANSLATORS: what stands before a name: Dr., Mrs.
    "prefix": N_("Title before the name"),
    "first_name": N_("First name"),
    "middle_name": N_("Middle name"),
    "last_name": N_("Family name"),
    "suffix": N_("Words after the name"),
    "phone": N_("Phone number"),
    "phone:cell": N_("Phone number, mobile"),
    "phone:home": N_("Phone number, home"),
    "phone:work": N_("Phone number, work"),
    "phone:fax": N_("Phone number, fax"),
    "phone:pager": N_("Phone number, pager"),
    "phone:car": N_("Phone number, car"),
    "more_phones": N_("More phone numbers"),
    "email": N_("Email"),
    "more_emails": N_("More email addresses"),
    "company": N_("Company"),
    "address": N_("Address"),
    "street": N_("Street"),
    "city": N_("City"),
    "region": N_("Region"),
    "postcode": N_("Postal code"),
    "country": N_("Country"),
    "birthday": N_("Birthday"),
    "note": N_("Notes"),
    "labels": N_("Labels"),
    "stopped": N_("Asked to stop"),
    "stopped_at": N_("Asked to stop"),
    "stopped_how": N_("How they asked to stop"),
    "username": N_("Username"),
    "language": N_("Language"),
    # TRANSLATORS: which words to write to a customer with: f or m.
    "gender": N_("Form of address"),
    "extra": N_("Further fields"),
}
OURS = ("stopped_at", "stopped_how", "extra")  # what only a table that was written here has as columns
REASONS = {
    "name": N_("Its name means this."),
    "meaning": N_("Its name means this."),
    "content": N_("What is in it looks like this."),
    "kept": N_("Kept aside, under its own name."),
    "chosen": N_("Chosen by you."),
}
CAUSES = {
    "phone_unreadable": N_("Numbers that are kept as they are written"),
    "phone_spoiled": N_("Numbers that a spreadsheet has spoiled"),
    "phone_shared": N_("Customers with the same number"),
    "email_unreadable": N_("Email addresses that are none"),
    "username_unreadable": N_("Usernames that are none"),
    "birthday_unreadable": N_("Birthdays that could not be read"),
    "card_cut": N_("Cards that are cut short"),
    "card_nested": N_("Cards inside other cards"),
    "card_empty": N_("Cards with nothing in them"),
    "encoding_guessed": N_("Letters that were guessed"),
    "name_missing": N_("Rows with nobody in them"),
    "file_left_out": N_("Files that were passed over"),
}


def said(opened: Opened) -> str:
    """Return what a file is and how much is in it, in one sentence."""
    n = len(opened.contacts.people)
    if opened.table:
        return ngettext("A table with {n} person.", "A table with {n} people.", n).format(n=formats.number(n))
    return ngettext("{n} contact card.", "{n} contact cards.", n).format(n=formats.number(n))


def field_words(field: str) -> str:
    """Return what a field of an import is called."""
    if field == "":
        return _("Keep aside, as a further field")
    if field == LEFT_OUT:
        return _("Leave out")
    return _(FIELD_WORDS[field]) if field in FIELD_WORDS else formats.ltr(field)


def fields_offered(chosen: str = "") -> list[tuple[object, str]]:
    """Return the fields that a column can be, those that every owner knows first."""
    known = [field for field in FIELDS if field in FIELD_WORDS and field not in OURS]
    return [(field, field_words(field)) for field in dict.fromkeys(["", LEFT_OUT, *known, chosen])]


def value_words(field: str, value: object) -> str:
    """Return a value of a customer as one reads it, "–" for none."""
    if value is None or value == "":
        return "–"
    if field == "phone":
        return formats.phone(str(value))
    if field == "birthday":
        return formats.ltr(birthday_text(str(value)))
    if field in ("consent_at", "stopped_at", "last_contact_at") and isinstance(value, int):
        return formats.datetime(value)
    text = str(value)
    if field == "extra":
        text = " · ".join(f"{name}: {' '.join(line.split())}" for name, line in extra_of(text).items())
    text = " ".join(text.split())
    return formats.auto(formats.short(text, LONGEST))


def cause_words(code: str) -> str:
    """Return what problems of one cause are called."""
    return _(CAUSES[code]) if code in CAUSES else _("Other things to look at")


def outcome(report: Report) -> str:
    """Return what to say once customers are imported."""
    n = report.new + report.changed
    return ngettext("{n} customer imported", "{n} customers imported", n).format(n=formats.number(n))


def import_words(count: int) -> str:
    """Return what the last button does."""
    if not count:
        return _("Import")
    return ngettext("Import {n} customer", "Import {n} customers", count).format(n=formats.number(count))
