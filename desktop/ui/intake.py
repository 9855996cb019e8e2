"""Taking in pictures that are chosen, dropped or pasted: read and made small behind the window."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.ui.context import Context
from desktop.ui.tasks import Token

if TYPE_CHECKING:
    from desktop.data.images import Image

Taken = Callable[["list[Image]"], None]
Source = str | bytes  # a file, or a picture itself


def choose_pictures(parent: QWidget, taken: Callable[[list[str]], None], several: bool = True) -> None:
    """Ask for picture files, and give their paths to `taken`."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    kinds = _("Pictures (*.jpg *.jpeg *.png *.webp *.heic *.heif *.gif *.bmp);;All files (*)")
    dialog = QFileDialog(parent, _("Choose pictures"), folder, kinds)
    mode = QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(taken)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def take_pictures(context: Context, sources: Sequence[Source], taken: Taken) -> None:
    """Read pictures behind the window, give those that can be opened to `taken`, and say which cannot."""
    job = context.work(partial(_read, list(sources)))
    job.done.connect(partial(_hand_over, context, taken))
    job.start()


def _read(sources: list[Source], token: Token) -> "tuple[list[Image], list[str]]":
    from desktop.data.images import Unreadable, normalise

    images: list[Image] = []
    troubles: list[str] = []
    for number, source in enumerate(sources):
        if token.cancelled.is_set():
            break
        token.report(number, len(sources))
        try:
            images.append(normalise(_bytes(source)))
        except Unreadable as error:
            troubles.append(_told(source, str(error)))
        except OSError:
            troubles.append(_told(source, _("The file cannot be read.")))
    return images, troubles


def _bytes(source: Source) -> bytes:
    from desktop.data.images import LARGEST_FILE

    if isinstance(source, bytes):
        return source
    with Path(source).open("rb") as file:
        return file.read(LARGEST_FILE + 1)  # enough to be told that it is too large


def _told(source: Source, sentence: str) -> str:
    return f"{formats.auto(Path(source).name)}: {sentence}" if isinstance(source, str) else sentence


def _hand_over(context: Context, taken: Taken, result: "tuple[list[Image], list[str]]") -> None:
    images, troubles = result
    if images:
        taken(images)
    if len(troubles) == 1:
        context.say(troubles[0])
    elif troubles:
        sentence = ngettext("{n} picture was left out: {why}", "{n} pictures were left out: {why}", len(troubles))
        context.say(sentence.format(n=formats.number(len(troubles)), why=troubles[0]))
