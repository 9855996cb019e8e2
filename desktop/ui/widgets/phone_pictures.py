"""What is painted on the phone of the preview: portraits, photos, a cover and small signs."""

from PySide6.QtCore import QByteArray, QDataStream, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme


class Portrait(QWidget):
    """A round picture, or the first letter of the name."""

    def __init__(self, name: str, picture: bytes | None, side: int) -> None:
        super().__init__()
        self._letter = next((sign for sign in name if sign.isalnum()), "")
        self._image = _image(picture)
        self.setFixedSize(theme.pixels(side), theme.pixels(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        circle = QPainterPath()
        circle.addEllipse(QRectF(self.rect()))
        if not self._image.isNull():
            painter.fillPath(circle, Qt.GlobalColor.black)  # behind what is transparent, as the phone does
            painter.setClipPath(circle)
            painter.drawImage(self.rect(), _filled(self._image, self.size() * self.devicePixelRatioF()))
            return
        painter.fillPath(circle, theme.colour("accent-soft"))
        font = theme.font("strong")
        font.setPixelSize(max(1, self.height() // 2))
        painter.setFont(font)
        painter.setPen(theme.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter.upper())


class Cover(QWidget):
    """A cover photo, 16:9, with the portrait over the middle of its lower edge."""

    def __init__(self, picture: bytes, portrait: Portrait) -> None:
        super().__init__()
        self._image = _image(picture)
        self._portrait = portrait
        portrait.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Cover photo"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width * 9 // 16 + self._portrait.height() // 2

    def sizeHint(self) -> QSize:
        width = theme.pixels(280)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._portrait.width()
        self._portrait.move((self.width() - side) // 2, self.height() - side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRect(0, 0, self.width(), self.height() - self._portrait.height() // 2)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(place), theme.CARD_RADIUS, theme.CARD_RADIUS)
        painter.setClipPath(frame)
        painter.drawImage(place, _filled(self._image, place.size() * self.devicePixelRatioF()))
        painter.setClipping(False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(self._portrait.geometry().adjusted(-3, -3, 3, 3))


class Sign(QWidget):
    """A small icon before a fact, as high as a line of text."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(theme.pixels(16), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.pixels(16)
        place = QRect(0, (self.height() - side) // 2, side, side)
        QPainter(self).drawPixmap(place, icons.pixmap(self._icon, "muted", side, self.devicePixelRatioF()))


def _image(picture: bytes | None) -> QImage:
    """Read a picture as the shop keeps them, JPEG or PNG and nothing else; a null image if it cannot be read."""
    if not picture:
        return QImage()
    stream = QDataStream(QByteArray(picture))
    reader = QImageReader(stream.device(), QByteArray(b"jpeg" if picture.startswith(b"\xff\xd8") else b"png"))
    reader.setAutoDetectImageFormat(False)
    return reader.read()


def _filled(image: QImage, size: QSize) -> QImage:
    """Return the middle of the image that fills `size`, smoothly scaled."""
    grown = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = image.scaled(size, grown, Qt.TransformationMode.SmoothTransformation)
    part = QRect(0, 0, size.width(), size.height())
    part.moveCenter(scaled.rect().center())
    return scaled.copy(part)
