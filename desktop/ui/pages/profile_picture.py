"""A picture of the profile: chosen, dropped or pasted, kept in the shop, and what the phone will make of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.image_kinds import LARGEST_FILE, Unreadable
from desktop.data.images import Image, crop, normalise
from desktop.i18n import N_, _, formats
from desktop.services.limits import limit
from desktop.services.pictures import read_picture
from desktop.services.profile import set_picture
from desktop.ui import theme
from desktop.ui.asking import ask_for_file
from desktop.ui.context import Context
from desktop.ui.dialogs.crop import ASPECTS, CropDialog, Cut, Shape, corner_colours, has_holes
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import Button, announce, icon_button, quiet
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.image_well import ImageWell
from desktop.ui.widgets.labels import Label

KINDS = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.gif *.bmp"
SIDE = 88
TITLES = {  # what is done to each of the two, for Undo
    "logo": (N_("Change profile photo"), N_("Remove profile photo"), N_("Profile photo removed")),
    "cover": (N_("Change cover photo"), N_("Remove cover photo"), N_("Cover photo removed")),
}


class WideWell(ImageWell):
    """A well in the shape of a cover photo, about 16:9."""

    def sizeHint(self) -> QSize:
        return QSize(self._side * 16 // 9, self._side)


class ProfilePicture(QWidget):
    """The "logo" or the "cover", with its buttons; above them what is wrong with it, or a hint."""

    def __init__(self, context: Context, field: Shape, label: str, hint: str) -> None:
        super().__init__()
        self.context = context
        self.field = field
        self.picture: bytes | None = None  # what is shown
        self.companion: ProfilePicture | None = None  # the other one, whose colours are the shop's too
        self.dialog: CropDialog | None = None
        self._digest: str | None = None
        self._hint = hint
        self._job: Job | None = None
        kind = ImageWell if field == "logo" else WideWell
        self.well = kind(label, side=SIDE, round=field == "logo")
        self.label = Label(label, "section")
        self.message = Label(hint, "small", wrap=True)
        self.choose: Button = quiet(_("Choose…"), "image-plus")
        self.choose.setAccessibleName(_("Choose a picture: {name}").format(name=label))
        self.adjust: Button = quiet(_("Adjust…"), "crop")
        self.adjust.setAccessibleName(_("Adjust the picture: {name}").format(name=label))
        self.remove = icon_button("trash-2", _("Remove the picture: {name}").format(name=label))
        self._lay_out()
        self.well.chosen.connect(self._on_choose)
        self.well.dropped.connect(self._on_dropped)
        self.well.pasted.connect(self._on_pasted)
        self.well.removed.connect(self._on_remove)
        self.choose.clicked.connect(self._on_choose)
        self.adjust.clicked.connect(self._on_adjust)
        self.remove.clicked.connect(self._on_remove)
        for part in (self.adjust, self.remove):
            keeps_its_line = part.sizePolicy()
            keeps_its_line.setRetainSizeWhenHidden(True)  # or the form would jump with the first picture
            part.setSizePolicy(keeps_its_line)
            part.hide()
        for part in (self.well, self.choose, self.adjust, self.remove):
            part.setEnabled(not context.read_only)

    def show_stored(self, digest: str | None) -> None:
        """Show the picture that the shop keeps under this digest, or none."""
        if digest != self._digest:
            self._digest = digest
            self.picture = self.context.get(read_picture, digest) if digest else None
            self.well.set_picture(self.picture)
            self._explain("")
        for button in (self.adjust, self.remove):
            button.setVisible(bool(digest))

    def take(self, source: Path | bytes) -> None:
        """Bring a picture into the shop, away from the window; what is wrong with it is said beside it.

        One that has not the phone's shape, or is transparent, is shown in a dialog to be cut first.
        """
        if not self.context.read_only:
            self.message.setText(_("Reading the picture…"))
            self._work(partial(_read, source), self._on_read)

    def _work(self, fn: Callable[[Token], Image], done: Callable[[Image], None]) -> None:
        self._job = self.context.work(fn).begin(done, self._on_failed, instead_of=self._job)

    def _lay_out(self) -> None:
        place = QWidget()
        buttons = FlowLayout(place, theme.pixels(4))
        for button in (self.choose, self.adjust, self.remove):
            buttons.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(4))
        words.addWidget(self.label)
        words.addWidget(self.message)
        words.addWidget(place)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(12))
        row.addWidget(self.well, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _explain(self, complaint: str) -> None:
        advice = _advice(self.picture) if self.field == "logo" and self.picture else ""
        self.message.setText(complaint or advice or self._hint)
        theme.look(self.message, "warn" if complaint or advice else "small")
        if complaint:
            announce(self.well, complaint)

    @Slot()
    def _on_choose(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        pictures, everything = _("Pictures"), _("All files")
        kinds = f"{pictures} ({KINDS});;{everything} (*)"
        ask_for_file(self, self.label.text(), folder, kinds, self._on_file)

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self.take(Path(path))

    @Slot(list)
    def _on_dropped(self, paths: list[str]) -> None:
        self.take(Path(paths[0]))

    @Slot(bytes)
    def _on_pasted(self, data: bytes) -> None:
        self.take(data)

    @Slot()
    def _on_adjust(self) -> None:
        if self.picture:
            self._open(self.picture)

    def _open(self, picture: bytes) -> None:
        """Let the owner cut a picture."""
        if self.dialog:
            self.dialog.reject()
        other = self.companion.picture if self.companion else None
        colours = corner_colours(QImage.fromData(other)) if other else []
        self.dialog = CropDialog(self, picture, self.field, colours)
        self.dialog.cut_made.connect(partial(self._on_cut, picture))
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_cut(self, picture: bytes, cut: Cut) -> None:
        self._work(partial(_cut, picture, cut), self._on_ready)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot()
    def _on_remove(self) -> None:
        _change, remove, removed = TITLES[self.field]
        self.context.act(remove, set_picture, self.field, None)
        if not self._digest:
            self.context.say(_(removed), undo=True)

    @Slot(object)
    def _on_read(self, image: Image) -> None:
        self._job = None
        self._explain("")
        if _needs_cut(image, ASPECTS[self.field]):
            self._open(image.data)
        else:
            self._on_ready(image)

    @Slot(object)
    def _on_ready(self, image: Image) -> None:
        self._job = None
        self._explain("")  # also where the same picture was chosen again, and nothing changes
        self.context.act(TITLES[self.field][0], set_picture, self.field, image)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, Unreadable):
            self._explain(str(error))
        elif isinstance(error, OSError):
            self._explain(_("This file cannot be read. Copy it onto this computer and choose it again."))
        else:
            self._explain("")
            raise error


def _read(source: Path | bytes, _token: Token) -> Image:
    """Return a picture ready to be kept. Raises Unreadable, OSError. Called in a thread."""
    if isinstance(source, bytes):
        return normalise(source)
    with source.open("rb") as file:
        return normalise(file.read(LARGEST_FILE + 1))


def _cut(picture: bytes, cut: Cut, _token: Token) -> Image:
    return crop(picture, *cut)


def _needs_cut(image: Image, aspect: float) -> bool:
    """Say whether the phone would show a picture otherwise than it is: cut at its sides, or black behind it."""
    off = abs(image.width - image.height * aspect) > 1
    return off or (image.format == "png" and has_holes(QImage.fromData(image.data)))


def _advice(picture: bytes) -> str:
    """Say what the phone will not like about a profile photo, "" if nothing."""
    image = QImage.fromData(picture)
    least = limit("profile.photo_side_at_least")
    if min(image.width(), image.height()) < least:
        sentence = _("This picture is {width}×{height}. The phone wants {side}×{side} or more: choose a larger one.")
        width, height, side = (formats.number(length) for length in (image.width(), image.height(), least))
        return sentence.format(width=width, height=height, side=side)
    if has_holes(image):  # from before it was asked for, or from another program
        return _("What is transparent here turns black on the phone. Adjust it, and choose a background.")
    return ""
