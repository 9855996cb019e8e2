"""Fields that save themselves: LineField, TextField, ChoiceField, SwitchField.

`save(value, group)` answers with a complaint, or with "" once the value is stored. It is called after a pause and on
leaving; the group is the same from entering the field to leaving it, so that all of it is undone at once.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import announce
from desktop.ui.widgets.clash import Clash, Ways, told_theirs
from desktop.ui.widgets.editors import Choice, Editor, Line, Switch, Text
from desktop.ui.widgets.labels import Label

PAUSE = 800  # ms without a key, after which what was typed is saved
LONGEST = 5.0  # seconds of typing without such a pause, after which it is saved all the same: a crash costs no more

Value = TypeVar("Value")
Save = Callable[[Value, object], str]
Measure = Callable[[str], tuple[str, str]]  # text -> what to show ("72 of 512"), and "ok", "near" or "over"


class Field(QWidget):
    """What all fields share: a label, an editor, a quiet hint, and below it what is wrong with what was entered.

    What does not save stays in the editor with its complaint; nothing from outside replaces what is unsaved.
    """

    saved = Signal()  # what was entered is stored
    edited = Signal(object)  # the value as it is being typed, for a live preview

    editor: Editor
    _column: QVBoxLayout | None = None  # that ends with the message; a field laid out otherwise has none

    def __init__(self, label: str, editor: Editor, save: Save[Any], hint: str, measure: Measure | None) -> None:
        super().__init__()
        self.editor = editor
        self._save = save
        self._hint = hint
        self._advice = ""
        self._complaint = ""
        self._measure = measure
        self._value: object = None
        self._saving = False
        self._group = object()
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._since = 0.0  # when what is typed now was begun
        self.label = Label(label, "section")
        self.gauge = Label("", "small")
        self.message = Label(hint, "small", wrap=True)
        self.choice: Ways | None = None  # mine or theirs, once it is to be chosen
        self.label.set_buddy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        editor.setAccessibleDescription(hint)
        keeps_its_line = self.gauge.sizePolicy()
        keeps_its_line.setRetainSizeWhenHidden(True)  # or editors side by side would stand at different heights
        self.gauge.setSizePolicy(keeps_its_line)
        self.gauge.hide()
        self._lay_out()
        self.message.setVisible(bool(hint))  # only now: alone it would be a window of its own
        editor.entered.connect(self._on_entered)
        editor.left.connect(self._on_left)
        editor.escaped.connect(self._on_escaped)
        self._pause.timeout.connect(self.commit)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the editor. A focus proxy would do so too, but stay a stop of Tab wherever the editor is moved to."""
        self.entrance().setFocus(reason)

    def entrance(self) -> QWidget:
        """Return where the keyboard comes to it."""
        return self.editor

    def value(self) -> object:
        """Return what the editor shows now, saved or not."""
        raise NotImplementedError

    def _show(self, value: object) -> None:
        raise NotImplementedError

    def start(self, value: object) -> None:
        """Show the value of another row; commit the one before first."""
        self._pause.stop()
        self.editor.unsaved = False
        self._group = object()
        self.complain("")
        self.update_value(value)

    def update_value(self, value: object) -> None:
        """Take note that the stored value is now this, without touching what is being typed."""
        self._value = value
        if not self.editor.unsaved and not self._saving and self.value() != value:
            self._show(value)
        if isinstance(self._complaint, Clash):
            self._explain()  # what there is instead
        self._weigh()

    def is_unsaved(self) -> bool:
        """Say whether something is entered here that is not stored."""
        return self.editor.unsaved

    def lock(self) -> None:
        """Let the value be read and copied, but not changed."""
        if isinstance(self.editor, Line | Text):
            self.editor.setReadOnly(True)
        else:
            self.editor.setEnabled(False)

    @Slot()
    def commit(self) -> bool:
        """Save what was entered, and say whether nothing is left unsaved."""
        self._pause.stop()
        if self.editor.unsaved:
            value, before = self.value(), self._value
            self._saving = True
            self._value = value  # unless update_value says in the meantime how it was stored
            stored = False
            try:
                complaint = self._save(value, self._group)
                stored = not complaint
            finally:
                self._saving = False
                if not stored and self._value is value:
                    self._value = before
            self.editor.unsaved = not stored
            self.complain(complaint)
            if stored:
                self.saved.emit()
        return not self.editor.unsaved

    def complain(self, complaint: str) -> None:
        """Say below the field what is wrong with it; "" takes that back."""
        if complaint and complaint != self._complaint:
            announce(self.editor, complaint)
        self._complaint = complaint
        self._explain()

    def refuse(self, entered: object, stored: object, complaint: str) -> None:
        """Take back that `entered` was stored, which was found out later: it is entered again, with its complaint."""
        self.editor.unsaved = True
        self.update_value(stored)
        self._show(entered)
        self.complain(complaint)

    def advise(self, advice: str) -> None:
        """Say below the field what to know of a value that can be kept as it is; "" takes that back."""
        self._advice = advice
        self._explain()

    def _explain(self) -> None:
        """Show what matters most: the complaint, else the advice, else the hint."""
        words = self._complaint or self._advice or self._hint
        if isinstance(self._complaint, Clash) and isinstance(self._value, str) and self._value != self.value():
            words = told_theirs(words, self._value)
        self._offer(isinstance(self._complaint, Clash))
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        theme.look(self.message, "warn" if self._complaint or self._advice else "small")
        theme.look(self.editor, "warn" if self._complaint else "")

    def _offer(self, clash: bool) -> None:
        """Show the two ways out of a clash below the message, or not."""
        if clash and self.choice is None and self._column:
            self.choice = Ways()
            self.choice.mine.clicked.connect(self.keep_mine)
            self.choice.theirs.clicked.connect(self._on_take_theirs)
            self._column.addWidget(self.choice)
        if self.choice:
            self.choice.setVisible(clash)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.label)
        head.addStretch()
        head.addWidget(self.gauge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(4))
        layout.addLayout(head)
        layout.addWidget(self.editor)
        layout.addWidget(self.message)
        self._column = layout

    def _weigh(self) -> None:
        value = self.value()
        if self._measure and isinstance(value, str):
            words, state = self._measure(value)
            self.gauge.setText(words)
            self.gauge.setVisible(bool(words))
            theme.look(self.gauge, "small" if state == "ok" else "warn")

    @Slot()
    def _on_edited(self) -> None:
        self.editor.unsaved = self.value() != self._value
        if self.editor.unsaved:
            if not self._pause.isActive():
                self._since = monotonic()
            if monotonic() - self._since < LONGEST:
                self._pause.start()
        else:
            self._pause.stop()
            self.complain("")
        self._weigh()
        self.edited.emit(self.value())

    @Slot()
    def _on_chosen(self) -> None:
        self._on_edited()
        self.commit()

    @Slot()
    def _on_entered(self) -> None:
        self._group = object()

    @Slot()
    def _on_left(self) -> None:
        if self.commit():
            self.update_value(self._value)  # as it was stored: without a space too many, say

    @Slot()
    def _on_return(self) -> None:
        if self._complaint:
            self._group = object()  # who reads what is wrong and saves again means it, as after another visit
        self.commit()

    @Slot()
    def keep_mine(self) -> None:
        """Save what is entered over what somebody else has stored."""
        self._group = object()  # meant, now that the other value is known
        self.commit()

    @Slot()
    def _on_take_theirs(self) -> None:
        self._group = object()
        self._on_escaped()

    @Slot()
    def _on_escaped(self) -> None:
        self._show(self._value)
        self._on_edited()


