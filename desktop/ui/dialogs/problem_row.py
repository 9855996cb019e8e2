"""One cause for attention in the catalog: how many items, what comes of it, and its remedy, which folds out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.i18n import _, formats, ngettext
from desktop.services.problems import Example, Problem, examples, mend, mended, proposal
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import announce, flat, primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.rows import Tile

PAUSE = 250  # ms after the last change, or the last key
ICONS = {
    "no-picture": "image-off",
    "small-picture": "image-down",
    "no-price": "tag",
    "duplicate-code": "barcode",
    "sale-not-below": "badge-percent",
    "long-text": "file-text",
    "long-code": "hash",
    "capitals": "case-upper",
    "link-in-text": "link",
    "same-text": "text-quote",
    "meta-link": "link",
    "picture-format": "image",
    "many-pictures": "images",
    "no-code": "hash",
    "no-description": "text-quote",
    "no-brand": "award",
    "no-link": "link",
    "sale-ended": "calendar-x",
    "sold-out": "package-x",
    "no-translation": "languages",
    "duplicate-name": "copy",
}


class ProblemRow(Card):
    """One cause. Its remedy folds out: what to fill in, what becomes of the first few items, and the button."""

    show_wanted = Signal(object)  # the problem
    opened = Signal(object)  # this row
    grown = Signal(object)  # this row has more to show

    def __init__(self, context: Context, problem: Problem) -> None:
        super().__init__()
        self.problem = problem
        self._context = context
        self._job: Job | None = None
        self._mending: Job | None = None
        self.sentence = Label("", "strong", wrap=True)
        self.why = Label("", "small", wrap=True)
        self.show_button = flat(_("Show"))
        self.fix = quiet(_("Fix…"), "wand-sparkles")
        self.fix.setCheckable(True)
        self.panel = QWidget()
        self.value = Line(ltr=problem.kind in ("no-link", "meta-link", "no-code"))
        self.examples = QVBoxLayout()
        self.message = Label("", "warn", wrap=True)
        self.go = primary("")
        self.progress = QProgressBar()
        self.halt = quiet(_("Stop"))
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._lay_out()
        self.show_button.clicked.connect(self._on_show)
        self.fix.clicked.connect(self._on_fix)
        self.value.textEdited.connect(self._on_typed)
        self.value.returnPressed.connect(self._on_go)
        self.go.clicked.connect(self._on_go)
        self.halt.clicked.connect(self.stop)
        self._pause.timeout.connect(self._read_examples)
        self.set_problem(problem)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.sentence)
        words.addWidget(self.why)
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(12))
        head.addWidget(Tile(ICONS[self.problem.kind]))
        head.addLayout(words, 1)
        head.addWidget(self.show_button)
        head.addWidget(self.fix)
        self.fix.setVisible(self.problem.remedy is not None)
        self.fix.setDisabled(self._context.read_only)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.halt.hide()
        self.message.hide()
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(8))
        remedy = self.problem.remedy
        self.value.setVisible(bool(remedy and remedy.asks))
        if remedy and remedy.asks:
            label = Label(_(remedy.asks), "section")
            label.set_buddy(self.value)
            column.addWidget(label)
            column.addWidget(self.value)
        self.examples.setSpacing(theme.pixels(2))
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.halt)
        foot.addStretch()
        column.addWidget(self.message)
        column.addLayout(self.examples)
        column.addLayout(foot)
        self.add(head)
        self.add(self.panel)
        self.panel.hide()

    def set_problem(self, problem: Problem) -> None:
        """Show another count of the same cause."""
        changed = problem != self.problem
        self.problem = problem
        self.sentence.setText(problem.sentence)
        self.why.setText(problem.why)
        self.setAccessibleName(problem.sentence)
        self.setAccessibleDescription(problem.why)
        for button, words in ((self.show_button, _("Show")), (self.fix, _("Fix…"))):
            # TRANSLATORS: a button and what it is for, as it is heard: "Show: 3 items have no price".
            button.setAccessibleName(_("{button}: {sentence}").format(button=words, sentence=problem.sentence))
        self.go.set_text(problem.button)
        if changed and not self.panel.isHidden():
            self._read_examples()

    def is_busy(self) -> bool:
        """Say whether it is being mended."""
        return self._mending is not None

    @Slot()
    def stop(self) -> None:
        """Let what is being mended be as it was."""
        if self._mending:
            self._mending.cancel()
            self._mending = None
            self._hold(False)

    def fold(self) -> None:
        """Put the remedy away; what was typed stays."""
        self.fix.setChecked(False)
        self.panel.hide()

    @Slot()
    def _on_show(self) -> None:
        self.show_wanted.emit(self.problem)

    @Slot()
    def _on_fix(self) -> None:
        if not self.fix.isChecked():
            self.fold()
            return
        if not self.value.text():
            self.value.setText(self._context.get(proposal, self.problem.kind))
        self.panel.show()
        self.opened.emit(self)
        self._read_examples()
        (self.go if self.value.isHidden() else self.value).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_typed(self) -> None:
        self._complain("")
        self._pause.start()

    @Slot()
    def _read_examples(self) -> None:
        self._job = self._context.read(examples, self.problem.kind, self.value.text()).begin(
            self._on_examples, self._on_failed, instead_of=self._job
        )

    @Slot(object)
    def _on_examples(self, found: Sequence[Example]) -> None:
        self._job = None
        _empty(self.examples)
        for example in found:
            self.examples.addWidget(ElidedLabel(_words(example), "small"))
        if more := self.problem.count - len(found):
            words = ngettext("And {n} more", "And {n} more", more).format(n=formats.number(more))
            self.examples.addWidget(Label(words, "small"))
        self.grown.emit(self)

    @Slot()
    def _on_go(self) -> None:
        if self._mending or self.panel.isHidden():
            return
        remedy = self.problem.remedy
        assert remedy, "the button is only there with one"
        self._complain("")
        self._hold(True)
        self._mending = self._context.write(remedy.title, mend, self.problem.kind, self.value.text(), progress=True)
        self._mending.progressed.connect(self._on_progressed)
        self._mending.done.connect(self._on_mended)
        self._mending.failed.connect(self._on_failed)
        self._mending.start()

    @Slot(object, object)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot(object)
    def _on_mended(self, count: int) -> None:
        self._mending = None
        self._hold(False)
        self.fold()
        sentence = mended(self.problem.kind, count)
        announce(self, sentence)
        self._context.say(sentence, undo=True)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = self._mending = None
        self._hold(False)
        sentence = complaint(error)
        _empty(self.examples)
        self._complain(sentence)

    def _hold(self, busy: bool) -> None:
        for widget in (self.value, self.go, self.fix):
            widget.setDisabled(busy or self._context.read_only)
        self.progress.setRange(0, 0)  # until it tells how far it is
        self.progress.setVisible(busy)
        self.halt.setVisible(busy)

    def _complain(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        theme.look(self.value, "warn" if sentence else "")


def _words(example: Example) -> str:
    """Return what becomes of an item: "Bag: A-1 → A-2"."""
    name, before, after = (formats.auto(text) if text else "" for text in example)
    if not before:
        # TRANSLATORS: an item, and what is filled in.
        return _("{name}: {after}").format(name=name, after=after)
    # TRANSLATORS: what becomes of an item; in Arabic the arrow points to the left: ←
    sentence = _("{name}: {before} → {after}")
    # TRANSLATORS: instead of a value that is taken away.
    return sentence.format(name=name, before=before, after=after or _("nothing"))


def _empty(column: QVBoxLayout) -> None:
    while part := column.takeAt(0):
        if widget := part.widget():
            widget.hide()
            widget.deleteLater()
