"""Going back to a backup of the open shop: it is closed, replaced, and opened again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.i18n import _, formats, ngettext
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from desktop.data.restore import Restored
    from desktop.ui.main_window import MainWindow

Open = Callable[[Path], None]


def restore_shop(window: "MainWindow", backup: Path, open_: Open) -> None:
    """Put `backup` in the place of the open shop once what is typed is saved, and open it with `open_`.

    The shop is opened again as it was where that cannot be done, and the window says why.
    """
    context = window.context
    if context is None or not window.commit():
        return
    if context.backups.busy:  # it holds a moment of the shop
        again = partial(restore_shop, window, backup, open_)
        context.backups.rested.connect(again, Qt.ConnectionType.SingleShotConnection)
        return
    shop = context.database.where
    assert isinstance(shop, Path), "a shop on a server has no backups here"
    context.backups.stop()  # the shop is kept beside itself, and the backups stay as they were seen
    window.close_shop_now()
    replace_shop(window, shop, backup, open_)


def replace_shop(window: "MainWindow", shop: Path, backup: Path, open_: Open) -> None:
    """Put `backup` in the place of a shop that is not open, or cannot be, and open it with `open_`."""
    window.show_waiting(_("Restoring…"))
    job = Job(partial(_restore, shop, backup), window)
    job.done.connect(partial(_on_restored, window, open_, shop))
    job.failed.connect(partial(_on_failed, window, open_, shop))
    job.start()


def _restore(shop: Path, backup: Path, _token: Token) -> "Restored":
    from desktop.data.restore import restore

    return restore(shop, backup)


def _on_restored(window: "MainWindow", open_: Open, shop: Path, done: "Restored") -> None:
    open_(shop)
    if done.contents.missing:
        n = done.contents.missing
        sentence = ngettext(
            "Restored, but {n} picture was missing beside the backup.",
            "Restored, but {n} pictures were missing beside the backup.",
            n,
        )
        window.tell(sentence.format(n=formats.number(n)))
    elif done.kept:
        sentence = _("Restored. As it was before, the shop is kept in {name} beside it.")
        back = partial(window.shop_action.emit, "restore", done.kept)
        window.toast.say(sentence.format(name=formats.auto(done.kept.name)), _("Undo"), back)
    else:
        window.tell(_("The shop is restored."))


def _on_failed(window: "MainWindow", open_: Open, shop: Path, error: Exception) -> None:
    from desktop.data.engines import Refused
    from desktop.data.lock import Locked

    open_(shop)
    if not isinstance(error, (Refused, Locked)):
        raise error
    window.tell(str(error))
