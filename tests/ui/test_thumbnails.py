"""Small pictures for lists."""

import subprocess
import sys

import pytest

from desktop.data.images import Image, render_svg
from desktop.resources import resource
from desktop.services.catalog import add_product
from desktop.services.pictures import add_pictures
from desktop.ui import thumbnails
from desktop.ui.thumbnails import Thumbnails


@pytest.fixture(scope="module")
def drawing():
    return render_svg(resource("samples/gifts/pictures/WCH-0201.svg"), 600)


@pytest.fixture
def small(context, drawing):
    item = context.run("Add", add_product, "Watch")
    broken = Image(b"x", b"no picture at all", 1, 1, "png", "broken")
    context.run("Pictures", add_pictures, item, [drawing, broken])
    return Thumbnails(context, 100)


def test_it_comes_behind_the_window_and_stays(qtbot, small, drawing):
    assert small.get(drawing.sha256) is None
    with qtbot.waitSignal(small.ready):
        pass
    picture = small.get(drawing.sha256)
    assert (picture.width(), picture.height()) == (100, 100)
    with qtbot.assertNotEmitted(small.ready, wait=50):
        assert small.get(drawing.sha256) is picture


def test_what_cannot_be_shown_is_not_asked_for_again(qtbot, small):
    assert small.get(None) is None
    for digest in ("broken", "unknown"):
        assert small.get(digest) is None
    with qtbot.waitSignal(small.ready):
        pass
    with qtbot.assertNotEmitted(small.ready, wait=50):
        assert small.get("broken").isNull()
        assert small.get("unknown").isNull()


def test_no_more_are_kept_than_there_is_room_for(qtbot, small, drawing, monkeypatch):
    monkeypatch.setattr(thumbnails, "KEPT", 3)
    for digest in (drawing.sha256, *"abcde"):
        small.get(digest)
    with qtbot.waitSignal(small.ready):
        pass
    assert small.get(drawing.sha256) is None  # the first to go, and asked for again
    with qtbot.waitSignal(small.ready):
        pass
    assert not small.get(drawing.sha256).isNull()


def test_what_was_scrolled_past_is_forgotten_and_the_rest_comes_in_turns(qtbot, small):
    for number in range(1_000):
        small.get(str(number))
    qtbot.waitUntil(lambda: not small._wanted)
    assert small.get("999").isNull()
    assert small.get("0") is None
    qtbot.waitUntil(lambda: not small._wanted and small._job is None)


def test_the_window_may_read_a_picture_meanwhile():
    code = """
from threading import Thread
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage
from desktop.ui.thumbnails import _decoded
image = QImage(20, 20, QImage.Format.Format_RGB32)
image.fill(0)
buffer = QBuffer()
image.save(buffer, "JPEG")
data = bytes(buffer.data())
thread = Thread(target=lambda: [_decoded(data, 100) for _ in range(500)])
thread.start()
while thread.is_alive():
    QImage.fromData(data)  # which holds Python meanwhile
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
