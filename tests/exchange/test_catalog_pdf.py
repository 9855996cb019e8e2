"""The printed catalog, read back as a reader of PDF and a camera do."""

import datetime as dt
import io
import unicodedata
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from desktop.data.images import normalise
from desktop.data.models import ProductText, Variant
from desktop.exchange import catalog_pdf, catalog_pictures
from desktop.exchange.catalog_pdf import COLUMNS, LIST, Layout, pictures_of_pages, write_pdf
from desktop.exchange.offer import Choice
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.hours import set_day
from desktop.services.opening import Span
from desktop.services.pictures import add_pictures
from desktop.services.profile import set_picture, update_profile

HOSTILE = '#panic("x") *bold* $x^2$ <b>&amp; {price} \\ // "'


def picture(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(out, "JPEG")
    return normalise(out.getvalue())


def fill(session):
    home = {"territory": "AE", "currency": "AED", "phone": "971501234567", "language": "ar"}
    update_profile(session, None, name="بيت الهدايا", about="هدايا مختارة", address="شارع الحديقة", **home)
    set_day(session, 0, [Span(0, 600, 1320)])
    set_picture(session, "logo", picture("green"))
    set_picture(session, "cover", picture("blue"))
    bags = add_collection(session, "حقائب")
    bag = add_product(session, "حقيبة سفر كحلية", code="BAG-1", price=7550, sale_price=6000, description="*جلد* طبيعي")
    add_pictures(session, bag, [picture()])
    put_into(session, bag, bags)
    session.add(ProductText(product_id=bag, language="en", name="Navy bag", description="Real leather"))
    mug = add_product(session, "فنجان", price=2000, availability="out of stock")
    for size, price in (("كبير", 3000), ("صغير", 2000)):
        session.add(Variant(product_id=mug, options=f'{{"القياس": "{size}"}}', price=price))
    add_product(session, "مخفي", hidden=True)


@pytest.fixture
def shop(shop_with):
    return shop_with(fill)


@pytest.fixture
def made(database, tmp_path):
    def make(path=tmp_path / "catalog.pdf", **options):
        with database.reader() as session:
            write_pdf(session, path, **options)
        with pypdfium2.PdfDocument(path.read_bytes()) as document:
            return [_read(page) for page in document]

    return make


def _read(page):
    textpage = page.get_textpage()
    text = unicodedata.normalize("NFKC", textpage.get_text_range())
    textpage.close()
    return " ".join(text.split()), tuple(round(side / 72 * 25.4) for side in page.get_size())


def whole(pages):
    return " ".join(text for text, _size in pages)


def test_the_pages_say_all_of_it_in_letters(made):
    terms = {"valid_until": dt.date(2030, 12, 31), "note": "شاملة الضريبة"}
    pages = made(choice=Choice(**terms))
    assert {size for _text, size in pages} == {(210, 297)}
    assert all(word in pages[0][0] for word in ("بيت", "هدايا مختارة", "شارع", "4567", "شاملة", "2030"))
    assert all(word in pages[1][0] for word in ("حقائب", "3"))
    said = whole(pages[2:])
    for word in ("حقيبة سفر كحلية", "75.50", "60", "BAG", "جلد طبيعي", "فنجان", "20", "كبير"):
        assert word in said, word
    assert "مخفي" not in said
    assert "*" not in said


def test_both_languages_stand_on_each_item(made):
    said = whole(made(choice=Choice(languages=("en", "ar"))))
    for words in ("Navy bag", "حقيبة سفر كحلية", "Real leather", "جلد طبيعي", "AED", "فنجان"):
        assert words in said, words
    assert "Navy bag" not in whole(made(choice=Choice(languages=("ar",))))


@pytest.mark.parametrize("columns", [LIST, *COLUMNS])
def test_every_layout_shows_names_prices_and_the_ways_things_are_sold(made, columns):
    said = whole(made(layout=Layout(columns=columns, cover=False, contents=False)))
    for word in ("حقيبة سفر كحلية", "60", "كبير", "صغير"):
        assert word in said, word
    assert ("30" in said) == (columns == LIST)  # where each way has a line of its own


@pytest.mark.parametrize(("percent", "price"), [(Decimal(-10), "67.95"), (None, "")])
def test_prices_are_those_that_are_given(made, percent, price):
    said = whole(made(choice=Choice(percent=percent), layout=Layout(LIST, cover=False)))
    assert price in said
    assert "75.50" not in said
    assert ("د.إ" in said) == bool(price)


def test_the_paper_is_that_of_the_land(database, made):
    database.run("Move", update_profile, None, territory="US")
    assert {size for _text, size in made()} == {(216, 279)}


def test_it_is_tagged_and_says_that_it_can_be_read_out(made, tmp_path):
    made()
    data = (tmp_path / "catalog.pdf").read_bytes()
    assert b"pdfuaid:part" in data
    with pypdfium2.PdfDocument(data) as document:
        assert raw.FPDFCatalog_IsTagged(document)
        assert document.get_metadata_dict()["Title"] == "بيت الهدايا"


def test_codes_order_the_item_and_the_cover_opens_a_chat(database, made):
    made()
    with database.reader() as session:
        cover, _contents, items = pictures_of_pages(session, layout=Layout(2, codes=True), ppi=150)
    format = zxingcpp.BarcodeFormat.QRCode
    chat = [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(cover)), formats=format)]
    assert chat == ["https://wa.me/971501234567"]
    codes = [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(items)), formats=format)]
    assert len(codes) == 2
    assert any("BAG-1" in code for code in codes)


