"""The first step of every import: the file, what it is, and its first rows as they were read."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats, ngettext
from desktop.ui import theme
from desktop.ui.asking import documents
from desktop.ui.dialogs.importing_reading import How, Opened
from desktop.ui.widgets.buttons import announce, quiet
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.file_dialog import FileDialog
from desktop.ui.widgets.labels import ElidedLabel, Label, Labelled
from desktop.ui.widgets.raw_table import RawTable

WARNINGS = 3  # sentences about the reading that are shown
ENCODINGS = {
    "": N_("As they were guessed"),
    "utf-8": N_("UTF-8 (usual today)"),
    "cp1256": N_("Arabic, Windows (1256)"),
    "cp1252": N_("Western European, Windows (1252)"),
    "iso8859-6": N_("Arabic (ISO 8859-6)"),
    "mac-arabic": N_("Arabic, Mac"),
    "cp720": N_("Arabic, DOS (720)"),
    "cp864": N_("Arabic, DOS (864)"),
    "cp1250": N_("Central European, Windows (1250)"),
    "cp1251": N_("Cyrillic, Windows (1251)"),
    "utf-16": N_("UTF-16 (Excel's Unicode text)"),
}
DELIMITERS = {
    ",": N_("Comma ,"),
    ";": N_("Semicolon ;"),
    "\t": N_("Tab"),
    "|": N_("Bar |"),
}


class FileWords(NamedTuple):
    """What the step says of the files that are wanted, translated, and their endings."""

    drop: str
    about: str
    choose: str
    files: str
    endings: Sequence[str]


class FileStep(QWidget):
    """Choose or drop files; `chosen` says which, `read_again` how else they are to be read."""

    chosen = Signal(list)  # paths, as texts
    read_again = Signal(object)  # a How
    last_folder: ClassVar[str] = ""  # where the last files were, of items or of customers

    def __init__(self, words: FileWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._how = How()
        self._dialog: FileDialog | None = None
        self.choose = quiet(_("Choose a file…"), "folder-open")
        self.empty = Empty("file-input", words.drop, words.about, self.choose)
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
            way = Labelled(words_of, choice)
            self._labels.append(way.label)
            ways.addLayout(way, 1)
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
        self.setFocusProxy(self.choose)

    def show_opened(self, opened: Opened, said: str, following: int = 0) -> None:
        """Show what was read, by a sentence and its first rows, and how many files follow."""
        self._how = opened.how
        self.tell("")
        self.what.setText(said)
        self.name.setText(_names(opened, following))
        texts = opened.warnings[:WARNINGS]
        if (more := len(opened.warnings) - WARNINGS) > 0:
            texts.append(ngettext("And {n} more", "And {n} more", more).format(n=formats.number(more)))
        self.warnings.setText("\n".join(texts))
        self.warnings.setVisible(bool(texts))
        self._show_how(opened)
        self.table.show_rows(*opened.first_rows())
        self.pages.setCurrentIndex(1)
        self.setFocusProxy(self.table)
        announce(self, self.what.text())

    def _show_how(self, opened: Opened) -> None:
        table = opened.table
        encodings = {key: _(words) for key, words in ENCODINGS.items() if key or opened.is_guessed}
        delimiters = {key: _(words) for key, words in DELIMITERS.items()}
        sheets = {name: formats.auto(name) for name in table.sheets} if table else {}
        letters = table.encoding if table else opened.how.encoding
        _offer(self.encoding, self._labels[0], encodings, letters, bool(letters) or opened.is_guessed)
        between = table.delimiter if table else ""
        _offer(self.delimiter, self._labels[1], delimiters, between, bool(between))
        _offer(self.sheet, self._labels[2], sheets, table.sheet if table else "", len(sheets) > 1)

    def clear(self) -> None:
        """Show no file."""
        self.tell("")
        self.pages.setCurrentIndex(0)
        self.setFocusProxy(self.choose)

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
        self._dialog = FileDialog(self, self._words.choose, FileStep.last_folder or documents())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in self._words.endings)
        self._dialog.setNameFilters([f"{self._words.files} ({endings})", _("All files") + " (*)"])
        self._dialog.filesSelected.connect(self._on_selected)
        self._dialog.open()

    @Slot(list)
    def _on_selected(self, paths: Sequence[str]) -> None:
        FileStep.last_folder = str(Path(paths[0]).parent)
        self.chosen.emit([path for path in paths if Path(path).is_file()])


def _names(opened: Opened, following: int) -> str:
    """Return the name of the file, or how many were read as one, and how many come after it."""
    n = len(opened.paths)
    name = formats.auto(opened.path.name)
    if n > 1:
        name = ngettext("{n} file", "{n} files", n).format(n=formats.number(n))
    if not following:
        return name
    more = ngettext("{n} more file follows", "{n} more files follow", following)
    return f"{name} · {more.format(n=formats.number(following))}"


def _offer(choice: Choice, label: Label, words: dict[str, str], value: str, shown: bool) -> None:
    """Offer what a file may be read as, what it was read as chosen, and nothing where there is no choice."""
    offered: list[tuple[object, str]] = list(words.items())
    if value and value not in words:
        offered.append((value, formats.ltr(value)))
    choice.set_choices(offered)
    choice.set_value(value)
    for widget in (choice, label):
        widget.setVisible(shown)
