import struct
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import zxingcpp
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.exchange.qr import make
from desktop.services.errors import Invalid
from desktop.services.links import chat_link

PHONE = "971501234567"
TEXTS = {
    "no text": chat_link(PHONE),
    "latin": chat_link(PHONE, "Hello, I would like the pink gift box"),
    "arabic": chat_link(PHONE, "السلام عليكم، أريد علبة الهدايا الوردية"),
    "emoji": chat_link(PHONE, "👨‍👩‍👧 🎁 100%"),
    "long arabic": chat_link(PHONE, "هدية " * 60),
    "long latin": chat_link(PHONE, "gift " * 250),
    "raw arabic": "بيت الهدايا، شارع الكورنيش 12",
    "raw latin-1": "Café Zoë",
    "vcard": "BEGIN:VCARD\nVERSION:3.0\nFN:بيت الهدايا\nTEL:+971501234567\nEND:VCARD\n",
    "capitals": "GIFT HOUSE $%*+-./: 0123456789",
    "figures": "0123456789" * 3,
    "one": "a",
}


def read(image):
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    view = zxingcpp.ImageView(
        image.constBits(), image.width(), image.height(), zxingcpp.ImageFormat.Lum, image.bytesPerLine()
    )
    (found,) = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormat.QRCode)
    return found


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.fault("S11")
def test_png_is_read_as_the_same_text(text):
    code = make(text)
    image = QImage.fromData(code.png(4), "PNG")
    assert image.width() == image.height() == 4 * (code.size + 8)
    found = read(image)
    assert found.text == text
    assert found.bytes == text.encode()
    assert found.ec_level in ("M", "Q", "H"), "M at least"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_svg_is_read_as_the_same_text(text):
    renderer = QSvgRenderer(QByteArray(make(text).svg().encode()))
    assert renderer.isValid()
    image = QImage(1000, 1000, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))  # a dark page: what is light in the code is painted too
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert read(image).text == text


@pytest.mark.parametrize("scale", [1, 3, 10])
def test_quiet_zone_is_four_modules_of_light_and_the_rest_is_the_matrix(scale):
    code = make(TEXTS["arabic"])
    image = QImage.fromData(code.png(scale), "PNG")
    side = code.size + 8
    assert (image.width(), image.height()) == (side * scale, side * scale)
    drawn = [[image.pixelColor(x * scale, y * scale).lightness() for x in range(side)] for y in range(side)]
    for y, row in enumerate(drawn):
        for x, lightness in enumerate(row):
            inside = 4 <= x < side - 4 and 4 <= y < side - 4
            assert lightness == (0 if inside and code.matrix[y - 4][x - 4] else 255)


def test_matrix():
    code = make("https://wa.me/971501234567")
    assert code.version == 2
    assert code.size == 25 == len(code.matrix) == len(code.matrix[0])
    assert code.matrix[0][:8] == (True,) * 7 + (False,)  # the upper edge of a corner
    assert {type(module) for row in code.matrix for module in row} == {bool}


def test_svg_is_a_document():
    svg = make("https://wa.me/971501234567").svg(title='<b>"بيت" & \x00co\x1b</b>')
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == '<b>"بيت" & co</b>'
    assert root.get("width") == root.get("height") == "33mm"
    assert root.get("viewBox") == "0 0 33 33"
    assert ElementTree.fromstring(make("a").svg()).find("{http://www.w3.org/2000/svg}title") is None


def test_png_is_small_and_without_colours():
    png = make(TEXTS["arabic"]).png(10)
    width, height, depth = struct.unpack(">IIB", png[16:25])
    assert (width, height, depth) == (10 * (make(TEXTS["arabic"]).size + 8),) * 2 + (1,)


@pytest.mark.parametrize(("letters", "version"), [(0, 2), (10, 5), (40, 10), (140, 19), (500, 38)])
def test_arabic_letters_are_packed(letters, version):
    assert make(chat_link("966501234567", "س" * letters)).version == version


def test_dense_codes_carry_a_warning():
    assert make(chat_link("966501234567", "س" * 40)).warning == ""
    assert make(chat_link("966501234567", "س" * 140)).warning == (
        "The text is long, so the code is dense: shorten the text, or print it at least 6 cm wide"
    )


def test_print_width():
    code = make("https://wa.me/971501234567")  # 33 modules with the quiet zone
    assert code.print_width_cm() == 2
    assert code.print_width_cm(distance_cm=1) == 2  # no printer makes it smaller
    assert code.print_width_cm(distance_cm=100) == 9  # "a tenth of the distance"
    assert code.print_width_cm(distance_cm=300) == 25


@pytest.mark.parametrize("text", [chat_link(PHONE, "س" * 700), "a" * 2332, "س" * 1200, "x" * 1_000_000])
@pytest.mark.fault("S11")
def test_what_does_not_fit_is_refused(text):
    with pytest.raises(Invalid) as caught:
        make(text)
    assert caught.value.field == "text"
    assert str(caught.value) == "The text is too long for a QR code. Shorten it, or share the link instead."


def test_the_most_that_fits():
    assert make("a" * 2331).version == make("1" * 5596).version == 40
    with pytest.raises(Invalid):
        make("1" * 5597)


@pytest.mark.fault("S11")
def test_nothing_is_refused():
    with pytest.raises(Invalid, match="nothing to put in the QR code"):
        make("")


def test_half_characters_are_mended():
    assert make("a\ud83d").matrix == make("a?").matrix


def test_the_library_is_loaded_with_the_first_code():
    code = "import sys, desktop.exchange.qr; assert 'segno' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
