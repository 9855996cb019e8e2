"""A pasted message becomes an order: what was read of it is shown line by line before anything is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from desktop.i18n import N_, _, formats, ngettext
from desktop.services.order_due import due_warning
from desktop.services.order_items import ReadLine
from desktop.services.order_reading import Reading, add_read_order, read_order_text
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.pages.order_row import led
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.editors import Text
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Cell, Line, PreviewTable

PAUSE = 200  # ms after the last key


class PasteOrderDialog(QDialog):
    """Show it with `open()`; `added` tells the id of the new order."""

    added = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Paste an order"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._reading = Reading()
        self._job: Job | None = None
        self.text = Text((3, 6))
        self.text.setAccessibleName(_("The customer's message"))
        self.text.setPlaceholderText(
            _("Paste the customer's message here: a basket, or a list like “2 chocolate cakes”.")
        )
        self.table = PreviewTable(_("What was read"), [_("In the message"), _("Look at"), _("In the order")])
        self.table.setMinimumHeight(theme.pixels(180))
        self.who = Label("", "muted", wrap=True)
        self.when = Label("", "strong", wrap=True)
        self.warning = Label("", "warn", wrap=True)
        self.notes = Label("", "muted", wrap=True)
        self.cancel = quiet(_("Cancel"))
        self.add = primary(_("Add this order"), "plus")
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._lay_out()
        self.text.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._on_read)
        self.cancel.clicked.connect(self.reject)
        self.add.clicked.connect(self._on_add)
        self._show(Reading())
        if pasted := QGuiApplication.clipboard().text()[:2_000]:
            self.text.setPlainText(pasted if "\n" in pasted or any(char.isdecimal() for char in pasted) else "")
            self.text.selectAll()

    def _lay_out(self) -> None:
        layout = column_of(self, _("Paste an order"))
        layout.addWidget(self.text)
        layout.addWidget(self.table, 1)
        for label in (self.when, self.warning, self.who, self.notes):
            layout.addWidget(label)
        layout.addStretch()
        layout.addLayout(foot(self.cancel, self.add))
        self.resize(theme.pixels(720), theme.pixels(620))

    @Slot()
    def _on_read(self) -> None:
        self._job = self._context.read(read_order_text, self.text.toPlainText()).begin(
            self._on_found, instead_of=self._job
        )

    @Slot(object)
    def _on_found(self, reading: Reading) -> None:
        self._job = None
        self._show(reading)

    def _show(self, reading: Reading) -> None:
        self._reading = reading
        rows = [_row(line, reading.currency) for line in reading.lines]
        self.table.lines.reset(len(rows), lambda first, count: rows[first : first + count])
        self.table.setVisible(bool(rows))
        who = [formats.auto(reading.name) if reading.name else "", formats.phone(reading.phone)]
        who.append(formats.auto(reading.address) if reading.address else "")
        self.who.setText(led(" · ".join(part for part in who if part)))
        self.who.setVisible(any(who))
        way = {"pickup": _("Pick-up"), "delivery": _("Delivery")}.get(reading.way, "")
        due = formats.datetime(reading.due_at) if reading.due_at is not None else ""
        self.when.setText(led(" · ".join(filter(None, [way, due]))))
        self.when.setVisible(bool(way or due))
        warning = self._context.get(due_warning, reading.due_at)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        # TRANSLATORS: the lines of a message that are no items; they are kept as a note.
        self.notes.setText(_("Kept as a note: {text}").format(text=reading.note) if reading.note else "")
        self.notes.setVisible(bool(reading.note))
        n = len(rows)
        words = ngettext("Add this order of {n} item", "Add this order of {n} items", n)
        self.add.set_text(words.format(n=formats.number(n)) if n else _("Add this order"))
        self.add.setEnabled(bool(rows or reading.note or reading.phone) and not self._context.read_only)

    @Slot()
    def _on_add(self) -> None:
        self._soon.stop()
        text = self.text.toPlainText()
        reading = self._context.get(read_order_text, text)  # what stands there now, also what was typed just before
        order = self._context.act(N_("Add order from a message"), add_read_order, reading, text)
        if order is not None:
            self.accept()
            self.added.emit(order)


def _row(line: ReadLine, currency: str) -> Line:
    words = _("{n} × {name}").format(n=formats.number(line.quantity), name=formats.auto(line.name))
    parts: Sequence[str] = [words, line.note]
    if line.price is not None:
        parts = [*parts, formats.money(line.price * line.quantity, currency)]
    remark = line.remark or ("" if line.product_id else _("Not in the catalog"))
    return Cell(line.said), Cell(remark), Cell(led(" · ".join(filter(None, parts))))
