"""Pictures on their way out: dragged into another program, or copied, as a picture and as a file with a name."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop.exchange.files import legal_name


def carried(picture: bytes, name: str) -> QMimeData:
    """Return a picture for the clipboard or a drag: programs take the pixels or the file, as they like.

    The file is there until Dukkan is closed. Where it cannot be written there are the pixels alone.
    """
    data = QMimeData()
    image = QImage.fromData(picture)
    if not image.isNull():
        data.setImageData(image)
    with suppress(OSError):  # the disk is full, say: the pixels are enough to paste
        data.setUrls([QUrl.fromLocalFile(str(_written(picture, name)))])
    return data


def _written(picture: bytes, name: str) -> Path:
    ending = "png" if picture.startswith(b"\x89PNG") else "jpg"
    path = Path(_folder().name) / f"{legal_name(name)}.{ending}"
    path.write_bytes(picture)
    return path


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="dukkan-")  # goes by itself when the program ends
