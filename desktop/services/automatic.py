"""The greeting and the away message, which the phone sends by itself: what they say, when, and to whom.

What a phone can have of a message are its own columns. Only here are further texts (`AutomaticText`), further
stretches of time (`AutomaticPeriod`) and labels among the recipients. What they come to is decided in `answering`.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.data.models import (
    AutomaticMessage,
    AutomaticPeriod,
    AutomaticRecipient,
    AutomaticText,
    Customer,
    Label,
    Overlay,
)
from desktop.i18n import N_, _, formats
from desktop.services.editing import change_row, changed_elsewhere, clean, paragraphs
from desktop.services.errors import Invalid, NotFound
from desktop.services.placeholders import written_name

KINDS = ("greeting", "away")
SCHEDULES = ("always", "custom", "closed")
RECIPIENTS = ("everyone", "unknown", "except", "only")
# TRANSLATORS: of the greeting and the away message: when and to whom, in the words of WhatsApp Business.
WHEN = {
    "always": N_("Always"),
    "custom": N_("At set times"),
    "closed": N_("Outside business hours"),
}
TO_WHOM = {
    "everyone": N_("Everyone"),
    "unknown": N_("Everyone not in the address book"),
    "except": N_("Everyone except…"),
    "only": N_("Only…"),
}
EARLIEST, LATEST = 0, 253_402_300_799 - 366 * 86400  # seconds: from 1970 on, and a year before Python's calendar ends


def list_automatic(session: Session) -> dict[str, AutomaticMessage]:
    """Return the automatic messages that were written, by kind."""
    return {row.kind: row for row in session.scalars(select(AutomaticMessage))}


def set_automatic(session: Session, kind: str, base: int | None = None, **fields: Any) -> int:
    """Write or change the "greeting" or the "away" message, and return its id.

    `base` is the version that was typed over, 0 where there was none yet. Raises Invalid for a schedule that ends
    before it starts, and Stale.
    """
    if kind not in KINDS:
        raise Invalid("kind", _("There is a greeting message and an away message, and no other."))
    row = list_automatic(session).get(kind)
    if row is None:
        row = AutomaticMessage(kind=kind)
        session.add(row)
        session.flush()
        base = None
    values = _cleaned(kind, fields)
    if base == 0:  # others have written it meanwhile: what they left as it begins is free
        base = None
        if "text" in values and row.text not in ("", values["text"]):
            raise changed_elsewhere("text")
    if {"starts", "ends"} & values.keys():
        check_period(values.get("starts", row.starts), values.get("ends", row.ends))
    change_row(session, AutomaticMessage, row.id, base, values)
    session.flush()
    return row.id


def check_period(starts: int | None, ends: int | None) -> None:
    """Raise Invalid("ends" or "starts") for times, in seconds since 1970 UTC, that are no stretch of time."""
    for field, at in (("starts", starts), ("ends", ends)):
        if at is not None and not EARLIEST <= at <= LATEST:
            raise Invalid(field, _("That date is too far away. Check the year."))
    if starts is not None and ends is not None and ends <= starts:
        words = {"ends": formats.datetime(ends), "starts": formats.datetime(starts)}
        if ends == starts:
            raise Invalid("ends", _("It ends at {ends}, the moment it starts. Choose a later end.").format(**words))
        raise Invalid("ends", _("The end, {ends}, is before the start, {starts}. Change one of them.").format(**words))


def moment_at(wall: dt.datetime, zone: dt.tzinfo, field: str = "at", *, later: bool = False) -> int:
    """Return when a clock in `zone` shows `wall`, in seconds since 1970 UTC; `later` of a time that comes twice.

    Raises Invalid(field) for a time that a clock set forward skips, or that no calendar has.
    """
    aware = wall.replace(tzinfo=zone, fold=int(later))
    try:
        back = aware.astimezone(dt.UTC).astimezone(zone)
        seconds = int(aware.timestamp())
    except (OverflowError, ValueError):
        raise Invalid(field, _("That date is too far away. Check the year.")) from None
    if back.replace(tzinfo=None) != wall:
        message = _("There is no {time} on {date}: the clock is set forward over it. Choose {next} or another time.")
        words = {"time": formats.time(wall.time()), "next": formats.time(back.time())}
        raise Invalid(field, message.format(date=formats.date(wall.date()), **words))
    return seconds


# Only here: further stretches of time


def list_periods(session: Session, kind: str) -> list[AutomaticPeriod]:
    """Return the stretches of time beside the message's own, in the order of time."""
    query = select(AutomaticPeriod).join(AutomaticMessage, AutomaticMessage.id == AutomaticPeriod.automatic_id)
    query = query.where(AutomaticMessage.kind == kind)
    return list(session.scalars(query.order_by(AutomaticPeriod.starts, AutomaticPeriod.id)))


