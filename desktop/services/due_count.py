"""How much is due by the end of the day: the window counts it as it opens, and loads nothing else of follow-ups."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import FollowUp
from desktop.i18n import formats


def count_due(session: Session) -> int:
    """Return how many follow-ups are overdue or due on this day, as it is where the shop is (see `formats`)."""
    now = formats.now()
    tomorrow = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
    due = select(func.count()).where(FollowUp.done_at.is_(None), FollowUp.due_at < int(tomorrow.timestamp()))
    return session.scalar(due) or 0
