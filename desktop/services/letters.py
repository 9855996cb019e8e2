"""Letters: a text as one customer is to read it, where to, and why they are not to be written to, if so."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.data.models import Customer
from desktop.services.customers import may_write_to
from desktop.services.messages import fill_message
from desktop.services.placeholders import Filled


@dataclass(frozen=True)
class Letter:
    """A message as a customer is to read it, and where to; `refusal` says why they are not to be written to."""

    filled: Filled
    name: str = ""
    phone: str = ""
    username: str = ""
    refusal: str = ""


def write_to(session: Session, text: str, customer: Customer | None, values: Mapping[str, str] | None = None) -> Letter:
    """Return a text as a customer is to read it, and why they are not to be written to, if so."""
    if customer is None:
        return Letter(fill_message(session, text, values=values))
    filled = fill_message(
        session, text, customer.name, values=values, gender=customer.gender, language=customer.language
    )
    return Letter(filled, customer.name, customer.phone, customer.username, may_write_to(customer))
