"""The collections themselves: new ones, their names, order, colours and covers; merging and deleting them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.data.models import Collection, CollectionItem, Picture, Product
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.collections import (
    Group,
    add_collection,
    covers,
    list_collections,
    merge_collections,
    move_collections,
    remove_collections,
    review,
    set_cover,
    update_collection,
)
from desktop.services.limits import measure
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.cover import CoverDialog
from desktop.ui.dialogs.named_list import Deed, Kind, NamedListDialog
from desktop.ui.icons import icon
from desktop.ui.intake import choose_pictures, take_pictures
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.card_model import Face
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.rows import Tile
from desktop.ui.widgets.swatches import name_of, tile

SIDE = 160  # pixels of a cover in the list
COLOUR = "colour:"  # before the number of one, where a cover's digest would stand


def _collections(count: int) -> str:
    return ngettext("{n} collection", "{n} collections", count).format(n=formats.number(count))


def _deleted(count: int) -> str:
    words = ngettext("Collection deleted. Its items stay.", "{n} collections deleted. Their items stay.", count)
    return words.format(n=formats.number(count))


COLLECTIONS = Kind(
    title=N_("Collections"),
    new=N_("New collection"),
    new_hint=N_("New collection: its name, then Enter"),
    name_stays=N_("The name that was typed is taken or empty: the collection keeps its own."),
    name_limit="collection.name",
    models=(Collection, CollectionItem, Picture, Product),
    several=_collections,
    deleted=_deleted,
    add=Deed(N_("Add collection"), add_collection),
    rename=Deed(N_("Rename collection"), update_collection),
    move=Deed(N_("Move collections"), move_collections),
    merge=Deed(N_("Merge collections"), merge_collections),
    remove=Deed(N_("Delete collections"), remove_collections),
)


class CollectionsDialog(NamedListDialog[Group]):
    """The collections in their order, with their covers and what WhatsApp takes of each."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        empty = Empty(
            "layers",
            _("No collections yet"),
            _("Collections are the shelves of your catalog: customers open one and see what is in it."),
        )
        super().__init__(COLLECTIONS, context, empty, parent)
        self.thumbnails = Thumbnails(context, round(SIDE * self.devicePixelRatioF()), self)
        self.cover = Tile("image", 72)
        self.change = quiet(_("Change the cover"), "image")
        self.sources = QMenu(self)
        self.from_items = self.sources.addAction(icon("images"), _("From its items…"), self._on_from_items)
        self.sources.addAction(icon("folder-open"), _("From a file…"), self._on_from_file)
        self.no_cover = self.sources.addAction(icon("trash-2"), _("Remove the cover"), self._on_no_cover)
        self.change.setMenu(self.sources)
        self.items = Gauge()
        self.pictured = Gauge()
        self.review = Label("", "small", wrap=True)
        cover = QHBoxLayout()
        cover.setSpacing(theme.pixels(12))
        cover.addWidget(self.cover)
        cover.addWidget(self.change)
        cover.addStretch()
        self.column.addWidget(Label(_("Cover"), "section"))
        self.column.addLayout(cover)
        self.column.addWidget(Label(_("Room on the phone"), "section"))
        for widget in (self.items, self.pictured, self.review):
            self.column.addWidget(widget)
        self.thumbnails.ready.connect(self._on_thumbnails)
        if context.read_only:
            self._lock(self.change)
        self.reload()

    def _read(self) -> Sequence[Group]:
        return self._context.get(list_collections)

    def _face(self, group: Group) -> Face:
        """Return what the list says of a collection; its colour in words, too."""
        items = ngettext("{n} item", "{n} items", group.items).format(n=formats.number(group.items))
        words = _("{items} · {colour}").format(items=items, colour=name_of(group.colour))
        return Face(group.name, code=words, picture=_cover(group))

    def _picture(self, key: str | None) -> QPixmap | None:
        if key and key.startswith(COLOUR):
            return tile(int(key.removeprefix(COLOUR)), theme.pixels(SIDE))
        return self.thumbnails.get(key)

    def _show_one(self, group: Group) -> None:
        self.no_cover.setVisible(group.cover is not None)
        self._show_cover()
        self._show_review(group)

    def _show_cover(self) -> None:
        if group := self._chosen():
            self.cover.set_picture(self._picture(_cover(group)))

    def _show_review(self, group: Group) -> None:
        """Hold what is in a collection against what WhatsApp takes."""
        found = self._context.get(review, group.id)
        gauge = measure("collection.items", found.items)
        words = ngettext("{of} item", "{of} items", gauge.limit).format(of=formats.of(found.items, gauge.limit))
        self.items.show_use(found.items, gauge.limit, words, gauge.state)
        words = _("{of} with a picture").format(of=formats.of(found.pictured, found.items))
        self.pictured.show_use(found.pictured, found.items, words, "ok" if found.pictured == found.items else "near")
        self.pictured.setVisible(found.items > 0)
        if found.pictured < found.items:
            sentence = _("WhatsApp looks at every picture before customers see an item, and takes none without one.")
        elif found.items and not found.shown:
            sentence = _("Every item in it is hidden, so customers do not see this collection.")
        elif not found.items:
            sentence = _("Empty: drag items onto its chip in the catalog.")
        else:
            sentence = _("WhatsApp looks at every picture before customers see an item. That may take a day.")
        self.review.setText(sentence)

    @Slot()
    def _on_thumbnails(self) -> None:
        self.list.viewport().update()
        self._show_cover()

    @Slot()
    def _on_from_items(self) -> None:
        group = self._chosen()
        if group is None:
            return
        if not (found := self._context.get(covers, group.id)):
            self._context.say(_("None of its items has a picture yet. Choose a file instead."))
            return
        dialog = CoverDialog(self, found, self.thumbnails)
        dialog.taken.connect(partial(self._set_cover, group.id))
        dialog.open()

    def _set_cover(self, group: int, digest: str | None) -> None:
        self._context.act(N_("Change cover"), update_collection, group, cover=digest)

    @Slot()
    def _on_from_file(self) -> None:
        if group := self._chosen():
            choose_pictures(self, partial(self._take, group.id), several=False)

    def _take(self, group: int, paths: list[str]) -> None:
        take_pictures(
            self._context, paths, lambda images: self._context.act(N_("Change cover"), set_cover, group, images[0])
        )

    @Slot()
    def _on_no_cover(self) -> None:
        if group := self._chosen():
            self._set_cover(group.id, None)


def _cover(group: Group) -> str:
    """Return the key of the picture that stands for a collection: its cover, else its colour."""
    return group.cover or f"{COLOUR}{group.colour}"
