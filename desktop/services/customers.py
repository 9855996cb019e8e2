"""Customers: people with a phone, a username, or neither."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer
from desktop.data.search import fold, search_key, sort_key
from desktop.i18n import _
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid
from desktop.services.links import read_phone
from desktop.services.profile import read_profile


def find_customers(session: Session, typed: str = "", limit: int | None = None) -> list[Customer]:
    """Return the customers whose name, number, username or note holds every word of `typed`, by name."""
    query = select(Customer).order_by(Customer.sort_key, Customer.id).limit(limit)
    for word in fold(typed).split():
        query = query.where(Customer.search_key.contains(word.lstrip("+"), autoescape=True))
    return list(session.scalars(query))


def add_customer(session: Session, name: str, phone: str = "", **fields: Any) -> int:
    """Add a customer and return the id. Raises Invalid for a phone that is none, or for nobody at all."""
    name = one_line(clean(name))
    if phone:
        phone = read_phone(phone, read_profile(session).territory)
    if not (name or phone or fields.get("username")):
        raise Invalid("name", _("Enter a name, a phone number or a username."))
    customer = Customer(name=name, phone=phone, **fields)
    texts = (customer.name, customer.phone, customer.username or "", customer.note or "")
    customer.search_key = search_key(*texts)
    customer.sort_key = sort_key(customer.name)
    session.add(customer)
    session.flush()
    return customer.id
