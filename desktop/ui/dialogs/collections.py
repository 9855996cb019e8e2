"""The collections themselves: new ones, their names, order, colours and covers; merging and deleting them."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.data.models import Collection, CollectionItem, Picture, Product
from desktop.data.notice import Notice
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
from desktop.ui.context import Context, Saying
from desktop.ui.dialogs.cover import CoverDialog
from desktop.ui.gauges import characters
from desktop.ui.icons import icon
from desktop.ui.intake import choose_pictures, take_pictures
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import danger, quiet
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_model import Face
from desktop.ui.widgets.card_selection import arranged
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import ChoiceField, LineField
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.rows import Tile
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.swatches import COLOURS, dot, name_of, tile
from desktop.ui.widgets.toast import Toast

SIDE = 160  # pixels of a cover in the list
FORM = 300  # points
COLOUR = "colour:"  # before the number of one, where a cover's digest would stand


class CollectionsDialog(QDialog):
    """The list on the leading side, what is chosen of it on the other. Everything is stored at once, and can be undone.

    Rows are dragged to another place, or moved with Alt and the arrows.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Collections"))
        self._context = context
        self._groups: dict[int, Group] = {}
        self._shown: int | None = None  # the collection in the fields
        self.thumbnails = Thumbnails(context, round(SIDE * self.devicePixelRatioF()), self)
        self.list = CardGrid(_("Collections"), self._load, self._picture)
        self.list.set_as_list(True)
        self.list.set_arrangeable(not context.read_only)
        self.new = Line()
        self.new.setAccessibleName(_("New collection"))
        self.new.setPlaceholderText(_("New collection: its name, then Enter"))
        self.heading = ElidedLabel("", "heading")
        self.name = LineField(_("Name"), self._save_name, measure=characters("collection.name"))
        colours = [(number, name_of(number)) for number in range(len(COLOURS))]
        self.colour = ChoiceField(_("Color"), colours, self._save_colour)
        self.cover = Tile("image", 72)
        self.change = quiet(_("Change the cover"), "image")
        self.sources = QMenu(self)
        self.from_items = self.sources.addAction(icon("images"), _("From its items…"), self._on_from_items)
        self.from_file = self.sources.addAction(icon("folder-open"), _("From a file…"), self._on_from_file)
        self.no_cover = self.sources.addAction(icon("trash-2"), _("Remove the cover"), self._on_no_cover)
        self.change.setMenu(self.sources)
        self.items = Gauge()
        self.pictured = Gauge()
        self.review = Label("", "small", wrap=True)
        self.merge = quiet(_("Merge into…"), "merge")
        self.targets = QMenu(self)
        self.merge.setMenu(self.targets)
        self.delete = danger(_("Delete"))
        self.close_button = quiet(_("Close"))
        self.empty = Empty(
            "layers",
            _("No collections yet"),
            _("Collections are the shelves of your catalog: customers open one and see what is in it."),
        )
        self.form = QWidget()
        self.one = QWidget()
        self._lay_out()
        self.toast = Toast(self)
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Show what there is now."""
        groups = self._context.get(list_collections)
        self._groups = {group.id: group for group in groups}
        self.list.cards.forget()
        self.list.set_ids([group.id for group in groups])
        if self.list.current() is None and groups:
            self.list.set_current(groups[0].id)
        self.list.setVisible(bool(groups))
        self.empty.setVisible(not groups)
        self._show()

    # Laying out

    def _lay_out(self) -> None:
        around = theme.pixels(16)
        side = QVBoxLayout()
        side.setSpacing(theme.pixels(8))
        side.addWidget(self.list, 1)
        side.addWidget(self.empty, 1)
        side.addWidget(self.new)
        body = QHBoxLayout()
        body.setSpacing(theme.pixels(16))
        body.addLayout(side, 1)
        self._lay_out_form()
        area = Scroll()
        area.setFixedWidth(theme.pixels(FORM))
        area.setWidget(self.form)
        body.addWidget(area)
        foot = QHBoxLayout()
        foot.setSpacing(theme.pixels(12))
        foot.addWidget(self.merge)
        foot.addWidget(self.delete)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        self.resize(theme.pixels(780), theme.pixels(560))

    def _lay_out_form(self) -> None:
        cover = QHBoxLayout()
        cover.setSpacing(theme.pixels(12))
        cover.addWidget(self.cover)
        cover.addWidget(self.change)
        cover.addStretch()
        one = QVBoxLayout(self.one)
        one.setContentsMargins(0, 0, 0, 0)
        one.setSpacing(theme.pixels(12))
        one.addWidget(self.name)
        one.addWidget(self.colour)
        one.addWidget(Label(_("Cover"), "section"))
        one.addLayout(cover)
        one.addWidget(Label(_("Room on the phone"), "section"))
        for widget in (self.items, self.pictured, self.review):
            one.addWidget(widget)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, theme.pixels(12), 0)
        column.setSpacing(theme.pixels(12))
        column.addWidget(self.heading)
        column.addWidget(self.one)
        column.addStretch()

    def _connect(self) -> None:
        for number in range(len(COLOURS)):
            self.colour.editor.setItemIcon(number, dot(number))
        self._context.changed.connect(self._on_changed)
        self._context.said.connect(self._on_said)
        self.thumbnails.ready.connect(self._on_thumbnails)
        self.list.selection_changed.connect(self._on_chosen)
        self.list.moved.connect(self._on_moved)
        self.list.delete_wanted.connect(self._on_delete)
        self.list.opened.connect(self._on_opened)
        self.list.typed.connect(self._on_typed)
        self.new.returnPressed.connect(self._on_new)
        self.targets.aboutToShow.connect(self._fill_targets)
        self.delete.clicked.connect(self._on_delete)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self._context.reverse)
        if self._context.read_only:
            self.name.lock()
            self.colour.lock()
            for widget in (self.new, self.change, self.merge, self.delete):
                widget.setDisabled(True)

    # Showing

    def _load(self, ids: Sequence[int]) -> Mapping[int, Face]:
        return {group.id: _face(group) for group in map(self._groups.get, ids) if group}

    def _picture(self, key: str | None) -> QPixmap | None:
        if key and key.startswith(COLOUR):
            return tile(int(key.removeprefix(COLOUR)), theme.pixels(SIDE))
        return self.thumbnails.get(key)

    def _chosen(self) -> list[int]:
        return self.list.selection()

    def _group(self) -> Group | None:
        """Return the one collection that is chosen."""
        chosen = self._chosen()
        return self._groups.get(chosen[0]) if len(chosen) == 1 else None

    def _show(self) -> None:
        chosen, group = self._chosen(), self._group()
        self.form.setVisible(bool(chosen))
        self.one.setVisible(group is not None)
        words = ngettext("{n} collection", "{n} collections", len(chosen)).format(n=formats.number(len(chosen)))
        self.heading.setText(words)
        self.heading.setVisible(group is None)
        self.merge.setVisible(len(self._groups) > 1)
        self.delete.setVisible(bool(chosen))
        if group is None:
            self._shown = None
            return
        for field, value in ((self.name, group.name), (self.colour, group.colour)):
            field.update_value(value) if group.id == self._shown else field.start(value)
        self._shown = group.id
        self.no_cover.setVisible(group.cover is not None)
        self._show_cover()
        self._show_review(group)

    def _show_cover(self) -> None:
        if group := self._group():
            self.cover.set_picture(self._picture(group.cover or f"{COLOUR}{group.colour}"))

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

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if any(notice.of(model) for model in (Collection, CollectionItem, Picture, Product)):
            self.reload()

    @Slot(object)
    def _on_said(self, saying: Saying) -> None:
        """Say it here: the window's own foot is out of reach as long as this is open."""
        self.toast.say(
            saying.sentence, _("Undo") if saying.undo else "", self._context.reverse if saying.undo else None
        )

    @Slot()
    def _on_thumbnails(self) -> None:
        self.list.viewport().update()
        self._show_cover()

    @Slot(object)
    def _on_chosen(self, _chosen: list[int]) -> None:
        if self._shown in self._groups and not self.name.commit():
            self._context.say(_("The name that was typed is taken or empty: the collection keeps its own."))
        self._show()

    # What one does

    def _save_name(self, name: str, group: object) -> str:
        return self._save(N_("Rename collection"), group, name=name)

    def _save_colour(self, colour: object, group: object) -> str:
        return self._save(N_("Change color"), group, colour=colour)

    def _save(self, title: str, run: object, **changed: object) -> str:
        group = self._groups.get(self._shown or 0)
        if group is None:
            return ""
        return self._context.save(title, update_collection, group.id, group.version, group=run, origin=self, **changed)

    @Slot()
    def _on_new(self) -> None:
        added = self._context.act(N_("Add collection"), add_collection, self.new.text())
        if added is not None:
            self.new.clear()
            self.list.set_current(added)

    @Slot(object, object)
    def _on_moved(self, ids: list[int], before: int | None) -> None:
        self.list.set_ids(arranged(self.list.cards.ids, ids, before))
        self._context.act(N_("Move collections"), move_collections, ids, before)

    @Slot()
    def _on_delete(self) -> None:
        chosen = self._chosen()
        words = ngettext(
            "Collection deleted. Its items stay.", "{n} collections deleted. Their items stay.", len(chosen)
        )
        words = words.format(n=formats.number(len(chosen)))
        self._context.act(N_("Delete collections"), remove_collections, chosen, done=words)

    @Slot()
    def _fill_targets(self) -> None:
        """Offer what the chosen ones can become: one of them, or of a single one any other."""
        chosen = self._chosen()
        self.targets.clear()
        for group in self._groups.values():
            if (group.id in chosen) == (len(chosen) > 1):
                words = formats.auto(group.name).replace("&", "&&")
                self.targets.addAction(dot(group.colour), words, partial(self._merge, chosen, group))

    def _merge(self, ids: Sequence[int], into: Group) -> None:
        words = _("Merged into {name}").format(name=formats.auto(into.name))
        self._context.act(N_("Merge collections"), merge_collections, ids, into.id, done=words)
        self.list.set_current(into.id)

    @Slot()
    def _on_from_items(self) -> None:
        group = self._group()
        if group is None:
            return
        if not (found := self._context.get(covers, group.id)):
            self._context.say(_("None of its items has a picture yet. Choose a file instead."))
            return
        dialog = CoverDialog(self, found, self.thumbnails)
        dialog.taken.connect(partial(self._cover, group.id))
        dialog.open()

    def _cover(self, group: int, digest: str | None) -> None:
        self._context.act(N_("Change cover"), update_collection, group, cover=digest)

    @Slot()
    def _on_from_file(self) -> None:
        if group := self._group():
            choose_pictures(self, partial(self._take, group.id), several=False)

    def _take(self, group: int, paths: list[str]) -> None:
        take_pictures(
            self._context, paths, lambda images: self._context.act(N_("Change cover"), set_cover, group, images[0])
        )

    @Slot()
    def _on_no_cover(self) -> None:
        if group := self._group():
            self._cover(group.id, None)

    @Slot(object)
    def _on_opened(self, _group: int) -> None:
        self.name.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.name.editor.selectAll()

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        """Go to the first that begins so."""
        for group in self._groups.values():
            if group.name.casefold().startswith(letters.casefold()):
                self.list.set_current(group.id)
                return


def _face(group: Group) -> Face:
    """Return what the list says of a collection; its colour in words, too."""
    items = ngettext("{n} item", "{n} items", group.items).format(n=formats.number(group.items))
    return Face(
        group.name,
        code=_("{items} · {colour}").format(items=items, colour=name_of(group.colour)),
        picture=group.cover or f"{COLOUR}{group.colour}",
    )
