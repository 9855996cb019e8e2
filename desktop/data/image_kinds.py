"""Files of pictures, told from their bytes: of which kind they are, whether they are whole, and how large they may be.

Files are strangers: their names say nothing, and only the kinds named here are read. Nothing here needs Qt.
"""

import zlib
from collections.abc import Iterator

from desktop.i18n import _
from desktop.i18n.formats import file_size

SIDE = 1600  # pixels of the longer side of a picture that is kept: what WhatsApp itself sends
THUMBNAIL = 480  # pixels of its longer side: a card of 240 on a screen of twice the density
LARGEST_FILE = 50_000_000  # bytes

HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
# The parts of a file that hold only the picture: one of these alone tells nothing about where and by whom.
PLAIN_PARTS: dict[str, frozenset[bytes]] = {
    "jpeg": frozenset({b"\xe0", b"\xdb", b"\xc0", b"\xc2", b"\xc4", b"\xdd", b"\xda"}),
    "png": frozenset({b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"sRGB", b"IDAT", b"IEND"}),
}


class Unreadable(Exception):
    """A file that cannot be kept as a picture: one translated sentence for its owner."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def kind_of(data: bytes) -> str:
    """Tell a file's kind from its first bytes, whatever it is called; raise Unreadable for any other kind."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "heif"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if not data:
        raise Unreadable(_("This picture file is empty. Copy it again from where it came."))
    if b"<svg" in data[:4096]:
        raise Unreadable(_("This file is an SVG drawing, whatever its name says. Save it as PNG or JPG and add that."))
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        raise Unreadable(_("This is a TIFF file, made for printing. Save it as JPG and add that."))
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        raise Unreadable(_("This is an AVIF picture, which WhatsApp does not take. Save it as JPG and add that."))
    raise Unreadable(_("This file cannot be opened as a picture. JPG, PNG, WebP and HEIC are accepted."))


def check_weight(size: int) -> None:
    """Raise Unreadable for a file of so many bytes if that is too large to be looked at."""
    if size > LARGEST_FILE:
        raise Unreadable(
            _("This picture file is {size}. Files of up to {limit} can be added: send a smaller copy.").format(
                size=file_size(size), limit=file_size(LARGEST_FILE)
            )
        )


def damaged() -> Unreadable:
    """Return what to raise for a picture that is not whole."""
    return Unreadable(_("This picture is damaged, or only a part of it was copied. Copy it again from where it came."))


def is_plain(kind: str, data: bytes) -> bool:
    """Say whether the file holds nothing but a picture; raise Unreadable if its end is missing.

    Qt would show what there is of a cut JPEG, GIF or BMP, grey below: nobody wants to sell with that.
    """
    whole = True
    if kind in PLAIN_PARTS:
        parts = dict(_png_parts(data) if kind == "png" else _jpeg_parts(data))
        end = parts.get(b"IEND" if kind == "png" else b"\xd9", 0)
        deep = kind == "png" and data[24] > 8
        if end:
            return end == len(data) and not deep and parts.keys() - {b"\xd9"} <= PLAIN_PARTS[kind]
        whole = False
    elif kind == "webp":
        whole = int.from_bytes(data[4:8], "little") + 8 <= len(data)
    elif kind == "bmp":
        whole = int.from_bytes(data[2:6], "little") <= len(data)
    elif kind == "gif":
        whole = data.rstrip(b"\0\r\n").endswith(b";")
    if not whole:
        raise damaged()
    return False


def _png_parts(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the name and the end of each chunk, up to the first that is cut or does not match its checksum."""
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data) or zlib.crc32(memoryview(data)[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            return
        yield data[at + 4 : at + 8], end
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end


def _jpeg_parts(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the marker and the end of each segment before the picture itself, then those of its end, if it is there."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1 : at + 2]
        if marker == b"\xff":  # a fill byte
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        yield marker, end
        if marker == b"\xda":
            # In the data of a picture 0xFF is followed by 0 or by the number of a restart.
            last = data.find(b"\xff\xd9", end)
            if last >= 0:
                yield b"\xd9", last + 2
            return
        at = end
