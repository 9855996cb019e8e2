"""An item's pictures on a phone: one at a time, swiped with the mouse, by keys, or by a click on its edge."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _, formats
from desktop.ui import icons, theme

SWIPE = 24  # points


class Gallery(QWidget):
    """Pictures by their digests, as a square; dots say how many there are. The next one lies where reading goes on."""

    def __init__(
        self,
        digests: Sequence[str],
        picture: Callable[[str | None], QPixmap | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._digests = digests
        self._picture = picture
        self._at = 0
        self._pressed: QPointF | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if len(digests) > 1:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    def current(self) -> int:
        """Return which picture is shown, from 0."""
        return self._at

    def go_to(self, place: int) -> None:
        """Show a picture; past an end, the one there."""
        self._at = max(0, min(place, len(self._digests) - 1))
        self._tell()
        self.update()

    def press(self, key: int) -> bool:
        """Go to the picture on the left or right for that arrow key, and say whether it was one."""
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        self._turn(key == Qt.Key.Key_Right)
        return True

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(240), theme.pixels(240))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        way = event.position().x() - self._pressed.x()
        self._pressed = None
        if abs(way) >= theme.pixels(SWIPE):
            self._turn(to_right=way < 0)  # the picture is pulled away: what lies on the other side comes
        else:
            self._turn(to_right=event.position().x() > self.width() / 2)

    def _turn(self, to_right: bool) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.go_to(self._at + (1 if to_right != rtl else -1))

    def _tell(self) -> None:
        if not self._digests:
            self.setAccessibleName(_("No picture"))
        else:
            place = formats.of(self._at + 1, len(self._digests))
            # TRANSLATORS: which of an item's pictures is seen, as in "Picture 2 of 5".
            self.setAccessibleName(_("Picture {place}").format(place=place))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        digest = self._digests[self._at] if self._digests else None
        picture = self._picture(digest)
        if picture is None or picture.isNull():
            if digest is None:
                self._sign(painter)
            return
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))  # behind what is transparent
        scale = min(self.width() / picture.width(), self.height() / picture.height())
        shown = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        shown.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(shown, picture, QRectF(picture.rect()))
        if len(self._digests) > 1:
            self._dots(painter)

    def _sign(self, painter: QPainter) -> None:
        side = theme.pixels(40)
        place = QRect(0, 0, side, side)
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, icons.pixmap("image", "muted", side, self.devicePixelRatioF()))

    def _dots(self, painter: QPainter) -> None:
        count, size, step = len(self._digests), theme.pixels(6), theme.pixels(14)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        band = QRectF(0, 0, count * step + theme.pixels(8), theme.pixels(18))
        band.moveCenter(QPointF(self.width() / 2, self.height() - theme.pixels(18)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 110))  # on any picture, in light and dark
        painter.drawRoundedRect(band, band.height() / 2, band.height() / 2)
        for at in range(count):
            place = count - 1 - at if rtl else at
            middle = QPointF(band.left() + theme.pixels(4) + (place + 0.5) * step, band.center().y())
            painter.setBrush(QColor(255, 255, 255, 255 if at == self._at else 120))
            painter.drawEllipse(middle, size / 2, size / 2)
