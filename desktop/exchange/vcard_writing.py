"""The customers as contact cards (vCard 3.0 or 4.0) that every phone takes; what they say is only ever text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer
from desktop.exchange.contact_cells import shown_number
from desktop.exchange.encoding import UNKEPT
from desktop.exchange.files import write_file
from desktop.i18n import bidi
from desktop.services.customers import called
from desktop.services.extra import extra_of
from desktop.services.labels import labels_of

Version = Literal["3.0", "4.0"]
FOLDED = 75  # bytes of a line, as RFC 2425 and 6350 have it
KINDS = ("cell", "home", "work", "fax", "pager", "car", "main", "voice")  # of numbers, that phones know
NAME = re.compile(r"[A-Z][A-Z0-9-]*")
HELD = {"TEL", "N", "FN", "CATEGORIES", "VERSION", "BEGIN", "END", "USERNAME"}  # in `extra`, and written otherwise
SIGNS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def write_vcards(session: Session, out: Path | BinaryIO, version: Version = "3.0") -> int:
    """Write a card for each customer, and return how many. Raises CannotWrite; a file is whole, or as it was."""
    customers = list(session.scalars(select(Customer).order_by(Customer.sort_key, Customer.id)))
    labels = labels_of(session, [customer.id for customer in customers])
    pieces = (
        card(customer, [name for name, _colour in labels.get(customer.id, ())], version).encode()
        for customer in customers
    )
    if isinstance(out, Path):
        write_file(out, pieces)
    else:
        out.writelines(pieces)
    return len(customers)


def card(customer: Customer, labels: list[str], version: Version = "3.0") -> str:
    """Return the card of a customer."""
    lines = [("BEGIN", "VCARD"), ("VERSION", version), *_properties(customer, labels), ("END", "VCARD")]
    return "".join(f"{folded(f'{name}:{value}')}\r\n" for name, value in lines)


def escaped(text: str) -> str:
    """Return a text as the value of a property, or a part of it: nothing in it ends the line or begins another part."""
    return bidi.contained(UNKEPT.sub("", text)).translate(SIGNS)


def folded(line: str) -> str:
    """Return a line in lines of 75 bytes, none of which ends within a character."""
    if len(line) <= FOLDED and line.isascii():
        return line
    lines, start, size = [], 0, 0
    for place, char in enumerate(line):
        width = len(char.encode())
        if size + width > FOLDED:
            lines.append(line[start:place])
            start, size = place, 1  # the space before it
        size += width
    return "\r\n ".join([*lines, line[start:]])


def _properties(customer: Customer, labels: list[str]) -> Iterator[tuple[str, str]]:
    extra = extra_of(customer.extra)
    name = escaped(called(customer) or customer.email)
    yield "N", f";{name};;;"
    yield "FN", name
    kinds = dict(line.partition(": ")[::2] for line in extra.get("TEL", "").split("\n"))
    for place, number in enumerate(filter(None, (customer.phone, *customer.more_phones.split("\n"))), 1):
        kind = kinds.get(number, "cell" if number == customer.phone else "")
        known = f";TYPE={kind.upper()}" if kind in KINDS else ""
        group = f"item{place}." if kind and not known else ""  # as an iPhone says what somebody calls a number
        chat = f";waid={number}" if number == customer.phone else ""
        yield f"{group}TEL{known}{chat}", escaped(shown_number(number))
        if group:
            yield f"{group}X-ABLabel", escaped(kind)
    for email in filter(None, (customer.email, *customer.more_emails.split("\n"))):
        yield "EMAIL;TYPE=INTERNET", escaped(email)
    for prop, text in (("ORG", customer.company), ("NOTE", customer.note), ("BDAY", customer.birthday)):
        if text:
            yield prop, escaped(text)
    if customer.address:
        yield "ADR", f";;{escaped(customer.address)};;;;"
    if customer.username:
        yield "X-WHATSAPP-USERNAME", escaped(customer.username)
    if groups := [*labels, *filter(None, extra.get("CATEGORIES", "").split("\n"))]:
        yield "CATEGORIES", ",".join(map(escaped, groups))
    for prop, text in extra.items():
        if NAME.fullmatch(prop) and prop not in HELD:
            for line in filter(None, text.split("\n")):
                yield prop, f";;{escaped(line)};;;;" if prop == "ADR" else escaped(line)
