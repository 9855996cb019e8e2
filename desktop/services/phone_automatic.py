"""What of an automatic message a phone can have: one schedule, one stretch of time, people by name, one text."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.data.models import AutomaticMessage, AutomaticRecipient, Customer, CustomerLabel
from desktop.i18n import _
from desktop.services.automatic import list_periods, list_texts
from desktop.services.customers import called
from desktop.services.hours import shop_zone
from desktop.services.phone_fields import period_as_text, recipients_as_text
from desktop.services.profile import read_profile


class Options(NamedTuple):
    """The schedule and the recipients as the phone's account stores them, and what to know of them.

    `kept` says in sentences what is only here; `only_here` why none of it can be on the phone, "" where it can.
    """

    when: str
    recipients: str
    kept: Sequence[str]
    only_here: str


def phone_options(session: Session, row: AutomaticMessage, today: dt.date) -> Options:
    """Return what of a message's options a phone has on a day: of several stretches of time the first that is left."""
    when, kept, only_here = "", [], ""
    if row.kind == "away" and row.schedule == "closed":
        when = row.schedule
    elif row.kind == "away" and row.schedule == "custom":
        zone = shop_zone(read_profile(session).time_zone)
        own = [(row.starts, row.ends)] if row.starts is not None and row.ends is not None else []
        periods = sorted([*own, *((period.starts, period.ends) for period in list_periods(session, row.kind))])
        left = [period for period in periods if dt.datetime.fromtimestamp(period[1], zone).date() >= today]
        if left:
            when = period_as_text(*left[0], zone)
        else:
            only_here = _("It answers at set times, and none are to come: set a start and an end.")
        if len(left) > 1:
            kept.append(_("The phone takes one stretch of time: set the next one there when this is over."))
    if list_texts(session, row.kind):
        kept.append(_("The phone has one text: those for other languages and special hours are only here."))
    people: list[tuple[int, str]] = []
    if row.recipients in ("except", "only"):
        people, labelled = _people(session, row.id)
        if labelled:
            kept.append(_("The phone knows no labels here: choose the customers who have them now, one by one."))
    return Options(when, recipients_as_text(row.recipients, people), kept, only_here)


def _people(session: Session, automatic_id: int) -> tuple[list[tuple[int, str]], bool]:
    """Return the customers that are named, those with a label that is named among them, and whether any is."""
    named = select(AutomaticRecipient.customer_id).where(
        AutomaticRecipient.automatic_id == automatic_id, AutomaticRecipient.customer_id.is_not(None)
    )
    labels = select(AutomaticRecipient.label_id).where(
        AutomaticRecipient.automatic_id == automatic_id, AutomaticRecipient.label_id.is_not(None)
    )
    labelled = select(CustomerLabel.customer_id).where(CustomerLabel.label_id.in_(labels))
    columns = (Customer.id, Customer.name, Customer.company, Customer.username, Customer.phone)
    query = select(*columns).where(or_(Customer.id.in_(named), Customer.id.in_(labelled))).order_by(Customer.id)
    rows = session.execute(query)
    people = [(row.id, " ".join(called(row).split())) for row in rows]  # type: ignore[arg-type]  # all it looks at
    return people, session.scalar(labels.limit(1)) is not None
