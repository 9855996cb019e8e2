"""Sheets of QR codes, read back as a camera, a reader of PDF and a file system do."""

import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.exchange.files import CannotWrite
from desktop.exchange.qr import make, outline
from desktop.exchange.qr_sheet import Sheet, advice, drawings, pdf, pictures, write_drawings, write_pictures
from desktop.services.errors import Invalid
from desktop.services.links import chat_link, item_link, parse_link
from desktop.services.targets import Coded

PHONE = "971501234567"
HOSTILE = '#panic("x") *bold* $x^2$ <b>&amp; {price} \\ // "'


def coded(number, name="علبة هدايا وردية"):
    text = f"مرحبًا، أريد أن أطلب: {name} {number} (BAG-{number:04})"
    return Coded(chat_link(PHONE, text), f"{name} {number}", "60\u00a0د.إ بدلًا من 75\u00a0د.إ", f"BAG-{number:04}")


@pytest.fixture
def sheet():
    return Sheet("بيت الهدايا", [coded(number) for number in range(1, 13)], "ar", "AE")


def decoded(image):
    """Return every code in a picture of pypdfium2 or Qt, from the top, right to left or left to right."""
    seen = image
    if isinstance(image, QImage):
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        size = (image.width(), image.height(), zxingcpp.ImageFormat.Lum, image.bytesPerLine())
        seen = zxingcpp.ImageView(image.constBits(), *size)  # it looks into the image, which has to stay
    return [found.text for found in zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)]


def rendered(page, scale=3):
    return page.render(scale=scale, grayscale=True).to_pil()


def letters(text):
    """Return the Arabic letters of a text in their plain forms."""
    return [char for char in unicodedata.normalize("NFKC", text) if "\u0620" <= char <= "\u064a"]


def test_every_code_of_the_pdf_is_read_and_leads_to_its_link(sheet):
    document = pypdfium2.PdfDocument(pdf(sheet))
    found = [text for page in document for text in decoded(rendered(page))]
    assert sorted(found) == sorted(link.url for link in sheet.links)


def test_the_captions_are_text_in_arabic_letters(sheet):
    document = pypdfium2.PdfDocument(pdf(sheet))
    text = document[0].get_textpage().get_text_range()
    for words in ("بيت الهدايا", "علبة هدايا وردية 1", "75 د.إ", "0001"):
        assert words in text, words
    said = "".join(page.get_textpage().get_text_range() for page in document)
    printed = "".join([sheet.shop, *(link.name + link.price for link in sheet.links)])
    assert Counter(letters(printed)) <= Counter(letters(said))  # pdfium tells the two of a joined لا twice


def test_the_page_is_laid_out_from_right_to_left_and_the_sheet_speaks_its_language(sheet):
    document = pypdfium2.PdfDocument(pdf(sheet))
    page = rendered(document[0])
    codes = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    centres = {found.text: (found.position.top_left.x + found.position.bottom_right.x) / 2 for found in codes}
    assert centres[sheet.links[0].url] > centres[sheet.links[1].url] > centres[sheet.links[2].url]
    english = pypdfium2.PdfDocument(pdf(replace(sheet, language="en")))[0]
    codes = zxingcpp.read_barcodes(rendered(english), formats=zxingcpp.BarcodeFormat.QRCode)
    centres = {found.text: found.position.top_left.x for found in codes}
    assert centres[sheet.links[0].url] < centres[sheet.links[1].url]
    assert "camera" in english.get_textpage().get_text_range()


def test_names_are_never_markup():
    links = [Coded(item_link("1", PHONE), HOSTILE, "", "<i>#1</i>")]
    text = pypdfium2.PdfDocument(pdf(Sheet(HOSTILE, links, "en", "AE")))[0].get_textpage().get_text_range()
    assert "".join(text.split()).count("".join(HOSTILE.split())) == 2
    assert "<i>#1</i>" in text


