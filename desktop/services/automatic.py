"""The greeting and the away message, which the phone sends by itself."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import AutomaticMessage

KINDS = ("greeting", "away")
SCHEDULES = ("always", "custom", "closed")
RECIPIENTS = ("everyone", "unknown", "except", "only")


def list_automatic(session: Session) -> dict[str, AutomaticMessage]:
    """Return the automatic messages that were written, by kind."""
    return {row.kind: row for row in session.scalars(select(AutomaticMessage))}


def set_automatic(session: Session, kind: str, **fields: Any) -> None:
    """Write or change the "greeting" or the "away" message."""
    message = list_automatic(session).get(kind)
    if message is None:
        message = AutomaticMessage(kind=kind)
        session.add(message)
    for name, value in fields.items():
        setattr(message, name, value)
    session.flush()
