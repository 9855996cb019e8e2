"""The dialog in which a picture gets the shape that the phone shows: a circle, 16:9, or the square of an item."""

from collections.abc import Iterable
from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QColorDialog, QDialog, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats
from desktop.services.limits import limit
from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, flat, icon_button, primary, quiet
from desktop.ui.widgets.crop_view import CLOSER, CropView
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.labels import Label, form_is_rtl

Shape = Literal["logo", "cover", "item"]
ASPECTS: dict[Shape, float] = {"logo": 1, "cover": 16 / 9, "item": 1}
TITLES: dict[Shape, str] = {"logo": N_("Profile photo"), "cover": N_("Cover photo"), "item": N_("Crop to a square")}
ABOUT: dict[Shape, str] = {
    "logo": N_("Customers see what is in the circle."),
    "cover": N_("Customers see what is in the frame."),
    "item": N_("In the catalog, customers see a square of every picture."),
}
STEPS = 1000  # of the slider
COLOURS = 6  # to choose from, before any other one
ITEM_SIDE = 500  # pixels that Meta asks of an item's picture
LIGHT = 200  # of 255: a drawing that is lighter than this is lost on white
ALIKE = 40  # of 3 × 255: colours nearer to each other than this are one


class Cut(NamedTuple):
    """What was chosen, in the order that `data.images.crop` takes: a rectangle of the turned picture, and a ground."""

    x: int
    y: int
    width: int
    height: int
    turn: int
    ground: str


