"""How many replies there are, and how much is due: the window counts them as it opens.

Their tables are asked by name: to load their models, and all that goes with them, takes a tenth of its start.
"""

import datetime as dt

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from desktop.i18n import formats

replies = table("reply")
follow_ups = table("follow_up", column("done_at"), column("due_at"))


def count_replies(session: Session) -> int:
    """Return how many replies there are."""
    return session.scalar(select(func.count()).select_from(replies)) or 0


def count_due(session: Session) -> int:
    """Return how many follow-ups are overdue or due on this day, as it is where the shop is (see `formats`)."""
    now = formats.now()
    tomorrow = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
    due = (follow_ups.c.done_at.is_(None), follow_ups.c.due_at < int(tomorrow.timestamp()))
    return session.scalar(select(func.count()).select_from(follow_ups).where(*due)) or 0
