"""Customers: people with a phone, a username, or neither; what is known of them, and whether they may be written to."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Customer, now
from desktop.data.search import fold
from desktop.i18n import _, bidi, formats
from desktop.i18n.folding import in_order
from desktop.services.duplicates import held_by
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.labels import labels_of
from desktop.services.links import chat_link, read_phone
from desktop.services.phones import parse_phone
from desktop.services.profile import read_profile
from desktop.services.terms import Search
from desktop.services.usernames import parse_username
from desktop.services.web import email_address
from desktop.services.who import PEOPLE as PEOPLE  # how they are found
from desktop.services.who import find

PEOPLE_TABLE = Customer.metadata.tables["customer"]
LINES = ("name", "company", "language", "consent_how", "stopped_how")
GENDERS = ("", "f", "m")  # of the words to write to them
SEARCHED = ("name", "phone", "username", "company", "more_phones", "email", "more_emails", "address", "note")
SORTED = 200  # letters of a name that it is sorted by: an index takes no more than some thousands
BIRTHDAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|--(\d\d?)-(\d\d?)|(\d\d?)[-/. ]+(\d\d?)(?:[-/. ]+(\d{4}))?")
EARLIEST = 1900  # year of birth
TOLD_BY = 8  # digits at the end of a number, by which few have it: the first are those of half the country


@dataclass(frozen=True)
class Person:
    """What a list shows of one customer: `labels` as (name, colour), `stopped` if no more messages are wanted."""

    id: int
    version: int
    name: str
    phone: str
    username: str
    company: str
    consent: bool
    stopped: bool
    last_contact_at: int | None
    labels: tuple[tuple[str, int], ...] = ()


# Reading


def find_customers(session: Session, typed: str = "", terms: Sequence[str] = (), limit: int | None = None) -> list[int]:
    """Return the ids of the customers that `typed` means and who meet `terms` (see `services.who`), the best first."""
    return find(session, Search(typed, tuple(terms)), limit)


def count_customers(session: Session) -> int:
    """Return how many customers there are."""
    return session.scalar(select(func.count()).select_from(Customer)) or 0


def read_customer(session: Session, customer_id: int) -> Customer:
    """Return a customer. Raises NotFound."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("", _("This customer has been deleted. Undo brings them back."))
    return customer


def read_customers(session: Session, ids: Sequence[int]) -> list[Customer]:
    """Return those of `ids` that still exist, in the order of `ids`."""
    found = {one.id: one for one in session.scalars(select(Customer).where(among(session, Customer.id, ids)))}
    return [found[one] for one in ids if one in found]


def read_people(session: Session, ids: Sequence[int]) -> list[Person]:
    """Return what a list shows of those of `ids` that still exist, in the order of `ids`."""
    columns = (Customer.id, Customer.version, Customer.name, Customer.phone, Customer.username, Customer.company)
    query = select(*columns, Customer.consent_at, Customer.stopped_at, Customer.last_contact_at)
    labels = labels_of(session, ids)
    found = {
        row.id: Person(
            *row[:6],
            consent=row.consent_at is not None,
            stopped=row.stopped_at is not None,
            last_contact_at=row.last_contact_at,
            labels=tuple(labels.get(row.id, ())),
        )
        for row in session.execute(query.where(among(session, Customer.id, ids)))
    }
    return [found[one] for one in ids if one in found]


def holders(session: Session, number: str) -> list[int]:
    """Return the ids of the customers who have a number (digits), their first or a further one, the earliest first."""
    found = read_customers(session, sorted(find_customers(session, number[-TOLD_BY:])))
    return [one.id for one in found if number in held_by(one.phone, one.more_phones)]


def called(customer: Customer | Person) -> str:
    """Return what to call a customer: the name, else the company, the username or the number; without marks."""
    username = f"@{customer.username}" if customer.username else ""
    return customer.name or customer.company or username or (f"+{customer.phone}" if customer.phone else "")


# Writing to them


def may_write_to(customer: Customer) -> str:
    """Return why this customer is not to be written to, in one sentence; "" if nothing is against it."""
    if customer.stopped_at is None:
        return ""
    # TRANSLATORS: the customer (of either gender) has opted out: the shop is not to write any more.
    return _("Asked for no more messages on {day}.").format(day=formats.date(_day(customer.stopped_at)))


