"""The message for the one customer of a send list whose turn it is: that of everybody, or one of their own."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.services.send_lists import Entry, set_entry_text
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.field import TextField

TITLE = N_("Change message for one customer")


class OwnText(QWidget):
    """Changes what one customer reads. It is kept with their place on the list, and touches nobody else's."""

    changed = Signal()  # what they read is another text, saved or not

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entry: Entry | None = None
        self._letter = ""  # as the list says it
        self.change = flat(_("Change for this customer"), "pencil")
        self.field = TextField(_("For this customer only"), self._save, lines=(2, 8))
        self.drop = flat(_("As for everybody"), "undo-2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(self.field)
        row = QHBoxLayout()
        for button in (self.change, self.drop):
            row.addWidget(button)
            button.setDisabled(context.read_only)
        row.addStretch()
        column.addLayout(row)
        self.change.clicked.connect(self._on_change)
        self.drop.clicked.connect(self._on_drop)
        self.field.edited.connect(self._on_edited)

    def show_entry(self, entry: Entry | None, letter: str) -> None:
        """Show whose turn it is, and the message as the list says it to them; nothing over what is being typed."""
        other = entry is None or self._entry is None or entry.id != self._entry.id
        opened = not other and self.field.isVisibleTo(self)
        self._entry, self._letter = entry, letter
        self.setVisible(entry is not None)
        if entry is None:
            return
        shown = entry.text or letter
        if other:
            self.field.start(shown)
        else:
            self.field.update_value(shown)
        self._open(bool(entry.text) or opened)

    def typed(self) -> str | None:
        """Return what is being typed for this customer, None where nothing is."""
        return self.field.value() if self._entry and self.field.is_unsaved() else None

    def commit(self) -> bool:
        """Save what is being typed, and say whether nothing is left unsaved."""
        return self.field.commit()

    def _open(self, opened: bool) -> None:
        self.field.setVisible(opened)
        self.change.setVisible(not opened)
        self.drop.setVisible(opened)

    def _save(self, text: str, group: object) -> str:
        if self._entry is None:
            return ""
        return self._context.save(TITLE, set_entry_text, self._entry.id, text, group=group, origin=self)

    @Slot()
    def _on_change(self) -> None:
        self._open(True)
        self.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_drop(self) -> None:
        """Let them read what everybody reads."""
        self.field.start(self._letter)
        self._open(False)
        if self._entry is not None and self._entry.text:
            self._context.act(TITLE, set_entry_text, self._entry.id, "", origin=self)
        self.changed.emit()

    @Slot(object)
    def _on_edited(self, _text: object) -> None:
        self.changed.emit()
