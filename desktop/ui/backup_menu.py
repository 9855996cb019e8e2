"""What the Shop menu offers against loss: a backup now, a copy anywhere, and going back to a backup."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.i18n import _, formats
from desktop.ui.context import Context
from desktop.ui.tasks import Token

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


def fill(window: "MainWindow", menu: QMenu) -> None:
    """Add the entries to the menu; each says so where it cannot be done."""
    for words, slot in (
        (_("Back up now"), back_up),
        (_("Save a copy…"), save_copy),
        (_("Restore from a backup…"), restore),
        (_("Merge another copy…"), merge),
    ):
        action = menu.addAction(words.replace("&", "&&"))
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(partial(_with_file, window, slot))
        menu.aboutToShow.connect(partial(_allow, window, action))


def back_up(window: "MainWindow", context: Context, shop: Path) -> None:
    """Make a backup of the shop now, and say so."""
    if context.backups.possible:
        context.backups.make(tell=True)
    else:
        window.tell(_("This shop is only looked at here, so it is not backed up. Save a copy instead."))


def save_copy(window: "MainWindow", context: Context, shop: Path) -> None:
    """Ask where a copy of the shop is to go: one whole file, which opens as a shop anywhere."""
    from desktop.ui.asking import ask_where_to, documents  # not needed before somebody asks, as Qt's own dialog is not

    # TRANSLATORS: the name of a file: {name} is the shop, {date} as in 2026-11-22.
    name = _("{name} copy {date}").format(name=shop.stem, date=formats.today().isoformat())
    place = Path(documents(), f"{name}.dukkan")
    ask_where_to(window, _("Save a copy"), place, _("Dukkan shops (*.dukkan)"), partial(_copy, context, shop))


def restore(window: "MainWindow", context: Context, shop: Path) -> None:
    """Show the backups of the shop, to go back to one."""
    if context.read_only:
        window.tell(_("The shop is open to read only, so nothing was changed."))
        return
    from desktop.ui.dialogs.restore import RestoreDialog

    dialog = RestoreDialog(context, shop, window)
    dialog.wanted.connect(partial(window.shop_action.emit, "restore"))
    dialog.taking.connect(partial(_take_out, window, context, _("Take out of a backup")))
    dialog.open()


def merge(window: "MainWindow", context: Context, shop: Path) -> None:
    """Ask for another copy of the shop, to see what differs and take over what is wanted."""
    if context.read_only:
        window.tell(_("The shop is open to read only, so nothing was changed."))
        return
    from desktop.ui.asking import ask_for_file

    title, kinds = _("Merge another copy"), _("Dukkan shops (*.dukkan);;All files (*)")
    ask_for_file(window, title, str(shop.parent), kinds, partial(_take_out, window, context, title))


def _take_out(window: "MainWindow", context: Context, words: str, other: Path | str) -> None:
    from desktop.ui.dialogs.take_over import TakeOverDialog

    TakeOverDialog(context, Path(other), words, window).open()


def _with_file(
    window: "MainWindow", slot: Callable[["MainWindow", Context, Path], None], _checked: bool = False
) -> None:
    if window.context is None or not window.commit():
        return
    where = window.context.database.where
    if isinstance(where, Path):
        slot(window, window.context, where)
    else:
        window.tell(_("This shop is kept in a database on a server. Its backups are made there."))


def _allow(window: "MainWindow", action: QAction) -> None:
    action.setEnabled(window.context is not None)


def _copy(context: Context, shop: Path, place: str) -> None:
    job = context.work(partial(_write, shop, Path(place)))
    job.done.connect(context.say)
    job.start()


def _write(shop: Path, path: Path, token: Token) -> str:
    """Write the copy, and return what is to be said of it."""
    from desktop.data.backups import NotBackedUp, Snapshot

    if path.exists() and path.samefile(shop):
        return _("This is the shop itself. Choose another name for the copy.")
    try:
        with closing(Snapshot(shop)) as snapshot:
            snapshot.write(path, token.cancelled)
    except NotBackedUp as error:
        return str(error)
    return _("Saved to {path}").format(path=formats.ltr(str(path)))
