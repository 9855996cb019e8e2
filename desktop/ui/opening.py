"""Getting a shop into the window: a new one, a sample, one that is chosen."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop import config, i18n
from desktop.i18n import _
from desktop.ui.tasks import Job, Token

if TYPE_CHECKING:
    from desktop.ui.dialogs.start import Start
    from desktop.ui.main_window import MainWindow

Open = Callable[[Path], None]
_turn = Lock()  # a sample that is asked for twice is drawn once


def sample_folder() -> Path:
    """Return where the sample shops are that somebody looks around in: nothing there is anyone's work."""
    return config.paths().cache / "samples"


def start_shop(window: "MainWindow", open_: Open) -> None:
    """Ask what is needed to start a shop, make its file, and open it."""
    from desktop.ui.dialogs.start import StartDialog

    dialog = StartDialog(window)
    dialog.finished_with.connect(partial(_make, window, open_))
    dialog.open()


def _make(window: "MainWindow", open_: Open, start: "Start") -> None:
    from desktop.services.errors import Invalid
    from desktop.services.shop import create_shop, start_shop

    fields = (start.name, start.territory, start.currency, start.phone, start.time_zone, start.language)
    try:
        create_shop(start.path, lambda session: start_shop(session, *fields))
    except (Invalid, OSError) as error:
        sentence = _("The shop cannot be made there. Choose another folder or name.")
        window.tell(str(error) if isinstance(error, Invalid) else sentence)
        return
    open_(start.path)


def open_sample(window: "MainWindow", sample: str, open_: Open) -> None:
    """Make a sample shop in the interface's language, unless it is there from before, and open it."""
    path = sample_folder() / f"{sample}-{i18n.language()}.dukkan"
    if path.exists():
        open_(path)
        return
    window.show_waiting(_("Setting up the sample shop…"))
    job = Job(partial(_draw, path, sample, i18n.language()), window)
    job.done.connect(partial(_drawn, open_, path))
    job.failed.connect(partial(_not_drawn, window))
    job.start()


def _draw(path: Path, sample: str, language: str, _token: Token) -> None:
    from desktop.services.sample import create_sample

    path.parent.mkdir(parents=True, exist_ok=True)
    with _turn, suppress(FileExistsError):  # which another program may have made meanwhile
        if not path.exists():
            create_sample(path, sample, language)


def _drawn(open_: Open, path: Path, _result: object) -> None:
    open_(path)


def _not_drawn(window: "MainWindow", error: Exception) -> None:
    window.show_welcome(_("The sample shop cannot be set up. Make some room on the disk and try again."))
    if not isinstance(error, OSError):
        raise error


def choose_shop(window: "MainWindow", open_: Open) -> None:
    """Ask for a shop file and open it."""
    from desktop.ui.asking import ask_for_file, documents

    kinds = _("Dukkan shops (*.dukkan);;All files (*)")
    ask_for_file(window, _("Open a shop"), documents(), kinds, partial(_chosen, open_))


def _chosen(open_: Open, path: str) -> None:
    open_(Path(path))
