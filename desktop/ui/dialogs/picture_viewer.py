"""A picture of an item, as large as there is room, with everything that can be done with it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, icon_button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.labels import Label, form_is_rtl

if TYPE_CHECKING:
    from desktop.ui.pages.item_pictures import ItemPictures


class PictureViewer(QDialog):
    """Follows what is done with the pictures; the arrow keys go from one to the next, Esc closes it."""

    def __init__(self, pictures: "ItemPictures", number: int) -> None:
        super().__init__(pictures)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pictures = pictures
        self.number = number
        self.view = Large()
        self.words = Label("", "muted")
        self.back = icon_button("chevron-left", _("Earlier picture"))
        self.onwards = icon_button("chevron-right", _("Later picture"))
        self.buttons: list[Button] = []
        tools = QWidget()
        flow = FlowLayout(tools, theme.pixels(4))
        for action in pictures.choices[1:]:
            if action.icon:
                button = icon_button(action.icon, action.words)
                button.set_hint(action.words, action.keys)
                button.clicked.connect(partial(self._do, action))
                self.buttons.append(button)
                flow.addWidget(button)
            QShortcut(action.keys, self).activated.connect(partial(self._do, action))
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.words)
        head.addWidget(self.onwards)
        head.addStretch()
        head.addWidget(tools)
        layout = QVBoxLayout(self)
        around = theme.pixels(16)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        self.back.clicked.connect(self._on_back)
        self.onwards.clicked.connect(self._on_onwards)
        left, right = (self._on_onwards, self._on_back) if form_is_rtl() else (self._on_back, self._on_onwards)
        QShortcut(QKeySequence("Left"), self).activated.connect(left)
        QShortcut(QKeySequence("Right"), self).activated.connect(right)
        self.resize(theme.pixels(820), theme.pixels(680))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_picture(number)

    def show_picture(self, number: int) -> None:
        """Show the picture at a place, or the one before where there is none any more; close where none is left."""
        count = self.pictures.count()
        if not count:
            self.reject()
            return
        self.number = number = min(number, count - 1)
        image = QImage.fromData(self.pictures.bytes_of(number))
        self.view.show_image(image)
        place = _("Picture {of}").format(of=formats.of(number + 1, count))
        size = formats.ltr(f"{formats.number(image.width())}×{formats.number(image.height())}")
        self.words.setText(place if image.isNull() else f"{place} · {size}")
        self.setWindowTitle(place)
        self.view.setAccessibleName(self.words.text())
        self.back.setEnabled(number > 0)
        self.onwards.setEnabled(number < count - 1)
        shown = [action for action in self.pictures.choices[1:] if action.icon]
        for button, action in zip(self.buttons, shown, strict=True):
            button.setEnabled(action.fits(number) and (action.reads or not self.pictures.context.read_only))

    def _do(self, action: object) -> None:
        for known in self.pictures.choices:
            if known is action:
                moved = {"Alt+Home": 0}.get(known.keys.toString(), self.number)
                self.pictures.do(known, self.number)
                if moved != self.number:
                    self.show_picture(moved)

    @Slot()
    def _on_back(self) -> None:
        self.show_picture(max(0, self.number - 1))

    @Slot()
    def _on_onwards(self) -> None:
        self.show_picture(self.number + 1)


class Large(QWidget):
    """A picture, whole, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(640), theme.pixels(480))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        ratio = self.devicePixelRatioF()
        size = self._image.size() / ratio
        room = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if room.width() > size.width():
            room = size
        place = QRectF(0, 0, room.width(), room.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(place, self._image)
