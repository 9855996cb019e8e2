"""The variants of an item in the inspector: the list of them, and the form that makes combinations of options."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Product
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.catalog import shop_currency
from desktop.services.errors import Invalid
from desktop.services.limits import limit
from desktop.services.variants import (
    add_variants,
    combine,
    move_variant,
    option_names,
    remove_variant,
    split_values,
)
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.item_variant import VariantRow
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import flat, icon_button, quiet, row_of
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.focus import stay, tab_here
from desktop.ui.widgets.labels import Label


class ItemVariants(QWidget):
    """The variants of the item of `show_item`; adding, moving and deleting can be undone."""

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._context = context
        self._thumbnails = thumbnails
        self._product: Product | None = None
        self.rows: list[VariantRow] = []
        self.none = Label(_("Sizes, colours and so on: each with a code and a price of its own."), "small", wrap=True)
        self.add = quiet(_("Add variants"), "plus")
        self.new = NewVariants()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(8))
        self._column.addWidget(self.none)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addWidget(self.new)
        self.new.hide()
        self.add.setHidden(context.read_only)
        self.add.clicked.connect(self._on_open)
        self.new.cancel.clicked.connect(self._on_close)
        self.new.make.clicked.connect(self._on_make)
        self.new.rearranged.connect(self._order_stops)

    def show_item(self, product: Product | None) -> None:
        """Show the variants of another item that was read whole; `commit` first."""
        for row in self.rows:
            self._drop(row)
        self.rows = []
        self._product = product
        self._on_close()
        self._fill()

    def update_item(self, product: Product) -> None:
        """Follow what has changed of the variants, keeping the rows of those that stay: somebody may type in one."""
        self._product = product
        self._fill()

    def is_unsaved(self) -> bool:
        """Say whether something is entered that is not stored."""
        return any(row.form is not None and row.form.is_unsaved() for row in self.rows)

    def commit(self) -> Field | None:
        """Save what is typed, and return the first field that cannot be saved as it is."""
        unsaved = [field for row in self.rows if (field := row.commit())]
        return unsaved[0] if unsaved else None

    def _fill(self) -> None:
        product = self._product
        variants = list(product.variants) if product else []
        shop = self._context.get(shop_currency)
        here = {row.variant.id: row for row in self.rows}
        kept = {variant.id for variant in variants}
        for row in self.rows:
            self._column.removeWidget(row)
            if row.variant.id not in kept:
                self._drop(row)
        self.rows = []
        for place, variant in enumerate(variants):
            assert product, "variants are of an item"
            row = here.get(variant.id) or self._row(VariantRow(self._context, variant, product, shop, self._thumbnails))
            row.update_variant(variant, product, shop)
            row.show_place(place, len(variants))
            self._column.insertWidget(place + 1, row)
            row.show()
            self.rows.append(row)
        self.none.setVisible(not variants)
        self._order_stops()

    @Slot()
    def _order_stops(self) -> None:
        """Have the Tab key go through in reading order, whatever was made first."""
        rows = [stop for row in self.rows for stop in row.stops()]
        tab_here(self, [*rows, self.add, *self.new.stops()])

    def _row(self, row: VariantRow) -> VariantRow:
        row.moved.connect(partial(self._move, row))
        row.removed.connect(partial(self._remove, row))
        row.edit.toggled.connect(self._order_stops)
        return row

    def _drop(self, row: VariantRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    # What one does

    @Slot()
    def _on_open(self) -> None:
        names = self._context.get(option_names, self._product.id) if self._product else []
        self.new.begin(names or [_("Size")])
        self.add.hide()
        self.new.show()
        self.new.lines[0].values.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_close(self) -> None:
        self.new.hide()
        self.add.setHidden(self._context.read_only)

    @Slot()
    def _on_make(self) -> None:
        if self._product is None or self.commit():
            return
        title, options = N_("Add variants"), self.new.options()
        sentence = self._context.save(title, add_variants, self._product.id, options, origin=self)
        self.new.complain(sentence)
        if not sentence:
            self._on_close()
            self._context.say(_("Variants added"), undo=True)
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, row: VariantRow, step: int) -> None:
        place = self.rows.index(row) + step
        self._context.act(N_("Move variant"), move_variant, row.variant.id, place, origin=self)
        stay(*((row.up, row.down) if step < 0 else (row.down, row.up)))

    def _remove(self, row: VariantRow) -> None:
        place = self.rows.index(row)
        self._context.act(N_("Delete variant"), remove_variant, row.variant.id, done=_("Variant deleted"), origin=self)
        rest = self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self.add
        rest.setFocus(Qt.FocusReason.OtherFocusReason)


class OptionLine(QWidget):
    """An option to make variants of: its name, and its values with commas between them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.values = Line(), Line()
        self.name.setText(name)
        # TRANSLATORS: what the variants of an item differ in, such as Size.
        self.name.setPlaceholderText(_("Option"))
        self.name.setAccessibleName(_("Option"))
        self.values.setPlaceholderText(_("S, M, L"))
        self.values.setAccessibleName(_("Values, with commas between them"))
        self.remove = icon_button("x", _("Leave this option out"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(4))
        row.addWidget(self.name, 2)
        row.addWidget(self.values, 3)
        row.addWidget(self.remove)


class NewVariants(QWidget):
    """Options and their values, and a button that says how many variants they make."""

    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[OptionLine] = []
        self.more = flat(_("Another option"), "plus")
        self.message = Label("", "small", wrap=True)
        self.make = quiet(_("Add variants"), "plus")
        self.cancel = flat(_("Cancel"))
        self._options = QVBoxLayout()
        self._options.setSpacing(theme.pixels(4))
        buttons = row_of(self.make, self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(self._options)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.message)
        column.addLayout(buttons)
        self.more.clicked.connect(self._on_more)

    def begin(self, names: Sequence[str]) -> None:
        """Ask for the values of these options."""
        for line in list(self.lines):
            self._leave_out(line)
        for name in names:
            self._add(name)
        self._weigh()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes to, in order."""
        lines = [stop for line in self.lines for stop in (line.name, line.values, line.remove)]
        return [*lines, self.more, self.make, self.cancel]

    def options(self) -> list[tuple[str, list[str]]]:
        """Return what is typed, without lines in which nothing is."""
        typed = [(line.name.text(), split_values(line.values.text())) for line in self.lines]
        return [(name, values) for name, values in typed if name.strip() or values]

    def complain(self, sentence: str) -> None:
        """Say what is wrong, or nothing."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        theme.look(self.message, "warn")

    def _add(self, name: str) -> None:
        line = OptionLine(name)
        line.remove.clicked.connect(partial(self._leave_out, line))
        for editor in (line.name, line.values):
            editor.textEdited.connect(self._weigh)
            editor.returnPressed.connect(self.make.click)
        self.lines.append(line)
        self._options.addWidget(line)
        line.show()
        self.more.setVisible(len(self.lines) < limit("variant.options"))
        self.rearranged.emit()

    def _leave_out(self, line: OptionLine) -> None:
        self.lines.remove(line)
        self._options.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.more.show()
        self._weigh()

    @Slot()
    def _on_more(self) -> None:
        self._add("")
        self.lines[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._weigh()

    @Slot()
    def _weigh(self) -> None:
        """Say on the button how many there will be."""
        self.complain("")
        for line in self.lines:
            line.remove.setVisible(len(self.lines) > 1)
        try:
            count = len(combine(self.options()))
        except Invalid:
            self.make.set_text(_("Add variants"))
            return
        words = ngettext("Add {n} variant", "Add {n} variants", count)
        self.make.set_text(words.format(n=formats.number(count)))