def add_period(session: Session, kind: str, starts: int, ends: int) -> int:
    """Add a stretch of time and return its id. Raises Invalid."""
    check_period(starts, ends)
    period = AutomaticPeriod(automatic_id=_message(session, kind), starts=starts, ends=ends)
    session.add(period)
    session.flush()
    return period.id


def update_period(session: Session, period_id: int, base: int | None = None, **changed: int) -> None:
    """Change `starts` or `ends` of a stretch of time. Raises Invalid, Stale, NotFound."""
    row = session.get(AutomaticPeriod, period_id)
    if row is not None:
        check_period(changed.get("starts", row.starts), changed.get("ends", row.ends))
    change_row(session, AutomaticPeriod, period_id, base, changed)
    session.flush()


def remove_period(session: Session, period_id: int) -> None:
    """Delete a stretch of time; undo brings it back."""
    session.execute(delete(AutomaticPeriod).where(AutomaticPeriod.id == period_id))


# Only here: further texts


def list_texts(session: Session, kind: str) -> list[AutomaticText]:
    """Return the texts for a language or for special hours, in the order in which they were added."""
    query = select(AutomaticText).join(AutomaticMessage, AutomaticMessage.id == AutomaticText.automatic_id)
    return list(session.scalars(query.where(AutomaticMessage.kind == kind).order_by(AutomaticText.id)))


def add_text(session: Session, kind: str, language: str = "", overlay_id: int | None = None, text: str = "") -> int:
    """Add a text for a language, for the days of an overlay, or for both, and return its id. Raises Invalid."""
    row = AutomaticText(automatic_id=_message(session, kind), language=language, overlay_id=overlay_id)
    _check_text(session, row)
    row.text = paragraphs(clean(text))
    session.add(row)
    session.flush()
    return row.id


def update_text(session: Session, text_id: int, base: int | None = None, **changed: Any) -> None:
    """Change the `language`, `overlay_id` or `text` of a further text. Raises Invalid, Stale, NotFound."""
    row = session.get(AutomaticText, text_id)
    if row is not None and {"language", "overlay_id"} & changed.keys():
        wanted = AutomaticText(
            automatic_id=row.automatic_id,
            language=changed.get("language", row.language),
            overlay_id=changed.get("overlay_id", row.overlay_id),
        )
        _check_text(session, wanted, text_id)
    if "text" in changed:
        changed["text"] = paragraphs(clean(changed["text"]))
    change_row(session, AutomaticText, text_id, base, changed)
    session.flush()


def remove_text(session: Session, text_id: int) -> None:
    """Delete a further text; undo brings it back."""
    session.execute(delete(AutomaticText).where(AutomaticText.id == text_id))


# Recipients


def list_recipients(session: Session, kind: str) -> tuple[list[Customer], list[Label]]:
    """Return the customers and the labels that "except" leaves out, or "only" means, by name."""
    of_kind = AutomaticMessage.kind == kind
    own = AutomaticRecipient.automatic_id == AutomaticMessage.id
    people = select(Customer).join(AutomaticRecipient, AutomaticRecipient.customer_id == Customer.id)
    labels = select(Label).join(AutomaticRecipient, AutomaticRecipient.label_id == Label.id)
    return (
        list(session.scalars(people.join(AutomaticMessage, own).where(of_kind).order_by(Customer.sort_key))),
        list(session.scalars(labels.join(AutomaticMessage, own).where(of_kind).order_by(Label.position))),
    )


