"""QR codes: dark on light with a quiet zone, as a picture for the screen or for print."""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.i18n.formats import number
from desktop.services.errors import Invalid
from desktop.services.limits import limit

if TYPE_CHECKING:  # loaded with the first code
    from segno import QRCode

QUIET = 4  # modules of light around a code (ISO/IEC 18004)
MODULE_MM = 0.5  # smaller ones are lost by home printers and old cameras
# Capitals, digits and percent signs take 5.5 bits each where they stand together, all else takes 8: 140 Arabic letters
# in a link make a code of version 19 instead of 24. Below this length, changing over costs more than it saves.
COMPACT = re.compile(r"([0-9A-Z $%*+./:-]{16,})")
MASK = 2  # of the eight patterns laid over a code; every reader is told which. To try them all takes ten times as long
MOST = 5_596  # figures, of which a code of level M holds the most, says ISO/IEC 18004
DARK = re.compile(rb"\x00+")  # modules side by side
REACH = 400  # a camera reads modules from up to so many times their size away: the usual "a tenth of the distance"


class Code:
    """One QR code. `version` is 1 to 40, `size` the modules of a side without the quiet zone (21 to 177)."""

    def __init__(self, text: str, code: "QRCode") -> None:
        self.text = text
        self.version = int(code.version)
        self.size = len(code.matrix)
        self._code = code

    @cached_property
    def matrix(self) -> tuple[tuple[bool, ...], ...]:
        """The rows of modules from the top, True where dark, without the quiet zone."""
        return tuple(tuple(bool(module) for module in row) for row in self._code.matrix)

    def svg(self, title: str = "") -> str:
        """Return an SVG document, one millimetre a module, quiet zone included; `title` is read out by browsers."""
        title = "".join(char for char in title if not unicodedata.category(char).startswith("C") or char in "\t\n")
        file = BytesIO()
        self._code.save(file, "svg", border=QUIET, dark="#000", light="#fff", unit="mm", title=title or None)
        return file.getvalue().decode()

    def png(self, scale: int = 8) -> bytes:
        """Return a PNG picture with `scale` pixels a module (1 or more), quiet zone included."""
        file = BytesIO()
        self._code.save(file, "png", border=QUIET, scale=scale, dark="#000", light="#fff")
        return file.getvalue()

    def print_width_cm(self, distance_cm: int = 20) -> int:
        """Return how wide to print the code, quiet zone included, to be read from `distance_cm`, in whole cm."""
        module = max(MODULE_MM, distance_cm * 10 / REACH)
        return math.ceil((self.size + 2 * QUIET) * module / 10)

    @property
    def warning(self) -> str:
        """What to tell about a code that prints small, in one translated sentence; "" for one that does not."""
        if self.version <= limit("qr.version"):
            return ""
        return _("The text is long, so the code is dense: shorten the text, or print it at least {n} cm wide").format(
            n=number(self.print_width_cm())
        )


@dataclass(frozen=True)
class Outline:
    """A code ready to be drawn: `side` is its modules with the quiet zone, `path` its dark ones in SVG's language."""

    side: int
    path: str

    def svg(self) -> str:
        """Return an SVG document that a page scales as it needs."""
        box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}"'
        return f'<svg {box}><path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/><path d="{self.path}"/></svg>'

    @property
    def print_width_cm(self) -> float:
        """How wide to print it at least, quiet zone included, to be read by hand."""
        return self.side * MODULE_MM / 10


def outline(link: str) -> Outline:
    """Return the code of a link, at error level M: in less than a millisecond, for hundreds at once.

    Links are ASCII; any other text is for `make`. One that is too long raises Invalid("text", why).
    """
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    except ValueError:
        raise _too_long() from None
    modules = memoryview(code.to_image(1, False, False)).tobytes()  # type: ignore[arg-type]  # 0 is dark
    side = math.isqrt(len(modules))
    parts = []
    for y in range(side):
        for found in DARK.finditer(modules, y * side, (y + 1) * side):
            x = found.start() - y * side + QUIET
            parts.append(f"M{x} {y + QUIET}h{found.end() - found.start()}v1H{x}z")
    return Outline(side + 2 * QUIET, "".join(parts))


def make(text: str) -> Code:
    """Return the code of `text`, at error level M or, where there is room in the same size, a better one.

    Half a character, as in a cut text, becomes "?". An empty text, and one that no code can hold (2,331 letters or,
    in a link, some 560 Arabic ones), raise Invalid("text", why). Takes 20 to 70 ms: not while somebody types.
    """
    import segno

    text = text.encode(errors="replace").decode()
    if not text:
        raise Invalid("text", _("There is nothing to put in the QR code yet."))
    if len(text) > MOST:
        raise _too_long()
    # Phones cannot read Micro QR. Of Latin-1, which segno would prefer to UTF-8, some of them make the wrong letters.
    parts = [part for part in COMPACT.split(text) if part] if text.isascii() else text
    encoding = None if text.isascii() else "utf-8"
    try:
        # A list is taken too, says its author (heuer/segno#76); its types do not know that yet.
        return Code(text, segno.make(parts, error="m", micro=False, encoding=encoding))  # type: ignore[arg-type]
    except segno.DataOverflowError:
        raise _too_long() from None


def _too_long() -> Invalid:
    return Invalid("text", _("The text is too long for a QR code. Shorten it, or share the link instead."))
