"""A place for a picture: shows it, and takes a new one by click, drop or paste."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import icons, theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.drops import paths_in

PLACE = "application/x-dukkan-place"  # of a drag that puts pictures into another order
RAW = ("image/jpeg", "image/png", "image/webp")  # taken as they are; anything else is made a PNG


class ImageWell(Button):
    """A square (or with `round` a disc) that shows a picture or an invitation to choose one.

    The page does the rest on `chosen` (clicked, Enter, Space: open the dialog), `dropped(paths)`, `pasted(bytes)` and
    `removed` (Delete, when there is a picture).
    """

    chosen = Signal()
    dropped = Signal(list)  # of paths, as str
    pasted = Signal(bytes)
    removed = Signal()
    dragged = Signal()  # away, with the mouse: the page makes the drag, with a PLACE where it may be let go here
    arranged = Signal(bytes)  # what a drag with a PLACE says, let go over this one

    def __init__(
        self, name: str, invitation: str = "", side: int = 96, round: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", look="icon", parent=parent)
        self._picture = QPixmap()
        self._invitation = invitation
        self._round = round
        self._side = theme.pixels(side)
        self._over = False
        self._pressed: QPoint | None = None
        self._badge = ""
        self._faded = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAcceptDrops(True)
        self.setFixedSize(self.sizeHint())
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def set_picture(self, picture: QPixmap | bytes | None) -> None:
        """Show `picture` (bytes: a stored file's), or the invitation for None and for bytes that are no picture."""
        if isinstance(picture, bytes):
            image = QPixmap()
            image.loadFromData(picture)
            picture = image
        self._picture = picture or QPixmap()
        self.update()

    def has_picture(self) -> bool:
        """Say whether a picture is shown."""
        return not self._picture.isNull()

    def set_badge(self, badge: str, faded: bool = False) -> None:
        """Show a short word in the corner of the picture, which is faded where it is not one of the chosen."""
        self._badge, self._faded = badge, faded
        self.update()

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            event.accept()  # it is meant here, not by the page around
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = self._pressed and (event.position().toPoint() - self._pressed).manhattanLength()
        if far and far >= QApplication.startDragDistance() and self.has_picture():
            self._pressed = None
            self.setDown(False)  # it is no click any more
            self.dragged.emit()
        else:
            super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.has_picture():
            self.removed.emit()
        elif event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            event.ignore()  # for the page: with arrows, a button would go to the next one
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasFormat(PLACE) or data.hasImage() or paths_in(data):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        self._take(event.mimeData())
        event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = frame.width() / 2 if self._round else theme.RADIUS
        shape = QPainterPath()
        shape.addRoundedRect(frame, radius, radius)
        painter.fillPath(shape, theme.colour("accent-soft" if self._over else "sunken"))
        if self.has_picture():
            painter.setClipPath(shape)
            painter.setOpacity(0.45 if self._faded else 1)
            self._draw_picture(painter)
            painter.setOpacity(1)
            painter.setClipping(False)
            self._draw_badge(painter)
        else:
            self._draw_invitation(painter)
        dashed = Qt.PenStyle.SolidLine if self.has_picture() else Qt.PenStyle.DashLine
        hot = self._over or self.underMouse()
        edge = "accent" if hot else "line" if self.has_picture() else "border"
        painter.strokePath(shape, QPen(theme.colour(edge), 1, dashed))
        if self._ringed and self.hasFocus():
            theme.ring(painter, QRectF(self.rect()), radius)

    def _draw_picture(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        fill = Qt.AspectRatioMode.KeepAspectRatioByExpanding if self._round else Qt.AspectRatioMode.KeepAspectRatio
        fitted = self._picture.scaled(room, fill, Qt.TransformationMode.SmoothTransformation)
        place = QRectF(0, 0, fitted.width() / ratio, fitted.height() / ratio)
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(place, fitted, QRectF(fitted.rect()))

    def _draw_badge(self, painter: QPainter) -> None:
        if not self._badge:
            return
        painter.setFont(theme.font("small"))
        high = painter.fontMetrics().height() + theme.pixels(2)
        wide = max(high, painter.fontMetrics().horizontalAdvance(self._badge) + theme.pixels(8))
        place = QRect(theme.pixels(4), theme.pixels(4), wide, high)
        place = mirrored(place, self.rect(), self.layoutDirection())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(place, high / 2, high / 2)
        painter.setPen(theme.colour("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _draw_invitation(self, painter: QPainter) -> None:
        side = theme.pixels(22)
        words = self._invitation
        painter.setFont(theme.font("small"))
        room = QRect(self.rect()).adjusted(6, 6, -6, -6)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        height = painter.boundingRect(room, flags, words).height() + theme.pixels(4) if words else 0
        top = (self.height() - side - height) // 2
        picture = icons.pixmap("image-plus", "muted", side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, top, picture)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(room.x(), top + side + theme.pixels(4), room.width(), height), flags, words)

    def _take(self, data: QMimeData) -> None:
        if data.hasFormat(PLACE):
            self.arranged.emit(bytes(data.data(PLACE).data()))
        elif paths := paths_in(data):
            self.dropped.emit(paths)
        elif picture := picture_in(data):
            self.pasted.emit(picture)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit()


class PicturePaste(QObject):
    """A picture that is pasted into one of the fields beside a well goes into the well: a text could not take it."""

    def __init__(self, well: ImageWell, fields: Iterable[QWidget]) -> None:
        super().__init__(well)
        self._well = well
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            data = QGuiApplication.clipboard().mimeData()
            if data.hasImage() and not data.hasText():
                self._well.pasted.emit(picture_in(data))
                return True
        return super().eventFilter(watched, event)


def picture_in(data: QMimeData) -> bytes:
    """Return the picture that was dropped or copied as it came, or as a PNG; b"" for none."""
    for kind in RAW:
        if data.hasFormat(kind):
            return bytes(data.data(kind).data())
    image = data.imageData()
    return png(image) if isinstance(image, QImage) else b""


def png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
