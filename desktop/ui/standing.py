"""What the window itself says of its shop: how much is in it, and why it cannot be changed."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.data.lock import lock_path, read_holder
from desktop.i18n import _, formats
from desktop.services.catalog import count_products
from desktop.services.counts import count_due, count_replies
from desktop.ui import unsaved
from desktop.ui.context import Context

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

COUNTED = {"catalog": count_products, "replies": count_replies, "follow-ups": count_due}


def counts(context: Context) -> dict[str, str]:
    """Return what stands beside pages in the sidebar, by their names; "" for nothing."""
    with context.reader() as session:
        found = {name: count(session) for name, count in COUNTED.items()}
    return {name: formats.number(count) if count else "" for name, count in found.items()}


def hindrance(context: Context) -> tuple[str, str]:
    """Return why the shop cannot be changed now, and the word on the button that may help; "" for nothing."""
    if context.database.lost:
        sentence = _(
            "The server cannot be reached. You can read what is loaded; what you type is kept, and saved when it is "
            "back."
        )
        return sentence, _("Try now")
    if context.database.damaged:
        sentence = _(
            "Part of {name} is damaged: not all of it can be read or saved. Copy what could not be saved, then restore "
            "a backup or open what is readable."
        )
        return sentence.format(name=formats.auto(Path(context.database.where).name)), _("Get the shop back…")
    if not context.read_only:
        return "", ""
    sentence = _("The shop is open to read only: you can look and copy, but nothing is changed.")
    return formats.sentences([sentence, _held_by(context)]), _("Open to edit")


def overcome(window: "MainWindow") -> None:
    """Do what the button says that stands beside the hindrance; nothing if it has gone by itself."""
    context = window.context
    if context and context.database.lost:
        context.database.retry()
    elif context and context.database.damaged:
        # What is typed and not saved is shown before it goes.
        if window.commit(unsaved.in_the_way_of_rescue(), closing=True):
            window.shop_action.emit("damaged", context.database.where)
    elif context and context.read_only:
        window.shop_action.emit("open", context.database.where)


def _held_by(context: Context) -> str:
    """Say who has the shop open to write, and since when, as far as its lock tells."""
    where = context.database.where
    holder = None if isinstance(where, str) else read_holder(lock_path(where))
    if holder is None or not holder.computer:
        return ""
    sentence = _("It is open on {computer} since {time}.")
    return sentence.format(computer=formats.auto(holder.computer), time=formats.datetime(holder.since))
