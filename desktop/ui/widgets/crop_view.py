"""A picture below a frame: moved, brought closer and turned by mouse, wheel and keyboard."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.framing import Framing

STEP = 10  # points that an arrow key moves the picture; 1 with Shift
CLOSER = 1.1  # times, for a key or a notch of the wheel
MARGIN = 28  # around the frame, in which the rest of the picture shows


class CropView(QWidget):
    """Shows a picture and the frame over it, with `round` a circle in it; says `changed` when either moves.

    Dragging and the arrow keys move the picture, the wheel and + and - bring it closer, Home fills the frame again.
    """

    changed = Signal()

    def __init__(self, name: str, image: QImage, aspect: float, round: bool = False) -> None:
        super().__init__()
        self.turn = 0  # quarters, clockwise
        self.ground = QColor(Qt.GlobalColor.white)  # behind the picture, inside the frame
        self._images = _halves(image)
        self._round = round
        self._held: QPointF | None = None
        self._ringed = False
        self.framing = Framing.filled(image.width(), image.height(), aspect, round)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Arrow keys move the picture, + and - zoom."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        around = 2 * theme.pixels(MARGIN)
        wide = theme.pixels(320 if self._round else 448)
        return QSize(wide + around, round(wide / self.framing.aspect) + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(200), theme.pixels(160))

    def set_framing(self, framing: Framing) -> None:
        """Hold another part of the picture."""
        if framing != self.framing:
            self.framing = framing
            self.update()
            self.changed.emit()

    def set_ground(self, colour: QColor) -> None:
        """Put another colour behind the picture."""
        self.ground = colour
        self.update()
        self.changed.emit()

    def turn_by(self, quarters: int) -> None:
        """Turn the picture, clockwise or back."""
        self.turn = (self.turn + quarters) % 4
        self._images = _halves(self._images[0].transformed(QTransform().rotate(90 * quarters)))
        for _quarter in range(abs(quarters)):
            self.framing = self.framing.turned(quarters > 0)
        self.update()
        self.changed.emit()

    def rendered(self, width: int, ground: QColor) -> QImage:
        """Return what the frame holds, so many pixels wide, on a ground."""
        image = QImage(width, round(width / self.framing.aspect), QImage.Format.Format_RGB32)
        image.fill(ground)
        painter = QPainter(image)
        self._draw_picture(painter, QRectF(image.rect()))
        painter.end()
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame()
        around = QPainterPath()
        around.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.setClipPath(around)
        painter.fillPath(around, theme.colour("sunken"))
        painter.fillRect(frame, self.ground)
        self._draw_picture(painter, frame)
        veil = QColor(theme.colour("sunken"))
        veil.setAlphaF(0.8)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        outside.addRect(frame)
        painter.fillPath(outside, veil)
        pen = QPen(theme.colour("accent"), 2)
        if self._round:
            corners = QPainterPath()
            corners.addRect(frame)
            corners.addEllipse(frame)
            veil.setAlphaF(0.55)
            painter.fillPath(corners, veil)
            painter.setPen(pen)
            painter.drawEllipse(frame)
        else:
            painter.setPen(pen)
            painter.drawRect(frame)
        painter.setClipping(False)
        if self._ringed and self.hasFocus():
            theme.ring(painter, QRectF(self.rect()), theme.RADIUS)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            way = event.position() - self._held
            self._held = event.position()
            self._move(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        frame, scale = self._frame(), self._scale()
        at = event.position() - frame.center()
        framing = self.framing
        self.set_framing(framing.zoomed(CLOSER**notches, framing.x + at.x() / scale, framing.y + at.y() / scale))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ringed = True
        step = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        ways: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Left: (-step, 0),
            Qt.Key.Key_Right: (step, 0),
            Qt.Key.Key_Up: (0, -step),
            Qt.Key.Key_Down: (0, step),
        }
        if way := ways.get(event.key()):
            self._move(*way)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_framing(self.framing.zoomed(CLOSER))
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.set_framing(self.framing.zoomed(1 / CLOSER))
        elif event.key() == Qt.Key.Key_Home:
            self.fill()
        else:
            super().keyPressEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def fill(self) -> None:
        """Go back to the frame filled by the middle of the picture."""
        framing = self.framing
        self.set_framing(Framing.filled(framing.width, framing.height, framing.aspect, framing.round))

    def _move(self, right: float, down: float) -> None:
        scale = self._scale()
        self.set_framing(self.framing.moved(right / scale, down / scale))

    def _frame(self) -> QRectF:
        """Return where the frame is in the widget."""
        around = theme.pixels(MARGIN)
        room = QRectF(self.rect()).adjusted(around, around, -around, -around)
        wide = min(room.width(), room.height() * self.framing.aspect)
        frame = QRectF(0, 0, max(wide, 1), max(wide, 1) / self.framing.aspect)
        frame.moveCenter(room.center())
        return frame

    def _scale(self) -> float:
        """Return how many points of the widget a pixel of the picture takes."""
        return self._frame().width() / self.framing.wide

    def _draw_picture(self, painter: QPainter, frame: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        framing = self.framing
        scale = frame.width() / framing.wide
        corner = frame.center() - QPointF(framing.x, framing.y) * scale
        place = QRectF(corner.x(), corner.y(), framing.width * scale, framing.height * scale)
        ratio = theme.density(painter)
        image = next((image for image in reversed(self._images) if image.width() >= place.width() * ratio), None)
        painter.drawImage(place, image or self._images[0])


def _halves(image: QImage) -> list[QImage]:
    """Return the image and what it is at a half and a quarter of its size: one large for its place looks torn."""
    images = [image]
    for _half in range(2):
        size = images[-1].size() / 2
        if size.isEmpty():
            break
        images.append(images[-1].scaled(size, mode=Qt.TransformationMode.SmoothTransformation))
    return images
