"""A QR code on the screen, as sharp as a camera likes it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.i18n.formats import ltr
from desktop.ui import theme

QUIET = 4  # modules of light around a code (ISO/IEC 18004)


class QrView(QWidget):
    """Always dark on white with its quiet zone, never mirrored; each module a whole number of the screen's pixels."""

    def __init__(self, side: int = 180, parent: QWidget | None = None) -> None:
        """`side` is the least that the view takes, in points at the designed interface size."""
        super().__init__(parent)
        self._side = side
        self._code: QImage | None = None
        self._sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.show_code(None)

    def show_code(self, modules: Sequence[Sequence[bool]] | None, text: str = "") -> None:
        """Show a code's rows of modules, True where dark, and no quiet zone; `text` is what the code says.

        Without modules `text` is a sentence that stands in the code's place: why there is none.
        """
        if modules is None:
            self._code = None
            self._sentence = text or _("The QR code appears here.")
            self.setAccessibleName(_("QR code"))
            self.setAccessibleDescription(self._sentence)
        else:
            self._code = _drawn(modules)
            self._sentence = ""
            self.setAccessibleName(_("QR code of {text}").format(text=ltr(text)) if text else _("QR code"))
            self.setAccessibleDescription("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = max(theme.pixels(self._side), self._code.width() if self._code else 0)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._code is None:
            self._draw_sentence(painter)
            return
        ratio = self.devicePixelRatioF()
        width, height = int(self.width() * ratio), int(self.height() * ratio)
        side = max(1, min(width, height) // self._code.width()) * self._code.width()
        painter.scale(1 / ratio, 1 / ratio)
        painter.drawImage(QRect((width - side) // 2, (height - side) // 2, side, side), self._code)

    def _draw_sentence(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("small"))
        inside = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)


def _drawn(modules: Sequence[Sequence[bool]]) -> QImage:
    """Return the code with its quiet zone, one pixel a module."""
    side = len(modules) + 2 * QUIET
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(modules, QUIET):
        for x, dark in enumerate(row, QUIET):
            if dark:
                image.setPixel(x, y, 0xFF000000)
    return image
