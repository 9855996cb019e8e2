"""The picture for a story, seen as a phone sees it."""

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageChops
from PySide6.QtGui import QColor, QImage

from desktop.data.images import normalise
from desktop.i18n import set_language
from desktop.services.catalog import add_product
from desktop.services.errors import Invalid, NotFound
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile
from desktop.ui import theme
from desktop.ui.story import FOOT, HEIGHT, NAME, PHOTO, PRICE, WIDTH, Story, paint, story_of
from desktop.ui.widgets.image_well import png


@pytest.fixture
def story(qapp):
    return Story("Bayt", "Tote bag", "AED 60", "AED 75", "Scan me", "https://wa.me/971501234567", b"", rtl=False)


def photo(size, colour="#cc2200"):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def read(image):
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = (image.width(), image.height(), zxingcpp.ImageFormat.Lum, image.bytesPerLine())
    return zxingcpp.read_barcodes(zxingcpp.ImageView(image.constBits(), *size))


def ink(image, place):
    """Return the columns of a place in which anything but its background is painted."""
    part = image.copy(place)
    ground = part.pixel(0, 0)
    return [x for x in range(part.width()) if any(part.pixel(x, y) != ground for y in range(0, part.height(), 2))]


def alike(one, other):
    """Return whether an eye sees two pictures as one: Qt smooths the very first large letters a little otherwise."""
    first, second = (Image.open(io.BytesIO(png(image))).convert("L") for image in (one, other))
    return ImageChops.difference(first, second).getextrema()[1] < 16


def test_it_fills_a_phones_screen_and_its_code_is_read(story):
    data = png(paint(story))
    image = QImage.fromData(data, "PNG")
    assert (image.width(), image.height()) == (WIDTH, HEIGHT) == (1080, 1920)
    (code,) = read(image)
    assert code.text == story.url
    assert code.position.top_left.x > WIDTH / 2  # at the trailing edge


def test_right_to_left_the_code_is_at_the_other_side_and_is_not_mirrored(story):
    (code,) = read(paint(replace(story, rtl=True)))
    assert code.text == story.url
    assert code.position.top_right.x < WIDTH / 2


@pytest.mark.parametrize("size", [(1600, 200), (200, 1600), (3, 3)])
def test_the_middle_of_the_photo_fills_its_place(story, size):
    image = paint(replace(story, photo=photo(size)))
    for at in (PHOTO.center(), PHOTO.topLeft() + PHOTO.center() / 20, PHOTO.bottomRight() - PHOTO.center() / 20):
        assert image.pixelColor(at) == QColor("#cc2200")
    assert ink(image, NAME)


def test_without_a_photo_the_name_takes_its_place(story):
    image = paint(story)
    assert ink(image, PHOTO.adjusted(80, 80, -80, -80))
    assert not ink(image, NAME)
    assert alike(paint(replace(story, photo=b"no picture")), image)
    assert not alike(paint(replace(story, name="Tote bar")), image)


def test_the_price_it_replaces_stands_after_it_in_reading_order(story):
    first, second = paint(story), paint(replace(story, rtl=True))
    alone = paint(replace(story, before=""))
    assert len(ink(alone, PRICE)) < len(ink(first, PRICE))
    accent, muted = QColor(theme.TOKENS["accent"][0]), QColor(theme.TOKENS["muted"][0])

    def centre(image, tint):
        part = image.copy(PRICE)
        points = [x for x in range(part.width()) for y in range(0, part.height(), 2) if part.pixel(x, y) == tint.rgb()]
        return sum(points) / len(points)

    assert centre(first, accent) < centre(first, muted)
    assert centre(second, accent) > centre(second, muted)


@pytest.mark.parametrize("name", ["", "W" * 300, "ا" * 300, "🎁 " * 200, "<b>x</b> " * 40])
@pytest.mark.parametrize("data", [b"", photo((9, 9))], ids=["no photo", "photo"])
def test_nothing_leaves_its_place(story, name, data):
    image = paint(replace(story, name=name, shop=name, photo=data))
    for x in (*range(50), *range(WIDTH - 50, WIDTH)):
        assert all(image.pixel(x, y) == image.pixel(0, 0) for y in range(0, HEIGHT, 7))
    assert [code.text for code in read(image)] == [story.url]
    assert FOOT.bottom() < HEIGHT - 100


def test_it_is_made_of_an_item_in_the_customers_language(context):
    context.run("Start", update_profile, name="بيت", territory="AE", currency="AED", language="ar", phone="0501234567")
    item = context.run("Add", add_product, "حقيبة", code="B1", price=7500, sale_price=6000)
    context.run("Picture", add_pictures, item, [normalise(photo((600, 600)))])
    set_language("en")
    made = context.get(story_of, item)
    assert (made.shop, made.name, made.rtl) == ("بيت", "حقيبة", True)
    assert (made.price, made.before) == ("60\u00a0د.إ", "75\u00a0د.إ")
    assert made.url.startswith("https://wa.me/971501234567?text=")
    assert paint(made).pixelColor(PHOTO.center()) == QColor("#cc2200")


def test_what_is_missing_is_told(context):
    item = context.run("Add", add_product, "Bag")
    with pytest.raises(Invalid, match="phone number"):
        context.get(story_of, item)
    with pytest.raises(NotFound):
        context.get(story_of, 99)
