"""Icons from the `lucide` package, drawn sharp at every size and in the colours of the applied scheme."""

import zlib
from functools import lru_cache
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from desktop.ui.mirror import mirrored
from desktop.ui.theme import colour, density

# An icon with one of these words in its name points somewhere, and points the other way from right to left.
DIRECTIONS = {"back", "corner", "external", "forward", "indent", "left", "log", "next", "outdent", "previous"}
DIRECTIONS |= {"redo", "reply", "right", "send", "undo"}


def icon(name: str, tint: str = "muted") -> QIcon:
    """Return the icon that lucide calls `name`; a name it does not have is an OSError.

    `tint` is a colour of the theme. Selected or checked it is drawn in the accent, disabled in the border's grey.
    """
    _source(name)
    return QIcon(_Engine(name, tint))


def pixmap(name: str, tint: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of `size` × `size` points for a screen of `ratio` pixels a point."""
    rtl = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    mirrored = rtl and not DIRECTIONS.isdisjoint(name.split("-"))
    result = QPixmap.fromImage(_drawn(name, colour(tint).name(), round(size * ratio), mirrored))
    result.setDevicePixelRatio(ratio)
    return result


class _Engine(QIconEngine):
    """Looks the colour up when it draws, so a change of scheme needs no new icons.

    In a box wider than high the icon stands at the leading edge: that is how a button gets more space before its text.
    """

    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        size = min(rect.width(), rect.height())
        place = QRect(rect.x(), rect.y() + rect.height() // 2 - size // 2, size, size)
        if rect.width() > rect.height():
            place = mirrored(place, rect, painter.layoutDirection())
        painter.drawPixmap(place, pixmap(self._name, self._shade(mode, state), size, density(painter)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        box = QPixmap(size * scale)  # the size is in points
        box.setDevicePixelRatio(scale)
        box.fill(Qt.GlobalColor.transparent)
        painter = QPainter(box)
        painter.setLayoutDirection(QGuiApplication.layoutDirection())
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return box

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tint)

    def _shade(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "border"
        if mode == QIcon.Mode.Selected or state == QIcon.State.On:
            return "accent"
        return self._tint


@lru_cache(maxsize=1)
def _archive() -> mmap:
    package = find_spec("lucide")
    assert package
    assert package.submodule_search_locations, "a package has a folder"
    with (Path(package.submodule_search_locations[0]) / "lucide.zip").open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


@lru_cache(maxsize=512)
def _source(name: str) -> bytes:
    """Return an icon out of the archive. Python's readers go through all 1,700 first: a tenth of a bare window's start.

    Where a ZIP file says what: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.
    """
    archive, entry = _archive(), f"{name}.svg".encode()
    at = archive.find(entry, _number(archive, len(archive) - 6, 4))  # in the list at the end
    while at >= 0 and (archive[at - 46 : at - 42] != b"PK\1\2" or _number(archive, at - 18, 2) != len(entry)):
        at = archive.find(entry, at + 1)
    if at < 0:
        raise FileNotFoundError(f"lucide has no icon {name}")
    start = _number(archive, at - 4, 4)
    start += 30 + _number(archive, start + 26, 2) + _number(archive, start + 28, 2)
    packed = archive[start : start + _number(archive, at - 26, 4)]
    return zlib.decompress(packed, -zlib.MAX_WBITS) if _number(archive, at - 36, 2) else packed


def _number(archive: mmap, at: int, size: int) -> int:
    return int.from_bytes(archive[at : at + size], "little")


@lru_cache(maxsize=512)
def _renderer(name: str, shade: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", shade.encode())))


@lru_cache(maxsize=1024)
def _drawn(name: str, shade: str, side: int, mirrored: bool) -> QImage:
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if mirrored:
        painter.setTransform(QTransform(-1, 0, 0, 1, side, 0))
    _renderer(name, shade).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture
