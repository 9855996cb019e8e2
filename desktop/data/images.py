"""Pictures as they are kept: read from whatever an owner has, made small enough for a phone, freed of what they tell.

Works in any thread and without a QGuiApplication: it paints no text. Qt is told the kind of a file by `image_kinds`,
and never left to choose among its plugins.

Pictures are read from a QDataStream's device, here and in the window. Each step of a QBuffer that Python has made asks
Python for leave, also within the lock that Qt holds while it chooses a reader: that thread would wait for Python, and
one that holds Python and wants to read a picture for that lock, both forever.
"""

import stat
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QBuffer, QByteArray, QDataStream, QIODevice, QLoggingCategory, QRect, QSize, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageIOHandler, QImageReader, QImageWriter, QPainter, QTransform

from desktop.data.image_kinds import LARGEST_FILE, SIDE, THUMBNAIL, Unreadable, check_weight, damaged, is_plain, kind_of
from desktop.i18n import _
from desktop.i18n.formats import number

QUALITY = 88
LARGEST_PNG = 1_000_000  # bytes: a drawing or a logo is kept without loss up to here, beyond it is taken for a photo
LARGEST_KEPT = 8_000_000  # bytes: the largest that Meta's shop takes

# Pixels, at most 256 MiB of them, which is also where Qt stops. A JPEG is made smaller while it is read.
LARGEST_JPEG = 128_000_000
LARGEST = 64_000_000
ALONE = 16_000_000  # pixels: what is larger, and held whole while it is read, is read one at a time

# What a damaged file makes Qt say is said to its owner as Unreadable.
QLoggingCategory.setFilterRules("qt.gui.imageio*.warning=false\nqt.gui.icc.warning=false")


@dataclass(frozen=True)
class Image:
    """A picture ready to be kept. Its size is in pixels, upright."""

    data: bytes
    thumbnail: bytes  # JPEG
    width: int
    height: int
    format: str  # "jpeg" or "png"
    sha256: str  # of data, in hexadecimal
    animated: bool = False  # the original; its first frame is what is kept


def load_formats() -> None:
    """Load Qt's readers of pictures: they belong to the thread that first asks, which must outlive all others."""
    QImageReader.supportedImageFormats()


def normalise_file(path: Path) -> Image:
    """Do as `normalise` with a file, of which nothing is read if it is too large or no picture.

    Raises Unreadable, and OSError if the file cannot be read.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):  # to open a pipe is to wait for what never comes
        raise Unreadable(_("This is not a file with a picture in it."))
    with path.open("rb") as file:
        head = file.read(4096)
        kind_of(head)
        check_weight(found.st_size)
        return normalise(head + file.read(LARGEST_FILE + 1))


def normalise(data: bytes) -> Image:
    """Return the picture in a JPEG, PNG, WebP, GIF (its first frame), BMP or HEIC file, ready to be kept.

    It is upright, sRGB, at most SIDE pixels long, and has no EXIF, GPS or comments. Photos become JPEG, transparent
    parts on white. What is transparent, and small PNG and GIF files (drawings), become PNG up to LARGEST_PNG bytes.
    A plain JPEG or PNG of up to LARGEST_KEPT bytes that is already so is kept byte for byte: no loss, and the same
    picture twice is one picture.

    Raises Unreadable, also for a file of which only a part arrived.
    """
    check_weight(len(data))
    kind = kind_of(data)
    plain = is_plain(kind, data)
    image, original, animated = _heif(data) if kind == "heif" else _decoded(kind, data)
    clear = image.hasAlphaChannel() and not _is_opaque(image)
    kept, written = b"", "png"
    if (
        plain
        and len(data) <= LARGEST_KEPT
        and original == image.size()
        and image.format() != QImage.Format.Format_CMYK8888
    ):
        kept, written = data, kind
    image = _bare(image, clear)
    if not kept and (clear or (kind in ("png", "gif") and len(data) <= LARGEST_PNG)):
        kept = _encoded(image, "png")
    if not kept or (written == "png" and len(kept) > LARGEST_PNG):
        kept, written = _encoded(image, "jpeg"), "jpeg"
    return _image(image, kept, written, animated)


def turned(data: bytes, quarters: int) -> Image:
    """Return a picture that normalise() returned, turned by quarters clockwise; what is transparent stays so."""
    kind = kind_of(data)
    image = _decoded(kind, data)[0].transformed(QTransform().rotate(90 * quarters))
    image = _bare(image, image.hasAlphaChannel() and not _is_opaque(image))
    kept = _encoded(image, kind)
    if len(kept) > LARGEST_PNG and kind == "png":
        kept, kind = _encoded(image, "jpeg"), "jpeg"
    return _image(image, kept, kind)


def smaller(data: bytes, side: int) -> bytes:
    """Return a picture that normalise() returned as a JPEG no longer than `side`, transparent parts on white."""
    image = _decoded(kind_of(data), data)[0]
    return _encoded(_bare(_fitted(image, side), image.hasAlphaChannel()), "jpeg")


def crop(data: bytes, x: int, y: int, width: int, height: int, turn: int = 0, ground: str = "#ffffff") -> Image:
    """Cut a rectangle out of a picture that normalise() returned; return it ready to be kept, at most SIDE long.

    The picture is turned by `turn` quarters clockwise first, and the rectangle is in its pixels then. What lies beyond
    the picture, and what is transparent in it, gets the colour `ground`.
    Raises Unreadable, and ValueError if nothing of the picture is inside the rectangle.
    """
    kind = kind_of(data)
    image = _decoded(kind, data)[0]
    image = image.transformed(QTransform().rotate(90 * turn))
    place = QRect(x, y, width, height)
    if not place.intersects(image.rect()):
        raise ValueError("the rectangle lies outside of the picture")
    size = _fitting(place.size(), SIDE)
    cut = QImage(size, QImage.Format.Format_RGB32)
    cut.fill(QColor(ground))
    painter = QPainter(cut)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(size.width() / width, size.height() / height)
    painter.drawImage(-x, -y, image)
    painter.end()
    kept, written = _encoded(cut, "png") if kind == "png" else b"", "png"
    if not kept or len(kept) > LARGEST_PNG:
        kept, written = _encoded(cut, "jpeg"), "jpeg"
    return _image(cut, kept, written)


def render_svg(path: Path, side: int) -> Image:
    """Return one of the program's own drawings, which has no text in it, as a square on white, ready to be kept.

    Never for a file of an owner's: an SVG can name other files. `side` is in pixels, SIDE at most.
    Raises ValueError if it cannot be drawn.
    """
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(path.read_bytes()))
    if not renderer.isValid():
        raise ValueError(f"{path} is not a drawing")
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return _image(image, _encoded(image, "jpeg"), "jpeg")


def _check_size(size: QSize, limit: int) -> None:
    if size.width() * size.height() > limit:
        raise Unreadable(
            _("This picture is {width}×{height} pixels, too large to open. {side}×{side} is plenty.").format(
                width=number(size.width()), height=number(size.height()), side=number(SIDE)
            )
        )


_alone = Lock()


def _turn_for(size: QSize) -> AbstractContextManager[object]:
    """Return what to hold while a picture of this size is in memory as a whole: two large ones are not, together."""
    return _alone if size.width() * size.height() > ALONE else nullcontext()


def _decoded(kind: str, data: bytes) -> tuple[QImage, QSize, bool]:
    """Return the picture, upright and no longer than SIDE; its size before that; and whether there are more frames."""
    stream = QDataStream(QByteArray(data))  # of which Qt itself makes a device
    reader = QImageReader(stream.device(), QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty():
        raise damaged()
    deep = kind == "png" and data[24] > 8  # twice the bytes a pixel
    _check_size(size, LARGEST_JPEG if kind == "jpeg" else LARGEST // 2 if deep else LARGEST)
    reader.setScaledSize(_fitting(size, SIDE))
    turned = reader.transformation().value & QImageIOHandler.Transformation.TransformationRotate90.value
    animated = kind in ("gif", "webp") and reader.imageCount() > 1
    with _turn_for(QSize() if kind == "jpeg" else size):
        image = reader.read()
    if image.isNull():
        raise damaged()
    return image, size.transposed() if turned else size, animated


def _heif(data: bytes) -> tuple[QImage, QSize, bool]:
    """The same for a photo from an iPhone; libheif turns it upright by itself."""
    import pi_heif  # type: ignore[import-untyped]

    formats = {
        "RGB": QImage.Format.Format_RGB888,
        "RGBA": QImage.Format.Format_RGBA8888,
        "RGBa": QImage.Format.Format_RGBA8888_Premultiplied,
        "L": QImage.Format.Format_Grayscale8,
    }
    try:
        photo = pi_heif.open_heif(data)
        size = QSize(*photo.size)
        _check_size(size, LARGEST)
        with _turn_for(size):
            image = QImage(photo.data, size.width(), size.height(), photo.stride, formats[photo.mode])
            profile = photo.info.get("icc_profile")
            image = _fitted(image, SIDE).copy()  # a copy, since the pixels are pi-heif's
    except (ValueError, RuntimeError, OSError, LookupError, EOFError) as error:
        raise damaged() from error
    if profile:
        image.setColorSpace(QColorSpace.fromIccProfile(QByteArray(profile)))
    return image, size, False


def _image(image: QImage, kept: bytes, format: str, animated: bool = False) -> Image:
    return Image(
        data=kept,
        thumbnail=_encoded(_fitted(image, THUMBNAIL), "jpeg"),
        width=image.width(),
        height=image.height(),
        format=format,
        sha256=sha256(kept).hexdigest(),
        animated=animated,
    )


def _fitting(size: QSize, side: int) -> QSize:
    """The size scaled down, never up, so that no side is longer than `side`, and none shorter than one pixel."""
    if max(size.width(), size.height()) <= side:
        return size
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _fitted(image: QImage, side: int) -> QImage:
    mode = Qt.TransformationMode.SmoothTransformation
    return image.scaled(_fitting(image.size(), side), Qt.AspectRatioMode.IgnoreAspectRatio, mode)


def _is_opaque(image: QImage) -> bool:
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    row, width, bits = alpha.bytesPerLine(), alpha.width(), bytes(alpha.constBits())
    return all(bits.count(b"\xff", at, at + width) == width for at in range(0, row * alpha.height(), row))


def _bare(image: QImage, clear: bool) -> QImage:
    """Return the pixels alone, in sRGB: Qt would write comments and profiles of the original into the copy."""
    format = QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32
    if image.colorSpace().isValid():
        converted = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb), format)
        image = image if converted.isNull() else converted
    image = image.convertToFormat(format)
    return QImage(image.constBits(), image.width(), image.height(), image.bytesPerLine(), format).copy()


def _encoded(image: QImage, format: str) -> bytes:
    if format == "jpeg" and image.hasAlphaChannel():
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.end()
        image = paper
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(format.encode()))
    if format == "jpeg":
        writer.setQuality(QUALITY)
        writer.setOptimizedWrite(True)
    if not writer.write(image):
        raise MemoryError(writer.errorString())
    return bytes(buffer.data().data())