class LineField(Field):
    """One line. `ltr` is for phones, codes, links and prices; `prefix` and `suffix` stand inside the frame."""

    editor: Line

    def __init__(
        self,
        label: str,
        save: Save[str],
        *,
        hint: str = "",
        placeholder: str = "",
        measure: Measure | None = None,
        ltr: bool = False,
        prefix: str = "",
        suffix: str = "",
    ) -> None:
        super().__init__(label, self._make_line(ltr, prefix, suffix), save, hint, measure)
        self._value = ""
        self.editor.setPlaceholderText(placeholder)
        self.editor.textEdited.connect(self._on_edited)
        self.editor.returnPressed.connect(self._on_return)

    def _make_line(self, ltr: bool, prefix: str, suffix: str) -> Line:
        return Line(ltr, prefix, suffix)

    def value(self) -> str:
        return self.editor.text()

    def _show(self, value: object) -> None:
        self.editor.setText(str(value))
        if not self.editor.hasFocus():
            self.editor.home(False)  # of a long link its beginning is worth seeing


class TextField(Field):
    """Several lines, growing from the first to the second number of `lines`."""

    editor: Text

    def __init__(
        self,
        label: str,
        save: Save[str],
        *,
        hint: str = "",
        placeholder: str = "",
        measure: Measure | None = None,
        lines: tuple[int, int] = (3, 10),
    ) -> None:
        super().__init__(label, Text(lines), save, hint, measure)
        self._value = ""
        self._showing = False
        self.editor.setPlaceholderText(placeholder)
        self.editor.textChanged.connect(self._on_text_changed)

    def value(self) -> str:
        return self.editor.toPlainText()

    def _show(self, value: object) -> None:
        self._showing = True
        self.editor.setPlainText(str(value))
        self._showing = False

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._showing:
            self._on_edited()


class ChoiceField(Field):
    """One of several (value, label) pairs; saved when chosen. More than 12 can be searched."""

    editor: Choice

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[object, str]],
        save: Save[object],
        *,
        hint: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__(label, Choice(choices), save, hint, None)
        self.editor.setPlaceholderText(placeholder)
        self.editor.activated.connect(self._on_chosen)

    def value(self) -> object:
        return self.editor.value()

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; the stored value stays shown where it is among them."""
        self.editor.set_choices(choices)
        self._show(self._value)

    def _show(self, value: object) -> None:
        self.editor.set_value(value)


class SwitchField(Field):
    """On or off, beside its label; saved when turned."""

    editor: Switch

    def __init__(self, label: str, save: Save[bool], *, hint: str = "") -> None:
        super().__init__(label, Switch(), save, hint, None)
        self.editor.clicked.connect(self._on_chosen)

    def value(self) -> bool:
        return self.editor.isChecked()

    def _show(self, value: object) -> None:
        self.editor.setChecked(bool(value))

    def _lay_out(self) -> None:
        theme.look(self.label, "")
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(2))
        words.addWidget(self.label)
        words.addWidget(self.message)
        self._column = words
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(12))
        layout.addLayout(words, 1)
        layout.addWidget(self.editor)
