"""Small pictures for lists, read and decoded behind the window."""

from collections import OrderedDict

from PySide6.QtCore import QByteArray, QDataStream, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

from desktop.services.pictures import read_thumbnails
from desktop.ui.context import Context
from desktop.ui.tasks import Job, Token

KEPT = 600  # pictures, of at most 0.9 MB each as pixels
AT_ONCE = 24


class Thumbnails(QObject):
    """Gives the picture of a digest if it is here, and else fetches it and says `ready`."""

    ready = Signal()

    def __init__(self, context: Context, side: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._side = side  # of the square that a picture has to fill, in pixels of the screen
        self._here: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: list[str] = []
        self._job: Job | None = None
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._fetch)

    def get(self, digest: str | None) -> QPixmap | None:
        """Return a picture, or None while it is on its way (or there is none)."""
        if digest is None:
            return None
        if digest in self._here:
            self._here.move_to_end(digest)
            return self._here[digest]
        if digest not in self._wanted:
            self._wanted.append(digest)
            del self._wanted[: -4 * AT_ONCE]  # what was scrolled past long ago is not wanted any more
            self._soon.start()
        return None

    @Slot()
    def _fetch(self) -> None:
        if self._job or not self._wanted:
            return
        batch = self._wanted[-AT_ONCE:]  # the last asked for are those in sight
        context, side = self._context, self._side

        def decode(token: Token) -> dict[str, QImage]:
            with context.database.reader(token.cancelled) as session:
                found = read_thumbnails(session, batch)
            return {digest: _decoded(found.get(digest, b""), side) for digest in batch}

        self._job = context.work(decode).begin(self._on_done, self._on_failed)

    @Slot(object)
    def _on_done(self, images: dict[str, QImage]) -> None:
        self._job = None
        for digest, image in images.items():
            self._here[digest] = QPixmap.fromImage(image)
        self._wanted = [digest for digest in self._wanted if digest not in images]
        while len(self._here) > KEPT:
            self._here.popitem(last=False)
        self.ready.emit()
        self._fetch()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._wanted.clear()
        raise error


def _decoded(data: bytes, side: int) -> QImage:
    """Return a thumbnail's pixels, not larger than they are shown; an empty image for none."""
    stream = QDataStream(QByteArray(data))
    reader = QImageReader(stream.device(), b"jpeg")  # which every thumbnail is: no guess at others
    reader.setAutoDetectImageFormat(False)
    image = reader.read()
    if min(image.width(), image.height()) > side:
        grow = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        image = image.scaled(side, side, grow, Qt.TransformationMode.SmoothTransformation)
    return image
