"""Tab in any window, and keys while the Arabic layout is on, where the system gives the key's Arabic letter."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QTextEdit, QVBoxLayout, QWidget

from desktop.ui.keyboard import KEYS, Keyboard
from desktop.ui.widgets.card_grid import CardGrid, Face
from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.scroll import Scroll

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Z, K, C, V, S, F, X, A, N = "ئ", "ن", "ؤ", "ر", "س", "ب", "ء", "ش", "ى"
ACTIONS = {"undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z", "palette": "Ctrl+K", "find": "Ctrl+F", "first": "Ctrl+1"}


class Form(QMainWindow):
    """A window with one editor of each kind and a menu that notes what was asked for."""

    def __init__(self):
        super().__init__()
        self.done = []
        menu = self.menuBar().addMenu("Edit")
        self.entries = {}
        for name, keys in ACTIONS.items():
            action = menu.addAction(name)
            action.setShortcut(keys)
            action.triggered.connect(lambda _checked=False, name=name: self.done.append(name))
            self.entries[name] = action
        self.line, self.text = QLineEdit("one"), QTextEdit("one")
        self.grid = CardGrid("Items", lambda ids: {i: Face(str(i)) for i in ids}, lambda key: None)
        self.field = LineField("Name", lambda value, group: "")
        body = QWidget()
        layout = QVBoxLayout(body)
        for widget in (self.line, self.text, self.grid, self.field):
            layout.addWidget(widget)
        self.setCentralWidget(body)
        self.new = QShortcut(QKeySequence("Ctrl+N"), self.grid)
        self.new.activated.connect(lambda: self.done.append("new"))


@pytest.fixture
def form(in_front, qapp):
    layout = Keyboard(qapp)
    qapp.installEventFilter(layout)
    form = Form()
    in_front(form)
    yield form
    qapp.removeEventFilter(layout)


@pytest.fixture(params=["line", "text", "grid"])
def editor(request, form):
    """Each place to be in."""
    editor = getattr(form, request.param)
    editor.setFocus()
    return editor


def test_commands_of_the_menu_from_everywhere(press, form, editor):
    for letter, name in ((K, "palette"), (F, "find"), ("١", "first")):
        press(editor, letter, CTRL)
        assert form.done.pop() == name
        assert not form.done


def test_undo_outside_of_an_editor_is_the_menus(press, form):
    form.grid.setFocus()
    press(form.grid, Z, CTRL)
    press(form.grid, Z, CTRL | SHIFT)
    assert form.done == ["undo", "redo"]


@pytest.mark.parametrize("name", ["line", "text"])
def test_undo_in_an_editor_is_its_own(press, form, name):
    editor = getattr(form, name)
    editor.setFocus()
    press(editor, "x")
    read = editor.text if name == "line" else editor.toPlainText
    assert read() == "xone" if name == "text" else "onex"
    press(editor, Z, CTRL)
    assert read() == "one"
    press(editor, Z, CTRL | SHIFT)
    assert read() in ("xone", "onex")
    assert form.done == []


def test_undo_in_a_field_that_is_saved_is_the_menus(press, form):
    editor = form.field.editor
    editor.setFocus()
    press(editor, Z, CTRL)
    assert form.done == ["undo"]
    press(editor, "x")
    press(editor, Z, CTRL)
    assert (editor.text(), form.done) == ("", ["undo"])


@pytest.mark.parametrize("name", ["line", "text"])
def test_copy_cut_and_paste(press, form, name):
    editor = getattr(form, name)
    editor.setFocus()
    read = editor.text if name == "line" else editor.toPlainText
    QGuiApplication.clipboard().setText("before")
    press(editor, A, CTRL)
    press(editor, C, CTRL)
    assert QGuiApplication.clipboard().text() == "one"
    press(editor, X, CTRL)
    assert read() == ""
    press(editor, V, CTRL)
    press(editor, V, CTRL)
    assert read() == "oneone"


def test_a_key_that_means_nothing_does_nothing(press, form, editor):
    press(editor, S, CTRL)
    press(editor, "ط", CTRL)
    assert form.done == []
    assert form.line.text() == form.text.toPlainText() == "one"


def test_shortcuts_of_what_is_in_sight(press, form):
    form.line.setFocus()
    press(form.line, N, CTRL)
    assert form.done == ["new"]
    form.grid.hide()
    press(form.line, N, CTRL)
    assert form.done == ["new"]


def test_what_is_disabled_stays_so(press, form, editor):
    form.entries["palette"].setEnabled(False)
    press(editor, K, CTRL)
    assert form.done == []


def test_a_dialog_keeps_the_windows_keys_out(qtbot, press, form):
    dialog = QDialog(form)
    dialog.line = QLineEdit(dialog)
    dialog.open()
    dialog.line.setFocus()
    press(dialog.line, K, CTRL)
    assert form.done == []


def test_what_tab_comes_to_in_a_dialog_is_in_sight(qtbot, in_front, form):
    inside = QWidget()
    column = QVBoxLayout(inside)
    lines = [QTextEdit(str(n)) for n in range(6)]
    for line in lines:
        line.setFixedHeight(100)
        line.setTabChangesFocus(True)
        column.addWidget(line)
    dialog = QDialog(form)
    area = Scroll(inside, dialog)
    area.setFixedSize(300, 150)
    in_front(dialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    lines[0].setFocus()
    for key, order in ((Qt.Key.Key_Tab, lines[1:]), (Qt.Key.Key_Backtab, lines[-2::-1])):
        for line in order:
            qtbot.keyClick(dialog.focusWidget(), key)
            assert line.hasFocus()
            qtbot.waitUntil(lambda line=line: line.visibleRegion().boundingRect() == line.rect())


def test_letters_are_typed_as_ever(press, form):
    form.line.clear()
    form.line.setFocus()
    press(form.line, "سؤال؟ ١٢")
    assert form.line.text() == "سؤال؟ ١٢"
    QApplication.sendEvent(form.line, _altgr(K))
    assert form.done == []


def test_latin_keys_are_left_alone(qtbot, form):
    qtbot.keyClick(form.line, Qt.Key.Key_K, CTRL)
    assert form.done == ["palette"]  # once, by Qt


def test_every_key_of_the_menus_is_on_the_arabic_keyboard():
    letters = set(KEYS.values())
    for keys in ("Z", "Y", "K", "C", "V", "X", "S", "F", "A", "N", "O", "Q", "D", *"1234567890"):
        assert Qt.Key(ord(keys)) in letters, keys


def test_an_action_of_nothing_is_passed_over(press, form):
    form.addAction(QAction("nothing", form))
    form.grid.setFocus()
    press(form.grid, K, CTRL)
    QCoreApplication.processEvents()
    assert form.done == ["palette"]


def _altgr(letter):
    """Return the key as it comes when AltGr types a letter, on Windows."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, ord(letter), CTRL | ALT, letter)
