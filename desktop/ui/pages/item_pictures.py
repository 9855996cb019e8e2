"""The pictures of an item: shown in a row, the first largest; chosen, dropped, pasted, made first, removed."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.data.models import Picture, Product
from desktop.i18n import N_, _, formats
from desktop.services.limits import measure
from desktop.services.pictures import add_pictures, move_picture, remove_picture
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.intake import Source, choose_pictures, take_pictures
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.flow import FlowLayout, tab_here
from desktop.ui.widgets.image_well import ImageWell
from desktop.ui.widgets.labels import Label

SIDE = 84


class ItemPictures(QWidget):
    """Wells for the pictures of one item, and one more to add to them."""

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.context = context
        self._thumbnails = thumbnails
        self._item: int | None = None
        self._pictures: list[Picture] = []
        self.wells: list[ImageWell] = []
        self.add = ImageWell(_("Add pictures: choose, drop or paste"), _("Add picture"), SIDE)
        self.note = Label("", "small", wrap=True)
        self.row = QWidget()
        self._flow = FlowLayout(self.row, theme.pixels(8))
        self._flow.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(4))
        layout.addWidget(self.row)
        layout.addWidget(self.note)
        self.add.chosen.connect(self._on_choose)
        self.add.dropped.connect(self._on_dropped)
        self.add.pasted.connect(self._on_pasted)
        thumbnails.ready.connect(self._on_ready)
        self.row.setDisabled(context.read_only)
        self.add.setHidden(context.read_only)

    def show_pictures(self, product: Product | None) -> None:
        """Show the pictures of an item that was read whole."""
        item = product.id if product else None
        pictures = list(product.pictures) if product else []
        if item == self._item and [p.id for p in pictures] == [p.id for p in self._pictures]:
            return
        place = next((place for place, well in enumerate(self.wells) if well.hasFocus()), None)
        place = place if item == self._item else None
        self._item, self._pictures = item, pictures
        for well in self.wells:
            self._flow.removeWidget(well)
            well.hide()
            well.deleteLater()
        self._flow.removeWidget(self.add)
        self.wells = [self._well(number, picture) for number, picture in enumerate(pictures)]
        self._flow.addWidget(self.add)
        tab_here(self.row, [*self.wells, self.add])
        self._on_ready()
        if place is not None:  # whoever moves or removes one by key goes on from there
            [*self.wells, self.add][min(place, len(self.wells))].setFocus(Qt.FocusReason.OtherFocusReason)
        gauge = measure("catalog.pictures", len(pictures))
        on_the_web = sum(picture.sha256 is None for picture in pictures)
        sentence = gauge.sentence
        if on_the_web and not sentence:
            sentence = _("A picture that is only on the web is shown there, not here. Add it from a file to keep it.")
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _well(self, number: int, picture: Picture) -> ImageWell:
        name = _("Picture {n}").format(n=formats.number(number + 1))
        well = ImageWell(name, _("On the web") if picture.sha256 is None else "", SIDE)
        well.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        well.customContextMenuRequested.connect(partial(self._on_menu, number))
        well.chosen.connect(partial(self._on_menu, number, QPoint(SIDE // 2, SIDE // 2)))
        well.dropped.connect(self._on_dropped)
        well.pasted.connect(self._on_pasted)
        well.removed.connect(partial(self._remove, number))
        self._flow.addWidget(well)
        well.show()
        return well

    def menu_of(self, number: int) -> QMenu:
        """Return the menu of a picture, by its place."""
        menu = QMenu(self)
        first = menu.addAction(_("Make first"), partial(self._move, number, 0))
        first.setEnabled(number > 0)
        earlier = menu.addAction(_("Move earlier"), partial(self._move, number, number - 1))
        earlier.setEnabled(number > 0)
        later = menu.addAction(_("Move later"), partial(self._move, number, number + 1))
        later.setEnabled(number < len(self._pictures) - 1)
        menu.addSeparator()
        remove: QAction = menu.addAction(_("Remove picture"), partial(self._remove, number))
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        return menu

    def _on_menu(self, number: int, place: QPoint = QPoint()) -> None:  # noqa: B008
        menu = self.menu_of(number)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.wells[number].mapToGlobal(place))

    def _move(self, number: int, place: int) -> None:
        self.context.act(N_("Move picture"), move_picture, self._pictures[number].id, place, origin=self)

    def _remove(self, number: int) -> None:
        picture = self._pictures[number].id
        self.context.act(N_("Remove picture"), remove_picture, picture, done=_("Picture removed"), origin=self)

    def _take(self, sources: list[Source]) -> None:
        if self._item is not None:
            take_pictures(self.context, sources, partial(self._taken, self._item))

    def _taken(self, item: int, images: list[object]) -> None:
        self.context.act(N_("Add pictures"), add_pictures, item, images, origin=self)

    @Slot()
    def _on_choose(self) -> None:
        choose_pictures(self, self._on_dropped)

    @Slot(list)
    def _on_dropped(self, paths: list[str]) -> None:
        self._take([*paths])

    @Slot(bytes)
    def _on_pasted(self, picture: bytes) -> None:
        self._take([picture])

    @Slot()
    def _on_ready(self) -> None:
        for well, picture in zip(self.wells, self._pictures, strict=True):
            if picture.sha256 and not well.has_picture():
                well.set_picture(self._thumbnails.get(picture.sha256))
