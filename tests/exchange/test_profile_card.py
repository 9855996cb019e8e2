"""The printed card of a shop, read back as a camera and a reader of PDF do."""

import io
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from desktop.data.images import normalise
from desktop.exchange.profile_card import SIZES, ProfileCard, pdf, read_card
from desktop.i18n import set_language
from desktop.services.errors import Invalid
from desktop.services.hours import set_day
from desktop.services.opening import Span
from desktop.services.profile import set_picture, update_profile

LINK = "https://wa.me/971501234567"
HOSTILE = '#panic("x") *bold* $x^2$ <b>&amp; {price} \\ // "'


def picture(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (480, 480), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def card():
    return ProfileCard(
        "بيت الهدايا", LINK, "ar", "هدايا مختارة", "شارع الحديقة، محل 7", ("+971 50 123 4567", "+971 4 222 3344"),
        ("من الأحد إلى الخميس 10:00 ص – 10:00 م",), picture(),
    )  # fmt: skip


def opened(data):
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    return document[0]


def rendered(page, scale=3):
    return page.render(scale=scale).to_pil()


def codes(page):
    return zxingcpp.read_barcodes(rendered(page), formats=zxingcpp.BarcodeFormat.QRCode)


def said(page):
    return unicodedata.normalize("NFKC", page.get_textpage().get_text_range())


@pytest.mark.parametrize("size", [size for size in SIZES if size != "sheet"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_code_opens_a_chat_and_the_page_has_its_size(card, size, language):
    page = opened(pdf(replace(card, language=language), size))
    assert [found.text for found in codes(page)] == [LINK]
    across, down = (round(side / 72 * 25.4) for side in page.get_size())
    assert (across, down) == SIZES[size][1:3]


@pytest.mark.parametrize(("territory", "paper"), [("AE", (210, 297)), ("US", (216, 279))])
def test_a_sheet_has_ten_cards_on_the_paper_of_the_land(card, territory, paper):
    page = opened(pdf(replace(card, territory=territory), "sheet"))
    assert tuple(round(side / 72 * 25.4) for side in page.get_size()) == paper
    found = codes(page)
    assert [code.text for code in found] == [LINK] * 10
    edge = 3 * 72 * 5 / 25.4  # printers leave so many mm free
    image = rendered(page)
    for code in found:
        place = code.position
        assert edge < place.top_left.x < place.top_right.x < image.width - edge
        assert edge < place.top_left.y < place.bottom_left.y < image.height - edge


@pytest.mark.parametrize("size", SIZES)
def test_all_of_it_is_text(card, size):
    text = said(opened(pdf(card, size)))
    for words in ("بيت", "مختارة", "4567", "3344", "الحديقة", "10:00"):  # of a number pdfium turns the groups around
        assert words in text, words
    text = said(opened(pdf(replace(card, language="en", name="Bayt", address="Street 1", hours=()), size)))
    for words in ("Bayt", "+971 50 123 4567", "+971 4 222 3344", "Street 1", "camera"):
        assert words in text, words


def test_a_business_card_has_its_code_at_the_far_end(card):
    assert next(iter(codes(opened(pdf(card, "business"))))).position.top_left.x < 85 / 25.4 * 72 * 3 / 2
    english = codes(opened(pdf(replace(card, language="en"), "business")))
    assert next(iter(english)).position.top_left.x > 85 / 25.4 * 72 * 3 / 2


@pytest.mark.parametrize("size", SIZES)
def test_the_logo_is_on_it(card, size):
    def has_red(card):
        image = rendered(opened(pdf(card, size)), 1).convert("RGB")
        colours = image.getcolors(image.width * image.height)
        return any(red > 220 and green < 60 for _count, (red, green, _blue) in colours)

    assert has_red(card)
    assert not has_red(replace(card, logo=None))


@pytest.mark.fault("S06")
def test_names_are_never_markup(card):
    card = replace(card, name=HOSTILE, about=HOSTILE, address=HOSTILE, hours=(HOSTILE,), language="en")
    text = said(opened(pdf(card, "a5")))
    assert "".join(text.split()).count("".join(HOSTILE.split())) == 4


UGLY = ("شارع " * 2500, "W" * 10_000, "🎁 " * 5000, "\0\ud800\u202e", "", "日本語\n" * 900)


@pytest.mark.parametrize(  # of those laid out alike the smaller, and the ten; the worst on all
    ("size", "ugly"),
    [*((size, ugly) for size in ("a6", "sheet") for ugly in UGLY), ("a5", UGLY[2]), ("business", UGLY[2])],
)
def test_whatever_is_on_it_it_is_one_page_whose_code_is_read(card, size, ugly):
    many = tuple([ugly] * 12)
    card = replace(card, name=ugly, about=ugly, address=ugly, hours=many, phones=("+971 50 123 4567",) * 12)
    assert [found.text for found in codes(opened(pdf(card, size)))] == [LINK] * (10 if size == "sheet" else 1)


def test_it_says_what_the_shop_is_in_the_language_of_its_customers(database):
    with pytest.raises(Invalid, match="phone number") as caught, database.reader() as session:
        read_card(session)
    assert caught.value.field == "phone"
    values = {"territory": "AE", "phone": "0501234567", "more_phones": "042223344", "language": "ar"}
    database.run("Fill", update_profile, None, name="بيت", about="هدايا", address="دبي", **values)
    database.run("Open", set_day, 4, [Span(4, 600, 1320)])
    set_language("en")
    with database.reader() as session:
        card = read_card(session)
    assert (card.name, card.link, card.language, card.logo) == ("بيت", LINK, "ar", None)
    assert card.phones == ("+971 50 123 4567", "+971 4 222 3344")
    assert "الجمعة" in "".join(card.hours)
    database.run("Picture", set_picture, "logo", normalise(picture()))
    with database.reader() as session:
        assert Image.open(io.BytesIO(read_card(session).logo)).size == (480, 480)
