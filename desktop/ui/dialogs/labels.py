"""The labels: new ones, their names, order and colours; which are on the phone; merging and deleting them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.data.models import CustomerLabel, Label, PhoneCopy
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.labels import (
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
from desktop.ui.context import Context
from desktop.ui.dialogs.named_list import Deed, Kind, NamedListDialog
from desktop.ui.widgets.buttons import flat, primary, quiet
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_model import Face
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import SwitchField
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.labels import Label as Words
from desktop.ui.widgets.swatches import name_of, tile

SIDE = 64  # pixels of a colour in the list
MOVED_BY = {  # what an order's state does with the labels that have a role
    "new_customer": N_("One of WhatsApp's own: for customers who have just written for the first time."),
    "new_order": N_("A new order puts it on its customer, whatever it is called."),
    "pending_payment": N_("An order that waits for its payment puts it on its customer, whatever it is called."),
    "paid": N_("An order that is paid puts it on its customer, whatever it is called."),
    "order_complete": N_("An order that is complete puts it on its customer, whatever it is called."),
}


def _labels(count: int) -> str:
    return ngettext("{n} label", "{n} labels", count).format(n=formats.number(count))


def _deleted(count: int) -> str:
    words = ngettext("Label deleted. Its customers stay.", "{n} labels deleted. Their customers stay.", count)
    return words.format(n=formats.number(count))


LABELS = Kind(
    title=N_("Labels"),
    new=N_("New label"),
    new_hint=N_("New label: its name, then Enter"),
    name_stays=N_("The name that was typed is taken or empty: the label keeps its own."),
    name_limit="label.name",
    models=(Label, CustomerLabel, PhoneCopy),
    several=_labels,
    deleted=_deleted,
    add=Deed(N_("Add label"), add_label),
    rename=Deed(N_("Rename label"), update_label),
    move=Deed(N_("Move labels"), move_labels),
    merge=Deed(N_("Merge labels"), merge_labels),
    remove=Deed(N_("Delete labels"), remove_labels),
)


class LabelList(CardGrid):
    """The labels as rows, with a line below the last that the phone has room for."""

    last: int | None = None  # the id of the row above the line

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


class LabelsDialog(NamedListDialog[Tag]):
    """The labels in their order: the first twenty are on the phone."""

    wanted = Signal(object)  # the id of a label whose customers are to be shown
    list: LabelList

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.begin = primary(_("Add the phone's labels"), "plus")
        sentence = _(
            "A label says how far a customer is: who is new, who has ordered, who has paid. The phone has these."
        )
        self._squares: dict[str | None, QPixmap] = {}
        super().__init__(LABELS, context, Empty("tags", _("No labels yet"), sentence, self.begin), parent)
        self.list.setToolTip(_("Drag a label, or press Alt and an arrow key, to move it."))
        self.on_phone = Gauge()
        self.board = SwitchField(_("Column of the board"), self._save_board)
        self.role = Words("", "small", wrap=True)
        self.place = Words("", "small", wrap=True)
        self.customers = flat("", "users")
        self.first = quiet(_("Add the phone's labels"), "plus")
        self.side.insertWidget(0, self.on_phone)
        for widget in (self.board, self.role, self.place):
            self.column.addWidget(widget)
        self.column.addWidget(self.customers, 0, Qt.AlignmentFlag.AlignLeading)
        self.foot.insertWidget(0, self.first)
        self.customers.clicked.connect(self._on_customers)
        for button in (self.first, self.begin):
            button.clicked.connect(self._on_first)
        if context.read_only:
            self._lock(self.board, self.first, self.begin)
        self.reload()

    def reload(self) -> None:
        super().reload()
        tags, missing, room = list(self._things.values()), self._context.get(missing_labels), limit("label.labels")
        fitting = [tag.id for tag in tags if tag.fits]
        self.list.last = fitting[-1] if len(fitting) < len(tags) else None
        self.first.setVisible(bool(tags and missing))
        self.first.set_hint(formats.listing(map(formats.auto, missing)))
        words = _("{of} labels on the phone").format(of=formats.of(len(fitting), room))
        if len(tags) > room:
            words = _("The phone has room for the {n} labels above the line").format(n=formats.number(room))
        self.on_phone.show_use(len(tags), room, words, "near" if len(tags) > room else "ok")
        self.on_phone.setVisible(bool(tags))

    def _make_list(self, name: str) -> CardGrid:
        return LabelList(name, self._load, self._picture)

    def _read(self) -> Sequence[Tag]:
        return self._context.get(read_tags)

    def _face(self, tag: Tag) -> Face:
        """Return what the list says of a label; its colour in words, too."""
        words = _("{customers} · {colour}").format(customers=_customers(tag.customers), colour=name_of(tag.colour))
        # TRANSLATORS: of a label that is kept in this program and for which the phone has no room.
        badges = () if tag.fits else (_("only here"),)
        return Face(tag.name, code=words, picture=str(tag.colour), badges=badges)

    def _picture(self, key: str | None) -> QPixmap | None:
        if key is not None and key not in self._squares:
            self._squares[key] = tile(int(key), SIDE)
        return self._squares.get(key)

    def _show_one(self, tag: Tag) -> None:
        self._fill(tag, self.board, tag.on_board)
        self.customers.set_text(_customers(tag.customers))
        self.customers.setEnabled(tag.customers > 0)
        self.role.setText(_(MOVED_BY[tag.role]) if tag.role else "")
        self.role.setVisible(bool(tag.role))
        only_here = _("Only here: the phone has room for {n} labels. Move it above the line to have it there.")
        self.place.setText("" if tag.fits else only_here.format(n=formats.number(limit("label.labels"))))
        self.place.setVisible(not tag.fits)

    def _save_board(self, on_board: bool, run: object) -> str:
        return self._save(N_("Change the columns of the board"), run, on_board=on_board)

    @Slot()
    def _on_first(self) -> None:
        self._context.act(N_("Add the phone's labels"), add_first_labels, done=_("The phone's labels are here."))

    @Slot()
    def _on_customers(self) -> None:
        if tag := self._chosen():
            self.wanted.emit(tag.id)
            self.accept()


def _customers(count: int) -> str:
    return ngettext("{n} customer", "{n} customers", count).format(n=formats.number(count))
