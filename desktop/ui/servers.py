"""A shop on a server, from the window: connecting to one, moving one there, and bringing one back into a file."""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import config
from desktop.i18n import _, formats
from desktop.ui.asking import ask_where_to, documents
from desktop.ui.closing import Open, close_shop, open_again
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from desktop.data.moving import Moved
    from desktop.ui.main_window import MainWindow


def connect_shop(window: "MainWindow", open_: Open, address: str = "", trouble: str = "") -> None:
    """Ask for a server, and open the shop on it with `open_`."""
    from desktop.ui.dialogs.server import ServerDialog

    dialog = ServerDialog(window, address=address, trouble=trouble)
    dialog.chosen.connect(open_)
    dialog.open()


def move_shop(window: "MainWindow", open_: Open) -> None:
    """Ask for a server, or, of a shop that is on one, for a file; move the open shop there, and open it there."""
    if window.context is None or not window.commit():
        return
    if isinstance(window.context.database.where, Path):
        from desktop.ui.dialogs.server import ServerDialog

        dialog = ServerDialog(window, moving=True)
        dialog.chosen.connect(partial(carry_out, window, open_))
        dialog.open()
        return
    kinds = _("Dukkan shops (*.dukkan)")
    ask_where_to(window, _("Move to a file"), documents(), kinds, partial(_to_file, window, open_))


def _to_file(window: "MainWindow", open_: Open, path: str) -> None:
    carry_out(window, open_, Path(path))


def carry_out(window: "MainWindow", open_: Open, target: Path | str) -> None:
    """Close the shop, move it, and open it where it is then: in its old place if it could not be moved."""
    source = close_shop(window, partial(carry_out, window, open_, target))
    if source is None:
        return
    window.show_waiting(_("Moving the shop…"))
    job = Job(partial(_move, source, target), window)
    job.progressed.connect(partial(_tell, window))
    job.begin(partial(_on_moved, window, open_, target), partial(open_again, window, open_, source))


def _move(source: Path | str, target: Path | str, token: Token) -> "Moved":
    from desktop.data.backups import Snapshot, make_backup
    from desktop.data.moving import move

    if isinstance(source, Path):
        with closing(Snapshot(source)) as snapshot:
            make_backup(snapshot, *config.backup_roots(), token.cancelled)
    return move(source, target, token.report, token.cancelled)


def _tell(window: "MainWindow", done: int, total: int) -> None:
    words = _("Moving the shop… {percent}")
    window.waiting.setText(words.format(percent=formats.percent(done * 100 // total if total else 0)))


def _on_moved(window: "MainWindow", open_: Open, target: Path | str, done: "Moved") -> None:
    open_(target)
    if isinstance(done.kept, Path):
        sentence = _("Moved, and compared row by row. As it was before, the shop is kept in {name}.")
        window.tell(sentence.format(name=formats.auto(done.kept.name)))
    else:
        window.tell(_("Moved, and compared row by row. On the server the shop is kept as it was."))
