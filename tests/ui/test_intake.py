"""Pictures that are chosen, dropped or pasted."""

import os

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.data.images import LARGEST_FILE
from desktop.ui.intake import choose_pictures, take_pictures


@pytest.fixture
def png():
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def said(context):
    sentences = []
    context.said.connect(lambda saying: sentences.append(saying.sentence))
    return sentences


@pytest.fixture
def take(qtbot, context, said):
    """A function that takes pictures in, and returns them and what was said."""

    def take(*sources):
        taken = []
        said.clear()
        take_pictures(context, list(sources), taken.extend)
        qtbot.waitUntil(lambda: bool(taken or said))
        return taken, list(said)

    return take


def test_a_file_and_bytes(take, png, tmp_path):
    file = tmp_path / "صورة.png"
    file.write_bytes(png)
    images, said = take(str(file), png)
    assert [(image.width, image.height) for image in images] == [(30, 20)] * 2
    assert said == []


def test_what_is_wrong_is_said_with_the_name_of_its_file(take, png, tmp_path):
    file = tmp_path / "notes.jpg"
    file.write_text("<svg/>")
    images, (sentence,) = take(str(file), png)
    assert len(images) == 1
    assert "notes.jpg" in sentence
    images, (sentence,) = take(b"nothing")
    assert images == []
    assert sentence
    images, (sentence,) = take(str(tmp_path), str(tmp_path / "gone.jpg"))
    assert sentence.startswith("2 pictures were left out")
    assert "cannot be read" in sentence


def test_a_huge_file_is_not_read_whole(take, tmp_path):
    file = tmp_path / "film.jpg"
    with file.open("wb") as film:
        os.truncate(film.fileno(), 100 * LARGEST_FILE)  # takes no room: it is one hole
    images, (sentence,) = take(str(file))
    assert images == []
    assert "50" in sentence


def test_choosing_files(qtbot, png, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    files = [tmp_path / name for name in ("a.png", "b.png")]
    for file in files:
        file.write_bytes(png)
    chosen = []
    choose_pictures(parent, chosen.extend)
    dialog = parent.findChild(QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(file) for file in files])
    assert chosen == [str(file) for file in files]
    dialog.reject()
    qtbot.waitUntil(lambda: parent.findChild(QFileDialog) is None)
    choose_pictures(parent, chosen.extend, several=False)
    assert parent.findChild(QFileDialog).fileMode() == QFileDialog.FileMode.ExistingFile
