"""The pictures of an item: shown in a row, the first ones for the phone; added, arranged, changed, copied, removed."""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QDrag, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.data.models import Picture, Product
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.limits import limit, measure
from desktop.services.pictures import (
    attach_pictures,
    move_picture,
    read_picture,
    read_sizes,
    remove_picture,
    replace_picture,
)
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.crop import CropDialog, Cut
from desktop.ui.dialogs.left_out import LeftOutDialog
from desktop.ui.dialogs.picture_viewer import PictureViewer
from desktop.ui.intake import Haul, Intake, Source, choose_pictures, left_out, take_pictures
from desktop.ui.pages.picture_actions import PictureAction, actions
from desktop.ui.picture_files import carried
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.focus import tab_here
from desktop.ui.widgets.image_well import PLACE, ImageWell
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.progress import Progress

SIDE = 84
MANY = 100  # pictures whose rows take longer than a moment to write
SHOWN = 12  # wells, and as many more each time they are asked for


class ItemPictures(QWidget):
    """Wells for the pictures of one item, and one more to add to them."""

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.context = context
        self._thumbnails = thumbnails
        self._item: int | None = None
        self._name = ""
        self._pictures: list[Picture] = []
        self._shown = SHOWN
        self._troubles: list[str] = []
        self.intake: Intake | None = None
        self.viewer: PictureViewer | None = None
        self.choices = actions(self)
        self.wells: list[ImageWell] = []
        self.add = ImageWell(_("Add pictures: choose, drop or paste"), _("Add picture"), SIDE)
        self.more = flat("")
        self.note = Label("", "small", wrap=True)
        self.small = Label("", "warn", wrap=True)
        self.why = flat(_("See what was left out"))
        self.progress = Progress()
        self.row = QWidget()
        self._flow = FlowLayout(self.row, theme.pixels(8))
        self._flow.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(4))
        for widget in (self.row, self.more, self.progress, self.note, self.small, self.why):
            layout.addWidget(widget)
        for part in (self.more, self.progress, self.small, self.why):
            part.hide()
        self.add.chosen.connect(self._on_choose)
        self.add.dropped.connect(self._on_dropped)
        self.add.pasted.connect(self._on_pasted)
        self.add.arranged.connect(partial(self._arrange, None))
        self.more.clicked.connect(self._on_more)
        self.why.clicked.connect(self._on_why)
        self.progress.stopped.connect(self._on_stop)
        thumbnails.ready.connect(self._on_ready)
        self.row.setDisabled(context.read_only)
        self.add.setHidden(context.read_only)

    # What is shown

    def show_pictures(self, product: Product | None) -> None:
        """Show the pictures of an item that was read whole."""
        item = product.id if product else None
        pictures = list(product.pictures) if product else []
        self._name = product.name if product else ""
        same = [(p.id, p.sha256) for p in pictures] == [(p.id, p.sha256) for p in self._pictures]
        if item == self._item and same:
            return
        place = next((place for place, well in enumerate(self.wells) if well.hasFocus()), None)
        place = place if item == self._item else None
        if item != self._item:
            self._shown = SHOWN
            self._set_troubles([])
        focused = self._pictures[place].id if place is not None else None
        self._item, self._pictures = item, pictures
        self._fill()
        if place is not None:  # whoever moves one by key stays with it; where it went, the next is there
            ids = [picture.id for picture in pictures[: len(self.wells)]]
            place = ids.index(focused) if focused in ids else min(place, len(self.wells))
            [*self.wells, self.add][place].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.viewer:
            self.viewer.show_picture(self.viewer.number)

    def _fill(self) -> None:
        """Make the wells of as many pictures as are shown."""
        for well in self.wells:
            self._flow.removeWidget(well)
            well.hide()
            well.deleteLater()
        self._flow.removeWidget(self.add)
        self.wells = [self._well(number, picture) for number, picture in enumerate(self._pictures[: self._shown])]
        self._flow.addWidget(self.add)
        tab_here(self.row, [*self.wells, self.add])
        left = len(self._pictures) - len(self.wells)
        words = ngettext("Show {n} more picture", "Show {n} more pictures", min(left, SHOWN))
        self.more.set_text(words.format(n=formats.number(min(left, SHOWN))))
        self.more.setVisible(left > 0)
        self._on_ready()
        self._explain()

    def _well(self, number: int, picture: Picture) -> ImageWell:
        name = _("Picture {n}").format(n=formats.number(number + 1))
        sent = number < limit("catalog.pictures")
        if not sent:
            name = _("Picture {n}, only here").format(n=formats.number(number + 1))
        well = ImageWell(name, _("On the web") if picture.sha256 is None else "", SIDE)
        well.set_badge(formats.number(number + 1) if len(self._pictures) > 1 else "", faded=not sent)
        well.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        well.customContextMenuRequested.connect(partial(self._on_menu, number))
        well.chosen.connect(partial(self.open, number))
        well.dropped.connect(self._on_dropped)
        well.pasted.connect(self._on_pasted)
        well.removed.connect(partial(self.remove, number))
        well.dragged.connect(partial(self._drag, number))
        well.arranged.connect(partial(self._arrange, number))
        self._flow.addWidget(well)
        well.show()
        return well

    def _explain(self) -> None:
        """Say which pictures go to the phone, which are too small, and which are not here at all."""
        many, sent = len(self._pictures), limit("catalog.pictures")
        sentence = measure("catalog.pictures", many).sentence
        if many > sent:
            words = ngettext(
                "The first {limit} go to the phone; {n} more is kept here. Move the best to the front.",
                "The first {limit} go to the phone; {n} more are kept here. Move the best to the front.",
                many - sent,
            )
            sentence = words.format(limit=formats.number(sent), n=formats.number(many - sent))
        elif not sentence and any(picture.sha256 is None for picture in self._pictures):
            sentence = _("A picture that is only on the web is shown there, not here. Add it from a file to keep it.")
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self.small.setText(self._too_small())
        self.small.setVisible(bool(self.small.text()))

    def _too_small(self) -> str:
        side = limit("feed.image_side_at_least")
        digests = [picture.sha256 for picture in self._pictures[: limit("catalog.pictures")]]
        sizes = self.context.get(read_sizes, [digest for digest in digests if digest]) if any(digests) else {}
        for number, digest in enumerate(digests, 1):
            width, height = sizes.get(digest or "", (side, side))
            if min(width, height) < side:
                sentence = _("Picture {n} is {width}×{height}. Meta asks for {side}×{side} or more: replace it.")
                numbers = {"n": number, "width": width, "height": height, "side": side}
                return sentence.format(**{name: formats.number(value) for name, value in numbers.items()})
        return ""

    def _set_troubles(self, troubles: list[str]) -> None:
        self._troubles = troubles
        self.why.setVisible(len(troubles) > 1)

    # What is done with one picture

    def count(self) -> int:
        """Return how many pictures the item has."""
        return len(self._pictures)

    def is_kept(self, number: int) -> bool:
        """Say whether a picture is here, and not only an address on the web."""
        return number < len(self._pictures) and self._pictures[number].sha256 is not None

    def bytes_of(self, number: int) -> bytes:
        """Return a picture's file, b"" if it is not here."""
        digest = self._pictures[number].sha256 if self.is_kept(number) else None
        return (self.context.get(read_picture, digest) or b"") if digest else b""

    def menu_of(self, number: int) -> QMenu:
        """Return the menu of a picture, by its place."""
        menu = QMenu(self)
        for action in self.choices:
            if action.begins:
                menu.addSeparator()
            entry = menu.addAction(action.words, partial(action.act, number))
            entry.setShortcut(action.keys)
            entry.setEnabled(action.fits(number) and (action.reads or not self.context.read_only))
        return menu

    def do(self, action: PictureAction, number: int) -> bool:
        """Do something with a picture, if it can be done with that one now; return whether it could."""
        fits = number < len(self._pictures) and action.fits(number)
        allowed = fits and (action.reads or not self.context.read_only)
        if allowed:
            action.act(number)
        return allowed

    def open(self, number: int) -> None:
        """Show a picture large."""
        self.viewer = PictureViewer(self, number)
        self.viewer.finished.connect(self._on_viewer_closed)
        self.viewer.open()

    def place_at(self, number: int, place: int) -> None:
        """Put a picture at another place."""
        self.context.act(N_("Move picture"), move_picture, self._pictures[number].id, place, origin=self)

    def remove(self, number: int) -> None:
        """Take a picture away; undo brings it back."""
        picture = self._pictures[number].id
        self.context.act(N_("Remove picture"), remove_picture, picture, done=_("Picture removed"), origin=self)

    def rotate(self, number: int, quarters: int) -> None:
        """Turn a picture clockwise."""
        from desktop.data.images import turned

        self._remake(number, N_("Rotate picture"), lambda data: turned(data, quarters))

    def crop(self, number: int) -> None:
        """Let the owner cut a square out of a picture."""
        dialog = CropDialog(self, self.bytes_of(number), "item")
        dialog.cut_made.connect(partial(self._on_cut, number))
        dialog.open()

    def replace(self, number: int) -> None:
        """Ask for another picture, to be put in the place of one."""
        choose_pictures(self, partial(self._on_replacement, number), several=False)

    def copy(self, number: int) -> None:
        """Copy a picture, to be pasted into a chat as a picture or as a file."""
        data = carried(self.bytes_of(number), self._name)
        self.context.copy_data(data, _("The picture is copied. Ready to paste into the chat."))

    def _on_cut(self, number: int, cut: Cut) -> None:
        from desktop.data.images import crop

        self._remake(number, N_("Crop picture"), lambda data: crop(data, *cut))

    def _remake(self, number: int, title: str, make: Callable[[bytes], object]) -> None:
        """Make another picture of one away from the window, and put it in its place."""
        picture, data = self._pictures[number], self.bytes_of(number)
        job = self.context.work(lambda _token: make(data))
        job.done.connect(partial(self._on_remade, title, picture.id, picture.sha256))
        job.start()

    def _on_remade(self, title: str, picture: int, base: str | None, image: object) -> None:
        self.context.act(title, replace_picture, picture, image, base, origin=self)

    def _on_replacement(self, number: int, paths: list[str]) -> None:
        if paths and number < len(self._pictures):
            picture = self._pictures[number].id
            take_pictures(self.context, paths[:1], partial(self._on_replaced, picture))

    def _on_replaced(self, picture: int, images: list[object]) -> None:
        self.context.act(N_("Replace picture"), replace_picture, picture, images[0], origin=self)

    # By key and by mouse

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._by_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self._by_key(event)
        if not found or not self.do(*found):
            super().keyPressEvent(event)

    def _by_key(self, event: QKeyEvent) -> tuple[PictureAction, int] | None:
        """Return what keys mean for the picture that has the focus."""
        number = next((number for number, well in enumerate(self.wells) if well.hasFocus()), None)
        keys = QKeySequence(event.keyCombination())
        action = next((action for action in self.choices if action.keys == keys), None)
        return (action, number) if action and number is not None else None

    def _on_menu(self, number: int, place: QPoint = QPoint()) -> None:  # noqa: B008
        menu = self.menu_of(number)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.wells[number].mapToGlobal(place))

    def _drag(self, number: int) -> None:
        """Let a picture be dragged to another place here, or away into another program."""
        drag = QDrag(self.wells[number])
        data = carried(self.bytes_of(number), self._name)
        if not self.context.read_only:
            data.setData(PLACE, f"{self._item} {self._pictures[number].id}".encode())
        drag.setMimeData(data)
        small = self._thumbnails.get(self._pictures[number].sha256)
        if small:
            drag.setPixmap(small.scaledToHeight(theme.pixels(SIDE), Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def _arrange(self, number: int | None, place: bytes) -> None:
        """Put the picture that a drag names where it was let go."""
        item, picture = map(int, place.split())
        ids = [row.id for row in self._pictures]
        if item == self._item and picture in ids:
            self.place_at(ids.index(picture), len(ids) if number is None else number)

    # What comes in

    def take(self, sources: list[Source]) -> None:
        """Add pictures to the item, any number of them, as one action."""
        if self._item is None or self.context.read_only:
            return
        if self.intake:
            self.context.say(_("Pictures are still being read. Wait for them, or stop that first."))
            return
        self._set_troubles([])
        self.intake = Intake(self.context, sources)
        self.intake.progressed.connect(self._on_progressed)
        self.intake.ended.connect(partial(self._on_taken, self._item))
        self.intake.start()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setVisible(total > 1)
        self.progress.show_step(_("Reading pictures: {of}").format(of=formats.of(done, total)), done, total)

    def _on_taken(self, item: int, haul: Haul) -> None:
        done = ""
        if haul.unread:
            words = ngettext("{n} picture added, then stopped", "{n} pictures added, then stopped", len(haul.kept))
            done = words.format(n=formats.number(len(haul.kept)))
        elif len(haul.kept) > 1:
            words = ngettext("{n} picture added", "{n} pictures added", len(haul.kept))
            done = words.format(n=formats.number(len(haul.kept)))
        if len(haul.kept) > MANY:
            self.context.act_behind(N_("Add pictures"), attach_pictures, item, haul.digests, done=lambda _ids: done)
        elif haul.kept:
            self.context.act(N_("Add pictures"), attach_pictures, item, haul.digests, origin=self, done=done)
        if sentence := left_out(haul.troubles) or " ".join(haul.remarks[:1]):
            self.context.say(sentence, undo=bool(haul.kept))
        if not shiboken6.isValid(self):  # the page was made anew meanwhile, in another language, say
            return
        self.intake = None
        self.progress.hide()
        if item == self._item:
            self._set_troubles(haul.troubles)

    @Slot()
    def _on_stop(self) -> None:
        if self.intake:
            self.intake.stop()

    @Slot()
    def _on_choose(self) -> None:
        choose_pictures(self, self._on_dropped)

    @Slot(list)
    def _on_dropped(self, paths: list[str]) -> None:
        self.take([*paths])

    @Slot(bytes)
    def _on_pasted(self, picture: bytes) -> None:
        self.take([picture])

    @Slot()
    def _on_more(self) -> None:
        self._shown += SHOWN
        self._fill()

    @Slot()
    def _on_why(self) -> None:
        dialog = LeftOutDialog(self._troubles, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_viewer_closed(self) -> None:
        if self.viewer:
            number, self.viewer = self.viewer.number, None
            if number < len(self.wells):
                self.wells[number].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_ready(self) -> None:
        for well, picture in zip(self.wells, self._pictures, strict=False):
            if picture.sha256 and not well.has_picture():
                well.set_picture(self._thumbnails.get(picture.sha256))