def test_ugly_captions_neither_stop_nor_overflow_it():
    names = ["", "\0\ud800\u202e", "ا" * 400, "W" * 400, "🎁 " * 90, "line\nline", "日本語"]
    links = [Coded(item_link(str(n), PHONE), name, "", name) for n, name in enumerate(names)]
    document = pypdfium2.PdfDocument(pdf(Sheet("", links, "ar", "SA", 8)))
    found = [text for page in document for text in decoded(rendered(page, 4))]
    assert set(found) == {link.url for link in links}


@pytest.mark.parametrize(("territory", "width", "height"), [("AE", 595, 842), ("US", 612, 792), ("", 595, 842)])
def test_the_paper_is_the_territorys(sheet, territory, width, height):
    page = pypdfium2.PdfDocument(pdf(replace(sheet, territory=territory)))[0]
    assert [round(side) for side in page.get_size()] == [width, height]


def test_pictures_of_the_pages_are_read_too(sheet, tmp_path):
    pages = pictures(sheet)
    found = [text for page in pages for text in decoded(QImage.fromData(page, "PNG"))]
    assert sorted(found) == sorted(link.url for link in sheet.links)
    files = write_pictures(sheet, tmp_path / "codes.png")
    assert [file.name for file in files] == ["codes-1.png", "codes-2.png"]
    assert write_pictures(replace(sheet, links=sheet.links[:3]), tmp_path / "one.png") == [tmp_path / "one.png"]


def test_drawings_have_legal_names_that_are_taken_once(tmp_path):
    url = chat_link(PHONE, "x")
    links = [Coded(url, "A/B:C", "", ""), Coded(url, "a/b:c", "", ""), Coded(url, "", "", ""), coded(7)]
    assert [name for name, _data in drawings(links)] == [
        "A-B-C.svg",
        "a-b-c (2).svg",
        "_.svg",
        "BAG-0007 علبة هدايا وردية 7.svg",
    ]
    assert set(write_drawings(links, tmp_path / "codes")) == set((tmp_path / "codes").iterdir())
    assert len(list((tmp_path / "codes").iterdir())) == 4
    for file in (tmp_path / "codes").iterdir():
        assert ET.parse(file).getroot().tag.endswith("svg")
        renderer = QSvgRenderer(QByteArray(file.read_bytes()))
        image = QImage(600, 600, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        (text,) = decoded(image)
        assert parse_link(text).phone == PHONE


def test_a_folder_that_cannot_be_is_told(tmp_path):
    with pytest.raises(CannotWrite):
        write_drawings([coded(1)], tmp_path / "none" / "codes")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CannotWrite):
        write_drawings([coded(1)], tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_nothing_and_too_much_are_told(tmp_path):
    with pytest.raises(Invalid, match="no items"):
        pdf(Sheet("Shop", []))
    long = Coded(chat_link(PHONE, "ش" * 2000), "Long one", "", "")
    with pytest.raises(Invalid, match=r"Long one.*too long for a QR code"):
        pdf(Sheet("Shop", [coded(1), long]))
    with pytest.raises(Invalid):
        write_drawings([coded(1), long], tmp_path / "codes")
    assert not (tmp_path / "codes").exists()


def test_codes_too_dense_for_their_width_are_told_with_what_to_do(sheet):
    assert advice(sheet) == ""
    assert "2 codes are too dense" not in advice(replace(sheet, columns=3))
    many = replace(sheet, columns=8)
    assert "12 codes are too dense" in advice(many)
    fitting = int(advice(many).split("Choose ")[1].split()[0])
    assert advice(replace(sheet, columns=fitting)) == ""
    assert advice(replace(sheet, columns=fitting + 1)) != ""


@pytest.mark.parametrize(
    "text", [chat_link(PHONE), chat_link(PHONE, "a b+c&d"), chat_link(PHONE, "هدية " * 40), "HTTPS"]
)
def test_the_quick_way_draws_what_the_careful_one_says(text):
    quick = outline(text)
    assert quick.side - 8 <= make(text).size
    renderer = QSvgRenderer(QByteArray(quick.svg().encode()))
    image = QImage(1000, 1000, QImage.Format.Format_RGB32)
    image.fill(0)  # a dark page: what is light is painted too
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert decoded(image) == [text]
