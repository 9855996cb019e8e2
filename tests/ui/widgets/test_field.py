"""The self-saving fields, under a menu with an Undo, in both directions."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout, QWidget

from desktop.ui.widgets import field as fields
from desktop.ui.widgets.field import ChoiceField, LineField, SwitchField, TextField

CTRL = Qt.KeyboardModifier.ControlModifier


class Form:
    """A window with some fields, a button to go to, and an Edit menu that notes its Undo."""

    def __init__(self, qtbot, *fields):
        self.undone = []
        self.window = QMainWindow()
        self.button = QPushButton()
        body = QWidget()
        layout = QVBoxLayout(body)
        for field in (*fields, self.button):
            layout.addWidget(field)
        self.window.setCentralWidget(body)
        undo = self.window.menuBar().addMenu("Edit").addAction("Undo", Qt.Modifier.CTRL | Qt.Key.Key_Z)
        undo.triggered.connect(lambda: self.undone.append(True))
        qtbot.addWidget(self.window)
        self.window.resize(600, 300)
        self.window.show()
        self.activate(qtbot)

    def activate(self, qtbot):
        with qtbot.waitActive(self.window):
            self.window.activateWindow()


@pytest.fixture
def show(qtbot):
    """A function that shows fields in a form, which is kept to the end of the test."""
    forms = []

    def show(*fields):
        forms.append(Form(qtbot, *fields))
        return forms[-1]

    return show


@pytest.fixture
def saved():
    return []


@pytest.fixture
def save(saved):
    """Takes only digits."""

    def save(text, group):
        saved.append((text, group))
        return "" if str(text).strip().isdigit() else "Digits, please."

    return save


@pytest.fixture(params=[LineField, TextField])
def field(request, qtbot, save, show):
    field = request.param("Price", save)
    field.form = show(field)
    field.start("5")
    field.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_End)
    return field


def leave(field):
    field.form.button.setFocus()


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_a_field_in_which_nothing_was_ever_shown_stays_empty(show, saved, save, kind):
    field = kind("New", save)
    field.form = show(field)
    field.setFocus()
    leave(field)
    assert (field.value(), saved) == ("", [])


def test_saves_on_leaving(qtbot, field, saved):
    qtbot.keyClicks(field.editor, "0")
    assert field.is_unsaved()
    assert not saved
    with qtbot.waitSignal(field.saved):
        leave(field)
    assert [text for text, _ in saved] == ["50"]


@pytest.fixture
def short(monkeypatch):
    """A short pause, after which what was typed is saved."""
    monkeypatch.setattr(fields, "PAUSE", 50)


def test_saves_after_a_pause_in_one_group_until_left(short, qtbot, field, saved):
    qtbot.keyClicks(field.editor, "0")
    qtbot.waitUntil(lambda: len(saved) == 1)
    field.update_value("50")
    qtbot.keyClicks(field.editor, "0")
    leave(field)
    field.update_value("500")
    field.setFocus()
    qtbot.keyClicks(field.editor, "0")
    leave(field)
    first, second, third = (group for _, group in saved)
    assert first is second is not third


@pytest.mark.fault("F19")
def test_who_types_without_a_pause_is_saved_all_the_same(qtbot, field, saved, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("desktop.ui.widgets.field.monotonic", lambda: clock[0])
    with monkeypatch.context() as patch:
        started = []
        patch.setattr(field._pause, "start", lambda: started.append(clock[0]))
        patch.setattr(field._pause, "isActive", lambda: bool(started))
        for second in range(9):
            clock[0] = float(second)
            qtbot.keyClicks(field.editor, "1")
    assert started == [0, 1, 2, 3, 4]  # from then on, the pause runs out whatever is typed


def test_wrong_text_stays_with_its_sentence(qtbot, field):
    qtbot.keyClicks(field.editor, "x")
    leave(field)
    assert field.message.isVisible()
    assert (field.message.text(), field.value()) == ("Digits, please.", "5x")
    assert field.editor.accessibleDescription() == "Digits, please."
    assert field.editor.property("look") == "warn"
    field.update_value("7")
    assert field.value() == "5x", "news does not replace what is unsaved"
    assert not field.commit()
    field.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Backspace)
    leave(field)
    assert not field.message.isVisible()
    assert field.editor.accessibleDescription() == ""


def test_what_is_typed_back_to_what_is_stored_is_no_change(qtbot, field, saved):
    qtbot.keyClicks(field.editor, "0")
    qtbot.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert not field.is_unsaved()
    leave(field)
    assert not saved


def test_escape_puts_the_stored_value_back(qtbot, field, saved):
    qtbot.keyClicks(field.editor, "x")
    field.commit()
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert (field.value(), field.is_unsaved(), field.message.isVisible()) == ("5", False, False)
    leave(field)
    assert [text for text, _ in saved] == ["5x"]


def test_ctrl_z_takes_back_typing_first_and_then_what_was_saved(qtbot, field):
    qtbot.keyClicks(field.editor, "0")
    qtbot.keyClick(field.editor, Qt.Key.Key_Z, CTRL)
    assert (field.value(), len(field.form.undone)) == ("5", 0)
    qtbot.keyClicks(field.editor, "0")
    field.commit()
    qtbot.keyClick(field.editor, Qt.Key.Key_Z, CTRL)
    assert len(field.form.undone) == 1


def test_what_was_saved_stays_shown_even_before_the_news_of_it(qtbot, field):
    qtbot.keyClicks(field.editor, "0")
    leave(field)
    assert field.value() == "50"
    field.update_value("050")
    assert field.value() == "050"


def test_what_was_stored_is_shown_on_leaving(qtbot, field):
    qtbot.keyClicks(field.editor, "1 ")
    field._save = lambda text, group: field.update_value("51") or ""
    field.commit()
    assert field.value() == "51 ", "not while the cursor is there"
    leave(field)
    assert field.value() == "51"


def test_another_row_starts_clean(qtbot, field, saved):
    qtbot.keyClicks(field.editor, "x")
    field.commit()
    field.start("9")
    assert (field.value(), field.is_unsaved(), field.message.isVisible()) == ("9", False, False)


def test_a_preview_follows_every_key(qtbot, field):
    values = []
    field.edited.connect(values.append)
    qtbot.keyClicks(field.editor, "01")
    assert values == ["50", "501"]


def test_the_label_names_the_editor(field):
    assert field.editor.accessibleName() == "Price"
    assert field.label.buddy() is field.editor


def test_an_ampersand_in_a_label_is_shown(qtbot, save):
    field = LineField("Gifts & sweets", save)
    qtbot.addWidget(field)
    assert field.editor.accessibleName() == "Gifts & sweets"
    assert field.label.text() == "Gifts && sweets"


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_the_gauge_follows_the_text(qtbot, save, kind):
    field = kind("About", save, measure=lambda text: (f"{len(text)} of 3", "over" if len(text) > 3 else "ok"))
    qtbot.addWidget(field)
    field.start("ab")
    assert (field.gauge.text(), field.gauge.property("look")) == ("2 of 3", "small")
    qtbot.keyClicks(field.editor, "cd")
    assert (field.gauge.text(), field.gauge.property("look")) == ("4 of 3", "warn")


def test_a_text_is_left_by_tab_and_pasted_plain(qtbot, show, save):
    field = TextField("About", save)
    form = show(field)
    field.start("")
    field.setFocus()
    data = QMimeData()
    data.setHtml("<b>1</b><img src='x.png'>")
    data.setText("1")
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(field.editor, Qt.Key.Key_V, CTRL)
    assert field.value() == "1"
    assert "<b>" not in field.editor.toHtml()
    assert field.editor.currentCharFormat().fontWeight() <= 400
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert form.button.hasFocus()


def test_a_text_grows_to_its_most_lines(qtbot, show, save):
    field = TextField("About", save, lines=(2, 4))
    show(field)
    heights = []
    for count in (1, 2, 3, 4, 9):
        field.start("\n".join(["x"] * count))
        heights.append(field.editor.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_a_text_runs_each_paragraph_its_own_way(qtbot, save):
    field = TextField("About", save)
    qtbot.addWidget(field)
    field.start("سلام\nHello")
    first = field.editor.document().firstBlock()
    directions = [first.textDirection(), first.next().textDirection()]
    assert directions == [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize(("ltr", "text"), [(True, "+971 50"), (True, "كود!"), (False, "Bag"), (False, "حقيبة")])
def test_a_line_begins_at_the_edge_of_the_form(qtbot, show, qapp, save, rtl, ltr, text):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    try:
        field = LineField("Code", save, ltr=ltr, suffix="AED")
        show(field)
        field.start(text)
        field.editor.home(False)
        start = field.editor.cursorRect().center().x()
        field.editor.end(False)
        end = field.editor.cursorRect().center().x()
        near = field.editor.width() / 2
        assert (min(start, end) > near) if rtl else (max(start, end) < near)
        assert (start < end) == (ltr or text == "Bag"), "the text itself runs its own way"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("rtl", [False, True])
def test_an_empty_field_waits_at_the_edge_of_the_form(qtbot, show, qapp, save, rtl):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    try:
        lands = [(n, f"Land {n}") for n in range(20)]
        line, text, choice = LineField("Name", save), TextField("About", save), ChoiceField("Country", lands, save)
        for field in (line, text, choice):
            show(field)
            field.start("" if field is not choice else None)
        typed = [line.editor, text.editor, choice.editor.lineEdit()]
        assert [(box.cursorRect().center().x() > box.width() / 2) for box in typed] == [rtl] * 3
        text.editor.insertPlainText("سلام" if not rtl else "Hello")
        assert (text.editor.document().firstBlock().textDirection() == Qt.LayoutDirection.LeftToRight) == rtl
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_choice_is_saved_at_once(qtbot, show):
    saved = []
    field = ChoiceField("Collection", [(1, "Bags"), (2, "Home")], lambda value, group: saved.append(value) or "")
    show(field)
    field.start(2)
    assert (field.value(), field.editor.currentText()) == (2, "Home")
    field.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Up)
    assert saved == [1]
    field.set_choices([(3, "Sale"), (1, "Bags")])
    field.update_value(1)
    assert field.editor.currentText() == "Bags"
    field.start(7)
    assert field.value() is None


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # the offscreen platform, of popups
def test_a_long_choice_is_searched(qtbot, show):
    saved = []
    choices = [(n, f"Land {n}") for n in range(20)]
    field = ChoiceField("Country", choices, lambda value, group: saved.append(value) or "")
    form = show(field)
    field.start(3)
    field.setFocus()
    field.editor.lineEdit().selectAll()
    qtbot.keyClicks(field.editor.lineEdit(), "d 17")
    popup = field.editor.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert saved == [17]
    form.activate(qtbot)
    field.editor.lineEdit().selectAll()
    qtbot.keyClicks(field.editor.lineEdit(), "nonsense")
    form.button.setFocus()
    assert (field.value(), field.editor.currentText()) == (17, "Land 17")
    field.set_choices([*choices, (30, "Côte d’Ivoire"), (31, "Curaçao")])
    field.setFocus()
    field.editor.lineEdit().selectAll()
    qtbot.keyClicks(field.editor.lineEdit(), "cote")
    qtbot.keyClick(field.editor.completer().popup(), Qt.Key.Key_Tab)
    assert (saved, field.value()) == ([17, 30], 30), "it can be nothing else, however it is spelled"


def test_half_a_search_stays_while_its_list_opens(qtbot, show):
    field = ChoiceField("Country", [(n, f"Land {n}") for n in range(20)], lambda value, group: "")
    show(field)
    field.start("")  # which is none of them
    field.setFocus()
    field.editor.setEditText("d 17")
    coming = QFocusEvent(QEvent.Type.FocusAboutToChange, Qt.FocusReason.OtherFocusReason)  # as the list makes one
    QApplication.sendEvent(field.editor, coming)
    assert field.editor.currentText() == "d 17"


def test_a_switch_is_turned_by_key_and_click(qtbot, show):
    saved = []
    field = SwitchField("Hidden", lambda value, group: saved.append(value) or "", hint="Customers do not see it")
    show(field)
    field.start(False)
    field.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Space)
    field.update_value(True)
    qtbot.mouseClick(field.editor, Qt.MouseButton.LeftButton)
    assert saved == [True, False]
    assert field.editor.accessibleDescription() == "Customers do not see it"


def test_what_is_refused_later_is_entered_again(qtbot, window):
    field = LineField("Price", lambda value, group: "")
    window(field)
    field.start("5")
    field.editor.setText("80")
    field.editor.textEdited.emit("80")
    assert field.commit()
    field.update_value("5")
    field.refuse("80", "5", "Too much")
    assert (field.value(), field.is_unsaved(), field.message.text()) == ("80", True, "Too much")
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert (field.value(), field.is_unsaved(), field.message.text()) == ("5", False, "")


def test_a_long_link_shows_its_beginning_once_tab_has_gone_through_it(qtbot, show):
    field = LineField("Link", lambda value, group: "", ltr=True)
    form = show(field)
    form.activate(qtbot)
    field.start("https://example.com/" + "x" * 300)
    field.editor.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.editor.cursorPosition() > 300
    form.button.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.editor.cursorPosition() == 0
