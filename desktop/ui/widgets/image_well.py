"""A place for a picture: shows it, and takes a new one by click, drop or paste."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import Button

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

    def __init__(
        self, name: str, invitation: str = "", side: int = 96, round: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", look="icon", parent=parent)
        self._picture = QPixmap()
        self._invitation = invitation
        self._round = round
        self._side = theme.pixels(side)
        self._over = False
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.has_picture():
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasImage() or _paths(data):
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
            self._draw_picture(painter)
            painter.setClipping(False)
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
        if paths := _paths(data):
            self.dropped.emit(paths)
        elif picture := _picture(data):
            self.pasted.emit(picture)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit()


def _paths(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _picture(data: QMimeData) -> bytes:
    for kind in RAW:
        if data.hasFormat(kind):
            return bytes(data.data(kind).data())
    image = data.imageData()
    if not isinstance(image, QImage):
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