def no_chat(customer: Customer) -> str:
    """Return why no chat with this customer can be opened, in one sentence; "" if one can."""
    if reason := may_write_to(customer):
        return reason
    return "" if customer.phone else _("No phone number is known, so no chat can be opened from here.")


def chat_of(customer: Customer, text: str = "") -> str:
    """Return the link that opens a chat with a customer, `text` ready in it. Raises Invalid("phone", why) if none can.

    It opens a draft: what becomes of it, nobody here knows.
    """
    if reason := no_chat(customer):
        raise Invalid("phone", reason)
    return chat_link(customer.phone, text)


def touch_contact(session: Session, customer_id: int, at: int | None = None) -> None:
    """Note that a customer wrote at a moment (UTC seconds; now by itself). One before what is known changes nothing."""
    customer = read_customer(session, customer_id)
    at = now() if at is None else at
    if customer.last_contact_at is None or customer.last_contact_at < at:
        customer.last_contact_at = at
        session.flush()


def give_consent(session: Session, ids: Sequence[int], how: str = "", at: int | None = None) -> int:
    """Note that customers agreed to messages: when (now by itself), where, by which words; return of how many.

    Who had agreed before keeps what was noted then. Who has asked for no more messages is still not written to: only
    `resume_messages` says otherwise.
    """
    values = {"consent_at": now() if at is None else at, "consent_how": one_line(bidi.strip(clean(how)))}
    return _set(session, ids, values, Customer.consent_at.is_(None))


def withdraw_consent(session: Session, ids: Sequence[int]) -> int:
    """Take away that customers agreed, where that was noted by mistake, and return of how many."""
    return _set(session, ids, {"consent_at": None, "consent_how": ""}, Customer.consent_at.is_not(None))


def stop_messages(session: Session, ids: Sequence[int], how: str = "", at: int | None = None) -> int:
    """Note that customers asked for no more messages: when (now by itself), where, by which words; return of how many.

    Who had asked before keeps what was noted then.
    """
    values = {"stopped_at": now() if at is None else at, "stopped_how": one_line(bidi.strip(clean(how)))}
    return _set(session, ids, values, Customer.stopped_at.is_(None))


def resume_messages(session: Session, ids: Sequence[int]) -> int:
    """Let customers be written to again who had asked for no more messages, and return how many.

    Whether they agreed before is kept.
    """
    return _set(session, ids, {"stopped_at": None, "stopped_how": ""}, Customer.stopped_at.is_not(None))


def set_saved(session: Session, ids: Sequence[int], saved: bool) -> int:
    """Note whether customers are in the address book of the shop's phone, and return of how many that is new."""
    return _set(session, ids, {"saved": saved}, Customer.saved.is_not(saved))


def _set(session: Session, ids: Sequence[int], values: dict[str, Any], these: ColumnElement[bool]) -> int:
    session.flush()
    here = (among(session, Customer.id, ids), these)
    changed = session.connection().execute(update(PEOPLE_TABLE).where(*here).values(values)).rowcount
    session.expire_all()
    return changed


# Adding, changing, removing


def add_customer(session: Session, name: str, phone: str = "", **fields: Any) -> int:
    """Add a customer and return the id; `fields` are as in `update_customer`.

    Raises Invalid for what no customer can have, or for nobody at all.
    """
    values = clean_fields({"name": name, "phone": phone, **fields}, read_profile(session).territory)
    customer = Customer(**values)
    _check_somebody(customer)
    _note(customer)
    session.add(customer)
    session.flush()
    return customer.id


