"""What the customers are found by, and what that is called: the terms and orders of `services.who`."""

from desktop.data.models import Customer, CustomerLabel, FollowUp, Label, Order
from desktop.i18n import N_, formats, ngettext
from desktop.services.customers import count_customers
from desktop.services.who import ANY, count_terms, find, find_first, label_terms, read_words
from desktop.ui.pages.kind import Kind


def _say(name: str, value: str) -> str:
    if name != "quiet":
        return ""
    days = int(value)
    return ngettext("Quiet for {n} day", "Quiet for {n} days", days).format(n=formats.number(days))


PEOPLE = Kind(
    model=Customer,
    find=find,
    find_first=find_first,
    total=count_customers,
    read=read_words,
    status={
        # TRANSLATORS: customers for whom something is to be done today, or was before.
        "due": N_("Something is due"),
        "open-order": N_("Order not finished"),
        # TRANSLATORS: customers who agreed to get messages, who did not, and who asked for no more of them.
        "consent": N_("Agreed to messages"),
        "no-consent": N_("Has not agreed to messages"),
        "stopped": N_("Asked for no more messages"),
        "birthday-month": N_("Birthday this month"),
        "quiet-30": N_("Quiet for 30 days"),
        "quiet-60": N_("Quiet for 60 days"),
        "quiet-90": N_("Quiet for 90 days"),
        # TRANSLATORS: customers whose number is in the address book of the phone, or is not.
        "saved": N_("Saved on the phone"),
        "not-saved": N_("Not saved on the phone"),
    },
    attention={
        "duplicate": N_("Same number twice"),
        "no-phone": N_("No number"),
        "no-name": N_("No name"),
        "no-label": N_("No label"),
        "no-language": N_("Language not known"),
        "no-contact": N_("Last contact not known"),
    },
    others={"all": N_("All"), "not-stopped": N_("May be written to")},
    orders={
        # TRANSLATORS: an order of customers.
        "": N_("Name"),
        "contact": N_("Last contact, newest first"),
        "contact-old": N_("Last contact, longest ago first"),
        "newest": N_("Newest first"),
        "changed": N_("Changed last"),
    },
    say=_say,
    group=ANY,
    groups=label_terms,
    count=count_terms,
    counted=(Customer, CustomerLabel, Label, FollowUp, Order),
    listed=(Label,),
)
