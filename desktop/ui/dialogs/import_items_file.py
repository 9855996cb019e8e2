"""The first step of an import: the file, what it is, and its first rows as they were read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.ui import theme
from desktop.ui.dialogs.import_items_reading import FIRST, How, Opened
from desktop.ui.dialogs.import_items_words import DELIMITERS, ENCODINGS, name_of, said
from desktop.ui.item_files import ENDINGS
from desktop.ui.widgets.buttons import announce, quiet
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.raw_table import RawTable

WARNINGS = 3  # sentences about the reading that are shown


class FileStep(QWidget):
    """Choose or drop a file; `chosen` says which, `read_again` how else it is to be read."""

    chosen = Signal(list)  # paths, as texts
    read_again = Signal(object)  # a How

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._how = How()
        self._dialog: QFileDialog | None = None
        self.choose = quiet(_("Choose a file…"), "folder-open")
        self.empty = Empty(
            "file-input",
            _("Drop the file with your items here"),
            _(
                "A spreadsheet, a CSV file, an export of Shopify or WooCommerce, or a feed."
                " Nothing is written before you have seen what would change."
            ),
            self.choose,
        )
        self.other = quiet(_("Another file…"), "folder-open")
        self.name = ElidedLabel("", "muted", Qt.TextElideMode.ElideMiddle)
        self.what = Label("", "heading", wrap=True)
        self.trouble = Label("", "warn", wrap=True)
        self.warnings = Label("", "small", wrap=True)
        self.encoding = Choice()
        self.delimiter = Choice()
        self.sheet = Choice()
        self.table = RawTable(_("The first rows as they were read"))
        self.pages = QStackedWidget()
        self._lay_out()
        for button in (self.choose, self.other):
            button.clicked.connect(self._on_choose)
        for choice in (self.encoding, self.delimiter, self.sheet):
            choice.activated.connect(self._on_how)

    def _lay_out(self) -> None:
        theme.look(self.table, "file")
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.what)
        words.addWidget(self.name)
        head.addLayout(words, 1)
        head.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        ways = QHBoxLayout()
        ways.setSpacing(theme.pixels(12))
        self._labels = []
        # TRANSLATORS: how a file's letters are written (its encoding); what stands between its columns; its sheet.
        for words_of, choice in (
            (_("Letters"), self.encoding),
            (_("Between columns"), self.delimiter),
            (_("Sheet"), self.sheet),
        ):
            label = Label(words_of, "section")
            label.set_buddy(choice)
            self._labels.append(label)
            column = QVBoxLayout()
            column.setSpacing(theme.pixels(4))
            column.addWidget(label)
            column.addWidget(choice)
            ways.addLayout(column, 1)
        read = QWidget()
        column = QVBoxLayout(read)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        column.addLayout(head)
        column.addWidget(self.warnings)
        column.addLayout(ways)
        column.addWidget(self.table, 1)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self.trouble)
        layout.addWidget(self.pages, 1)
        self.trouble.hide()

    def show_opened(self, opened: Opened) -> None:
        """Show what a file is, and its first rows."""
        table = opened.table
        self._how = opened.how
        self.tell("")
        self.what.setText(said(opened))
        self.name.setText(name_of(opened.path))
        texts = [warning.message for warning in table.warnings[:WARNINGS]]
        if (more := len(table.warnings) - WARNINGS) > 0:
            texts.append(ngettext("And {n} more", "And {n} more", more).format(n=formats.number(more)))
        self.warnings.setText("\n".join(texts))
        self.warnings.setVisible(bool(texts))
        _offer(self.encoding, self._labels[0], ENCODINGS, table.encoding, bool(table.encoding))
        _offer(self.delimiter, self._labels[1], DELIMITERS, table.delimiter, bool(table.delimiter))
        sheets = {name: formats.auto(name) for name in table.sheets}
        _offer(self.sheet, self._labels[2], sheets, table.sheet, len(sheets) > 1, translate=False)
        self.table.show_rows(table.header, [(formats.number(row), cells) for row, cells in table.rows[:FIRST]])
        self.pages.setCurrentIndex(1)
        announce(self, self.what.text())

    def clear(self) -> None:
        """Show no file."""
        self.tell("")
        self.pages.setCurrentIndex(0)

    def tell(self, sentence: str) -> None:
        """Say why a file cannot be read; what was there before stays."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def how(self) -> How:
        """Return how the file that is shown is to be read."""
        values = (self.encoding, self.delimiter, self.sheet)
        return How(*(str(choice.value() or "") if choice.isVisibleTo(self) else "" for choice in values))

    @Slot()
    def _on_how(self) -> None:
        if self.how() != self._how:
            self.read_again.emit(self.how())

    @Slot()
    def _on_choose(self) -> None:
        self._dialog = QFileDialog(self, _("Choose the file with your items"))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        self._dialog.setNameFilters([_("Files with items") + f" ({endings})", _("All files") + " (*)"])
        self._dialog.filesSelected.connect(self._on_selected)
        self._dialog.open()

    @Slot(list)
    def _on_selected(self, paths: Sequence[str]) -> None:
        self.chosen.emit([path for path in paths if Path(path).is_file()])


def _offer(
    choice: Choice, label: Label, words: dict[str, str], value: str, shown: bool, translate: bool = True
) -> None:
    """Offer what a file may be read as, what it was read as chosen, and nothing where there is no choice."""
    offered: list[tuple[object, str]] = [(key, _(text) if translate else text) for key, text in words.items()]
    if value and value not in words:
        offered.append((value, formats.ltr(value)))
    choice.set_choices(offered)
    choice.set_value(value)
    for widget in (choice, label):
        widget.setVisible(shown)
