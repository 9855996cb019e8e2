"""Saving a file as a person does: a name is typed into the dialog, and what is said afterwards is read."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMessageBox

from desktop.ui.saving import Kind, SaveLine, open_folder

KINDS = (Kind(".png", "Picture", lambda: b"pixels"), Kind(".svg", "Drawing", lambda: b"<svg/>"))


@pytest.fixture
def opened():
    return []


@pytest.fixture
def line(qtbot, monkeypatch, tmp_path, opened):
    monkeypatch.setattr(SaveLine, "last_folder", str(tmp_path))
    line = SaveLine(opened.append)
    qtbot.addWidget(line)
    line.resize(600, 80)
    return line


@pytest.fixture
def ask(qtbot, line):
    """A function that opens the dialog, types a name in it, chooses a type, and presses Enter."""

    def ask(typed, kind=0, proposed="Menu"):
        line.ask("Save the QR code", proposed, KINDS)
        answer(qtbot, line, typed, kind)

    return ask


def dialog(line):
    return line.findChildren(QFileDialog)[-1]


def answer(qtbot, line, typed, kind=0):
    if kind:
        box = dialog(line).findChild(QComboBox, "fileTypeCombo")
        box.setCurrentIndex(kind)
        box.activated.emit(kind)
    edit = dialog(line).findChild(QLineEdit, "fileNameEdit")
    if typed:
        edit.setText(typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_writes_where_it_is_told_and_says_so(line, ask, tmp_path, opened):
    ask(str(tmp_path / "menu.png"))
    assert (tmp_path / "menu.png").read_bytes() == b"pixels"
    assert line.isVisibleTo(None)
    assert str(tmp_path / "menu.png") in line.place.text()
    assert line.trouble.isHidden()
    line.button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


@pytest.mark.parametrize(
    ("typed", "kind", "written", "data"),
    [
        ("menu.svg", 0, "menu.svg", b"<svg/>"),
        ("menu.SVG", 0, "menu.SVG", b"<svg/>"),
        ("menu", 1, "menu.svg", b"<svg/>"),
        ("menu", 0, "menu.png", b"pixels"),
        ("menu v1.2", 0, "menu v1.2.png", b"pixels"),
        ("قائمة", 1, "قائمة.svg", b"<svg/>"),
    ],
)
def test_the_typed_ending_decides_and_then_the_type_chosen(ask, tmp_path, typed, kind, written, data):
    ask(str(tmp_path / typed), kind)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {written: data}


def test_proposes_a_name_that_every_system_takes(qtbot, line, ask, tmp_path):
    ask("", proposed="Bag: 1/2 «حقيبة»")
    assert [path.name for path in tmp_path.iterdir()] == ["Bag- 1-2 «حقيبة».png"]


def test_nothing_is_replaced_without_asking(qtbot, line, ask, tmp_path):
    (tmp_path / "menu.png").write_bytes(b"mine")
    ask(str(tmp_path / "menu"))
    assert (tmp_path / "menu.png").read_bytes() == b"mine"
    assert dialog(line).isVisible()
    edit = dialog(line).findChild(QLineEdit, "fileNameEdit")
    assert Path(edit.text()).name == "menu.png"
    questions = []

    def refuse():
        for box in dialog(line).findChildren(QMessageBox):
            questions.append(box.text())
            box.button(QMessageBox.StandardButton.No).click()

    QTimer.singleShot(0, refuse)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert len(questions) == 1
    assert "menu.png" in questions[0]
    assert (tmp_path / "menu.png").read_bytes() == b"mine"
    assert not line.isVisibleTo(None)


def test_a_refusal_of_the_system_is_said(qtbot, line, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    line.ask("Save", "Menu", [Kind(".png", "Picture", lambda: b"" if stick.rmdir() else b"pixels")])
    answer(qtbot, line, str(stick / "menu.png"))
    assert str(stick) in line.trouble.text()
    assert line.trouble.isVisibleTo(line)
    assert not line.place.isVisibleTo(line)
    assert not line.button.isVisibleTo(line)
    line.ask("Save", "Menu", KINDS)
    answer(qtbot, line, str(tmp_path / "menu.png"))
    assert not line.trouble.isVisibleTo(line)
    assert line.place.isVisibleTo(line)


def test_the_next_file_goes_beside_the_last(line, ask, tmp_path):
    (tmp_path / "codes").mkdir()
    ask(str(tmp_path / "codes" / "menu.png"))
    ask("other.png")
    assert (tmp_path / "codes" / "other.png").exists()


def test_a_folder_that_is_not_there_yet_is_looked_for_above(tmp_path, opened):
    open_folder(tmp_path / "not" / "yet", opened.append)
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