def add_recipient(
    session: Session, kind: str, *, customer_id: int | None = None, label_id: int | None = None
) -> int | None:
    """Name a customer or a label; None if it is named already. Raises NotFound if there is no such."""
    model, row_id = (Customer, customer_id) if customer_id is not None else (Label, label_id)
    if row_id is None or session.get(model, row_id) is None:
        raise NotFound("recipients", _("This has been deleted meanwhile. Undo brings it back."))
    message = _message(session, kind)
    named = select(AutomaticRecipient.id).where(
        AutomaticRecipient.automatic_id == message,
        AutomaticRecipient.customer_id == customer_id,
        AutomaticRecipient.label_id == label_id,
    )
    if session.scalar(named) is not None:
        return None
    row = AutomaticRecipient(automatic_id=message, customer_id=customer_id, label_id=label_id)
    session.add(row)
    session.flush()
    return row.id


def remove_recipient(
    session: Session, kind: str, *, customer_id: int | None = None, label_id: int | None = None
) -> None:
    """Name a customer or a label no more."""
    own = select(AutomaticMessage.id).where(AutomaticMessage.kind == kind).scalar_subquery()
    session.execute(
        delete(AutomaticRecipient).where(
            AutomaticRecipient.automatic_id == own,
            AutomaticRecipient.customer_id == customer_id,
            AutomaticRecipient.label_id == label_id,
        )
    )


def set_recipients(session: Session, kind: str, customers: Iterable[int], labels: Iterable[int]) -> None:
    """Name exactly these customers and labels. Raises NotFound."""
    wanted = [("customer_id", one) for one in customers] + [("label_id", one) for one in labels]
    people, named = list_recipients(session, kind)
    there = [("customer_id", one.id) for one in people] + [("label_id", one.id) for one in named]
    for field, row_id in there:
        if (field, row_id) not in wanted:
            remove_recipient(session, kind, **{field: row_id})
    for field, row_id in wanted:
        add_recipient(session, kind, **{field: row_id})


def proposal(kind: str) -> str:
    """Return a text to begin with, in the language in use, with placeholders that the phone's copy can hold."""
    if kind == "greeting":
        greeting = _(
            "Welcome to {shop}! Thank you for writing to us. 🌷\nTell us what you are looking for, and we will answer "
            "as soon as we can. Our catalog: {catalog_link}"
        )
        return greeting.format(shop=written_name("shop"), catalog_link=written_name("catalog_link"))
    away = _(
        "Thank you for your message. We are closed at the moment.\nOur hours: {hours_week}\nLeave your order or "
        "question here, and we will answer as soon as we are back."
    )
    return away.format(hours_week=written_name("hours_week"))


def _message(session: Session, kind: str) -> int:
    row = list_automatic(session).get(kind)
    return row.id if row else set_automatic(session, kind)


def _cleaned(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    if "text" in values:
        values["text"] = paragraphs(clean(values["text"]))
    if values.get("schedule", "always") not in SCHEDULES:
        raise Invalid("schedule", _("Choose when it answers: always, at set times, or outside business hours."))
    if kind == "greeting" and values.get("schedule", "always") != "always":
        raise Invalid("schedule", _("The greeting has no times: it answers whoever writes for the first time."))
    if values.get("recipients", "everyone") not in RECIPIENTS:
        raise Invalid("recipients", _("Choose whom it answers."))
    return values


def _check_text(session: Session, wanted: AutomaticText, but: int = 0) -> None:
    if wanted.overlay_id is not None and session.get(Overlay, wanted.overlay_id) is None:
        raise NotFound("overlay_id", _("These hours have been deleted. Undo brings them back."))
    if not wanted.language and wanted.overlay_id is None:
        raise Invalid("language", _("Choose a language or special hours: for all else there is the message itself."))
    same = select(AutomaticText.id).where(
        AutomaticText.automatic_id == wanted.automatic_id,
        AutomaticText.language == wanted.language,
        AutomaticText.overlay_id == wanted.overlay_id,
        AutomaticText.id != but,
    )
    if session.scalar(same) is not None:
        raise Invalid("language", _("There is a text for these already. Change that one, or choose others."))
