"""A QR code on the screen is read back from a picture of the screen."""

import os
import subprocess
import sys

import pytest
import segno
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.ui import theme
from desktop.ui.widgets.qr_view import QUIET, QrView

LINK = "https://wa.me/971501234567?text=" + "%D9%85" * 40


def modules(text=LINK):
    return [[bool(module) for module in row] for row in segno.make(text, error="m", micro=False).matrix]


@pytest.fixture
def view(qtbot, qapp):
    theme.apply(qapp, "light")
    view = QrView()
    qtbot.addWidget(view)
    yield view
    theme.apply(qapp, "light")


def screen(view):
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (image.width(), image.height()), bytes(image.constBits())).convert("RGB")


def read(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("size", [(180, 180), (400, 233)])
def test_a_picture_of_the_screen_is_read(qapp, view, scheme, direction, size):
    theme.apply(qapp, scheme)
    view.setLayoutDirection(direction)
    view.show_code(modules(), LINK)
    view.resize(*size)
    assert read(screen(view)) == [LINK]


def test_modules_are_whole_pixels_with_a_quiet_zone_and_never_mirrored(qapp, view):
    theme.apply(qapp, "dark")
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    code = modules("https://wa.me/971501234567")
    view.show_code(code)
    view.resize(207, 250)
    pixel = 207 // (len(code) + 2 * QUIET)
    side = pixel * (len(code) + 2 * QUIET)
    left, top = (207 - side) // 2, (250 - side) // 2
    drawn = screen(view).crop((left, top, left + side, top + side))
    assert {colour for _, colour in drawn.getcolors()} == {(0, 0, 0), (255, 255, 255)}
    for y in range(side):
        for x in range(side):
            row, column = y // pixel - QUIET, x // pixel - QUIET
            dark = 0 <= row < len(code) and 0 <= column < len(code) and code[row][column]
            assert (drawn.getpixel((x, y)) == (0, 0, 0)) == dark


def test_a_dense_code_takes_the_room_it_needs(view):
    text = LINK + "%D9%85" * 300
    code = modules(text)
    view.show_code(code, text)
    assert view.minimumSizeHint().width() >= len(code) + 2 * QUIET
    view.resize(view.minimumSizeHint())
    assert read(screen(view)) == [text]


def test_without_a_code_a_sentence_stands_there(view):
    empty = screen(view)
    assert read(empty) == []
    assert view.accessibleDescription() == "The QR code appears here."
    view.show_code(None, "This text is too long for a QR code.")
    assert view.accessibleDescription() == "This text is too long for a QR code."
    assert screen(view).tobytes() != empty.tobytes()
    view.show_code(modules(), LINK)
    assert view.accessibleDescription() == ""


def test_it_is_heard_what_the_code_says(view):
    view.show_code(modules(), LINK)
    assert LINK in view.accessibleName()
    view.show_code(modules())
    assert view.accessibleName() == "QR code"


def test_is_sharp_on_a_screen_of_one_and_a_quarter(tmp_path):
    code = f"""
from PySide6.QtWidgets import QApplication
import segno
from desktop.ui.widgets.qr_view import QrView
app = QApplication([])
view = QrView()
view.show_code([[bool(module) for module in row] for row in segno.make({LINK!r}, error="m").matrix])
view.resize(201, 201)
assert view.devicePixelRatioF() == 1.25
view.grab().save({str(tmp_path / "screen.png")!r})
"""
    environment = {**os.environ, "QT_SCALE_FACTOR": "1.25", "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    picture = Image.open(tmp_path / "screen.png").convert("RGB")
    assert read(picture) == [LINK]
    dark = [x for x in range(picture.width) if (0, 0, 0) in {picture.getpixel((x, y)) for y in range(picture.height)}]
    inside = picture.crop((dark[0], dark[0], dark[-1] + 1, dark[-1] + 1))
    assert {colour for _, colour in inside.getcolors()} == {(0, 0, 0), (255, 255, 255)}, "no grey edges"
