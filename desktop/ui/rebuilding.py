"""A shop made anew, in the window, from the folder that an export of all of it wrote."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from desktop.i18n import _, formats, ngettext
from desktop.ui.opening import Open
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from desktop.exchange.rebuild import Rebuilt
    from desktop.ui.main_window import MainWindow


def choose_export(window: "MainWindow", open_: Open) -> None:
    """Ask for the shop.json of an export, then for the name of the new shop; make it, and open it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(window, _("Rebuild from an export"), folder, _("Exports of a whole shop (shop.json *.json)"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(partial(_choose_place, window, open_))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _choose_place(window: "MainWindow", open_: Open, export: str) -> None:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = str(Path(folder, f"{Path(export).resolve().parent.name}.dukkan"))
    dialog = QFileDialog(window, _("Where to put the new shop"), name, _("Dukkan shops (*.dukkan)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("dukkan")
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is written over
    dialog.fileSelected.connect(partial(rebuild, window, open_, Path(export)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def rebuild(window: "MainWindow", open_: Open, export: Path, place: str) -> None:
    """Make the shop `place` of an export behind the window, and open it."""
    from desktop.data.images import load_formats

    load_formats()
    window.tell(_("Rebuilding the shop…"))
    job = Job(partial(_rebuild, export, Path(place)), window)
    job.done.connect(partial(_on_done, window, open_, Path(place)))
    job.failed.connect(partial(_on_failed, window))
    job.start()


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
