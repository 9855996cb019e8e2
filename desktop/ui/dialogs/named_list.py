"""A dialog for what a shop gives names, colours and an order: new ones, moving, renaming, merging, deleting.

Labels and collections are such; each says here only what is its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.data.models import Row as Model
from desktop.data.notice import Notice
from desktop.data.search import fold
from desktop.i18n import N_, _, formats
from desktop.services.labels import OFFERED
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.toast import DialogToast
from desktop.ui.gauges import characters
from desktop.ui.widgets.buttons import danger, quiet
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_model import Face
from desktop.ui.widgets.card_selection import arranged
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import ChoiceField, Field, LineField
from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.swatches import COLOURS, dot, name_of

FORM = 300  # points
SIZE = (800, 560)  # points


class Named(Protocol):
    """One of the list, as its service reads it."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def colour(self) -> int: ...
    @property
    def version(self) -> int: ...


Thing = TypeVar("Thing", bound=Named)


class Deed(NamedTuple):
    """Something that is done to the list: the title of the action (a msgid), and the service's function."""

    title: str
    do: Callable[..., Any]


@dataclass(frozen=True)
class Kind:
    """What one such dialog is about; the words are msgids."""

    title: str
    new: str  # the name of the field for a new one
    new_hint: str  # what it says while it is empty
    name_stays: str  # said when another one is chosen, and the name that was typed cannot be saved
    name_limit: str  # the key of a limit
    models: tuple[type[Model], ...]  # whose rows are to be seen in it
    several: Callable[[int], str]  # "3 labels"
    deleted: Callable[[int], str]  # what is said of so many
    add: Deed  # session, name -> id
    rename: Deed  # session, id, version, and by name what changes: its function is for all fields
    move: Deed  # session, ids, before
    merge: Deed  # session, ids, into
    remove: Deed  # session, ids


