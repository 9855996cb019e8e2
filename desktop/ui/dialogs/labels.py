"""The labels: new ones, their names, order and colours; which are on the phone; merging and deleting them."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.data.models import CustomerLabel, Label, PhoneCopy
from desktop.data.notice import Notice
from desktop.data.search import fold
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.labels import (
    OFFERED,
    Tag,
    add_first_labels,
    add_label,
    merge_labels,
    missing_labels,
    move_labels,
    read_tags,
    remove_labels,
    update_label,
)
from desktop.services.limits import limit
from desktop.ui import theme
from desktop.ui.context import Context, Saying
from desktop.ui.gauges import characters
from desktop.ui.widgets.buttons import danger, flat, primary, quiet
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_model import Face, Load, Picture
from desktop.ui.widgets.card_selection import arranged
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import ChoiceField, LineField, SwitchField
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.labels import Label as Words
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.swatches import COLOURS, dot, name_of, tile
from desktop.ui.widgets.toast import Toast

SIDE = 64  # pixels of a colour in the list
FORM = 300  # points
MOVED_BY = {  # what an order's state does with the labels that have a role
    "new_customer": N_("One of WhatsApp's own: for customers who have just written for the first time."),
    "new_order": N_("A new order puts it on its customer, whatever it is called."),
    "pending_payment": N_("An order that waits for its payment puts it on its customer, whatever it is called."),
    "paid": N_("An order that is paid puts it on its customer, whatever it is called."),
    "order_complete": N_("An order that is complete puts it on its customer, whatever it is called."),
}


class LabelList(CardGrid):
    """The labels as rows, with a line below the last that the phone has room for."""

    def __init__(self, name: str, load: Load, picture: Picture) -> None:
        super().__init__(name, load, picture)
        self.last: int | None = None  # the id of the row above the line
        self.set_as_list(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.cards.index_of(self.last) if self.last is not None else None
        if index is None or not index.isValid():
            return
        row = self.visualRect(index)
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRect(QRectF(row.left(), row.bottom(), row.width(), 2))


class LabelsDialog(QDialog):
    """The list on the leading side, what is chosen of it on the other. Everything is stored at once, and can be undone.

    Rows are dragged to another place, or moved with Alt and the arrows: the first twenty are on the phone.
    """

    wanted = Signal(object)  # the id of a label whose customers are to be shown

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Labels"))
        self._context = context
        self._tags: dict[int, Tag] = {}
        self._shown: int | None = None  # the label in the fields
        self._squares: dict[str | None, QPixmap] = {}
        self.list = LabelList(_("Labels"), self._load, self._picture)
        self.list.set_arrangeable(not context.read_only)
        self.list.setToolTip(_("Drag a label, or press Alt and an arrow key, to move it."))
        self.on_phone = Gauge()
        self.new = Line()
        self.new.setAccessibleName(_("New label"))
        self.new.setPlaceholderText(_("New label: its name, then Enter"))
        self.heading = ElidedLabel("", "heading")
        self.name = LineField(_("Name"), self._save_name, measure=characters("label.name"))
        colours = [(number, name_of(number)) for number in range(len(COLOURS))]
        self.colour = ChoiceField(_("Color"), colours, self._save_colour)
        self.board = SwitchField(_("Column of the board"), self._save_board)
        self.customers = flat("", "users")
        self.role = Words("", "small", wrap=True)
        self.place = Words("", "small", wrap=True)
        self.first = quiet(_("Add the phone's labels"), "plus")
        self.merge = quiet(_("Merge into…"), "merge")
        self.targets = QMenu(self)
        self.merge.setMenu(self.targets)
        self.delete = danger(_("Delete"))
        self.close_button = quiet(_("Close"))
        self.begin = primary(_("Add the phone's labels"), "plus")
        sentence = _(
            "A label says how far a customer is: who is new, who has ordered, who has paid. The phone has these."
        )
        self.empty = Empty("tags", _("No labels yet"), sentence, self.begin)
        self.form = QWidget()
        self.one = QWidget()
        self._lay_out()
        self.toast = Toast(self)
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Show what there is now."""
        with self._context.reader() as session:
            tags, missing = read_tags(session), missing_labels(session)
        self._tags = {tag.id: tag for tag in tags}
        fitting = [tag.id for tag in tags if tag.fits]
        self.list.last = fitting[-1] if len(fitting) < len(tags) else None
        self.list.cards.forget()
        self.list.set_ids([tag.id for tag in tags])
        if self.list.current() is None and tags:
            self.list.set_current(tags[0].id)
        for widget in (self.list, self.on_phone):
            widget.setVisible(bool(tags))
        self.empty.setVisible(not tags)
        self.first.setVisible(bool(tags and missing))
        self.first.set_hint(formats.listing(map(formats.auto, missing)))
        room = limit("label.labels")
        words = _("{of} labels on the phone").format(of=formats.of(len(fitting), room))
        if len(tags) > room:
            words = _("The phone has room for the {n} labels above the line").format(n=formats.number(room))
        self.on_phone.show_use(len(tags), room, words, "near" if len(tags) > room else "ok")
        self.on_phone.setVisible(bool(tags))
        self._show()

    # Laying out

    def _lay_out(self) -> None:
        around = theme.pixels(16)
        side = QVBoxLayout()
        side.setSpacing(theme.pixels(8))
        side.addWidget(self.on_phone)
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
        for widget in (self.first, self.merge, self.delete):
            foot.addWidget(widget)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(12))
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        self.resize(theme.pixels(800), theme.pixels(560))

    def _lay_out_form(self) -> None:
        one = QVBoxLayout(self.one)
        one.setContentsMargins(0, 0, 0, 0)
        one.setSpacing(theme.pixels(12))
        for widget in (self.name, self.colour, self.board, self.role, self.place):
            one.addWidget(widget)
        one.addWidget(self.customers, 0, Qt.AlignmentFlag.AlignLeading)
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
        self.list.selection_changed.connect(self._on_chosen)
        self.list.moved.connect(self._on_moved)
        self.list.delete_wanted.connect(self._on_delete)
        self.list.opened.connect(self._on_opened)
        self.list.typed.connect(self._on_typed)
        self.new.returnPressed.connect(self._on_new)
        self.customers.clicked.connect(self._on_customers)
        for button in (self.first, self.begin):
            button.clicked.connect(self._on_first)
        self.targets.aboutToShow.connect(self._fill_targets)
        self.delete.clicked.connect(self._on_delete)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self._context.reverse)
        if self._context.read_only:
            for field in (self.name, self.colour, self.board):
                field.lock()
            for widget in (self.new, self.first, self.begin, self.merge, self.delete):
                widget.setDisabled(True)

    # Showing

    def _load(self, ids: Sequence[int]) -> Mapping[int, Face]:
        return {tag.id: _face(tag) for tag in map(self._tags.get, ids) if tag}

    def _picture(self, key: str | None) -> QPixmap | None:
        if key is not None and key not in self._squares:
            self._squares[key] = tile(int(key), SIDE)
        return self._squares.get(key)

    def _tag(self) -> Tag | None:
        """Return the one label that is chosen."""
        chosen = self.list.selection()
        return self._tags.get(chosen[0]) if len(chosen) == 1 else None

    def _show(self) -> None:
        chosen, tag = self.list.selection(), self._tag()
        self.form.setVisible(bool(chosen))
        self.one.setVisible(tag is not None)
        words = ngettext("{n} label", "{n} labels", len(chosen)).format(n=formats.number(len(chosen)))
        self.heading.setText(words)
        self.heading.setVisible(tag is None)
        self.merge.setVisible(len(self._tags) > 1)
        self.delete.setVisible(bool(chosen))
        if tag is None:
            self._shown = None
            return
        values = ((self.name, tag.name), (self.colour, tag.colour), (self.board, tag.on_board))
        for field, value in values:
            field.update_value(value) if tag.id == self._shown else field.start(value)
        self._shown = tag.id
        self.customers.set_text(_customers(tag.customers))
        self.customers.setEnabled(tag.customers > 0)
        self.role.setText(_(MOVED_BY[tag.role]) if tag.role else "")
        self.role.setVisible(bool(tag.role))
        only_here = _("Only here: the phone has room for {n} labels. Move it above the line to have it there.")
        self.place.setText("" if tag.fits else only_here.format(n=formats.number(limit("label.labels"))))
        self.place.setVisible(not tag.fits)

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if any(notice.of(model) for model in (Label, CustomerLabel, PhoneCopy)):
            self.reload()

    @Slot(object)
    def _on_said(self, saying: Saying) -> None:
        """Say it here: the window's own foot is out of reach as long as this is open."""
        self.toast.say(
            saying.sentence, _("Undo") if saying.undo else "", self._context.reverse if saying.undo else None
        )

    @Slot(object)
    def _on_chosen(self, _chosen: list[int]) -> None:
        if self._shown in self._tags and not self.name.commit():
            self._context.say(_("The name that was typed is taken or empty: the label keeps its own."))
        self._show()

    # What one does

    def _save_name(self, name: str, run: object) -> str:
        return self._save(N_("Rename label"), run, name=name)

    def _save_colour(self, colour: object, run: object) -> str:
        return self._save(N_("Change color"), run, colour=colour)

    def _save_board(self, on_board: bool, run: object) -> str:
        return self._save(N_("Change the columns of the board"), run, on_board=on_board)

    def _save(self, title: str, run: object, **changed: object) -> str:
        tag = self._tags.get(self._shown or 0)
        if tag is None:
            return ""
        return self._context.save(title, update_label, tag.id, tag.version, group=run, origin=self, **changed)

    @Slot()
    def _on_new(self) -> None:
        added = self._context.act(N_("Add label"), add_label, self.new.text())
        if added is not None:
            self.new.clear()
            self.list.set_current(added)

    @Slot()
    def _on_first(self) -> None:
        self._context.act(N_("Add the phone's labels"), add_first_labels, done=_("The phone's labels are here."))

    @Slot(object, object)
    def _on_moved(self, ids: list[int], before: int | None) -> None:
        self.list.set_ids(arranged(self.list.cards.ids, ids, before))
        self._context.act(N_("Move labels"), move_labels, ids, before)

    @Slot()
    def _on_delete(self) -> None:
        chosen = self.list.selection()
        if not chosen or self._context.read_only:
            return
        words = ngettext("Label deleted. Its customers stay.", "{n} labels deleted. Their customers stay.", len(chosen))
        done = words.format(n=formats.number(len(chosen)))
        self._context.act(N_("Delete labels"), remove_labels, chosen, done=done)

    @Slot()
    def _fill_targets(self) -> None:
        """Offer what the chosen ones can become: one of them, or of a single one any other."""
        chosen = set(self.list.selection())
        offered = [tag for tag in self._tags.values() if (tag.id in chosen) == (len(chosen) > 1)]
        self.targets.clear()
        for tag in offered[:OFFERED]:
            words = formats.auto(tag.name).replace("&", "&&")
            self.targets.addAction(dot(tag.colour), words, partial(self._merge, sorted(chosen), tag))
        if len(offered) > OFFERED and len(chosen) == 1:
            words = _("To merge it into another one, choose both in the list.")
            self.targets.addAction(words).setDisabled(True)

    def _merge(self, ids: Sequence[int], into: Tag) -> None:
        words = _("Merged into {name}").format(name=formats.auto(into.name))
        self._context.act(N_("Merge labels"), merge_labels, ids, into.id, done=words)
        self.list.set_current(into.id)

    @Slot()
    def _on_customers(self) -> None:
        if tag := self._tag():
            self.wanted.emit(tag.id)
            self.accept()

    @Slot(object)
    def _on_opened(self, _label: int) -> None:
        self.name.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.name.editor.selectAll()

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        """Go to the first that begins so."""
        wanted = fold(letters)
        for tag in self._tags.values():
            if fold(tag.name).startswith(wanted):
                self.list.set_current(tag.id)
                return


def _face(tag: Tag) -> Face:
    """Return what the list says of a label; its colour in words, too."""
    words = _("{customers} · {colour}").format(customers=_customers(tag.customers), colour=name_of(tag.colour))
    # TRANSLATORS: of a label that is kept in this program and for which the phone has no room.
    badges = () if tag.fits else (_("only here"),)
    return Face(tag.name, code=words, picture=str(tag.colour), badges=badges)


def _customers(count: int) -> str:
    return ngettext("{n} customer", "{n} customers", count).format(n=formats.number(count))