def update_customer(session: Session, customer_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of a customer; `base` is the version they were typed over.

    Values are plain: texts as they were typed, moments in UTC seconds or None, flags. Raises Invalid with the column as
    its field, Stale if the same column has changed elsewhere, NotFound if the customer is gone.
    """
    customer = read_customer(session, customer_id)
    known = {"more_phones": customer.more_phones, "more_emails": customer.more_emails}
    values = clean_fields(changed, read_profile(session).territory, known)
    with session.no_autoflush:  # else what has changed is written twice, and has two versions
        change_row(session, Customer, customer_id, base, values)
        _check_somebody(customer)
        _note(customer)
    session.flush()


def remove_customers(session: Session, ids: Sequence[int]) -> int:
    """Delete customers with their labels, and return how many; orders and follow-ups stay. Undo brings all back."""
    session.flush()
    removed = session.connection().execute(delete(PEOPLE_TABLE).where(among(session, Customer.id, ids))).rowcount
    session.expire_all()
    return removed


def customer_keys(values: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a customer with these columns is searched by (`search_key`), and sorted by (`sort_key`)."""
    texts = [str(values.get(name) or "") for name in SEARCHED]
    folded = fold(texts[0] or values.get("company") or values.get("username") or "")
    return fold(" \n ".join(texts)), in_order(folded[:SORTED])


def clean_fields(fields: Mapping[str, Any], territory: str, known: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the fields of a customer as they are stored, or raise Invalid for what none can have, whoever it is.

    Numbers without a country code are those of `territory`. Lines of `known` (more_phones, more_emails) are kept as
    they are, also those that are no number.
    """
    values: dict[str, Any] = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    for key, value in values.items():
        if key in LINES:
            values[key] = one_line(bidi.strip(value))
        elif key in ("note", "address"):
            values[key] = paragraphs(value)
        elif key == "username":
            values[key] = parse_username(value)
        elif key == "phone":
            values[key] = read_phone(value, territory) if bidi.strip(value).strip() else ""
        elif key == "email":
            values[key] = email_address(key, value)
        elif key == "birthday":
            values[key] = parse_birthday(value)
        elif key in ("more_phones", "more_emails"):
            values[key] = _lines(key, value, territory, (known or {}).get(key, "").split("\n"))
        elif key == "gender" and value not in GENDERS:
            raise Invalid(key, _("Choose one of: {words}.").format(words=formats.listing(filter(None, GENDERS))))
    return values


def phone_text(digits: str) -> str:
    """Return a number as people write it and `update_customer` reads it: "+971 50 123 4567"; what is none, as it is."""
    shown = bidi.strip(formats.phone(digits))
    try:
        return shown if digits and parse_phone(shown, "") == digits else digits
    except Invalid:
        return digits


def parse_birthday(typed: str) -> str:
    """Return a day of birth as it is kept: "1990-05-14", or "--05-14" where the year is not known; "" for "".

    Understood are 14/5/1990, 14/5, with . - or spaces, and what is kept. Raises Invalid("birthday", why).
    """
    text = fold(typed)
    if not text:
        return ""
    sentence = _("A birthday looks like {day} or, without the year, {short}.")
    sentence = sentence.format(day=formats.ltr("14/5/1990"), short=formats.ltr("14/5"))
    match = BIRTHDAY.fullmatch(text)
    if match is None:
        raise Invalid("birthday", sentence)
    year, month, day = match[1] or match[8], match[2] or match[4] or match[7], match[3] or match[5] or match[6]
    try:
        date = dt.date(int(year or 2000), int(month), int(day))  # 2000 has a 29 February
    except ValueError as error:
        raise Invalid("birthday", sentence) from error
    if year and not EARLIEST <= date.year <= formats.today().year:
        raise Invalid("birthday", _("Nobody was born in {year}. Check the year.").format(year=formats.ltr(year)))
    return date.isoformat() if year else f"--{date:%m-%d}"


def birthday_text(kept: str) -> str:
    """Return a day of birth as `parse_birthday` reads it and people write it: "14/5/1990", "14/5"; "" for ""."""
    if not kept:
        return ""
    year, month, day = ("", *kept[2:].split("-")) if kept.startswith("--") else kept.split("-")
    return "/".join(filter(None, (str(int(day)), str(int(month)), year)))


def _lines(field: str, typed: str, territory: str, known: Sequence[str]) -> str:
    """Return further numbers or addresses as they are kept, one a line and each once. Raises Invalid(field, …)."""
    kept: dict[str, None] = {}
    for line in filter(None, (bidi.strip(line).strip() for line in typed.splitlines())):
        try:
            if line in known:
                value = line
            else:
                value = email_address(field, line) if field == "more_emails" else read_phone(line, territory)
        except Invalid as invalid:
            raise Invalid(field, invalid.message) from invalid
        kept[value] = None
    return "\n".join(kept)


def _check_somebody(customer: Customer) -> None:
    if not any((customer.name, customer.phone, customer.username, customer.company, customer.email)):
        raise Invalid("name", _("Enter a name, a phone number or a username."))


def _note(customer: Customer) -> None:
    """Bring up to date what a customer is searched and sorted by."""
    found = customer_keys({name: getattr(customer, name) for name in SEARCHED})
    if (customer.search_key, customer.sort_key) != found:
        customer.search_key, customer.sort_key = found


def _day(at: int) -> dt.date:
    return dt.datetime.fromtimestamp(at, formats.now().tzinfo).date()