def test_pictures_are_on_it(database, made):
    made()
    with database.reader() as session:
        cover, _contents, items = pictures_of_pages(session, ppi=20)

    def has(page, colour):
        image = Image.open(io.BytesIO(page)).convert("RGB")
        pixels = image.getcolors(image.width * image.height)
        return any(sum(abs(a - b) for a, b in zip(pixel, colour, strict=True)) < 90 for _count, pixel in pixels)

    assert has(cover, (0, 128, 0))
    assert has(cover, (0, 0, 255))
    assert has(items, (255, 0, 0))


def test_names_are_never_markup(database, made):
    def add(session):
        update_profile(session, None, name=HOSTILE, about=HOSTILE, language="en")
        put_into(session, add_product(session, HOSTILE, code=HOSTILE[:30], description=HOSTILE, brand=HOSTILE),
                 add_collection(session, HOSTILE))  # fmt: skip

    database.run("Add", add)
    said = "".join(whole(made(choice=Choice(note=HOSTILE))).split())
    assert said.count("".join(HOSTILE.split())) >= 5


@pytest.mark.parametrize("ugly", ["W" * 5000, "🎁 " * 900, "a\0\ud800\u202eb", "日本語\n" * 400])
def test_whatever_is_on_it_it_is_made(database, made, ugly):
    def add(session):
        item = add_product(session, "x", price=10**14)
        session.add(ProductText(product_id=item, language="en", name=ugly.replace("\ud800", ""), description="y"))

    database.run("Add", add)
    assert made(choice=Choice(languages=("en",), note=ugly), layout=Layout(4, contents=False))


def test_a_stop_leaves_the_file_before(made, tmp_path):
    made()
    before = (tmp_path / "catalog.pdf").read_bytes()

    def stop(_done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(choice=Choice(percent=None), tell=stop)
    assert (tmp_path / "catalog.pdf").read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.p*")] == ["catalog.pdf"]


def test_what_cannot_be_printed_is_told(database, tmp_path, monkeypatch, made):
    monkeypatch.setattr(catalog_pdf, "MOST", 1)
    with pytest.raises(Invalid, match="up to 1 items, and these are 2"):
        made()
    with database.reader() as session, pytest.raises(Invalid, match="no item that customers can see"):
        write_pdf(session, tmp_path / "x.pdf", ids=[])
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize(
    ("columns", "thumbnails", "count", "side"),
    [
        (2, 1_000_000, 30, 900),
        (2, 30_000_000, 700, 480),
        (3, 1000, 1, 480),
        (3, 90_000_000, 2500, 320),
        (0, 10**9, 9999, 200),
    ],
)
def test_pictures_are_as_large_as_fits(columns, thumbnails, count, side):
    assert catalog_pictures._side(columns, thumbnails, count) == side
