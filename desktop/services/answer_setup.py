"""What the answers depend on, read from the shop: as it is written here, or as it was copied to the phone."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import (
    AutomaticMessage,
    AutomaticPeriod,
    AutomaticRecipient,
    AutomaticText,
    CustomerLabel,
    PhoneCopy,
)
from desktop.data.search import fold
from desktop.i18n import _, bidi, formats, speaking
from desktop.services.answer_strip import Concern, Copy, concerns
from desktop.services.answering import Automatic, Kind, Person, Setup, Wording
from desktop.services.customers import called, find_customers, read_customer, read_customers
from desktop.services.errors import Invalid, NotFound
from desktop.services.hours import read_schedule, shop_zone
from desktop.services.hours_text import week_text
from desktop.services.links import catalog_link
from desktop.services.opening import Schedule, Span
from desktop.services.phone_copy import automatic_copies
from desktop.services.phone_fields import ON, period_in, recipients_in, spans_in
from desktop.services.profile import read_profile
from desktop.services.share import customers_language

OFFERED = 4  # of customers that fit a name


def read_setup(session: Session, on_phone: bool = False) -> Setup:
    """Return what is set up here, or with `on_phone` what is on the phone as far as the owner said so."""
    profile = read_profile(session)
    rows = {row.kind: row for row in session.scalars(select(AutomaticMessage))}
    language = customers_language(profile)
    if on_phone:
        copies = _copies(session)
        zone = shop_zone(profile.time_zone)
        greeting, away = (_copied(kind, rows.get(kind), copies, zone) for kind in ("greeting", "away"))
        schedule = Schedule(_phone_week(copies), (), zone)
        return Setup(greeting, away, schedule, {}, language, profile.territory, True)
    schedule = read_schedule(session)
    with speaking(language):
        values = {
            "shop": profile.name,
            "address": profile.address,
            "map_link": profile.map_link,
            "catalog_link": catalog_link(profile.phone) if profile.phone else "",
            "hours_week": bidi.strip(week_text(schedule.week, profile.territory)),
        }
    greeting, away = (_written(session, kind, rows.get(kind)) for kind in ("greeting", "away"))
    return Setup(greeting, away, schedule, values, language, profile.territory)


def read_concerns(session: Session, today: dt.date) -> list[Concern]:
    """Return what is probably not meant of the answers of the two weeks from `today` on, the worst first."""
    here, phone = read_setup(session), read_setup(session, on_phone=True)
    copies = {kind: Copy(state, why) for kind, (state, why) in automatic_copies(session, today).items()}
    try:
        return concerns(here, today, phone, copies)
    except OverflowError:  # at the ends of the calendar
        return []


def read_person(session: Session, customer_id: int, zone: dt.tzinfo) -> Person:
    """Return a customer as one who writes. Raises NotFound."""
    row = read_customer(session, customer_id)
    labels = session.scalars(select(CustomerLabel.label_id).where(CustomerLabel.customer_id == customer_id))
    last = dt.datetime.fromtimestamp(row.last_contact_at, zone) if row.last_contact_at is not None else None
    return Person(row.id, row.name, row.saved, frozenset(labels), row.language, row.gender, last)


def find_person(session: Session, typed: str) -> int:
    """Return the id of the customer that a name or a number means. Raises NotFound, and Invalid where several fit."""
    rows = read_customers(session, find_customers(session, typed, limit=OFFERED)) if typed.strip() else []
    if not rows:
        raise NotFound("customer", _("No customer fits “{typed}”.").format(typed=formats.auto(typed.strip())))
    whole = fold(typed).strip().lstrip("+@")
    found = [row for row in rows if whole in (fold(row.name), row.phone, fold(row.username))] or rows
    if len(found) > 1:
        names = formats.listing(f"{called(row)} {formats.phone(row.phone)}".strip() for row in found)
        raise Invalid("customer", _("Several customers fit: {names}. Name one by the number.").format(names=names))
    return found[0].id


def _written(session: Session, kind: Kind, row: AutomaticMessage | None) -> Automatic:
    if row is None:
        return Automatic(kind)
    own = [(row.starts, row.ends)] if row.starts is not None and row.ends is not None else []
    more = session.execute(
        select(AutomaticPeriod.starts, AutomaticPeriod.ends).where(AutomaticPeriod.automatic_id == row.id)
    )
    named = session.execute(
        select(AutomaticRecipient.customer_id, AutomaticRecipient.label_id).where(
            AutomaticRecipient.automatic_id == row.id
        )
    ).all()
    texts = session.scalars(
        select(AutomaticText).where(AutomaticText.automatic_id == row.id).order_by(AutomaticText.id)
    )
    return Automatic(
        kind,
        row.enabled,
        row.text,
        row.schedule if kind == "away" else "always",
        tuple(sorted([*own, *((starts, ends) for starts, ends in more)])),
        row.recipients,
        frozenset(customer for customer, _label in named if customer is not None),
        frozenset(label for _customer, label in named if label is not None),
        tuple(Wording(text.text, text.language, text.overlay_id or 0) for text in texts),
    )


def _copies(session: Session) -> dict[tuple[str, int, str], str]:
    columns = (PhoneCopy.model, PhoneCopy.row_id, PhoneCopy.field, PhoneCopy.text)
    query = select(*columns).where(PhoneCopy.model.in_(("automatic_message", "hours")))
    return {(model, row_id, field): text for model, row_id, field, text in session.execute(query)}


def _copied(
    kind: Kind, row: AutomaticMessage | None, copies: dict[tuple[str, int, str], str], zone: dt.tzinfo
) -> Automatic:
    own = ("automatic_message", row.id if row else 0)
    fields = {field: text for (model, row_id, field), text in copies.items() if (model, row_id) == own}
    if not fields:
        return Automatic(kind, known=False)
    when = fields.get("when", "")
    period = period_in(when, zone)
    recipients, people = recipients_in(fields.get("recipients", ""))
    return Automatic(
        kind,
        fields.get("on") == ON,
        fields.get("text", ""),
        "custom" if period else when or "always",
        (period,) if period else (),
        recipients,
        people,
    )


def _phone_week(copies: dict[tuple[str, int, str], str]) -> tuple[Span, ...]:
    found: Sequence[Span] = [
        span
        for (model, weekday, field), text in copies.items()
        if model == "hours" and field == "hours"
        for span in spans_in(text, weekday)
    ]
    return tuple(found)