class NamedListDialog(QDialog, Generic[Thing]):
    """The list on the leading side, what is chosen of it on the other. Everything is stored at once, and can be undone.

    Rows are dragged to another place, or moved with Alt and the arrows. Each such dialog says how to `_read` the
    things, with a `_face` and a `_picture` of each; it adds its own to `side`, `column` and `foot`, fills that in
    `_show_one`, and calls `reload` once it is made.
    """

    def __init__(self, kind: Kind, context: Context, empty: Empty, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(kind.title))
        self._kind = kind
        self._context = context
        self._things: dict[int, Thing] = {}
        self._shown: int | None = None  # the thing in the fields
        self.list = self._make_list(_(kind.title))
        self.list.set_as_list(True)
        self.list.set_arrangeable(not context.read_only)
        self.empty = empty
        self.new = Line()
        self.new.setAccessibleName(_(kind.new))
        self.new.setPlaceholderText(_(kind.new_hint))
        self.heading = ElidedLabel("", "heading")
        self.name = LineField(_("Name"), self._save_name, measure=characters(kind.name_limit))
        colours = [(number, name_of(number)) for number in range(len(COLOURS))]
        self.colour = ChoiceField(_("Color"), colours, self._save_colour)
        for number in range(len(COLOURS)):
            self.colour.editor.setItemIcon(number, dot(number))
        self.merge = quiet(_("Merge into…"), "merge")
        self.targets = QMenu(self)
        self.merge.setMenu(self.targets)
        self.delete = danger(_("Delete"))
        self.close_button = quiet(_("Close"))
        self.form = QWidget()
        self.one = QWidget()
        self.side = QVBoxLayout()  # the list, and what is about all of it
        self.column = QVBoxLayout(self.one)  # what is about the one that is chosen
        self.foot = QHBoxLayout()
        self._lay_out()
        self.toast = DialogToast(context, self)
        self._connect()
        if context.read_only:
            self._lock(self.name, self.colour, self.new, self.merge, self.delete)

    def reload(self) -> None:
        """Show what there is now."""
        self._things = {thing.id: thing for thing in self._read()}
        ids = list(self._things)
        self.list.cards.forget()
        self.list.set_ids(ids)
        if self.list.current() is None and ids:
            self.list.set_current(ids[0])
        self.list.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        self._show()

    # What each kind says

    def _make_list(self, name: str) -> CardGrid:
        return CardGrid(name, self._load, self._picture)

    def _read(self) -> Sequence[Thing]:
        raise NotImplementedError

    def _face(self, thing: Thing) -> Face:
        raise NotImplementedError

    def _picture(self, key: str | None) -> QPixmap | None:
        raise NotImplementedError

    def _show_one(self, thing: Thing) -> None:
        """Show what there is of it besides its name and its colour."""
        raise NotImplementedError

    # What they share

    def _lay_out(self) -> None:
        around = theme.pixels(16)
        self.side.setSpacing(theme.pixels(8))
        self.side.addWidget(self.list, 1)
        self.side.addWidget(self.empty, 1)
        self.side.addWidget(self.new)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.pixels(12))
        self.column.addWidget(self.name)
        self.column.addWidget(self.colour)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, theme.pixels(12), 0)
        form.setSpacing(theme.pixels(12))
        form.addWidget(self.heading)
        form.addWidget(self.one)
        form.addStretch()
        area = Scroll(focus=True)
        area.setFixedWidth(theme.pixels(FORM))
        area.setWidget(self.form)
        body = QHBoxLayout()
        body.setSpacing(theme.pixels(16))
        body.addLayout(self.side, 1)
        body.addWidget(area)
        self.foot.setSpacing(theme.pixels(12))
        self.foot.addWidget(self.merge)
        self.foot.addWidget(self.delete)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addLayout(body, 1)
        layout.addLayout(self.foot)
        self.resize(*map(theme.pixels, SIZE))

    def _connect(self) -> None:
        self._context.changed.connect(self._on_changed)
        self.list.selection_changed.connect(self._on_chosen)
        self.list.moved.connect(self._on_moved)
        self.list.delete_wanted.connect(self._on_delete)
        self.list.opened.connect(self._on_opened)
        self.list.typed.connect(self._on_typed)
        self.new.returnPressed.connect(self._on_new)
        self.targets.aboutToShow.connect(self._fill_targets)
        self.delete.clicked.connect(self._on_delete)
        self.close_button.clicked.connect(self.accept)

    def _lock(self, *parts: QWidget) -> None:
        for part in parts:
            part.lock() if isinstance(part, Field) else part.setDisabled(True)

    def _load(self, ids: Sequence[int]) -> Mapping[int, Face]:
        return {thing.id: self._face(thing) for thing in map(self._things.get, ids) if thing}

    def _chosen(self) -> Thing | None:
        """Return the one that is chosen, None for several."""
        chosen = self.list.selection()
        return self._things.get(chosen[0]) if len(chosen) == 1 else None

    def _show(self) -> None:
        chosen, thing = self.list.selection(), self._chosen()
        self.form.setVisible(bool(chosen))
        self.one.setVisible(thing is not None)
        self.heading.setText(self._kind.several(len(chosen)))
        self.heading.setVisible(thing is None)
        self.merge.setVisible(len(self._things) > 1)
        self.delete.setVisible(bool(chosen))
        if thing:
            self._fill(thing, self.name, thing.name)
            self._fill(thing, self.colour, thing.colour)
            self._show_one(thing)
        self._shown = thing.id if thing else None

    def _fill(self, thing: Thing, field: Field, value: object) -> None:
        """Show a value of a thing; what is being typed of the same thing stays."""
        field.update_value(value) if thing.id == self._shown else field.start(value)

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if any(notice.of(model) for model in self._kind.models):
            self.reload()

    @Slot(object)
    def _on_chosen(self, _chosen: list[int]) -> None:
        if self._shown in self._things and not self.name.commit():
            self._context.say(_(self._kind.name_stays))
        self._show()

    def _save_name(self, name: str, run: object) -> str:
        return self._save(self._kind.rename.title, run, name=name)

    def _save_colour(self, colour: object, run: object) -> str:
        return self._save(N_("Change color"), run, colour=colour)

    def _save(self, title: str, run: object, **changed: object) -> str:
        """Store fields of the one that is shown, and return the complaint."""
        thing = self._things.get(self._shown or 0)
        if thing is None:
            return ""
        update = self._kind.rename.do
        return self._context.save(title, update, thing.id, thing.version, group=run, origin=self, **changed)

    @Slot()
    def _on_new(self) -> None:
        added = self._context.act(*self._kind.add, self.new.text())
        if added is not None:
            self.new.clear()
            self.list.set_current(added)

    @Slot(object, object)
    def _on_moved(self, ids: list[int], before: int | None) -> None:
        self.list.set_ids(arranged(self.list.cards.ids, ids, before))
        self._context.act(*self._kind.move, ids, before)

    @Slot()
    def _on_delete(self) -> None:
        chosen = self.list.selection()
        if chosen and not self._context.read_only:
            self._context.act(*self._kind.remove, chosen, done=self._kind.deleted(len(chosen)))

    @Slot()
    def _fill_targets(self) -> None:
        """Offer what the chosen ones can become: one of them, or of a single one any other."""
        chosen = self.list.selection()
        several = len(chosen) > 1
        offered = [self._things[thing] for thing in chosen] if several else list(self._things.values())
        offered = [thing for thing in offered if several or thing.id not in chosen]
        self.targets.clear()
        for thing in offered[:OFFERED]:
            words = formats.auto(thing.name).replace("&", "&&")
            self.targets.addAction(dot(thing.colour), words, partial(self._merge, chosen, thing))
        if len(offered) > OFFERED and not several:
            words = _("To merge it into another one, choose both in the list.")
            self.targets.addAction(words).setDisabled(True)

    def _merge(self, ids: Sequence[int], into: Thing) -> None:
        words = _("Merged into {name}").format(name=formats.auto(into.name))
        self._context.act(*self._kind.merge, ids, into.id, done=words)
        self.list.set_current(into.id)

    @Slot(object)
    def _on_opened(self, _thing: int) -> None:
        self.name.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.name.editor.selectAll()

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        """Go to the first that begins so."""
        wanted = fold(letters)
        for thing in self._things.values():
            if fold(thing.name).startswith(wanted):
                self.list.set_current(thing.id)
                return
