"""Making a follow-up from elsewhere: what "Remind me…" does at a customer or an order."""

from desktop.i18n import N_
from desktop.services.follow_ups import add_follow_up
from desktop.ui.context import Context


def new_follow_up(context: Context, customer_id: int | None = None, order_id: int | None = None) -> None:
    """Make a follow-up for a customer or an order, and show it to be written."""
    title = N_("New follow-up")
    new = context.act(title, add_follow_up, customer_id=customer_id, order_id=order_id)
    if new is not None:
        context.go("follow-ups", new)
