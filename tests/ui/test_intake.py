"""Pictures that are chosen, dropped or pasted."""

import os

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.data.image_kinds import LARGEST_FILE
from desktop.services.pictures import read_picture
from desktop.ui.intake import Intake, choose_pictures, take_pictures


@pytest.fixture
def png(painted):
    return painted()


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
    assert "not a file" in sentence
    _images, (sentence,) = take(str(tmp_path / "gone.jpg"))
    assert "cannot be read" in sentence


def test_a_huge_file_is_not_read_whole(take, tmp_path):
    file = tmp_path / "film.jpg"
    with file.open("wb") as film:
        film.write(b"\xff\xd8\xff")
        film.flush()
        os.truncate(film.fileno(), 100 * LARGEST_FILE)  # takes no room: it is one hole
    images, (sentence,) = take(str(file))
    assert images == []
    assert "5 GB" in sentence


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


@pytest.fixture
def haul(qtbot, context):
    """A function that takes pictures in, and returns what came of it; it may be stopped as soon as some are read."""

    def haul(sources, stop_at=None):
        intake = Intake(context, sources)
        steps = []
        intake.progressed.connect(lambda done, total: steps.append((done, total)))
        if stop_at is not None:
            intake.progressed.connect(lambda done, total: intake.stop() if done >= stop_at else None)
        with qtbot.waitSignal(intake.ended) as ended:
            intake.start()
        return ended.args[0], steps

    return haul


def test_a_thousand_are_kept_in_their_order_and_the_bad_ones_told(haul, context, tmp_path, painted):
    sources = [painted(width=20 + n % 7) for n in range(300)]
    for place in (5, 70, 299):
        sources[place] = b"no picture"
    bad = tmp_path / "notes.jpg"
    bad.write_text("notes")
    sources.append(str(bad))
    found, steps = haul(sources)
    assert [number for number, _digest in found.kept] == [n for n in range(300) if n not in (5, 70, 299)]
    assert len(found.troubles) == 4
    assert found.troubles[-1].startswith("\u2068notes.jpg")
    assert steps[-1] == (301, 301)
    assert found.unread == 0
    assert len(set(found.digests)) == 7
    assert all(context.get(read_picture, digest) for digest in set(found.digests))
    assert context.database.next_title() is None, "nothing to take back yet"


def test_what_was_read_before_it_was_stopped_is_kept(haul, context, painted):
    found, _steps = haul([painted(width=20 + n) for n in range(200)] * 5, stop_at=1)
    assert 0 < len(found.kept) < 1000
    assert found.unread == 1000 - len(found.kept)
    assert len(context.get(read_picture, found.digests[-1])) > 0


def test_an_animation_is_said_to_be_one(haul, tmp_path):
    from PIL import Image

    path = tmp_path / "dance.gif"
    frames = [Image.new("P", (20, 20), colour) for colour in (1, 2, 3)]
    frames[0].putpalette([channel for colour in range(256) for channel in (colour * 40 % 256, 0, 0)])
    frames[0].save(path, save_all=True, append_images=frames[1:])
    found, _steps = haul([str(path)])
    assert len(found.kept) == 1
    assert "dance.gif" in found.remarks[0]


def test_a_shop_that_cannot_be_written_is_told_and_ends_it(haul, context, painted):
    shop = context.database.where
    away = shop.rename(shop.with_name("away.dukkan"))
    found, _steps = haul([painted(), b"no picture"])
    assert found.kept == []
    assert "was moved, deleted or replaced" in found.troubles[0]
    assert len(found.troubles) == 2
    assert found.unread == 1
    away.rename(shop)
    found, _steps = haul([painted()])
    assert len(found.kept) == 1
