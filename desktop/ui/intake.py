"""Taking in pictures that are chosen, dropped or pasted: any number of them, read and made small behind the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.data.refusals import NotWritten
from desktop.exchange.picture_reading import read_images
from desktop.i18n import _, formats, ngettext
from desktop.ui.context import Context
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.file_dialog import FileDialog

if TYPE_CHECKING:
    from desktop.data.images import Image

Taken = Callable[["list[Image]"], None]
Source = str | bytes  # a file, or a picture itself

AT_ONCE = 8  # pictures that are in memory before they are kept in the shop


def choose_pictures(parent: QWidget, taken: Callable[[list[str]], None], several: bool = True) -> None:
    """Ask for picture files, and give their paths to `taken`."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    kinds = _("Pictures (*.jpg *.jpeg *.png *.webp *.heic *.heif *.gif *.bmp);;All files (*)")
    dialog = FileDialog(parent, _("Choose pictures"), folder, kinds)
    mode = FileDialog.FileMode.ExistingFiles if several else FileDialog.FileMode.ExistingFile
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(taken)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


@dataclass(frozen=True)
class Haul:
    """What came of pictures: those that are kept, by their digests, in their order, with the number of their source.

    `troubles` are sentences about those that were left out, `remarks` about what was not taken of others, and `unread`
    is how many were not looked at because it was stopped.
    """

    kept: list[tuple[int, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: int = 0

    @property
    def digests(self) -> list[str]:
        """The pictures."""
        return [digest for _source, digest in self.kept]


class Intake(QObject):
    """Reads pictures in several threads and keeps them in the shop, some at a time, however many they are.

    `ended` comes once, after the last one, after `stop()`, or where the shop cannot be written, with a Haul of what is
    kept by then: to give it to items is up to whoever asked. No row names the pictures yet; those that none ever does
    go when the shop is closed.
    """

    progressed = Signal(int, int)  # pictures done, and of how many
    ended = Signal(object)  # a Haul

    def __init__(self, context: Context, sources: Sequence[Source], parent: QObject | None = None) -> None:
        super().__init__(parent or context)
        self._stopped = Event()
        self._job: Job = context.work(partial(_take, context, list(sources), self._stopped))
        self._job.progressed.connect(self._on_progressed)
        self._job.done.connect(self._on_done)

    def start(self) -> None:
        """Begin."""
        self._job.start()

    def stop(self) -> None:
        """Read no more; what is kept stays so, and `ended` follows."""
        self._stopped.set()

    @Slot(object, object)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    @Slot(object)
    def _on_done(self, haul: Haul) -> None:
        self.ended.emit(haul)
        self.deleteLater()


def take_pictures(context: Context, sources: Sequence[Source], taken: Taken) -> None:
    """Read a few pictures behind the window, give those that can be opened to `taken`, and say which cannot."""
    job = context.work(partial(_read, list(sources)))
    job.done.connect(partial(_hand_over, context, taken))
    job.start()


def left_out(troubles: Sequence[str]) -> str:
    """Say in one sentence what could not be taken in, "" if all could."""
    if len(troubles) < 2:
        return "".join(troubles)
    sentence = ngettext("{n} picture was left out: {why}", "{n} pictures were left out: {why}", len(troubles))
    return sentence.format(n=formats.number(len(troubles)), why=troubles[0])


def _take(context: Context, sources: list[Source], stopped: Event, token: Token) -> Haul:
    """Read every source and keep what it holds, AT_ONCE together."""
    from desktop.services.pictures import keep_images

    haul = Haul()
    some: list[tuple[int, Image]] = []

    def keep() -> None:
        digests = context.database.run_unrecorded(keep_images, [image for _number, image in some])
        haul.kept.extend((number, digest) for (number, _image), digest in zip(some, digests, strict=True))
        some.clear()

    def is_stopped() -> bool:
        return stopped.is_set() or token.cancelled.is_set()

    refused: list[str] = []
    try:
        for number, (image, trouble) in enumerate(read_images(sources, is_stopped)):
            token.report(number + 1, len(sources))
            if image is None:
                haul.troubles.append(trouble)
                continue
            some.append((number, image))
            if image.animated:
                haul.remarks.append(_told(sources[number], _("It moves. Its first picture was taken.")))
            if len(some) == AT_ONCE:
                keep()
        keep()
    except NotWritten as error:
        refused = [str(error)]
    unread = len(sources) - len(haul.kept) - len(haul.troubles)
    return replace(haul, troubles=[*refused, *haul.troubles], unread=unread)


def _read(sources: list[Source], token: Token) -> "tuple[list[Image], list[str]]":
    found = list(read_images(sources, token.cancelled.is_set))
    return [image for image, _trouble in found if image], [trouble for image, trouble in found if not image]


def _told(source: Source, sentence: str) -> str:
    return f"{formats.auto(Path(source).name)}: {sentence}" if isinstance(source, str) else sentence


def _hand_over(context: Context, taken: Taken, result: "tuple[list[Image], list[str]]") -> None:
    images, troubles = result
    if images:
        taken(images)
    if troubles:
        context.say(left_out(troubles))