class CropDialog(QDialog):
    """Shows a picture below a frame of the phone's shape, and sends a Cut by `cut_made`. Show it with `open()`.

    Where something of the frame would stay empty, or the picture is transparent (which the phone shows black), it
    offers grounds: white, black, `colours`, those at the picture's corners, and any other.
    """

    cut_made = Signal(object)

    def __init__(self, parent: QWidget, picture: bytes, shape: Shape, colours: Iterable[str] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(TITLES[shape]))
        image = QImage.fromData(picture)
        self._holes = has_holes(image)
        self._shape = shape
        self._picker: QColorDialog | None = None
        self.view = CropView(_(TITLES[shape]), image, ASPECTS[shape], round=shape == "logo")
        if self._holes and image.width() != image.height():  # a wide logo is wanted whole
            self.view.set_framing(self.view.framing.whole())
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setRange(0, STEPS)
        self.zoom.setAccessibleName(_("Zoom"))
        self.farther = icon_button("zoom-out", _("Zoom out"))
        self.closer = icon_button("zoom-in", _("Zoom in"))
        self.back = icon_button("rotate-ccw", _("Turn to the left"))
        self.on = icon_button("rotate-cw", _("Turn to the right"))
        self.whole = flat(_("Show all of it"))
        self.fill = flat(_("Fill the frame"))
        self.about_ground = Label("", "warn", wrap=True)
        self.grounds = QButtonGroup(self)
        self.other = flat(_("Other color…"))
        self.faces = [Face(96), Face(96), Face(40)] if shape == "logo" else []
        self.advice = Label("", "warn", wrap=True)
        self.use = primary(_("Use this picture"))
        self.cancel = quiet(_("Cancel"))
        self.use.setDefault(True)
        self._swatches = QWidget()
        self._flow = FlowLayout(self._swatches)
        self._lay_out(shape)
        for colour in _distinct(["#ffffff", "#000000", *corner_colours(image), *colours])[:COLOURS]:
            self._offer(colour)
        self._choose("#000000" if self._holes and _is_light(image) else "#ffffff")
        self.zoom.valueChanged.connect(self._on_zoom)
        self.farther.clicked.connect(partial(self._zoom, 1 / CLOSER))
        self.closer.clicked.connect(partial(self._zoom, CLOSER))
        self.back.clicked.connect(partial(self.view.turn_by, -1))
        self.on.clicked.connect(partial(self.view.turn_by, 1))
        self.whole.clicked.connect(self._on_whole)
        self.fill.clicked.connect(self.view.fill)
        self.grounds.buttonClicked.connect(self._on_ground)
        self.other.clicked.connect(self._on_other)
        self.view.changed.connect(self._show)
        self.use.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._show()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def cut(self) -> Cut:
        """Return what the frame holds now."""
        return Cut(*self.view.framing.box(), self.view.turn, self.view.ground.name())

    def accept(self) -> None:
        """Send what was chosen, and close."""
        cut = self.cut()
        super().accept()
        self.cut_made.emit(cut)

    def _lay_out(self, shape: Shape) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(theme.pixels(4))
        tools.addWidget(self.farther)
        tools.addWidget(self.zoom, 1)
        turns = (self.on, self.back) if form_is_rtl() else (self.back, self.on)  # left is on the left everywhere
        for button in (self.closer, *turns, self.whole, self.fill):
            tools.addWidget(button)
        picture = QVBoxLayout()
        picture.setSpacing(theme.pixels(8))
        picture.addWidget(self.view, 1)
        picture.addLayout(tools)
        body = QHBoxLayout()
        body.setSpacing(theme.pixels(16))
        body.addLayout(picture, 1)
        if self.faces:
            body.addWidget(self._on_phone())
        self._flow.addWidget(self.other)
        foot = QHBoxLayout()
        foot.setSpacing(theme.pixels(12))
        foot.addWidget(self.advice, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.use)
        layout = QVBoxLayout(self)
        around = theme.pixels(16)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addWidget(Label(_(ABOUT[shape]), "muted", wrap=True))
        layout.addLayout(body, 1)
        for widget in (self.about_ground, self._swatches):
            keeps = widget.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)  # or the picture would jump while it is zoomed
            widget.setSizePolicy(keeps)
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.resize(theme.pixels(720), theme.pixels(580))

    def _on_phone(self) -> QWidget:
        """Return what the phone will show: large, as it would be without a ground, and as in the list of chats."""
        panel = QWidget()
        panel.setFixedWidth(theme.pixels(132))
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        titles = (_("On the phone"), _("Without a background"), _("In the list of chats"))
        self.face_titles = [Label(title, "section", wrap=True) for title in titles]
        for title, face in zip(self.face_titles, self.faces, strict=True):
            face.setAccessibleName(title.text())
            column.addWidget(title)
            column.addWidget(face)
            column.addSpacing(theme.pixels(8))
        column.addStretch()
        for part in (self.face_titles[1], self.faces[1]):
            part.setVisible(self._holes)
        return panel

    # Grounds

    def _offer(self, colour: str) -> None:
        swatch = Swatch(colour)
        self.grounds.addButton(swatch)
        self._flow.removeWidget(self.other)  # stays the last
        self._flow.addWidget(swatch)
        self._flow.addWidget(self.other)
        swatch.show()
        tab_here(self._swatches, [*self._offered(), self.other])

    def _choose(self, colour: str) -> None:
        for swatch in self._offered():
            if swatch.colour == colour:
                swatch.setChecked(True)
        self.view.set_ground(QColor(colour))

    def _offered(self) -> list["Swatch"]:
        return [button for button in self.grounds.buttons() if isinstance(button, Swatch)]

    @Slot(object)
    def _on_ground(self, swatch: object) -> None:
        assert isinstance(swatch, Swatch)
        self.view.set_ground(QColor(swatch.colour))

    @Slot()
    def _on_other(self) -> None:
        self._picker = QColorDialog(self.view.ground, self)
        self._picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._picker.colorSelected.connect(self._on_picked)
        self._picker.open()

    @Slot(QColor)
    def _on_picked(self, colour: QColor) -> None:
        if colour.name() not in [swatch.colour for swatch in self._offered()]:
            self._offer(colour.name())
        self._choose(colour.name())

    # Showing

    @Slot()
    def _show(self) -> None:
        framing = self.view.framing
        self.zoom.blockSignals(True)
        self.zoom.setValue(round(framing.closeness * STEPS))
        self.zoom.blockSignals(False)
        needed = self._holes or not framing.is_filled()
        words = _("What is transparent turns black on the phone: choose a background.")
        self.about_ground.setText(words if self._holes else _("Background around the picture:"))
        theme.look(self.about_ground, "warn" if self._holes else "section")
        self.about_ground.setVisible(needed)
        self._swatches.setVisible(needed)
        for face, ground in zip(self.faces, (self.view.ground, QColor("black"), self.view.ground), strict=False):
            face.show_image(self.view.rendered(face.width() * 2, ground))
        least = {"logo": limit("profile.photo_side_at_least"), "cover": 0, "item": ITEM_SIDE}[self._shape]
        box = self.cut()
        small = min(box.width, box.height) < least
        sentence = _("What is inside is {width}×{height}. The phone wants {side}×{side} or more.")
        lengths = {"width": box.width, "height": box.height, "side": least}
        words = sentence.format(**{name: formats.number(length) for name, length in lengths.items()})
        self.advice.setText(words if small else "")

    @Slot(int)
    def _on_zoom(self, value: int) -> None:
        self.view.set_framing(self.view.framing.at_closeness(value / STEPS))

    def _zoom(self, factor: float) -> None:
        self.view.set_framing(self.view.framing.zoomed(factor))

    @Slot()
    def _on_whole(self) -> None:
        self.view.set_framing(self.view.framing.whole())


