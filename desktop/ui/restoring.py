"""Going back to a backup of the open shop: it is closed, replaced, and opened again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.i18n import _, formats, ngettext
from desktop.ui.closing import close_shop, open_again
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from desktop.data.restore import Restored
    from desktop.ui.main_window import MainWindow

Open = Callable[[Path], None]


def restore_shop(window: "MainWindow", backup: Path, open_: Open) -> None:
    """Put `backup` in the place of the open shop once what is typed is saved, and open it with `open_`.

    The shop is opened again as it was where that cannot be done, and the window says why.
    """
    if shop := close_shop(window, partial(restore_shop, window, backup, open_)):
        assert isinstance(shop, Path), "a shop on a server has no backups here"
        replace_shop(window, shop, backup, open_)


def replace_shop(window: "MainWindow", shop: Path, backup: Path, open_: Open) -> None:
    """Put `backup` in the place of a shop that is not open, or cannot be, and open it with `open_`."""
    window.show_waiting(_("Restoring…"))
    job = Job(partial(_restore, shop, backup), window)
    job.begin(partial(_on_restored, window, open_, shop), partial(open_again, window, open_, shop))


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
