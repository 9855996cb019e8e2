"""Merging customers: who is kept, what the one that is left will hold, and one button that does it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.data.models import Customer
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services.customers import birthday_text, called, phone_text, read_customers
from desktop.services.errors import Invalid
from desktop.services.merging import Merged, best_to_keep, merge_customers, preview_merge
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.check_box import RadioButton
from desktop.ui.widgets.label_chips import LabelChips
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.passage import Passage
from desktop.ui.widgets.scroll import Scroll

SHOWN = 20  # customers of whom one may choose the one to keep; nobody merges more by sight
LONGEST = 40  # letters of a name, which stands beside a number in one line


class MergeDialog(QDialog):
    """Closed, it has changed nothing. The merging is one action, and can be undone."""

    def __init__(self, context: Context, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Merge customers"))
        self._context = context
        self._ids = list(ids)
        self._keep = context.get(best_to_keep, self._ids)
        self.choices = QButtonGroup(self)
        self.chips = LabelChips(_("Labels"))
        self.trouble = Label("", "warn", wrap=True)
        self.cancel = quiet(_("Cancel"))
        count = len(self._ids)
        words = ngettext("Merge {n} customer", "Merge {n} customers", count).format(n=formats.number(count))
        self.go = primary(words, "merge")
        self._lay_out()
        self.choices.idClicked.connect(self._on_chosen)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        context.changed.connect(self._on_changed)
        self._look()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(Label(_("Whose name and number come first"), "section"))
        for customer in self._context.get(read_customers, [self._keep, *_others(self._ids, self._keep)][:SHOWN]):
            choice = RadioButton(_face(customer))
            choice.setChecked(customer.id == self._keep)
            self.choices.addButton(choice, customer.id)
            column.addWidget(choice)
        column.addSpacing(theme.pixels(12))
        column.addWidget(Label(_("What the one that is left holds"), "section"))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.pixels(16))
        self.grid.setVerticalSpacing(theme.pixels(6))
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        column.addWidget(self.chips)
        column.addStretch()
        scroll = Scroll(focus=True)
        scroll.setWidget(inside)
        layout = column_of(self, _("Merge customers"))
        layout.addWidget(
            Label(_("Nothing is lost: what has no field of its own goes into the note."), "muted", wrap=True)
        )
        layout.addWidget(scroll, 1)
        layout.addWidget(self.trouble)
        layout.addLayout(foot(self.cancel, self.go))
        self.resize(theme.pixels(560), theme.pixels(600))

    def rows(self) -> list[tuple[str, str]]:
        """Return what is shown of the merged customer: what each thing is called, and what it says."""
        found = []
        for row in range(self.grid.rowCount()):
            items = [self.grid.itemAtPosition(row, column) for column in (0, 1)]
            widgets = [item.widget() for item in items if item]
            texts = [widget.text() for widget in widgets if isinstance(widget, Label | Passage)]
            if len(texts) == 2:
                found.append((texts[0], texts[1]))
        return found

    def _look(self) -> None:
        """Show what would be left."""
        while (item := self.grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        try:
            seen = self._context.get(preview_merge, self._ids, self._keep)
        except Invalid as invalid:
            self.trouble.setText(invalid.message)
            self.trouble.show()
            self.chips.hide()
            self.go.setEnabled(False)
            return
        self.trouble.hide()
        self.go.setEnabled(not self._context.read_only)
        for row, (title, text) in enumerate(_lines(seen)):
            name = Label(title, "muted")
            self.grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(Passage(text), row, 1)
        self.chips.set_labels(seen.labels)
        self.chips.setVisible(bool(seen.labels))

    @Slot(int)
    def _on_chosen(self, customer: int) -> None:
        self._keep = customer
        self._look()

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if notice.of(Customer) is not None and self.isVisible():
            self._look()

    @Slot()
    def _on_go(self) -> None:
        self._context.changed.disconnect(self._on_changed)
        done = ngettext("{n} customer merged", "{n} customers merged", len(self._ids))
        done = done.format(n=formats.number(len(self._ids)))
        merged = self._context.act(N_("Merge customers"), merge_customers, self._ids, self._keep, done=done)
        if merged is None:
            self._context.changed.connect(self._on_changed)
            self._look()
            return
        self.accept()


def _others(ids: Sequence[int], keep: int) -> list[int]:
    return [one for one in ids if one != keep]


def _face(customer: Customer) -> str:
    name = called(customer)
    short = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    parts = (formats.auto(short), formats.phone(customer.phone))
    return " · ".join(part for part in dict.fromkeys(parts) if part)


def _lines(seen: Merged) -> list[tuple[str, str]]:
    """Return what to show of a merged customer: what each thing is called, and what it says; nothing empty."""
    values = seen.values
    phones = [formats.ltr(phone_text(one)) for one in (values["phone"], *values["more_phones"].split("\n")) if one]
    emails = [formats.ltr(one) for one in (values["email"], *values["more_emails"].split("\n")) if one]
    moment = partial(_moment, values)
    lines = [
        (_("Name"), formats.auto(values["name"])),
        (_("Phone number"), "\n".join(phones)),
        (_("Username"), formats.ltr(f"@{values['username']}") if values["username"] else ""),
        (_("Company"), formats.auto(values["company"])),
        (_("Email"), "\n".join(emails)),
        (_("Birthday"), formats.ltr(birthday_text(values["birthday"]))),
        (_("Address"), values["address"]),
        (_("Note"), values["note"]),
        (_("Agreed to messages"), moment("consent_at", "consent_how")),
        (_("Asked to stop"), moment("stopped_at", "stopped_how")),
        (_("Last contact"), moment("last_contact_at", "")),
        (_("Orders"), formats.number(seen.orders) if seen.orders else ""),
        (_("Follow-ups"), formats.number(seen.follow_ups) if seen.follow_ups else ""),
    ]
    return [(title, text) for title, text in lines if text]


def _moment(values: dict[str, object], column: str, how: str) -> str:
    at = values[column]
    if not isinstance(at, int):
        return ""
    return " · ".join(filter(None, (formats.datetime(at), formats.auto(str(values.get(how) or "")))))