class Face(QWidget):
    """A round picture as large as on the phone."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedSize(theme.pixels(side), theme.pixels(side))

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        circle = QPainterPath()
        circle.addEllipse(QRectF(self.rect()))
        painter.setClipPath(circle)
        painter.drawImage(self.rect(), self._image)
        painter.setClipping(False)
        painter.strokePath(circle, QPen(theme.colour("line"), 1))  # of a white one, too, the edge is seen


class Swatch(Button):
    """A colour to choose."""

    def __init__(self, colour: str) -> None:
        super().__init__("", look="icon")
        self.colour = colour
        name = {"#ffffff": _("White"), "#000000": _("Black")}.get(colour, formats.ltr(colour.upper()))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(0, 0, theme.pixels(22), theme.pixels(22))
        disc.moveCenter(QRectF(self.rect()).center())
        painter.setPen(theme.colour("border"))
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(disc)
        if self.isChecked():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc.adjusted(-4, -4, 4, 4))
        if self._ringed and self.hasFocus():
            theme.ring(painter, QRectF(self.rect()))


def has_holes(image: QImage) -> bool:
    """Say whether something of a picture is transparent."""
    if not image.hasAlphaChannel():
        return False
    small = image.scaled(64, 64, mode=Qt.TransformationMode.SmoothTransformation)
    alpha = small.convertToFormat(QImage.Format.Format_Alpha8)
    return any(value < 255 for value in bytes(alpha.constBits()))  # 64 wide: no padding between its rows


def corner_colours(image: QImage) -> list[str]:
    """Return the colours at the corners of a picture that are not transparent, as "#rrggbb"."""
    small = image.scaled(32, 32, mode=Qt.TransformationMode.SmoothTransformation)
    corners = [small.pixelColor(x, y) for y in (1, 30) for x in (1, 30)]
    return _distinct(corner.name() for corner in corners if corner.alpha() > 250)


def _distinct(colours: Iterable[str]) -> list[str]:
    """Return the colours without those that look like an earlier one."""
    kept: list[QColor] = []
    for name in colours:
        colour = QColor(name)
        if all(_distance(colour, other) > ALIKE for other in kept):
            kept.append(colour)
    return [colour.name() for colour in kept]


def _distance(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))  # type: ignore[index]


def _is_light(image: QImage) -> bool:
    """Say whether what can be seen of a drawing is nearly white."""
    small = image.scaled(32, 32, mode=Qt.TransformationMode.SmoothTransformation)
    seen = [small.pixelColor(x, y) for y in range(32) for x in range(32)]
    lights = [colour.lightness() for colour in seen if colour.alpha() > 127]
    return bool(lights) and sum(lights) / len(lights) > LIGHT
