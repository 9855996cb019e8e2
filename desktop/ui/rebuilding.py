"""A shop made anew, in the window, from the folder that an export of all of it wrote."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.i18n import _, formats, ngettext
from desktop.ui.asking import ask_for_file, ask_where_to, documents
from desktop.ui.opening import Open
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from desktop.exchange.rebuild import Rebuilt
    from desktop.ui.main_window import MainWindow


def choose_export(window: "MainWindow", open_: Open) -> None:
    """Ask for the shop.json of an export, then for the name of the new shop; make it, and open it."""
    kinds = _("Exports of a whole shop (shop.json *.json)")
    ask_for_file(window, _("Rebuild from an export"), documents(), kinds, partial(_choose_place, window, open_))


def _choose_place(window: "MainWindow", open_: Open, export: str) -> None:
    place, make = Path(documents(), f"{Path(export).resolve().parent.name}.dukkan"), partial(rebuild, window, open_)
    title, kinds = _("Where to put the new shop"), _("Dukkan shops (*.dukkan)")
    ask_where_to(window, title, place, kinds, partial(make, Path(export)), replaces=False)


def rebuild(window: "MainWindow", open_: Open, export: Path, place: str) -> None:
    """Make the shop `place` of an export behind the window, and open it."""
    from desktop.data.images import load_formats

    load_formats()
    window.tell(_("Rebuilding the shop…"))
    job = Job(partial(_rebuild, export, Path(place)), window)
    job.begin(partial(_on_done, window, open_, Path(place)), partial(_on_failed, window))


def _rebuild(export: Path, place: Path, _token: Token) -> "Rebuilt":
    from desktop.exchange.rebuild import rebuild_shop

    return rebuild_shop(export, place)


def _on_done(window: "MainWindow", open_: Open, place: Path, done: "Rebuilt") -> None:
    open_(place)
    if done.missing:
        lost = ngettext(
            "{n} picture was missing in the folder, or damaged.",
            "{n} pictures were missing in the folder, or damaged.",
            done.missing,
        )
        window.tell(lost.format(n=formats.number(done.missing)))


def _on_failed(window: "MainWindow", error: Exception) -> None:
    from desktop.exchange.rebuild import NotRebuilt

    if isinstance(error, NotRebuilt):
        window.tell(str(error))
    elif isinstance(error, FileExistsError):
        window.tell(_("There is a file of this name already, and it was left as it is. Choose another name."))
    elif isinstance(error, OSError):
        window.tell(_("The shop cannot be made there. Choose another folder or name."))
    else:
        raise error
