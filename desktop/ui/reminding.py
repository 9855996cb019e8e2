"""Making a follow-up from elsewhere: what "Remind me…" does at a customer or an order."""

from desktop.i18n import N_
from desktop.services.follow_ups import add_follow_up
from desktop.services.order_reminders import remind_of
from desktop.ui.context import Context


def new_follow_up(context: Context, customer_id: int | None = None, order_id: int | None = None) -> None:
    """Make a follow-up for a customer or, with its reminder written, for an order; show it to be looked at."""
    title = N_("New follow-up")
    if order_id is not None:
        new = context.act(title, remind_of, order_id)
    else:
        new = context.act(title, add_follow_up, customer_id=customer_id)
    if new is not None:
        context.go("follow-ups", new)
