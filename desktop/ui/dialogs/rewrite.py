"""Finding and replacing words in the names and descriptions of many items."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats, ngettext
from desktop.i18n.places import language_name
from desktop.services.catalog import cards
from desktop.services.rewrite import FIELDS, REASONS, Field, Preview, Rewrite, preview, rewrite, sample
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.change import ChangeDialog
from desktop.ui.widgets.check_box import CheckBox
from desktop.ui.widgets.editors import Choice, Line
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.preview_table import Cell
from desktop.ui.widgets.preview_table import Line as Row

WHERE: dict[tuple[Field, ...], str] = {
    FIELDS: N_("Names and descriptions"),
    ("name",): N_("Names only"),
    ("description",): N_("Descriptions only"),
}


def _outcome(result: Preview) -> str:
    sentence = ngettext("{n} item changed", "{n} items changed", result.changed)
    return sentence.format(n=formats.number(result.changed))


class RewriteDialog(ChangeDialog):
    """What to find, what to put in its place, where, and how exactly."""

    title = N_("Replace words")
    preview = staticmethod(preview)
    apply = staticmethod(rewrite)
    outcome = staticmethod(_outcome)

    def __init__(self, context: Context, ids: Sequence[int], parent: QWidget | None = None) -> None:
        headings = (_("Where"), _("Before"), _("After"))
        super().__init__(context, ids, _("Find and replace"), headings, parent)
        self.wanted = Line()
        self.replacement = Line()
        self.where = Choice([(fields, _(words)) for fields, words in WHERE.items()])
        self.where.set_value(FIELDS)
        self.words = CheckBox(_("Whole words only"))
        self.case = CheckBox(_("Same capitals only"))
        self.alike = CheckBox(_("Any spelling, as in the search"))
        self._lay_out_form()
        for line in (self.wanted, self.replacement):
            line.textChanged.connect(self.look_again)
            line.returnPressed.connect(self.go.click)
        self.where.currentIndexChanged.connect(self.look_again)
        for box in (self.words, self.case, self.alike):
            box.toggled.connect(self.look_again)
        self.alike.toggled.connect(self._on_alike)
        self._look()
        self.wanted.setFocus()

    def _lay_out_form(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.pixels(12))
        grid.setVerticalSpacing(theme.pixels(4))
        editors: dict[str, QWidget] = {
            _("Find"): self.wanted,
            _("Replace with"): self.replacement,
            _("Look in"): self.where,
        }
        for place, (words, editor) in enumerate(editors.items()):
            label = Label(words, "section")
            label.set_buddy(editor)
            grid.addWidget(label, 0, place)
            grid.addWidget(editor, 1, place)
            grid.setColumnStretch(place, 3)
        self.replacement.setPlaceholderText(_("Nothing: take it away"))
        boxes = QHBoxLayout()
        boxes.setSpacing(theme.pixels(16))
        for box in (self.words, self.case, self.alike):
            boxes.addWidget(box)
        boxes.addStretch()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(grid)
        column.addLayout(boxes)

    @Slot(bool)
    def _on_alike(self, alike: bool) -> None:
        self.case.setDisabled(alike)  # spellings that are alike have no capitals

    def rule(self) -> Rewrite | None:
        if not self.wanted.text().strip():
            return None
        fields = next(fields for fields in WHERE if fields == self.where.value())
        case = self.case.isChecked() and not self.alike.isChecked()
        rule = Rewrite(
            self.wanted.text(), self.replacement.text(), fields, self.words.isChecked(), case, self.alike.isChecked()
        )
        rule.check()
        return rule

    def lines(self, rule: Rewrite, seen: Preview, first: int, count: int) -> Sequence[Row]:
        changes = self.context.get(sample, seen.places[first : first + count], rule)
        names = {card.id: card.name for card in self.context.get(cards, [change.item for change in changes])}
        rows = []
        for change in changes:
            words = _("Name") if change.field == "name" else _("Description of {name}")
            words = words.format(name=formats.auto(names.get(change.item, "")))
            if change.language:
                # TRANSLATORS: which text, and in which language it is, as in "Name (Arabic)".
                words = _("{words} ({language})").format(words=words, language=language_name(change.language))
            rows.append((Cell(words), Cell(change.before, change.found), Cell(change.after, change.put)))
        return rows

    def count(self, seen: Preview) -> int:
        return len(seen.places)

    def told(self, seen: Preview | None) -> tuple[str, str, list[str]]:
        if seen is None:
            several = ngettext("For {n} item", "For {n} items", len(self.ids))
            return _("Replace"), several.format(n=formats.number(len(self.ids))), []
        count = seen.changed
        words = ngettext("Change {n} item", "Change {n} items", count).format(n=formats.number(count))
        summary = _("Nothing found") if not count else ngettext("Found in {n} item", "Found in {n} items", count)
        remarks = []
        for reason, texts in seen.skipped.items():
            sentence = ngettext("{n} text stays as it is: {reason}", "{n} texts stay as they are: {reason}", texts)
            remarks.append(sentence.format(n=formats.number(texts), reason=_(REASONS[reason])))
        if over := seen.too_long_for_phone:
            sentence = ngettext(
                "{n} text would be longer than WhatsApp's limit: kept here, but it will not fit on the phone",
                "{n} texts would be longer than WhatsApp's limit: kept here, but they will not fit on the phone",
                over,
            )
            remarks.append(sentence.format(n=formats.number(over)))
        return words, summary.format(n=formats.number(count)), remarks
