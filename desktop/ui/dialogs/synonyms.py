"""The words that mean the same to this shop: lines to add, change and delete."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Synonym
from desktop.data.notice import Notice
from desktop.i18n import N_, _
from desktop.services.synonyms import Group, add_synonyms, change_synonyms, list_synonyms, remove_synonyms
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.dialogs.toast import DialogToast
from desktop.ui.widgets.buttons import icon_button, quiet
from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.scroll import Scroll


class SynonymsDialog(QDialog):
    """One line for each group of words, and one to write a new group in. Everything is stored at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Words that mean the same"))
        self._context = context
        self.lines: dict[int, SynonymLine] = {}
        self.new = LineField(
            _("New"),
            self._add,
            # TRANSLATORS: an example of words that mean the same, one of them in the other script.
            placeholder=_("Rolex, رولكس"),
            hint=_("Words or short phrases, with a comma between them. Enter adds them."),
        )
        self.close_button = quiet(_("Close"))
        self._lay_out()
        self.toast = DialogToast(context, self)
        self.new.setVisible(not context.read_only)
        self.new.saved.connect(self._on_added)
        self.close_button.clicked.connect(self.close)
        context.changed.connect(self._on_changed)
        self.reload()
        self.new.editor.setFocus()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.pixels(8), 0)
        column.setSpacing(theme.pixels(8))
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.pixels(4))
        column.addWidget(self.new)
        column.addLayout(self._column)
        column.addStretch()
        area = Scroll(focus=True)
        area.setWidget(inside)
        layout = column_of(self, _("Words that mean the same"))
        layout.addWidget(Label(_("Whoever searches for one of them finds the items of the others too."), "muted", True))
        layout.addWidget(area, 1)
        layout.addLayout(foot(self.close_button))
        self.resize(theme.pixels(480), theme.pixels(480))

    def reload(self) -> None:
        """Show what there is now; what is being typed stays."""
        groups = self._context.get(list_synonyms)
        for gone in self.lines.keys() - {group.id for group in groups}:
            line = self.lines.pop(gone)
            line.field.start("")  # nothing of it is left to be saved
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, group in enumerate(groups):
            if group.id not in self.lines:
                self.lines[group.id] = line = SynonymLine(self._context)
                line.delete.clicked.connect(partial(self._delete, group.id))
                self._column.insertWidget(place, line)
            self.lines[group.id].show_group(group)

    def done(self, result: int) -> None:
        """Close, unless something that was typed could not be stored: one more Esc in its field takes it back."""
        if all(field.commit() for field in (self.new, *(line.field for line in self.lines.values()))):
            super().done(result)

    def _add(self, words: str, _group: object) -> str:
        return self._context.save(N_("Add words that mean the same"), add_synonyms, words) if words.strip() else ""

    @Slot()
    def _on_added(self) -> None:
        self.new.start("")

    def _delete(self, group: int, _checked: bool = False) -> None:
        self._context.act(N_("Delete words that mean the same"), remove_synonyms, group, done=_("Deleted"))
        self.new.editor.setFocus()

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if notice.of(Synonym) is not None:
            self.reload()


class SynonymLine(QWidget):
    """The words of one group, and a button that deletes it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._group: Group | None = None
        self.field = LineField("", self._save)
        self.field.label.hide()
        self.field.editor.setAccessibleName(_("Words that mean the same"))
        self.delete = icon_button("trash-2", _("Delete"))
        self.delete.setDisabled(context.read_only)
        if context.read_only:
            self.field.lock()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(4))
        row.addWidget(self.field, 1)
        row.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignBottom)

    def show_group(self, group: Group) -> None:
        """Show the words of a group, unless others are being typed."""
        self._group = group
        # TRANSLATORS: stands between words in a list that can be typed in.
        self.field.update_value(_(", ").join(group.words))

    def _save(self, words: str, group: object) -> str:
        assert self._group
        title = N_("Change words that mean the same")
        base = self._group.version
        return self._context.save(title, change_synonyms, self._group.id, base, words, group=group)
